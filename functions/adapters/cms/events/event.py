"""What a webhook can be about, and the JSON it says it in."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from storycard.article import check_article_id
from storycard.ingest.fields import first_text, raw_text


@dataclass(frozen=True, slots=True)
class Content:
    """An article as it is now, in one of the ingest formats."""

    data: bytes
    format: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An article taken back, known by its ID alone; `at` is when, where the CMS says so. Raises ArticleInvalid for a wrong ID."""

    article_id: str
    at: datetime | None = None

    def __post_init__(self) -> None:
        check_article_id(self.article_id)


@dataclass(frozen=True, slots=True)
class Notice:
    """An article changed, and the CMS has to be asked how. Raises ArticleInvalid for a wrong ID."""

    article_id: str

    def __post_init__(self) -> None:
        check_article_id(self.article_id)


@dataclass(frozen=True, slots=True)
class Irrelevant:
    """Something that changes no article in public: a saved draft, another type of content."""

    reason: str


CmsEvent = Content | Withdrawal | Notice | Irrelevant


def member(source: Mapping[str, object], name: str) -> dict[str, object]:
    """The object under `name`, empty where there is none."""
    value = source.get(name)
    return value if isinstance(value, dict) else {}


def first_id(source: Mapping[str, object], *names: str) -> str:
    """Returns the first ID under one of `names`, an integer as its digits, or "", which is not a valid ID."""
    return first_text(*(raw_text(source, name) for name in names))


def as_content(article: Mapping[str, object], format_name: str) -> Content:
    return Content(json.dumps(article).encode(), format_name)
