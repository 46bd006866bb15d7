"""Feeds every parser of untrusted input damaged samples and any bytes, which it must read or reject with its own error.

All parsers share FUZZ_SECONDS (30) of processor time. A failure prints the bytes that caused it.
"""

import base64
import io
import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from functools import cache
from pathlib import Path
from time import process_time
from unittest.mock import Mock
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PIL import Image

from adapters.chat.slack_requests import read_request as read_slack_request
from adapters.cms.article_map import Found, read_found
from adapters.cms.events import FORMATS as EVENT_FORMATS
from adapters.cms.events import read_event
from adapters.cms.signatures import SCHEMES
from adapters.cms.signatures.scheme import Credentials, WebhookRequest
from adapters.config.connections import parse_connections
from adapters.config.feed_sources import parse_feeds
from adapters.config.settings import SignIn
from adapters.config.webhook_sources import parse_sources
from adapters.outbound.decompress import BodyRefused, decompressed
from adapters.outbound.safe_fetch import FetchFailed, Rules, fetch_url
from adapters.render_queue import MessageInvalid, read_request
from adapters.storage.article_index import has_words, words_of
from adapters.storage.inbox import Delivery, plain_event_id
from adapters.storage.named_articles import named_articles
from adapters.web.callers import identify_caller, strip_signed_in_prefix
from adapters.web.charset import charset_in
from adapters.web.conditional import not_modified, strong_tags
from adapters.web.content_disposition import content_disposition, file_name
from adapters.web.tokens import parse_tokens
from http_api.cards.accept import modern_type
from http_api.cards.order_body import read_order, read_preview
from http_api.cards.own_words import foreign_quotes
from http_api.pages.oembed import parse_address
from http_api.paths import pinned_path
from http_api.posts.content import check_edit, compare, read_content
from publishing.queries.article_search import OWN_ADDRESS
from storycard.article import is_web_address
from storycard.design.assets import Assets, load_assets
from storycard.design.brand import load_brand
from storycard.design.theme_reader import read_theme
from storycard.errors import ArticleInvalid, AssetInvalid, FeedInvalid, FieldError, StorycardError
from storycard.ingest import FORMATS, ReadOptions, detect_format, read_native
from storycard.ingest.feeds import read_feed
from storycard.ingest.formats.native import to_native
from storycard.layout.scene import PlacedLine
from storycard.painting.glyph_raster import rasterize
from storycard.painting.logos import draw_logo
from storycard.photo import PhotoInvalid
from storycard.photo.regions import read_faces
from storycard.text.fonts.font import Font
from storycard.text.fonts.library import FontLibrary
from storycard.text.paragraph import measure, set_line
from storycard.text.style import FontStyle, TextStyle
from storycard.toml_reader import parse_toml
from storycard.xmp_reader import read_xmp
from storycard_photo import normalise
from support.cms_examples import EXAMPLES, Example
from support.lambda_events import SECRET, as_body, native, signed
from support.paths import ASSETS, SAMPLES
from support.reading import LANGUAGES, read_source
from support.slack import FORM, command, press, shortcut

pytestmark = pytest.mark.slow

SECONDS = float(os.environ.get("FUZZ_SECONDS", "30"))
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
BITS = [
    b"[",
    b"{",
    b'"',
    b"\\",
    b"<",
    b">",
    b"&#x0;",
    b"<!--",
    b"\0",
    b"\r\n",
    b"\xff",
    b"\xed\xa0\x80",
    b"null",
    b"-1",
    b"1e999",
    b"NaN",
]
BITS += [
    b"9" * 400,
    b"9" * 11,
    b"https://[",
    b"/]",
    b"../",
    b"%00",
    b"\xe2\x80\xae",
    b"]]>",
    b"<![CDATA[",
    b"\xff\xd8\xff\xda",
    b"IDAT",
    b"iCCP",
    b"true",
    b"'",
    b"=",
    b"\xef\xbb\xbf",
]
XMP = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 photoshop:Credit="Agency"><dc:creator><rdf:Seq><rdf:li>Ida Holm</rdf:li></rdf:Seq></dc:creator></rdf:Description>
<rdf:Description xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/" xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#">
<mwg-rs:Regions rdf:parseType="Resource"><mwg-rs:RegionList><rdf:Bag><rdf:li mwg-rs:Type="Face"><mwg-rs:Area stArea:x="0.4"
 stArea:y="0.3" stArea:w="0.2" stArea:h="0.2" stArea:unit="normalized"/></rdf:li></rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


