"""Reads the body of an HTTP request from its API Gateway event."""

import base64

from aws_lambda_powertools.utilities.data_classes.common import BaseProxyEvent

from adapters.errors import BodyTooLarge
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
