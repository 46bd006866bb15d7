"""Finds the people that a text names: the full name of a short one, and the one person that a pronoun can mean."""

import re
from collections.abc import Collection
from functools import lru_cache

from storycard.ingest.quotes.narration import outer_pairs
from storycard.language.sentences import SENTENCE_ENDS
from storycard.language.speech_words import SpeechWords

_SHORT_SENTENCE = 4  # words: "The decision was wrenching"
_MAX_TEXT = 100_000  # characters searched for names
# Python's `re` has no class for capitals. These are the Latin, Greek, Cyrillic and Armenian ones.
_CAPITAL = f"[{''.join(letter for letter in map(chr, [*range(0x41, 0x590), *range(0x1E00, 0x2000)]) if letter.isupper())}]"
_SMALL = re.compile(rf"(?<!\w)(?!{_CAPITAL})[^\W\d_][\w’'-]*")
_SENTENCE = re.compile(rf"(?<=[{re.escape(SENTENCE_ENDS)}])\s+")
_WORDS = re.compile(r"[^\W\d_][\w’'-]*")


def full_names(paragraphs: tuple[str, ...], words: SpeechWords) -> dict[str, str]:
    """Maps the short names in a text to full names, "Roberts" to "Jane Roberts", where only one person can be meant."""
    text = " ".join(paragraphs)[:_MAX_TEXT]
    small = set(_SMALL.findall(text))
    alone: set[str] = set()
    runs: dict[str, set[str]] = {}
    sure: dict[str, set[str]] = {}
    for run in _runs(text, words):
        begins = _begins_sentence(text, run.start())
        names = [re.sub(r"[’']s$", "", name) for name in run[0].split()]
        while names and (names[0].lower() in small or names[0].casefold() in words.stops):  # an ordinary word: "When"
            del names[0]
            begins = False
        given = [name.casefold() in words.breaks.names.given for name in names]
        if len(names) > 2 and True in given[1:-1] and not given[0]:  # "Bezirksleiterin Jana Kolbe"
            del names[: given.index(True)]
            begins = False
        if len(names) > 1:
            runs.setdefault(names[-1], set()).add(" ".join(names))
            may_be_ordinary = begins or words.breaks.capitalised_nouns
            if len(names) == 2 or not may_be_ordinary:
                sure.setdefault(names[-1], set()).add(" ".join(names))
        elif names and len(names[0]) > 2:
            alone.add(names[0])
    found = {last: min(full, key=len) for last, full in sure.items() if last in alone and last.lower() not in small}
    return {last: name for last, name in found.items() if all(full.endswith(name) for full in runs[last])}


def is_introduced(name: str, paragraphs: tuple[str, ...], words: SpeechWords) -> bool:
    """Returns whether a name of one word, or one that begins with a particle, stands beside another name in the text.

    Otherwise it may be a place, a team, a parrot or an ordinary word: "said Manchester", "dit Le Monde".
    """
    first = name.split()[0].casefold()
    if first in words.name_particles and (name[0].islower() or first in words.stops):  # not "Ben Ito"
        full = re.compile(rf"{_CAPITAL}[\w’.-]+[ \u00a0](?i:{re.escape(name)})(?!\w)")
        return any(full.search(paragraph[:_MAX_TEXT]) for paragraph in paragraphs)
    if " " in name or not name[:1].isupper():
        return True
    between = r"[ \u00a0](?:[a-zà-ÿ]{1,4} ){0,2}"
    stem = rf"{re.escape(name[:-1])}\w{{1,4}}(?!\w)"
    introduced = re.compile(rf"(?P<other>{_CAPITAL}(?:\.|[\w’-]+)){between}{stem}|(?<!\w){re.escape(name)} {_CAPITAL}\w+")
    found = (match for paragraph in paragraphs for match in introduced.finditer(paragraph[:_MAX_TEXT]))
    return any((match["other"] or "").casefold() not in words.stops for match in found)  # not "In Manchester"


def mentions_relative(paragraph: str, words: SpeechWords) -> bool:
    """Returns whether the narrator's words mean somebody who may have the same surname: "her husband"."""
    for pair in reversed(outer_pairs(paragraph)):
        paragraph = f"{paragraph[: pair.start]} {paragraph[pair.end + 1 :]}"
    return not {word.casefold() for word in _WORDS.findall(paragraph)}.isdisjoint(words.relatives)


def only_person(narration: str, pronoun: str, words: SpeechWords, people: Collection[str]) -> str:
    """Returns the one person that `pronoun` can mean after the narrator's words `narration`, or "".

    Nobody else is named or meant by a word such as "sister", and no pronoun of another gender is used. Either an earlier quote
    is the person's, or the person begins a sentence and another form of the pronoun, such as "her" for "she", follows, or the
    person is one of `people`, the short names of the text, and the subject of the first of two sentences.
    """
    group = next((forms for forms in words.pronoun_groups if pronoun.casefold() in forms), frozenset[str]())
    others = frozenset[str]().union(*words.pronoun_groups, words.persons) - group
    used = {word.casefold() for word in _WORDS.findall(narration)}
    named = _named(narration, words)
    person = max(named, key=len, default="")
    if used & others:
        return ""
    if len(person.split()) < 2:
        return person if person in people and len(named) == 1 and _is_alone(narration, person, words) else ""
    if not all(person == name or person.endswith(f" {name}") for name in named):
        return ""
    spoke = words.verb.search(narration) and len(_SENTENCE.split(narration.strip())) == 1
    is_subject = words.persons and used & group and any(_begins_sentence(narration, start) for start in named.values())
    return person if spoke or is_subject else ""


def _is_alone(narration: str, name: str, words: SpeechWords) -> bool:
    """Returns whether a verb follows a name in the first of two sentences, and nobody is meant in the second, a short one."""
    first, *others = _SENTENCE.split(narration.strip())
    after = _WORDS.findall(first.partition(name)[2])
    is_subject = bool(words.persons and after) and after[0].casefold().replace("’", "'") in words.auxiliaries
    return is_subject and len(others) == 1 and len(_WORDS.findall(others[0])) <= _SHORT_SENTENCE


def _named(narration: str, words: SpeechWords) -> dict[str, int]:
    """Maps the names in a text to where they begin; single words after a preposition are places."""
    named: dict[str, int] = {}
    for run in _runs(narration, words):
        names = run[0].split()
        while names and names[0].casefold() in words.stops:
            del names[0]
        if len(names) > 1 or (names and not _follows_preposition(narration, run.start(), words)):
            named.setdefault(" ".join(names), run.end() - len(" ".join(names)))
    return named


def _follows_preposition(text: str, start: int, words: SpeechWords) -> bool:
    before = _WORDS.findall(text[:start])
    return bool(before) and before[-1].casefold() in words.stops


def _runs(text: str, words: SpeechWords) -> list[re.Match[str]]:
    """Returns the capitalised words in a row, with particles of names between them."""
    return list(_names(words.name_particles).finditer(text))


@lru_cache(maxsize=8)
def _names(particles: tuple[str, ...]) -> re.Pattern[str]:
    between = "|".join(map(re.escape, particles)) or "(?!)"
    return re.compile(rf"(?<![\w’'-]){_CAPITAL}[\w’-]*(?:[ \u00a0](?:(?:{between}) ){{0,2}}{_CAPITAL}[\w’-]*){{0,4}}")


def _begins_sentence(text: str, start: int) -> bool:
    return text[:start].rstrip(" \"'“«„‘")[-1:] in ("", ":", *SENTENCE_ENDS)
