"""Tests that an excerpt made by a machine is neither deck nor summary, and one that somebody wrote is both."""

import json

import pytest

from support.reading import read_source

FIRST = "The ferry sails again from Monday after six winters in dry dock, the harbour’s council said on Sunday night."
TEXT = f"<p>{FIRST}</p><p>It carries forty cars and two hundred people an hour.</p>"
WRITTEN = "After six winters the island has its boat again."


def wordpress(content: str = TEXT, **fields: object) -> bytes:
    post = {"id": 1, "status": "publish", "type": "post", "lang": "en", "title": {"rendered": "Ferry back in service"}}
    return json.dumps(post | {"content": {"rendered": content}} | fields).encode()


def ghost(**fields: object) -> bytes:
    return json.dumps({"post": {"current": {"id": "a", "title": "Ferry back in service", "html": TEXT} | fields}}).encode()


@pytest.mark.parametrize(
    "excerpt",
    [
        "<p>The ferry sails again from Monday after six winters in dry dock, the harbour&#8217;s council [&hellip;]</p>",
        "<p>The ferry sails again from Monday after six winters [...]</p>",
        f"<p>{FIRST}</p>",
        "<p>The ferry sails again from Monday after six winters&hellip;</p>",
        '<p>The ferry sails again <a class="more-link" href="/x"><span class="screen-reader-text">Ferry</span></a></p>',
        "<p>Share this: The ferry sails again [&#8230;]</p>",
    ],
)
def test_excerpt_that_wordpress_made_is_not_used(excerpt: str) -> None:
    article = read_source(wordpress(excerpt={"rendered": excerpt}), "wordpress")
    assert (article.deck, article.summary) == ("", FIRST)
    article = read_source(wordpress(f"<figure><figcaption>At the quay</figcaption></figure>{TEXT}", excerpt=excerpt), "wordpress")
    assert (article.deck, article.summary) == ("", FIRST)


@pytest.mark.parametrize(
    "excerpt", [{"rendered": f"<p>{WRITTEN}</p>"}, {"rendered": f"<p>{FIRST}</p>", "raw": WRITTEN}, f"<p>{WRITTEN}</p>", WRITTEN]
)
def test_excerpt_that_somebody_wrote_in_wordpress_is_the_deck(excerpt: object) -> None:
    article = read_source(wordpress(excerpt=excerpt), "wordpress")
    assert (article.deck, article.summary) == (WRITTEN, WRITTEN)


def test_excerpt_that_begins_the_text_in_whole_sentences_is_no_deck() -> None:
    longer = TEXT.replace("</p>", " Nobody believed it.</p>", 1)
    article = read_source(wordpress(longer, excerpt={"rendered": f"<p>{FIRST}</p>"}), "wordpress")
    assert (article.deck, article.summary) == ("", FIRST)


def test_only_the_custom_excerpt_of_ghost_is_used() -> None:
    article = read_source(ghost(excerpt=FIRST[:60], custom_excerpt=None), "ghost", language="en")
    assert (article.deck, article.summary) == ("", FIRST)
    article = read_source(ghost(excerpt=WRITTEN, custom_excerpt=WRITTEN), "ghost", language="en")
    assert (article.deck, article.summary) == (WRITTEN, WRITTEN)


@pytest.mark.parametrize("cut", [FIRST[:60] + "…", FIRST[:60] + "...", FIRST[:60].rsplit(" ", 1)[0], f"{FIRST[:40]} [&hellip;]"])
@pytest.mark.parametrize("name", ["jsonld", "ans", "wordpress"])
def test_description_that_was_cut_from_the_text_is_not_used(name: str, cut: str) -> None:
    page = f"""<html lang=en><title>Ferry</title><meta name=description content="{cut}"><article>{TEXT * 3}</article>"""
    story = {"_id": "a", "type": "story", "headlines": {"basic": "Ferry back"}, "description": {"basic": cut}}
    story["content_elements"] = [{"type": "text", "content": FIRST}]
    sources = {"jsonld": page.encode(), "ans": json.dumps(story).encode(), "wordpress": wordpress(excerpt={"raw": cut})}
    article = read_source(sources[name], name, article_id="a", language="en")
    assert (article.deck, article.summary) == ("", FIRST)


def test_description_that_is_a_whole_sentence_of_the_text_is_used() -> None:
    page = f"<html lang=en><title>Ferry</title><meta name=description content='{FIRST}'><article>{TEXT * 3}</article>"
    article = read_source(page.encode(), "jsonld", article_id="a")
    assert (article.deck, article.summary) == (FIRST, FIRST)
