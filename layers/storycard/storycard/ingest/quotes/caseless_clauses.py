"""Finds who said a quote in scripts without capitals, where a name is known by its given name or its family name."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from storycard.ingest.quotes.attribution import Source
from storycard.language.speech_words import SpeechWords

_HAN = r"\u3400-\u9fff々ゝヽー゠-ヿ"
_HANGUL = "\uac00-\ud7a3"
_AGE = r"(?:[（(]\d{1,3}(?:歳|岁|歲|세)?[）)])?"
_SPACES = r"[ \u00a0\u200f\u200e]+"
_NO_PATTERN = re.compile("(?!)")
_PUNCTUATION = r"[.,:;!?،؛؟।。，、：…–—-]"


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Patterns of the words before a quote, after it, and of a verb after it whose subject stands before it."""

    before: tuple[re.Pattern[str], ...] = ()
    after: tuple[re.Pattern[str], ...] = ()
    subject: re.Pattern[str] = _NO_PATTERN
    verb_after: re.Pattern[str] = _NO_PATTERN


def caseless_source(sentence: str, tail: str, words: SpeechWords, people: Collection[str]) -> Source:
    """Returns the speaker that the words around a quote name: `sentence` before it or `tail` after it.

    `people` are surnames that are known as those of earlier speakers.
    """
    source = _source(sentence, tail, _patterns(words), words)
    if source.speaker or not people or words.surnames:
        return source
    known = _source(sentence, tail, _patterns(words, of_one_word=True), words)
    return known if known.speaker in people else Source()


def _source(sentence: str, tail: str, patterns: _Patterns, words: SpeechWords) -> Source:
    found = [match for pattern in patterns.after if (match := pattern.match(tail))]
    found += [
        match
        for pattern in patterns.before
        if (match := pattern.search(sentence)) and not _speaks(sentence[: match.start()], words)
    ]
    if not found and patterns.verb_after.match(tail) and (subject := patterns.subject.search(sentence)):
        found = [subject]
    names = {match["name"].strip(): match for match in found if _is_name(match["name"], words)}
    if len(names) != 1:
        return Source()
    name, match = names.popitem()
    title = match["title"].strip()
    if name in words.surnames and title:  # 田中市長, 김 시장: a family name does not stand alone
        return Source(match[0][match.start("name") - match.start() : match.end("title") - match.start()])
    is_role = title not in words.honorifics and not any(particle in title for particle in words.genitive_particles)
    return Source(name, title if is_role else "")


def _speaks(text: str, words: SpeechWords) -> bool:
    """Returns whether somebody else speaks before a speaker is named: "His lawyer says that Ana Ruiz said"."""
    return any(verb in text for verb in words.verbs) if words.surnames else words.verb.search(text) is not None


def _is_name(name: str, words: SpeechWords) -> bool:
    parts = name.split()
    if name in words.not_names or name.endswith(words.not_name_endings):
        return False
    return not any(part in words.stops or part in words.relations for part in parts)


@lru_cache(maxsize=8)
def _patterns(words: SpeechWords, *, of_one_word: bool = False) -> _Patterns:
    if words.surnames:
        return _family_name_patterns(words)
    if words.given_names:
        return _given_name_patterns(words, of_one_word=of_one_word)
    return _Patterns()


