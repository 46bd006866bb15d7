"""Tests how an article's language is determined from what is declared, given and written."""

import pytest

from storycard.language.article_language import article_language

ENGLISH = (
    "The ferry sails at ten and it is the first of the winter that has been in dock for six years with all of its cabins sold. "
    * 2
)


GERMAN = (
    "Die Fähre fährt um zehn und ist nicht die erste, die der Hafen im Winter mit dem Wind und den Wellen auf das Meer schickt. "
    * 2
)


@pytest.mark.parametrize(
    ("declared", "given", "text", "language"),
    [
        (("en_US",), None, ENGLISH, "en-US"),
        (("en",), None, GERMAN, "de"),
        (("en",), None, "Нічний паром знову в морі після шести зим", "uk"),
        (("en",), "uk", "Нічний паром знову в морі після шести зим", "uk"),
        (("en", "ja"), None, "夜のフェリーが再び海へ", "ja"),
        ((), None, "夜のフェリーが再び海へ", "ja"),
        ((), "fr", GERMAN, "de"),
        ((), "fr", "Ferry", "fr"),
        (("no such language",), None, GERMAN, "de"),
        (("gl",), None, "O barco da noite", "gl"),
        ((), None, "Ferry", ""),
        (("uz-Cyrl",), None, "Нічний паром знову в морі після шести зим", "uz-Cyrl"),
        (("uz",), None, "Нічний паром знову в морі після шести зим", "uz"),
        (("da",), None, "Ferger seiler igjen om natten etter seks år ved kai i nord, sier rederiet", "da"),
        (("tlh",), None, ENGLISH, "tlh"),
    ],
)
def test_text_overrides_an_impossible_declared_language(
    declared: tuple[str, ...], given: str | None, text: str, language: str
) -> None:
    assert article_language(declared, given, text) == language
