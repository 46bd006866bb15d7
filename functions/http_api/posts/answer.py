"""Builds the JSON of a post as clients see it: what is stored, and what follows from the article as it is now."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from adapters.errors import PreconditionFailed, PreconditionMissing
from adapters.storage.article_store import StoredArticle
from adapters.storage.post_store import StoredPost
from adapters.web.conditional import strong_tags
from http_api.cards.own_words import foreign_quotes
from http_api.posts.content import edit_in
from http_api.posts.record import Record, base_of
from http_api.request_context import RequestContext
from publishing.cards.publish import current_version
from storycard.article import Article

Computed = dict[str, Any]


def compute(article: Article, record: Record, base_url: str, card: Mapping[str, Any] | None) -> Computed:
    """Returns the fields that are not stored, without those that do not apply.

    `outdated` lists how the article differs from what the post is based on; `card` is that of the link preview.
    """
    base, now = record["based_on"], base_of(article, record["based_on"]["version"])
    differing = [name for name in now if base[name] != now[name]]
    computed = {
        "outdated": [{"field": name, "was": base[name], "is": now[name]} for name in differing],
        "not_in_article": foreign_quotes(article, edit_in(record)),
        "share_url": f"{base_url}/share/{article.id}/p/{record['post']}" if record["status"] == "shared" else "",
        "card": dict(card) if card else None,
    }
    return {name: value for name, value in computed.items() if value}


def compute_all(context: RequestContext, stored: StoredArticle, record: Record, card: Mapping[str, Any] | None) -> Computed:
    """Returns what `compute` does, and for an outdated post `outdated_by`: the article's version now, which S3 is asked for."""
    computed = compute(stored.article, record, context.base_url, card)
    if "outdated" in computed:
        computed["outdated_by"] = current_version(context.settings, stored)
    return computed


def with_digest(record: Record, computed: Computed) -> Record:
    """Returns the record with a digest of what is computed at the time when it is saved."""
    return {**record, "_": record["_"] | {"computed": _digest(computed)}}


def answer_of(post: StoredPost, computed: Computed) -> dict[str, Any]:
    """Returns the post's JSON. Its `etag` is that of the stored object, as listings of the bucket have it."""
    return {name: value for name, value in post.fields.items() if name != "_"} | computed | {"etag": post.etag}


def etag_of(post: StoredPost, computed: Computed) -> str:
    """Returns the ETag of the JSON: that of the stored object, and a digest of what has changed since with the article."""
    digest = _digest(computed)
    return post.etag if digest == post.fields["_"]["computed"] else f'{post.etag[:-1]}.{digest}"'


def require_seen(headers: Mapping[str, str], post: StoredPost, *, is_optional: bool = False) -> None:
    """Raises PreconditionMissing without If-Match, PreconditionFailed if it names none of the states with the post's content.

    A comment, an approval or a change of the article does not make the state that an editor has seen another one.
    """
    if_match = headers.get("if-match")
    if not if_match:
        if is_optional:
            return
        raise PreconditionMissing
    seen = {tag.strip('"').partition(".")[0] for tag in strong_tags(if_match)}  # without the digest of `etag_of`
    states = {etag.strip('"') for etag in (post.etag, *post.fields["_"]["same_as"])}
    if if_match.strip() != "*" and not seen & states:
        raise PreconditionFailed("If-Match", post.etag)


def _digest(computed: Computed) -> str:
    return hashlib.sha256(json.dumps(computed, sort_keys=True).encode()).hexdigest()[:8]
