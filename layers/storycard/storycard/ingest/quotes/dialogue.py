"""Reads speech as in dialogues: without quotation marks ("– We waited, says Ana Ruiz, mayor"), or behind a name and a colon."""

import re
from collections.abc import Collection

from storycard.article import PullQuote
from storycard.editing.text_metrics import columns
from storycard.ingest.plain_text import clean_quote
from storycard.ingest.quotes.attribution import Source
from storycard.ingest.quotes.clauses_after import source_after
from storycard.ingest.quotes.name_checks import is_capital_title
from storycard.ingest.quotes.narration import is_doubtful
from storycard.ingest.quotes.noun_phrases import read_noun_phrase
from storycard.language.speech_words import SpeechWords

_DASH = re.compile(r"\s*[–—―-]\s*(?=\S)")
_CLAUSE = re.compile(r"[,，!?…]\s*[–—―-]?\s*(?=\w)|\s[–—―-]\s*(?=\w)")
_WORDS = re.compile(r"[^\W\d_][\w’'ʼ-]*")
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


def labelled_source(sentence: str, words: SpeechWords, people: Collection[str]) -> Source:
    """Finds the speaker before a colon without a verb: "Captain Ana Ruiz: “...”". A title or the text shows a person."""
    phrase = read_noun_phrase(sentence, 0, words)
    small = [word for word in _WORDS.findall(sentence) if word[0].islower() and word not in words.name_particles]
    if not phrase or phrase.boundary or not all(is_capital_title(word, words) for word in small):
        return Source()
    known = phrase.title or phrase.name.split()[-1] in people
    return Source(phrase.name, phrase.title) if known else Source()


def _ends_with_verb(clause: str, words: SpeechWords) -> bool:
    """Returns whether the text's last clause ends with a verb, as in Finnish: "Anna Virtanen sanoo"."""
    end = len(clause.rstrip(" ."))
    return not _CLAUSE.search(clause) and any(verb.end() == end for verb in words.verb.finditer(clause))
