"""carousel: an article into numbered slides that share one frame."""

from dataclasses import replace

import pytest

from storycard.article import Article, PullQuote
from storycard.design.assets import Assets
from storycard.design.kinds import MAX_SLIDES
from storycard.editing.carousel import slide_kinds, slides
from storycard.errors import CardSkipped
from storycard.layout.card import lay_out
from storycard.render import render_set

QUOTE = PullQuote("It held.", "Ines Arkwright")


@pytest.fixture
def article(samples: dict[str, Article]) -> Article:
    return samples["harbour-barriers"]


def bodies(article: Article) -> list[str]:
    return [slide.body for slide in slides(article)]


def test_a_cover_each_bullet_the_quote_and_the_end(article: Article) -> None:
    assert bodies(article) == ["headline", *["bullet"] * 4, "quote", "end"]
    assert [slide.article.bullets for slide in slides(article)[1:5]] == [(bullet,) for bullet in article.bullets]
    assert slide_kinds(article) == tuple(f"carousel-{number}" for number in range(1, 8))


@pytest.mark.parametrize("quotes", [(), (PullQuote("Nobody said it."),)])
def test_without_a_quote_that_has_a_speaker_there_is_no_slide_for_it(quotes: tuple[PullQuote, ...], article: Article) -> None:
    assert bodies(replace(article, bullets=("One.",), quotes=quotes)) == ["headline", "bullet", "end"]


@pytest.mark.parametrize("quotes", [(), (QUOTE,)])
def test_there_are_never_more_slides_than_a_carousel_holds(quotes: tuple[PullQuote, ...], article: Article) -> None:
    full = replace(article, bullets=tuple(f"Fact number {number}." for number in range(30)), quotes=quotes)
    assert len(slides(full)) == MAX_SLIDES
    assert bodies(full)[-1] == "end"
    assert slides(full)[1].article.bullets == ("Fact number 0.",)


def test_each_slide_bears_its_number_instead_of_a_date_in_one_frame(article: Article, assets: Assets) -> None:
    square, context = assets.formats["square"], assets.render_context(article)
    scenes = [lay_out(article, kind, square, context, assets.fonts) for kind in slide_kinds(article)]
    feet = [{text.role: text.text for text in scene.texts if text.role in ("number", "date")} for scene in scenes]
    assert feet == [{"number": f"{number}/7"} for number in range(1, 8)]
    frames = [{(text.role, text.box) for text in scene.texts if text.role in ("kicker", "brand")} for scene in scenes]
    assert all(frame == frames[0] for frame in frames)


def test_the_last_slide_says_where_to_read_on(article: Article, assets: Assets) -> None:
    end = lay_out(article, "carousel-7", assets.formats["square"], assets.render_context(article), assets.fonts)
    said = {text.role: text.text for text in end.texts}
    assert (said["invitation"], said["link"]) == ("Read the full story", "harbourpost.example")
    assert len(end.logos) == 2


def test_an_advertisement_ends_without_the_newsroom_s_mark(article: Article, assets: Assets) -> None:
    paid = replace(article, paid=True)
    end = lay_out(paid, "carousel-7", assets.formats["square"], assets.render_context(paid), assets.fonts)
    assert not end.logos
    assert "brand" not in {text.role for text in end.texts}


def test_a_slide_past_the_end_is_skipped_with_a_reason(article: Article, assets: Assets) -> None:
    with pytest.raises(CardSkipped, match="the article's carousel has 7 slides"):
        lay_out(article, "carousel-8", assets.formats["square"], assets.render_context(article), assets.fonts)


def test_carousel_stands_for_all_slides_in_a_set(article: Article, assets: Assets) -> None:
    short = replace(article, bullets=("One gate held.",), quotes=())
    names = [card.file_name for card in render_set(short, assets, ("carousel",), ("square",)).cards]
    assert names == ["carousel-1-square.jpg", "carousel-2-square.jpg", "carousel-3-square.jpg"]
