"""Builds an article from the values that a newsroom's table found in any JSON."""

from collections.abc import Mapping
from dataclasses import replace

from storycard.article import LABELS, MAX_ITEMS, MAX_LINE, Article, ArticleImage, Label, SocialHeadlines
from storycard.ingest.documents.rich_text import as_html
from storycard.ingest.draft import Draft, build_article, build_image, detect_label, marks_paid_content
from storycard.ingest.fields import relative_point
from storycard.ingest.html.body import Body, read_body
from storycard.ingest.mapped.flags import closes, read_status
from storycard.ingest.mapped.quotes import read_quotes
from storycard.ingest.mapped.values import Values, one_line
from storycard.ingest.read_options import ReadOptions
from storycard.ingest.web_addresses import web_address
from storycard.language.reading_words import ReadingWords


def read_mapped(found: Mapping[str, object], options: ReadOptions) -> Article:
    """Builds the article. A field whose value cannot be used is left out, and a notice says so.

    Raises ArticleInvalid naming a required field that is missing, and for an end of the embargo that is not a time.
    """
    values, words = Values(found), options.languages.reading_words
    closed = closes(found.get("closed")) and not options.paid_text
    body = Body() if closed else _body(values, words)
    quotes = () if closed else read_quotes(values, words)
    bullets = () if closed else tuple(line for line in values.lines("bullets") if len(line) <= MAX_LINE)
    url = web_address(values.name("canonical_url"))
    if not url and values.has("canonical_url"):
        values.refuse("canonical_url", "an http or https address")
    article = build_article(
        Draft(
            id=values.name("id"),
            headline=values.line("headline"),
            social=SocialHeadlines(values.line("social_headline"), values.line("social_headline_x")),
            languages=(values.name("language"),),
            deck=values.line("deck"),
            description=values.line("summary"),
            kicker=values.line("kicker"),
            section=values.line("section"),
            body=replace(body, bullets=bullets or body.bullets),
            questions=() if closed else values.questions("questions"),
            byline=values.names("byline"),
            published_at=values.time("published_at"),
            updated_at=values.time("updated_at"),
            embargo_until=values.required_time("embargo_until"),
            status=read_status(found.get("status")),
            label=_label(values, words),
            canonical_url=url,
            image=_image(values, url),
            brand=values.name("brand"),
            paid=_paid(values, words),
            closed=closed,
        ),
        options,
    )
    article = replace(
        article,
        quotes=tuple({quote.text: quote for quote in reversed((*quotes, *article.quotes))}.values())[::-1][:MAX_ITEMS],
        pull_line=("" if closed else values.line("pull_line")[:MAX_LINE]) or article.pull_line,
    )
    notices = (f"{name}: {problem}; left out." for name, problem in values.problems.items())
    return replace(article, notices=(*article.notices, *notices)[:MAX_ITEMS])


def _body(values: Values, words: ReadingWords) -> Body:
    markup = as_html(values.values.get("body"))
    if not markup and values.has("body"):
        values.refuse("body", "HTML, Markdown or the JSON of a block editor")
    return read_body(markup, words)


def _label(values: Values, words: ReadingWords) -> Label:
    names = [name.lower() for name in values.names("label")]
    return next((label for label in LABELS if label and label in names), "") or detect_label(words, *names)


def _paid(values: Values, words: ReadingWords) -> bool:
    """Returns whether content is paid: a flag that is set, or a name such as "advertorial"."""
    value = values.values.get("paid")
    if isinstance(value, bool | int | float) or value is None:
        return bool(value)
    return marks_paid_content(words, *values.names("paid")) or (isinstance(value, str) and value.lower() in ("true", "1", "yes"))


def _image(values: Values, base: str) -> ArticleImage | None:
    """Returns the photograph: an address, or an object with `url`, `credit`, `alt` and `focal_point`."""
    image = values.values.get("image")
    image = image[0] if isinstance(image, list) and image else image
    parts = image if isinstance(image, dict) else {"url": image}
    if not parts.get("url"):
        return None
    address = web_address(parts["url"], base) if isinstance(parts["url"], str) else ""
    if not address:
        values.refuse("image", "an address, or an object with url, credit, alt and focal_point")
        return None
    focal_point = _focal_point(parts.get("focal_point"))
    if parts.get("focal_point") and not focal_point:
        values.problems["image"] = "focal_point: expected two shares of the picture from 0 to 1, or x and y with width and height"
    return build_image(address, credit=one_line(parts.get("credit")), alt=one_line(parts.get("alt")), focal_point=focal_point)


def _focal_point(value: object) -> tuple[float, float] | None:
    """Reads `[0.5, 0.4]`, `{x: 0.5, y: 0.4}`, "50% 40%", or px or percent with the sides that they are measured against."""
    if isinstance(value, str):
        percent = [part.strip("% ") for part in value.replace(",", " ").split()]
        numbers = [float(part) for part in percent if part.replace(".", "", 1).isdecimal() and part.isascii()]
        value = [number / 100 for number in numbers] if value.count("%") == 2 else numbers
    if isinstance(value, dict):
        if "width" in value or "height" in value:
            return relative_point(value, value)
        value = [value.get("x"), value.get("y")]
    if not isinstance(value, list) or len(value) != 2:
        return None
    return relative_point({"x": value[0], "y": value[1]}, {"width": 1, "height": 1})
