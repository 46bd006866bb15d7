"""What handlers ask of a request beyond its path: the public address it came to, its body, the time left to answer."""

import base64
from functools import cache

from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

from adapters.clients import ssm
from adapters.config.settings import settings
from adapters.errors import BodyTooLarge

MAX_BODY = 1 << 20  # bytes; the longest articles are a tenth of it


def base_url(request: APIGatewayProxyEventV2) -> str:
    """Where the public reaches us: the name of our own or the CDN's, or else the one we were asked at.

    That is API Gateway's word. What a header says is not taken: anybody may send one, and manifests are kept with their URLs.
    """
    if settings().public_base_url:
        return settings().public_base_url
    if settings().public_base_url_parameter:
        return _stored_base_url(settings().public_base_url_parameter)
    return f"https://{request.request_context.domain_name}"


@cache
def _stored_base_url(parameter: str) -> str:
    """The CDN's name, which stands for as long as the CDN does: asked for once in a process."""
    return ssm().get_parameter(Name=parameter)["Parameter"]["Value"]


def raw_body(request: APIGatewayProxyEventV2) -> bytes:
    """The body as it was sent. Raises BodyTooLarge."""
    text = request.body or ""
    body = base64.b64decode(text) if request.is_base64_encoded else text.encode("utf-8", "surrogatepass")
    if len(body) > MAX_BODY:
        raise BodyTooLarge(MAX_BODY, len(body))
    return body
