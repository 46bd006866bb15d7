"""bidi: levels and runs in the order they are drawn; all of BidiCharacterTest is in tests/conformance."""

import unicodedata

import pytest

from storycard.text.bidi.levels import _MAY_REORDER, embedding_levels
from storycard.text.bidi.reordering import visual_runs

ALEF_BET_GIMEL = "אבג"


def drawn(text: str, rtl: bool, start: int = 0, end: int | None = None) -> list[str]:
    """The line's runs from left to right, a leftwards one marked with an arrow."""
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
        ("ב [א]\u0301 c", False, ["<ב [א]\u0301", " c"]),  # a mark goes with its bracket
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
        runs = visual_runs(text, embedding_levels(text, rtl), rtl, 2, len(text) - 1)
        covered = sorted(index for run in runs for index in range(run.start, run.end))
        assert covered == list(range(2, len(text) - 1))


def test_spaces_at_the_end_of_a_line_stand_at_the_paragraph_s_end() -> None:
    assert drawn("ab  cd", True, 0, 4) == ["<  ", "ab"]


def test_a_hundred_embeddings_are_too_deep_and_harm_nothing() -> None:
    text = "\u202b\u202a" * 100 + "a" + "\u202c" * 200 + " ב"
    assert max(embedding_levels(text, False)) <= 126


def test_no_character_that_turns_a_text_is_taken_for_one_that_cannot() -> None:
    turning = {"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI", "PDF", "PDI"}
    characters = map(chr, range(0x110000))
    taken_for_plain = [c for c in characters if unicodedata.bidirectional(c) in turning and not _MAY_REORDER.search(c)]
    assert taken_for_plain == []
