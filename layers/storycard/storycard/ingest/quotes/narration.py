"""Reads the narrator's words around a quote: takes them out of one that they split, and tells when they leave it in doubt."""

import re

from storycard.editing.quotation_pairs import Pair, find_pairs
from storycard.editing.text_metrics import columns
from storycard.ingest.plain_text import clean_line
from storycard.language.sentences import ends_sentence
from storycard.language.speech_words import SpeechWords

_MAX_NARRATION = 60  # columns between or after the parts of a quote
_COMMA = re.compile(r"[,，،]$")
_QUESTION_MARKS = ("?", "？", "؟")
_COMMAS = re.compile("[,，،]")
_BEGINS_ASIDE = (",", "，", "،", "–", "—", "- ")


def outer_pairs(text: str) -> list[Pair]:
    """Returns the quotations in `text` that are not inside another, except those in Chinese book title marks."""
    outer: list[Pair] = []
    for pair in find_pairs(text):
        if text[pair.start] not in "《〈" and (not outer or pair.start > outer[-1].end):
            outer.append(pair)
    return outer


def without_narration(text: str) -> str:
    """Returns what was said, if quotation marks in `text` part it from short words of a narrator, else `text`.

    The marks begin the text, and a comma or the end of a sentence is before each aside.
    """
    pairs = outer_pairs(text)
    if not pairs or pairs[0].start > 0:
        return text
    ends = [*(pair.start for pair in pairs[1:]), len(text)]
    asides = [text[pair.end + 1 : end].strip() for pair, end in zip(pairs, ends, strict=True)]
    parts = [clean_line(text[pair.start + 1 : pair.end]) for pair in pairs]
    spoken = [(part, aside) for part, aside in zip(parts, asides, strict=True) if aside.strip(".")]
    if not spoken or not all(_is_aside(part, aside) for part, aside in spoken):
        return text
    said = ""
    for part, aside in zip(parts, asides, strict=True):
        if aside.endswith((".", "。")) and not ends_sentence(part):
            part = f"{_COMMA.sub('', part)}."
        said = f"{said} {part}"
    return _COMMA.sub("", said.strip())


def _is_aside(part: str, aside: str) -> bool:
    closed = _COMMA.search(part) or ends_sentence(part) or aside.startswith(_BEGINS_ASIDE)
    begins = aside.lstrip(" ,，،–—-")[:1]
    return bool(closed) and columns(aside) <= _MAX_NARRATION and bool(begins) and not begins.isdigit()


def is_doubtful(before: str, after: str, words: SpeechWords) -> bool:
    """Returns whether the rest of the sentence before and after a quote asks, denies or supposes that it was said.

    A denial in a clause of its own behind the speaker's name does not count: "said Ana Ruiz, who was not there".
    """
    if after.rstrip().endswith(_QUESTION_MARKS) or "¿" in before:
        return True
    clause = _COMMAS.split(after.lstrip(" ,，،–—-"), maxsplit=1)[0]
    around, own = (_plain(f"{before} {rest}") for rest in (after, clause))
    return words.doubt.search(around) is not None or words.denial.search(own) is not None


def _plain(text: str) -> str:
    return text.replace("’", "'")
