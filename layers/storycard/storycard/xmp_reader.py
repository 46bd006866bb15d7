"""Reads the IPTC fields that Storycard uses from any XMP packet (ISO 16684-1), and defines the XMP property of each."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MAX_BYTES = 1_000_000  # of a packet

NAMESPACES = MappingProxyType(
    {
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "dc": "http://purl.org/dc/elements/1.1/",
        "xmp": "http://ns.adobe.com/xap/1.0/",
        "photoshop": "http://ns.adobe.com/photoshop/1.0/",
        "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
        "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    }
)
# The XMP property of each field, by its type: plain text, text with a language, or a list.
PLAIN = MappingProxyType(
    {
        "identifier": "dc:identifier",
        "source_url": "dc:source",
        "headline": "photoshop:Headline",
        "credit_line": "photoshop:Credit",
        "created": "photoshop:DateCreated",
        "digital_source_type": "Iptc4xmpExt:DigitalSourceType",
        "tool": "xmp:CreatorTool",
    }
)
IN_A_LANGUAGE = MappingProxyType(
    {
        "description": "dc:description",
        "copyright_notice": "dc:rights",
        "alt": "Iptc4xmpCore:AltTextAccessibility",
        "extended_description": "Iptc4xmpCore:ExtDescrAccessibility",
    }
)
LISTS = MappingProxyType({"creators": "dc:creator", "language": "dc:language"})
_DESCRIPTION = f"{{{NAMESPACES['rdf']}}}Description"
_ITEM = f"{{{NAMESPACES['rdf']}}}li"


def parse_xmp(packet: bytes | str) -> "Element":
    """Parses a packet in UTF-8, of at most 1 MB. Raises ValueError if it is not XMP."""
    from xml.etree import ElementTree  # imported lazily: writing XMP needs only the tables above

    if len(packet) > _MAX_BYTES:
        raise ValueError(f"expected an XMP packet of at most {_MAX_BYTES:,} bytes, got {len(packet):,}")
    try:
        text = packet if isinstance(packet, str) else packet.decode()
        if "<!" in text:  # XMP declares no document type, whose entities could expand without limit
            raise ValueError("a document type or a comment")
        return ElementTree.fromstring(text.strip("\0 \r\n\t"))  # a str is parsed as UTF-8, whatever encoding it declares
    except (ElementTree.ParseError, ValueError) as error:
        raise ValueError(f"expected an XMP packet, got {error}") from None


def read_xmp(packet: bytes | str) -> Mapping[str, str | tuple[str, ...]]:
    """Returns the fields in a packet, by their names in Metadata. Raises ValueError if it is not XMP."""
    root = parse_xmp(packet)
    found: dict[str, str | tuple[str, ...]] = {}
    for description in root.iter(_DESCRIPTION):
        for name, tag in (PLAIN | IN_A_LANGUAGE | LISTS).items():
            prefix, _, local = tag.partition(":")
            key = f"{{{NAMESPACES[prefix]}}}{local}"
            element = description.find(key)
            items = () if element is None else tuple(item.text or "" for item in element.iter(_ITEM))
            value = description.get(key) or (items[0] if items else "" if element is None else element.text or "")
            if value:
                found[name] = items if name == "creators" else value
    return found
