"""Tests storycard.text.breaking.indenting. Each letter of the block font is one em wide."""

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from storycard.text.breaking.balancing import Span, balance_lines, fewest_lines, is_lone_word, last_line_cost
from storycard.text.breaking.indenting import Indent, indented_lines
from storycard.text.paragraph import Paragraph

Measure = Callable[..., Paragraph]
TEXTS = st.lists(st.text("abc,.A1-", min_size=1, max_size=7), min_size=4, max_size=12).map(" ".join)


def drawn(paragraph: Paragraph, width: float, indent: Indent, most: int = 9) -> list[str]:
    return [paragraph.text[span.start : span.end] for span in indented_lines(paragraph, width, indent, most)]


def test_indented_lines_end_where_the_others_do(paragraph: Measure) -> None:
    text = paragraph("Aaaa bbbb cccc dddd eeee ffff gggg")
    assert drawn(text, 16, Indent(2, 5.0, 1)) == ["aaa bbbb", "cccc dddd", "eeee ffff gggg"]


def test_needs_no_more_lines_than_there_may_be(paragraph: Measure) -> None:
    text = paragraph("Aaaa bbbb cccc dddd eeee ffff gggg")
    assert drawn(text, 16, Indent(2, 5.0, 1), most=2) == []
    assert drawn(text, 7, Indent(2, 5.0, 1)) == []  # no word fits beside the initial


def test_leaves_no_hole_beside_an_initial(paragraph: Measure) -> None:
    text = paragraph("Aaaaaaaaa bb cccccccccc dddddddddddddd eeeeeeeeeeeeee")
    assert drawn(text, 15, Indent(2, 5.0, 1)) == []  # "bb" would stand alone
    assert drawn(text, 18, Indent(2, 5.0, 1)) == ["aaaaaaaa bb", "cccccccccc", "dddddddddddddd", "eeeeeeeeeeeeee"]


@given(text=TEXTS, width=st.integers(8, 30), inset=st.integers(1, 6), lines=st.integers(1, 3))
def test_every_line_fits_and_no_letter_is_lost(text: str, width: int, inset: int, lines: int, paragraph: Measure) -> None:
    measured = paragraph(text)
    spans = indented_lines(measured, width, Indent(lines, inset, 1), 9)
    ends = {place.end: place for place in measured.breaks}
    for number, span in enumerate(spans):
        assert measured.line_width(span.start, ends[span.end]) <= width - inset * (number < lines)
    if spans:
        assert " ".join([text[span.start : span.end] for span in spans]).replace(" ", "") == text[1:].replace(" ", "")


@example(text="111111 1 1 1 1 1111A 1111 1 1 1111", width=8)  # two ways of breaking it are equally good
@example(text="11111 1 A1 1A- 1 11 11.A 1 1111", width=14)  # whose first line would be a hole beside an initial
@given(text=TEXTS, width=st.integers(8, 30))
def test_without_an_indent_it_breaks_into_as_few_lines_as_ever(text: str, width: int, paragraph: Measure) -> None:
    measured = paragraph(text)
    fewest = fewest_lines(measured, width)
    spans = indented_lines(measured, width, Indent(0, 0.0, 0), 9)
    if spans and fewest:
        assert len(spans) >= fewest
        balanced = balance_lines(measured, width, fewest)
        even = measured.width(0, len(text)) / fewest
        has_hole = any(measured.width(span.start, span.end) < 0.5 * even for span in balanced.spans[:-1])
        assert len(spans) > fewest or has_hole or cost(measured, spans) == pytest.approx(balanced.cost)


def cost(paragraph: Paragraph, spans: tuple[Span, ...]) -> float:
    """Returns what `balance_lines` takes as the cost of these lines: two ways of breaking a text can be equally good."""
    even = paragraph.width(0, paragraph.breaks[-1].end) / len(spans)
    places = {place.end: place for place in paragraph.breaks}
    *before, last = ((paragraph.line_width(span.start, places[span.end]), places[span.end].penalty) for span in spans)
    alone = is_lone_word(paragraph, spans[-1].start, len(spans))
    return sum((width / even - 1) ** 2 + penalty for width, penalty in before) + last_line_cost(last[0], even, alone=alone)
