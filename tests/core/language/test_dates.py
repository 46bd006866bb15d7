"""Tests storycard.language.dates."""

from datetime import UTC, datetime

import pytest

from storycard.language.dates import date_forms


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en-GB", ["3 November 2026", "3 Nov 2026", "03/11/2026"]),
        ("en", ["November 3, 2026", "Nov 3, 2026", "11/3/26"]),
        ("de", ["3. November 2026", "03.11.2026", "03.11.26"]),
        ("uk", ["3 листопада 2026\u202fр.", "3 лист. 2026\u202fр.", "03.11.26"]),
        ("ja", ["2026年11月3日", "2026/11/03", "2026/11/03"]),
    ],
)
def test_spells_out_the_day_as_the_language_does(language: str, expected: list[str]) -> None:
    assert [*date_forms(datetime(2026, 11, 3, 23, 30, tzinfo=UTC), language)] == expected
