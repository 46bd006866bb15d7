"""A call a line on standard input into an answer a line on standard output: one execution environment of a Lambda function.

`python -m local_stack.runtime http_api.app.handler` imports the handler, then answers until its standard input ends.
"""

import json
import os
import sys
import threading
import time
import traceback
from dataclasses import dataclass
from importlib import import_module
from queue import SimpleQueue
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class LambdaContext:
    """What a handler may ask about its call; `deadline` is in seconds of the monotonic clock.

    https://docs.aws.amazon.com/lambda/latest/dg/python-context.html
    """

    aws_request_id: str
    function_name: str
    invoked_function_arn: str
    deadline: float
    memory_limit_in_mb: int = 512
    function_version: str = "$LATEST"

    def get_remaining_time_in_millis(self) -> int:
        return max(0, round((self.deadline - time.monotonic()) * 1000))


def main() -> None:
    # Whatever a handler prints must not come between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    calls: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_receive, args=(sys.stdin.buffer, calls), daemon=True).start()

    module, _, name = sys.argv[1].rpartition(".")
    handler = getattr(import_module(module), name)
    while True:
        call = json.loads(calls.get())
        try:
            answer = {"answer": handler(call["event"], _context(call))}
        except Exception:
            answer = {"error": traceback.format_exc()}
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()


def _receive(stdin: BinaryIO, calls: SimpleQueue) -> None:
    for line in stdin:
        calls.put(line)
    os._exit(0)  # whoever started this process is gone, and nobody waits for an answer, however long it still takes


def _context(call: dict) -> LambdaContext:
    name = call["function"]
    return LambdaContext(
        aws_request_id=call["request_id"],
        function_name=name,
        invoked_function_arn=f"arn:aws:lambda:us-east-1:123456789012:function:{name}",
        deadline=time.monotonic() + call["timeout"],
    )


if __name__ == "__main__":
    main()
