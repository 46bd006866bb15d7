"""Defines the events that a webhook can report, and reads JSON values from them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from adapters.cms.article_map import Found
from storycard.article import check_article_id
from storycard.ingest.fields import first_text, raw_text


@dataclass(frozen=True, slots=True)
class Content:
    """The current content of an article, in one of the ingest formats."""

    data: bytes
    format: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A withdrawn article; `at` is when, if the CMS says so. Raises ArticleInvalid for an invalid ID."""

    article_id: str
    at: datetime | None = None

    def __post_init__(self) -> None:
        check_article_id(self.article_id)


@dataclass(frozen=True, slots=True)
class Notice:
    """A changed article whose content must be fetched from the CMS. Raises ArticleInvalid for an invalid ID."""

    article_id: str

    def __post_init__(self) -> None:
        check_article_id(self.article_id)


@dataclass(frozen=True, slots=True)
class Irrelevant:
    """An event about something that is not an article, such as a page.

    `article_id` is set if an article may have been turned into it; a published article of that ID is then withdrawn.
    """

    reason: str
    article_id: str = ""


CmsEvent = Content | Found | Withdrawal | Notice | Irrelevant


def member(source: Mapping[str, object], name: str) -> dict[str, object]:
    """Returns the JSON object under `name`, or an empty one."""
    value = source.get(name)
    return value if isinstance(value, dict) else {}


def first_id(source: Mapping[str, object], *names: str) -> str:
    """Returns the first ID under one of `names`, an integer as its digits, or "", which is not a valid ID."""
    return first_text(*(raw_text(source, name) for name in names))


def native_content(article: Mapping[str, object]) -> Content:
    """Returns an article in native JSON. A draft may come without its text: then its ID stands in for the headline."""
    if article.get("status") == "draft" and not raw_text(article, "headline"):
        article_id = first_id(article, "id")
        article = {"language": "und", **article, "id": article_id, "headline": article_id}
    return as_content(article, "native")


def as_content(article: Mapping[str, object], format_name: str) -> Content:
    return Content(json.dumps(article).encode(), format_name)
