"""Builds the events that Lambda functions receive from HTTP requests and queue messages, and signs webhooks as a CMS does."""

import base64
import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qsl, quote

from standardwebhooks import Webhook

from local_stack import client

SECRET = "whsec_" + base64.b64encode(b"a key of the newsroom's CMS").decode()


@dataclass(frozen=True)
class Context:
    """The Lambda context, as far as handlers use it."""

    function_name: str = "storycard"
    function_version: str = "$LATEST"
    invoked_function_arn: str = "arn:aws:lambda:eu-west-1:123456789012:function:storycard"
    memory_limit_in_mb: int = 512
    aws_request_id: str = "52fdfc07-2182-454f-963f-5f0f9a621d72"

    def get_remaining_time_in_millis(self) -> int:
        return 20_000


@dataclass(frozen=True)
class Answer:
    """A handler's response as an HTTP client sees it."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict:
        return json.loads(self.body)


def call(
    handler,
    method: str,
    path: str,
    headers: dict[str, str] | None = None,
    body: bytes = b"",
    as_base64: bool = False,
    query: str = "",
) -> Answer:
    """Calls `handler` with an API Gateway event, payload format 2.0: lower-case header names, and no body if it is empty."""
    event = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": query,
        "headers": {"host": "cards.example", **(headers or {})},
        "requestContext": {
            "domainName": "cards.example",
            "http": {"method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1", "userAgent": "test"},
            "requestId": "JKJaXmPLvHcESHA=",
            "stage": "$default",
        },
        "isBase64Encoded": as_base64,
    }
    if query:
        event["queryStringParameters"] = dict(parse_qsl(query, keep_blank_values=True))
    if body:
        event["body"] = base64.b64encode(body).decode() if as_base64 else body.decode()
    answer = handler(event, Context())
    text = answer.get("body") or ""
    return Answer(
        status=answer["statusCode"],
        headers={name.lower(): value for name, value in answer["headers"].items()},
        body=base64.b64decode(text) if answer["isBase64Encoded"] else text.encode(),
    )


def call_over_http(
    base_url: str, method: str, path: str, headers: dict[str, str] | None = None, body: bytes = b"", query: str = ""
) -> Answer:
    """Sends the same request over HTTP, and leaves out the headers that the server adds itself (date, connection)."""
    target = quote(path, safe="/") + (f"?{query}" if query else "")  # API Gateway passes on a decoded path
    answer = client.call(base_url, method, target, body or None, {"host": "cards.example", **(headers or {})})
    fields = {name: value for name, value in answer.headers.items() if name not in ("date", "connection")}
    return Answer(answer.status, fields, answer.body)


def signed(body: bytes, event_id: str, sent_at: datetime | None = None, secret: str = SECRET) -> dict[str, str]:
    """Returns the headers of a Standard Webhook, signed by its reference package."""
    sent_at = sent_at or datetime.now(UTC)
    return {
        "content-type": "application/json",
        "webhook-id": event_id,
        "webhook-timestamp": str(int(sent_at.timestamp())),
        "webhook-signature": Webhook(secret).sign(event_id, sent_at, body.decode()),
    }


def sqs_event(*messages: dict, queue: str = "renders") -> dict:
    """Builds a queue's event from messages of `receive_message`, or from hand-made ones with MessageId and Body."""
    sent_now = {"ApproximateReceiveCount": "1", "SentTimestamp": f"{time.time() * 1000:.0f}"}
    records = [
        {
            "messageId": message["MessageId"],
            "receiptHandle": message.get("ReceiptHandle", ""),
            "body": message["Body"],
            "attributes": sent_now | message.get("Attributes", {}),
            "messageAttributes": {},
            "eventSource": "aws:sqs",
            "eventSourceARN": f"arn:aws:sqs:eu-west-1:123456789012:{queue}",
            "awsRegion": "eu-west-1",
        }
        for message in messages
    ]
    return {"Records": records}


def failed_ids(report: dict) -> list[str]:
    return [failure["itemIdentifier"] for failure in report["batchItemFailures"]]


def native(article_id: str, **fields: object) -> dict:
    """Returns a published article in native JSON, with `fields` replaced."""
    return {
        "id": article_id,
        "headline": "Harbour night ferries",
        "language": "en",
        "kicker": "Transport",
        "bullets": ["Six boats leave every hour until five in the morning", "A night ticket costs the same as a day ticket"],
        "quotes": [{"text": "Nobody should have to swim home from work.", "speaker": "Ida Holm", "role": "harbour master"}],
        "updated_at": "2026-03-01T10:00:00Z",
        **fields,
    }


def as_body(article: dict) -> bytes:
    return json.dumps(article, ensure_ascii=False).encode()
