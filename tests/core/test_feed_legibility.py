"""Tests storycard.commands.feed_legibility: which themes have letters that a feed shows."""

import re
from dataclasses import replace
from typing import Any

import pytest

from storycard.commands.feed_legibility import check_in_feed
from storycard.design.assets import Assets
from storycard.design.theme import Theme
from storycard.design.theme_reader import read_theme, strands_of
from storycard.errors import AssetInvalid
from storycard.toml_reader import merge
from support.import_graph import find_modules, read_imports
from support.paths import ROOT


def changed(assets: Assets, name: str, changes: dict[str, Any]) -> Theme:
    return read_theme(name, merge(assets.theme_tables[name], changes), f"{name}.toml")


@pytest.mark.slow
def test_every_theme_can_be_read_in_a_feed(assets: Assets) -> None:
    for theme in assets.themes.values():
        check_in_feed(theme, assets, f"{theme.name}.toml")
    for name, table in assets.theme_tables.items():
        for strand, changes in strands_of(table).items():
            check_in_feed(changed(assets, name, changes), assets, f"{name}.toml with strands.{strand}")


@pytest.mark.parametrize(
    ("name", "changes", "message"),
    [
        # a weight that is too thin
        (
            "civic",
            {"roles": {"date": {"weight": 400}}},
            r"cards\.\w+\.wide\.rows\.date: .* got 2\.\d\d:1 for . at 28 px; ",
        ),
        # a colour that is too pale, although it has the 4.5:1 of WCAG
        ("civic", {"colours": {"soft": "#697480"}}, r"cards\.\w+\.wide\.(rows\.date|speaker): .* for . at \d\d px; "),
        # a colour whose thin strokes have 3:1 only before their coverage is rounded to six levels
        ("broadsheet", {"colours": {"soft": "#544c42"}}, r"cards\.headline\.wide\.rows\.date: .* got 2\.\d\d:1 for и at 28 px; "),
        # a smallest size that is too small, of a part, a label and a strip
        (
            "broadsheet",
            {"cards": {"quote": {"square": {"quote": {"px": [28, 460]}}}}},
            r"cards\.quote\.square\.quote: .* for . at 28 px; ",
        ),
        (
            "bulletin",
            {
                "colours": {"alarm": "#df2029"},
                "roles": {"breaking": {"weight": 400}},
                "strips": {"breaking": {"wide": {"px": 25}}},
            },
            r"strips\.breaking\.wide: ",
        ),
    ],
)
def test_refuses_letters_that_a_feed_loses(name: str, changes: dict[str, Any], message: str, assets: Assets) -> None:
    with pytest.raises(AssetInvalid) as caught:
        check_in_feed(changed(assets, name, changes), assets, "evening.toml")
    assert re.match(rf"evening\.toml: {message}", str(caught.value)), str(caught.value)
    assert "expected strokes with a contrast of 3:1 in a feed 400 px wide" in str(caught.value)
    assert "give it more weight, a larger smallest size, or more contrast" in str(caught.value)


@pytest.mark.parametrize(("family", "letters"), [("Noto Nastaliq Urdu", "[اہل]"), ("Frank Ruhl Libre", "[מט]")])
def test_refuses_scripts_whose_small_text_a_feed_loses(family: str, letters: str, assets: Assets) -> None:
    fallbacks = tuple(item._replace(small=True) if item.family == family else item for item in assets.fonts.fallbacks)
    thin = replace(assets, fonts=replace(assets.fonts, fallbacks=fallbacks))
    with pytest.raises(AssetInvalid, match=rf"cards\.\w+\.wide\.\S+: .* for {letters} at 28 px"):
        check_in_feed(thin.themes["weekend"], thin, "weekend.toml")


def test_only_the_command_line_imports_it() -> None:
    imports = read_imports(find_modules(ROOT / "layers/storycard") | find_modules(ROOT / "functions"))
    assert [name for name, names in imports.items() if "storycard.commands.feed_legibility" in names] == [
        "storycard.commands.theme"
    ]
