"""Compares two pictures of the same text by the ink that only one of them has."""

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageChops

# The two rasterisers distribute edge coverage differently between neighbouring pixels, and draw hairlines in other greys. Over
# all sentences, in both families, on one line and on several, 37 pixels differ by 64 of 255 from everything within 1 px, 15
# differ by 96 (overlapping hairlines, as in the bar of ff) and none by 112. A missing or misplaced mark or letter differs by 255.
_THRESHOLD = 128


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two pictures; `apart` (mode L) is white where one has ink that the other lacks within 1 px.

    `overlap` is their common ink as a share of their combined ink: 1 for identical pictures.
    """

    ours: Image.Image
    theirs: Image.Image
    apart: Image.Image
    overlap: float

    @property
    def differs_at(self) -> tuple[int, int, int, int] | None:
        """The bounding box of `apart` in px: left, top, right, bottom. None without a difference."""
        return self.apart.getbbox()


def compare(ours: Image.Image, theirs: Image.Image) -> Comparison:
    """Compares two RGB pictures of the same size that are white at the edges."""
    apart = ImageChops.lighter(_beyond(ours, theirs), _beyond(theirs, ours))
    red, green, blue = apart.split()
    strongest = ImageChops.lighter(red, ImageChops.lighter(green, blue))
    one, other = (ImageChops.invert(picture.convert("L")) for picture in (ours, theirs))
    overlap = _ink(ImageChops.darker(one, other)) / max(1, _ink(ImageChops.lighter(one, other)))
    return Comparison(ours, theirs, strongest.point([0] * _THRESHOLD + [255] * (256 - _THRESHOLD)), overlap)


def _beyond(picture: Image.Image, other: Image.Image) -> Image.Image:
    """Returns by how much each pixel is lighter or darker than all pixels within 1 px in the other picture."""
    lighter = ImageChops.subtract(picture, _spread(other, ImageChops.lighter))
    return ImageChops.lighter(lighter, ImageChops.subtract(_spread(other, ImageChops.darker), picture))


def _spread(picture: Image.Image, choose: Callable[[Image.Image, Image.Image], Image.Image]) -> Image.Image:
    """Replaces each pixel with the lightest or darkest of its 3 by 3 neighbourhood."""
    for x, y in ((1, 0), (0, 1)):
        before, after = ImageChops.offset(picture, x, y), ImageChops.offset(picture, -x, -y)
        picture = choose(picture, choose(before, after))
    return picture


def _ink(picture: Image.Image) -> int:
    return sum(level * count for level, count in enumerate(picture.histogram()))
