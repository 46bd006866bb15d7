"""Tests storycard.design.theme and storycard.design.theme_reader."""

import tomllib
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storycard.design.assets import Assets
from storycard.design.theme import OPTIONAL_ROLES, ROLES, Theme
from storycard.design.theme_reader import load_theme_tables, read_theme
from storycard.errors import AssetInvalid

MIN_PX = 24.3  # px at 1080 wide: 9 px in a feed that shows a card 400 px wide

ROLE = """
[roles.{name}]
family = "serif"
min_px = 26
max_px = 40
"""
THEME = """
title = "Plain"
mark_px = 40
margin = 0.07
gaps = [16, 32, 64]
scale = [26, 32, 40, 48]

[families]
serif = "Noto Serif Display"

[colours]
ground = "#ffffff"
ink = "#000000"

[ornaments.top]
px = 6
""" + "".join(ROLE.format(name=name) for name in ROLES)


def load(text: str) -> Theme:
    return read_theme("plain", tomllib.loads(text), "plain.toml")


def test_digest_changes_with_the_file() -> None:
    plain = load(THEME)
    assert (plain.name, plain.title, plain.gaps, plain.ornaments["top"].px) == ("plain", "Plain", (16, 32, 64), 6)
    assert load(THEME.replace("#ffffff", "#fffffe")).digest != plain.digest
    assert load(THEME).digest == plain.digest


def test_role_has_defaults() -> None:
    role = load(THEME).roles["headline"]
    assert (role.style.font.weight, role.style.font.italic, role.style.tracking, role.max_lines) == (400, False, 0, 1)
    assert (role.colour, role.capitals) == ("#000000", False)


def test_sizes_are_steps_of_the_scale_in_px_of_the_card() -> None:
    theme = load(THEME)
    assert theme.sizes(theme.roles["headline"], 1.0) == (26, 32, 40)
    assert theme.sizes(theme.roles["headline"], 0.5) == (13, 16, 20)


def test_format_overrides_sizes_of_a_role() -> None:
    theme = load(THEME + "[formats.story]\nheadline = { max_px = 48, max_lines = 9 }\n")
    larger = theme.role("headline", "story")
    assert (larger.min_px, larger.max_px, larger.max_lines) == (26, 48, 9)
    assert theme.role("headline", "og") is theme.roles["headline"]
    assert theme.role("deck", "story") is theme.roles["deck"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('title = "Plain"', "title = 7", "plain.toml: title: expected text, got 7"),
        ('title = "Plain"', "", "plain.toml: title: expected text, got nothing"),
        ('title = "Plain"', 'titel = "Plain"', "plain.toml: titel: expected one of title, extends, "),
        ("mark_px = 40", "mark_px = -1", "plain.toml: mark_px: expected a whole number from 0 to 100,000, got -1"),
        ("margin = 0.07", 'margin = "7 %"', "plain.toml: margin: expected a number from 0.02 to 0.2, got '7 %'"),
        (
            "scale = [26, 32",
            "scale = [32, 26",
            "plain.toml: scale: expected whole numbers in ascending order, got list of 4",
        ),
        (
            "scale = [26, 32, 40, 48]",
            "scale = []",
            "plain.toml: scale: expected whole numbers in ascending order, got list of 0",
        ),
        ("[families]", "[family]", "plain.toml: family: expected one of title, "),
        ('serif = "Noto', 'serif = 7 # "', "plain.toml: families.serif: expected text, got 7"),
        ("#ffffff", "white", "plain.toml: colours.ground: expected a colour such as '#1a2b3c', got 'white'"),
        ("#ffffff", "#fffffg", "plain.toml: colours.ground: expected a colour such as '#1a2b3c', got '#fffffg'"),
        (
            '[roles.deck]\nfamily = "serif"',
            '[roles.deck]\nfamily = "slab"',
            "plain.toml: roles.deck.family: expected one of serif, got 'slab'",
        ),
        ("[roles.deck]", "[roles.desk]", "plain.toml: roles.desk: expected one of kicker, "),
        ('[roles.deck]\nfamily = "serif"\nmin_px = 26\nmax_px = 40', "", "plain.toml: roles.deck: expected a table, got nothing"),
        (
            '[roles.deck]\nfamily = "serif"\nmin_px = 26',
            '[roles.deck]\nfamily = "serif"\nmin_px = 24',
            "plain.toml: roles.deck.min_px: expected 25 or more",
        ),
        ("px = 6", "px = 6\nwidth = 7", "plain.toml: ornaments.top.width: expected one of px, length, colour, bleed, got a key"),
        ("gaps = [16, 32, 64]", "gaps = [16, 32]", "plain.toml: gaps: expected three whole numbers in ascending order, got 2"),
        ("[families]", 'anchor = "left"\n[families]', "plain.toml: anchor: expected one of top, bottom, got 'left'"),
        ("[families]", 'strip = "ink"\n[families]', "plain.toml: roles.brand.colour: expected"),
        (
            "#000000",
            "#8a8a8a",
            "plain.toml: roles.kicker.colour: expected a contrast of 4.5:1 with #ffffff behind it, got 3.45:1",
        ),
        ("[colours]", '[photo]\nwide = "left"\n[colours]', "plain.toml: photo.wide: expected one of none, beside, behind, above"),
        (
            "[colours]",
            '[photo]\nkinds = ["cover"]\n[colours]',
            "plain.toml: photo.kinds[0]: expected one of headline, bullet, quote",
        ),
        ("[colours]", '[formats.og]\nphoto = "left"\n[colours]', "plain.toml: formats.og.photo: expected one of none, beside, "),
        (
            '[roles.deck]\nfamily = "serif"\nmin_px = 26',
            '[roles.deck]\nfamily = "serif"\nmin_px = true',
            "plain.toml: roles.deck.min_px: expected a whole number from 0 to 100,000, got True",
        ),
        (
            '[roles.deck]\nfamily = "serif"\nmin_px = 26\nmax_px = 40',
            '[roles.deck]\nfamily = "serif"\nmin_px = 27\nmax_px = 31',
            "plain.toml: roles.deck.max_px: expected a step of scale from min_px to max_px, got 27 to 31",
        ),
        (
            "[ornaments.top]",
            '[ornaments.top]\ncolour = "gold"',
            "plain.toml: colours.gold: expected a colour such as '#1a2b3c', got nothing",
        ),
        (
            "[ornaments.top]",
            "[formats.og]\ndeck = { leading = 2 }\n[ornaments.top]",
            "plain.toml: formats.og.deck.leading: expected one of min_px, max_px, max_lines, got a key",
        ),
    ],
)
def test_error_names_file_key_and_value(old: str, new: str, message: str) -> None:
    assert old in THEME
    with pytest.raises(AssetInvalid) as caught:
        load(THEME.replace(old, new, 1))
    assert str(caught.value).startswith(message)


