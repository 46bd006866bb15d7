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
    from werkzeug.wsgi import get_input_stream

    self.environ = self.make_environ()
    # What the application leaves unread would be taken for the next request.
    self.environ["wsgi.input"] = BytesIO(get_input_stream(self.environ).read())
    # A POST is for another service, which may wait, as SQS does for messages.
    with nullcontext() if self.command == "POST" else _ONE_OBJECT_AT_A_TIME:
        response = _respond(self.server.app, self.environ)
    body = response.get_data()
    response.headers.setdefault("content-length", str(len(body)))
    lines = [f"HTTP/1.1 {response.status}", *(f"{name}: {value}" for name, value in response.headers), "", ""]
    self.wfile.write("\r\n".join(lines).encode("latin-1") + (b"" if self.command == "HEAD" else body))


def _respond(app: Any, environ: dict[str, Any]) -> Any:
    """Calls moto's function for a request and returns its response.

    Flask, which moto would call it through, took a quarter of the time of a request.
    """
    from moto.core.request import Request
    from werkzeug.exceptions import HTTPException
    from werkzeug.wrappers import Response

    service = app.get_application(environ)
    request = Request(environ)
    request.from_wsgi_server = True  # else moto takes the path of AWS's own addresses
    try:
        endpoint, _ = service.url_map.bind_to_environ(environ).match()
        result = service.view_functions[endpoint].callback(request, request.raw_url, dict(request.headers))
    except HTTPException as error:
        return error.get_response(environ)
    status, headers, body = result if len(result) == 3 else (200, {}, result)
    response = Response(body, status, headers)
    if request.method == "HEAD" and "content-length" in headers:
        response.headers["Content-Length"] = headers["content-length"]
    return response


def _end_with_stdin() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    main()
