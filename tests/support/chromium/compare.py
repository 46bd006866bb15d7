"""Two pictures of the same text into the ink that one has and the other lacks."""

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageChops

# Two rasterisers share the black of an edge out differently between a pixel and its neighbours, and draw hairlines in other
# greys. Over all sentences, in both families, on one line and on several, that makes 37 pixels differ by 64 of 255 from all
# within 1 px, 15 by 96 (hairlines that lie over each other, as in the bar of ff) and none by 112; a mark or a letter that is
# lost or out of place differs by all of 255.
_FAINT = 128


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two pictures; `apart` (mode L) is white where either has what the other lacks within 1 px.

    `overlap` is the ink that both have as a share of the ink that either has: 1 for the same picture.
    """

    ours: Image.Image
    theirs: Image.Image
    apart: Image.Image
    overlap: float

    @property
    def differs_at(self) -> tuple[int, int, int, int] | None:
        """Left, top, right and bottom in px of what is apart, None when nothing is."""
        return self.apart.getbbox()


def compare(ours: Image.Image, theirs: Image.Image) -> Comparison:
    """Compare two pictures (RGB) of one size, both of them white at the edge."""
    apart = ImageChops.lighter(_beyond(ours, theirs), _beyond(theirs, ours))
    red, green, blue = apart.split()
    strongest = ImageChops.lighter(red, ImageChops.lighter(green, blue))
    one, other = (ImageChops.invert(picture.convert("L")) for picture in (ours, theirs))
    overlap = _ink(ImageChops.darker(one, other)) / max(1, _ink(ImageChops.lighter(one, other)))
    return Comparison(ours, theirs, strongest.point([0] * _FAINT + [255] * (256 - _FAINT)), overlap)


def _beyond(picture: Image.Image, other: Image.Image) -> Image.Image:
    """By how much each pixel is lighter or darker than all within 1 px of it in the other picture."""
    lighter = ImageChops.subtract(picture, _spread(other, ImageChops.lighter))
    return ImageChops.lighter(lighter, ImageChops.subtract(_spread(other, ImageChops.darker), picture))


def _spread(picture: Image.Image, choose: Callable[[Image.Image, Image.Image], Image.Image]) -> Image.Image:
    """Each pixel the lightest or darkest of the nine around it."""
    for x, y in ((1, 0), (0, 1)):
        before, after = ImageChops.offset(picture, x, y), ImageChops.offset(picture, -x, -y)
        picture = choose(picture, choose(before, after))
    return picture


def _ink(picture: Image.Image) -> int:
    return sum(level * count for level, count in enumerate(picture.histogram()))
