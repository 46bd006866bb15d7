"""Tests which colours of a palette are merged, so that lossless images need 4 bits a pixel."""

import pytest
from PIL import Image

from storycard.article import Article, PullQuote
from storycard.design.assets import Assets
from storycard.design.kinds import KINDS
from storycard.encoding.palette import FEW_COLOURS, merge_similar, with_few_colours
from storycard.layout.card import lay_out
from storycard.painting.indexed import paint_indexed
from storycard.painting.logo_files import logo_drawer


def greys(*levels: int) -> tuple[tuple[int, int, int], ...]:
    return tuple((level, level, level) for level in levels)


def test_merges_equal_colours_and_keeps_their_places() -> None:
    merged = merge_similar(greys(0, 255, 100, 255, 100), frozenset({0, 1}))
    assert merged.colours == greys(0, 255, 100)
    assert merged.indices[:5] == (0, 1, 2, 1, 2)


def test_few_colours_stay_as_they_are() -> None:
    assert merge_similar(greys(0, 1, 2, 3), frozenset()).colours == greys(0, 1, 2, 3)


def test_merges_the_most_similar_to_the_colour_between_them() -> None:
    merged = merge_similar(greys(*range(0, 240, 16), 230, 254), frozenset())
    assert len(merged.colours) == FEW_COLOURS
    assert (227, 227, 227) in merged.colours


def test_exact_colours_stay_and_no_colour_moves_far() -> None:
    colours = greys(*range(0, 255, 12))
    exact = frozenset({0, 3, 21})
    merged = merge_similar(colours, exact)
    new = [merged.colours[merged.indices[index]] for index in range(len(colours))]
    assert all(new[index] == colours[index] for index in exact)
    assert max(abs(one[0] - other[0]) for one, other in zip(colours, new, strict=True)) <= 16


def test_needs_more_than_16_if_they_are_too_different_or_exact() -> None:
    assert merge_similar(tuple((red, green, 0) for red in range(0, 250, 50) for green in range(0, 250, 50)), frozenset()) is None
    assert merge_similar(greys(*range(17)), frozenset(range(17))) is None


def test_every_pixel_gets_the_colour_that_its_own_was_merged_to() -> None:
    levels = tuple(range(0, 255, 12))
    image = Image.frombytes("P", (len(levels), 1), bytes(range(len(levels))))
    image.putpalette(bytes(value for level in levels for value in (level, level, level)))
    fewer = with_few_colours(image, frozenset({0, 21}))
    merged = merge_similar(greys(*levels), frozenset({0, 21}))
    expected = [merged.colours[index] for index in merged.indices[: len(levels)]]
    assert list(fewer.convert("RGB").get_flattened_data()) == expected
    assert len(fewer.getpalette()) == 3 * FEW_COLOURS


def test_keeps_an_image_whose_colours_are_too_different() -> None:
    image = Image.new("P", (2, 2))
    image.putpalette(bytes(value for red in range(0, 250, 50) for green in range(0, 250, 50) for value in (red, green, 0)))
    assert with_few_colours(image, frozenset()) is image


@pytest.mark.parametrize("kind", KINDS)
def test_flat_cards_of_every_theme_have_few_colours(kind: str, assets: Assets) -> None:
    said = (PullQuote("We had no choice but to close the gates", "Ines Arkwright", "harbour master"),)
    article = Article(
        id="a", language="en", kicker="Floods", headline="Barriers held", bullets=("The gates closed",), quotes=said
    )
    for theme in assets.themes:
        scene = lay_out(article, kind, assets.formats["og"], assets.render_context(article, theme), assets.fonts)
        painted = paint_indexed(scene, logo_drawer(assets.logo_folder))
        assert len(with_few_colours(painted.image, painted.solid).getpalette()) <= 3 * FEW_COLOURS, theme
