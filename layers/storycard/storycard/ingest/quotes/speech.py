"""Builds the patterns of attributed speech from the languages' words: reporting verbs, names, pronouns and roles."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from storycard.language.reading_words import ReadingWords
from storycard.language.sentences import SENTENCE_ENDS

_MAX_TEXT = 100_000  # characters searched for names

# Python's `re` has no class for capitals. These are the Latin, Greek, Cyrillic and Armenian ones.
_CAPITAL = f"[{''.join(letter for letter in map(chr, [*range(0x41, 0x590), *range(0x1E00, 0x2000)]) if letter.isupper())}]"
_SMALL = rf"(?!{_CAPITAL})[^\W\d_][\w’'-]*"
_WORD = rf"{_CAPITAL}(?:[\w’'-]|\.(?=\s{_CAPITAL}))*"
_HAN = r"[\u4e00-\u9fff々ー゠-ヿ·・]"  # the characters of Chinese and Japanese names, which have no capitals

DASHES = re.compile(r"\s*[–—―]\s*")


@dataclass(frozen=True, slots=True)
class SpeechPatterns:
    """The patterns of the languages' reporting verbs. One set serves all languages.

    A verb of one language is hardly ever a word of another in the position between a quotation and a name.
    """

    name_then_verb: re.Pattern[str]
    verb_then_name: re.Pattern[str]
    pronoun: re.Pattern[str]
    role: re.Pattern[str]
    caseless_after: re.Pattern[str]  # 「…」と田中氏は述べた · “…”，张三说
    caseless_before: re.Pattern[str]  # 张三说：“…”
    names: re.Pattern[str]  # one name or several in a row
    pronouns: frozenset[str]

    def is_name(self, text: str) -> bool:
        """Returns whether capitalised words can be a name. A pronoun that begins a sentence ("He said") is not one."""
        return text.casefold() not in self.pronouns

    def full_names(self, paragraphs: Iterable[str]) -> dict[str, str]:
        """Maps the short names in a text to full names, "Roberts" to "Jane Roberts", where only one person can be meant."""
        text = " ".join(paragraphs)[:_MAX_TEXT]
        return _full_names(text, self.names)


@lru_cache(maxsize=4)
def speech_patterns(words: ReadingWords) -> SpeechPatterns:
    """Compiles the patterns, which takes some ms."""
    han_verbs = [verb for verb in words.verbs if re.match(_HAN, verb)]
    verbs = _any(verb for verb in words.verbs if verb not in han_verbs)
    pronouns, particle = _any(words.pronouns), _any(words.name_particles)
    name = rf"(?P<name>{_WORD}(?:\s+(?:{particle}\s+){{0,2}}{_WORD}){{0,5}})"
    # Lower-case words before a name are a title ("le maire Luc Petit"), except those that say whose spokesman spoke.
    no_title = _any((*words.not_titles, *words.pronouns))
    title = rf"(?:(?:(?!{no_title}\b){_SMALL}\s+){{1,3}}(?={_WORD}\s+(?:{particle}\s+)*{_CAPITAL}))?"
    verb_after_name = rf"{_any(han_verbs)}(?!{_any(words.never_after_verb)})"
    topic = rf"{_any(words.honorifics)}?{_any(words.subject_particles)}[^。」]{{0,20}}{_any(words.verb_stems)}"
    before_quote = _any((*han_verbs, *words.verbs_with_listener))
    return SpeechPatterns(
        name_then_verb=re.compile(rf"(?<![\w]){title}{name}\s+{verbs}(?!\w)"),
        verb_then_name=re.compile(rf"(?<!\w){verbs},?\s+{title}{name}"),
        pronoun=re.compile(rf"(?:{pronouns}\s+{verbs}|{verbs}[\s-]+{pronouns})(?!\w)", re.IGNORECASE),
        # A relative clause is not a role: "who had waited", "der wartete".
        role=re.compile(
            rf",\s*(?!{_any(words.relative_pronouns)}\b)(?P<role>[^\W\d_][^,.;:!?–—«»“”\"()]{{2,100}})", re.IGNORECASE
        ),
        caseless_after=re.compile(rf"(?:と、?)?(?P<name>{_HAN}{{2,14}}?)(?:{topic}|{verb_after_name})"),
        caseless_before=re.compile(rf"(?P<name>{_HAN}{{2,14}}?){before_quote}[^，。：]{{0,8}}$"),
        names=re.compile(rf"(?<![\w’'-]){_CAPITAL}[\w’-]*(?:[ \u00a0](?:{particle} ){{0,2}}{_CAPITAL}[\w’-]*){{0,4}}"),
        pronouns=frozenset(words.pronouns),
    )


def _any(words: Iterable[str]) -> str:
    """Returns a group that matches one of `words`; nothing if there are none."""
    return f"(?:{'|'.join(map(re.escape, words)) or '(?!)'})"


def _full_names(text: str, names: re.Pattern[str]) -> dict[str, str]:
    small = set(re.findall(rf"(?<!\w){_SMALL}", text))
    alone: set[str] = set()
    runs: dict[str, set[str]] = {}
    for match in names.finditer(text):
        words = [re.sub(r"[’']s$", "", word) for word in match[0].split()]
        while words and words[0].lower() in small:  # an ordinary word that begins a sentence, such as "When"
            del words[0]
        if len(words) > 2 and len(words) == len(match[0].split()) and _begins_sentence(text, match.start()):
            continue  # its first word may be an ordinary one
        if len(words) > 1:
            runs.setdefault(words[-1], set()).add(" ".join(words))
        elif words and len(words[0]) > 2:
            alone.add(words[0])
    found = {last: min(full, key=len) for last, full in runs.items() if last in alone and last.lower() not in small}
    return {last: name for last, name in found.items() if all(full.endswith(name) for full in runs[last])}


def _begins_sentence(text: str, start: int) -> bool:
    return text[:start].rstrip(" \"'“«„‘")[-1:] in ("", ":", *SENTENCE_ENDS)
