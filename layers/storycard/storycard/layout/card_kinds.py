"""Lays out the body of a card, between header and footer: a headline, a key fact, a quote, or a carousel's last slide."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from storycard.article import Article, PullQuote
from storycard.design.render_context import RenderContext
from storycard.editing.punctuation import quoted, typeset
from storycard.editing.selection import MOST_TRIED, fits_no_card, key_bullets, pull_quotes
from storycard.errors import CardSkipped
from storycard.language.language import Language
from storycard.layout.card_builder import CardBuilder
from storycard.layout.scene import Rect, Text

_SMALL, _MEDIUM, _LARGE = range(3)  # the theme's three gaps
_END_LOGO_PX = 140  # on a card 1080 px wide


def _place_headline(builder: CardBuilder, article: Article, context: RenderContext, room: Rect) -> None:
    """Places the headline, and the deck under it if it fits there."""
    headline = _place_or_truncate(builder, "headline", typeset(article.headline_on(builder.format.name), context.language), room)
    if article.deck:
        y = headline.box.bottom + builder.gap(_LARGE)
        deck = builder.fit_text("deck", typeset(article.deck, context.language), Rect(room.x, y, room.width, room.bottom - y))
        if deck:
            builder.place_text(deck)


def _place_bullet(builder: CardBuilder, article: Article, context: RenderContext, room: Rect) -> None:
    """Places the best key fact that fits whole, and a rule along its leading edge."""
    bullets = [typeset(bullet, context.language) for bullet in key_bullets(article, context.language)]
    if not bullets:
        raise CardSkipped("bullet", builder.format.name, "the article has no bullets")
    rule = builder.ornament_px("bullet")
    indent = rule + builder.gap(_MEDIUM) if rule else 0
    inner = Rect(room.x + indent, room.y, room.width - indent, room.height)
    fitted = (builder.fit_text("bullet", bullet, inner, hang=not rule) for bullet in bullets[:MOST_TRIED])
    text = next(filter(None, fitted), None) or builder.fit_or_truncate("bullet", bullets[0], inner, hang=not rule)
    if text.truncated:
        raise CardSkipped("bullet", builder.format.name, "no key fact fits whole, and a key fact is never cut")
    builder.place_text(text)
    builder.place_ornament("bullet", room.x, room.y, rule, text.last_baseline - room.y)


def _place_quote(builder: CardBuilder, article: Article, context: RenderContext, room: Rect) -> None:
    """Places the best quote that fits, in its language's quotation marks, with its speaker and the speaker's role under it."""
    quotes = pull_quotes(article)
    if not quotes:
        raise CardSkipped("quote", builder.format.name, "the article has no quote with a speaker")
    if not any(_place_if_fits(builder, context.language, quote, room) for quote in quotes[:MOST_TRIED]):
        raise CardSkipped("quote", builder.format.name, "no quote fits whole, and a quote is never cut")


def _place_end(builder: CardBuilder, article: Article, context: RenderContext, room: Rect) -> None:
    """Places the newsroom's logo, an invitation to read the article, and the link's short name."""
    if (logo := context.logo()) and not article.paid:
        height = round(min(builder.px(_END_LOGO_PX), room.width / logo.ratio))
        place = Rect(room.x, round(room.y), round(height * logo.ratio), height)
        builder.place_logo(place, logo, builder.theme.roles["headline"].colour)
        taken = height + builder.gap(_LARGE)
        room = Rect(room.x, room.y + taken, room.width, room.height - taken)
    invitation = _place_or_truncate(builder, "invitation", context.language.labels["read"], room)
    if link := context.link(article):
        y = invitation.box.bottom + builder.gap(_MEDIUM)
        _place_or_truncate(builder, "link", link, Rect(room.x, y, room.width, room.bottom - y))


def _place_or_truncate(builder: CardBuilder, role: str, text: str, room: Rect) -> Text:
    placed = builder.fit_or_truncate(role, text, room)
    builder.place_text(placed)
    return placed


def _place_if_fits(builder: CardBuilder, language: Language, quote: PullQuote, room: Rect) -> bool:
    """Places one quote with its source if all of it fits, else nothing. Returns whether it did."""
    if fits_no_card(quote):
        return False
    source_height = _fit_source(builder, language, quote, room)[-1].last_baseline - room.y + builder.gap(_MEDIUM)
    words = quoted(quote.text, language)
    text = builder.fit_text("quote", words, Rect(room.x, room.y, room.width, room.height - source_height))
    if text is None:
        return False
    builder.place_text(text)
    indent = room.width - text.room.width  # not 0 if the words moved in for a mark that cannot hang; the source moves too
    below = Rect(room.x + indent, text.box.bottom + builder.gap(_MEDIUM), text.room.width, room.bottom - text.box.bottom)
    rise = builder.cap_height("speaker") / 2 + builder.ornament_px("speaker") / 2
    builder.place_ornament("speaker", below.x, below.y + rise - builder.ornament_px("speaker"), below.width)
    for part in _fit_source(builder, language, quote, below):
        builder.place_text(part)
    return True


def _fit_source(builder: CardBuilder, language: Language, quote: PullQuote, room: Rect) -> list[Text]:
    """Fits the speaker's name and role beside a short rule: on one line if they fit, else the role under the name."""
    rule = builder.ornament_length("speaker")
    indent = rule + builder.gap(_SMALL) if rule else 0
    x, width = room.x + indent, room.width - indent
    name_room = Rect(x, room.y, width, builder.line_height("speaker"))
    name = builder.fit_or_truncate("speaker", typeset(quote.speaker, language), name_room)
    if not quote.role:
        return [name]
    words, height = typeset(quote.role, language), builder.line_height("speaker_role") * 2
    used = name.box.width + builder.gap(_SMALL)
    role = builder.fit_text("speaker_role", words, Rect(x + used, room.y, width - used, height))
    if role and len(role.lines) == 1:
        return [name, role.moved_down(name.last_baseline - role.last_baseline)]  # the two sizes share one baseline
    y = max(name.last_baseline + builder.gap(_SMALL), name.box.bottom + builder.gap(_SMALL) / 2)
    return [name, builder.fit_or_truncate("speaker_role", words, Rect(x, y, width, height))]


class _PlaceBody(Protocol):
    def __call__(self, builder: CardBuilder, article: Article, context: RenderContext, room: Rect) -> None: ...


BODIES: Mapping[str, _PlaceBody] = MappingProxyType(
    {"headline": _place_headline, "bullet": _place_bullet, "quote": _place_quote, "end": _place_end}
)
