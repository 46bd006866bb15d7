"""alt_text: describes a card in words that screen readers speak well, within the limit of every platform."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from storycard.article import Article, ArticleImage, PullQuote
from storycard.describing.alt_text import alt_text, cut, long_description, units
from storycard.design.assets import Assets
from storycard.layout.card import lay_out
from storycard.photo import Photo, open_photo
from storycard.text.graphemes import graphemes

ARTICLE = Article(
    id="harbour",
    headline="Barriers held through the tide",
    language="en",
    bullets=("The gates closed for eleven hours",),
    quotes=(PullQuote("It was the walls that kept me awake.", "Ines Arkwright", "harbour master"),),
    image=ArticleImage(url="https://news.example/wall.jpg", credit="Tom Pellow", alt="Waves break over a wall"),
    published_at=datetime(2026, 11, 3, 6, 30, tzinfo=UTC),
    canonical_url="https://news.example/harbour",
)


@pytest.fixture(scope="module")
def photo() -> Photo:
    picture = io.BytesIO()
    Image.new("RGB", (1200, 800), "#456").save(picture, "JPEG")
    return open_photo(picture.getvalue())


@pytest.fixture
def said(assets: Assets):
    """The alternative text of a card in the square format, or its long description."""

    def say(article: Article, kind: str = "headline", *, limit: int = 1000, words=None, **context) -> str:
        drawn = assets.render_context(article, **context)
        scene = lay_out(article, kind, assets.formats["square"], drawn, assets.fonts)
        return alt_text(scene, article, drawn, limit) if words is None else words(scene, article, drawn)

    return say


def test_each_kind_says_its_one_thing(said) -> None:
    assert said(ARTICLE) == "Barriers held through the tide"
    assert said(ARTICLE, "bullet") == "The gates closed for eleven hours"
    assert said(ARTICLE, "quote") == "Ines Arkwright, harbour master: “It was the walls that kept me awake.”"
    assert said(ARTICLE, "carousel-4") == "Read the full story: news.example"


def test_the_deck_is_said_where_it_is_drawn(said) -> None:
    assert said(replace(ARTICLE, deck="Old quays cracked.")) == "Barriers held through the tide. Old quays cracked."


@pytest.mark.parametrize(
    ("change", "today", "label"),
    [
        ({"label": "live"}, None, "Live"),
        ({"label": "correction"}, None, "Correction"),
        ({"paid": True}, None, "Paid content"),
        ({}, date(2030, 1, 1), "2026"),
    ],
)
def test_a_label_comes_first_as_it_is_written_not_in_capitals(said, change: dict, today: date | None, label: str) -> None:
    assert said(replace(ARTICLE, **change), today=today) == f"{label}. Barriers held through the tide"


def test_a_preview_says_so(said) -> None:
    assert said(ARTICLE, preview=True) == "Preview. Barriers held through the tide"


def test_the_photograph_s_own_text_follows_where_the_photograph_is_drawn(said, photo: Photo) -> None:
    assert said(ARTICLE, photo=photo) == "Barriers held through the tide. Waves break over a wall"
    assert said(ARTICLE) == "Barriers held through the tide"


@pytest.mark.parametrize("opening", ["Image of ", "A photo of ", "the picture showing ", "Photograph: "])
def test_nothing_says_that_an_image_is_an_image(said, photo: Photo, opening: str) -> None:
    article = replace(ARTICLE, image=replace(ARTICLE.image, alt=f"{opening}waves over a wall"))
    assert said(article, photo=photo) == "Barriers held through the tide. Waves over a wall"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", "Live. Ines, Leiterin: „Es hielt.“"),
        ("fr", "En direct. Ines, Leiterin\u00a0: «\u00a0Es hielt.\u00a0»"),
        ("ja", "ライブ。Ines、Leiterin：「Es hielt.」"),
        ("hi", "लाइव। Ines, Leiterin: “Es hielt.”"),
    ],
)
def test_sentences_are_marked_as_the_language_marks_them(said, language: str, expected: str) -> None:
    article = replace(ARTICLE, language=language, label="live", quotes=(PullQuote("Es hielt.", "Ines", "Leiterin"),))
    assert said(article, "quote") == expected


def test_words_against_the_language_s_direction_are_isolated(said) -> None:
    article = replace(ARTICLE, language="he", quotes=(PullQuote("הקירות", "Ines Arkwright", "מנהלת הנמל"),))
    assert said(article, "quote") == "\u2068Ines Arkwright\u2069, מנהלת הנמל: ”הקירות”"


def test_marks_that_reach_beyond_themselves_do_not(said) -> None:
    assert said(replace(ARTICLE, headline="Barriers \u202eheld\u2066 fast")) == "Barriers held fast"


def test_what_is_too_long_goes_from_the_end(said, photo: Photo) -> None:
    article = replace(ARTICLE, label="live", deck="Old quays cracked.", image=replace(ARTICLE.image, alt="Waves break. " * 40))
    whole = said(article, photo=photo, limit=10_000)
    assert said(article, photo=photo, limit=len(whole)) == whole
    short = said(article, photo=photo, limit=200)
    assert whole.startswith(short.removesuffix("…"))
    assert short.endswith(("Waves break.", "Waves break. …"))
    assert len(short) > 150
    assert said(article, photo=photo, limit=100).startswith("Live. Barriers held through the tide.")


def test_the_long_description_has_everything_on_the_card(said, photo: Photo) -> None:
    article = replace(ARTICLE, kicker="Floods", label="live", language="en-GB")
    assert said(article, photo=photo, words=long_description) == (
        "Live. Floods. Barriers held through the tide. Waves break over a wall. Tom Pellow. Storycard. 3 November 2026"
    )


TEXTS = st.text(
    alphabet=st.one_of(st.sampled_from("aé語กक्षा👩‍👩‍👧🇩🇪שلا .。!,"), st.characters(codec="utf-8")), min_size=1, max_size=300
)


@given(text=TEXTS, limit=st.integers(20, 120), language=st.sampled_from(["en", "th", "ar", "hi", "ja"]))
def test_a_cut_keeps_to_its_limit_and_inside_no_grapheme(text: str, limit: int, language: str) -> None:
    short = cut(text, limit, language)
    assert units(short) <= limit
    if short != text:
        kept = short.removesuffix("…").rstrip("\u2069")
        starts = {0}
        for cluster in graphemes(text, language):
            starts.add(max(starts) + len(cluster))
        assert text.startswith(kept)
        assert any(text[:start].rstrip(" ,;:–—-،、，：").startswith(kept) and len(kept) <= start for start in starts)


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("It held. The walls did not, and nobody knew.", 20, "It held. The walls…"),
        ("It held all night. The walls did not, and nobody knew.", 30, "It held all night."),
        ("a" * 50, 20, "a" * 18 + "…"),
        ("👩‍👩‍👧" * 6, 20, "👩‍👩‍👧👩‍👩‍👧…"),
    ],
)
def test_a_cut_ends_with_a_sentence_or_a_word(text: str, limit: int, expected: str) -> None:
    assert cut(text, limit, "en") == expected
