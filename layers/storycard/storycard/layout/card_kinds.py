"""Places what a card is about: a headline, a key fact, a quote with its speaker, a question, or an invitation."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from storycard.article import Article, PullQuote, QuestionAndAnswer
from storycard.design.composition import NOWHERE, Part
from storycard.design.render_context import RenderContext
from storycard.editing.punctuation import quoted, typeset
from storycard.editing.questions import card_answers
from storycard.editing.selection import MOST_TRIED, fits_no_card, key_bullets, pull_quotes
from storycard.errors import CardSkipped
from storycard.layout.composer import Composer
from storycard.layout.figure_card import place_figure
from storycard.layout.optical_margins import HANGING_MARKS
from storycard.layout.ornaments.initials import fit_with_initial
from storycard.layout.scene import Rect, Text

_SOURCE_GAP = 1.3  # em of the speaker's name, between it and the quote
_ANSWER_SIZE = 0.88  # of the question's: the most that an answer has
_ROLE_GAP = 0.5  # em of the speaker's name, between it and the speaker's role


def _place_headline(composer: Composer, parts: Mapping[str, Part], article: Article, context: RenderContext) -> None:
    part = parts["headline"]
    room = composer.room(part.area)
    composer.place(
        [composer.fit_or_truncate("headline", part, typeset(article.headline_on(composer.format_name), context.language), room)],
        part,
        room,
    )


def _place_bullet(composer: Composer, parts: Mapping[str, Part], article: Article, context: RenderContext) -> None:
    """Places the best key fact that fits whole, or the first with an initial if the composition has one."""
    bullets = [typeset(bullet, context.language) for bullet in key_bullets(article, context.language)[: _most_tried(composer)]]
    if not bullets:
        raise CardSkipped("bullet", composer.format_name, "the article has no bullets", "no-fact")
    part = parts["bullet"]
    room = composer.room(part.area)
    if part.initial:
        opened = fit_with_initial(composer, "bullet", part, bullets[0], room)
        if not opened:
            raise CardSkipped("bullet", composer.format_name, "the key fact has no initial, or does not fit with it", "too-long")
        composer.place(opened, part, room)
        return
    fitted = (composer.fit("bullet", part, bullet, room) for bullet in bullets)
    text = next(filter(None, fitted), None) or composer.fit_or_truncate("bullet", part, bullets[0], room)
    if text.truncated:
        raise CardSkipped("bullet", composer.format_name, "no key fact fits whole, and a key fact is never cut", "too-long")
    composer.place([text], part, room)


def _most_tried(composer: Composer) -> int:
    """Returns how many key facts or quotes are tried: a better one in the next composition comes before a shorter one in this."""
    return 1 if composer.has_next else MOST_TRIED


def _place_quote(composer: Composer, parts: Mapping[str, Part], article: Article, context: RenderContext) -> None:
    """Places the best quote that fits, its opening mark large, and its speaker below it or in an area of their own."""
    quotes = pull_quotes(article)
    if not quotes:
        raise CardSkipped("quote", composer.format_name, "the article has no quote with a speaker", "no-quote")
    if not any(_place_if_fits(composer, parts, quote, context) for quote in quotes[: _most_tried(composer)]):
        raise CardSkipped("quote", composer.format_name, "no quote fits whole, and a quote is never cut", "too-long")


def _place_if_fits(composer: Composer, parts: Mapping[str, Part], quote: PullQuote, context: RenderContext) -> bool:
    """Places a quote and its speaker, and returns True; places nothing and returns False if they do not fit whole."""
    if fits_no_card(quote.text):
        return False
    part, words, opening = parts["quote"], quoted(quote.text, context.language), ""
    if "mark" in parts:
        bare = words.lstrip("".join(HANGING_MARKS))
        opening, words = words[: len(words) - len(bare)], bare.lstrip()
    room, source_room = composer.room(part.area), composer.room((parts.get("source") or part).area)
    source = _fit_source(composer, parts.get("source") or part, quote, context, source_room)
    below = "source" not in parts
    taken = _height(source, source_room) + _gap(source) if below else 0.0
    text = composer.fit("quote", part, words, room._replace(height=room.height - taken))
    if text is None:
        return False
    text = text._replace(text=quoted(quote.text, context.language))
    if opening:
        composer.place_ornament("mark", parts["mark"], opening)
    if below:
        down = max(text.box.bottom, text.last_baseline) + _gap(source) - room.y
        composer.place([text, *(line.moved_down(round(down)) for line in source)], part, room)
    else:
        composer.place([text], part, room)
        composer.place(source, parts["source"], source_room)
    return True


def _fit_source(composer: Composer, part: Part, quote: PullQuote, context: RenderContext, room: Rect) -> list[Text]:
    """Fits the speaker's name and role at the top of `room`: on one line if they fit, else the role under the name."""
    name_part, role_part = (Part(composer.role(role), NOWHERE, "top", part.align) for role in ("speaker", "speaker_role"))
    padding = composer.side_padding(name_part.role)
    inner = room._replace(x=room.x + padding, y=room.y + padding, width=room.width - 2 * padding)
    name = composer.fit_or_truncate("speaker", name_part, typeset(quote.speaker, context.language), inner)
    if not quote.role:
        return [name]
    words, used = typeset(quote.role, context.language), 2 * padding + name.box.width + _ROLE_GAP * name.font_px
    if part.align == "start":
        beside = composer.fit("speaker_role", role_part, words, room._replace(x=room.x + used, width=max(0.0, room.width - used)))
        if beside and len(beside.lines) == 1:
            return [name, beside.moved_down(name.last_baseline - beside.last_baseline)]  # the two sizes share one baseline
    y = max(name.last_baseline, name.box.bottom) + padding + _ROLE_GAP * name.font_px
    return [name, composer.fit_or_truncate("speaker_role", role_part, words, room._replace(y=y))]


