"""(Article, kind, Format, Edition) into a Scene: where every line of type, rule, mark and photograph of a card stands.

Everything here is laid out as if text ran left to right; a card in a right-to-left language is mirrored as its parts are
placed (see `canvas.py`), so that no step needs to know.
"""

from dataclasses import replace

from storycard.article import Article
from storycard.bodies import BODIES
from storycard.canvas import Canvas, Placed
from storycard.carousel import Slide, slides
from storycard.edition import Edition
from storycard.editorial import key_bullets, pull_quotes
from storycard.errors import CardSkipped
from storycard.formats import Format, slide_number
from storycard.frame import credit_tab, foot, head
from storycard.scene import Rect, Scene
from storycard.text.fonts import FontLibrary
from storycard.theme import Placement

_MEDIUM, _LARGE = 1, 2  # of the theme's three gaps
_TEXT_SHARE = 0.6  # of a card's height: the most that text takes of a photograph it lies on
_ABOVE_CAPITALS = 6  # px at 1080 wide: Han, or an accented capital, that rises further would crowd the kicker
_PHOTO_STEP = 0.05  # of a card's height: photographs above text end at one of few heights, so that a set's look alike
_FADE = 0.34  # of a card's height, over which a scrim fades out above the text


def lay_out(article: Article, kind: str, card_format: Format, edition: Edition, fonts: FontLibrary) -> Scene:
    """The Scene of one card. Raises CardSkipped when the article has nothing for this kind, or nothing that fits."""
    number = slide_number(kind)
    slide = _slide(article, kind, number, card_format) if number else Slide(kind, article)
    counted = f"{number}/{len(slides(article))}" if number else ""
    placement = edition.theme.placement(slide.body, card_format) if edition.photo else "none"
    if placement != "none":
        # A photograph costs no word, and no better fact or quote: rather than that, the card goes without.
        best = replace(article, bullets=key_bullets(slide.article)[:1], quotes=pull_quotes(slide.article)[:1])
        try:
            canvas = _composed(slide._replace(article=best), placement, counted, card_format, edition, fonts)
            if not canvas.is_cut:
                return canvas.scene()
        except CardSkipped:
            pass
    return _composed(slide, "none", counted, card_format, edition, fonts).scene()


def _slide(article: Article, kind: str, number: int, card_format: Format) -> Slide:
    all_slides = slides(article)
    if number > len(all_slides):
        raise CardSkipped(kind, card_format.name, f"the article's carousel has {len(all_slides)} slides")
    return all_slides[number - 1]


def _composed(
    slide: Slide, placement: Placement, number: str, card_format: Format, edition: Edition, fonts: FontLibrary
) -> Canvas:
    """The card with the photograph placed like this."""
    # Over the whole of a photograph there is room for one thought.
    article = replace(slide.article, deck="") if placement == "behind" else slide.article
    canvas = Canvas(card_format, edition.theme, fonts, article.language)
    if edition.theme.strip:  # from edge to edge, under the photograph too
        bottom = foot(canvas, article, edition, number)
    if placement == "beside":
        _photo_beside(canvas)
    if not edition.theme.strip:
        bottom = foot(canvas, article, edition, number)
    area = canvas.content
    over_photo = placement in ("behind", "above")
    start = canvas.placed()
    body_top = head(canvas, article, edition, _text_top(canvas, placement), with_rule=not over_photo)
    body_start = canvas.placed()
    BODIES[slide.body](canvas, article, edition, Rect(area.x, body_top, area.width, bottom - body_top))
    above = body_top - canvas.highest(body_start) - canvas.px(_ABOVE_CAPITALS)
    canvas.lower(body_start, max(0, int(min(above, bottom - canvas.lowest(body_start)))))
    gathered = start if over_photo else body_start
    if over_photo or edition.theme.anchor == "bottom":
        canvas.lower(gathered, max(0, int(bottom - canvas.lowest(gathered))))
    if placement == "behind":
        _photo_behind(canvas, start)
    elif placement == "above":
        _photo_above(canvas, start)
    if canvas.photo and (credit := edition.credit(article)):
        credit_tab(canvas, credit, canvas.photo, at_top=placement == "behind")
    if edition.preview:
        canvas.watermark(edition.words.say("preview", article.language))
    return canvas


def _text_top(canvas: Canvas, placement: Placement) -> float:
    """The highest that text may begin, in px."""
    area, height = canvas.content, canvas.format.height
    if placement == "above":
        return max(area.y, canvas.theme.photo.share * height + canvas.margin)
    if placement == "behind":
        return max(area.y, area.bottom - _TEXT_SHARE * height)
    return area.y


def _photo_beside(canvas: Canvas) -> None:
    """The photograph on the trailing edge from top to bottom, the text in what is left."""
    width = canvas.format.width
    taken = round(width * canvas.theme.photo.share)
    canvas.photograph(Rect(width - taken, 0, taken, canvas.floor), (0.5, 0.42))
    area = canvas.content
    canvas.content = Rect(area.x, area.y, width - taken - canvas.gap(_LARGE) - area.x, area.height)


def _photo_behind(canvas: Canvas, texts: Placed) -> None:
    """The photograph over the whole card, a scrim under the text."""
    width, height = canvas.format.width, canvas.format.height
    top = canvas.highest(texts)
    canvas.photograph(Rect(0, 0, width, height), (0.5, max(0.25, top / height / 2)))
    fade = _FADE * height
    canvas.scrim(Rect(0, max(0, top - fade), width, height - max(0, top - fade)), top - canvas.gap(_MEDIUM) / 2)


def _photo_above(canvas: Canvas, texts: Placed) -> None:
    """The photograph from the card's upper edge down to a panel, and the text at the panel's head.

    What is left of the panel under the text is less than a step: cards of a set mostly have the same picture, and their text
    begins on the same line.
    """
    height = canvas.format.height
    end = canvas.highest(texts) - min(canvas.margin, canvas.gap(_LARGE))
    steps = max(0, int((end / height - canvas.theme.photo.share) / _PHOTO_STEP))
    bottom = round((canvas.theme.photo.share + steps * _PHOTO_STEP) * height)
    canvas.lower(texts, min(0, bottom - int(end)))
    canvas.photograph(Rect(0, 0, canvas.format.width, bottom), (0.5, 0.42))
    canvas.ornament("panel", 0, bottom, canvas.format.width)
