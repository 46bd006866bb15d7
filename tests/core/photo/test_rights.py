"""Tests that the stored photo keeps the credit and copyright notice of its file."""

import io

import pytest
from PIL import Image

from storycard.photo import open_photo
from storycard.photo.rights import NO_RIGHTS, Rights
from storycard_photo import list_facts, normalise

XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" {more}>'
    "<dc:creator><rdf:Seq><rdf:li>Tom Pellow</rdf:li></rdf:Seq></dc:creator>"
    '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© Tide Pictures</rdf:li></rdf:Alt></dc:rights>'
    "</rdf:Description></rdf:RDF></x:xmpmeta>"
)


def jpeg(**settings) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), "teal").save(out, "JPEG", **settings)
    return out.getvalue()


def exif(artist: str, notice: str) -> Image.Exif:
    tags = Image.Exif()
    tags[0x013B], tags[0x8298] = artist, notice
    return tags


@pytest.mark.parametrize(
    ("settings", "rights"),
    [
        ({}, NO_RIGHTS),
        ({"xmp": XMP.format(more="").encode()}, Rights("Tom Pellow", "© Tide Pictures")),
        ({"xmp": XMP.format(more='photoshop:Credit="Pellow / Tide"').encode()}, Rights("Pellow / Tide", "© Tide Pictures")),
        ({"exif": exif("Tom Pellow", "Copyright Tide")}, Rights("Tom Pellow", "Copyright Tide")),
        ({"xmp": b"<broken", "exif": exif("Tom\nPellow ", "c" * 400)}, Rights("Tom Pellow", "c" * 299 + "…")),
    ],
)
def test_stored_photo_keeps_the_rights(settings: dict, rights: Rights) -> None:
    stored = normalise(jpeg(**settings))
    assert open_photo(stored.data).rights == rights
    assert open_photo(stored.data).sha256 == stored.sha256
    facts = list_facts(stored)
    assert (facts["credit"], facts["copyright"]) == (rights.credit, rights.notice)


def test_photo_without_rights_has_no_rights_entry() -> None:
    assert b"rights" not in normalise(jpeg()).data
