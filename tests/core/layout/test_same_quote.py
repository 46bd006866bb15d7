"""Tests storycard.layout.same_quote: all cards of an article have the same quote."""

from dataclasses import replace

import pytest

from storycard.article import Article, PullQuote
from storycard.design.assets import Assets
from storycard.layout.same_quote import with_one_quote
from storycard.render import render_card, render_set

SHORT = PullQuote("We waited for the tide, and then we waited for the money.", "Ruth Pellow")
LONG = PullQuote("We waited for the tide" + ", and then we waited again" * 10 + ".", "Tom Pellow")  # too long for wide cards
ENDLESS = PullQuote("We waited for the tide. " * 60, "Tom Pellow")  # for any card
SILENT = PullQuote("Nobody is named here, and so nobody has said it.")


@pytest.mark.parametrize(
    ("quotes", "chosen"),
    [
        ((), ()),
        ((SILENT,), ()),
        ((SHORT,), (SHORT,)),
        ((LONG,), (LONG,)),
        ((LONG, SHORT), (SHORT,)),
        ((SILENT, ENDLESS, SHORT), (SHORT,)),
        ((ENDLESS, LONG), (LONG,)),
        ((ENDLESS,), (ENDLESS,)),
    ],
)
def test_chooses_the_best_quote_that_fits_the_most_formats(
    quotes: tuple[PullQuote, ...], chosen: tuple[PullQuote, ...], assets: Assets, samples: dict[str, Article]
) -> None:
    article = replace(samples["harbour-barriers"], quotes=quotes)
    formats = assets.formats.values()
    assert with_one_quote(article, formats, assets.render_context(article), assets.fonts).quotes == chosen


def test_sets_and_single_cards_have_the_same_quote(assets: Assets, samples: dict[str, Article]) -> None:
    article = replace(samples["harbour-barriers"], quotes=(LONG, SHORT))
    whole = render_set(article, assets, ["quote"], ["og", "square"])
    speakers = [fact.lines for card in whole.cards for fact in card.text if fact.role == "speaker"]
    assert speakers == [("Ruth Pellow",), ("Ruth Pellow",)]
    assert whole.choices["quote"] == "quote 2 of 2; the first long for a card: 283 columns, far too long for a card"
    assert render_card(article, "quote", "square", assets).data == whole.cards[1].data
