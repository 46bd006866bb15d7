"""Reads posts with the fields that Storycard's plugin for WordPress adds."""

import json

from storycard.article import Article, ArticleImage, PullQuote, SocialHeadlines
from support.reading import read_source

BODY = (
    "<p>The harbour ferries will run through the night from Friday.</p>"
    "<ul><li>Six boats leave every hour until five</li><li>Tickets cost as much as by day</li></ul>"
    "<blockquote><p>Nobody should have to swim home after work.</p><cite>Ada Quist</cite></blockquote>"
)


def read(**fields: object) -> Article:
    post = {
        "id": 7,
        "type": "post",
        "status": "publish",
        "link": "https://news.example/ferries",
        "title": {"rendered": "Ferries run all night"},
        "content": {"rendered": BODY},
        "yoast_head_json": {"og_image": [{"url": "https://cards.example/cards/7/0123456789abcdef/headline/og.png"}]},
        "_embedded": {"wp:term": [[{"taxonomy": "category", "name": "Transport"}]]},
    }
    return read_source(json.dumps(post | {"storycard": fields}).encode(), "wordpress", language="en")


def test_fields_of_the_plugin_come_before_those_of_the_api() -> None:
    article = read(
        language="en-GB",
        social_headlines={"all": "Boats &amp; buses all night", "x": ""},
        deck="A trial of one year",
        description="What the council decided.",
        section="Harbour",
        byline=["Ida Holm", "Li Wei"],
        label="live",
        paid=True,
    )
    assert article.language == "en-GB"
    assert article.social_headlines == SocialHeadlines("Boats & buses all night")
    assert (article.deck, article.summary, article.section) == ("A trial of one year", "What the council decided.", "Harbour")
    assert (article.byline, article.label, article.paid) == (("Ida Holm", "Li Wei"), "live", True)


def test_empty_fields_leave_what_the_api_says() -> None:
    article = read(
        social_headlines={"all": "", "x": ""}, deck="", section="", byline=[], label="", key_fact="", quote={"text": ""}
    )
    assert (article.language, article.section, article.label) == ("en", "Transport", "")
    assert article.bullets[0] == "Six boats leave every hour until five"
    assert article.quotes == (PullQuote("Nobody should have to swim home after work.", "Ada Quist"),)


def test_editors_key_fact_and_quote_come_first_and_once() -> None:
    quote = {"text": "“Boats never sleep.”", "speaker": "Bo Lind"}
    article = read(key_fact="Tickets cost as much as by day", quote=quote)
    assert article.bullets == ("Tickets cost as much as by day", "Six boats leave every hour until five")
    assert article.quotes[0] == PullQuote("Boats never sleep.", "Bo Lind")
    assert article.pull_line == "Boats never sleep."
    assert len(article.quotes) == 2


def test_quote_without_a_speaker_is_left_out() -> None:
    assert [quote.speaker for quote in read(quote={"text": "Boats never sleep.", "speaker": ""}).quotes] == ["Ada Quist"]


def test_photograph_is_the_plugins_and_never_our_own_card() -> None:
    assert read(image=None).image is None
    image = {
        "url": "https://news.example/a.jpg",
        "alt": "A boat",
        "caption": "At night. Photo: Ruth Pellow",
        "focal_point": [0.25, 1],
    }
    expected = ArticleImage("https://news.example/a.jpg", credit="Ruth Pellow", alt="A boat", focal_point=(0.25, 1.0))
    assert read(image=image).image == expected
    for point in ([0.5], [0.5, 2], None, "0.5,0.5", [None, 1]):
        assert read(image=image | {"focal_point": point}).image.focal_point is None


def test_closed_text_is_on_no_card_but_the_editors_fields_are() -> None:
    article = read(closed=True, key_fact="Eleven boats are new")
    assert (article.bullets, article.quotes) == (("Eleven boats are new",), ())


def test_other_values_under_the_name_are_ignored() -> None:
    for value in ("x", 1, None, [], ["a"]):
        post = {"id": 7, "title": {"rendered": "Ferries run all night"}, "storycard": value}
        assert read_source(json.dumps(post).encode(), "wordpress", language="en").headline == "Ferries run all night"
