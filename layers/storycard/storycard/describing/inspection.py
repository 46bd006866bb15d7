"""Reads a card's file: its image type and size, its metadata, and whether it has Content Credentials."""

import io
import json
import warnings
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from PIL import Image, UnidentifiedImageError

from storycard.design.formats import EXTENSIONS
from storycard.errors import FieldError
from storycard.xmp_reader import read_xmp

_KINDS = "a card: a PNG, JPEG, WebP or AVIF picture"
_TITLES = {
    "identifier": "card",
    "headline": "headline",
    "alt": "alternative text",
    "description": "description",
    "extended_description": "all of it",
    "language": "language",
    "creators": "by",
    "credit_line": "credit",
    "copyright_notice": "rights",
    "source_url": "from",
    "created": "date",
    "digital_source_type": "made as",
    "tool": "made with",
}
CREDENTIALS = b"c2pa\0"  # the label of a manifest store (C2PA 2.2, 11.1.4.2), whichever box of a file holds it
_WIDTH = max(map(len, _TITLES.values()))
# Strip control and bidi-override characters before printing: an article must not send commands to a terminal (UTR #36, 3.3).
_UNPRINTABLE = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd")


@dataclass(frozen=True, slots=True)
class CardFile:
    """A picture's type, its size in px and bytes, its metadata by field name, and whether it has Content Credentials."""

    type: str
    width: int
    height: int
    bytes: int
    metadata: Mapping[str, str | tuple[str, ...]]
    credentials: bool


def read_card(data: bytes, name: str) -> CardFile:
    """Reads the card in the file `name`; only its header is decoded. Raises FieldError if it is not a card."""
    picture = _picture(data, name)
    try:
        metadata = read_xmp(picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b"")
    except ValueError:
        metadata = {}
    if not str(metadata.get("tool", "")).startswith("Storycard"):
        raise FieldError(name, "a card", "a picture without a card's metadata: not made by Storycard, or stripped since")
    return CardFile(_type(picture), *picture.size, len(data), metadata, CREDENTIALS in data)


def picture_type(data: bytes, name: str) -> str:
    """Returns the image type of the file `name`, card or not. Raises FieldError if it is none of a card's types."""
    return _type(_picture(data, name))


def printable(text: str) -> str:
    """Returns `text` with each control and bidi-override character as U+FFFD."""
    return text.translate(_UNPRINTABLE)


def as_text(card: CardFile) -> str:
    """Returns the file's fields as lines for a person to read."""
    credentials = "yes; see storycard verify" if card.credentials else "none"
    lines = [f"{card.type.upper()}, {card.width} x {card.height} px, {card.bytes:,} bytes"]
    for name, title in _TITLES.items():
        if value := card.metadata.get(name):
            text = ", ".join(value) if isinstance(value, tuple) else value
            if name == "digital_source_type":  # a URL whose last part is the term
                text = text.rpartition("/")[2]
            lines.append(f"  {title:{_WIDTH}}  {printable(text)}")
    return "\n".join([*lines, f"  {'credentials':{_WIDTH}}  {credentials}"])


def as_json(card: CardFile) -> str:
    """Returns the file's fields as JSON, under the names of Metadata."""
    return json.dumps(asdict(card), ensure_ascii=False, indent=2)


def _type(picture: Image.Image) -> str:
    return (picture.format or "").lower()


def _picture(data: bytes, name: str) -> Image.Image:
    """Opens the picture without decoding its pixels."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return Image.open(io.BytesIO(data), formats=[kind.upper() for kind in EXTENSIONS])
        except UnidentifiedImageError:
            raise FieldError(name, _KINDS, f"something else, of {len(data):,} bytes") from None
        except Exception as error:  # Pillow's plugins raise about twenty kinds of error for broken files
            raise FieldError(name, _KINDS, f"a broken one: {error}") from None
