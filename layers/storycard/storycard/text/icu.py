"""The parts of ICU that icu4py ships but does not wrap, by ctypes: scripts, directions, brackets, properties, upper case.

Offsets here are code points, as everywhere in Storycard; ICU's own count UTF-16 units.
"""

import ctypes
import itertools
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

_DEFAULT_IGNORABLE = 5  # UCHAR_DEFAULT_IGNORABLE_CODE_POINT in uchar.h
_EMOJI_PRESENTATION = 58  # UCHAR_EMOJI_PRESENTATION
_PAIRED_BRACKET_TYPE = 0x1015  # UCHAR_BIDI_PAIRED_BRACKET_TYPE
_OPENS = 1  # U_BPT_OPEN
# UCharDirection in uchar.h, by its number, as Bidi_Class abbreviates it.
_BIDI_CLASSES = (
    *("L", "R", "EN", "ES", "ET", "AN", "CS", "B", "S", "WS", "ON", "LRE", "LRO"),
    *("AL", "RLE", "RLO", "PDF", "NSM", "BN", "FSI", "LRI", "RLI", "PDI"),
)
_LAST_OF_ONE_UNIT = "\uffff"  # what lies above takes two UTF-16 units


def utf16_offsets(text: str) -> Sequence[int]:
    """The UTF-16 offset of each code point, and of the end: `len(text) + 1` values."""
    if text.isascii() or max(text) <= _LAST_OF_ONE_UNIT:
        return range(len(text) + 1)
    return [0, *itertools.accumulate(2 if character > _LAST_OF_ONE_UNIT else 1 for character in text)]


def codepoint_offsets(text: str) -> Sequence[int]:
    """The code point at each UTF-16 offset, the end included; both halves of a surrogate pair are in the same one."""
    if text.isascii() or max(text) <= _LAST_OF_ONE_UNIT:
        return range(len(text) + 1)
    units = (2 if character > _LAST_OF_ONE_UNIT else 1 for character in text)
    return [*itertools.chain.from_iterable([index] * count for index, count in enumerate(units)), len(text)]


@lru_cache(maxsize=8192)
def script(character: str) -> str:
    """The ISO 15924 code of a character's script (UAX #24), such as 'Latn', 'Zyyy' (common) or 'Zinh' (inherited)."""
    icu = _library()
    error = ctypes.c_int(0)
    return icu.uscript_getShortName(icu.uscript_getScript(ord(character), ctypes.byref(error))).decode("ascii")


@lru_cache(maxsize=8192)
def is_ignorable(character: str) -> bool:
    """Whether a character is invisible by itself (Default_Ignorable_Code_Point), so that no font needs it."""
    return bool(_library().u_hasBinaryProperty(ord(character), _DEFAULT_IGNORABLE))


@lru_cache(maxsize=8192)
def is_emoji(character: str) -> bool:
    """Whether a character is a picture unless asked to be text (Emoji_Presentation, UTS #51)."""
    return bool(_library().u_hasBinaryProperty(ord(character), _EMOJI_PRESENTATION))


class PairedBracket(NamedTuple):
    """A bracket of BidiBrackets.txt: whether it opens, and the character that closes the pair (itself, when it does)."""

    opens: bool
    closing: str


@lru_cache(maxsize=8192)
def bidi_class(character: str) -> str:
    """The Bidi_Class of a character (UAX #9, table 4), such as 'L', 'AL' or 'EN'."""
    return _BIDI_CLASSES[_library().u_charDirection(ord(character))]


@lru_cache(maxsize=8192)
def paired_bracket(character: str) -> PairedBracket | None:
    """The bracket that a character is, canonical equivalents taken for one (BD14 to BD16); None for another character."""
    character = unicodedata.normalize("NFC", character)
    icu = _library()
    kind = icu.u_getIntPropertyValue(ord(character), _PAIRED_BRACKET_TYPE)
    if not kind:
        return None
    return PairedBracket(kind == _OPENS, chr(icu.u_getBidiPairedBracket(ord(character))) if kind == _OPENS else character)


def upper(text: str, language: str) -> str:
    """`text` in capitals as `language` writes them: Turkish dotted i, Greek without accents, German SS."""
    icu = _library()
    units = text.encode("utf-16-le", "surrogatepass")
    room = len(units) * 3 // 2 + 8  # no character grows to more than three
    out = ctypes.create_string_buffer(room * 2)
    error = ctypes.c_int(0)
    locale = language.replace("-", "_").encode("ascii")
    length = icu.u_strToUpper(out, room, units, len(units) // 2, locale, ctypes.byref(error))
    if error.value > 0:
        raise RuntimeError(f"ICU could not put {text!r} in capitals: error {error.value}")
    return out.raw[: length * 2].decode("utf-16-le", "surrogatepass")


class _Functions:
    """ICU's C functions without the version that their exported names end in (u_charDirection_78)."""

    def __init__(self, library: ctypes.CDLL, suffix: str) -> None:
        pointer, integer = ctypes.c_void_p, ctypes.c_int32
        signatures = {
            "u_charDirection": (integer, [integer]),
            "u_getIntPropertyValue": (integer, [integer, integer]),
            "u_getBidiPairedBracket": (integer, [integer]),
            "uscript_getScript": (integer, [integer, pointer]),
            "uscript_getShortName": (ctypes.c_char_p, [integer]),
            "u_hasBinaryProperty": (ctypes.c_int8, [integer, integer]),
            "u_strToUpper": (integer, [pointer, integer, ctypes.c_char_p, integer, ctypes.c_char_p, pointer]),
        }
        for name, (result, arguments) in signatures.items():
            function = library[f"{name}_{suffix}"]
            function.restype, function.argtypes = result, arguments
            setattr(self, name, function)


@cache
def _library() -> _Functions:
    """The common ICU library inside the icu4py wheel; auditwheel and delocate keep it in different folders."""
    import icu4py.breakers  # loading the extension first brings the library's own dependencies in

    package = Path(icu4py.__file__).parent
    folders = (package.parent / "icu4py.libs", package / ".libs", package / ".dylibs")
    found = sorted(path for folder in folders for path in folder.glob("libicuuc*"))
    if not found:
        raise RuntimeError(f"expected libicuuc beside {package}, found none: reinstall icu4py from a wheel")
    library = ctypes.CDLL(str(found[0]))
    for version in range(78, 100):
        if hasattr(library, f"u_charDirection_{version}"):
            return _Functions(library, str(version))
    raise RuntimeError(f"expected ICU 78 or newer in {found[0].name}, found no u_charDirection")
