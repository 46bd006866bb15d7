"""Tests storycard.layout.figure_card: a key fact composed around its leading figure, in every theme and shape."""

import itertools
from dataclasses import replace

import pytest

from storycard.article import Article
from storycard.describing.alt_text import alt_text
from storycard.design.assets import Assets
from storycard.layout.card import lay_out
from storycard.layout.scene import Scene, Text
from support.card_faults import faults
from support.paths import THEMES

FACTS = {
    "figure": "£1.9bn was taken out of the school repair fund between 2019 and 2024.",
    "unit": "4,200 homes stayed dry while the tide outside stood 3.1 metres above normal.",
    "prefix": "Fewer than 300 people came to the first public hearing on the gates.",
    "inside": "Rents are up 37% in the harbour quarter since the barrier opened.",
    "share": "3 in 10 flats built since the barrier opened stand empty, the city’s own count shows.",
}
PLAIN = "The quays are cracked from the waterline down, and older than the railway."
LONG = (
    FACTS["figure"][:-1]
    + ", while the council looked on and said nothing about roofs that had leaked for years, in all of its schools."
)


def scene_of(fact: str, assets: Assets, article: Article, theme: str = "broadsheet", format_name: str = "square") -> Scene:
    article = replace(article, bullets=(fact,))
    return lay_out(article, "bullet", assets.formats[format_name], assets.render_context(article, theme), assets.fonts)


def texts_of(scene: Scene, role: str) -> list[Text]:
    return [text for text in scene.texts if text.role == role]


@pytest.mark.parametrize("theme", THEMES)
def test_figure_is_on_one_line_and_larger_than_everything_else(theme: str, assets: Assets, samples: dict[str, Article]) -> None:
    for name, fact in FACTS.items():
        for card_format in assets.formats.values():
            scene = scene_of(fact, assets, samples["harbour-barriers"], theme, card_format.name)
            context = assets.render_context(samples["harbour-barriers"], theme)
            (figure,) = texts_of(scene, "figure")
            where = theme, name, card_format.name
            assert len(figure.lines) == 1, where
            assert figure.font_px == max(text.font_px for text in scene.texts), where
            assert list(faults(scene, card_format, context.theme, "en", assets)) == [], where


def test_figure_and_the_rest_are_the_whole_fact(assets: Assets, samples: dict[str, Article]) -> None:
    scene = scene_of(FACTS["prefix"], assets, samples["harbour-barriers"])
    said = [
        " ".join(placed.line.text for placed in text.lines)
        for role in ("unit", "figure", "rest")
        for text in texts_of(scene, role)
    ]
    assert said == ["Fewer than", "people", "300", "came to the first public hearing on the gates."]


@pytest.mark.parametrize("theme", THEMES)
def test_words_of_deep_and_high_letters_do_not_touch_the_figure(theme: str, assets: Assets, samples: dict[str, Article]) -> None:
    article = replace(
        samples["harbour-barriers"], language="ar", bullets=("1.4 مليون زائر دخلوا المتحف الجديد منذ افتتاحه في الخريف.",)
    )
    for card_format in assets.formats.values():
        context = assets.render_context(article, theme)
        scene = lay_out(article, "bullet", card_format, context, assets.fonts)
        assert texts_of(scene, "unit"), card_format.name
        assert list(faults(scene, card_format, context.theme, "ar", assets)) == [], card_format.name


def test_alternative_text_is_the_whole_sentence(assets: Assets, samples: dict[str, Article]) -> None:
    article = replace(samples["harbour-barriers"], bullets=(FACTS["unit"],))
    scene = scene_of(FACTS["unit"], assets, article)
    assert FACTS["unit"] in alt_text(scene, article, assets.render_context(article, "broadsheet"), 1000)


def test_unit_is_beside_the_figure_where_the_card_is_wide_and_below_it_in_a_disc(
    assets: Assets, samples: dict[str, Article]
) -> None:
    for theme, below in (("broadsheet", False), ("nightdesk", True)):
        scene = scene_of(FACTS["unit"], assets, samples["harbour-barriers"], theme, "og")
        (figure,), (unit,) = texts_of(scene, "figure"), texts_of(scene, "unit")
        assert unit.font_px < figure.font_px / 2
        if below:
            assert unit.box.y > figure.last_baseline
        else:
            assert unit.last_baseline == figure.last_baseline
            assert unit.box.x > figure.box.right


@pytest.mark.parametrize("theme", THEMES)
def test_share_has_a_tally_between_figure_and_rest(theme: str, assets: Assets, samples: dict[str, Article]) -> None:
    plain = scene_of(FACTS["figure"], assets, samples["harbour-barriers"], theme)
    scene = scene_of(FACTS["share"], assets, samples["harbour-barriers"], theme)
    marks = [rule for rule in scene.rules if rule not in plain.rules and rule.rect.y >= texts_of(scene, "figure")[0].box.bottom]
    assert len(marks) == 10
    filled, empty = marks[:3], marks[3:]
    assert len({(rule.colour, rule.outline) for rule in filled}) == 1
    assert {(rule.colour, rule.outline) for rule in empty}.isdisjoint((rule.colour, rule.outline) for rule in filled)
    assert all(one.rect.right < other.rect.x for one, other in itertools.pairwise(marks))
    assert texts_of(scene, "rest")[0].box.y > marks[0].rect.bottom


def test_figure_card_is_mirrored(assets: Assets, samples: dict[str, Article]) -> None:
    article = replace(samples["harbour-barriers"], language="ar")
    scene = scene_of("بلغ العجز ٣٧٪ من ميزانية المدينة هذا العام، وفق أرقام نشرها المجلس.", assets, article, "frontline")
    (figure,) = texts_of(scene, "figure")
    assert figure.box.right > 0.85 * scene.width


@pytest.mark.parametrize("fact", [PLAIN, LONG])
def test_fact_without_a_figure_or_with_a_long_rest_is_set_whole(fact: str, assets: Assets, samples: dict[str, Article]) -> None:
    scene = scene_of(fact, assets, samples["harbour-barriers"], format_name="og")
    assert not texts_of(scene, "figure")
    assert texts_of(scene, "bullet")[0].text == fact
