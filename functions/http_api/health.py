"""What operators and tools ask: whether this function answers, and how it is talked to."""

from aws_lambda_powertools.event_handler import Response

from adapters.config.settings import settings
from adapters.web.responses import document_answer, json_answer
from http_api.cards import RequestContext


def healthz(context: RequestContext) -> Response:
    """Whether this function starts and answers; S3 is left alone, so that probes cost nothing there."""
    return json_answer(200, {"status": "ok"}, context.request)


def openapi(context: RequestContext) -> Response:
    """The OpenAPI document, as it is committed too."""
    from http_api.openapi import document  # made from the table that this stands in, and only for who asks

    return document_answer(context.request, "application/json", document(settings().assets_dir), "public, max-age=300")
