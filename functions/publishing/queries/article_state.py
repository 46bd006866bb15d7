"""Summarises a stored article for the list of articles: its state, the reason of a failure, and a thumbnail."""

import json
from datetime import datetime
from typing import Literal

from adapters.config.settings import Settings
from adapters.storage.article_store import StoredArticle
from adapters.storage.card_store import manifest_key
from adapters.storage.failures import find_article_failure
from adapters.storage.revisions import read_revision
from adapters.storage.s3_objects import StoredObject, get_object
from publishing.cards.publish import current_version
from storycard.language.tags import is_rtl

State = Literal["live", "rendering", "failed", "embargoed", "draft", "withdrawn"]
STATES: tuple[State, ...] = ("live", "rendering", "failed", "embargoed", "draft", "withdrawn")


def summary(settings: Settings, stored: StoredArticle, now: datetime) -> dict[str, object]:
    """Returns the article's row of the list as JSON values, without empty ones."""
    article = stored.article
    manifest = get_object(settings.bucket, manifest_key(article.id)) if article.status == "published" else None
    state = _state(settings, stored, manifest, now)
    failure = find_article_failure(settings.bucket, article.id) if state in ("rendering", "embargoed") else None
    row = {
        "article_id": article.id,
        "state": "failed" if failure else state,
        "reason": failure and failure.reason,
        "headline": article.headline,
        "kicker": article.kicker or article.section,
        "language": article.language,
        "direction": "rtl" if is_rtl(article.language) else "ltr",
        "modified_at": stored.revision.modified_at.isoformat(timespec="seconds"),
        "embargo_until": article.embargo_until and article.embargo_until.isoformat(timespec="seconds"),
        "canonical_url": article.canonical_url,
        "thumbnail": _thumbnail(manifest) if state in ("live", "rendering") else None,
    }
    return {name: value for name, value in row.items() if value}


def _state(settings: Settings, stored: StoredArticle, manifest: StoredObject | None, now: datetime) -> State:
    article = stored.article
    if article.status != "published":
        return article.status
    if article.embargo_until and article.embargo_until > now:
        return "embargoed"
    if manifest is None:
        return "rendering"
    # A revision that changes no card does not rewrite the manifest.
    is_newest = read_revision(manifest.metadata) >= stored.revision
    return "live" if is_newest or _version(manifest) == current_version(settings, stored) else "rendering"


def _version(manifest: StoredObject) -> str:
    return str(json.loads(manifest.body)["version"])


def _thumbnail(manifest: StoredObject | None) -> dict[str, object] | None:
    cards = json.loads(manifest.body)["cards"] if manifest else []
    card = next((card for card in cards if (card["kind"], card["format"]) == ("headline", "og")), None)
    return card and {name: card[name] for name in ("url", "width", "height", "alt")}
