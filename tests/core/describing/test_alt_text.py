"""Tests storycard.describing.alt_text: its order, its punctuation, and cutting to the limit of a platform."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from storycard.article import Article, ArticleImage, PullQuote, QuestionAndAnswer
from storycard.describing.alt_text import alt_text, cut, long_description
from storycard.design.assets import Assets
from storycard.editing.text_metrics import utf16_units
from storycard.layout.card import lay_out
from storycard.photo import Photo
from storycard.photo.crop import Box, Subject
from storycard.text.graphemes import graphemes
from support.photographs import opened

ARTICLE = Article(
    id="harbour",
    headline="Barriers held through the tide",
    language="en",
    bullets=("The gates closed for eleven hours",),
    questions=(QuestionAndAnswer("Who pays for the walls?", "Nobody has said so"),),
    quotes=(PullQuote("It was the walls that kept me awake.", "Ines Arkwright", "harbour master"),),
    image=ArticleImage(url="https://news.example/wall.jpg", credit="Tom Pellow", alt="Waves break over a wall"),
    published_at=datetime(2026, 11, 3, 6, 30, tzinfo=UTC),
    canonical_url="https://news.example/harbour",
)


@pytest.fixture(scope="module")
def photo() -> Photo:
    picture = io.BytesIO()
    Image.new("RGB", (1200, 800), "#456").save(picture, "JPEG")
    return opened(picture.getvalue())


@pytest.fixture
def describe(assets: Assets):
    """Returns a function that builds the alternative text of a square card, or with `build` its long description."""

    def describe_card(article: Article, kind: str = "headline", *, limit: int = 1000, build=None, **context) -> str:
        drawn = assets.render_context(article, **context)
        scene = lay_out(article, kind, assets.formats["square"], drawn, assets.fonts)
        return alt_text(scene, article, drawn, limit) if build is None else build(scene, article, drawn)

    return describe_card


def test_describes_each_kind_by_its_main_text(describe) -> None:
    assert describe(ARTICLE) == "Barriers held through the tide"
    assert describe(ARTICLE, "bullet") == "The gates closed for eleven hours"
    assert describe(ARTICLE, "quote") == "Ines Arkwright, harbour master: “It was the walls that kept me awake.”"
    assert describe(ARTICLE, "question-1") == "Who pays for the walls? Nobody has said so"
    assert describe(ARTICLE, "carousel-4") == "Read the full story: news.example"


def test_leaves_out_what_is_not_drawn(describe) -> None:
    assert describe(replace(ARTICLE, deck="Old quays cracked.")) == "Barriers held through the tide"


@pytest.mark.parametrize(
    ("change", "today", "label"),
    [
        ({"label": "live"}, None, "Live"),
        ({"label": "correction"}, None, "Correction"),
        ({"paid": True}, None, "Paid content"),
        ({}, date(2030, 1, 1), "2026"),
    ],
)
def test_starts_with_the_label_not_in_capitals(describe, change: dict, today: date | None, label: str) -> None:
    assert describe(replace(ARTICLE, **change), today=today) == f"{label}. Barriers held through the tide"


def test_starts_with_the_label_of_a_preview(describe) -> None:
    assert describe(ARTICLE, preview=True) == "Preview. Barriers held through the tide"


def test_ends_with_the_photographs_text_if_it_is_drawn(describe, photo: Photo) -> None:
    assert describe(ARTICLE, photo=photo) == "Barriers held through the tide. Waves break over a wall"
    assert describe(ARTICLE) == "Barriers held through the tide"


PAIR = (Box(0.4, 0.02, 0.5, 0.17), Box(0.5, 0.83, 0.6, 0.98))  # on the card, the photograph is wide


@pytest.mark.parametrize(
    ("subject", "is_described"),
    [
        (Subject((0.45, 0.1), PAIR, "editor"), False),
        (Subject((0.45, 0.1), (PAIR[0], Box(0.5, 0.93, 0.53, 0.98)), "editor"), True),  # somebody in the background
        (Subject((0.45, 0.1), PAIR, "faces"), True),  # stands where both are whole
        (Subject((0.45, 0.1), windows=PAIR), False),
        (Subject((0.45, 0.1), windows=PAIR[:1]), True),
        (Subject((0.5, 0.5), windows=(Box(0.3, 0, 0.6, 1),)), True),
    ],
)
def test_does_not_claim_what_the_crop_leaves_out(describe, photo: Photo, subject: Subject, is_described: bool) -> None:
    text = describe(ARTICLE, photo=replace(photo, subject=subject))
    assert ("Waves break over a wall" in text) == is_described


def test_does_not_claim_what_an_editor_cropped_away(describe, photo: Photo) -> None:
    assert "Waves" not in describe(ARTICLE, photo=replace(photo, leaves_out=True))


@pytest.mark.parametrize(
    ("language", "opening"),
    [
        *(("en", "Image of "), ("en-GB", "A photo of "), ("en", "the picture showing "), ("en", "Photograph: ")),
        *(("de", "Das Bild zeigt "), ("fr", "Photo montrant "), ("es", "La foto muestra "), ("nl", "Foto van ")),
    ],
)
def test_removes_a_leading_image_of(describe, photo: Photo, language: str, opening: str) -> None:
    article = replace(ARTICLE, language=language, image=replace(ARTICLE.image, alt=f"{opening}waves over a wall"))
    assert describe(article, photo=photo) == "Barriers held through the tide. Waves over a wall"


@pytest.mark.parametrize("text", ["Images of the sea", "Foto de archivo", "Image:", "Photo booth at the quay"])
def test_keeps_other_descriptions(describe, photo: Photo, text: str) -> None:
    article = replace(ARTICLE, image=replace(ARTICLE.image, alt=text))
    assert describe(article, photo=photo) == f"Barriers held through the tide. {text}"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", "Live. Ines, Leiterin: „Es hielt.“"),
        ("fr", "En direct. Ines, Leiterin\u00a0: «\u00a0Es hielt.\u00a0»"),
        ("ja", "ライブ。Ines、Leiterin：「Es hielt.」"),
        ("hi", "लाइव। Ines, Leiterin: “Es hielt.”"),
    ],
)
def test_punctuates_by_the_rules_of_the_language(describe, language: str, expected: str) -> None:
    article = replace(ARTICLE, language=language, label="live", quotes=(PullQuote("Es hielt.", "Ines", "Leiterin"),))
    assert describe(article, "quote") == expected


def test_isolates_words_of_the_other_direction(describe) -> None:
    article = replace(ARTICLE, language="he", quotes=(PullQuote("הקירות", "Ines Arkwright", "מנהלת הנמל"),))
    assert describe(article, "quote") == "\u2068Ines Arkwright\u2069, מנהלת הנמל: ”הקירות”"


def test_removes_unclosed_bidi_controls(describe) -> None:
    assert describe(replace(ARTICLE, headline="Barriers \u202eheld\u2066 fast")) == "Barriers held fast"


def test_cuts_long_text_at_the_end(describe, photo: Photo) -> None:
    article = replace(ARTICLE, label="live", image=replace(ARTICLE.image, alt="Waves break. " * 40))
    whole = describe(article, photo=photo, limit=10_000)
    assert describe(article, photo=photo, limit=len(whole)) == whole
    short = describe(article, photo=photo, limit=200)
    assert whole.startswith(short.removesuffix("…"))
    assert short.endswith(("Waves break.", "Waves break. …"))
    assert len(short) > 150
    assert describe(article, photo=photo, limit=100).startswith("Live. Barriers held through the tide.")


@pytest.mark.parametrize(("left", "part"), [(59, ""), (60, " The surge came at dawn and left the lower town without…")])
def test_starts_a_sentence_only_with_room_for_60_units_of_it(describe, photo: Photo, left: int, part: str) -> None:
    surge = "The surge came at dawn and left the lower town without power for eleven hours."
    first, article = "Barriers held through the tide.", replace(ARTICLE, image=replace(ARTICLE.image, alt=surge))
    cut = describe(article, photo=photo, limit=len(first) + 1 + left)
    assert cut == first.removesuffix("." if not part else "") + part


def test_long_description_has_all_text_of_the_card(describe, photo: Photo) -> None:
    article = replace(ARTICLE, kicker="Floods", label="live", language="en-GB")
    assert describe(article, photo=photo, build=long_description) == (
        "Live. Floods. Barriers held through the tide. Waves break over a wall. Tom Pellow. Storycard. 3 Nov 2026"
    )


TEXTS = st.text(
    alphabet=st.one_of(st.sampled_from("aé語กक्षा👩‍👩‍👧🇩🇪שلا .。!,"), st.characters(codec="utf-8")), min_size=1, max_size=300
)


@given(text=TEXTS, limit=st.integers(20, 120), language=st.sampled_from(["en", "th", "ar", "hi", "ja"]))
def test_cut_keeps_to_the_limit_and_divides_no_grapheme(text: str, limit: int, language: str) -> None:
    short = cut(text, limit, language)
    assert utf16_units(short) <= limit
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
def test_cut_ends_after_a_sentence_or_a_word(text: str, limit: int, expected: str) -> None:
    assert cut(text, limit, "en") == expected
