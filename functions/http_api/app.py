"""HTTP requests into answers: each to the handler that the table of routes names for it."""

import time

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.utilities.typing import LambdaContext

from adapters.http_errors import METHODS, answer_errors, route
from adapters.settings import settings
from adapters.tokens import authorise
from http_api.cards import Ask
from http_api.fallback import picture_answer
from http_api.paths import check_id, pinned_path
from http_api.routes import ROUTES, Route

logger = Logger(service="http_api")
app = APIGatewayHttpResolver()
answer_errors(app, logger, picture_answer)


def _add(entry: Route) -> None:
    def answer(**parts: str) -> Response:
        ends = time.monotonic() + app.lambda_context.get_remaining_time_in_millis() / 1000
        request = app.current_event
        if role := entry.roles.get(request.http_method):
            logger.append_keys(token=authorise(settings().connections_secret, request.headers.get("authorization"), role).name)
        return entry.methods[request.http_method](Ask(request, ends), **parts)

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


@logger.inject_lambda_context(correlation_id_path=correlation_paths.API_GATEWAY_HTTP, clear_state=True)
def handler(event: dict, context: LambdaContext) -> dict:
    return app.resolve(event | {"rawPath": pinned_path(event["rawPath"])}, context)
