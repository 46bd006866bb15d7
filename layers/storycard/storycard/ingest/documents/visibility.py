"""Tells which blocks and nodes an editor has hidden, by the flags and states that systems have for it."""

from collections.abc import Mapping

from storycard.ingest.documents.marks import plain_name

# Names of objects that may hold the rest of a block's fields.
OWN_FIELDS = ("fields", "attributes", "attrs", "data", "value", "content", "primary", "item", "entry", "props")

_SHOWING = ("enabled", "visible", "published")
_HIDING = ("hidden", "disabled", "unpublished", "draft", "private", "internal")
_HIDDEN_STATES = frozenset({*_HIDING, "archived", "inactive", "trash", "trashed", "deleted"})
_OFF = frozenset({"false", "no", "off", "0"})
_ON = frozenset({"true", "yes", "on", "1"})


def is_hidden(block: object) -> bool:
    """Returns whether a flag or a state of a block hides it. Both may stand in the object that holds its fields."""
    if not isinstance(block, Mapping):
        return False
    held = (block.get(name) for name in OWN_FIELDS)
    every = (block, *(fields for fields in held if isinstance(fields, Mapping)))
    return any(_hides(name, value) for fields in every for name, value in fields.items())


def visible(blocks: list[object]) -> list[object]:
    """Returns the blocks that are not hidden."""
    return [block for block in blocks if not is_hidden(block)]


def _hides(name: object, value: object) -> bool:
    if not isinstance(value, bool | int | str):
        return False
    said = str(value).strip().lower() if not isinstance(value, int) or abs(value) <= 1 else ""
    if said in _OFF or said in _ON:
        flags = _SHOWING if said in _OFF else _HIDING
        return plain_name(name).removeprefix("is") in flags
    return said in _HIDDEN_STATES and plain_name(name) in ("status", "state", "visibility")
