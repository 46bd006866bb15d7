"""Reads what a client writes of a post, and compares two states of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from adapters.errors import BodyUnreadable
from adapters.web.request_body import json_fields
from http_api.cards.edit import Edit, Fields, apply_edit, read_edit
from http_api.cards.order_body import read_names
from http_api.posts.limits import MAX_NAME, MAX_TEXT, STATUSES, Status
from storycard.article import Article
from storycard.design.assets import Assets
from storycard.errors import ArticleInvalid, require_known_name, shown

FIELDS = ("name", "changes", "format_changes", "formats", "text", "status", "based_on")
Change = dict[str, Any]  # {"field", "was", "is"}; without `was` or `is` where the post had, or has, no such change


@dataclass(frozen=True, slots=True)
class Content:
    """What a client writes of a post. `text` is None while nobody has written one, and "" after one was cleared.

    `based_on` is the version of the article that the editor has looked at, or "".
    """

    name: str
    edit: Edit
    formats: tuple[str, ...] | None
    text: str | None
    status: Status
    based_on: str = ""

    @property
    def fields(self) -> dict[str, Any]:
        """The JSON fields of the post, without `based_on`."""
        return {
            "name": self.name,
            "changes": dict(self.edit.changes),
            "format_changes": {name: dict(changes) for name, changes in self.edit.format_changes.items()},
            **({"formats": list(self.formats)} if self.formats else {}),
            **({} if self.text is None else {"text": self.text}),
            "status": self.status,
        }


def read_content(body: bytes, assets: Assets) -> Content:
    """Reads the body of a request that saves a post. Raises BodyUnreadable, ArticleInvalid, UnknownName."""
    fields = json_fields(body, FIELDS)
    if not is_unicode(json.dumps(fields, ensure_ascii=False)):
        raise BodyUnreadable("body", "text in Unicode", "half of a surrogate pair")
    formats = read_names(fields, "formats")
    for format_name in formats or ():
        require_known_name(assets.formats, format_name, "formats")
    status = fields.get("status", "draft")
    for known in STATUSES:
        if known == status:
            edit = read_edit(fields.get("changes"), fields.get("format_changes"), assets)
            name = read_text(fields, "name", MAX_NAME).strip()
            text = None if fields.get("text") is None else read_text(fields, "text", MAX_TEXT)
            return Content(name, edit, formats, text, known, read_text(fields, "based_on", MAX_NAME))
    raise ArticleInvalid("status", "one of " + ", ".join(STATUSES), shown(status))


def read_text(fields: Fields, name: str, limit: int) -> str:
    """Returns a text of at most `limit` characters, or "" without one. Raises ArticleInvalid."""
    value = fields.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ArticleInvalid(name, "text", shown(value))
    if len(value) > limit:
        raise ArticleInvalid(name, f"at most {limit:,} characters", f"{len(value):,}")
    return value


def edit_in(fields: Mapping[str, Any]) -> Edit:
    """Returns the changes of a stored post."""
    return Edit(fields["changes"], fields["format_changes"])


def check_edit(article: Article, edit: Edit) -> None:
    """Raises ArticleInvalid naming the change that the article's cards cannot have."""
    for format_name in (None, *edit.format_changes):
        apply_edit(article, edit, format_name)


def compare(article: Article, was: Mapping[str, Any], is_now: Mapping[str, Any]) -> list[Change]:
    """Lists the fields in which two states of a post differ, except for the status.

    Where a state does not change the article's headline, kicker or facts, those of the article stand for it.
    """
    before, after = _flat(was), _flat(is_now)
    own = {"headline": article.headline, "kicker": article.kicker, "bullets": list(article.bullets)}
    changed = []
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name), after.get(name)
        if old != new:
            shown_instead = own.get(name.rpartition(".")[2])
            pair = {"was": shown_instead if old is None else old, "is": shown_instead if new is None else new}
            changed.append({"field": name} | {key: value for key, value in pair.items() if value is not None})
    return changed


def _flat(fields: Mapping[str, Any]) -> dict[str, Any]:
    flat = {name: fields.get(name) or None for name in ("name", "formats")} | dict(fields.get("changes", {}))
    flat["text"] = fields.get("text")  # which may be empty on purpose
    for format_name, changes in fields.get("format_changes", {}).items():
        flat |= {f"format_changes.{format_name}.{name}": value for name, value in changes.items()}
    return {name: value for name, value in flat.items() if value is not None}


def is_unicode(text: str) -> bool:
    """Returns whether a text can be encoded: JSON may hold half of a surrogate pair."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
