"""Reads feeds and news sitemaps: by their standards, and with the faults that real feeds have."""

import json
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storycard.errors import FeedInvalid
from storycard.ingest.feeds import read_feed
from storycard.ingest.feeds.entry import MAX_ENTRIES

URL = "https://news.example/feeds/all.xml"
A, B = "https://news.example/coast/orrin", "https://news.example/coast/board"


def pages(document: str | bytes, charset: str = "", url: str = URL) -> list[str]:
    data = document if isinstance(document, bytes) else document.encode()
    return [entry.url for entry in read_feed(data, url, charset)]


def rss(*items: str, head: str = "") -> str:
    listed = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?><rss version="2.0"{head}><channel><title>N</title><link>https://news.example/</link>{listed}</channel></rss>'


def atom(*entries: str, attributes: str = "") -> str:
    listed = "".join(f"<entry><id>urn:uuid:1</id>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom"{attributes}><title>N</title><link rel="self" href="{URL}"/>{listed}</feed>'


BY_THE_STANDARDS = {
    "RSS 2.0": rss(f"<title>T</title><link>{A}</link><guid isPermaLink='false'>17</guid>", f"<link>{B}</link>"),
    "RSS 2.0, a guid that is a permanent link": rss(f"<guid>{A}</guid>", f"<guid isPermaLink='true'>{B}</guid>"),
    "RSS 2.0, Atom's link to itself": rss(
        f'<atom:link rel="self" href="{URL}"/><link>{A}</link>',
        f"<link>{B}</link>",
        head=' xmlns:atom="http://www.w3.org/2005/Atom"',
    ),
    "RSS 1.0": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel>'
    f"<link>https://news.example/</link></channel><item><link>{A}</link></item><item><link>{B}</link></item></rdf:RDF>",
    "Atom": atom(
        f'<link href="{A}"/>',
        f'<link rel="enclosure" href="https://news.example/a.mp3"/><link rel="alternate" type="application/json" href="/b.json"/>'
        f'<link rel="alternate" type="text/html" href="{B}"/>',
    ),
    "Atom with xml:base": atom(
        '<link href="orrin"/>', '<link href="board"/>', attributes=' xml:base="https://news.example/coast/"'
    ),
    "Atom with a prefix and a source": '<a:feed xmlns:a="http://www.w3.org/2005/Atom">'
    f'<a:entry><a:source><a:link href="https://other.example/"/></a:source><a:link href="{A}"/></a:entry>'
    f'<a:entry><a:content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><link href="/no"/></div></a:content>'
    f'<a:link href="{B}"/></a:entry></a:feed>',
    "news sitemap": '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
    f"<url><loc>{A}</loc><news:news><news:publication_date>2026-03-01</news:publication_date><news:title>T</news:title></news:news></url>"
    f"<url><loc>https://news.example/about</loc></url><url><loc>{B}</loc><news:news><news:title>U</news:title></news:news></url></urlset>",
    "sitemap": f"<urlset><url><loc>{A}</loc><lastmod>2026-03-01</lastmod></url><url><loc>{B}</loc></url></urlset>",
    "JSON Feed": json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": A}, {"id": B}, {"id": "3"}, {}, 4]}
    ),
}
AS_FOUND = {
    "links relative to the feed": rss("<link>/coast/orrin</link>", "<link>../coast/board</link>"),
    "CDATA, spaces and line breaks": rss(
        f"<link><![CDATA[\n {A} ]]></link>", f"<title><![CDATA[A & B <b>]]></title><link>\n{B}\n</link>"
    ),
    "a bare ampersand and entities of HTML": rss(
        f"<title>R&D &nbsp; &eacute; &bogus; &#11;</title><link>{A}</link>", f"<link>{B}</link>"
    ),
    "a prefix that is not declared": rss(
        f"<media:content url='x'/><link>{A}</link>", f"<media:title>x</media:title><link>{B}</link>"
    ),
    "text before the declaration": "\n\n  " + rss(f"<link>{A}</link>", f"<link>{B}</link>"),
    "dates that are none": rss(f"<pubDate>yesterday</pubDate><link>{A}</link>", f"<pubDate>99</pubDate><link>{B}</link>"),
    "one guid for all": rss(f"<guid>1</guid><link>{A}</link>", f"<guid>1</guid><link>{B}</link>"),
    "a page twice, with counters of readers": rss(
        f"<link>{A}?utm_source=rss&amp;utm_medium=x</link>", f"<link>{B}#comments</link>", f"<link>{A}</link>"
    ),
    "links of other vocabularies": rss(
        f"<x:link xmlns:x='urn:x'>https://news.example/x</x:link><link>{A}</link>", f"<link>{B}</link>"
    ),
    "entries without a page": rss(
        "<guid isPermaLink='false'>https://news.example/1</guid>",
        "<title>no link</title>",
        f"<link>{A}</link>",
        "<link>mailto:a@b.example</link>",
        f"<link>{B}</link>",
    ),
    "FeedBurner's counter": rss(
        f"<link>https://feedproxy.example/~r/1</link><feedburner:origLink>{A}</feedburner:origLink>", f"<link>{B}</link>"
    ),
    "a feed that breaks off": rss(f"<link>{A}</link>", f"<link>{B}</link>", "<link>https://news.example/cut")[:-40]
    + "<item><lin",
    "a default namespace that nobody knows": rss(
        f"<link>{A}</link>", f"<link>{B}</link>", head=' xmlns="http://backend.userland.com/rss2"'
    ),
    "control characters": rss(f"<title>a\x0bb\x00</title><link>{A}</link>", f"<link>{B}</link>"),
}


