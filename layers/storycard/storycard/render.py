"""Renders an article as cards: chooses the design, lays out, paints, describes and encodes."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from storycard import RENDERER
from storycard.article import Article
from storycard.card_set import Card, CardSet, TextFact
from storycard.describing.alt_text import alt_text
from storycard.describing.metadata import card_metadata
from storycard.describing.xmp import write_xmp
from storycard.design.assets import Assets
from storycard.design.formats import Format
from storycard.design.kinds import CAROUSEL, EXAMPLES, KINDS, QUESTION, is_kind, number_in, series_of
from storycard.design.render_context import RenderContext
from storycard.editing.carousel import slide_kinds
from storycard.editing.questions import question_kinds
from storycard.editing.selection import choices
from storycard.encoding.encode import encode
from storycard.encoding.thumbnail import encode_scaled
from storycard.errors import CardSkipped, require_known_name
from storycard.identity import card_version
from storycard.language.language import Language
from storycard.language.tags import is_rtl
from storycard.layout.across_formats import with_one_quote, with_whole_questions, with_whole_slides
from storycard.layout.card import lay_out
from storycard.layout.scene import Scene, Text
from storycard.painting.indexed import paint_indexed
from storycard.painting.logo_files import logo_drawer
from storycard.painting.rgb import Painted, paint
from storycard.photo_facts import describe_photo, room_notices

if TYPE_CHECKING:
    from storycard.photo import Photo

_WITH_QUOTE = ("quote", CAROUSEL)
_OPENINGS = {"mark": "quote", "initial": "bullet"}  # roles of what a text opens with, if that is apart, and of the text


def render_card(
    article: Article,
    kind: str,
    format_name: str,
    assets: Assets,
    *,
    theme: str | None = None,
    image_type: str = "auto",
    photo: "Photo | None" = None,
    today: date | None = None,
    preview: bool = False,
    width: int | None = None,
) -> Card:
    """Renders one card of an article, or a thumbnail of it that is at most `width` px wide and has no metadata.

    The sizes in the Card are those of the whole card also then.

    `photo` is shown if the theme has a place for it; `today` decides whether the story is old; see RenderContext.
    Raises UnknownName for an unknown kind, format, theme or type, and CardSkipped if the article has no such card.
    """
    context = assets.render_context(article, theme, photo=photo, today=today, preview=preview)
    card_format = _find_format(assets, format_name)
    if series_of(kind) in _WITH_QUOTE:
        article = with_one_quote(article, assets.formats.values(), context, assets.fonts)
    if series_of(kind) == CAROUSEL:
        article = with_whole_slides(article, assets.formats.values(), context, assets.fonts)
    if number := number_in(QUESTION, kind):
        article = with_whole_questions(article, assets.formats.values(), context, assets.fonts, number)
    scene = _lay_out(article, kind, card_format, assets, context)
    return _draw(article, kind, card_format, scene, assets, context, image_type, width=width)


def render_set(
    article: Article,
    assets: Assets,
    kinds: Sequence[str] = KINDS,
    formats: Sequence[str] | None = None,
    *,
    theme: str | None = None,
    image_type: str = "auto",
    photo: "Photo | None" = None,
    today: date | None = None,
    preview: bool = False,
    debug: bool = False,
) -> CardSet:
    """Renders an article in each of `kinds` and `formats`; all formats if None. Lists the cards that it cannot have as skipped.

    The kinds "carousel" and "question" render all slides, and all questions that fit. With `debug`, the construction is drawn
    over the cards.
    Raises UnknownName as `render_card` does.
    """
    context = assets.render_context(article, theme, photo=photo, today=today, preview=preview)
    card_formats = [_find_format(assets, name) for name in formats or assets.formats]
    skipped: list[CardSkipped] = []
    drawn = with_one_quote(article, assets.formats.values(), context, assets.fonts)
    if any(series_of(kind) == QUESTION for kind in kinds):
        drawn = with_whole_questions(drawn, assets.formats.values(), context, assets.fonts)
    has_slides = any(series_of(kind) == CAROUSEL for kind in kinds)
    slid = with_whole_slides(drawn, assets.formats.values(), context, assets.fonts) if has_slides else drawn
    # Layout of a card takes a quarter less time right after that of another, so painting waits (ADR 18).
    scenes: list[tuple[Article, str, Format, Scene]] = []
    for kind in _list_kinds(kinds, slid, context.language):
        shown = slid if series_of(kind) == CAROUSEL else drawn
        for card_format in card_formats:
            try:
                scenes.append((shown, kind, card_format, _lay_out(shown, kind, card_format, assets, context)))
            except CardSkipped as error:
                # The error that was raised has this frame, with the photograph and all scenes, in its traceback: a cycle, which
                # would stay in memory until the garbage collector finds it.
                skipped.append(CardSkipped(error.kind, error.format, error.reason, error.code))
    cards = [_draw(*planned, assets, context, image_type, debug=debug) for planned in scenes]
    return CardSet(
        article_id=article.id,
        version=card_version(article, assets, theme, photo_sha256=photo.sha256 if photo else "", today=today),
        language=article.language,
        direction="rtl" if is_rtl(article.language) else "ltr",
        theme=context.theme.name,
        renderer=RENDERER,
        cards=tuple(cards),
        skipped=tuple(skipped),
        choices=choices(article, context.language, next(iter(drawn.quotes), None)),
        notices=article.notices + room_notices(cards),
    )


def _lay_out(article: Article, kind: str, card_format: Format, assets: Assets, context: RenderContext) -> Scene:
    if not is_kind(kind):
        require_known_name(EXAMPLES, kind, "kind")
    try:
        return lay_out(article, kind, card_format, context, assets.fonts)
    except CardSkipped as skipped:  # names the kind of what did not fit, such as a bullet
        raise CardSkipped(kind, card_format.name, skipped.reason, skipped.code) from None


def _draw(
    article: Article,
    kind: str,
    card_format: Format,
    scene: Scene,
    assets: Assets,
    context: RenderContext,
    image_type: str,
    *,
    debug: bool = False,
    width: int | None = None,
) -> Card:
    painted = _paint(scene, assets, context)
    image = painted.image
    if debug:
        from storycard.layout.debug import draw_construction  # only needed by authors of themes

        image = draw_construction(image, scene, card_format)
    alt = alt_text(scene, article, context, card_format.alt)
    photographic = scene.photograph is not None
    if width:
        encoded = encode_scaled(image, width, card_format, image_type, photographic=photographic)
    else:
        xmp = write_xmp(card_metadata(scene, article, context, f"{kind}-{card_format.name}", alt))
        encoded = encode(image, card_format, image_type, photographic=photographic, solid=painted.solid, xmp=xmp)
    return Card(
        kind=kind,
        format=card_format.name,
        width=scene.width,
        height=scene.height,
        type=encoded.type,
        data=encoded.data,
        alt=alt,
        text=_list_text_facts(scene, painted),
        photo=describe_photo(scene, context.photo) if context.photo else None,
    )


def _find_format(assets: Assets, name: str) -> Format:
    return assets.formats[require_known_name(assets.formats, name, "format")]


def _list_kinds(kinds: Sequence[str], article: Article, language: Language) -> list[str]:
    """Returns `kinds` with "carousel" and "question" replaced by the kinds of the slides and of the questions."""
    series = {CAROUSEL: slide_kinds, QUESTION: question_kinds}
    return [each for kind in kinds for each in (series[kind](article, language) if kind in series else (kind,))]


def _paint(scene: Scene, assets: Assets, context: RenderContext) -> Painted:
    """Paints with a palette if that is enough, because such an image is smaller and faster to encode."""
    draw_logo = logo_drawer(assets.logo_folder)
    return paint_indexed(scene, draw_logo) or paint(scene, draw_logo, context.photo)


def _list_text_facts(scene: Scene, painted: Painted) -> tuple[TextFact, ...]:
    opening = {  # what stands before the first line of a text, in type of its own
        _OPENINGS[text.role]: text.text for text in scene.texts if text.role in _OPENINGS
    }
    return tuple(
        TextFact(
            role=text.role,
            lines=_lines(text, opening.get(text.role, "")),
            font_px=text.font_px,
            box=text.box,
            truncated=text.truncated,
            missing_glyphs=text.missing_glyphs,
            contrast=contrast,
        )
        for text, contrast in zip(scene.texts, painted.contrasts, strict=True)
        if text.role not in _OPENINGS
    )


def _lines(text: Text, opening: str) -> tuple[str, ...]:
    first, *others = (placed.line.text for placed in text.lines)
    return (opening + first, *others)
