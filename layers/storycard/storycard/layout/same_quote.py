"""Chooses what all formats of an article share: its one quote, its questions, and the slides of its carousel."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from storycard.article import Article, QuestionAndAnswer
from storycard.design.formats import Format
from storycard.design.kinds import MAX_QUESTIONS, MAX_SLIDES, QUESTION
from storycard.design.render_context import RenderContext
from storycard.editing.carousel import MOST_COLUMNS
from storycard.editing.punctuation import quoted, typeset
from storycard.editing.questions import card_answers, short_questions
from storycard.editing.selection import MOST_TRIED, facts, fits_no_card, pull_quotes
from storycard.editing.text_metrics import columns
from storycard.errors import CardSkipped
from storycard.layout.card import fits_easily, lay_out
from storycard.text.fonts.library import FontLibrary

_ANY_CARD = 80  # columns: so much fits every card in every script, if it is set in its smallest size


def with_one_quote(article: Article, formats: Iterable[Format], context: RenderContext, fonts: FontLibrary) -> Article:
    """Returns the article with only the best quote that fits every format, or else the one that fits the most.

    Tries at most MOST_TRIED quotes, since an article may have a hundred.
    """
    quotes = pull_quotes(article)[:MOST_TRIED]
    if len(quotes) < 2:
        return replace(article, quotes=quotes)
    all_formats = list(formats)
    best, most = quotes[0], 0
    for quote in quotes:
        if fits_no_card(quote):
            break  # they come last
        alone = replace(article, quotes=(quote,))
        count = sum(_fits_quote(alone, card_format, context, fonts) for card_format in all_formats)
        if count > most:
            best, most = quote, count
        if count == len(all_formats):
            break
    return replace(article, quotes=(best,))


def with_whole_slides(article: Article, formats: Iterable[Format], context: RenderContext, fonts: FontLibrary) -> Article:
    """Returns the article with only the facts and the quote that every format shows whole.

    So the slides of its carousel are the same in all formats, and their numbers have no holes.
    """
    all_formats = list(formats)
    whole = (
        fact for fact in facts(article, context.language)[:MOST_TRIED] if _is_whole(fact, article, all_formats, context, fonts)
    )
    quotes = pull_quotes(article)[:1]
    alone = replace(article, quotes=quotes)
    has_quote = bool(quotes) and all(_fits_quote(alone, card_format, context, fonts) for card_format in all_formats)
    return replace(article, bullets=tuple(islice(whole, MAX_SLIDES)), quotes=quotes if has_quote else ())


def with_whole_questions(
    article: Article, formats: Iterable[Format], context: RenderContext, fonts: FontLibrary, most: int = MAX_QUESTIONS
) -> Article:
    """Returns the article with only the first `most` questions that every format shows whole.

    So a question has the same number in all formats, and the numbers have no holes.
    """
    composed = [card_format for card_format in formats if context.theme.compositions_for(QUESTION, card_format)]
    pairs = short_questions(article, context.language)[:MOST_TRIED]
    whole = (pair for pair in pairs if _is_whole_pair(pair, article, composed, context, fonts))
    return replace(article, questions=tuple(islice(whole, most)))


def _is_whole_pair(
    pair: QuestionAndAnswer, article: Article, formats: Sequence[Format], context: RenderContext, fonts: FontLibrary
) -> bool:
    alone = replace(article, questions=(pair,))
    answer = next(card_answers(pair, context.language))  # each short pair has one
    texts = {"question": typeset(pair.question, context.language), "answer": typeset(answer, context.language)}
    return all(_fits(alone, QUESTION, texts, card_format, context, fonts) for card_format in formats)


def _is_whole(fact: str, article: Article, formats: Sequence[Format], context: RenderContext, fonts: FontLibrary) -> bool:
    if columns(fact) > MOST_COLUMNS:
        return False
    alone, texts = replace(article, bullets=(fact,)), {"bullet": typeset(fact, context.language)}
    return columns(fact) <= _ANY_CARD or all(
        _fits(alone, "bullet", texts, card_format, context, fonts) for card_format in formats
    )


def _fits_quote(article: Article, card_format: Format, context: RenderContext, fonts: FontLibrary) -> bool:
    """Returns whether the article's only quote fits with its speaker, who may stand in the area of the quote."""
    (quote,) = article.quotes
    words = f"{quoted(quote.text, context.language)} {quote.speaker} {quote.role}"
    return _fits(article, "quote", {"quote": words}, card_format, context, fonts)


def _fits(
    article: Article, body: str, texts: Mapping[str, str], card_format: Format, context: RenderContext, fonts: FontLibrary
) -> bool:
    """Returns whether a card that shows `texts` of the article shows them whole."""
    plain = replace(context, photo=None)
    if fits_easily(article, body, texts, card_format, plain, fonts):
        return True
    try:
        lay_out(article, f"{QUESTION}-1" if body == QUESTION else body, card_format, plain, fonts)
    except CardSkipped:
        return False
    return True