@dataclass(frozen=True)
class Parser:
    """A parser, samples that it accepts, and the errors that it may raise."""

    read: Callable[[bytes], object]
    samples: tuple[bytes, ...]
    refusals: type[Exception] | tuple[()] = ()


def article_in(name: str) -> Callable[[bytes], None]:
    def read(data: bytes) -> None:
        detect_format(data)
        article = read_source(data, name, article_id="given", language="en")
        assert read_native(json.dumps(to_native(article)).encode()) == article
        urlsplit(article.canonical_url)

    return read


def event_in(name: str) -> Callable[[bytes], object]:
    def read(data: bytes) -> object:
        topic, _, body = data.partition(b"\n")
        return read_event(Delivery("desk", "msg_1", NOW, NOW, name, "en", body, topic.decode("utf-8", "replace")))

    return read


def mapped_event(name: str) -> Callable[[bytes], None]:
    """Returns a parser of events by the table of an example of a CMS, up to the article."""
    article_map = next(iter(parse_sources(example(name).sources).values())).article_map

    def read(data: bytes) -> None:
        event = read_event(Delivery("desk", "msg_1", NOW, NOW, "map", "en", data, article_map=article_map))
        if isinstance(event, Found):
            article = read_found(event, ReadOptions(LANGUAGES, language="en"))
            assert read_native(json.dumps(to_native(article)).encode()) == article

    return read


def example(name: str) -> Example:
    return next(one for one in EXAMPLES if one.name == name)


def signature_of(name: str) -> Callable[[bytes], None]:
    """Returns a parser of a signed request: header lines, an empty line, and the body."""

    def read(data: bytes) -> None:
        head, _, body = data.partition(b"\n\n")
        pairs = (line.partition(b":") for line in head.split(b"\n"))
        headers = {key.decode("latin-1").strip().lower(): value.decode("latin-1").strip() for key, _, value in pairs}
        header = SCHEMES[name].header or "x-hub-signature-256"
        request = WebhookRequest("POST", "/webhooks/desk?a=%20b", headers, body, NOW)
        event = SCHEMES[name].verify(request, Credentials((b"another key than that of the samples",), header))
        raise AssertionError(f"{name}: an unsigned request was accepted as {plain_event_id(event.id)}")

    return read


def photos() -> tuple[bytes, ...]:
    picture = Image.effect_noise((260, 210), 60).convert("RGB")
    exif = Image.Exif()
    exif[0x0112], exif[0x013B], exif[0x8298] = 6, "Ida Holm", "Agency"
    files = []
    for kind in ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP", "AVIF"):
        out = io.BytesIO()
        options = {"exif": exif, "xmp": XMP} if kind in ("JPEG", "PNG", "WEBP", "AVIF") else {}
        (picture.quantize(16) if kind == "GIF" else picture).save(out, kind, **options)
        files.append(out.getvalue())
    return tuple(files)


@cache
def assets() -> Assets:
    return load_assets(ASSETS)


def theme_in(data: bytes) -> object:
    return read_theme("fuzzed", parse_toml(data, "fuzzed.toml"), "fuzzed.toml")


def brand_in(folder: Path) -> Callable[[bytes], object]:
    for logo in (ASSETS / "marks").iterdir():
        (folder / logo.name).write_bytes(logo.read_bytes())

    def read(data: bytes) -> object:
        (folder / "post.toml").write_bytes(data)
        return load_brand(folder / "post.toml", folder)

    return read


