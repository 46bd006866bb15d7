"""Serves the HTTP API in a Lambda function: finds a request's route, checks the caller's role and calls the route's handler."""

import time
from collections.abc import Callable
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.utilities.data_classes.common import BaseProxyEvent
from aws_lambda_powertools.utilities.typing import LambdaContext

from adapters.config.settings import Settings, settings
from adapters.errors import PageUnknown
from adapters.telemetry import count, logger, metrics
from adapters.web.callers import check_origin, identify_caller, strip_signed_in_prefix
from adapters.web.problems import METHODS, Fallback, add_route, handle_errors
from adapters.web.responses import HttpResponse
from http_api.answer_limit import within_limit
from http_api.cards.error_image import error_image
from http_api.openapi.endpoint import with_openapi
from http_api.pages.error_page import error_page
from http_api.paths import check_id, pinned_path
from http_api.request_context import RequestContext
from http_api.route import Route
from http_api.routes import ROUTES

app = APIGatewayHttpResolver()


@metrics.log_metrics
@logger.inject_lambda_context(correlation_id_path=correlation_paths.API_GATEWAY_HTTP, clear_state=True)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    count("Requests")
    event = strip_signed_in_prefix(event)
    return app.resolve(event | {"rawPath": pinned_path(event["rawPath"])}, context)


def _register(route: Route) -> None:
    def respond(**parts: str) -> HttpResponse:
        request = app.current_event
        operation = route.operations[request.http_method]
        logger.append_keys(**{name: parts[name] for name in ("article_id", "version") if name in parts})
        config = settings()
        check_origin(config, request.raw_event)
        caller = identify_caller(config, request.raw_event, operation.role) if operation.role else None
        if caller:
            logger.append_keys(caller=caller.name)
        deadline = time.monotonic() + app.lambda_context.get_remaining_time_in_millis() / 1000
        request_context = RequestContext(request, config, deadline, caller)
        response = within_limit(operation.handler(request_context, **parts), request)
        if operation.audit and caller:
            who = {"action": operation.audit, "caller": caller.name, "role": caller.role}
            logger.info("audit", extra=who | parts | request_context.audit)
        return response

    add_route(app, route.pattern, tuple(route.operations), respond)


def _with_settings(fallback: Callable[[Settings, int, BaseProxyEvent], HttpResponse | None]) -> Fallback:
    return lambda status, request: fallback(settings(), status, request)


def _reject_invalid_ids(prefix: str) -> None:
    """Answers 400 for a path below `prefix` that no route matches: its ID has slashes or characters that an ID cannot have."""

    def reject() -> HttpResponse:
        check_id(app.current_event.path.removeprefix(prefix))
        raise PageUnknown

    app.route(f"{prefix}(.+)", method=list(METHODS))(reject)


handle_errors(app, logger, (_with_settings(error_image), _with_settings(error_page)))
for _route in with_openapi(ROUTES):
    _register(_route)
for _prefix in ("/cards/", "/share/", "/articles/"):  # last, since the first route that matches answers
    _reject_invalid_ids(_prefix)
