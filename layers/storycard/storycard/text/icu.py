"""The parts of ICU that icu4py ships but does not wrap, by ctypes: bidi runs, scripts, properties, upper case.

Offsets here are code points, as everywhere in Storycard; ICU's own count UTF-16 units.
"""

import ctypes
import itertools
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

_DEFAULT_IGNORABLE = 5  # UCHAR_DEFAULT_IGNORABLE_CODE_POINT in uchar.h
_EMOJI_PRESENTATION = 58  # UCHAR_EMOJI_PRESENTATION
# The blocks of right-to-left scripts, and the controls that turn a text: without any of them all of it runs left to right.
_MAY_TURN = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff\u200f\u202a-\u202e\u2066-\u2069]"
)
_RTL = 1  # UBIDI_RTL in ubidi.h
_LAST_OF_ONE_UNIT = "\uffff"  # what lies above takes two UTF-16 units


@dataclass(frozen=True, slots=True)
class BidiRun:
    """Code points `start` to `end` of a paragraph that run in one direction."""

    start: int
    end: int
    rtl: bool


def visual_runs(text: str, rtl: bool, start: int, end: int) -> tuple[BidiRun, ...]:
    """The runs of the line `text[start:end]` in visual order, left to right, by UAX #9.

    `rtl` is the paragraph's direction; levels are resolved over the whole of `text`, then for the line (rule L1).
    """
    if start == end:
        return ()
    if not rtl and not _MAY_TURN.search(text):
        return (BidiRun(start, end, False),)
    icu = _library()
    units = text.encode("utf-16-le", "surrogatepass")
    at = utf16_offsets(text)
    error = ctypes.c_int(0)
    paragraph, line = icu.ubidi_open(), icu.ubidi_open()
    try:
        icu.ubidi_setPara(paragraph, units, len(units) // 2, _RTL if rtl else 0, None, ctypes.byref(error))
        icu.ubidi_setLine(paragraph, at[start], at[end], line, ctypes.byref(error))
        count = icu.ubidi_countRuns(line, ctypes.byref(error))
        if error.value > 0:
            raise RuntimeError(f"ICU could not resolve the direction of {text[start:end]!r}: error {error.value}")
        codepoint_at = codepoint_offsets(text)
        runs = []
        unit_start, length = ctypes.c_int(0), ctypes.c_int(0)
        for index in range(count):
            direction = icu.ubidi_getVisualRun(line, index, ctypes.byref(unit_start), ctypes.byref(length))
            first = at[start] + unit_start.value
            runs.append(BidiRun(codepoint_at[first], codepoint_at[first + length.value], direction == _RTL))
        return tuple(runs)
    finally:
        icu.ubidi_close(line)
        icu.ubidi_close(paragraph)


def utf16_offsets(text: str) -> list[int]:
    """The UTF-16 offset of each code point, and of the end: `len(text) + 1` values."""
    if max(text, default="") <= _LAST_OF_ONE_UNIT:
        return list(range(len(text) + 1))
    return [0, *itertools.accumulate(2 if character > _LAST_OF_ONE_UNIT else 1 for character in text)]


def codepoint_offsets(text: str) -> list[int]:
    """The code point at each UTF-16 offset, the end included; both halves of a surrogate pair are in the same one."""
    if max(text, default="") <= _LAST_OF_ONE_UNIT:
        return list(range(len(text) + 1))
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
    """ICU's C functions without the version that their exported names end in (ubidi_open_78)."""

    def __init__(self, library: ctypes.CDLL, suffix: str) -> None:
        pointer, integer = ctypes.c_void_p, ctypes.c_int32
        signatures = {
            "ubidi_open": (pointer, []),
            "ubidi_close": (None, [pointer]),
            "ubidi_setPara": (None, [pointer, ctypes.c_char_p, integer, ctypes.c_uint8, pointer, pointer]),
            "ubidi_setLine": (None, [pointer, integer, integer, pointer, pointer]),
            "ubidi_countRuns": (integer, [pointer, pointer]),
            "ubidi_getVisualRun": (integer, [pointer, integer, pointer, pointer]),
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
        if hasattr(library, f"ubidi_open_{version}"):
            return _Functions(library, str(version))
    raise RuntimeError(f"expected ICU 78 or newer in {found[0].name}, found no ubidi_open")
