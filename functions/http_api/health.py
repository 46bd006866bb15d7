"""What operators and tools ask: whether this function answers, and how it is talked to."""

from aws_lambda_powertools.event_handler import Response

from adapters.http_answers import document_answer, json_answer
from adapters.settings import settings
from http_api.cards import Ask


def healthz(ask: Ask) -> Response:
    """Whether this function starts and answers; S3 is left alone, so that probes cost nothing there."""
    return json_answer(200, {"status": "ok"}, ask.request)


def openapi(ask: Ask) -> Response:
    """The OpenAPI document, as it is committed too."""
    from http_api.openapi import document  # made from the table that this stands in, and only for who asks

    return document_answer(ask.request, "application/json", document(settings().assets_dir), "public, max-age=300")
