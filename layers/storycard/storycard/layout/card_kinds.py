"""What fills a card between head and foot, by kind: headline, key fact, quote, or a carousel's last slide."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from storycard.article import Article, PullQuote
from storycard.design.render_context import RenderContext
from storycard.editing.punctuation import quoted, typeset
from storycard.editing.selection import key_bullets, pull_quotes
from storycard.errors import CardSkipped
from storycard.layout.card_builder import CardBuilder
from storycard.layout.scene import Rect, Text

_SMALL, _MEDIUM, _LARGE = range(3)  # the theme's three gaps
_END_MARK_PX = 140  # on a card 1080 px wide


def _headline(builder: CardBuilder, article: Article, context: RenderContext, room: Rect) -> None:
    """The headline, and the deck under it where a short headline leaves it room."""
    headline = _put(builder, "headline", typeset(article.headline, article.language), room)
    if article.deck:
        y = headline.box.bottom + builder.gap(_LARGE)
        deck = builder.set("deck", typeset(article.deck, article.language), Rect(room.x, y, room.width, room.bottom - y))
        if deck:
            builder.place(deck)


def _bullet(builder: CardBuilder, article: Article, context: RenderContext, room: Rect) -> None:
    """The best key fact that fits, a rule along its leading edge; if none fits, the best one, cut."""
    bullets = [typeset(bullet, article.language) for bullet in key_bullets(article)]
    if not bullets:
        raise CardSkipped("bullet", builder.format.name, "the article has no bullets")
    rule = builder.ornament_px("bullet")
    indent = rule + builder.gap(_MEDIUM) if rule else 0
    inner = Rect(room.x + indent, room.y, room.width - indent, room.height)
    whole = (builder.set("bullet", bullet, inner, hang=not rule) for bullet in bullets)
    text = next(filter(None, whole), None) or builder.set("bullet", bullets[0], inner, cut=True, hang=not rule)
    builder.place(text)
    builder.ornament("bullet", room.x, room.y, rule, text.last_baseline - room.y)


def _quote(builder: CardBuilder, article: Article, context: RenderContext, room: Rect) -> None:
    """The best quote that fits whole, in its language's marks, the speaker and the speaker's role under it."""
    quotes = pull_quotes(article)
    if not quotes:
        raise CardSkipped("quote", builder.format.name, "the article has no quote with a speaker")
    if not any(_set_quote(builder, article, quote, room) for quote in quotes):
        raise CardSkipped("quote", builder.format.name, "no quote fits whole, and a quote is never cut")


def _end(builder: CardBuilder, article: Article, context: RenderContext, room: Rect) -> None:
    """Where to read the whole story: the newsroom's mark, an invitation, and the link's short name."""
    if (logo := context.logo()) and not article.paid:
        height = round(min(builder.px(_END_MARK_PX), room.width / logo.ratio))
        builder.logo(
            Rect(room.x, round(room.y), round(height * logo.ratio), height), logo, builder.theme.roles["headline"].colour
        )
        room = Rect(room.x, room.y + height + builder.gap(_LARGE), room.width, room.height - height - builder.gap(_LARGE))
    invitation = _put(builder, "invitation", context.labels.say("read", article.language), room)
    if link := context.link(article):
        y = invitation.box.bottom + builder.gap(_MEDIUM)
        _put(builder, "link", link, Rect(room.x, y, room.width, room.bottom - y))


def _set_quote(builder: CardBuilder, article: Article, quote: PullQuote, room: Rect) -> bool:
    """Place one quote with its source, all of it or nothing; whether it fitted."""
    words = quoted(quote.text, article.language)
    height = _source(builder, article, quote, room)[-1].last_baseline - room.y + builder.gap(_MEDIUM)
    text = builder.set("quote", words, Rect(room.x, room.y, room.width, room.height - height))
    if text is None:
        return False
    builder.place(text)
    indent = room.width - text.room.width  # the words may have moved in for their mark: the source stands under them
    below = Rect(room.x + indent, text.box.bottom + builder.gap(_MEDIUM), text.room.width, room.bottom - text.box.bottom)
    rise = builder.cap_height("speaker") / 2 + builder.ornament_px("speaker") / 2
    builder.ornament("speaker", below.x, below.y + rise - builder.ornament_px("speaker"), below.width)
    for part in _source(builder, article, quote, below):
        builder.place(part)
    return True


def _source(builder: CardBuilder, article: Article, quote: PullQuote, room: Rect) -> list[Text]:
    """Who said it, beside a short rule: name and role on one line where they fit, else the role under the name."""
    rule = builder.ornament_length("speaker")
    indent = rule + builder.gap(_SMALL) if rule else 0
    x, width = room.x + indent, room.width - indent
    name = builder.set(
        "speaker", typeset(quote.speaker, article.language), Rect(x, room.y, width, builder.line_height("speaker")), cut=True
    )
    if not quote.role:
        return [name]
    words = typeset(quote.role, article.language)
    used = name.box.width + builder.gap(_SMALL)

    def beside(y: float) -> Text | None:
        return builder.set("speaker_role", words, Rect(x + used, y, width - used, builder.line_height("speaker_role") * 2))

    role = beside(room.y)
    if role and len(role.lines) == 1:
        return [name, beside(room.y + name.last_baseline - role.last_baseline)]  # two sizes on one baseline
    y = max(name.last_baseline + builder.gap(_SMALL), name.box.bottom + builder.gap(_SMALL) / 2)
    role = builder.set("speaker_role", words, Rect(x, y, width, builder.line_height("speaker_role") * 2), cut=True)
    return [name, role]


def _put(builder: CardBuilder, role: str, text: str, room: Rect) -> Text:
    """Set and place a text that is cut rather than left out."""
    placed = builder.set(role, text, room, cut=True)
    builder.place(placed)
    return placed


class _Body(Protocol):
    def __call__(self, builder: CardBuilder, article: Article, context: RenderContext, room: Rect) -> None: ...


BODIES: Mapping[str, _Body] = MappingProxyType({"headline": _headline, "bullet": _bullet, "quote": _quote, "end": _end})
