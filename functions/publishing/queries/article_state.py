"""Summarises a stored article for the list and for open pages: its state, the reason of a failure, a thumbnail, the version."""

import json
from datetime import datetime
from typing import Literal

from adapters.config.settings import Settings
from adapters.storage.article_store import StoredArticle
from adapters.storage.card_store import manifest_key
from adapters.storage.failures import Failure, find_article_failure
from adapters.storage.post_store import post_etags
from adapters.storage.revisions import read_revision
from adapters.storage.s3_objects import StoredObject, get_object
from publishing.cards.publish import Manifest, current_version
from storycard.language.tags import is_rtl

State = Literal["live", "rendering", "failed", "embargoed", "draft", "withdrawn"]
SHOWN = ("live", "rendering")  # the states in which the public sees a set, if there is one
STATES: tuple[State, ...] = ("live", "rendering", "failed", "embargoed", "draft", "withdrawn")


def summary(settings: Settings, stored: StoredArticle, now: datetime) -> dict[str, object]:
    """Returns the article's row of the list as JSON values, without empty ones."""
    manifest = _find_manifest(settings, stored)
    return _row(settings, stored, manifest, _state(settings, stored, manifest, now))


def status(settings: Settings, stored: StoredArticle, now: datetime) -> dict[str, object]:
    """Returns the row of the list and what an open page compares: the version, the article's ETag and those of its posts.

    Makes two calls to S3, or four while the cards of a newer revision are rendered.
    """
    manifest = _find_manifest(settings, stored)
    state = _state(settings, stored, manifest, now)
    shown = _read(manifest) if state in SHOWN else {}
    more = {
        "article_etag": stored.etag,
        "changed_by": stored.changed_by,
        **{name: shown.get(name) for name in ("version", "rendered_at", "notices")},
    }
    posts = [{"post": name, "etag": etag} for name, etag in post_etags(settings.bucket, stored.article.id).items()]
    return _row(settings, stored, manifest, state) | {name: value for name, value in more.items() if value} | {"posts": posts}


def failure_members(failure: Failure) -> dict[str, str]:
    """Returns the members of a row that say why it failed: a sentence, and the field of the article at fault, if there is one."""
    return {"reason": failure.reason} | ({"field": failure.field} if failure.field else {})


def live_version(settings: Settings, stored: StoredArticle, now: datetime) -> str:
    """Returns the version of the set that is public; "" while this revision has none."""
    manifest = _find_manifest(settings, stored)
    return _version(manifest) if manifest and _state(settings, stored, manifest, now) == "live" else ""


def _find_manifest(settings: Settings, stored: StoredArticle) -> StoredObject | None:
    article = stored.article
    return get_object(settings.bucket, manifest_key(article.id)) if article.status == "published" else None


def _row(settings: Settings, stored: StoredArticle, manifest: StoredObject | None, state: State) -> dict[str, object]:
    article = stored.article
    failure = find_article_failure(settings.bucket, article.id) if state in ("rendering", "embargoed") else None
    row = {
        "article_id": article.id,
        "state": "failed" if failure else state,
        **(failure_members(failure) if failure else {}),
        "headline": article.headline,
        "kicker": article.kicker or article.section,
        "language": article.language,
        "direction": "rtl" if is_rtl(article.language) else "ltr",
        "modified_at": stored.revision.modified_at.isoformat(timespec="seconds"),
        "embargo_until": article.embargo_until and article.embargo_until.isoformat(timespec="seconds"),
        "canonical_url": article.canonical_url,
        "thumbnail": _thumbnail(manifest) if state in SHOWN else None,
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
    return str(_read(manifest)["version"])


def _thumbnail(manifest: StoredObject | None) -> dict[str, object] | None:
    cards = _read(manifest).get("cards", ())
    card = next((card for card in cards if (card["kind"], card["format"]) == ("headline", "og")), None)
    return card and {name: card[name] for name in ("url", "width", "height", "alt")}


def _read(manifest: StoredObject | None) -> Manifest:
    return json.loads(manifest.body) if manifest else {}
