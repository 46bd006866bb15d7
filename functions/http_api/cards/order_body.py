"""Reads the JSON body of an order or preview, and applies its changes to an article."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from adapters.web.request_body import json_fields
from storycard.article import Article
from storycard.design.assets import Assets
from storycard.design.formats import EXTENSIONS
from storycard.design.kinds import EXAMPLES, KINDS, SERIES, is_kind
from storycard.errors import ArticleInvalid, require_known_name, shown
from storycard.ingest import read_native
from storycard.ingest.formats.native import to_native

CHANGES = ("headline", "kicker", "bullet", "bullets", "quote", "focal_point")
CHOICES = ("theme", "kinds", "formats", "image_type")
ONE_CARD = ("theme", "kind", "format", "image_type")

Fields = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Order:
    """The cards to render and the fields to replace. None means the brand's theme, or all formats."""

    changes: Fields
    theme: str | None
    kinds: tuple[str, ...]
    formats: tuple[str, ...] | None
    image_type: str

    @property
    def is_default_set(self) -> bool:
        return not self.changes and (self.theme, self.kinds, self.formats, self.image_type) == (None, KINDS, None, "auto")


def read_order(body: bytes, assets: Assets) -> Order:
    """Reads an order; an empty body orders the article's usual set. Raises BodyUnreadable, ArticleInvalid, UnknownName."""
    fields = _read_fields(body, CHANGES + CHOICES)
    kinds, formats = _read_names(fields, "kinds") or KINDS, _read_names(fields, "formats")
    return _build_order(assets, fields, kinds, formats, ("kinds", "formats"))


def read_preview(body: bytes, assets: Assets) -> Order:
    """Reads an order of the single card that `kind` and `format` name. Raises the same errors as read_order."""
    fields = _read_fields(body, CHANGES + ONE_CARD)
    kind, format_name = _read_name(fields, "kind"), _read_name(fields, "format")
    if kind in SERIES:
        raise ArticleInvalid("kind", f"one card, such as {kind}-1", shown(kind))
    return _build_order(assets, fields, (kind,), (format_name,), ("kind", "format"))


def apply_changes(article: Article, changes: Fields) -> Article:
    """Returns the article with the changes, validated like any article. Raises ArticleInvalid naming the field."""
    if not changes:
        return article
    fields: dict[str, Any] = to_native(article) | {"plain_text": True}  # an editor's words are meant as they are typed
    if "headline" in changes:  # it heads every card
        fields.pop("social_headlines", None)
    fields |= {name: changes[name] for name in ("headline", "kicker", "bullets") if name in changes}
    fields |= {f"{name}s": [changes[name]] for name in ("bullet", "quote") if name in changes}
    if "focal_point" in changes:
        if article.image is None:
            raise ArticleInvalid("focal_point", "an article with a photograph", "one without")
        fields["image"] |= {"focal_point": changes["focal_point"]}
    return read_native(json.dumps(fields).encode())


def _read_fields(body: bytes, known: tuple[str, ...]) -> Fields:
    fields = json_fields(body, known)
    if fields.get("bullet") is not None and fields.get("bullets") is not None:
        raise ArticleInvalid("bullets", "either bullet or bullets", "both")
    return fields


def _build_order(
    assets: Assets, fields: Fields, kinds: tuple[str, ...], formats: tuple[str, ...] | None, field_names: tuple[str, str]
) -> Order:
    """Checks every name against the assets; `field_names` are those that the body has for kinds and formats."""
    theme = None if fields.get("theme") is None else _known(assets.themes, fields["theme"], "theme")
    image_type = _known(("auto", *EXTENSIONS), fields.get("image_type", "auto"), "image_type")
    for kind in kinds:
        if kind not in SERIES and not is_kind(kind):
            require_known_name((*EXAMPLES, *SERIES), kind, field_names[0])
    for format_name in formats or ():
        require_known_name(assets.formats, format_name, field_names[1])
    changes = {name: fields[name] for name in CHANGES if fields.get(name) is not None}
    return Order(changes, theme, kinds, formats, image_type)


def _known(names: Collection[str], value: object, field: str) -> str:
    return require_known_name(names, value if isinstance(value, str) else shown(value), field)


def _read_name(fields: Fields, name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str):
        raise ArticleInvalid(name, "a name", shown(value))
    return value


def _read_names(fields: Fields, name: str) -> tuple[str, ...] | None:
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, list) or not value or not all(isinstance(item, str) for item in value):
        raise ArticleInvalid(name, "a list of names", shown(value))
    return tuple(dict.fromkeys(value))
