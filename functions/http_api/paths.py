"""Checks the parts of a URL before any lookup uses them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from adapters.errors import PathInvalid
from adapters.storage.card_store import CardPlace
from http_api.cards.accept import SMALLEST_FIRST
from storycard.article import check_article_id
from storycard.design.formats import EXTENSIONS, TYPES_BY_EXTENSION, Format
from storycard.design.kinds import EXAMPLES, KINDS, is_kind
from storycard.errors import ArticleInvalid, require_known_name

VERSION = re.compile(r"[0-9a-f]{16}")
_S3_KEY = re.compile(r"(/cards/[^/]+/[0-9a-f]{16}/[^/]+)-([^/-]+)")


@dataclass(frozen=True, slots=True)
class CardName:
    """The card that the last parts of a path name; `type` is an image type such as "jpeg", or "auto"."""

    kind: str
    format: str
    type: str

    def place(self, article_id: str, version: str) -> CardPlace:
        return CardPlace(article_id, version, self.kind, self.format, self.type)


def pinned_path(path: str) -> str:
    """Returns the path of a pinned card for its S3 key, and any other path unchanged.

    The CDN requests the key from S3 first, and requests it here if S3 has no such object.
    """
    return _S3_KEY.sub(r"\1/\2", path) if _S3_KEY.fullmatch(path) else path


def check_id(article_id: str) -> None:
    """Raises PathInvalid for an invalid article ID. Percent-escapes are invalid, since no character of an ID needs one."""
    try:
        check_article_id(article_id)
    except ArticleInvalid as error:
        raise PathInvalid(error.field, error.expected, error.got) from error


def check_version(article_id: str, version: str) -> None:
    """Raises PathInvalid for an invalid ID or version.

    An invalid version is reported as part of the ID, because API Gateway passes the ID `a%2Fb` on as the two parts `a/b`.
    """
    check_id(article_id if VERSION.fullmatch(version) else f"{article_id}/{version}")


def check_kind(kind: str, kinds: tuple[str, ...]) -> None:
    """Raises UnknownName, listing `kinds`, for any other kind."""
    require_known_name(kinds, kind, "kind")


def check_rendered_on_request(name: CardName) -> None:
    """Raises UnknownName for a numbered kind as AVIF or WebP, which are served only if an editor ordered them.

    This bounds how many cards of an article anybody can have rendered.
    """
    if name.kind not in KINDS:
        extensions = {EXTENSIONS[image_type]: image_type for image_type in EXTENSIONS if image_type not in SMALLEST_FIRST}
        require_known_name(extensions, EXTENSIONS.get(name.type, "png"), "extension")


def read_card_name(kind: str, format_name: str, extension: str | None, formats: Mapping[str, Format]) -> CardName:
    """Builds a CardName from parts such as `headline`, `og`, `png`; the type is `auto` without an extension.

    Raises UnknownName naming the part that is unknown.
    """
    if not is_kind(kind):
        require_known_name(EXAMPLES, kind, "kind")
    require_known_name(formats, format_name, "format")
    return CardName(
        kind,
        format_name,
        TYPES_BY_EXTENSION[require_known_name(TYPES_BY_EXTENSION, extension, "extension")] if extension else "auto",
    )
