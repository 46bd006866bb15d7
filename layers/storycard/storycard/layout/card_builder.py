"""A format and a theme into a canvas that parts are placed on: fitted text, rules, marks, mirrored where text runs leftwards."""

import math
from typing import NamedTuple

from storycard.design.brand import Logo
from storycard.design.formats import Format
from storycard.design.theme import MAIN_ROLES, Role, Theme
from storycard.language.language import is_rtl
from storycard.layout.optical_margins import HANGING, placed_text
from storycard.layout.scene import Photograph, PlacedLogo, Rect, Rule, Scene, Scrim, Text, Watermark
from storycard.text.fitting import Box, fit, fit_or_truncate
from storycard.text.fonts.library import FontLibrary
from storycard.text.icu import upper
from storycard.text.paragraph import measure, set_line

_WIDTH_IN_UNITS = 1080  # theme lengths are px on a card this wide
_MARGIN_KEPT = 0.3  # of the margin, at the card's very edge: ink closer than that looks cut off at feed size
_DESCENDER = 0.22  # em; what the descenders of most type need
_MOST_TRIES = 3  # in narrower room other marks may begin the lines, in type of another size


class Placed(NamedTuple):
    """How many parts of each sort stand on a card."""

    rules: int
    logos: int
    texts: int


class _Sides(NamedTuple):
    """px on the leading and on the trailing side."""

    start: float
    end: float


