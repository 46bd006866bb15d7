"""Tests building articles from the values that a newsroom's table found."""

from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storycard.article import Article, ArticleImage, PullQuote, QuestionAndAnswer
from storycard.errors import ArticleInvalid
from storycard.ingest import ReadOptions
from storycard.ingest.mapped import quotes, values
from storycard.ingest.mapped.article import read_mapped
from storycard.ingest.mapped.flags import FIELDS
from support.reading import LANGUAGES

BASE = {"id": "ferry", "headline": "The ferry is late", "language": "en"}


def read(**values: Any) -> Article:
    return read_mapped(BASE | values, ReadOptions(LANGUAGES))


def test_every_field_is_read() -> None:
    article = read(
        id=7,
        deck="<p>Ice on the <em>sound</em></p>",
        kicker="Transport",
        section="Region",
        label="Correction",
        social_headline="The ferry, late again",
        social_headline_x="Late again",
        bullets=["Ice closed the sound.", "Two boats **wait**."],
        quotes=[{"text": "“We wait.”", "speaker": "Ann Lee", "role": "skipper"}],
        questions=[{"question": "Why is the ferry late?", "answer": "<p>Because of ice.</p>"}],
        pull_line="We wait.",
        summary="Ice closed the sound for two days.",
        byline=[{"name": "Bo Hall"}, {"name": "Cy Dee"}],
        published_at=1772358000,
        updated_at="2026-03-01T11:00:00.000Z",
        embargo_until="2026-03-02T00:00:00Z",
        status="publish",
        canonical_url="https://a.example/ferry",
        image={
            "url": "/photo.jpg",
            "credit": "Di Ek",
            "alt": "A ferry",
            "focal_point": {"x": 30, "y": 40, "width": 100, "height": 100},
        },
        brand="evening",
        paid=False,
    )
    assert asdict(article) | {"notices": ()} == asdict(
        Article(
            id="7",
            headline="The ferry is late",
            language="en",
            deck="Ice on the sound",
            kicker="Transport",
            section="Region",
            label="correction",
            social_headlines=article.social_headlines,
            bullets=("Ice closed the sound.", "Two boats wait."),
            quotes=(PullQuote("We wait.", "Ann Lee", "skipper"),),
            questions=(QuestionAndAnswer("Why is the ferry late?", "Because of ice."),),
            pull_line="We wait.",
            summary="Ice closed the sound for two days.",
            byline=("Bo Hall", "Cy Dee"),
            published_at=datetime(2026, 3, 1, 9, 40, tzinfo=UTC),
            updated_at=datetime(2026, 3, 1, 11, tzinfo=UTC),
            embargo_until=datetime(2026, 3, 2, tzinfo=UTC),
            canonical_url="https://a.example/ferry",
            image=ArticleImage("https://a.example/photo.jpg", credit="Di Ek", alt="A ferry", focal_point=(0.3, 0.4)),
            brand="evening",
        )
    )
    assert (article.social_headlines.all, article.social_headlines.x) == ("The ferry, late again", "Late again")
    assert article.notices == ()


def test_a_document_gives_what_the_table_leaves_open() -> None:
    body = "<p>Ice closed the sound.</p><ul><li>Two boats wait at the pier.</li><li>A third is under way.</li></ul>"
    article = read(body=body + "<blockquote><p>We wait.</p><cite>Ann Lee</cite></blockquote>")
    assert article.bullets == ("Two boats wait at the pier.", "A third is under way.")
    assert article.quotes == (PullQuote("We wait.", "Ann Lee"),)
    assert article.summary == "Ice closed the sound."


