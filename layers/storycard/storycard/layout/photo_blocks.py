"""Computes the size of the block that shows a photograph, so that no edge cuts a face and small pictures stay small.

A block that is wider in proportion than a picture cuts its height, and a narrower one cuts its width. So the heads that must be
whole allow a range of proportions, and the size of the picture allows a largest block.
"""

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from storycard.design.formats import Format
from storycard.design.theme import Placement

if TYPE_CHECKING:
    from storycard.photo import Photo

# Of the heads' height and width: room for hats and hair, and where there is a choice; for beards and collars; and beside.
_ABOVE, _EASY_ABOVE, _BELOW, _BESIDE = 0.22, 0.4, 0.08, 0.1
_MAX_ENLARGED = 2.2  # times: a picture enlarged further looks soft, even at feed size
_DEEPEST_ABOVE, _SHALLOWEST_ABOVE, _MORE = 0.6, 0.2, 0.1  # of a card's height
_NARROWEST_BESIDE, _WIDEST_BESIDE = 0.34, 0.5  # of a card's width
_LEAST = 0.01  # of the picture's height: heads may be marked with no height
_NEARLY = 0.86  # of a card's side: a block longer than that but not as long as the side looks like an error
_MAX_ENLARGED_NOISE = 1.3  # times: grain enlarged further is larger than the details of a picture
_TOO_SMALL = "the picture is too small for the theme's place"
_TOO_NOISY = "the picture is too noisy for the theme's place"
_TOO_DARK = "the picture is too dark for text over it"
_HEADS = "the theme's place has not the proportions that the heads need"


class Block(NamedTuple):
    """A block for the photograph: its placement, its width, the range of its height and its top in px, and why it is so."""

    placement: Placement
    width: float
    low: float
    high: float
    top: float = 0
    why: str = ""  # "" if this is the theme's own placement and size


class _Limits(NamedTuple):
    """The proportions (width / height) that keep the heads whole, and the size of the picture in px."""

    narrowest: float
    widest: float
    width: float
    height: float
    most_enlarged: float = _MAX_ENLARGED

    @property
    def too_small(self) -> str:
        """Why a block would enlarge the picture too much."""
        return _TOO_SMALL if self.most_enlarged == _MAX_ENLARGED else _TOO_NOISY

    def enlarged(self, width: float, height: float) -> float:
        """Returns how many times the picture is enlarged to fill a block."""
        return max(width / self.width, height / self.height)

    def allows(self, width: float, height: float) -> bool:
        whole = self.narrowest - 1e-9 <= width / height <= self.widest + 1e-9
        return whole and self.enlarged(width, height) <= self.most_enlarged


def blocks(photo: "Photo", preferred: Placement, card: Format, share: float) -> Iterator[Block]:
    """Yields the blocks in which a photograph may stand on a card, the best first.

    `preferred` is the theme's placement, and `share` the smallest part of the card that it gives to a photograph.
    """
    width, height = card.width, card.height
    limits = _limits(photo)
    beside = preferred == "beside" or (preferred == "behind" and width > height)
    others = _beside if beside else _above
    lower = list(others(limits, width, height, share))
    if top := card.safe.top:  # a block under what the platform covers takes less of the card
        moved = [block._replace(top=top) for block in _above(limits, width, height, max(_SHALLOWEST_ABOVE, share - top / height))]
        lower = [block for pair in itertools.zip_longest(lower, moved) for block in pair if block]
    if preferred == "behind" and (photo.flaw == "dark" or limits.enlarged(width, height) > limits.most_enlarged):
        lower = [block._replace(why=_TOO_DARK if photo.flaw == "dark" else limits.too_small) for block in lower]
    elif preferred == "behind":
        yield Block("behind", width, height, height)
    yield from lower


def _beside(limits: _Limits, width: float, height: float, share: float) -> Iterator[Block]:
    for step in (share, (share + _WIDEST_BESIDE) / 2, _WIDEST_BESIDE):
        if limits.allows(round(step * width), height):
            yield Block("beside", round(step * width), height, height, why=_HEADS if step > share else "")
            break
    if limits.allows(round(_NARROWEST_BESIDE * width), height):  # leaves long texts more room
        yield Block("beside", round(_NARROWEST_BESIDE * width), height, height)
    yield _free(limits, "beside", _WIDEST_BESIDE * width, _NEARLY * height)


def _above(limits: _Limits, width: float, height: float, share: float) -> Iterator[Block]:
    low = max(width / limits.widest, share * height)
    high = min(width / limits.narrowest if limits.narrowest else height, limits.most_enlarged * limits.height)
    deepest = max(_DEEPEST_ABOVE, share) * height
    if width <= limits.most_enlarged * limits.width:
        if low <= min(high, deepest):
            yield Block("above", width, low, high, why=_HEADS if low > share * height else "")
        elif low > high and _SHALLOWEST_ABOVE * height <= high:
            yield Block("above", width, high, high, why=_HEADS)
    for depth in (share + _MORE, share):
        yield _free(limits, "above", _NEARLY * width, depth * height)


def _free(limits: _Limits, placement: Placement, width: float, height: float) -> Block:
    """Returns the largest block within this width and height whose proportions show more than the heads."""
    easy = max(limits.width / limits.height, limits.widest * (1 + _ABOVE) / (1 + _EASY_ABOVE))
    proportions = max(min(width / height, easy), limits.narrowest)
    width, height = min(width, height * proportions), min(height, width / proportions)
    shrink = min(1.0, limits.most_enlarged / limits.enlarged(width, height))
    why = _HEADS if limits.narrowest and shrink == 1 else limits.too_small
    return Block(placement, round(width * shrink), round(height * shrink), round(height * shrink), why=why)


def _limits(photo: "Photo") -> _Limits:
    heads = photo.subject.main_heads
    most_enlarged = _MAX_ENLARGED_NOISE if photo.flaw == "noisy" else _MAX_ENLARGED
    if not heads:
        return _Limits(0.0, float("inf"), photo.width, photo.height, most_enlarged)
    left, right = min(head.left for head in heads), max(head.right for head in heads)
    top, bottom = min(head.top for head in heads), max(head.bottom for head in heads)
    wide = min(1.0, (right - left) * (1 + 2 * _BESIDE))
    high = max(_LEAST, min(1.0, bottom + _BELOW * (bottom - top)) - max(0.0, top - _ABOVE * (bottom - top)))
    widest = photo.width / (high * photo.height)
    return _Limits(wide * photo.width / photo.height, widest, photo.width, photo.height, most_enlarged)
