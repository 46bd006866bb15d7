"""Tests storycard.design.theme and storycard.design.theme_reader; compositions have their own tests."""

import tomllib
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storycard.design.assets import Assets
from storycard.design.composition import REFERENCES
from storycard.design.composition_reader import PARTS
from storycard.design.theme import OPTIONAL_ROLES, ROLES, Theme
from storycard.design.theme_reader import ThemeTables, load_labels_table, load_theme_table, read_theme
from storycard.errors import AssetInvalid
from support.paths import ROOT

MIN_PX = 24.3  # px at 1080 wide: 9 px in a feed that shows a card 400 px wide

ROLE = """
[roles.{name}]
family = "serif"
"""
THEME = """
title = "Plain"

[families]
serif = "Broadsheet Serif"

[colours]
ground = "#ffffff"
ink = "#000000"

[cards.headline.square]
headline = { box = [76, 76, 928, 928], px = [40, 300] }
""" + "".join(ROLE.format(name=name) for name in ROLES)


def load(text: str) -> Theme:
    return read_theme("plain", tomllib.loads(text), "plain.toml")


def test_digest_changes_with_the_file() -> None:
    plain = load(THEME)
    assert (plain.name, plain.title, plain.ground) == ("plain", "Plain", "#ffffff")
    assert load(THEME.replace("#ffffff", "#fffffe")).digest != plain.digest
    assert load(THEME).digest == plain.digest


def test_role_has_defaults() -> None:
    role = load(THEME).roles["headline"]
    assert (role.style.font.weight, role.style.font.italic, role.style.tracking) == (400, False, 0)
    assert (role.min_px, role.max_px, role.max_lines) == (25, 25, 1)
    assert (role.colour, role.capitals, role.fill, role.large) == ("#000000", False, "", None)


def test_large_style_changes_only_what_it_names() -> None:
    table = THEME.replace("[roles.headline]", "[roles.headline]\ntracking = 0.01\nlarge = { leading = 0.9 }")
    role = load(table).roles["headline"]
    assert (role.style.leading, role.large.leading) == (1.2, 0.9)
    assert role.large.tracking == role.style.tracking == 0.01
    assert role.large.font == role.style.font


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('title = "Plain"', "title = 7", "plain.toml: title: expected text, got 7"),
        ('title = "Plain"', "", "plain.toml: title: expected text, got nothing"),
        ('title = "Plain"', 'titel = "Plain"', "plain.toml: titel: expected one of title, extends, "),
        ("[families]", "[family]", "plain.toml: family: expected one of title, "),
        ('serif = "Broad', 'serif = 7 # "', "plain.toml: families.serif: expected text, got 7"),
        (
            "[families]",
            "[strands.opinion.family]\n[families]",
            "plain.toml: strands.opinion.family: expected one of colours, roles, ",
        ),
        ("#ffffff", "white", "plain.toml: colours.ground: expected a colour such as '#1a2b3c', got 'white'"),
        ("#ffffff", "#fffffg", "plain.toml: colours.ground: expected a colour such as '#1a2b3c', got '#fffffg'"),
        (
            '[roles.date]\nfamily = "serif"',
            '[roles.date]\nfamily = "slab"',
            "plain.toml: roles.date.family: expected one of serif, got 'slab'",
        ),
        ("[roles.date]", "[roles.day]", "plain.toml: roles.day: expected one of kicker, "),
        ('[roles.date]\nfamily = "serif"', "", "plain.toml: roles.date: expected a table, got nothing"),
        ("[roles.date]", "[roles.date]\npx = 24", "plain.toml: roles.date.px: expected a whole number from 25 to"),
        ("[roles.date]", "[roles.date]\npx = true", "plain.toml: roles.date.px: expected a whole number from 25 to"),
        ("[roles.date]", '[roles.date]\ncolour = "gold"', "plain.toml: colours.gold: expected a colour such as '#1a2b3c', got"),
        ("[roles.date]", "[roles.date]\nlarge = { px = 30 }", "plain.toml: roles.date.large.px: expected one of tracking, "),
        (
            "[roles.date]",
            '[roles.live]\nfamily = "serif"\ncolour = "ink"\nfill = "ink"\n[roles.date]',
            "plain.toml: roles.live.colour: expected a contrast of 4.5:1 with its box of #000000, got 1.00:1",
        ),
        (
            "[roles.date]",
            "[strips.live.wide]\nheight = 60\npx = 30\n[roles.date]",
            "plain.toml: strips.live: expected a role of this name with a fill, which is the colour of the strip, got none",
        ),
        (
            "[roles.date]",
            "[strips.urgent]\n[roles.date]",
            "plain.toml: strips.urgent: expected one of live, breaking, correction",
        ),
        ("#000000", "#8a8a8a", "plain.toml: cards.headline.square.headline.ink: expected a contrast of 4.5:1 with #ffffff"),
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


