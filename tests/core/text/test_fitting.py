"""Tests the choice of size, line breaks and leading. Each letter of the block font is one em wide."""

import itertools
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storycard.design.assets import Assets
from storycard.text.breaking.balancing import fewest_lines
from storycard.text.breaking.bonds import Bond
from storycard.text.breaking.opportunities import find_breaks, without_breaks_inside
from storycard.text.fitting import Box, Fitted, fit, fit_or_truncate, largest_size, opened
from storycard.text.paragraph import Paragraph, measure
from storycard.text.style import FontStyle, TextStyle
from support.measuring import measure_in

Measure = Callable[..., Paragraph]
COMPOUND = "Donaudampfschifffahrtsgesellschaft"


def lines(fitted: Fitted | None) -> list[str] | None:
    return None if fitted is None else [line.text.replace("\u00ad", "") for line in fitted.lines]


def test_takes_largest_size_that_fits(paragraph: Measure) -> None:
    fitted = fit(paragraph("aaaa bbbb"), Box(40, 22, 5), sizes=(8, 9, 10, 11, 12))
    assert (fitted.font_px, lines(fitted)) == (10, ["aaaa", "bbbb"])


def test_takes_smaller_size_to_fit_height(paragraph: Measure) -> None:
    fitted = fit(paragraph("aaaa bbbb"), Box(45, 15, 5), sizes=(4, 5, 8, 10))
    assert (fitted.font_px, lines(fitted)) == (5, ["aaaa bbbb"])


def test_keeps_to_max_lines(paragraph: Measure) -> None:
    assert lines(fit(paragraph("aaa bbb ccc ddd"), Box(7, 100, 2), sizes=(1,))) == ["aaa bbb", "ccc ddd"]
    assert fit(paragraph("aaa bbb ccc ddd"), Box(6, 100, 2), sizes=(1,)) is None


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ((10,), ["aaaaaaaa", "bbbbbbbb", "cc"]),
        ((9, 10), ["aaaaaaaa", "bbbbbbbb cc"]),
        ((7, 10), ["aaaaaaaa", "bbbbbbbb", "cc"]),  # too much to give up
    ],
)
def test_gives_up_some_size_for_even_lines(paragraph: Measure, sizes: tuple[int, ...], expected: list[str]) -> None:
    assert lines(fit(paragraph("aaaaaaaa bbbbbbbb cc"), Box(100, 100, 3), sizes)) == expected


def test_gives_up_some_size_to_avoid_short_line(paragraph: Measure) -> None:
    words = ["a" * 12, "b" * 14, "c" * 6, "d" * 16, "eeeeeee ffffff"]
    text = paragraph(" ".join(words))
    assert lines(fit(text, Box(400, 400, 9), sizes=(20,))) == words
    assert lines(fit(text, Box(400, 400, 9), sizes=(19, 20))) == [words[0], f"{words[1]} {words[2]}", *words[3:]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("aaaa bbbbbb", ["aaaa", "bbbbbb"]),  # a single line costs as much as a short one: 0.05 for the size and the hole
        ("aaa bbbbbbb", ["aaa bbbbbbb"]),  # two lines this uneven cost 0.14
    ],
)
def test_single_line_counts_as_a_hole(paragraph: Measure, text: str, expected: list[str]) -> None:
    assert lines(fit(paragraph(text), Box(100, 100, 3), sizes=(9, 10))) == expected


def test_keeps_size_if_lines_are_even(paragraph: Measure) -> None:
    assert fit(paragraph("aaaaaaaa bbbbbbbb"), Box(100, 100, 3), sizes=(9, 10)).font_px == 10


def test_fits_nothing_in_box_lower_than_one_line(paragraph: Measure) -> None:
    assert fit(paragraph("a"), Box(10, 0.5, 3), sizes=(1,)) is None


def test_truncates_with_ellipsis_after_whole_word(paragraph: Measure) -> None:
    fitted = fit_or_truncate(paragraph("aaa bbb ccc ddd eee"), Box(7, 2, 2), sizes=(1, 2))
    assert (lines(fitted), fitted.font_px, fitted.truncated) == (["aaa bbb", "ccc…"], 1, True)


@pytest.mark.parametrize("end", [",", ";", ":", ".", " –", " —"])
def test_drops_punctuation_before_ellipsis(paragraph: Measure, end: str) -> None:
    assert lines(fit_or_truncate(paragraph(f"aaa{end} bbbbbbbb"), Box(8, 1, 1), sizes=(1,))) == ["aaa…"]


