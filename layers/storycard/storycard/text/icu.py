"""Calls ICU functions that icu4py ships but does not wrap, by ctypes: scripts, bidi classes, brackets, properties, upper case.

Offsets in Storycard count code points; ICU counts UTF-16 code units.
"""

import ctypes
import itertools
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from storycard.language.icu_library import icu_function

_DEFAULT_IGNORABLE = 5  # UCHAR_DEFAULT_IGNORABLE_CODE_POINT in uchar.h
_EMOJI_PRESENTATION = 58  # UCHAR_EMOJI_PRESENTATION
_PAIRED_BRACKET_TYPE = 0x1015  # UCHAR_BIDI_PAIRED_BRACKET_TYPE
_OPENS = 1  # U_BPT_OPEN
# The short names of Bidi_Class, in the order of UCharDirection in uchar.h.
_BIDI_CLASSES = (
    *("L", "R", "EN", "ES", "ET", "AN", "CS", "B", "S", "WS", "ON", "LRE", "LRO"),
    *("AL", "RLE", "RLO", "PDF", "NSM", "BN", "FSI", "LRI", "RLI", "PDI"),
)
_LAST_OF_BMP = "\uffff"  # characters above it take two UTF-16 code units


def codepoint_offsets(text: str) -> Sequence[int]:
    """Returns the code point offset for each UTF-16 offset, the end included; both halves of a surrogate pair have the same."""
    if text.isascii() or max(text) <= _LAST_OF_BMP:
        return range(len(text) + 1)
    units = (2 if character > _LAST_OF_BMP else 1 for character in text)
    return [*itertools.chain.from_iterable([index] * count for index, count in enumerate(units)), len(text)]


@lru_cache(maxsize=8192)
def script(character: str) -> str:
    """Returns the ISO 15924 code of a character's script (UAX #24), such as 'Latn', 'Zyyy' (common) or 'Zinh' (inherited)."""
    icu = _library()
    error = ctypes.c_int(0)
    return icu.uscript_getShortName(icu.uscript_getScript(ord(character), ctypes.byref(error))).decode("ascii")


@lru_cache(maxsize=8192)
def is_ignorable(character: str) -> bool:
    """Returns whether a character is invisible by default (Default_Ignorable_Code_Point), so that it needs no glyph."""
    return bool(_library().u_hasBinaryProperty(ord(character), _DEFAULT_IGNORABLE))


@lru_cache(maxsize=8192)
def is_emoji(character: str) -> bool:
    """Returns whether a character is drawn as an emoji unless U+FE0E follows (Emoji_Presentation, UTS #51)."""
    return bool(_library().u_hasBinaryProperty(ord(character), _EMOJI_PRESENTATION))


class PairedBracket(NamedTuple):
    """A bracket of BidiBrackets.txt: whether it opens the pair, and the closing bracket of the pair (itself, if it closes)."""

    opens: bool
    closing: str


@lru_cache(maxsize=8192)
def bidi_class(character: str) -> str:
    """Returns the Bidi_Class of a character (UAX #9, table 4), such as 'L', 'AL' or 'EN'."""
    return _BIDI_CLASSES[_library().u_charDirection(ord(character))]


@lru_cache(maxsize=8192)
def paired_bracket(character: str) -> PairedBracket | None:
    """Returns the properties of a paired bracket, None for any other character.

    Canonically equivalent brackets are the same bracket (UAX #9, BD14 to BD16).
    """
    character = unicodedata.normalize("NFC", character)
    icu = _library()
    kind = icu.u_getIntPropertyValue(ord(character), _PAIRED_BRACKET_TYPE)
    if not kind:
        return None
    return PairedBracket(kind == _OPENS, chr(icu.u_getBidiPairedBracket(ord(character))) if kind == _OPENS else character)


def upper(text: str, language: str) -> str:
    """Converts `text` to upper case by the rules of `language`: Turkish dotted i, Greek without accents, German SS."""
    icu = _library()
    units = text.encode("utf-16-le", "surrogatepass")
    room = len(units) * 3 // 2 + 8  # UTF-16 code units; no character becomes more than three
    out = ctypes.create_string_buffer(room * 2)
    error = ctypes.c_int(0)
    locale = language.replace("-", "_").encode("ascii")
    length = icu.u_strToUpper(out, room, units, len(units) // 2, locale, ctypes.byref(error))
    if error.value > 0:
        raise RuntimeError(f"expected ICU to convert {text!r} to upper case in {language}, got its error {error.value}")
    return out.raw[: length * 2].decode("utf-16-le", "surrogatepass")


class _Functions:
    """ICU's C functions, under their own names."""

    u_charDirection: Callable[[int], int]
    u_getIntPropertyValue: Callable[[int, int], int]
    u_getBidiPairedBracket: Callable[[int], int]
    uscript_getScript: Callable[[int, object], int]
    uscript_getShortName: Callable[[int], bytes]
    u_hasBinaryProperty: Callable[[int, int], int]
    u_strToUpper: Callable[[ctypes.Array[ctypes.c_char], int, bytes, int, bytes, object], int]

    def __init__(self) -> None:
        pointer, integer = ctypes.c_void_p, ctypes.c_int32
        signatures: dict[str, tuple[type, list[type]]] = {
            "u_charDirection": (integer, [integer]),
            "u_getIntPropertyValue": (integer, [integer, integer]),
            "u_getBidiPairedBracket": (integer, [integer]),
            "uscript_getScript": (integer, [integer, pointer]),
            "uscript_getShortName": (ctypes.c_char_p, [integer]),
            "u_hasBinaryProperty": (ctypes.c_int8, [integer, integer]),
            "u_strToUpper": (integer, [pointer, integer, ctypes.c_char_p, integer, ctypes.c_char_p, pointer]),
        }
        for name, (result, arguments) in signatures.items():
            setattr(self, name, icu_function(name, result, arguments))


@cache
def _library() -> _Functions:
    return _Functions()
