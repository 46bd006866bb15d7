"""Reads the JSON body of an order or preview."""

from collections.abc import Collection
from dataclasses import dataclass

from adapters.web.request_body import json_fields
from http_api.cards.edit import CHANGES, Edit, Fields, read_edit
from http_api.cards.expected_version import expected_in_body
from http_api.cards.thumbnails import WIDTH
from storycard.design.assets import Assets
from storycard.design.formats import EXTENSIONS
from storycard.design.kinds import EXAMPLES, KINDS, SERIES, is_kind
from storycard.errors import ArticleInvalid, require_known_name, shown

CHOICES = ("format_changes", "kinds", "formats", "image_type", "expected_version")
ONE_CARD = ("format_changes", "kind", "format", "image_type", "expected_version", "size")


@dataclass(frozen=True, slots=True)
class Order:
    """The cards to render and the changes to make. None means all formats."""

    edit: Edit
    kinds: tuple[str, ...]
    formats: tuple[str, ...] | None
    image_type: str
    expected_version: str  # of the story that the caller saw; "" for any
    is_thumbnail: bool

    @property
    def is_default_set(self) -> bool:
        return not self.edit.is_made and (self.kinds, self.formats, self.image_type) == (KINDS, None, "auto")


def read_order(body: bytes, assets: Assets) -> Order:
    """Reads an order; an empty body orders the article's usual set. Raises BodyUnreadable, ArticleInvalid, UnknownName."""
    fields = json_fields(body, CHANGES + CHOICES)
    kinds, formats = read_names(fields, "kinds") or KINDS, read_names(fields, "formats")
    return _build_order(assets, fields, kinds, formats, ("kinds", "formats"))


def read_preview(body: bytes, assets: Assets) -> Order:
    """Reads an order of the single card that `kind` and `format` name. Raises the same errors as read_order."""
    fields = json_fields(body, CHANGES + ONE_CARD)
    kind, format_name = _read_name(fields, "kind"), _read_name(fields, "format")
    if kind in SERIES:
        raise ArticleInvalid("kind", f"one card, such as {kind}-1", shown(kind))
    return _build_order(assets, fields, (kind,), (format_name,), ("kind", "format"))


def _build_order(
    assets: Assets, fields: Fields, kinds: tuple[str, ...], formats: tuple[str, ...] | None, field_names: tuple[str, str]
) -> Order:
    """Checks every name against the assets; `field_names` are those that the body has for kinds and formats."""
    image_type = _known(("auto", *EXTENSIONS), fields.get("image_type", "auto"), "image_type")
    for kind in kinds:
        if kind not in SERIES and not is_kind(kind):
            require_known_name((*EXAMPLES, *SERIES), kind, field_names[0])
    for format_name in formats or ():
        require_known_name(assets.formats, format_name, field_names[1])
    changes = {name: fields[name] for name in CHANGES if name in fields}
    edit = read_edit(changes, fields.get("format_changes"), assets)
    return Order(edit, kinds, formats, image_type, expected_in_body(fields), _is_thumbnail(fields))


def _known(names: Collection[str], value: object, field: str) -> str:
    return require_known_name(names, value if isinstance(value, str) else shown(value), field)


def _is_thumbnail(fields: Fields) -> bool:
    size = fields.get("size")
    if size not in (None, WIDTH):
        raise ArticleInvalid("size", str(WIDTH), shown(size))
    return size is not None


def _read_name(fields: Fields, name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str):
        raise ArticleInvalid(name, "a name", shown(value))
    return value


def read_names(fields: Fields, name: str) -> tuple[str, ...] | None:
    """Returns a list of different names; None if there is none. Raises ArticleInvalid."""
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, list) or not value or not all(isinstance(item, str) for item in value):
        raise ArticleInvalid(name, "a list of names", shown(value))
    return tuple(dict.fromkeys(value))
