"""Finds the sections of questions and answers in the text of an article: several questions in a row, each with its answer."""

from typing import NamedTuple

from storycard.article import QuestionAndAnswer
from storycard.editing.text_metrics import columns
from storycard.ingest.html.blocks import Block
from storycard.ingest.html.fact_lists import leads_elsewhere
from storycard.ingest.plain_text import clean_line
from storycard.ingest.questions.pairs import build_pair, without_label
from storycard.language.reading_words import ReadingWords
from storycard.language.sentences import UNSPACED_ENDS, asks

_LEAST, _MOST = 12, 200  # columns of a question: a shorter one asks nothing alone
_MOST_LINKED = 0.6  # share of its characters in links; more leads to another story
_MOST_PARAGRAPHS = 6  # of an answer; a longer one is a chapter
_IN_A_ROW = 2
_LEAST_OF_SEVERAL = 40  # columns of a first paragraph that stands for an answer whose end is not marked


class _Turn(NamedTuple):
    question: str
    answer: list[Block]


def find_questions(blocks: list[Block], words: ReadingWords) -> tuple[tuple[QuestionAndAnswer, ...], ...]:
    """Returns the pairs of each section. A question is a heading, or begins its paragraph in bold type."""
    sections: list[list[_Turn]] = [[]]
    for block in blocks:
        question, rest = _split(block)
        if question and not leads_elsewhere(question, words):
            sections[-1].append(_Turn(question, [Block("paragraph", lines=[rest])] if rest else []))
        elif block.kind == "heading" or (block.bold and not rest):
            sections.append([])
        elif sections[-1] and not leads_elsewhere(block.text, words):
            sections[-1][-1].answer.append(block)
    found = (_pairs(turns, turns is sections[-1]) for turns in sections if len(turns) >= _IN_A_ROW)
    return tuple(pairs for pairs in found if pairs)


def _split(block: Block) -> tuple[str, str]:
    """Returns the question that a block is, or begins with, and the text behind it: "" and all of the text if it asks nothing."""
    asked = block.text if block.kind == "heading" else clean_line(block.bold) if block.kind == "paragraph" else ""
    rest = block.text[len(asked) :].strip()
    fits = asks(asked) and _LEAST <= columns(without_label(asked)) <= _MOST
    if fits and block.text.startswith(asked) and block.linked < len(block.text) * _MOST_LINKED:
        return asked, rest
    return "", rest


def _pairs(turns: list[_Turn], to_the_end: bool) -> tuple[QuestionAndAnswer, ...]:
    """Returns the pairs of a section; `to_the_end` if nothing shows where its last answer ends and the article's foot begins."""
    answers = [_answer(turn, to_the_end and turn is turns[-1]) for turn in turns]
    pairs = (build_pair(turn.question, answer) for turn, answer in zip(turns, answers, strict=True) if answer)
    return tuple(pair for pair in pairs if pair)


def _answer(turn: _Turn, open_ended: bool) -> str:
    """Returns an answer as one line; "" if it is too long, or has lists or quotes."""
    texts = [block.text for block in turn.answer]
    if open_ended and len(texts) > 1:
        return texts[0] if turn.answer[0].kind == "paragraph" and columns(texts[0]) >= _LEAST_OF_SEVERAL else ""
    plain = all(block.kind == "paragraph" for block in turn.answer)
    return _joined(texts) if plain and len(texts) <= _MOST_PARAGRAPHS else ""


def _joined(texts: list[str]) -> str:
    """Joins paragraphs with spaces, except after the full stops of Chinese and Japanese."""
    return "".join(text if text.endswith(tuple(UNSPACED_ENDS)) else f"{text} " for text in texts).rstrip()