def font_in(folder: Path) -> Callable[[bytes], object]:
    """Returns a function that measures, sets and draws text in a font file."""
    style = FontStyle("Fuzzed")

    def read(data: bytes) -> object:
        (folder / "fuzzed.ttf").write_bytes(data)
        library = FontLibrary((Font(folder / "fuzzed.ttf", style),), (), "fuzzed")
        paragraph = measure("Hafi ĄḞ", "en", False, TextStyle(style), library)
        line = set_line(paragraph, 0, len(paragraph.text))
        return rasterize((PlacedLine(line, 0, 100),), 40)

    return read


def header_in(data: bytes) -> None:
    text = data.decode("latin-1")
    not_modified({"if-none-match": text}, '"etag"', NOW)
    not_modified({"if-modified-since": text}, '"etag"', NOW)
    modern_type(text)
    pinned_path(text)
    strong_tags(text)
    charset_in(text)
    Message()["x"] = plain_event_id(text)


def query_in(data: bytes) -> None:
    """Reads what somebody types into the search, and a headline as it is found and as files are named by it."""
    text = data.decode("utf-8", "replace")
    assert has_words(text, words_of(text))
    if is_web_address(text):
        urlsplit(text)
    OWN_ADDRESS.fullmatch(text)
    content_disposition(file_name(text, "zip"), "set.zip").encode("latin-1")


def token_in(data: bytes) -> None:
    """Reads the header that a signed-in person's browser sends, beside claims that API Gateway has verified."""
    headers = {"authorization": data.decode("latin-1")}
    event = {"rawPath": "/signed-in/articles", "headers": headers, "requestContext": {"authorizer": {"jwt": {"claims": CLAIMS}}}}
    strip_signed_in_prefix(event)
    try:
        identify_caller(SIGN_IN, event, "viewer")
    except StorycardError:
        pass
    else:
        raise AssertionError("a token without the role was accepted")


def url_in(data: bytes) -> None:
    """Fetches the URL, which must fail: local addresses are refused, and tests have no network for public ones."""
    url = data.decode("utf-8", "surrogateescape").encode("utf-8", "replace").decode("utf-8")
    with pytest.raises(FetchFailed):
        fetch_url(url, Rules(max_bytes=1, seconds=0.5, hosts=frozenset({"nobody.invalid"})))


