"""Reads brands from `assets/brands/*.toml`: a newsroom's name, logos and rules, and its changes to the themes."""

import hashlib
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from storycard.errors import AssetInvalid
from storycard.toml_reader import Table, read_table

_KEYS = (
    *("title", "site", "default", "theme", "marks", "one_colour", "word_mark", "old_after_days"),
    *("photo_credit", "copyright", "credentials", "sections", "themes"),
)
_VIEW_BOX = re.compile(rb"<svg[^>]*?\bviewBox\s*=\s*[\"']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+(\d*\.?\d+)[\s,]+(\d*\.?\d+)", re.DOTALL)
_HEAD = 10_000  # bytes of an SVG that are searched for its root element
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


class Logo(NamedTuple):
    """A logo file in `assets/marks`."""

    file: str
    ratio: float  # width / height
    one_colour: bool  # painted in a colour of the theme, not in its own
    has_name: bool  # a word mark: the brand's name is not set beside it


class Section(NamedTuple):
    """The design of one section of a newsroom."""

    name: str
    theme: str  # "" for the brand's own
    strand: str  # of the theme: a design for one sort of article, such as opinion; "" for none
    colours: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Brand:
    """The name, logos and rules of one newsroom."""

    name: str
    title: str
    site: str
    theme: str
    light: Logo | None  # for light backgrounds
    dark: Logo | None  # for dark backgrounds
    old_after_days: int  # age after which a story's cards show its year; 0 for never
    photo_credit: str  # how a photographer is credited, such as "Photo: {credit}"; "" for not at all
    copyright: str  # the notice in a card's file, with the article's {year} and the brand's {title}
    credentials: bool  # whether cards are signed (C2PA) when they are published
    sections: Mapping[str, Section] = field(hash=False)  # by case-folded name
    changes: Mapping[str, Mapping[str, object]] = field(hash=False)  # by theme, the values that replace the theme's own
    is_default: bool
    digest: str

    def section(self, *names: str) -> Section | None:
        """Returns the first section whose name is one of `names`, in any case."""
        return next((found for name in names if (found := self.sections.get(name.casefold()))), None)


def load_brand(path: Path, logo_folder: Path) -> Brand:
    """Reads one TOML file; the brand is named after it. Raises AssetInvalid naming the key and what it needs.

    `logo_folder` is the folder of the logos. The brand's digest covers the table and every logo file.
    """
    document = path.read_bytes()
    table = read_table(document, path.name)
    table.only(*_KEYS)
    files = table.table("marks", {})
    files.only("light", "dark")
    logos, drawings = {}, []
    for background in files.values:
        file, drawing = _read_logo_file(logo_folder, files, background)
        drawings.append(drawing)
        logos[background] = Logo(file, logo_ratio(drawing, file), table.flag("one_colour"), table.flag("word_mark"))
    return Brand(
        name=path.stem,
        title=table.text("title"),
        site=table.text("site", ""),
        theme=table.text("theme"),
        light=logos.get("light"),
        dark=logos.get("dark") or logos.get("light"),
        old_after_days=table.whole("old_after_days", 365),
        photo_credit=_read_photo_credit(table),
        copyright=table.text("copyright", "© {year} {title}"),
        credentials=table.flag("credentials"),
        sections=_read_sections(table.table("sections", {})),
        changes=MappingProxyType({name: changes.values for name, changes in table.table("themes", {}).tables().items()}),
        is_default=table.flag("default"),
        digest=hashlib.sha256(b"".join((document, *drawings))).hexdigest(),
    )


def _read_logo_file(folder: Path, files: Table, key: str) -> tuple[str, bytes]:
    """Returns the name and the bytes of the file that `key` names."""
    name = files.text(key)
    path = folder / name
    if path.parent != folder or path.suffix not in (".svg", ".png") or not path.is_file():
        raise files.wrong(key, "an .svg or .png file in assets/marks", repr(name))
    return name, path.read_bytes()


def logo_ratio(drawing: bytes, name: str) -> float:
    """Returns width / height of an SVG with a viewBox, or of a PNG. Raises AssetInvalid for anything else."""
    if drawing.startswith(_PNG_SIGNATURE) and len(drawing) > 24:
        width, height = map(float, struct.unpack(">II", drawing[16:24]))
    elif size := _VIEW_BOX.search(drawing, 0, _HEAD):
        width, height = float(size[1]), float(size[2])
    else:
        raise AssetInvalid(f"marks/{name}", "an SVG with a viewBox, or a PNG", "neither")
    if not (height and 0.1 <= width / height <= 20):
        raise AssetInvalid(f"marks/{name}", "a width 0.1 to 20 times the height", f"{width:g} by {height:g}")
    return width / height


def _read_photo_credit(table: Table) -> str:
    pattern = table.text("photo_credit", "")
    if pattern and pattern.count("{credit}") != 1:
        raise table.wrong("photo_credit", "text that has {credit} once", repr(pattern))
    return pattern


def _read_sections(table: Table) -> Mapping[str, Section]:
    sections = {}
    for name, section in table.tables().items():
        section.only("theme", "strand", "colours")
        colours = section.table("colours", {})
        own_colours = MappingProxyType({key: colours.colour(key) for key in colours.values})
        sections[name.casefold()] = Section(name, section.text("theme", ""), section.text("strand", ""), own_colours)
    return MappingProxyType(sections)
