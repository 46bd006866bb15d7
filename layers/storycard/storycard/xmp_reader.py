"""An XMP packet (ISO 16684-1), whoever wrote it, into the IPTC fields that Storycard knows; and where XMP keeps each of them."""

from collections.abc import Mapping
from types import MappingProxyType

_MAX_READ = 1_000_000  # bytes of somebody else's packet

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
# Each field's property, by how XMP writes it: plain text, text in a language, or a list.
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
_ABOUT = f"{{{NAMESPACES['rdf']}}}Description"
_ITEM = f"{{{NAMESPACES['rdf']}}}li"


def read_xmp(packet: bytes | str) -> Mapping[str, str | tuple[str, ...]]:
    """The fields of Metadata that a packet has, whoever wrote it. Raises ValueError for what is no XMP."""
    text = packet.encode() if isinstance(packet, str) else packet
    if len(text) > _MAX_READ or b"<!" in text:  # no XMP writer declares a document type, and entities swell without end
        raise ValueError("not an XMP packet")
    from xml.etree import ElementTree  # writers need the tables alone

    try:
        root = ElementTree.fromstring(text.strip(b"\0 \r\n\t"))
    except (ElementTree.ParseError, LookupError) as error:
        raise ValueError(f"not an XMP packet: {error}") from None
    found: dict[str, str | tuple[str, ...]] = {}
    for about in root.iter(_ABOUT):
        for name, tag in (PLAIN | IN_A_LANGUAGE | LISTS).items():
            prefix, _, local = tag.partition(":")
            key = f"{{{NAMESPACES[prefix]}}}{local}"
            element = about.find(key)
            items = () if element is None else tuple(item.text or "" for item in element.iter(_ITEM))
            value = about.get(key) or (items[0] if items else "" if element is None else element.text or "")
            if value:
                found[name] = items if name == "creators" else value
    return found
