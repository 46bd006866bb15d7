"""What frames every card of a set: label and kicker at its head, mark, name and date at its foot, the photographer's name."""

import math

from storycard.article import Article
from storycard.design.render_context import RenderContext
from storycard.editing.punctuation import typeset
from storycard.language.language import long_date
from storycard.layout.card_builder import CardBuilder
from storycard.layout.scene import Rect

_SMALL, _MEDIUM = range(2)  # of the theme's three gaps
_LEAST_ROOM = 120  # px at 1080 wide: a kicker in less is better left out
_NAME_SHARE = 0.62  # of the foot: the most that mark and name take
_CREDIT_SHARE = 0.86  # of the photograph's width
_STRIP_PADDING = 0.8  # of the theme's middle gap, above and below what stands on the strip
_TAB_PADDING = 0.5  # of the capitals' height, above and below the text in a filled box; a little more beside it


def head(builder: CardBuilder, article: Article, context: RenderContext, top: float, *, with_rule: bool) -> float:
    """A rule across the top, label and kicker under it. Returns where the body begins.

    That is the same with a kicker or without, but in scripts that reach so far down that the body would touch them.
    """
    area = builder.content
    y = top + (_top_rule(builder, top) if with_rule else 0)
    texts = {"label": context.label(article), "kicker": typeset(article.kicker, article.language)}
    tabbed = [role for role in texts if builder.fill(role) and (texts[role] or role == "kicker")]
    padding = max((_TAB_PADDING * builder.cap_height(role) for role in tabbed), default=0.0)
    body = y + builder.cap_height("kicker") + 2 * padding + builder.gap(_MEDIUM)
    x = area.x
    for role, text in texts.items():
        if text and area.right - x > builder.px(_LEAST_ROOM):
            row = Rect(x, y + padding, area.right - x, builder.line_height(role))
            box = _tab(builder, role, text, row) if builder.fill(role) else _plain(builder, role, text, row)
            x = box.right + builder.gap(_SMALL)
            body = max(body, box.bottom + 2 * builder.gap(_SMALL) - padding)
    return body


def _top_rule(builder: CardBuilder, y: float) -> float:
    """How far the theme's rule across the head moves the rest down, in px: not at all when it lies on the card's edge."""
    if not builder.ornament_px("top"):
        return 0
    if builder.theme.ornaments["top"].bleed:
        builder.ornament("top", 0, 0, builder.format.width)
        return 0
    return builder.ornament("top", builder.content.x, y, builder.content.width) + builder.gap(_MEDIUM)


def _plain(builder: CardBuilder, role: str, text: str, row: Rect) -> Rect:
    placed = builder.set(role, text, row, cut=True)
    if (above := builder.format.safe.top - placed.box.y) > 0:  # marks above Arabic letters reach higher than capitals
        placed = placed.lowered(math.ceil(above))
    builder.place(placed)
    return builder.logical(placed.box)


def _tab(builder: CardBuilder, role: str, text: str, row: Rect) -> Rect:
    """Text in a filled box whose leading edge is that of the row. Returns the box."""
    above = _TAB_PADDING * builder.cap_height(role)
    beside = 1.3 * above
    inner = row._replace(x=row.x + beside, width=row.width - 2 * beside)
    placed = builder.set(role, text, inner, cut=True)
    ink = builder.logical(placed.box)
    top, bottom = min(row.y - above, ink.y - above / 2), max(row.y + builder.cap_height(role) + above, ink.bottom + above / 2)
    box = Rect(row.x, top, ink.right + beside - row.x, bottom - top)
    builder.rule(box, builder.fill(role))
    builder.place(placed)
    return box


