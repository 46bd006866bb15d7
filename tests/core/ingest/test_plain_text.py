"""Tests cleaning of lines and quotes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storycard.ingest.plain_text import clean_line, clean_quote


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("  two\r\n\tlines\u2028 here ", "two lines here"),
        ("nul\x00 bell\x07 c1\x9b bom\ufeff lone\ud800 non\uffff lost\ufffd", "nul bell c1 bom lone non lost"),
        ("5\u00a0km\u202f! a\u3000b", "5\u00a0km\u202f! a\u3000b"),
        ("می\u200cخواهم \u200fx co\u00adop a\u2060b", "می\u200cخواهم \u200fx co\u00adop a\u2060b"),
        ("e\u0301", "é"),
        ("5\u00a0 km\u00a0\u202f from\u00a0\u00a0here \u00a0", "5 km from\u00a0here"),
        ("\u00a0 \u200e\u00ad", ""),
    ],
)
def test_clean_line_keeps_meaningful_characters(text: str, clean: str) -> None:
    assert clean_line(text) == clean


@given(st.text())
def test_clean_line_and_clean_quote_are_idempotent(text: str) -> None:
    once = clean_line(text)
    assert clean_line(once) == once
    assert clean_quote(clean_quote(text)) == clean_quote(text)
