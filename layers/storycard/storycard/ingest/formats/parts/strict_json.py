"""Parses native JSON, and says where it is at fault."""

import json
from collections.abc import Mapping
from typing import NoReturn

from storycard.errors import ArticleInvalid, kind_of
from storycard.ingest.fields import json_fault


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
    except (RecursionError, ValueError) as error:
        raise ArticleInvalid("body", *json_fault(error)) from None
    if not isinstance(source, dict):
        raise ArticleInvalid("body", "a JSON object", kind_of(source))
    return source
