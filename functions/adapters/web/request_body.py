"""Reads the body of an HTTP request from its API Gateway event."""

import base64
import json
from collections.abc import Mapping

from aws_lambda_powertools.utilities.data_classes.common import BaseProxyEvent

from adapters.errors import BodyTooLarge, BodyUnreadable
from storycard.errors import ArticleInvalid, shown
from storycard.ingest.fields import json_fault
from storycard.ingest.plain_text import MAX_BYTES

MAX_BODY = 1 << 20  # bytes; the longest articles are a tenth of this
# Bytes of a webhook: the maximum of a Lambda function. Ghost adds up to 25 earlier revisions to a post, and refusing a withdrawal
# would leave the cards of a withdrawn article public.
MAX_EVENT = MAX_BYTES


def raw_body(request: BaseProxyEvent, limit: int = MAX_BODY) -> bytes:
    """Returns the body exactly as the client sent and signed it. Raises BodyTooLarge above `limit` bytes."""
    text = request.body or ""
    body = base64.b64decode(text) if request.is_base64_encoded else text.encode("utf-8", "surrogatepass")
    if len(body) > limit:
        raise BodyTooLarge(limit, len(body))
    return body


def json_fields(body: bytes, known: tuple[str, ...]) -> Mapping[str, object]:
    """Reads a JSON object; an empty body is an empty one.

    Raises BodyUnreadable for anything else, ArticleInvalid for a field that is not `known`.
    """
    try:
        fields = json.loads(body or b"{}")
    except (RecursionError, ValueError) as error:
        raise BodyUnreadable("body", *json_fault(error)) from None
    if not isinstance(fields, dict):
        raise BodyUnreadable("body", "a JSON object", shown(fields))
    for name in fields:
        if name not in known:
            raise ArticleInvalid("body", "only " + ", ".join(known), shown(name))
    return fields
