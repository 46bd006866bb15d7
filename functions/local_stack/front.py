"""HTTP on a socket into calls of `dispatch`, one thread a call: what API Gateway does in front of Lambda."""

import asyncio
import json
import logging
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager

import uvicorn

from local_stack.payload import Response, to_event, to_response
from local_stack.swagger_page import swagger_page

log = logging.getLogger(__name__)

Dispatch = Callable[[dict], dict]  # an event of payload format 2.0 into an answer of it
App = Callable[[dict, Callable, Callable], Awaitable[None]]

# Bytes of a body, in base64 where it is binary, that Lambda passes in or out. API Gateway's own limit is 10 MB: never reached.
# https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
PAYLOAD_LIMIT = 6_291_556


def front(dispatch: Dispatch, executor: Executor) -> App:
    """An ASGI app that answers with what `dispatch` returns; a dispatch that raises is a 500 without details."""

    async def app(scope: dict, receive: Callable, send: Callable) -> None:
        try:
            body = await _read_body(receive)
        except ConnectionError:
            return  # half a request is none, and nobody is there for an answer
        if body is None:
            response = _too_large(scope["method"])
        else:
            response = swagger_page(scope["method"], scope["path"]) or await _answer(dispatch, executor, scope, body)
        await send({"type": "http.response.start", "status": response.status, "headers": response.headers})
        await send({"type": "http.response.body", "body": response.body})

    return app


@contextmanager
def serving(dispatch: Dispatch, listener: socket.socket, threads: int = 64) -> Iterator[None]:
    """Answers HTTP on a listening socket until the block ends; a call still running then is given one second."""
    executor = ThreadPoolExecutor(threads, thread_name_prefix="front")
    config = uvicorn.Config(
        front(dispatch, executor),
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


async def _read_body(receive: Callable) -> bytes | None:
    """The whole request body; None when it is over the limit.

    Such a body is read to its end all the same, and dropped: a client still sending would see a reset, not the answer.
    Raises ConnectionError when the client left before its end.
    """
    chunks, size, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionError
        size += len(message.get("body", b""))
        if size <= PAYLOAD_LIMIT:
            chunks.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(chunks) if size <= PAYLOAD_LIMIT else None


async def _answer(dispatch: Dispatch, executor: Executor, scope: dict, body: bytes) -> Response:
    method = scope["method"]
    event = to_event(scope, body)
    if len(event.get("body", "")) > PAYLOAD_LIMIT:
        return _too_large(method)
    try:
        answer = await asyncio.get_running_loop().run_in_executor(executor, dispatch, event)
        if len(answer.get("body") or "") > PAYLOAD_LIMIT:
            raise ValueError(f"the function's answer is over Lambda's {PAYLOAD_LIMIT:,} bytes")
        return to_response(answer, method)
    except asyncio.CancelledError:  # the server is going down
        return _json(503, {"message": "Service Unavailable"}, "application/json", method)
    except Exception:
        log.exception("%s %s: no usable answer from the function", method, scope["path"])
        return _json(500, {"message": "Internal Server Error"}, "application/json", method)


def _too_large(method: str) -> Response:
    problem = {
        "type": "about:blank",
        "title": "The request is too large",
        "status": 413,
        "detail": f"A body may have {PAYLOAD_LIMIT:,} bytes, a binary one three quarters of that: it travels in base64.",
    }
    return _json(413, problem, "application/problem+json", method)


def _json(status: int, value: dict, content_type: str, method: str) -> Response:
    return to_response({"statusCode": status, "headers": {"content-type": content_type}, "body": json.dumps(value)}, method)
