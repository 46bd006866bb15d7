"""Decodes pages and texts as browsers do, by the labels of the Encoding standard.

https://encoding.spec.whatwg.org · https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding
"""

import codecs
import re
from functools import cache
from typing import NamedTuple

from storycard.errors import ArticleInvalid
from storycard.ingest.plain_text import BOMS, check_size, decode

_PRESCANNED = 65_536  # bytes; browsers look at 1,024, and read the page again if a <meta> further down names another encoding
_TAG = re.compile(
    rb"<!--.*?(?:-->|\Z)|<(script|style)\b.*?</|<(/?[a-z][^\s/>]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*+)>?|<[!/?][^>]*>",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(rb"([^\s/>=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+)))?")
_CHARSET = re.compile(rb"charset\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s;\"']+))", re.IGNORECASE)
_XML = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"'>]+)", re.IGNORECASE)
_LANGUAGE = re.compile(rb"<html\b[^>]*?\blang\s*=\s*[\"']?([a-z-]+)", re.IGNORECASE)

# What browsers assume by the reader's locale, here by the page's language: the table in the section of HTML that is named above.
_LEGACY = {
    "windows-1250": "cs hr sk",
    "windows-1251": "ba be bg kk ky mk ru sah sr tg tt uk",
    "windows-1254": "az ku tr",
    "windows-1255": "he",
    "windows-1256": "ar fa",
    "windows-1257": "et lt lv",
    "windows-1258": "vi",
    "windows-874": "th",
    "iso-8859-2": "hu pl sl",
    "iso-8859-7": "el",
    "big5": "zh-tw zh-hk zh-mo zh-hant",
    "gbk": "zh",
    "shift_jis": "ja",
    "euc-kr": "ko",
}
# Pairs of characters: what Python's codecs return for some bytes, and for no others, and what the standard has for these.
_DIFFERENCES = {
    "koi8-u": str.maketrans("╝╬", "ўЎ"),
    "big5": str.maketrans("•､‾∼♁☉¥¢£￭", "‧﹑¯～⊕⊙￥￠￡▓"),
}
_EUROS = {"gbk": b"\x80", "gb18030": b"\x80", "big5": b"\xa3\xe1"}  # the bytes of the euro sign, which Python's codecs lack
_BY_LANGUAGE = {language: name for name, languages in _LEGACY.items() for language in languages.split()}

# JIS X 0208 in EUC-JP and ISO-2022-JP. Python's codecs lack the rows that vendors added (①, 髙), which its cp932 has.
_EUC = re.compile(rb"\x8e([\xa1-\xdf])|([\xa1-\xfe]{2})|(\x8f[\xa1-\xfe]{2})|([\x00-\x7f]+|.)", re.DOTALL)
_ISO_2022 = re.compile(rb"\x1b(\$[@B]|\([BJI])([^\x1b]*)")


class Decoded(NamedTuple):
    """A text without U+FFFD, and a sentence about what was lost or guessed, "" if nothing was."""

    text: str
    notice: str


def decode_page(data: bytes, charset: str = "") -> Decoded:
    """Decodes a page by its byte order mark, else by `charset`, the label in the HTTP header, else by a `<meta>`.

    Without any of them, a page that is not UTF-8 is read in the usual encoding of its language. Raises ArticleInvalid naming
    `body` if `data` is empty or longer than MAX_BYTES, and for the encodings that no browser reads.
    """
    check_size(data)
    name = _by_mark(data) or find_encoding(charset) or _declared(data[:_PRESCANNED])
    if name or _is_utf8(data):
        return _decode(data, name or "utf-8")
    name = _usual(data[:_PRESCANNED])
    text, notice = _decode(data, name)
    return Decoded(text, f"The page names no encoding and was read as {name}. {notice}".strip())


def decode_text(data: bytes, charset: str) -> Decoded:
    """Decodes a text by its byte order mark, by `charset`, the label in the HTTP header, or else as UTF-8.

    Raises ArticleInvalid as `decode_page` does, and if a text without mark and label is not UTF-8.
    """
    check_size(data)
    name = _by_mark(data) or find_encoding(charset)
    return _decode(data, name) if name else Decoded(decode(data), "")


def find_encoding(label: str) -> str:
    """Returns the standard's name of the encoding that `label` means, or "" for an unknown label."""
    from webencodings import lookup  # imported late: most articles are UTF-8

    found = lookup(label)
    return found.name if found else ""


def _by_mark(data: bytes) -> str:
    return next((name for mark, name in BOMS.items() if data.startswith(mark)), "")


