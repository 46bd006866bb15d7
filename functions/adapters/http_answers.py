"""An object in S3 into the HTTP answer to a conditional GET or HEAD, by RFC 9110."""

import json
import re
from datetime import UTC
from email.utils import format_datetime

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.utilities.data_classes.common import BaseProxyEvent

from adapters.s3_objects import StoredObject, fetch, look

COMMON = {"Access-Control-Allow-Origin": "*", "X-Content-Type-Options": "nosniff"}
ENTITY_TAG = re.compile(r'(?:W/)?("[^"]*")')


def stored_answer(bucket: str, key: str, request: BaseProxyEvent, cache_control: str) -> Response | None:
    """200 with the object, or 304 if the client has it; None where there is no such object.

    The body is fetched from S3 only if it will be sent.
    """
    condition = request.headers.get("if-none-match")
    if request.http_method == "HEAD" or condition:
        found = look(bucket, key)
        if found is not None and condition and etag_matches(condition, found.etag):
            return Response(304, headers=_validators(found, cache_control))
        if found is None or request.http_method == "HEAD":
            return found and _ok(found, cache_control)
    found = fetch(bucket, key)
    return found and _ok(found, cache_control)


def json_answer(status: int, value: object, request: BaseProxyEvent, cache_control: str = "no-store") -> Response:
    """A small JSON document made for this request."""
    body = json.dumps(value, ensure_ascii=False).encode()
    headers = COMMON | {"Cache-Control": cache_control, "Content-Length": str(len(body))}
    return Response(status, "application/json", "" if request.http_method == "HEAD" else body.decode(), headers)


def etag_matches(if_none_match: str, etag: str) -> bool:
    """Whether a list of entity tags, or `*`, names this one; weak and strong compare alike (RFC 9110, 8.8.3.2 and 13.1.2)."""
    return if_none_match.strip() == "*" or etag in ENTITY_TAG.findall(if_none_match)


def _ok(found: StoredObject, cache_control: str) -> Response:
    headers = _validators(found, cache_control) | {"Content-Length": str(found.size)}
    # Powertools serialises whatever it is told is JSON, unless that is text already.
    body = found.body.decode() if found.media_type == "application/json" else found.body
    return Response(200, found.media_type, body, headers)


def _validators(found: StoredObject, cache_control: str) -> dict[str, str]:
    return COMMON | {
        "ETag": found.etag,
        "Last-Modified": format_datetime(found.last_modified.astimezone(UTC), usegmt=True),
        "Cache-Control": cache_control,
    }
