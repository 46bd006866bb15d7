"""Collects the parts of one card: fits its texts, and mirrors every part if the language is written right to left."""

import math
from collections.abc import Callable, Collection
from typing import NamedTuple, TypeVar

from storycard.design.brand import Logo
from storycard.design.formats import Format
from storycard.design.theme import MAIN_ROLES, Placement, Role, Theme
from storycard.language.language import Language
from storycard.layout.optical_margins import HANGING_MARKS, Align, place_lines
from storycard.layout.scene import Photograph, PlacedLogo, Rect, Rule, Scene, Scrim, Text, Watermark
from storycard.text.fitting import Box, Fitted, fit, fit_or_truncate
from storycard.text.fonts.library import FontLibrary
from storycard.text.icu import upper
from storycard.text.paragraph import Paragraph, measure, set_line

_THEME_WIDTH = 1080  # theme lengths are px on a card this wide
_MIN_MARGIN_SHARE = 0.3  # of the margin stays empty at the card's edge: ink closer to it looks cut off at feed size
_DESCENDER = 0.22  # em; enough for the descenders of most type
_MAX_TRIES = 3  # a narrower room may break lines differently, so that other marks hang

MaybeText = TypeVar("MaybeText", bound=Text | None)


class Checkpoint(NamedTuple):
    """The number of parts of each sort on the card at one moment."""

    rules: int
    logos: int
    texts: int


class _Sides(NamedTuple):
    """Lengths in px on the leading and on the trailing side."""

    start: float
    end: float


class _Draft(NamedTuple):
    """A measured text and the limits of its role."""

    role_name: str
    role: Role
    paragraph: Paragraph
    sizes: tuple[int, ...]

    def box(self, room: Rect) -> Box:
        return Box(room.width, room.height, self.role.max_lines)


