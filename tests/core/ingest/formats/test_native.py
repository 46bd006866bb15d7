"""Tests reading, writing and validating native JSON."""

import json
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storycard.article import LABELS, Article, ArticleImage, PullQuote, QuestionAndAnswer, SocialHeadlines
from storycard.errors import ArticleInvalid
from storycard.ingest import detect_format, read_native
from storycard.ingest.formats.native import to_native
from storycard.ingest.plain_text import MAX_BYTES, clean_line, clean_quote
from support.paths import SAMPLES

SMALLEST = {"id": "a", "headline": "Barriers held", "language": "en"}


def read(**fields: object) -> Article:
    return read_native(json.dumps(SMALLEST | fields).encode())


def refusal(data: bytes) -> ArticleInvalid:
    with pytest.raises(ArticleInvalid) as caught:
        read_native(data)
    return caught.value


def test_reads_every_field() -> None:
    article = read(
        deck="A deck",
        kicker="Flood",
        pull_line="A line",
        bullets=["One.", "Two."],
        quotes=[{"text": "“We waited.”", "speaker": "Ines Arkwright", "role": "harbour master"}, {"text": "No name"}],
        questions=[{"question": "Who pays?", "answer": "The  state does."}, {"question": None, "answer": None}],
        summary="One paragraph.\n\nAnother.",
        byline=["Marian Fell"],
        published_at="2026-11-03T06:30:00Z",
        updated_at="2026-11-03T08:30:00+01:00",
        status="draft",
        canonical_url="https://news.example/a",
        image={"url": "https://news.example/a.jpg", "credit": "Nobody", "alt": "A gate", "focal_point": [0.5, 1]},
        brand="The Post",
        paid=True,
        section="Climate",
        label="live",
        unknown={"ignored": [1, 2, 3]},
    )
    assert article.quotes == (PullQuote("We waited.", "Ines Arkwright", "harbour master"), PullQuote("No name"))
    assert article.questions == (QuestionAndAnswer("Who pays?", "The state does."),)
    assert article.summary == "One paragraph. Another."
    assert article.published_at == datetime.fromisoformat("2026-11-03T06:30:00+00:00")
    assert article.updated_at.utcoffset() == timedelta(hours=1)
    assert article.image == ArticleImage("https://news.example/a.jpg", "", "Nobody", "A gate", (0.5, 1.0))
    assert (article.status, article.paid, article.bullets) == ("draft", True, ("One.", "Two."))
    assert (article.section, article.label) == ("Climate", "live")


@pytest.mark.parametrize("name", ["harbour-barriers", "bergzeitfahren", "nichnyi-orhan"])
def test_samples_are_valid_articles(name: str) -> None:
    article = read_native((SAMPLES / f"{name}.json").read_bytes())
    assert article.id == name
    assert 3 <= len(article.bullets) <= 5
    assert all(quote.speaker and quote.role for quote in article.quotes)
    assert article.updated_at > article.published_at


_text = st.text(max_size=40).map(clean_line)
_some_text = _text.filter(bool)
_moment = st.none() | st.datetimes(
    min_value=datetime(1800, 1, 1),
    timezones=st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)
_share = st.floats(0, 1)
_articles = st.builds(
    Article,
    id=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,127}", fullmatch=True),
    headline=_some_text,
    language=st.sampled_from(["en", "uk", "sr-Cyrl", "zh-Hant-TW"]),
    deck=_text,
    kicker=_text,
    social_headlines=st.builds(SocialHeadlines, _text, _text),
    pull_line=_text,
    bullets=st.lists(_some_text, max_size=4).map(tuple),
    quotes=st.lists(st.builds(PullQuote, _text.map(clean_quote).filter(bool), _text, _text), max_size=3).map(tuple),
    questions=st.lists(st.builds(QuestionAndAnswer, _some_text, _some_text), max_size=2).map(tuple),
    summary=_text,
    byline=st.lists(_some_text, max_size=2).map(tuple),
    published_at=_moment,
    updated_at=_moment,
    embargo_until=_moment,
    status=st.sampled_from(["published", "draft", "withdrawn"]),
    canonical_url=st.sampled_from(["", "https://news.example/ä?b=c#d"]),
    image=st.none()
    | st.builds(
        ArticleImage, st.just("https://news.example/a.jpg"), st.just(""), _text, _text, st.none() | st.tuples(_share, _share)
    )
    | st.builds(ArticleImage, st.just(""), st.just("photos/a  b.jpg")),
    brand=_text,
    paid=st.booleans(),
    section=_text,
    label=st.sampled_from(LABELS),
)


