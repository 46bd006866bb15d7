"""language: what a tag says about direction and dates."""

from datetime import UTC, datetime

import pytest

from storycard.language.language import is_rtl, long_date


@pytest.mark.parametrize("tag", ["ar", "ar-EG", "he", "fa", "ur", "ckb", "az-Arab", "pa-Arab-PK", "AR", "dv"])
def test_these_run_right_to_left(tag: str) -> None:
    assert is_rtl(tag)


@pytest.mark.parametrize("tag", ["en", "de-AT", "uk", "ja", "ar-Latn", "az-Latn", "sr-Cyrl", "ku", "xx"])
def test_these_run_left_to_right(tag: str) -> None:
    assert not is_rtl(tag)


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
def test_a_day_is_spelt_as_the_language_spells_it(language: str, expected: str) -> None:
    assert long_date(datetime(2026, 11, 3, 23, 30, tzinfo=UTC), language) == expected
