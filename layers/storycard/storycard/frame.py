"""What frames every card of a set: label and kicker at its head, mark, name and date at its foot, the photographer's name."""

import math

from storycard.article import Article
from storycard.canvas import Canvas
from storycard.edition import Edition
from storycard.language import long_date
from storycard.punctuation import typeset
from storycard.scene import Rect

_SMALL, _MEDIUM = range(2)  # of the theme's three gaps
_LEAST_ROOM = 120  # px at 1080 wide: a kicker in less is better left out
_NAME_SHARE = 0.62  # of the foot: the most that mark and name take
_CREDIT_SHARE = 0.86  # of the photograph's width
_STRIP_PADDING = 0.8  # of the theme's middle gap, above and below what stands on the strip
_TAB_PADDING = 0.5  # of the capitals' height, above and below the text in a filled box; a little more beside it


def head(canvas: Canvas, article: Article, edition: Edition, top: float, *, with_rule: bool) -> float:
    """A rule across the top, label and kicker under it. Returns where the body begins.

    That is the same with a kicker or without, but in scripts that reach so far down that the body would touch them.
    """
    area = canvas.content
    y = top + (_top_rule(canvas, top) if with_rule else 0)
    texts = {"label": edition.label(article), "kicker": typeset(article.kicker, article.language)}
    tabbed = [role for role in texts if canvas.fill(role) and (texts[role] or role == "kicker")]
    padding = max((_TAB_PADDING * canvas.cap_height(role) for role in tabbed), default=0.0)
    body = y + canvas.cap_height("kicker") + 2 * padding + canvas.gap(_MEDIUM)
    x = area.x
    for role, text in texts.items():
        if text and area.right - x > canvas.px(_LEAST_ROOM):
            row = Rect(x, y + padding, area.right - x, canvas.line_height(role))
            box = _tab(canvas, role, text, row) if canvas.fill(role) else _plain(canvas, role, text, row)
            x = box.right + canvas.gap(_SMALL)
            body = max(body, box.bottom + 2 * canvas.gap(_SMALL) - padding)
    return body


def _top_rule(canvas: Canvas, y: float) -> float:
    """How far the theme's rule across the head moves the rest down, in px: not at all when it lies on the card's edge."""
    if not canvas.ornament_px("top"):
        return 0
    if canvas.theme.ornaments["top"].bleed:
        canvas.ornament("top", 0, 0, canvas.format.width)
        return 0
    return canvas.ornament("top", canvas.content.x, y, canvas.content.width) + canvas.gap(_MEDIUM)


def _plain(canvas: Canvas, role: str, text: str, row: Rect) -> Rect:
    placed = canvas.set(role, text, row, cut=True)
    if (above := canvas.format.safe.top - placed.box.y) > 0:  # marks above Arabic letters reach higher than capitals
        placed = placed.lowered(math.ceil(above))
    canvas.place(placed)
    return canvas.logical(placed.box)


def _tab(canvas: Canvas, role: str, text: str, row: Rect) -> Rect:
    """Text in a filled box whose leading edge is that of the row. Returns the box."""
    above = _TAB_PADDING * canvas.cap_height(role)
    beside = 1.3 * above
    inner = row._replace(x=row.x + beside, width=row.width - 2 * beside)
    placed = canvas.set(role, text, inner, cut=True)
    ink = canvas.logical(placed.box)
    top, bottom = min(row.y - above, ink.y - above / 2), max(row.y + canvas.cap_height(role) + above, ink.bottom + above / 2)
    box = Rect(row.x, top, ink.right + beside - row.x, bottom - top)
    canvas.rule(box, canvas.fill(role))
    canvas.place(placed)
    return box


