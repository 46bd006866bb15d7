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
        ("en", "yesterday the young Captain Ana~Ruiz spoke of a walk"),
        ("en", "When Ana met the Bank~of~England at Marks~&~Spencer"),
        ("en", "at 7:15=a.m. Henry=VIII of Hale~Ltd. left on 5=May"),
        ("en", "when Salt~Lake~City's mayor, Ana~Ruiz, was on a walk and left Ana"),
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
        ("en", "A quake of magnitude=6.4 in Room=12 cost 0.25=percentage=points"),
        ("en", "when the judge Ruth~Bader~Ginsburg met with Prime~Minister Ana~Ruiz while others waited"),
        ("en", "when owners of a Model~Y in a Type=45 met some of the Doctors Without Borders"),
        ("fr", "coûte 3=milliards=de=dollars à l’Arabie~saoudite, dit l’art.=12 du XIXe=siècle en 3=heures pour rien"),
        ("es", "en la IIIª=hora y la V.ª hora"),
        ("es", "un 5=por=ciento a las 20=h por la calle=5 del siglo=XIX"),
        ("it", "a Leonardo~da~Vinci 40=milioni=di=euro e dell’art.=12"),
        ("ro", "12=la=sută din 300=de=lei"),
        ("pt", "mais 40=mil=milhões=de=euros"),
        ("hu", "gróf IV.~Béla 20=órakor"),
        ("pl", "z=XVII=wieku dla Nowaka w=sali"),
        ("ru", "проф.=Орлов 3=мая в=XIX=в. и=в=море"),
        ("cs", "řekl Ing.=Dvořák 3.=května o=40=miliardách=korun"),
        ("de", "in Bad=Homburg um Wladimir~Putin"),
        ("tr", "ama Joe~Biden Beyaz~Saray’da"),
        ("ko", "김 교수가 5월=3일"),
        ("hi", "राव ने 3=मई को"),
        ("he", "אמר בשעה=20 בנמל"),
        ("xx", "§=5, US$=40 and 40=EUR for the cook Ana~Ruiz"),
        ("en", "“Dr.” “Ruiz” (40) (million) a “b”"),
    ],
)
def test_finds_bonds(language: str, expected: str) -> None:
    assert marked(expected.replace("=", " ").replace("~", " "), language) == expected


@given(st.text(st.sampled_from("aA1. IV€,“”’&–-Šжд家\u00a0 ")) | st.text(), st.sampled_from(["en", "de", "ru", "ko", "xx"]))
def test_bonds_are_at_the_starts_of_words(text: str, language: str) -> None:
    bonds = find_bonds(text, LANGUAGES.of(language).break_words)
    assert all((text[start - 1].isspace() or text[start - 1] == "-") and not text[start].isspace() for start in bonds)
