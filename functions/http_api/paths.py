"""Parts of a URL into checked values, before anything is looked up by them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from adapters.errors import PathInvalid
from adapters.storage.card_store import CardPlace
from storycard.article import check_article_id
from storycard.design.formats import CAROUSEL, KINDS, TYPES_BY_EXTENSION, Format, is_kind
from storycard.errors import ArticleInvalid, require_known_name

VERSION = re.compile(r"[0-9a-f]{16}")
_S3_KEY = re.compile(r"(/cards/[^/]+/[0-9a-f]{16}/[^/]+)-([^/-]+)")


@dataclass(frozen=True, slots=True)
class CardName:
    """Which card of a set, as the path's last parts name it; `type` is an image type such as "jpeg", or "auto"."""

    kind: str
    format: str
    type: str

    def place(self, article_id: str, version: str) -> CardPlace:
        return CardPlace(article_id, version, self.kind, self.format, self.type)


def pinned_path(path: str) -> str:
    """A pinned card's S3 key, under which the CDN asks for what S3 does not have, into its path; any other path as it is."""
    return _S3_KEY.sub(r"\1/\2", path) if _S3_KEY.fullmatch(path) else path


def check_id(article_id: str) -> None:
    """Raises PathInvalid for what is no article ID. Percent-escapes are none: no character an ID has needs one."""
    try:
        check_article_id(article_id)
    except ArticleInvalid as error:
        raise PathInvalid(error.field, error.expected, error.got) from error


def check_version(article_id: str, version: str) -> None:
    """Checks both. What is no version stands in an ID's place: API Gateway hands `a%2Fb` on as `a/b`. Raises PathInvalid."""
    check_id(article_id if VERSION.fullmatch(version) else f"{article_id}/{version}")


def check_kind(kind: str, kinds: tuple[str, ...]) -> None:
    """Raises UnknownName listing the kinds that there are."""
    require_known_name(kinds, kind, "kind")


def read_card_name(kind: str, format_name: str, extension: str | None, formats: Mapping[str, Format]) -> CardName:
    """`headline`, `og`, `png` into a CardName, of type `auto` without extension. Raises UnknownName naming the part."""
    if not is_kind(kind):
        require_known_name((*KINDS, f"{CAROUSEL}-1"), kind, "kind")
    require_known_name(formats, format_name, "format")
    return CardName(
        kind,
        format_name,
        TYPES_BY_EXTENSION[require_known_name(TYPES_BY_EXTENSION, extension, "extension")] if extension else "auto",
    )