def _given_name_patterns(words: SpeechWords, *, of_one_word: bool) -> _Patterns:
    """Builds the patterns of languages that part words with spaces: a title, a given name, and one more word behind others.

    `of_one_word` is for a surname alone.
    """
    prefix = _any(words.verb_prefixes)
    verb = rf"{prefix}?{_any(words.verbs)}"
    word = rf"(?!{verb}(?!\w))[^\s\W\d](?:[^\s.,:;!?،؛؟।«»“”\"()–—])*"
    title = rf"(?P<title>(?:{_any(words.titles)}{_SPACES}){{0,3}})"
    given, inner = _any(words.given_names), _any((*words.given_names, *words.name_particles))
    name = rf"{title}(?P<name>{word if of_one_word else rf'{given}(?:{_SPACES}{inner})*?{_SPACES}{word}'})"
    aside = rf"\s*[،,]{_SPACES}(?:(?!{verb}(?!\w))[^،,.:!?؟।])" + "{2,40}"  # "Ana Ruiz, the mayor, said"
    time = rf"(?:{_SPACES}{_any((*words.adverbs, *words.days))}){{0,3}}"
    start = rf"(?:^|[.!?।,،]\s+|{_any(words.adverbs)}{_SPACES}){prefix}?"
    end = rf"(?=\s*(?:{_PUNCTUATION}|$)|{_SPACES}{_any(words.function_words)}(?!\w))"
    gap = rf"(?:\s*{_PUNCTUATION}){{0,2}}\s*(?:{_any(words.quote_particles)}{_SPACES})?"
    return _Patterns(
        before=(
            re.compile(rf"(?<!\w){verb}{_SPACES}{name}(?:{aside})?$"),
            re.compile(
                rf"{start}{name}(?:{aside}[،,])?{time}{_SPACES}{verb}(?:{_SPACES}{_any(words.function_words)}[^.!?।,،]{{0,30}})?$"
            ),
        ),
        after=(
            re.compile(rf"{gap}{verb}{_SPACES}{name}{end}"),
            re.compile(rf"{gap}{name}{time}{_SPACES}{verb}(?!\w)"),
        ),
    )


def _family_name_patterns(words: SpeechWords) -> _Patterns:
    """Builds the patterns of Chinese, Japanese and Korean, whose names begin with the family name."""
    letters = f"[{_HAN}{_HANGUL}]"
    surname, title, topic = _any(words.surnames), _any(words.titles), _any(words.topic_particles)
    verb, genitive = rf"{_any(words.verbs)}(?!{_any(words.relations)})", _any(words.genitive_particles)
    start = rf"(?:^|[\s。！？，、：,.]|{_any(words.adverbs)}"
    if not words.topic_particles:  # Chinese: the title stands before the name, the verb after it
        before_title = rf"(?!{_any(words.function_words)})[^，。：“”\s]"  # "对市长王小明说": somebody else speaks
        titled, name = rf"(?:(?:{before_title}){{0,12}}{title})?", rf"(?P<name>{surname}{letters}{{1,2}}?)"
        described = rf"(?:(?:(?!{_any(words.function_words)}|{verb})[^，。：“”]){{1,12}}{genitive})?"  # "家住附近的王小明"
        where = rf"(?:{_any(words.adverbs)}|在[^，。：“”]{{1,14}}?[上中时時后後里裡内]|[对對向][^，。：“”]{{1,8}}?)?"
        return _Patterns(
            before=(re.compile(rf"{start})(?P<title>{titled}){name}{verb}(?:(?!{genitive})[^，。：]){{0,10}}$"),),
            after=(re.compile(rf"[，,]?\s*(?P<title>{described}{titled}){name}{where}{verb}(?!{_any(words.quote_particles)})"),),
        )
    # Japanese and Korean: a title after the name, and a particle that marks the topic or the subject
    in_hangul = re.match(f"[{_HANGUL}]", words.surnames[0])  # which has spaces between words
    korean_title = rf"\s{title}|{_any(words.honorifics)}"
    given, titled, space = (f"(?:[{_HANGUL}]{{2}})?", korean_title, r"\s") if in_hangul else (f"[{_HAN}]{{0,3}}?", title, "")
    name = rf"(?P<name>{surname}{given})(?P<title>{titled}){_AGE}{topic}"
    between = rf"(?:(?!{topic}(?:{space}|$))[^。「」“”])"  # no other subject
    quoting = rf"{_any(words.quote_particles)}、?\s*"
    return _Patterns(
        after=(
            re.compile(
                rf"{quoting}(?:{between}{{0,16}}?(?:{genitive}|{title}|[、\s]|(?<=[むるた])))?{name}{between}{{0,20}}?{verb}"
            ),
        ),
        subject=re.compile(rf"{start}|{title}|{genitive}){name}{between}{{0,24}}$"),
        verb_after=re.compile(rf"{quoting}{between}{{0,16}}?{verb}"),
    )


def _any(alternatives: tuple[str, ...]) -> str:
    return f"(?:{'|'.join(map(re.escape, sorted(alternatives, key=len, reverse=True))) or '(?!)'})"
