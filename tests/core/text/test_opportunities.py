"""Tests break opportunities and their penalties."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storycard.text.breaking.opportunities import Break, find_breaks
from support.reading import LANGUAGES


def breaks(text: str, language: str) -> tuple[Break, ...]:
    return find_breaks(text, language, LANGUAGES.of(language).break_words)


def lines(text: str, places: tuple[Break, ...]) -> list[str]:
    """Returns the lines that result from taking every break."""
    starts = (0, *(place.next for place in places))
    return [text[start : place.end] + place.suffix for start, place in zip(starts, places, strict=False)]


def penalty_after(words: str, rest: str, language: str = "en") -> float:
    """Returns the penalty of the break between `words` and `rest`."""
    return next(place.penalty for place in breaks(f"{words} {rest}", language) if place.end == len(words))


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("one two", "en", ["one", "two"]),
        ("one  two ", "en", ["one", "two"]),
        ("Dr\u00a0Osei said", "en", ["Dr\u00a0Osei", "said"]),
        ("4\u202f200 homes", "en", ["4\u202f200", "homes"]),
        ("gates – walls", "en", ["gates –", "walls"]),
        ("місто — і день", "uk", ["місто —", "і", "день"]),
        ("he asked “ why", "en", ["he", "asked", "“ why"]),
        ("«\u00a0bonjour\u00a0» dit", "fr", ["«\u00a0bonjour\u00a0»", "dit"]),
        ("( so", "en", ["( so"]),
        ("well-known fact", "en", ["well-", "known", "fact"]),
        ("and/or", "en", ["and/", "or"]),
        ("auto\u00adbahn", "de", ["auto\u00ad-", "bahn"]),
        ("😀 one 😀 two", "en", ["😀", "one", "😀", "two"]),
        ("👩‍👩‍👧 one", "en", ["👩‍👩‍👧", "one"]),
        ("ฉันรักเมืองไทย", "th", ["ฉัน", "รัก", "เมือง", "ไทย"]),
        ("今日\u3000\u3000雨", "ja", ["今", "日", "雨"]),
        ("learn C++ now", "en", ["learn", "C++", "now"]),
        ("빵집 · 선장 · 학교", "ko", ["빵집 ·", "선장 ·", "학교"]),
        ("배우ㆍ감독 ㆍ작가", "ko", ["배우ㆍ", "감독 ㆍ", "작가"]),
        ("서울·부산·대구", "ko", ["서울·", "부산·", "대구"]),
        ("중·고교 5·18", "ko", ["중·고교", "5·18"]),
        ("海 ・ 山", "ja", ["海 ・", "山"]),
        ("using .NET here", "en", ["using", ".NET", "here"]),
        ("a \u2068b c\u2069 d", "en", ["a", "\u2068b", "c\u2069", "d"]),
        ("\u2068a\u2069", "en", ["\u2068a\u2069"]),
        ("", "en", [""]),
        ("   ", "en", [""]),
    ],
)
def test_finds_break_opportunities(text: str, language: str, expected: list[str]) -> None:
    assert lines(text, breaks(text, language)) == expected


@pytest.mark.parametrize("together", ["カー", "きょ", "す。", "「は", "は」", "い、"])
def test_japanese_follows_strict_kinsoku(together: str) -> None:
    text = f"今日{together}今日"
    assert 3 not in {place.end for place in breaks(text, "ja")}


def test_korean_breaks_between_words() -> None:
    text = "서울에서 열린 회의"
    assert lines(text, breaks(text, "ko")) == ["서울에서", "열린", "회의"]


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])) | st.text("ab あ\u3000\u00a0-–«“(\u00ad😀"),
    st.sampled_from(["en", "de", "uk", "fr", "ja", "zh", "ko", "th", "ar", "xx", "sr-Cyrl"]),
)
def test_breaks_ascend_to_end_of_text(text: str, language: str) -> None:
    places = breaks(text, language)
    assert places[-1].next == len(text)
    assert all(place.end <= place.next for place in places)
    assert all(one.next <= other.end and one.next < other.next for one, other in itertools.pairwise(places))


def test_penalises_break_after_short_word() -> None:
    assert penalty_after("walls of", "the quay") > penalty_after("walls", "of the quay") == 0


@pytest.mark.parametrize(
    ("before", "letter", "after", "language"),
    [
        ("Pociąg wraca", "w", "góry", "pl"),
        ("Vlak se vrací", "k", "moři", "cs"),
        ("Поїзд прямує", "у", "Карпати", "uk"),
        ("Поезд едет", "к", "морю", "ru"),
        ("Found beside", "a", "quay", "en"),
    ],
)
def test_penalises_break_after_one_letter_word_most(before: str, letter: str, after: str, language: str) -> None:
    after_letter = penalty_after(f"{before} {letter}", after, language)
    assert after_letter > 3 * penalty_after("walls of", "the quay")
    assert penalty_after(before, f"{letter} {after}", language) == 0


def test_penalises_break_between_number_and_noun() -> None:
    assert penalty_after("another 4200", "homes") > penalty_after("another", "4200 homes") == 0
    assert penalty_after("all 4200", "(or more) homes") == 0


def test_penalises_break_inside_name() -> None:
    rest = "spoke while they all listened"
    assert penalty_after("yesterday Ruth", f"Pellow {rest}") > penalty_after("yesterday", f"Ruth Pellow {rest}") == 0
    assert penalty_after("yesterday Ruth Pellow", rest) == 0


def test_title_case_does_not_indicate_names() -> None:
    assert penalty_after("Harbour Barriers", "Held Through Winter") == 0


def test_penalises_break_at_hyphen() -> None:
    text = "a well-known fact"
    at_hyphen = next(place for place in breaks(text, "en") if text[place.end - 1] == "-")
    assert at_hyphen.penalty > penalty_after("known", "fact")


@pytest.mark.parametrize("breath", ["The gates held,", "One question:", "It held –", "It held."])
def test_favours_break_after_pause(breath: str) -> None:
    assert penalty_after(breath, "walls cracked") < 0


def penalty_at(text: str, language: str) -> float:
    """Returns the penalty of the break at the bar in `text`."""
    before, _, after = text.partition("|")
    places = breaks(before + after, language)
    return next(place.penalty for place in places if place.next == len(before))


@pytest.mark.parametrize(
    ("worse", "better", "language"),
    [
        ("もう寝な|さいと言った", "もう寝なさいと|言った", "ja"),
        ("夜|行列車が北の町へ", "夜行列車が|北の町へ", "ja"),  # where BudouX alone would end a phrase
        ("北の港|町へ　雪のホーム", "北の港町へ　|雪のホーム", "ja"),
        ("受賞、|監督は", "受賞　|監督は", "ja"),  # an ideographic space separates two headlines
        ("戲院修復完成重|新開幕", "戲院修復完成|重新開幕", "zh-Hant"),
        ("拍到光年外|的星系", "拍到光年外的|星系", "zh-Hans"),
        ("美食与美颜 吃|胶原蛋白", "美食与美颜 |吃胶原蛋白", "zh-Hans"),
        ("保留原貌，首|月票券", "保留原貌，首月|票券", "zh-Hant"),  # the first character of a clause is not separated
        ("大家都抬着|头。我在", "大家都|抬着头。我在", "zh-Hans"),  # nor the last
        ("首夜拍到两|千万光年", "首夜拍到|两千万光年", "yue"),
        ("首夜拍到两|千万光年", "首夜拍到|两千万光年", "zh-Hans"),  # a number is one phrase
        ("第一次有宇航|员到了", "第一次有宇航员|到了", "zh-Hans"),  # a single-character word attaches to the word before
        ("宇航员回到|了地球", "宇航员回到了|地球", "zh-Hans"),  # a word of two characters does not
        ("美国国家海洋和|大气管理局", "美国国家海洋|和大气管理局", "zh-Hans"),  # a preposition attaches to the word after
        ("全面|刷新―航続距離は", "全面刷新―|航続距離は", "ja"),  # a dash ends a phrase, which BudouX misses
        ("ผู้|โดยสารตื่นมา", "ผู้โดยสาร|ตื่นมา", "th"),
        ("ขบวนใหม่ วิ่ง|กลางคืน", "ขบวนใหม่ |วิ่งกลางคืน", "th"),
        ("ម៉ោង ៥ |ល្ងាច ហើយ", "ម៉ោង ៥ ល្ងាច |ហើយ", "km"),
        ("စစ်|ရေးချုပ် ရာထူး", "စစ်ရေးချုပ် |ရာထူး", "my"),
    ],
)
def test_favours_break_between_phrases(worse: str, better: str, language: str) -> None:
    assert penalty_at(worse, language) > penalty_at(better, language)
