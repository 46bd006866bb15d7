"""Runs Unicode 17.0's test files for line breaks, grapheme clusters and bidi, if they are beside the checkout."""

from collections.abc import Iterator

import pytest

from storycard.text.bidi.levels import embedding_levels
from storycard.text.bidi.reordering import visual_runs
from storycard.text.breaking.opportunities import line_break_offsets
from storycard.text.graphemes import graphemes
from support.paths import ROOT

FILES = ROOT.parent / "shared" / "data" / "unicode"
pytestmark = pytest.mark.skipif(not FILES.is_dir(), reason=f"the Unicode test files are not in {FILES}")


def lines_of(name: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate((FILES / name).read_text("utf-8").splitlines(), start=1):
        if case := line.partition("#")[0].strip():
            yield number, case


def breaks_of(case: str) -> tuple[str, list[int]]:
    """Parses a case such as '× 0061 ÷ 0062 ÷' to its text and the offsets of its breaks, without the one at the start."""
    text, offsets = "", []
    for token in case.split():
        if token == "÷":
            offsets.append(len(text))
        elif token != "×":
            text += chr(int(token, 16))
    return text, [offset for offset in offsets if offset]


def test_passes_line_break_test() -> None:
    cases = [(number, *breaks_of(case)) for number, case in lines_of("LineBreakTest.txt")]
    wrong = [number for number, text, expected in cases if line_break_offsets(text, "en") != expected]
    assert (len(cases), wrong) == (19_338, [])


def test_passes_grapheme_break_test() -> None:
    cases = [(number, *breaks_of(case)) for number, case in lines_of("GraphemeBreakTest.txt")]
    wrong = []
    for number, text, expected in cases:
        clusters = graphemes(text, "en")
        if [len("".join(clusters[:count])) for count in range(1, len(clusters) + 1)] != expected:
            wrong.append(number)
    assert (len(cases), wrong) == (766, [])


def test_passes_bidi_character_test() -> None:
    count, wrong = 0, []
    for number, case in lines_of("BidiCharacterTest.txt"):
        characters, _, paragraph_level, levels, order = case.split(";")
        text = "".join(chr(int(code, 16)) for code in characters.split())
        rtl = paragraph_level == "1"
        resolved = embedding_levels(text, rtl)
        drawn: list[int] = []
        found: dict[int, int] = {}
        for run in visual_runs(text, resolved, rtl, 0, len(text)):
            drawn += reversed(range(run.start, run.end)) if run.rtl else range(run.start, run.end)
            found |= dict.fromkeys(range(run.start, run.end), run.level)
        expected = {index: int(level) for index, level in enumerate(levels.split()) if level != "x"}  # x: removed by X9
        count += 1
        seen = [index for index in drawn if index in expected]
        if seen != [int(index) for index in order.split()] or any(found[index] != level for index, level in expected.items()):
            wrong.append(number)
    assert (count, wrong) == (91_707, [])
