"""Sends requests over a real socket to handlers behind the HTTP front."""

import base64
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection

import pytest

from local_stack.client import call
from local_stack.command import listen
from local_stack.front import PAYLOAD_LIMIT, App, serving
from support.waiting import PATIENCE

EVERY_BYTE = bytes(range(256)) * 100


def echo(event: dict) -> dict:
    return {"statusCode": 200, "headers": {"content-type": "application/json"}, "body": json.dumps(event)}


def get_json(base_url: str, path: str, **options) -> dict:
    return json.loads(call(base_url, "GET", path, **options).body)


def test_path_arrives_decoded_and_query_raw_and_parsed(serve):
    event = get_json(serve(echo), "/cards/caf%C3%A9%20a%2Fb%25/x?a=1&a=2%2C3&b=&c=%C3%A9+d")
    assert event["rawPath"] == event["requestContext"]["http"]["path"] == "/cards/café a/b%/x"
    assert event["rawQueryString"] == "a=1&a=2%2C3&b=&c=%C3%A9+d"
    assert event["queryStringParameters"] == {"a": "1,2,3", "b": "", "c": "é d"}


def test_event_names_the_caller(serve):
    base_url = serve(echo)
    context = get_json(base_url, "/", headers={"User-Agent": "a crawler"})["requestContext"]
    assert context["http"] == {
        "method": "GET",
        "path": "/",
        "protocol": "HTTP/1.1",
        "sourceIp": "127.0.0.1",
        "userAgent": "a crawler",
    }
    assert context["domainName"] == "127.0.0.1"


def test_path_of_ten_thousand_characters_reaches_the_handler(serve):
    assert get_json(serve(echo), "/cards/" + "x" * 10_000)["rawPath"] == "/cards/" + "x" * 10_000


def test_binary_bodies_arrive_unchanged_both_ways(serve):
    def handler(event: dict) -> dict:
        assert event["isBase64Encoded"]
        assert base64.b64decode(event["body"]) == EVERY_BYTE
        return {"statusCode": 200, "headers": {"Content-Type": "image/png"}, "body": event["body"], "isBase64Encoded": True}

    answer = call(serve(handler), "POST", "/", EVERY_BYTE, {"content-type": "image/png"})
    assert answer.body == EVERY_BYTE
    assert answer.headers["content-length"] == str(len(EVERY_BYTE))
    assert answer.headers["content-type"] == "image/png"
    assert "server" not in answer.headers


@pytest.mark.parametrize(
    ("method", "status", "length"),
    [("HEAD", 200, "5"), ("GET", 204, None), ("GET", 304, None), ("HEAD", 304, None), ("DELETE", 200, "5")],
)
def test_sends_no_body_where_http_allows_none(serve, method, status, length):
    base_url = serve(lambda event: {"statusCode": status, "headers": {"etag": '"x"'}, "body": "hello"})
    connection = HTTPConnection(base_url.removeprefix("http://"))
    for _ in range(2):  # on one connection, where a stray byte of the first answer would break the second
        connection.request(method, "/")
        response = connection.getresponse()
        assert response.status == status
        assert response.getheader("content-length") == length
        assert response.getheader("etag") == '"x"'
        assert response.read() == (b"hello" if method == "DELETE" else b"")
    connection.close()


@pytest.mark.parametrize("answer", [None, {}, {"statusCode": "soon"}, {"statusCode": 200, "body": "%", "isBase64Encoded": True}])
def test_malformed_handler_answer_is_a_500(serve, answer):
    assert call(serve(lambda event: answer), "GET", "/").status == 500


def test_exception_is_logged_and_not_sent(serve, caplog):
    def handler(event: dict) -> dict:
        raise RuntimeError("the bucket's secret name")

    answer = call(serve(handler), "GET", "/cards/x")
    assert answer.status == 500
    assert answer.headers["content-type"] == "application/json"
    assert json.loads(answer.body) == {"message": "Internal Server Error"}
    assert "GET /cards/x" in caplog.text
    assert "the bucket's secret name" in caplog.text


def test_requests_run_concurrently(serve):
    together = threading.Barrier(8, timeout=PATIENCE)

    def handler(event: dict) -> dict:
        together.wait()
        return {"statusCode": 200, "body": event["rawPath"]}

    base_url = serve(handler)
    with ThreadPoolExecutor(8) as pool:
        answers = pool.map(lambda i: call(base_url, "GET", f"/{i}").body.decode(), range(8))
    assert list(answers) == [f"/{i}" for i in range(8)]


@pytest.mark.parametrize(
    ("content_type", "size"),
    [("text/plain", PAYLOAD_LIMIT + 1), ("image/png", PAYLOAD_LIMIT * 3 // 4 + 3), ("text/plain", 11_000_000)],
)
def test_rejects_body_over_lambdas_limit_with_a_reason(serve, content_type, size):
    answer = call(serve(echo), "POST", "/", b"x" * size, {"content-type": content_type})
    assert answer.status == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert json.loads(answer.body)["status"] == 413


def test_accepts_body_within_lambdas_limit(serve):
    base_url = serve(lambda event: {"statusCode": 200, "body": str(len(event["body"]))})
    answer = call(base_url, "POST", "/", b"x" * PAYLOAD_LIMIT, {"content-type": "text/plain"})
    assert answer.body == str(PAYLOAD_LIMIT).encode()


def test_answer_over_lambdas_limit_fails_as_on_lambda(serve, caplog):
    assert call(serve(lambda event: {"statusCode": 200, "body": "x" * (PAYLOAD_LIMIT + 1)}), "GET", "/").status == 500
    assert "6,291,556 bytes" in caplog.text


def test_incomplete_upload_does_not_reach_the_handler(serve):
    calls = []
    base_url = serve(lambda event: calls.append(event) or {"statusCode": 200})
    connection = HTTPConnection(base_url.removeprefix("http://"))
    connection.putrequest("POST", "/")
    connection.putheader("content-length", "100")
    connection.endheaders(b"only this")
    connection.close()
    assert call(base_url, "GET", "/after").status == 200
    assert [event["rawPath"] for event in calls] == ["/after"]


def test_shutdown_does_not_wait_for_a_slow_request():
    started, release, ended = threading.Event(), threading.Event(), threading.Event()

    def handler(event: dict) -> dict:
        started.set()
        release.wait(PATIENCE)
        ended.set()
        return {"statusCode": 200}

    with ThreadPoolExecutor(1) as pool:
        with listen(0) as listener, serving(handler, listener):
            answer = pool.submit(call, f"http://127.0.0.1:{listener.getsockname()[1]}", "GET", "/")
            assert started.wait(PATIENCE)
        assert not ended.is_set()
        release.set()
        assert answer.result().status == 503


def test_the_edge_can_refuse_a_request_before_its_handler():
    calls = []

    def edge(app: App) -> App:
        async def refuse_posts(scope, receive, send) -> None:
            if scope["method"] == "POST":
                await send({"type": "http.response.start", "status": 429, "headers": [(b"content-length", b"0")]})
                await send({"type": "http.response.body", "body": b""})
            else:
                await app(scope, receive, send)

        return refuse_posts

    with listen(0) as listener, serving(lambda event: calls.append(event) or {"statusCode": 200}, listener, edge):
        base_url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        assert [call(base_url, method, "/").status for method in ("POST", "GET")] == [429, 200]
    assert len(calls) == 1
