"""Tests storycard.language.sentences."""

import sys

import pytest

from storycard.language.sentences import _SENTENCE_TERMINALS, ends_sentence
from storycard.text import icu

SENTENCE_TERMINAL = 35  # UCHAR_S_TERM in uchar.h


def test_sentence_ends_equal_unicodes_property() -> None:
    has_property = icu._library().u_hasBinaryProperty
    assert {chr(code) for code in range(sys.maxunicode + 1) if has_property(code, SENTENCE_TERMINAL)} == set(_SENTENCE_TERMINALS)


@pytest.mark.parametrize(
    "text", ["It left.", "“It left!”", "Գնաց։", "ထွက်သည်။", "出た。」", "»Er ging.«", "›Er ging.‹", "Left…", "\u2068It left?\u2069"]
)
def test_ends_a_sentence(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["", "It left", "It left,", "“It”"])
def test_does_not_end_a_sentence(text: str) -> None:
    assert not ends_sentence(text)
