"""Tests storycard.layout.across_formats: all cards of an article have the same quote."""

from dataclasses import replace

import pytest

from storycard.article import Article, PullQuote
from storycard.design.assets import Assets
from storycard.layout.across_formats import with_one_quote
from storycard.render import render_card, render_set
from storycard.text.paragraph import measure

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


@pytest.mark.parametrize(
    ("language", "words"), [pytest.param("ja", "漢字仮名交じり文", marks=pytest.mark.slow), ("ar", "العبارات تعمل ")]
)
def test_little_is_set_however_much_an_article_has(
    language: str, words: str, assets: Assets, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A set of 90 quotes of 10,000 characters took up to 45 s, since each was set for each format to see whether it fits."""
    lengths: list[int] = []

    def count(text: str, *more: object) -> object:
        lengths.append(len(text))
        return measure(text, *more)

    monkeypatch.setattr("storycard.layout.composer.measure", count)
    quotes = tuple(PullQuote(f"{number} {words * 2000}"[:10_000], "Ruth Pellow") for number in range(90))
    bullets = tuple(f"{number} {words * 200}"[:1000] for number in range(100))
    article = Article(id="a", headline="The tide", language=language, quotes=quotes, bullets=bullets)
    render_set(article, assets, kinds=("bullet", "quote"), image_type="png")
    assert sum(lengths) < 500_000
