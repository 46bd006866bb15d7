"""Tests that text which a reader without an account may not see reaches no field of an article, in any format.

Every closed word is SECRET, every word that may be shown is not.
"""

import json

import pytest

from storycard.article import Article
from storycard.errors import ArticleInvalid
from storycard.ingest.closed_text import closes_text, text_before_divider, without_closed_blocks
from storycard.ingest.formats.native import to_native
from storycard.language.reading_words import ReadingWords
from support.reading import LANGUAGES, read_source

SECRET_HTML = (
    "<p>SECRET text of the article, which goes on for a while and says “SECRET words that somebody said”, said Ana SECRET.</p>"
    "<ul><li>SECRET first point of the list</li><li>SECRET second point of the list</li></ul>"
    "<h2>Who keeps the SECRET from us?</h2><p>SECRET answer.</p><h2>When is the SECRET told?</h2><p>SECRET answer.</p>"
    "<blockquote><p>SECRET quote of somebody</p><cite>Ana SECRET</cite></blockquote>"
)
FREE_HTML = "<p>The ferry sails at ten tonight.</p><ul><li>Six boats run all night</li><li>Tickets cost three crowns</li></ul>"


def read(name: str, source: object, **options: bool) -> Article:
    data = source.encode() if isinstance(source, str) else json.dumps(source).encode()
    return read_source(data, name, article_id="a", language="en", **options)


def shown(article: Article) -> str:
    return json.dumps(to_native(article), ensure_ascii=False)


def lexical(*nodes: dict[str, object]) -> str:
    return json.dumps({"root": {"type": "root", "children": nodes}})


def paragraph(text: str) -> dict[str, object]:
    return {"type": "paragraph", "children": [{"type": "extended-text", "text": text}]}


def mobiledoc(*sections: object, cards: list[object]) -> str:
    return json.dumps({"version": "0.3.1", "atoms": [], "markups": [], "cards": cards, "sections": sections})


GHOST = {"id": "a", "title": "Ferries", "status": "published", "excerpt": "SECRET excerpt", "plaintext": "SECRET text"}
DIVIDED = {
    "html": {"html": f"{FREE_HTML}<!--members-only-->{SECRET_HTML}"},
    "lexical": {"lexical": lexical(paragraph("The ferry sails at ten tonight."), {"type": "paywall"}, paragraph("SECRET"))},
    "mobiledoc": {
        "mobiledoc": mobiledoc(
            [1, "p", [[0, [], 0, "The ferry sails at ten tonight."]]],
            [10, 0],
            [1, "p", [[0, [], 0, "SECRET"]]],
            cards=[["paywall", {}]],
        )
    },
}


@pytest.mark.parametrize("document", DIVIDED)
@pytest.mark.parametrize("visibility", ["members", "paid", "tiers", "filter", "label:vip"])
def test_ghost_post_for_members_shows_its_public_preview(visibility: str, document: str) -> None:
    article = read("ghost", GHOST | DIVIDED[document] | {"visibility": visibility})
    assert article.summary == "The ferry sails at ten tonight."
    assert "SECRET" not in shown(article)
    assert len(article.bullets) == (2 if document == "html" else 0)


@pytest.mark.parametrize("visibility", ["members", "paid", "tiers", "filter", "label:vip"])
@pytest.mark.parametrize(
    ("written", "summary"),
    [
        ({}, ""),
        ({"custom_excerpt": "Ferries run all night from Friday."}, "Ferries run all night from Friday."),
        ({"og_description": "Ferries run all night from Friday."}, "Ferries run all night from Friday."),
    ],
)
def test_closed_ghost_post_shows_its_headline_and_what_was_written_about_it(
    visibility: str, written: dict[str, str], summary: str
) -> None:
    article = read("ghost", GHOST | {"html": SECRET_HTML, "visibility": visibility} | written)
    assert (article.headline, article.summary) == ("Ferries", summary)
    assert "SECRET" not in shown(article)


def test_public_ghost_post_shows_its_text_after_the_divider_too() -> None:
    article = read("ghost", GHOST | {"html": f"{FREE_HTML}<!--members-only-->{SECRET_HTML}", "visibility": "public"})
    assert article.quotes


