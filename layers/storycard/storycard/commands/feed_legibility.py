"""Checks that a theme's letters can be read in a feed, which shows a card 400 px wide and as a JPEG of quality 70.

Each kind of text is drawn in its smallest and its usual size on its ground, scaled, encoded and decoded. Every stroke that
scanlines cross, of a few letters of each script, must keep a contrast with the ground, however thin it is.
"""

import io
import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from storycard.design import contrast
from storycard.design.assets import Assets
from storycard.design.composition import REFERENCES, Composition, Shape, behind, drawn
from storycard.design.role import Role
from storycard.design.theme import Theme
from storycard.errors import AssetInvalid
from storycard.layout.scene import PlacedLine
from storycard.painting.glyph_raster import Coverage, rasterize
from storycard.painting.indexed import count_levels
from storycard.text.icu import upper
from storycard.text.paragraph import measure, set_line
from storycard.toml_reader import Table, read_table

LEAST = 3.0  # WCAG 2.2, 1.4.11: what is needed to recognise a shape
_FEED_PX, _QUALITY, _CHROMA_420 = 400, 70, 2
_LETTERS_FILE = "letters.toml"
_INK = 128  # of 255: coverage from which a pixel belongs to a stroke
_FINE = 4  # times: the enlargement at which a letter is drawn to find its strokes
_SHIFTS = 3  # px of a card: about one px of a feed
_THINNEST = 0.02  # em: a shorter piece of a scanline only touches a stroke
_DISTANCE, _MARGIN, _HEIGHT = 2.0, 0.5, 2.5  # em between the baselines' starts of two letters, around them, and of all


class _Sample(NamedTuple):
    """One kind of text of a theme: its key in the theme, how it is set, what is behind it, and the width of its card in px."""

    key: str
    role: Role
    ground: str
    width: int
    fits: bool = False  # whether it is set in the size that fits; the smallest such size differs by language


class _Letter(NamedTuple):
    """A letter, and where scanlines cross its strokes clear of its serifs: % of its height and of its width."""

    text: str
    language: str  # BCP 47
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    usual: bool  # whether it is drawn in the usual size too


class _Stroke(NamedTuple):
    """A piece of a scanline inside a letter, in px of the card."""

    left: float
    top: float
    right: float
    bottom: float


class _Drawn(NamedTuple):
    """A letter as it is on the card, and its strokes."""

    text: str
    coverage: Coverage
    strokes: tuple[_Stroke, ...]


def check_in_feed(theme: Theme, assets: Assets, file: str) -> None:
    """Raises AssetInvalid, naming text, letter, size and contrast, for the first text with a stroke that a feed loses."""
    letters = _read_letters(assets.folder)
    usual_letters = [letter for letter in letters if letter.usual]
    for sample in _samples(theme):
        smallest, usual = sample.role.min_px, round(math.sqrt(sample.role.min_px * sample.role.max_px))
        for px, tried in ((smallest, letters), (usual, usual_letters)):
            letter, ratio = _weakest(sample, px, tried, assets)
            if ratio < LEAST:
                expected = f"strokes with a contrast of {LEAST:g}:1 in a feed 400 px wide"
                got = f"{ratio:.2f}:1 for {letter} at {px} px; give it more weight, a larger smallest size, or more contrast"
                raise AssetInvalid(f"{file}: {sample.key}", expected, got)


def _read_letters(folder: Path) -> list[_Letter]:
    """Reads letters.toml of an assets folder."""
    table = read_table((folder / _LETTERS_FILE).read_bytes(), _LETTERS_FILE)
    return [_letter(entry) for entry in table.table_list("letter")]


def _letter(entry: Table) -> _Letter:
    rows, columns = (entry.ascending(key) if key in entry else () for key in ("rows", "columns"))
    return _Letter(entry.text("text"), entry.text("language", "und"), rows, columns, entry.flag("usual"))


def _samples(theme: Theme) -> Iterator[_Sample]:
    """Yields each kind of text once, in the smallest size that it has on its ground."""
    smallest: dict[object, _Sample] = {}
    for sample in _all_texts(theme):
        known = (sample.role.style.font, sample.role.colour, sample.ground, sample.role.capitals)
        if known not in smallest or _feed_px(sample) < _feed_px(smallest[known]):
            smallest[known] = sample
    yield from smallest.values()


def _feed_px(sample: _Sample) -> float:
    return sample.role.min_px / sample.width


def _all_texts(theme: Theme) -> Iterator[_Sample]:
    for (kind, shape), compositions in theme.compositions.items():
        for composition in compositions:
            yield from _texts_of(composition, f"cards.{kind}.{shape}", shape)
    for (label, shape), strip in theme.strips.items():
        yield _Sample(f"strips.{label}.{shape}", strip.role, strip.role.fill, REFERENCES[shape].width)


def _texts_of(composition: Composition, key: str, shape: Shape) -> Iterator[_Sample]:
    width, panels = REFERENCES[shape].width, drawn(composition.panels, has_kicker=True)
    for name, part in composition.parts.items():
        ground = part.bar or behind(part.area, composition.ground, panels)
        if name != "mark":  # an ornament
            yield _Sample(f"{key}.{name}", part.role, ground, width, fits=True)
        if part.initial:
            low, high = (part.initial * px for px in (part.role.min_px, part.role.max_px))
            yield _Sample(f"{key}.{name}.initial", replace(composition.roles["initial"], min_px=low, max_px=high), ground, width)
        if name in ("quote", "source"):
            for role in (composition.roles["speaker"], composition.roles["speaker_role"]):
                yield _Sample(f"{key}.speaker", role, role.fill or ground, width)
    for row in composition.rows:
        for item, role in row.items.items():
            role = replace(role, min_px=role.max_px)  # a name is set smaller only if it is too long
            yield _Sample(f"{key}.rows.{item}", role, role.fill or row.ground, width)


