"""Compares the text engine with Chromium: the ink of the same text in the same fonts, and its line breaks."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from statistics import pvariance
from typing import TYPE_CHECKING

import pytest

from storycard.design.assets import Assets
from storycard.text import icu
from storycard.text import paragraph as paragraph_module
from storycard.text.bidi.reordering import BidiRun
from storycard.text.paragraph import Line, Paragraph
from storycard.text.shaping import harfbuzz, shaped_run
from storycard.text.shaping.harfbuzz import ShapedGlyphs
from storycard.text.shaping.itemising import EMOJI
from storycard.text.style import FontStyle, TextStyle
from support.chromium import ours
from support.chromium.compare import Comparison, compare
from support.chromium.page import FONT_PX, Setting, chromium_page, picture, set_by_chromium
from support.chromium.sentences import BREAKS, MIXED, POOR, SCRIPTS
from support.chromium.sheet import sheet
from support.measuring import measure_in
from support.paths import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

PICTURES = ROOT / "out" / "chromium"
FAMILIES = ("Noto Serif Display", "Inter")
SENTENCES = {sentence.name: sentence for sentence in (*SCRIPTS, *MIXED)}
COLUMN = 11 * FONT_PX  # px; as wide as a headline on a square card
WIDTHS = (7, 9, 11, 14, 18)  # em, from a few words per line to a line and a half
MIN_OVERLAP = 0.95  # vocalised Arabic, which has the most edge per ink, measures 0.963; every other sentence more

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")  # Playwright allows one instance per process at a time
def page(assets: Assets) -> Iterator["Page"]:
    with chromium_page(assets.fonts) as page:
        yield page


@pytest.fixture(scope="session")
def measured(assets: Assets) -> Callable[[str, str], Paragraph]:
    """Returns a function that measures a sentence, given its name and the family."""

    def measured_sentence(name: str, family: str) -> Paragraph:
        sentence = SENTENCES[name]
        style = TextStyle(FontStyle(family, 400 if sentence.italic else 700, sentence.italic))
        return measure_in(sentence.language, sentence.text, style, assets.fonts)

    return measured_sentence


def test_sentences_cover_every_script_with_a_font(assets: Assets) -> None:
    provided = {script for fallback in assets.fonts.fallbacks for script in fallback.scripts}
    compared_here = {icu.script(character) for sentence in SENTENCES.values() for character in sentence.text}
    assert provided - compared_here == {EMOJI}  # no character has this script; one sentence has emoji


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("name", SENTENCES)
def test_ink_matches_chromium(name: str, family: str, measured: Callable, page: "Page") -> None:
    paragraph = measured(name, family)
    on_one_line, setting = compared(page, paragraph, None)
    (line,) = ours.lines_from(paragraph, setting.starts)
    wrapped, columns = compared(page, paragraph, COLUMN)
    own = ours.own_lines(paragraph, COLUMN) or ours.lines_from(paragraph, columns.starts)
    PICTURES.mkdir(parents=True, exist_ok=True)
    drawn = sheet(on_one_line, wrapped, ours.picture(paragraph, own, columns))
    drawn.save(PICTURES / f"{name}-{family.replace(' ', '-').lower()}.png", compress_level=1)
    assert paragraph.missing_glyphs == 0
    assert (on_one_line.differs_at, wrapped.differs_at) == (None, None)
    assert min(on_one_line.overlap, wrapped.overlap) >= MIN_OVERLAP
    assert line.width * FONT_PX == pytest.approx(setting.width, abs=0.25)  # Chromium measures in 1/64 px


@pytest.mark.parametrize("name", SENTENCES)
def test_break_opportunities_match_chromium(name: str, measured: Callable, page: "Page") -> None:
    paragraph = measured(name, "Inter")
    theirs = {*set_by_chromium(page, paragraph, 0).starts[1:]}
    here = {place.next for place in paragraph.breaks[:-1]}
    assert here ^ theirs <= offsets(paragraph.text, BREAKS.get(name, ()))


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("name", SENTENCES)
def test_lines_are_as_few_and_even_as_chromium_s(name: str, family: str, measured: Callable, page: "Page") -> None:
    paragraph = measured(name, family)
    poor = offsets(paragraph.text, POOR.get(name, ()))
    for width in WIDTHS:
        starts = set_by_chromium(page, paragraph, width * FONT_PX).starts
        greedy, lines = ours.lines_from(paragraph, starts), ours.own_lines(paragraph, width * FONT_PX)
        if lines is None or max(line.width for line in greedy) > width:
            continue  # a word is wider than the line; Chromium lets it overflow
        worse = len(lines) > len(greedy) or raggedness(lines) > raggedness(greedy) + 1e-9
        assert not worse or poor.intersection(starts), (width, [[line.text for line in some] for some in (lines, greedy)])


def offsets(text: str, places: Iterable[str]) -> set[int]:
    """Returns the offsets in `text` of the bars in `places`, such as 'two |words'."""
    return {text.index(place.replace("|", "")) + place.index("|") for place in places}


def raggedness(lines: Sequence[Line]) -> float:
    """Returns the variance of the line widths, in em squared."""
    return pvariance([line.width for line in lines])


def compared(page: "Page", paragraph: Paragraph, width: float | None) -> tuple[Comparison, Setting]:
    """Compares a text with Chromium's picture of it, using Chromium's line breaks; also returns Chromium's setting."""
    setting = set_by_chromium(page, paragraph, width)
    lines = ours.lines_from(paragraph, setting.starts)
    return compare(ours.picture(paragraph, lines, setting), picture(page, setting)), setting


