"""Runs one execution environment of a Lambda function: reads calls from standard input and writes answers to standard output.

`python -m local_stack.runtime http_api.app.handler` imports the handler. Each call and each answer is one line of JSON. It
runs until standard input closes.
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
from typing import Any, BinaryIO


@dataclass(frozen=True, slots=True)
class LambdaContext:
    """The context object of a call; `deadline` is in seconds of the monotonic clock.

    https://docs.aws.amazon.com/lambda/latest/dg/python-context.html
    """

    aws_request_id: str
    function_name: str
    invoked_function_arn: str
    deadline: float
    memory_limit_in_mb: int = 512
    function_version: str = "$LATEST"

    def get_remaining_time_in_millis(self) -> int:
        """Returns the time until the deadline in ms."""
        return max(0, round((self.deadline - time.monotonic()) * 1000))


def main() -> None:
    """Imports the handler named on the command line and answers calls."""
    # Redirect stdout to stderr, so that output of the handler does not mix with the answers.
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
        try:
            answers.write(json.dumps(answer).encode() + b"\n")
            answers.flush()
        except BrokenPipeError:
            os._exit(0)  # the parent has ended, so no call needs an answer


def _receive(stdin: BinaryIO, calls: SimpleQueue[bytes]) -> None:
    for line in stdin:
        calls.put(line)
    os._exit(0)  # the parent has ended, so no call needs an answer


def _context(call: dict[str, Any]) -> LambdaContext:
    name = call["function"]
    return LambdaContext(
        aws_request_id=call["request_id"],
        function_name=name,
        invoked_function_arn=f"arn:aws:lambda:us-east-1:123456789012:function:{name}",
        deadline=time.monotonic() + call["timeout"],
    )


if __name__ == "__main__":
    main()
