"""errors: one sentence that may be shown to anybody."""

import pytest

from storycard.errors import CardSkipped, FieldError, shown


def test_a_field_error_says_where_what_was_expected_and_what_came() -> None:
    error = FieldError("quotes[2].speaker", "text", "nothing")
    assert str(error) == "quotes[2].speaker: expected text, got nothing"
    assert (error.field, error.expected, error.got) == ("quotes[2].speaker", "text", "nothing")


def test_a_skipped_card_says_which_and_why() -> None:
    error = CardSkipped("quote", "og", "the article has no quote with a speaker")
    assert str(error) == "quote-og: the article has no quote with a speaker"


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, "nothing"), ("og2", "'og2'"), (7, "7"), ([1, 2], "list of 2"), ({"a": 1}, "dict of 1"), ("a\nb", r"'a\nb'")],
)
def test_a_value_is_quoted_on_one_line(value: object, expected: str) -> None:
    assert shown(value) == expected


def test_a_long_value_is_cut_and_measured() -> None:
    assert shown("x" * 10_000) == "'" + "x" * 59 + "... (10002 characters)"
