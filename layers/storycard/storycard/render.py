"""An article into finished cards: choose the design, lay out, paint, encode, and tell what was drawn."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from storycard import RENDERER
from storycard.article import Article
from storycard.card_set import Card, CardSet, TextFact
from storycard.describing.alt_text import alt_text
from storycard.describing.metadata import card_metadata
from storycard.describing.xmp import write_xmp
from storycard.design.assets import Assets
from storycard.design.kinds import CAROUSEL, KINDS, is_kind
from storycard.design.render_context import RenderContext
from storycard.editing.carousel import slide_kinds
from storycard.editing.selection import choices
from storycard.encoding.encode import encode
from storycard.errors import CardSkipped, require_known_name
from storycard.identity import card_version
from storycard.language.direction import is_rtl
from storycard.layout.card import lay_out
from storycard.painting.indexed import paint_indexed
from storycard.painting.rgb import paint

if TYPE_CHECKING:
    from storycard.photo import Photo


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
) -> Card:
    """One card of an article, with `photo` where the theme has a place for it and as it stands `today`; see `Edition`.

    Raises UnknownName for a kind, format, theme or type that does not exist, CardSkipped when the article has no such card.
    """
    context = assets.render_context(article, theme, photo=photo, today=today, preview=preview)
    return _card(article, kind, format_name, assets, context, image_type)


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
    """Every card of an article in the kinds and formats asked for, all formats when none are named. Raises UnknownName.

    The kind "carousel" stands for all of its slides. With `debug` their construction is drawn over the cards.
    """
    context = assets.render_context(article, theme, photo=photo, today=today, preview=preview)
    cards: list[Card] = []
    skipped: list[CardSkipped] = []
    for kind in _each_kind(kinds, article):
        for format_name in formats or assets.formats:
            try:
                cards.append(_card(article, kind, format_name, assets, context, image_type, debug=debug))
            except CardSkipped as reason:
                skipped.append(reason)
    return CardSet(
        article_id=article.id,
        version=card_version(article, assets, theme, photo_sha256=photo.sha256 if photo else "", today=today),
        language=article.language,
        direction="rtl" if is_rtl(article.language) else "ltr",
        theme=context.theme.name,
        renderer=RENDERER,
        cards=tuple(cards),
        skipped=tuple(skipped),
        choices=choices(article),
    )


def _each_kind(kinds: Sequence[str], article: Article) -> Iterator[str]:
    for kind in kinds:
        yield from slide_kinds(article) if kind == CAROUSEL else (kind,)


def _card(
    article: Article, kind: str, format_name: str, assets: Assets, context: RenderContext, image_type: str, *, debug: bool = False
) -> Card:
    if not is_kind(kind):
        require_known_name((*KINDS, f"{CAROUSEL}-1"), kind, "kind")
    card_format = assets.formats[require_known_name(assets.formats, format_name, "format")]
    scene = lay_out(article, kind, card_format, context, assets.fonts)
    painted = paint_indexed(scene, assets.logo) or paint(scene, assets.logo, context.photo)
    image = painted.image
    if debug:
        from storycard.layout.debug import draw_construction  # for who makes a theme

        image = draw_construction(image, scene, card_format, context.theme, article.language)
    alt = alt_text(scene, article, context, card_format.alt)
    xmp = write_xmp(card_metadata(scene, article, context, f"{kind}-{format_name}", alt))
    encoded = encode(image, card_format, image_type, photographic=scene.photograph is not None, xmp=xmp)
    facts = tuple(
        TextFact(
            text.role,
            tuple(placed.line.text for placed in text.lines),
            text.font_px,
            text.box,
            text.truncated,
            text.missing_glyphs,
            contrast,
        )
        for text, contrast in zip(scene.texts, painted.contrasts, strict=True)
    )
    return Card(kind, format_name, scene.width, scene.height, encoded.type, encoded.data, alt, facts, painted.scrim_opacity)