def _is_utf8(data: bytes) -> bool:
    try:
        return bool(data.decode())
    except UnicodeDecodeError:
        return False


def _decode(data: bytes, name: str) -> Decoded:
    from webencodings import lookup

    if name == "replacement":
        raise ArticleInvalid("body", "an encoding that browsers read", "one that they refuse, such as ISO-2022-KR")
    if name == "euc-jp":
        text = _decode_euc(data)
    elif name == "iso-2022-jp":
        text = _decode_euc(_ISO_2022.sub(_to_euc, data))
    else:
        codec = lookup("gb18030" if name == "gbk" else name).codec_info  # the standard has one decoder for both
        text = codec.decode(data, _with_euro(_EUROS[name]) if name in _EUROS else "replace")[0]
    text = text.translate(_DIFFERENCES.get(name, {}))
    lost = text.count("\ufffd")
    notice = f"Characters that cannot be read as {name} were left out: {lost:,}." if lost else ""
    return Decoded(text.removeprefix("\ufeff").replace("\ufffd", ""), notice)


@cache
def _with_euro(sign: bytes) -> str:
    """Registers an error handler that reads `sign` as the euro, and returns its name."""

    def read_euro(error: UnicodeError) -> tuple[str, int]:
        assert isinstance(error, UnicodeDecodeError)
        if error.object.startswith(sign, error.start):
            return "€", error.start + len(sign)
        return "\ufffd", error.end

    name = f"storycard.euro-{sign.hex()}"
    codecs.register_error(name, read_euro)
    return name


def _decode_euc(data: bytes) -> str:
    """Decodes EUC-JP with the vendors' rows: two bytes become those of the same place in Shift_JIS."""
    return "".join(map(_decode_euc_part, _EUC.finditer(data)))


def _decode_euc_part(part: re.Match[bytes]) -> str:
    katakana, kanji, supplement, rest = part.groups()
    if kanji:
        row, cell = kanji[0] - 0xA1, kanji[1] - 0xA1
        lead = row // 2 + (0x81 if row < 62 else 0xC1)
        trail = cell + 0x9F if row % 2 else cell + (0x40 if cell < 63 else 0x41)
        return bytes((lead, trail)).decode("cp932", "replace")
    if supplement:
        return supplement.decode("euc_jp", "replace")
    return (katakana or rest).decode("cp932" if katakana else "ascii", "replace")


def _to_euc(segment: re.Match[bytes]) -> bytes:
    escape, text = segment.groups()
    if escape.startswith(b"$"):
        return bytes(byte | 0x80 if 0x21 <= byte <= 0x7E else byte for byte in text)
    if escape == b"(I":
        return b"".join(b"\x8e" + bytes((byte | 0x80,)) for byte in text)
    return text


def _declared(data: bytes) -> str:
    """Returns the encoding that a `<meta>` or the XML declaration names, or ""."""
    for tag in _TAG.finditer(data):
        if (tag[2] or b"").lower() == b"meta" and (name := _of_meta(tag[3])):
            return name
    if data.startswith((b"<\0?\0x\0", b"\0<\0?\0x")):
        return "utf-16be" if data[0] == 0 else "utf-16le"
    declaration = _XML.match(data)
    return _as_bytes_show(declaration[1]) if declaration else ""


def _of_meta(attributes: bytes) -> str:
    values: dict[bytes, bytes] = {}
    for name, *quoted in _ATTRIBUTE.findall(attributes):
        values.setdefault(name.lower(), b"".join(quoted))
    if b"charset" in values:
        return _as_bytes_show(values[b"charset"])
    if values.get(b"http-equiv", b"").lower() == b"content-type" and (found := _CHARSET.search(values.get(b"content", b""))):
        return _as_bytes_show(b"".join(filter(None, found.groups())))
    return ""


def _as_bytes_show(label: bytes) -> str:
    """Returns the encoding of a label that was read as ASCII, which UTF-16 is not."""
    name = find_encoding(label.decode("latin-1"))
    return {"utf-16be": "utf-8", "utf-16le": "utf-8", "x-user-defined": "windows-1252"}.get(name, name)


def _usual(data: bytes) -> str:
    found = _LANGUAGE.search(data)
    tag = found[1].decode().lower() if found else ""
    places = [place for place in _BY_LANGUAGE if tag == place or tag.startswith(f"{place}-")]
    return _BY_LANGUAGE[max(places, key=len)] if places else "windows-1252"
