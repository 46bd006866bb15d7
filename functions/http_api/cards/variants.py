"""Renders an article with an editor's changes: a variant, whose cards share one version."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from typing import TYPE_CHECKING

from adapters.config.settings import Settings
from adapters.storage.card_store import CardPlace
from http_api.cards.edit import Edit, apply_edit
from http_api.cards.order_photo import chosen_photo
from publishing.cards.publish import Manifest, store_cards
from publishing.cards.render_job import RenderJob, assets_in, draw_set, render_job_for
from publishing.photos import PhotoRecord
from publishing.takedown import require_still_public
from storycard.article import Article

if TYPE_CHECKING:
    from storycard.card_set import Card, CardSet


@dataclass(frozen=True, slots=True)
class Part:
    """The formats of a variant that show the same changes, the job that renders them, and the settings with their theme."""

    settings: Settings
    job: RenderJob
    formats: tuple[str, ...]


def edited_photo(
    bucket: str, article_id: str, edit: Edit, format_name: str | None, usual: PhotoRecord | None
) -> PhotoRecord | None:
    """Returns the photograph of a format, or of the formats without changes of their own. Raises ArticleInvalid."""
    own = edit.format_changes.get(format_name or "", {})
    field = f"format_changes.{format_name}.photo" if "photo" in own else "photo"
    return chosen_photo(bucket, article_id, edit.changes_in(format_name or ""), usual, field)


def plan_variant(
    settings: Settings, article: Article, edit: Edit, photo: PhotoRecord | None, formats: tuple[str, ...] | None
) -> list[Part]:
    """Returns the parts of a variant in these formats, or in all: those with changes of their own come last, one by one.

    Raises ArticleInvalid naming the change that is invalid.
    """

    def part(own: str | None, names: tuple[str, ...]) -> Part:
        design = replace(settings, theme=edit.theme_in(own) or settings.theme)
        changed = apply_edit(article, edit, own)
        return Part(design, render_job_for(design, changed, edited_photo(settings.bucket, article.id, edit, own, photo)), names)

    names = formats or tuple(assets_in(settings).formats)
    shared = tuple(name for name in names if name not in edit.format_changes)
    parts = [part(None, shared)] if shared else []
    parts += [part(name, (name,)) for name in names if name in edit.format_changes]
    if len(parts) == 1:
        return parts
    versions = sorted((name, part.job.version) for part in parts for name in part.formats)
    version = hashlib.sha256(json.dumps(versions).encode()).hexdigest()[:16]
    return [replace(part, job=replace(part.job, version=version)) for part in parts]


def store_variant(parts: list[Part], *, kinds: tuple[str, ...], image_type: str) -> "CardSet":
    """Renders and stores all parts, and returns their cards as they are stored in one set."""
    stored = []
    for part in parts:
        drawn = draw_set(part.settings, part.job, kinds=kinds, formats=part.formats, image_type=image_type)
        cards, notices = store_cards(part.settings, part.job, drawn.cards)
        stored.append(drawn._replace(cards=cards, notices=drawn.notices + notices))
    return _joined(stored)._replace(version=parts[0].job.version)


def make_variant(
    settings: Settings,
    article: Article,
    edit: Edit,
    photo: PhotoRecord | None,
    formats: tuple[str, ...] | None,
    *,
    kinds: tuple[str, ...],
    image_type: str,
    now: datetime,
) -> Manifest:
    """Renders and stores a variant of a public article, and returns its manifest.

    Raises ArticleInvalid naming the change that is invalid, ArticleWithdrawn or ArticleUnknown if it is no longer public.
    """
    from storycard.manifest import build_manifest  # loads Pillow, HarfBuzz and ICU, which most requests do not need

    card_set = store_variant(plan_variant(settings, article, edit, photo, formats), kinds=kinds, image_type=image_type)
    require_still_public(settings, article.id)

    def address(card: "Card") -> dict[str, str]:
        place = CardPlace(article.id, card_set.version, card.kind, card.format, card.type)
        return {"url": settings.public_base_url + place.path}

    return build_manifest(card_set, now, address)


def _joined(sets: "list[CardSet]") -> "CardSet":
    def join(first: "CardSet", second: "CardSet") -> "CardSet":
        return first._replace(
            cards=first.cards + second.cards,
            skipped=first.skipped + second.skipped,
            notices=tuple(dict.fromkeys(first.notices + second.notices)),
        )

    return reduce(join, sets)
