"""Computes the states of a post: what is stored after it is created, saved, commented on or approved.

Each state has a time of its own, so no two of them have the same ETag. The key `_` holds what clients do not see: `author`
changed the content last; `same_as` lists the ETags of earlier states with the same content; `computed` is a digest of what
followed from the article when the post was saved.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from adapters.errors import ApprovalByAuthor, ApprovalMissing
from adapters.storage.post_store import StoredPost
from http_api.posts.content import Content, compare
from http_api.posts.history import line, with_line
from http_api.posts.limits import MAX_COMMENTS
from publishing.cards.version_record import first_words
from storycard.article import Article
from storycard.errors import ArticleInvalid

MAX_SAME = 100  # ETags
CONTENT = ("changes", "format_changes", "formats", "text")  # what an approval is for

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Save:
    """A save of a post: what is written, over which version of the article, by whom and when.

    `foreign` lists its quotes that are not in the article. `seen` has the words of the version that the editor says to have
    looked at, if it is known: a correction may have come since.
    """

    content: Content
    version: str
    by: str
    at: datetime
    foreign: list[str]
    seen: dict[str, Any] | None = None


def base_of(article: Article, version: str) -> dict[str, Any]:
    """Returns what a post that is made now is based on; of the facts and of the quotes, the first MAX_WORDS characters."""
    quotes = [{"text": quote.text, "speaker": quote.speaker, "role": quote.role} for quote in article.quotes]
    return _base(version, article.headline, article.kicker, article.bullets, quotes)


def base_in(version: Mapping[str, Any]) -> dict[str, Any]:
    """Returns what a post is based on that was made from a stored version (publishing/cards/version_record.py)."""
    story = version["story"]
    quotes = [{name: quote.get(name, "") for name in ("text", "speaker", "role")} for quote in story["quotes"]]
    return _base(version["version"], story["headline"], story["kicker"], story["bullets"], quotes)


def _base(version: str, headline: str, kicker: str, bullets: Sequence[str], quotes: Sequence[dict[str, str]]) -> dict[str, Any]:
    return {
        "version": version,
        "headline": headline,
        "kicker": kicker,
        "bullets": first_words(bullets),
        "quotes": first_words(quotes),
    }


def created(article: Article, name: str, save: Save) -> Record:
    """Returns a new post."""
    by, at = save.by, save.at
    who = {"created_at": at.isoformat(), "created_by": by, "updated_at": at.isoformat(), "updated_by": by}
    history = [line("created", by, at, compare(article, {}, save.content.fields), save.foreign)]
    if save.content.status == "shared":
        history.append(line("shared", by, at))
    return {
        "post": name,
        "article_id": article.id,
        **who,
        **save.content.fields,
        "based_on": save.seen or base_of(article, save.version),
        "history": history,
        "comments": [],
        "_": {"author": by, "same_as": []},
    }


def saved(article: Article, stored: StoredPost, save: Save) -> Record:
    """Returns the post as it is saved, and the same object if nothing differs. Its approval ends if its content differs.

    What it is based on stays, unless the editor says which version of the article they have looked at.
    """
    old, content = stored.fields, save.content
    record = {name: value for name, value in old.items() if name not in ("formats", "text")} | content.fields
    if save.seen:
        record["based_on"] = save.seen
    if record == old:
        return old
    if changed := compare(article, old, record):
        record["history"] = with_line(record["history"], line("changed", save.by, save.at, changed, save.foreign))
    if content.status != old["status"]:
        action = "shared" if content.status == "shared" else "unshared"
        record["history"] = with_line(record["history"], line(action, save.by, save.at))
    if is_new := any(record.get(name) != old.get(name) for name in CONTENT):
        record.pop("approved", None)
    record |= {"updated_at": save.at.isoformat(), "updated_by": save.by}
    return _next(record, {"author": save.by} if is_new else {}, same_as=[])


def commented(stored: StoredPost, text: str, by: str, now: datetime) -> Record:
    """Returns the post with a comment. Raises ArticleInvalid if it is empty, or one too many."""
    comments = stored.fields["comments"]
    if not text:
        raise ArticleInvalid("text", "text", "nothing")
    if len(comments) >= MAX_COMMENTS:
        raise ArticleInvalid("text", f"at most {MAX_COMMENTS} comments", "another one")
    history = with_line(stored.fields["history"], line("commented", by, now))
    comment = {"at": now.isoformat(), "by": by, "text": text}
    return _next(stored.fields, {}, same_as=_same(stored), comments=[*comments, comment], history=history)


def approved(stored: StoredPost, by: str, now: datetime) -> Record:
    """Returns the post with an editor's approval of its content. Raises ApprovalByAuthor if the editor wrote that."""
    if by == stored.fields["_"]["author"]:
        raise ApprovalByAuthor
    history = with_line(stored.fields["history"], line("approved", by, now))
    approval = {"at": now.isoformat(), "by": by}
    return _next(stored.fields, {}, same_as=_same(stored), approved=approval, history=history)


def unapproved(stored: StoredPost, by: str, now: datetime, needs_approval: bool) -> Record:
    """Returns the post without an approval, and no longer shared if it needs one."""
    record = {name: value for name, value in stored.fields.items() if name != "approved"}
    history = with_line(record["history"], line("unapproved", by, now))
    if needs_approval and record["status"] == "shared":
        record["status"] = "draft"
        history = with_line(history, line("unshared", by, now))
    return _next(record, {}, same_as=_same(stored), history=history)


def require_approval(record: Record, needs_approval: bool) -> None:
    """Raises ApprovalMissing for a shared post that needs an approval and has none."""
    if needs_approval and record["status"] == "shared" and "approved" not in record:
        raise ApprovalMissing


def _same(stored: StoredPost) -> list[str]:
    return [*stored.fields["_"]["same_as"], stored.etag][-MAX_SAME:]


def _next(record: Record, hidden: Mapping[str, object], same_as: list[str], **fields: object) -> Record:
    return {**record, **fields, "_": record["_"] | {"same_as": same_as} | dict(hidden)}
