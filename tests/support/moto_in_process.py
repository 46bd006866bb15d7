"""Lets botocore call moto's application without a socket, and restores the state of moto's AWS without calls.

Tests of the functions would otherwise spend most of their time on HTTP. Those of tests/local_stack, slow and artefact use it.
"""

import io
from collections.abc import Callable
from contextlib import nullcontext
from copy import deepcopy
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import pytest
import urllib3
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.httpsession import URLLib3Session
from moto.backends import get_backend
from moto.moto_api._internal.models import moto_api_backend
from werkzeug.test import create_environ
from werkzeug.wrappers import Response

SERVICES = ("events", "s3", "scheduler", "secretsmanager", "sqs")


def call_directly(server: Any, patch: pytest.MonkeyPatch) -> None:
    """Hands requests for moto's server to its application. Other servers are still called over HTTP."""
    netloc = "{}:{}".format(*server.get_host_and_port())
    send_over_http = URLLib3Session.send
    one_at_a_time = Lock()  # S3's reads and writes are atomic; moto stores an object before its metadata

    def send(session: URLLib3Session, request: AWSPreparedRequest) -> AWSResponse:
        url = urlsplit(request.url)
        if url.netloc != netloc:
            return send_over_http(session, request)
        body = request.body.read() if hasattr(request.body, "read") else request.body or b""
        environ = create_environ(
            request.url.partition(netloc)[2],
            f"http://{netloc}",
            method=request.method,
            headers={name: value.decode() if isinstance(value, bytes) else value for name, value in request.headers.items()},
            input_stream=io.BytesIO(body.encode() if isinstance(body, str) else body),
        )
        with nullcontext() if request.method == "POST" else one_at_a_time:  # POST is for queues, which may wait
            answer = Response.from_app(server._server.app, environ, buffered=True)
        raw = urllib3.HTTPResponse(
            io.BytesIO(answer.get_data()),
            answer.headers,
            answer.status_code,
            preload_content=False,
            request_method=request.method,
        )
        response = AWSResponse(request.url, raw.status, raw.headers, raw)
        if not request.stream_output:
            _ = response.content  # reads it, as botocore does
        return response

    patch.setattr(URLLib3Session, "send", send)


def empty_account() -> None:
    """Deletes everything in moto's AWS."""
    moto_api_backend.reset()


def saved_account() -> Callable[[], None]:
    """Returns a function that restores today's buckets, queues, events, schedules and secrets, and deletes everything else.

    Objects and messages are not restored: there must be none.
    """
    backends = {
        (service, account, region): backend
        for service in SERVICES
        for account, regions in get_backend(service).items()
        for region, backend in regions.items()
    }
    locks = [queue._messages_lock for backend in backends.values() for queue in getattr(backend, "queues", {}).values()]
    shared = {id(lock): lock for lock in locks}  # locks cannot be copied
    saved = {key: deepcopy(vars(backend), dict(shared)) for key, backend in backends.items()}
    bucket_accounts = dict(get_backend("s3").bucket_accounts)

    def restore() -> None:
        moto_api_backend.reset()
        for (service, account, region), state in saved.items():
            vars(get_backend(service)[account][region]).update(deepcopy(state, dict(shared)))
        get_backend("s3").bucket_accounts.update(bucket_accounts)

    return restore
