"""HTTP requests into answers: each to the handler that the table of routes names for it."""

import time

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.utilities.typing import LambdaContext

from adapters.config.settings import settings
from adapters.telemetry import count, logger, metrics
from adapters.web.callers import caller_of, without_prefix
from adapters.web.problems import METHODS, answer_errors, route
from http_api.cards import RequestContext
from http_api.error_image import picture_answer
from http_api.not_found_page import page_answer
from http_api.paths import check_id, pinned_path
from http_api.routes import ROUTES, Route

app = APIGatewayHttpResolver()
answer_errors(app, logger, (picture_answer, page_answer))


def _add(entry: Route) -> None:
    def answer(**parts: str) -> Response:
        deadline = time.monotonic() + app.lambda_context.get_remaining_time_in_millis() / 1000
        request = app.current_event
        logger.append_keys(**{name: parts[name] for name in ("article_id", "version") if name in parts})
        role, caller = entry.roles.get(request.http_method), None
        if role:
            caller = caller_of(settings(), request.raw_event, role)
            logger.append_keys(caller=caller.name)
        response = entry.methods[request.http_method](RequestContext(request, deadline, caller), **parts)
        if action := entry.audited.get(request.http_method):
            logger.info("audit", action=action, caller=caller.name, role=caller.role, **parts)
        return response

    route(app, entry.pattern, tuple(entry.methods))(answer)


for _entry in ROUTES:
    _add(_entry)


def _refuse_ids(prefix: str) -> None:
    """Comes last: what no other route took has slashes, or characters that Powertools' routes do not match, in its ID."""

    def no_id() -> Response:
        check_id(app.current_event.path.removeprefix(prefix))

    app.route(f"{prefix}(.+)", method=list(METHODS))(no_id)


for _prefix in ("/cards/", "/share/", "/articles/"):
    _refuse_ids(_prefix)


@metrics.log_metrics
@logger.inject_lambda_context(correlation_id_path=correlation_paths.API_GATEWAY_HTTP, clear_state=True)
def handler(event: dict, context: LambdaContext) -> dict:
    count("Requests")
    event = without_prefix(event)
    return app.resolve(event | {"rawPath": pinned_path(event["rawPath"])}, context)
