"""Parses native JSON, and says where it is at fault."""

import json
from collections.abc import Mapping
from typing import NoReturn

from storycard.errors import ArticleInvalid


def parse_object(text: str) -> Mapping[str, object]:
    """Parses a JSON object strictly (RFC 8259): no duplicate keys, no NaN or Infinity. Raises ArticleInvalid naming `body`."""

    def reject_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
        fields = dict(pairs)
        if len(fields) < len(pairs):
            names = [name for name, _ in pairs]
            duplicate = next(name for name in names if names.count(name) > 1)
            raise ArticleInvalid("body", "every key once", f"{duplicate[:60]!r} twice")
        return fields

    def reject_constant(name: str) -> NoReturn:
        raise ArticleInvalid("body", "JSON (RFC 8259)", name)

    try:
        source = json.loads(text, object_pairs_hook=reject_duplicates, parse_constant=reject_constant)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise ArticleInvalid("body", "JSON", f"a fault at {place}: {error.msg[:1].lower()}{error.msg[1:]}") from None
    except RecursionError:
        raise ArticleInvalid("body", "JSON of a few levels", "hundreds of levels") from None
    except ValueError:  # Python refuses to convert an integer of thousands of digits
        raise ArticleInvalid("body", "JSON", "a number too long to read") from None
    if not isinstance(source, dict):
        raise ArticleInvalid("body", "a JSON object", json_kind(source))
    return source


def json_kind(value: object) -> str:
    """Returns the name of a JSON value's type, as messages have it."""
    return "nothing" if value is None else type(value).__name__
