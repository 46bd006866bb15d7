"""Tests the splitting of text into grapheme clusters."""

from icu4py.breakers import CharacterBreaker

from storycard.text.graphemes import graphemes


def test_characters_before_the_combining_marks_stand_alone() -> None:
    characters = [chr(code) for code in range(0x300) if chr(code) != "\r"]
    pairs = "".join(first + second for first in characters[::7] for second in characters)
    assert all(end - start == 1 for start, end in CharacterBreaker(pairs, "en").segments())
    assert list(graphemes(pairs, "en")) == list(pairs)


def test_a_combining_mark_and_a_line_feed_belong_to_the_character_before_them() -> None:
    assert list(graphemes("e\u0301a", "en")) == ["e\u0301", "a"]
    assert list(graphemes("é\r\n", "en")) == ["é", "\r\n"]