def test_forms_of_lists_and_quotes() -> None:
    items = ("Two boats wait.", "A third is late.")
    forms: list[Any] = [
        list(items),
        "\n".join(items),
        "- Two boats wait.\n- A third is late.",
        "<ul><li>Two boats wait.</li><li>A third is late.</li></ul>",
        [{"text": items[0]}, {"text": items[1]}],
        [{"type": "paragraph", "children": [{"text": item}]} for item in items],
    ]
    assert [form for form in forms if read(bullets=form).bullets != items] == []
    quote = PullQuote("We wait here.", "Ann Lee", "skipper")
    quotes: list[Any] = [
        [{"text": "We wait here.", "speaker": "Ann Lee", "role": "skipper"}],
        {"text": "We wait here.", "speaker": "Ann Lee", "role": "skipper"},
        ["“We wait here.”\n– Ann Lee, skipper"],
        [{"type": "quote", "value": {"quote": "We wait here.", "attribution": "Ann Lee, skipper"}}],
    ]
    assert [form for form in quotes if read(quotes=form).quotes != (quote,)] == []


def test_hidden_quotes_and_questions_are_not_read() -> None:
    article = read(
        quotes=[{"text": "We wait here.", "speaker": "Ann Lee", "hidden": True}, {"text": "We go.", "speaker": "Ann Lee"}],
        questions=[{"question": "Why?", "answer": "Because.", "status": "draft"}, {"question": "When?", "answer": "Now."}],
    )
    assert (article.quotes, article.questions) == ((PullQuote("We go.", "Ann Lee"),), (QuestionAndAnswer("When?", "Now."),))


def test_focal_points() -> None:
    forms: list[Any] = [
        [0.5, 0.25],
        {"x": 0.5, "y": 0.25},
        "50% 25%",
        "0.5, 0.25",
        {"x": 400, "y": 100, "width": 800, "height": 400},
    ]
    found = [read(image={"url": "https://a.example/a.jpg", "focal_point": form}).image for form in forms]
    assert [image and image.focal_point for image in found] == [(0.5, 0.25)] * len(forms)


def test_what_is_of_no_use_is_left_out_and_noticed() -> None:
    article = read(
        bullets=7.5, quotes=True, image=["nowhere"], published_at="soon", canonical_url="ferry", byline=4, body=12, deck=False
    )
    assert [notice.partition(":")[0] for notice in article.notices] == (
        ["body", "quotes", "bullets", "canonical_url", "deck", "byline", "published_at", "image"]
    )
    assert article.notices[0] == "body: expected HTML, Markdown or the JSON of a block editor, got 12; left out."
    assert (article.bullets, article.quotes, article.image) == ((), (), None)


def test_an_embargo_that_might_be_misread_is_refused() -> None:
    refused = ("next week", "2026-12-24", "2026-12-24T18:00:00", "2026-12-24 18:00 CET", "2026-12-24 6:00 PM", "20261224180000")
    refused += ("202612241800", "20261224", "2026-12-24T18:00:00[Europe/Berlin]", "2026-12-24T18:00:00+01:00[Europe/Berlin]")
    refused += ("2026-12-24T18:00:00+01:00 or later", "20261224118:00+01:00", "2026-12-24T25:00Z", "0001-01-01T00:00:00+14:00")
    numbers = (20261224, 202612241800, 20261224180000, 0, -1, True, False, float("nan"), float("inf"), 10**400)
    taken = list[object]()
    for value in (*refused, *numbers, {"at": "2026-12-24T18:00:00Z"}):
        with suppress(ArticleInvalid):
            taken.append((value, read(embargo_until=value).embargo_until))
    assert taken == []
    with pytest.raises(ArticleInvalid, match=r"^embargo_until: expected a time in ISO 8601 with its zone.*got '2026-12-24'"):
        read(embargo_until="2026-12-24")


