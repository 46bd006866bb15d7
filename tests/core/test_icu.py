"""icu: direction, script, capitals and UTF-16 offsets, as the standards say and in code points."""

import unicodedata

import pytest

from storycard.text import icu

ALEF_BET_GIMEL = "אבג"


def drawn(text: str, rtl: bool, start: int = 0, end: int | None = None) -> list[str]:
    """The line's runs from left to right, a leftwards one marked with an arrow."""
    runs = icu.visual_runs(text, rtl, start, len(text) if end is None else end)
    return [("<" if run.rtl else "") + text[run.start : run.end] for run in runs]


@pytest.mark.parametrize(
    ("text", "rtl", "expected"),
    [
        ("abc", False, ["abc"]),
        ("abc 123", True, ["abc 123"]),
        (f"abc {ALEF_BET_GIMEL} def", False, ["abc ", f"<{ALEF_BET_GIMEL}", " def"]),
        (f"{ALEF_BET_GIMEL} 123 abc", True, ["abc", "< ", "123", f"<{ALEF_BET_GIMEL} "]),
        ("مرحبا (world) 12", True, ["12", "<) ", "world", "<مرحبا ("]),
        (f"😀😀 {ALEF_BET_GIMEL} 😀", False, ["😀😀 ", f"<{ALEF_BET_GIMEL}", " 😀"]),
        (f"{ALEF_BET_GIMEL} a😀b", True, ["a😀b", f"<{ALEF_BET_GIMEL} "]),
        ("", True, []),
    ],
)
def test_runs_come_in_the_order_they_are_drawn(text: str, rtl: bool, expected: list[str]) -> None:
    assert drawn(text, rtl) == expected


def test_a_line_takes_its_levels_from_the_whole_paragraph() -> None:
    text = f"abc {ALEF_BET_GIMEL} 12 def"
    assert drawn(text, False, 8, 10) == ["12"]
    assert drawn(f"{ALEF_BET_GIMEL} abc", True, 0, 4) == [f"<{ALEF_BET_GIMEL} "]


def test_every_code_point_is_in_exactly_one_run() -> None:
    text = f"Der 😀 {ALEF_BET_GIMEL} (12) שלום, 3 km 𐤀𐤁"
    for rtl in (False, True):
        covered = sorted(i for run in icu.visual_runs(text, rtl, 2, len(text) - 1) for i in range(run.start, run.end))
        assert covered == list(range(2, len(text) - 1))


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
    assert icu.utf16_offsets("a😀b") == [0, 1, 3, 4]
    assert icu.utf16_offsets("") == [0]


def test_code_points_are_found_by_utf16_offset() -> None:
    assert icu.codepoint_offsets("a😀b") == [0, 1, 1, 2, 3]
    assert icu.codepoint_offsets("añb") == [0, 1, 2, 3]
    assert icu.codepoint_offsets("") == [0]


def test_no_character_that_turns_a_text_is_taken_for_one_that_cannot() -> None:
    turning = {"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI", "PDF", "PDI"}
    characters = map(chr, range(0x110000))
    taken_for_plain = [c for c in characters if unicodedata.bidirectional(c) in turning and not icu._MAY_TURN.search(c)]
    assert taken_for_plain == []
