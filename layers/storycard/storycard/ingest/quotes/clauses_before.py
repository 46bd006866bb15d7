"""Finds who said a quote in the words before it, in scripts with capitals."""

import re
from collections.abc import Collection
from itertools import pairwise

from storycard.ingest.quotes.attribution import Source
from storycard.ingest.quotes.clauses_after import role_after
from storycard.ingest.quotes.name_checks import Gender, is_capital_title, verb_gender
from storycard.ingest.quotes.noun_phrases import NounPhrase, read_noun_phrase
from storycard.language.speech_words import SpeechWords

_MAX_OPENING = 2  # words before a verb whose subject follows it although the language puts it first: "So said"
_AGE = re.compile(r"^(?:,\s*\d{1,3}(?=,)|\s*\(\d{1,3}\))")
_WORDS = re.compile(r"[^\W\d_][\w’'ʼ-]*")


def source_before(sentence: str, words: SpeechWords, people: Collection[str]) -> Source:
    """Finds the speaker in a sentence that introduces a quote: "On Friday Ana Ruiz told reporters".

    A single word that begins the sentence has to be one of `people` or a given name: its capital tells nothing.
    """
    if cited := words.source.match(sentence.lstrip()):
        return _cited(sentence.lstrip(), cited.end(), words, people)
    verbs = list(words.verb.finditer(sentence))
    if not verbs:
        return Source()
    verb = verbs[-1]
    gender = verb_gender(verb[0], words)
    subject = _subject(sentence, verb.start(), words, gender)
    after = read_noun_phrase(sentence, verb.end(), words, gender)
    if subject:
        if subject.single and _is_ordinary(subject.name, sentence, words, people):
            return Source()
        if _goes_on_with_another(sentence[verb.end() :], words):
            return Source()
        return Source() if after and not words.fixed_order else _titled(subject, words)
    if not _is_plain_opening(sentence[: verb.start()], words) or _follows_subject(sentence[: verb.start()], words):
        return Source()
    before = _WORDS.findall(sentence[: verb.start()])
    introduced = len(before) <= _MAX_OPENING if words.fixed_order else bool(before)
    if not after or not introduced or len(verbs) > 1 or after.boundary not in ("", ",", *words.stops):
        return Source()
    rest = sentence[after.end :]
    if _goes_on_with_another(rest, words) or (not before and any(word[0].isupper() for word in _WORDS.findall(rest))):
        return Source()
    return Source(after.name, after.title)


def _cited(sentence: str, start: int, words: SpeechWords, people: Collection[str]) -> Source:
    """Reads the name from `start`, behind "According to". A role, "jefa de obras", is a noun alone or with a preposition."""
    phrase = read_noun_phrase(sentence, start, words)
    if not phrase or (phrase.single and phrase.name not in people):
        return Source()
    if not phrase.boundary or sentence[phrase.end :].split() in ([word] for word in words.auxiliaries):
        return Source(phrase.name, phrase.title)  # "Ifølge Ana Ruiz er “...”."
    role = role_after(sentence, phrase, words)
    inside = [word.casefold() for word in _WORDS.findall(role)]
    is_noun = bool(inside) and inside[0] not in words.stops and (len(inside) == 1 or inside[1] in words.stops)
    whole = sentence[phrase.end :].lstrip(", ") == role
    return Source(phrase.name, role) if is_noun and whole and not words.fixed_order else Source()


def _goes_on_with_another(rest: str, words: SpeechWords) -> bool:
    """Returns whether somebody else may have said what follows: "said Ana Ruiz, and Jan Ott shot back".

    A name among the last words of the sentence is a listener or a place if nothing or a preposition follows it.
    """
    inside = _WORDS.findall(rest)
    harmless = words.stops.difference(words.auxiliaries, words.other_pronouns, *words.pronoun_groups)
    joined = False
    for word, following in pairwise((*inside, "")):
        joined = joined or word.casefold() in words.conjunctions
        named = word[0].isupper() and word.casefold() not in words.days
        if named and (joined or (following and not following[0].isupper() and following.casefold() not in harmless)):
            return True
    return False


def circumfixed_source(sentence: str, tail: str, words: SpeechWords, people: Collection[str]) -> Source:
    """Finds the speaker before a quote whose verb follows it, as in Turkish: "Ayşe Kaya, “...” dedi"."""
    verb = words.verb.match(tail.lstrip(" ,"))
    if not words.verb_after_quote or not verb:
        return Source()
    phrase = read_noun_phrase(f"{sentence}.", _beginning(sentence, words), words)
    if not phrase or phrase.boundary != "." or (phrase.single and _is_ordinary(phrase.name, sentence, words, people)):
        return Source()
    return _titled(phrase, words)


