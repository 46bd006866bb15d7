"""theme: a TOML file into a Theme, and complaints that say where, what was expected and what came."""

from pathlib import Path

import pytest

from storycard.assets import Assets
from storycard.errors import AssetInvalid
from storycard.theme import ROLES, load_theme

SMALLEST = 24.3  # px at 1080 wide: 9 px in a feed that shows a card 400 px wide

ROLE = """
[roles.{name}]
family = "serif"
min_px = 26
max_px = 40
"""
THEME = """
title = "Plain"
brand = "Storycard"
mark = "storycard"
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


def load(tmp_path: Path, text: str) -> object:
    path = tmp_path / "plain.toml"
    path.write_text(text, "utf-8")
    return load_theme(path)


def test_a_theme_is_named_after_its_file_and_changes_digest_with_it(tmp_path: Path) -> None:
    plain = load(tmp_path, THEME)
    assert (plain.name, plain.title, plain.gaps, plain.ornaments["top"].px) == ("plain", "Plain", (16, 32, 64), 6)
    assert load(tmp_path, THEME.replace("#ffffff", "#fffffe")).digest != plain.digest
    assert load(tmp_path, THEME).digest == plain.digest


def test_what_a_role_leaves_out_is_plain(tmp_path: Path) -> None:
    role = load(tmp_path, THEME).roles["headline"]
    assert (role.style.font.weight, role.style.font.italic, role.style.tracking, role.max_lines) == (400, False, 0, 1)
    assert (role.colour, role.capitals) == ("#000000", False)


def test_sizes_are_steps_of_the_scale_in_the_card_s_own_px(tmp_path: Path) -> None:
    theme = load(tmp_path, THEME)
    assert theme.sizes(theme.roles["headline"], 1.0) == (26, 32, 40)
    assert theme.sizes(theme.roles["headline"], 0.5) == (13, 16, 20)


def test_a_format_may_set_a_role_larger(tmp_path: Path) -> None:
    theme = load(tmp_path, THEME + "[formats.story]\nheadline = { max_px = 48, max_lines = 9 }\n")
    larger = theme.role("headline", "story")
    assert (larger.min_px, larger.max_px, larger.max_lines) == (26, 48, 9)
    assert theme.role("headline", "og") is theme.roles["headline"]
    assert theme.role("deck", "story") is theme.roles["deck"]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('title = "Plain"', "title = 7", "plain.toml: title: expected text, got 7"),
        ('brand = "Storycard"', "", "plain.toml: brand: expected text, got nothing"),
        ("mark_px = 40", "mark_px = -1", "plain.toml: mark_px: expected a whole number, 0 or more, got -1"),
        ("margin = 0.07", 'margin = "7 %"', "plain.toml: margin: expected a number, got '7 %'"),
        ("scale = [26, 32", "scale = [32, 26", "plain.toml: scale: expected whole numbers, rising, got list of 4"),
        ("scale = [26, 32, 40, 48]", "scale = []", "plain.toml: scale: expected whole numbers, rising, got list of 0"),
        ("[families]", "[family]", "plain.toml: families: expected a table, got nothing"),
        ('serif = "Noto', 'serif = 7 # "', "plain.toml: families.serif: expected text, got 7"),
        ("#ffffff", "white", "plain.toml: colours.ground: expected a colour such as '#1a2b3c', got 'white'"),
        ("#ffffff", "#fffffg", "plain.toml: colours.ground: expected a colour such as '#1a2b3c', got '#fffffg'"),
        (
            '[roles.deck]\nfamily = "serif"',
            '[roles.deck]\nfamily = "slab"',
            "plain.toml: roles.deck.family: expected one of families: serif, got 'slab'",
        ),
        ("[roles.deck]", "[roles.desk]", "plain.toml: roles.deck: expected a table, got nothing"),
        (
            '[roles.deck]\nfamily = "serif"\nmin_px = 26',
            '[roles.deck]\nfamily = "serif"\nmin_px = true',
            "plain.toml: roles.deck.min_px: expected a whole number, 0 or more, got True",
        ),
        (
            '[roles.deck]\nfamily = "serif"\nmin_px = 26\nmax_px = 40',
            '[roles.deck]\nfamily = "serif"\nmin_px = 27\nmax_px = 31',
            "plain.toml: roles.deck: expected a step of scale between min_px and max_px, got 27 to 31",
        ),
        (
            "[ornaments.top]",
            '[ornaments.top]\ncolour = "gold"',
            "plain.toml: colours.gold: expected a colour such as '#1a2b3c', got nothing",
        ),
        (
            "[ornaments.top]",
            "[formats.og]\ndeck = { leading = 2 }\n[ornaments.top]",
            "plain.toml: formats.og.deck.leading: expected one of min_px, max_px, max_lines, got leading",
        ),
    ],
)
def test_a_complaint_names_file_and_key_and_what_came(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    assert old in THEME
    with pytest.raises(AssetInvalid) as caught:
        load(tmp_path, THEME.replace(old, new, 1))
    assert str(caught.value) == complaint


def test_no_theme_sets_type_too_small_to_read_in_a_feed(assets: Assets) -> None:
    for theme in assets.themes.values():
        for format_name in assets.formats:
            assert min(min(theme.sizes(theme.role(name, format_name), 1.0)) for name in ROLES) >= SMALLEST


def test_every_family_of_every_theme_is_there(assets: Assets) -> None:
    for theme in assets.themes.values():
        for role in theme.roles.values():
            assert assets.fonts.match(role.style.font).path.is_file()
