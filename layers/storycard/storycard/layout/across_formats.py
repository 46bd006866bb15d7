"""Chooses what all formats of an article share: its one quote, its questions, and the slides of its carousel."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, wraps
from itertools import islice

from storycard.article import Article, QuestionAndAnswer
from storycard.design.composition import shape_of
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

_ANY_CARD = 80  # columns: a fact this long fits every card in every script, at the smallest size
_KEPT = 2  # articles: previews of one post may alternate between its own changes in a format and those for all

_Choose = Callable[..., Article]


def _kept(choose: _Choose) -> _Choose:
    """Remembers what was chosen of the last articles, because previews of slides ask for it again card by card.

    The choice does not depend on the photograph, which would stay in memory.
    """

    @lru_cache(maxsize=_KEPT)
    def find(
        _times: tuple[str, str], article: Article, formats: tuple[Format, ...], context: RenderContext, *more: object
    ) -> Article:
        return choose(article, formats, context, *more)

    @wraps(choose)
    def find_or_choose(article: Article, formats: Iterable[Format], context: RenderContext, *more: object) -> Article:
        times = str(article.published_at), str(article.updated_at)  # equal times may have offsets that differ, which cards show
        return find(times, article, tuple(formats), replace(context, photo=None), *more)

    return find_or_choose


@_kept
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
        if fits_no_card(quote.text):
            break  # they come last
        alone = replace(article, quotes=(quote,))
        count = sum(_find_fitting_quote(alone, all_formats, context, fonts))
        if count > most:
            best, most = quote, count
        if count == len(all_formats):
            break
    return replace(article, quotes=(best,))


@_kept
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
    has_quote = bool(quotes) and all(_find_fitting_quote(alone, all_formats, context, fonts))
    return replace(article, bullets=tuple(islice(whole, MAX_SLIDES)), quotes=quotes if has_quote else ())


@_kept
def with_whole_questions(
    article: Article, formats: Iterable[Format], context: RenderContext, fonts: FontLibrary, most: int = MAX_QUESTIONS
) -> Article:
    """Returns the article with only the first `most` questions that every format shows whole.

    So a question has the same number in all formats, and the numbers have no holes.
    """
    composed = [card_format for card_format in formats if context.theme.compositions_for(QUESTION, card_format)]
    pairs = short_questions(article, context.language)[:MOST_TRIED]
    whole = (pair for pair in pairs if _is_whole_pair(pair, article, composed, context, fonts))
    return article.with_questions(tuple(islice(whole, most)))


def _is_whole_pair(
    pair: QuestionAndAnswer, article: Article, formats: Sequence[Format], context: RenderContext, fonts: FontLibrary
) -> bool:
    alone = article.with_questions((pair,))
    answer = next(card_answers(pair, context.language))  # each short pair has one
    texts = {"question": typeset(pair.question, context.language), "answer": typeset(answer, context.language)}
    return all(_find_fitting(alone, QUESTION, texts, formats, context, fonts))


def _is_whole(fact: str, article: Article, formats: Sequence[Format], context: RenderContext, fonts: FontLibrary) -> bool:
    if columns(fact) > MOST_COLUMNS:
        return False
    alone, texts = replace(article, bullets=(fact,)), {"bullet": typeset(fact, context.language)}
    return columns(fact) <= _ANY_CARD or all(_find_fitting(alone, "bullet", texts, formats, context, fonts))


def _find_fitting_quote(
    article: Article, formats: Sequence[Format], context: RenderContext, fonts: FontLibrary
) -> Iterator[bool]:
    """Yields for each format whether the article's only quote fits with its speaker, who may stand in the area of the quote."""
    (quote,) = article.quotes
    words = f"{quoted(quote.text, context.language)} {quote.speaker} {quote.role}"
    return _find_fitting(article, "quote", {"quote": words}, formats, context, fonts)


def _find_fitting(
    article: Article,
    body: str,
    texts: Mapping[str, str],
    formats: Sequence[Format],
    context: RenderContext,
    fonts: FontLibrary,
) -> Iterator[bool]:
    """Yields for each format whether a card of the article that shows `texts` shows them whole."""

    def is_easy(card_format: Format) -> bool:
        return fits_easily(article, body, texts, card_format, context, fonts)

    all_easy = all(map(is_easy, _tightest(formats)))
    for card_format in formats:
        yield all_easy or is_easy(card_format) or _is_laid_out(article, body, card_format, context, fonts)


def _tightest(formats: Sequence[Format]) -> Iterable[Format]:
    """Returns the lowest format of each shape and width: what it has room for, the others have too."""

    def room(card_format: Format) -> int:
        return card_format.height - card_format.safe.top - card_format.safe.bottom

    return {(shape_of(each.width, each.height), each.width): each for each in sorted(formats, key=room, reverse=True)}.values()


def _is_laid_out(article: Article, body: str, card_format: Format, context: RenderContext, fonts: FontLibrary) -> bool:
    try:
        lay_out(article, f"{QUESTION}-1" if body == QUESTION else body, card_format, context, fonts)
    except CardSkipped:
        return False
    return True
