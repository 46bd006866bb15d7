"""Tests storycard.design.formats and the values in assets/formats.toml."""

from pathlib import Path

import pytest

from storycard.design.assets import Assets
from storycard.design.formats import EXTENSIONS, MEDIA_TYPES, TYPES_BY_EXTENSION, SafeZone, load_formats
from storycard.errors import AssetInvalid

NO_ZONE = SafeZone(0, 0, 0, 0)
MEGABYTE = 1_000_000

SIZES = {
    "og": (1200, 630),
    "x": (1200, 675),
    "linkedin": (1200, 627),
    "square": (1080, 1080),
    "portrait": (1080, 1350),
    "tall": (1080, 1440),
    "story": (1080, 1920),
    "pin": (1000, 1500),
}
FORMAT = """
[wide]
title = "Wide"
destination = "Wide posts 2:1"
width = 1200
height = 630
safe = { top = 0, right = 0, bottom = 0, left = 0 }
budget = 300_000
types = ["png", "jpeg"]
source = "their documentation"
alt = 420
alt_source = "their documentation"
"""


@pytest.mark.parametrize(("name", "size"), SIZES.items())
def test_format_has_the_size_of_its_platform(assets: Assets, name: str, size: tuple[int, int]) -> None:
    assert (assets.formats[name].width, assets.formats[name].height) == size


@pytest.mark.parametrize("name", SIZES)
def test_only_the_story_has_a_safe_zone(assets: Assets, name: str) -> None:
    covered = SafeZone(top=270, right=65, bottom=380, left=65)
    assert assets.formats[name].safe == (covered if name == "story" else NO_ZONE)


@pytest.mark.parametrize("name", SIZES)
def test_budget_is_that_of_the_platform(assets: Assets, name: str) -> None:
    budgets = {"og": 300_000, "x": 5 * MEGABYTE, "linkedin": 5 * MEGABYTE}
    assert assets.formats[name].budget == budgets.get(name, 8 * MEGABYTE)


@pytest.mark.parametrize("name", SIZES)
def test_alternative_text_has_the_strictest_limit_of_its_platforms(assets: Assets, name: str) -> None:
    limits = {"og": 420, "pin": 500}  # twitter:image:alt, Pinterest
    assert assets.formats[name].alt == limits.get(name, 1000)  # X, Instagram, LinkedIn


def test_frame_is_plain_unless_given(tmp_path: Path) -> None:
    path = tmp_path / "formats.toml"
    path.write_text(FORMAT, "utf-8")
    assert load_formats(path)["wide"].frame == "plain"


def test_auto_tries_only_types_that_every_crawler_reads(assets: Assets) -> None:
    for card_format in assets.formats.values():
        assert set(card_format.types) <= {"png", "jpeg"}
    assert assets.formats["square"].types == assets.formats["story"].types == ("jpeg",)


def test_image_types_have_extensions_and_media_types() -> None:
    assert EXTENSIONS["jpeg"] == "jpg"
    assert MEDIA_TYPES["jpeg"] == "image/jpeg"
    assert {TYPES_BY_EXTENSION[extension] for extension in ("png", "jpg", "webp", "avif")} == set(EXTENSIONS)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("width = 1200", "width = 0", "formats.toml: wide.width: expected a whole number from 200 to 4,096, got 0"),
        ("height = 630", 'height = "630"', "formats.toml: wide.height: expected a whole number from 200 to 4,096, got '630'"),
        ("budget = 300_000", "", "formats.toml: wide.budget: expected a whole number from 1 to 100,000,000, got nothing"),
        ("left = 0", "left = -1", "formats.toml: wide.safe.left: expected a whole number from 0 to 100,000, got -1"),
        ('"jpeg"]', '"gif"]', "formats.toml: wide.types[1]: expected one of png, jpeg, webp, avif, got 'gif'"),
        (
            "source =",
            "sauce =",
            "formats.toml: wide.sauce: expected one of title, destination, width, ",
        ),
        ('["png", "jpeg"]', "[]", "formats.toml: wide.types: expected at least one image type, got none"),
        ("top = 0", "top = 400", "formats.toml: wide.safe: expected half of the card's width and height left free, got "),
        (
            "alt = 420",
            'frame = "tv"\nalt = 420',
            "formats.toml: wide.frame: expected one of plain, link, post, feed, story, pin, got 'tv'",
        ),
        ("alt = 420", "alt = 42", "formats.toml: wide.alt: expected a whole number from 100 to 10,000, got 42"),
        ("[wide]", "[Wide]", "formats.toml: Wide: expected a name of small letters and digits, got 'Wide'"),
    ],
)
def test_error_names_table_key_and_value(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = tmp_path / "formats.toml"
    path.write_text(FORMAT.replace(old, new, 1), "utf-8")
    with pytest.raises(AssetInvalid) as caught:
        load_formats(path)
    assert str(caught.value).startswith(message)