def test_reads_what_the_standards_define_and_what_real_feeds_make_of_them() -> None:
    wrong = {name: got for name, feed in (BY_THE_STANDARDS | AS_FOUND).items() if (got := pages(feed)) != [A, B]}
    assert wrong == {}


def test_reads_every_encoding() -> None:
    def feed(declared: str) -> str:
        head = f'<?xml version="1.0"{declared}?>'
        return rss("<title>Fähre, 港湾</title><link>/k%C3%BCste/é</link>").replace('<?xml version="1.0"?>', head)

    expected = ["https://news.example/k%C3%BCste/é"]
    assert pages(feed("").encode("utf-8-sig")) == expected
    assert pages(feed(' encoding="utf-16"').encode("utf-16")) == expected
    assert pages(feed(' encoding="iso-8859-1"').replace("港湾", "").encode("latin-1")) == expected
    assert pages(feed(' encoding="Shift_JIS"').replace("ä", "").replace("é", "湾").encode("shift_jis")) == [
        expected[0][:-1] + "湾"
    ]
    assert pages(feed(' encoding="utf-8"').replace("港湾", "").encode("latin-1"), charset="iso-8859-1") == expected  # HTTP counts


def test_an_entry_that_changed_has_another_marker() -> None:
    def marker(feed: str) -> str:
        return read_feed(feed.encode(), URL)[0].marker

    first = marker(rss(f"<title>T</title><link>{A}</link><pubDate>Sun, 01 Mar 2026 10:00:00 GMT</pubDate>"))
    assert first == marker(rss(f"<link>{A}</link><title> T </title><pubDate>Sun, 01 Mar 2026 10:00:00 GMT</pubDate><x>1</x>"))
    assert first != marker(rss(f"<title>U</title><link>{A}</link><pubDate>Sun, 01 Mar 2026 10:00:00 GMT</pubDate>"))
    assert first != marker(rss(f"<title>T</title><link>{A}</link><pubDate>Sun, 01 Mar 2026 10:05:00 GMT</pubDate>"))
    old, new = (json.dumps({"items": [{"url": A, "date_modified": day}]}) for day in ("2026-03-01", "2026-03-02"))
    assert marker(old) != marker(new)


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ("<html><body>Not found</body></html>", "feed: expected RSS, Atom, JSON Feed or a news sitemap, got <html>"),
        ("<sitemapindex><sitemap/></sitemapindex>", "an index of sitemaps: give the address of its news sitemap"),
        ("", "feed: expected RSS, Atom, JSON Feed or a news sitemap, got nothing"),
        ("  ", "feed: expected well-formed XML, got no element found in line 1"),
        ("{", "feed: expected JSON"),
        ('{"items": 1}', "feed: expected a JSON Feed with a list of items"),
        ('<!DOCTYPE rss [<!ENTITY a "b">]><rss>&a;</rss>', "feed: expected XML that declares no entities, got the entity 'a'"),
        ('<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss>&a;</rss>', "expected XML that declares no entities"),
        ('<!DOCTYPE rss [<!ENTITY % a "b"> %a;]><rss/>', "expected XML that declares no entities"),
        ("<rss>" + "<a>" * 300, "feed: expected at most 200 levels of elements, got more"),
    ],
)
def test_refuses_what_is_no_feed(document: str, said: str) -> None:
    with pytest.raises(FeedInvalid) as caught:
        pages(document)
    assert said in str(caught.value)


def test_a_doctype_alone_is_no_fault() -> None:
    doctype = '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">'
    assert pages(doctype + rss(f"<link>{A}</link>")[21:]) == [A]


def test_reads_as_many_entries_as_a_poll_may_need_and_takes_no_long_time() -> None:
    feeds = [
        rss(*(f"<link>https://news.example/{number}</link>" for number in range(20_000))),
        rss(f"<title>{'x' * 2_000_000}</title><link>{A}</link>"),
        "<rss>" + "<![CDATA[" * 200_000,
        "<rss>" + "&" * 1_000_000,
    ]
    start = time.process_time()
    assert len(pages(feeds[0])) == MAX_ENTRIES
    assert pages(feeds[1]) == [A]
    for feed in feeds[2:]:
        with pytest.raises(FeedInvalid):
            pages(feed)
    assert time.process_time() - start < 10  # seconds; usually 0.7


@given(st.binary(max_size=80) | st.text(alphabet="<>/&;![]CDATArssitemlinkxmlns:='\"# \n", max_size=120).map(str.encode))
def test_any_bytes_are_a_feed_or_refused(data: bytes) -> None:
    for body in (data, b"<rss><item><link>https://a.example/" + data, b'{"items": [' + data):
        with suppress(FeedInvalid):
            assert all(entry.url.startswith(("https://", "http://")) for entry in read_feed(body, URL))
