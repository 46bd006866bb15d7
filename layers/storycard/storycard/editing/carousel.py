"""An article into the slides of its carousel: a cover, a slide for each bullet, the quote, and where to read on."""

from dataclasses import replace
from typing import NamedTuple

from storycard.article import Article
from storycard.design.kinds import CAROUSEL, MAX_SLIDES
from storycard.editing.selection import pull_quotes


class Slide(NamedTuple):
    """One slide: which body it has ("headline", "bullet", "quote", "end"), and the article narrowed down to what it says."""

    body: str
    article: Article


def slides(article: Article) -> tuple[Slide, ...]:
    """All slides, in the editor's order. Bullets past what a carousel holds are left out."""
    cover, end = Slide("headline", article), Slide("end", article)
    quote = (Slide("quote", article),) if pull_quotes(article) else ()
    room = MAX_SLIDES - 2 - len(quote)
    bullets = (Slide("bullet", replace(article, bullets=(bullet,))) for bullet in article.bullets[:room])
    return cover, *bullets, *quote, end


def slide_kinds(article: Article) -> tuple[str, ...]:
    """The kinds of the cards that make up an article's carousel."""
    return tuple(f"{CAROUSEL}-{number}" for number in range(1, len(slides(article)) + 1))
