"""Builds the name that a downloaded card is saved under, and the Content-Disposition header that carries it."""

import re
import unicodedata
from urllib.parse import quote

MAX_CHARACTERS = 80  # of the title; with the ending it stays below a file system's 255 bytes at three bytes a character
_RESERVED = re.compile(r'[\\/:*?"<>|%]+')  # refused by Windows; % as well, since some browsers decode percent-escapes
_ATTR_CHAR = "!#$&+-.^_`|~"  # characters besides letters and digits that RFC 8187, section 3.2.1, leaves unescaped


def file_name(title: str, ending: str) -> str:
    """Returns a name such as `Harbour ferries run all night - headline-og.png`, safe on every file system.

    Control characters and direction overrides are removed: they could disguise the file's extension.
    """
    plain = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in title)
    words = " ".join(_RESERVED.sub(" ", plain).split()).lstrip(". ")
    if len(words) > MAX_CHARACTERS:
        cut = words[: MAX_CHARACTERS + 1]
        words = cut.rpartition(" ")[0] if " " in cut[MAX_CHARACTERS // 2 :] else cut[:MAX_CHARACTERS]
    words = words.rstrip(". ")
    return f"{words} - {ending}" if words else ending


def content_disposition(name: str, fallback: str) -> str:
    """Returns an `inline` Content-Disposition with `name` in full (RFC 8187) and an ASCII form for old clients (RFC 6266).

    The ASCII form is `fallback` if transliteration would lose more than a fifth of the name's letters.
    """
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    ascii_name = " ".join(ascii_name.split())
    if ascii_name != name and sum(map(str.isalpha, ascii_name)) < sum(map(str.isalpha, name)) * 0.8:
        ascii_name = fallback
    header = f'inline; filename="{ascii_name}"'
    return header if ascii_name == name else f"{header}; filename*=UTF-8''{quote(name, safe=_ATTR_CHAR)}"
