"""What handlers ask of a request beyond its path: the public address it came to, its body, the time left to answer."""

import base64

from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

from adapters.errors import BodyTooLarge
from adapters.settings import settings

MAX_BODY = 1 << 20  # bytes; the longest articles are a tenth of it


def base_url(request: APIGatewayProxyEventV2) -> str:
    """Where the public reaches us: the name of our own, or the one we were asked at, which API Gateway vouches for."""
    return settings().public_base_url or f"https://{request.request_context.domain_name}"


def raw_body(request: APIGatewayProxyEventV2) -> bytes:
    """The body as it was sent. Raises BodyTooLarge."""
    text = request.body or ""
    body = base64.b64decode(text) if request.is_base64_encoded else text.encode()
    if len(body) > MAX_BODY:
        raise BodyTooLarge(MAX_BODY, len(body))
    return body
