"""Tests storycard.describing.metadata and storycard.describing.xmp: the fields, any text in them, and at most 3 KB."""

import io
import random
import re
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime
from itertools import zip_longest
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from storycard.article import Article, ArticleImage
from storycard.describing.metadata import COMPOSITE, DATA_DRIVEN, Metadata, card_metadata
from storycard.describing.xmp import MAX_BYTES, write_xmp
from storycard.design.assets import Assets
from storycard.design.formats import EXTENSIONS
from storycard.encoding.encode import encode
from storycard.layout.card import lay_out
from storycard.photo.rights import Rights
from storycard.render import render_card
from storycard.xmp_reader import read_xmp
from support.photographs import opened

ARTICLE = Article(
    id="harbour",
    headline="Barriers held",
    language="en",
    byline=("Marian Fell", "Joseph Adeyemi-Cray"),
    brand="The Harbour Post",
    image=ArticleImage(url="https://news.example/wall.jpg", credit="Tom Pellow", alt="Waves over a wall"),
    published_at=datetime(2026, 11, 3, 23, 30, tzinfo=UTC),
    canonical_url="https://news.example/harbour?a=1&b=2",
)
PLAIN = Metadata(
    identifier="harbour/headline-og",
    headline="Barriers held",
    description="Barriers held",
    alt="Live. Barriers held",
    extended_description="Live. Barriers held. The Harbour Post",
    creators=("Marian Fell",),
    credit_line="The Harbour Post",
    copyright_notice="© 2026 The Harbour Post",
    source_url="https://news.example/harbour",
    language="en",
    digital_source_type=DATA_DRIVEN,
    created="2026-11-03",
    tool="Storycard 1",
)


@pytest.fixture(scope="module")
def photo():
    picture = io.BytesIO()
    Image.new("RGB", (1200, 800), "#456").save(picture, "JPEG")
    return opened(picture.getvalue())


def metadata_of(article: Article, assets: Assets, **context) -> Metadata:
    drawn = assets.render_context(article, **context)
    scene = lay_out(article, "headline", assets.formats["square"], drawn, assets.fonts)
    return card_metadata(scene, article, drawn, "headline-square", "the text")


