"""Tests storycard.layout.across_formats: all cards of an article have the same quote."""

from dataclasses import replace
from datetime import datetime

import pytest

from storycard.article import Article, PullQuote
from storycard.design.assets import Assets
from storycard.layout import across_formats
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


def test_cards_drawn_one_by_one_choose_once(assets: Assets, samples: dict[str, Article], monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor's previews of a carousel each tried all quotes and facts in all formats, in two thirds of their time."""
    tried: list[str] = []
    look = across_formats.fits_easily
    monkeypatch.setattr(across_formats, "fits_easily", lambda *args: (tried.append(args[1]), look(*args))[1])
    counts = []
    for number in (1, 2, 5):
        edited = replace(samples["harbour-barriers"], headline="Gates held")  # each request reads the article anew
        render_card(edited, f"carousel-{number}", "square", assets, image_type="png", width=400)
        counts.append(len(tried))
    assert counts[0] > 0
    assert counts == counts[:1] * 3
    render_card(replace(samples["harbour-barriers"], headline="Gates failed"), "carousel-1", "square", assets, width=400)
    assert len(tried) > counts[0]


def test_what_is_chosen_is_of_the_article_that_was_given(assets: Assets, samples: dict[str, Article]) -> None:
    """Equal times may have offsets that differ, and a live story shows the time of its newsroom."""
    here, there = (datetime.fromisoformat(time) for time in ("2026-11-03T11:05:00+01:00", "2026-11-03T12:05:00+02:00"))
    article = replace(samples["harbour-barriers"], label="live", updated_at=here)
    shown = [
        with_one_quote(each, assets.formats.values(), assets.render_context(each), assets.fonts).updated_at
        for each in (article, replace(article, updated_at=there))
    ]
    assert [str(time) for time in shown] == [str(here), str(there)]


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
