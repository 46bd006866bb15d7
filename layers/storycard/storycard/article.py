"""Defines Article: a published story as one frozen, validated value."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from storycard.errors import ArticleInvalid, shown

Status = Literal["published", "draft", "withdrawn"]
STATUSES: tuple[Status, ...] = ("published", "draft", "withdrawn")
Label = Literal["", "live", "breaking", "correction"]
LABELS: tuple[Label, ...] = ("", "live", "breaking", "correction")
_ONE_OF_STATUSES, _ONE_OF_LABELS = ("one of " + ", ".join(filter(None, names)) for names in (STATUSES, LABELS))

ARTICLE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,127}")
_NEVER = r"\s<>\"\\\x00-\x1f\x7f-\x9f\ufeff\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff"  # blanks, controls, U+FFFD, noncharacters
WEB_ADDRESS = re.compile(rf"https?://[^{_NEVER}/?#]+[^{_NEVER}]*", re.IGNORECASE)
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")  # the shape of a BCP 47 tag (RFC 5646)

# Far more than a card can show, but too little to slow a render down.
MAX_LINE = 1_000  # characters of a headline, kicker, bullet, speaker, question
MAX_TEXT = 10_000  # characters of a summary, a quote or an answer
MAX_ITEMS = 100  # bullets, quotes, questions, authors


@dataclass(frozen=True, slots=True)
class PullQuote:
    """A quotation without its quotation marks, and its speaker."""

    text: str
    speaker: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class QuestionAndAnswer:
    """A pair of the article's section of questions and answers."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class SocialHeadlines:
    """Headlines written for cards, to be used instead of the article's: `all` for all cards, `x` for those for X. "" for none."""

    all: str = ""
    x: str = ""


NO_SOCIAL_HEADLINES = SocialHeadlines()


@dataclass(frozen=True, slots=True)
class ArticleImage:
    """The article's photograph, given by `url` or by `file`.

    The focal point is x, y from the top left, 0 to 1. The crop is the part that cards may show: x, y, width, height in shares of
    the photograph.
    """

    url: str = ""
    file: str = ""
    credit: str = ""
    alt: str = ""
    focal_point: tuple[float, float] | None = None
    crop: tuple[float, float, float, float] | None = None

    def __post_init__(self) -> None:
        _check_address(self.url, "image.url")


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """Everything about one story that a card can show, as plain text with single spaces.

    Raises ArticleInvalid when a field breaks its rule.
    """

    id: str
    headline: str
    language: str
    deck: str = ""
    kicker: str = ""
    social_headlines: SocialHeadlines = NO_SOCIAL_HEADLINES
    pull_line: str = ""  # an excerpt chosen by an editor; only used to choose between quotes
    bullets: tuple[str, ...] = ()
    quotes: tuple[PullQuote, ...] = ()
    questions: tuple[QuestionAndAnswer, ...] = ()
    summary: str = ""
    byline: tuple[str, ...] = ()
    published_at: datetime | None = None
    updated_at: datetime | None = None
    embargo_until: datetime | None = None
    status: Status = "published"
    canonical_url: str = ""
    image: ArticleImage | None = None
    brand: str = ""
    paid: bool = False
    section: str = ""  # brands have a theme and colours for each
    label: Label = ""
    notices: tuple[str, ...] = ()  # what reading it lost or guessed, for its editors; no card shows them

    def __post_init__(self) -> None:
        check_article_id(self.id)
        _check(bool(self.headline), "headline", "text", "nothing")
        _check(LANGUAGE.fullmatch(self.language) is not None, "language", "a BCP 47 tag such as 'en' or 'sr-Cyrl'", self.language)
        _check(self.status in STATUSES, "status", _ONE_OF_STATUSES, self.status)
        _check(self.label in LABELS, "label", _ONE_OF_LABELS, self.label)
        for name in ("headline", "deck", "kicker", "pull_line", "canonical_url", "brand", "section"):
            _check_length(getattr(self, name), name, MAX_LINE)
        for name in ("all", "x"):
            _check_length(getattr(self.social_headlines, name), f"social_headlines.{name}", MAX_LINE)
        _check_length(self.summary, "summary", MAX_TEXT)
        for name in ("bullets", "quotes", "questions", "byline", "notices"):
            if (count := len(getattr(self, name))) > MAX_ITEMS:
                raise ArticleInvalid(name, f"at most {MAX_ITEMS}", shown(f"{count}"))
        for index, bullet in enumerate(self.bullets):
            _check_length(bullet, f"bullets[{index}]", MAX_LINE)
        for index, quote in enumerate(self.quotes):
            _check_length(quote.text, f"quotes[{index}].text", MAX_TEXT)
            _check_length(quote.speaker, f"quotes[{index}].speaker", MAX_LINE)
            _check_length(quote.role, f"quotes[{index}].role", MAX_LINE)
        for index, pair in enumerate(self.questions):
            _check_length(pair.question, f"questions[{index}].question", MAX_LINE)
            _check_length(pair.answer, f"questions[{index}].answer", MAX_TEXT)
        _check_address(self.canonical_url, "canonical_url")
        for name in ("published_at", "updated_at", "embargo_until"):
            time = getattr(self, name)
            if time and not time.tzinfo:
                raise ArticleInvalid(name, "a time with its offset from UTC", shown(f"{time}"))

    def with_questions(self, questions: tuple[QuestionAndAnswer, ...]) -> "Article":
        """Returns the article with only these questions: itself if it has no others, because a copy checks all fields again."""
        return self if questions == self.questions else replace(self, questions=questions)

    def headline_on(self, format_name: str) -> str:
        """Returns the headline of cards in a format: the one for it, the one for all cards, or the article's own."""
        own = self.social_headlines.x if format_name == "x" else ""
        return own or self.social_headlines.all or self.headline


def check_article_id(article_id: str) -> str:
    """Returns a valid ID unchanged; it is used in S3 keys, file names and URLs without escaping.

    Raises ArticleInvalid for anything but `[A-Za-z0-9][A-Za-z0-9._~-]{0,127}`.
    """
    rule = "1 to 128 letters, digits, '.', '_', '~' or '-', the first a letter or digit"
    _check(isinstance(article_id, str) and ARTICLE_ID.fullmatch(article_id) is not None, "id", rule, article_id)
    return article_id


def _check(valid: bool, field: str, expected: str, got: object) -> None:
    if not valid:
        raise ArticleInvalid(field, expected, got if got == "nothing" else shown(got))


def _check_length(text: str, field: str, limit: int) -> None:
    if len(text) > limit:
        raise ArticleInvalid(field, f"at most {limit:,} characters", shown(len(text)))


def is_web_address(text: str) -> bool:
    """Returns whether `text` is an http or https URL that `urlsplit` accepts: brackets in its host must hold an IP address."""
    try:
        urlsplit(text)
    except ValueError:
        return False
    return WEB_ADDRESS.fullmatch(text) is not None


def _check_address(address: str, field: str) -> None:
    _check(not address or is_web_address(address), field, "an http or https address", address)
