"""Tests that no mark touches the letter or the mark before it, in the type of every theme."""

import itertools
from collections.abc import Iterator

from PIL import Image, ImageChops, ImageFilter

from storycard.design.assets import Assets
from storycard.layout.scene import PlacedLine
from storycard.painting.glyph_raster import rasterize
from storycard.text.paragraph import Line, measure, set_line
from storycard.text.style import FontStyle, TextStyle

PX = 64
LEAST = 1  # px between two outlines
PAIRS = (
    "’.",
    "”.",
    "’,",
    "”,",
    ".”",
    ",’",
    "’”",
    "”’",
    "»,",
    "“.",
    "f’",
    "f”",
    "f?",
    "f!",
    "F”",
    "ї’",
    "ї”",
    "ď!",
    "ľ’",
    "й”",
    "T”",
)


def styles(assets: Assets) -> Iterator[TextStyle]:
    """Yields each font in which the themes set what may have quotations in it, as closely as they set it."""
    roles = [theme.roles[name] for theme in assets.themes.values() for name in ("headline", "bullet", "quote", "answer")]
    closest: dict[FontStyle, float] = {}
    for style in (style for role in roles for style in (role.style, role.large) if style):
        closest[style.font] = min(style.tracking, closest.get(style.font, style.tracking))
    yield from itertools.starmap(TextStyle, closest.items())


def outlines(line: Line) -> Iterator[Image.Image]:
    """Yields each glyph of a line, white on black."""
    for run in line.runs:
        for index in range(len(run.glyphs.ids)):
            alone = line._replace(runs=(run._replace(glyphs=run.glyphs.slice(index, index + 1)),))
            page = Image.new("L", (3 * PX, 2 * PX))
            if letters := rasterize([PlacedLine(alone, PX / 2, 1.4 * PX)], PX):
                page.paste(letters.mask, letters.box[:2])
            yield page.point([255 * (value >= 128) for value in range(256)])


def touch(one: Image.Image, other: Image.Image) -> bool:
    """Returns whether two glyphs are at most LEAST px apart."""
    return ImageChops.multiply(one.filter(ImageFilter.MaxFilter(2 * LEAST + 1)), other).getbbox() is not None


def test_no_mark_touches_what_is_before_it(assets: Assets) -> None:
    touching = []
    for style in styles(assets):
        for pair in PAIRS:
            first, second = outlines(set_line(measure(pair, "en", False, style, assets.fonts), 0, 2))
            if touch(first, second):
                touching.append((pair, style.font, style.tracking))
    assert touching == []


def test_space_is_added_only_before_a_mark_that_would_touch(assets: Assets) -> None:
    style = TextStyle(assets.themes["broadsheet"].roles["headline"].style.font)

    def width(text: str) -> float:
        paragraph = measure(text, "en", False, style, assets.fonts)
        return paragraph.width(0, len(text))

    assert 0.07 < width("f’") - width("f") - width("’") < 0.16
    assert width("d’") - width("d") - width("’") < 0.01
