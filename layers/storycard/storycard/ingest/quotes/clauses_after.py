"""Finds who said a quote in the words after it, in scripts with capitals."""

import re
from itertools import islice, pairwise

from storycard.ingest.quotes.attribution import Source
from storycard.ingest.quotes.name_checks import Gender, verb_gender
from storycard.ingest.quotes.noun_phrases import NounPhrase, read_noun_phrase
from storycard.language.speech_words import SpeechWords

_AFTER_QUOTE = re.compile(r"[\s,，–—―-]*")
_SIGNATURE = re.compile(r"\s*(?:[–—―]|--|-(?=\s))\s*")
_ROLE = re.compile(r",\s*(?P<role>[^\W\d_][^,.;:!?–—«»“”„\"()]{1,100})(?=[.,;:!?–—]|$)")
_MAX_ROLE = 9  # words
_WORDS = re.compile(r"[^\W\d_][\w’'ʼ-]*")


def source_after(tail: str, words: SpeechWords, *, same_sentence: bool) -> Source:
    """Finds the speaker in the words after a quote. A new sentence counts only if it begins with a verb in lower case."""
    tail = words.second_verb.sub("", tail, count=1)
    start = _AFTER_QUOTE.match(tail).end()  # type: ignore[union-attr]  # it matches an empty text
    verb = words.verb.match(tail, start) or words.source.match(tail, start)
    if verb and (same_sentence or tail[start].islower()):
        gender = verb_gender(verb[0], words)
        phrase = read_noun_phrase(tail, verb.end() + _comma(tail, verb.end()), words, gender)
        phrase = phrase or _behind_occasion(tail, verb.end(), words, gender)
        if not phrase or phrase.boundary == "verb" or _lists_speakers(tail, phrase, words):
            return Source()
        return Source(phrase.name, role_after(tail, phrase, words)) if _is_plain(tail, phrase.end, words) else Source()
    if not same_sentence:
        return Source()
    phrase = read_noun_phrase(tail, start, words)
    if not phrase:
        return Source()
    if phrase.boundary == ",":  # "Ana Ruiz, the mayor, said"
        role = _ROLE.match(tail, phrase.end)
        verb = words.verb.match(tail, role.end() + 2) if role and tail[role.end() : role.end() + 2] == ", " else None
        return Source(phrase.name, _as_role(role["role"], words)) if role and verb else Source()
    if phrase.boundary != "verb":
        return Source()
    verb = words.verb.search(tail, phrase.end)
    if verb and not words.fixed_order and read_noun_phrase(tail, verb.end(), words):
        return Source()
    if not verb or not _is_plain(tail, verb.end(), words) or not _agrees(phrase, verb_gender(verb[0], words), words, tail):
        return Source()
    return Source(phrase.name, phrase.title)


def signature(tail: str, words: SpeechWords) -> Source:
    """Finds the name that signs a quote after a dash: "— Ana Ruiz, mayor"."""
    dash = _SIGNATURE.match(tail)
    phrase = read_noun_phrase(tail, dash.end(), words) if dash else None
    role = _ROLE.match(tail, phrase.end) if phrase and phrase.boundary == "," else None
    end = role.end() if role else phrase.end if phrase else 0
    if not phrase or phrase.single or tail[end:].strip(" .") or (phrase.title[:1].islower() and not words.titles):
        return Source()  # a word in lower case may be a verb
    return Source(phrase.name, role_after(tail, phrase, words))


def _behind_occasion(tail: str, position: int, words: SpeechWords, gender: Gender) -> NounPhrase | None:
    """Reads a subject with its title behind a time or the listeners: "dijo a la prensa el alcalde Ana Ruiz".

    Not where articles have cases: "sagte im Haus der Ministerin Ana Ruiz".
    """
    inside = [word for word in islice(_WORDS.finditer(tail, position), 3) if word[0].islower()]
    low = [word[0].casefold() for word in inside]
    noun = next((index for index, word in enumerate(low) if word in words.occasions), None)
    cased = words.breaks.capitalised_nouns or words.articles_before_names or words.fixed_order
    if noun is None or cased or not all(word in words.stops for word in low[:noun]):
        return None
    if tail[position : inside[noun].start()].strip(f" {''.join(word[0] for word in inside)}"):
        return None
    phrase = read_noun_phrase(tail, inside[noun].end(), words, gender)
    return phrase if phrase and phrase.title else None


