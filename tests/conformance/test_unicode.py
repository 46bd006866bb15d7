"""The text engine against the whole of Unicode 17.0's own test files, where they lie beside the checkout."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storycard.text.breaking import line_breaks
from storycard.text.graphemes import graphemes
from storycard.text.icu import visual_runs

FILES = Path(__file__).parents[3] / "shared" / "data" / "unicode"
pytestmark = pytest.mark.skipif(not FILES.is_dir(), reason=f"the Unicode test files are not in {FILES}")

# Lines of BidiCharacterTest.txt that ICU 78 resolves otherwise, and why. None can come up in a sentence anybody would publish.
OVERRIDES_AROUND_ISOLATES = {61, 62, 63, 64}  # text forced into one direction that holds an isolate with embeddings of its own
BRACKETS_ACROSS_EMBEDDINGS = {*range(67, 83)}  # a bracket whose partner stands in another embedding, side by side
MARKS_ON_BRACKETS = {*range(85, 91), 104, 110, 115}  # a combining mark on a closing bracket does not follow it (N0, last clause)
BRACKETS_TOO_DEEP = {122}  # sixty-four brackets open at once: past the limit of 63 (BD16), where ICU stops one later
KNOWN = OVERRIDES_AROUND_ISOLATES | BRACKETS_ACROSS_EMBEDDINGS | MARKS_ON_BRACKETS | BRACKETS_TOO_DEEP


def lines_of(name: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate((FILES / name).read_text("utf-8").splitlines(), start=1):
        if case := line.partition("#")[0].strip():
            yield number, case


def breaks_of(case: str) -> tuple[str, list[int]]:
    """A case such as '× 0061 ÷ 0062 ÷' as its text and the offsets of its ÷, without the start."""
    text, offsets = "", []
    for token in case.split():
        if token == "÷":
            offsets.append(len(text))
        elif token != "×":
            text += chr(int(token, 16))
    return text, [offset for offset in offsets if offset]


def test_every_line_break_of_unicode() -> None:
    cases = [(number, *breaks_of(case)) for number, case in lines_of("LineBreakTest.txt")]
    wrong = [number for number, text, expected in cases if line_breaks(text, "en") != expected]
    assert (len(cases), wrong) == (19_338, [])


def test_every_grapheme_break_of_unicode() -> None:
    cases = [(number, *breaks_of(case)) for number, case in lines_of("GraphemeBreakTest.txt")]
    wrong = []
    for number, text, expected in cases:
        clusters = graphemes(text, "en")
        if [len("".join(clusters[:count])) for count in range(1, len(clusters) + 1)] != expected:
            wrong.append(number)
    assert (len(cases), wrong) == (766, [])


def test_every_bidi_order_of_unicode_but_the_known() -> None:
    count, wrong = 0, set()
    for number, case in lines_of("BidiCharacterTest.txt"):
        characters, _, paragraph_level, levels, order = case.split(";")
        text = "".join(chr(int(code, 16)) for code in characters.split())
        removed = {index for index, level in enumerate(levels.split()) if level == "x"}
        drawn: list[int] = []
        for run in visual_runs(text, int(paragraph_level) % 2 == 1, 0, len(text)):
            drawn += reversed(range(run.start, run.end)) if run.rtl else range(run.start, run.end)
        count += 1
        if [index for index in drawn if index not in removed] != [int(index) for index in order.split()]:
            wrong.add(number)
    assert (count, wrong) == (91_707, KNOWN)
