"""Tests storycard.text.breaking.bonds: which words belong together, and which only look as if they did."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storycard.text.breaking.bonds import Bond, find_bonds
from support.reading import LANGUAGES


def marked(text: str, language: str) -> str:
    """Returns `text` with "=" for the spaces inside units and "~" for those inside names."""
    signs = {Bond.UNIT: "=", Bond.NAME: "~"}
    bonds = find_bonds(text, LANGUAGES.of(language).break_words)
    return "".join(signs[bonds[index + 1]] if index + 1 in bonds else letter for index, letter in enumerate(text))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Some 40=million met No.=10 on Nov.=5, 2026"),
        ("en", "why the 737~MAX~9 and the Boeing~737 flew under Plan~B"),
        ("en", "yesterday the young Captain Ana~Ruiz spoke of a=walk"),
        ("en", "When Ana met the Bank~of~England at Marks~&~Spencer"),
        ("en", "at 7:15=a.m. Henry=VIII of Hale~Ltd. left on 5=May"),
        ("en", "when Salt~Lake~City's mayor, Ana~Ruiz, was on a=walk and left Ana"),
        ("en", "Judge Rules That Keir~Starmer Must Pay Angela~van~den~Berg"),
        ("de", "weil Kinder Eltern von Kindern wie Angela~von~der~Leyen und Bergzeitfahren zu Fuß mögen"),
        ("en", "Plan To Sell Los~Angeles Harbor Fails"),
        ("en", "they won 51–49. Five men, Ana, Ben, left"),
        ("en", "AFTER 40=MILLION IN THE WHITE~HOUSE"),
        ("en", "It was 3. Then he said no. Five did not"),
        ("de", "am 3.=Mai, z.=B. mit 5=Mio.=Euro im 19.~Jahrhundert"),
        ("de", "das war auf dem Rang 3. Danach kam noch Prof.=Dr.=Anna~Ruiz"),
        ("fr", "le 5=mai, 40=millions=d’euros et toujours M.=Ruiz"),
        ("es", "el 5=de=mayo en EE.=UU. con 15=millones"),
        ("pl", "za 5=mln=zł w=gminie i=z=§=5"),
        ("ru", "Пётр=I в=2026=г. за 40=млн=руб."),
        ("ko", "1500만=달러를 3=명이"),
        ("en", "Call +44=20=7946=0958 or (03)=123=4567 by 5=May"),
        ("xx", "§=5, US$=40 and 40=EUR for the cook Ana~Ruiz"),
        ("en", "“Dr.” “Ruiz” (40) (million) a “b”"),
    ],
)
def test_finds_bonds(language: str, expected: str) -> None:
    assert marked(expected.replace("=", " ").replace("~", " "), language) == expected


@given(st.text(st.sampled_from("aA1. IV€,“”’&–-Šжд家\u00a0 ")) | st.text(), st.sampled_from(["en", "de", "ru", "ko", "xx"]))
def test_bonds_are_at_the_starts_of_words(text: str, language: str) -> None:
    bonds = find_bonds(text, LANGUAGES.of(language).break_words)
    assert all(text[start - 1].isspace() and not text[start].isspace() for start in bonds)
