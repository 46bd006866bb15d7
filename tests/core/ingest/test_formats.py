"""Tests each source format with its sample, with arbitrary data, and with large pages."""

import gzip
import json
import re
from datetime import datetime
from pathlib import Path
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from storycard.article import ArticleImage, PullQuote
from storycard.design.assets import Assets
from storycard.editing.selection import pull_quotes
from storycard.errors import ArticleInvalid
from storycard.ingest import FORMATS, detect_format, read_native
from storycard.ingest.formats.native import to_native
from storycard.render import render_card
from support.paths import ROOT, SAMPLES
from support.reading import read_source

SOURCES = {
    name: (SAMPLES / "formats" / file).read_bytes()
    for name, file in [
        ("jsonld", "ferry-page.html"),
        *((name, f"ferry-{name}.json") for name in ("wordpress", "ghost", "ans", "ninjs")),
    ]
}
SHARED = sorted((ROOT.parent / "shared" / "data" / "articles").glob("*/*/expected.json"))


def test_every_format_has_a_sample() -> None:
    """`native` and `text` have test files of their own."""
    assert set(FORMATS) == {"native", "text", *SOURCES}


def test_every_cms_format_has_a_column_in_the_docs() -> None:
    header = re.search(r"^\| \|.*", (ROOT / "docs" / "articles.md").read_text("utf-8"), re.MULTILINE)
    assert re.findall(r"`(\w+)`", header[0]) == list(SOURCES)


@pytest.mark.parametrize("name", SOURCES)
def test_sample_is_detected_read_and_rendered(name: str, assets: Assets) -> None:
    assert detect_format(SOURCES[name]) == name
    article = read_source(SOURCES[name], name)
    assert read_native(json.dumps(to_native(article)).encode()) == article
    assert render_card(article, "bullet", "og", assets).data
    assert render_card(article, "quote", "og", assets).data


@pytest.mark.parametrize("name", SOURCES)
def test_sample_has_the_expected_fields(name: str) -> None:
    article = read_source(SOURCES[name], name)
    assert len(article.bullets) == 2
    assert article.published_at == datetime.fromisoformat("2026-11-05T06:15:00Z")
    assert article.updated_at == datetime.fromisoformat("2026-11-05T09:40:00Z")
    assert article.byline == ("Marian Fell",)
    assert article.image.credit.startswith("Ruth Pellow")
    assert article.image.url.startswith("https://news.example/")
    assert article.deck
    assert article.summary
    assert article.section
    assert pull_quotes(article)[0].speaker in ("Oona Varga", "Elias Brandt")


def test_reads_page_like_a_search_engine() -> None:
    article = read_source(SOURCES["jsonld"], "jsonld")
    assert article.id.startswith("ferry-de-nuit-")
    assert (article.language, article.section) == ("fr", "Îles")
    assert article.canonical_url == "https://news.example/2026/11/ferry-de-nuit"
    assert article.image == ArticleImage("https://news.example/photos/ferry.jpg", "", "Ruth Pellow", "Le ferry à quai, de nuit")
    assert article.quotes == (
        PullQuote("Nous cuisons ce que l’île mange, et nous le cuisons en route.", "Oona Varga", "boulangère à bord"),
        PullQuote("Personne ne croyait qu’il flotterait encore un jour", "Élias Brandt", "le capitaine"),
    )


def test_reads_focal_points_and_embargoes() -> None:
    assert read_source(SOURCES["ans"], "ans").image.focal_point == (0.75, 0.25)
    ninjs = read_source(SOURCES["ninjs"], "ninjs")
    assert ninjs.image.focal_point == (0.25, 0.5)
    assert ninjs.embargo_until == datetime.fromisoformat("2026-11-05T07:00:00Z")
    assert ninjs.id.startswith("urn-newsml-news.example-20261105-night-ferry-")


