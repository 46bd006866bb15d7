"""Repairs common faults of feeds that are not well-formed XML: a bare `&`, HTML's entities, and characters that XML forbids."""

import re
from html import unescape

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # https://www.w3.org/TR/xml/#charsets
_AMPERSAND = re.compile(r"&(#x[0-9a-f]{1,6};|#[0-9]{1,7};|[a-z][a-z0-9]{0,30};)?", re.IGNORECASE)
_OF_XML = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
_BEGIN, _END = "<![CDATA[", "]]>"


def repair_xml(text: str) -> str:
    """Returns the document with only the references and characters that XML allows. CDATA keeps its references."""
    pieces, start = [], 0
    text = _NO_XML.sub("", text)
    while (begin := text.find(_BEGIN, start)) >= 0 and (end := text.find(_END, begin)) >= 0:
        pieces += [_AMPERSAND.sub(_reference, text[start:begin]), text[begin : end + len(_END)]]
        start = end + len(_END)
    return "".join([*pieces, _AMPERSAND.sub(_reference, text[start:])])


def _reference(match: re.Match[str]) -> str:
    name = match[1]
    if name is None:
        return "&amp;"
    if name.lower() in _OF_XML:
        return match[0].lower()
    meant = unescape(match[0])
    if meant == match[0]:
        return f"&amp;{name}"
    return "".join(f"&#{ord(letter)};" for letter in _NO_XML.sub("", meant))