def toml_in(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    for parse in (parse_sources, parse_connections, parse_tokens, parse_feeds):
        message = ""
        try:
            parse(text)
        except FieldError as error:
            message = str(error)
        assert "c2VjcmV0" not in message  # errors must not quote secrets


def samples(name: str) -> tuple[bytes, ...]:
    named = {"jsonld": "ferry-page.html", **{key: f"ferry-{key}.json" for key in ("wordpress", "ghost", "ans", "ninjs")}}
    if name in named:
        return ((SAMPLES / "formats" / named[name]).read_bytes(),)
    return tuple(path.read_bytes() for path in sorted((SAMPLES).glob("*.txt" if name == "text" else "*.json")))


TOML = b"""[sources.desk]
scheme = "standard-webhooks"
format = "native"
secrets = ["whsec_c2VjcmV0"]
[cms]
url = "https://cms.example/{id}"
format = "native"
headers = { Authorization = "c2VjcmV0" }
[outgoing]
url = "https://cms.example/hook"
secrets = ["whsec_c2VjcmV0"]
[tokens.desk]
sha256 = "%s"
role = "editor"
[feeds.site]
url = "https://news.example/rss"
""" % (b"0" * 64)
HEADERS = b"\n".join(f"{name}: {value}".encode() for name, value in signed(b"{}", "msg_1", NOW, SECRET).items())
HEADERS += (
    b"\nx-ghost-signature: sha256=" + b"0" * 64 + b", t=1772366400000\nsanity-webhook-signature: t=1772366400000,v1=" + b"A" * 43
)
HEADERS += b"\nx-contentful-signature: " + b"0" * 64 + b"\nx-contentful-timestamp: 1772366400000"
HEADERS += b"\nx-contentful-signed-headers: x-contentful-signed-headers,x-contentful-timestamp"
HEADERS += b"\nx-hub-signature-256: sha256=" + b"0" * 64 + b"\nx-hub-signature: sha1=" + b"0" * 40
HEADERS += b"\ngcms-signature: sign=" + b"A" * 43 + b"=, env=master, t=1772366400000\n\n{}"
ORDER = json.dumps(
    {"headline": "Ferries", "quote": {"text": "a", "speaker": "b"}, "kinds": ["headline"], "focal_point": [0.5, 0.5]}
)
POST = json.dumps(
    {
        "name": "Friday",
        "status": "shared",
        "text": "Sail!",
        "formats": ["og"],
        "based_on": "0123456789abcdef",
        "changes": {"quote": {"text": "a", "speaker": "b"}, "bullets": ["a"], "theme": "civic"},
        "format_changes": {"x": {"headline": "Boats", "kicker": ""}},
    }
)


def read_post(data: bytes) -> None:
    """Does what saving a post does before anything is stored."""
    content, article = read_content(data, assets()), read_native(as_body(native("ferry")))
    check_edit(article, content.edit)
    foreign_quotes(article, content.edit)
    json.dumps(compare(article, {}, content.fields), ensure_ascii=False).encode()


FEEDS = (
    b"""<?xml version="1.0" encoding="utf-8"?><rss xmlns:a="http://www.w3.org/2005/Atom"><channel><item><title><![CDATA[A & B]]>
</title><link>/a?b=1&amp;c</link><guid isPermaLink="false">1</guid><a:link rel="self" href="x"/></item></channel></rss>""",
    b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/"><entry><link href="b"/><updated>1</updated>
</entry></feed>""",
    b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "https://a.example/b", "title": "T"}]}',
)
CLAIMS = {"roles": "[photo editor interns]", "email": "ida@news.example"}
SIGN_IN = Mock(sign_in=SignIn("", "", "", "", role_claim="roles", viewer_role="viewer", editor_role="editor"))
GZIP = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xcbH\xcd\xc9\xc9\x07\x00\x86\xa6\x106\x05\x00\x00\x00"

PARSERS = {f"article, {name}": Parser(article_in(name), samples(name), ArticleInvalid) for name in FORMATS}
PARSERS |= {
    f"event, {name}": Parser(event_in(name), tuple(b"post.published\n" + data for data in samples(name)), ArticleInvalid)
    for name in EVENT_FORMATS
}
PARSERS |= {
    f"mapped event, {one.name}": Parser(mapped_event(one.name), (one.body("published"), one.body("withdrawn")), ArticleInvalid)
    for one in EXAMPLES
    if not one.is_feed and "map" in one.source[1]
}
PARSERS |= {f"signature, {name}": Parser(signature_of(name), (HEADERS,), StorycardError) for name in SCHEMES}
PARSERS |= {
    "photograph": Parser(normalise, photos(), PhotoInvalid),
    "XMP": Parser(read_xmp, (XMP,), ValueError),
    "faces": Parser(read_faces, (XMP,)),
    "logo": Parser(
        lambda data: draw_logo(data, "fuzzed.svg", 40, 40),
        tuple(path.read_bytes() for path in sorted((ASSETS / "marks").glob("*.svg"))),
        AssetInvalid,
    ),
    "theme": Parser(theme_in, ((ASSETS / "themes" / "broadsheet.toml").read_bytes(),), AssetInvalid),
    "post": Parser(read_post, (POST.encode(),), StorycardError),
    "order": Parser(lambda data: (read_order(data, assets()), read_preview(data, assets())), (ORDER.encode(),), StorycardError),
    "queue message": Parser(
        lambda data: read_request(data.decode("utf-8", "replace")), (b'{"source": "desk", "article_id": "a"}',), MessageInvalid
    ),
    "Slack request": Parser(
        lambda data: read_slack_request(data, FORM),
        (command("ferry"), press("show", "ferry"), shortcut({"text": "<https://a.example/|a>"})),
        StorycardError,
    ),
    "Slack event": Parser(
        lambda data: read_slack_request(data, "application/json"),
        (b'{"type": "url_verification", "challenge": "a"}',),
        StorycardError,
    ),
    "feed": Parser(lambda data: read_feed(data, "https://news.example/rss"), FEEDS, FeedInvalid),
    "headers": Parser(header_in, (b'W/"etag", "other"', b"Sun, 01 Mar 2026 12:00:00 GMT", b"image/avif;q=0.8, */*;q=0.1")),
    "oEmbed": Parser(
        lambda data: parse_address(data.decode("utf-8", "replace"), "https://cards.example"),
        (b"https://cards.example/share/ferry/quote", b"https://cards.example/cards/ferry/headline/og.png"),
        StorycardError,
    ),
    "address": Parser(url_in, (b"https://images.example/a.jpg", b"http://[::1]:80/", b"https://169.254.169.254/latest")),
    "secrets": Parser(toml_in, (TOML,)),
    "query": Parser(
        query_in, ("Fähren fahren 運航".encode(), b"https://news.example/a?b=1#c", b"https://cards.example/share/ferry")
    ),
    "token": Parser(token_in, (b"Bearer e30." + base64.urlsafe_b64encode(b'{"roles": ["photo editor interns"]}') + b".c2ln",)),
    "named articles": Parser(named_articles, (*samples("ghost"), *samples("jsonld"))),
    "gzip": Parser(lambda data: decompressed(io.BytesIO(data).read, "gzip", 100), (GZIP,), BodyRefused),
}


@st.composite
def damaged(draw: st.DrawFn, files: tuple[bytes, ...]) -> bytes:
    """Draws one of the files with up to eight bytes or parts replaced, cut or doubled, half of them in its header."""
    data = bytearray(draw(st.sampled_from(files)))
    for _ in range(draw(st.integers(0, 8))):
        at = draw(st.integers(0, min(len(data), 400)) | st.integers(0, len(data)))
        length = draw(st.integers(0, 4) | st.integers(0, 200))
        put = draw(st.sampled_from(BITS) | st.binary(max_size=4) | st.just(bytes(data[at : at + length]) * 2))
        data[at : at + length] = put
    return bytes(data)


@pytest.mark.parametrize("name", [*PARSERS, "brand", "font"])
def test_reads_or_rejects_any_input(name: str, tmp_path: Path) -> None:
    brands = tuple(path.read_bytes() for path in sorted((ASSETS / "brands").glob("*.toml")))
    font = (ASSETS / "fonts" / "NotoSerifLao-Regular.ttf").read_bytes()
    in_folder = {
        "brand": Parser(brand_in(tmp_path), brands, AssetInvalid),
        "font": Parser(font_in(tmp_path), (font,), AssetInvalid),
    }
    parser = PARSERS.get(name) or in_folder[name]

    @settings(
        max_examples=50,
        database=None,
        derandomize=False,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )
    @given(damaged(parser.samples) | st.binary(max_size=300))
    def read(data: bytes) -> None:
        with suppress(parser.refusals):
            parser.read(data)

    deadline = process_time() + SECONDS / (len(PARSERS) + 2)
    while process_time() < deadline:
        read()


def test_parsers_accept_the_undamaged_samples() -> None:
    """Otherwise the fuzzer would only test rejections."""
    for name, parser in PARSERS.items():
        if not name.startswith(("signature", "event", "address")):
            for sample in parser.samples:
                parser.read(sample) if name != "order" else read_order(sample, assets())
