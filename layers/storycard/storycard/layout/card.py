"""(Article, kind, Format, Edition) into a Scene: where every line of type, rule, mark and photograph of a card stands.

Everything here is laid out as if text ran left to right; a card in a right-to-left language is mirrored as its parts are
placed (see `canvas.py`), so that no step needs to know.
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
from storycard.layout.card_builder import CardBuilder, Placed
from storycard.layout.card_kinds import BODIES
from storycard.layout.header_footer import credit_tab, foot, head
from storycard.layout.scene import Rect, Scene
from storycard.text.fonts.library import FontLibrary

_MEDIUM, _LARGE = 1, 2  # of the theme's three gaps
_TEXT_SHARE = 0.6  # of a card's height: the most that text takes of a photograph it lies on
_ABOVE_CAPITALS = 6  # px at 1080 wide: Han, or an accented capital, that rises further would crowd the kicker
_PHOTO_STEP = 0.05  # of a card's height: photographs above text end at one of few heights, so that a set's look alike
_FADE = 0.34  # of a card's height, over which a scrim fades out above the text


def lay_out(article: Article, kind: str, card_format: Format, context: RenderContext, fonts: FontLibrary) -> Scene:
    """The Scene of one card. Raises CardSkipped when the article has nothing for this kind, or nothing that fits."""
    number = slide_number(kind)
    slide = _slide(article, kind, number, card_format) if number else Slide(kind, article)
    counted = f"{number}/{len(slides(article))}" if number else ""
    placement = context.theme.placement(slide.body, card_format) if context.photo else "none"
    if placement != "none":
        # A photograph costs no word, and no better fact or quote: rather than that, the card goes without.
        best = replace(article, bullets=key_bullets(slide.article)[:1], quotes=pull_quotes(slide.article)[:1])
        try:
            builder = _composed(slide._replace(article=best), placement, counted, card_format, context, fonts)
            if not builder.is_cut:
                return builder.scene()
        except CardSkipped:
            pass
    return _composed(slide, "none", counted, card_format, context, fonts).scene()


def _slide(article: Article, kind: str, number: int, card_format: Format) -> Slide:
    all_slides = slides(article)
    if number > len(all_slides):
        raise CardSkipped(kind, card_format.name, f"the article's carousel has {len(all_slides)} slides")
    return all_slides[number - 1]


def _composed(
    slide: Slide, placement: Placement, number: str, card_format: Format, context: RenderContext, fonts: FontLibrary
) -> CardBuilder:
    """The card with the photograph placed like this."""
    # Over the whole of a photograph there is room for one thought.
    article = replace(slide.article, deck="") if placement == "behind" else slide.article
    builder = CardBuilder(card_format, context.theme, fonts, article.language)
    if context.theme.footer_fill:  # from edge to edge, under the photograph too
        bottom = foot(builder, article, context, number)
    if placement == "beside":
        _photo_beside(builder)
    if not context.theme.footer_fill:
        bottom = foot(builder, article, context, number)
    area = builder.content
    over_photo = placement in ("behind", "above")
    start = builder.placed()
    body_top = head(builder, article, context, _text_top(builder, placement), with_rule=not over_photo)
    body_start = builder.placed()
    BODIES[slide.body](builder, article, context, Rect(area.x, body_top, area.width, bottom - body_top))
    above = body_top - builder.highest(body_start) - builder.px(_ABOVE_CAPITALS)
    builder.lower(body_start, max(0, int(min(above, bottom - builder.lowest(body_start)))))
    gathered = start if over_photo else body_start
    if over_photo or context.theme.anchor == "bottom":
        builder.lower(gathered, max(0, int(bottom - builder.lowest(gathered))))
    if placement == "behind":
        _photo_behind(builder, start)
    elif placement == "above":
        _photo_above(builder, start)
    if builder.photo and (credit := context.credit(article)):
        credit_tab(builder, credit, builder.photo, at_top=placement == "behind")
    if context.preview:
        builder.watermark(context.labels.say("preview", article.language))
    return builder


def _text_top(builder: CardBuilder, placement: Placement) -> float:
    """The highest that text may begin, in px."""
    area, height = builder.content, builder.format.height
    if placement == "above":
        return max(area.y, builder.theme.photo.share * height + builder.margin)
    if placement == "behind":
        return max(area.y, area.bottom - _TEXT_SHARE * height)
    return area.y


def _photo_beside(builder: CardBuilder) -> None:
    """The photograph on the trailing edge from top to bottom, the text in what is left."""
    width = builder.format.width
    taken = round(width * builder.theme.photo.share)
    builder.photograph(Rect(width - taken, 0, taken, builder.floor), (0.5, 0.42))
    area = builder.content
    builder.content = Rect(area.x, area.y, width - taken - builder.gap(_LARGE) - area.x, area.height)


def _photo_behind(builder: CardBuilder, texts: Placed) -> None:
    """The photograph over the whole card, a scrim under the text."""
    width, height = builder.format.width, builder.format.height
    top = builder.highest(texts)
    builder.photograph(Rect(0, 0, width, height), (0.5, max(0.25, top / height / 2)))
    fade = _FADE * height
    builder.scrim(Rect(0, max(0, top - fade), width, height - max(0, top - fade)), top - builder.gap(_MEDIUM) / 2)


def _photo_above(builder: CardBuilder, texts: Placed) -> None:
    """The photograph from the card's upper edge down to a panel, and the text at the panel's head.

    What is left of the panel under the text is less than a step: cards of a set mostly have the same picture, and their text
    begins on the same line.
    """
    height = builder.format.height
    end = builder.highest(texts) - min(builder.margin, builder.gap(_LARGE))
    steps = max(0, int((end / height - builder.theme.photo.share) / _PHOTO_STEP))
    bottom = round((builder.theme.photo.share + steps * _PHOTO_STEP) * height)
    builder.lower(texts, min(0, bottom - int(end)))
    builder.photograph(Rect(0, 0, builder.format.width, bottom), (0.5, 0.42))
    builder.ornament("panel", 0, bottom, builder.format.width)
