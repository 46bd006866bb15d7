"""Tests embedding levels and visual runs. tests/conformance runs all of BidiCharacterTest.txt."""

import unicodedata

import pytest

from storycard.text.bidi.levels import _MAY_REORDER, embedding_levels
from storycard.text.bidi.reordering import visual_runs

ALEF_BET_GIMEL = "אבג"


def drawn(text: str, rtl: bool, start: int = 0, end: int | None = None) -> list[str]:
    """Returns the text of each run from left to right; "<" marks a right-to-left run."""
    runs = visual_runs(text, embedding_levels(text, rtl), rtl, start, len(text) if end is None else end)
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
        (f"a (\u2068{ALEF_BET_GIMEL} b!\u2069) c", False, ["a (\u2068", "<!", "b", f"<{ALEF_BET_GIMEL} ", "\u2069) c"]),
        ("ב [א]\u0301 c", False, ["<ב [א]\u0301", " c"]),  # a combining mark follows its bracket
        ("", True, []),
    ],
)
def test_orders_runs_visually(text: str, rtl: bool, expected: list[str]) -> None:
    assert drawn(text, rtl) == expected


def test_line_uses_levels_of_whole_paragraph() -> None:
    text = f"abc {ALEF_BET_GIMEL} 12 def"
    assert drawn(text, False, 8, 10) == ["12"]
    assert drawn(f"{ALEF_BET_GIMEL} abc", True, 0, 4) == [f"<{ALEF_BET_GIMEL} "]


def test_runs_cover_each_code_point_once() -> None:
    text = f"Der 😀 {ALEF_BET_GIMEL} (12) שלום, 3 km 𐤀𐤁"
    for rtl in (False, True):
        runs = visual_runs(text, embedding_levels(text, rtl), rtl, 2, len(text) - 1)
        covered = sorted(index for run in runs for index in range(run.start, run.end))
        assert covered == list(range(2, len(text) - 1))


def test_trailing_spaces_take_level_of_paragraph() -> None:
    assert drawn("ab  cd", True, 0, 4) == ["<  ", "ab"]


def test_limits_depth_of_embeddings() -> None:
    text = "\u202b\u202a" * 100 + "a" + "\u202c" * 200 + " ב"
    assert max(embedding_levels(text, False)) <= 126


def test_shortcut_covers_every_character_that_may_reorder() -> None:
    reordering = {"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI", "PDF", "PDI"}
    characters = map(chr, range(0x110000))
    missed = [c for c in characters if unicodedata.bidirectional(c) in reordering and not _MAY_REORDER.search(c)]
    assert missed == []
