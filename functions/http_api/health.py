"""Answers health probes."""

from adapters.web.responses import HttpResponse, json_response
from http_api.request_context import RequestContext


def get_health(context: RequestContext) -> HttpResponse:
    """Answers 200 if the function starts. It makes no call to S3, so probes cost nothing there."""
    return json_response(200, {"status": "ok"}, context.request)
