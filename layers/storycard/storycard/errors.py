"""Defines the errors of the core. The message of each is one sentence that may be shown to the public."""

from collections.abc import Collection

# In plain words, since messages reach editors. Python's booleans are integers too, so they come first.
_KINDS = (
    (bool, "true or false"),
    ((int, float), "a number"),
    (str, "text"),
    ((list, tuple), "a list"),
    (dict, "an object"),
)


class StorycardError(Exception):
    """The base class of all errors: the core cannot do what was requested. `str(error)` is safe to show to the public."""


class FieldError(StorycardError):
    """A value is invalid; the message says where, what was expected and what came.

    `field` is a path such as `quotes[2].speaker` or `sizes.headline.max_px`.
    """

    def __init__(self, field: str, expected: str, got: str) -> None:
        super().__init__(f"{field}: expected {expected}, got {got}")
        self.field = field
        self.expected = expected
        self.got = got


class ArticleInvalid(FieldError):
    """An article cannot be parsed or breaks a rule."""


class AssetInvalid(FieldError):
    """A file in `assets/` is invalid: a theme, a brand, a logo, the formats, the fonts or a language."""


class FeedInvalid(FieldError):
    """A document cannot be read as a feed or news sitemap."""


class PhotoInvalid(FieldError):
    """A file is not a photograph that a card can use; the card is rendered without it."""


class UnknownName(FieldError):
    """There is no kind, format, theme or image type of this name."""


class CardSkipped(StorycardError):
    """The article has no such card, for the given reason: no usable quote, no bullets, or a text that cannot fit.

    `code` names the reason for programs: "no-fact", "no-quote", "too-long", or "missing" for any other.
    """

    def __init__(self, kind: str, format_name: str, reason: str, code: str = "missing") -> None:
        super().__init__(f"{kind}-{format_name}: {reason}")
        self.kind = kind
        self.format = format_name
        self.reason = reason
        self.code = code


def require_known_name(names: Collection[str], name: str, field: str) -> str:
    """Returns `name` if it is one of `names`. Raises UnknownName for `field`, listing the known names."""
    if name not in names:
        raise UnknownName(field, "one of " + ", ".join(names), shown(name))
    return name


def shown(value: object, limit: int = 60) -> str:
    """Describes `value` for an error message: collections by kind and length, others by up to `limit` characters."""
    if value is None:
        return "nothing"
    if isinstance(value, (dict, list, tuple)):
        return f"{kind_of(value)} of {len(value)}"
    text = str(value).lower() if isinstance(value, bool) else repr(value)
    return text if len(text) <= limit else f"{text[:limit]}... ({len(text)} characters)"


def kind_of(value: object) -> str:
    """Describes a value of JSON or TOML by its kind alone, for error messages about values that are long or may be secret."""
    return "nothing" if value is None else next((name for kind, name in _KINDS if isinstance(value, kind)), "a date or time")