HIDDEN_CARDS = {
    "html": {
        "html": f'{FREE_HTML}\n<!--kg-gated-block:begin nonMember:false memberSegment:"status:-free" -->{SECRET_HTML}'
        "<!--kg-gated-block:end-->\n<p>Last words.</p>"
    },
    "lexical": {
        "lexical": lexical(
            paragraph("The ferry sails at ten tonight."),
            {"type": "html", "html": SECRET_HTML, "visibility": {"web": {"nonMember": False}}},
            {"type": "html", "html": SECRET_HTML, "visibility": {"showOnWeb": False}},
            paragraph("Last words."),
        )
    },
    "mobiledoc": {
        "mobiledoc": mobiledoc(
            [1, "p", [[0, [], 0, "The ferry sails at ten tonight."]]],
            [10, 0],
            [10, 1],
            cards=[["email", {"html": SECRET_HTML}], ["email-cta", {"html": SECRET_HTML}]],
        )
    },
}


@pytest.mark.parametrize("document", HIDDEN_CARDS)
def test_public_ghost_post_hides_its_cards_for_members_and_for_email(document: str) -> None:
    excerpt = {} if document == "mobiledoc" else {"excerpt": "SECRET excerpt"}
    article = read("ghost", {"id": "a", "title": "Ferries", "visibility": "public"} | excerpt | HIDDEN_CARDS[document])
    assert article.summary == "The ferry sails at ten tonight."
    assert "SECRET" not in shown(article)


@pytest.mark.parametrize("fields", [{"status": "sent"}, {"email_only": True}])
def test_ghost_post_sent_by_email_only_is_a_draft(fields: dict[str, object]) -> None:
    assert read("ghost", GHOST | {"html": FREE_HTML} | fields).status == "draft"


POST = {"ID": 7, "post_title": "Ferries", "post_status": "publish", "post_type": "post", "post_content": FREE_HTML}
REST = {"id": 7, "title": {"rendered": "Ferries"}, "status": "publish", "type": "post", "content": {"rendered": FREE_HTML}}


@pytest.mark.parametrize("envelope", [lambda post: post, lambda post: {"post": post}, lambda post: {"data": post}])
@pytest.mark.parametrize(
    "post",
    [
        POST | {"post_password": "tide"},
        *(POST | {"post_status": name} for name in ("private", "draft", "pending", "auto-draft", "inherit", "future", "odd")),
        REST | {"password": "tide"},
        REST | {"content": {"rendered": "", "protected": True}},
        REST | {"excerpt": {"rendered": "", "protected": True}},
        *(REST | {"status": name} for name in ("private", "draft", "pending", "auto-draft", "inherit", "future", "odd")),
    ],
)
def test_wordpress_post_that_is_not_public_is_a_draft(envelope, post: dict[str, object]) -> None:
    assert read("wordpress", envelope(post)).status == "draft"


@pytest.mark.parametrize("envelope", [lambda post: post, lambda post: {"post": post}, lambda post: {"data": post}])
@pytest.mark.parametrize("kind", ["page", "attachment", "revision", "nav_menu_item", "wp_block", "product", "wp_template"])
@pytest.mark.parametrize("post", [POST, REST], ids=["object", "rest"])
def test_rejects_a_wordpress_post_of_another_type(envelope, post: dict[str, object], kind: str) -> None:
    name = "post_type" if "post_type" in post else "type"
    with pytest.raises(ArticleInvalid, match=f"type: expected 'post', .* got '{kind}'"):
        read("wordpress", envelope(post | {name: kind}))


def test_wordpress_post_for_subscribers_shows_its_public_preview() -> None:
    divided = POST | {"post_content": f"{FREE_HTML}<!-- wp:jetpack/paywall /-->{SECRET_HTML}"}
    for access, closed in (("subscribers", True), ("paid_subscribers", True), ("everybody", False)):
        article = read("wordpress", divided | {"meta": {"_jetpack_newsletter_access": access}})
        assert ("SECRET" not in shown(article)) == closed
    article = read("wordpress", POST | {"post_content": SECRET_HTML, "meta": {"_jetpack_newsletter_access": "subscribers"}})
    assert (article.headline, "SECRET" in shown(article)) == ("Ferries", False)


def test_wordpress_post_hides_its_blocks_for_subscribers() -> None:
    block = f"<!-- wp:premium-content/subscriber-view -->{SECRET_HTML}<!-- /wp:premium-content/subscriber-view -->"
    assert "SECRET" not in shown(read("wordpress", POST | {"post_content": FREE_HTML + block}))