def _comma(tail: str, position: int) -> int:
    return 1 if tail[position : position + 1] == "," else 0


def _agrees(phrase: NounPhrase, gender: Gender, words: SpeechWords, text: str) -> bool:
    start = text.rfind(phrase.name, 0, phrase.end)
    return read_noun_phrase(text, start, words, gender) is not None


def _is_plain(text: str, position: int, words: SpeechWords) -> bool:
    """Returns whether a clause names no more than times, places and occasions: not "as the villain", "in a fake video"."""
    rest = re.split(r"[,.;:!?–—«»“”„\"()]", text[position:], maxsplit=1)[0]
    plain = {*words.stops, *words.occasions, *words.breaks.months.whole}
    inside = _WORDS.findall(rest)
    for before, word in pairwise(("", *inside)):
        article, _, elided = word.replace("’", "'").partition("'")
        word = elided if elided and article.casefold() in words.breaks.names.elided else word  # "d’une"
        low = word.casefold()
        disguised = before.casefold() in words.guises and low not in words.breaks.names.whole  # "en Hamlet", not "en France"
        if disguised if word[0].isupper() else low not in plain:
            return False
    return True


def _lists_speakers(text: str, phrase: NounPhrase, words: SpeechWords) -> bool:
    """Returns whether a second name may follow the comma: "said Ana Ruiz, Jan Ott and Luc Petit"."""
    rest = re.split(r"[.;:!?]", text[phrase.end + 1 :], maxsplit=1)[0].strip() if phrase.boundary == "," else ""
    return rest[:1].isupper() and any(word.casefold() in words.conjunctions for word in _WORDS.findall(rest))


def role_after(text: str, phrase: NounPhrase, words: SpeechWords) -> str:
    """Returns the role behind a name and a comma, else the title before the name. A clause does not count as a role."""
    role = _ROLE.match(text, phrase.end) if phrase.boundary == "," and not words.verb_after_quote else None
    return (_as_role(role["role"], words) if role else "") or phrase.title


def _as_role(role: str, words: SpeechWords) -> str:
    """Returns `role` unless it may be a clause: "who waited", "her voice shaking"."""
    inside = [word.casefold() for word in _WORDS.findall(role)]
    determiners = {word.casefold() for word in words.determiners}
    clausal = words.stops - determiners - set(words.name_particles)
    pronouns = {*words.other_pronouns, *(form for group in words.pronoun_groups for form in group)}
    if (
        len(inside) > _MAX_ROLE
        or inside[0] in clausal
        or inside[0] in words.relative_pronouns
        or pronouns.intersection(inside)
        or words.verb.search(role)
    ):
        return ""
    return "" if any(word.endswith(words.clause_endings) for word in inside) else role.strip()


def pronoun_after(tail: str, words: SpeechWords) -> str:
    """Returns the pronoun that stands for the speaker after a quote: "she" in "she said" or "said she"; "" if there is none."""
    start = _AFTER_QUOTE.match(tail).end()  # type: ignore[union-attr]  # it matches an empty text
    forms = {form for group in words.pronoun_groups for form in group}
    verb = words.verb.match(tail, start)
    pronoun = re.compile(r"[\s-]*(?:t-)?([^\W\d_]+)").match(tail, verb.end() if verb else start)
    if not pronoun or pronoun[1].casefold() not in forms:
        return ""
    return pronoun[1] if verb or words.verb.match(tail, pronoun.end() + 1) else ""
