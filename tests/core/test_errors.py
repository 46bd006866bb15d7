"""Tests storycard.errors: messages of one sentence, safe to show to the public."""

from datetime import date

import pytest

from storycard.errors import CardSkipped, FieldError, UnknownName, kind_of, require_known_name, shown


def test_field_error_says_where_what_was_expected_and_what_came() -> None:
    error = FieldError("quotes[2].speaker", "text", "nothing")
    assert str(error) == "quotes[2].speaker: expected text, got nothing"
    assert (error.field, error.expected, error.got) == ("quotes[2].speaker", "text", "nothing")


def test_skipped_card_says_which_and_why() -> None:
    error = CardSkipped("quote", "og", "the article has no quote with a speaker")
    assert str(error) == "quote-og: the article has no quote with a speaker"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        *((None, "nothing"), ("og2", "'og2'"), (7, "7"), (True, "true"), ("a\nb", r"'a\nb'")),
        *(([1, 2], "a list of 2"), ({"a": 1}, "an object of 1")),
    ],
)
def test_shows_value_on_one_line(value: object, expected: str) -> None:
    assert shown(value) == expected


def test_names_kinds_in_plain_words() -> None:
    values = (None, True, 7, 0.5, "a", [], {}, date(2026, 11, 29))
    assert [kind_of(value) for value in values] == [
        *("nothing", "true or false", "a number", "a number", "text", "a list", "an object", "a date or time")
    ]


def test_shows_start_and_length_of_a_long_value() -> None:
    assert shown("x" * 10_000) == "'" + "x" * 59 + "... (10002 characters)"


def test_unknown_name_lists_known_names() -> None:
    kinds = ("headline", "bullet", "quote")
    with pytest.raises(UnknownName) as caught:
        require_known_name(kinds, "carrousel", "kind")
    assert str(caught.value) == "kind: expected one of headline, bullet, quote, got 'carrousel'"
    assert require_known_name(kinds, "quote", "kind") == "quote"