@given(_articles)
def test_written_article_reads_back_equal(article: Article) -> None:
    data = json.dumps(to_native(article)).encode()
    assert read_native(data, local_files=True) == article
    assert detect_format(data) == "native"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"id": 7}, "id: expected text, got a number"),
        ({"id": "../a"}, "id: expected 1 to 128 letters, digits, '.', '_', '~' or '-', the first a letter or digit, got '../a'"),
        ({"headline": None}, "headline: expected text, got nothing"),
        ({"headline": " \u200b\ufeff\n"}, "headline: expected text, got nothing"),
        ({"headline": ["a"]}, "headline: expected text, got a list"),
        ({"bullets": "One."}, "bullets: expected a list, got text"),
        ({"bullets": [None, 7]}, "bullets[1]: expected text, got a number"),
        ({"quotes": ["We waited."]}, "quotes[0]: expected an object with text, speaker and role, got text"),
        ({"quotes": [{"text": "a"}, {"text": "b", "speaker": 3}]}, "quotes[1].speaker: expected text, got a number"),
        ({"quotes": [{"speaker": "Ines"}]}, "quotes[0].text: expected text, got nothing"),
        ({"quotes": [{"text": '""'}]}, "quotes[0].text: expected text, got nothing"),
        ({"questions": ["Who pays?"]}, "questions[0]: expected an object with question and answer, got text"),
        ({"questions": [{"answer": "The state."}]}, "questions[0].question: expected text, got nothing"),
        ({"questions": [{"question": "Who pays?", "answer": " "}]}, "questions[0].answer: expected text, got nothing"),
        ({"questions": [{"question": "Who pays?", "answer": 7}]}, "questions[0].answer: expected text, got a number"),
        ({"byline": [{"name": "Ines"}]}, "byline[0]: expected text, got an object"),
        ({"label": "new"}, "label: expected one of live, breaking, correction, got 'new'"),
        ({"paid": "no"}, "paid: expected true or false, got text"),
        ({"status": "live"}, "status: expected one of published, draft, withdrawn, got 'live'"),
        ({"social_headlines": "a"}, "social_headlines: expected an object with all and x, got text"),
        ({"social_headlines": {"x": 7}}, "social_headlines.x: expected text, got a number"),
        ({"section": ["a"]}, "section: expected text, got a list"),
        ({"published_at": 1762151400}, "published_at: expected text, got a number"),
        ({"updated_at": "yesterday"}, "updated_at: expected an ISO 8601 time with its offset from UTC, got 'yesterday'"),
        ({"image": "a.jpg"}, "image: expected an object with url or file, got text"),
        ({"image": {"credit": "Nobody"}}, "image: expected either url or file, got neither"),
        ({"image": {"url": "file:///etc/hosts"}}, "image.url: expected an http or https address, got 'file:///etc/hosts'"),
        ({"image": {"file": "a.jpg", "focal_point": [0.5]}}, "image.focal_point: expected two numbers from 0 to 1, got 1"),
        ({"image": {"file": "a.jpg", "focal_point": [0.5, 2]}}, "image.focal_point[1]: expected a number from 0 to 1, got 2"),
        ({"image": {"file": "a.jpg", "focal_point": [True, 0]}}, "image.focal_point[0]: expected a number from 0 to 1, got True"),
        ({"canonical_url": "javascript:alert(1)"}, "canonical_url: expected an http or https address, got 'javascript:alert(1)'"),
    ],
)
def test_error_names_field_expected_and_got(fields: dict[str, object], message: str) -> None:
    assert str(refusal(json.dumps(SMALLEST | fields).encode())) == message


