"""Tests reading events by a newsroom's own table: its faults, its flags, and what hostile bodies cost."""

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.cms.article_map import Found, find_fields, read_found, stored_map
from adapters.cms.events import read_event
from adapters.cms.events.event import Irrelevant, Notice, Withdrawal
from adapters.config.connections import parse_connections
from adapters.config.webhook_sources import Source, parse_sources
from adapters.errors import ConfigInvalid
from adapters.storage.inbox import Delivery
from storycard.article import ArticleImage
from storycard.errors import ArticleInvalid
from storycard.ingest import ReadOptions
from storycard.ingest.mapped.article import read_mapped
from support.paths import ROOT
from support.reading import LANGUAGES

HEAD = '[sources.desk]\nscheme = "static-header"\nheader = "X-Desk"\nsecrets = ["s"]\n'


def source(table: str) -> Source:
    return parse_sources(f"{HEAD}[sources.desk.map]\n{table}")["desk"]


def event(table: str, body: Any):
    now = datetime(2026, 3, 1, tzinfo=UTC)
    desk = source(table)
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return read_event(Delivery("desk", "1", now, now, desk.format, None, data, article_map=desk.article_map))


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('id = "a"\nheadline = "e..title"', "sources.desk.map.headline: expected a JMESPath expression, got 'e..title', with a"),
        ('id = "a"\nheadline = "entry.[title"', "got 'entry.[title', with a fault at character 13, at its end"),
        ('id = "a"\nheadline = "entry.title ^"', "with a fault at character 13, at '^'"),
        ('id = ""', "map.id: expected text, got ''"),
        ('id = 7', "map.id: expected text, got 7"),
        ('headline = "title"', "map.id: expected an expression that gives the article's ID, got nothing"),
        ('id = "a"\nheadlien = "b"', "map.headlien: expected one of only, withdrawn, id, headline"),
        ('id = "a"\ndeck = "' + "(" * 1500 + '"', "map.deck: expected a JMESPath expression, got '(((("),
        ('id = "a"\ndeck = "' + "a" * 2001 + '"', "map.deck: expected a JMESPath expression, got one of 2,001 characters"),
    ],
)  # fmt: skip
def test_a_fault_in_a_table_names_its_place(table: str, said: str) -> None:
    with pytest.raises(ConfigInvalid) as raised:
        source(table)
    assert said in str(raised.value)


def test_a_table_stands_instead_of_a_format() -> None:
    with pytest.raises(
        ConfigInvalid, match=r"^sources\.desk\.format: expected no key of this name beside the table map, got 'ghost'"
    ):
        parse_sources(f'{HEAD}format = "ghost"\n[sources.desk.map]\nid = "id"\n')
    with pytest.raises(ConfigInvalid, match=r"^sources\.desk\.format: expected one of native"):
        parse_sources(HEAD)


def test_says_what_an_event_is() -> None:
    table = (
        'only = "model == \'article\'"\nid = "id"\nheadline = "title"\nwithdrawn = "gone"\nupdated_at = "at"\nstatus = "state"'
    )
    article = {"model": "article", "id": 7, "title": "The ferry", "at": "2026-03-01T10:00:00Z"}
    assert isinstance(event(table, article | {"model": "page"}), Irrelevant)
    assert isinstance(event(table, {"id": 7}), Irrelevant)
    assert isinstance(event(table, article), Found)
    assert {type(event(table, article | {"gone": gone})) for gone in (0, False, "", "0", "false", [], None)} == {Found}
    assert [event(table, article | {"gone": gone}) for gone in (1, True, "yes", "2026-01-01")] == [Withdrawal("7")] * 4
    assert event(table, article | {"state": "archived"}) == Withdrawal("7", datetime(2026, 3, 1, 10, tzinfo=UTC))
    assert event(table, article | {"state": "archived", "gone": 1}) == Withdrawal("7")
    assert event('id = "id"', article) == Notice("7")
    assert event(table, article | {"id": "urn:a/b 7", "gone": 1}).article_id == "b-7-60b4182d58fb"
    with pytest.raises(ArticleInvalid, match=r"^id: expected 1 to 128 letters"):
        event(table, article | {"id": None, "gone": True})


