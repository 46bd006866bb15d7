"""Runs a proxy in front of moto that injects faults: slow or failed answers, throttling, cut connections, lost answers."""

import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from urllib.parse import urlsplit

SLOW_DOWN = b"<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"
HOP_BY_HOP = frozenset({"connection", "transfer-encoding", "content-length", "date", "server"})


class Faults:
    """Chooses a fault for each request at random from a seed; `met` counts them by service."""

    def __init__(self, rate: float, seed: int) -> None:
        self.rate = rate
        self.met: Counter[tuple[str, str]] = Counter()
        self._random = random.Random(seed)
        self._lock = Lock()

    def next(self, service: str) -> str | None:
        with self._lock:
            if self._random.random() >= self.rate:
                return None
            fault = self._random.choice(("delay", "busy", "cut before", "cut after"))
            self.met[service, fault] += 1
            return fault


@contextmanager
def fault_proxy(endpoint: str, faults: Faults) -> Iterator[str]:
    """Yields the URL of a proxy to `endpoint`. The fault "cut after" forwards the request and drops the answer."""
    target = urlsplit(endpoint).netloc

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1

        def answer(self) -> None:
            if self.headers.get("expect"):
                self.send_response_only(100)
                self.end_headers()
                self.wfile.flush()
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            scope = self.headers.get("authorization", "").split("/")
            fault = faults.next(scope[3] if len(scope) > 3 else "?")
            if fault == "delay":
                time.sleep(0.2)
            elif fault == "busy":
                return self.reply(503, {"content-type": "application/xml"}, SLOW_DOWN)
            elif fault == "cut before":
                return self.hang_up()
            status, headers, content = self.forward(body)
            return self.hang_up() if fault == "cut after" else self.reply(status, headers, content)

        do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = answer

        def forward(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
            connection = HTTPConnection(target, timeout=30)
            headers = {name: value for name, value in self.headers.items() if name.lower() not in ("expect", "connection")}
            connection.request(self.command, self.path, body, headers)
            response = connection.getresponse()
            content = response.read()
            connection.close()
            kept = {name: value for name, value in response.getheaders() if name.lower() not in HOP_BY_HOP}
            if self.command == "HEAD" and (length := response.getheader("content-length")):
                kept["content-length"] = length
            return response.status, kept, content

        def reply(self, status: int, headers: dict[str, str], content: bytes) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if "content-length" not in headers:
                self.send_header("content-length", str(len(content)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

        def hang_up(self) -> None:
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # clients that hang up are expected
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
