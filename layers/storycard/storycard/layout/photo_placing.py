"""Places the photograph of a card: beside, behind or above the text."""

from storycard.design.contrast import luminance, rgb
from storycard.design.theme import Theme
from storycard.layout.card_builder import CardBuilder, Checkpoint
from storycard.layout.photo_blocks import Block
from storycard.layout.scene import Rect, Scene

_MEDIUM, _LARGE = 1, 2  # of the theme's three gaps
_PHOTO_STEP = (
    0.05  # of a card's height: photographs above text end at one of a few heights, so that the cards of a set look alike
)
_FADE = 0.24  # of a card's height: the part of a scrim that fades out, above the text
_TWO_COLOURS = "the picture is too dark, so it is in two colours of the theme"
_SOFT_ROLES = ("date", "number", "credit", "speaker_role")  # set in ink over a photograph
_FOCUS = 0.5, 0.42  # the point of the photograph's rectangle where its subject should be


def in_two_colours(scene: Scene, theme: Theme) -> Scene:
    """Returns a scene whose photograph is painted in the theme's darkest and lightest colours for text, and says so."""
    if scene.photograph is None:
        return scene
    dark, light = sorted((theme.background, theme.roles["headline"].colour), key=lambda colour: luminance(rgb(colour)))
    return scene._replace(
        photograph=scene.photograph._replace(duotone=(dark, light)), photo_note=scene.photo_note or _TWO_COLOURS
    )


def place_photo_beside(builder: CardBuilder, block: Block) -> None:
    """Places the photograph along the trailing edge, and narrows the content area to what is left."""
    width = builder.format.width
    height = min(block.high, builder.photo_bottom)
    builder.place_photograph(Rect(width - block.width, 0, block.width, height), _FOCUS, "beside")
    area = builder.content
    builder.content = Rect(area.x, area.y, width - block.width - builder.gap(_LARGE) - area.x, area.height)


def place_photo_behind(builder: CardBuilder, texts: Checkpoint, bottom: float) -> None:
    """Places the photograph over the whole card, a scrim under the text, and one under the footer, below `bottom`.

    The footer's small type needs more contrast than a headline. Its own scrim leaves the rest of the photograph as it is.
    """
    width, height = builder.format.width, builder.format.height
    top = builder.top_since(texts)
    builder.place_photograph(Rect(0, 0, width, height), (0.5, max(0.25, top / height / 2)), "behind")
    for solid, fade in (
        (top - builder.gap(_MEDIUM) / 2, _FADE * height),
        (bottom + builder.gap(_MEDIUM) / 2, builder.gap(_LARGE)),
    ):
        fade_top = max(0, solid - fade)
        builder.place_scrim(Rect(0, fade_top, width, height - fade_top), solid)
    builder.set_in_ink(_SOFT_ROLES)


def place_photo_above(builder: CardBuilder, texts: Checkpoint, block: Block) -> None:
    """Places the photograph from its top to a panel, and moves the text to the panel's top.

    The photograph's height is its lowest and a whole number of steps. The cards of a set therefore mostly show the same crop, and
    their texts start at the same height; less than a step of the panel stays empty under the text.
    """
    width, height = builder.format.width, builder.format.height
    end = builder.top_since(texts) - min(builder.margin, builder.gap(_LARGE))
    steps = max(0, int((min(end - block.top, block.high) - block.low) / (_PHOTO_STEP * height)))
    bottom = round(block.top + block.low + steps * _PHOTO_STEP * height)
    builder.move_down(texts, min(0, bottom - int(end)))
    x = 0 if block.width == width else builder.content.x
    covered = max(0, builder.format.safe.top - block.top)  # by the platform: the subject should be below
    focus = _FOCUS[0], (covered + _FOCUS[1] * (bottom - block.top - covered)) / (bottom - block.top)
    builder.place_photograph(Rect(x, block.top, block.width, bottom - block.top), focus, "above")
    builder.place_ornament("panel", 0, bottom, width)
