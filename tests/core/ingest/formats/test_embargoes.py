"""Tests that no format guesses the end of an embargo: a misread one would publish early."""

import json

import pytest

from storycard.errors import ArticleInvalid
from support.reading import read_source

TIMES = ("2026-12-24 18:00 CET", "2026-12-24 6:00 PM", "2026-12-24", "2026-12-24T18:00:00", "202612241800", 20261224, "soon")
WHOLE = "2026-12-24T18:00:00+01:00"


def item(format_name: str, time: object) -> bytes:
    items = {
        "ans": {
            "_id": "A",
            "headlines": {"basic": "Ferries"},
            "content_restrictions": {"embargo": {"active": True, "end_time": time}},
        },
        "ninjs": {"guid": "a", "headline": "Ferries", "embargoed": time},
        "ghost": {"id": "a", "title": "Ferries", "status": "scheduled", "published_at": time},
    }
    return json.dumps(items[format_name]).encode()


@pytest.mark.parametrize("format_name", ["ninjs", "ghost"])
def test_an_embargo_that_might_be_misread_is_refused(format_name: str) -> None:
    for time in TIMES:
        with pytest.raises(ArticleInvalid, match="a time in ISO 8601 with its zone"):
            read_source(item(format_name, time), format_name, language="en")
    assert read_source(item(format_name, WHOLE), format_name, language="en").embargo_until.isoformat() == WHOLE


def test_an_embargo_of_arc_that_might_be_misread_makes_a_draft() -> None:
    assert {read_source(item("ans", time), "ans", language="en").status for time in TIMES} == {"draft"}
    article = read_source(item("ans", WHOLE), "ans", language="en")
    assert (article.status, article.embargo_until.isoformat()) == ("published", WHOLE)
