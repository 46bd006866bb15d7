"""The errors of the core: each carries one sentence that may be shown to the public."""

from collections.abc import Collection


class StorycardError(Exception):
    """Anything the core refuses to do; `str(error)` is safe to show to whoever asked."""


class FieldError(StorycardError):
    """A value is not what its place needs; says where, what was expected and what came.

    `field` is a path such as `quotes[2].speaker` or `sizes.headline.max_px`.
    """

    def __init__(self, field: str, expected: str, got: str) -> None:
        super().__init__(f"{field}: expected {expected}, got {got}")
        self.field = field
        self.expected = expected
        self.got = got


class ArticleInvalid(FieldError):
    """An article that came in cannot be understood."""


class AssetInvalid(FieldError):
    """A theme, a format table or a font list in `assets/` is not well-formed."""


class PhotoInvalid(FieldError):
    """A file is not a photograph a card can use; the card is drawn without it."""


class UnknownName(FieldError):
    """A kind, format, theme or image type that does not exist was asked for."""


class CardSkipped(StorycardError):
    """This article has no such card, and why: no usable quote, no bullets, text that cannot fit."""

    def __init__(self, kind: str, format_name: str, reason: str) -> None:
        super().__init__(f"{kind}-{format_name}: {reason}")
        self.kind = kind
        self.format = format_name
        self.reason = reason


def require_known_name(names: Collection[str], name: str, field: str) -> str:
    """Returns `name` if it is one of `names`. Raises UnknownName for `field`, listing the known names."""
    if name not in names:
        raise UnknownName(field, "one of " + ", ".join(names), shown(name))
    return name


def shown(value: object, limit: int = 60) -> str:
    """`value` as an error message quotes it: its type when missing or odd, its text cut at `limit`."""
    if value is None:
        return "nothing"
    if isinstance(value, (dict, list, tuple)):
        return f"{type(value).__name__} of {len(value)}"
    text = repr(value)
    return text if len(text) <= limit else f"{text[:limit]}... ({len(text)} characters)"


def type_name(value: object) -> str:
    """Describes `value` by its type alone, for error messages about values that may be secret."""
    return "nothing" if value is None else type(value).__name__
