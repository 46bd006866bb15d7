"""assets: a folder into everything a card is drawn with besides the article."""

from pathlib import Path

import pytest

from storycard.assets import DEFAULT_THEME, Assets, load_assets
from storycard.errors import AssetInvalid, UnknownName
from storycard.text.fonts import load_fonts


def test_the_default_theme_stands_in_for_none(assets: Assets) -> None:
    assert assets.theme(None) is assets.theme(DEFAULT_THEME)


def test_an_unknown_theme_lists_the_known_ones(assets: Assets) -> None:
    with pytest.raises(UnknownName, match=r"^theme: expected one of .*broadsheet.*, got 'brodsheet'$"):
        assets.theme("brodsheet")


def test_a_mark_is_as_high_as_asked_for_and_covers_something(assets: Assets) -> None:
    for theme in assets.themes.values():
        mask = assets.mark_mask(theme.mark, 40)
        assert (mask.mode, mask.height) == ("L", 40)
        assert mask.getextrema()[1] == 255


def test_nothing_is_opened_before_it_is_drawn(assets: Assets, tmp_path: Path) -> None:
    (tmp_path / "fonts.toml").write_bytes((assets.folder / "fonts" / "fonts.toml").read_bytes())
    assert load_fonts(tmp_path).digest == assets.fonts.digest  # none of its files is there


@pytest.mark.parametrize("file", ["formats.toml", "fonts/fonts.toml", "themes/plain.toml"])
def test_a_file_that_is_not_toml_is_named(file: str, tmp_path: Path) -> None:
    (tmp_path / "themes").mkdir()
    (tmp_path / "fonts").mkdir()
    (tmp_path / "formats.toml").touch()
    (tmp_path / file).write_bytes(b"title = \xff")
    with pytest.raises(AssetInvalid, match=rf"^{Path(file).name}: expected TOML in UTF-8, got "):
        load_assets(tmp_path)
