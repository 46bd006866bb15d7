"""brand: a newsroom's table and marks into a Brand, and which design its sections get."""

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
    """Reads a brand's table beside two marks."""
    (tmp_path / "wide.svg").write_text(SVG.format(size="300 100"), "utf-8")
    (tmp_path / "square.svg").write_text(SVG.format(size="10,10"), "utf-8")
    (tmp_path / "bare.svg").write_text("<svg/>", "utf-8")
    (tmp_path / "thin.svg").write_text(SVG.format(size="300 1"), "utf-8")

    def read(text: str) -> Brand:
        (tmp_path / "post.toml").write_text(text, "utf-8")
        return load_brand(tmp_path / "post.toml", tmp_path)

    return read


def test_a_brand_is_named_after_its_file_and_knows_its_marks(load) -> None:
    post = load(POST)
    assert (post.name, post.title, post.theme, post.is_default, post.old_after_days) == (
        "post",
        "The Post",
        "broadsheet",
        False,
        365,
    )
    assert (post.light.file, post.light.ratio, post.dark.file, post.dark.ratio) == ("wide.svg", 3.0, "square.svg", 1.0)


def test_one_mark_serves_both_grounds_and_none_neither(load) -> None:
    one = load(POST.replace(', dark = "square.svg"', ""))
    assert one.dark == one.light
    none = load(POST.replace('marks = { light = "wide.svg", dark = "square.svg" }', ""))
    assert (none.light, none.dark) == (None, None)


def test_a_section_is_known_in_any_case_and_by_its_kicker(load) -> None:
    post = load(POST)
    assert post.section("", "SPORT").theme == "bulletin"
    assert post.section("Flood Defences").colours == {"accent": "#14603f"}
    assert post.section("Culture", "") is None


def test_a_mark_drawn_anew_is_another_brand(load, tmp_path: Path) -> None:
    before = load(POST).digest
    (tmp_path / "wide.svg").write_text(SVG.format(size="301 100"), "utf-8")
    assert load(POST).digest != before


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
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
def test_a_complaint_names_file_and_key_and_what_came(old: str, new: str, complaint: str, load) -> None:
    assert old in POST
    with pytest.raises(AssetInvalid) as caught:
        load(POST.replace(old, new, 1))
    assert str(caught.value).startswith(complaint)


def test_a_section_has_its_colours_or_its_theme(assets: Assets, samples: dict[str, Article]) -> None:
    article = replace(samples["harbour-barriers"], kicker="")
    brand = assets.brand("The Harbour Post")
    accents = {
        section: assets.render_context(replace(article, section=section)).theme.roles["kicker"].colour
        for section in ("", "Flood defences", "elsewhere")
    }
    assert accents == {"": "#0f5c7a", "Flood defences": "#14603f", "elsewhere": "#0f5c7a"}
    assert brand.section("sport").theme == "bulletin"
    assert assets.render_context(replace(article, section="Sport")).theme.name == "bulletin"


def test_a_theme_asked_for_by_name_goes_before_the_section_s(assets: Assets, samples: dict[str, Article]) -> None:
    context = assets.render_context(replace(samples["harbour-barriers"], section="Sport"), "civic")
    assert (context.theme.name, context.theme.roles["kicker"].colour) == ("civic", "#0b4fa8")


def test_a_newsroom_without_a_kit_has_its_name_and_the_default_s_rules(assets: Assets) -> None:
    default, unknown = assets.brand(""), assets.brand("Міський вісник")
    assert (unknown.title, unknown.light, unknown.site) == ("Міський вісник", None, "")
    assert unknown.photo_credit == default.photo_credit
    assert assets.brand("THE HARBOUR POST").name == assets.brand("harbour-post").name == "harbour-post"
