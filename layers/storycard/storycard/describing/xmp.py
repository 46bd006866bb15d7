"""Writes Metadata as an XMP packet (ISO 16684-1) of bounded size."""

import re
from dataclasses import fields, replace
from itertools import accumulate
from typing import Any

from storycard.describing.alt_text import cut
from storycard.describing.metadata import Metadata
from storycard.editing.text_metrics import utf16_units
from storycard.xmp_reader import IN_A_LANGUAGE, NAMESPACES, PLAIN

MAX_BYTES = 2800  # under 3 KB with what each file type puts around it
_CREATORS = 300  # bytes of names, if the packet would be too long
_MIN_TEXT = 40  # bytes; a text that would have to be shorter is dropped

# Shortened in this order until the packet fits.
_SHORTENED = ("extended_description", "description", "credit_line", "copyright_notice", "headline", "alt", "source_url")

_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # not in XML 1.0's Char (production 2)
# The ampersand comes first, since the other escapes contain one. `replace` for each takes a tenth of the time of `translate`.
_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("\n", "&#10;"), ("\r", "&#13;"), ("\t", "&#9;"))
_ID = "W5M0MpCehiHzreSzNTczkc9d"  # marks a packet in any file (ISO 16684-1, 7.3.2)


def write_xmp(metadata: Metadata) -> bytes:
    """Returns the packet in UTF-8, at most MAX_BYTES long. The least important texts are shortened first, deterministically."""
    packet = _packet(metadata)
    if len(packet) > MAX_BYTES:
        metadata = replace(metadata, creators=_few(metadata.creators))
        packet = _packet(metadata)
    for name in _SHORTENED:
        if len(packet) <= MAX_BYTES:
            break
        shortened: dict[str, Any] = {name: _shortened(name, metadata, len(packet) - MAX_BYTES)}
        metadata = replace(metadata, **shortened)
        packet = _packet(metadata)
    return packet


def _few(creators: tuple[str, ...]) -> tuple[str, ...]:
    """Returns the first creators whose whole names fit in _CREATORS bytes."""
    sizes = accumulate(len(_escaped(creator).encode()) for creator in creators)
    return tuple(creator for creator, size in zip(creators, sizes, strict=True) if size <= _CREATORS)


def _shortened(name: str, metadata: Metadata, excess: int) -> str:
    """Returns a field's text shorter by `excess` bytes of its escaped form, or "" if that leaves too little."""
    text: str = getattr(metadata, name)
    size = len(_escaped(text).encode())
    if size - excess < _MIN_TEXT or name == "source_url":  # half a URL is useless
        return ""
    # Units differ in bytes, so the first share may not be enough.
    for share in (1.0, 0.9, 0.75, 0.5):
        short = cut(text, int(utf16_units(text) * (size - excess) / size * share), metadata.language)
        if len(_escaped(short).encode()) <= size - excess:
            return short
    return ""


def _packet(metadata: Metadata) -> bytes:
    namespaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    values = {field.name: getattr(metadata, field.name) for field in fields(metadata)}
    plain = "".join(f' {tag}="{_escaped(values[name])}"' for name, tag in PLAIN.items() if values[name])
    languages = "".join(
        f'<{tag}><rdf:Alt><rdf:li xml:lang="x-default">{_escaped(values[name])}</rdf:li></rdf:Alt></{tag}>'
        for name, tag in IN_A_LANGUAGE.items()
        if values[name]
    )
    creators = "".join(f"<rdf:li>{_escaped(creator)}</rdf:li>" for creator in metadata.creators)
    lists = f"<dc:creator><rdf:Seq>{creators}</rdf:Seq></dc:creator>" if creators else ""
    lists += f"<dc:language><rdf:Bag><rdf:li>{_escaped(metadata.language)}</rdf:li></rdf:Bag></dc:language>"
    return (
        f'<?xpacket begin="\ufeff" id="{_ID}"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF{namespaces}>'
        f'<rdf:Description rdf:about=""{plain}>{languages}{lists}</rdf:Description>'
        f'</rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    ).encode()


def _escaped(text: str) -> str:
    """Escapes `text` for an element or an attribute, and drops the characters that XML forbids."""
    text = _FORBIDDEN.sub("", text)
    for character, escape in _ESCAPES:
        text = text.replace(character, escape)
    return text
