"""Tests adapters.web.conditional: entity tags and dates."""

from contextlib import nullcontext
from datetime import UTC, datetime

import pytest

from adapters.errors import PreconditionFailed
from adapters.web.conditional import etag_matches, not_modified, require_preconditions


@pytest.mark.parametrize(
    ("if_none_match", "matches"),
    [
        ('"abc"', True),
        ('W/"abc"', True),
        ('"x", W/"abc","y"', True),
        ("*", True),
        (" * ", True),
        ('"ab"', False),
        ('"abcd"', False),
        ("abc", False),
        ('W/"x", "y"', False),
        ('"*"', False),
        ("", False),
    ],
)
def test_matches_entity_tags_in_a_list(if_none_match, matches):
    assert etag_matches(if_none_match, '"abc"') is matches


@pytest.mark.parametrize(
    ("since", "unchanged"),
    [
        ("Sun, 01 Mar 2026 12:00:00 GMT", True),
        ("Sun, 01 Mar 2026 11:59:59 GMT", False),
        ("Sun, 01 Mar 2026 12:00:01 GMT", True),
        ("yesterday", False),
        ("Sun, 01 Mar 99999999999 12:00:00 GMT", False),
        ("Sun, 01 Mar 2026 12:00:00 +9999999999", False),
        ("Mon, 01 Jan 0001 00:00:00 +2359", False),
        ("Fri, 31 Dec 9999 23:59:59 -2359", False),
    ],
)
def test_if_modified_since_compares_whole_seconds(since, unchanged):
    last_modified = datetime(2026, 3, 1, 12, 0, 0, 999_999, tzinfo=UTC)
    assert not_modified({"if-modified-since": since}, '"abc"', last_modified) is unchanged


@pytest.mark.parametrize(
    ("since", "refused"),
    [
        ("Sun, 01 Mar 2026 12:00:00 GMT", False),
        ("Sun, 01 Mar 2026 11:59:59 GMT", True),
        ("Sun, 01 Mar 2026 12:00:01 GMT", False),
        ("yesterday", False),
    ],
)
def test_if_unmodified_since_compares_whole_seconds(since, refused):
    last_modified = datetime(2026, 3, 1, 12, 0, 0, 999_999, tzinfo=UTC)
    expected = pytest.raises(PreconditionFailed, match="If-Unmodified-Since") if refused else nullcontext()
    with expected:
        require_preconditions({"if-unmodified-since": since}, '"abc"', last_modified)
