"""Computes the version of an article's cards: a hash of everything that determines their bytes."""

import hashlib
import json
from dataclasses import asdict
from datetime import date

from storycard import RENDERER
from storycard.article import Article
from storycard.design.assets import Assets
from storycard.editing.selection import key_bullets

# What a card shows, what its file's metadata contains, and what decides between bullets or quotes. The status changes none of
# these, and the date of a revision only the label of a live story.
_FIELDS = (
    "headline",
    "social_headlines",
    "deck",
    "kicker",
    "language",
    "pull_line",
    "bullets",
    "quotes",
    "questions",
    "image",
    "brand",
    "paid",
    "section",
    "byline",
    "canonical_url",
)

_FORMAT_FIELDS = ("name", "width", "height", "safe", "budget", "types", "alt")


def card_version(
    article: Article, assets: Assets, theme: str | None = None, *, photo_sha256: str = "", today: date | None = None
) -> str:
    """Returns 16 hex digits of SHA-256 over everything that determines a card's bytes: equal versions mean equal files.

    `today` changes the version once, on the day from which the story is old and its cards show its year.
    """
    context = assets.render_context(article, theme, today=today)
    fields = asdict(article)
    seen = {name: fields[name] for name in _FIELDS}
    if article.image and not article.image.crop:
        del seen["image"]["crop"]  # unknown to earlier releases, whose versions are to stay
    # A card of an article without bullets may quote its summary.
    seen["bullets"] = article.bullets or key_bullets(article, context.language)
    seen["published_on"] = str(article.published_at.date()) if article.published_at else ""
    seen["link"] = context.link(article)
    formats = [{name: getattr(card_format, name) for name in _FORMAT_FIELDS} for card_format in assets.formats.values()]
    design = [context.theme.name, context.theme.digest, context.brand.digest, context.language.digest, assets.fonts.digest]
    everything = [RENDERER, *design, formats, seen, photo_sha256, context.label(article)]
    canonical = json.dumps(everything, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:16]
