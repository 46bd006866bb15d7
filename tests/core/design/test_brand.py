"""Tests storycard.design.brand, and the designs that a brand's sections get."""

from dataclasses import replace
from pathlib import Path

import pytest

from storycard.article import Article
from storycard.design.assets import Assets
from storycard.design.brand import Brand, load_brand
from storycard.errors import AssetInvalid

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}"/>'
POST = """
title = "The Post"
theme = "broadsheet"
marks = { light = "wide.svg", dark = "square.svg" }
photo_credit = "Photo: {credit}"

[sections.Sport]
theme = "bulletin"

[sections."flood defences".colours]
accent = "#14603f"
"""


@pytest.fixture
def load(tmp_path: Path):
    """Returns a function that loads a brand's TOML from a folder with logos."""
    (tmp_path / "wide.svg").write_text(SVG.format(size="300 100"), "utf-8")
    (tmp_path / "square.svg").write_text(SVG.format(size="10,10"), "utf-8")
    (tmp_path / "bare.svg").write_text("<svg/>", "utf-8")
    (tmp_path / "thin.svg").write_text(SVG.format(size="300 1"), "utf-8")

    def read(text: str) -> Brand:
        (tmp_path / "post.toml").write_text(text, "utf-8")
        return load_brand(tmp_path / "post.toml", tmp_path)

    return read


def test_reads_brand_and_its_logos(load) -> None:
    post = load(POST)
    assert (post.name, post.title, post.theme, post.is_default, post.old_after_days) == (
        "post",
        "The Post",
        "broadsheet",
        False,
        365,
    )
    assert (post.light.file, post.light.ratio, post.dark.file, post.dark.ratio) == ("wide.svg", 3.0, "square.svg", 1.0)


def test_single_logo_serves_light_and_dark_backgrounds(load) -> None:
    one = load(POST.replace(', dark = "square.svg"', ""))
    assert one.dark == one.light
    none = load(POST.replace('marks = { light = "wide.svg", dark = "square.svg" }', ""))
    assert (none.light, none.dark) == (None, None)


def test_finds_section_in_any_case_by_first_known_name(load) -> None:
    post = load(POST)
    assert post.section("", "SPORT").theme == "bulletin"
    assert post.section("Flood Defences").colours == {"accent": "#14603f"}
    assert post.section("Culture", "") is None


def test_digest_changes_with_a_logo_file(load, tmp_path: Path) -> None:
    before = load(POST).digest
    (tmp_path / "wide.svg").write_text(SVG.format(size="301 100"), "utf-8")
    assert load(POST).digest != before


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('title = "The Post"', "", "post.toml: title: expected text, got nothing"),
        ('title = "The Post"', 'titel = "The Post"', "post.toml: titel: expected one of title, site, "),
        (
            '"wide.svg"',
            '"../post.toml"',
            "post.toml: marks.light: expected an .svg or .png file in assets/marks, got '../post.toml'",
        ),
        ('"wide.svg"', '"none.svg"', "post.toml: marks.light: expected an .svg or .png file in assets/marks, got 'none.svg'"),
        ('"wide.svg"', '"bare.svg"', "marks/bare.svg: expected an SVG with a viewBox, or a PNG, got neither"),
        ('"wide.svg"', '"thin.svg"', "marks/thin.svg: expected a width 0.1 to 20 times the height, got 300 by 1"),
        ("light =", "pale =", "post.toml: marks.pale: expected one of light, dark"),
        ("{credit}", "credit", "post.toml: photo_credit: expected text that has {credit} once"),
        (
            "#14603f",
            "green",
            "post.toml: sections.flood defences.colours.accent: expected a colour such as '#1a2b3c', got 'green'",
        ),
    ],
)
def test_error_names_file_key_and_value(old: str, new: str, message: str, load) -> None:
    assert old in POST
    with pytest.raises(AssetInvalid) as caught:
        load(POST.replace(old, new, 1))
    assert str(caught.value).startswith(message)


def test_section_changes_colours_or_theme(assets: Assets, samples: dict[str, Article]) -> None:
    article = replace(samples["harbour-barriers"], kicker="")
    brand = assets.brand("The Harbour Post")
    accents = {
        section: assets.render_context(replace(article, section=section)).theme.roles["kicker"].colour
        for section in ("", "Flood defences", "elsewhere")
    }
    assert accents == {"": "#0f5c7a", "Flood defences": "#14603f", "elsewhere": "#0f5c7a"}
    assert brand.section("sport").theme == "bulletin"
    assert assets.render_context(replace(article, section="Sport")).theme.name == "bulletin"


def test_named_theme_replaces_theme_of_section(assets: Assets, samples: dict[str, Article]) -> None:
    context = assets.render_context(replace(samples["harbour-barriers"], section="Sport"), "civic")
    assert (context.theme.name, context.theme.roles["kicker"].colour) == ("civic", "#0b4fa8")


def test_unknown_brand_follows_rules_of_default_brand(assets: Assets) -> None:
    default, unknown = assets.brand(""), assets.brand("Міський вісник")
    assert (unknown.title, unknown.light, unknown.site) == ("Міський вісник", None, "")
    assert unknown.photo_credit == default.photo_credit
    assert assets.brand("THE HARBOUR POST").name == assets.brand("harbour-post").name == "harbour-post"
