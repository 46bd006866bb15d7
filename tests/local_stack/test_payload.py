"""Checks that requests become events and answers become responses as in API Gateway."""

import base64
import re
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local_stack.payload import to_event, to_response


def scope(**changes) -> dict:
    return {
        "method": "POST",
        "path": "/my/path",
        "query_string": b"",
        "http_version": "1.1",
        "client": ("192.0.2.1", 50000),
        "headers": [],
    } | changes


def test_event_equals_the_documented_example():
    # https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
    headers = [
        (b"Host", b"id.execute-api.us-east-1.amazonaws.com"),
        (b"User-Agent", b"agent"),
        (b"Cookie", b"cookie1=a; cookie2=b"),
        (b"Header1", b"value1"),
        (b"header2", b"value1"),
        (b"HEADER2", b"value2"),
        (b"content-type", b"text/plain"),
    ]
    query = b"parameter1=value1&parameter1=value2&parameter2=value"
    event = to_event(
        scope(headers=headers, query_string=query), b"Hello from Lambda", datetime(2020, 3, 12, 19, 3, 58, 390_000, UTC)
    )
    request_id = event["requestContext"].pop("requestId")
    assert re.fullmatch(r"[0-9a-f-]{36}", request_id)
    assert event == {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": "/my/path",
        "rawQueryString": "parameter1=value1&parameter1=value2&parameter2=value",
        "cookies": ["cookie1=a", "cookie2=b"],
        "headers": {
            "host": "id.execute-api.us-east-1.amazonaws.com",
            "user-agent": "agent",
            "header1": "value1",
            "header2": "value1,value2",
            "content-type": "text/plain",
        },
        "queryStringParameters": {"parameter1": "value1,value2", "parameter2": "value"},
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "local",
            "domainName": "id.execute-api.us-east-1.amazonaws.com",
            "domainPrefix": "id",
            "http": {
                "method": "POST",
                "path": "/my/path",
                "protocol": "HTTP/1.1",
                "sourceIp": "192.0.2.1",
                "userAgent": "agent",
            },
            "routeKey": "$default",
            "stage": "$default",
            "time": "12/Mar/2020:19:03:58 +0000",
            "timeEpoch": 1584039838390,
        },
        "body": "Hello from Lambda",
        "isBase64Encoded": False,
    }


def test_event_omits_what_the_request_lacks():
    event = to_event(scope(method="GET"), b"")
    assert not {"body", "cookies", "queryStringParameters"} & event.keys()
    assert event["isBase64Encoded"] is False


@pytest.mark.parametrize(
    ("content_type", "encoded"),
    [
        ("application/json", False),
        ("application/json; charset=utf-8", False),
        ("TEXT/HTML", False),
        ("application/xml", False),
        ("application/x-www-form-urlencoded", True),
        ("application/octet-stream", True),
        ("image/png", True),
        ("", True),
    ],
)
def test_content_type_decides_between_text_and_base64(content_type, encoded):
    headers = [(b"content-type", content_type.encode())] if content_type else []
    assert to_event(scope(headers=headers), b"{}")["isBase64Encoded"] is encoded


@given(body=st.binary(min_size=1), content_type=st.sampled_from([b"application/json", b"text/plain", b"image/png"]))
def test_every_body_survives_the_round_trip(body, content_type):
    event = to_event(scope(headers=[(b"content-type", content_type)]), body)
    assert (base64.b64decode(event["body"]) if event["isBase64Encoded"] else event["body"].encode()) == body


@given(pairs=st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["", "1", "é", "x y"])), max_size=4))
def test_joins_repeated_query_keys_in_order(pairs):
    event = to_event(scope(query_string=urlencode(pairs).encode()), b"")
    expected = {key: ",".join(value for name, value in pairs if name == key) for key, _ in pairs}
    assert event.get("queryStringParameters", {}) == expected


def test_head_keeps_the_content_length_of_its_handler():
    response = to_response({"statusCode": 200, "headers": {"Content-Length": "4711"}, "body": ""}, "HEAD")
    assert (b"content-length", b"4711") in response.headers


def test_head_has_the_length_of_its_body_and_no_body():
    response = to_response({"statusCode": 200, "body": "hello"}, "HEAD")
    assert response.headers == ((b"content-length", b"5"),)
    assert response.body == b""


def test_other_methods_compute_the_content_length():
    response = to_response({"statusCode": 200, "headers": {"Content-Length": "4711"}, "body": "é"}, "GET")
    assert response.headers == ((b"content-length", b"2"),)


def test_each_cookie_becomes_a_header():
    response = to_response({"statusCode": 204, "cookies": ["a=1", "b=2"]}, "GET")
    assert response.headers == ((b"set-cookie", b"a=1"), (b"set-cookie", b"b=2"))
