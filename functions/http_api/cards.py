"""Direct, pinned and negotiated card URLs and manifests: S3 has most answers ready, the rest is made on first ask."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

from adapters.config.settings import settings
from adapters.errors import CardBusy, CardUnknown
from adapters.storage.article_store import StoredArticle
from adapters.storage.card_store import IMMUTABLE, REVALIDATED, CardPlace, manifest_key, newest_key
from adapters.storage.leases import make_once
from adapters.storage.s3_objects import get_object
from adapters.telemetry import count, timed
from adapters.web.callers import Caller
from adapters.web.responses import COMMON, stored_answer
from http_api.accept import modern_type
from http_api.paths import CardName, check_id, check_version, read_card_name
from http_api.requests import base_url
from publishing.article_lookup import public_article
from publishing.publish import current_version, publish_card, publish_set
from publishing.render_job import assets_in

NEWEST = "public, max-age=60, stale-while-revalidate=86400"
OLDER = "public, max-age=5"  # instead of the newest one, which is being made
RESERVE = 2.0  # seconds of the function's time that are kept for answering


@dataclass(frozen=True, slots=True)
class RequestContext:
    """One request, by when (seconds of the monotonic clock) it has to be answered, and whose it is where that was asked."""

    request: APIGatewayProxyEventV2
    deadline: float
    caller: Caller | None = None

    @property
    def seconds(self) -> float:
        return max(0.0, self.deadline - RESERVE - time.monotonic())


def newest_card(context: RequestContext, article_id: str, kind: str, format_name: str, extension: str) -> Response:
    """The direct URL that stands in pages: the card of the newest revision."""
    check_id(article_id)
    name = read_card_name(kind, format_name, extension, assets_in(settings()).formats)
    stored = public_article(settings(), article_id, datetime.now(UTC))
    return _newest(context, stored, name, (name.type,), {})


def negotiated_card(context: RequestContext, article_id: str, kind: str, format_name: str) -> Response:
    """The same without an extension: AVIF or WebP for a browser that names them, PNG or JPEG for everyone else."""
    check_id(article_id)
    formats = assets_in(settings()).formats
    modern = modern_type(context.request.headers.get("accept") or "")
    name = read_card_name(kind, format_name, None, formats)
    stored = public_article(settings(), article_id, datetime.now(UTC))
    types = (modern,) if modern else formats[format_name].types
    return _newest(context, stored, replace(name, type=modern or "auto"), types, {"Vary": "Accept"})


def pinned_card(context: RequestContext, article_id: str, version: str, kind: str, format_name: str, extension: str) -> Response:
    """A card that a share once posted keeps pointing at: its bytes never change, and old versions are not made again."""
    check_version(article_id, version)
    name = read_card_name(kind, format_name, extension, assets_in(settings()).formats)
    stored = public_article(settings(), article_id, datetime.now(UTC))
    places = (name.place(article_id, version),)
    if answer := _answer(context, places, IMMUTABLE, {}):
        return _counted("CardsStood", answer)
    if version != current_version(settings(), stored):
        raise CardUnknown(article_id, version)
    answer = _made(context, stored, places[0], name.type, lambda: _answer(context, places, IMMUTABLE, {}), pinned=True)
    if answer is None:
        raise CardBusy(article_id)
    return _counted("CardsMadeOnFirstAsk", answer)


def download(context: RequestContext, article_id: str, version: str, kind: str, format_name: str, extension: str) -> Response:
    """The pinned card for who saves it, by name: the address that the log of downloads knows."""
    response = pinned_card(context, article_id, version, kind, format_name, extension)
    disposition = response.headers.get("Content-Disposition", "inline").replace("inline", "attachment", 1)
    response.headers |= {"Cache-Control": "private, no-store", "Content-Disposition": disposition}
    return response


def manifest(context: RequestContext, article_id: str) -> Response:
    """The newest set, made on the spot if the worker has not come to it yet; HEAD makes nothing."""
    check_id(article_id)
    stored = public_article(settings(), article_id, datetime.now(UTC))
    if context.request.http_method == "HEAD" and read_manifest(stored) is None:
        # RFC 9110, 9.3.2: what only making the content would tell may be left out.
        return Response(200, "application/json", "", COMMON | {"Cache-Control": "no-store"})
    whole_set(context, stored)
    return stored_answer(settings().bucket, manifest_key(article_id), context.request, REVALIDATED)


def whole_set(context: RequestContext, stored: StoredArticle) -> dict:
    """The manifest of the newest set, after making sure that it stands in S3. Raises CardBusy when that takes too long."""
    with_base = replace(settings(), public_base_url=base_url(context.request))
    article_id, version = stored.article.id, current_version(settings(), stored)

    def make() -> None:
        publish_set(with_base, stored, datetime.now(UTC))

    if read_manifest(stored):
        make()  # only looks whether every card is there
    found = make_once(settings().bucket, f"{article_id}/{version}/set", lambda: read_manifest(stored), make, context.seconds)
    if found is None:
        raise CardBusy(article_id)
    return found


def read_manifest(stored: StoredArticle) -> dict | None:
    """The manifest of this very version, if it stands in S3."""
    found = get_object(settings().bucket, manifest_key(stored.article.id))
    manifest = found and json.loads(found.body)
    return manifest if manifest and manifest["version"] == current_version(settings(), stored) else None


def _newest(
    context: RequestContext, stored: StoredArticle, name: CardName, types: tuple[str, ...], more: dict[str, str]
) -> Response:
    """The newest card in the first of `types` that S3 has, made if it has none; an older one past the function's time."""

    def places() -> tuple[CardPlace, ...]:
        version = current_version(settings(), stored)  # anew each time: once its photo comes, an article has another
        return tuple(replace(name, type=image_type).place(stored.article.id, version) for image_type in types)

    def find() -> Response | None:
        return _answer(context, places(), NEWEST, more)

    if answer := find():
        return _counted("CardsStood", answer)
    if answer := _made(context, stored, places()[0], name.type, find):
        return _counted("CardsMadeOnFirstAsk", answer)
    return _counted("OlderCardsServed", _older(context, places(), more))


def _made(
    context: RequestContext,
    stored: StoredArticle,
    place: CardPlace,
    image_type: str,
    find: Callable[[], Response | None],
    *,
    pinned: bool = False,
) -> Response | None:
    """The answer from S3 after a first ask, as ever after: same bytes, same validators, whoever rendered."""

    def make() -> None:
        with timed("FirstAskTime"):
            publish_card(settings(), stored, place, image_type, pinned=pinned)

    return make_once(settings().bucket, place.key.removeprefix("cards/"), find, make, context.seconds)


def _older(context: RequestContext, places: tuple[CardPlace, ...], more: dict[str, str]) -> Response:
    """The newest card that there is of the kind and format. Raises CardBusy if there is none."""
    article_id = places[0].article_id
    key = newest_key(settings().bucket, article_id, {place.file_name for place in places})
    answer = key and stored_answer(settings().bucket, key, context.request, OLDER, more)
    if not answer:
        raise CardBusy(article_id)
    return answer


def _counted(name: str, answer: Response) -> Response:
    count(name)
    return answer


def _answer(context: RequestContext, places: tuple[CardPlace, ...], cache_control: str, more: dict[str, str]) -> Response | None:
    answers = (stored_answer(settings().bucket, place.key, context.request, cache_control, more) for place in places)
    return next(filter(None, answers), None)
