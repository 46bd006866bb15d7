"""Places a key fact by its leading figure: the figure as large as fits, what goes with it, and the rest of the sentence."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from storycard.article import Article
from storycard.design.composition import Part, Tally
from storycard.design.render_context import RenderContext
from storycard.editing.punctuation import typeset
from storycard.editing.selection import key_bullets
from storycard.errors import CardSkipped
from storycard.layout.composer import DESCENDER, Composer
from storycard.layout.scene import Rect, Text

if TYPE_CHECKING:
    from storycard.editing.figures import Figure

_UNIT = 0.42  # of the figure's size: the words that go with it
_BESIDE, _BETWEEN = 0.1, 0.2  # of the figure's size: the gaps to words beside it, and above or below it
_CLEAR = 0.05  # of the figure's size: the least gap between the letters of two rows
_WIDE = 50  # times the room: no words are longer
_MAX_TRIES = 4  # a smaller size has another tracking, and so another width
_MARK_GAP = 0.25  # of its height: between the marks of a tally
_BELOW_TALLY = 0.8  # of its height: between a tally and the text below it


def place_figure(composer: Composer, parts: Mapping[str, Part], article: Article, context: RenderContext) -> None:
    """Places the first key fact by its figure. Raises CardSkipped if it has none, or if the figure or the rest does not fit."""
    from storycard.editing.figures import find_figure  # compiles its patterns, which other kinds of card do not need

    facts = key_bullets(article, context.language)
    fact = typeset(facts[0], context.language) if facts else ""
    found = find_figure(fact, context.language)
    if found is None:
        raise CardSkipped("bullet", composer.format_name, "the key fact has no leading figure", "no-fact")
    room, rest_room = (composer.room(parts[name].area) for name in ("figure", "rest"))
    if composer.composition.tally and found.share:
        rest_room = _place_tally(composer, composer.composition.tally, found.share, rest_room)
    figure = _fit_figure(composer, parts["figure"], found, room)
    rest = composer.fit("rest", parts["rest"], found.rest, rest_room)
    if rest is None or not figure:
        raise CardSkipped("bullet", composer.format_name, "the figure or the rest of the fact does not fit", "too-long")
    number, *words = figure
    composer.place([number._replace(text=fact), *words], parts["figure"], room)
    composer.place([rest], parts["rest"], rest_room)


def _fit_figure(composer: Composer, part: Part, found: "Figure", room: Rect) -> Sequence[Text]:
    """Fits a figure at the top of `room`, with its words beside, above or below it: wherever it can be larger.

    Returns the figure first; nothing if it does not fit.
    """
    above, below = ((False, True) if words else (False,) for words in (found.prefix, found.unit))
    arrangements = [_arrange(composer, part, found, room, *lines) for lines in itertools.product(above, below)]
    return max(arrangements, key=lambda texts: texts[0].font_px if texts else 0)


def _arrange(composer: Composer, part: Part, found: "Figure", room: Rect, above: bool, below: bool) -> Sequence[Text]:
    """Fits a figure on one line. `above` and `below` say whether the words before and after it have lines of their own."""
    largest = part.role.max_px
    for _ in range(_MAX_TRIES):
        number_part = part._replace(role=replace(part.role, max_px=largest, max_lines=1), align="start")
        number = composer.fit("figure", number_part, found.number, room) if largest >= part.role.min_px else None
        if number is None:
            return ()
        px = round(_UNIT * number.font_px / composer.scale)
        words_part = number_part._replace(role=replace(composer.role("unit"), min_px=px, max_px=px, colour=part.role.colour))
        wide = room._replace(width=_WIDE * room.width)  # words too long for the figure make it smaller
        before, after = (composer.fit("unit", words_part, words, wide) if words else None for words in (found.prefix, found.unit))
        line = [None if above else before, number, None if below else after]
        rows = [[text for text in row if text] for row in ([before] if above else [], line, [after] if below else []) if row]
        shrink = _room_left(rows, room, number.font_px)
        if shrink >= 1:
            return sorted(_line_up(composer, rows, room, part.align, number.font_px), key=lambda text: text.role)
        largest = min(largest - 1, int(shrink * number.font_px / composer.scale))
    return ()


def _room_left(rows: Sequence[Sequence[Text]], room: Rect, font_px: float) -> float:
    """Returns how much larger the rows, set at the top of `room`, could be. Below 1, they are too large."""
    widths = [sum(map(_width, row)) + _BESIDE * font_px * (len(row) - 1) for row in rows]
    first, last = rows[0], rows[-1]
    above = max(0.0, room.y - min(text.box.y for text in first))
    below = max(max(text.box.bottom - text.last_baseline, DESCENDER * text.font_px) for text in last)
    height = above + _drops(rows, room, font_px)[-1] + _baseline(last) - room.y + below
    return min(room.width / max(widths), room.height / height)


def _drops(rows: Sequence[Sequence[Text]], room: Rect, font_px: float) -> Sequence[float]:
    """Returns by how many px each row, set at the top of `room`, moves down to stand below the one before it."""
    drops = [0.0]
    for upper, lower in itertools.pairwise(rows):
        by_baseline = _baseline(upper) - room.y + _BETWEEN * font_px
        ink_bottom = max(text.box.bottom + _baseline(upper) - text.last_baseline for text in upper)
        ink_top = min(text.box.y + _baseline(lower) - text.last_baseline for text in lower)
        drops.append(drops[-1] + max(by_baseline, ink_bottom + _CLEAR * font_px - ink_top))
    return drops


def _line_up(composer: Composer, rows: Sequence[Sequence[Text]], room: Rect, align: str, font_px: float) -> Iterator[Text]:
    """Moves texts, all set at the top of `room`, beside one another in their row, and each row below the one before."""
    for row, down in zip(rows, _drops(rows, room, font_px), strict=True):
        free = room.width - sum(map(_width, row)) - _BESIDE * font_px * (len(row) - 1)
        along = free / 2 if align == "centre" else 0.0
        for text in row:
            yield composer.moved(text, round(along), round(down + _baseline(row) - text.last_baseline))
            along += _width(text) + _BESIDE * font_px


def _baseline(row: Sequence[Text]) -> float:
    return max(text.last_baseline for text in row)


def _width(text: Text) -> float:
    return text.lines[0].line.width * text.font_px


def _place_tally(composer: Composer, tally: Tally, share: tuple[int, int], rest_room: Rect) -> Rect:
    """Places a row of marks, and returns what it leaves of the room for the rest of the fact."""
    filled, count = share
    room = composer.room(tally.area)
    gap = _MARK_GAP * room.height
    is_disc = tally.radius >= tally.area.height / 2
    width = min((room.width - gap * (count - 1)) / count, room.height if is_disc else room.width)
    height = width if is_disc else room.height
    for number in range(count):
        on = number < filled
        left, right = (round(room.x + place * (width + gap) + extra) for place, extra in ((number, 0), (number, width)))
        mark = Rect(left, round(room.y), right - left, round(height))
        radius = (right - left) / 2 if is_disc else tally.radius * composer.scale
        outline = 0.0 if on else tally.outline * composer.scale
        composer.place_panel(mark, tally.on if on else tally.off, radius, outline)
    top = max(rest_room.y, room.y + (1 + _BELOW_TALLY) * height)
    return rest_room._replace(y=top, height=rest_room.bottom - top)
