"""Reads the body of an HTTP request from its API Gateway event."""

import base64

from aws_lambda_powertools.utilities.data_classes.common import BaseProxyEvent

from adapters.errors import BodyTooLarge

MAX_BODY = 1 << 20  # bytes; the longest articles are a tenth of this


def raw_body(request: BaseProxyEvent) -> bytes:
    """Returns the body exactly as the client sent and signed it. Raises BodyTooLarge above MAX_BODY bytes."""
    text = request.body or ""
    body = base64.b64decode(text) if request.is_base64_encoded else text.encode("utf-8", "surrogatepass")
    if len(body) > MAX_BODY:
        raise BodyTooLarge(MAX_BODY, len(body))
    return body
