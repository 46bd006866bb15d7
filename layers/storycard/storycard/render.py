"""An article into finished cards: choose the design, lay out, paint, encode, and tell what was drawn."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from storycard import RENDERER
from storycard.article import Article
from storycard.assets import Assets
from storycard.encode import encode
from storycard.errors import CardSkipped
from storycard.formats import EXTENSIONS, KINDS, named
from storycard.identity import card_version
from storycard.language import is_rtl
from storycard.layout import lay_out
from storycard.paint import paint
from storycard.scene import Rect, Scene


@dataclass(frozen=True, slots=True)
class TextFact:
    """What one part of a card says and how it was set; `box` is its ink in px, `contrast` the lowest WCAG ratio behind it."""

    role: str
    lines: tuple[str, ...]
    font_px: int
    box: Rect
    truncated: bool
    missing_glyphs: int
    contrast: float


@dataclass(frozen=True)
class Card:
    """One finished image: its bytes and the facts about them."""

    kind: str
    format: str
    width: int
    height: int
    type: str
    data: bytes
    alt: str
    text: tuple[TextFact, ...]

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def file_name(self) -> str:
        """The name a card has on disk and in S3: `headline-og.png`."""
        return f"{self.kind}-{self.format}.{EXTENSIONS[self.type]}"


@dataclass(frozen=True, slots=True)
class CardSet:
    """All cards of one version of an article, and those it cannot have."""

    article_id: str
    version: str
    language: str
    direction: str
    theme: str
    renderer: str
    cards: tuple[Card, ...]
    skipped: tuple[CardSkipped, ...]


def render_card(
    article: Article, kind: str, format_name: str, assets: Assets, theme: str | None = None, image_type: str = "auto"
) -> Card:
    """One card of an article.

    Raises UnknownName for a kind, format, theme or type that does not exist, CardSkipped when the article has no such card.
    """
    named(KINDS, kind, "kind")
    card_format = assets.formats[named(assets.formats, format_name, "format")]
    scene = lay_out(article, kind, card_format, assets.theme(theme), assets.fonts)
    painted = paint(scene, assets.mark_mask)
    encoded = encode(painted.image, card_format, image_type)
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
    return Card(kind, format_name, scene.width, scene.height, encoded.type, encoded.data, alt_text(scene), facts)


def render_set(
    article: Article,
    assets: Assets,
    kinds: Sequence[str] = KINDS,
    formats: Sequence[str] | None = None,
    theme: str | None = None,
    image_type: str = "auto",
) -> CardSet:
    """Every card of an article in the kinds and formats asked for, all formats when none are named. Raises UnknownName."""
    cards: list[Card] = []
    skipped: list[CardSkipped] = []
    for kind in kinds:
        for format_name in formats or assets.formats:
            try:
                cards.append(render_card(article, kind, format_name, assets, theme, image_type))
            except CardSkipped as reason:
                skipped.append(reason)
    return CardSet(
        article_id=article.id,
        version=card_version(article, assets, theme),
        language=article.language,
        direction="rtl" if is_rtl(article.language) else "ltr",
        theme=assets.theme(theme).name,
        renderer=RENDERER,
        cards=tuple(cards),
        skipped=tuple(skipped),
    )


def alt_text(scene: Scene) -> str:
    """What a card says, for who cannot see it: its main text, and whose words they are."""
    said = {text.role: text.text for text in scene.texts}
    if "quote" in said:
        source = ", ".join(said[role] for role in ("speaker", "speaker_role") if role in said)
        return f"{said['quote']} — {source}"
    return said.get("bullet") or said["headline"]
