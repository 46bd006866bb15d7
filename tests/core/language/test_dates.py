"""Tests storycard.language.dates."""

from datetime import UTC, datetime

import pytest

from storycard.language.dates import long_date


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en-GB", "3 November 2026"),
        ("en", "November 3, 2026"),
        ("de", "3. November 2026"),
        ("uk", "3 листопада 2026\u202fр."),
        ("ja", "2026年11月3日"),
    ],
)
def test_spells_out_the_day_as_the_language_does(language: str, expected: str) -> None:
    assert long_date(datetime(2026, 11, 3, 23, 30, tzinfo=UTC), language) == expected
