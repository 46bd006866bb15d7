"""Objects in S3, documents and JSON into HTTP answers to a GET or HEAD, conditional or not, by RFC 9110."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC
from email.utils import format_datetime

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.utilities.data_classes.common import BaseProxyEvent

from adapters.storage.s3_objects import StoredObject, get_object, head_object
from adapters.web.conditional import not_modified

COMMON = {"Access-Control-Allow-Origin": "*", "X-Content-Type-Options": "nosniff"}


def stored_answer(
    bucket: str, key: str, request: BaseProxyEvent, cache_control: str, more: Mapping[str, str] | None = None
) -> Response | None:
    """200 with the object, or 304 if the client has it; None where there is no such object. `more` are headers of both.

    One call to S3 whatever the conditions: to look before fetching would cost every client with an older copy a second.
    """
    headers = {"Cache-Control": cache_control, **(more or {})}
    found = (head_object if request.http_method == "HEAD" else get_object)(bucket, key)
    if found is None:
        return None
    if not_modified(request.headers, found.etag, found.last_modified):
        return Response(304, headers=_validators(found) | headers)
    return _ok(found, headers)


def document_answer(
    request: BaseProxyEvent, media_type: str, text: str, cache_control: str, more: Mapping[str, str] | None = None
) -> Response:
    """200 with a text made for this request, or 304 if the client has this very text."""
    body = text.encode()
    headers = COMMON | {"ETag": f'"{hashlib.sha256(body).hexdigest()[:32]}"', "Cache-Control": cache_control, **(more or {})}
    if not_modified(request.headers, headers["ETag"]):
        return Response(304, headers=headers)
    return _sized(Response(200, media_type, text, headers), request, len(body))


def json_answer(status: int, value: object, request: BaseProxyEvent, cache_control: str = "no-store") -> Response:
    """A small JSON document made for this request."""
    text = json.dumps(value, ensure_ascii=False)
    return _sized(
        Response(status, "application/json", text, COMMON | {"Cache-Control": cache_control}), request, len(text.encode())
    )


def _sized(response: Response, request: BaseProxyEvent, size: int) -> Response:
    response.headers["Content-Length"] = str(size)
    if request.http_method == "HEAD":
        response.body = ""
    return response


def _ok(found: StoredObject, headers: Mapping[str, str]) -> Response:
    # Powertools serialises whatever it is told is JSON, unless that is text already.
    body = found.body.decode() if found.media_type == "application/json" else found.body
    return Response(200, found.media_type, body, _validators(found) | headers | {"Content-Length": str(found.size)})


def _validators(found: StoredObject) -> dict[str, str]:
    headers = COMMON | {
        "ETag": found.etag,
        "Last-Modified": format_datetime(found.last_modified.astimezone(UTC), usegmt=True),
    }
    if found.disposition:
        headers |= {"Content-Disposition": found.disposition}
    if found.media_type.startswith("image/"):
        headers |= {"Cross-Origin-Resource-Policy": "cross-origin"}  # for pages under Cross-Origin-Embedder-Policy
    return headers
