"""Runs moto's AWS on a free port, which it prints, until standard input closes."""

import logging
import os
import sys
import threading
from contextlib import nullcontext
from functools import cache
from io import BytesIO
from typing import Any

# S3 reads and writes objects atomically, but moto stores an object before its metadata.
_ONE_OBJECT_AT_A_TIME = threading.Lock()


def main() -> None:
    """Starts the server, prints its port and waits."""
    sys.setswitchinterval(0.0005)  # seconds; a short call would otherwise wait 5 ms for each longer one, several times
    watch = threading.Thread(target=_end_with_stdin)
    watch.start()
    server = moto_server()
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # no access log
    server.start()
    try:
        print(server.get_host_and_port()[1], flush=True)
    except BrokenPipeError:
        os._exit(0)  # the parent ended, and its end was seen here before it was seen on standard input
    watch.join()


def moto_server() -> Any:
    """Returns a server of moto's on a free port of 127.0.0.1, which `start` starts.

    For every request moto lists its own folder, in 180 system calls. Each lets another thread take the interpreter's lock, while
    moto holds a lock of its own: under load, a request would wait for seconds. It also builds a table for every error.
    """
    # Imported here: the parent may end while moto loads, which takes a second.
    from moto import backends
    from moto.core import errors
    from moto.server import ThreadedMotoServer
    from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler

    BaseWSGIServer.request_queue_size = 1024  # a connection for which there is no place waits a second, and then three
    WSGIRequestHandler.run_wsgi = _answer  # type: ignore[method-assign]  # to keep connections open
    WSGIRequestHandler.disable_nagle_algorithm = True
    modules = frozenset(backends.list_of_moto_modules())
    backends.list_of_moto_modules = lambda: modules
    errors.ErrorLookupFactory = cache(errors.ErrorLookupFactory)  # type: ignore[misc, assignment]  # a class, only called
    return ThreadedMotoServer("127.0.0.1", port=0, verbose=False)


def _answer(self: Any) -> None:
    """Answers one request, and leaves the connection open for the next one, as AWS does.

    werkzeug's own method, which this replaces, ends the connection: each call would open another one, with a thread for it.
    """
    from werkzeug.test import run_wsgi_app
    from werkzeug.wsgi import get_input_stream

    self.environ = self.make_environ()
    # What the application leaves unread would be taken for the next request.
    self.environ["wsgi.input"] = BytesIO(get_input_stream(self.environ).read())
    # A POST is for another service, which may wait, as SQS does for messages.
    with nullcontext() if self.command == "POST" else _ONE_OBJECT_AT_A_TIME:
        chunks, status, headers = run_wsgi_app(self.server.app, self.environ, buffered=True)
    body = b"".join(chunks)
    headers.setdefault("content-length", str(len(body)))
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers), "", ""]
    self.wfile.write("\r\n".join(lines).encode("latin-1") + (b"" if self.command == "HEAD" else body))


def _end_with_stdin() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    main()
