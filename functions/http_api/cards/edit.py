"""Defines Edit: what an editor changes on the cards of an article, for all formats and for single ones."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from http_api.cards.order_photo import read_photo
from storycard.article import NO_SOCIAL_HEADLINES, Article
from storycard.design.assets import Assets
from storycard.errors import ArticleInvalid, require_known_name, shown
from storycard.ingest import read_native
from storycard.ingest.formats.native import to_native

OF_PHOTO = ("focal_point", "crop")
CHANGES = ("headline", "kicker", "bullet", "bullets", "quote", *OF_PHOTO, "photo", "theme")
REPLACED = ("headline", "kicker", "bullets", "image")  # fields of the article that are read again with the changes
STAND_IN = "https://photo.invalid/"  # an image needs an address, and one that was added to the article may have none

Fields = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Edit:
    """The changes for all formats, and those for single formats, by format, which take precedence."""

    changes: Fields
    format_changes: Mapping[str, Fields]

    @property
    def is_made(self) -> bool:
        return bool(self.changes or self.format_changes)

    def changes_in(self, format_name: str) -> Fields:
        """Returns the changes that count in one format."""
        own = self.format_changes.get(format_name, {})
        hidden = ("bullet", "bullets") if "bullet" in own or "bullets" in own else ()
        return {name: value for name, value in self.changes.items() if name not in hidden} | dict(own)

    def theme_in(self, format_name: str | None) -> str | None:
        """Returns the theme of a format, or of the formats without changes of their own; None for the article's.

        A format's theme "" is the article's, too, whatever the theme of all formats is.
        """
        theme = (self.changes_in(format_name) if format_name else self.changes).get("theme")
        return str(theme) if theme else None


def read_edit(changes: object, format_changes: object, assets: Assets) -> Edit:
    """Reads the changes of an order or a post, without null values and unchanged formats. Raises ArticleInvalid, UnknownName."""
    by_format = _object(format_changes, "format_changes")
    for format_name in by_format:
        require_known_name(assets.formats, format_name, "format_changes")
    read = {name: _read_changes(value, f"format_changes.{name}", assets) for name, value in by_format.items()}
    return Edit(_read_changes(changes, "", assets), {name: changes for name, changes in read.items() if changes})


def apply_edit(article: Article, edit: Edit, format_name: str | None = None) -> Article:
    """Returns the article as a format shows it, or all formats without changes of their own.

    It is validated like any article. Raises ArticleInvalid naming the field, such as `format_changes.x.headline`.
    """
    if format_name is None or format_name not in edit.format_changes:
        return apply_changes(article, edit.changes)
    try:
        return apply_changes(article, edit.changes_in(format_name))
    except ArticleInvalid as error:
        apply_changes(article, edit.changes)  # raises the error if it is in a change for all formats
        raise ArticleInvalid(f"format_changes.{format_name}.{error.field}", error.expected, error.got) from None


def apply_changes(article: Article, changes: Fields) -> Article:
    """Returns the article with the changes, validated like any article. Raises ArticleInvalid naming the field.

    Only what may change is read again: an article may have a megabyte of quotes, and a post has changes for each format.
    """
    if not changes:
        return article
    if "photo" in changes:
        article = replace(article, image=replace(read_photo(changes["photo"])[1], url=STAND_IN))
    known = {name: getattr(article, name) for name in ("id", "language", *REPLACED)}
    fields: dict[str, Any] = to_native(Article(**known)) | {"plain_text": True}  # an editor's words are meant as they are typed
    fields |= {name: changes[name] for name in ("headline", "kicker", "bullets") if name in changes}
    fields |= {f"{name}s": [changes[name]] for name in ("bullet", "quote") if name in changes}
    for name in OF_PHOTO:
        if name in changes:
            if article.image is None:
                raise ArticleInvalid(name, "an article with a photograph", "one without")
            fields["image"] |= {name: changes[name]}
    read = read_native(json.dumps(fields).encode())
    changed = replace(article, language=read.language, **{name: getattr(read, name) for name in REPLACED})
    if "headline" in changes:  # it heads every card
        changed = replace(changed, social_headlines=NO_SOCIAL_HEADLINES)
    if "quote" in changes:
        changed = replace(changed, quotes=read.quotes)
    if changed.image and changed.image.url == STAND_IN:
        changed = replace(changed, image=replace(changed.image, url=""))
    return changed


def usable_edit(edit: Edit, article: Article, assets: Assets) -> Edit:
    """Returns the changes of a stored post that are still possible: the photograph, a theme or a format may be gone."""

    def usable(changes: Fields) -> Fields:
        return {
            name: value
            for name, value in changes.items()
            if (name not in OF_PHOTO or article.image or "photo" in edit.changes or "photo" in changes)
            and (name != "theme" or not value or value in assets.themes)
        }

    return Edit(usable(edit.changes), {name: usable(own) for name, own in edit.format_changes.items() if name in assets.formats})


def require_known_fields(fields: Fields, name: str, known: tuple[str, ...]) -> None:
    """Raises ArticleInvalid for `name` if it has other fields than the known ones."""
    for field in fields:
        if field not in known:
            raise ArticleInvalid(name, "only " + ", ".join(known), shown(field))


def _read_changes(value: object, name: str, assets: Assets) -> Fields:
    given = {field: change for field, change in _object(value, name or "changes").items() if change is not None}
    require_known_fields(given, name or "changes", CHANGES)
    prefix = f"{name}." if name else ""
    if "bullet" in given and "bullets" in given:
        raise ArticleInvalid(f"{prefix}bullets", "either bullet or bullets", "both")
    if theme := given.get("theme"):
        require_known_name(assets.themes, theme if isinstance(theme, str) else shown(theme), f"{prefix}theme")
    return given if name else {field: change for field, change in given.items() if (field, change) != ("theme", "")}


def _object(value: object, name: str) -> Mapping[str, object]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ArticleInvalid(name, "an object", shown(value))
    return value
