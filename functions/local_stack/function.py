"""Runs a Lambda handler in child processes, one call at a time in each, as Lambda does.

Powertools keeps the current event on a class, so concurrent calls in one process would mix up their requests.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from queue import LifoQueue
from typing import IO, Any
from uuid import uuid4

Event = dict[str, Any]
_Process = subprocess.Popen[bytes]


class FunctionFailed(Exception):
    """A call failed: the handler raised (the message is its traceback), timed out, or its process died."""


class LambdaFunction:
    """A function with at most `concurrency` processes, which are started on demand; each handles one call at a time.

    `handler` is a dotted name such as `http_api.app.handler`. `environment` is the whole environment of the processes.
    `timeout` is in seconds and includes a cold start. The first process starts at once. `close` ends all of them, even
    during a call.
    """

    def __init__(self, handler: str, environment: Mapping[str, str], *, concurrency: int, timeout: float) -> None:
        self.handler = handler
        self.environment = environment
        self.timeout = timeout
        self._closed = False
        self._processes: set[_Process] = set()
        # Last in, first out, so that warm processes are used before cold starts, which are None.
        self._free: LifoQueue[_Process | None] = LifoQueue()
        for _ in range(concurrency - 1):
            self._free.put(None)
        self._free.put(self._start())

    def __call__(self, event: Event) -> Event:
        """Returns the response of the handler. Raises FunctionFailed."""
        process = self._free.get()
        try:
            if process is None or process.poll() is not None:
                process = self._start()
            return self._call(process, event)
        finally:
            self._free.put(process)

    def close(self) -> None:
        """Kills all processes."""
        self._closed = True
        for process in list(self._processes):
            _end(process)

    def _start(self) -> _Process:
        if self._closed:
            raise FunctionFailed(f"{self.handler}: expected a running system, got one that is being stopped")
        process = subprocess.Popen(
            [sys.executable, "-m", "local_stack.runtime", self.handler],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=dict(self.environment),
            start_new_session=True,  # Ctrl-C must not reach the child, which ends when its standard input closes
        )
        self._processes.add(process)
        return process

    def _call(self, process: _Process, event: Event) -> Event:
        call = {"event": event, "function": self.handler.split(".")[0], "request_id": str(uuid4()), "timeout": self.timeout}
        line = json.dumps(call).encode() + b"\n"
        killer = threading.Timer(self.timeout, process.kill)
        killer.start()
        try:
            stdin, stdout = _pipes(process)
            stdin.write(line)
            stdin.flush()
            answer_line = stdout.readline()
        except (OSError, ValueError):  # the process died, or `close` closed its pipes
            answer_line = b""
        finally:
            killer.cancel()
        if not answer_line.endswith(b"\n"):
            _end(process)
            raise FunctionFailed(
                f"{self.handler}: expected a response within {self.timeout} s, got none: its process timed out or died"
            )
        answer = json.loads(answer_line)
        if "error" in answer:
            raise FunctionFailed(answer["error"])
        response: Event = answer["answer"]
        return response


def _pipes(process: _Process) -> tuple[IO[bytes], IO[bytes]]:
    """Returns the standard input and output of a process started with pipes."""
    assert process.stdin is not None
    assert process.stdout is not None
    return process.stdin, process.stdout


def _end(process: _Process) -> None:
    process.kill()
    process.wait()
    stdin, stdout = _pipes(process)
    stdout.close()
    with suppress(BrokenPipeError):  # closing flushes bytes that the process has not read
        stdin.close()
