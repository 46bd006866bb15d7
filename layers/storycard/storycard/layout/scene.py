"""What a card looks like before any pixel: a Scene of placed boxes, all in px from the top left corner."""

from typing import NamedTuple

from storycard.text.paragraph import Line


class Rect(NamedTuple):
    """A place on the card: left, top, width, height in px."""

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
        """Left, top, right and bottom as Pillow wants a box."""
        return round(self.x), round(self.y), round(self.right), round(self.bottom)

    def holds(self, other: "Rect") -> bool:
        return self.x <= other.x and self.y <= other.y and other.right <= self.right and other.bottom <= self.bottom

    def lowered(self, by: float) -> "Rect":
        return Rect(self.x, self.y + by, self.width, self.height)


class Rows(NamedTuple):
    """Rows of px from the card's top: the first, and the one after the last."""

    top: int
    bottom: int


class Rule(NamedTuple):
    """A filled rectangle of one colour (#rrggbb)."""

    rect: Rect
    colour: str


class Photograph(NamedTuple):
    """Where the photograph stands, and the place in `rect` (0 to 1 each way) where its subject is best seen."""

    rect: Rect
    focus: tuple[float, float]


class Scrim(NamedTuple):
    """A veil over the photograph for the texts on it: whole from `solid` (px from the top) down, fading out above.

    How strong it is, is for the painter to find out: no stronger than those texts need.
    """

    rect: Rect
    solid: float
    colour: str


class PlacedLogo(NamedTuple):
    """A brand mark: a file in assets/marks, painted in `colour`, or in its own colours when that is ""."""

    rect: Rect
    file: str
    colour: str


class Watermark(NamedTuple):
    """A word across the whole card, from corner to corner, on what is not for the public."""

    line: Line
    font_px: int
    colour: str


class PlacedLine(NamedTuple):
    """A set line with its start on the baseline in px."""

    line: Line
    x: float
    baseline: float


class Text(NamedTuple):
    """One part's lines at one size; `box` holds all their ink, rounded out to whole px."""

    role: str
    text: str  # all of it, whatever `lines` had room for
    lines: tuple[PlacedLine, ...]
    room: Rect  # what it was set in; opening quotation marks may hang out of it
    font_px: int
    colour: str
    box: Rect
    truncated: bool
    missing_glyphs: int

    def lowered(self, by: float) -> "Text":
        """The same text, so many px further down."""
        lines = tuple(placed._replace(baseline=placed.baseline + by) for placed in self.lines)
        return self._replace(lines=lines, room=self.room.lowered(by), box=self.box.lowered(by))

    @property
    def last_baseline(self) -> float:
        return self.lines[-1].baseline if self.lines else self.box.bottom


class Scene(NamedTuple):
    """One card: size in px, ground colour, and what stands on it in painting order."""

    width: int
    height: int
    background: str
    photograph: Photograph | None
    scrim: Scrim | None
    rules: tuple[Rule, ...]
    logos: tuple[PlacedLogo, ...]
    texts: tuple[Text, ...]
    watermark: Watermark | None = None

    @property
    def blank(self) -> list[Rows]:
        """The rows, from the top down, on which nothing stands: the ground from edge to edge."""
        if self.watermark:
            return []
        things = [*(rule.rect for rule in self.rules), *(logo.rect for logo in self.logos), *(text.box for text in self.texts)]
        if self.photograph:
            things.append(self.photograph.rect)
        bands: list[Rows] = []
        free = 0
        for _, top, _, bottom in sorted((thing.pixels for thing in things), key=lambda box: box[1]):
            if top > free:
                bands.append(Rows(free, top))
            free = max(free, bottom)
        return [*bands, Rows(free, self.height)] if free < self.height else bands

    @property
    def middle(self) -> int:
        """The row in px that has half of what is written above it: half of the work of writing a flat card, too."""
        boxes = sorted((text.box for text in self.texts), key=lambda box: box.y)
        half = sum(box.width * box.height for box in boxes) / 2
        for box in boxes:
            if box.width * box.height >= half > 0:
                return round(box.y + half / box.width)
            half -= box.width * box.height
        return self.height // 2
