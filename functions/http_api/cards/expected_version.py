"""Refuses to hand out or to make cards of a story that has changed since the caller saw it."""

from collections.abc import Mapping
from datetime import UTC, datetime

from adapters.errors import ArticleUnknown, QueryInvalid, StoryChanged
from adapters.storage.article_store import StoredArticle, find_article
from http_api.cards.manifest import ensure_set
from http_api.paths import VERSION
from http_api.request_context import RequestContext
from publishing.cards.publish import Manifest
from publishing.intake.article_lookup import public_article
from publishing.queries.article_state import live_version
from storycard.errors import ArticleInvalid, shown


def expected_in_query(context: RequestContext) -> str:
    """Returns the query's `expected_version`, or "". Raises QueryInvalid if it is not a version."""
    expected = (context.request.query_string_parameters or {}).get("expected_version")
    if expected is not None and not VERSION.fullmatch(expected):
        raise QueryInvalid("expected_version", "a version: 16 hexadecimal digits", shown(expected))
    return expected or ""


def expected_in_body(fields: Mapping[str, object]) -> str:
    """Returns the body's `expected_version`, or "". Raises ArticleInvalid if it is not a version."""
    expected = fields.get("expected_version")
    if expected is None:
        return ""
    if not isinstance(expected, str) or not VERSION.fullmatch(expected):
        raise ArticleInvalid("expected_version", "a version: 16 hexadecimal digits", shown(expected))
    return expected


def expected_article(context: RequestContext, article_id: str, expected: str) -> StoredArticle:
    """Returns the public article whose live set is of the version `expected`, or of any if that is "".

    Raises StoryChanged also if the article is no longer public, and the errors of `public_article`.
    """
    try:
        stored = public_article(context.settings, article_id, datetime.now(UTC))
    except ArticleUnknown:
        if expected and find_article(context.settings.bucket, article_id):
            raise StoryChanged(article_id, "") from None
        raise
    require_version(context, stored, expected)
    return stored


def require_version(context: RequestContext, stored: StoredArticle, expected: str) -> None:
    """Raises StoryChanged unless the live set is of the version `expected`. Does nothing if that is "".

    The set of an older revision is not live: its words were corrected, even if the new cards are not rendered yet.
    """
    if expected and (live := live_version(context.settings, stored, datetime.now(UTC))) != expected:
        raise StoryChanged(stored.article.id, live)


def ensure_expected_set(context: RequestContext, stored: StoredArticle, expected: str) -> Manifest:
    """Publishes the whole set unless it is in S3 already, and returns its manifest. Raises StoryChanged, CardBusy."""
    manifest = ensure_set(context, stored)
    if expected not in ("", manifest["version"]):
        raise StoryChanged(stored.article.id, manifest["version"])
    return manifest
