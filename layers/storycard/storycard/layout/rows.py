"""Places the rows of small texts of a composed card: label and kicker, logo and name, and the date or the slide's number."""

from dataclasses import replace

from storycard.article import Article
from storycard.design.composition import NOWHERE, Align, Part, Row, Strip
from storycard.design.render_context import RenderContext
from storycard.design.role import Role
from storycard.editing.punctuation import typeset
from storycard.language.dates import date_forms
from storycard.layout.composer import Composer
from storycard.layout.scene import PlacedLogo, Rect, Text

_GAP = 0.9  # em between two texts of a row
_LOGO_GAP = 0.4  # of the logo's height
_DOT, _DOT_GAP = 0.75, 0.7  # of the capitals: the dot of a live story; of the dot: the gap after it
_ROOM = 3.0  # em: no script has a higher line
_NAME_SHARE = 0.5  # of a row: the most that a name in its middle takes if something is beside it


def place_row(composer: Composer, row: Row, article: Article, counter: str, context: RenderContext) -> None:
    """Places the name in the middle of a row, then what is at its start, then the date if there is room for it.

    `counter` is the slide's number in a carousel, such as 2/7, which replaces the date. Paid content has no logo, name or date.
    """
    room = composer.room(row.area)
    end, items = room.right, row.items
    start = room.x
    if "name" in items and not article.paid:
        name = _place_name(composer, row, items["name"], context, room)
        start, end = name.right, name.x - _GAP * items["name"].min_px * composer.scale
    beginning = room._replace(width=end - room.x)
    if "kicker" in items:
        start = max(start, _place_kicker(composer, items["kicker"], article, context, beginning))
    elif "label" in items:
        start = max(start, _place_label(composer, items["label"], article, context, beginning))
    if "brand" in items and not article.paid:
        start = max(start, _place_signature(composer, row, items["brand"], context, beginning))
    if "credit" in items:
        start += _GAP * items["credit"].min_px * composer.scale if len(items) > 1 else 0
        align: Align = "end" if len(items) > 1 else "start"
        _place_credit(
            composer, items["credit"], article, context, room._replace(x=start, width=max(0.0, room.right - start)), align
        )
    if "date" in items:
        start += _GAP * items["date"].min_px * composer.scale
        _place_date(composer, items["date"], article, counter, room._replace(x=start, width=max(0.0, room.right - start)))


def _place_name(composer: Composer, row: Row, role: Role, context: RenderContext, room: Rect) -> Rect:
    """Places the newsroom's name in the middle of a row, or its logo if the name is too wide. Returns its rectangle."""
    width = room.width * (_NAME_SHARE if len(row.items) > 1 else 1)
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


def place_strip(composer: Composer, strip: Strip, headline: Part, ground: str, context: RenderContext, article: Article) -> None:
    """Places the story's label across the top of the card, its text as the headline is aligned, and only ground above it."""
    rect, edge = composer.strip_rect(strip), headline.area.x * composer.scale
    if rect.y:
        composer.place_panel(rect._replace(y=0, height=rect.y), ground)
    composer.place_panel(rect, strip.role.fill)
    room = rect._replace(x=edge, width=rect.width - 2 * edge)
    role = replace(strip.role, fill="")
    composer.place_small(_truncate(composer, "label", role, context.label(article), room, headline.align), role)


def _place_kicker(composer: Composer, role: Role, article: Article, context: RenderContext, room: Rect) -> float:
    """Places the story's label and its kicker. Returns the x in px at which they end."""
    gap = _GAP * role.min_px * composer.scale
    end = _place_label(composer, role, article, context, room)
    x = end + gap if end > room.x else room.x
    kicker = typeset(article.kicker, context.language)
    if not kicker or room.right - x <= gap:
        return end
    padding = composer.side_padding(role)
    inner = room._replace(x=x + padding, width=room.right - x - 2 * padding)
    # A kicker behind a label is whole or left out: a stub of it says nothing.
    fitted = (_truncate if end == room.x else _fit)(composer, "kicker", role, kicker, inner)
    return composer.place_small(fitted, role).right if fitted else end


def _place_label(composer: Composer, role: Role, article: Article, context: RenderContext, room: Rect) -> float:
    """Places the story's label in the size of `role`, unless it has a strip. Returns the x in px at which it ends."""
    text = "" if composer.strip else context.label(article)
    if not text:
        return room.x
    is_live = article.label == "live" and not article.paid
    own_label = article.label if article.label and not article.paid else "label"
    style = replace(composer.role(own_label), min_px=role.min_px, max_px=role.max_px, max_lines=1)
    dot = _DOT * composer.cap_height(style, style.min_px * composer.scale) if is_live else 0.0
    padding, lead = composer.side_padding(style), (1 + _DOT_GAP) * dot
    inner = room._replace(x=room.x + padding + lead, width=room.width - 2 * padding - lead)
    fitted = _fit(composer, "label", style, text, inner)
    if fitted is None:  # the time of a live story is left out first
        text = context.language.labels["live"] if is_live else text
        fitted = _truncate(composer, "label", style, text, inner)
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


def _place_credit(composer: Composer, role: Role, article: Article, context: RenderContext, room: Rect, align: Align) -> None:
    """Places the photographer's name: at the end of a row, or at its start if nothing else is in it."""
    if credit := context.credit(article):
        composer.place_small(_truncate(composer, "credit", role, credit, room, align), role)


def _place_date(composer: Composer, role: Role, article: Article, counter: str, room: Rect) -> None:
    """Places the slide's number, or the longest form of the date that fits."""
    if counter:
        name, forms = "number", iter([counter])
    elif article.published_at and not article.paid:
        name, forms = "date", date_forms(article.published_at, article.language)
    else:
        return
    fitted = (_fit(composer, name, role, form, room, "end") for form in forms)
    if placed := next(filter(None, fitted), None):
        composer.place_small(placed, role)


def _fit(composer: Composer, name: str, role: Role, text: str, room: Rect, align: Align = "start") -> Text | None:
    return composer.fit(name, Part(role, NOWHERE, "top", align), text, _in_middle(composer, role, room))


def _truncate(composer: Composer, name: str, role: Role, text: str, room: Rect, align: Align = "start") -> Text:
    return composer.fit_or_truncate(name, Part(role, NOWHERE, "top", align), text, _in_middle(composer, role, room))


def _in_middle(composer: Composer, role: Role, room: Rect) -> Rect:
    """Returns the rectangle for a line whose capitals are in the middle of the row. It is high enough for any script."""
    size = role.max_px * composer.scale
    return room._replace(y=room.y + (room.height - composer.cap_height(role, size)) / 2, height=_ROOM * size)
