"""Checks whether capitalised words are a person's name, and the words before them that person's title."""

import re
from typing import Literal

from storycard.ingest.quotes.phrase_words import Word
from storycard.language.speech_words import SpeechWords

_ROMAN = re.compile("[IVX]+")
_MAX_NAME, _MAX_CASED_NAME = 5, 3  # words, without particles; fewer where the next word may be in another case
_MAX_TITLE = 5  # words

Gender = Literal["", "masculine", "feminine"]


def verb_gender(verb: str, words: SpeechWords) -> Gender:
    """Returns the gender of the subject that a verb agrees with, "" if its form does not show one."""
    low = verb.casefold()
    return "masculine" if low in words.masculine_verbs else "feminine" if low in words.feminine_verbs else ""


def is_name(run: list[Word], before: list[Word], words: SpeechWords, gender: Gender) -> bool:
    """Returns whether the capitalised words `run` after the words `before` are a name in the nominative.

    `gender` is that of a verb which agrees with its subject.
    """
    names = [word.text for word in run if word.kind == "capital"]
    if len(names) == 1 and not before and _is_ordinary(names[0], words):
        return False
    if _is_something_else(run, names, words):
        return False
    if words.breaks.capitalised_nouns:
        return len(names) <= _MAX_NAME and _is_name_among_nouns(run, words)
    return _is_nominative(names, before, words, gender)


def _is_ordinary(word: str, words: SpeechWords) -> bool:
    """Returns whether a single word is not a person's name: "Democrats", "NATO"."""
    low = word.lower()
    return low in words.not_names or low.endswith(words.plural_endings) or (len(word) > 1 and word.isupper())


def _is_something_else(run: list[Word], names: list[str], words: SpeechWords) -> bool:
    """Returns whether the words are a place, or a name and what it belongs to."""
    known = words.breaks.names
    if " ".join(word.text for word in run).casefold() in known.whole:
        return True
    if not all(map(str.isupper, names)) and any(map(_begins_with_abbreviation, names[1:])):
        return True  # "Anna Tamm ERR-ile": told an agency
    if words.breaks.capitalised_nouns and any(name.endswith("s") and name.casefold() not in known.given for name in names[1:-1]):
        return True  # a genitive: "Anna Kolbes Geist"
    two_before_particle = "particle" in [word.kind for word in run[2:]] and run[1].kind == "capital"
    if two_before_particle and names[1].casefold() not in known.given:
        return True  # "Anna Bakker van Greenpeace", but not "Ana Beatriz da Silva"
    given = [index for index, name in enumerate(names) if name.casefold() in known.given]
    if given and given[-1] - given[0] >= len(given):
        return True  # two people: "Jana Kolbe Karl Weber"
    if names[-1].casefold() in words.not_names:
        return True  # "Young Germans"
    relation = names[-1] if words.breaks.capitalised_nouns else names[0]
    return relation.lower() in words.relations  # "Kolbes Bruder", "Avocatul Anei"


def _is_nominative(names: list[str], before: list[Word], words: SpeechWords, gender: Gender) -> bool:
    """Returns whether no word is in another case, as far as the endings of the language show it."""
    given, known = names[0].lower(), words.breaks.names.given
    if any(name.lower().endswith(words.not_name_endings) and name.casefold() not in known for name in names):
        return False
    inflected = bool(words.masculine_endings or words.feminine_endings)
    titled = any(word.kind == "small" for word in before)
    if len(names) == 1:  # after a title perhaps a genitive: "мэр Москвы"
        may_be_genitive = titled and (inflected or words.not_name_endings)
        masculine = bool(words.titles) and given.endswith((*words.masculine_endings, *words.surname_endings))
        return masculine or not may_be_genitive
    if not inflected:
        return len(names) <= (2 if words.two_word_names else _MAX_NAME)
    # After a noun the first of two words may be a genitive ("burmistrz Gdańska Nowak"), which masculine endings exclude.
    abbreviated = titled and before[-1].text.lower().rstrip(".") in words.breaks.before_name.whole
    after_noun = titled and not abbreviated and not words.articles_before_names
    if after_noun and not given.endswith(words.masculine_endings):
        listed = gender == "feminine" or given in known
        if not listed or _may_be_of_a_man(given, names[-1].lower(), words):
            return False
    endings = {"masculine": words.masculine_endings, "feminine": words.feminine_endings}.get(gender)
    either = (*words.masculine_endings, *words.feminine_endings)
    return len(names) <= (2 if titled else _MAX_CASED_NAME) and given.endswith(endings or either)


