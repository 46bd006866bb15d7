"""Tests the pixels of painted scenes. In the block font, a glyph at 1 px is one pixel, so expected cards are drawn as text."""

import itertools
from collections.abc import Callable

import pytest
from PIL import Image, ImageChops

from storycard.article import Article
from storycard.design.assets import Assets
from storycard.design.kinds import KINDS
from storycard.layout.card import lay_out
from storycard.layout.scene import Photograph, PlacedLine, PlacedLogo, Rect, Rule, Scene, Text
from storycard.painting.logo_files import logo_drawer
from storycard.painting.panels import panel_mask
from storycard.painting.rgb import Painted, paint
from storycard.text.paragraph import Paragraph, set_line
from support.photo_files import written
from support.photographs import opened

PAPER, INK, RED = "#ffffff", "#000000", "#ff0000"
LETTERS = {(255, 255, 255): ".", (0, 0, 0): "#", (255, 0, 0): "r"}


def text_at(paragraph: Paragraph, x: int, baseline: int, *, colour: str = INK, font_px: int = 1) -> Text:
    line = set_line(paragraph, 0, len(paragraph.text))
    box = Rect(x, baseline - font_px, round(line.width * font_px), font_px)
    return Text("headline", paragraph.text, (PlacedLine(line, x, baseline),), box, font_px, colour, box, False, 0)


def scene(size: str, *, rules: tuple[Rule, ...] = (), logos: tuple[PlacedLogo, ...] = (), texts: tuple[Text, ...] = ()) -> Scene:
    """Returns a white card of `size` px, such as "8x3"."""
    width, height = map(int, size.split("x"))
    return Scene(width, height, PAPER, None, rules, logos, texts)


def solid_logo(name: str, height: int) -> Image.Image:
    return Image.new("RGBA", (height, height), "#000000")


def art(painted: Painted) -> list[str]:
    image = painted.image
    return ["".join(LETTERS[image.getpixel((x, y))] for x in range(image.width)) for y in range(image.height)]


def test_draws_letters_on_their_baseline(paragraph: Callable[..., Paragraph]) -> None:
    assert art(paint(scene("9x4", texts=(text_at(paragraph("ab cd"), 2, 3),)), solid_logo)) == [
        ".........",
        ".........",
        "..##.##..",
        ".........",
    ]


def test_glyphs_scale_with_the_font_size(paragraph: Callable[..., Paragraph]) -> None:
    assert art(paint(scene("9x4", texts=(text_at(paragraph("a b"), 1, 3, font_px=2),)), solid_logo)) == [
        ".........",
        ".##..##..",
        ".##..##..",
        ".........",
    ]


def test_draws_descenders_and_diacritics_at_the_fonts_positions(paragraph: Callable[..., Paragraph]) -> None:
    text = text_at(paragraph("agẤ"), 1, 3)._replace(box=Rect(1, 1, 3, 3))
    assert art(paint(scene("5x4", texts=(text,)), solid_logo)) == [
        ".....",
        "...#.",
        ".###.",
        "..#..",
    ]


def test_paints_rules_below_logos_below_text(paragraph: Callable[..., Paragraph]) -> None:
    rule = Rule(Rect(0, 0, 6, 2), INK)
    logo = PlacedLogo(Rect(1, 1, 2, 2), "solid", RED)
    white = text_at(paragraph("ab"), 2, 2, colour=PAPER)
    assert art(paint(scene("6x4", rules=(rule,), logos=(logo,), texts=(white,)), solid_logo)) == [
        "######",
        "#r..##",
        ".rr...",
        "......",
    ]


def test_overlapping_letters_leave_no_hole(paragraph: Callable[..., Paragraph]) -> None:
    assert art(paint(scene("5x1", texts=(text_at(paragraph("ab¶"), 1, 1),)), solid_logo)) == [".###."]


def test_right_to_left_line_starts_on_the_right(paragraph: Callable[..., Paragraph]) -> None:
    text = text_at(paragraph("ab א", rtl=True), 0, 1)  # no font has the alef, so its place stays empty
    assert art(paint(scene("4x1", texts=(text,)), solid_logo)) == ["..##"]


def test_missing_glyph_leaves_its_place_empty(paragraph: Callable[..., Paragraph]) -> None:
    missing = paragraph("aжb")
    assert art(paint(scene("5x1", texts=(text_at(missing, 1, 1),)), solid_logo)) == [".#.#."]
    assert missing.missing_glyphs == 1


