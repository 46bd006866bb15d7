"""Tests that what block editors store is read as the content that it is: one article in the form of each."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storycard.article import PullQuote
from storycard.errors import ArticleInvalid
from storycard.ingest.documents.rich_text import as_html
from storycard.ingest.html.blocks import Block, read_blocks
from storycard.ingest.quotes.quote_blocks import QuoteBlock, read_quote
from support.reading import LANGUAGES

Json = dict[str, Any]
# Every editor below holds this: a heading, text with marks and a break, a list inside a list, and a quote.
HEADING, TEXT, ITEMS = "What we know", "The barriers <held> all night.", ("Nine gates closed.", "Two did not.")
QUOTE = "We slept that night."
FOLDER = Path(__file__).parent
READING_WORDS = LANGUAGES.reading_words
ARTICLE = [("heading", HEADING), ("paragraph", TEXT), *(("item", item) for item in ITEMS), ("quote", QUOTE)]


def lexical(kind: str, *children: Json, **fields: object) -> Json:
    return {"type": kind, "version": 1, "children": list(children), **fields}


def words(text: str, **fields: object) -> Json:
    return {"type": "text", "text": text, **fields}


def portable(*spans: Json, style: str = "normal", **fields: object) -> Json:
    return {"_type": "block", "_key": "k", "style": style, "markDefs": [], "children": list(spans), **fields}


def span(text: str, *marks: str) -> Json:
    return {"_type": "span", "_key": "s", "text": text, "marks": list(marks)}


def slate(kind: str, *children: Json, **fields: object) -> Json:
    return {"type": kind, "children": list(children), **fields}


def prismic(kind: str, text: str, *spans: Json) -> Json:
    return {"type": kind, "text": text, "spans": list(spans), "direction": "ltr"}


EDITORS: dict[str, Any] = json.loads((FOLDER / "editors.json").read_text("utf-8"))
QUOTES: list[Any] = json.loads((FOLDER / "quotes.json").read_text("utf-8"))


def blocks_of(document: object) -> list[Block]:
    return read_blocks(as_html(document))


def test_every_editor_holds_the_same_article() -> None:
    read = {name: [(block.kind, block.text) for block in blocks_of(document)] for name, document in EDITORS.items()}
    assert {name: found for name, found in read.items() if found != ARTICLE} == {}
    lists = {
        name: {block.list_number for block in blocks_of(document) if block.kind == "item"} for name, document in EDITORS.items()
    }
    assert [name for name, numbers in lists.items() if len(numbers) != 1] == []


def test_marks_are_kept_where_they_carry_meaning() -> None:
    """A bold beginning may be a question; deleted text is not read; the share of links tells lists that lead elsewhere."""
    linked = {"type": "link", "fields": {"url": "https://a.example"}, "children": [words("three gates")]}
    texts = (words("Why?", format=1), words(" no", format=4), words("CO"), words("2", format=32), words(" "), linked)
    [block] = blocks_of({"root": lexical("root", lexical("paragraph", *texts))})
    assert (block.text, block.bold, block.linked) == ("Why?CO₂ three gates", "Why?", len("three gates"))
    keys = portable(span("Read more", "a1"), markDefs=[{"_key": "a1", "_type": "link", "href": "https://a.example"}])
    assert [block.linked for block in blocks_of([keys])] == [9]


def test_texts_of_other_types_stay_in_their_paragraph_and_code_is_no_text() -> None:
    """Lexical's tabs, hashtags and mentions are texts; Tiptap's mention is a node without text."""
    texts = (words("Thanks"), {"type": "tab", "text": "\t", "mode": "normal"}, {"type": "hashtag", "text": "#ferry", "format": 0})
    mention = {"type": "mention", "attrs": {"id": "7", "label": "Ann"}}
    code = slate("code", words("x = 1"))
    read = blocks_of({"root": lexical("root", lexical("paragraph", *texts, words(" "), mention), code)})
    assert [(block.kind, block.text) for block in read] == [("paragraph", "Thanks #ferry @Ann")]


def test_offsets_of_marks_count_as_javascript_does() -> None:
    def marked(*spans: tuple[int, int, str]) -> str:
        return as_html(
            [prismic("paragraph", "🚢🚢 late", *({"start": start, "end": end, "type": kind} for start, end, kind in spans))]
        )

    assert marked((5, 9, "strong")) == "<p>🚢🚢 <strong>late</strong></p>"
    assert marked((5, 90, "em"), (7, 90, "strong")) == "<p>🚢🚢 <em>la</em><strong><em>te</em></strong></p>"
    assert marked((3, 5, "em"), (7, 9, "underline"), (-2, 4, "em")) == "<p>🚢<em>🚢 </em>late</p>"  # 3 is inside the second ship


def test_quote_with_a_source_is_a_pull_quote() -> None:
    read = [[block for block in blocks_of(document) if block.kind == "quote"] for document in QUOTES]
    quotes = [
        (block.pulled, read_quote(QuoteBlock(tuple(block.lines), tuple(block.source), tuple(block.after_source)), READING_WORDS))
        for [block] in read
    ]
    expected = (True, PullQuote(QUOTE, "Ruth Pellow", "harbour master"))
    assert [document for document, quote in zip(QUOTES, quotes, strict=True) if quote != expected] == []


def test_speaker_is_nobody_else_in_the_fields_of_a_quote() -> None:
    """A CMS's own names of users, pictures' authors and agencies stand before and after the speaker."""
    others = {
        "created_by": "Sys Admin", "updatedBy": {"name": "Sys Admin", "role": "Editor"}, "photo_source": "Agency",
        "author_url": "/a", "imageAuthor": "Di Ek", "speaker_id": "7f3", "author": 7, "position": 3,
        "owner": {"name": "Sys Admin"}, "speaker_title": None, "pageAuthor": "Bo Hall", "image_title": "A gate",
    }  # fmt: skip
    surest = ["speaker", "attribution", "quotee", "cite", "citation", "author", "person", "by", "name", "source"]
    wrong = []
    for number, key in enumerate(surest):
        less = dict.fromkeys(reversed(surest[number + 1 :]), "Somebody Else")
        for said in ({key: "Ruth Pellow"}, {key: {"name": "Ruth Pellow"}}):
            for fields in (others | less | said, said | less | others | said):
                [block] = blocks_of([{"type": "quote", "value": {"text": QUOTE, **fields}}])
                wrong += [(fields, block.source)] if block.source != ["Ruth Pellow"] else []
    assert wrong == []
    person = {"name": "Ruth Pellow", "role": "skipper"}
    [block] = blocks_of([{"type": "quote", "value": {"text": QUOTE, "title": "Quote of the day", "speaker": person}}])
    assert block.source == ["Ruth Pellow", "skipper"]
    assert [block.source for block in blocks_of([{"type": "quote", "value": {"text": QUOTE, **others}}])] == [[]]


def test_lists_inside_lists_stay_one_list() -> None:
    nested = [
        portable(span(text), listItem="bullet", level=level)
        for text, level in (("One", 1), ("Two", 3), ("Three", 2), ("Four", 1))
    ]
    assert [(block.kind, block.text) for block in blocks_of(nested)] == [
        ("item", text) for text in ("One", "Two", "Three", "Four")
    ]
    inner = slate("ul", slate("li", {"text": "Two"}))
    outer = slate("ul", slate("li", slate("p", {"text": "One"}), inner), slate("li", {"text": "Three"}))
    assert [(block.kind, block.text) for block in blocks_of([outer])] == [("item", "One"), ("item", "Two"), ("item", "Three")]


def test_key_points_and_questions_of_a_sites_own_blocks_are_told() -> None:
    points = [{"acf_fc_layout": "x", "type": "key_points", "value": [{"text": "Nine gates closed."}, {"text": "Two did not."}]}]
    assert [(block.kind, block.key_points) for block in blocks_of(points)] == [("item", True), ("item", True)]
    faq = [{"type": "faq", "value": [{"question": "Did the gates hold?", "answer": "<p>They did, all nine.</p>"}]}]
    assert [block.kind for block in blocks_of(faq)] == ["heading", "paragraph"]


def test_text_of_unknown_blocks_is_read_and_their_settings_are_not() -> None:
    unknown = {
        "type": "liveUpdate",
        "data": {"theme": "dark and very very blue", "at": "10:15", "update": "The ferry to the island is late."},
    }
    assert [block.text for block in blocks_of({"blocks": [unknown]})] == ["The ferry to the island is late."]
    odd = lexical("mystery", lexical("enigma", words("The ferry is late.")))
    assert [block.text for block in blocks_of({"root": lexical("root", odd)})] == ["The ferry is late."]


def test_hidden_blocks_and_nodes_are_not_read() -> None:
    secret = "The SECRET plan is here."
    flags: list[Json] = [
        {name: True} for name in ("hidden", "isHidden", "_hidden", "disabled", "is_draft", "private", "internal")
    ]
    flags += [{name: off} for name in ("enabled", "visible", "isVisible", "published") for off in (False, "false", 0, "0")]
    flags += [{name: state} for name in ("status", "_status") for state in ("draft", "Disabled", "archived")]
    flags += [{"hidden": 1}, {"hidden": "true"}]
    read = []
    for flag in flags:
        fields = [{"type": "text", "text": secret, **flag}]
        fields += [
            {"type": "text", held: {"text": secret, **flag}} for held in ("fields", "attributes", "attrs", "data", "value")
        ]
        fields += [{"type": "text", "text": secret, "attrs": flag}, {"html": secret, **flag}]
        node = lexical("paragraph", words(secret))
        quote = {"type": "quote", "data": {"text": secret}}
        prose = {"type": "paragraph", "data": {"text": secret}}
        documents: list[Any] = [[block] for block in fields]
        documents += [{"root": lexical("root", node | flag)}, {"root": lexical("root", node | {"attrs": flag})}]
        documents += [[portable(span(secret)) | flag, portable(span("x"))], [prismic("paragraph", secret) | flag]]
        documents += [{"blocks": [{**block, "tunes": {}, **flag}, prose | {"data": {"text": "x"}}]} for block in (quote, prose)]
        documents += [{"entityMap": {}, "blocks": [{"type": "unstyled", "text": secret, "data": flag}]}]
        read += [document for document in documents if "SECRET" in as_html(document)]
    assert read == []
    shown: list[Json] = [
        {"hidden": False},
        {"enabled": True},
        {"published": "2026-03-01"},
        {"status": "published"},
        {"visible": None},
    ]
    assert [flag for flag in shown if "SECRET" not in as_html([{"type": "text", "text": secret, **flag}])] == []


def test_notes_for_the_desk_are_not_read() -> None:
    secret = "The SECRET plan is here."
    names = (
        "note",
        "editorNotes",
        "internal_text",
        "editor",
        "comment",
        "comments",
        "todo",
        "instructions",
        "private",
        "help_text",
    )
    blocks: list[Json] = [{"type": "update", name: secret} for name in names]
    blocks += [{"type": "update", name: {"text": secret}} for name in names if name != "editor"]
    blocks += [{"type": "update", "text": "Ice.", "memo": secret}, {"type": "internal_note", "text": secret}]
    blocks += [{"type": "key_points", "notes": [secret], "points": ["Ice."]}]
    assert [block for block in blocks if "SECRET" in as_html([block])] == []
    assert "Ice." in as_html(blocks)


def test_deep_nesting_is_an_error_that_names_the_body() -> None:
    for start, wrap in (
        ({"type": "text", "text": "x"}, lambda inner: {"type": "p", "children": [inner]}),
        ("x", lambda inner: [inner]),
        ("x", lambda inner: {"type": "box", "fields": {"body": [inner]}}),
        ({"items": ["x"]}, lambda inner: {"content": "x", "items": [inner]}),
    ):
        document = start
        for _ in range(300):
            document = wrap(document)
        held = {"blocks": [{"type": "list", "data": document}]} if "items" in document else document
        with pytest.raises(ArticleInvalid, match=r"^body: expected blocks of at most 60 levels"):
            as_html(held)


def test_a_document_of_too_many_blocks_is_an_error() -> None:
    for document in (["x"] * 50_001, json.dumps([{}] * 50_001), {"root": lexical("root", *[words("x")] * 50_001)}):
        with pytest.raises(ArticleInvalid, match=r"^body: expected at most 50,000 blocks, got more"):
            as_html(document)


NAMES = st.sampled_from(
    [
        "type",
        "_type",
        "nodeType",
        "children",
        "content",
        "text",
        "value",
        "marks",
        "format",
        "blocks",
        "data",
        "items",
        "level",
        "root",
        "document",
        "schema",
        "spans",
        "start",
        "end",
        "listItem",
        "markDefs",
        "entityMap",
        "attrs",
        "quote",
        "depth",
        "offset",
    ]
)
KINDS = st.sampled_from(
    ["paragraph", "list", "listitem", "text", "heading", "quote", "bulletListItem", "block", "h9", "<p>", "[1]"]
)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | KINDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES | st.text(max_size=4), inner, max_size=5),
    max_leaves=25,
)


@settings(max_examples=40, deadline=None)
@given(ANY_JSON)
def test_any_json_gives_html_or_a_typed_error(document: object) -> None:
    with suppress(ArticleInvalid):
        blocks_of(document)
