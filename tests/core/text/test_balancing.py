"""Tests balanced and filled lines. Each letter of the block font is one em wide."""

import itertools
from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from storycard.text.breaking.balancing import Span, balance_lines, fewest_lines, fill_lines, is_lone_word, last_line_cost
from storycard.text.paragraph import Paragraph

Measure = Callable[..., Paragraph]
TEXTS = st.lists(st.text("abc,.A1-\u00ad", min_size=1, max_size=7), min_size=1, max_size=8).map(" ".join)


def drawn(paragraph: Paragraph, spans: tuple[Span, ...]) -> list[str]:
    return [paragraph.text[span.start : span.end] + span.suffix for span in spans]


def test_balances_line_widths(paragraph: Measure) -> None:
    text = paragraph("aaa bbb ccc ddd eee fff")
    assert drawn(text, fill_lines(text, 19)) == ["aaa bbb ccc ddd eee", "fff"]
    assert drawn(text, balance_lines(text, 19, 2).spans) == ["aaa bbb ccc", "ddd eee fff"]


def test_avoids_short_last_line(paragraph: Measure) -> None:
    text = paragraph("aaaa bbbbbbbbbbb cccc ddddddddddd eeee")
    assert drawn(text, balance_lines(text, 16, 3).spans) == ["aaaa", "bbbbbbbbbbb cccc", "ddddddddddd eeee"]


@pytest.mark.parametrize(
    ("text", "width", "count", "expected"),
    [
        ("aaaa bbb cccc bbb ffff", 9, 3, ["aaaa", "bbb cccc", "bbb ffff"]),  # instead of "aaaa bbb", "cccc bbb", "ffff"
        ("aaaa bbb cccc bbb ffffff", 9, 3, ["aaaa bbb", "cccc bbb", "ffffff"]),  # the word is long
        ("aaaaaa bbbbbb", 9, 2, ["aaaaaa", "bbbbbb"]),
        ("aaaaa bbbb cccccc", 9, 3, ["aaaaa", "bbbb", "cccccc"]),  # every line has one word
    ],
)
def test_no_word_stands_alone_below_longer_lines(
    paragraph: Measure, text: str, width: int, count: int, expected: list[str]
) -> None:
    measured = paragraph(text)
    assert drawn(measured, balance_lines(measured, width + 1, count).spans) == expected


def test_prefers_break_with_lower_penalty(paragraph: Measure) -> None:
    text = paragraph("aaaa bbbb, cc dddd eeee")
    assert drawn(text, balance_lines(text, 14, 2).spans) == ["aaaa bbbb,", "cc dddd eeee"]


def test_no_line_ends_in_one_letter_word(paragraph: Measure) -> None:
    text = paragraph("aaaaa o bbbbbbb")
    assert drawn(text, balance_lines(text, 12, 2).spans) == ["aaaaa", "o bbbbbbb"]  # although "aaaaa o" and "bbbbbbb" are even
    longer = paragraph("aaaaa oo bbbbbbb")
    assert drawn(longer, balance_lines(longer, 12, 2).spans) == ["aaaaa oo", "bbbbbbb"]


@pytest.mark.parametrize(("width", "count"), [(19, 1), (11, 2), (7, 3), (3, 5), (2, None)])
def test_counts_fewest_lines(paragraph: Measure, width: float, count: int | None) -> None:
    assert fewest_lines(paragraph("aaa bbb ccc ddd eee"), width) == count


def test_line_width_includes_hyphen(paragraph: Measure) -> None:
    assert fewest_lines(paragraph("aaa\u00adbbb"), 3.4) is None
    assert fewest_lines(paragraph("aaa\u00adbbb"), 3.5) == 2


def test_gives_overlong_word_its_own_line(paragraph: Measure) -> None:
    text = paragraph("aa bbbbbbbb cc dd")
    assert drawn(text, fill_lines(text, 5)) == ["aa", "bbbbbbbb", "cc dd"]


@given(TEXTS, st.integers(3, 30), st.integers(0, 2))
def test_finds_cheapest_breaks(paragraph: Measure, text: str, width: int, more: int) -> None:
    measured = paragraph(text)
    fewest = fewest_lines(measured, width)
    assume(fewest is not None)
    count = min(fewest + more, len(measured.breaks))
    *inner, last = measured.breaks
    choices = (measured.with_breaks((*chosen, last)) for chosen in itertools.combinations(inner, count - 1))
    fitting = [choice for choice in choices if max(widths(choice)) <= width]
    # The search considers much narrower lines only if there is no way without them.
    even = measured.width(0, last.end) / count
    fair = [choice for choice in fitting if min(widths(choice)[:-1], default=even) >= 0.3 * even] or fitting
    least = min(cost(choice, measured) for choice in fair)
    assert balance_lines(measured, width, count).cost <= least + 1e-9


def cost(taken: Paragraph, paragraph: Paragraph) -> float:
    """Returns what the lines cost if every break of `taken` is taken, of all those of the paragraph."""
    *before, last = widths(taken)
    count = len(taken.breaks)
    even = paragraph.width(0, paragraph.breaks[-1].end) / count or 1.0
    alone = is_lone_word(paragraph, taken.breaks[-2].next if count > 1 else 0, count)
    ragged = sum((width / even - 1) ** 2 + place.penalty for width, place in zip(before, taken.breaks, strict=False))
    return ragged + last_line_cost(last, even, alone=alone)


def widths(paragraph: Paragraph) -> list[float]:
    """Returns the line widths in em if every break is taken."""
    starts = (0, *(place.next for place in paragraph.breaks))
    return [
        paragraph.width(start, place.end) + (0.5 if place.suffix else 0)
        for start, place in zip(starts, paragraph.breaks, strict=False)
    ]


@given(TEXTS, st.integers(3, 30))
def test_lines_hold_all_text_within_width(paragraph: Measure, text: str, width: int) -> None:
    measured = paragraph(text)
    count = fewest_lines(measured, width)
    assume(count is not None)
    spans = balance_lines(measured, width, count).spans
    assert len(spans) == count
    assert "".join("".join(text[span.start : span.end] for span in spans).split()) == "".join(text.split())
    assert all(measured.width(span.start, span.end) <= width for span in spans)
