"""Tests finding the photographer's credit in captions of several languages."""

import pytest

from storycard.ingest.photo_credits import find_credit
from storycard.language.reading_words import ReadingWords
from support.reading import LANGUAGES


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("The ferry at night. Photo: Ruth Pellow", "Ruth Pellow"),
        ("The ferry at night (Foto: Ruth Pellow/Tide)", "Ruth Pellow/Tide"),
        ("The ferry at night © Tide Pictures", "Tide Pictures"),
        ("The ferry at night, courtesy of the port", "the port"),
        ("Die Fähre bei Nacht. Foto von: Ruth Pellow", "Ruth Pellow"),
        ("نزول السفينة. صورة: روث", "روث"),
        ("夜のフェリー 写真：田中花子", "田中花子"),
        ("A photo of the ferry at night", ""),
    ],
)
def test_finds_credit_by_the_word_that_introduces_it(caption: str, credit: str) -> None:
    assert find_credit(caption, LANGUAGES.reading_words) == credit


def test_finds_only_the_sign_without_words() -> None:
    assert find_credit("Photo: Ruth Pellow", ReadingWords()) == ""
    assert find_credit("© Ruth Pellow", ReadingWords()) == "Ruth Pellow"
