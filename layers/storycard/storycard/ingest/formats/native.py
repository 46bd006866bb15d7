"""Reads and writes native JSON: one article, with Article's own field names."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TypeVar

from storycard.article import (
    LABELS,
    MAX_ITEMS,
    NO_SOCIAL_HEADLINES,
    STATUSES,
    Article,
    ArticleImage,
    PullQuote,
    QuestionAndAnswer,
    SocialHeadlines,
)
from storycard.errors import ArticleInvalid, kind_of, shown
from storycard.ingest.formats.parts.native_markup import Fields, read_markup
from storycard.ingest.formats.parts.strict_json import parse_object
from storycard.ingest.plain_text import clean_line, clean_quote, decode
from storycard.ingest.quotes.narration import without_narration
from storycard.language.article_language import with_chinese_script

Choice = TypeVar("Choice", bound=str)

MIN_CROP = 0.05  # of the photograph's width and height: less has too few pixels for any card
ROUNDING = 1e-6


def read_native(data: bytes, *, article_id: str | None = None, language: str | None = None, local_files: bool = False) -> Article:
    """Reads a JSON object in UTF-8. Ignores unknown keys. Everything in native JSON is meant for cards.

    Mark-up in its texts is read as what it means, and a notice names the field, unless `plain_text` is true.
    `article_id` and `language` are used where the object has none. Set `local_files` only if the sender may name photographs on
    this machine's disk. Raises ArticleInvalid naming the field at fault, or `body` for invalid JSON.
    """
    sent = parse_object(decode(data))
    source, notices = Fields(sent, ()) if _flag(sent, "plain_text") else read_markup(sent)
    tag = _line(source, "language").replace("_", "-") or language or ""
    headline, bullets = _line(source, "headline"), _lines(source, "bullets")
    article = Article(
        id=_string(source, "id") or article_id or "",
        headline=headline,
        language=with_chinese_script(tag, " ".join((headline, *bullets))),
        deck=_line(source, "deck"),
        kicker=_line(source, "kicker"),
        social_headlines=_social(source),
        pull_line=_line(source, "pull_line"),
        bullets=bullets,
        quotes=tuple(_quote(item, f"quotes[{index}]") for index, item in _list(source, "quotes")),
        questions=tuple(_question(item, f"questions[{index}]") for index, item in _list(source, "questions")),
        summary=_line(source, "summary"),
        byline=_lines(source, "byline"),
        published_at=_time(source, "published_at"),
        updated_at=_time(source, "updated_at"),
        embargo_until=_time(source, "embargo_until"),
        status=_choice(source, "status", STATUSES, "published"),
        canonical_url=_line(source, "canonical_url"),
        image=_image(source),
        brand=_line(source, "brand"),
        paid=_flag(source, "paid"),
        section=_line(source, "section"),
        label=_choice(source, "label", LABELS, ""),
        notices=tuple(dict.fromkeys((*_lines(source, "notices"), *notices)))[:MAX_ITEMS],
    )
    if article.image and article.image.file and not local_files:
        raise ArticleInvalid("image.file", "image.url, since files are for the command line only", shown(article.image.file))
    return article


def to_native(article: Article) -> dict[str, object]:
    """Returns the JSON object that reads back as `article`, without empty fields."""
    times = {name: getattr(article, name) for name in ("published_at", "updated_at", "embargo_until")}
    texts = ("id", "headline", "language", "deck", "kicker", "pull_line", "summary", "status", "canonical_url", "brand")
    fields: dict[str, object] = {name: getattr(article, name) for name in (*texts, "section", "label")}
    fields["bullets"] = list(article.bullets)
    fields["quotes"] = [_without_empty({"text": q.text, "speaker": q.speaker, "role": q.role}) for q in article.quotes]
    fields["questions"] = [asdict(pair) for pair in article.questions]
    fields |= {"byline": list(article.byline), "notices": list(article.notices)}
    fields |= {name: time.isoformat() for name, time in times.items() if time}
    fields["social_headlines"] = _without_empty(asdict(article.social_headlines))
    if article.image:
        image = {name: getattr(article.image, name) for name in ("url", "file", "credit", "alt")}
        lists = {name: list(getattr(article.image, name) or ()) for name in ("focal_point", "crop")}
        fields["image"] = _without_empty(image | lists)
    fields["paid"] = article.paid
    fields = _without_empty(fields)
    return fields | {"plain_text": True} if read_markup(fields).notices else fields


def _without_empty(fields: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in fields.items() if value}


def _require_string(value: object, field: str) -> str:
    if not isinstance(value, str):
        raise ArticleInvalid(field, "text", kind_of(value))
    return value


def _string(source: Mapping[str, object], name: str, within: str = "") -> str:
    """Returns a string unchanged, because cleaning an ID or a path would change its meaning."""
    value = source.get(name)
    return "" if value is None else _require_string(value, f"{within}{name}")


def _line(source: Mapping[str, object], name: str, within: str = "") -> str:
    """Returns a string as one clean line."""
    return clean_line(_string(source, name, within))


def _choice(source: Mapping[str, object], name: str, choices: tuple[Choice, ...], default: Choice) -> Choice:
    value = _line(source, name) or default
    for choice in choices:
        if choice == value:
            return choice
    raise ArticleInvalid(name, "one of " + ", ".join(filter(None, choices)), shown(value))


def _list(source: Mapping[str, object], name: str) -> list[tuple[int, object]]:
    """Returns the entries of a list with their indexes. Without null, which CMSs send for a reference to nothing."""
    value = source.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise ArticleInvalid(name, "a list", kind_of(value))
    return [(index, entry) for index, entry in enumerate(value) if not _is_nothing(entry)]


def _is_nothing(value: object) -> bool:
    """Returns whether `value` is null, an object or a list of nothing but null and "", or an object whose text or URL is null."""
    if isinstance(value, dict) and any(name in value and value[name] is None for name in ("text", "url")):
        return not value.get("file")
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return value is None or (isinstance(value, dict | list) and all(each is None or each == "" for each in inner))


def _lines(source: Mapping[str, object], name: str) -> tuple[str, ...]:
    """Returns the strings of a list as clean lines, without the empty rows that CMS forms send."""
    texts = (clean_line(_require_string(item, f"{name}[{index}]")) for index, item in _list(source, name))
    return tuple(text for text in texts if text)


def _quote(item: object, field: str) -> PullQuote:
    if not isinstance(item, dict):
        raise ArticleInvalid(field, "an object with text, speaker and role", kind_of(item))
    text = clean_quote(without_narration(clean_line(_string(item, "text", f"{field}."))))
    if not text:
        raise ArticleInvalid(f"{field}.text", "text", "nothing")
    return PullQuote(text, _line(item, "speaker", f"{field}."), _line(item, "role", f"{field}."))


def _question(item: object, field: str) -> QuestionAndAnswer:
    if not isinstance(item, dict):
        raise ArticleInvalid(field, "an object with question and answer", kind_of(item))
    question, answer = (_line(item, name, f"{field}.") for name in ("question", "answer"))
    if not (question and answer):
        raise ArticleInvalid(f"{field}.{'answer' if question else 'question'}", "text", "nothing")
    return QuestionAndAnswer(question, answer)


def _social(source: Mapping[str, object]) -> SocialHeadlines:
    value = source.get("social_headlines")
    if value is None:
        return NO_SOCIAL_HEADLINES
    if not isinstance(value, dict):
        raise ArticleInvalid("social_headlines", "an object with all and x", kind_of(value))
    return SocialHeadlines(*(_line(value, name, "social_headlines.") for name in ("all", "x")))


def _time(source: Mapping[str, object], name: str) -> datetime | None:
    text = _line(source, name)
    if not text:
        return None
    expected = "an ISO 8601 time with its offset from UTC"
    try:
        time = datetime.fromisoformat(text)
        if time.tzinfo is None:
            raise ArticleInvalid(name, expected, f"{text[:60]!r}, which has none")
        time.astimezone(UTC)  # OverflowError in the hours at either end of the calendar
    except (ValueError, OverflowError):
        raise ArticleInvalid(name, expected, f"{text[:60]!r}") from None
    return time


def _flag(source: Mapping[str, object], name: str) -> bool:
    value = source.get(name)
    if value is not None and not isinstance(value, bool):
        raise ArticleInvalid(name, "true or false", kind_of(value))
    return bool(value)


def _image(source: Mapping[str, object]) -> ArticleImage | None:
    image = source.get("image")
    if _is_nothing(image):
        return None
    if not isinstance(image, dict):
        raise ArticleInvalid("image", "an object with url or file", kind_of(image))
    url, file = _line(image, "url", "image."), _string(image, "file", "image.")
    if bool(url) == bool(file):
        raise ArticleInvalid("image", "either url or file", "both" if url else "neither")
    credit, alt = _line(image, "credit", "image."), _line(image, "alt", "image.")
    return ArticleImage(
        url, file, credit, alt, read_focal_point(image.get("focal_point"), "image.focal_point"), _crop(image.get("crop"))
    )


def read_focal_point(value: object, field: str) -> tuple[float, float] | None:
    """Returns the two numbers from 0 to 1, or None for nothing. Raises ArticleInvalid naming `field`."""
    if _is_nothing(value):
        return None
    x, y = _shares(value, 2, "two", field)
    return x, y


def _crop(value: object) -> tuple[float, float, float, float] | None:
    if _is_nothing(value):
        return None
    x, y, width, height = _shares(value, 4, "four", "image.crop")
    if min(width, height) < MIN_CROP or max(x + width, y + height) > 1 + ROUNDING:
        expected = f"x, y, width and height of a part inside the photograph, at least {MIN_CROP} wide and high"
        raise ArticleInvalid("image.crop", expected, f"{value}")
    return x, y, width, height


def _shares(value: object, count: int, number: str, field: str) -> list[float]:
    if not isinstance(value, list) or len(value) != count:
        got = f"{len(value)}" if isinstance(value, list) else kind_of(value)
        raise ArticleInvalid(field, f"{number} numbers from 0 to 1", got)
    for index, share in enumerate(value):
        if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1:
            raise ArticleInvalid(f"{field}[{index}]", "a number from 0 to 1", f"{share!r}"[:60])
    return [float(share) for share in value]
