"""Tests storycard.editing.carousel, and what is drawn on each slide."""

from dataclasses import replace

import pytest

from storycard.article import Article, PullQuote
from storycard.design.assets import Assets
from storycard.design.kinds import MAX_SLIDES
from storycard.editing.carousel import slide_kinds, slides
from storycard.errors import CardSkipped
from storycard.layout.card import lay_out
from storycard.render import render_set
from support.reading import LANGUAGES

ENGLISH = LANGUAGES.of("en")
QUOTE = PullQuote("It held.", "Ines Arkwright")


@pytest.fixture
def article(samples: dict[str, Article]) -> Article:
    return samples["harbour-barriers"]


def bodies(article: Article) -> list[str]:
    return [slide.body for slide in slides(article, ENGLISH)]


def test_slides_are_cover_bullets_quote_and_end(article: Article) -> None:
    assert bodies(article) == ["headline", *["bullet"] * 4, "quote", "end"]
    assert [slide.article.bullets for slide in slides(article, ENGLISH)[1:5]] == [(bullet,) for bullet in article.bullets]
    assert slide_kinds(article, ENGLISH) == tuple(f"carousel-{number}" for number in range(1, 8))


@pytest.mark.parametrize("quotes", [(), (PullQuote("Nobody said it."),)])
def test_has_no_quote_slide_without_an_attributed_quote(quotes: tuple[PullQuote, ...], article: Article) -> None:
    assert bodies(replace(article, bullets=("One.",), quotes=quotes)) == ["headline", "bullet", "end"]


@pytest.mark.parametrize("quotes", [(), (QUOTE,)])
def test_never_exceeds_the_maximum_of_slides(quotes: tuple[PullQuote, ...], article: Article) -> None:
    full = replace(article, bullets=tuple(f"Fact number {number}." for number in range(30)), quotes=quotes)
    assert len(slides(full, ENGLISH)) == MAX_SLIDES
    assert bodies(full)[-1] == "end"
    assert slides(full, ENGLISH)[1].article.bullets == ("Fact number 0.",)


def test_slides_have_numbers_instead_of_dates(article: Article, assets: Assets) -> None:
    square, context = assets.formats["square"], assets.render_context(article)
    scenes = [lay_out(article, kind, square, context, assets.fonts) for kind in slide_kinds(article, context.language)]
    feet = [{text.role: text.text for text in scene.texts if text.role in ("number", "date")} for scene in scenes]
    assert feet == [{"number": f"{number}/7"} for number in range(1, 8)]
    assert all({"kicker", "name"} <= {text.role for text in scene.texts} for scene in scenes)


def test_last_slide_has_the_link_of_the_article(article: Article, assets: Assets) -> None:
    end = lay_out(article, "carousel-7", assets.formats["square"], assets.render_context(article), assets.fonts)
    said = {text.role: text.text for text in end.texts}
    assert (said["invitation"], said["link"], said["name"]) == ("Read the full story", "harbourpost.example", "The Harbour Post")


def test_last_slide_of_paid_content_has_no_logo(article: Article, assets: Assets) -> None:
    paid = replace(article, paid=True)
    end = lay_out(paid, "carousel-7", assets.formats["square"], assets.render_context(paid), assets.fonts)
    assert not end.logos
    assert "name" not in {text.role for text in end.texts}


def test_skips_a_slide_past_the_end_with_a_reason(article: Article, assets: Assets) -> None:
    with pytest.raises(CardSkipped, match="the article's carousel has 7 slides"):
        lay_out(article, "carousel-8", assets.formats["square"], assets.render_context(article), assets.fonts)


def test_kind_carousel_renders_all_slides(article: Article, assets: Assets) -> None:
    short = replace(article, bullets=("One gate held.",), quotes=())
    names = [card.file_name for card in render_set(short, assets, ("carousel",), ("square",)).cards]
    assert names == ["carousel-1-square.jpg", "carousel-2-square.jpg", "carousel-3-square.jpg"]


def test_leaves_out_bullets_that_would_be_cut_on_a_wide_card(article: Article, assets: Assets) -> None:
    long = "The night ferry takes bread to the islands and brings back letters" + ", and then more letters" * 9 + "."
    slid = replace(article, bullets=("It sails.", long, "It is late."), quotes=())
    assert bodies(slid) == ["headline", "bullet", "bullet", "end"]
    assert [slide.article.bullets for slide in slides(slid, ENGLISH)[1:3]] == [("It sails.",), ("It is late.",)]


def test_shows_facts_without_the_list_marks_typed_before_them(article: Article) -> None:
    typed = replace(article, bullets=("1. It sails.", "2. It is late."))
    assert [slide.article.bullets for slide in slides(typed, ENGLISH)[1:3]] == [("It sails.",), ("It is late.",)]