def test_truncates_overlong_word_between_graphemes(paragraph: Measure) -> None:
    assert lines(fit_or_truncate(paragraph("abcdefeh ijk"), Box(8, 1, 1), sizes=(1,))) == ["abcdefe…"]
    assert lines(fit_or_truncate(paragraph("abcdefehijk"), Box(8, 1, 1), sizes=(1,))) == ["abcdefe…"]
    assert lines(fit_or_truncate(paragraph("abcdef\u0041\u030a\u0323 ijk"), Box(7, 1, 1), sizes=(1,))) == ["abcdef…"]


def test_gives_up_size_to_keep_phrases_whole(assets: Assets) -> None:
    style = TextStyle(FontStyle("Noto Serif", 400, italic=True), word_space=0.06, leading=1.17)
    quote = measure_in("ja", "「汽笛を聞いたら、母が『もう寝なさい』と言った声まで思い出しました。」", style, assets.fonts)
    assert lines(fit(quote, Box(920, 900, 9), sizes=(76, 98))) == [
        "「汽笛を聞いたら、",
        "母が『もう",
        "寝なさい』と",
        "言った声まで",
        "思い出しました。」",
    ]
    low = Box(920, 580, 9)
    assert fit(quote, low, sizes=(64, 98)).font_px == 64
    assert fit(quote, low, sizes=(60, 98)).font_px == 98  # 60 is too much to give up


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "How Marguerite Oyelaran-Whitcombe lost to Bartholomew Featherstonehaugh by nine votes"),
        ("de", "Warum Friederike Ottenbruch-Wesendonk gegen Maximilian Schwarzenbacher geklagt hat"),
        ("fr", "Pourquoi Bérengère Châteauneuf-Lavergne a quitté Maximilien Delahaye sans un mot"),
        ("es", "La carta que Inmaculada Etxeberria escribió a Bartolomé Villanueva antes de irse"),
        ("pl", "Dlaczego Świętosława Grzegorzewska przegrała proces z Przemysławem Wojciechowskim"),
        ("ru", "Почему Александра Вознесенская ушла из театра вслед за Константином Преображенским"),
        ("el", "Γιατί η Αικατερίνη Παπαδοπούλου άφησε τον Κωνσταντίνο Αναγνωστόπουλο στο λιμάνι"),
        ("tr", "Mihrişah Karaosmanoğlu neden Abdülkerim Hacıibrahimoğlu ile bir daha konuşmadı"),
    ],
)
def test_names_are_whole_down_to_53_percent_of_the_size(language: str, text: str, assets: Assets) -> None:
    paragraph = measure_in(language, text, TextStyle(FontStyle("Broadsheet Serif", 800), leading=1.05), assets.fonts)
    whole_names = without_breaks_inside(Bond.NAME, paragraph.breaks)
    assert len(whole_names) < len(paragraph.breaks)
    sizes, shares = tuple(range(20, 440, 2)), []
    for width, height in itertools.product(range(300, 1100, 40), (300, 600, 1000)):
        box = Box(width, height, 12)
        largest, whole = (largest_size(each, box, sizes) for each in (paragraph, paragraph.with_breaks(whole_names)))
        fitted = fit(paragraph, box, sizes)
        if not whole or not fitted or any(line.text not in text for line in fitted.lines):
            continue  # no size fits, or a long word is divided
        ends = {text.index(line.text.split()[-1]) + len(line.text.split()[-1]) for line in fitted.lines}
        are_whole = ends <= {place.end for place in whole_names}
        shares.append(whole / largest)
        assert are_whole == (whole >= 0.53 * largest), (width, height, whole / largest, lines(fitted))
    assert min(shares) < 0.62


def test_divides_word_wider_than_box_at_smallest_size(paragraph: Measure) -> None:
    fitted = fit_or_truncate(paragraph("abcdefabcd kl"), Box(4, 4, 4), sizes=(1,))
    assert (lines(fitted), fitted.truncated) == (["abcd", "efab", "cd", "kl"], False)


def test_hyphenates_word_wider_than_box(paragraph: Measure) -> None:
    text = paragraph(f"die {COMPOUND} von", language="de")
    assert lines(fit(text, Box(22, 9, 9), sizes=(1,))) == ["die Donaudampfschiff-", "fahrtsgesellschaft von"]


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ((7, 8, 9, 10), (7, [COMPOUND])),
        ((6, 7, 8, 9), (7, [COMPOUND])),
        ((7, 8, 9, 11), (11, ["Donaudampfschiff-", "fahrtsgesellschaft"])),
        ((7, 14), (14, ["Donaudampfschiff-", "fahrtsgesellschaft"])),
    ],
)
def test_hyphenates_before_the_size_falls_below_two_thirds(
    paragraph: Measure, sizes: tuple[int, ...], expected: tuple[int, list[str]]
) -> None:
    fitted = fit(paragraph(COMPOUND, language="de"), Box(len(COMPOUND) * 7.9, 900, 9), sizes)
    assert (fitted.font_px, lines(fitted)) == expected


