"""Native JSON, one article in the names of Article's own fields, into an Article, and back."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from storycard.article import Article, ArticleImage, PullQuote
from storycard.errors import ArticleInvalid
from storycard.ingest.plain_text import clean_line, clean_quote, decode


def read_native(data: bytes, article_id: str | None = None, language: str | None = None) -> Article:
    """A JSON object in UTF-8; `article_id` and `language` stand in where it has none, and keys it need not have are ignored.

    Raises ArticleInvalid naming the field, or `body` when the JSON itself is at fault.
    """
    source = _parse(decode(data))
    return Article(
        id=_name(source, "id") or article_id or "",
        headline=_text(source, "headline"),
        language=_text(source, "language").replace("_", "-") or language or "",
        deck=_text(source, "deck"),
        kicker=_text(source, "kicker"),
        pull_line=_text(source, "pull_line"),
        bullets=_texts(source, "bullets"),
        quotes=tuple(_quote(item, f"quotes[{index}]") for index, item in enumerate(_list(source, "quotes"))),
        summary=_text(source, "summary"),
        byline=_texts(source, "byline"),
        published_at=_moment(source, "published_at"),
        updated_at=_moment(source, "updated_at"),
        embargo_until=_moment(source, "embargo_until"),
        status=_text(source, "status") or "published",
        canonical_url=_text(source, "canonical_url"),
        image=_image(source),
        brand=_text(source, "brand"),
        paid=_flag(source, "paid"),
        section=_text(source, "section"),
        label=_text(source, "label"),
    )


def to_native(article: Article) -> dict[str, object]:
    """The JSON object that reads back as `article`; empty fields are left out."""
    moments = {name: getattr(article, name) for name in ("published_at", "updated_at", "embargo_until")}
    texts = ("id", "headline", "language", "deck", "kicker", "pull_line", "summary", "status", "canonical_url", "brand")
    fields: dict[str, object] = {name: getattr(article, name) for name in (*texts, "section", "label")}
    fields["bullets"] = list(article.bullets)
    fields["quotes"] = [_filled({"text": q.text, "speaker": q.speaker, "role": q.role}) for q in article.quotes]
    fields["byline"] = list(article.byline)
    fields |= {name: moment.isoformat() for name, moment in moments.items() if moment}
    if article.image:
        image = {name: getattr(article.image, name) for name in ("url", "file", "credit", "alt")}
        fields["image"] = _filled(image | {"focal_point": list(article.image.focal_point or ())})
    fields["paid"] = article.paid
    return _filled(fields)


def _filled(fields: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in fields.items() if value}


def _parse(text: str) -> Mapping[str, object]:
    def without_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
        fields = dict(pairs)
        if len(fields) < len(pairs):
            names = [name for name, _ in pairs]
            duplicate = next(name for name in names if names.count(name) > 1)
            raise ArticleInvalid("body", "every key once", f"{duplicate[:60]!r} twice")
        return fields

    def no_number(name: str) -> float:
        raise ArticleInvalid("body", "JSON (RFC 8259)", name)

    try:
        source = json.loads(text, object_pairs_hook=without_duplicates, parse_constant=no_number)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise ArticleInvalid("body", "JSON", f"a fault at {place}: {error.msg[:1].lower()}{error.msg[1:]}") from None
    except RecursionError:
        raise ArticleInvalid("body", "JSON of a few levels", "hundreds of levels") from None
    except ValueError:  # an integer of thousands of digits
        raise ArticleInvalid("body", "JSON", "a number too long to read") from None
    if not isinstance(source, dict):
        raise ArticleInvalid("body", "a JSON object", _kind(source))
    return source


def _kind(value: object) -> str:
    return "nothing" if value is None else type(value).__name__


def _string(value: object, field: str) -> str:
    if not isinstance(value, str):
        raise ArticleInvalid(field, "text", _kind(value))
    return value


def _name(source: Mapping[str, object], name: str, within: str = "") -> str:
    """An ID or a path, to the letter: cleaning would name something else."""
    value = source.get(name)
    return "" if value is None else _string(value, f"{within}{name}")


def _text(source: Mapping[str, object], name: str, within: str = "") -> str:
    return clean_line(_name(source, name, within))


def _list(source: Mapping[str, object], name: str) -> list[object]:
    value = source.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise ArticleInvalid(name, "a list", _kind(value))
    return value


def _texts(source: Mapping[str, object], name: str) -> tuple[str, ...]:
    texts = (clean_line(_string(item, f"{name}[{index}]")) for index, item in enumerate(_list(source, name)))
    return tuple(text for text in texts if text)  # a CMS sends its form's empty rows along


def _quote(item: object, field: str) -> PullQuote:
    if not isinstance(item, dict):
        raise ArticleInvalid(field, "an object with text, speaker and role", _kind(item))
    text = clean_quote(_name(item, "text", f"{field}."))
    if not text:
        raise ArticleInvalid(f"{field}.text", "text", "nothing")
    return PullQuote(text, _text(item, "speaker", f"{field}."), _text(item, "role", f"{field}."))


def _moment(source: Mapping[str, object], name: str) -> datetime | None:
    text = _text(source, name)
    if not text:
        return None
    expected = "an ISO 8601 time with its offset from UTC"
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise ArticleInvalid(name, expected, f"{text[:60]!r}, which has none")
        moment.astimezone(UTC)  # OverflowError in the hours at either end of the calendar
    except (ValueError, OverflowError):
        raise ArticleInvalid(name, expected, f"{text[:60]!r}") from None
    return moment


def _flag(source: Mapping[str, object], name: str) -> bool:
    value = source.get(name)
    if value is not None and not isinstance(value, bool):
        raise ArticleInvalid(name, "true or false", _kind(value))
    return bool(value)


def _image(source: Mapping[str, object]) -> ArticleImage | None:
    image = source.get("image")
    if image is None:
        return None
    if not isinstance(image, dict):
        raise ArticleInvalid("image", "an object with url or file", _kind(image))
    url, file = _text(image, "url", "image."), _name(image, "file", "image.")
    if bool(url) == bool(file):
        raise ArticleInvalid("image", "either url or file", "both" if url else "neither")
    credit, alt = _text(image, "credit", "image."), _text(image, "alt", "image.")
    return ArticleImage(url, file, credit, alt, _focal_point(image.get("focal_point")))


def _focal_point(value: object) -> tuple[float, float] | None:
    if value is None:
        return None
    expected = "two numbers from 0 to 1"
    if not isinstance(value, list) or len(value) != 2:
        raise ArticleInvalid("image.focal_point", expected, f"{len(value)}" if isinstance(value, list) else _kind(value))
    for index, number in enumerate(value):
        if isinstance(number, bool) or not isinstance(number, int | float) or not 0 <= number <= 1:
            raise ArticleInvalid(f"image.focal_point[{index}]", "a number from 0 to 1", f"{number!r}"[:60])
    return float(value[0]), float(value[1])
