"""Tests storycard.editing.list_marks."""

import pytest

from storycard.editing.list_marks import without_list_marks
from support.reading import LANGUAGES

FACT = "Ferry fares rise."


@pytest.mark.parametrize(
    "mark",
    [
        *(
            "• ",
            "•",
            "•\u00a0",
            "- ",
            "– ",
            "— ",
            "* ",
            "· ",
            "・ ",
            "‣ ",
            "⁃ ",
            "◦ ",
            "● ",
            "○ ",
            "▪ ",
            "■",
            "► ",
            "➤ ",
            "✓ ",
            "✔ ",
        ),
        *("✔ ", "1. ", "12. ", "1) ", "(2) ", "a) ", "(b) ", "1\ufe0f\u20e3 "),
    ],
)
def test_strips_a_mark(mark: str) -> None:
    assert without_list_marks([mark + FACT], LANGUAGES.of("en")) == (FACT,)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "-5 °C on the quay."),
        ("en", "–5 °C on the quay."),
        ("en", "*Terms apply."),
        ("en", "2026 was late."),
        ("en", "1.5 tons of bread."),
        ("en", "1912. That was the year."),
        ("en", "A ferry sails."),
        ("en", "-"),
        ("en", "…and it sank."),
        ("en", "(It sails.)"),
        ("de", "1. FC Hafenstadt steigt auf."),
        ("de", "3. Mai ist Fährtag."),
        ("pl", "1. Dywizja wraca."),
        ("fi", "2. lautta lähtee."),
        ("fr", "À 9 h, le bac part."),
        ("ja", "・・・"),
    ],
)
def test_keeps_what_is_no_mark(language: str, text: str) -> None:
    assert without_list_marks([text], LANGUAGES.of(language)) == (text,)


@pytest.mark.parametrize(
    ("texts", "items"),
    [
        (["1. Fähre fährt.", "2. Sie ist alt."], ("Fähre fährt.", "Sie ist alt.")),
        (["1. Die Fähre fährt."], ("Die Fähre fährt.",)),
        (["1. FC steigt auf.", "3. Liga beginnt."], ("1. FC steigt auf.", "3. Liga beginnt.")),
        (["• Fähre fährt.", "2. Liga beginnt."], ("Fähre fährt.", "2. Liga beginnt.")),
    ],
)
def test_strips_numbers_of_a_numbered_list_where_ordinals_look_the_same(texts: list[str], items: tuple[str, ...]) -> None:
    assert without_list_marks(texts, LANGUAGES.of("de")) == items
