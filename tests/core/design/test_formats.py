"""formats: the sizes, safe zones, budgets and types that the platforms ask for."""

from pathlib import Path

import pytest

from storycard.design.assets import Assets
from storycard.design.formats import EXTENSIONS, MEDIA_TYPES, TYPES_BY_EXTENSION, SafeZone, load_formats
from storycard.design.kinds import KINDS, is_kind, slide_number
from storycard.errors import AssetInvalid, UnknownName, require_known_name

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
width = 1200
height = 630
safe = { top = 0, right = 0, bottom = 0, left = 0 }
budget = 300_000
types = ["png", "jpeg"]
source = "their documentation"
alt = 420
alt_source = "their documentation"
"""


def test_there_are_these_formats(assets: Assets) -> None:
    assert {name: (card_format.width, card_format.height) for name, card_format in assets.formats.items()} == SIZES


def test_only_the_story_has_a_safe_zone(assets: Assets) -> None:
    zones = {name: card_format.safe for name, card_format in assets.formats.items()}
    assert zones.pop("story") == SafeZone(top=270, right=65, bottom=380, left=65)
    assert set(zones.values()) == {NO_ZONE}


def test_budgets_are_the_platforms_own(assets: Assets) -> None:
    budgets = {name: card_format.budget for name, card_format in assets.formats.items()}
    assert budgets["og"] == 300_000
    assert budgets["x"] == 5 * MEGABYTE
    assert max(budgets.values()) == 8 * MEGABYTE


def test_alternative_text_is_within_the_strictest_limit_of_where_a_card_goes(assets: Assets) -> None:
    limits = {name: card_format.alt for name, card_format in assets.formats.items()}
    assert (limits.pop("og"), limits.pop("pin")) == (420, 500)  # twitter:image:alt, Pinterest
    assert set(limits.values()) == {1000}  # X, Instagram, LinkedIn


def test_previews_get_only_what_every_crawler_reads(assets: Assets) -> None:
    for card_format in assets.formats.values():
        assert set(card_format.types) <= {"png", "jpeg"}
    assert assets.formats["square"].types == assets.formats["story"].types == ("jpeg",)


def test_kinds_and_types() -> None:
    assert KINDS == ("headline", "bullet", "quote")
    assert EXTENSIONS["jpeg"] == "jpg"
    assert MEDIA_TYPES["jpeg"] == "image/jpeg"
    assert {TYPES_BY_EXTENSION[extension] for extension in ("png", "jpg", "webp", "avif")} == set(EXTENSIONS)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("width = 1200", "width = 0", "formats.toml: wide.width: expected a whole number from 200 to 4,096, got 0"),
        ("height = 630", 'height = "630"', "formats.toml: wide.height: expected a whole number from 200 to 4,096, got '630'"),
        ("budget = 300_000", "", "formats.toml: wide.budget: expected a whole number from 1 to 100,000,000, got nothing"),
        ("left = 0", "left = -1", "formats.toml: wide.safe.left: expected a whole number from 0 to 100,000, got -1"),
        ('"jpeg"]', '"gif"]', "formats.toml: wide.types[1]: expected one of png, jpeg, webp, avif, got 'gif'"),
        (
            "source =",
            "sauce =",
            "formats.toml: wide.sauce: expected one of title, width, ",
        ),
        ('["png", "jpeg"]', "[]", "formats.toml: wide.types: expected at least one image type, got none"),
        ("top = 0", "top = 400", "formats.toml: wide.safe: expected half of the card's width and height left free, got "),
        ("alt = 420", "alt = 42", "formats.toml: wide.alt: expected a whole number from 100 to 10,000, got 42"),
        ("[wide]", "[Wide]", "formats.toml: Wide: expected a name of small letters and digits, got 'Wide'"),
    ],
)
def test_a_complaint_names_table_and_key_and_what_came(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    path = tmp_path / "formats.toml"
    path.write_text(FORMAT.replace(old, new, 1), "utf-8")
    with pytest.raises(AssetInvalid) as caught:
        load_formats(path)
    assert str(caught.value).startswith(complaint)


@pytest.mark.parametrize(
    ("kind", "slide"),
    [
        ("headline", None),
        ("carousel", None),
        ("carousel-1", 1),
        ("carousel-12", 12),
        ("carousel-13", None),
        ("carousel-01", None),
    ],
)
def test_a_slide_of_a_carousel_is_a_kind_of_its_own(kind: str, slide: int | None) -> None:
    assert slide_number(kind) == slide
    assert is_kind(kind) == (kind in KINDS or slide is not None)


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(UnknownName) as caught:
        require_known_name(KINDS, "carrousel", "kind")
    assert str(caught.value) == "kind: expected one of headline, bullet, quote, got 'carrousel'"
    assert require_known_name(KINDS, "quote", "kind") == "quote"
