"""Runs a built function with AWS's own runtime client, and passes it events.

It talks to a stub of Lambda's Runtime API: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
"""

import json
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import SimpleQueue
from uuid import uuid4

TIMEOUT = 60  # seconds, including a cold start


class FunctionFailed(Exception):
    """The handler raised, could not be imported, or its process died. Holds the runtime client's message."""


@contextmanager
def running(python: Path, task_root: Path, handler: str, environment: Mapping[str, str]) -> Iterator[Callable[[dict], dict]]:
    """Runs `handler` in the folder `task_root` during the block. Calls run one at a time, as in one execution environment."""
    events: SimpleQueue[dict | None] = SimpleQueue()
    answers: SimpleQueue[tuple[str, bytes]] = SimpleQueue()
    one_at_a_time = threading.Lock()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _runtime_api(events, answers))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    process = subprocess.Popen(
        [python, "-m", "awslambdaric", handler],
        cwd=task_root,
        env={
            **environment,
            "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{server.server_port}",
            "AWS_LAMBDA_FUNCTION_NAME": handler.split(".")[0],
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "512",
            "LAMBDA_TASK_ROOT": str(task_root),
            "PYTHONDONTWRITEBYTECODE": "1",  # the artefact is read-only on Lambda
        },
    )

    def report_death() -> None:
        answers.put((f"{handler} ended with exit code {process.wait()}", b""))

    threading.Thread(target=report_death, daemon=True).start()

    def invoke(event: dict) -> dict:
        with one_at_a_time:
            events.put(event)
            kind, body = answers.get(timeout=TIMEOUT)
        if kind != "response":
            raise FunctionFailed(f"{kind} {body.decode()}")
        return json.loads(body)

    try:
        yield invoke
    finally:
        process.kill()
        process.wait()
        events.put(None)
        server.shutdown()
        server.server_close()


def _runtime_api(events: SimpleQueue, answers: SimpleQueue) -> type[BaseHTTPRequestHandler]:
    class RuntimeApi(BaseHTTPRequestHandler):
        disable_nagle_algorithm = True  # with the next line: without them every answer waits for a delayed ACK
        wbufsize = -1

        def do_GET(self) -> None:
            event = events.get()
            if event is None:
                return
            body = json.dumps(event).encode()
            self.send_response(200)
            self.send_header("Lambda-Runtime-Aws-Request-Id", str(uuid4()))
            self.send_header("Lambda-Runtime-Deadline-Ms", str(round((time.time() + TIMEOUT) * 1000)))
            self.send_header("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-central-1:123456789012:function:storycard")
            self.send_header("Content-Type", "application/json")  # the runtime client crashes without one
            self._end(body)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answers.put((self.path.rpartition("/")[2], body))  # .../invocation/ID/response, .../invocation/ID/error, init/error
            self.send_response(202)
            self._end(b"")

        def _end(self, body: bytes) -> None:
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return RuntimeApi
