"""Serves card images: from S3 if they are there, else rendered on first request."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from adapters.errors import CardBusy, CardUnknown
from adapters.storage.article_store import StoredArticle
from adapters.storage.card_store import IMMUTABLE, CardPlace, newest_key
from adapters.storage.leases import make_once
from adapters.telemetry import count, timed
from adapters.web.responses import HttpResponse, stored_response
from http_api.cards.accept import modern_type
from http_api.cards.expected_version import expected_article, expected_in_query
from http_api.cards.thumbnails import asks_for_thumbnail, thumbnail_response
from http_api.paths import CardName, check_id, check_rendered_on_request, check_version, read_card_name
from http_api.request_context import RequestContext
from publishing.cards.publish import current_version, publish_card
from publishing.cards.render_job import assets_in
from publishing.intake.article_lookup import public_article
from storycard.design.kinds import KINDS

# CloudFront honours stale-while-revalidate (RFC 5861), so a correction is visible after the sum of both at the latest.
NEWEST = "public, max-age=60, stale-while-revalidate=60"
OLDER = "public, max-age=5"  # for an older card that is served while the newest one is rendered

Find = Callable[[], HttpResponse | None]


def newest_card(context: RequestContext, article_id: str, kind: str, format_name: str, extension: str) -> HttpResponse:
    """Serves the direct URL: the card of the newest revision."""
    check_id(article_id)
    name = read_card_name(kind, format_name, extension, assets_in(context.settings).formats)
    stored = public_article(context.settings, article_id, datetime.now(UTC))
    return _serve_newest(context, stored, name, (name.type,), {})


def negotiated_card(context: RequestContext, article_id: str, kind: str, format_name: str) -> HttpResponse:
    """Serves the newest card as AVIF or WebP if Accept names one of them, else as PNG or JPEG."""
    check_id(article_id)
    formats = assets_in(context.settings).formats
    modern = modern_type(context.request.headers.get("accept") or "") if kind in KINDS else None
    name = read_card_name(kind, format_name, None, formats)
    stored = public_article(context.settings, article_id, datetime.now(UTC))
    types = (modern,) if modern else formats[format_name].types
    return _serve_newest(context, stored, replace(name, type=modern or "auto"), types, {"Vary": "Accept"})


def pinned_card(
    context: RequestContext, article_id: str, version: str, kind: str, format_name: str, extension: str
) -> HttpResponse:
    """Serves a card of one version, whose bytes never change; with the query's `size`, its thumbnail.

    Only the newest version is rendered. Raises CardUnknown if an older one is not in S3.
    """
    check_version(article_id, version)
    formats = assets_in(context.settings).formats
    name = read_card_name(kind, format_name, extension, formats)
    is_thumbnail = asks_for_thumbnail(context)
    stored = public_article(context.settings, article_id, datetime.now(UTC))
    if not is_thumbnail:
        return _serve_pinned(context, stored, version, name)
    types = formats[format_name].types
    sources = dict.fromkeys((name.type, *types) if name.type in types else (*types, name.type))  # the likeliest first
    find = partial(thumbnail_response, context, name.place(article_id, version), sources)
    return _serve_pinned(context, stored, version, name, find)


def download_card(
    context: RequestContext, article_id: str, version: str, kind: str, format_name: str, extension: str
) -> HttpResponse:
    """Serves a pinned card as an attachment, under a separate path that the audit log records."""
    check_version(article_id, version)
    name = read_card_name(kind, format_name, extension, assets_in(context.settings).formats)
    stored = expected_article(context, article_id, expected_in_query(context))
    response = _serve_pinned(context, stored, version, name)
    disposition = str(response.headers.get("Content-Disposition", "inline"))
    response.headers["Content-Disposition"] = disposition.replace("inline", "attachment", 1)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _serve_pinned(
    context: RequestContext, stored: StoredArticle, version: str, name: CardName, find: Find | None = None
) -> HttpResponse:
    """Answers with the stored card, or what `find` gives, after rendering the card if it is of the newest version."""
    article_id = stored.article.id
    place = name.place(article_id, version)
    find = find or partial(stored_response, context.settings.bucket, place.key, context.request, IMMUTABLE)
    if response := find():
        return _counted("CardsServedFromS3", response)
    if version != current_version(context.settings, stored):
        raise CardUnknown(article_id, version)
    if response := _render_once(context, stored, place, name, find, pinned=True):
        return _counted("CardsRenderedOnRequest", response)
    raise CardBusy(article_id)


def _serve_newest(
    context: RequestContext, stored: StoredArticle, name: CardName, types: tuple[str, ...], headers: dict[str, str]
) -> HttpResponse:
    """Serves the card in the first of `types` that S3 has, rendering it if there is none; past the deadline, an older card."""

    def places() -> tuple[CardPlace, ...]:
        # Computed again on each call: the version changes when the article's photograph has been fetched.
        version = current_version(context.settings, stored)
        return tuple(replace(name, type=image_type).place(stored.article.id, version) for image_type in types)

    def find() -> HttpResponse | None:
        found = (stored_response(context.settings.bucket, place.key, context.request, NEWEST, headers) for place in places())
        return next(filter(None, found), None)

    if response := find():
        return _counted("CardsServedFromS3", response)
    if response := _render_once(context, stored, places()[0], name, find):
        return _counted("CardsRenderedOnRequest", response)
    return _counted("OlderCardsServed", _older_card(context, places(), headers))


def _render_once(
    context: RequestContext, stored: StoredArticle, place: CardPlace, name: CardName, find: Find, *, pinned: bool = False
) -> HttpResponse | None:
    """Renders the card here or waits for the process that does, then returns what `find` gives; None past the deadline.

    The response always comes from S3, so all clients get the same bytes and validators.
    """

    def render() -> None:
        with timed("FirstRequestTime"):
            publish_card(context.settings, stored, place, name.type, pinned=pinned)

    check_rendered_on_request(name)
    return make_once(context.settings.bucket, place.key.removeprefix("cards/"), find, render, context.seconds_left)


def _older_card(context: RequestContext, places: tuple[CardPlace, ...], headers: dict[str, str]) -> HttpResponse:
    """Serves the most recently stored card of this kind and format. Raises CardBusy if there is none."""
    article_id = places[0].article_id
    key = newest_key(context.settings.bucket, article_id, {place.file_name for place in places})
    response = stored_response(context.settings.bucket, key, context.request, OLDER, headers) if key else None
    if response is None:
        raise CardBusy(article_id)
    return response


def _counted(metric: str, response: HttpResponse) -> HttpResponse:
    count(metric)
    return response
