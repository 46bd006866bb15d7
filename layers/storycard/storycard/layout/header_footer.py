"""Lays out what all cards of a set share: label and kicker in the header; logo, name and date in the footer; the photo credit."""

import math

from storycard.article import Article
from storycard.design.render_context import RenderContext
from storycard.editing.punctuation import typeset
from storycard.language.dates import date_forms
from storycard.layout.card_builder import CardBuilder
from storycard.layout.optical_margins import Align
from storycard.layout.scene import Rect, Text

_SMALL, _MEDIUM = range(2)  # of the theme's three gaps
_MIN_KICKER_WIDTH = 120  # px at 1080 wide: with less, the kicker is left out
_NAME_SHARE = 0.62  # of the footer's width: the most that logo and name take if there is a date
_CREDIT_SHARE = 0.94  # of the photograph's width
_BAND_PADDING = 0.8  # of the theme's middle gap, above and below the contents of the footer's band
_BOX_PADDING = 0.5  # of the capitals' height, above and below the text in a filled box
_BOX_SIDE_PADDING = 1.3  # of that padding, beside the text


def place_top_rule(builder: CardBuilder, y: float) -> float:
    """Places the theme's rule at the top of a card. Returns by how many px it moves the header down.

    It does not move the header if it is drawn along the card's own edge.
    """
    ornament = builder.theme.ornaments.get("top")
    if ornament and ornament.bleed:
        builder.place_ornament("top", 0, 0, builder.format.width)
        return 0
    thickness = builder.place_ornament("top", builder.content.x, y, builder.content.width)
    return thickness + builder.gap(_MEDIUM) if thickness else 0


def place_header(builder: CardBuilder, article: Article, context: RenderContext, top: float, credit: str = "") -> float:
    """Places label and kicker at `top` (px), and a photo credit on the trailing side if it fits. Returns the body's y.

    That y is the same with a kicker or without, unless the kicker's descenders would collide with the body.
    """
    area = builder.content
    texts = {"label": context.label(article), "kicker": typeset(article.kicker, context.language)}
    boxed = [role for role in texts if builder.fill(role) and (texts[role] or role == "kicker")]
    padding = max((_BOX_PADDING * builder.cap_height(role) for role in boxed), default=0.0)
    body = top + builder.cap_height("kicker") + 2 * padding + builder.gap(_MEDIUM)
    x = area.x
    for role, text in texts.items():
        if text and area.right - x > builder.px(_MIN_KICKER_WIDTH):
            row = Rect(x, top + padding, area.right - x, builder.line_height(role))
            box = _place_boxed(builder, role, text, row) if builder.fill(role) else _place_plain(builder, role, text, row)
            x = box.right + builder.gap(_SMALL)
            body = max(body, box.bottom + 2 * builder.gap(_SMALL) - padding)
    if credit:
        y = math.floor(top + padding + (builder.cap_height("kicker") - builder.cap_height("credit")) / 2)
        room = Rect(x + builder.gap(_SMALL), y, area.right - x - builder.gap(_SMALL), builder.line_height("credit"))
        if placed := builder.fit_text("credit", credit, room, align="end"):
            builder.place_text(placed)
    return body


def _place_plain(builder: CardBuilder, role: str, text: str, row: Rect) -> Rect:
    placed = builder.fit_or_truncate(role, text, row)
    if (above := builder.format.safe.top - placed.box.y) > 0:  # marks above Arabic letters reach higher than capitals
        placed = placed.moved_down(math.ceil(above))
    builder.place_text(placed)
    return builder.mirror_if_rtl(placed.box)


def _place_boxed(builder: CardBuilder, role: str, text: str, row: Rect) -> Rect:
    """Places text in a filled box that starts at the row's leading edge. Returns the box."""
    padding = _BOX_PADDING * builder.cap_height(role)
    side_padding = _BOX_SIDE_PADDING * padding
    inner = row._replace(x=row.x + side_padding, width=row.width - 2 * side_padding)
    placed = builder.fit_or_truncate(role, text, inner)
    ink = builder.mirror_if_rtl(placed.box)
    top = min(row.y - padding, ink.y - padding / 2)
    bottom = max(row.y + builder.cap_height(role) + padding, ink.bottom + padding / 2)
    box = Rect(row.x, top, ink.right + side_padding - row.x, bottom - top)
    builder.place_rule(box, builder.fill(role))
    builder.place_text(placed)
    return box


def place_footer(builder: CardBuilder, article: Article, context: RenderContext, slide: str, credit: str = "") -> float:
    """Places logo and name on the leading side, and the slide's number, such as 2/7, or else the date on the trailing side.

    A photo credit comes before them. The date is shortened, and then left out, if it does not fit.

    The theme draws a rule above them or a band behind them. Paid content carries neither the newsroom's logo nor its name.
    Returns the y in px at which the body must end.
    """
    area, height = builder.content, builder.px(builder.theme.logo_px)
    if builder.theme.footer_fill:
        padding = round(_BAND_PADDING * builder.gap(_MEDIUM))
        y: float = builder.format.height - builder.format.safe.bottom - padding - height
        band_top = y - padding
        builder.place_rule(Rect(0, band_top, builder.format.width, builder.format.height - band_top), builder.theme.footer_fill)
        builder.photo_bottom = band_top
        end = band_top - builder.gap(_MEDIUM)
    else:
        y = area.bottom - height
        builder.place_ornament("foot", area.x, y - builder.gap(_SMALL), area.width)
        end = y - builder.gap(_SMALL) - builder.gap(_MEDIUM)
    row = Rect(area.x, y, area.width, height)
    start = row.x if article.paid else _place_signature(builder, context, row)
    rest = row._replace(x=start, width=row.right - start)
    if credit and rest.width > 0:
        rest = _before(builder, rest, builder.fit_or_truncate("credit", credit, _middle_of(rest, builder, "credit"), align="end"))
    if slide:
        _place_if_fits(builder, "number", slide, rest, "end")
    elif article.published_at:
        forms = date_forms(article.published_at, article.language)
        next((form for form in forms if _place_if_fits(builder, "date", form, rest, "end")), None)
    return end


