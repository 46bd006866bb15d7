"""Tests what a client may write of a post, its history, and which quotes are in an article, without any storage."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.errors import BodyUnreadable
from http_api.cards import edit
from http_api.cards.edit import Edit, apply_edit
from http_api.cards.own_words import foreign_quotes
from http_api.posts.content import check_edit, compare, read_content
from http_api.posts.history import MAX_BYTES, MAX_LINES, TOGETHER, line, with_line
from publishing.cards.render_job import _assets
from storycard.article import Article, PullQuote
from storycard.errors import ArticleInvalid, UnknownName
from storycard.ingest import read_native
from support.lambda_events import as_body, native
from support.paths import ASSETS

ARTICLE = read_native(as_body(native("ferry")))
START = datetime(2026, 3, 1, 12, tzinfo=UTC)
FERRY = "Harbour night ferries"


@pytest.mark.parametrize(
    ("body", "error", "field"),
    [
        ({"headline": "Boats"}, ArticleInvalid, "body"),
        ({"changes": {"deck": "Boats"}}, ArticleInvalid, "changes"),
        ({"changes": {"headline": ""}}, ArticleInvalid, "headline"),
        ({"changes": {"focal_point": [0.5, 0.5]}}, ArticleInvalid, "focal_point"),
        ({"changes": {"bullet": "One", "bullets": ["Two"]}}, ArticleInvalid, "bullets"),
        ({"changes": {"headline": "B" * 1001}, "format_changes": {"x": {"kicker": "K"}}}, ArticleInvalid, "headline"),
        ({"format_changes": {"x": {"headline": "B" * 1001}}}, ArticleInvalid, "format_changes.x.headline"),
        ({"format_changes": {"x": {"deck": "Boats"}}}, ArticleInvalid, "format_changes.x"),
        ({"format_changes": {"x": ["Boats"]}}, ArticleInvalid, "format_changes.x"),
        ({"format_changes": {"fax": {}}}, UnknownName, "format_changes"),
        ({"changes": {"theme": "none"}}, UnknownName, "theme"),
        ({"format_changes": {"x": {"theme": 7}}}, UnknownName, "format_changes.x.theme"),
        ({"formats": ["fax"]}, UnknownName, "formats"),
        ({"formats": []}, ArticleInvalid, "formats"),
        ({"status": "public"}, ArticleInvalid, "status"),
        ({"status": ["draft"]}, ArticleInvalid, "status"),
        ({"text": 3}, ArticleInvalid, "text"),
        ({"name": "N" * 201}, ArticleInvalid, "name"),
        ({"text": "half \ud83d"}, BodyUnreadable, "body"),
        ({"changes": {"headline": "half \ud83d"}}, BodyUnreadable, "body"),
    ],
)
def test_names_the_field_of_a_post_that_is_not_valid(body, error, field):
    with pytest.raises(error) as raised:
        check_edit(ARTICLE, read_content(json.dumps(body).encode(), _assets(ASSETS, "")).edit)
    assert raised.value.field == field


def test_a_format_shows_its_own_changes_and_those_for_all_formats():
    edit = Edit(
        {"headline": "Boats", "kicker": "Islands", "bullets": ["One", "Two"]}, {"x": {"headline": "Ships", "bullet": "Three"}}
    )
    on_x, elsewhere = apply_edit(ARTICLE, edit, "x"), apply_edit(ARTICLE, edit)
    assert (on_x.headline, on_x.kicker, on_x.bullets) == ("Ships", "Islands", ("Three",))
    assert (elsewhere.headline, elsewhere.kicker, elsewhere.bullets) == ("Boats", "Islands", ("One", "Two"))
    assert apply_edit(ARTICLE, edit, "og") == elsewhere


@pytest.mark.parametrize(
    ("quote", "is_own"),
    [
        ("Nobody should have to swim home from work.", True),
        ("“nobody SHOULD have to swim home … from work”", True),  # marks and case aside
        ("have to swim home", True),
        ("A night ticket costs the same", True),  # of a key fact
        ("Nobody should have to swim home", True),
        ("Nobody should have to swim homeward", False),
        ("body should have to swim", False),  # of half a word
        ("Nobody should swim home", False),
        ("Nobody should have to swim home from work. A night ticket", False),  # of two fields
    ],
)
def test_a_quote_is_the_articles_own_if_its_words_are_in_one_field(quote, is_own):
    assert foreign_quotes(ARTICLE, Edit({"quote": {"text": quote}}, {})) == ([] if is_own else ["quote"])
    assert foreign_quotes(ARTICLE, Edit({}, {"x": {"quote": {"text": quote}}})) == ([] if is_own else ["format_changes.x.quote"])


@pytest.mark.parametrize(
    ("text", "quote", "is_own"),
    [
        ("市長は「橋は安全だ」と述べた", "橋は安全だ", True),
        ("市長は「橋は安全だ」と述べた", "橋は危険だ", False),
        ("मेयर ने कहा कि पुल सुरक्षित है", "पुल सुरक्षित है", True),
        ("मेयर ने कहा कि पुल सुरक्षित नहीं है", "पुल सुरक्षित है", False),
        ("قال العمدة «الجسر آمن»", "الجسر آمن", True),
        ("It’s all ours, and the co-operative’s", "IT'S ALL OURS, AND THE CO OPERATIVE'S", True),
    ],
)
def test_quotes_are_compared_in_all_scripts(text, quote, is_own):
    article = read_native(as_body(native("ferry", summary=text)))
    assert foreign_quotes(article, Edit({"quote": {"text": quote}}, {})) == ([] if is_own else ["quote"])


def test_differences_show_the_articles_words_where_a_post_has_none():
    was = {"changes": {"kicker": "Sea"}, "format_changes": {}, "text": "a", "name": ""}
    now = {"changes": {"headline": "Boats"}, "format_changes": {"x": {"theme": "civic"}}, "text": "a", "name": ""}
    assert compare(ARTICLE, was, now) == [
        {"field": "format_changes.x.theme", "is": "civic"},
        {"field": "headline", "was": FERRY, "is": "Boats"},
        {"field": "kicker", "was": "Sea", "is": "Transport"},
    ]


def changed(minute: float, was: str, now: str, by: str = "ida", field: str = "text") -> dict:
    return line("changed", by, START + timedelta(minutes=minute), [{"field": field, "was": was, "is": now}])


def test_changes_of_one_editor_in_a_row_are_one_line():
    history = []
    for step in (changed(0, "a", "b"), changed(4, "b", "c"), changed(8, "1", "2", field="name")):
        history = with_line(history, step)
    assert [(entry["at"], entry["changed"]) for entry in history] == [
        ("2026-03-01T12:08:00+00:00", [{"field": "text", "was": "a", "is": "c"}, {"field": "name", "was": "1", "is": "2"}])
    ]
    assert with_line(history, changed(9, "c", "a"))[-1]["changed"] == [{"field": "name", "was": "1", "is": "2"}]
    assert len(with_line(history, changed(8 + TOGETHER.total_seconds() / 60, "c", "d"))) == 2
    assert len(with_line(history, changed(9, "c", "d", by="ole"))) == 2
    said = with_line(history, line("commented", "ida", START))
    assert len(with_line(said, changed(9, "c", "d"))) == 3


def test_a_change_that_is_taken_back_leaves_no_line():
    assert with_line([changed(0, "a", "b")], changed(1, "b", "a")) == []


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), st.integers(0, 9)), max_size=12))
def test_merged_lines_say_what_all_steps_did(steps):
    values: dict[str, str] = dict.fromkeys("abc", "start")
    history: list[dict] = []
    for field, value, minute in steps:
        if values[field] != value:
            history = with_line(history, changed(minute / 10, values[field], value, field=field))
            values[field] = value
    told = {change["field"]: change for entry in history for change in entry["changed"]}
    assert {field: change["is"] for field, change in told.items()} == {f: v for f, v in values.items() if v != "start"}
    assert all(change["was"] == "start" for change in told.values())


def test_a_history_is_bounded():
    history: list[dict] = []
    for number in range(MAX_LINES + 50):
        history = with_line(history, changed(number * 10, "a", "b"))
    assert len(history) == MAX_LINES
    for number in range(50):
        history = with_line(history, changed(number * 10, "a" * 3000, "b" * 3000))
    assert len(json.dumps(history)) <= MAX_BYTES
    assert len(with_line(history, changed(1000, "a" * MAX_BYTES, "b"))) == 1


def test_changes_of_a_long_article_do_not_read_all_of_it_again(monkeypatch):
    sizes: list[int] = []

    def read(data: bytes) -> Article:
        sizes.append(len(data))
        return read_native(data)

    monkeypatch.setattr(edit, "read_native", read)
    long = replace(ARTICLE, quotes=(PullQuote("Boats sail. " * 800, "Ida Holm"),) * 50, summary="Boats sail. " * 800)
    changed = apply_edit(long, Edit({"headline": "Boats sail"}, {"x": {"kicker": "Ferries"}}), "x")
    assert changed == replace(long, headline="Boats sail", kicker="Ferries")
    assert max(sizes) < 1_000
    quote = {"text": "Nobody swims.", "speaker": "Ida Holm"}
    assert apply_edit(long, Edit({"quote": quote}, {})) == replace(long, quotes=(PullQuote("Nobody swims.", "Ida Holm"),))
