"""Tests what makes moto's server quick: it lists no folder for a request, and keeps connections open."""

import os
from http.client import HTTPConnection

import pytest
from moto import backends

from local_stack.moto_process import moto_server


def test_finding_the_service_of_a_request_lists_no_folder(monkeypatch):
    moto_server()
    monkeypatch.setattr(os, "listdir", lambda path: [])
    assert "s3" in backends.list_of_moto_modules()


@pytest.fixture
def connection():
    server = moto_server()
    server.start()
    connection = HTTPConnection(*server.get_host_and_port(), timeout=10)
    yield connection
    connection.close()
    server.stop()


def test_requests_share_a_connection(connection):
    signed = {"Authorization": "AWS4-HMAC-SHA256 Credential=local/20260301/us-east-1/s3/aws4_request"}

    def ask(method: str, path: str, body: bytes = b"") -> tuple[str | None, bytes]:
        connection.request(method, path, body, signed)
        answer = connection.getresponse()
        return answer.headers["content-length"], answer.read()

    ask("PUT", "/shared")
    first = connection.sock
    ask("PUT", "/shared/story", b"a story")
    ask("DELETE", "/shared/none", b"a body that nobody reads")
    assert ask("HEAD", "/shared/story") == ("7", b"")
    assert ask("GET", "/shared/story") == ("7", b"a story")
    assert connection.sock is first is not None