@pytest.mark.parametrize("format_name", ["og", "square", "story"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("sample", ["bergzeitfahren", "harbour-barriers", "nichnyi-orhan"])
def test_box_fits_the_ink(sample: str, kind: str, format_name: str, assets: Assets, samples: dict[str, Article]) -> None:
    laid_out = lay_out(samples[sample], kind, assets.formats[format_name], assets.render_context(samples[sample]), assets.fonts)
    blank = scene(f"{laid_out.width}x{laid_out.height}")
    for text in laid_out.texts:
        alone = paint(blank._replace(texts=(text,)), solid_logo).image
        left, top, right, bottom = ImageChops.invert(alone).getbbox()
        box = text.box
        assert box.x <= left <= box.x + 1
        assert box.y <= top <= box.y + 1
        assert box.right - 1 <= right <= box.right
        assert box.bottom - 1 <= bottom <= box.bottom


@pytest.mark.parametrize(
    ("colour", "background", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),  # the grey that just fails on white
        ("#767676", "#ffffff", 4.54),  # the grey that just passes
        ("#404040", "#ffffff", 10.37),
        ("#0000ff", "#ffffff", 8.59),
        ("#ff0000", "#000000", 5.25),
    ],
)
def test_contrast_follows_wcag(paragraph: Callable[..., Paragraph], colour: str, background: str, expected: float) -> None:
    text = text_at(paragraph("ab"), 1, 1, colour=colour)
    painted = paint(scene("4x2", texts=(text,))._replace(background=background), solid_logo)
    assert painted.contrasts == (pytest.approx(expected, abs=0.005),)


def test_contrast_is_the_lowest_of_all_pixels_behind(paragraph: Callable[..., Paragraph]) -> None:
    text = text_at(paragraph("abc"), 0, 1)
    beside, behind = Rule(Rect(3, 0, 1, 1), INK), Rule(Rect(2, 0, 1, 1), "#ff0000")
    assert paint(scene("4x1", rules=(beside,), texts=(text,)), solid_logo).contrasts == (21.0,)
    assert paint(scene("4x1", rules=(behind,), texts=(text,)), solid_logo).contrasts == (pytest.approx(5.25, abs=0.005),)


def test_every_text_of_every_theme_has_the_required_contrast(assets: Assets, samples: dict[str, Article]) -> None:
    article = samples["harbour-barriers"]
    for theme in assets.themes:
        for kind in KINDS:
            laid_out = lay_out(article, kind, assets.formats["square"], assets.render_context(article, theme), assets.fonts)
            for text, contrast in zip(laid_out.texts, paint(laid_out, logo_drawer(assets.logo_folder)).contrasts, strict=True):
                assert text.role == "mark" or contrast >= (3.0 if text.font_px >= 64 else 4.5)


def test_watermark_reaches_from_corner_to_corner_and_leaves_the_card_legible(assets: Assets, samples: dict[str, Article]) -> None:
    article = samples["harbour-barriers"]
    for theme, format_name in zip(assets.themes, itertools.cycle(("og", "story")), strict=False):
        plain, marked = (
            paint(
                lay_out(article, "headline", assets.formats[format_name], context, assets.fonts), logo_drawer(assets.logo_folder)
            ).image
            for context in (assets.render_context(article, theme), assets.render_context(article, theme, preview=True))
        )
        difference = ImageChops.difference(plain, marked)
        left, top, right, bottom = difference.getbbox()
        assert right - left > 0.5 * plain.width
        assert bottom - top > 0.5 * plain.height
        assert max(high for _, high in difference.getextrema()) <= 64  # translucent: letters stay distinct from the background


def test_paints_a_duotone_in_all_colours_between_two() -> None:
    dark_picture = Image.linear_gradient("L").point(lambda value: 10 + value // 10).convert("RGB")
    placed = Photograph(Rect(0, 0, 64, 64), (0.5, 0.5), "above", ("#102030", "#f0e0d0"))
    photo = opened(written(dark_picture.resize((400, 400)), "PNG"))
    painted = paint(scene("64x64")._replace(photograph=placed), solid_logo, photo).image
    assert painted.getpixel((32, 0)) == pytest.approx((0x10, 0x20, 0x30), abs=12)
    assert painted.getpixel((32, 63)) == pytest.approx((0xF0, 0xE0, 0xD0), abs=12)


def test_nothing_is_painted_on_the_photograph_of_the_next_card() -> None:
    photo = opened(written(Image.linear_gradient("L").convert("RGB").resize((400, 400)), "PNG"))
    with_photo = scene("64x64")._replace(photograph=Photograph(Rect(0, 0, 64, 64), (0.5, 0.5), "behind"))
    before = paint(with_photo, solid_logo, photo).image.tobytes()
    paint(with_photo._replace(rules=(Rule(Rect(8, 8, 48, 48), INK),)), solid_logo, photo)
    assert paint(with_photo, solid_logo, photo).image.tobytes() == before


def test_card_carries_nothing_of_the_file_of_its_photograph() -> None:
    """The comment of a stored photograph names faces and flaws, and Pillow writes what an image carries into its file."""
    with_photo = scene("64x64")._replace(photograph=Photograph(Rect(0, 0, 64, 64), (0.5, 0.5), "behind"))
    photo = opened(written(Image.linear_gradient("L").convert("RGB").resize((400, 400)), "PNG"))
    assert paint(with_photo, solid_logo, photo).image.info == {}


def test_scrim_is_blended_as_by_its_mask() -> None:
    stripes = tuple(Rule(Rect(8 * left, 0, 8, 400), f"#{32 * left:02x}{255 - 20 * left:02x}{9 * left:02x}") for left in range(8))
    scrim = Rule(Rect(0, 40, 64, 360), "#1b3a5c", fade="bottom")
    expected = paint(scene("64x400", rules=stripes), solid_logo).image
    expected.paste(scrim.colour, scrim.rect.pixels, panel_mask(scrim))
    assert paint(scene("64x400", rules=(*stripes, scrim)), solid_logo).image == expected
