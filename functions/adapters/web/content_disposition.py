"""A headline into the name a card is saved under, and the Content-Disposition that says so in every script."""

import re
import unicodedata
from urllib.parse import quote

MAX_CHARACTERS = 80  # with what follows, below the 255 bytes that file systems take, in scripts of three bytes a letter
_RESERVED = re.compile(r'[\\/:*?"<>|%]+')  # what Windows refuses in a name, and the mark of an escape, which some browsers decode
_ATTR_CHAR = "!#$&+-.^_`|~"  # what RFC 8187, section 3.2.1, leaves as it is, besides letters and digits


def file_name(title: str, ending: str) -> str:
    """`Harbour ferries run all night - headline-og.png` for a headline and `headline-og.png`.

    Controls go, direction overrides among them: they could make a name lie.
    """
    plain = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in title)
    words = " ".join(_RESERVED.sub(" ", plain).split()).lstrip(". ")
    if len(words) > MAX_CHARACTERS:
        cut = words[: MAX_CHARACTERS + 1]
        words = cut.rpartition(" ")[0] if " " in cut[MAX_CHARACTERS // 2 :] else cut[:MAX_CHARACTERS]
    words = words.rstrip(". ")
    return f"{words} - {ending}" if words else ending


def content_disposition(name: str, fallback: str) -> str:
    """`inline` with the name as it is (RFC 8187), and in ASCII for clients that know no better (RFC 6266).

    `fallback` is the ASCII name where the real one has hardly a letter of ASCII.
    """
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    ascii_name = " ".join(ascii_name.split())
    if ascii_name != name and sum(map(str.isalpha, ascii_name)) < sum(map(str.isalpha, name)) * 0.8:
        ascii_name = fallback
    header = f'inline; filename="{ascii_name}"'
    return header if ascii_name == name else f"{header}; filename*=UTF-8''{quote(name, safe=_ATTR_CHAR)}"
