"""Tests which characters of Chinese and Japanese text belong together."""

import pytest

from storycard.text.breaking.bonds import Bond
from storycard.text.breaking.east_asian_bonds import east_asian_bonds
from support.reading import LANGUAGES


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ja", "ゴ=ジ=ラ~が東京で"),
        ("ja", "来場者1=万=人超え"),
        ("ja", "Ａ=Ｉ搭載の２=０=日"),
        ("ja", "第=3=回の祭り"),
        ("ja", "約=2=5=0=0=万=円で"),
        ("ja", "二=十=三=歳の夏、一部の町"),
        ("ja", "2=0=2=6=年~4=月~1=7=日に"),
        ("ja", "レ=オ~・~マ=ル~はア"),
        ("ja", "「~港~の~灯~」と「汽笛を聞いたら」"),
        ("zh", "《~长~夜~》和"),
        ("zh", "上涨3=.=5=元"),
        ("zh", "列奥纳~多~·~达~·~芬~奇说"),
        ("zh", "首日4=.=2=万=名读者"),
        ("zh-Hant", "停電3=小=時後"),
        ("zh", "2=0=2=6=年~4=月~1=7=日起"),
        ("xx", "5人"),
    ],
)
def test_finds_bonds(language: str, expected: str) -> None:
    text = expected.replace("=", "").replace("~", "")
    signs = {Bond.UNIT: "=", Bond.NAME: "~"}
    bonds = east_asian_bonds(text, LANGUAGES.of(language).break_words)
    marked = "".join((signs[bonds[index]] if index in bonds else "") + letter for index, letter in enumerate(text))
    assert marked == expected
