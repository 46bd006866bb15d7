"""Reads `fonts.toml` and a newsroom's own font lists into a FontLibrary."""

import hashlib
from pathlib import Path

from storycard.text.fonts.font import Font
from storycard.text.fonts.library import Fallback, FontLibrary
from storycard.text.style import FontStyle
from storycard.toml_reader import Table, read_table


def load_fonts(folder: Path) -> FontLibrary:
    """Reads `folder`/fonts.toml and all other font lists beside it, without opening a font.

    Other lists hold a newsroom's own fonts, which rebuilding fonts.toml does not touch. Raises AssetInvalid for a wrong entry.
    """
    others = sorted(path for path in folder.glob("*.toml") if path.name not in ("fonts.toml", "sources.toml"))
    fonts: list[Font] = []
    fallbacks: list[Fallback] = []
    digest = hashlib.sha256()  # covers the font files: lists contain their SHA-256, which a test compares with the files
    for path in (folder / "fonts.toml", *others):
        document = path.read_bytes()
        table = read_table(document, path.name)
        fonts += (_font(folder, entry) for entry in table.table_list("font"))
        fallbacks += (_fallback(entry) for entry in table.table_list("fallback"))
        digest.update(document)
    return FontLibrary(tuple(fonts), tuple(fallbacks), digest.hexdigest())


def _font(folder: Path, entry: Table) -> Font:
    family, file = entry.text("family"), entry.text("file", expected="a file name")
    entry.text("sha256", expected="hex")  # required, because the digest of the library relies on it
    return Font(
        folder / file,
        FontStyle(family, entry.whole("weight", low=1, high=1000), entry.flag("italic")),
        entry.whole("index", 0),
        size_adjust=entry.number("size_adjust", 0.1, 10, 1.0),
        word_space=entry.number("word_space", -1, 1, 0.0),
        leading=entry.number("leading", 0.1, 10, 1.0),
        cyrillic=entry.text("cyrillic", ""),
    )


def _fallback(entry: Table) -> Fallback:
    return Fallback(
        entry.text("family"),
        scripts=entry.text_list("scripts", ()),
        languages=entry.text_list("languages", ()),
        genre=entry.choice("genre", ("serif", "sans", ""), ""),
        instead_of=entry.text_list("instead_of", ()),
        least_weight=entry.whole("least_weight", 1, low=1, high=1000),
        small=entry.flag("small", default=True),
    )
