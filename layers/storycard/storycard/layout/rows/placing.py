"""Places the rows of small texts of a composed card: label and kicker, logo and name, and the date or the slide's number."""

from dataclasses import replace
from itertools import islice

from storycard.design.composition import NOWHERE, Align, Item, Part, Row, Strip
from storycard.design.render_context import RenderContext
from storycard.design.role import Role
from storycard.language.dates import date_forms
from storycard.layout.composer import Composer
from storycard.layout.rows.row_texts import RowTexts
from storycard.layout.scene import PlacedLogo, Rect, Text

_GAP, _END_GAP = 0.9, 1.4  # em between two texts of a row, and between date and credit at its end
_LOGO_GAP = 0.4  # of the logo's height
_DOT, _DOT_GAP = 0.75, 0.7  # of the capitals: the dot of a live story; of the dot: the gap after it
_END: Align = "end"
_ARROW, _ARROW_WIDTH, _ARROW_GAP = 1.1, 1.7, 0.6  # of the capitals: an arrow; of its height: its width, and the gap before it
_MUCH_HIGHER = 1.4  # times the row: the height of Tibetan or Burmese letters
_ROOM = 3.0  # em: no script has a higher line
_NAME_SHARE, _NAME_BESIDE_LABEL = 0.5, 0.27  # of a row: the most that a name in its middle takes if something is beside it


def place_row(composer: Composer, row: Row, texts: RowTexts, lone: Align, context: RenderContext) -> None:
    """Places the name in the middle of a row, then what is at its start, then credit and date if there is room for them.

    A kicker stands behind a logo in the same row.

    `lone` is the alignment of a credit or a date that stands alone in a kicker's row.
    """
    room = composer.room(row.area)
    start, end, items = room.x, room.right, row.items
    if "name" in items and texts.name:
        name = _place_name(composer, row, items["name"], context, room, _NAME_BESIDE_LABEL if texts.label else _NAME_SHARE)
        start, end = name.right, name.x - _GAP * items["name"].min_px * composer.scale
    beginning, first = room._replace(width=end - room.x), True
    if "brand" in items and texts.name:
        start = max(start, _place_signature(composer, row, items["brand"], context, beginning))
        x = start + _END_GAP * items["brand"].min_px * composer.scale
        beginning, first = beginning._replace(x=x, width=max(0.0, end - x)), False
    if "kicker" in items:
        start = max(start, _place_kicker(composer, items["kicker"], texts, beginning, first))
    elif "label" in items:
        start = max(start, _place_label(composer, items["label"], texts, beginning))
    _place_end(composer, row, texts, lone, room, start)


def _place_end(composer: Composer, row: Row, texts: RowTexts, lone: Align, room: Rect, start: float) -> None:
    """Places the slide's number, the credit and the date at the end of a row whose beginning is taken up to `start`.

    The date comes before the credit and gives way to it, and so does the number of a cover, but not its arrow.
    """
    items: tuple[Item, ...] = ("date", "credit")
    shown = [item for item in items if item in row.items and texts.has(item)]
    align = _END
    if start == room.x and len(shown) == 1:
        align = lone if "kicker" in row.items else "start" if len(row.items) == 1 else _END
    gaps = {item: _GAP * row.items[item].min_px * composer.scale for item in shown}
    left = start + (max(gaps.values(), default=0.0) if start > room.x else 0.0)
    rest = room._replace(x=left, width=max(0.0, room.right - left))
    credit = Part(row.items["credit"], NOWHERE, "top", align) if "credit" in shown else None
    if "date" in shown and texts.number:
        end = _place_number(composer, row.items["date"], texts, rest, align, credit)
        rest = rest._replace(width=max(0.0, end - _END_GAP * row.items["date"].min_px * composer.scale - left))
    if credit:
        placed = composer.place_small(_truncate(composer, "credit", credit.role, texts.credit, rest, align), credit.role)
        rest = rest._replace(width=max(0.0, placed.x - _END_GAP * credit.role.min_px * composer.scale - left))
    if "date" in shown and texts.day and not texts.number:
        forms = islice(date_forms(texts.day, composer.language.tag), 1 if credit else 0, None)  # never long beside a credit
        fitted = (_fit(composer, "date", row.items["date"], form, rest, align) for form in forms)
        if date := next(filter(None, fitted), None):
            composer.place_small(date, row.items["date"])


def _place_number(composer: Composer, role: Role, texts: RowTexts, room: Rect, align: Align, credit: Part | None) -> float:
    """Places the slide's number, and an arrow behind that of a cover. Returns the x in px at which they begin."""
    height = _ARROW * composer.cap_height(role, role.min_px * composer.scale)
    width = (_ARROW_WIDTH + _ARROW_GAP) * height if texts.is_cover and composer.composition.swipe else 0.0
    number = _fit(composer, "number", role, texts.number, room._replace(width=max(0.0, room.width - width)), align)
    if number and width and credit:
        free = room.width - width - number.box.width - _END_GAP * role.min_px * composer.scale
        if not _fit(composer, "credit", credit.role, texts.credit, room._replace(width=max(0.0, free))):
            number = None
    placed = composer.place_small(number, role) if number else Rect(room.right - width, room.y, 0, 0)
    if width and width <= room.width:
        x = placed.right + _ARROW_GAP * height
        composer.place_arrow(Rect(x, room.y + (room.height - height) / 2, _ARROW_WIDTH * height, height))
    return placed.x


