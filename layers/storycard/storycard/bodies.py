"""What fills a card between head and foot, by kind: headline, key fact, quote, or a carousel's last slide."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from storycard.article import Article, PullQuote
from storycard.canvas import Canvas
from storycard.edition import Edition
from storycard.editorial import key_bullets, pull_quotes
from storycard.errors import CardSkipped
from storycard.punctuation import quoted, typeset
from storycard.scene import Rect, Text

_SMALL, _MEDIUM, _LARGE = range(3)  # the theme's three gaps
_END_MARK_PX = 140  # on a card 1080 px wide


def _headline(canvas: Canvas, article: Article, edition: Edition, room: Rect) -> None:
    """The headline, and the deck under it where a short headline leaves it room."""
    headline = _put(canvas, "headline", typeset(article.headline, article.language), room)
    if article.deck:
        y = headline.box.bottom + canvas.gap(_LARGE)
        deck = canvas.set("deck", typeset(article.deck, article.language), Rect(room.x, y, room.width, room.bottom - y))
        if deck:
            canvas.place(deck)


def _bullet(canvas: Canvas, article: Article, edition: Edition, room: Rect) -> None:
    """The best key fact that fits, a rule along its leading edge; if none fits, the best one, cut."""
    bullets = [typeset(bullet, article.language) for bullet in key_bullets(article)]
    if not bullets:
        raise CardSkipped("bullet", canvas.format.name, "the article has no bullets")
    rule = canvas.ornament_px("bullet")
    indent = rule + canvas.gap(_MEDIUM) if rule else 0
    inner = Rect(room.x + indent, room.y, room.width - indent, room.height)
    whole = (canvas.set("bullet", bullet, inner, hang=not rule) for bullet in bullets)
    text = next(filter(None, whole), None) or canvas.set("bullet", bullets[0], inner, cut=True, hang=not rule)
    canvas.place(text)
    canvas.ornament("bullet", room.x, room.y, rule, text.last_baseline - room.y)


def _quote(canvas: Canvas, article: Article, edition: Edition, room: Rect) -> None:
    """The best quote that fits whole, in its language's marks, the speaker and the speaker's role under it."""
    quotes = pull_quotes(article)
    if not quotes:
        raise CardSkipped("quote", canvas.format.name, "the article has no quote with a speaker")
    if not any(_set_quote(canvas, article, quote, room) for quote in quotes):
        raise CardSkipped("quote", canvas.format.name, "no quote fits whole, and a quote is never cut")


def _end(canvas: Canvas, article: Article, edition: Edition, room: Rect) -> None:
    """Where to read the whole story: the newsroom's mark, an invitation, and the link's short name."""
    if (mark := edition.mark()) and not article.paid:
        height = round(min(canvas.px(_END_MARK_PX), room.width / mark.ratio))
        canvas.mark(Rect(room.x, round(room.y), round(height * mark.ratio), height), mark, canvas.theme.roles["headline"].colour)
        room = Rect(room.x, room.y + height + canvas.gap(_LARGE), room.width, room.height - height - canvas.gap(_LARGE))
    invitation = _put(canvas, "invitation", edition.words.say("read", article.language), room)
    if link := edition.link(article):
        y = invitation.box.bottom + canvas.gap(_MEDIUM)
        _put(canvas, "link", link, Rect(room.x, y, room.width, room.bottom - y))


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
    def __call__(self, canvas: Canvas, article: Article, edition: Edition, room: Rect) -> None: ...


BODIES: Mapping[str, _Body] = MappingProxyType({"headline": _headline, "bullet": _bullet, "quote": _quote, "end": _end})
