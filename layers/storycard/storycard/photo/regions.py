"""Reads the faces that a camera, a phone or a photo desk marked in a photo's XMP packet."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

from storycard.photo.crop import Box
from storycard.xmp_reader import parse_xmp

MAX_FACES = 50
_MIN_SIDE = 0.01  # share of the picture's width and height; a card cannot show a smaller face
_REGIONS = "{http://www.metadataworkinggroup.com/schemas/regions/}"
_AREA = "{http://ns.adobe.com/xmp/sType/Area#}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
# Maps a point of the stored picture to the upright one, by EXIF orientation (CIPA DC-008, 4.6.5.1).
_UPRIGHT: dict[int, Callable[[float, float], tuple[float, float]]] = {
    1: lambda x, y: (x, y),
    2: lambda x, y: (1 - x, y),
    3: lambda x, y: (1 - x, 1 - y),
    4: lambda x, y: (x, 1 - y),
    5: lambda x, y: (y, x),
    6: lambda x, y: (1 - y, x),
    7: lambda x, y: (1 - y, 1 - x),
    8: lambda x, y: (y, 1 - x),
}


def read_faces(packet: bytes | str | None, orientation: int = 1) -> tuple[Box, ...]:
    """Returns the regions of type Face (Metadata Working Group, Guidelines 2.0, section 5.9), in shares of the upright picture.

    The packet's regions are relative to the picture as stored, before `orientation` is applied. Malformed, out-of-bounds and
    tiny regions are left out, and those after the fiftieth: a bad packet must not reject the photograph.
    """
    try:
        root = parse_xmp(packet or b"")
    except ValueError:
        return ()
    faces = []
    for region in root.iter():
        area = region.find(f"{_REGIONS}Area")
        if area is not None and _value(region, f"{_REGIONS}Type") == "Face" and (face := _face(area, orientation)):
            faces.append(face)
    return tuple(faces[:MAX_FACES])


def _face(area: Element, orientation: int) -> Box | None:
    try:
        x, y, width, height = (float(_value(area, f"{_AREA}{name}")) for name in "xywh")
    except ValueError:
        return None
    to_upright = _UPRIGHT.get(orientation, _UPRIGHT[1])
    (x1, y1), (x2, y2) = to_upright(x - width / 2, y - height / 2), to_upright(x + width / 2, y + height / 2)
    box = Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
    inside = 0 <= box.left <= box.right <= 1 and 0 <= box.top <= box.bottom <= 1  # also false for NaN
    return box if inside and min(box.right - box.left, box.bottom - box.top) >= _MIN_SIDE else None


def _value(element: Element, name: str) -> str:
    """Returns a property, which RDF writes as an attribute, a child element, or either of these in a nested Description."""
    inner = element.find(f"{_RDF}Description")
    places = [element] if inner is None else [element, inner]
    return next((found for place in places if (found := place.get(name) or place.findtext(name))), "").strip()
