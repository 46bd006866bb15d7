"""Tests storycard.render: the cards of an article and the facts about each."""

import gc
import hashlib
import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from PIL import Image

from storycard import RENDERER, render
from storycard.article import Article
from storycard.card_set import CardSet
from storycard.design.assets import Assets
from storycard.design.kinds import KINDS
from storycard.errors import CardSkipped, UnknownName
from storycard.identity import card_version
from storycard.render import render_card, render_set
from support.card_counts import FULL_SET


@pytest.fixture
def article(samples: dict[str, Article]) -> Article:
    return samples["harbour-barriers"]


@pytest.fixture(scope="module")
def full_set(samples: dict[str, Article], assets: Assets) -> CardSet:
    return render_set(samples["nichnyi-orhan"], assets)


def test_full_article_has_all_cards(full_set: CardSet, assets: Assets) -> None:
    assert [(card.kind, card.format) for card in full_set.cards] == [(kind, name) for kind in KINDS for name in assets.formats]
    assert len(full_set.cards) == FULL_SET
    assert full_set.skipped == ()


def test_each_card_has_size_type_and_budget_of_its_format(full_set: CardSet, assets: Assets) -> None:
    for card in full_set.cards:
        card_format = assets.formats[card.format]
        with Image.open(io.BytesIO(card.data)) as picture:
            assert picture.format == card.type.upper()
            assert picture.size == (card.width, card.height) == (card_format.width, card_format.height)
        assert card.type == card_format.types[0]
        assert len(card.data) <= card_format.budget


def test_card_has_file_name_and_hash(full_set: CardSet) -> None:
    names = [card.file_name for card in full_set.cards]
    assert {"headline-og.png", "bullet-square.jpg", "quote-story.jpg"} <= set(names)
    assert len(set(names)) == FULL_SET
    assert full_set.cards[0].sha256 == hashlib.sha256(full_set.cards[0].data).hexdigest()


def test_card_lists_its_texts(full_set: CardSet) -> None:
    card = full_set.cards[0]
    headline = next(fact for fact in card.text if fact.role == "headline")
    assert (
        " ".join(headline.lines)
        == card.alt
        == "Орган, що мовчав сорок років, знову зазвучав — і місто не лягало спати до світанку"
    )
    assert (headline.truncated, headline.missing_glyphs) == (False, 0)
    assert headline.contrast > 10
    assert 0 < headline.box.x < headline.box.right < card.width


def test_set_names_version_language_and_theme(full_set: CardSet, samples: dict[str, Article], assets: Assets) -> None:
    assert (full_set.article_id, full_set.language, full_set.direction) == ("nichnyi-orhan", "uk", "ltr")
    assert (full_set.theme, full_set.renderer) == ("broadsheet", RENDERER)
    assert full_set.version == card_version(samples["nichnyi-orhan"], assets)


def test_direction_is_that_of_the_language(article: Article, assets: Assets) -> None:
    assert render_set(replace(article, language="he"), assets, ("headline",), ("og",)).direction == "rtl"


def test_lists_cards_that_the_article_cannot_have(article: Article, assets: Assets) -> None:
    bare = render_set(
        replace(article, quotes=(), bullets=(), summary=""), assets, ("headline", "bullet", "quote"), ("og", "story")
    )
    assert [card.file_name for card in bare.cards] == ["headline-og.png", "headline-story.jpg"]
    assert [(skip.kind, skip.format, skip.reason) for skip in bare.skipped] == [
        ("bullet", "og", "the article has no bullets"),
        ("bullet", "story", "the article has no bullets"),
        ("quote", "og", "the article has no quote with a speaker"),
        ("quote", "story", "the article has no quote with a speaker"),
    ]
    with pytest.raises(CardSkipped):
        render_card(replace(article, quotes=()), "quote", "og", assets)


def test_nothing_of_a_set_waits_for_the_garbage_collector(article: Article, assets: Assets) -> None:
    """A photograph and the cards of a set are 16 MB, and the collector may come after many sets."""
    poor = replace(article, quotes=())
    render_set(poor, assets, formats=["og"])  # opens fonts and fills caches
    gc.collect()
    gc.disable()
    gc.set_debug(gc.DEBUG_SAVEALL)  # lists what it finds
    try:
        assert render_set(poor, assets, formats=["og"]).skipped
        gc.collect()
        assert [found for found in gc.garbage if type(found).__module__.startswith(("storycard", "PIL"))] == []
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()


def test_cards_of_a_set_are_laid_out_before_one_is_painted(
    article: Article, assets: Assets, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that the code of layout stays in the processor's caches."""
    steps: list[str] = []

    def note(name: str) -> None:
        step: Callable[..., object] = getattr(render, name)
        monkeypatch.setattr(render, name, lambda *arguments: (steps.append(name), step(*arguments))[1])

    note("lay_out")
    note("paint_indexed")
    render_set(article, assets, ("headline", "quote"), ("og", "square"))
    assert steps == ["lay_out"] * 4 + ["paint_indexed"] * 4


def test_renders_only_the_requested_kinds_and_formats(article: Article, assets: Assets) -> None:
    cards = render_set(article, assets, ("quote", "headline"), ("pin", "og"), image_type="webp").cards
    assert [card.file_name for card in cards] == ["quote-pin.webp", "quote-og.webp", "headline-pin.webp", "headline-og.webp"]


@pytest.mark.parametrize(
    ("names", "field"),
    [
        (("unheard-of", "og", None, "auto"), "kind"),
        (("headline", "unheard-of", None, "auto"), "format"),
        (("headline", "og", "unheard-of", "auto"), "theme"),
        (("headline", "og", None, "gif"), "type"),
        (("headline", "../og", None, "auto"), "format"),
    ],
)
def test_rejects_unknown_names(names: tuple[str, str, str | None, str], field: str, article: Article, assets: Assets) -> None:
    kind, format_name, theme, image_type = names
    with pytest.raises(UnknownName) as caught:
        render_card(article, kind, format_name, assets, theme=theme, image_type=image_type)
    assert caught.value.field == field


def test_same_article_gives_same_bytes(article: Article, assets: Assets) -> None:
    one, other = (render_card(article, "quote", "square", assets) for _ in range(2))
    assert one.sha256 == other.sha256
