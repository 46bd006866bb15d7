"""What frames every card of a set: label and kicker at its head, mark, name and date at its foot, the photographer's name."""

from dataclasses import replace

from storycard.article import Article
from storycard.canvas import Canvas
from storycard.edition import Edition
from storycard.language import long_date
from storycard.punctuation import typeset
from storycard.scene import Rect, Text

_SMALL, _MEDIUM = range(2)  # of the theme's three gaps
_LEAST_ROOM = 120  # px at 1080 wide: a kicker in less is better left out
_NAME_SHARE = 0.62  # of the foot: the most that mark and name take
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
    canvas.place(placed)
    return canvas.logical(placed.box)


def _tab(canvas: Canvas, role: str, text: str, row: Rect) -> Rect:
    """Text in a filled box whose leading edge is that of the row. Returns the box."""
    above = _TAB_PADDING * canvas.cap_height(role)
    beside = 1.3 * above
    inner = replace(row, x=row.x + beside, width=row.width - 2 * beside)
    placed = canvas.set(role, text, inner, cut=True)
    ink = canvas.logical(placed.box)
    top, bottom = min(row.y - above, ink.y - above / 2), max(row.y + canvas.cap_height(role) + above, ink.bottom + above / 2)
    box = Rect(row.x, top, ink.right + beside - row.x, bottom - top)
    canvas.rule(box, canvas.fill(role))
    canvas.place(placed)
    return box


def foot(canvas: Canvas, article: Article, edition: Edition, number: str) -> float:
    """Mark and brand on the leading edge, the date or a slide's number on the trailing one; a rule above, or a strip behind.

    Returns where the body must end. What somebody paid for does not bear the newsroom's mark and name.
    """
    area, size = canvas.content, canvas.px(canvas.theme.mark_px)
    has_strip = bool(canvas.theme.strip)
    y = area.bottom - size
    if has_strip:
        padding = canvas.gap(_MEDIUM) * 0.8
        y = canvas.format.height - canvas.format.safe.bottom - padding - size
        canvas.rule(Rect(0, y - padding, canvas.format.width, canvas.format.height - y + padding), canvas.theme.strip)
    floor = y + size

    def beside_mark(role: str, text: str, start: float, end: float) -> float:
        """Set a text at the trailing end of a stretch of the foot if it is the date or number. Returns where it ends."""
        at_end = role != "brand"
        room = Rect(start, y + (size - canvas.cap_height(role)) / 2, end - start, canvas.line_height(role))
        placed = canvas.set(role, text, room, cut=not at_end, at_end=at_end)
        if placed is None:  # half a date says nothing
            return start
        if (below := placed.box.bottom - floor) > 0:  # deep scripts, such as Nastaliq, stand on the margin
            placed = canvas.set(role, text, replace(room, y=room.y - below), cut=not at_end, at_end=at_end)
        canvas.place(placed)
        return canvas.logical(placed.box).right

    start = area.x
    if not article.paid:
        mark = edition.mark()
        if mark:
            height = round(min(size, area.width / 2 / mark.ratio))
            width = round(height * mark.ratio)
            canvas.mark(Rect(start, y + (size - height) // 2, width, height), mark, canvas.theme.roles["brand"].colour)
            start += width + canvas.gap(_SMALL)
        if not (mark and mark.says_name):
            start = beside_mark("brand", edition.brand.title, start, area.x + area.width * _NAME_SHARE) + canvas.gap(_SMALL)
    if number:
        beside_mark("number", number, start, area.right)
    elif article.published_at:
        beside_mark("date", long_date(article.published_at, article.language), start, area.right)
    if has_strip:
        return y - canvas.gap(_MEDIUM) * 0.8 - canvas.gap(_MEDIUM)
    y -= canvas.gap(_SMALL)
    canvas.ornament("foot", area.x, y, area.width)
    return y - canvas.gap(_MEDIUM)


def credit_tab(canvas: Canvas, credit: str, photo: Rect, *, at_top: bool) -> Text:
    """The photographer's name in a tab of the ground's colour at the trailing corner of the photograph, inside the safe zone."""
    safe, cap = canvas.format.safe, canvas.cap_height("credit")
    padding = _TAB_PADDING * cap
    end = min(photo.right, canvas.format.width - canvas.trailing_safe()) - 1.4 * padding
    y = max(photo.y, safe.top) + padding if at_top else min(photo.bottom, canvas.format.height - safe.bottom) - cap - 2 * padding
    width = 0.7 * photo.width
    placed = canvas.set("credit", credit, Rect(end - width, y, width, canvas.line_height("credit")), cut=True, at_end=True)
    ink = canvas.logical(placed.box)
    left, top, bottom = ink.x - 1.4 * padding, ink.y - padding, ink.bottom + padding
    canvas.rule(Rect(left, top, photo.right - left, bottom - top), canvas.theme.ground)
    canvas.place(placed)
    return placed