@pytest.mark.parametrize(
    ("name", "change", "status"),
    [
        ("wordpress", {"status": "future"}, "draft"),
        ("wordpress", {"status": "private"}, "draft"),
        ("wordpress", {"status": "trash"}, "withdrawn"),
        ("ans", {"revision": {"published": False}}, "draft"),
        ("ans", {"content_restrictions": {"embargo": {"active": True}}}, "draft"),
        ("ninjs", {"pubStatus": "withheld"}, "draft"),
        ("ninjs", {"pubStatus": "canceled"}, "withdrawn"),
        ("ninjs", {"pubStatus": "something new"}, "draft"),
    ],
)
def test_unpublished_statuses_are_not_published(name: str, change: dict[str, object], status: str) -> None:
    source = json.loads(SOURCES[name]) | change
    assert read_source(json.dumps(source).encode(), name).status == status


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("Draft", "draft"),
        ("Incomplete", "draft"),
        ({"@type": "DefinedTerm", "name": "Obsolete"}, "draft"),
        (["Published", "Draft"], "draft"),
        ("Published", "published"),
        (None, "published"),
    ],
)
def test_a_page_whose_creative_work_status_is_not_public_is_a_draft(status: object, expected: str) -> None:
    story = {"@type": "NewsArticle", "identifier": "7", "headline": "Ferries", "inLanguage": "en", "creativeWorkStatus": status}
    assert read_source(json.dumps(story).encode(), "jsonld").status == expected


@pytest.mark.parametrize("status", ["draft", "scheduled", "sent"])
def test_ghost_post_without_public_page_is_a_draft(status: str) -> None:
    post = json.loads(SOURCES["ghost"])["post"]["current"] | {"status": status}
    assert read_source(json.dumps(post).encode(), "ghost").status == "draft"


@pytest.mark.parametrize(
    ("tag", "language"),
    [("#top", "en"), ("#news", "en"), ("#war", "en"), ("#de", "de"), ("#lang-uk", "uk"), ("#lang-pt-br", "pt-br"), ("de", "en")],
)
def test_only_internal_tags_that_are_languages_set_a_ghost_posts_language(tag: str, language: str) -> None:
    post = {"id": "a", "title": "Ferry", "tags": [{"name": tag}], "locale": ""}
    assert read_source(json.dumps({"post": {"current": post}}).encode(), "ghost", language="en").language == language


def test_reads_ghost_text_as_lexical_mobiledoc_or_html() -> None:
    post = json.loads(SOURCES["ghost"])["post"]["current"]
    lexical = read_source(json.dumps(post).encode(), "ghost")
    quote = [[0, [], 0, "We bake what the island eats, and we bake it on the way there."], [1, [], 0, 0]]
    quote.append([0, [], 0, "— Oona Varga, ship's baker"])
    items = [[[0, [], 0, bullet]] for bullet in lexical.bullets]
    mobiledoc = {"version": "0.3.1", "atoms": [["soft-return", "", {}]], "cards": [], "markups": []}
    mobiledoc["sections"] = [[1, "p", [[0, [], 0, "After six winters."]]], [3, "ul", items], [1, "blockquote", quote]]
    bullets = "".join(f"<li>{bullet}</li>" for bullet in lexical.bullets)
    html = f"<ul>{bullets}</ul><blockquote>{quote[0][3]}<br>{quote[2][3]}</blockquote>"
    for other in ({"mobiledoc": json.dumps(mobiledoc)}, {"html": html}):
        article = read_source(
            json.dumps({k: v for k, v in post.items() if k != "lexical"} | other).encode(), "ghost", language="en"
        )
        assert (article.bullets, article.quotes) == (lexical.bullets, lexical.quotes)


def test_reads_the_marks_of_ghosts_lexical() -> None:
    texts = [{"type": "extended-text", "text": "The ferry is "}, {"type": "extended-text", "text": "never ", "format": 4}]
    texts.append({"type": "extended-text", "text": "late.", "format": 1})
    lexical = {"root": {"type": "root", "children": [{"type": "paragraph", "children": texts}]}}
    post = {"id": "1", "title": "Ferries", "lexical": json.dumps(lexical)}
    assert read_source(json.dumps(post).encode(), "ghost", language="en").summary == "The ferry is late."


