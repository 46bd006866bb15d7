"""Tests labels on cards: strips that the rest of a card gives way to, the pill of a live story, and paid content."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest

from storycard.article import Article, ArticleImage, PullQuote
from storycard.design.assets import Assets
from storycard.design.composition import shape_of
from storycard.layout.card import lay_out
from storycard.layout.scene import Rect, Rule, Scene, Text
from support.card_faults import faults
from support.photographs import photo

ARTICLE = Article(
    id="labels",
    headline="The ferry stays in port until the wind drops, and nobody says when",
    kicker="Ferries",
    language="en-GB",
    published_at=datetime.fromisoformat("2026-11-03T09:00:00+02:00"),
    updated_at=datetime.fromisoformat("2026-11-03T14:05:00+02:00"),
    bullets=("Two boats of three are being repaired.",),
    quotes=(PullQuote("We wait for the tide, and the tide waits for nobody.", "Ruth Pellow", "baker"),),
    image=ArticleImage(credit="Ana Lima"),
    canonical_url="https://ferries.example/storm",
)
FORMATS = ("og", "square", "story", "pin")


def scenes(article: Article, assets: Assets, kind: str = "headline") -> Iterator[tuple[str, str, Scene]]:
    """Yields the card of a kind in every theme and some formats, with its name and its format's."""
    for theme, name, picture in itertools.product(assets.themes, FORMATS, (None, photo("dusk"))):
        context = assets.render_context(article, theme, photo=picture)
        scene = lay_out(article, kind, assets.formats[name], context, assets.fonts)
        yield f"{theme} {name} {picture is not None}", name, scene


def label_of(scene: Scene) -> Text:
    (label,) = (text for text in scene.texts if text.role == "label")
    return label


def strip_of(scene: Scene) -> Rule:
    return next(
        rule for rule in reversed(scene.rules) if rule.rect.width == scene.width and rule.rect.contains(label_of(scene).box)
    )


@pytest.mark.parametrize("label", ["breaking", "correction"])
def test_strip_crosses_the_card_and_everything_is_below_it(label: str, assets: Assets) -> None:
    wrong = []
    article = replace(ARTICLE, label=label)
    for card, name, scene in scenes(article, assets):
        card_format = assets.formats[name]
        strip = strip_of(scene).rect
        below = [text.box for text in scene.texts if text.role != "label"] + [logo.rect for logo in scene.logos]
        below += [scene.photograph.rect] if scene.photograph and not scene.photograph.radius else []
        if (strip.x, strip.y) != (0, card_format.safe.top):
            wrong.append(f"{card}: the strip is at {strip}")
        if min(box.y for box in below) < strip.bottom:
            wrong.append(f"{card}: something is above the strip's lower edge")
        wrong += [f"{card}: {fault}" for fault in faults(scene, card_format, assets.themes[card.split()[0]], "en", assets)]
    assert wrong == []


def test_first_thing_keeps_most_of_its_margin_below_a_strip(assets: Assets) -> None:
    gaps = {}
    for card, _, scene in scenes(replace(ARTICLE, label="breaking"), assets):
        strip, unit = strip_of(scene).rect, scene.width / 1080
        others = [text.box for text in scene.texts if text.role != "label"]
        # What hangs from the card's edge hangs from the strip.
        others += [rule.rect for rule in scene.rules if rule.rect.y not in (0, strip.bottom) and rule.rect != strip]
        first = min(box.y for box in others if box.y >= strip.bottom)
        gaps[card] = (first - strip.bottom) / unit
    assert {card: gap for card, gap in gaps.items() if "False" in card and not 15 <= gap <= 65} == {}


def test_correction_is_a_thinner_strip_and_never_red(assets: Assets) -> None:
    breaking, correction = (list(scenes(replace(ARTICLE, label=label), assets)) for label in ("breaking", "correction"))
    for (card, _, red), (_, _, ink) in zip(breaking, correction, strict=True):
        red_strip, ink_strip = strip_of(red), strip_of(ink)
        assert red_strip.colour == "#d9121f", card
        assert ink_strip.colour == assets.themes[card.split()[0]].roles["correction"].fill != red_strip.colour
        assert ink_strip.rect.height < red_strip.rect.height


def test_live_label_is_a_red_pill_with_a_dot_and_the_time(assets: Assets) -> None:
    wrong = []
    for card, name, scene in scenes(replace(ARTICLE, label="live"), assets):
        label = label_of(scene)
        pill, dot = (rule for rule in scene.rules if rule.rect.height < 0.2 * scene.width and rule.radius >= rule.rect.height / 2)
        if (label.text, label.truncated) != ("LIVE 14:05", False):
            wrong.append(f"{card}: {label.text}")
        if pill.colour != "#d9121f" or not (pill.rect.contains(label.box) and pill.rect.contains(dot.rect)):
            wrong.append(f"{card}: {pill} {dot}")
        wrong += [
            f"{card}: {fault}" for fault in faults(scene, assets.formats[name], assets.themes[card.split()[0]], "en", assets)
        ]
    assert wrong == []


