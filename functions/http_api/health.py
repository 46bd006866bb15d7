"""Whether this function starts and answers; S3 is left alone, so that probes cost nothing there."""

from aws_lambda_powertools.event_handler import Response

from adapters.http_answers import json_answer
from http_api.cards import Ask


def healthz(ask: Ask) -> Response:
    return json_answer(200, {"status": "ok"}, ask.request)