def test_keeps_units_whole_beside_a_hyphenated_word(paragraph: Measure, assets: Assets) -> None:
    text = paragraph(f"{COMPOUND} 50 Millionen Franken", language="de")
    text = text.with_breaks(find_breaks(text.text, "de", assets.languages.of("de").break_words))
    assert "50 Millionen Franken" in lines(fit(text, Box(240, 900, 9), sizes=(7, 10, 14)))


@pytest.mark.parametrize("width", range(6, 34))
def test_hyphenates_at_most_twice(paragraph: Measure, width: int) -> None:
    fitted = fit(paragraph(f"{COMPOUND} {COMPOUND}", language="de"), Box(width, 90, 90), sizes=(1,))
    assert fitted is None or sum(line.endswith("-") for line in lines(fitted)) <= 2


def test_increases_leading_where_accent_meets_descender(paragraph: Measure) -> None:
    apart = fit(paragraph("gggg Ấaaa"), Box(4, 20, 9), sizes=(1,)).leading
    assert apart == pytest.approx(1 + 2 + 0.04)  # the depth of g, the height of Ấ, and the clearance


@pytest.mark.parametrize("text", ["gaaa aaaẤ", "aaaa Ấaaa", "gggg aaaa bbbb ẤẤẤẤ"])
def test_keeps_leading_where_nothing_collides(paragraph: Measure, text: str) -> None:
    assert fit(paragraph(text, leading=2.1), Box(4, 20, 9), sizes=(1,)).leading == 2.1


def test_increased_leading_stays_inside_box(paragraph: Measure) -> None:
    text = paragraph("gggg Ấaaa", leading=1.5)
    assert fit(text, Box(40, 58, 9), sizes=(10,)) is not None  # 1.75 above, 3.04 between, 1 below
    assert fit(text, Box(40, 58, 9), sizes=(10,)).leading == pytest.approx(3.04)
    assert fit(text, Box(40, 57, 9), sizes=(10,)) is None


@given(
    st.lists(st.text("abcde", min_size=1, max_size=9), min_size=1, max_size=12),
    st.integers(4, 60),
    st.integers(1, 60),
    st.integers(1, 8),
)
def test_keeps_all_words_if_any_size_fits(paragraph: Measure, words: list[str], width: int, height: int, most: int) -> None:
    text, sizes = paragraph(" ".join(words), language="xx"), (1, 2, 3, 5)
    fitted = fit_or_truncate(text, Box(width, height, most), sizes)
    fitting = [size for size in sizes if (count := fewest_lines(text, width / size)) and count <= most and count * size <= height]
    if fitting:
        assert not fitted.truncated
        assert 0.5 * max(fitting) <= fitted.font_px <= max(fitting)
        assert " ".join(lines(fitted)) == " ".join(words)
    assert len(fitted.lines) <= max(1, min(most, height // fitted.font_px))
    assert all(line.width * fitted.font_px <= width + 1e-6 for line in fitted.lines)
    assert fitted.truncated == any(line.endswith("…") for line in lines(fitted))


def test_increases_leading_in_real_font(assets: Assets) -> None:
    style = assets.themes["broadsheet"].roles["headline"].style
    tight = measure("gỹ gỹ Ấn Ấn", "vi", False, style, assets.fonts)
    fitted = fit(tight, Box(250, 900, 9), sizes=(80,))
    assert lines(fitted) == ["gỹ gỹ", "Ấn Ấn"]
    assert fitted.leading > style.leading


def test_opens_leading_as_far_as_there_is_room(paragraph: Measure) -> None:
    text = paragraph("aaaa bbbb cccc")
    fitted = fit(text, Box(50, 100, 3), sizes=(10,))
    assert len(fitted.lines) == 3
    two = fit(text, Box(90, 100, 2), sizes=(10,))
    assert opened(two, text, Box(90, 100, 2), 1.6).leading == pytest.approx(1.6)
    assert 1.5 < opened(fitted, text, Box(50, 100, 3), 1.6).leading < 1.6
    height = 10 * (text.ascent + text.descent + 2 * 1.3)
    assert opened(fitted, text, Box(50, height, 3), 1.6).leading == pytest.approx(1.3)
    assert opened(fitted, text, Box(50, 10, 3), 1.6).leading == fitted.leading
    one = fit(text, Box(500, 100, 1), sizes=(10,))
    assert opened(one, text, Box(500, 100, 1), 1.6) == one