def _weakest(sample: _Sample, px: int, tried: Sequence[_Letter], assets: Assets) -> tuple[str, float]:
    """Returns the letter with the weakest stroke, and the contrast of that with the ground, 1 to 21.

    Each stroke is judged at the shift at which it meets the pixels of a feed best.
    """
    seen: dict[tuple[str, int], list[float]] = {}
    ground = contrast.luminance(contrast.rgb(sample.ground))
    letters = list(_draw_letters(sample, px, tried, assets))
    for shift in range(_SHIFTS):
        feed, scale = _in_feed(sample, px, letters, shift)
        for letter in letters:
            for number, stroke in enumerate(letter.strokes):
                seen.setdefault((letter.text, number), []).append(_contrast(stroke, shift, feed, scale, ground))
    ratio, (text, _) = min((max(ratios), key) for key, ratios in seen.items())
    return text, ratio


def _draw_letters(sample: _Sample, px: int, letters: Sequence[_Letter], assets: Assets) -> Iterator[_Drawn]:
    for place, letter in enumerate(letters):
        text = upper(letter.text, letter.language) if sample.role.capitals else letter.text
        line = set_line(measure(text, letter.language, False, sample.role.style_at(px), assets.fonts), 0, len(text))
        size = round(px * sample.role.dense) if sample.fits and assets.languages.of(letter.language).dense_characters else px
        x, baseline = round((_MARGIN + place * _DISTANCE) * px), round((1 + _MARGIN) * px)
        coverage = rasterize([PlacedLine(line, x, baseline)], size)
        fine = rasterize([PlacedLine(line, _FINE * x, _FINE * baseline)], _FINE * size)
        if coverage and fine:
            yield _Drawn(text, coverage, tuple(_strokes(letter, fine, size)))


def _in_feed(sample: _Sample, px: int, letters: Sequence[_Drawn], shift: int) -> tuple[Image.Image, float]:
    """Returns the letters as a feed shows them, moved by `shift` px, and the scale from the card to the feed."""
    step = sample.width // math.gcd(sample.width, _FEED_PX)  # the fewest px of a card that are whole px in the feed
    width, height = (step * math.ceil(size * px / step + 1) for size in (_DISTANCE * len(letters), _HEIGHT))
    card = Image.new("RGB", (width, height), sample.ground)
    levels = count_levels(contrast.rgb(sample.ground), contrast.rgb(sample.role.colour))
    rounded = [round((value * levels + 127) // 255 * 255 / levels) for value in range(256)]  # as on a card without a photograph
    for letter in letters:
        left, top, right, bottom = letter.coverage.box
        card.paste(
            sample.role.colour, (left + shift, top + shift, right + shift, bottom + shift), letter.coverage.mask.point(rounded)
        )
    scale = _FEED_PX / sample.width
    small = card.resize((round(width * scale), round(height * scale)), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    small.save(file, "JPEG", quality=_QUALITY, subsampling=_CHROMA_420)
    return Image.open(file).convert("RGB"), scale


def _strokes(letter: _Letter, fine: Coverage, px: int) -> Iterator[_Stroke]:
    """Yields the pieces of a letter's scanlines that are inside of it. `fine` is the letter _FINE times as large."""
    left, top = fine.box[:2]
    mask, thinnest = fine.mask, _THINNEST * _FINE * px
    for share in letter.rows:
        y = share * mask.height // 100
        for start, end in _runs(mask.crop((0, y, mask.width, y + 1)).tobytes(), thinnest):
            yield _Stroke(*(place / _FINE for place in (left + start, top + y, left + end, top + y + 1)))
    for share in letter.columns:
        x = share * mask.width // 100
        for start, end in _runs(mask.crop((x, 0, x + 1, mask.height)).tobytes(), thinnest):
            yield _Stroke(*(place / _FINE for place in (left + x, top + start, left + x + 1, top + end)))


def _runs(coverages: bytes, thinnest: float) -> Iterator[tuple[int, int]]:
    """Yields the first index of each run of ink in a scanline, and the index after it."""
    place = 0
    for is_ink, values in itertools.groupby(coverages, lambda value: value >= _INK):
        length = len(list(values))
        if is_ink and length >= thinnest:
            yield place, place + length
        place += length


def _contrast(stroke: _Stroke, shift: int, feed: Image.Image, scale: float, ground: float) -> float:
    """Returns the highest contrast with the ground of the px of a feed that a stroke covers."""
    left, top = (math.floor((edge + shift) * scale) for edge in (stroke.left, stroke.top))
    right, bottom = (math.ceil((edge + shift) * scale) for edge in (stroke.right, stroke.bottom))
    pixels = feed.crop((left, top, right, bottom)).tobytes()
    colours = zip(pixels[::3], pixels[1::3], pixels[2::3], strict=True)
    return max(contrast.luminance_ratio(contrast.luminance(colour), ground) for colour in colours)