def page(json_ld: dict[str, object], body: str, head: str = "") -> str:
    story = {"@type": "NewsArticle", "headline": "Ferries", "description": "Ferries run all night from Friday."} | json_ld
    return (
        f'<html lang="en"><head>{head}<script type="application/ld+json">{json.dumps(story)}</script></head>'
        f"<body><article>{body}</article></body></html>"
    )


LONG_FREE = "<p>" + "The ferry sails at ten tonight. " * 12 + "</p>"
CLOSED_PART = {"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".for-subscribers"}


@pytest.mark.parametrize("false", [False, "False", "false", "https://schema.org/False", "http://schema.org/False"])
@pytest.mark.parametrize("as_list", [False, True])
def test_page_is_read_without_its_closed_parts(false: object, as_list: bool) -> None:
    part = CLOSED_PART | {"isAccessibleForFree": false}
    story = {"isAccessibleForFree": false, "hasPart": [part] if as_list else part, "articleBody": "SECRET body"}
    article = read("jsonld", page(story, f'{LONG_FREE}{FREE_HTML}<div class="for-subscribers">{SECRET_HTML}</div>'))
    assert len(article.bullets) == 2
    assert "SECRET" not in shown(article)


def test_page_whose_whole_article_is_a_closed_part_keeps_its_description() -> None:
    story = {"isAccessibleForFree": False, "hasPart": [CLOSED_PART], "articleBody": "SECRET body"}
    article = read("jsonld", f'<div class="for-subscribers">{page(story, SECRET_HTML * 4)}</div>')
    assert "SECRET" not in shown(article)
    inner = read("jsonld", page(story, f'<div class="for-subscribers">{SECRET_HTML * 4}</div><p>Subscribe to read on.</p>'))
    assert (inner.headline, inner.summary) == ("Ferries", "Ferries run all night from Friday.")
    assert "SECRET" not in shown(inner)


@pytest.mark.parametrize(
    ("json_ld", "head"),
    [
        ({"isAccessibleForFree": False}, ""),
        ({"isAccessibleForFree": "https://schema.org/False"}, ""),
        ({"hasPart": [CLOSED_PART | {"cssSelector": None}]}, ""),
        ({"hasPart": [CLOSED_PART | {"cssSelector": "p:::["}]}, ""),
        ({"hasPart": [CLOSED_PART | {"cssSelector": "." + "x" * 300}]}, ""),
        ({}, '<meta itemprop="isAccessibleForFree" content="false">'),
        ({}, '<meta property="article:content_tier" content="locked">'),
        ({}, '<meta property="article:content_tier" content="metered">'),
    ],
)
def test_closed_page_without_a_selector_keeps_headline_and_description(json_ld: dict[str, object], head: str) -> None:
    article = read("jsonld", page(json_ld | {"articleBody": "SECRET body"}, LONG_FREE + SECRET_HTML, head))
    assert (article.headline, article.summary) == ("Ferries", "Ferries run all night from Friday.")
    assert "SECRET" not in shown(article)


@pytest.mark.parametrize("true", [True, "True", "https://schema.org/True", None])
def test_open_page_is_read_in_full(true: object) -> None:
    assert read("jsonld", page({"isAccessibleForFree": true}, LONG_FREE + SECRET_HTML)).quotes


STORY = {
    "_id": "a",
    "type": "story",
    "headlines": {"basic": "Ferries"},
    "description": {"basic": "Ferries run all night from Friday."},
    "content_elements": [{"type": "raw_html", "content": SECRET_HTML}],
}


@pytest.mark.parametrize("code", ["premium", "metered", "subscriber", "plus", "locked", "hard", "1"])
def test_ans_story_with_a_content_code_keeps_headline_and_description(code: str) -> None:
    article = read("ans", STORY | {"content_restrictions": {"content_code": code}})
    assert (article.headline, article.summary) == ("Ferries", "Ferries run all night from Friday.")
    assert "SECRET" not in shown(article)


@pytest.mark.parametrize("code", ["free", "Free", "0", "open", "", None])
def test_ans_story_with_an_open_code_is_read_in_full(code: str | None) -> None:
    assert read("ans", STORY | {"content_restrictions": {"content_code": code}}).quotes


@pytest.mark.parametrize("kind", ["gallery", "image", "video", "audio", "redirect", "collection", "results"])
def test_rejects_an_ans_document_of_another_type(kind: str) -> None:
    with pytest.raises(ArticleInvalid, match="type: expected 'story'"):
        read("ans", STORY | {"type": kind})


ITEM = {
    "uri": "urn:a:b",
    "type": "text",
    "headline": "Ferries",
    "description_text": "Ferries run all night from Friday.",
    "body_html": SECRET_HTML,
}


@pytest.mark.parametrize(
    "fields",
    [
        {"usageterms": "Premium content: for subscribers only."},
        {"usageTerms": "Nur für Abonnenten"},
        {"signals": ["premium"]},
        {"signals": [{"name": "Paid", "uri": "sig:paid"}]},
        {"signals": [{"literal": "behind the paywall"}]},
        {"accessLevel": "subscriber"},
        {"isAccessibleForFree": False},
    ],
)
def test_ninjs_item_for_subscribers_keeps_headline_and_description(fields: dict[str, object]) -> None:
    article = read("ninjs", ITEM | fields)
    assert (article.headline, article.summary) == ("Ferries", "Ferries run all night from Friday.")
    assert "SECRET" not in shown(article)


@pytest.mark.parametrize(
    "fields",
    [
        {"usageterms": "This content is intended for editorial use only. For other uses, additional clearances may be required."},
        {"signals": ["newscontent", "singlesource", "whitelisted"]},
        {"signals": [{"uri": "http://cv.iptc.org/newscodes/signal/update"}]},
    ],
)
def test_ninjs_item_with_ordinary_terms_is_read_in_full(fields: dict[str, object]) -> None:
    assert read("ninjs", ITEM | fields).quotes


@pytest.mark.parametrize("kind", ["picture", "graphic", "audio", "video", "composite", "component", "planning", "event"])
def test_rejects_a_ninjs_item_of_another_type(kind: str) -> None:
    with pytest.raises(ArticleInvalid, match="type: expected 'text'"):
        read("ninjs", ITEM | {"type": kind})


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("ghost", GHOST | {"html": SECRET_HTML, "visibility": "paid"}),
        ("ghost", GHOST | {"html": f"{FREE_HTML}<!--members-only-->{SECRET_HTML}", "visibility": "paid"}),
        ("wordpress", POST | {"post_content": SECRET_HTML, "meta": {"_jetpack_newsletter_access": "subscribers"}}),
        ("jsonld", page({"hasPart": CLOSED_PART}, f"<div class=for-subscribers>{SECRET_HTML}</div>")),
        ("jsonld", page({"isAccessibleForFree": False}, LONG_FREE + SECRET_HTML)),
        ("ans", STORY | {"content_restrictions": {"content_code": "premium"}}),
        ("ninjs", ITEM | {"signals": ["premium"]}),
    ],
)
def test_paid_text_reads_closed_text(name: str, source: object) -> None:
    assert any("SECRET" in quote.text for quote in read(name, source, paid_text=True).quotes)


