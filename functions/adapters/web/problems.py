"""Answers exceptions with application/problem+json (RFC 9457), by one table. Any exception that is not in it is a plain 500."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import quote

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.utilities.data_classes.common import BaseProxyEvent

from adapters import errors
from adapters.telemetry import count
from adapters.web.responses import COMMON_HEADERS, HttpResponse
from storycard.errors import ArticleInvalid, CardSkipped, FieldError, StorycardError, UnknownName

# Takes the status and the request; returns None to leave the response to the next fallback or to problem+json.
Fallback = Callable[[int, BaseProxyEvent], HttpResponse | None]

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY")
RETRY_AFTER = "5"  # seconds
MAX_INSTANCE = 200  # characters of the path that a problem repeats


@dataclass(frozen=True, slots=True)
class Problem:
    """The fixed part of a problem document; `name` ends its type URN, by which clients recognise it."""

    name: str
    status: int
    title: str


PROBLEMS: Mapping[type[Exception], Problem] = MappingProxyType(
    {
        errors.PathInvalid: Problem("address-invalid", 400, "Part of this address is not valid"),
        errors.QueryInvalid: Problem("query-invalid", 400, "Part of this query is not valid"),
        errors.BodyUnreadable: Problem("body-unreadable", 400, "The body cannot be read"),
        errors.SignatureInvalid: Problem("signature-invalid", 401, "The signature of this webhook is not valid"),
        errors.TokenInvalid: Problem("token-invalid", 401, "This request needs a token"),
        errors.TokenTooWeak: Problem("token-too-weak", 403, "This token does not allow this request"),
        errors.OriginBypassed: Problem("origin-bypassed", 403, "This is not the public address"),
        UnknownName: Problem("name-unknown", 404, "There is nothing of this name"),
        CardSkipped: Problem("card-skipped", 404, "This article has no such card"),
        errors.CardUnknown: Problem("card-unknown", 404, "There is no such card"),
        errors.VersionUnknown: Problem("version-unknown", 404, "There is no such version"),
        errors.PhotoUnknown: Problem("photo-unknown", 404, "There is no photograph"),
        errors.PostUnknown: Problem("post-unknown", 404, "There is no such post"),
        errors.ArticleUnknown: Problem("article-unknown", 404, "There is no such article"),
        errors.SourceUnknown: Problem("source-unknown", 404, "There is no such webhook source"),
        errors.PageUnknown: Problem("page-unknown", 404, "There is nothing here"),
        errors.AddressForeign: Problem("address-foreign", 404, "This address is not on this site"),
        errors.MethodNotAllowed: Problem("method-not-allowed", 405, "This address does not accept this method"),
        errors.AnswerTooLarge: Problem("answer-too-large", 406, "This answer is too large to send"),
        errors.ArticleForeign: Problem("article-foreign", 409, "This article belongs to another source"),
        errors.PostsFull: Problem("posts-full", 409, "This article has too many posts"),
        errors.ApprovalMissing: Problem("approval-missing", 409, "This post is not approved"),
        errors.ApprovalByAuthor: Problem("approval-by-author", 409, "Nobody can approve their own post"),
        errors.StoryChanged: Problem("story-changed", 409, "The story has changed"),
        errors.ArticleWithdrawn: Problem("article-withdrawn", 410, "This article was withdrawn"),
        errors.PreconditionFailed: Problem("precondition-failed", 412, "This has changed, or does not exist"),
        errors.PreconditionMissing: Problem("precondition-missing", 428, "This request needs If-Match"),
        errors.BodyTooLarge: Problem("body-too-large", 413, "The body is too large"),
        errors.FormatUnserved: Problem("format-unserved", 501, "This format is not served"),
        errors.CardBusy: Problem("card-busy", 503, "This card is being made"),
        errors.QuoteForeign: Problem("quote-foreign", 422, "This quote is not in the article"),
        errors.PhotoRefused: Problem("photo-refused", 422, "This photograph cannot be used"),
        errors.PhotoBusy: Problem("photo-busy", 503, "This photograph is being prepared"),
        ArticleInvalid: Problem("article-invalid", 422, "This article is not valid"),
        errors.ReplyFailed: Problem("reply-failed", 503, "Slack did not take the answer"),
        errors.ArticleSourceDown: Problem("article-source-down", 503, "This article cannot be looked up just now"),
    }
)
FAULT = Problem("fault", 500, "Something went wrong on our side")
# The metric that counts a problem an operator may have to act on; the others are ordinary traffic.
METRICS = MappingProxyType(
    {
        "signature-invalid": "SignaturesRefused",
        "token-invalid": "TokensRefused",
        "card-busy": "CardsBusy",
        "article-invalid": "ArticlesRefused",
        "body-unreadable": "ArticlesRefused",
        "article-foreign": "ForeignEvents",
        "body-too-large": "BodiesTooLarge",
        "fault": "Faults",
    }
)


def handle_errors(app: APIGatewayHttpResolver, logger: Logger, fallbacks: Iterable[Fallback] = ()) -> None:
    """Makes `app` answer every error, including Powertools' own 404, with a problem document or a fallback.

    The first of `fallbacks` that returns a response to a GET or HEAD replaces the problem document: an image or a page.
    Faults are logged with their traceback, all other problems as one line.
    """

    def respond(error: Exception) -> HttpResponse:
        error = errors.PageUnknown() if isinstance(error, NotFoundError) else error
        request = app.current_event
        problem = PROBLEMS.get(type(error), FAULT)
        if problem.name in METRICS:
            count(METRICS[problem.name])
        if problem is FAULT:
            logger.exception("unhandled error")
        else:
            logger.info("refused", extra={"status": problem.status, "reason": str(error)})
        response = fall_back(problem.status, request) or _problem_response(problem.status, error, request)
        if isinstance(error, errors.MethodNotAllowed):
            response.headers["Allow"] = error.allow
        if isinstance(error, errors.TokenInvalid):
            response.headers["WWW-Authenticate"] = "Bearer"
        if problem.status == 503:
            response.headers["Retry-After"] = RETRY_AFTER
        return response

    def fall_back(status: int, request: BaseProxyEvent) -> HttpResponse | None:
        if request.http_method not in ("GET", "HEAD"):
            return None
        try:
            return next((response for build in fallbacks if (response := build(status, request))), None)
        except Exception:  # rendering a fallback must not hide the error that it reports
            logger.exception("no fallback could be built for the error")
            return None

    app.exception_handler(Exception)(respond)


def problem_document(error: Exception, path: str) -> str:
    """Builds the problem as JSON. A fault never adds a `detail`.

    A FieldError adds the member `field`, StoryChanged `version`, and CardSkipped `code`.
    """
    problem = PROBLEMS.get(type(error), FAULT)
    document: dict[str, object] = {
        "type": f"urn:storycard:problem:{problem.name}",
        "title": problem.title,
        "status": problem.status,
        "instance": quote(path[:MAX_INSTANCE], safe="/%:@!$&'()*+,;=~", errors="replace"),
    }
    if problem is not FAULT and isinstance(error, StorycardError):
        document["detail"] = str(error)
    if problem is not FAULT and isinstance(error, FieldError):
        document["field"] = error.field
    if isinstance(error, errors.StoryChanged) and error.version:
        document["version"] = error.version
    if isinstance(error, CardSkipped):
        document["code"] = error.code
    return json.dumps(document, ensure_ascii=False)


def add_route(app: APIGatewayHttpResolver, path: str, methods: tuple[str, ...], handler: Callable[..., HttpResponse]) -> None:
    """Routes `methods` of `path` to `handler`, and answers any other method with 405; Powertools alone would answer 404.

    Methods are case-sensitive (RFC 9110, 9.1), but Powertools takes `get` for GET.
    """

    def respond(**parts: str) -> HttpResponse:
        if app.current_event.http_method not in methods:
            raise errors.MethodNotAllowed(app.current_event.http_method, ", ".join(methods))
        return handler(**parts)

    app.route(path, method=list(METHODS))(respond)


def _problem_response(status: int, error: Exception, request: BaseProxyEvent) -> HttpResponse:
    body = problem_document(error, request.path)
    headers = COMMON_HEADERS | {"Cache-Control": "no-store", "Content-Length": str(len(body.encode()))}
    return HttpResponse(status, "application/problem+json", "" if request.http_method == "HEAD" else body, headers)
