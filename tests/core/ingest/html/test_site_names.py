"""Tests that a page's headline comes without the name of its site, and never from the site's logo."""

import json
from html import escape

import pytest

from support.reading import read_source

FERRY = "Ferry back in service"
ARTICLE = f"<article><h1>{FERRY}</h1><p>The ferry sails again from Monday, the council said.</p></article>"
NO_HEADING = "<article><p>The ferry sails again from Monday, the council said.</p></article>"


def page(body: str, title: str = "", headline: str = "", publisher: str = "", **meta: str) -> bytes:
    """Returns a page; `meta` are OpenGraph properties without their prefix, `section` and `host` belong to the article."""
    story = {"@type": "NewsArticle", "headline": headline, "articleSection": meta.pop("section", "")}
    story["publisher"] = {"name": publisher}
    host = meta.pop("host", "news.example")
    tags = "".join(f'<meta property="og:{name}" content="{escape(value)}">' for name, value in meta.items())
    script = f'<script type="application/ld+json">{json.dumps(story)}</script>' if headline or publisher else ""
    link = f'<link rel="canonical" href="https://{host}/ferry">'
    return f"<html lang=en><head><title>{escape(title)}</title>{link}{tags}{script}</head><body>{body}</body></html>".encode()


SEPARATED = [f"{FERRY} {mark} Northport Post" for mark in "|-–—·:«»•"] + [f"Northport Post {mark} {FERRY}" for mark in "|-–—·«»•"]
SEPARATED += [f"Northport Post: {FERRY}", f"{FERRY}| Northport Post", f"{FERRY} | NORTHPORT POST"]


@pytest.mark.parametrize("where", ["headline", "title", "og"])
@pytest.mark.parametrize("shown_by", ["publisher", "site_name", "both"])
def test_name_of_the_site_goes_from_either_end(where: str, shown_by: str) -> None:
    names = {"publisher": "Northport Post"} if shown_by != "site_name" else {}
    names |= {"site_name": "Northport Post"} if shown_by != "publisher" else {}
    for line in SEPARATED:
        data = page(NO_HEADING, "", **names, **({"headline": line} if where == "headline" else {}))
        head = f'<meta property="og:title" content="{line}">' if where == "og" else f"<title>{line}</title>"
        data = data.replace(b"<title></title>", head.encode())
        assert read_source(data, "jsonld").headline == FERRY, line


