"""(Article, kind, Format, Theme) into a Scene: where every line of type, rule and mark of a card stands.

Everything here is laid out as if text ran left to right; a card in a right-to-left language is mirrored as its parts are
placed (see `canvas.py`), so that no step needs to know.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Protocol

from storycard.article import Article, PullQuote
from storycard.canvas import Canvas
from storycard.editorial import key_bullets, pull_quotes
from storycard.errors import CardSkipped
from storycard.formats import Format
from storycard.language import long_date
from storycard.punctuation import quoted, typeset
from storycard.scene import Rect, Scene, Text
from storycard.text.fonts import FontLibrary
from storycard.theme import Theme

_SMALL, _MEDIUM, _LARGE = range(3)  # the theme's three gaps


def lay_out(article: Article, kind: str, card_format: Format, theme: Theme, fonts: FontLibrary) -> Scene:
    """The Scene of one card. Raises CardSkipped when the article has nothing for this kind, or nothing that fits."""
    canvas = Canvas(card_format, theme, fonts, article.language)
    top = _head(canvas, article)
    bottom = _foot(canvas, article)
    content = canvas.content
    _BODIES[kind](canvas, article, Rect(content.x, top, content.width, bottom - top))
    return canvas.scene()


def _head(canvas: Canvas, article: Article) -> float:
    """A rule across the top, the kicker under it. Returns where the body begins.

    That is the same with a kicker or without, but in scripts that reach so far down that the body would touch them.
    """
    area = canvas.content
    y = area.y + canvas.ornament("top", area.x, area.y, area.width)
    y += canvas.gap(_MEDIUM) if y > area.y else 0
    body = y + canvas.cap_height("kicker") + canvas.gap(_MEDIUM)
    if not article.kicker:
        return body
    room = Rect(area.x, y, area.width, canvas.line_height("kicker"))
    kicker = _put(canvas, "kicker", typeset(article.kicker, article.language), room)
    return max(body, kicker.box.bottom + 2 * canvas.gap(_SMALL))


def _foot(canvas: Canvas, article: Article) -> float:
    """Mark and brand on the leading edge, the date on the trailing one, a rule above. Returns where the body must end."""
    area, size = canvas.content, canvas.px(canvas.theme.mark_px)
    y = area.bottom - size
    canvas.mark(Rect(area.x, y, size, size), canvas.theme.roles["brand"].colour)

    def beside_mark(role: str, text: str, x: float, width: float, *, at_end: bool = False) -> None:
        room = Rect(x, y + (size - canvas.cap_height(role)) / 2, width, canvas.line_height(role))
        placed = canvas.set(role, text, room, cut=True, at_end=at_end)
        if (below := placed.box.bottom - area.bottom) > 0:  # deep scripts, such as Nastaliq, stand on the margin
            placed = canvas.set(role, text, replace(room, y=room.y - below), cut=True, at_end=at_end)
        canvas.place(placed)

    start, middle = area.x + size + canvas.gap(_SMALL), area.x + area.width / 2
    beside_mark("brand", canvas.theme.brand, start, middle - start)
    if article.published_at:
        beside_mark("date", long_date(article.published_at, article.language), middle, area.width / 2, at_end=True)
    y -= canvas.gap(_SMALL)
    canvas.ornament("foot", area.x, y, area.width)
    return y - canvas.gap(_MEDIUM)


def _headline(canvas: Canvas, article: Article, room: Rect) -> None:
    """The headline, and the deck under it where a short headline leaves it room."""
    headline = _put(canvas, "headline", typeset(article.headline, article.language), room)
    if article.deck:
        y = headline.box.bottom + canvas.gap(_LARGE)
        deck = canvas.set("deck", typeset(article.deck, article.language), Rect(room.x, y, room.width, room.bottom - y))
        if deck:
            canvas.place(deck)


def _bullet(canvas: Canvas, article: Article, room: Rect) -> None:
    """The best key fact that fits, a rule along its leading edge; if none fits, the best one, cut."""
    bullets = [typeset(bullet, article.language) for bullet in key_bullets(article)]
    if not bullets:
        raise CardSkipped("bullet", canvas.format.name, "the article has no bullets")
    rule = canvas.ornament_px("bullet")
    indent = rule + canvas.gap(_MEDIUM) if rule else 0
    inner = Rect(room.x + indent, room.y, room.width - indent, room.height)
    whole = (canvas.set("bullet", bullet, inner) for bullet in bullets)
    text = next(filter(None, whole), None) or canvas.set("bullet", bullets[0], inner, cut=True)
    canvas.place(text)
    canvas.ornament("bullet", room.x, room.y, rule, text.last_baseline - room.y)


def _quote(canvas: Canvas, article: Article, room: Rect) -> None:
    """The best quote that fits whole, in its language's marks, the speaker and the speaker's role under it."""
    quotes = pull_quotes(article)
    if not quotes:
        raise CardSkipped("quote", canvas.format.name, "the article has no quote with a speaker")
    if not any(_set_quote(canvas, article, quote, room) for quote in quotes):
        raise CardSkipped("quote", canvas.format.name, "no quote fits whole, and a quote is never cut")


def _set_quote(canvas: Canvas, article: Article, quote: PullQuote, room: Rect) -> bool:
    """Place one quote with its source, all of it or nothing; whether it fitted."""
    words = quoted(quote.text, article.language)
    height = _source(canvas, article, quote, room)[-1].last_baseline - room.y + canvas.gap(_MEDIUM)
    text = canvas.set("quote", words, Rect(room.x, room.y, room.width, room.height - height))
    if text is None:
        return False
    canvas.place(text)
    indent = room.width - text.room.width  # the words may have moved in for their mark: the source stands under them
    below = Rect(room.x + indent, text.box.bottom + canvas.gap(_MEDIUM), text.room.width, room.bottom - text.box.bottom)
    rise = canvas.cap_height("speaker") / 2 + canvas.ornament_px("speaker") / 2
    canvas.ornament("speaker", below.x, below.y + rise - canvas.ornament_px("speaker"), below.width)
    for part in _source(canvas, article, quote, below):
        canvas.place(part)
    return True


def _source(canvas: Canvas, article: Article, quote: PullQuote, room: Rect) -> list[Text]:
    """Who said it, beside a short rule: name and role on one line where they fit, else the role under the name."""
    rule = canvas.ornament_length("speaker")
    indent = rule + canvas.gap(_SMALL) if rule else 0
    x, width = room.x + indent, room.width - indent
    name = canvas.set(
        "speaker", typeset(quote.speaker, article.language), Rect(x, room.y, width, canvas.line_height("speaker")), cut=True
    )
    if not quote.role:
        return [name]
    words = typeset(quote.role, article.language)
    used = name.box.width + canvas.gap(_SMALL)

    def beside(y: float) -> Text | None:
        return canvas.set("speaker_role", words, Rect(x + used, y, width - used, canvas.line_height("speaker_role") * 2))

    role = beside(room.y)
    if role and len(role.lines) == 1:
        return [name, beside(room.y + name.last_baseline - role.last_baseline)]  # two sizes on one baseline
    y = max(name.last_baseline + canvas.gap(_SMALL), name.box.bottom + canvas.gap(_SMALL) / 2)
    role = canvas.set("speaker_role", words, Rect(x, y, width, canvas.line_height("speaker_role") * 2), cut=True)
    return [name, role]


def _put(canvas: Canvas, role: str, text: str, room: Rect) -> Text:
    """Set and place a text that is cut rather than left out."""
    placed = canvas.set(role, text, room, cut=True)
    canvas.place(placed)
    return placed


class _Body(Protocol):
    def __call__(self, canvas: Canvas, article: Article, room: Rect) -> None: ...


_BODIES: Mapping[str, _Body] = MappingProxyType({"headline": _headline, "bullet": _bullet, "quote": _quote})
