"""Decodes incoming bytes and cleans them to lines of Unicode text. All readers share these functions."""

import codecs
import re
import unicodedata
from types import MappingProxyType

from storycard.article import MAX_TEXT
from storycard.editing.punctuation import unquoted
from storycard.errors import ArticleInvalid

# The largest event that invokes a Lambda function (6 MiB and 100 bytes, which its error names); a long read is 50 KB.
# https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
MAX_BYTES = 6_291_556
# Byte order marks (Unicode, 23.8) and the encodings that they show.
BOMS = MappingProxyType({codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16le", codecs.BOM_UTF16_BE: "utf-16be"})

# These spaces are kept: they forbid a line break, or separate the parts of a Japanese headline.
_MEANINGFUL_SPACES = "\u00a0\u202f\u2007\u3000"
_WHITE_SPACE = re.compile(rf"[^\S{_MEANINGFUL_SPACES}]+")
_SEVERAL_SPACES = re.compile("[\u00a0\u202f\u2007 ]{2,}")
_REFERENCE = re.compile(r"&(?:([a-zA-Z][a-zA-Z0-9]{1,30};)|#\d{1,7};|#[xX][0-9a-fA-F]{1,6};)")
# Controls, the byte order mark, lone surrogates and noncharacters: invisible, and forbidden in XML, which carries alt texts.
# U+FFFD stands for a letter that was lost before the text came here.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufeff\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff]")


def check_size(data: bytes) -> None:
    """Raises ArticleInvalid naming `body` if `data` is empty or longer than MAX_BYTES."""
    if not data:
        raise ArticleInvalid("body", "an article", "nothing")
    if len(data) > MAX_BYTES:
        raise ArticleInvalid("body", f"at most {MAX_BYTES:,} bytes", f"{len(data):,}")


def decode(data: bytes) -> str:
    """Decodes UTF-8, or what a byte order mark shows to be UTF-16, and normalises line ends to `\\n`.

    Raises ArticleInvalid naming `body` if `data` is empty, longer than MAX_BYTES or not UTF-8.
    """
    check_size(data)
    name = next((name for mark, name in BOMS.items() if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(name).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise ArticleInvalid("body", f"text in {name.upper()}", f"byte 0x{data[error.start]:02x} at {error.start:,}") from None
    return unify_line_ends(text)


def unify_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def clean_line(text: str) -> str:
    """Returns `text` as one line: in NFC, with single spaces, without characters that cannot be drawn.

    Keeps no-break spaces (unless beside a space), ideographic spaces, joiners, soft hyphens, zero-width spaces and direction
    marks, which carry meaning.
    Returns "" if nothing visible is left.
    """
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    text = _SEVERAL_SPACES.sub(lambda run: " " if " " in run[0] else run[0][0], _WHITE_SPACE.sub(" ", text)).strip()
    return text if any(unicodedata.category(character) not in ("Cf", "Zs") for character in text) else ""


def decode_references(text: str) -> str:
    """Returns `text` with the characters that HTML's whole character references stand for. Unknown ones stay."""
    if "&" not in text:
        return text
    from html import unescape  # loaded when needed: both compile and build tables
    from html.entities import html5

    return _REFERENCE.sub(lambda found: html5.get(found[1], found[0]) if found[1] else unescape(found[0]), text)


def clean_quote(text: str) -> str:
    """Returns a quote as one clean line without enclosing quotation marks. A card adds those of its language."""
    text = clean_line(text)
    return text if len(text) > MAX_TEXT else clean_line(unquoted(text))  # Article rejects longer texts anyway
