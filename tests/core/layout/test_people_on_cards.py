"""Tests where the layout places pictures of people, with their heads as a detector would find them."""

import itertools
from dataclasses import replace

import pytest

from storycard.design.assets import Assets
from storycard.layout.card import lay_out
from storycard.photo.crop import Subject
from support.paths import ASSETS
from support.people import ARTICLE, Person, covers_of, heads_on, is_whole, overlap, people
from support.photographs import opened

THEMES = sorted(path.stem for path in (ASSETS / "themes").glob("*.toml"))
HEADROOM = 0.08  # of the head's height


@pytest.mark.parametrize(("number", "person"), [pytest.param(*each, id=each[1].name) for each in enumerate(people())])
def test_heads_are_whole_and_clear_of_type_on_every_card(number: int, person: Person, assets: Assets) -> None:
    middle = person.heads[0]
    point = (middle.left + middle.right) / 2, (middle.top + middle.bottom) / 2
    photo = replace(opened(person.data), subject=Subject(point, person.heads, "faces"))
    faults = []
    themes = THEMES[number % 2 :: 2]  # every other theme for each picture; `make faces` draws all of them
    for theme, card_format in itertools.product(themes, assets.formats.values()):
        scene = lay_out(ARTICLE, "headline", card_format, assets.render_context(ARTICLE, theme, photo=photo), assets.fonts)
        covers = covers_of(scene)
        assert scene.photograph
        main_heads = photo.subject.main_heads
        for place, (head, marked) in enumerate(zip(heads_on(scene, photo, main_heads), main_heads, strict=True)):
            if not is_whole(head, scene.photograph.rect):
                faults.append(f"{theme} {card_format.name}: head {place} is cut")
            there = head.height * marked.top / (marked.bottom - marked.top)  # room above the head in the picture
            if head.y - scene.photograph.rect.y < min(HEADROOM * head.height, there) - 1:
                faults.append(f"{theme} {card_format.name}: head {place} has too little room above it")
            if any(overlap(head, cover) > 0.03 for cover in covers):
                faults.append(f"{theme} {card_format.name}: head {place} is covered")
    assert faults == []
