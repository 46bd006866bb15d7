"""Tests storycard.language.sentences, and the sentences that text_metrics finds with it."""

import sys

import pytest

from storycard.editing.text_metrics import first_sentence
from storycard.language.sentences import _SENTENCE_TERMINALS, ends_sentence
from storycard.text import icu

SENTENCE_TERMINAL = 35  # UCHAR_S_TERM in uchar.h


def test_sentence_ends_equal_unicodes_property() -> None:
    has_property = icu._library().u_hasBinaryProperty
    assert {chr(code) for code in range(sys.maxunicode + 1) if has_property(code, SENTENCE_TERMINAL)} == set(_SENTENCE_TERMINALS)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("The ship left. It came back.", "The ship left."),
        ("Նավը դուրս եկավ։ Երկրորդը սպասում է։", "Նավը դուրս եկավ։"),
        ("သင်္ဘောထွက်သည်။ ဒုတိယသင်္ဘောစောင့်သည်။", "သင်္ဘောထွက်သည်။"),
        ("መርከቡ ወጣ። ሁለተኛው ይጠብቃል።", "መርከቡ ወጣ።"),
        ("船が出た。次の船が待つ。", "船が出た。"),
        ("「出た。」と彼は言った。", "「出た。」"),
        ("He is 1.5 m tall. She is not.", "He is 1.5 m tall."),
        ("Dr. Roberts waited. So did we.", "Dr. Roberts waited."),
        ("They sell a.m. and p.m. tickets", "They sell a.m. and p.m. tickets"),
        ("“Never.” She left.", "“Never.”"),
    ],
)
def test_finds_the_first_sentence(text: str, sentence: str) -> None:
    assert first_sentence(text) == sentence


@pytest.mark.parametrize("text", ["It left.", "“It left!”", "Գնաց։", "ထွက်သည်။", "出た。」", "Left…", "\u2068It left?\u2069"])
def test_ends_a_sentence(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["", "It left", "It left,", "“It”"])
def test_does_not_end_a_sentence(text: str) -> None:
    assert not ends_sentence(text)
