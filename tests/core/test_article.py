"""Tests storycard.article: valid articles, and the field that each error names."""

from datetime import datetime

import pytest

from storycard.article import Article, ArticleImage, PullQuote, QuestionAndAnswer, check_article_id
from storycard.errors import ArticleInvalid

FIELDS = {"id": "harbour-barriers", "headline": "Barriers held", "language": "en"}


def test_needs_three_fields() -> None:
    article = Article(**FIELDS)
    assert (article.status, article.bullets, article.image) == ("published", (), None)


@pytest.mark.parametrize("article_id", ["a", "7", "2026.11~harbour_barriers-3", "x" * 128])
def test_accepts_ids_that_need_no_escaping_in_urls(article_id: str) -> None:
    assert check_article_id(article_id) == article_id


@pytest.mark.parametrize(
    "article_id", ["", ".hidden", "-x", "a/b", "../a", "a%2Fb", "a b", "a\n", "naïve", "x" * 129, "x" * 10_000, None, 7]
)
def test_rejects_other_ids(article_id: object) -> None:
    with pytest.raises(ArticleInvalid) as caught:
        check_article_id(article_id)
    assert caught.value.field == "id"
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"headline": ""}, "headline"),
        ({"headline": "x" * 1_001}, "headline"),
        ({"language": "English please"}, "language"),
        ({"language": ""}, "language"),
        ({"status": "live"}, "status"),
        ({"label": "exclusive"}, "label"),
        ({"section": "x" * 1_001}, "section"),
        ({"canonical_url": "/2026/barriers"}, "canonical_url"),
        ({"canonical_url": "https://"}, "canonical_url"),
        ({"canonical_url": "https://[x"}, "canonical_url"),
        ({"canonical_url": "https://[1:2:3:4:5:6:7:8:9]/"}, "canonical_url"),
        ({"canonical_url": "https://a]b/"}, "canonical_url"),
        ({"canonical_url": "https://\ufffdnews.example/"}, "canonical_url"),  # a lost character
        ({"canonical_url": "https://\u2100.example/"}, "canonical_url"),  # the compatibility character of "a/c"
        ({"summary": "x" * 10_001}, "summary"),
        ({"bullets": ("fine", "x" * 1_001)}, "bullets[1]"),
        ({"bullets": ("x",) * 101}, "bullets"),
        ({"quotes": (PullQuote("fine"), PullQuote("x" * 10_001))}, "quotes[1].text"),
        ({"quotes": (PullQuote("fine", "x" * 1_001),)}, "quotes[0].speaker"),
        ({"published_at": datetime(2026, 11, 3, 6, 30)}, "published_at"),
    ],
)
def test_error_names_the_field(change: dict[str, object], field: str) -> None:
    with pytest.raises(ArticleInvalid) as caught:
        Article(**FIELDS | change)
    assert caught.value.field == field
    assert str(caught.value).startswith(f"{field}: expected ")


ADDRESSES = [
    "a.jpg",
    "//news.example/a.jpg",
    "data:image/png;base64,aaaa",
    "https://a b/c.jpg",
    "https://a/\x01",
    "https://\ud800/a",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_rejects_image_url_that_is_not_http(address: str) -> None:
    with pytest.raises(ArticleInvalid, match=r"image\.url: expected an http or https address"):
        ArticleImage(url=address)


def test_with_questions_copies_only_an_article_that_has_others() -> None:
    first, second = QuestionAndAnswer("Why?", "Because."), QuestionAndAnswer("When?", "Now.")
    article = Article(id="a", headline="H", language="en", questions=(first, second))
    alone = article.with_questions((second,))
    assert (alone.questions, alone.headline, article.questions) == ((second,), "H", (first, second))
    assert alone.with_questions((second,)) is alone
