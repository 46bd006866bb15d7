"""Splits an article into the slides of its carousel: a cover, one slide a bullet, the quote, and a last slide with the link."""

from dataclasses import replace
from typing import NamedTuple

from storycard.article import Article
from storycard.design.kinds import CAROUSEL, MAX_SLIDES
from storycard.editing.selection import pull_quotes


class Slide(NamedTuple):
    """One slide: its `body` ("headline", "bullet", "quote" or "end"), and the article reduced to what the slide shows."""

    body: str
    article: Article


def slides(article: Article) -> tuple[Slide, ...]:
    """Returns all slides in the editor's order. Bullets beyond MOST_SLIDES are left out."""
    cover, end = Slide("headline", article), Slide("end", article)
    quote = (Slide("quote", article),) if pull_quotes(article) else ()
    room = MAX_SLIDES - 2 - len(quote)
    bullets = (Slide("bullet", replace(article, bullets=(bullet,))) for bullet in article.bullets[:room])
    return cover, *bullets, *quote, end


def slide_kinds(article: Article) -> tuple[str, ...]:
    """Returns the kinds of the cards in an article's carousel: "carousel-1", "carousel-2", ..."""
    return tuple(f"{CAROUSEL}-{number}" for number in range(1, len(slides(article)) + 1))
