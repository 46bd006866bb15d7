"""Whatever a handler raised into application/problem+json (RFC 9457), by one table; what is not in it is a bare 500."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import quote

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.utilities.data_classes.common import BaseProxyEvent

from adapters import errors
from adapters.telemetry import count
from adapters.web.responses import COMMON
from storycard.errors import ArticleInvalid, CardSkipped, FieldError, StorycardError, UnknownName

StandIn = Callable[[int, BaseProxyEvent], Response | None]

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY")
RETRY_AFTER = "5"  # seconds
MAX_INSTANCE = 200  # characters of the path that an answer repeats


@dataclass(frozen=True, slots=True)
class Problem:
    """The part of an answer that is the same for every error of its kind; clients tell kinds apart by `name`."""

    name: str
    status: int
    title: str


PROBLEMS: Mapping[type[Exception], Problem] = MappingProxyType(
    {
        errors.PathInvalid: Problem("address-invalid", 400, "Part of this address is not valid"),
        errors.QueryInvalid: Problem("query-invalid", 400, "Part of this query is not valid"),
        errors.BodyUnreadable: Problem("body-unreadable", 400, "The body cannot be read"),
        errors.SignatureInvalid: Problem("signature-invalid", 401, "The signature of this webhook is not valid"),
        errors.TokenInvalid: Problem("token-invalid", 401, "This needs a token"),
        errors.TokenTooWeak: Problem("token-too-weak", 403, "This token is not for that"),
        UnknownName: Problem("name-unknown", 404, "There is no card of this name"),
        CardSkipped: Problem("card-skipped", 404, "This article has no such card"),
        errors.CardUnknown: Problem("card-unknown", 404, "There is no such card"),
        errors.PhotoUnknown: Problem("photo-unknown", 404, "There is no photograph"),
        errors.ArticleUnknown: Problem("article-unknown", 404, "There is no such article"),
        errors.SourceUnknown: Problem("source-unknown", 404, "There is no such webhook source"),
        errors.PageUnknown: Problem("page-unknown", 404, "There is nothing here"),
        errors.AddressForeign: Problem("address-foreign", 404, "This address is not one of ours"),
        errors.MethodNotAllowed: Problem("method-not-allowed", 405, "This address cannot be used that way"),
        errors.ArticleOutdated: Problem("article-outdated", 409, "A newer revision is stored"),
        errors.ArticleWithdrawn: Problem("article-withdrawn", 410, "This article was withdrawn"),
        errors.BodyTooLarge: Problem("body-too-large", 413, "The body is too large"),
        errors.FormatUnserved: Problem("format-unserved", 501, "This format is not served"),
        errors.CardBusy: Problem("card-busy", 503, "This card is being made"),
        ArticleInvalid: Problem("article-invalid", 422, "This article cannot be understood"),
        errors.ArticleSourceDown: Problem("article-source-down", 503, "This article cannot be looked up just now"),
    }
)
FAULT = Problem("fault", 500, "Something went wrong on our side")
# What somebody may have to do something about; the rest is everyday business.
MEASURED = MappingProxyType(
    {
        "signature-invalid": "SignaturesRefused",
        "token-invalid": "TokensRefused",
        "card-busy": "CardsBusy",
        "article-invalid": "ArticlesRefused",
        "body-unreadable": "ArticlesRefused",
        "fault": "Faults",
    }
)


def answer_errors(app: APIGatewayHttpResolver, logger: Logger, stand_ins: Iterable[StandIn] = ()) -> None:
    """Makes `app` answer every error, Powertools' own 404 included, with a problem; faults are logged with their traceback.

    The first of `stand_ins` that has something for a GET's status and request answers in its place: a picture, or a page.
    """

    @app.exception_handler(Exception)
    def answer(error: Exception) -> Response:
        return problem_answer(errors.PageUnknown() if isinstance(error, NotFoundError) else error)

    def problem_answer(error: Exception) -> Response:
        request = app.current_event
        problem = PROBLEMS.get(type(error), FAULT)
        if problem.name in MEASURED:
            count(MEASURED[problem.name])
        if problem is FAULT:
            logger.exception("unhandled error")
        else:
            logger.info("refused", status=problem.status, reason=str(error))
        response = stand_in(problem.status, request) or worded(problem.status, error, request)
        if isinstance(error, errors.MethodNotAllowed):
            response.headers["Allow"] = error.allow
        if isinstance(error, errors.TokenInvalid):
            response.headers["WWW-Authenticate"] = "Bearer"
        if problem.status == 503:
            response.headers["Retry-After"] = RETRY_AFTER
        return response

    def stand_in(status: int, request: BaseProxyEvent) -> Response | None:
        if request.http_method not in ("GET", "HEAD"):
            return None
        try:
            return next((answer for make in stand_ins if (answer := make(status, request))), None)
        except Exception:  # a drawing library that fails must not hide the error it was to stand for
            logger.exception("nothing to stand in for the error")
            return None

    def worded(status: int, error: Exception, request: BaseProxyEvent) -> Response:
        body = problem_document(error, request.path)
        headers = COMMON | {"Cache-Control": "no-store", "Content-Length": str(len(body.encode()))}
        return Response(status, "application/problem+json", "" if request.http_method == "HEAD" else body, headers)


def problem_document(error: Exception, path: str) -> str:
    """The problem as JSON; a FieldError adds the member `field`, and only errors of the table say more than their title."""
    problem = PROBLEMS.get(type(error), FAULT)
    document = {
        "type": f"urn:storycard:problem:{problem.name}",
        "title": problem.title,
        "status": problem.status,
        "instance": quote(path[:MAX_INSTANCE], safe="/%:@!$&'()*+,;=~"),
    }
    if problem is not FAULT and isinstance(error, StorycardError):
        document["detail"] = str(error)
    if problem is not FAULT and isinstance(error, FieldError):
        document["field"] = error.field
    return json.dumps(document, ensure_ascii=False)


def route(app: APIGatewayHttpResolver, path: str, methods: tuple[str, ...]) -> Callable:
    """A route for these methods; any other is a 405 that lists them, where Powertools alone would say 404."""

    def refuse(**_: str) -> Response:
        raise errors.MethodNotAllowed(app.current_event.http_method, ", ".join(methods))

    app.route(path, method=[method for method in METHODS if method not in methods])(refuse)
    return app.route(path, method=list(methods))
