"""Tests storycard.editing.carousel, and what is drawn on each slide."""

import itertools
from dataclasses import replace

import pytest

from storycard.article import Article, ArticleImage, PullQuote
from storycard.design.assets import Assets
from storycard.design.kinds import MAX_SLIDES
from storycard.editing.carousel import slide_kinds, slides
from storycard.errors import CardSkipped
from storycard.layout.card import lay_out
from storycard.render import render_card, render_set
from support.photographs import photo
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


def test_last_slide_without_a_link_has_no_panel_for_one(article: Article, assets: Assets) -> None:
    for story, panels in ((article, 3), (replace(article, canonical_url="", brand=""), 2)):
        context = assets.render_context(story, "civic")
        for name in ("og", "square", "story"):
            end = lay_out(story, "carousel-7", assets.formats[name], context, assets.fonts)
            assert (len(end.rules), "link" in {text.role for text in end.texts}) == (panels, panels == 3)


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


def test_slides_are_the_same_in_all_formats_and_numbered_without_holes(article: Article, assets: Assets) -> None:
    crowded = "Quays, walls, gates, doors, ropes, chains and lamps " * 4  # fits square cards but not wide ones
    long_quote = replace(QUOTE, text="We waited for the tide, and then we waited for the money. " * 5)
    full = replace(
        article,
        language="th",
        bullets=("น้ำ " + "ประตูระบายน้ำทั้งห้าปิดอยู่สิบเอ็ดชั่วโมง" * 7, crowded, "It is late."),
        quotes=(long_quote,),
    )
    for theme in ("civic", "bulletin"):
        cards = render_set(full, assets, ("carousel",), ("og", "square", "story"), theme=theme)
        assert cards.skipped == ()
        numbers = {(card.format, fact.lines[0]) for card in cards.cards for fact in card.text if fact.role == "number"}
        count = len(cards.cards) // 3
        wanted = {(name, f"{number}/{count}") for name in ("og", "square", "story") for number in range(1, count + 1)}
        assert numbers == wanted
        assert render_card(full, "carousel-2", "og", assets, theme=theme).data == cards.cards[3].data


@pytest.mark.parametrize("language", ["en", "ar"])
def test_cover_invites_to_swipe_with_an_arrow_in_reading_direction(language: str, article: Article, assets: Assets) -> None:
    story = replace(article, language=language)
    for theme, name in itertools.product(assets.themes, ("og", "square", "story")):
        context = assets.render_context(story, theme)
        cover, second, headline = (
            lay_out(story, kind, assets.formats[name], context, assets.fonts) for kind in ("carousel-1", "carousel-2", "headline")
        )
        (arrow,) = (rule for rule in cover.rules if rule.arrow)
        number = next(text.box for text in cover.texts if text.role == "number")
        assert arrow.arrow == ("left" if language == "ar" else "right")
        assert arrow.rect.right < number.x if language == "ar" else number.right < arrow.rect.x
        assert not [rule for scene in (second, headline) for rule in scene.rules if rule.arrow]


def test_number_gives_way_to_the_credit_on_a_cover_but_the_arrow_stays(article: Article, assets: Assets) -> None:
    credit = ArticleImage(credit="Ana Lima-Brandt for the Agency of the Coast")
    photographed = replace(article, image=credit)
    context = assets.render_context(photographed, "clarity", photo=photo("dusk"))
    cover = lay_out(photographed, "carousel-1", assets.formats["square"], context, assets.fonts)
    assert cover.photograph
    assert "number" not in {text.role for text in cover.texts}
    assert [rule.arrow for rule in cover.rules if rule.arrow] == ["right"]


def test_link_on_the_last_slide_is_never_divided(article: Article, assets: Assets) -> None:
    for theme, name in itertools.product(assets.themes, ("og", "square", "story", "pin")):
        end = lay_out(article, "carousel-7", assets.formats[name], assets.render_context(article, theme), assets.fonts)
        sizes = {text.role: text for text in end.texts}
        assert len(sizes["link"].lines) == 1
        assert sizes["invitation"].font_px > sizes["link"].font_px
