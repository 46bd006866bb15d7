"""Serves HTTP and calls `dispatch` with API Gateway events, one thread for each call, as API Gateway does for Lambda."""

import asyncio
import json
import logging
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import uvicorn

from local_stack.payload import Response, to_event, to_response
from local_stack.swagger_page import swagger_page

log = logging.getLogger(__name__)

Event = dict[str, Any]
Dispatch = Callable[[Event], Event]  # takes an event and returns a response, both in payload format 2.0
Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]  # https://asgi.readthedocs.io/en/latest/specs/main.html

# Lambda's limit in bytes for a request body, in base64 if binary, and for the JSON of a response. It is below API Gateway's own
# limit of 10 MB.
# https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
PAYLOAD_LIMIT = 6_291_556
_THREADS = 64  # calls at once


def front(dispatch: Dispatch, executor: Executor) -> App:
    """Returns an ASGI app that responds with what `dispatch` returns, or with a plain 500 if it raises."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body = await _read_body(receive)
        except ConnectionError:
            return  # the client disconnected before the end of its request
        if body is None:
            response = _too_large(scope["method"])
        else:
            response = swagger_page(scope["method"], scope["path"]) or await _answer(dispatch, executor, scope, body)
        await send({"type": "http.response.start", "status": response.status, "headers": response.headers})
        await send({"type": "http.response.body", "body": response.body})

    return app


@contextmanager
def serving(dispatch: Dispatch, listener: socket.socket, edge: Callable[[App], App] = lambda app: app) -> Iterator[None]:
    """Serves HTTP on a listening socket until the block ends. Calls still running then get one second to finish.

    `edge` may wrap the ASGI app, for what happens before a function is called.
    """
    executor = ThreadPoolExecutor(_THREADS, thread_name_prefix="front")
    config = uvicorn.Config(
        edge(front(dispatch, executor)),
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="front", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()
        executor.shutdown(wait=False, cancel_futures=True)


async def _read_body(receive: Receive) -> bytes | None:
    """Returns the request body, or None if it is over the limit.

    Reads a body that is too large to its end all the same: a client that is still sending would see a connection reset
    instead of the response. Raises ConnectionError if the client disconnects first.
    """
    chunks: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionError
        size += len(message.get("body", b""))
        if size <= PAYLOAD_LIMIT:
            chunks.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(chunks) if size <= PAYLOAD_LIMIT else None


async def _answer(dispatch: Dispatch, executor: Executor, scope: Scope, body: bytes) -> Response:
    method = scope["method"]
    event = to_event(scope, body)
    if len(event.get("body", "")) > PAYLOAD_LIMIT:
        return _too_large(method)
    try:
        answer = await asyncio.get_running_loop().run_in_executor(executor, dispatch, event)
        if len(json.dumps(answer, ensure_ascii=False).encode()) > PAYLOAD_LIMIT:  # as awslambdaric counts it
            raise ValueError(f"response: expected at most {PAYLOAD_LIMIT:,} bytes (Lambda's limit), got more")
        return to_response(answer, method)
    except asyncio.CancelledError:  # the server is shutting down
        return _json(503, {"message": "Service Unavailable"}, "application/json", method)
    except Exception:
        log.exception("%s %s: the function returned no valid response", method, scope["path"])
        return _json(500, {"message": "Internal Server Error"}, "application/json", method)


def _too_large(method: str) -> Response:
    problem = {
        "type": "about:blank",
        "title": "The request is too large",
        "status": 413,
        "detail": f"The limit is {PAYLOAD_LIMIT:,} bytes, or three quarters of that for a binary body, which is sent in base64.",
    }
    return _json(413, problem, "application/problem+json", method)


def _json(status: int, value: dict[str, Any], content_type: str, method: str) -> Response:
    return to_response({"statusCode": status, "headers": {"content-type": content_type}, "body": json.dumps(value)}, method)
