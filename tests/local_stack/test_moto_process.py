"""Tests what makes moto's server quick and like AWS: it keeps connections open, and writes objects atomically."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from threading import Event

import pytest
from flask import Flask
from moto import backends
from moto.s3.models import FakeKey

from local_stack.moto_process import moto_server
from support.waiting import PATIENCE


def test_finding_the_service_of_a_request_lists_no_folder(monkeypatch):
    moto_server()
    monkeypatch.setattr(os, "listdir", lambda path: [])
    assert "s3" in backends.list_of_moto_modules()


@pytest.fixture
def connection():
    server = moto_server()
    server.start()
    connection = HTTPConnection(*server.get_host_and_port(), timeout=PATIENCE)
    yield connection
    connection.close()
    server.stop()


SIGNED = {"Authorization": "AWS4-HMAC-SHA256 Credential=local/20260301/us-east-1/s3/aws4_request"}


def test_nobody_reads_an_object_before_its_metadata(connection, monkeypatch):
    storing, set_metadata = Event(), FakeKey.set_metadata

    def set_late(key: FakeKey, *arguments: object, **options: object) -> None:
        storing.set()
        time.sleep(0.3)
        set_metadata(key, *arguments, **options)

    def put(path: str, body: bytes, headers: dict[str, str]) -> None:
        other = HTTPConnection(connection.host, connection.port, timeout=PATIENCE)
        other.request("PUT", path, body, SIGNED | headers)
        other.getresponse().read()
        other.close()

    put("/shared", b"", {})
    monkeypatch.setattr(FakeKey, "set_metadata", set_late)
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(put, "/shared/story", b"a story", {"x-amz-meta-owner": "demo"})
        assert storing.wait(PATIENCE)
        connection.request("HEAD", "/shared/story", headers=SIGNED)
        answer = connection.getresponse()
        answer.read()
        done.result()
    assert answer.headers["x-amz-meta-owner"] == "demo"


def test_requests_share_a_connection(connection):
    def ask(method: str, path: str, body: bytes = b"") -> tuple[str | None, bytes]:
        connection.request(method, path, body, SIGNED)
        answer = connection.getresponse()
        return answer.headers["content-length"], answer.read()

    ask("PUT", "/shared")
    first = connection.sock
    ask("PUT", "/shared/story", b"a story")
    ask("DELETE", "/shared/none", b"a body that nobody reads")
    assert ask("HEAD", "/shared/story") == ("7", b"")
    assert ask("GET", "/shared/story") == ("7", b"a story")
    assert connection.sock is first is not None


def test_requests_pass_flask_by(connection, monkeypatch):
    monkeypatch.setattr(Flask, "wsgi_app", None)
    connection.request("GET", "/shared/none", headers=SIGNED)
    answer = connection.getresponse()
    assert (answer.status, answer.headers["content-type"]) == (404, "application/xml")
    assert b"<Code>NoSuchKey</Code>" in answer.read()


def test_a_request_that_moto_has_no_function_for_is_answered(connection):
    connection.request("GET", "/moto-api/none")
    assert connection.getresponse().status == 404
