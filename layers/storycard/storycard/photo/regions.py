"""From a photo's XMP packet to the faces a camera, a phone or a photo desk marked in it."""

from xml.etree import ElementTree

from storycard.photo.crop import Box

_MAX_BYTES = 1_000_000  # of a packet; regions take a few hundred
MAX_FACES = 50
_SMALLEST = 0.01  # of the picture's width and height; what is smaller is nobody a card could show
_REGIONS = "{http://www.metadataworkinggroup.com/schemas/regions/}"
_AREA = "{http://ns.adobe.com/xmp/sType/Area#}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
# Where a share of the stored picture's width and height lies in the upright one, by EXIF orientation (CIPA DC-008, 4.6.5.1).
_UPRIGHT = {
    2: lambda x, y: (1 - x, y),
    3: lambda x, y: (1 - x, 1 - y),
    4: lambda x, y: (x, 1 - y),
    5: lambda x, y: (y, x),
    6: lambda x, y: (1 - y, x),
    7: lambda x, y: (1 - y, 1 - x),
    8: lambda x, y: (y, 1 - x),
}


def marked_faces(packet: bytes | str | None, orientation: int = 1) -> tuple[Box, ...]:
    """The regions of type Face (Metadata Working Group, Guidelines 2.0, section 5.9), in shares of the upright picture.

    Regions are relative to the picture as it is stored, before `orientation`. What is broken, out of bounds, tiny or more than
    fifty is left out: whoever wrote it, a packet never costs a photograph.
    """
    text = packet.encode() if isinstance(packet, str) else packet or b""
    # No XMP writer declares a document type, and entities can swell without end.
    if _REGIONS.strip("{}").encode() not in text or len(text) > _MAX_BYTES or b"<!" in text:
        return ()
    try:
        root = ElementTree.fromstring(text.strip(b"\0 \r\n\t"))
    except (ElementTree.ParseError, ValueError, LookupError):
        return ()
    faces = []
    for region in root.iter():
        area = region.find(f"{_REGIONS}Area")
        if area is not None and _value(region, f"{_REGIONS}Type") == "Face" and (face := _face(area, orientation)):
            faces.append(face)
    return tuple(faces[:MAX_FACES])


def _face(area: ElementTree.Element, orientation: int) -> Box | None:
    try:
        x, y, width, height = (float(_value(area, f"{_AREA}{name}")) for name in "xywh")
    except ValueError:
        return None
    turn = _UPRIGHT.get(orientation, lambda across, down: (across, down))
    (x1, y1), (x2, y2) = turn(x - width / 2, y - height / 2), turn(x + width / 2, y + height / 2)
    box = Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
    inside = 0 <= box.left <= box.right <= 1 and 0 <= box.top <= box.bottom <= 1  # false for what is not a number, too
    return box if inside and min(box.right - box.left, box.bottom - box.top) >= _SMALLEST else None


def _value(element: ElementTree.Element, name: str) -> str:
    """A property, which RDF writes as an attribute, a child, or an attribute of a description inside."""
    inner = element.find(f"{_RDF}Description")
    places = [element] if inner is None else [element, inner]
    return next((found for place in places if (found := place.get(name) or place.findtext(name))), "").strip()
