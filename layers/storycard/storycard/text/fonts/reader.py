"""Reads `fonts.toml` and a newsroom's own font lists into a FontLibrary."""

import hashlib
from pathlib import Path

from storycard.errors import AssetInvalid, shown
from storycard.text.fonts.font import Font
from storycard.text.fonts.library import Fallback, FontLibrary
from storycard.text.style import FontStyle
from storycard.toml_reader import parse_toml


def load_fonts(folder: Path) -> FontLibrary:
    """The library of `folder`/fonts.toml and any list beside it, no font opened yet. Raises AssetInvalid naming entry and key.

    A list of another name holds a newsroom's own fonts, which rebuilding fonts.toml leaves alone.
    """
    own = sorted(path for path in folder.glob("*.toml") if path.name not in ("fonts.toml", "sources.toml"))
    fonts: list[Font] = []
    fallbacks: list[Fallback] = []
    digest = hashlib.sha256()  # a list carries each file's SHA-256 (a test holds them against the files): this hashes the fonts
    for path in (folder / "fonts.toml", *own):
        document = path.read_bytes()
        tables = parse_toml(document, path.name)
        fonts += (_font(folder, f"{path.name}: font[{index}]", table) for index, table in enumerate(tables.get("font", [])))
        fallbacks += (
            _fallback(f"{path.name}: fallback[{index}]", table) for index, table in enumerate(tables.get("fallback", []))
        )
        digest.update(document)
    return FontLibrary(tuple(fonts), tuple(fallbacks), digest.hexdigest())


def _font(folder: Path, place: str, table: dict) -> Font:
    for key, kind, expected in (
        ("family", str, "text"),
        ("file", str, "a file name"),
        ("weight", int, "100 to 900"),
        ("sha256", str, "hex"),
    ):
        if not isinstance(table.get(key), kind):
            raise AssetInvalid(f"{place}.{key}", expected, shown(table.get(key)))
    style = FontStyle(table["family"], table["weight"], table.get("italic", False))
    measures = {key: table[key] for key in ("size_adjust", "word_space", "leading") if key in table}
    for key, value in measures.items():
        if not isinstance(value, float):
            raise AssetInvalid(f"{place}.{key}", "a number such as 1.1", shown(value))
    return Font(folder / table["file"], style, table.get("index", 0), **measures)


def _fallback(place: str, table: dict) -> Fallback:
    if not isinstance(table.get("family"), str):
        raise AssetInvalid(f"{place}.family", "text", shown(table.get("family")))
    scripts, languages, instead_of = (tuple(table.get(key, ())) for key in ("scripts", "languages", "instead_of"))
    return Fallback(table["family"], scripts, languages, table.get("genre", ""), instead_of)