def foot(builder: CardBuilder, article: Article, context: RenderContext, number: str) -> float:
    """Mark and name on the leading edge, the date or a slide's number on the trailing one; a rule above, or a strip behind.

    Returns where the body must end. What somebody paid for does not bear the newsroom's mark and name.
    """
    area, size = builder.content, builder.px(builder.theme.logo_px)
    if builder.theme.footer_fill:
        padding = round(_STRIP_PADDING * builder.gap(_MEDIUM))
        y = builder.format.height - builder.format.safe.bottom - padding - size
        builder.floor = y - padding
        builder.rule(
            Rect(0, builder.floor, builder.format.width, builder.format.height - builder.floor), builder.theme.footer_fill
        )
        end = builder.floor - builder.gap(_MEDIUM)
    else:
        y = area.bottom - size
        builder.ornament("foot", area.x, y - builder.gap(_SMALL), area.width)
        end = y - builder.gap(_SMALL) - builder.gap(_MEDIUM)
    row = Rect(area.x, y, area.width, size)
    start = row.x if article.paid else _signature(builder, context, row)
    if number:
        _in_foot(builder, "number", number, row._replace(x=start, width=row.right - start), at_end=True)
    elif article.published_at:
        date = long_date(article.published_at, article.language)
        _in_foot(builder, "date", date, row._replace(x=start, width=row.right - start), at_end=True)
    return end


def _signature(builder: CardBuilder, context: RenderContext, row: Rect) -> float:
    """The newsroom's mark and name. Returns where there is room for more."""
    start = row.x
    logo = context.logo()
    if logo:
        height = round(min(row.height, row.width / 2 / logo.ratio))
        width = round(height * logo.ratio)
        place = Rect(start, row.y + (row.height - height) // 2, width, height)
        builder.logo(place, logo, builder.theme.roles["brand"].colour)
        start += width + builder.gap(_SMALL)
    if logo and logo.has_name:
        return start
    name, beside_date = context.brand.title, row._replace(x=start, width=row.width * _NAME_SHARE)
    end = _in_foot(builder, "brand", name, beside_date)
    if end is None and builder.set("brand", name, beside_date._replace(height=2 * row.height)):  # it is high, and not too wide
        end = _in_foot(builder, "brand", name, beside_date, cut=True)
    if end is not None:
        return end + builder.gap(_SMALL)
    _in_foot(builder, "brand", name, row._replace(x=start, width=row.right - start), cut=True)
    return row.right  # the date goes before a letter of the name does


def _in_foot(builder: CardBuilder, role: str, text: str, row: Rect, *, cut: bool = False, at_end: bool = False) -> float | None:
    """Set a text on the line of the mark. Returns where it ends; None where it does not fit and may not be `cut`."""
    room = row._replace(y=row.y + (row.height - builder.cap_height(role)) / 2, height=builder.line_height(role))
    placed = builder.set(role, text, room, cut=cut, at_end=at_end)
    if placed is None:
        return None
    if (below := placed.box.bottom - row.bottom) > 0:  # deep scripts, such as Nastaliq, stand on the margin
        placed = builder.set(role, text, room._replace(y=room.y - below), cut=cut, at_end=at_end)
    builder.place(placed)
    return builder.logical(placed.box).right


def credit_tab(builder: CardBuilder, credit: str, photo: Rect, *, at_top: bool) -> None:
    """The photographer's name in a tab of the ground's colour, in a corner of the photograph on its trailing side.

    The tab lies on the photograph's edges; its text keeps out of what the platform covers.
    """
    safe, cap = builder.format.safe, builder.cap_height("credit")
    padding = round(0.6 * cap)
    edge = max(photo.y, safe.top) if at_top else min(photo.bottom, builder.format.height - safe.bottom)
    baseline = edge + padding + cap if at_top else edge - padding
    end = min(photo.right, builder.format.width - builder.trailing_safe()) - padding
    width = _CREDIT_SHARE * photo.width
    room = Rect(end - width, baseline - cap, width, builder.line_height("credit"))
    placed = builder.set("credit", credit, room, cut=True, at_end=True)
    if not at_top and (below := placed.box.bottom + padding / 2 - edge) > 0:  # deep letters rise above the photograph's edge
        placed = placed.lowered(-math.ceil(below))
    ink = builder.logical(placed.box)
    top = edge if at_top else min(placed.last_baseline - cap, ink.y) - padding
    bottom = max(placed.last_baseline, ink.bottom - padding / 2) + padding if at_top else edge
    builder.rule(Rect(ink.x - padding, top, photo.right - ink.x + padding, bottom - top), builder.theme.background)
    builder.place(placed)
