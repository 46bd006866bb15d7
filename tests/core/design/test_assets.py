"""Tests storycard.design.assets: loading a folder, and choosing brand and theme of an article."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from storycard.article import Article
from storycard.design.assets import Assets, load_assets
from storycard.errors import AssetInvalid, UnknownName
from storycard.identity import card_version
from storycard.text.fonts.reader import load_fonts

ARTICLE = Article(id="a", headline="Barriers held", language="en")


@pytest.fixture
def folder(assets: Assets, tmp_path: Path) -> Path:
    """Copies the assets without the font files."""
    for name in ("themes", "brands", "marks", "languages"):
        shutil.copytree(assets.folder / name, tmp_path / name)
    (tmp_path / "fonts").mkdir()
    for name in ("formats.toml", "labels.toml", "fonts/fonts.toml"):
        shutil.copy(assets.folder / name, tmp_path / name)
    return tmp_path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_unknown_theme_lists_known_themes(assets: Assets) -> None:
    with pytest.raises(UnknownName, match=r"^theme: expected one of .*broadsheet.*, got 'brodsheet'$"):
        assets.render_context(ARTICLE, "brodsheet")


def test_argument_replaces_default_brand(folder: Path) -> None:
    usual, other = load_assets(folder), load_assets(folder, "harbour-post")
    assert (usual.brand("").name, other.brand("").name) == ("storycard", "harbour-post")
    assert card_version(ARTICLE, usual) != card_version(ARTICLE, other)
    with pytest.raises(AssetInvalid, match=r"^brand: expected one of assets/brands: harbour-post, storycard, got 'harbor-post'$"):
        load_assets(folder, "harbor-post")


def test_named_theme_replaces_theme_of_brand(assets: Assets) -> None:
    assert assets.render_context(ARTICLE).theme.name == assets.brand("").theme
    assert assets.render_context(ARTICLE, "bulletin").theme.name == "bulletin"


def test_finds_brand_by_name_or_title_in_any_case(assets: Assets) -> None:
    post = assets.brands["harbour-post"]
    assert assets.brand("harbour-post") is assets.brand("The HARBOUR Post") is post
    assert assets.brand("").is_default


def test_unknown_brand_has_its_title_and_no_logo(assets: Assets) -> None:
    brand = assets.brand("The Inland Herald")
    assert (brand.title, brand.light, brand.dark, brand.site) == ("The Inland Herald", None, None, "")


def test_section_sets_theme_and_colours(assets: Assets) -> None:
    article = replace(ARTICLE, brand="harbour-post")
    assert assets.render_context(replace(article, section="Sport")).theme.name == "bulletin"
    plain, section = assets.render_context(article).theme, assets.render_context(replace(article, kicker="Flood defences")).theme
    assert plain.roles["kicker"].colour != section.roles["kicker"].colour
    assert plain.ground == section.ground


def test_section_colours_apply_only_to_its_usual_theme(assets: Assets) -> None:
    article = replace(ARTICLE, brand="harbour-post", kicker="Flood defences")
    assert assets.render_context(article, "bulletin").theme.roles == assets.themes["bulletin"].roles


def test_brand_changes_leave_theme_of_others_alone(assets: Assets) -> None:
    own = assets.render_context(replace(ARTICLE, brand="harbour-post")).theme
    assert own.roles["kicker"].colour == "#0f5c7a"
    assert assets.render_context(ARTICLE).theme.roles["kicker"].colour == assets.themes["broadsheet"].roles["kicker"].colour


def test_every_section_of_every_brand_has_a_valid_theme(assets: Assets) -> None:
    for brand in assets.brands.values():
        for section in ("", *brand.sections):
            assets.render_context(replace(ARTICLE, brand=brand.name, section=section))


def test_loading_reads_no_theme_before_it_is_needed(folder: Path) -> None:
    change(folder / "themes" / "civic.toml", "Commissioner", "Comic")
    loaded = load_assets(folder)
    assert "civic" in loaded.themes
    assert loaded.render_context(ARTICLE, "nightdesk").theme == loaded.themes["nightdesk"]
    with pytest.raises(AssetInvalid, match=r"^civic\.toml: roles\.kicker\.family: expected a family of fonts\.toml: "):
        loaded.render_context(ARTICLE, "civic")


def test_loading_opens_no_font(folder: Path, assets: Assets) -> None:
    assert load_assets(folder).fonts.digest == assets.fonts.digest  # though the folder has no font file
    assert load_fonts(folder / "fonts").digest == assets.fonts.digest


@pytest.mark.parametrize("file", ["formats.toml", "fonts/fonts.toml", "themes/plain.toml", "brands/storycard.toml"])
def test_names_file_that_is_not_toml(file: str, folder: Path) -> None:
    (folder / file).write_bytes(b"title = \xff")
    with pytest.raises(AssetInvalid, match=rf"^{Path(file).name}: expected TOML in UTF-8, got "):
        load_assets(folder).themes["plain"]


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("themes/civic.toml", "Commissioner", "Comic", "civic.toml: roles.kicker.family: expected a family of fonts.toml: "),
        ("themes/civic.toml", "title =", 'extends = "civic"\ntitle =', "civic.toml: extends: expected one of broadsheet, "),
        ("themes/civic.toml", "title =", 'extends = "none"\ntitle =', "civic.toml: extends: expected one of broadsheet, "),
        ("brands/storycard.toml", "default = true", "", "brands: expected one brand with default = true, got none"),
        (
            "brands/harbour-post.toml",
            "one_colour",
            "default = true #",
            "brands: expected one brand with default = true, got harb",
        ),
        ("brands/storycard.toml", '"broadsheet"', '"daily"', "storycard.toml: theme: expected one of broadsheet, "),
        ("brands/harbour-post.toml", '"bulletin"', '"daily"', "harbour-post.toml: sections.sport.theme: expected one of "),
        ("brands/harbour-post.toml", "themes.broadsheet", "themes.daily", "harbour-post.toml: themes.daily: expected one of "),
        ("brands/storycard.toml", "storycard.svg", "../a.toml", "storycard.toml: marks.light: expected an .svg or .png file"),
        ("brands/storycard.toml", "{credit}", "Photo", "storycard.toml: photo_credit: expected text that has {credit} once"),
        ("brands/storycard.toml", "old_after_days", "old_after", "storycard.toml: old_after: expected one of title, "),
        (
            "marks/storycard.svg",
            "viewBox",
            "viewbox",
            "marks/storycard.svg: expected an SVG with a viewBox, or a PNG, got neither",
        ),
    ],
)
def test_error_names_file_and_key(file: str, old: str, new: str, message: str, folder: Path) -> None:
    change(folder / file, old, new)
    with pytest.raises(AssetInvalid) as caught:
        tuple(load_assets(folder).themes.values())
    assert str(caught.value).startswith(message)


def test_rejects_themes_that_extend_each_other(folder: Path) -> None:
    change(folder / "themes" / "broadsheet.toml", "title =", 'extends = "civic"\ntitle =')
    change(folder / "themes" / "civic.toml", "title =", 'extends = "broadsheet"\ntitle =')
    with pytest.raises(AssetInvalid, match=r"^broadsheet\.toml: extends: expected one of|^civic\.toml: extends: expected one of"):
        load_assets(folder).themes["broadsheet"]
