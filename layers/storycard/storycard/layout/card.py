"""Lays out one card: chooses the photograph's place, then places header, body, footer and credit.

All rectangles here are as if text ran left to right: CardBuilder mirrors them for languages that are written right to left.
"""

from dataclasses import replace

from storycard.article import Article
from storycard.design.formats import Format
from storycard.design.kinds import slide_number
from storycard.design.render_context import RenderContext
from storycard.editing.carousel import Slide, slides
from storycard.editing.selection import key_bullets, pull_quotes
from storycard.errors import CardSkipped
from storycard.layout.card_builder import CardBuilder, Checkpoint
from storycard.layout.card_kinds import BODIES
from storycard.layout.header_footer import credit_corner, place_credit, place_footer, place_header, place_top_rule
from storycard.layout.photo_blocks import Block, blocks
from storycard.layout.photo_check import find_problem, heads_on_card
from storycard.layout.photo_placing import in_two_colours, place_photo_above, place_photo_behind, place_photo_beside
from storycard.layout.scene import Rect, Scene
from storycard.text.fonts.library import FontLibrary

_MAX_TEXT_SHARE = 0.6  # of a card's height: the most that text over a photograph takes
_ABOVE_CAPITALS = 6  # px at 1080 wide: Han characters or accents that rise further above the capitals would crowd the kicker
_NO_BLOCK = Block("none", 0, 0, 0)


def lay_out(article: Article, kind: str, card_format: Format, context: RenderContext, fonts: FontLibrary) -> Scene:
    """Builds the scene of one card. Raises CardSkipped if the article has nothing for this kind, or nothing that fits."""
    number = slide_number(kind)
    slide = _find_slide(article, kind, number, card_format, context) if number else Slide(kind, article)
    counter = f"{number}/{len(slides(article, context.language))}" if number else ""
    placement, note = context.theme.placement(slide.body, card_format), ""
    if context.photo and placement != "none":
        # Text matters more than the photograph: if the best bullet or quote does not fit beside it, the card has none.
        best = replace(article, bullets=key_bullets(slide.article, context.language)[:1], quotes=pull_quotes(slide.article)[:1])
        for block in blocks(context.photo, placement, card_format, context.theme.photo.share):
            problem = "the text would have too little room"
            try:
                builder = _compose(slide._replace(article=best), block, counter, card_format, context, fonts)
            except CardSkipped:
                pass
            else:
                problem = problem if builder.is_truncated else find_problem(builder, context.photo)
                if not problem:
                    scene = builder.scene()._replace(photo_note=note or block.why)
                    return in_two_colours(scene, context.theme) if context.photo.flaw == "dark" else scene
            note = note or problem
    return _compose(slide, _NO_BLOCK, counter, card_format, context, fonts).scene()._replace(photo_note=note)


def _find_slide(article: Article, kind: str, number: int, card_format: Format, context: RenderContext) -> Slide:
    all_slides = slides(article, context.language)
    if number > len(all_slides):
        raise CardSkipped(kind, card_format.name, f"the article's carousel has {len(all_slides)} slides")
    return all_slides[number - 1]


def _compose(
    slide: Slide, block: Block, counter: str, card_format: Format, context: RenderContext, fonts: FontLibrary
) -> CardBuilder:
    """Places all parts of a card whose photograph stands in this block."""
    placement = block.placement
    article = replace(slide.article, deck="") if placement == "behind" else slide.article  # a deck would hide the photograph
    builder = CardBuilder(card_format, context.theme, fonts, context.language)
    credit = context.credit(article) if placement != "none" else ""
    bottom = _place_footer_and_side_photo(builder, article, context, block, counter)
    text_over_photo = placement in ("behind", "above")
    header_start = builder.checkpoint()
    header_top = _header_top(builder, block)
    if not text_over_photo:
        header_top += place_top_rule(builder, header_top)
    in_header = placement == "above" or (placement == "beside" and not _has_free_corner(builder, credit, context))
    body_top = place_header(builder, article, context, header_top, credit if in_header else "")
    body_start = builder.checkpoint()
    area = builder.content
    BODIES[slide.body](builder, article, context, Rect(area.x, body_top, area.width, bottom - body_top))
    _move_clear_of_kicker(builder, body_start, body_top, bottom)
    if text_over_photo or context.theme.anchor == "bottom":
        _move_to_bottom(builder, header_start if text_over_photo else body_start, bottom)
    if placement == "behind":
        place_photo_behind(builder, header_start, bottom)
    elif placement == "above":
        place_photo_above(builder, header_start, block)
    if builder.photo and credit and not builder.has("credit"):
        place_credit(builder, credit, builder.photo)
    if context.preview:
        builder.place_watermark(context.language.labels["preview"])
    return builder


def _has_free_corner(builder: CardBuilder, credit: str, context: RenderContext) -> bool:
    """Tells whether the credit fits in the corner of a photograph beside the text, and covers no head there."""
    corner = credit_corner(builder, credit)
    if corner is None or not (builder.photograph and context.photo):
        return False
    return not any(corner.overlaps(head) for head in heads_on_card(builder.photograph, context.photo))


def _place_footer_and_side_photo(
    builder: CardBuilder, article: Article, context: RenderContext, block: Block, counter: str
) -> float:
    """Places the footer, and the photograph if it is beside the text. Returns the y in px at which the body must end.

    A footer with a band runs under the photograph, from edge to edge; one without is as wide as the text.
    """
    credit = context.credit(article) if block.placement == "behind" else ""
    if context.theme.footer_fill:
        bottom = place_footer(builder, article, context, counter, credit)
        if block.placement == "beside":
            place_photo_beside(builder, block)
        return bottom
    if block.placement == "beside":
        place_photo_beside(builder, block)
    return place_footer(builder, article, context, counter, credit)


def _header_top(builder: CardBuilder, block: Block) -> float:
    """Returns the y in px at which the header may start."""
    area, height = builder.content, builder.format.height
    if block.placement == "above":
        return max(area.y, block.top + block.low + builder.margin)
    if block.placement == "behind":
        return max(area.y, area.bottom - _MAX_TEXT_SHARE * height)
    return area.y


def _move_clear_of_kicker(builder: CardBuilder, body: Checkpoint, body_top: float, bottom: float) -> None:
    """Moves the body down if its letters rise far above capitals, as far as there is room."""
    above = body_top - builder.top_since(body) - builder.px(_ABOVE_CAPITALS)
    builder.move_down(body, max(0, int(min(above, bottom - builder.bottom_since(body)))))


def _move_to_bottom(builder: CardBuilder, texts: Checkpoint, bottom: float) -> None:
    builder.move_down(texts, max(0, int(bottom - builder.bottom_since(texts))))