def _place_name(composer: Composer, row: Row, role: Role, context: RenderContext, room: Rect, share: float) -> Rect:
    """Places the newsroom's name in the middle of a row, or its logo if the name is too wide. Returns its rectangle."""
    width = room.width * (share if len(row.items) > 1 else 1)
    middle = room._replace(x=room.x + (room.width - width) / 2, width=width)
    name = _fit(composer, "name", role, context.brand.title, middle, "centre")
    if name:
        return composer.place_small(name, role)
    if logo := context.logo(row.ground):
        width = min(middle.width, room.height * logo.ratio)
        place = Rect(room.x + (room.width - width) / 2, room.y, width, width / logo.ratio)
        composer.place_logo(PlacedLogo(place, logo.file, role.colour if logo.one_colour else ""))
        return place
    truncated = _truncate(composer, "name", role, context.brand.title, middle, "centre")
    return composer.place_small(truncated, role)


def place_strip(composer: Composer, strip: Strip, label: str, headline: Part, ground: str) -> None:
    """Places the story's label across the top of a card, aligned like the headline, with only ground above it."""
    rect, edge = composer.strip_rect(strip), headline.area.x * composer.scale
    if rect.y:
        composer.place_panel(rect._replace(y=0, height=rect.y), ground)
    composer.place_panel(rect, strip.role.fill)
    room = rect._replace(x=edge, width=rect.width - 2 * edge)
    role = replace(strip.role, fill="")
    composer.place_small(_truncate(composer, "label", role, label, room, headline.align), role)


def _place_kicker(composer: Composer, role: Role, texts: RowTexts, room: Rect, first: bool) -> float:
    """Places the story's label and its kicker, `first` in their row or behind a name. Returns the x in px at which they end."""
    gap = _GAP * role.min_px * composer.scale
    end = _place_label(composer, role, texts, room)
    x = end + gap if end > room.x else room.x
    if not texts.kicker or room.right - x <= gap:
        return end
    padding = composer.side_padding(role)
    inner = room._replace(x=x + padding, width=room.right - x - 2 * padding)
    # A kicker behind a label or a name is whole or left out: a stub of it says nothing.
    fitted = (_truncate if first and end == room.x else _fit)(composer, "kicker", role, texts.kicker, inner)
    return composer.place_small(fitted, role).right if fitted else end


def _place_label(composer: Composer, role: Role, texts: RowTexts, room: Rect) -> float:
    """Places the story's label in the size of `role`. Returns the x in px at which it ends."""
    if not texts.label:
        return room.x
    style = replace(composer.role(texts.label_role), min_px=role.min_px, max_px=role.max_px, max_lines=1)
    dot = _DOT * composer.cap_height(style, style.min_px * composer.scale) if texts.label_role == "live" else 0.0
    padding, lead = composer.side_padding(style), (1 + _DOT_GAP) * dot
    inner = room._replace(x=room.x + padding + lead, width=room.width - 2 * padding - lead)
    fitted = _fit(composer, "label", style, texts.label, inner)
    fitted = fitted or _truncate(composer, "label", style, texts.short_label, inner)
    placed = composer.place_small(fitted, style, lead=lead)
    if dot:
        composer.place_panel(Rect(room.x + padding, room.y + (room.height - dot) / 2, dot, dot), style.colour, dot / 2)
    return placed.right


def _place_signature(composer: Composer, row: Row, role: Role, context: RenderContext, room: Rect) -> float:
    """Places the newsroom's logo and its name. Returns the x in px at which they end."""
    x = room.x
    if logo := context.logo(row.ground):
        height = round(min(room.height, room.width / 2 / logo.ratio))
        width = round(height * logo.ratio)
        place = Rect(round(x), round(room.y + (room.height - height) / 2), width, height)
        composer.place_logo(PlacedLogo(place, logo.file, role.colour if logo.one_colour else ""))
        x += width + _LOGO_GAP * height
        if logo.has_name:
            return x
    name = _truncate(composer, "brand", role, context.brand.title, room._replace(x=x, width=room.right - x))
    return composer.place_small(name, role).right


def _fit(composer: Composer, name: str, role: Role, text: str, room: Rect, align: Align = "start") -> Text | None:
    fitted = composer.fit(name, Part(role, NOWHERE, "top", align), text, _in_middle(composer, role, room))
    return _within(room, fitted) if fitted else None


def _truncate(composer: Composer, name: str, role: Role, text: str, room: Rect, align: Align = "start") -> Text:
    fitted = composer.fit_or_truncate(name, Part(role, NOWHERE, "top", align), text, _in_middle(composer, role, room))
    return _within(room, fitted)


def _within(room: Rect, text: Text) -> Text:
    """Moves a text whose letters are much higher or deeper than the row until they are as far above it as below it."""
    if text.box.height < _MUCH_HIGHER * room.height:
        return text
    return text.moved_down(round(room.y + room.height / 2 - (text.box.y + text.box.bottom) / 2))


def _in_middle(composer: Composer, role: Role, room: Rect) -> Rect:
    """Returns the rectangle for a line whose capitals are in the middle of the row. It is high enough for any script."""
    size = role.max_px * composer.scale
    return room._replace(y=room.y + (room.height - composer.cap_height(role, size)) / 2, height=_ROOM * size)
