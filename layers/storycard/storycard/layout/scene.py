"""Defines Scene: the placed parts of a card before any pixel is drawn, all in px from the top left corner."""

from typing import NamedTuple

from storycard.text.paragraph import Line


class Rect(NamedTuple):
    """A rectangle in px; `x` and `y` are its left and top edges."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def pixels(self) -> tuple[int, int, int, int]:
        """Left, top, right and bottom, rounded: a box as Pillow takes it."""
        return round(self.x), round(self.y), round(self.right), round(self.bottom)

    def contains(self, other: "Rect") -> bool:
        return self.x <= other.x and self.y <= other.y and other.right <= self.right and other.bottom <= self.bottom

    def overlaps(self, other: "Rect") -> bool:
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def moved_down(self, px: float) -> "Rect":
        return Rect(self.x, self.y + px, self.width, self.height)


def rounded(rect: Rect) -> Rect:
    """Returns a rectangle with its edges at whole px."""
    left, top, right, bottom = rect.pixels
    return Rect(left, top, right - left, bottom - top)


class Rule(NamedTuple):
    """A filled rectangle of one colour (#rrggbb), up to a disc if its corners are round."""

    rect: Rect
    colour: str
    radius: float = 0  # of its corners, in px
    outline: float = 0  # thickness in px of its edge, if only that is drawn; 0 if it is filled
    minus: Rect | None = None  # a disc that is cut out of it
    corner: str = ""  # "left" or "right": only the half above the diagonal, on that side
    fade: str = ""  # "bottom", "left" or "right": the side from which it fades out
    arrow: str = ""  # "left" or "right": an arrow to that side, as large as the rectangle

    @property
    def is_plain(self) -> bool:
        """Whether it covers every pixel of its rectangle."""
        return not (self.radius or self.outline or self.minus or self.corner or self.fade or self.arrow)


class Photograph(NamedTuple):
    """The photograph's rectangle, the point in it (x, y, 0 to 1) where its subject is best seen, and its placement.

    With `duotone`, it is painted in the colours between these two (#rrggbb), the darker one first.
    """

    rect: Rect
    focus: tuple[float, float]
    placement: str  # "beside", "behind" or "above" the text
    duotone: tuple[str, str] | None = None
    radius: float = 0  # of its corners, in px


class PlacedLogo(NamedTuple):
    """A file in `assets/marks`, painted in `colour`, or in its own colours if that is ""."""

    rect: Rect
    file: str
    colour: str


class Watermark(NamedTuple):
    """A word across the whole card, from corner to corner, on previews that are not for the public."""

    line: Line
    font_px: int
    colour: str


class PlacedLine(NamedTuple):
    """A line of type and its place in px: its left end on its baseline."""

    line: Line
    x: float
    baseline: float


class Text(NamedTuple):
    """The lines of one part of a card, set at one size."""

    role: str
    text: str  # the whole text, even if `lines` are truncated
    lines: tuple[PlacedLine, ...]
    room: Rect  # the rectangle it was fitted in; opening quotation marks may hang outside
    font_px: int
    colour: str
    box: Rect  # contains all ink, rounded out to whole px
    truncated: bool
    missing_glyphs: int

    def moved_down(self, px: float) -> "Text":
        """Returns the same text `px` further down."""
        lines = tuple(placed._replace(baseline=placed.baseline + px) for placed in self.lines)
        return self._replace(lines=lines, room=self.room.moved_down(px), box=self.box.moved_down(px))

    def moved_right(self, px: float) -> "Text":
        """Returns the same text `px` further right."""
        lines = tuple(placed._replace(x=placed.x + px) for placed in self.lines)
        room, box = self.room._replace(x=self.room.x + px), self.box._replace(x=self.box.x + px)
        return self._replace(lines=lines, room=room, box=box)

    @property
    def line_boxes(self) -> tuple[Rect, ...]:
        """What is behind each line: as wide as its visible part, and from about its ascenders to its descenders."""
        size = self.font_px
        lines = (Rect(line.x, line.baseline - 0.8 * size, line.line.visible_width * size, size) for line in self.lines)
        return tuple(lines) or (self.box,)

    @property
    def last_baseline(self) -> float:
        return self.lines[-1].baseline if self.lines else self.box.bottom


class Scene(NamedTuple):
    """One card: its size in px, its background colour, and its parts in the order in which they are painted."""

    width: int
    height: int
    background: str
    photograph: Photograph | None
    rules: tuple[Rule, ...]
    logos: tuple[PlacedLogo, ...]
    texts: tuple[Text, ...]
    watermark: Watermark | None = None
    photo_note: str = ""  # why the photograph is not where and as large as the theme has it; "" if it is, or if there is none
