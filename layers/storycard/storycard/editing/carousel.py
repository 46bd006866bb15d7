"""Splits an article into the slides of its carousel: a cover, one slide a bullet, the quote, and a last slide with the link."""

from dataclasses import replace
from typing import NamedTuple

from storycard.article import Article
from storycard.design.kinds import CAROUSEL, MAX_SLIDES
from storycard.editing.selection import facts, pull_quotes
from storycard.editing.text_metrics import columns
from storycard.language.language import Language

MOST_COLUMNS = 250  # of a bullet; a longer one does not fit on wide cards, where the carousel would lack the slide


class Slide(NamedTuple):
    """One card: its `body` ("headline", "bullet", "quote", "question" or "end"), and the article reduced to what it shows."""

    body: str
    article: Article


def slides(article: Article, language: Language) -> tuple[Slide, ...]:
    """Returns all slides in the editor's order. Bullets beyond MAX_SLIDES, and those too long for some formats, are left out."""
    cover, end = Slide("headline", article), Slide("end", article)
    quote = (Slide("quote", article),) if pull_quotes(article) else ()
    room = MAX_SLIDES - 2 - len(quote)
    short = [fact for fact in facts(article, language) if columns(fact) <= MOST_COLUMNS]
    bullets = (Slide("bullet", replace(article, bullets=(bullet,))) for bullet in short[:room])
    return cover, *bullets, *quote, end


def slide_kinds(article: Article, language: Language) -> tuple[str, ...]:
    """Returns the kinds of the cards in an article's carousel: "carousel-1", "carousel-2", ..."""
    return tuple(f"{CAROUSEL}-{number}" for number in range(1, len(slides(article, language)) + 1))
