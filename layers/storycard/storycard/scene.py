"""What a card looks like before any pixel: a Scene of placed boxes, all in px from the top left corner."""

from dataclasses import dataclass

from storycard.text.paragraph import Line


@dataclass(frozen=True, slots=True)
class Rect:
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


@dataclass(frozen=True, slots=True)
class Rule:
    """A filled rectangle of one colour (#rrggbb)."""

    rect: Rect
    colour: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A brand mark: the name of a file in assets/marks, its coverage painted in one colour."""

    rect: Rect
    name: str
    colour: str


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A set line with its start on the baseline in px."""

    line: Line
    x: float
    baseline: float


@dataclass(frozen=True, slots=True)
class Text:
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

    @property
    def last_baseline(self) -> float:
        return self.lines[-1].baseline if self.lines else self.box.bottom


@dataclass(frozen=True, slots=True)
class Scene:
    """One card: size in px, ground colour, and what stands on it in painting order."""

    width: int
    height: int
    ground: str
    rules: tuple[Rule, ...]
    marks: tuple[Mark, ...]
    texts: tuple[Text, ...]
