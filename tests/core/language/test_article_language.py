"""Tests how an article's language is determined from what is declared, given and written."""

import pytest

from storycard.language.article_language import article_language, with_chinese_script

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


TRADITIONAL = """
颱風過後停班停課 導演談新片 詩人說這是家 捷運環狀線延伸 居民迎來新渡輪 麵包師傅凌晨起床 學校開學了 議會通過預算 車站將關閉
醫院擴建 書店重新開幕 漁民歸航 電影票房創紀錄 老橋修復完工 戲院讓座
"""
SIMPLIFIED = """
台风过后停课 导演谈新片 诗人说这是家 地铁环线延伸 居民迎来新渡轮 面包师凌晨起床 学校开学了 议会通过预算 车站将关闭
医院扩建 书店重新开业 渔民归航 电影票房创纪录 老桥修复完工 大山小河
"""


@pytest.mark.parametrize(
    ("tag", "text", "found"),
    [
        *(("zh", text, "zh-Hant") for text in TRADITIONAL.split()),
        *(("zh", text, "zh") for text in SIMPLIFIED.split()),
        ("ZH", "學校開學了", "zh-Hant"),
        ("zh-Hans", "學校開學了", "zh-Hans"),
        ("zh-CN", "學校開學了", "zh-CN"),
        ("zh-HK", "学校开学了", "zh-HK"),
        ("ja", "學校開學了", "ja"),
        ("zh", "", "zh"),
    ],
)
def test_plain_chinese_is_traditional_by_its_characters(tag: str, text: str, found: str) -> None:
    assert with_chinese_script(tag, text) == found


def test_declared_and_detected_chinese_have_their_script() -> None:
    text = "颱風過後停班停課，漁民歸航，居民說這是最長的一夜"
    assert article_language(("zh",), None, text) == article_language((), None, text) == "zh-Hant"