def test_theme_inherits_keys_of_the_theme_it_extends(tmp_path: Path) -> None:
    (tmp_path / "plain.toml").write_text(THEME, "utf-8")
    (tmp_path / "dark.toml").write_text('extends = "plain"\n[colours]\nground = "#000000"\nink = "#ffffff"\n', "utf-8")
    (tmp_path / "darker.toml").write_text('extends = "dark"\n[roles.date]\npx = 30\n', "utf-8")
    tables = ThemeTables(tmp_path, {})
    darker = read_theme("darker", tables["darker"], "darker.toml")
    assert (darker.title, darker.ground, darker.roles["date"].min_px) == ("Plain", "#000000", 30)
    assert read_theme("plain", tables["plain"], "plain.toml") == load(THEME)


def test_file_of_a_theme_is_read_when_it_is_first_needed(tmp_path: Path) -> None:
    (tmp_path / "plain.toml").write_text(THEME, "utf-8")
    (tmp_path / "unfinished.toml").write_text("title", "utf-8")
    tables = ThemeTables(tmp_path, {})
    assert (list(tables), len(tables), "unfinished" in tables, "other" in tables) == (["plain", "unfinished"], 2, True, False)
    assert tables["plain"] is tables["plain"]
    with pytest.raises(AssetInvalid, match=r"unfinished\.toml"):
        tables["unfinished"]


def test_table_of_labels_holds_for_every_theme_that_does_not_replace_its_keys(tmp_path: Path) -> None:
    (tmp_path / "plain.toml").write_text(THEME, "utf-8")
    (tmp_path / "dark.toml").write_text('extends = "plain"\n[roles.breaking]\nfill = "ink"\n', "utf-8")
    labels = {"colours": {"red": "#d9121f", "ink": "#222222"}, "roles": {"breaking": {"family": "serif", "fill": "red"}}}
    labels["roles"]["breaking"]["colour"] = "ground"
    labels["strips"] = {"breaking": {"square": {"height": 80, "px": 40}}}
    tables = ThemeTables(tmp_path, labels)
    plain, dark = (read_theme(name, tables[name], f"{name}.toml") for name in ("plain", "dark"))
    assert [theme.roles["breaking"].fill for theme in (plain, dark)] == ["#d9121f", "#000000"]
    strip = plain.strips["breaking", "square"]
    assert (strip.height, strip.role.min_px, strip.role.fill, strip.role.colour) == (80, 40, "#d9121f", "#ffffff")
    assert ("breaking", "wide") not in plain.strips


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


def walk(table: dict | list) -> Iterator[tuple[dict | list, str | int]]:
    for key, value in table.items() if isinstance(table, dict) else enumerate(table):
        yield table, key
        if isinstance(value, dict | list):
            yield from walk(value)


def test_no_theme_has_type_too_small_for_a_feed(assets: Assets) -> None:
    for theme in assets.themes.values():
        for (_, shape), compositions in theme.compositions.items():
            for composition in compositions:
                roles = [part.role for part in composition.parts.values()]
                roles += [role for row in composition.rows for role in row.items.values()]
                assert min(role.min_px for role in roles) * 1080 / REFERENCES[shape].width >= MIN_PX


def test_every_theme_has_every_kind_of_card_in_every_shape(assets: Assets) -> None:
    for theme in assets.themes.values():
        assert set(theme.compositions) == {(kind, shape) for kind in PARTS for shape in REFERENCES}


def test_theme_of_the_benchmark_is_valid(assets: Assets) -> None:
    path = ROOT / "tests" / "benchmarks" / "peers.toml"
    theme = read_theme("peers", load_theme_table(path, assets.theme_tables, load_labels_table(assets.folder)), path.name)
    assert {part.role.max_px for part in theme.compositions["question", "wide"][0].parts.values()} == {60, 28}


def test_every_font_of_every_theme_exists(assets: Assets) -> None:
    for theme in assets.themes.values():
        for role in theme.roles.values():
            assert assets.fonts.match(role.style.font).path.is_file()
