"""Tests storycard.design.kinds."""

import pytest

from storycard.design.kinds import KINDS, is_kind, slide_number


@pytest.mark.parametrize(
    ("kind", "slide"),
    [
        ("headline", None),
        ("carousel", None),
        ("carousel-1", 1),
        ("carousel-12", 12),
        ("carousel-13", None),
        ("carousel-01", None),
    ],
)
def test_each_slide_of_a_carousel_is_a_kind(kind: str, slide: int | None) -> None:
    assert slide_number(kind) == slide
    assert is_kind(kind) == (kind in KINDS or slide is not None)
