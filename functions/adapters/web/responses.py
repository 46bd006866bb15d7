"""Builds HTTP responses from S3 objects, text and JSON, with conditional GET and HEAD (RFC 9110)."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC
from email.utils import format_datetime

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.utilities.data_classes.common import BaseProxyEvent

from adapters.storage.s3_objects import StoredObject, get_object, head_object
from adapters.web.conditional import not_modified, require_preconditions

HttpResponse = Response[str | bytes]

# A Lambda response has at most 6 MB, with binary in base64: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
MAX_DIRECT = 4_400_000  # bytes
COMMON_HEADERS = {"Access-Control-Allow-Origin": "*", "X-Content-Type-Options": "nosniff"}


def stored_response(
    bucket: str, key: str, request: BaseProxyEvent, cache_control: str, extra_headers: Mapping[str, str] | None = None
) -> HttpResponse | None:
    """Returns 200 with the object or 304 if the client has it; None if there is no such object.

    Makes one call to S3 in every case. A HEAD before each GET would cost clients with an outdated copy a second call.
    """
    headers = {"Cache-Control": cache_control, **(extra_headers or {})}
    found = (head_object if request.http_method == "HEAD" else get_object)(bucket, key)
    if found is None:
        return None
    require_preconditions(request.headers, found.etag, found.last_modified)
    headers = object_headers(found) | headers
    if not_modified(request.headers, found.etag, found.last_modified):
        return HttpResponse(304, headers=headers)
    # Powertools serialises a JSON body unless it is a string already.
    body = found.body.decode() if found.media_type == "application/json" else found.body
    return HttpResponse(200, found.media_type, body, headers | {"Content-Length": str(found.size)})


def text_response(
    request: BaseProxyEvent,
    media_type: str,
    text: str,
    cache_control: str,
    extra_headers: Mapping[str, str] | None = None,
    etag: str = "",
) -> HttpResponse:
    """Returns 200 with `text`, or 304 if the client already has it. Without `etag`, the ETag is a hash of the text."""
    body = text.encode()
    etag = etag or f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    require_preconditions(request.headers, etag)
    headers = COMMON_HEADERS | {"ETag": etag, "Cache-Control": cache_control, **(extra_headers or {})}
    if not_modified(request.headers, etag):
        return HttpResponse(304, headers=headers)
    return sized(HttpResponse(200, media_type, text, headers), request, len(body))


def json_response(status: int, value: object, request: BaseProxyEvent, cache_control: str = "no-store") -> HttpResponse:
    """Returns `value` as JSON. It carries no validators, so the client always gets the whole document."""
    text = json.dumps(value, ensure_ascii=False)
    headers = COMMON_HEADERS | {"Cache-Control": cache_control}
    return sized(HttpResponse(status, "application/json", text, headers), request, len(text.encode()))


def sized(response: HttpResponse, request: BaseProxyEvent, size: int) -> HttpResponse:
    """Sets Content-Length to `size` bytes, and drops the body of a response to HEAD."""
    response.headers["Content-Length"] = str(size)
    if request.http_method == "HEAD":
        response.body = ""
    return response


def object_headers(found: StoredObject) -> dict[str, str]:
    """Returns the headers of a response with the object: its validators and, for an image, what lets other sites show it."""
    headers = COMMON_HEADERS | {
        "ETag": found.etag,
        "Last-Modified": format_datetime(found.last_modified.astimezone(UTC), usegmt=True),
    }
    if found.disposition:
        headers["Content-Disposition"] = found.disposition
    if found.media_type.startswith("image/"):
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # pages under Cross-Origin-Embedder-Policy require it
    return headers
