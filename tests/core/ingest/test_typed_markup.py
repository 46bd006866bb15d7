"""Tests what mark-up in plain text means, and that what only looks like mark-up stays as it was typed."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storycard.article import Article, ArticleImage, PullQuote
from storycard.ingest import read_native
from storycard.ingest.formats.native import to_native
from support.reading import read_source

MEANT = {
    # Character references, once or twice.
    "Tom &amp; Jerry&#8217;s <em>Hamlet</em>": "Tom & Jerry’s Hamlet",
    "Salt &amp; Pepper": "Salt & Pepper",
    "Salt &amp;amp; Pepper": "Salt & Pepper",
    "It&#39;s a &quot;storm&quot;&nbsp;&mdash; really": 'It\'s a "storm"\u00a0— really',
    "Caf&eacute; &#x1F600;": "Café 😀",
    "How the &lt;details&gt; element won": "How the <details> element won",
    # Well-formed HTML.
    "<p>Storm hits the coast</p>": "Storm hits the coast",
    "<strong>Storm</strong> hits the <i>whole</i> coast": "Storm hits the whole coast",
    "Storm hits<br>the coast": "Storm hits the coast",
    "Storm hits<br />the coast": "Storm hits the coast",
    "CO<sub>2</sub> and 10<sup>6</sup>": "CO₂ and 10⁶",
    '<a href="https://news.example/?a=1&b=2">Storm</a> hits': "Storm hits",
    '<span style="color: red">Storm</span> hits': "Storm hits",
    "Ferry <del>sails</del><ins>sailed</ins> again": "Ferry sailed again",
    "<b>Storm <i>hits</i></b> the coast": "Storm hits the coast",
    "Storm<!-- note --> hits": "Storm hits",
    "The <b>storm</b> and the <details> element": "The storm and the <details> element",
    "Storm hits <script>track()</script>the coast": "Storm hits the coast",
    # Markdown.
    "**Storm** hits the _whole_ coast": "Storm hits the whole coast",
    "*Storm* hits the __whole__ coast": "Storm hits the whole coast",
    "***Storm*** hits “*Hamlet*”": "Storm hits “Hamlet”",
    "**Storm**: the *whole* coast, (*all* of it)": "Storm: the whole coast, (all of it)",
    "**Storm**s hit": "Storms hit",
    "هبت *العاصفة*، على _الساحل_؟": "هبت العاصفة، على الساحل؟",
    "*Hamlet*’s castle / *Macbeth*’s": "Hamlet’s castle / Macbeth’s",
    "**暴风雨**袭击*海岸*": "暴风雨袭击海岸",
    "The `details` element": "The details element",
    "The `<b>x</b>` element": "The <b>x</b> element",
    "[Storm](https://news.example/a_b_c) hits [the coast](/coast)": "Storm hits the coast",
    '[Storm](https://news.example "A title") hits': "Storm hits",
    "Storm ~~hits~~ missed": "Storm missed",
    "**Salt &amp; Pepper** <em>sail</em>": "Salt & Pepper sail",
    "_Storm_ hits, **he said.**": "Storm hits, he said.",
}
TYPED = [
    "From <b> to <strong>",
    "How the <details> element broke Reuters",
    "The <b> and </b> explained",
    "What </div> is for",
    "Use <br> or <hr> here",
    "2 * 3 * 4",
    "2*3*4 is 24",
    "2**3**2 is 512",
    "snake_case and other_snake_case",
    "a < b",
    "a<b and c>d",
    "1 < 2 > 0 & 3",
    "I <3 you <3",
    "AT&T, R&D, Q&A and this&notthat",
    "Tom &Jerry; and &nosuch; names",
    "f*** the s**t they f**k",
    "Price* and terms*",
    "* one * two",
    "* terms apply",
    "@_anna_ and @b_ob_ at https://news.example/_a_/b_c_",
    "Hawai`i and O`ahu and Moloka`i",
    "¯\\_(ツ)_/¯",
    "He said [sic](p. 3) and [laughs]",
    "[1] and [2](no address here)",
    "<Anna> and <anna@news.example>",
    "<https://news.example/a>",
    "Array<String> and List<T>",
    "5 ~~ 6 ~ 7",
    "**** (four stars)",
    "A ** B ** C and _ d _",
    "#1 & #2; 100%",
]


def read(**fields: object) -> Article:
    return read_native(json.dumps({"id": "a", "headline": "Ferry", "language": "en"} | fields).encode())


@pytest.mark.parametrize("text", MEANT)
def test_markup_in_plain_text_is_read_as_what_it_means(text: str) -> None:
    article = read(headline=text)
    assert article.headline == MEANT[text]
    assert [notice.partition(":")[0] for notice in article.notices] == ["headline"]


@pytest.mark.parametrize("text", TYPED)
def test_what_is_not_paired_stays_as_it_was_typed(text: str) -> None:
    article = read(headline=text)
    assert (article.headline, article.notices) == (text, ())


def test_every_text_field_is_read_and_named() -> None:
    marked, image = "<b>Salt</b> &amp; **pepper**", {"url": "https://news.example/a.jpg", "credit": "", "alt": ""}
    names = ("headline", "deck", "kicker", "pull_line", "summary", "section")
    quotes = [{"text": marked, "speaker": marked, "role": marked}]
    fields = dict.fromkeys(names, marked) | {"quotes": quotes, "image": image | {"credit": marked, "alt": marked}}
    article = read(**fields, bullets=["One.", marked], byline=[marked])
    read_as = "Salt & pepper"
    assert {getattr(article, name) for name in names} == {read_as}
    assert (article.bullets, article.byline, article.quotes) == (("One.", read_as), (read_as,), (PullQuote(*[read_as] * 3),))
    assert article.image == ArticleImage("https://news.example/a.jpg", "", read_as, read_as)
    named = [*names, "bullets[1]", "byline[0]", *(f"quotes[0].{name}" for name in ("text", "speaker", "role"))]
    assert {notice.partition(":")[0] for notice in article.notices} == {*named, "image.credit", "image.alt"}
    assert article.notices[0] == "headline: read as mark-up (character references, HTML, Markdown)."


def test_plain_text_is_used_as_it_is() -> None:
    article = read(headline="<b>Salt</b> &amp; **pepper**", plain_text=True)
    assert (article.headline, article.notices) == ("<b>Salt</b> &amp; **pepper**", ())


@given(
    st.lists(st.sampled_from(["<b>", "</b>", "<br>", "*", "**", "_", "`", "&amp;", "&", "x", " ", "[a](/b)", "~~"])).map("".join)
)
def test_written_article_reads_back_equal_whatever_its_marks(text: str) -> None:
    article = replace(read(deck=text), kicker="x")
    assert read_native(json.dumps(to_native(article)).encode()) == article
    typed = read(deck=text, plain_text=True)
    assert read_native(json.dumps(to_native(typed)).encode()) == typed


@pytest.mark.parametrize("name", ["jsonld", "ans", "ninjs"])
def test_titles_of_other_formats_may_have_html_that_is_paired(name: str) -> None:
    fields = {"jsonld": "headline", "ans": "headlines", "ninjs": "headline"}
    for typed, meant in (("The <details> element", None), ("Tom &amp; <em>Jerry</em>", "Tom & Jerry"), ("a **b** c", None)):
        value = {"basic": typed} if name == "ans" else typed
        source = {
            "@type": "NewsArticle",
            "type": "story" if name == "ans" else "text",
            "uri": "a",
            "_id": "a",
            fields[name]: value,
        }
        assert read_source(json.dumps(source).encode(), name, article_id="a", language="en").headline == (meant or typed)


def test_kickers_sections_and_bylines_of_other_formats_may_have_character_references() -> None:
    marked, meant = "Salt &amp; <i>pepper</i>", "Salt & pepper"
    story = {"_id": "a", "type": "story", "headlines": {"basic": "Ferry"}, "label": {"basic": {"text": marked}}}
    story |= {"taxonomy": {"primary_section": {"name": marked}}, "credits": {"by": [{"name": marked}]}}
    article = read_source(json.dumps(story).encode(), "ans", language="en")
    assert (article.kicker, article.section, article.byline) == (meant, meant, (meant,))
    item = {"uri": "a", "type": "text", "headline": "Ferry", "subjects": [{"name": marked}], "by": marked}
    article = read_source(json.dumps(item).encode(), "ninjs", language="en")
    assert (article.section, article.byline) == (meant, (meant,))
    page = {"@type": "NewsArticle", "headline": "Ferry", "articleBody": "Salt &amp; pepper\n<b>and</b> so on."}
    assert read_source(json.dumps(page).encode(), "jsonld", article_id="a", language="en").summary == meant
