"""Tells sections of questions and answers, which explain a story, from interviews, whose answers are somebody's speech."""

import re
from collections.abc import Sequence

from storycard.article import QuestionAndAnswer
from storycard.editing.quotation_pairs import find_pairs
from storycard.language.sentences import asks, ends_sentence
from storycard.language.speech_words import SpeechWords

# "Q: ", "A. ", "3) "; a full stop after a letter may be an initial's.
_LABEL = re.compile(r"(?:[^\W\d_]\d{0,2}\s?[:：]|(?:[^\W\d_])?\d{1,2}\s?[.):：])\s*(?=\S)")
# "Ruth Pellow: We waited." names who speaks.
_SPEAKER = re.compile(r"[^\W\d_][^\s:：]+(?:\s[^\W\d_][^\s:：]*){0,4}[:：](?=\s)")
_SPEECH = re.compile(r"[–—―-]\s|[\"“„«»「『‘]")
_READ = 2_000  # characters of an answer that are looked at


def without_label(text: str) -> str:
    """Returns a question or an answer without the letter or number before it: "Q: ", "3. "."""
    label = _LABEL.match(text)
    return text[label.end() :] if label else text


def build_pair(question: str, answer: str) -> QuestionAndAnswer | None:
    """Returns the pair, or None if the answer asks, goes on in a list or quotes somebody, or if the question does not ask."""
    question, answer = without_label(question), without_label(answer)
    is_question = asks(question) and not _SPEECH.match(question) and not _SPEAKER.match(question)
    is_answer = ends_sentence(answer) and not asks(answer) and not _SPEECH.match(answer) and not _SPEAKER.match(answer)
    return QuestionAndAnswer(question, answer) if is_question and is_answer else None


def is_interview(pairs: Sequence[QuestionAndAnswer], words: SpeechWords) -> bool:
    """Returns whether somebody speaks of themselves in an answer, or the language has no list of words for that."""
    return not words.first_person or any(words.own_words.search(_without_quotations(pair.answer[:_READ])) for pair in pairs)


def _without_quotations(text: str) -> str:
    """Returns `text` with apostrophes as they are typed, and without its quotations, in which others may speak."""
    for pair in reversed(find_pairs(text)):
        text = text[: pair.start] + " " + text[pair.end + 1 :] if pair.end < len(text) else text
    return text.replace("’", "'")
