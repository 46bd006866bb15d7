"""Serves the manifest of an article's newest set, and publishes that set if it is not in S3 yet."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import NoReturn

from adapters.errors import CardBusy
from adapters.storage.article_store import StoredArticle
from adapters.storage.card_store import REVALIDATED, manifest_key
from adapters.storage.leases import make_once
from adapters.web.responses import COMMON_HEADERS, HttpResponse, stored_response
from http_api.paths import check_id
from http_api.request_context import RequestContext
from publishing.cards.publish import PHOTO_WAIT, Manifest, current_manifest, current_version, publish_set, read_manifest
from publishing.intake.article_lookup import public_article
from publishing.photos import await_photo


def get_manifest(context: RequestContext, article_id: str) -> HttpResponse:
    """Answers 200 with the newest set's manifest, after rendering the set if the worker has not done so yet."""
    check_id(article_id)
    stored = public_article(context.settings, article_id, datetime.now(UTC))
    if early := head_before_set(context, stored, "application/json"):
        return early
    ensure_set(context, stored)
    response = stored_response(context.settings.bucket, manifest_key(article_id), context.request, REVALIDATED)
    return response or _raise_manifest_gone(context, article_id)


def head_before_set(context: RequestContext, stored: StoredArticle, media_type: str) -> HttpResponse | None:
    """Returns the answer to HEAD if the newest set is not in S3 yet; None for other requests.

    HEAD renders nothing: RFC 9110, 9.3.2, lets it leave out headers that only generating the content would give.
    """
    if context.request.http_method != "HEAD" or current_manifest(context.settings, stored) is not None:
        return None
    return empty_head(media_type)


def empty_head(media_type: str) -> HttpResponse:
    """Returns the answer to HEAD for what has not been rendered yet."""
    return HttpResponse(200, media_type, "", COMMON_HEADERS | {"Cache-Control": "no-store"})


def ensure_set(context: RequestContext, stored: StoredArticle) -> Manifest:
    """Publishes the whole set unless it is in S3 already, and returns its manifest. Raises CardBusy past the deadline."""
    with_base = replace(context.settings, public_base_url=context.base_url)
    article_id, version = stored.article.id, current_version(context.settings, stored)

    def publish() -> None:
        publish_set(with_base, stored, datetime.now(UTC), await_photo(with_base, stored, PHOTO_WAIT))

    if current_manifest(context.settings, stored):
        publish()  # replaces cards that are missing; renders nothing if all are there
    lease = f"{article_id}/{version}/set"

    def find() -> Manifest | None:
        return current_manifest(context.settings, stored)

    manifest = make_once(context.settings.bucket, lease, find, publish, context.seconds_left)
    if manifest is None:
        raise CardBusy(article_id)
    return manifest


def newest_manifest(context: RequestContext, article_id: str) -> Manifest:
    """Returns the manifest in S3, of any version. Raises ArticleWithdrawn, ArticleUnknown or CardBusy if it is gone."""
    return read_manifest(context.settings.bucket, article_id) or _raise_manifest_gone(context, article_id)


def _raise_manifest_gone(context: RequestContext, article_id: str) -> NoReturn:
    """Raises what a manifest that was removed after publishing means: withdrawn, no longer public, or to be retried."""
    public_article(context.settings, article_id, datetime.now(UTC))
    raise CardBusy(article_id)
