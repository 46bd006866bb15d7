"""Tests storycard.layout.composer in a font of 30 px blocks, which makes positions simple sums."""

import itertools
import math
from dataclasses import replace

import pytest

from storycard.article import Article
from storycard.design.assets import Assets
from storycard.design.composition import Area
from storycard.design.formats import SafeZone
from storycard.design.render_context import RenderContext
from storycard.layout.card import lay_out
from storycard.layout.composer import Composer
from storycard.layout.scene import Rect, Scene, Text
from storycard.text.fonts.library import FontLibrary
from support.block_theme import CARD, EM, block_theme
from support.reading import LANGUAGES

ARTICLE = Article(id="a", headline="abcd ef", language="en")


@pytest.fixture
def context(assets: Assets) -> RenderContext:
    """Returns the context of the default brand without its logo."""
    plain = assets.render_context(ARTICLE)
    return replace(plain, theme=block_theme(), brand=replace(plain.brand, title="News", light=None, dark=None))


def scene_of(
    blocks: FontLibrary,
    context: RenderContext,
    square: dict | None = None,
    *,
    language: str = "en",
    headline: str = "abcd ef",
    **theme: dict,
) -> Scene:
    """Lays out a headline whose composition has `square` changed."""
    changed = block_theme({"cards": {"headline": {"square": square or {}}}, **theme})
    context = replace(context, theme=changed, language=LANGUAGES.of(language))
    article = replace(ARTICLE, headline=headline, language=language)
    return lay_out(article, "headline", CARD, context, blocks)


def headline_of(scene: Scene) -> Text:
    return next(text for text in scene.texts if text.role == "headline")


@pytest.mark.parametrize(("anchor", "y"), [("top", 200), ("middle", 500 - 0.61 * EM), ("bottom", 800 - 1.22 * EM)])
def test_text_stands_at_the_anchor_of_its_area(anchor: str, y: float, blocks: FontLibrary, context: RenderContext) -> None:
    box = headline_of(scene_of(blocks, context, {"headline": {"anchor": anchor}})).box
    assert (box.x, box.y) == (100, pytest.approx(y, abs=1))


def test_large_type_leaves_little_room_for_descenders_that_it_has_not(blocks: FontLibrary, context: RenderContext) -> None:
    tops = []
    for anchor in ("middle", "bottom"):
        part = {"headline": {"box": [100, 200, 880, 600], "px": [200, 200], "anchor": anchor}}
        tops.append(headline_of(scene_of(blocks, context, part, headline="abc")).box.y)
    assert tops == [500 - (200 + 24) / 2, 800 - 200 - 24]


@pytest.mark.parametrize(
    ("language", "align", "x"),
    [
        ("en", "start", 100),
        ("en", "centre", 540 - 3.5 * EM),
        ("en", "end", 980 - 7 * EM),
        ("ar", "start", 980 - 7 * EM),
        ("ar", "end", 100),
    ],
)
def test_lines_are_aligned_in_reading_direction(
    language: str, align: str, x: float, blocks: FontLibrary, context: RenderContext
) -> None:
    assert headline_of(scene_of(blocks, context, {"headline": {"align": align}}, language=language)).box.x == x


def test_panels_are_mirrored_as_a_whole(blocks: FontLibrary, context: RenderContext) -> None:
    panels = {
        "panels": [
            {"box": [0, 100, 36, 500], "fill": "blue"},
            {"disc": [1000, 100, 300], "fill": "blue", "minus": [900, 80, 280]},
            {"box": [100, 900, 60, 40], "fill": "blue", "corner": True},
            {"box": [600, 0, 400, 1080], "fill": "ground", "fade": "start"},
        ]
    }
    scene, mirror = scene_of(blocks, context, panels), scene_of(blocks, context, panels, language="ar")

    def mirrored(rect: Rect) -> Rect:
        return rect._replace(x=1080 - rect.right)

    assert [mirrored(rule.rect) for rule in mirror.rules] == [rule.rect for rule in scene.rules]
    assert mirrored(mirror.rules[1].minus) == scene.rules[1].minus == Rect(760, -60, 280, 280)
    assert (scene.rules[2].corner, mirror.rules[2].corner) == ("left", "right")
    assert (scene.rules[3].fade, mirror.rules[3].fade) == ("left", "right")
    assert scene.rules[1].rect == Rect(850, -50, 300, 300)


def test_each_line_has_a_bar_from_the_edge_to_behind_its_last_letter(blocks: FontLibrary, context: RenderContext) -> None:
    part = {"headline": {"box": [100, 200, 5 * EM, 600], "bar": "blue"}}
    scene = scene_of(blocks, context, part, roles={"headline": {"leading": 1.2}})
    text = headline_of(scene)
    assert [placed.line.text for placed in text.lines] == ["abcd", "ef"]
    assert {bar.rect.x for bar in scene.rules} == {0}
    assert [bar.rect.right for bar in scene.rules] == pytest.approx([100 + 4.14 * EM, 100 + 2.14 * EM], abs=1)
    upper, lower = (bar.rect for bar in scene.rules)
    assert upper.height == lower.height == pytest.approx((1.2 - 0.06) * EM, abs=1)
    assert lower.y - upper.bottom == pytest.approx(0.06 * EM, abs=1)
    assert upper.y < text.lines[0].baseline - EM < text.lines[0].baseline < upper.bottom


