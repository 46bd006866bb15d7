"""A stored article, its photo and the assets into the version that names its cards, and into the cards."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from adapters.photos import PhotoRecord
from adapters.settings import Settings
from storycard.article import Article
from storycard.assets import Assets, load_assets
from storycard.identity import card_version

if TYPE_CHECKING:
    from storycard.render import Card, CardSet


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that decides the pixels of an article's cards, and the version that stands for it."""

    article: Article
    photo: PhotoRecord | None
    version: str


@cache
def assets_in(folder: Path) -> Assets:
    """The assets of this process, loaded once."""
    return load_assets(folder)


def drawing_of(settings: Settings, article: Article, photo: PhotoRecord | None) -> Drawing:
    """The drawing of an article with the photo that was fetched for it; one that could not be used is none."""
    photo = photo if photo and photo.sha256 else None
    return Drawing(article, photo, card_version(article, assets_in(settings.assets_dir), settings.theme))


def draw_card(settings: Settings, drawing: Drawing, kind: str, format_name: str, image_type: str) -> "Card":
    """One card. Raises CardSkipped when this article has no such card."""
    from storycard.render import render_card  # Pillow, HarfBuzz and ICU: not on the way of an answer that S3 has ready

    assets = assets_in(settings.assets_dir)
    return render_card(drawing.article, kind, format_name, assets, theme=settings.theme, image_type=image_type)


def draw_set(settings: Settings, drawing: Drawing, *, preview: bool = False) -> "CardSet":
    """The whole set; a preview is marked as one."""
    from storycard.render import render_set

    return render_set(drawing.article, assets_in(settings.assets_dir), theme=settings.theme)
