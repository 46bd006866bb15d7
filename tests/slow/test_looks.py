"""Tests what cards look like as numbers: how full they are, and that themes and kinds are told apart by their structure."""

import itertools
import statistics
from collections import Counter, defaultdict

import pytest

from storycard.design.assets import Assets
from storycard.design.kinds import KINDS
from storycard.layout.scene import Scene
from support.looks import FIGURE, HIGH, LOW, TEXTS, difference, filled, mask_of, overlap, scene_of, squint

pytestmark = pytest.mark.slow

SHORT_FIGURE = "1 in 5 children starts school hungry."
LONG_FIGURE = "4,200 homes stayed dry while the tide outside the five steel gates stood 3.1 metres above normal."
FIGURES = {"short": SHORT_FIGURE, "medium": FIGURE, "long": LONG_FIGURE}
KEPT, MEAN_OVERLAP, MOST_OVERLAP = 0.95, 0.55, 0.85
NAMED, TOLD = 0.95, 0.85  # of the cards: their theme, and their kind


def test_main_text_fills_cards_of_every_length(assets: Assets) -> None:
    shares = []
    for theme, length, kind, name in itertools.product(assets.themes, TEXTS["en"], KINDS, assets.formats):
        safe = assets.formats[name].safe
        scene = scene_of(TEXTS["en"][length], kind, name, theme, assets)
        shares.append(filled(scene, kind, safe.top + safe.bottom))
    assert sum(LOW <= share <= HIGH for share in shares) >= KEPT * len(shares)


def test_main_texts_of_no_two_themes_stand_alike(assets: Assets) -> None:
    overlaps: dict[tuple[str, str], list[float]] = defaultdict(list)
    for length, kind, name in itertools.product(TEXTS["en"], KINDS, ("og", "square")):
        scenes = {theme: scene_of(TEXTS["en"][length], kind, name, theme, assets) for theme in assets.themes}
        masks = {theme: mask_of(scene, kind) for theme, scene in scenes.items()}
        for pair in itertools.combinations(masks, 2):
            overlaps[pair].append(overlap(masks[pair[0]], masks[pair[1]]))
    means = {pair: statistics.mean(found) for pair, found in overlaps.items()}
    assert statistics.mean(means.values()) <= MEAN_OVERLAP
    assert max(means.values()) <= MOST_OVERLAP, means


def test_half_closed_eyes_name_the_theme_and_the_kind(assets: Assets) -> None:
    """Each card looks most like one with a text of another length: of the same theme, and of the same kind."""
    seen = {key: squint(scene, assets) for key, scene in scenes_of(assets).items()}
    named: Counter[str] = Counter()
    for (theme, kind, length), picture in seen.items():
        others = {key: difference(picture, other) for key, other in seen.items() if key[2] != length}
        nearest = min(others, key=others.__getitem__)
        named.update(theme=nearest[0] == theme, kind=nearest[1] == kind)
    assert named["theme"] >= NAMED * len(seen)
    assert named["kind"] >= TOLD * len(seen)


def scenes_of(assets: Assets) -> dict[tuple[str, str, str], Scene]:
    """Returns square cards by theme, kind and length: headlines, key facts, quotes and figures."""
    scenes = {}
    for theme, length in itertools.product(assets.themes, FIGURES):
        headline, fact, quote = TEXTS["en"][length]
        for kind in KINDS:
            scenes[theme, kind, length] = scene_of((headline, fact, quote), kind, "square", theme, assets)
        figure = headline, FIGURES[length], quote
        scenes[theme, "figure", length] = scene_of(figure, "bullet", "square", theme, assets)
    return scenes