def foot(canvas: Canvas, article: Article, edition: Edition, number: str) -> float:
    """Mark and name on the leading edge, the date or a slide's number on the trailing one; a rule above, or a strip behind.

    Returns where the body must end. What somebody paid for does not bear the newsroom's mark and name.
    """
    area, size = canvas.content, canvas.px(canvas.theme.mark_px)
    if canvas.theme.strip:
        padding = round(_STRIP_PADDING * canvas.gap(_MEDIUM))
        y = canvas.format.height - canvas.format.safe.bottom - padding - size
        canvas.floor = y - padding
        canvas.rule(Rect(0, canvas.floor, canvas.format.width, canvas.format.height - canvas.floor), canvas.theme.strip)
        end = canvas.floor - canvas.gap(_MEDIUM)
    else:
        y = area.bottom - size
        canvas.ornament("foot", area.x, y - canvas.gap(_SMALL), area.width)
        end = y - canvas.gap(_SMALL) - canvas.gap(_MEDIUM)
    row = Rect(area.x, y, area.width, size)
    start = row.x if article.paid else _signature(canvas, edition, row)
    if number:
        _in_foot(canvas, "number", number, row._replace(x=start, width=row.right - start), at_end=True)
    elif article.published_at:
        date = long_date(article.published_at, article.language)
        _in_foot(canvas, "date", date, row._replace(x=start, width=row.right - start), at_end=True)
    return end


def _signature(canvas: Canvas, edition: Edition, row: Rect) -> float:
    """The newsroom's mark and name. Returns where there is room for more."""
    start = row.x
    mark = edition.mark()
    if mark:
        height = round(min(row.height, row.width / 2 / mark.ratio))
        width = round(height * mark.ratio)
        place = Rect(start, row.y + (row.height - height) // 2, width, height)
        canvas.mark(place, mark, canvas.theme.roles["brand"].colour)
        start += width + canvas.gap(_SMALL)
    if mark and mark.says_name:
        return start
    name, beside_date = edition.brand.title, row._replace(x=start, width=row.width * _NAME_SHARE)
    end = _in_foot(canvas, "brand", name, beside_date)
    if end is None and canvas.set("brand", name, beside_date._replace(height=2 * row.height)):  # it is high, and not too wide
        end = _in_foot(canvas, "brand", name, beside_date, cut=True)
    if end is not None:
        return end + canvas.gap(_SMALL)
    _in_foot(canvas, "brand", name, row._replace(x=start, width=row.right - start), cut=True)
    return row.right  # the date goes before a letter of the name does


def _in_foot(canvas: Canvas, role: str, text: str, row: Rect, *, cut: bool = False, at_end: bool = False) -> float | None:
    """Set a text on the line of the mark. Returns where it ends; None where it does not fit and may not be `cut`."""
    room = row._replace(y=row.y + (row.height - canvas.cap_height(role)) / 2, height=canvas.line_height(role))
    placed = canvas.set(role, text, room, cut=cut, at_end=at_end)
    if placed is None:
        return None
    if (below := placed.box.bottom - row.bottom) > 0:  # deep scripts, such as Nastaliq, stand on the margin
        placed = canvas.set(role, text, room._replace(y=room.y - below), cut=cut, at_end=at_end)
    canvas.place(placed)
    return canvas.logical(placed.box).right


def credit_tab(canvas: Canvas, credit: str, photo: Rect, *, at_top: bool) -> None:
    """The photographer's name in a tab of the ground's colour, in a corner of the photograph on its trailing side.

    The tab lies on the photograph's edges; its text keeps out of what the platform covers.
    """
    safe, cap = canvas.format.safe, canvas.cap_height("credit")
    padding = round(0.6 * cap)
    edge = max(photo.y, safe.top) if at_top else min(photo.bottom, canvas.format.height - safe.bottom)
    baseline = edge + padding + cap if at_top else edge - padding
    end = min(photo.right, canvas.format.width - canvas.trailing_safe()) - padding
    width = _CREDIT_SHARE * photo.width
    room = Rect(end - width, baseline - cap, width, canvas.line_height("credit"))
    placed = canvas.set("credit", credit, room, cut=True, at_end=True)
    if not at_top and (below := placed.box.bottom + padding / 2 - edge) > 0:  # deep letters rise above the photograph's edge
        placed = placed.lowered(-math.ceil(below))
    ink = canvas.logical(placed.box)
    top = edge if at_top else min(placed.last_baseline - cap, ink.y) - padding
    bottom = max(placed.last_baseline, ink.bottom - padding / 2) + padding if at_top else edge
    canvas.rule(Rect(ink.x - padding, top, photo.right - ink.x + padding, bottom - top), canvas.theme.ground)
    canvas.place(placed)
