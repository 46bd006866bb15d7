"""Tests the ICU calls: scripts, bidi classes, brackets, upper case and UTF-16 offsets."""

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
def test_upper_follows_language(text: str, language: str, expected: str) -> None:
    assert icu.upper(text, language) == expected


def test_upper_may_triple_length() -> None:
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
def test_finds_script_of_character(character: str, expected: str) -> None:
    assert icu.script(character) == expected


@pytest.mark.parametrize("character", ["\u00ad", "\u200b", "\u200d", "\ufe0f", "\u2060"])
def test_invisible_characters_are_ignorable(character: str) -> None:
    assert icu.is_ignorable(character)


@pytest.mark.parametrize("character", ["a", " ", "\u0301", "-"])
def test_visible_characters_are_not_ignorable(character: str) -> None:
    assert not icu.is_ignorable(character)


def test_maps_utf16_offsets_to_code_points() -> None:
    assert list(icu.codepoint_offsets("a😀b")) == [0, 1, 1, 2, 3]
    assert list(icu.codepoint_offsets("añb")) == [0, 1, 2, 3]
    assert list(icu.codepoint_offsets("")) == [0]


@pytest.mark.parametrize(("character", "expected"), [("a", "L"), ("א", "R"), ("ع", "AL"), ("7", "EN"), ("\u2069", "PDI")])
def test_finds_bidi_class_of_character(character: str, expected: str) -> None:
    assert icu.bidi_class(character) == expected


def test_canonically_equivalent_brackets_are_one_pair() -> None:
    opening, closing = icu.paired_bracket("\u2329"), icu.paired_bracket("\u3009")
    assert opening
    assert closing
    assert (opening.opens, closing.opens) == (True, False)
    assert opening.closing == closing.closing
    assert icu.paired_bracket("a") is None
