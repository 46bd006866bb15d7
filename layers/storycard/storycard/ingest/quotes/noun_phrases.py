"""Reads the words that name a speaker, in scripts with capitals: "the mayor Ana Ruiz"."""

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from storycard.language.speech_words import SpeechWords

_WORD = re.compile(
    r"[ \u00a0]*(?P<word>(?:[a-zà-ÿ]{1,5}[’'](?=\w)|[A-Z][a-z]{0,4}[’'](?=[a-zà-ÿ]{3}))"  # an elision: l’avocat, dell’amica
    r"|[^\W\d_][\w’'ʼ-]*(?:\.[^\W\d_][\w’'ʼ-]*)*)"
)
_POSSESSIVE = re.compile(r"[^\W\d_]{3,}[’'ʼ](?!$)|[^\W\d_]{2,}[’'](?:s|S)?$")
_ROMAN = re.compile("[IVX]+")
_MAX_NAME, _MAX_CASED_NAME = 5, 3  # words, without particles; fewer where the next word may be in another case
_MAX_TITLE = 5  # words
_NAME_ENDS = frozenset({"", ".", ",", ";", ":", "!", "?", "…", "–", "—", "-", "(", "verb", "”", "“", "»", "«", '"', "„", "।"})

Gender = Literal["", "masculine", "feminine"]


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """A speaker's name with the title before it, where it ends, and what ends it.

    `boundary` is a punctuation mark, "verb", a word that belongs to no name, or "" at the end of the text.
    """

    name: str
    title: str
    end: int
    boundary: str
    single: bool  # one word without a title


class _Token(NamedTuple):
    text: str
    start: int
    kind: Literal["capital", "small", "particle", "article"]


def read_noun_phrase(text: str, start: int, words: SpeechWords, gender: Gender = "") -> NounPhrase | None:
    """Reads the phrase at `start`; None if it is not surely the name of one person, or of an organisation as a whole.

    The words up to a punctuation mark, a verb or a word that belongs to no name have to end in capitalised words.
    """
    tokens, end, boundary = _tokens(text, start, words)
    if boundary in words.conjunctions or boundary in words.postpositions:
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
    if not run or run[-1].kind == "particle" or any(_POSSESSIVE.search(token.text) for token in run):
        if tokens and boundary == "," and before:
            return _apposition(text, end, words)
        return None
    if before and words.breaks.capitalised_nouns:
        run, before = _after_noun(run, before, words)
    elif not _may_precede_name(before, run, words):
        return None
    count = sum(token.kind == "capital" for token in run)
    single = count == 1 and not before
    if not run or not _is_name(run, before, boundary, words, gender) or (single and not _ends_single_name(boundary, words)):
        return None
    name = text[run[0].start : run[-1].start + len(run[-1].text)]
    title = " ".join(token.text for token in before if token.kind != "article" and token.text.lower() not in words.honorifics)
    return NounPhrase(name, after or title, end, boundary, single)


def _tokens(text: str, start: int, words: SpeechWords) -> tuple[list[_Token], int, str]:
    """Returns the words of the phrase, its end and what ends it."""
    tokens: list[_Token] = []
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
        if particle and word[0].islower() and _leads_to_capital(text, match.end(), words):
            tokens.append(_Token(word, at, "particle"))
        elif low in words.determiners and not tokens:
            tokens.append(_Token(word, at, "article"))
        elif low in words.titles and (word[0].islower() or (not tokens and (words.masculine_endings or low in words.honorifics))):
            tokens.append(_Token(word, at, "small"))
        elif low in words.stops and not _continues_name(word, low, tokens, words):
            return tokens, position, low
        else:
            tokens.append(_Token(word, at, "capital" if word[0].isupper() else "small"))
        position = match.end()
        following = text[position : position + 1]
        if following == "." and (low in words.breaks.before_name.whole or _is_initial(text, match, tokens, words)):
            tokens[-1] = _Token(f"{word}.", at, tokens[-1].kind)
            position += 1
        elif following not in (" ", "\u00a0") and word[-1] not in "’'":
            return tokens, position, following
    return tokens, position, text[position:].lstrip()[:1]


def _continues_name(word: str, low: str, tokens: list[_Token], words: SpeechWords) -> bool:
    """Returns whether a word is a surname that is written like an ordinary word: "Piet van der Meer"."""
    return word[0].isupper() and low not in words.days and bool(tokens) and tokens[-1].kind in ("capital", "particle")


def _is_initial(text: str, match: re.Match[str], tokens: list[_Token], words: SpeechWords) -> bool:
    """Returns whether a full stop ends no sentence but an initial: "J. R. Ruiz", "Guðni Th. Jóhannesson"."""
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


