"""Reads what Storycard's plugin for WordPress adds to a post of the REST API, under `storycard` (integrations/wordpress)."""

from dataclasses import replace
from typing import Any

from storycard.article import LABELS, MAX_ITEMS, MAX_LINE, MAX_TEXT, Article, ArticleImage, PullQuote, SocialHeadlines
from storycard.ingest.draft import Draft, build_image
from storycard.ingest.fields import at, first_text, is_true, items, raw_text, text
from storycard.ingest.html.inline import read_line
from storycard.ingest.photo_credits import find_credit
from storycard.ingest.plain_text import clean_quote
from storycard.ingest.typed_markup import html_text
from storycard.ingest.web_addresses import web_address
from storycard.language.reading_words import ReadingWords


def plugin_fields(post: dict[str, Any]) -> dict[str, Any]:
    """Returns the plugin's fields, or an empty object for a post that came without the plugin."""
    fields = at(post, "storycard")
    return fields if isinstance(fields, dict) else {}


def with_plugin_fields(draft: Draft, fields: dict[str, Any], words: ReadingWords) -> Draft:
    """Prefers the plugin's fields to what the REST API says.

    The image is the plugin's alone: the `og:image` of an SEO plugin may be Storycard's own card.
    """
    if not fields:
        return draft
    social = SocialHeadlines(*(html_text(raw_text(fields, "social_headlines", name)) for name in ("all", "x")))
    label = next((name for name in LABELS if name and name == text(fields, "label")), draft.label)
    return replace(
        draft,
        social=social if social.all or social.x else draft.social,
        languages=(text(fields, "language"), *draft.languages),
        deck=first_text(_line(fields, "deck"), draft.deck),
        description=first_text(draft.description, _line(fields, "description")),
        section=first_text(_line(fields, "section"), draft.section),
        byline=tuple(read_line(name) for name in items(fields, "byline") if isinstance(name, str)) or draft.byline,
        label=label,
        image=_image(fields, draft.canonical_url, words),
        paid=draft.paid or is_true(at(fields, "paid")),
    )


def with_editors_choice(article: Article, fields: dict[str, Any]) -> Article:
    """Puts the key fact and the quote that an editor wrote for the cards before those of the text."""
    fact, speaker = _line(fields, "key_fact"), _line(fields, "quote", "speaker")
    said = clean_quote(html_text(raw_text(fields, "quote", "text")))
    if fact and len(fact) <= MAX_LINE:
        rest = (bullet for bullet in article.bullets if bullet != fact)
        article = replace(article, bullets=(fact, *rest)[:MAX_ITEMS])
    if said and speaker and len(said) <= MAX_TEXT and len(speaker) <= MAX_LINE:
        others = (quote for quote in article.quotes if quote.text != said)
        pull_line = said if len(said) <= MAX_LINE else ""
        article = replace(article, quotes=(PullQuote(said, speaker), *others)[:MAX_ITEMS], pull_line=pull_line)
    return article


def _line(fields: dict[str, Any], *path: str) -> str:
    return read_line(raw_text(fields, *path))


def _image(fields: dict[str, Any], link: str, words: ReadingWords) -> ArticleImage | None:
    url = web_address(text(fields, "image", "url"), link)
    if not url:
        return None
    credit = first_text(_line(fields, "image", "credit"), find_credit(_line(fields, "image", "caption"), words))
    return build_image(url, credit=credit, alt=_line(fields, "image", "alt"), focal_point=_focal_point(fields))


def _focal_point(fields: dict[str, Any]) -> tuple[float, float] | None:
    """Returns the shares of width and height, or None if there are not two of them between 0 and 1."""
    shares = [share for share in items(fields, "image", "focal_point") if isinstance(share, int | float) and 0 <= share <= 1]
    return (float(shares[0]), float(shares[1])) if len(shares) == 2 else None
