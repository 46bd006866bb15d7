"""Reads the photograph that an order's changes name, which an editor has added to the article."""

import re
from collections.abc import Mapping

from adapters.storage.added_photos import get_added_photo
from publishing.photos import PhotoRecord
from storycard.article import MAX_LINE, ArticleImage
from storycard.errors import ArticleInvalid, shown
from storycard.ingest.formats.native import read_focal_point
from storycard.ingest.plain_text import clean_line

FIELDS = ("sha256", "credit", "alt", "focal_point")
ADDED = "the SHA-256 of a photograph that was added to this article"
SHA256 = re.compile(r"[0-9a-f]{64}")


def read_photo(value: object) -> tuple[str, ArticleImage]:
    """Returns the photograph's SHA-256, and the image that replaces the article's. Raises ArticleInvalid naming the field."""
    if not isinstance(value, dict) or not set(value) <= set(FIELDS):
        raise ArticleInvalid("photo", "an object with " + ", ".join(FIELDS), shown(value))
    sha256 = value.get("sha256")
    if not isinstance(sha256, str) or not SHA256.fullmatch(sha256):
        raise ArticleInvalid("photo.sha256", ADDED, shown(sha256))
    credit, alt = (_line(value, name) for name in ("credit", "alt"))
    if not credit:
        raise ArticleInvalid("photo.credit", "the name of the photographer or the agency", "nothing")
    image = ArticleImage(credit=credit, alt=alt, focal_point=read_focal_point(value.get("focal_point"), "photo.focal_point"))
    return sha256, image


def chosen_photo(
    bucket: str, article_id: str, changes: Mapping[str, object], usual: PhotoRecord | None, field: str = "photo"
) -> PhotoRecord | None:
    """Returns the record of the photograph that the changes name, else the usual one.

    Raises ArticleInvalid for `field` if no such photograph was added to this article.
    """
    if "photo" not in changes:
        return usual
    sha256, _ = read_photo(changes["photo"])
    added = get_added_photo(bucket, article_id, sha256)
    if added is None:
        raise ArticleInvalid(f"{field}.sha256", ADDED, shown(sha256))
    return PhotoRecord(added.url, added.sha256, original=added.original, file=added.file)


def _line(value: Mapping[str, object], name: str) -> str:
    text = value.get(name)
    if text is not None and not isinstance(text, str):
        raise ArticleInvalid(f"photo.{name}", "text", shown(text))
    line = clean_line(text or "")
    if len(line) > MAX_LINE:
        raise ArticleInvalid(f"photo.{name}", f"at most {MAX_LINE:,} characters", f"{len(line)}")
    return line
