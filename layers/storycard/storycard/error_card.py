"""The picture that stands where a card cannot: the brand's ground and rule, its mark in the middle, and no word to go wrong."""

from storycard.design.assets import Assets
from storycard.design.formats import Format
from storycard.design.render_context import RenderContext
from storycard.encoding.encode import encode
from storycard.errors import require_known_name
from storycard.layout.scene import PlacedLogo, Rect, Rule, Scene
from storycard.painting.rgb import paint

_MARK = 0.24  # of the card's short side: the height of a mark, less where it is very wide
_WIDEST = 0.6  # of the card's width
_UNITS = 1080  # theme lengths are px on a card this wide


def fallback_picture(card_format: Format, assets: Assets, theme: str | None = None, image_type: str = "auto") -> bytes:
    """A card of the default brand without an article, in bytes of `image_type`. Raises UnknownName for what there is not."""
    brand = assets.brand("")
    design = assets.themes[require_known_name(assets.themes, theme or brand.theme, "theme")]
    width, height = card_format.width, card_format.height
    top = design.ornaments.get("top")
    rules = (Rule(Rect(0, 0, width, round(top.px * width / _UNITS)), top.colour),) if top else ()
    logos = ()
    if drawn := RenderContext(design, brand, assets.languages.of("en")).logo():
        tall = min(min(width, height) * _MARK, width * _WIDEST / drawn.ratio)
        across = tall * drawn.ratio
        colour = design.roles["brand"].colour if drawn.one_colour else ""
        logos = (PlacedLogo(Rect((width - across) / 2, (height - tall) / 2, across, tall), drawn.file, colour),)
    scene = Scene(
        width=width, height=height, background=design.background, photograph=None, scrim=None, rules=rules, logos=logos, texts=()
    )
    return encode(paint(scene, assets.logo).image, card_format, image_type).data
