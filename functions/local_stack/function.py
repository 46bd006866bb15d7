"""An event into a handler's answer, each call alone in a process of its own: what Lambda does with a function.

Powertools keeps the event it is answering on a class, so two calls in one process would answer each other's requests.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from queue import LifoQueue
from uuid import uuid4


class FunctionFailed(Exception):
    """A call without an answer: the handler raised (its traceback is the message), ran too long, or its process died."""


class LambdaFunction:
    """One function: `concurrency` processes at most, started when needed, each answering one call at a time.

    `handler` is a dotted name such as `http_api.app.handler`; `environment` is all that its processes see of ours;
    `timeout` is in seconds and covers a cold start, too. One process starts at once. `close` ends all, mid-call too.
    """

    def __init__(self, handler: str, environment: Mapping[str, str], *, concurrency: int, timeout: float) -> None:
        self.handler = handler
        self.environment = environment
        self.timeout = timeout
        self._closed = False
        self._processes: set[subprocess.Popen] = set()
        # Last in, first out: a warm process before a cold start, which None stands for.
        self._free: LifoQueue[subprocess.Popen | None] = LifoQueue()
        for _ in range(concurrency - 1):
            self._free.put(None)
        self._free.put(self._start())

    def __call__(self, event: dict) -> dict:
        """The handler's answer. Raises FunctionFailed."""
        process = self._free.get()
        try:
            if process is None or process.poll() is not None:
                process = self._start()
            return self._call(process, event)
        finally:
            self._free.put(process)

    def close(self) -> None:
        self._closed = True
        for process in list(self._processes):
            _end(process)

    def _start(self) -> subprocess.Popen:
        if self._closed:
            raise FunctionFailed(f"{self.handler}: closed")
        process = subprocess.Popen(
            [sys.executable, "-m", "local_stack.runtime", self.handler],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=dict(self.environment),
            start_new_session=True,  # Ctrl-C is for us; it ends when its standard input does
        )
        self._processes.add(process)
        return process

    def _call(self, process: subprocess.Popen, event: dict) -> dict:
        call = {"event": event, "function": self.handler.split(".")[0], "request_id": str(uuid4()), "timeout": self.timeout}
        line = json.dumps(call).encode() + b"\n"
        killer = threading.Timer(self.timeout, process.kill)
        killer.start()
        try:
            process.stdin.write(line)
            process.stdin.flush()
            answer_line = process.stdout.readline()
        except (OSError, ValueError):  # its pipes are broken, or `close` has just closed them
            answer_line = b""
        finally:
            killer.cancel()
        if not answer_line.endswith(b"\n"):
            _end(process)
            raise FunctionFailed(f"{self.handler}: its process died, or ran longer than {self.timeout} s")
        answer = json.loads(answer_line)
        if "error" in answer:
            raise FunctionFailed(answer["error"])
        return answer["answer"]


def _end(process: subprocess.Popen) -> None:
    process.kill()
    process.wait()
    process.stdout.close()
    with suppress(BrokenPipeError):  # what was still on its way to the process
        process.stdin.close()