class CardBuilder:
    """Builds the scene of one card. Its methods take rectangles as if text ran left to right, and mirror them if it does not."""

    def __init__(self, card_format: Format, theme: Theme, fonts: FontLibrary, language: Language) -> None:
        self.format = card_format
        self.theme = theme
        self.content = content_area(card_format, theme, language.rtl)  # what texts may fill, not mirrored
        self.margin = round(theme.margin * min(card_format.width, card_format.height))
        self._fonts = fonts
        self._language = language
        self._rtl = language.rtl
        self._scale = card_format.width / _THEME_WIDTH
        self.photo_bottom: float = card_format.height  # the upper edge of the footer's band, if there is one
        self.photo: Rect | None = None  # where the photograph is, not mirrored
        self.photograph: Photograph | None = None
        self.scrims: list[Scrim] = []
        self._rules: list[Rule] = []
        self._logos: list[PlacedLogo] = []
        self._texts: list[Text] = []
        self._watermark: Watermark | None = None

    def scene(self) -> Scene:
        """Returns everything that was placed."""
        return Scene(
            width=self.format.width,
            height=self.format.height,
            background=self.theme.background,
            photograph=self.photograph,
            scrims=tuple(self.scrims),
            rules=tuple(self._rules),
            logos=tuple(self._logos),
            texts=tuple(self._texts),
            watermark=self._watermark,
        )

    @property
    def is_truncated(self) -> bool:
        """Whether a text of the card's message, not of its header or footer, is truncated."""
        return any(text.truncated for text in self._texts if text.role in MAIN_ROLES)

    def px(self, units: float) -> int:
        """Converts theme units (px on a card 1080 px wide) to px on this card."""
        return round(units * self._scale)

    def gap(self, step: int) -> int:
        """Returns one of the theme's three gaps in px; 0 is the smallest."""
        return self.px(self.theme.gaps[step])

    def cap_height(self, role: str) -> float:
        """Returns the height in px of a role's capitals at its largest size."""
        return self._fonts.match(self._role(role).style.font).cap_height * max(self._sizes(role))

    def line_height(self, role: str) -> float:
        """Returns a role's leading in px at its largest size."""
        return self._role(role).style.leading * max(self._sizes(role))

    def fill(self, role: str) -> str:
        """Returns the colour of the box under a role's text, "" for none."""
        return self.theme.roles[role].fill

    def trailing_safe(self) -> int:
        """Returns the px on the trailing side that the platform covers."""
        return self.format.safe.left if self._rtl else self.format.safe.right

    def ornament_px(self, name: str) -> int:
        """Returns the thickness in px of one of the theme's rules, 0 if the theme has no such rule."""
        ornament = self.theme.ornaments.get(name)
        return self.px(ornament.px) if ornament else 0

    def ornament_length(self, name: str) -> int:
        """Returns the length in px of one of the theme's short rules, 0 if the theme has no such rule."""
        ornament = self.theme.ornaments.get(name)
        return self.px(ornament.length) if ornament else 0

    def place_ornament(self, name: str, x: float, y: float, width: float, height: float | None = None) -> int:
        """Places one of the theme's rules, `height` px high or as thick as the theme says. Returns its thickness in px."""
        ornament = self.theme.ornaments.get(name)
        if not (ornament and (thickness := self.px(ornament.px))):
            return 0
        length = min(width, self.px(ornament.length)) if ornament.length else width
        self.place_rule(Rect(x, y, length, thickness if height is None else height), ornament.colour)
        return thickness

    def place_rule(self, rect: Rect, colour: str) -> None:
        """Places a filled rectangle, its edges rounded to whole px."""
        rounded = Rect(round(rect.x), round(rect.y), round(rect.width), round(rect.height))
        self._rules.append(Rule(self.mirror_if_rtl(rounded), colour))

    def place_logo(self, rect: Rect, logo: Logo, colour: str) -> None:
        """Places a brand's logo, painted in `colour` unless it has colours of its own."""
        self._logos.append(PlacedLogo(self.mirror_if_rtl(rect), logo.file, colour if logo.one_colour else ""))

    def place_photograph(self, rect: Rect, focus: tuple[float, float], placement: Placement) -> None:
        """Places the article's photograph, its subject near `focus` (x, y, 0 to 1)."""
        x, y = focus
        self.photo = rect
        self.photograph = Photograph(self.mirror_if_rtl(rect), (1 - x, y) if self._rtl else focus, placement)

    def place_scrim(self, rect: Rect, solid: float) -> None:
        """Places a scrim in the background's colour, at full strength from `solid` (y in px) down."""
        self.scrims.append(Scrim(rect, solid, self.theme.background))

    def place_watermark(self, word: str) -> None:
        """Places `word` across the whole card."""
        role = self.theme.roles["label"]
        paragraph = self._measure(word, role)
        diagonal = math.hypot(self.format.width, self.format.height)
        line = set_line(paragraph, 0, len(word))
        self._watermark = Watermark(line, round(0.7 * diagonal / max(line.width, 3.0)), self.theme.roles["headline"].colour)

    def has(self, role: str) -> bool:
        """Tells whether a text of this role is on the card."""
        return any(text.role == role for text in self._texts)

    def place_text(self, text: Text) -> None:
        """Places a text that `fit_text` or `fit_or_truncate` returned."""
        self._texts.append(text)

    def set_in_ink(self, roles: Collection[str]) -> None:
        """Gives the texts of `roles` the colour of the newsroom's name, which needs the weakest scrim of the theme's colours."""
        ink = self.theme.roles["brand"].colour
        self._texts = [text._replace(colour=ink) if text.role in roles else text for text in self._texts]

    def fit_text(self, role_name: str, text: str, room: Rect, *, align: Align = "start", hang: bool = True) -> Text | None:
        """Fits `text` in `room` at the largest size that its role allows; None if it does not fit. Places nothing.

        The lines start at the top of `room`. With `hang`, opening quotation marks are set outside its leading edge.
        """
        draft = self._draft(role_name, text)

        def fit_in(room: Rect, hang: bool) -> Text | None:
            fitted = fit(draft.paragraph, draft.box(room), draft.sizes)
            return self._set_lines(draft, fitted, room, align, hang) if fitted else None

        return fit_in(room, False) if align == "end" else self._keep_inside_card(fit_in, text, room, hang)

    def fit_or_truncate(self, role_name: str, text: str, room: Rect, *, align: Align = "start", hang: bool = True) -> Text:
        """Does what `fit_text` does, but ends a text that is too long at the smallest size with an ellipsis."""
        draft = self._draft(role_name, text)

        def fit_in(room: Rect, hang: bool) -> Text:
            fitted = fit_or_truncate(draft.paragraph, draft.box(room), draft.sizes)
            return self._set_lines(draft, fitted, room, align, hang)

        return fit_in(room, False) if align == "end" else self._keep_inside_card(fit_in, text, room, hang)

    def checkpoint(self) -> Checkpoint:
        """Marks the present moment for `bottom_since`, `top_since` and `move_down`."""
        return Checkpoint(len(self._rules), len(self._logos), len(self._texts))

    def bottom_since(self, since: Checkpoint) -> float:
        """Returns the lowest y in px of the texts and rules placed since then, with room for the last lines' descenders."""
        texts, rules = self._texts[since.texts :], self._rules[since.rules :]
        lines = (max(text.box.bottom, text.last_baseline + _DESCENDER * text.font_px) for text in texts)
        return max((*lines, *(rule.rect.bottom for rule in rules)), default=0.0)

    def top_since(self, since: Checkpoint) -> float:
        """Returns the highest y in px of the texts and rules placed since then."""
        tops = [*(text.box.y for text in self._texts[since.texts :]), *(rule.rect.y for rule in self._rules[since.rules :])]
        return min(tops, default=float(self.format.height))

    def move_down(self, since: Checkpoint, px: int) -> None:
        """Moves all rules, logos and texts placed since then down by `px`."""
        if not px:
            return
        self._rules[since.rules :] = [rule._replace(rect=rule.rect.moved_down(px)) for rule in self._rules[since.rules :]]
        self._logos[since.logos :] = [logo._replace(rect=logo.rect.moved_down(px)) for logo in self._logos[since.logos :]]
        self._texts[since.texts :] = [text.moved_down(px) for text in self._texts[since.texts :]]

    def mirror_if_rtl(self, rect: Rect) -> Rect:
        """Converts a rectangle from left-to-right layout to the card, or back: the conversion is its own inverse."""
        return Rect(self.format.width - rect.right, rect.y, rect.width, rect.height) if self._rtl else rect

    def _draft(self, role_name: str, text: str) -> _Draft:
        role = self._role(role_name)
        shown = upper(text, self._language.tag) if role.capitals else text
        return _Draft(role_name, role, self._measure(shown, role), self._sizes(role_name))

    def _measure(self, text: str, role: Role) -> Paragraph:
        language = self._language
        return measure(text, language.tag, language.rtl, role.style, self._fonts, language.break_words)

    def _set_lines(self, draft: _Draft, fitted: Fitted, room: Rect, align: Align, hang: bool) -> Text:
        place = self.mirror_if_rtl(room)
        return place_lines(draft.role_name, draft.role, draft.paragraph, fitted, place, align=align, rtl=self._rtl, hang=hang)

    def _keep_inside_card(self, fit_in: Callable[[Rect, bool], MaybeText], text: str, room: Rect, hang: bool) -> MaybeText:
        """Calls `fit_in` with less room, or without hanging marks, until no ink is further out than the margins allow.

        Without `hang` there is a rule beside the text: ink may fill half of the gap before it, as the stroke of an Urdu kaf does.
        """
        edge = 0.0 if hang else room.x - self.gap(1) / 2
        for _ in range(_MAX_TRIES):
            fitted = fit_in(room, hang)
            if fitted is None:
                return fitted
            outside, allowed = self._outside(fitted.box), self._allowed_outside()
            # A mark that hangs halfway looks like an error: if it cannot hang, it is set on the edge and the words move in.
            start = outside.start if outside.start > allowed.start else 0
            start = max(start, math.ceil(edge - self.mirror_if_rtl(fitted.box).x))
            end = outside.end if outside.end > allowed.end else 0
            if not start and not end:
                return fitted
            if start and hang and text[:1] not in HANGING_MARKS:
                hang = False  # only a later line opens with a mark: it is set on the edge like a letter, and no words move
            else:
                room = Rect(room.x + start, room.y, room.width - start - end, room.height)
        return fitted

    def _outside(self, box: Rect) -> _Sides:
        """Returns how far in px a box of ink reaches beyond the content area."""
        ink = self.mirror_if_rtl(box)
        return _Sides(max(0, math.ceil(self.content.x - ink.x)), max(0, math.ceil(ink.right - self.content.right)))

    def _allowed_outside(self) -> _Sides:
        """Returns how far in px ink may reach beyond the content area: into the margin, but not under the platform's controls."""
        left, right = self.format.safe.left, self.format.safe.right
        covered = _Sides(right, left) if self._rtl else _Sides(left, right)
        margins = _Sides(self.content.x, self.format.width - self.content.right)
        return _Sides(
            margins.start - max(covered.start, margins.start * _MIN_MARGIN_SHARE),
            margins.end - max(covered.end, margins.end * _MIN_MARGIN_SHARE),
        )

    def _role(self, name: str) -> Role:
        return self.theme.role(name, self.format.name)

    def _sizes(self, role_name: str) -> tuple[int, ...]:
        return self.theme.sizes(self._role(role_name), self._scale)


def content_area(card_format: Format, theme: Theme, rtl: bool) -> Rect:
    """Returns the card without its margins (px), which are the theme's or the platform's safe zone, whichever is wider.

    The rectangle is not mirrored: its x is the leading margin.
    """
    margin = round(theme.margin * min(card_format.width, card_format.height))
    safe = card_format.safe
    start, end = (safe.right, safe.left) if rtl else (safe.left, safe.right)
    left, top, right, bottom = (max(margin, side) for side in (start, safe.top, end, safe.bottom))
    return Rect(left, top, card_format.width - left - right, card_format.height - top - bottom)