class CardBuilder:
    """One card while its parts are placed. Rects given to it are leading-edge first: as if text ran left to right."""

    def __init__(self, card_format: Format, theme: Theme, fonts: FontLibrary, language: str) -> None:
        self.format = card_format
        self.theme = theme
        self.content = content_area(card_format, theme, is_rtl(language))
        self.margin = round(theme.margin * min(card_format.width, card_format.height))
        self._fonts = fonts
        self._language = language
        self._rtl = is_rtl(language)
        self._scale = card_format.width / _WIDTH_IN_UNITS
        self.floor = card_format.height  # the lower edge of what is free of the foot's strip
        self.photo: Rect | None = None  # where the photograph stands, leading edge first
        self._photograph: Photograph | None = None
        self._scrim: Scrim | None = None
        self._rules: list[Rule] = []
        self._logos: list[PlacedLogo] = []
        self._texts: list[Text] = []
        self._watermark: Watermark | None = None

    def scene(self) -> Scene:
        """All that was placed."""
        return Scene(
            width=self.format.width,
            height=self.format.height,
            background=self.theme.background,
            photograph=self._photograph,
            scrim=self._scrim,
            rules=tuple(self._rules),
            logos=tuple(self._logos),
            texts=tuple(self._texts),
            watermark=self._watermark,
        )

    def px(self, units: float) -> int:
        """Theme units (px on a card 1080 px wide) in px on this card."""
        return round(units * self._scale)

    def gap(self, step: int) -> int:
        """One of the theme's spaces between parts in px, 0 the smallest."""
        return self.px(self.theme.gaps[step])

    def cap_height(self, role: str) -> float:
        """The height in px of a role's capitals at its largest size."""
        return self._fonts.match(self._role(role).style.font).cap_height * self._largest(role)

    def line_height(self, role: str) -> float:
        """The leading in px of a role at its largest size."""
        return self._role(role).style.leading * self._largest(role)

    def ornament_px(self, name: str) -> int:
        """The thickness in px of one of the theme's rules, 0 when it has no such rule."""
        ornament = self.theme.ornaments.get(name)
        return self.px(ornament.px) if ornament else 0

    def ornament_length(self, name: str) -> int:
        """The length in px of one of the theme's short rules, 0 when it has no such rule."""
        ornament = self.theme.ornaments.get(name)
        return self.px(ornament.length) if ornament else 0

    def ornament(self, name: str, x: float, y: float, width: float, height: float | None = None) -> int:
        """Place one of the theme's rules; its own thickness is its height unless one is given. Returns the thickness in px."""
        ornament = self.theme.ornaments.get(name)
        thickness = self.ornament_px(name)
        if not thickness:
            return 0
        length = min(width, self.px(ornament.length)) if ornament.length else width
        self.rule(Rect(x, y, length, thickness if height is None else height), ornament.colour)
        return thickness

    def rule(self, rect: Rect, colour: str) -> None:
        """Place a filled rectangle, its edges on whole px."""
        whole = Rect(round(rect.x), round(rect.y), round(rect.width), round(rect.height))
        self._rules.append(Rule(self.logical(whole), colour))

    def logo(self, rect: Rect, logo: Logo, colour: str) -> None:
        """Place a brand's mark, in `colour` if it has none of its own."""
        self._logos.append(PlacedLogo(self.logical(rect), logo.file, colour if logo.one_colour else ""))

    def photograph(self, rect: Rect, focus: tuple[float, float]) -> None:
        """Place the article's photograph, its subject near `focus`."""
        x, y = focus
        self.photo = rect
        self._photograph = Photograph(self.logical(rect), (1 - x, y) if self._rtl else focus)

    def scrim(self, rect: Rect, solid: float) -> None:
        """Veil the photograph in the ground's colour for the texts that will stand on it."""
        self._scrim = Scrim(rect, solid, self.theme.background)

    def watermark(self, word: str) -> None:
        """Write `word` across the whole card."""
        role = self.theme.roles["label"]
        paragraph = measure(word, self._language, self._rtl, role.style, self._fonts)
        diagonal = math.hypot(self.format.width, self.format.height)
        line = set_line(paragraph, 0, len(word))
        self._watermark = Watermark(line, round(0.7 * diagonal / max(line.width, 3.0)), self.theme.roles["headline"].colour)

    def fill(self, role: str) -> str:
        """The colour of the box under a role's text, "" for none."""
        return self.theme.roles[role].fill

    def trailing_safe(self) -> int:
        """px on the trailing side that the platform covers."""
        return self.format.safe.left if self._rtl else self.format.safe.right

    def placed(self) -> "Placed":
        """How much stands on the card by now."""
        return Placed(len(self._rules), len(self._logos), len(self._texts))

    def lowest(self, since: "Placed") -> float:
        """How far down in px what was placed since then reaches, its last line's descenders counted whether it has any or not."""
        texts, rules = self._texts[since.texts :], self._rules[since.rules :]
        lines = (max(text.box.bottom, text.last_baseline + _DESCENDER * text.font_px) for text in texts)
        return max((*lines, *(rule.rect.bottom for rule in rules)), default=0.0)

    def highest(self, since: "Placed") -> float:
        """How far up in px what was placed since then reaches."""
        tops = [*(text.box.y for text in self._texts[since.texts :]), *(rule.rect.y for rule in self._rules[since.rules :])]
        return min(tops, default=float(self.format.height))

    def lower(self, since: "Placed", by: int) -> None:
        """Move everything placed since then down by so many px."""
        if not by:
            return
        self._rules[since.rules :] = [rule._replace(rect=rule.rect.lowered(by)) for rule in self._rules[since.rules :]]
        self._logos[since.logos :] = [logo._replace(rect=logo.rect.lowered(by)) for logo in self._logos[since.logos :]]
        self._texts[since.texts :] = [text.lowered(by) for text in self._texts[since.texts :]]

    def set(
        self, role_name: str, text: str, room: Rect, *, cut: bool = False, at_end: bool = False, hang: bool = True
    ) -> Text | None:
        """`text` from the top of `room` at the largest size its role allows; None if it does not fit. Nothing is placed yet.

        With `cut`, what is too long at the smallest size ends in an ellipsis instead. Lines stand on the room's leading
        edge, their stems aligned and opening quotation marks outside it if they may `hang`; with `at_end`, on its trailing edge.
        """
        for _ in range(_MOST_TRIES):
            text_set = self._set(role_name, text, room, cut=cut, at_end=at_end, hang=hang and not at_end)
            if text_set is None or at_end:
                return text_set
            out = self._outside(text_set.box)
            if not out.start and not out.end:
                break
            # Half in the margin would look like a slip: where a mark cannot hang, it stands on the edge and the words move in.
            # One that does not open the text is not worth that: it stands on the edge as any letter does.
            free = self._margins_free()
            start = out.start if out.start > free.start else 0
            end = out.end if out.end > free.end else 0
            if start and hang and text[:1] not in HANGING:
                hang = False
                continue
            if not start and not end:
                break
            room = Rect(room.x + start, room.y, room.width - start - end, room.height)
        return text_set

    def place(self, text: Text) -> None:
        """Put a set text on the card."""
        self._texts.append(text)

    def _set(self, role_name: str, text: str, room: Rect, *, cut: bool, at_end: bool, hang: bool) -> Text | None:
        role = self._role(role_name)
        drawn = upper(text, self._language) if role.capitals else text
        paragraph = measure(drawn, self._language, self._rtl, role.style, self._fonts)
        box = Box(room.width, room.height, role.max_lines)
        sizes = self.theme.sizes(role, self._scale)
        fitted = fit_or_truncate(paragraph, box, sizes) if cut else fit(paragraph, box, sizes)
        if fitted is None:
            return None
        return placed_text(role_name, role, paragraph, fitted, self.logical(room), at_end=at_end, rtl=self._rtl, hang=hang)

    @property
    def is_cut(self) -> bool:
        """Whether what the card is for had to leave words out."""
        return any(text.truncated for text in self._texts if text.role in MAIN_ROLES)

    def _outside(self, box: Rect) -> "_Sides":
        """How far in px a box stands outside the content."""
        logical = self.logical(box)
        return _Sides(max(0, math.ceil(self.content.x - logical.x)), max(0, math.ceil(logical.right - self.content.right)))

    def _margins_free(self) -> "_Sides":
        """How far in px ink may stand outside the content: most of the margin, never under the platform's controls."""
        left, right = self.format.safe.left, self.format.safe.right
        covered = _Sides(right, left) if self._rtl else _Sides(left, right)
        margins = _Sides(self.content.x, self.format.width - self.content.right)
        return _Sides(
            margins.start - max(covered.start, margins.start * _MARGIN_KEPT),
            margins.end - max(covered.end, margins.end * _MARGIN_KEPT),
        )

    def _role(self, name: str) -> Role:
        return self.theme.role(name, self.format.name)

    def _largest(self, role: str) -> int:
        return max(self.theme.sizes(self._role(role), self._scale))

    def logical(self, rect: Rect) -> Rect:
        """A rect of the card as if text ran left to right, or the other way about: its own inverse."""
        return Rect(self.format.width - rect.right, rect.y, rect.width, rect.height) if self._rtl else rect


def content_area(card_format: Format, theme: Theme, rtl: bool) -> Rect:
    """The card inside its margins, which are the theme's, or the platform's safe zone where that is wider."""
    margin = round(theme.margin * min(card_format.width, card_format.height))
    safe = card_format.safe
    start, end = (safe.right, safe.left) if rtl else (safe.left, safe.right)
    left, top, right, bottom = (max(margin, side) for side in (start, safe.top, end, safe.bottom))
    return Rect(left, top, card_format.width - left - right, card_format.height - top - bottom)