def test_an_expression_that_fails_counts_as_nothing_unless_it_decides_what_is_public() -> None:
    found = event('id = "id"\nheadline = "title"\ncanonical_url = "join(\'/\', [site, slug])"', {"id": "a", "title": "b"})
    assert found.values == {"id": "a", "headline": "b", "canonical_url": None}
    assert found.failures["canonical_url"].startswith("In function join(), invalid type for value: None")
    for key in ("only", "withdrawn", "status", "closed", "embargo_until", "id"):
        others = "".join(f'{name} = "{name}"\n' for name in ("id", "headline") if name != key)
        table = f"{others}{key} = \"contains(flags, 'x')\""
        with pytest.raises(
            ArticleInvalid, match=rf'^{key}: expected a value of "contains\(flags, \'x\'\)", got In function contains'
        ):
            event(table, {"id": "a"})


def test_a_withdrawal_needs_nothing_of_the_content() -> None:
    table = (
        'closed = "contains(tags, \'x\')"\nembargo_until = "join(\'\', tags)"\nheadline = "title"\nbullets = "points[].text"\n'
    )
    table += 'withdrawn = "event == \'delete\'"\nid = "id"\nstatus = "state"'
    many = [1] * 100_000
    assert event(table, {"event": "delete", "id": 7, "points": many}) == Withdrawal("7")
    assert event(table, {"event": "save", "state": "archived", "id": 7, "points": many}) == Withdrawal("7")
    with pytest.raises(ArticleInvalid, match=r"^closed: expected a value of"):
        event(table, {"event": "save", "id": 7, "title": "The ferry"})


def test_hostile_bodies_are_bounded() -> None:
    table = 'id = "id"\nheadline = "title"\nbullets = "points[].text"\ndeck = "to_string(@)"'
    with pytest.raises(ArticleInvalid, match=r"^bullets: expected expressions that look at no more than 100,000 values"):
        event(table, b'{"id": "a", "points": [' + b"1," * 100_000 + b"1]}")
    with pytest.raises(ArticleInvalid, match=r"^body: expected JSON of a few levels"):
        event(table, b'{"id": "a", "points": ' + b"[" * 100_000)
    deep = event(table, {"id": "a", "title": json.loads("[" * 800 + "]" * 800)})
    with pytest.raises(ArticleInvalid, match=r"^body: expected blocks of at most 60 levels"):
        read_mapped(deep.values, ReadOptions(LANGUAGES))


def test_the_table_of_quintype_in_the_docs_reads_its_stories() -> None:
    """The story has the names of quintype/quintype-amp's test data, with texts of our own."""
    tables = re.findall(r"```toml\n(.+?)```", (ROOT / "docs/cms/asked-by-id.md").read_text("utf-8"), re.DOTALL)
    cms = next(cms for table in tables if (cms := parse_connections(table).cms) and cms.article_map)
    elements = [
        {
            "type": "text",
            "subtype": None,
            "text": "<p>The dam was built in 1931.</p>",
            "metadata": {},
            "title": "",
            "page-url": "/story/7",
        },
        {"type": "text", "subtype": "summary", "text": "<ul><li>It holds two years of rain</li><li>Its wall is sound</li></ul>"},
        {"type": "image", "image-s3-key": "a/b.jpg", "title": "The wall of the dam in spring", "text": ""},
    ]
    story = {"id": "7f3d", "headline": "The old dam holds", "cards": [{"story-elements": elements}], "access": "public"} | {
        "status": "published", "published-at": 1772358000000, "hero-image-s3-key": "a/dam.jpg", "hero-image-attribution": "Di Ek",
        "hero-image-metadata": {"width": 2000, "height": 1000, "focus-point": [500, 250]}, "embargoed-till": None,
        "url": "https://news.example/dam", "authors": [{"id": 1, "name": "Bo Hall"}],
    }  # fmt: skip
    article = read_found(find_fields(cms.article_map, {"story": story}), ReadOptions(LANGUAGES, language=cms.language))
    assert (article.id, article.bullets, article.byline) == (
        "7f3d",
        ("It holds two years of rain", "Its wall is sound"),
        ("Bo Hall",),
    )
    assert article.image == ArticleImage("https://media.assettype.com/a/dam.jpg", credit="Di Ek", focal_point=(0.25, 0.25))
    assert (article.summary, article.notices) == ("The dam was built in 1931.", ())


def test_a_stored_table_is_the_same_table() -> None:
    table = source('only = "a"\nid = "b"\nheadline = \'"ü"\'').article_map
    assert table is not None
    assert stored_map(table.document) == table
    assert stored_map(table.document).hash == table.hash
    assert find_fields(table.part("id"), {"b": 1}).values == {"id": 1}