def _may_precede_name(before: list[_Token], run: list[_Token], words: SpeechWords) -> bool:
    """Returns whether words before a name can only be the person's title."""
    small = [token for token in before if token.kind == "small"]
    if not small:
        return not before or words.articles_before_names or run[0].text.endswith(".")  # "o Dr. Rui Costa"
    if len(before) > _MAX_TITLE + 1 or before[-1].kind != "small":
        return False
    if len(small) > 1 and small[-1].text.endswith(words.clause_endings or ("\0",)):
        return False  # "the doctor treating Ana Ruiz"
    if any(token.text.casefold() in words.relations for token in small):
        return False
    known = not words.titles or all(_is_title(token.text, words) for token in small)
    return known and not (words.titles and any(token.kind == "capital" for token in before))


def _begins_with_abbreviation(word: str) -> bool:
    return word[:2].isalpha() and word[:2].isupper() and len(word) > 1 and not _ROMAN.fullmatch(word)


def _is_title(word: str, words: SpeechWords) -> bool:
    low = word.casefold()
    return low in words.titles or low.rstrip(".") in words.breaks.before_name.whole


def _after_noun(run: list[_Token], before: list[_Token], words: SpeechWords) -> tuple[list[_Token], list[_Token]]:
    """Splits capitalised words after an article or an adjective into title and name, as a listed given name tells them apart.

    Without one, they are the name if an adjective stands before them: "die frühere Bürgermeisterin Ana Ruiz".
    """
    for index in range(1, len(run)):
        if run[index].kind == "particle":
            break
        if run[index].text.casefold() in words.breaks.names.given and index + 1 < len(run):
            return run[index:], run[:index]
    adjective = before[-1].kind == "small" and _may_precede_name(before, run, words)
    return (run if adjective or run[0].text.endswith(".") else []), []


def _ends_single_name(boundary: str, words: SpeechWords) -> bool:
    """Returns whether nothing after a single word shows it to be the first of several: "Bank of England"."""
    safe = words.stops.difference(words.inside_names) if words.inside_names else {*words.adverbs, *words.days}
    return boundary in _NAME_ENDS or boundary in safe


def _is_name(run: list[_Token], before: list[_Token], boundary: str, words: SpeechWords, gender: Gender) -> bool:
    names = [token.text for token in run if token.kind == "capital"]
    given, inflected = names[0].lower(), bool(words.masculine_endings or words.feminine_endings)
    titled = any(token.kind == "small" for token in before)
    if len(names) > (2 if inflected and titled else _MAX_CASED_NAME if inflected else _MAX_NAME):
        return False
    relation = names[-1].lower() if words.breaks.capitalised_nouns else given  # "Kolbes Bruder", "Avocatul Anei"
    if relation in words.relations or (len(names) == 1 and len(given) > 1 and names[0].isupper()):
        return False
    if not all(map(str.isupper, names)) and any(map(_begins_with_abbreviation, names[1:])):
        return False  # "Anna Tamm ERR-ile": told an agency
    kinds = [token.kind for token in run]
    if "particle" in kinds[2:] and kinds[1] == "capital" and names[1].casefold() not in words.breaks.names.given:
        return False  # "Anna Bakker van Greenpeace", but not "Ana Beatriz da Silva"
    if " ".join(token.text for token in run).casefold() in words.breaks.names.whole:
        return False  # a place
    if len(names) == 1 and not before and (given in words.not_names or given.endswith(words.plural_endings or ("\0",))):
        return False
    known = words.breaks.names.given
    if any(name.lower().endswith(words.not_name_endings or ("\0",)) and name.casefold() not in known for name in names):
        return False
    if titled and len(names) == 1 and (inflected or words.not_name_endings):  # perhaps a genitive: "мэр Москвы"
        return bool(words.titles) and given.endswith((*words.masculine_endings, *words.surname_endings))
    if inflected and len(names) > 1:
        endings = {"masculine": words.masculine_endings, "feminine": words.feminine_endings}.get(gender)
        after_noun = (
            titled and before[-1].text.lower().rstrip(".") not in words.breaks.before_name.whole
        )  # a genitive may follow: "burmistrz Gdańska Nowak"
        both = words.masculine_endings if after_noun else (*words.masculine_endings, *words.feminine_endings)
        if not given.endswith(endings or both):
            return False
    return not words.breaks.capitalised_nouns or _is_name_among_nouns(run, words)


def _is_name_among_nouns(run: list[_Token], words: SpeechWords) -> bool:
    """Returns whether capitalised words are a name where nouns have capitals too: not "Anwalt von Jana Kolbe"."""
    known = words.breaks.names.given
    particles = [index for index, token in enumerate(run) if token.kind == "particle"]
    after = run[particles[0] :] if particles else []
    return not particles or (run[0].text.lower() in known and not any(token.text.lower() in known for token in after))


def _apposition(text: str, position: int, words: SpeechWords) -> NounPhrase | None:
    """Reads the name after a comma, as in "her brother, Ben Ito." It has two words and ends the sentence or the clause."""
    phrase = read_noun_phrase(text, position + 1, words)
    alone = phrase and not phrase.title and not phrase.single and phrase.boundary in _NAME_ENDS - {"verb"}
    return phrase if alone else None