def test_optional_roles_take_the_style_of_another_role() -> None:
    theme = load(THEME)
    assert {name: theme.roles[name] for name in OPTIONAL_ROLES} == {
        name: theme.roles[like] for name, like in OPTIONAL_ROLES.items()
    }


def test_background_of_a_role_is_its_box_or_the_footer_band() -> None:
    theme = load(
        THEME.replace('ink = "#000000"', 'ink = "#000000"\nblue = "#99ccff"').replace("[families]", 'strip = "blue"\n[families]')
        + '[roles.label]\nfamily = "serif"\nmin_px = 26\nmax_px = 40\ncolour = "ground"\nfill = "ink"\n'
    )
    grounds = {name: theme.background_of(name) for name in ("headline", "brand", "date", "number", "label")}
    blue = "#99ccff"
    assert grounds == {"headline": "#ffffff", "brand": blue, "date": blue, "number": blue, "label": "#000000"}


def test_large_type_needs_less_contrast() -> None:
    pale = THEME.replace('ink = "#000000"', 'ink = "#000000"\npale = "#888888"').replace("48]", "48, 64, 72]")
    large = '[roles.headline]\nfamily = "serif"\ncolour = "pale"\nmin_px = 64\nmax_px = 72'
    small = large.replace("min_px = 64", "min_px = 48")
    plain = '[roles.headline]\nfamily = "serif"\nmin_px = 26\nmax_px = 40'
    assert load(pale.replace(plain, large)).roles["headline"].colour == "#888888"
    with pytest.raises(AssetInvalid, match=r"roles.headline.colour: expected a contrast of 4.5:1 with #ffffff"):
        load(pale.replace(plain, small))


def test_theme_inherits_keys_of_the_theme_it_extends(tmp_path: Path) -> None:
    (tmp_path / "plain.toml").write_text(THEME, "utf-8")
    (tmp_path / "dark.toml").write_text('extends = "plain"\n[colours]\nground = "#000000"\nink = "#ffffff"\n', "utf-8")
    (tmp_path / "darker.toml").write_text('extends = "dark"\n[ornaments.top]\npx = 8\n', "utf-8")
    tables = load_theme_tables(tmp_path)
    darker = read_theme("darker", tables["darker"], "darker.toml")
    assert (darker.title, darker.background, darker.ornaments["top"].px) == ("Plain", "#000000", 8)
    assert read_theme("plain", tables["plain"], "plain.toml") == load(THEME)


WIDE, SQUARE, TALL = ("og", "x", "linkedin"), ("square", "portrait", "tall"), ("story", "pin")


def test_photo_placement_depends_on_shape_of_format(assets: Assets) -> None:
    theme = load(THEME + '[photo]\nwide = "beside"\nsquare = "behind"\ntall = "above"\n[formats.pin]\nphoto = "behind"\n')
    placements = {name: theme.placement("headline", assets.formats[name]) for name in (*WIDE, *SQUARE, *TALL)}
    assert placements == dict.fromkeys(WIDE, "beside") | dict.fromkeys(SQUARE, "behind") | {"story": "above", "pin": "behind"}
    assert {theme.placement("bullet", card_format) for card_format in assets.formats.values()} == {"none"}


@settings(max_examples=150)
@given(
    path=st.integers(0, 10_000), value=st.sampled_from([None, True, -1, 0, 7, 1e308, float("nan"), "", "x", "#fff", [], [1], {}])
)
def test_any_replaced_value_is_read_or_rejected(path: int, value: object, assets: Assets) -> None:
    table = deepcopy(dict(assets.theme_tables["civic"]))
    places = list(walk(table))
    parent, key = places[path % len(places)]
    parent[key] = value
    with suppress(AssetInvalid):
        read_theme("civic", table, "civic.toml")


def walk(table: dict) -> Iterator[tuple[dict, str]]:
    for key, value in table.items():
        yield table, key
        if isinstance(value, dict):
            yield from walk(value)


def test_no_theme_has_type_too_small_for_a_feed(assets: Assets) -> None:
    for theme in assets.themes.values():
        for format_name in assets.formats:
            assert min(min(theme.sizes(theme.role(name, format_name), 1.0)) for name in theme.roles) >= MIN_PX


def test_every_font_of_every_theme_exists(assets: Assets) -> None:
    for theme in assets.themes.values():
        for role in theme.roles.values():
            assert assets.fonts.match(role.style.font).path.is_file()
