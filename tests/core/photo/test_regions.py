"""Tests reading faces from a file's metadata."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL.PngImagePlugin import PngInfo

from storycard.photo import Box
from storycard.photo.regions import read_faces
from storycard_photo import list_facts, normalise
from support.photo_files import quarters, turned, written

HEAD = """<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'>
<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:mwg-rs='http://www.metadataworkinggroup.com/schemas/regions/'
 xmlns:stArea='http://ns.adobe.com/xmp/sType/Area#'><rdf:Description><mwg-rs:Regions rdf:parseType='Resource'>
<mwg-rs:RegionList><rdf:Bag>"""
TAIL = """</rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"""


def region(x: object, y: object, width: object, height: object, kind: str = "Face") -> str:
    """Returns a region as Lightroom writes it."""
    return f"""<rdf:li><rdf:Description mwg-rs:Type='{kind}'><mwg-rs:Area stArea:x='{x}' stArea:y='{y}' stArea:w='{width}'
     stArea:h='{height}' stArea:unit='normalized'/></rdf:Description></rdf:li>"""


def packet(*regions: str) -> bytes:
    return (HEAD + "".join(regions) + TAIL).encode()


SPELT_OUT = """<rdf:li rdf:parseType='Resource'><mwg-rs:Type>Face</mwg-rs:Type>
 <mwg-rs:Area rdf:parseType='Resource'><stArea:x>0.5</stArea:x>
 <stArea:y>0.25</stArea:y><stArea:w>0.5</stArea:w><stArea:h>0.25</stArea:h></mwg-rs:Area></rdf:li>"""


def test_reads_faces_in_every_rdf_form() -> None:
    expected = Box(0.25, 0.125, 0.75, 0.375)
    assert read_faces(packet(region(0.5, 0.25, 0.5, 0.25), SPELT_OUT)) == (expected, expected)


def test_skips_other_regions_and_invalid_areas() -> None:
    pet, outside, odd = region(0.5, 0.5, 0.1, 0.1, "Pet"), region(0.99, 0.5, 0.1, 0.1), region("nan", "inf", "x", "")
    assert read_faces(packet(pet, outside, odd, region(0.5, 0.5, 0, 0), region(0.5, 0.5, 1e-9, 0.2))) == ()
    assert len(read_faces(packet(*[region(0.5, 0.5, 0.1, 0.1)] * 60))) == 50


@pytest.mark.parametrize(
    "broken",
    [
        None,
        b"",
        packet(region(0.5, 0.5, 0.1, 0.1))[:-20],
        b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]>" + packet(region(0.5, 0.5, 0.1, 0.1)),
        packet(region(0.5, 0.5, 0.1, 0.1)) + b" " * 1_000_000,
    ],
)
def test_broken_packet_has_no_faces(broken: bytes | None) -> None:
    assert read_faces(broken) == ()


@given(st.binary() | st.text().map(lambda text: HEAD + text + TAIL))
def test_any_packet_is_accepted(anything: bytes | str) -> None:
    assert read_faces(anything) == ()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_faces_turn_with_the_picture(orientation: int) -> None:
    """The face lies in the red quarter, which is the top left one of the upright picture."""
    corner = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1), 5: (0, 0), 6: (0, 1), 7: (1, 1), 8: (1, 0)}[orientation]
    stored = region(*(0.25 + 0.5 * side for side in corner), 0.2, 0.2)
    photo = normalise(turned(orientation, xmp=packet(stored)))
    assert photo.focal_point == pytest.approx((0.25, 0.25), abs=0.03)
    assert len(photo.faces) == 1


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "AVIF", "TIFF", "PNG"])
def test_reads_faces_from_every_file_type(kind: str) -> None:
    xmp, text = packet(region(0.7, 0.6, 0.2, 0.2)), PngInfo()
    text.add_itxt("XML:com.adobe.xmp", xmp.decode())
    options = {"TIFF": {"tiffinfo": {700: xmp}}, "PNG": {"pnginfo": text}}.get(kind, {"xmp": xmp})
    photo = normalise(written(quarters(), kind, **options))
    assert photo.focal_point == pytest.approx((0.7, 0.58))
    (head,) = photo.faces
    assert head == Box(0.57, 0.44, 0.83, 0.72)  # with room for hair and chin
    assert b"mwg-rs" not in photo.data
    [face] = list_facts(photo)["faces"]
    assert (face["box"], face["score"], face["eyes"]) == (pytest.approx((0.6, 0.5, 0.8, 0.7)), None, ())
