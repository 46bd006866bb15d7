"""What a webhook can be about, and the JSON it says it in."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from storycard.article import check_article_id
from storycard.errors import ArticleInvalid, shown


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


def read_object(body: bytes) -> dict[str, object]:
    """The JSON object in `body`. Raises ArticleInvalid for anything else, naming `body`."""
    try:
        value = json.loads(body.decode("utf-8-sig"))
    except RecursionError:
        raise ArticleInvalid("body", "JSON of a few levels", "hundreds of levels") from None
    except ValueError as error:  # not UTF-8, not JSON, or an integer of thousands of digits
        raise ArticleInvalid("body", "JSON in UTF-8", type(error).__name__) from None
    if not isinstance(value, dict):
        raise ArticleInvalid("body", "a JSON object", shown(value))
    return value


def member(source: Mapping[str, object], name: str) -> dict[str, object]:
    """The object under `name`, empty where there is none."""
    value = source.get(name)
    return value if isinstance(value, dict) else {}


def text(source: Mapping[str, object], name: str) -> str:
    """The text under `name`, empty where there is none."""
    value = source.get(name)
    return value if isinstance(value, str) else ""


def first_id(source: Mapping[str, object], *names: str) -> str:
    """The first ID under one of these names; a number counts as its digits. Empty, which is no ID, where there is none."""
    for name in names:
        value = source.get(name)
        if isinstance(value, str) and value:
            return value
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return ""


def moment(source: Mapping[str, object], *names: str) -> datetime | None:
    """The first time under one of these names; without an offset it is UTC. What is no time counts as none."""
    for name in names:
        try:
            value = datetime.fromisoformat(text(source, name))
            return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            continue
    return None


def as_content(article: Mapping[str, object], format_name: str) -> Content:
    return Content(json.dumps(article).encode(), format_name)
