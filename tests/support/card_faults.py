"""Finds faults of a laid out card: text that is outside the safe zone, too small, truncated, missing or overlapping."""

import itertools
import math
from collections.abc import Iterator, Sequence

from storycard.design.assets import Assets
from storycard.design.composition import REFERENCES, shape_of
from storycard.design.contrast import required_ratio
from storycard.design.formats import Format
from storycard.design.role import Role
from storycard.design.theme import Theme
from storycard.layout.scene import Rect, Rule, Scene, Text
from storycard.painting.glyph_raster import rasterize
from storycard.text.breaking.balancing import fill_lines
from support.measuring import measure_in

BARRED = ("headline", "question", "invitation")  # roles that a theme may set on bars, whose edges are between the lines
MIN_FONT_PX = 24.3  # px at 1080 wide: 9 px in a feed that shows a card 400 px wide


def apart(one: Rect, other: Rect) -> bool:
    return one.right <= other.x or other.right <= one.x or one.bottom <= other.y or other.bottom <= one.y


def visible(card_format: Format) -> Rect:
    """Returns the part of the card inside the platform's safe zone."""
    safe = card_format.safe
    return Rect(safe.left, safe.top, card_format.width - safe.left - safe.right, card_format.height - safe.top - safe.bottom)


def faults(scene: Scene, card_format: Format, theme: Theme, language: str, assets: Assets) -> Iterator[str]:
    """Yields the faults of a card's layout."""
    zone = visible(card_format)
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
    yield from _overlaps(scene)


def _overlaps(scene: Scene) -> Iterator[str]:
    for one, other in itertools.combinations(scene.texts, 2):
        beside_initial = "initial" in (one.role, other.role)  # whose text is on two sides of it
        boxes, others = (ink_boxes(text) if beside_initial else [text.box] for text in (one, other))
        if not all(itertools.starmap(apart, itertools.product(boxes, others))):
            yield f"{one.role} {one.box} overlaps {other.role} {other.box}"
    logos = [logo.rect for logo in scene.logos]
    rules = [rule for rule in scene.rules if not (rule.outline or rule.corner or rule.fade)]
    faded = any(rule.fade for rule in scene.rules)
    for text in (text for text in scene.texts if text.role not in BARRED):
        containing = [number for number, rule in enumerate(rules) if rule.rect.contains(text.box)]
        grounds = {rules[number].colour for number in containing}
        for rule in rules[max(containing, default=0) :]:  # one that contains a text hides the edges below it
            if rule.colour not in grounds and not _clear(text, rule):
                yield f"{text.role} {text.box} overlaps the edge of rule {rule}"
    for text, logo in itertools.product(scene.texts, logos):
        if not apart(text.box, logo):
            yield f"{text.role} {text.box} overlaps logo {logo}"
    for logo, rule in itertools.product(logos, rules):
        if not (apart(logo, rule.rect) or rule.rect.contains(logo)):
            yield f"logo {logo} overlaps the edge of rule {rule}"
    if scene.photograph:
        photo = scene.photograph.rect
        for text in scene.texts:
            if not (faded or text.role in BARRED or apart(text.box, photo) or photo.contains(text.box)):
                yield f"{text.role} {text.box} overlaps the edge of the photograph {photo}"


def _clear(text: Text, rule: Rule) -> bool:
    """Returns whether a text is wholly outside of a rule or wholly inside of it."""
    if rule.rect.width != rule.rect.height or rule.radius < rule.rect.width / 2:
        return apart(text.box, rule.rect) or rule.rect.contains(text.box)
    x, y = rule.rect.x + rule.radius, rule.rect.y + rule.radius
    distances = []
    for box in ink_boxes(text):
        nearest = math.hypot(max(box.x - x, x - box.right, 0), max(box.y - y, y - box.bottom, 0))
        farthest = math.hypot(max(abs(box.x - x), abs(box.right - x)), max(abs(box.y - y), abs(box.bottom - y)))
        distances.append((nearest >= rule.radius, farthest <= rule.radius))
    return all(outside for outside, _ in distances) or all(inside for _, inside in distances)


def ink_boxes(text: Text) -> list[Rect]:
    """Returns the rectangle around the ink of each line."""
    size = text.font_px
    return [
        Rect(
            line.x + ink.left * size,
            line.baseline - ink.above * size,
            (ink.right - ink.left) * size,
            (ink.above + ink.below) * size,
        )
        for line in text.lines
        for ink in (line.line.ink,)
    ]


def unreadable(scene: Scene, contrasts: Sequence[float]) -> Iterator[str]:
    """Yields the texts whose contrast with their background is too low."""
    for text, contrast in zip(scene.texts, contrasts, strict=True):
        if text.role != "mark" and contrast < required_ratio(text.font_px, scene.width):
            yield f"{text.role}: {text.font_px} px with a contrast of {contrast:.2f}"


def stray_ink(scene: Scene) -> Iterator[str]:
    """Yields the texts with pixels outside their box, which painting would clip."""
    for text in (text for text in scene.texts if text.role != "mark"):
        if letters := rasterize(text.lines, text.font_px):
            x, y = letters.box[:2]
            left, top, right, bottom = letters.mask.getbbox()
            inked = Rect(x + left, y + top, right - left, bottom - top)
            if not text.box.contains(inked):
                yield f"{text.role}: ink in {inked}, outside of {text.box}"


def find_role(name: str, card_format: Format, theme: Theme) -> tuple[Role, float]:
    """Returns a role as it is set in a format, and how many px of the card each px of its sizes is."""
    shape = shape_of(card_format.width, card_format.height)
    for (_, other), (*_, composition) in theme.compositions.items():
        roles = {name: part.role for name, part in composition.parts.items()}
        roles |= {item: role for row in composition.rows for item, role in row.items.items()}
        if other == shape and name in roles:
            return roles[name], card_format.width / REFERENCES[shape].width
    return theme.roles[name], card_format.width / REFERENCES[shape].width


def fits_at_the_smallest_size(text: Text, card_format: Format, theme: Theme, language: str, assets: Assets) -> bool:
    """Returns whether filled lines at the smallest size hold all of a text, with the leading that it was set with."""
    role, scale = find_role(text.role, card_format, theme)
    size = round(role.min_px * scale)
    paragraph = measure_in(language, text.text, role.style, assets.fonts)
    width = text.room.width / size
    spans = fill_lines(paragraph, width)
    baselines = [placed.baseline for placed in text.lines]
    leading = max([role.style.leading * size, *(low - high for high, low in itertools.pairwise(baselines))])
    return (
        all(paragraph.width(span.start, span.end) <= width for span in spans)
        and len(spans) <= role.max_lines
        and (paragraph.ascent + paragraph.descent) * size + (len(spans) - 1) * leading <= text.room.height
    )
