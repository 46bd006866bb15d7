"""Chooses the questions of an article for cards, and what may stand as their answers."""

from collections.abc import Iterator

from storycard.article import Article, QuestionAndAnswer
from storycard.design.kinds import MAX_QUESTIONS, QUESTION
from storycard.editing.sentences import first_sentence
from storycard.editing.text_metrics import columns
from storycard.language.language import Language
from storycard.language.sentences import ends_sentence

# Columns. Longer pairs never fit on wide cards, so they are skipped without layout.
_MOST_QUESTION = 150
_MOST_ANSWER = 240
_MOST_ANYWHERE = 700  # a longer answer fits on no card, and setting it to see that takes half a second
_LEAST_ALONE = 40  # a shorter first sentence, such as "Not necessarily.", needs the rest


def card_questions(article: Article, language: Language) -> tuple[QuestionAndAnswer, ...]:
    """Returns the first MAX_QUESTIONS pairs that are short enough for cards, in the editor's order."""
    return short_questions(article, language)[:MAX_QUESTIONS]


def short_questions(article: Article, language: Language) -> tuple[QuestionAndAnswer, ...]:
    """Returns all pairs that are short enough for cards, in the editor's order."""
    return tuple(pair for pair in article.questions if _is_short(pair, language))


def question_kinds(article: Article, language: Language) -> tuple[str, ...]:
    """Returns the kinds of an article's question cards. Without any, only the first, which is skipped with the reason."""
    return tuple(f"{QUESTION}-{number}" for number in range(1, max(1, len(card_questions(article, language))) + 1))


def card_answers(pair: QuestionAndAnswer, language: Language) -> Iterator[str]:
    """Yields what may stand as the answer, the best first: all of it, or its first sentence if that means something alone."""
    if columns(pair.answer) <= _MOST_ANYWHERE:
        yield pair.answer
    first = first_sentence(pair.answer, language)
    if first != pair.answer and columns(first) >= _LEAST_ALONE and ends_sentence(first):
        yield first


def _is_short(pair: QuestionAndAnswer, language: Language) -> bool:
    short_answer = any(columns(answer) <= _MOST_ANSWER for answer in card_answers(pair, language))
    return columns(pair.question) <= _MOST_QUESTION and short_answer