def test_language_of_a_closed_article_is_detected_from_its_text() -> None:
    german = "<p>" + "Die Nachtfähre fährt wieder und bringt Menschen und Brot auf die Insel. " * 5 + "</p>"
    source = {"id": "a", "title": "Ostsee", "html": german, "visibility": "paid"}
    article = read_source(json.dumps(source).encode(), "ghost")
    assert (article.language, article.summary) == ("de", "")


def test_finds_dividers_and_blocks_in_every_notation() -> None:
    assert text_before_divider("<p>a</p>") is None
    assert text_before_divider("<p>a</p><!--members-only--><p>b</p>") == "<p>a</p>"
    block = '<!--kg-gated-block:begin nonMember:{} memberSegment:"status:free" -->b<!--kg-gated-block:end-->'
    assert without_closed_blocks(f"a{block.format('false')}c") == "ac"
    assert without_closed_blocks("a<!--kg-gated-block:begin nonMember:false-->b") == "a"
    assert "b" in without_closed_blocks(f"a{block.format('true')}c")


@pytest.mark.parametrize(
    "terms",
    [
        "For subscribers-only use",
        "subscribersOnly",
        "Paywalled",
        "Nur für Abonnentinnen",
        "Réservée aux abonnés",
        "Sólo suscriptores",
    ],
)
def test_terms_of_several_languages_close_a_text(terms: str) -> None:
    assert closes_text([], terms, LANGUAGES.reading_words)
    assert not closes_text([], terms, ReadingWords())


def test_ordinary_sentences_do_not_close_a_text() -> None:
    terms = "Members of the press may use this text. Not for sale."
    assert not closes_text(["update", "member-states"], terms, LANGUAGES.reading_words)
