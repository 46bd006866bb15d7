"""Reads the words that name a speaker, in scripts with capitals: "the mayor Ana Ruiz"."""

import re
from dataclasses import dataclass

from storycard.ingest.quotes.name_checks import Gender, is_name, is_title_before, split_nouns, split_party
from storycard.ingest.quotes.phrase_words import Word, read_words
from storycard.language.speech_words import SpeechWords

_POSSESSIVE = re.compile(r"[^\W\d_]{3,}[’'ʼ](?!$)|[^\W\d_]{2,}[’'](?:s|S)?$")
_NAME_ENDS = frozenset({"", ".", ",", ";", ":", "!", "?", "…", "–", "—", "-", "(", "verb", "”", "“", "»", "«", '"', "„", "।"})


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """A speaker's name with the title before it, where it ends, and what ends it.

    `boundary` is a punctuation mark, "verb", a word that is not part of a name, or "" at the end of the text.
    """

    name: str
    title: str
    end: int
    boundary: str
    single: bool  # one word without a title


def read_noun_phrase(text: str, start: int, words: SpeechWords, gender: Gender = "") -> NounPhrase | None:
    """Reads the phrase at `start`; None if it is not surely the name of one person, or of an organisation as a whole.

    The words up to a punctuation mark, a verb or a word that is not part of a name have to end in capitalised words.
    """
    tokens, end, boundary = read_words(text, start, words)
    if boundary in words.conjunctions or boundary in words.postpositions or not (boundary in _NAME_ENDS or boundary[0].isalpha()):
        return None
    after = ""
    if len(tokens) > 1 and tokens[-1].kind == "small" and tokens[-1].text.casefold() in words.titles_after:
        after = tokens.pop().text
    first = len(tokens)
    while first and tokens[first - 1].kind in ("capital", "particle"):
        first -= 1
    while first < len(tokens) and tokens[first].kind == "particle":
        first += 1
    run, before = tokens[first:], tokens[:first]
    if not run or run[-1].kind == "particle" or any(_is_possessive(token.text, words) for token in run):
        if tokens and boundary == "," and before:
            return _apposition(text, end, words)
        return None
    if before and before[0].text.casefold() in words.indefinite_articles:
        return None  # "fragte ein Hörer Jan Kolbe": he may be the one who is asked
    if before and words.breaks.capitalised_nouns:
        run, before = split_nouns(run, before, words)
    elif not is_title_before(run, before, words):
        return None
    elif not before:
        run, before = split_party(run, words)
    single = not before and sum(token.kind == "capital" for token in run) == 1
    if not run or not is_name(run, before, words, gender) or (single and not _ends_single_name(text[end:], boundary, words)):
        return None
    if not before and boundary in words.inside_names and _may_go_on(text, end, _first_name(run), words):
        return None
    name = text[run[0].start : run[-1].start + len(run[-1].text)]
    title = " ".join(token.text for token in before if token.kind != "article" and token.text.lower() not in words.honorifics)
    return NounPhrase(name, title or after, end, boundary, single)


def _is_possessive(word: str, words: SpeechWords) -> bool:
    elided = word[-1] in "’'" and word[:-1].casefold() in words.breaks.names.elided  # "Dell’Orto"
    return not elided and _POSSESSIVE.search(word) is not None


def _apposition(text: str, position: int, words: SpeechWords) -> NounPhrase | None:
    """Reads the name after a comma, as in "her brother, Ben Ito." It has two words and ends the sentence or the clause."""
    phrase = read_noun_phrase(text, position + 1, words)
    alone = phrase and not phrase.title and not phrase.single and phrase.boundary in _NAME_ENDS - {"verb"}
    return phrase if alone else None


def _ends_single_name(rest: str, boundary: str, words: SpeechWords) -> bool:
    """Returns whether nothing after a single word shows it to be the first of several: "Bank of England", "Good Friday"."""
    if boundary in words.days and rest.lstrip()[:1].isupper():
        return False
    safe = words.stops.difference(words.inside_names) if words.inside_names else {*words.adverbs, *words.days}
    return boundary in _NAME_ENDS or boundary in safe


def _first_name(run: list[Word]) -> str:
    """Returns the first word that is not an abbreviation: "Ana" in "Dr. Ana Ruiz"."""
    return next((word.text for word in run if not word.text.endswith(".")), "")


def _may_go_on(text: str, end: int, first: str, words: SpeechWords) -> bool:
    """Returns whether a preposition and a capital may continue an organisation's name: "Royal Bank of Scotland"."""
    after = text[end:].split()[1:2]
    inflected = words.masculine_endings or words.feminine_endings
    return bool(after) and after[0][0].isupper() and not inflected and first.casefold() not in words.breaks.names.given
