"""Reads speech without quotation marks, whose last clause names the speaker: "– We waited, says Ana Ruiz, mayor"."""

import re

from storycard.article import PullQuote
from storycard.editing.text_metrics import columns
from storycard.ingest.plain_text import clean_quote
from storycard.ingest.quotes.clauses_after import source_after
from storycard.ingest.quotes.narration import is_doubtful
from storycard.language.speech_words import SpeechWords

_DASH = re.compile(r"\s*[–—―-]\s*(?=\S)")
_CLAUSE = re.compile(r"[,，!?…]\s*[–—―-]?\s*(?=\w)|\s[–—―-]\s*(?=\w)")
_MIN_QUOTE = 24  # columns


def split_dialogue(paragraph: str, words: SpeechWords) -> list[PullQuote]:
    """Returns the speech that a dash introduces, as in much of Europe, if its speaker is named."""
    dash = _DASH.match(paragraph)
    quote = split_final_attribution(paragraph[dash.end() :], words) if dash else None
    return [quote] if quote else []


def split_final_attribution(text: str, words: SpeechWords) -> PullQuote | None:
    """Splits speech with an attribution into quote, speaker and role; None if no clause names the speaker."""
    for clause in _CLAUSE.finditer(text):
        if not words.verb.match(text, clause.end()) and not _ends_with_verb(text[clause.end() :], words):
            continue
        source = source_after(text[clause.end() :], words, same_sentence=True)
        if not source.speaker or is_doubtful("", text[clause.end() :], words):
            return None
        quote = clean_quote(text[: clause.start()] + clause[0].strip(" ,，–—―-"))
        return PullQuote(quote, source.speaker, source.role) if columns(quote) >= _MIN_QUOTE else None
    return None


def _ends_with_verb(clause: str, words: SpeechWords) -> bool:
    """Returns whether the text's last clause ends with a verb, as in Finnish: "Anna Virtanen sanoo"."""
    end = len(clause.rstrip(" ."))
    return not _CLAUSE.search(clause) and any(verb.end() == end for verb in words.verb.finditer(clause))
