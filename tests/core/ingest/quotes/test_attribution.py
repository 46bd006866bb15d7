"""Tests splitting a source line."""

import pytest

from storycard.ingest.quotes.attribution import split_source
from support.reading import LANGUAGES


@pytest.mark.parametrize(
    ("line", "speaker", "role"),
    [
        ("— Ana Ruiz, mayor", "Ana Ruiz", "mayor"),
        ("Martin Luther King, Jr., minister", "Martin Luther King, Jr.", "minister"),
        ("田中花子、市長", "田中花子", "市長"),
        ("", "", ""),
    ],
)
def test_splits_source_into_speaker_and_role(line: str, speaker: str, role: str) -> None:
    source = split_source(line, LANGUAGES.reading_words)
    assert (source.speaker, source.role) == (speaker, role)
