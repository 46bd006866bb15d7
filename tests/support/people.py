"""Reads the pictures of people in tests/photographs, whose heads are marked by hand, and finds these heads on cards."""

import io
import tomllib
from dataclasses import dataclass

from PIL import Image

from storycard.article import Article, ArticleImage
from storycard.layout.scene import Rect, Scene
from storycard.photo import Photo
from storycard.photo.crop import Box
from support.paths import ROOT

ARTICLE = Article(
    id="people",
    language="en",
    kicker="Harbour",
    headline="Night ferries to the outer islands will run all winter for the first time",
    image=ArticleImage(credit="Marta Brandt / Coast Pictures"),
)
_FOLDER = ROOT / "tests" / "photographs"


@dataclass(frozen=True, slots=True)
class Person:
    """A picture of people: its name, its bytes and the heads that matter, in shares of it; the first head is the main one."""

    name: str
    data: bytes
    heads: tuple[Box, ...]


def people() -> list[Person]:
    """Returns all pictures, by name."""
    table = tomllib.loads((_FOLDER / "people.toml").read_text("utf-8"))
    return [_read(name, entry["heads"]) for name, entry in sorted(table.items())]


def heads_on(scene: Scene, photo: Photo, heads: tuple[Box, ...]) -> list[Rect]:
    """Returns where heads of the photograph are on a card that shows it, in px; they may be outside of its rectangle."""
    assert scene.photograph
    left, top, right, bottom = scene.photograph.rect.pixels
    part = photo.crop(right - left, bottom - top, scene.photograph.focus)
    scale = (right - left) / (part.right - part.left)
    width, height = photo.width * scale, photo.height * scale
    left, top = left - part.left * scale, top - part.top * scale

    def on_card(head: Box) -> Rect:
        size = (head.right - head.left) * width, (head.bottom - head.top) * height
        return Rect(left + head.left * width, top + head.top * height, *size)

    return [on_card(head) for head in heads]


def covers_of(scene: Scene) -> list[Rect]:
    """Returns what is over the photograph of a card: texts, logos, panels, and scrims without the clear fifth of their fade."""
    covers = [*(text.box for text in scene.texts), *(logo.rect for logo in scene.logos)]
    for rule in scene.rules:
        x, y, width, height = rule.rect
        if rule.fade == "bottom":
            covers.append(Rect(x, y + height / 5, width, height * 4 / 5))
        elif rule.fade:
            covers.append(Rect(x + (width / 5 if rule.fade == "right" else 0), y, width * 4 / 5, height))
        elif not rule.outline:
            covers.append(rule.rect)
    return covers


def is_whole(head: Rect, frame: Rect) -> bool:
    """Tells whether a frame contains a head, but for a fiftieth of it, which nobody sees."""
    dx, dy = 0.02 * head.width, 0.02 * head.height
    return Rect(frame.x - dx, frame.y - dy, frame.width + 2 * dx, frame.height + 2 * dy).contains(head)


def overlap(head: Rect, other: Rect) -> float:
    """Returns the share of a head that another rectangle covers."""
    width = min(head.right, other.right) - max(head.x, other.x)
    height = min(head.bottom, other.bottom) - max(head.y, other.y)
    return max(0.0, width) * max(0.0, height) / (head.width * head.height)


def _read(name: str, heads: list[list[int]]) -> Person:
    data = (_FOLDER / "people" / f"{name}.jpg").read_bytes()
    with Image.open(io.BytesIO(data)) as picture:
        width, height = picture.size
    boxes = (Box(left / width, top / height, right / width, bottom / height) for left, top, right, bottom in heads)
    return Person(name, data, tuple(boxes))