@pytest.mark.parametrize(
    "fields",
    [
        {"headline": "Die Fähre", "body_html": "<p>Sie fährt.</p>", "description_text": "Sie fährt wieder."},
        {
            "headlines": [{"value": "Die Fähre"}],
            "bodies": [{"value": "Sie fährt."}],
            "descriptions": [{"value": "Sie fährt wieder."}],
        },
        {"title": "Die Fähre", "body_text": "Die Fähre\nSie fährt.", "description_text": "Sie fährt wieder."},
    ],
)
def test_reads_every_version_of_ninjs(fields: dict[str, object]) -> None:
    source = {"uri": "https://news.example/a/1", "language": "de", "versioncreated": "2026-11-05T10:40:00Z"} | fields
    source["associations"] = {
        "main": {"type": "picture", "renditions": {"r": {"href": "https://news.example/a.jpg", "mimetype": "image/jpeg"}}}
    }
    article = read_source(json.dumps(source).encode(), "ninjs")
    assert (article.headline, article.summary, article.image.url) == (
        "Die Fähre",
        "Sie fährt wieder.",
        "https://news.example/a.jpg",
    )
    assert article.updated_at == datetime.fromisoformat("2026-11-05T10:40:00Z")


@pytest.mark.parametrize("tag", ["Sponsored", "Paid post", "Advertorial", "Anzeige"])
def test_detects_paid_content_by_its_tag(tag: str) -> None:
    source = json.loads(SOURCES["ghost"])
    source["post"]["current"]["tags"].append({"name": tag})
    assert read_source(json.dumps(source).encode(), "ghost").paid


def test_different_identifiers_get_different_ids() -> None:
    sources = [json.loads(SOURCES["ninjs"]) | {"uri": uri} for uri in ("urn:a:b", "urn:a-b", "urn-a-b", "https://a/urn-a-b")]
    ids = [read_source(json.dumps(source).encode(), "ninjs").id for source in sources]
    assert len(set(ids)) == 4
    assert ids[2] == "urn-a-b"


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def _paths(value: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for step, inner in steps for found in _paths(inner, (*path, step)))]


@pytest.mark.parametrize("name", ["wordpress", "ghost", "ans", "ninjs"])
@given(st.data())
def test_reads_or_rejects_sample_with_any_value_in_any_place(name: str, data: st.DataObject) -> None:
    source = json.loads(SOURCES[name])
    for path in data.draw(st.lists(st.sampled_from(_paths(source)[1:]), min_size=1, max_size=4)):
        holder = source
        try:
            for step in path[:-1]:
                holder = holder[step]
            holder[path[-1]] = data.draw(_json)
        except (KeyError, IndexError, TypeError):
            continue
    _read_or_reject(json.dumps(source).encode(), name)


@pytest.mark.parametrize("name", FORMATS)
@given(st.binary() | _json.map(lambda value: json.dumps(value).encode()))
@example(b'{"body": 1}')
@example(b'{"post": 1}')
def test_reads_or_rejects_any_bytes(name: str, data: bytes) -> None:
    detect_format(data)
    _read_or_reject(data, name)


_MARKUP = [
    "<p>",
    "</p>",
    "<li>",
    "<ul>",
    "</ul>",
    "<blockquote>",
    "</blockquote>",
    "<cite>",
    "<figure class=pullquote>",
    "</figure>",
]
_MARKUP += [
    "<aside>",
    "<br>",
    "<a href=x>",
    "<script type=application/ld+json>",
    "</script>",
    '{"@type":"NewsArticle"}',
    "&amp;",
    "<!--",
]
_MARKUP += [
    "“We waited all night for it,” said Ana Ruiz, mayor.",
    "<html lang=xx>",
    "<meta property=og:title content=Ferry>",
    "\x00",
    "—",
]


