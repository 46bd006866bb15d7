"""Splits the words around a quote into those that can belong to a speaker's name, and tells what ends them."""

import re
from typing import Literal, NamedTuple

from storycard.language.speech_words import SpeechWords

_WORD = re.compile(
    r"[ \u00a0]*(?P<word>(?:[a-zà-ÿ]{1,5}[’'](?=\w)|[A-Z][a-z]{0,4}[’'](?=[a-zà-ÿ]{3}))"  # an elision: l’avocat, dell’amica
    r"|[^\W\d_][\w’'ʼ-]*(?:\.[^\W\d_][\w’'ʼ-]*)*)"
)


class Word(NamedTuple):
    text: str
    start: int
    kind: Literal["capital", "small", "particle", "article"]


def read_words(text: str, start: int, words: SpeechWords) -> tuple[list[Word], int, str]:
    """Returns the words of the phrase, its end and what ends it."""
    tokens: list[Word] = []
    position = start
    while match := _WORD.match(text, position):
        word, at = match["word"], match.start("word")
        low = word.casefold().rstrip("’'") if word[-1] in "’'" else word.casefold()
        if word[0].islower() and words.verb.match(text, at):
            return tokens, position, "verb"
        skipped = _skipped(text, match, words) if not any(token.kind != "article" for token in tokens) else 0
        if skipped:
            position = skipped
            continue
        particle = tokens and (
            (low in words.name_particles and tokens[-1].kind in ("capital", "particle"))
            or (low in words.determiners and tokens[-1].kind == "particle")
        )
        named = any(token.kind in ("capital", "particle") for token in tokens)
        if not named and _begins_name(text, match, words):
            tokens.append(Word(word, at, "capital"))
        elif particle and word[0].islower() and _leads_to_capital(text, match.end(), words):
            tokens.append(Word(word, at, "particle"))
        elif low in words.determiners and not tokens:
            tokens.append(Word(word, at, "article"))
        elif _is_title(word, low, words, first=not tokens) or (named and word.isupper() and low in words.titles_after):
            tokens.append(Word(word, at, "small"))  # "the mayor", "Ana Ruiz QC"
        elif low in words.stops and not _continues_name(word, low, tokens, words):
            return tokens, position, low
        else:
            tokens.append(Word(word, at, "capital" if word[0].isupper() else "small"))
        position = match.end()
        following = text[position : position + 1]
        if following == "." and (low in words.short_titles or _is_initial(text, match, tokens, words)):
            tokens[-1] = Word(f"{word}.", at, tokens[-1].kind)
            position += 1
        elif following not in (" ", "\u00a0") and word[-1] not in "’'":
            return tokens, position, following
    return tokens, position, text[position:].lstrip()[:1]


def _is_title(word: str, low: str, words: SpeechWords, *, first: bool) -> bool:
    return low in words.titles and (word[0].islower() or (first and bool(words.masculine_endings or low in words.honorifics)))


def _begins_name(text: str, match: re.Match[str], words: SpeechWords) -> bool:
    """Returns whether a name begins with a particle: "said van der Berg"; in Dutch and Spanish "zei Van den Berg"."""
    word, low = match["word"], match["word"].casefold()
    after_verb = text[: match.start("word")].rstrip()[-1:].isalnum()
    may_begin = after_verb if word[0].isupper() else low not in words.stops
    return low in words.name_particles and may_begin and _leads_to_capital(text, match.end(), words)


def _continues_name(word: str, low: str, tokens: list[Word], words: SpeechWords) -> bool:
    """Returns whether a word is a surname that is written like an ordinary word: "Piet van der Meer"."""
    return word[0].isupper() and low not in words.days and bool(tokens) and tokens[-1].kind in ("capital", "particle")


def _is_initial(text: str, match: re.Match[str], tokens: list[Word], words: SpeechWords) -> bool:
    """Returns whether a full stop belongs to an initial and does not end a sentence: "J. R. Ruiz", "Guðni Th. Jóhannesson"."""
    word, following = match["word"], _WORD.match(text, match.end() + 1)
    in_name = len(word) == 2 and len(tokens) > 1 and tokens[-2].kind == "capital"
    goes_on = following is not None and following["word"][0].isupper() and following["word"].casefold() not in words.stops
    return word[0].isupper() and (len(word) == 1 or (in_name and goes_on))


def _skipped(text: str, match: re.Match[str], words: SpeechWords) -> int:
    """Returns where the phrase goes on after an adverb, or a day with or without a preposition; 0 if there is none."""
    low = match["word"].casefold()
    if low in words.adverbs or low in words.days:
        return match.end()
    day = _WORD.match(text, match.end()) if low in words.function_words or low in words.breaks.not_names.whole else None
    return day.end() if day and day["word"].casefold() in words.days else 0


def _leads_to_capital(text: str, position: int, words: SpeechWords) -> bool:
    for _ in range(3):
        following = _WORD.match(text, position)
        if not following or following["word"] not in {*words.name_particles, *words.determiners}:
            return following is not None and following["word"][0].isupper()
        position = following.end()
    return False
