"""The picture that stands where a card cannot: the brand's ground and rule, its mark in the middle, and no word to go wrong."""

from storycard.assets import Assets
from storycard.edition import Edition
from storycard.encode import encode
from storycard.formats import Format, named
from storycard.paint import paint
from storycard.scene import Mark, Rect, Rule, Scene

_MARK = 0.24  # of the card's short side: the height of a mark, less where it is very wide
_WIDEST = 0.6  # of the card's width
_UNITS = 1080  # theme lengths are px on a card this wide


def fallback_picture(card_format: Format, assets: Assets, theme: str | None = None, image_type: str = "auto") -> bytes:
    """A card of the default brand without an article, in bytes of `image_type`. Raises UnknownName for what there is not."""
    brand = assets.brand("")
    design = assets.themes[named(assets.themes, theme or brand.theme, "theme")]
    width, height = card_format.width, card_format.height
    top = design.ornaments.get("top")
    rules = (Rule(Rect(0, 0, width, round(top.px * width / _UNITS)), top.colour),) if top else ()
    marks = ()
    if drawn := Edition(design, brand, assets.words).mark():
        tall = min(min(width, height) * _MARK, width * _WIDEST / drawn.ratio)
        across = tall * drawn.ratio
        colour = design.roles["brand"].colour if drawn.one_colour else ""
        marks = (Mark(Rect((width - across) / 2, (height - tall) / 2, across, tall), drawn.file, colour),)
    scene = Scene(
        width=width, height=height, ground=design.ground, photograph=None, scrim=None, rules=rules, marks=marks, texts=()
    )
    return encode(paint(scene, assets.mark).image, card_format, image_type).data
