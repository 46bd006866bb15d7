"""A card's file into everything it says: the picture it is, the metadata it carries, whether it bears Content Credentials."""

import io
import json
import warnings
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from PIL import Image

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
CREDENTIALS = b"c2pa\0"  # the label of a manifest store (C2PA 2.2, 11.1.4.2), in whatever box a file has it
_WIDTH = max(map(len, _TITLES.values()))
# Nobody's terminal takes orders from an article, nor does a line of it turn round the next (Unicode, UTR #36, 3.3).
_UNPRINTABLE = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd")


@dataclass(frozen=True, slots=True)
class CardFile:
    """A picture's type, size in px and in bytes, the fields of its metadata by name, and whether it has Content Credentials."""

    type: str
    width: int
    height: int
    bytes: int
    metadata: Mapping[str, str | tuple[str, ...]]
    credentials: bool


def read_card(data: bytes, name: str) -> CardFile:
    """What the file `name` says. Raises FieldError for what is no card; nothing but the file's header is decoded."""
    picture = _picture(data, name)
    try:
        metadata = read_xmp(picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b"")
    except ValueError:
        metadata = {}
    if not str(metadata.get("tool", "")).startswith("Storycard"):
        raise FieldError(name, "a card", "a picture without a card's metadata: not made by Storycard, or stripped on its way")
    return CardFile(picture.format.lower(), *picture.size, len(data), metadata, CREDENTIALS in data)


def picture_type(data: bytes, name: str) -> str:
    """The type of the file `name`, of whoever's making. Raises FieldError for none of a card's types."""
    return _picture(data, name).format.lower()


def printable(text: str) -> str:
    """`text` without what would give orders to a terminal or turn its lines round."""
    return text.translate(_UNPRINTABLE)


def as_text(card: CardFile) -> str:
    """The file for a person to read, one thing a line."""
    credentials = "yes; see storycard verify" if card.credentials else "none"
    lines = [f"{card.type.upper()}, {card.width} x {card.height} px, {card.bytes:,} bytes"]
    for name, title in _TITLES.items():
        if value := card.metadata.get(name):
            text = (
                ", ".join(value)
                if isinstance(value, tuple)
                else value.rpartition("/")[2]
                if name.startswith("digital")
                else value
            )
            lines.append(f"  {title:{_WIDTH}}  {printable(text)}")
    return "\n".join([*lines, f"  {'credentials':{_WIDTH}}  {credentials}"])


def as_json(card: CardFile) -> str:
    """The file as JSON, with the names of Metadata."""
    return json.dumps(asdict(card), ensure_ascii=False, indent=2)


def _picture(data: bytes, name: str) -> Image.Image:
    """The picture by its header alone, undecoded."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return Image.open(io.BytesIO(data), formats=[kind.upper() for kind in EXTENSIONS])
        except Image.UnidentifiedImageError:
            raise FieldError(name, _KINDS, f"something else, of {len(data):,} bytes") from None
        except Exception as error:  # Pillow's plugins raise some twenty kinds of error for broken files
            raise FieldError(name, _KINDS, f"a broken one: {error}") from None
