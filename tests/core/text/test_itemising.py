"""Tests grapheme clusters and the fonts chosen for them."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storycard.design.assets import Assets
from storycard.text.fonts.library import FontLibrary
from storycard.text.graphemes import graphemes
from storycard.text.shaping import itemising
from storycard.text.shaping.itemising import font_runs
from storycard.text.style import FontStyle

BLOCKS = FontStyle("Blocks")
FIGURES = {
    "hi": "बाढ़ में 4,200 घर",
    "ta": "வெள்ளத்தில் 4,200 வீடுகள்",
    "ml": "വെള്ളത്തിൽ 4,200 വീടുകൾ",
    "gu": "પૂરમાં 4,200 ઘર",
    "si": "ගංවතුරේ 4,200 නිවාස",
    "th": "น้ำท่วม 4,200 หลัง",
    "my": "ရေကြီးမှု 4,200 အိမ်",
    "km": "ទឹកជំនន់ 4,200 ផ្ទះ",
    "lo": "ນ້ຳຖ້ວມ 4,200 ຫຼັງ",
    "am": "ጎርፍ 4,200 ቤቶች",
    "ka": "წყალი 4,200 სახლი",
    "hy": "Ջրհեղեղ 4,200 տուն",
    "he": "שיטפון 4,200 בתים",
    "ar": "فيضان 4,200 منزل",
    "ur": "سیلاب 4,200 گھر",
    "ja": "洪水 4,200 戸",
}


def by_family(text: str, fonts: FontLibrary, language: str = "en") -> list[tuple[str, str]]:
    return [(run.font.style.family, text[run.start : run.end]) for run in font_runs(text, language, BLOCKS, fonts)]


def missing(text: str, fonts: FontLibrary) -> int:
    return sum(run.missing for run in font_runs(text, "en", BLOCKS, fonts))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("e\u0301a", ["e\u0301", "a"]),
        ("👩‍👩‍👧!", ["👩‍👩‍👧", "!"]),
        ("🇺🇦🇩🇪", ["🇺🇦", "🇩🇪"]),
        ("각a", ["각", "a"]),
        ("நி", ["நி"]),
        ("\r\na", ["\r\n", "a"]),
        ("", []),
    ],
)
def test_splits_grapheme_clusters(text: str, expected: list[str]) -> None:
    assert list(graphemes(text, "en")) == expected


def test_uses_fallback_of_script(blocks: FontLibrary) -> None:
    assert by_family("abc αβγ def", blocks) == [("Blocks", "abc "), ("Greek", "αβγ "), ("Blocks", "def")]


def test_counts_clusters_missing_from_all_fonts(blocks: FontLibrary) -> None:
    assert {family for family, _ in by_family("abжб cd", blocks)} == {"Blocks"}
    assert missing("abжб cd", blocks) == 2


def test_punctuation_takes_font_of_word_before(blocks: FontLibrary) -> None:
    assert by_family("abc, (αβ", blocks) == [("Blocks", "abc, ("), ("Greek", "αβ")]


def test_does_not_split_cluster_between_fonts(blocks: FontLibrary) -> None:
    runs = font_runs("ab\u0301c", "en", BLOCKS, blocks)  # neither font has the accent
    assert ("b\u0301", 1) in [("ab\u0301c"[run.start : run.end], run.missing) for run in runs]


@pytest.mark.parametrize("invisible", ["\u00ad", "\u200b", "\ufe0f", "\u2060"])
def test_invisible_characters_are_never_missing(blocks: FontLibrary, invisible: str) -> None:
    assert missing(f"ab{invisible}cd", blocks) == 0


@pytest.mark.parametrize("text", ["Harbour – 4\u202f200 “homes”", "Київ: їжа, ґанок…", "Αθήνα «ναι»", "Ấn Độ", "Łódź ĳ ŉ ẞ"])
def test_theme_fonts_cover_latin_cyrillic_and_greek(assets: Assets, text: str) -> None:
    for role in assets.themes["broadsheet"].roles.values():
        assert sum(run.missing for run in font_runs(text, "en", role.style.font, assets.fonts)) == 0


@pytest.mark.parametrize("text", ["a αβ ж 😀 b\u0301, γ!", "a\ufe0e b\u200d"])
def test_runs_cover_text_without_gap(text: str, blocks: FontLibrary) -> None:
    runs = font_runs(text, "en", BLOCKS, blocks)
    assert [run.start for run in runs] == [0, *(run.end for run in runs[:-1])]
    assert runs[-1].end == len(text)


def test_punctuation_is_upright_beside_script_without_italic(assets: Assets) -> None:
    style = FontStyle("Noto Serif Display", 500, italic=True)
    assert not any(run.font.style.italic for run in font_runs("“આંબા પર મોર, ૨૦.”", "gu", style, assets.fonts))
    assert all(run.font.style.italic for run in font_runs("“A day, 20.”", "en", style, assets.fonts))


@given(st.text(st.sampled_from("ab Ag,.1—é\u0301αβжא🌊\u00a0"), max_size=12))
def test_single_run_shortcut_equals_full_itemising(blocks: FontLibrary, text: str) -> None:
    with_shortcut = font_runs(text, "en", BLOCKS, blocks)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(itemising, "_single_run", lambda *_: None)
        assert font_runs(text, "en", BLOCKS, blocks) == with_shortcut


def test_figures_have_the_weight_of_the_letters_beside_them(assets: Assets) -> None:
    """The fonts of Tamil, Thai and others have no figures, and the theme's own are of other weights."""
    wrong = []
    for theme, role in itertools.product(assets.themes.values(), ("headline", "bullet", "figure", "quote", "date")):
        style = theme.roles[role].style.font
        for language, text in FIGURES.items():
            runs = font_runs(text, language, style, assets.fonts)
            start = text.index("4,200")
            (figures, *others) = {run.font.style for run in runs if run.start < start + 5 and run.end > start}
            letters = runs[0].font.style
            if others or (figures.weight, figures.italic) != (letters.weight, letters.italic):
                wrong.append((theme.name, role, language, figures, letters, others))
    assert wrong == []


def test_figures_among_latin_letters_are_in_the_font_of_the_theme(assets: Assets) -> None:
    for theme in assets.themes.values():
        style = theme.roles["headline"].style.font
        (run,) = font_runs("Only 4,200 homes", "en", style, assets.fonts)
        assert run.font is assets.fonts.match(style)
