"""Converts HTTP requests to API Gateway events (HTTP API, payload format 2.0), and Lambda responses to HTTP.

https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl
from uuid import uuid4

# Bodies of these types are passed as text. All others are sent in base64, including forms and bodies without a type.
TEXT_TYPES = ("text/", "application/json", "application/xml", "application/javascript")

# The server sets these headers; a function cannot.
FRAMING = frozenset({"connection", "content-length", "keep-alive", "transfer-encoding", "upgrade"})
BODYLESS = frozenset({204, 304})


@dataclass(frozen=True, slots=True)
class Response:
    """An HTTP response; the body of a response to HEAD is empty."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


def to_event(scope: Mapping[str, Any], body: bytes, now: datetime | None = None) -> dict[str, Any]:
    """Returns the event of a request, given its ASGI HTTP scope and its whole body."""
    now = now or datetime.now(UTC)
    request_id = str(uuid4())
    path = scope["path"]  # HTTP APIs decode rawPath, including %2F; Lambda function URLs do not
    raw_query = scope["query_string"].decode("latin-1")
    headers, cookies = _fields(scope["headers"])
    query = _joined(parse_qsl(raw_query, keep_blank_values=True))
    domain = headers.get("host", "").rsplit(":", 1)[0]
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": raw_query,
        "headers": headers,
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "local",
            "domainName": domain,
            "domainPrefix": domain.split(".")[0],
            "http": {
                "method": scope["method"],
                "path": path,
                "protocol": f"HTTP/{scope['http_version']}",
                "sourceIp": scope["client"][0] if scope["client"] else "127.0.0.1",
                "userAgent": headers.get("user-agent", ""),
            },
            "requestId": request_id,
            "routeKey": "$default",
            "stage": "$default",
            "time": now.strftime("%d/%b/%Y:%H:%M:%S %z"),
            "timeEpoch": int(now.timestamp() * 1000),
        },
        "isBase64Encoded": False,
    }
    # As on AWS, missing parts of a request are absent, not empty.
    if cookies:
        event["cookies"] = cookies
    if query:
        event["queryStringParameters"] = query
    if body:
        event |= _body_fields(body, headers)
    return event


def to_response(answer: Mapping[str, Any], method: str) -> Response:
    """Converts the return value of a handler to an HTTP response.

    Raises KeyError, TypeError or ValueError if it is not in payload format 2.0.
    """
    status = int(answer["statusCode"])
    text = answer.get("body") or ""
    body = base64.b64decode(text, validate=True) if answer.get("isBase64Encoded") else text.encode()
    fields = {name.lower(): str(value) for name, value in (answer.get("headers") or {}).items()}
    headers = [(name, value) for name, value in fields.items() if name not in FRAMING]
    headers += [("set-cookie", cookie) for cookie in answer.get("cookies") or ()]
    if status in BODYLESS:
        body = b""
    else:
        length = len(body)
        if method == "HEAD" and not body:  # the handler omits the body of HEAD, but may send its length
            length = int(fields.get("content-length", 0))
        headers.append(("content-length", str(length)))
    return Response(
        status=status,
        headers=tuple((name.encode("latin-1"), value.encode("latin-1")) for name, value in headers),
        body=b"" if method == "HEAD" else body,
    )


def _fields(raw: list[tuple[bytes, bytes]]) -> tuple[dict[str, str], list[str]]:
    """Returns the headers, in lower case and with repeated ones joined by commas, and the cookies."""
    pairs = [(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in raw]
    cookies = [cookie.strip() for name, value in pairs if name == "cookie" for cookie in value.split(";")]
    return _joined([pair for pair in pairs if pair[0] != "cookie"]), cookies


def _joined(pairs: list[tuple[str, str]]) -> dict[str, str]:
    joined: dict[str, str] = {}
    for name, value in pairs:
        joined[name] = f"{joined[name]},{value}" if name in joined else value
    return joined


def _body_fields(body: bytes, headers: Mapping[str, str]) -> dict[str, Any]:
    if headers.get("content-type", "").lower().startswith(TEXT_TYPES):
        try:
            return {"body": body.decode("utf-8"), "isBase64Encoded": False}
        except UnicodeDecodeError:
            pass  # mislabelled binary data is sent in base64
    return {"body": base64.b64encode(body).decode("ascii"), "isBase64Encoded": True}