def test_forms_of_the_end_of_an_embargo() -> None:
    end = datetime(2026, 12, 24, 17, tzinfo=UTC)
    forms: list[Any] = [
        "2026-12-24T18:00:00+01:00",
        "2026-12-24T17:00Z",
        "2026-12-24 17:00:00.000000000z",
        "20261224T180000+0100",
    ]
    forms += [" 2026-12-24T17:00:00,0Z ", "2026-W52-4T17:00Z", end.timestamp(), int(end.timestamp()), f"{end.timestamp():.0f}"]
    forms += [int(end.timestamp()) * 1000, f"{end.timestamp() * 1000:.0f}"]
    assert [form for form in forms if read(embargo_until=form).embargo_until != end] == []
    assert [value for value in (None, "", [], {}) if read(embargo_until=value).embargo_until] == []


def test_only_known_names_of_statuses_publish() -> None:
    assert {name: read(status=name).status for name in (None, True, 1, "1", "Published", "live")} == dict.fromkeys(
        (None, True, 1, "1", "Published", "live"), "published"
    )
    assert {read(status=name).status for name in (False, 0, "draft", "review", "scheduled", {"a": 1})} == {"draft"}
    assert {read(status=name).status for name in ("trash", "Archived", "deleted")} == {"withdrawn"}
    assert read(status="draft", headline=None, language=None).headline == "ferry"


def test_closed_text_is_left_out() -> None:
    texts = {
        "body": "<p>SECRET text.</p><ul><li>SECRET fact number one.</li><li>SECRET two two two.</li></ul>",
        "bullets": ["SECRET"],
    }
    texts |= {
        "quotes": [{"text": "SECRET"}],
        "questions": [{"question": "SECRET one?", "answer": "SECRET."}],
        "pull_line": "SECRET",
    }
    closed = (True, 1, "premium", "members", ["gold"], {"tier": 1}, "true")
    assert [value for value in closed if "SECRET" in repr(read(closed=value, **texts))] == []
    opened = (False, 0, None, "", "public", "free", "false", [])
    assert [value for value in opened if "SECRET" not in repr(read(closed=value, **texts))] == []
    assert "SECRET" in repr(read_mapped(BASE | texts | {"closed": True}, ReadOptions(LANGUAGES, paid_text=True)))


PARTS = (
    "text",
    "speaker",
    "role",
    "question",
    "answer",
    "url",
    "credit",
    "focal_point",
    "x",
    "y",
    "width",
    "height",
    "name",
    "type",
)
ANY_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**400), 10**400)
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(["50% 1e9%", "²%", "<b>"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(PARTS), inner),
    max_leaves=8,
)


@settings(max_examples=25, deadline=None)
@given(st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, ANY_JSON)))
def test_any_values_give_an_article_or_a_typed_error(values: dict[str, object]) -> None:
    with suppress(ArticleInvalid):
        read_mapped(BASE | values, ReadOptions(LANGUAGES))


@pytest.mark.parametrize("name", ["bullets", "byline", "questions", "quotes"])
def test_no_more_entries_are_read_than_an_article_has(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    read_texts: list[object] = []

    def counted(value: object) -> str:
        read_texts.append(value)
        return str(value or "")

    monkeypatch.setattr(values, "one_line", counted)
    monkeypatch.setattr(quotes, "one_line", counted)
    entry = {"question": "Why?", "answer": "Ice.", "text": "“We wait.”"} if name in ("questions", "quotes") else "Ice"
    read(**{name: [entry] * 1_000})
    assert read_texts.count("Ice" if isinstance(entry, str) else "Why?" if name == "questions" else "“We wait.”") == 100


@pytest.mark.parametrize("name", ["deck", "summary"])
def test_a_text_that_no_field_could_take_is_not_read(name: str) -> None:
    article = read(**{name: "a\n" * 2_000_000})
    assert (article.deck, article.summary) == ("", "")
    assert [notice.partition(":")[0] for notice in article.notices] == [name]


def test_the_lines_of_a_quote_that_no_field_could_take_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quotes, "one_line", lambda value: pytest.fail("read"))
    article = read(quotes=["a\n" * 110_000])
    assert article.quotes == ()
    assert [notice.partition(":")[0] for notice in article.notices] == ["quotes"]
