"""Tells when the words around a quote leave it doubtful that the person named said it."""

import re

from storycard.language.speech_words import SpeechWords

_QUESTION_MARKS = ("?", "？", "؟")
_COMMAS = re.compile("[,，،]")


def is_doubtful(before: str, after: str, words: SpeechWords) -> bool:
    """Returns whether the rest of the sentence before and after a quote asks, denies or supposes that it was said, or quotes hearsay.

    A denial in a clause of its own behind the speaker's name does no harm: "said Ana Ruiz, who was not there".
    """
    if after.rstrip().endswith(_QUESTION_MARKS) or "¿" in before:
        return True
    clause = _COMMAS.split(after.lstrip(" ,，،–—-"), maxsplit=1)[0]
    around, own = (_plain(f"{before} {rest}") for rest in (after, clause))
    return words.doubt.search(around) is not None or words.denial.search(own) is not None


def _plain(text: str) -> str:
    return text.replace("’", "'")
