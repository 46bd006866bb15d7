"""Runs a small web server whose answer to each path is set by a test."""

import gzip
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass(frozen=True)
class Request:
    """A request that the server received."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Site:
    """A server's base URL, its answers by path, and the requests so far."""

    base_url: str
    pages: dict[str, Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)


@contextmanager
def web_server() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            site.requests.append(Request(self.command, self.path, headers, body))
            with suppress(OSError):  # the client may hang up when the answer is too long
                site.pages.get(self.path, page(b"", 404))(self)

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site = Site(f"http://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def page(body: bytes, status: int = 200, delay: float = 0.0, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    """Returns an answer with a content length, sent after `delay` s. Underscores in header names become hyphens."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(delay)
        handler.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def raw(data: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    """Returns an answer of exactly these bytes."""
    return lambda handler: handler.wfile.write(data) and None


def endless(
    piece: bytes, pause: float = 0.0, head: bytes = b"HTTP/1.0 200 OK\r\n\r\n"
) -> Callable[[BaseHTTPRequestHandler], None]:
    """Returns an answer that repeats `piece` without end, for at most five seconds."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        end = time.monotonic() + 5
        handler.wfile.write(head)
        while time.monotonic() < end:
            handler.wfile.write(piece)
            time.sleep(pause)

    return answer


def gzip_bomb(size: int) -> bytes:
    return gzip.compress(bytes(size))