def without_bidi(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(paragraph_module, "visual_runs", lambda text, levels, rtl, start, end: (BidiRun(start, end, int(rtl)),))


def without_features(*features: str) -> Callable[[pytest.MonkeyPatch], None]:
    def broken(patch: pytest.MonkeyPatch) -> None:
        shape = harfbuzz.hb.shape
        patch.setattr(harfbuzz.hb, "shape", lambda font, buffer, _: shape(font, buffer, dict.fromkeys(features, False)))

    return broken


def without_a_mark(patch: pytest.MonkeyPatch) -> None:
    shape = shaped_run.shape

    def lossy(*arguments: object, **options: object) -> ShapedGlyphs:
        shaped = shape(*arguments, **options)
        mark = next((index for index, advance in enumerate(shaped.advances) if not advance), len(shaped.ids))
        return ShapedGlyphs(*([*column[:mark], *column[mark + 1 :]] for column in shaped))

    patch.setattr(shaped_run, "shape", lossy)


def without_language(patch: pytest.MonkeyPatch) -> None:
    shape = shaped_run.shape
    patch.setattr(shaped_run, "shape", lambda *arguments, **options: shape(*arguments, **{**options, "language": "en"}))


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("hebrew-percent-and-date", without_bidi),
        ("arabic-brand-and-numbers", without_bidi),
        ("hebrew-in-english", without_bidi),
        ("arabic", without_features("init", "medi", "fina")),
        ("nastaliq", without_features("init", "medi", "fina")),
        ("mongolian", without_features("init", "medi", "fina")),
        ("hindi-conjuncts", without_features("half")),
        ("khmer", without_features("blwf")),
        ("hebrew-points", without_features("mark")),
        ("tibetan-stacks", without_features("blws", "abvs", "ccmp")),
        ("ligatures", without_features("kern")),
        ("arabic-vowels", without_a_mark),
        ("hebrew-points", without_a_mark),
        ("thai-marks", without_a_mark),
        ("lao", without_a_mark),
        ("bengali", without_a_mark),
        ("serbian-italic", without_language),
    ],
)
def test_comparison_detects_broken_shaping(
    name: str, broken: Callable, measured: Callable, page: "Page", monkeypatch: pytest.MonkeyPatch
) -> None:
    paragraph = measured(name, "Noto Serif Display")
    assert compared(page, paragraph, None)[0].differs_at is None
    broken(monkeypatch)
    paragraph = measure_in(paragraph.language, paragraph.text, paragraph.style, paragraph.fonts)
    assert compared(page, paragraph, None)[0].differs_at is not None


def test_comparison_detects_glyphs_of_other_language(measured: Callable, page: "Page") -> None:
    chinese, japanese = measured("han-simplified", "Inter"), measured("han-japanese", "Inter")
    setting = set_by_chromium(page, chinese, None)
    drawn = ours.picture(japanese, ours.lines_from(japanese, setting.starts), setting)
    assert compare(drawn, picture(page, setting)).differs_at is not None