def _before(builder: CardBuilder, row: Rect, text: Text) -> Rect:
    """Places a text at the end of the footer's row, and returns what is left of the row before it."""
    _place_in_row(builder, text, row)
    return row._replace(width=max(0.0, builder.mirror_if_rtl(text.box).x - builder.gap(_MEDIUM) - row.x))


def _place_signature(builder: CardBuilder, context: RenderContext, row: Rect) -> float:
    """Places the newsroom's logo and name. Returns the x in px from which the row is free."""
    start = row.x
    if logo := context.logo():
        height = round(min(row.height, row.width / 2 / logo.ratio))
        width = round(height * logo.ratio)
        place = Rect(start, row.y + (row.height - height) // 2, width, height)
        builder.place_logo(place, logo, builder.theme.roles["brand"].colour)
        start += width + builder.gap(_SMALL)
        if logo.has_name:
            return start
    name, beside_date = context.brand.title, row._replace(x=start, width=row.width * _NAME_SHARE)
    end = _place_if_fits(builder, "brand", name, beside_date)
    if end is None and builder.fit_text("brand", name, beside_date._replace(height=2 * row.height)):
        end = _place_or_truncate(builder, "brand", name, beside_date)  # too high for the row, as some scripts are, not too wide
    if end is not None:
        return end + builder.gap(_SMALL)
    _place_or_truncate(builder, "brand", name, row._replace(x=start, width=row.right - start))
    return row.right  # no room for the date: the name matters more


def _place_if_fits(builder: CardBuilder, role: str, text: str, row: Rect, align: Align = "start") -> float | None:
    """Places a text in the middle of the footer's row. Returns the x in px at which it ends; None if it does not fit."""
    fitted = builder.fit_text(role, text, _middle_of(row, builder, role), align=align)
    return _place_in_row(builder, fitted, row) if fitted else None


def _place_or_truncate(builder: CardBuilder, role: str, text: str, row: Rect) -> float:
    return _place_in_row(builder, builder.fit_or_truncate(role, text, _middle_of(row, builder, role)), row)


def _middle_of(row: Rect, builder: CardBuilder, role: str) -> Rect:
    """Returns a rectangle in which a line's capitals are centred on the row."""
    return row._replace(y=row.y + (row.height - builder.cap_height(role)) / 2, height=builder.line_height(role))


def _place_in_row(builder: CardBuilder, text: Text, row: Rect) -> float:
    if (below := text.box.bottom - row.bottom) > 0:  # scripts with deep descenders, such as Nastaliq, end at the margin
        text = text.moved_down(-below)
    builder.place_text(text)
    return builder.mirror_if_rtl(text.box).right


def credit_corner(builder: CardBuilder, credit: str) -> Rect | None:
    """Returns the corner of the placed photograph that its credit would take, on the card; None if it does not fit."""
    photo, height = builder.photo or Rect(0, 0, 0, 0), 2.2 * builder.cap_height("credit")
    room = Rect(0, 0, _CREDIT_SHARE * photo.width, builder.line_height("credit"))
    fitted = builder.fit_text("credit", credit, room, align="end")
    width = fitted.box.width + height / 2 if fitted else 0
    return builder.mirror_if_rtl(Rect(photo.right - width, photo.bottom - height, width, height)) if fitted else None


def place_credit(builder: CardBuilder, credit: str, photo: Rect) -> None:
    """Places the photographer's name in a box of the background's colour, in the lower corner on the photograph's trailing side.

    The box touches the photograph's edges; its text stays clear of what the platform covers. If a photograph beside the text ends
    well above the card's lower edge, the name is under it and has no box.
    """
    cap_height = builder.cap_height("credit")
    padding = round(0.6 * cap_height)
    bottom = min(photo.bottom, builder.format.height - builder.format.safe.bottom)
    beside = builder.photograph is not None and builder.photograph.placement == "beside"
    below = beside and builder.photo_bottom - photo.bottom > 3 * padding + cap_height
    end = min(photo.right, builder.format.width - builder.trailing_safe()) - (builder.margin if below else padding)
    width = _CREDIT_SHARE * photo.width
    y = bottom + padding if below else bottom - padding - cap_height
    placed = builder.fit_or_truncate("credit", credit, Rect(end - width, y, width, builder.line_height("credit")), align="end")
    if not below:
        if (deeper := placed.box.bottom + padding / 2 - bottom) > 0:  # deep descenders would leave the photograph
            placed = placed.moved_down(-math.ceil(deeper))
        ink = builder.mirror_if_rtl(placed.box)
        top = min(placed.last_baseline - cap_height, ink.y) - padding
        builder.place_rule(Rect(ink.x - padding, top, photo.right - ink.x + padding, bottom - top), builder.theme.background)
    builder.place_text(placed)
