"""Tests the strands of themes: a brand's sections give articles such as opinion a composition of their own."""

import itertools
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from storycard.article import Article, ArticleImage
from storycard.design.assets import Assets, load_assets
from storycard.design.theme import Theme
from storycard.design.theme_reader import strands_of
from storycard.errors import AssetInvalid
from storycard.identity import card_version
from storycard.layout.card import lay_out
from storycard.layout.scene import Scene
from support.card_faults import faults
from support.photographs import photo

BRAND = """
title = "The Tide"
theme = "broadsheet"

[sections.Opinion]
strand = "opinion"

[sections."Long reads"]
theme = "weekend"
strand = "long-read"

[sections.Investigations]
theme = "nightdesk"
strand = "investigation"
colours = { accent = "#8fd3ff" }

[sections.Letters]
strand = "letters"

[themes.broadsheet.strands.letters.cards.headline.square]
headline = { box = [76, 282, 600, 684], px = [52, 480], lines = 9, anchor = "top", align = "start" }
"""
SECTIONS = {"Opinion": "broadsheet", "Long reads": "weekend", "Investigations": "nightdesk", "Letters": "broadsheet"}
HEADLINES = {
    "en": ("Rates rise", "The ferry stays in port until the wind drops, and nobody on the quay will say when that might be"),
    "ar": ("أسعار ترتفع", "تبقى العبّارة في الميناء حتى تهدأ الرياح، ولا أحد على الرصيف يقول متى قد يكون ذلك"),
    "ja": ("金利上昇", "風がやむまで連絡船は港にとどまり、それがいつになるのか、岸壁の誰も言おうとしない"),
    "th": ("ดอกเบี้ยขึ้น", "เรือข้ามฟากยังจอดอยู่ในท่าจนกว่าลมจะสงบ และไม่มีใครบนท่าเรือบอกได้ว่าเมื่อไร"),
}
ARTICLE = Article(id="tide", headline=HEADLINES["en"][1], kicker="Ferries", language="en", image=ArticleImage(credit="Ana Lima"))


def folder_with(brand: str, assets: Assets, folder: Path) -> Path:
    """Copies the assets, without the font files, and adds a brand `tide`."""
    for name in ("themes", "brands", "marks", "languages"):
        shutil.copytree(assets.folder / name, folder / name)
    (folder / "fonts").mkdir()
    for name in ("formats.toml", "labels.toml", "fonts/fonts.toml"):
        shutil.copy(assets.folder / name, folder / name)
    (folder / "brands" / "tide.toml").write_text(brand, "utf-8")
    return folder


@pytest.fixture(scope="module")
def newsroom(assets: Assets, tmp_path_factory: pytest.TempPathFactory) -> Assets:
    """Returns the assets with a brand that has sections for the strands; fonts are opened where they are."""
    read = load_assets(folder_with(BRAND, assets, tmp_path_factory.mktemp("newsroom")), "tide")
    return replace(read, fonts=assets.fonts)


def lay_out_in(section: str, article: Article, kind: str, format_name: str, assets: Assets, picture: bool = False) -> Scene:
    context = assets.render_context(replace(article, section=section), photo=photo("dusk") if picture else None)
    return lay_out(article, kind, assets.formats[format_name], context, assets.fonts)


def look(scene: Scene) -> object:
    """Returns what shows where a headline stands: its first line's place, its type, and what is drawn around it."""
    (headline,) = (text for text in scene.texts if text.role == "headline")
    font = headline.lines[0].line.runs[0].font.style
    return headline.lines[0].x, headline.font_px, font, scene.background, scene.rules, scene.photograph


def test_section_gives_headlines_another_composition(newsroom: Assets) -> None:
    same = []
    for section, theme in SECTIONS.items():
        formats = ("square",) if section == "Letters" else ("og", "square", "story")
        pictures = (False,) if section == "Letters" else (False, True)
        plain = replace(newsroom, brands={"tide": replace(newsroom.brand("tide"), sections={}, theme=theme)})
        for name, picture in itertools.product(formats, pictures):
            strand, usual = (lay_out_in(section, ARTICLE, "headline", name, each, picture) for each in (newsroom, plain))
            if look(strand) == look(usual) or (picture and not strand.photograph):
                same.append(f"{section} {name} {picture}")
    assert same == []


def test_section_without_a_strand_and_other_kinds_look_as_ever(newsroom: Assets, assets: Assets) -> None:
    article = replace(ARTICLE, bullets=("Two boats of three are being repaired in the yard at Port Ellen.",))
    for section, kind in (("", "headline"), ("Sport", "headline"), ("Opinion", "bullet"), ("Letters", "bullet")):
        assert lay_out_in(section, article, kind, "og", newsroom).rules == lay_out_in("", article, kind, "og", assets).rules


def test_section_has_colours_besides_its_strand(newsroom: Assets) -> None:
    scene = lay_out_in("Investigations", ARTICLE, "headline", "square", newsroom)
    assert {rule.colour for rule in scene.rules} == {"#8fd3ff"}


def test_named_theme_replaces_the_strand_of_a_section(newsroom: Assets) -> None:
    opinion = replace(ARTICLE, section="Opinion")
    assert newsroom.render_context(opinion, "civic").theme.compositions == newsroom.themes["civic"].compositions


def test_strand_is_part_of_the_version(newsroom: Assets) -> None:
    versions = {card_version(replace(ARTICLE, kicker=kicker), newsroom) for kicker in ("Opinion", "Letters", "Ferries")}
    assert len(versions) == 3


def test_cards_of_strands_have_no_faults(newsroom: Assets) -> None:
    found = []
    formats = ("og", "square", "pin")
    for section, (language, headlines) in itertools.product(SECTIONS, HEADLINES.items()):
        for headline, name, picture in itertools.product(headlines, formats, (False, True)):
            article = replace(ARTICLE, headline=headline, language=language)
            theme: Theme = newsroom.render_context(replace(article, section=section)).theme
            scene = lay_out_in(section, article, "headline", name, newsroom, picture)
            problems = list(faults(scene, newsroom.formats[name], theme, language, newsroom))
            problems += [f"truncated: {text.text}" for text in scene.texts if text.truncated]
            found += [f"{section} {language} {name} {picture}: {problem}" for problem in problems]
    assert found == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'strand = "opinion"',
            'strand = "letter"',
            "tide.toml: sections.opinion.strand: expected a strand of the theme broadsheet: ",
        ),
        (
            'theme = "weekend"',
            'theme = "civic"',
            "tide.toml: sections.long reads.strand: expected a strand of the theme civic: it ",
        ),
    ],
)
def test_unknown_strand_is_refused_with_those_of_its_theme(
    old: str, new: str, message: str, assets: Assets, tmp_path: Path
) -> None:
    assert old in BRAND
    with pytest.raises(AssetInvalid) as caught:
        load_assets(folder_with(BRAND.replace(old, new), assets, tmp_path))
    assert str(caught.value).startswith(message)


def test_at_least_two_themes_have_strands(assets: Assets) -> None:
    assert sorted(name for name, table in assets.theme_tables.items() if strands_of(table)) == [
        "broadsheet",
        "nightdesk",
        "weekend",
    ]
