"""scene: which rows of a card are nothing but its ground."""

from dataclasses import replace

import pytest

from storycard.article import Article, ArticleImage
from storycard.design.assets import Assets
from storycard.design.kinds import KINDS
from storycard.layout.card import lay_out
from storycard.layout.scene import Rect, Rows, Rule, Scene, Watermark
from storycard.painting.rgb import paint
from support.photographs import photo

EMPTY = Scene(1080, 1920, "#ffffff", photograph=None, scrim=None, rules=(), logos=(), texts=())


def ruled(*rects: Rect) -> Scene:
    return EMPTY._replace(rules=tuple(Rule(rect, "#000000") for rect in rects))


def test_blank_is_what_things_leave() -> None:
    assert EMPTY.blank == [Rows(0, 1920)]
    assert ruled(Rect(0, 300, 10, 20), Rect(50, 100, 10, 50)).blank == [Rows(0, 100), Rows(150, 300), Rows(320, 1920)]
    assert ruled(Rect(0, 0, 10, 900), Rect(50, 100, 10, 50)).blank == [Rows(900, 1920)]
    assert ruled(Rect(0, 0, 10, 900), Rect(0, 900, 10, 1020)).blank == []
    assert ruled(Rect(0, 100.4, 10, 50.2))._replace(watermark=Watermark(None, 90, "#000000")).blank == []


@pytest.mark.parametrize("picture", [None, "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_on_blank_rows_there_is_one_colour(kind: str, picture: str | None, assets: Assets, samples: dict[str, Article]) -> None:
    photograph = photo(picture) if picture else None
    blank = 0
    for theme in assets.themes:
        for article in samples.values():
            credited = article if photograph is None else replace(article, image=ArticleImage(credit="Marta Brandt"))
            context = assets.render_context(credited, theme, photo=photograph)
            for card_format in assets.formats.values():
                scene = lay_out(credited, kind, card_format, context, assets.fonts)
                image = paint(scene, assets.logo, photograph).image
                for band in scene.blank:
                    rows = image.crop((0, band.top, scene.width, band.bottom))
                    assert len(rows.getcolors()) == 1, f"{theme} {article.id} {card_format.name}: {band}"
                    blank += band.bottom - band.top
    assert blank
