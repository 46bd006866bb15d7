"""HTTP requests into cards and manifests: S3 has most answers ready, the rest is rendered on first ask."""

import time
from dataclasses import replace
from datetime import UTC, datetime

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.utilities.typing import LambdaContext

from adapters.article_store import StoredArticle
from adapters.by_id import public_article
from adapters.card_store import IMMUTABLE, REVALIDATED, CardPlace, manifest_key
from adapters.drawing import assets_in
from adapters.errors import CardUnknown
from adapters.http_answers import json_answer, stored_answer
from adapters.http_errors import answer_errors, route
from adapters.publish import current_version, publish_card, publish_set
from adapters.settings import settings
from http_api.paths import check_id, check_version, read_card_name

READ = ("GET", "HEAD")
NEWEST = "public, max-age=60, stale-while-revalidate=86400"

logger = Logger(service="http_api")
app = APIGatewayHttpResolver()
answer_errors(app, logger)


@route(app, "/cards/<article_id>/<kind>/<file>", READ)
def newest_card(article_id: str, kind: str, file: str) -> Response:
    """The direct URL that stands in pages: the card of the newest revision."""
    check_id(article_id)
    name = read_card_name(kind, file, assets_in(settings().assets_dir).formats)
    stored = public_article(settings(), article_id, datetime.now(UTC))
    place = name.place(article_id, current_version(settings(), stored))
    return _answer(place, NEWEST) or _first_ask(stored, place, NEWEST)


@route(app, "/cards/<article_id>/<version>/<kind>/<file>", READ)
def pinned_card(article_id: str, version: str, kind: str, file: str) -> Response:
    """A card that a share once posted keeps pointing at: its bytes never change, and old versions are not made again."""
    check_id(article_id)
    check_version(version)
    name = read_card_name(kind, file, assets_in(settings().assets_dir).formats)
    stored = public_article(settings(), article_id, datetime.now(UTC))
    place = name.place(article_id, version)
    if answer := _answer(place, IMMUTABLE):
        return answer
    if version != current_version(settings(), stored):
        raise CardUnknown(article_id, version)
    return _first_ask(stored, place, IMMUTABLE, pinned=True)


@route(app, "/cards/<article_id>", READ)
def manifest(article_id: str) -> Response:
    """The newest set, made on the spot if the worker has not come to it yet."""
    check_id(article_id)
    now = datetime.now(UTC)
    stored = public_article(settings(), article_id, now)
    # Behind no domain of its own, the API is known only by the name it was asked at, which API Gateway vouches for.
    base_url = settings().public_base_url or f"https://{app.current_event.request_context.domain_name}"
    publish_set(replace(settings(), public_base_url=base_url), stored, now)
    return stored_answer(settings().bucket, manifest_key(article_id), app.current_event, REVALIDATED)


@route(app, "/healthz", READ)
def healthz() -> Response:
    """Whether this function starts and answers; S3 is left alone, so that probes cost nothing there."""
    return json_answer(200, {"status": "ok"}, app.current_event)


@route(app, "/cards/(.+)", READ)
def no_id() -> Response:
    """Comes last: what no other route took has slashes, or characters that Powertools' routes do not match, in its ID."""
    check_id(app.current_event.path.removeprefix("/cards/"))


@logger.inject_lambda_context(correlation_id_path=correlation_paths.API_GATEWAY_HTTP, clear_state=True)
def handler(event: dict, context: LambdaContext) -> dict:
    return app.resolve(event, context)


def _first_ask(stored: StoredArticle, place: CardPlace, cache_control: str, *, pinned: bool = False) -> Response:
    started = time.perf_counter()
    place = publish_card(settings(), stored, place, pinned=pinned)
    logger.info("card made on first ask", key=place.key, ms=round((time.perf_counter() - started) * 1000))
    return _answer(place, cache_control)  # from S3 as ever after: same bytes, same validators, whoever won the write


def _answer(place: CardPlace, cache_control: str) -> Response | None:
    return stored_answer(settings().bucket, place.key, app.current_event, cache_control)
