"""Lists what cards show of the article's photograph, and which have no room for it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from storycard.card_set import Card, PhotoFact
from storycard.describing.notices import PHOTO_WITHOUT_ROOM
from storycard.layout.scene import Scene

if TYPE_CHECKING:
    from storycard.photo import Photo
    from storycard.photo.crop import Box

_WHOLE, _LEFT_OUT = 0.96, 0.1  # share of a head: with more of it shown it is whole, with less it is not cut but left out


def describe_photo(scene: Scene, photo: "Photo") -> PhotoFact | None:
    """Returns the placement, the crop and the heads on a card; None if the theme has no place for a photograph on it."""
    placed = scene.photograph
    if not placed:
        return PhotoFact("none", scene.photo_note, (0, 0, 0, 0), 0, 0, 0) if scene.photo_note else None
    left, top, right, bottom = placed.rect.pixels
    part = photo.crop(right - left, bottom - top, placed.focus)
    shown = [_share_shown(head, part, photo) for head in photo.subject.faces]
    whole, left_out = sum(share > _WHOLE for share in shown), sum(share < _LEFT_OUT for share in shown)
    x, y = photo.place
    crop = round(x + part.left), round(y + part.top), round(part.right - part.left), round(part.bottom - part.top)
    return PhotoFact(placed.placement, scene.photo_note, crop, whole, len(shown) - whole - left_out, left_out)


def room_notices(cards: Iterable[Card]) -> tuple[str, ...]:
    """Returns a sentence about the cards that have no room for the photograph, if any."""
    names = [f"{card.kind}-{card.format}" for card in cards if card.photo and card.photo.placement == "none"]
    return (f"{PHOTO_WITHOUT_ROOM}{', '.join(names)}.",) if names else ()


def _share_shown(head: "Box", part: "Box", photo: "Photo") -> float:
    """Returns how much of a head, in shares of the photo, is in a part of the photo, in px."""
    width = min(head.right * photo.width, part.right) - max(head.left * photo.width, part.left)
    height = min(head.bottom * photo.height, part.bottom) - max(head.top * photo.height, part.top)
    return max(0.0, width) * max(0.0, height) / (head.area * photo.width * photo.height) if head.area else 1.0
