"""Lays out one card: chooses the photograph's place, then places header, body, footer and credit.

All rectangles here are as if text ran left to right: CardBuilder mirrors them for languages that are written right to left.
"""

from dataclasses import replace

from storycard.article import Article
from storycard.design.formats import Format
from storycard.design.kinds import slide_number
from storycard.design.render_context import RenderContext
from storycard.design.theme import Placement
from storycard.editing.carousel import Slide, slides
from storycard.editing.selection import key_bullets, pull_quotes
from storycard.errors import CardSkipped
from storycard.layout.card_builder import CardBuilder, Checkpoint
from storycard.layout.card_kinds import BODIES
from storycard.layout.header_footer import place_credit, place_footer, place_header, place_top_rule
from storycard.layout.scene import Rect, Scene
from storycard.text.fonts.library import FontLibrary

_MEDIUM, _LARGE = 1, 2  # of the theme's three gaps
_MAX_TEXT_SHARE = 0.6  # of a card's height: the most that text over a photograph takes
_ABOVE_CAPITALS = 6  # px at 1080 wide: Han characters or accents that rise further above the capitals would crowd the kicker
_PHOTO_STEP = (
    0.05  # of a card's height: photographs above text end at one of a few heights, so that the cards of a set look alike
)
_FADE = 0.34  # of a card's height: the part of a scrim that fades out, above the text
_FOCUS = 0.5, 0.42  # the point of the photograph's rectangle where its subject should be


def lay_out(article: Article, kind: str, card_format: Format, context: RenderContext, fonts: FontLibrary) -> Scene:
    """Builds the scene of one card. Raises CardSkipped if the article has nothing for this kind, or nothing that fits."""
    number = slide_number(kind)
    slide = _find_slide(article, kind, number, card_format) if number else Slide(kind, article)
    counter = f"{number}/{len(slides(article))}" if number else ""
    placement = context.theme.placement(slide.body, card_format) if context.photo else "none"
    if placement != "none":
        # Text matters more than the photograph: if the best bullet or quote does not fit beside it, the card has none.
        best = replace(article, bullets=key_bullets(slide.article)[:1], quotes=pull_quotes(slide.article)[:1])
        try:
            builder = _compose(slide._replace(article=best), placement, counter, card_format, context, fonts)
            if not builder.is_truncated:
                return builder.scene()
        except CardSkipped:
            pass
    return _compose(slide, "none", counter, card_format, context, fonts).scene()


def _find_slide(article: Article, kind: str, number: int, card_format: Format) -> Slide:
    all_slides = slides(article)
    if number > len(all_slides):
        raise CardSkipped(kind, card_format.name, f"the article's carousel has {len(all_slides)} slides")
    return all_slides[number - 1]


def _compose(
    slide: Slide, placement: Placement, counter: str, card_format: Format, context: RenderContext, fonts: FontLibrary
) -> CardBuilder:
    """Places all parts of a card whose photograph has this placement."""
    article = replace(slide.article, deck="") if placement == "behind" else slide.article  # a deck would hide the photograph
    builder = CardBuilder(card_format, context.theme, fonts, context.language)
    bottom = _place_footer_and_side_photo(builder, article, context, placement, counter)
    text_over_photo = placement in ("behind", "above")
    header_start = builder.checkpoint()
    header_top = _header_top(builder, placement)
    if not text_over_photo:
        header_top += place_top_rule(builder, header_top)
    body_top = place_header(builder, article, context, header_top)
    body_start = builder.checkpoint()
    area = builder.content
    BODIES[slide.body](builder, article, context, Rect(area.x, body_top, area.width, bottom - body_top))
    _move_clear_of_kicker(builder, body_start, body_top, bottom)
    if text_over_photo or context.theme.anchor == "bottom":
        _move_to_bottom(builder, header_start if text_over_photo else body_start, bottom)
    if placement == "behind":
        _place_photo_behind(builder, header_start)
    elif placement == "above":
        _place_photo_above(builder, header_start)
    if builder.photo and (credit := context.credit(article)):
        place_credit(builder, credit, builder.photo, "top" if placement == "behind" else "bottom")
    if context.preview:
        builder.place_watermark(context.language.labels["preview"])
    return builder


def _place_footer_and_side_photo(
    builder: CardBuilder, article: Article, context: RenderContext, placement: Placement, counter: str
) -> float:
    """Places the footer, and the photograph if it is beside the text. Returns the y in px at which the body must end.

    A footer with a band runs under the photograph, from edge to edge; one without is as wide as the text.
    """
    if context.theme.footer_fill:
        bottom = place_footer(builder, article, context, counter)
        if placement == "beside":
            _place_photo_beside(builder)
        return bottom
    if placement == "beside":
        _place_photo_beside(builder)
    return place_footer(builder, article, context, counter)


def _header_top(builder: CardBuilder, placement: Placement) -> float:
    """Returns the y in px at which the header may start."""
    area, height = builder.content, builder.format.height
    if placement == "above":
        return max(area.y, builder.theme.photo.share * height + builder.margin)
    if placement == "behind":
        return max(area.y, area.bottom - _MAX_TEXT_SHARE * height)
    return area.y


def _move_clear_of_kicker(builder: CardBuilder, body: Checkpoint, body_top: float, bottom: float) -> None:
    """Moves the body down if its letters rise far above capitals, as far as there is room."""
    above = body_top - builder.top_since(body) - builder.px(_ABOVE_CAPITALS)
    builder.move_down(body, max(0, int(min(above, bottom - builder.bottom_since(body)))))


def _move_to_bottom(builder: CardBuilder, texts: Checkpoint, bottom: float) -> None:
    builder.move_down(texts, max(0, int(bottom - builder.bottom_since(texts))))


def _place_photo_beside(builder: CardBuilder) -> None:
    """Places the photograph along the whole trailing edge, and narrows the content area to what is left."""
    width = builder.format.width
    photo_width = round(width * builder.theme.photo.share)
    builder.place_photograph(Rect(width - photo_width, 0, photo_width, builder.photo_bottom), _FOCUS)
    area = builder.content
    builder.content = Rect(area.x, area.y, width - photo_width - builder.gap(_LARGE) - area.x, area.height)


def _place_photo_behind(builder: CardBuilder, texts: Checkpoint) -> None:
    """Places the photograph over the whole card, and a scrim under the text."""
    width, height = builder.format.width, builder.format.height
    top = builder.top_since(texts)
    builder.place_photograph(Rect(0, 0, width, height), (0.5, max(0.25, top / height / 2)))
    fade_top = max(0, top - _FADE * height)
    builder.place_scrim(Rect(0, fade_top, width, height - fade_top), top - builder.gap(_MEDIUM) / 2)


def _place_photo_above(builder: CardBuilder, texts: Checkpoint) -> None:
    """Places the photograph from the card's upper edge to a panel, and moves the text to the panel's top.

    The photograph's height is a whole number of steps. The cards of a set therefore mostly show the same crop, and their texts
    start at the same height; less than a step of the panel stays empty under the text.
    """
    height = builder.format.height
    end = builder.top_since(texts) - min(builder.margin, builder.gap(_LARGE))
    steps = max(0, int((end / height - builder.theme.photo.share) / _PHOTO_STEP))
    bottom = round((builder.theme.photo.share + steps * _PHOTO_STEP) * height)
    builder.move_down(texts, min(0, bottom - int(end)))
    builder.place_photograph(Rect(0, 0, builder.format.width, bottom), _FOCUS)
    builder.place_ornament("panel", 0, bottom, builder.format.width)
