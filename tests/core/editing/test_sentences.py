"""Tests storycard.editing.sentences on the texts of first_sentences.toml."""

import tomllib
from pathlib import Path

import pytest

from storycard.editing.sentences import first_sentence
from support.reading import LANGUAGES

TABLE = tomllib.loads(Path(__file__).with_name("first_sentences.toml").read_text("utf-8"))


@pytest.mark.parametrize(("tag", "marked"), [(tag, text) for tag, texts in TABLE.items() for text in texts])
def test_finds_the_first_sentence(tag: str, marked: str) -> None:
    sentence, _, rest = marked.partition("|")
    assert first_sentence(sentence + rest, LANGUAGES.of(tag)) == sentence