def test_bars_of_deep_letters_have_more_leading_and_keep_their_gap(blocks: FontLibrary, context: RenderContext) -> None:
    part = {"headline": {"box": [100, 200, 5 * EM, 600], "bar": "blue"}}
    scene = scene_of(blocks, context, part, headline="abgd ef", roles={"headline": {"leading": 1.2}})
    upper, lower = (bar.rect for bar in scene.rules)
    assert lower.y - upper.bottom == pytest.approx(0.06 * EM, abs=1)
    assert upper.bottom >= headline_of(scene).lines[0].baseline + headline_of(scene).lines[0].line.ink.below * EM


def test_fold_stays_square_in_formats_of_another_height(assets: Assets) -> None:
    article = Article(id="a", headline="Barriers held", language="en")
    for name, language in itertools.product(("pin", "story", "square", "og"), ("en", "ar")):
        card_format = assets.formats[name]
        article = replace(article, language=language)
        scene = lay_out(article, "headline", card_format, assets.render_context(article, "weekend"), assets.fonts)
        (ear,) = (rule for rule in scene.rules if rule.corner)
        (desk,) = (rule for rule in scene.rules if rule.rect == ear.rect and not rule.corner)
        assert desk.rect.width == desk.rect.height
        assert desk.rect.bottom == card_format.height
        assert (desk.rect.x if language == "ar" else card_format.width - desk.rect.right) == 0
        assert desk.rect.width >= 0.15 * card_format.width


def test_letters_before_their_area_keep_a_twentieth_of_the_width(assets: Assets) -> None:
    words = "آج میں نے اپنی پوتی کو یہ منظر دکھایا، آج میں نے اپنی پوتی کو یہ منظر دکھایا"
    for theme, name in itertools.product(assets.themes, ("pin", "tall", "og")):
        own = replace(ARTICLE, headline=words, language="ur")
        scene = lay_out(own, "headline", assets.formats[name], assets.render_context(own, theme), assets.fonts)
        assert scene.width - headline_of(scene).box.right >= 0.05 * scene.width - 1, (theme, name)


def test_text_of_any_length_ends_above_a_fold_below_it(assets: Assets) -> None:
    for words, language in itertools.product((2, 14, 30), ("en", "ar")):
        article = Article(id="a", headline=" ".join(["Barriers"] * words), language=language, kicker="Floods")
        scene = lay_out(article, "headline", assets.formats["pin"], assets.render_context(article, "weekend"), assets.fonts)
        (ear,) = (rule for rule in scene.rules if rule.corner)
        assert ear.rect.width >= 0.25 * scene.width
        assert headline_of(scene).box.bottom <= ear.rect.y


def test_bars_of_letters_without_descenders_stay_in_the_area(blocks: FontLibrary, context: RenderContext) -> None:
    part = {"headline": {"box": [100, 200, 880, 600], "px": [40, 600], "bar": "blue", "anchor": "bottom", "lines": 2}}
    scene = scene_of(blocks, context, part, headline="abcd ab", roles={"headline": {"leading": 1.2}})
    assert headline_of(scene).box.y >= 200
    assert 700 < max(bar.rect.bottom for bar in scene.rules) <= 800


def test_ink_beyond_its_advance_width_stays_in_the_safe_zone(assets: Assets) -> None:
    wrong = []
    for theme, (language, words) in itertools.product(
        assets.themes, (("hi", "मानसून"), ("kn", "ಪಶ್ಚಿಮ ಘಟ್ಟದಲ್ಲಿ"), ("cs", "Vlaky do"))
    ):
        own = replace(ARTICLE, headline=words, language=language)
        box = headline_of(lay_out(own, "headline", assets.formats["story"], assets.render_context(own, theme), assets.fonts)).box
        if box.x < 65 or box.right > 1080 - 65:
            wrong.append(f"{theme} {language} {box}")
    assert wrong == []


def test_large_type_has_its_own_leading(blocks: FontLibrary, context: RenderContext) -> None:
    role = {"leading": 1.5, "large": {"leading": 1.1}}
    for px, leading in ((60, 1.5), (100, 1.5 - 0.33 * 0.4), (200, 1.1)):
        narrow = {"headline": {"box": [100, 100, 4 * px, 900], "lines": 9, "px": [px, px]}}
        first, second = headline_of(scene_of(blocks, context, narrow, roles={"headline": role})).lines
        assert second.baseline - first.baseline == pytest.approx(leading * px, abs=1)


