"""Draws comparisons as one picture for review: Storycard's, Chromium's, and the difference."""

from PIL import Image, ImageChops

from support.chromium.compare import Comparison

_GAP = 12  # px
_BACKGROUND = "#888888"


def sheet(one_line: Comparison, wrapped: Comparison, own_lines: Image.Image) -> Image.Image:
    """Draws the text on one line, then wrapped: ours, Chromium's, the difference, and last the wrapped text with our own breaks.

    In a difference, common ink is black, ink that only Storycard has is cyan, and Chromium's is red. A magenta ring marks what is
    more than the edge of a letter.
    """
    below = _row([wrapped.ours, wrapped.theirs, _difference(wrapped), own_lines])
    return _column([one_line.ours, one_line.theirs, _difference(one_line), below])


def _difference(comparison: Comparison) -> Image.Image:
    ours, theirs = comparison.ours.convert("L"), comparison.theirs.convert("L")
    picture = Image.merge("RGB", (ours, theirs, theirs))
    ring = comparison.apart
    for x, y in ((8, 0), (0, 8)):
        ring = ImageChops.lighter(ring, ImageChops.lighter(ImageChops.offset(ring, x, y), ImageChops.offset(ring, -x, -y)))
    picture.paste("#ff00ff", mask=ImageChops.subtract(ring, comparison.apart))
    return picture


def _row(pictures: list[Image.Image]) -> Image.Image:
    """Places pictures side by side, aligned at the top."""
    whole = Image.new("RGB", (sum(one.width + _GAP for one in pictures), max(one.height for one in pictures)), _BACKGROUND)
    x = 0
    for one in pictures:
        whole.paste(one, (x, 0))
        x += one.width + _GAP
    return whole


def _column(pictures: list[Image.Image]) -> Image.Image:
    """Stacks pictures, aligned on the left."""
    whole = Image.new("RGB", (max(one.width for one in pictures), sum(one.height + _GAP for one in pictures)), _BACKGROUND)
    y = 0
    for one in pictures:
        whole.paste(one, (0, y))
        y += one.height + _GAP
    return whole