def _titled(phrase: NounPhrase, words: SpeechWords) -> Source:
    """Returns the speaker, unless the sentence begins with something other than a title: "Väärennetyssä videossa Anna Salo"."""
    last = phrase.title.split()[-1:]
    if last and last[0].islower() and words.capital_titles and not is_capital_title(last[0], words):
        return Source()
    return Source(phrase.name, phrase.title)


def _is_plain_opening(text: str, words: SpeechWords) -> bool:
    """Returns whether the words before a subject name no more than a time or an occasion: not "In a fake video"."""
    plain = {*words.stops, *words.occasions, *words.breaks.months.whole}
    return all(word.casefold() in plain for word in _WORDS.findall(text))


def _is_ordinary(word: str, sentence: str, words: SpeechWords, people: Collection[str]) -> bool:
    """Returns whether the first word of a sentence may be an ordinary one: "Women said"."""
    return sentence.lstrip().startswith(word) and word not in people and word.casefold() not in words.breaks.names.given


def _beginning(sentence: str, words: SpeechWords) -> int:
    """Returns where a sentence begins behind a word such as "But", and behind its day: "On Friday"."""
    position = 0
    while word := _WORDS.search(sentence, position):
        following = _WORDS.match(sentence[word.end() :].lstrip(" \u00a0"))
        low = word[0].casefold()
        dates = {*words.days, *words.breaks.months.whole} if low in words.stops else words.days
        if low in words.days or (following and following[0].casefold() in dates):
            position = word.end() + (
                sentence[word.end() :].index(following[0]) + len(following[0]) if following and low not in words.days else 0
            )
        elif word.start() == 0 and (low in words.adverbs or low in words.conjunctions):
            position = word.end()
        else:
            return word.start()
        if sentence[position : position + 1] == ",":
            position += 1
    return position


def _subject(sentence: str, verb: int, words: SpeechWords, gender: Gender) -> NounPhrase | None:
    """Returns the phrase that is the subject of the verb at offset `verb`."""
    for start in _starts(sentence, verb, words):
        if not _is_plain_opening(sentence[:start], words):
            continue
        phrase = read_noun_phrase(sentence, start, words, gender)
        if not phrase:
            continue
        between = sentence[phrase.end : verb]
        if _may_be_noun_and_genitive(phrase, sentence, words):
            continue
        if phrase.boundary == "verb" and not between.strip():
            return phrase
        if phrase.single or start > _beginning(sentence, words):
            continue
        between = _AGE.sub("", between)
        if not between.strip() or (between.strip() == "," and "," in sentence[start : phrase.end]):
            return phrase  # "Ana Ruiz (45) said", "The mayor, Ana Ruiz, said"
        aside = _WORDS.findall(between)
        if phrase.boundary == "," and between.count(",") == 2 and between.rstrip().endswith(","):
            return None if aside and aside[0].casefold() in words.conjunctions else phrase  # "Ana Ruiz, or her clerk, wrote"
        plain = not re.search(r"[,;:–—()]", between) and not words.verb.search(between)
        inside = {word.casefold() for word in _WORDS.findall(between)}
        clausal = {*words.conjunctions, *words.other_pronouns, *words.auxiliaries}
        if phrase.boundary in words.stops and plain and not inside & clausal:
            return phrase
    return None


def _may_be_noun_and_genitive(phrase: NounPhrase, sentence: str, words: SpeechWords) -> bool:
    """Returns whether a sentence may begin with a noun that only its place gives a capital: "Adwokat Anny Nowak"."""
    names = phrase.name.split()
    known = {*words.titles, *words.breaks.names.given}
    if not words.titles or names[0].casefold() in known or not sentence.lstrip().startswith(phrase.name):
        return False
    masculine = names[0].lower().endswith(words.masculine_endings)
    return len(names) > 2 or (masculine and not names[-1].lower().endswith((*words.masculine_endings, *words.surname_endings)))


def _starts(sentence: str, verb: int, words: SpeechWords) -> list[int]:
    """Returns where the subject can begin: at the beginning, and after the comma of an introduction."""
    starts = [_beginning(sentence, words)]
    first = _WORDS.match(sentence.lstrip())
    comma = sentence.rfind(",", 0, verb)
    if first and comma > 0 and first[0].casefold() in words.stops - {word.casefold() for word in words.determiners}:
        starts.append(comma + 1)
    return starts


def _follows_subject(before: str, words: SpeechWords) -> bool:
    """Returns whether a verb has its subject before it: a pronoun, or a capitalised word without a preposition in front."""
    inside = _WORDS.findall(before)
    if not inside:
        return False
    first, last = inside[0].casefold(), inside[-1]
    pronouns = {*words.other_pronouns, *(form for group in words.pronoun_groups for form in group)}
    determiners = {word.casefold() for word in words.determiners}
    if last.casefold() in pronouns:
        return True
    return last[0].isupper() and last.casefold() not in words.days and (first not in words.stops or first in determiners)