def test_part_may_have_a_leading_of_its_own(blocks: FontLibrary, context: RenderContext) -> None:
    role = {"leading": 1.5, "large": {"leading": 1.1}}
    for px in (60, 200):
        part = {"headline": {"box": [100, 100, 4 * px, 900], "px": [px, px], "leading": 1.25}}
        first, second = headline_of(scene_of(blocks, context, part, roles={"headline": role})).lines
        assert second.baseline - first.baseline == pytest.approx(1.25 * px, abs=1)


def test_largest_size_of_the_part_that_fits_is_taken(blocks: FontLibrary, context: RenderContext) -> None:
    for letters, px in ((2, 440), (4, 220), (20, 44), (22, 40)):
        part = {"headline": {"box": [100, 100, 880, 900], "px": [40, 440]}}
        assert headline_of(scene_of(blocks, context, part, headline="a" * letters)).font_px == px


def test_smallest_size_may_be_larger_in_languages_of_dense_characters(blocks: FontLibrary, context: RenderContext) -> None:
    dense = {"headline": {"dense": 1.4}}
    for language, roles, px in (("en", dense, 40), ("ja", dense, 56), ("ja", {}, 40)):
        part = {"headline": {"box": [100, 100, 880, 60], "px": [40, 440], "lines": 1}}
        text = headline_of(scene_of(blocks, context, part, headline="a " * 60, language=language, roles=roles))
        assert (text.font_px, text.truncated) == (px, True)


def test_later_composition_is_taken_if_the_text_does_not_fit_the_first(assets: Assets, samples: dict[str, Article]) -> None:
    def disc(headline: str) -> float:
        article = replace(samples["harbour-barriers"], headline=headline)
        context = assets.render_context(article, "nightdesk")
        return lay_out(article, "headline", assets.formats["square"], context, assets.fonts).rules[0].rect.width

    assert disc("Ministers were warned that the school roofs could fail") == 400
    assert disc("Ministers were warned three times that the roofs could fail, and three times moved the repair money " * 2) == 330


def test_composition_of_two_lines_is_for_texts_that_are_largest_on_two(blocks: FontLibrary, context: RenderContext) -> None:
    panels = [{"box": [0, 0, 36, 500], "fill": "blue"}]
    short = {"panels": panels, "headline": {"px": [80, 400], "lines": 2, "least_lines": 2}}
    for headline, lines, stacked in (("abc def", 2, 1), ("abcdef", 1, 0), ("abc def abc", 3, 0)):
        square = {"headline": {"px": [40, 400], "lines": 4}, "short": short}
        scene = scene_of(blocks, context, square, headline=headline)
        assert (len(headline_of(scene).lines), len(scene.rules)) == (lines, stacked), headline


def test_areas_keep_clear_of_what_a_platform_covers(blocks: FontLibrary, context: RenderContext) -> None:
    covered = replace(CARD, safe=SafeZone(top=150, right=120, bottom=200, left=130))
    for language, x, width in (("en", 130, 1080 - 250), ("ar", 120, 1080 - 250)):
        own = replace(context, language=LANGUAGES.of(language))
        (composition,) = own.theme.compositions_for("headline", covered)
        room = Composer(composition, covered, own, blocks).room(Area(100, 76, 880, 928))
        assert (room.x, room.y, room.width) == (x, 150, width)
        assert room.bottom == 880


def test_opening_mark_hangs_and_the_text_moves_in_if_it_would_come_too_near_to_the_card_s_edge(
    blocks: FontLibrary, context: RenderContext
) -> None:
    least = math.ceil(0.022 * CARD.width)
    for x, mark in ((100, 100 - EM), (40, least)):
        scene = scene_of(blocks, context, {"headline": {"box": [x, 200, 880, 600]}}, headline="“abcd” ef")
        assert headline_of(scene).box.x == mark


def test_mark_that_opens_a_later_line_hangs_as_far_as_there_is_room(blocks: FontLibrary, context: RenderContext) -> None:
    least = math.ceil(0.022 * CARD.width)
    for x, hung in ((130, 100), (60, 60 - least)):
        scene = scene_of(blocks, context, {"headline": {"box": [x, 200, 700, 600], "px": [100, 100]}}, headline="abcd “efgh")
        first, second = headline_of(scene).lines
        assert second.line.text.startswith("“")
        assert first.x == x
        assert first.x - second.x == pytest.approx(hung)
        assert headline_of(scene).box.x >= least


def test_opening_mark_hangs_clear_of_an_outline_around_the_text(blocks: FontLibrary, context: RenderContext) -> None:
    outline = {"box": [70, 100, 940, 800], "fill": "ink", "outline": 6}
    scene = scene_of(blocks, context, {"panels": [outline], "headline": {"box": [100, 200, 880, 600]}}, headline="“abcd” ef")
    assert headline_of(scene).box.x == (76 + 100) / 2