@pytest.mark.parametrize(
    ("parts", "headline"),
    [
        # The heading shows where the headline ends.
        ({"body": ARTICLE, "headline": f"{FERRY} - Northport Post"}, FERRY),
        ({"body": ARTICLE, "headline": f"{FERRY} | News | Northport Post"}, FERRY),
        ({"body": ARTICLE, "headline": f"Northport Post » {FERRY}"}, FERRY),
        ({"body": ARTICLE, "headline": f"{FERRY} - northport.example"}, FERRY),
        ({"body": ARTICLE, "headline": f"{FERRY} – thousands wait on the quay"}, f"{FERRY} – thousands wait on the quay"),
        ({"body": ARTICLE.replace("back", "“back”"), "headline": "Ferry 'back' in service - A Post"}, "Ferry 'back' in service"),
        ({"body": ARTICLE, "headline": f"{FERRY}: Fares"}, f"{FERRY}: Fares"),
        # Names that differ a little, or are only in the address.
        ({"body": NO_HEADING, "headline": f"{FERRY} - BBC News", "publisher": "BBC"}, FERRY),
        ({"body": NO_HEADING, "headline": f"{FERRY} | The Northport Post", "publisher": "Northport Post"}, FERRY),
        ({"body": NO_HEADING, "headline": f"{FERRY} | northportpost.example", "host": "www.northportpost.example"}, FERRY),
        ({"body": NO_HEADING, "headline": f"{FERRY} | Northport Post", "host": "northport-post.example"}, FERRY),
        ({"body": NO_HEADING, "headline": f"{FERRY} | Local | The Post", "publisher": "The Post"}, f"{FERRY} | Local"),
        ({"body": NO_HEADING, "headline": f"{FERRY} | Local | The Post", "publisher": "The Post", "section": "Local"}, FERRY),
        ({"body": NO_HEADING, "headline": "渡轮复航_北港新闻网", "publisher": "北港新闻网"}, "渡轮复航"),
        ({"body": NO_HEADING, "headline": "渡轮复航-北港新闻网", "publisher": "北港新闻网"}, "渡轮复航"),
        ({"body": NO_HEADING, "headline": "フェリー再開：北港新聞", "publisher": "北港新聞"}, "フェリー再開"),
        ({"body": NO_HEADING, "headline": f"{FERRY} | The Post – News from the islands", "publisher": "The Post"}, FERRY),
        ({"body": NO_HEADING, "headline": f"{FERRY} | The Post |", "publisher": "The Post"}, FERRY),
        ({"body": NO_HEADING, "headline": "渡轮今天复航|北港新闻|社会", "publisher": "北港新闻"}, "渡轮今天复航"),
        # What is no site's name stays.
        ({"body": NO_HEADING, "headline": "Ports | The Post | Ferry", "publisher": "The Post"}, "Ports | The Post | Ferry"),
        ({"body": NO_HEADING, "headline": "Mayor sues - BBC says sorry", "publisher": "BBC"}, "Mayor sues - BBC says sorry"),
        ({"body": NO_HEADING, "headline": "Why I left the Post", "publisher": "Post"}, "Why I left the Post"),
        ({"body": NO_HEADING, "headline": "Northport Post", "publisher": "Northport Post"}, "Northport Post"),
        ({"body": NO_HEADING, "headline": "Analysis | Ferry back", "publisher": "Northport Post"}, "Analysis | Ferry back"),
        ({"body": NO_HEADING, "headline": "Storm - 40 dead", "publisher": "Northport Post"}, "Storm - 40 dead"),
        ({"body": NO_HEADING, "headline": "Time: a short history", "publisher": "Clock"}, "Time: a short history"),
        ({"body": NO_HEADING, "headline": "The rise of co-op", "publisher": "Op"}, "The rise of co-op"),
    ],
)  # fmt: skip
def test_only_the_name_of_the_site_goes(parts: dict[str, str], headline: str) -> None:
    assert read_source(page(**parts), "jsonld").headline == headline


LOGOS = [
    '<h1 id="logo"><a href="/">Northport Post</a></h1>',
    '<h1 class="site-title">Northport Post</h1>',
    '<h1><a href="/">Northport Post</a></h1>',
    '<h1><a href="https://news.example">Northport Post</a></h1>',
    '<header><h1>Northport Post</h1></header>',
    '<header role="banner"><div><h1>Northport Post</h1></div></header>',
    '<div class="masthead"><h1>Northport Post</h1></div>',
    '<h1><a href="/"><img alt="Northport Post" src="/l.png"></a></h1>',
]  # fmt: skip


@pytest.mark.parametrize("logo", LOGOS)
def test_heading_of_the_logo_is_no_headline(logo: str) -> None:
    assert read_source(page(logo + ARTICLE), "jsonld").headline == FERRY
    assert read_source(page(logo + ARTICLE, f"{FERRY} | Northport Post"), "jsonld").headline == FERRY
    assert read_source(page(logo + NO_HEADING, f"{FERRY} | Northport Post"), "jsonld").headline == FERRY


@pytest.mark.parametrize("title", [f"{FERRY} | Northport Post", f"Northport Post - {FERRY}"])
@pytest.mark.parametrize("body", ["<h1>Northport Post</h1><h2>Ferry</h2><p>x</p>", "<nav><h1>Northport Post</h1></nav><p>x</p>"])
def test_heading_that_the_title_calls_the_site_is_no_headline(title: str, body: str) -> None:
    assert read_source(page(body, title), "jsonld").headline == FERRY


def test_heading_that_is_marked_as_the_headline_comes_first() -> None:
    for mark in ("itemprop=headline", "class=entry-title"):
        assert read_source(page(f"<h1>Northport</h1><div><h1 {mark}>{FERRY}</h1></div>"), "jsonld").headline == FERRY


def test_heading_in_the_header_of_an_article_is_its_headline() -> None:
    assert read_source(page(f"<article><header><h1>{FERRY}</h1></header></article>"), "jsonld").headline == FERRY
    kicker = f'<h1><span class="kicker">Ports</span>{FERRY}</h1>'
    article = read_source(page(kicker), "jsonld")
    assert (article.kicker, article.headline) == ("Ports", FERRY)
