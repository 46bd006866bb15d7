"""Sets a text with an initial: its first letter as high as several lines, with the text beside and below it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from storycard.design.composition import Part
from storycard.design.role import sizes as type_sizes
from storycard.editing.initials import find_initial
from storycard.layout.composer import Composer, SetText
from storycard.layout.optical_margins import bounding_box
from storycard.layout.scene import Rect, Text
from storycard.text.breaking.bonds import Bond
from storycard.text.breaking.indenting import Indent, indented_lines
from storycard.text.breaking.opportunities import without_breaks_inside
from storycard.text.fitting import Fitted
from storycard.text.line_spacing import min_leading
from storycard.text.paragraph import Line, Paragraph, set_line

_GAP = 0.17  # em of the text, between the initial and the text beside it
_CLEAR = 0.05  # em of the text, between two lines, and between an initial that reaches below its line and the line there
_LEAST_SIZE = 0.7  # of the size that the text has without an initial; a text that would be smaller has none
_LARGE = 200  # px of the reference format: initials have the style of large type
_MAX_TRIES = 3  # more leading makes the initial larger, so that lines break elsewhere


def fit_with_initial(composer: Composer, name: str, part: Part, text: str, room: Rect) -> Sequence[Text]:
    """Fits a text into the top of `room` with its first letter `part.initial` lines high. Returns the text and the letter.

    Returns nothing if the letter may not be an initial, or if the text would be much smaller with it. Places nothing.
    """
    initial = find_initial(text, composer.language)
    usual = composer.fit(name, part, text, room) if initial else None
    if usual is None:
        return ()
    fitting = _Fitting(composer, name, part, room, initial)
    return next(filter(None, (fitting.at(*each) for each in _tries(composer, part, text, usual.font_px))), ())


def _tries(composer: Composer, part: Part, text: str, usual: int) -> Iterator[tuple[Paragraph, int]]:
    """Yields the text and its size in px, the largest first, at first without breaks inside names and units."""
    steps = type_sizes(composer.smallest(part.role), part.role.max_px, composer.scale)
    sizes = [size for size in reversed(steps) if _LEAST_SIZE * usual <= size <= usual]
    for bond in (Bond.NAME, Bond.UNIT, Bond.NONE):
        for size in sizes:
            paragraph = composer.paragraph(part.role, text, size / composer.scale)
            yield (paragraph.with_breaks(without_breaks_inside(bond, paragraph.breaks)) if bond else paragraph), size


class _Block(NamedTuple):
    """The lines of a text beside and below its initial; the first `indented` of them are moved in by `inset` px."""

    lines: tuple[Line, ...]
    indented: int
    inset: float


@dataclass(frozen=True, slots=True)
class _Fitting:
    """Sets one text with an initial in one room."""

    composer: Composer
    name: str
    part: Part
    room: Rect
    initial: str

    def at(self, paragraph: Paragraph, size: int) -> Sequence[Text]:
        """Returns the text at `size` px, and its initial; nothing if they do not fit."""
        leading = paragraph.leading
        for _ in range(_MAX_TRIES):
            letter = self._letter(paragraph, size, leading)
            block = self._block(paragraph, size, leading, letter)
            needed = _clear_leading(block, size, leading, paragraph.rtl)
            if needed == leading:
                return [self._text(paragraph, size, leading, block, letter), letter] if block.lines else ()
            leading = needed
        return ()

    def _letter(self, paragraph: Paragraph, size: int, leading: float) -> Text:
        """Sets the initial: from the height of the first line's capitals to the baseline of the last line beside it."""
        down = (self.part.initial - 1) * round(leading * size)
        part = Part(self.composer.role("initial"), self.part.area, "top", "start")
        letter = self.composer.paragraph(part.role, self.initial, _LARGE)
        px = round((down + paragraph.font.cap_height * size) / letter.runs[0].font.cap_height)
        fitted = Fitted(px, (set_line(letter, 0, len(self.initial)),), leading, truncated=False)
        text = self.composer.set_lines("initial", part, SetText(letter, fitted), self.room, hang=0.0)
        forward = round(self.room.x - self.composer.mirror(text.box).x)
        return self.composer.moved(text, forward, self._baseline(paragraph, size) + down - text.last_baseline)

    def _baseline(self, paragraph: Paragraph, size: int) -> int:
        """Returns the y of the first line's baseline."""
        return round(self.room.y + paragraph.ascent * size)

    def _block(self, paragraph: Paragraph, size: int, leading: float, letter: Text) -> _Block:
        """Breaks the rest of the text. One more line is moved in if the initial reaches down to it. No lines if none fit."""
        inset = self.composer.mirror(letter.box).right - self.room.x + _GAP * size
        step, rise = round(leading * size), max(0.0, self.room.y - letter.box.y)
        height = self.room.height - rise - (paragraph.ascent + paragraph.descent) * size
        most = min(self.part.role.max_lines, 1 + int(height / step)) if height >= 0 else 0
        for indented in (self.part.initial, self.part.initial + 1):
            indent = Indent(indented, inset / size, len(self.initial))
            spans = indented_lines(paragraph, self.room.width / size, indent, most)
            lines = tuple(set_line(paragraph, span.start, span.end, span.suffix) for span in spans)
            if len(lines) <= indented:
                break
            top = self._baseline(paragraph, size) + indented * step - (lines[indented].ink.above + _CLEAR) * size
            if letter.box.bottom <= top:
                return _Block(lines, indented, inset)
        return _Block((), 0, 0.0)

    def _text(self, paragraph: Paragraph, size: int, leading: float, block: _Block, letter: Text) -> Text:
        """Places the lines beside the initial and those below it as one text, whose box has the initial too."""
        lines, indented, inset = block
        beside = self.room._replace(x=self.room.x + inset, width=self.room.width - inset)
        below = self.room.moved_down(indented * round(leading * size))
        upper, lower = (
            self.composer.set_lines(self.name, self.part, SetText(paragraph, Fitted(size, part, leading, False)), room, hang=0.0)
            for part, room in ((lines[:indented], beside), (lines[indented:], below))
        )
        box = bounding_box([upper.box, lower.box, letter.box])
        return upper._replace(lines=upper.lines + lower.lines, room=self.room, box=box)


def _clear_leading(block: _Block, size: int, leading: float, rtl: bool) -> float:
    """Returns `leading`, or the least em above it at which no descender collides with an accent on the next line."""
    insets = [block.inset / size * (number < block.indented) for number in range(len(block.lines))]
    lefts = [-inset - line.width if rtl else inset for inset, line in zip(insets, block.lines, strict=True)]
    for (upper, left), (lower, lower_left) in pairwise(zip(block.lines, lefts, strict=True)):
        leading = min_leading(upper, lower, offset=lower_left - left, clearance=_CLEAR, leading=leading)
    return leading