def _may_be_of_a_man(given: str, surname: str, words: SpeechWords) -> bool:
    """Returns whether a name that looks feminine may be a man's in the genitive: "trenerka Marka Nowaka", "Pavla Rysa"."""
    if not given.endswith(words.genitive_endings) or not surname.endswith(words.genitive_endings):
        return False
    known, stem = words.breaks.names.given, given[:-1]
    men = {stem, *(name for letter in words.lost_in_genitive for name in (stem + letter, stem[:-1] + letter + stem[-1:]))}
    return given not in known or not (men - {given}).isdisjoint(known)


def _is_name_among_nouns(run: list[Word], words: SpeechWords) -> bool:
    """Returns whether capitalised words are a name where nouns have capitals too: not "Anwalt von Jana Kolbe"."""
    known = words.breaks.names.given
    particles = [index for index, token in enumerate(run) if token.kind == "particle"]
    after = run[particles[0] :] if particles else []
    return not particles or (run[0].text.lower() in known and not any(token.text.lower() in known for token in after))


def is_title_before(run: list[Word], before: list[Word], words: SpeechWords) -> bool:
    """Returns whether words before a name can only be the person's title."""
    small = [token for token in before if token.kind == "small"]
    if not small:
        return not before or words.articles_before_names or run[0].text.endswith(".")  # "o Dr. Rui Costa"
    if len(before) > _MAX_TITLE + 1 or before[-1].kind != "small":
        return False
    if len(small) > 1 and small[-1].text.endswith(words.clause_endings):
        return False  # "the doctor treating Ana Ruiz"
    if any(token.text.casefold() in words.relations for token in small):
        return False
    known = not words.titles or all(_is_title(token.text, words) for token in small)
    return known and not (words.titles and any(token.kind == "capital" and not _is_title(token.text, words) for token in before))


def split_party(run: list[Word], words: SpeechWords) -> tuple[list[Word], list[Word]]:
    """Splits "Labour MP Ana Ruiz" and "Judge Ana Ruiz" into name and title."""
    count = next((index for index, word in enumerate(run) if not is_capital_title(word.text, words)), 0)
    if count and len(run) - count > 1:
        return run[count:], run[:count]
    is_party = (
        len(run) > 3 and run[1].text.isupper() and len(run[1].text) > 1 and run[0].text.casefold() not in words.breaks.names.given
    )
    return (run[2:], run[:2]) if is_party else (run, [])


def is_capital_title(word: str, words: SpeechWords) -> bool:
    """Returns whether a word is an office or a profession that may have a capital."""
    low = word.lower()
    return any(low.endswith(title[1:]) if title.startswith("-") else low == title for title in words.capital_titles)


def split_nouns(run: list[Word], before: list[Word], words: SpeechWords) -> tuple[list[Word], list[Word]]:
    """Splits capitalised words after an article or an adjective into title and name, as a listed given name tells them apart.

    Without one, they are the name if an adjective stands before them: "die frühere Bürgermeisterin Ana Ruiz".
    """
    for index in range(1, len(run)):
        if run[index].kind == "particle":
            break
        if run[index].text.casefold() in words.breaks.names.given and index + 1 < len(run):
            return run[index:], run[:index]
    adjective = before[-1].kind == "small" and is_title_before(run, before, words)
    return (run if adjective or run[0].text.endswith(".") else []), []


def _is_title(word: str, words: SpeechWords) -> bool:
    low = word.casefold()
    return low in words.titles or low.rstrip(".") in words.breaks.before_name.whole


def _begins_with_abbreviation(word: str) -> bool:
    return word[:2].isalpha() and word[:2].isupper() and len(word) > 1 and not _ROMAN.fullmatch(word)
