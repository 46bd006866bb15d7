"""Finds faults of a laid out card: text that is outside the safe zone, too small, truncated, missing or overlapping."""

import itertools
from collections.abc import Iterator, Sequence

from storycard.design.assets import Assets
from storycard.design.contrast import required_ratio
from storycard.design.formats import Format
from storycard.design.theme import Theme
from storycard.language.direction import is_rtl
from storycard.layout.scene import Rect, Scene, Text
from storycard.painting.glyph_raster import rasterize
from storycard.text.breaking.balancing import fill_lines, line_width
from storycard.text.paragraph import measure

MIN_FONT_PX = 24.3  # px at 1080 wide: 9 px in a feed that shows a card 400 px wide


def apart(one: Rect, other: Rect) -> bool:
    return one.right <= other.x or other.right <= one.x or one.bottom <= other.y or other.bottom <= one.y


def visible(card_format: Format) -> Rect:
    """Returns the part of the card inside the platform's safe zone."""
    safe = card_format.safe
    return Rect(safe.left, safe.top, card_format.width - safe.left - safe.right, card_format.height - safe.top - safe.bottom)


def faults(scene: Scene, card_format: Format, theme: Theme, language: str, assets: Assets) -> Iterator[str]:
    """Yields the faults of a card's layout."""
    zone, card = visible(card_format), Rect(0, 0, card_format.width, card_format.height)
    for text in scene.texts:
        if text.missing_glyphs:
            yield f"{text.role}: {text.missing_glyphs} missing glyphs in {text.text!r}"
        if not zone.contains(text.box):
            yield f"{text.role}: {text.box} outside the safe zone"
        if text.font_px * 1080 / scene.width < MIN_FONT_PX:
            yield f"{text.role}: {text.font_px} px is too small"
        if text.truncated and fits_at_the_smallest_size(text, card_format, theme, language, assets):
            yield f"{text.role}: truncated, although {text.text!r} fits"
    for logo in scene.logos:
        if not zone.contains(logo.rect):
            yield f"logo: {logo.rect} outside the safe zone"
    for rule in scene.rules:
        if not card.contains(rule.rect):
            yield f"rule: {rule.rect} outside the card"
    yield from _overlaps(scene)


def _overlaps(scene: Scene) -> Iterator[str]:
    for one, other in itertools.combinations(scene.texts, 2):
        if not apart(one.box, other.box):
            yield f"{one.role} {one.box} overlaps {other.role} {other.box}"
    rules, logos = [rule.rect for rule in scene.rules], [logo.rect for logo in scene.logos]
    for text, rule in itertools.product(scene.texts, rules):
        if not (apart(text.box, rule) or rule.contains(text.box)):
            yield f"{text.role} {text.box} overlaps the edge of rule {rule}"
    for text, logo in itertools.product(scene.texts, logos):
        if not apart(text.box, logo):
            yield f"{text.role} {text.box} overlaps logo {logo}"
    for logo, rule in itertools.product(logos, rules):
        if not (apart(logo, rule) or rule.contains(logo)):
            yield f"logo {logo} overlaps the edge of rule {rule}"
    if scene.photograph:
        photo = scene.photograph.rect
        for text in scene.texts:
            if not (apart(text.box, photo) or photo.contains(text.box)):
                yield f"{text.role} {text.box} overlaps the edge of the photograph {photo}"


def unreadable(scene: Scene, contrasts: Sequence[float]) -> Iterator[str]:
    """Yields the texts whose contrast with their background is too low."""
    for text, contrast in zip(scene.texts, contrasts, strict=True):
        if contrast < required_ratio(text.font_px, scene.width):
            yield f"{text.role}: {text.font_px} px with a contrast of {contrast:.2f}"


def stray_ink(scene: Scene) -> Iterator[str]:
    """Yields the texts with pixels outside their box, which painting would clip."""
    for text in scene.texts:
        if letters := rasterize(text.lines, text.font_px):
            x, y = letters.box[:2]
            left, top, right, bottom = letters.mask.getbbox()
            inked = Rect(x + left, y + top, right - left, bottom - top)
            if not text.box.contains(inked):
                yield f"{text.role}: ink in {inked}, outside of {text.box}"


def fits_at_the_smallest_size(text: Text, card_format: Format, theme: Theme, language: str, assets: Assets) -> bool:
    """Returns whether filled lines at the smallest size hold all of a text, with the leading that it was set with."""
    role = theme.role(text.role, card_format.name)
    size = min(theme.sizes(role, card_format.width / 1080))
    break_words = assets.languages.of(language).break_words
    paragraph = measure(text.text, language, is_rtl(language), role.style, assets.fonts, break_words)
    width = text.room.width / size
    spans = fill_lines(paragraph, width)
    ends = {place.end: place for place in paragraph.breaks}
    baselines = [placed.baseline for placed in text.lines]
    leading = max([role.style.leading * size, *(low - high for high, low in itertools.pairwise(baselines))])
    return (
        all(line_width(paragraph, span.start, ends[span.end]) <= width for span in spans)
        and len(spans) <= role.max_lines
        and (paragraph.ascent + paragraph.descent) * size + (len(spans) - 1) * leading <= text.room.height
    )
