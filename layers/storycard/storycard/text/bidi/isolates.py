"""Keeps tokens such as "@Reuters", "C++" and telephone numbers in their own order within text of the other direction.

UAX #9 alone moves their signs to the other end, and the groups of a number around one another. Apps and browsers put such tokens
in isolates (HL3 allows it); here the isolates are only in the levels, not in the text.
"""

import re
from functools import cache
from typing import NamedTuple

from storycard.text.bidi.levels import embedding_levels, may_reorder

_EMBEDDINGS = re.compile("[\u202a-\u202e]")
_CONTROLS = "\u200e\u200f\u2066-\u2069"
_LRI, _FSI, _PDI = "\u2066", "\u2068", "\u2069"
# Letters and digits of right-to-left scripts, except for Persian digits, which run like Latin ones.
_RTL = "\u0590-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_LETTER = rf"[^\W\d_{_RTL}]"
_WORD = rf"[^\W{_RTL}]"  # a letter or digit that does not run leftwards
_RIGHTWARD = re.compile(_WORD)  # every token has one: most texts have none, and searching for tokens takes longer
_DIGIT = "[0-9۰-۹]"
_MARK = rf"[^\w\s\"“”„«»{_RTL}{_CONTROLS}]"
_LONGEST = 40  # characters before a word's first letter; without a limit, a long row of marks would take quadratic time
_BOUND, _NOT_INSIDE = r"(?<!\w)", r"(?!\w)"

_URL = rf"(?:https?://|www\.)[^\s{_CONTROLS}]*[\w/]"
_HANDLE = rf"[@#](?=\w*(?:{_LETTER}|[0-9]))[\w\u0591-\u05c7\u064b-\u065f]+(?:[.\-@]\w+)*"
# An international number, one with an area code, or three groups with hyphens: "+44 20 7946 0958", "(03) 123 4567", "1-800-555".
_GAP = r"[ \u00a0().\-–/]"
_PHONE = (
    rf"{_BOUND}(?:(?:\+|00){_DIGIT}(?:{_GAP}{{0,2}}{_DIGIT}){{6,}}"
    rf"|\({_DIGIT}{{2,4}}\)(?:{_GAP}{_DIGIT}{{2,}}){{2,}}"
    rf"|(?=\(?0(?:{_GAP}{{0,2}}{_DIGIT}){{6}})\(?0{_DIGIT}{{1,4}}\)?(?:{_GAP}{_DIGIT}{{2,}})+"
    rf"|{_DIGIT}+(?:-{_DIGIT}+){{2,}}){_NOT_INSIDE}"
)
PHONE_NUMBER = re.compile(_PHONE)
# A word with a letter, and a phrase of such words and plain numbers: "C++", ".NET Framework", "7-Eleven", "Visual C++ 23".
_NAME = (
    rf"(?:{_BOUND}(?:(?<!\.)[.$/°]|[+\-−±](?=\d)))?(?=(?:{_WORD}|{_MARK}){{0,{_LONGEST}}}?{_LETTER})"
    rf"{_WORD}(?:{_MARK}*{_WORD})*(?:\+\+?|#|/|\*|\(\)|(?<=\.{_LETTER})\.)?{_NOT_INSIDE}"
)
_PHRASE = rf"(?<!{_WORD}){_NAME}(?:[ \u00a0](?:{_NAME}|\d+(?![^\s,;:!?]|[.]\d)))*"
_NUMBER = r"[0-9][0-9.,:/]*(?:[-–][0-9][0-9.,:/]*)?"
_SIGN = "[$€£¥₪]"
_UNIT = r"(?:km/h|mph|[kMGT]?(?:Wh?|Hz|B|bit)|[kcmµn]?[mgl]|ha|[ap]\.m\.)"
_SIGNED = (
    rf"(?<![\w.,])(?:(?:[+\-−±~≈<>≤≥*]|{_SIGN}){{1,2}}{_DIGIT}[0-9۰-۹.,]*(?<=\d)[%‰°+]?"
    rf"|{_NUMBER}[ \u00a0]?[%‰°]|{_NUMBER}[ \u00a0]{_UNIT}|[0-9]+\+[0-9]+|{_NUMBER}(?:\+|{_SIGN})){_NOT_INSIDE}"
)
_TOKEN = rf"(?P<handle>{_HANDLE})|{_URL}|{_PHONE}|(?P<phrase>{_PHRASE})|{_SIGNED}"
_IN_ORDER = re.compile(rf"{_LETTER}.*\w", re.DOTALL)  # a phrase that begins and ends so keeps its order by UAX #9 alone
# A name from right to left in other text, with the marks and the number that its level would reach: "the film X, 3 weeks on".
_LEFTWARD_NAME = re.compile(rf"[{_RTL}](?:(?:(?!{_LETTER}).)*[{_RTL}])?", re.DOTALL)
_MARKS_AND_NUMBER = re.compile(r"[,;:.!?)\]”»…]+\s*\d")


class _Isolate(NamedTuple):
    start: int
    end: int
    initiator: str


def paragraph_levels(text: str, rtl: bool) -> tuple[int, ...]:
    """Returns the resolved level of each code point, as `embedding_levels` does for the text with isolates around its tokens."""
    isolates = _isolates(text, rtl) if may_reorder(text, rtl) else []
    if not isolates:
        return embedding_levels(text, rtl)
    pieces: list[str] = []
    kept: list[int] = []  # the offsets of the text's own characters among those with the isolates
    length = done = 0
    boundaries = [(isolate.start, isolate.initiator) for isolate in isolates] + [(isolate.end, _PDI) for isolate in isolates]
    for offset, control in sorted(boundaries, key=lambda boundary: (boundary[0], boundary[1] != _PDI)):
        pieces += text[done:offset], control
        kept += range(length, length + offset - done)
        length += offset - done + 1
        done = offset
    kept += range(length, length + len(text) - done)
    levels = embedding_levels("".join((*pieces, text[done:])), rtl)
    return tuple(levels[index] for index in kept)


def _isolates(text: str, rtl: bool) -> list[_Isolate]:
    """Finds the tokens of a text; none where its author steers the order with embeddings or overrides."""
    if not _RIGHTWARD.search(text) or _EMBEDDINGS.search(text):
        return []
    found = [
        _Isolate(*match.span(), _FSI if match["handle"] else _LRI)
        for match in _token_pattern().finditer(text)
        if not (match["phrase"] and _IN_ORDER.fullmatch(match["phrase"]))
    ]
    if rtl:
        return found
    names = (match for match in _LEFTWARD_NAME.finditer(text) if _MARKS_AND_NUMBER.match(text, match.end()))
    found += (
        _Isolate(*name.span(), _FSI) for name in names if all(name.end() <= one.start or one.end <= name.start() for one in found)
    )
    return found


@cache
def _token_pattern() -> re.Pattern[str]:
    """Compiles _TOKEN on first use: it takes as long as laying a card out, and most texts run in one direction."""
    return re.compile(_TOKEN)