@given(st.lists(st.sampled_from(_MARKUP) | st.text(max_size=10), max_size=30).map("".join))
@example("<figure class=pullquote><script type=application/ld+json><p>")
def test_reads_or_rejects_any_markup(markup: str) -> None:
    _read_or_reject(markup.encode("utf-8", "surrogatepass"), "jsonld")
    post = json.loads(SOURCES["wordpress"]) | {"content": {"rendered": markup}}
    article = read_source(json.dumps(post).encode(), "wordpress", language="en")
    assert all("<p>" not in quote.text for quote in article.quotes)


def _read_or_reject(data: bytes, name: str) -> None:
    try:
        article = read_source(data, name, article_id="given", language="en")
    except ArticleInvalid:
        return
    assert read_native(json.dumps(to_native(article)).encode()) == article


@pytest.mark.parametrize(
    "filling",
    [
        pytest.param(b"<p>The ferry sails at ten, and " + b"nobody knows why. " * 20 + b"</p>", marks=pytest.mark.slow),
        b"<div>",
        pytest.param(b"<div></b>", marks=pytest.mark.slow),
        b"<ul><li>",
        pytest.param(b"<blockquote><p>We waited", marks=pytest.mark.slow),
        b"<figure class=pullquote>",
        pytest.param(b"<p>\xe2\x80\x9cWe waited all night,\xe2\x80\x9d said Ana Ruiz. ", marks=pytest.mark.slow),
        pytest.param(b"Ana Ruiz \"' ", marks=pytest.mark.slow),
        pytest.param(b"<script type=application/ld+json>[", marks=pytest.mark.slow),
        pytest.param(b"<a>", marks=pytest.mark.slow),
        pytest.param(b"<h1><sup>1</sup><div>", marks=pytest.mark.slow),
        pytest.param(b"<span hidden aria-hidden=true>", marks=pytest.mark.slow),
    ],
    ids=lambda filling: filling[:24].decode("utf-8", "replace"),
)
def test_reads_five_megabytes_in_linear_time(filling: bytes) -> None:
    quarter, whole = (_seconds_to_read(filling, size) for size in (1_225_000, 4_900_000))
    assert whole < 8 * max(quarter, 0.2)  # four times for a linear reader, 16 times for a quadratic one


def _seconds_to_read(filling: bytes, size: int) -> float:
    """Returns the seconds of processor time that a page of `size` bytes takes."""
    page = b"<html lang=en><title>Night ferry</title><link rel=canonical href=https://news.example/a><body>"
    page += filling * ((size - len(page)) // len(filling))
    before = process_time()
    _read_or_reject(page, "jsonld")
    return process_time() - before


@pytest.mark.skipif(not SHARED, reason="the shared data is not beside the checkout")
@pytest.mark.parametrize("path", SHARED, ids=lambda path: path.parent.name)
def test_real_article_has_the_expected_fields(path: Path) -> None:
    expected = json.loads(path.read_bytes())
    raw = (path.parent / expected["raw"]).read_bytes()
    data = gzip.decompress(raw) if expected["raw"].endswith(".gz") else raw
    article = read_source(data, detect_format(data))
    for name in ("headline", "summary", "section", "language", "canonical_url"):
        assert getattr(article, name) == (expected[name] or ""), name
    assert (article.image.url if article.image else None) == expected["image"]
    best = next(iter(pull_quotes(article)), None)
    assert ({"text": best.text, "speaker": best.speaker} if best else None) == expected["quote"]


@pytest.mark.parametrize("name", ["Uncategorized", "Allgemein", "Non classé", "Без рубрики", "未分類"])
def test_the_category_of_posts_without_one_is_no_section(name: str) -> None:
    terms = [[{"taxonomy": "category", "name": name}, {"taxonomy": "category", "name": "Islands"}]]
    post = json.loads(SOURCES["wordpress"])
    post["_embedded"]["wp:term"] = terms
    post.pop("yoast_head_json", None)
    assert read_source(json.dumps(post).encode(), "wordpress").section == "Islands"