def _height(texts: Sequence[Text], room: Rect) -> float:
    return max(max(text.box.bottom, text.last_baseline) for text in texts) - room.y


def _gap(source: Sequence[Text]) -> float:
    return _SOURCE_GAP * source[0].font_px


def _place_question(composer: Composer, parts: Mapping[str, Part], article: Article, context: RenderContext) -> None:
    """Places the article's only question, and as much of its answer as may stand there and fits."""
    (pair,), asking, answering = article.questions, parts["question"], parts["answer"]
    room = composer.room(asking.area)
    question = composer.fit("question", asking, typeset(pair.question, context.language), room)
    answer = _fit_answer(composer, answering, pair, question, context) if question else None
    if not (question and answer):
        raise CardSkipped(
            "question", composer.format_name, "question and answer do not fit whole, and neither is ever cut", "too-long"
        )
    composer.place([question], asking, room)
    composer.place([answer], answering, composer.room(answering.area))


def _fit_answer(composer: Composer, part: Part, pair: QuestionAndAnswer, question: Text, context: RenderContext) -> Text | None:
    """Fits what may stand as the answer in smaller type than the question, unless that is smaller than the theme's smallest."""
    most = max(part.role.min_px, round(_ANSWER_SIZE * question.font_px / composer.scale))
    calm = part._replace(role=replace(part.role, max_px=min(part.role.max_px, most)))
    answers = (typeset(answer, context.language) for answer in card_answers(pair, context.language))
    return next(filter(None, (composer.fit("answer", calm, words, composer.room(part.area)) for words in answers)), None)


def _place_end(composer: Composer, parts: Mapping[str, Part], article: Article, context: RenderContext) -> None:
    """Places an invitation to read the article, and the link's short name below it if there is a link."""
    invitation, address = parts["invitation"], context.link(article)
    if address and "link" not in parts:
        raise CardSkipped("end", composer.format_name, "this composition is for articles without a link")
    room = composer.room(invitation.area)
    composer.place([composer.fit_or_truncate("invitation", invitation, context.language.labels["read"], room)], invitation, room)
    if address:
        room = composer.room(parts["link"].area)
        composer.place([composer.fit_or_truncate("link", parts["link"], address, room)], parts["link"], room)


PLACERS: Mapping[str, Callable[[Composer, Mapping[str, Part], Article, RenderContext], None]] = MappingProxyType(
    {
        "headline": _place_headline,
        "bullet": _place_bullet,
        "figure": place_figure,
        "quote": _place_quote,
        "question": _place_question,
        "end": _place_end,
    }
)