def test_live_label_stands_above_short_headlines_too(assets: Assets) -> None:
    for name in ("og", "x", "square"):
        for theme in assets.themes:
            article = replace(ARTICLE, headline="Rates rise", label="live")
            scene = lay_out(article, "headline", assets.formats[name], assets.render_context(article, theme), assets.fonts)
            headline = next(text for text in scene.texts if text.role == "headline")
            assert label_of(scene).box.bottom <= headline.box.y, f"{theme} {name}"


def test_kicker_that_does_not_fit_behind_a_label_is_left_out(assets: Assets) -> None:
    live = replace(ARTICLE, label="live", kicker="Ferries, harbours and the weather of the outer isles")
    scene = lay_out(live, "headline", assets.formats["og"], assets.render_context(live, "broadsheet"), assets.fonts)
    assert "kicker" not in {text.role for text in scene.texts}
    long = replace(
        assets.languages.of("en"), labels=assets.languages.of("en").labels | {"live": "Follow all of it as it happens"}
    )
    context = replace(assets.render_context(live, "broadsheet"), language=long)
    assert "14:05" not in label_of(lay_out(live, "headline", assets.formats["og"], context, assets.fonts)).text


def test_slides_after_the_cover_have_the_label_before_the_kicker(assets: Assets) -> None:
    breaking = replace(ARTICLE, label="breaking")
    context = assets.render_context(breaking, "bulletin")
    cover, fact = (lay_out(breaking, f"carousel-{number}", assets.formats["square"], context, assets.fonts) for number in (1, 2))
    assert strip_of(cover).rect.width == cover.width
    assert not [rule for rule in fact.rules if rule.rect.width == fact.width]
    assert label_of(fact).box.y > 60


def test_paid_content_looks_the_same_in_every_theme(assets: Assets) -> None:
    paid = replace(ARTICLE, paid=True, label="breaking")
    for kind in ("headline", "bullet", "quote", "carousel-1", "carousel-4"):
        by_format: dict[str, Scene] = {}
        for card, name, scene in scenes(paid, assets, kind):
            plain = by_format.setdefault(name, scene._replace(photo_note=""))
            assert scene._replace(photo_note="") == plain, card
            assert scene.photo_note in ("", "paid content has no photograph")
            assert not scene.photograph
            assert not scene.logos
            roles = [text.role for text in scene.texts]
            assert roles.count("label") == 1
            assert not {"brand", "name", "kicker", "date", "credit"} & set(roles)
            assert ("number" in roles) == kind.startswith("carousel")
        for name, scene in by_format.items():
            card_format = assets.formats[name]
            assert list(faults(scene, card_format, assets.themes["civic"], "en", assets)) == [], f"{kind} {name}"


def test_paid_content_has_a_ground_that_no_theme_has(assets: Assets) -> None:
    for theme in assets.themes.values():
        grounds = {each.ground for (kind, _), several in theme.compositions.items() for each in several if kind != "paid"}
        (paid,) = theme.compositions["paid", "square"]
        assert paid.ground not in grounds


def test_every_headline_has_a_place_for_the_label(assets: Assets) -> None:
    missing = [
        (theme.name, kind, shape, number)
        for theme in assets.themes.values()
        for (kind, shape), compositions in theme.compositions.items()
        for number, composition in enumerate(compositions)
        if kind in ("headline", "photo") and not any({"kicker", "label"} & set(row.items) for row in composition.rows)
    ]
    assert missing == []


def test_nothing_is_seen_above_a_strip(assets: Assets) -> None:
    article = replace(ARTICLE, label="breaking")
    scene = lay_out(article, "headline", assets.formats["story"], assets.render_context(article, "nightdesk"), assets.fonts)
    strip = strip_of(scene).rect
    assert shape_of(scene.width, scene.height) == "tall"
    assert Rule(Rect(0, 0, scene.width, strip.y), scene.background) in scene.rules


def test_label_is_whole_in_every_language_beside_a_nameplate(assets: Assets) -> None:
    tags = sorted(path.stem for path in (assets.folder / "languages").glob("*.toml") if path.stem != "others")
    cut = []
    for tag in tags:
        live = replace(ARTICLE, language=tag, label="live", headline=assets.languages.of(tag).labels["read"])
        label = label_of(lay_out(live, "headline", assets.formats["og"], assets.render_context(live, "broadsheet"), assets.fonts))
        cut += [f"{tag}: {label.text}"] if label.truncated or label.missing_glyphs else []
    assert cut == []
