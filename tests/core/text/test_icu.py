"""icu: script, direction, brackets, capitals and UTF-16 offsets, as the standards say and in code points."""

import pytest

from storycard.text import icu


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("istanbul ılık", "tr", "İSTANBUL ILIK"),
        ("istanbul", "en", "ISTANBUL"),
        ("Άθήνα", "el", "ΑΘΗΝΑ"),
        ("Straße", "de", "STRASSE"),
        ("ijsland", "nl", "IJSLAND"),
        ("ŉ ﬃ 😀a", "en", "ʼN FFI 😀A"),
        ("київ", "uk", "КИЇВ"),
        ("日本", "ja", "日本"),
        ("", "en", ""),
    ],
)
def test_capitals_are_the_languages_own(text: str, language: str, expected: str) -> None:
    assert icu.upper(text, language) == expected


def test_a_letter_may_become_three() -> None:
    assert icu.upper("\u0390" * 50, "en") == "\u0399\u0308\u0301" * 50


@pytest.mark.parametrize(
    ("character", "expected"),
    [
        ("a", "Latn"),
        ("ж", "Cyrl"),
        ("ω", "Grek"),
        ("ع", "Arab"),
        ("한", "Hang"),
        ("𐤀", "Phnx"),
        (" ", "Zyyy"),
        ("\u0301", "Zinh"),
    ],
)
def test_a_character_has_a_script(character: str, expected: str) -> None:
    assert icu.script(character) == expected


@pytest.mark.parametrize("character", ["\u00ad", "\u200b", "\u200d", "\ufe0f", "\u2060"])
def test_invisible_characters_need_no_font(character: str) -> None:
    assert icu.is_ignorable(character)


@pytest.mark.parametrize("character", ["a", " ", "\u0301", "-"])
def test_visible_ones_do(character: str) -> None:
    assert not icu.is_ignorable(character)


def test_utf16_offsets_count_two_units_outside_the_basic_plane() -> None:
    assert list(icu.utf16_offsets("a😀b")) == [0, 1, 3, 4]
    assert list(icu.utf16_offsets("")) == [0]


def test_code_points_are_found_by_utf16_offset() -> None:
    assert list(icu.codepoint_offsets("a😀b")) == [0, 1, 1, 2, 3]
    assert list(icu.codepoint_offsets("añb")) == [0, 1, 2, 3]
    assert list(icu.codepoint_offsets("")) == [0]


@pytest.mark.parametrize(("character", "expected"), [("a", "L"), ("א", "R"), ("ع", "AL"), ("7", "EN"), ("\u2069", "PDI")])
def test_a_character_has_a_direction(character: str, expected: str) -> None:
    assert icu.bidi_class(character) == expected


def test_equivalent_brackets_are_one_pair() -> None:
    opening, closing = icu.paired_bracket("\u2329"), icu.paired_bracket("\u3009")
    assert opening
    assert closing
    assert (opening.opens, closing.opens) == (True, False)
    assert opening.closing == closing.closing
    assert icu.paired_bracket("a") is None
