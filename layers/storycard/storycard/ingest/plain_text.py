"""What newsrooms send, bytes with anything in them, into clean lines of Unicode text: every reader starts here."""

import re
import unicodedata

from storycard.article import MAX_TEXT
from storycard.editing.punctuation import unquoted
from storycard.errors import ArticleInvalid

MAX_BYTES = 2_000_000  # a long read is 50 KB; what is larger is no article

# Spaces that say where a line may not break, or that Japanese headlines are built with, are more than white space.
_MEANINGFUL_SPACES = "\u00a0\u202f\u2007\u3000"
_WHITE_SPACE = re.compile(rf"[^\S{_MEANINGFUL_SPACES}]+")
# Controls, the byte order mark, lone surrogates and noncharacters draw nothing and are forbidden in XML, where alt texts go.
_INVISIBLE_RUBBISH = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufeff\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def decode(data: bytes) -> str:
    """UTF-8 bytes, with or without a byte order mark, as text with `\\n` line ends.

    Raises ArticleInvalid naming `body` when there is nothing, more than MAX_BYTES, or no UTF-8.
    """
    if not data:
        raise ArticleInvalid("body", "an article", "nothing")
    if len(data) > MAX_BYTES:
        raise ArticleInvalid("body", f"at most {MAX_BYTES:,} bytes", f"{len(data):,}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ArticleInvalid("body", "text in UTF-8", f"byte 0x{data[error.start]:02x} at {error.start:,}") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def clean_line(text: str) -> str:
    """`text` as one line: single spaces, NFC, nothing that cannot be drawn; "" if nothing in it can be seen.

    No-break and ideographic spaces, joiners, soft hyphens, zero-width spaces and direction marks stay: they carry meaning.
    """
    text = unicodedata.normalize("NFC", _INVISIBLE_RUBBISH.sub("", text))
    text = _WHITE_SPACE.sub(" ", text).strip()
    return text if any(unicodedata.category(character) not in ("Cf", "Zs") for character in text) else ""


def clean_quote(text: str) -> str:
    """What was said, as one line without the quotation marks round it: a card sets its language's own."""
    text = clean_line(text)
    return text if len(text) > MAX_TEXT else clean_line(unquoted(text))  # Article turns the longer one away
