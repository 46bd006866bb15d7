"""Collects what determines an article's cards, computes their version, and renders them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from adapters.config.settings import Settings
from publishing.photos import PhotoRecord, photo_bytes
from storycard.article import Article
from storycard.design.assets import Assets, load_assets
from storycard.design.kinds import may_show_photo
from storycard.identity import card_version

if TYPE_CHECKING:
    from storycard.card_set import Card, CardSet
    from storycard.photo import Photo


@dataclass(frozen=True, slots=True)
class RenderJob:
    """Everything that determines the pixels of an article's cards, and the version, which is its hash."""

    article: Article
    photo: PhotoRecord | None
    today: date  # dates of earlier years show the year
    version: str


def assets_in(settings: Settings) -> Assets:
    """Returns the assets, loaded once per process."""
    return _assets(settings.assets_dir, settings.brand)


@cache
def _assets(folder: Path, brand: str) -> Assets:
    return load_assets(folder, brand)


def render_job_for(settings: Settings, article: Article, photo: PhotoRecord | None) -> RenderJob:
    """Builds the job that renders the article today; a photo that could not be used counts as none."""
    photo = photo if photo and photo.sha256 else None
    today = datetime.now(UTC).date()
    sha256 = photo.sha256 if photo else ""
    version = card_version(article, assets_in(settings), settings.theme, photo_sha256=sha256, today=today)
    return RenderJob(article, photo, today, version)


def draw_card(
    settings: Settings,
    job: RenderJob,
    kind: str,
    format_name: str,
    image_type: str,
    *,
    preview: bool = False,
    width: int | None = None,
) -> "Card":
    """Renders one card, with a watermark if it is a preview, or its thumbnail of `width` px.

    Raises CardSkipped if this article has no such card.
    """
    from storycard.render import render_card  # loads Pillow, HarfBuzz and ICU, which a response from S3 does not need

    return render_card(
        job.article,
        kind,
        format_name,
        assets_in(settings),
        theme=settings.theme,
        image_type=image_type,
        photo=_photo(settings.bucket, job) if may_show_photo(kind) else None,
        today=job.today,
        preview=preview,
        width=width,
    )


def draw_set(settings: Settings, job: RenderJob, **choice: Any) -> "CardSet":
    """Renders the whole set, or the part that `choice` selects with `render_set`'s kinds, formats, image_type and preview."""
    from storycard.render import render_set

    assets, photo = assets_in(settings), _photo(settings.bucket, job)
    return render_set(job.article, assets, theme=settings.theme, photo=photo, today=job.today, **choice)


def _photo(bucket: str, job: RenderJob) -> "Photo | None":
    if job.photo is None or job.article.image is None:
        return None
    from storycard.photo import open_photo

    return open_photo(photo_bytes(bucket, job.photo), job.article.image.focal_point, job.article.image.crop)
