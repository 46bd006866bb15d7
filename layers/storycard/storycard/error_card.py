"""Draws the fallback card, shown where a card cannot be rendered: the background and the logo of the default brand, no text."""

from storycard.design.assets import Assets
from storycard.design.formats import Format
from storycard.design.render_context import RenderContext
from storycard.encoding.encode import encode
from storycard.errors import require_known_name
from storycard.layout.scene import PlacedLogo, Rect, Scene
from storycard.painting.logo_files import logo_drawer
from storycard.painting.rgb import paint

_LOGO_SHARE = 0.24  # of the card's short side: the logo's height, unless that makes it too wide
_MAX_LOGO_WIDTH = 0.6  # of the card's width


def render_fallback_card(card_format: Format, assets: Assets, theme: str | None = None, image_type: str = "auto") -> bytes:
    """Returns the bytes of a card of the default brand. Raises UnknownName for an unknown theme or image type."""
    brand = assets.brand("")
    design = assets.themes[require_known_name(assets.themes, theme or brand.theme, "theme")]
    width, height = card_format.width, card_format.height
    logos: tuple[PlacedLogo, ...] = ()
    if logo := RenderContext(design, brand, assets.languages.of("en")).logo(design.ground):
        logo_height = min(min(width, height) * _LOGO_SHARE, width * _MAX_LOGO_WIDTH / logo.ratio)
        logo_width = logo_height * logo.ratio
        colour = design.roles["brand"].colour if logo.one_colour else ""
        place = Rect((width - logo_width) / 2, (height - logo_height) / 2, logo_width, logo_height)
        logos = (PlacedLogo(place, logo.file, colour),)
    scene = Scene(
        width=width,
        height=height,
        background=design.ground,
        photograph=None,
        rules=(),
        logos=logos,
        texts=(),
    )
    return encode(paint(scene, logo_drawer(assets.logo_folder)).image, card_format, image_type).data