def packet_in(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as picture:
        found = picture.info.get("xmp") or picture.info["XML:com.adobe.xmp"]
    return found.encode() if isinstance(found, str) else found


def test_names_creators_source_and_rights(assets: Assets) -> None:
    metadata = metadata_of(ARTICLE, assets)
    assert (metadata.identifier, metadata.alt) == ("harbour/headline-square", "the text")
    assert (metadata.creators, metadata.credit_line) == (("Marian Fell", "Joseph Adeyemi-Cray"), "The Harbour Post")
    assert (metadata.copyright_notice, metadata.created) == ("© 2026 The Harbour Post", "2026-11-03")
    assert (metadata.source_url, metadata.digital_source_type) == ("https://news.example/harbour?a=1&b=2", DATA_DRIVEN)


def test_adds_the_credit_of_the_photograph(assets: Assets, photo) -> None:
    metadata = metadata_of(ARTICLE, assets, photo=photo)
    assert metadata.credit_line == "Tom Pellow / The Harbour Post"
    assert metadata.copyright_notice == "© 2026 The Harbour Post; Tom Pellow"
    assert metadata.digital_source_type == COMPOSITE
    assert "Waves over a wall" in metadata.extended_description


def test_copies_the_rights_in_the_photographs_file(assets: Assets, photo) -> None:
    own = replace(photo, rights=Rights("Pellow / Tide Pictures", "© Tide Pictures"))
    metadata = metadata_of(ARTICLE, assets, photo=own)
    assert (metadata.credit_line, metadata.copyright_notice) == (
        "Tom Pellow / The Harbour Post",
        "© 2026 The Harbour Post; © Tide Pictures",
    )
    metadata = metadata_of(replace(ARTICLE, image=replace(ARTICLE.image, credit="")), assets, photo=own)
    assert metadata.credit_line == "Pellow / Tide Pictures / The Harbour Post"


def test_leaves_unknown_fields_empty_and_claims_no_rights_to_paid_content(assets: Assets, photo) -> None:
    bare = metadata_of(Article(id="a", headline="h", language="en"), assets)
    assert (bare.source_url, bare.created, bare.creators) == ("", "", ("Storycard",))
    assert bare.copyright_notice == "© Storycard"
    paid = metadata_of(replace(ARTICLE, paid=True, byline=()), assets, photo=photo)
    assert (paid.creators, paid.credit_line, paid.copyright_notice) == ((), "", "")


@pytest.mark.parametrize("image_type", [*EXTENSIONS])
def test_xmp_is_in_every_file_type_and_changes_no_pixel(image_type: str, assets: Assets) -> None:
    picture = Image.linear_gradient("L").convert("RGB")
    card_format = assets.formats["square"]
    bare, full = (encode(picture, card_format, image_type, xmp=xmp).data for xmp in (b"", write_xmp(PLAIN)))
    assert packet_in(full) == write_xmp(PLAIN)
    assert len(full) - len(bare) <= 3072
    first, second = (Image.open(io.BytesIO(data)).convert("RGB").tobytes() for data in (bare, full))
    assert first == second


def test_xmp_counts_towards_the_byte_budget(assets: Assets) -> None:
    grain = Image.frombytes("RGB", (300, 300), bytes(100 + value // 5 for value in random.Random(1).randbytes(270_000)))
    xmp = write_xmp(PLAIN)
    jpeg = replace(assets.formats["square"], types=("jpeg",))
    best = len(encode(grain, jpeg).data)
    assert len(encode(grain, replace(jpeg, budget=best + 10), xmp=xmp).data) <= best + 10


def test_metadata_of_a_card_equals_its_manifest(assets: Assets) -> None:
    card = render_card(ARTICLE, "headline", "og", assets)
    found = read_xmp(packet_in(card.data))
    assert (found["identifier"], found["alt"], found["headline"]) == ("harbour/headline-og", card.alt, "Barriers held")
    assert found["creators"] == ARTICLE.byline


def test_reads_back_every_field() -> None:
    assert read_xmp(write_xmp(PLAIN)) == asdict(PLAIN)


def test_drops_characters_that_xml_forbids() -> None:
    forbidden = "\0\x08\x0b\x0c\x0e\x1f\ud800\udfff\ufffe\uffff"
    allowed = "\t\n\r \x7f\x85\ud7ff\ue000\ufffd\U00010000\U0010ffff"
    metadata_of = read_xmp(
        write_xmp(replace(PLAIN, headline="".join(a + b for a, b in zip_longest(forbidden, allowed, fillvalue=""))))
    )
    assert metadata_of["headline"] == allowed


HOSTILE = st.text(
    alphabet=st.one_of(st.sampled_from("<>&\"'\0\x0b\x1f\x85\ufffe\ud800\n]]></?:क漢👩‍👩‍👧\u202e"), st.characters()), max_size=600
) | st.sampled_from(['"/><evil/>', "]]>", '<?xpacket end="w"?>', "&lt;", "<!ENTITY a 'b'>", "</rdf:Description>"])


METADATA = st.builds(
    Metadata,
    **{field.name: HOSTILE for field in fields(Metadata) if field.name != "creators"},
    creators=st.lists(HOSTILE, max_size=4).map(tuple),
)


@given(METADATA)
def test_escapes_any_text_and_keeps_to_the_maximum_size(metadata: Metadata) -> None:
    metadata = replace(metadata, language="en", identifier=metadata.identifier[:150], tool="Storycard", created="2026-11-03")
    metadata = replace(metadata, digital_source_type=COMPOSITE)
    packet = write_xmp(metadata)
    assert len(packet) <= MAX_BYTES
    assert write_xmp(metadata) == packet
    root = ElementTree.fromstring(packet)
    names = {element.tag.partition("}")[2] for element in root.iter()}
    known = {"xmpmeta", "RDF", "Description", "li", "Alt", "Seq", "Bag", "description", "rights", "creator", "language"}
    assert names <= known | {"AltTextAccessibility", "ExtDescrAccessibility"}
    assert packet.count(b"<?xpacket end") == 1
    short = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]").sub("", metadata.alt)
    found = read_xmp(packet).get("alt", "")
    assert found == short or len(packet) > MAX_BYTES - 2000


def test_shortens_the_least_important_fields_first() -> None:
    long = "अंधेरा " * 150
    texts = dict.fromkeys(("headline", "description", "extended_description", "credit_line", "copyright_notice"), long)
    metadata = replace(PLAIN, alt=long[:420], creators=(long,) * 9, source_url="https://a.example/" + "a" * 900, **texts)
    packet = write_xmp(metadata)
    assert len(packet) <= MAX_BYTES
    found = read_xmp(packet)
    assert "extended_description" not in found
    assert found["alt"].startswith("अंधेरा")
    assert found["identifier"] == PLAIN.identifier


WITH_ENTITY = b'<!DOCTYPE a [<!ENTITY ha "ha"><!ENTITY haha "&ha;&ha;">]><a>&haha;</a>'
NOT_PACKETS = [b"", b"<", b"\0", b"<!DOCTYPE a>", WITH_ENTITY, "<a>\ud800</a>".encode("utf-8", "surrogatepass")]


@pytest.mark.parametrize("packet", NOT_PACKETS)
def test_rejects_what_is_not_a_packet(packet: bytes) -> None:
    with pytest.raises(ValueError, match="expected an XMP packet"):
        read_xmp(packet)
