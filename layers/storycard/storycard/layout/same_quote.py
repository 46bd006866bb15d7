"""Chooses the quote that all cards of an article share."""

from collections.abc import Iterable
from dataclasses import replace

from storycard.article import Article
from storycard.design.formats import Format
from storycard.design.render_context import RenderContext
from storycard.editing.selection import MOST_TRIED, fits_no_card, pull_quotes
from storycard.errors import CardSkipped
from storycard.layout.card import lay_out
from storycard.text.fonts.library import FontLibrary


def with_one_quote(article: Article, formats: Iterable[Format], context: RenderContext, fonts: FontLibrary) -> Article:
    """Returns the article with only the best quote that fits every format, or else the one that fits the most.

    Tries at most MOST_TRIED quotes, since an article may have a hundred.
    """
    quotes = pull_quotes(article)[:MOST_TRIED]
    if len(quotes) < 2:
        return replace(article, quotes=quotes)
    all_formats = list(formats)
    best, most = quotes[0], 0
    for quote in quotes:
        if fits_no_card(quote):
            break  # they come last
        alone = replace(article, quotes=(quote,))
        count = sum(_fits(alone, card_format, context, fonts) for card_format in all_formats)
        if count > most:
            best, most = quote, count
        if count == len(all_formats):
            break
    return replace(article, quotes=(best,))


def _fits(article: Article, card_format: Format, context: RenderContext, fonts: FontLibrary) -> bool:
    try:
        lay_out(article, "quote", card_format, replace(context, photo=None), fonts)
    except CardSkipped:
        return False
    return True
