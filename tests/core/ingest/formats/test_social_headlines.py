"""Tests which titles an article's social desk wrote for cards, and which are only its headline with a site's name."""

import json

import pytest

from storycard.article import SocialHeadlines
from storycard.ingest import read_native
from storycard.ingest.formats.native import to_native
from support.reading import read_source

LONG = "A long headline for the front page of the island’s paper"
SHORT, X = "Short social headline", "Shorter for X"


def ghost(**fields: object) -> bytes:
    return json.dumps({"post": {"current": {"id": "a", "title": LONG} | fields}}).encode()


def wordpress(**yoast: str) -> bytes:
    return json.dumps({"id": 1, "type": "post", "title": {"rendered": LONG}, "yoast_head_json": yoast}).encode()


def ans(**headlines: str) -> bytes:
    return json.dumps({"_id": "a", "type": "story", "headlines": {"basic": LONG} | headlines}).encode()


def page(story: str = LONG, **meta: str) -> bytes:
    tags = "".join(f'<meta property="{name.replace("_", ":", 1)}" content="{value}">' for name, value in meta.items())
    script = json.dumps({"@type": "NewsArticle", "headline": story, "publisher": {"name": "Island Paper"}})
    return f'<html lang=en><head>{tags}<script type="application/ld+json">{script}</script></head><p>Text.</p></html>'.encode()


CASES = [
    ("ghost", ghost(og_title=SHORT), (SHORT, "")),
    ("ghost", ghost(og_title=SHORT, twitter_title=X), (SHORT, X)),
    ("ghost", ghost(twitter_title=X), ("", X)),
    ("ghost", ghost(og_title=SHORT, twitter_title=SHORT), (SHORT, "")),
    ("ghost", ghost(og_title=SHORT, twitter_title=LONG), (SHORT, LONG)),
    ("ghost", ghost(og_title=LONG, twitter_title=LONG.upper()), ("", "")),
    ("ghost", ghost(og_title=None, twitter_title="  "), ("", "")),
    ("ghost", ghost(og_title="The <b>short</b> one"), ("The <b>short</b> one", "")),
    ("ghost", ghost(meta_title="For search engines"), ("", "")),
    ("wordpress", wordpress(og_title=SHORT), (SHORT, "")),
    ("wordpress", wordpress(og_title=f"{SHORT} - Island Paper", og_site_name="Island Paper", twitter_title=X), (SHORT, X)),
    ("wordpress", wordpress(og_title=f"{LONG} - Island Paper", og_site_name="Island Paper"), ("", "")),
    ("wordpress", wordpress(og_title=f"{LONG} | Island Paper"), ("", "")),
    ("wordpress", wordpress(title="For search engines", og_title="For search engines"), ("", "")),
    ("wordpress", wordpress(og_title="Salt &amp; Pepper"), ("Salt & Pepper", "")),
    ("ans", ans(social=SHORT), (SHORT, "")),
    ("ans", ans(social=LONG, meta_title="For search engines"), ("", "")),
    ("ans", ans(social="<em>Short</em> one"), ("Short one", "")),
    ("jsonld", page(og_title=SHORT), (SHORT, "")),
    ("jsonld", page(og_title=SHORT, twitter_title=X), (SHORT, X)),
    ("jsonld", page(og_title=f"{SHORT} | Island Paper", twitter_title=f"{SHORT} · Island Paper"), (SHORT, "")),
    ("jsonld", page(og_title=f"{LONG} - Island Paper", og_site_name="Island Paper"), ("", "")),
    ("jsonld", page(og_title="A long headline for the front page of…"), ("", "")),
    ("jsonld", page(og_title=f"Opinion | {LONG}"), ("", "")),
    ("jsonld", page(story="", og_title=LONG), ("", "")),
    ("jsonld", page(og_title="Island Paper", twitter_title="ISLAND PAPER"), ("", "")),
    ("wordpress", wordpress(og_title="Island Paper", og_site_name="Island Paper"), ("", "")),
    ("native", json.dumps({"id": "a", "headline": LONG, "social_headlines": {"all": SHORT, "x": X}}).encode(), (SHORT, X)),
    ("native", json.dumps({"id": "a", "headline": LONG, "social_headlines": {"all": None, "x": "**X**"}}).encode(), ("", "X")),
    ("native", json.dumps({"id": "a", "headline": LONG, "social_headlines": None}).encode(), ("", "")),
]


@pytest.mark.parametrize(("name", "source", "titles"), CASES)
def test_reads_the_titles_that_were_written_for_social_networks(name: str, source: bytes, titles: tuple[str, str]) -> None:
    article = read_source(source, name, article_id="a", language="en")
    assert (article.headline, article.social_headlines) == (LONG, SocialHeadlines(*titles))
    assert read_native(json.dumps(to_native(article)).encode()) == article


@pytest.mark.parametrize(("name", "source", "titles"), CASES)
def test_a_source_may_turn_them_off(name: str, source: bytes, titles: tuple[str, str]) -> None:
    article = read_source(source, name, article_id="a", language="en", social_titles=False)
    assert (article.headline, article.social_headlines) == (LONG, SocialHeadlines())


def test_they_head_the_cards() -> None:
    article = read_source(ghost(og_title=SHORT, twitter_title=X), "ghost", language="en")
    assert [article.headline_on(name) for name in ("og", "x", "square")] == [SHORT, X, SHORT]
    article = read_source(ghost(twitter_title=X), "ghost", language="en")
    assert [article.headline_on(name) for name in ("og", "x", "square")] == [LONG, X, LONG]
