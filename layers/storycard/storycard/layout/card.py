"""Lays out one card in the first of the theme's compositions in which its text fits and no head is cut or covered."""

from collections.abc import Mapping
from contextlib import suppress

from storycard.article import Article
from storycard.design.composition import Composition, Strip
from storycard.design.composition_reader import PAID
from storycard.design.formats import Format
from storycard.design.kinds import CAROUSEL, QUESTION, number_in
from storycard.design.render_context import RenderContext
from storycard.design.theme import Theme
from storycard.editing.carousel import Slide, slides
from storycard.editing.questions import card_questions
from storycard.editing.selection import fits_no_card
from storycard.errors import CardSkipped
from storycard.layout.card_kinds import PLACERS
from storycard.layout.composer import Composer
from storycard.layout.photo_check import find_problem
from storycard.layout.rows.empty_rows import without_empty_rows
from storycard.layout.rows.placing import place_row, place_strip
from storycard.layout.rows.row_texts import row_texts
from storycard.layout.scene import Scene
from storycard.text.fitting import Box, largest_size
from storycard.text.fonts.library import FontLibrary

_PAID = "paid content has no photograph"
_TWO_COLOURS = "the picture is too dark, so it is in two colours of the theme"

# What a text may take of its area at its smallest size to fit for certain.
_AMPLE_WIDTH = 0.9  # whatever its marks and the shapes of its letters
_BESIDE_SPEAKER = 0.7  # of the height: a quote may share its area with its speaker
_ACCENTS = 0.3  # em: more than any rise above what counts as a paragraph's ascent


def lay_out(article: Article, kind: str, card_format: Format, context: RenderContext, fonts: FontLibrary) -> Scene:
    """Builds the scene of one card. Raises CardSkipped if the article has nothing for this kind, or nothing that fits."""
    number = number_in(CAROUSEL, kind)
    slide = _find_slide(article, kind, card_format, context)
    counter = f"{number}/{len(slides(article, context.language))}" if number else ""
    note = ""
    strip = context.theme.strip_for(article.label, card_format) if slide.body == "headline" and not article.paid else None
    if context.photo and slide.body == "headline" and not article.paid:
        for composition in context.theme.compositions_for("photo", card_format):
            try:
                scene = _compose(slide, composition, strip, counter, card_format, context, fonts, has_next=True)
            except CardSkipped:  # text matters more than the photograph
                note = note or "the text would have too little room"
                continue
            problem = find_problem(scene, context.photo, card_format)
            if not problem:
                return scene._replace(photo_note=note or (_TWO_COLOURS if context.photo.flaw == "dark" else ""))
            note = note or problem
    if context.photo and slide.body == "headline" and article.paid:
        note = _PAID
    compositions = _find_compositions(slide, card_format, context.theme)
    if not compositions:
        raise CardSkipped(kind, card_format.name, f"the theme {context.theme.name} has no composition for it")
    *others, last = compositions
    for variant, composition in others:
        with suppress(CardSkipped):
            scene = _compose(variant, composition, strip, counter, card_format, context, fonts, has_next=True)
            return scene._replace(photo_note=note)
    return _compose(*last, strip, counter, card_format, context, fonts)._replace(photo_note=note)


def fits_easily(
    article: Article, body: str, texts: Mapping[str, str], card_format: Format, context: RenderContext, fonts: FontLibrary
) -> bool:
    """Returns whether texts (by role) fit a composition with room to spare, so that laying out the card would place them whole.

    This takes a tenth of the time, because it tries the smallest sizes only and places nothing.
    """
    return any(
        texts.keys() <= composition.parts.keys()
        and _has_ample_room(texts, Composer(composition, card_format, context, fonts), composition)
        for _, composition in _find_compositions(Slide(body, article), card_format, context.theme)
    )


def _has_ample_room(texts: Mapping[str, str], composer: Composer, composition: Composition) -> bool:
    for name, text in texts.items():
        part = composition.parts[name]
        if fits_no_card(text):
            return False  # so that a speaker with a name of a thousand letters costs no time
        if part.least_lines > 1:
            return False  # for texts that take several lines at their largest size; only the smallest is tried here
        role, room = part.role, composer.room(part.area)
        px = composer.smallest(role)
        paragraph = composer.paragraph(role, text, px)
        height = room.height * (_BESIDE_SPEAKER if name == "quote" else 1) - _ACCENTS * px
        leading = max(paragraph.leading, paragraph.ascent + paragraph.descent + _ACCENTS)  # at which no two lines collide
        box = Box(_AMPLE_WIDTH * room.width, height, role.max_lines)
        if not largest_size(paragraph, box, (round(px * composer.scale),), leading):
            return False
    return True


def _find_slide(article: Article, kind: str, card_format: Format, context: RenderContext) -> Slide:
    """Returns what a card shows of the article. Raises CardSkipped for a number after the last."""
    if number := number_in(CAROUSEL, kind):
        all_slides = slides(article, context.language)
        if number > len(all_slides):
            raise CardSkipped(kind, card_format.name, f"the article's carousel has {len(all_slides)} slides")
        return all_slides[number - 1]
    if number := number_in(QUESTION, kind):
        pairs = card_questions(article, context.language)
        if number > len(pairs):
            raise CardSkipped(kind, card_format.name, f"the article has {len(pairs)} questions that fit every format", "too-long")
        return Slide(QUESTION, article.with_questions((pairs[number - 1],)))
    return Slide(kind, article)


def _find_compositions(slide: Slide, card_format: Format, theme: Theme) -> list[tuple[Slide, Composition]]:
    """Returns what to try: paid content's own compositions, or those of the slide, a key fact first around its figure."""
    paid = theme.compositions_for(PAID, card_format) if slide.article.paid else ()
    if paid:
        return [(slide, composition) for composition in paid]
    bodies = ("figure", "bullet") if slide.body == "bullet" else (slide.body,)
    return [(slide._replace(body=body), found) for body in bodies for found in theme.compositions_for(body, card_format)]


def _compose(
    slide: Slide,
    composition: Composition,
    strip: Strip | None,
    counter: str,
    card_format: Format,
    context: RenderContext,
    fonts: FontLibrary,
    *,
    has_next: bool = False,
) -> Scene:
    """Builds a card in one composition. Raises CardSkipped if its message does not fit, or would be cut, with `has_next`."""
    texts = row_texts(
        slide.article, context, counter, is_cover=bool(counter) and slide.body == "headline", has_strip=strip is not None
    )
    if has_next and texts.label and _has_kicker_below(composition):
        raise CardSkipped("label", card_format.name, "this composition has no place for a label above the text")
    composition = without_empty_rows(composition, texts)
    composer = Composer(composition, card_format, context, fonts, strip, has_next)
    if composition.frame and context.photo:
        composer.place_photo(context.photo, composition.frame)
    if strip:
        place_strip(composer, strip, context.label(slide.article), composition.parts["headline"], composition.ground)
    lone = next(iter(composition.parts.values())).align
    PLACERS[slide.body](composer, composition.parts, slide.article, context)
    for row in composition.rows:
        place_row(composer, row, texts, lone, context)
    if context.preview:
        composer.place_watermark(context.language.labels["preview"])
    return composer.scene()


def _has_kicker_below(composition: Composition) -> bool:
    """Returns whether the kicker, and with it a label, would stand in the foot."""
    text = next(iter(composition.parts.values())).area
    return any("kicker" in row.items and row.area.y >= text.bottom for row in composition.rows)
