"""Places the parts of a card where a theme's composition has them, scaled to the card's format and mirrored if need be."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from storycard.design.composition import REFERENCES, Area, Composition, Frame, Part, Strip, shape_of
from storycard.design.contrast import luminance, rgb
from storycard.design.formats import Format
from storycard.design.render_context import RenderContext
from storycard.design.role import Role
from storycard.design.role import sizes as type_sizes
from storycard.errors import CardSkipped
from storycard.layout.optical_margins import HANGING_MARKS, most_hang, place_lines
from storycard.layout.ornaments.bars import bars, with_room_for_bars
from storycard.layout.panels import above_fold, gap_before, panel_rules, photo_rect
from storycard.layout.scene import Photograph, PlacedLogo, Rect, Rule, Scene, Text, Watermark, rounded
from storycard.layout.vertical_map import VerticalMap
from storycard.text.fitting import Box, Fitted, fit, fit_or_truncate, largest_size, opened
from storycard.text.fonts.library import FontLibrary
from storycard.text.icu import upper
from storycard.text.paragraph import Paragraph, measure, set_line
from storycard.text.style import TextStyle

if TYPE_CHECKING:
    from storycard.photo import Photo

_ANY_NUMBER = 99  # of lines
_ANY_SIZE = 10.0  # em: no sign is wider or higher
_NARROWEST = 0.15  # em: no text has characters narrower than that on average
_LEAST_SHARE = 0.45  # of the largest size at which a text fits: it is not set smaller to keep names or phrases whole
_MOST_OPEN = 1.6  # em between two lines of Chinese, Japanese and Korean, if there is room (JLReq: gaps of half to one em)
_MAX_TRIES = 4  # less room may break lines differently
_LEAST_MARGIN = 0.022  # of the card's width: no ink of a text comes nearer to its edge
_LETTER_MARGIN = 0.05  # the same of letters before their area, such as the arm of an Urdu kaf
DESCENDER = 0.22  # em below the last baseline that count as the text's height
_MOST_BELOW = 24  # px of the reference format: no more than that if its letters do not go deeper
_BOX_PADDING, _WIDER = 0.5, 1.3  # of the capitals: the padding of a box; of that, the padding at its sides
_ROUND_PADDING, _ROUND_WIDER = 0.42, 2.0  # the same of a box with round ends


class SetText(NamedTuple):
    """A measured text, and its lines at the size that was chosen."""

    paragraph: Paragraph
    lines: Fitted


class Composer:
    """Collects the parts of one card. Areas are px of the reference format, and everything else px of the card."""

    def __init__(
        self,
        composition: Composition,
        card: Format,
        context: RenderContext,
        fonts: FontLibrary,
        strip: Strip | None = None,
        has_next: bool = False,
    ) -> None:
        reference = REFERENCES[shape_of(card.width, card.height)]
        self.scale = card.width / reference.width
        self.format_name = card.name
        self.has_next = has_next  # whether another composition is tried if a text of the card's message does not fit this one
        self.composition, self._card = composition, card
        self.language, self._fonts = context.language, fonts
        self._rtl = context.language.rtl
        self._colours = context.theme.ground, context.theme.roles["headline"].colour
        # The x in px, not mirrored, that no ink passes.
        self._end = card.width - max(_LEAST_MARGIN * card.width, card.safe.left if self._rtl else card.safe.right)
        self._y = VerticalMap(composition, reference, card, strip.height if strip else 0.0)
        self._rules = panel_rules(composition.panels, self.scale, self._y, self.mirror, self._rtl)
        self._logos: list[PlacedLogo] = []
        self._texts: list[Text] = []
        self._photograph: Photograph | None = None
        self._watermark: Watermark | None = None

    def scene(self) -> Scene:
        """Returns everything that was placed."""
        return Scene(
            width=self._card.width,
            height=self._card.height,
            background=self.composition.ground,
            photograph=self._photograph,
            rules=tuple(self._rules),
            logos=tuple(self._logos),
            texts=tuple(self._texts),
            watermark=self._watermark,
        )

    def room(self, area: Area) -> Rect:
        """Returns an area as px of the card, not mirrored, and clear of what the platform covers and of a fold below it."""
        safe = self._card.safe
        start, end = (safe.right, safe.left) if self._rtl else (safe.left, safe.right)
        left, right = max(area.x * self.scale, start), min(area.right * self.scale, self._card.width - end)
        room = Rect(left, self._y(area.y), right - left, self._y(area.bottom) - self._y(area.y))
        return above_fold(self._rules, room, self._card.height, self.mirror) if self._rules else room

    def fit(self, name: str, part: Part, text: str, room: Rect) -> Text | None:
        """Fits a text into the top of `room` at the largest size of its part; None if it does not fit. Places nothing.

        It gets less room until no ink is near a panel or an edge, or higher than `room`; a mark before a later line hangs less.
        """
        if len(text) * _NARROWEST * part.role.min_px * self.scale > part.role.max_lines * room.width:
            return None  # so that a text too long for a composition of short ones costs no time
        hang, height, edge = most_hang(part), room.height, self._edge_before(room)
        for _ in range(_MAX_TRIES):
            lines = self._fit(part, text, room)
            if lines is None:
                return None
            fitted = self.set_lines(name, part, lines, room, hang)
            box = self.mirror(fitted.box)
            opens, *later = (line.line.text[:1] in HANGING_MARKS for line in fitted.lines)
            nearest = edge if opens or any(later) else max(edge, min(room.x, _LETTER_MARGIN * self._card.width))
            intrusion = 0 if part.align == "end" else math.ceil(nearest - box.x)
            top, bottom = self._edges(fitted, part)
            excess = math.ceil((bottom - min(top, room.y) if part.bar else box.height) - height)
            beyond = math.ceil(box.right - max(self._end, room.right))
            if intrusion <= 0 and excess <= 0 and beyond <= 0:
                break
            if intrusion > 0 and hang > math.floor(room.x - edge) and not opens and any(later):
                hang = math.floor(room.x - edge)  # where a mark opens the text, the text moves in
            elif intrusion > 0:
                room = room._replace(x=room.x + intrusion, width=room.width - intrusion)
            widest = max(placed.line.width for placed in fitted.lines) * fitted.font_px if beyond > 0 else room.width
            room = room._replace(width=min(room.width, widest) - max(0, beyond), height=room.height - max(0, excess))
        return fitted

    def fit_or_truncate(self, name: str, part: Part, text: str, room: Rect) -> Text:
        """Does what `fit` does, but ends a text that is too long at the smallest size with an ellipsis.

        Raises CardSkipped instead if it is the card's message, and another composition is tried.
        """
        if fitting := self.fit(name, part, text, room):
            return fitting
        if self.has_next and name in self.composition.parts:
            raise CardSkipped(name, self.format_name, "the text does not fit this composition", "too-long")
        smallest = self.smallest(part.role)
        paragraph = self._paragraph_of(part, text, smallest)
        truncated = fit_or_truncate(paragraph, Box(room.width, room.height, part.role.max_lines), (round(smallest * self.scale),))
        return self.set_lines(name, part, SetText(paragraph, truncated), room, most_hang(part))

    def place(self, texts: Sequence[Text], part: Part, room: Rect) -> None:
        """Places texts that stand below one another, together at the anchor of `part` in `room`, the first on the part's bars."""
        tops, bottoms = zip(*(self._edges(text, part) for text in texts), strict=True)
        free, above = room.bottom - max(bottoms), room.y - min(tops)  # letters may rise above capitals
        clear = min(above, free if part.bar else room.bottom - max(text.box.bottom for text in texts))
        down = round(max({"top": 0.0, "middle": free / 2, "bottom": free}[part.anchor], clear))
        if part.bar:
            self._rules.extend(self._bars(texts[0].moved_down(down), part))
        for text in texts:
            self.place_small(text.moved_down(down), self.role(text.role))

    def place_ornament(self, name: str, part: Part, text: str) -> None:
        """Places a sign by its ink, not its baseline: as large as its part says, or as fits the part's area."""
        area, px = self.room(part.area), part.role.max_px * self.scale
        paragraph = self.paragraph(part.role, text, part.role.max_px)
        for _ in range(2):
            line = fit_or_truncate(paragraph, Box(_ANY_SIZE * px, _ANY_SIZE * px, 1), (max(1, int(px)),))
            sign = self.set_lines(name, part, SetText(paragraph, line), area, hang=0.0)
            shrink = min(area.width / sign.box.width, area.height / sign.box.height) if sign.box.width else 1.0
            if shrink >= 1:
                break
            px *= shrink
        free = area.height - sign.box.height
        y = area.y + {"top": 0.0, "middle": free / 2, "bottom": free}[part.anchor]
        along = area.x - self.mirror(sign.box).x if part.align == "start" else 0.0
        self._texts.append(self.moved(sign, round(along), round(y - sign.box.y)))

    def place_panel(self, rect: Rect, colour: str, radius: float = 0.0, outline: float = 0.0) -> None:
        """Places a rectangle that is not mirrored, filled or as an outline; a disc if its radius is half its height."""
        self._rules.append(Rule(self.mirror(rect), colour, radius, outline))

    def place_arrow(self, rect: Rect) -> None:
        """Places an arrow that points to the next slide of a carousel, in a rectangle that is not mirrored."""
        self._rules.append(Rule(self.mirror(rounded(rect)), self.composition.swipe, arrow="left" if self._rtl else "right"))

    def strip_rect(self, strip: Strip) -> Rect:
        """Returns the place of a strip: across the card, below what the platform covers."""
        return rounded(Rect(0, self._card.safe.top, self._card.width, strip.height * self.scale))

    def moved(self, text: Text, forward: float, down: float) -> Text:
        """Returns a text `forward` px further along a line of the card's language, and `down` px further down."""
        return text.moved_right(-forward if self._rtl else forward).moved_down(down)

    def place_small(self, text: Text, role: Role, *, lead: float = 0.0) -> Rect:
        """Places a text, with `lead` px before it and in a box if its role has a fill. Returns what they cover, not mirrored.

        Letters that are higher or deeper than others are moved out of what the platform covers.
        """
        above = self._card.safe.top - text.box.y
        below = text.box.bottom - (self._card.height - self._card.safe.bottom)
        if above > 0 or below > 0:
            text = text.moved_down(math.ceil(above) if above > 0 else -math.ceil(below))
        self._texts.append(text)
        ink = self.mirror(text.box)
        ink = ink._replace(x=ink.x - lead, width=ink.width + lead)
        if not role.fill:
            return ink
        wider, padding = self.side_padding(role), self._box_padding(role)
        capitals = text.last_baseline - self.cap_height(role, text.font_px)
        top, bottom = min(capitals - padding, ink.y - padding / 2), max(text.last_baseline + padding, ink.bottom + padding / 2)
        box = rounded(Rect(ink.x - wider, top, ink.width + 2 * wider, bottom - top))
        self.place_panel(box, role.fill, box.height / 2 if role.round else 0.0)
        return box

    def side_padding(self, role: Role) -> float:
        """Returns the px on each side of a text in the box of its role, 0 if it has none."""
        return (_ROUND_WIDER if role.round else _WIDER) * self._box_padding(role)

    def _box_padding(self, role: Role) -> float:
        """Returns the px above and below the capitals in the box of a role, 0 if it has none."""
        share = (_ROUND_PADDING if role.round else _BOX_PADDING) if role.fill else 0.0
        return share * self.cap_height(role, role.min_px * self.scale)

    def role(self, name: str) -> Role:
        """Returns a role in the colours of the composition."""
        return self.composition.roles[name]

    def cap_height(self, role: Role, font_px: float) -> float:
        """Returns the height in px of a role's capitals at a size."""
        return self._fonts.match(role.style.font).cap_height * font_px

    def place_photo(self, photo: "Photo", frame: Frame) -> None:
        """Places the photograph in its frame."""
        rect = photo_rect(frame, photo, self.scale, self._y)
        focus = (1 - frame.at[0], frame.at[1]) if self._rtl else frame.at
        text = next(iter(self.composition.parts.values())).area
        beside = text.right <= frame.area.x or frame.area.right <= text.x
        placement = "beside" if beside else "above" if frame.area.bottom <= text.y else "behind"
        dark, light = sorted(self._colours, key=lambda colour: luminance(rgb(colour)))
        duotone = (dark, light) if photo.flaw == "dark" else None
        self._photograph = Photograph(self.mirror(rounded(rect)), focus, placement, duotone, frame.radius * self.scale)

    def place_watermark(self, word: str) -> None:
        """Places `word` across the whole card, in the colour of the headline."""
        paragraph = self._measure(word, self.role("label").style)
        line, length = set_line(paragraph, 0, len(word)), 0.7 * math.hypot(self._card.width, self._card.height)
        self._watermark = Watermark(line, round(length / max(line.width, 3.0)), self.role("headline").colour)

    def place_logo(self, logo: PlacedLogo) -> None:
        """Places a logo whose rectangle is not mirrored."""
        self._logos.append(logo._replace(rect=self.mirror(logo.rect)))

    def mirror(self, rect: Rect) -> Rect:
        """Converts a rectangle from left-to-right layout to the card, or back: the conversion is its own inverse."""
        return rect._replace(x=self._card.width - rect.right) if self._rtl else rect

    def paragraph(self, role: Role, text: str, px: float) -> Paragraph:
        """Measures a text in the style that its role has at this size, in px of the reference format."""
        return self._measure(upper(text, self.language.tag) if role.capitals else text, role.style_at(px))

    def _paragraph_of(self, part: Part, text: str, px: float) -> Paragraph:
        return with_room_for_bars(self.paragraph(part.role, text, px), part, self.cap_height(part.role, 1.0))

    def _measure(self, text: str, style: TextStyle) -> Paragraph:
        known = self.language
        return measure(text, known.tag, self._rtl, style, self._fonts, known.break_words, known.full_width_quotation_marks)

    def _fit(self, part: Part, text: str, room: Rect) -> SetText | None:
        role = part.role
        box = Box(room.width, room.height, role.max_lines)
        sizes = type_sizes(self.smallest(role), role.max_px, self.scale)
        paragraph = self._paragraph_of(part, text, role.max_px)
        if largest := largest_size(paragraph, box, sizes):
            paragraph = self._paragraph_of(part, text, largest / self.scale)
            sizes = tuple(size for size in sizes if size >= _LEAST_SHARE * largest)
        if part.least_lines > 1:
            boxes = (box._replace(max_lines=count) for count in (part.least_lines - 1, box.max_lines, _ANY_NUMBER))
            fewer, most, more = (largest_size(paragraph, each, sizes) for each in boxes)
            sizes = tuple(size for size in sizes if fewer < size <= most) if more == most else ()
        fitted = fit(paragraph, box, sizes)
        leading = _MOST_OPEN if self.language.dense_characters and not part.bar else 0.0
        return SetText(paragraph, opened(fitted, paragraph, box, leading)) if fitted else None

    def smallest(self, role: Role) -> int:
        """Returns the smallest size in px of the reference format, which depends on the language."""
        return min(role.max_px, round(role.min_px * (role.dense if self.language.dense_characters else 1)))

    def _bars(self, text: Text, part: Part) -> list[Rule]:
        return list(bars(text, part, self.cap_height(part.role, text.font_px), self.mirror))

    def _edges(self, text: Text, part: Part) -> tuple[float, float]:
        """Returns the y in px from which and down to which a text takes room: those of its bars, or of its letters."""
        if part.bar:
            rects = [text.box, *(bar.rect for bar in self._bars(text, part))]
            return min(rect.y for rect in rects), max(rect.bottom for rect in rects)
        # Flat letters take a little more room below.
        return text.box.y, max(text.box.bottom, text.last_baseline + min(DESCENDER * text.font_px, _MOST_BELOW * self.scale))

    def _edge_before(self, room: Rect) -> float:
        """Returns the x in px, not mirrored, that ink keeps: half the gap to a panel or an outline, or the least margin."""
        covered = self._card.safe.right if self._rtl else self._card.safe.left
        return max(_LEAST_MARGIN * self._card.width, covered, gap_before(self._rules, room, self.mirror))

    def set_lines(self, name: str, part: Part, fitted: SetText, room: Rect, hang: float) -> Text:
        """Sets lines at the top of `room`, which is not mirrored. Marks hang outside of it by up to `hang` px."""
        return place_lines(
            name, part.role, fitted.paragraph, fitted.lines, self.mirror(room), align=part.align, rtl=self._rtl, hang=hang
        )
