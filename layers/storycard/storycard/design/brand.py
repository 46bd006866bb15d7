"""A newsroom's table, from `assets/brands/*.toml`, into a Brand: its name, marks, rules, and what it changes about the themes."""

import hashlib
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from storycard.errors import AssetInvalid
from storycard.toml_reader import Table, toml_table

_VIEW_BOX = re.compile(rb"<svg[^>]*?\bviewBox\s*=\s*[\"']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+(\d*\.?\d+)[\s,]+(\d*\.?\d+)", re.DOTALL)
_HEAD = 10_000  # bytes of a drawing, in which its outermost element opens
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


class Logo(NamedTuple):
    """A drawing in assets/marks: its width to its height, and whether it is painted in one colour of the theme."""

    file: str
    ratio: float
    one_colour: bool
    says_name: bool  # a word mark: the brand's name is not set beside it


class Section(NamedTuple):
    """What a section of the newsroom looks like: its own theme, "" for the brand's, and its own colours."""

    name: str
    theme: str
    colours: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Brand:
    """A newsroom as data. `light` and `dark` are its marks for light and for dark grounds, None for none."""

    name: str
    title: str
    site: str
    theme: str
    light: Logo | None
    dark: Logo | None
    old_after_days: int  # from this age on a card bears the year of its story; 0 for never
    photo_credit: str  # how a photographer is named, such as "Photo: {credit}"; "" for not at all
    copyright: str  # the notice in a card's file, with the article's {year} and the brand's {title}
    credentials: bool  # are cards signed (C2PA) when they are published
    sections: Mapping[str, Section]  # by name in lower case
    changes: Mapping[str, Mapping[str, Any]]  # by theme: keys that take other values in this newsroom
    is_default: bool
    digest: str

    def section(self, *names: str) -> Section | None:
        """The first section known by one of `names`, in any case."""
        return next((found for name in names if (found := self.sections.get(name.casefold()))), None)


def load_brand(path: Path, marks: Path) -> Brand:
    """The brand of one TOML file, named after it. Raises AssetInvalid saying which key needs what."""
    document = path.read_bytes()
    table = Table(path.name, toml_table(document, path.name))
    table.only(
        *(
            "title",
            "site",
            "default",
            "theme",
            "marks",
            "one_colour",
            "word_mark",
            "old_after_days",
            "photo_credit",
            "copyright",
            "credentials",
        ),
        *("sections", "themes"),
    )
    digest = hashlib.sha256(document)
    files = table.table("marks", {})
    files.only("light", "dark")
    drawn = {
        ground: _logo(marks, files, ground, digest, table.flag("one_colour"), table.flag("word_mark")) for ground in files.values
    }
    return Brand(
        name=path.stem,
        title=table.text("title"),
        site=table.text("site", ""),
        theme=table.text("theme"),
        light=drawn.get("light"),
        dark=drawn.get("dark") or drawn.get("light"),
        old_after_days=table.whole("old_after_days", 365),
        photo_credit=_credit(table),
        copyright=table.text("copyright", "© {year} {title}"),
        credentials=table.flag("credentials"),
        sections=_sections(table.table("sections", {})),
        changes=MappingProxyType({name: changes.values for name, changes in table.table("themes", {}).tables().items()}),
        is_default=table.flag("default"),
        digest=digest.hexdigest(),
    )


def _logo(folder: Path, files: Table, ground: str, digest: Any, one_colour: bool, says_name: bool) -> Logo:
    name = files.text(ground)
    path = folder / name
    if path.parent != folder or path.suffix not in (".svg", ".png") or not path.is_file():
        raise files.wrong(ground, "an .svg or .png file in assets/marks", repr(name))
    drawing = path.read_bytes()
    digest.update(drawing)
    return Logo(name, logo_ratio(drawing, name), one_colour, says_name)


def logo_ratio(drawing: bytes, name: str) -> float:
    """Width to height of an SVG with a viewBox, or of a PNG. Raises AssetInvalid."""
    if drawing.startswith(_PNG_SIGNATURE) and len(drawing) > 24:
        width, height = struct.unpack(">II", drawing[16:24])
    elif size := _VIEW_BOX.search(drawing, 0, _HEAD):
        width, height = float(size[1]), float(size[2])
    else:
        raise AssetInvalid(f"marks/{name}", "an SVG with a viewBox, or a PNG", "neither")
    if not (height and 0.1 <= width / height <= 20):
        raise AssetInvalid(f"marks/{name}", "a drawing up to 20 times as wide as high", f"{width:g} by {height:g}")
    return width / height


def _credit(table: Table) -> str:
    pattern = table.text("photo_credit", "")
    if pattern and pattern.count("{credit}") != 1:
        raise table.wrong("photo_credit", "text with {credit} in it once", repr(pattern))
    return pattern


def _sections(table: Table) -> Mapping[str, Section]:
    sections = {}
    for name, section in table.tables().items():
        section.only("theme", "colours")
        colours = section.table("colours", {})
        own_colours = MappingProxyType({key: colours.colour(key) for key in colours.values})
        sections[name.casefold()] = Section(name, section.text("theme", ""), own_colours)
    return MappingProxyType(sections)