@pytest.mark.parametrize("moment", ["2026-11-03T06:30:00", "2026-11-03", "0001-01-01T00:00:00+14:00"])
def test_rejects_time_without_offset_or_out_of_range(moment: str) -> None:
    error = refusal(json.dumps(SMALLEST | {"embargo_until": moment}).encode())
    assert (error.field, error.expected) == ("embargo_until", "an ISO 8601 time with its offset from UTC")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "body: expected an article, got nothing"),
        (b"not JSON", "body: expected JSON, got a fault at line 1, column 1: expecting value"),
        (
            b'{"id": "a", "headline": "Barr',
            "body: expected JSON, got a fault at line 1, column 25: unterminated string starting at",
        ),
        (b'{"id": "a", "id": "b"}', "body: expected every key once, got 'id' twice"),
        (b'{"paid": NaN}', "body: expected JSON (RFC 8259), got NaN"),
        (b'{"paid": -Infinity}', "body: expected JSON (RFC 8259), got -Infinity"),
        (b'{"paid": ' + b"9" * 5_000 + b"}", "body: expected JSON, got a number too long to read"),
        (b'{"a":' * 100_000, "body: expected JSON of a few levels, got hundreds of levels"),
        (b'["a"]', "body: expected a JSON object, got a list"),
        (b'{"id": "\xe9"}', "body: expected text in UTF-8, got byte 0xe9 at 8"),
        (b" " * (MAX_BYTES + 1), "body: expected at most 6,291,556 bytes, got 6,291,557"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_rejects_invalid_json_and_non_objects(data: bytes, message: str) -> None:
    assert str(refusal(data)) == message


@given(
    st.binary()
    | st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists).map(lambda v: json.dumps(v).encode())
)
def test_rejects_any_other_data(data: bytes) -> None:
    assert refusal(data).field in ("body", "id")  # an empty object is valid JSON but has no `id`


def test_given_id_and_language_are_only_fallbacks() -> None:
    without = b'{"headline": "Barriers held"}'
    article = read_native(without, article_id="given", language="de")
    assert (article.id, article.language) == ("given", "de")
    article = read_native(json.dumps(SMALLEST).encode(), article_id="given", language="de")
    assert (article.id, article.language) == ("a", "en")
    assert refusal(without).field == "id"


def test_accepts_byte_order_mark_and_locale_style_language() -> None:
    assert read_native(b"\xef\xbb\xbf" + json.dumps(SMALLEST | {"language": "pt_BR"}).encode()).language == "pt-BR"


def test_drops_empty_bullets() -> None:
    assert read(bullets=["", "One.", " "], byline=None).bullets == ("One.",)


@pytest.mark.parametrize(
    "fields",
    [
        {"bullets": [None, "One.", None], "byline": [None], "quotes": [None]},
        {"bullets": ["One."], "quotes": [{}], "image": {}},
        {"bullets": ["One.", {}, []], "quotes": [{"text": None, "speaker": None}], "image": {"url": None, "credit": None}},
        {"bullets": ["One."], "quotes": [{"text": None, "speaker": "Ines"}], "image": {"url": None, "credit": "Nobody"}},
        {"bullets": ["One.", ""], "quotes": [{"text": "", "speaker": ""}], "image": {"url": "", "alt": ""}},
        {"bullets": ["One."], "image": [], "byline": None, "quotes": None, "deck": None, "paid": None, "label": None},
    ],
)
def test_nothing_among_the_values_is_no_reason_to_refuse_an_article(fields: dict[str, object]) -> None:
    article = read(**fields)
    assert (article.bullets, article.quotes, article.byline, article.image) == (("One.",), (), (), None)


def test_picture_without_focal_point_keeps_its_place() -> None:
    assert read(image={"url": "https://news.example/a.jpg", "focal_point": [None, None]}).image.focal_point is None


def test_plain_chinese_is_traditional_by_its_characters() -> None:
    assert read(headline="颱風過後停班停課", language="zh").language == "zh-Hant"
