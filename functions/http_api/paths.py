"""Parts of a URL into checked values, before anything is looked up by them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from adapters.card_store import CardPlace
from adapters.errors import PathInvalid
from storycard.article import check_article_id
from storycard.errors import ArticleInvalid, UnknownName, shown
from storycard.formats import KINDS, TYPES_BY_EXTENSION, Format, named

VERSION = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class CardName:
    """Which card of a set, as the path's last two parts name it; `type` is an image type such as "jpeg"."""

    kind: str
    format: str
    type: str

    def place(self, article_id: str, version: str) -> CardPlace:
        return CardPlace(article_id, version, self.kind, self.format, self.type)


def check_id(article_id: str) -> None:
    """Raises PathInvalid for what is no article ID. Percent-escapes are none: no character an ID has needs one."""
    try:
        check_article_id(article_id)
    except ArticleInvalid as error:
        raise PathInvalid(error.field, error.expected, error.got) from error


def check_version(version: str) -> None:
    """Raises UnknownName for what no card version ever looks like."""
    if not VERSION.fullmatch(version):
        raise UnknownName("version", "16 hexadecimal digits", shown(version))


def read_card_name(kind: str, file: str, formats: Mapping[str, Format]) -> CardName:
    """`headline`, `og.png` into a CardName. Raises UnknownName naming the part and what there is."""
    format_name, _, extension = file.rpartition(".")
    named(KINDS, kind, "kind")
    named(formats, format_name, "format")
    named(TYPES_BY_EXTENSION, extension, "extension")
    return CardName(kind, format_name, TYPES_BY_EXTENSION[extension])
