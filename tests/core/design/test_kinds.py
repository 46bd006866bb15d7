"""Tests storycard.design.kinds."""

import pytest

from storycard.design.kinds import CAROUSEL, KINDS, QUESTION, is_kind, number_in, series_of


@pytest.mark.parametrize(
    ("kind", "series", "number"),
    [
        ("headline", "headline", None),
        ("carousel", "carousel", None),
        ("carousel-1", "carousel", 1),
        ("carousel-12", "carousel", 12),
        ("carousel-13", "carousel-13", None),
        ("carousel-01", "carousel-01", None),
        ("question", "question", None),
        ("question-12", "question", 12),
        ("question-0", "question-0", None),
    ],
)
def test_each_number_of_a_series_is_a_kind(kind: str, series: str, number: int | None) -> None:
    assert series_of(kind) == series
    assert [number_in(name, kind) for name in (CAROUSEL, QUESTION)] == [
        number if series == name else None for name in (CAROUSEL, QUESTION)
    ]
    assert is_kind(kind) == (kind in KINDS or number is not None)
