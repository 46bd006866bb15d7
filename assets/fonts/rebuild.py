"""The packages named in sources.toml into this folder: font files, fonts.toml, their licence, and where each is from."""

# Needs npm, and the apt-get and dpkg-deb of a Debian 12; each fetches the versions named, from where it is set up to fetch. The
# same packages make the same bytes: when git shows no change, there is none. Takes ten minutes, most of them for Chinese.

# /// script
# requires-python = ">=3.11"
# dependencies = ["fonttools==4.68.0", "brotli==1.2.0"]
# ///

import hashlib
import shutil
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.cffLib.transforms import remove_hints, remove_unused_subroutines
from fontTools.ttLib import TTCollection, TTFont
from fontTools.ttLib.tables.DefaultTable import DefaultTable
from fontTools.varLib.instancer import instantiateVariableFont

HERE = Path(__file__).parent
WEIGHTS = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold", 800: "ExtraBold"}
LICENCE = "SIL OPEN FONT LICENSE Version 1.1"
FONTS_HEAD = "# Made by rebuild.py from sources.toml, which says what these tables mean. README.md: where each file is from.\n"
README_HEAD = """\
# The fonts

Made by `rebuild.py` from the packages named in `sources.toml`; edit that file, never `fonts.toml` or this page.
All are under the SIL Open Font License 1.1 (`OFL.txt`, with every copyright notice). KB are those of all of a family's files;
the families of a collection share theirs. Where the last column is empty, files are as published, byte for byte.

| family | weights | version | KB | from | changed |
|---|---|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Face:
    """A font file written: its row in fonts.toml, what was done to it, and what it says of itself."""

    file: Path
    entry: dict
    changed: str
    version: str
    copyright: str


def main() -> None:
    sources = tomllib.loads((HERE / "sources.toml").read_text("utf-8"))
    with tempfile.TemporaryDirectory() as scratch:
        made, packages = Path(scratch, "made"), Path(scratch, "packages")
        made.mkdir()
        build(sources, made, packages)
        # Only now: what stands here is replaced when all of the new is there. A newsroom's own fonts are in a list of their own.
        for old in tomllib.loads((HERE / "fonts.toml").read_text("utf-8"))["font"]:
            (HERE / old["file"]).unlink(missing_ok=True)
        for new in made.iterdir():
            shutil.move(new, HERE / new.name)


def build(sources: dict, made: Path, packages: Path) -> None:
    """Everything that `sources` asks for, in the folder `made`; what is fetched goes to `packages`."""
    rows: list[str] = []
    faces: list[Face] = []
    for family in sources["family"]:
        print(family["name"], file=sys.stderr)
        of_family = [_face(family, face, made, packages) for face in family.get("faces", "400 700").split()]
        rows.append(_readme_row(family, of_family))
        faces += of_family
    fallbacks, fonts = _toml_list("fallback", sources["fallback"]), _toml_list("font", [face.entry for face in faces])
    (made / "fonts.toml").write_text(f"{FONTS_HEAD}\n{fallbacks}\n{fonts}", "utf-8")
    size = sum(path.stat().st_size for path in made.glob("*.tt?"))
    (made / "README.md").write_text(f"{README_HEAD}{''.join(rows)}\nAll together: {size / 1e6:.1f} MB.\n", "utf-8")
    notices = "\n".join(sorted({face.copyright for face in faces}))
    (made / "OFL.txt").write_text(f"{notices}\n\n{_licence(sources['family'][0], packages)}", "utf-8")


def _face(family: dict, face: str, made: Path, packages: Path) -> Face:
    """One face of a family ("700", "500i") written to `made`."""
    weight, italic = int(face[:3]), face.endswith("i")
    style = "Italic" if face == "400i" else WEIGHTS[weight] + "Italic" * italic
    stem, suffix = (family["collection"], ".ttc") if "collection" in family else (family["name"].replace(" ", ""), ".ttf")
    file = made / f"{stem}-{style}{suffix}"
    changed = _write(_source(family, weight, italic, packages), file, weight, family)
    optional = {key: family[key] for key in ("index", "size_adjust", "word_space", "leading") if key in family}
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    entry = {"family": family["name"], "weight": weight, "italic": italic, "file": file.name, **optional, "sha256": digest}
    names = TTFont(file, fontNumber=family.get("index", -1), lazy=True)["name"]
    version = names.getDebugName(5).removeprefix("Version ").split(";")[0]
    return Face(file, entry, changed, version, names.getDebugName(0).strip())


def _source(family: dict, weight: int, italic: bool, packages: Path) -> Path:
    """The file that a package holds a face in; @expo-google-fonts, @fontsource and Debian each have a way to name it."""
    name, slope = WEIGHTS[weight], "italic" if italic else "normal"
    if "collection" in family:
        pattern = f"**/{family['collection']}-{name}.ttc"
    elif family["package"].startswith("deb "):
        pattern = f"**/{family['name'].replace(' ', '')}-{name}.ttf"
    elif "axes" in family:
        pattern = f"package/files/*-{family['subset']}-{'-'.join(family['axes'])}-{slope}.woff2"
    elif "subset" in family:
        pattern = f"package/files/*-{family['subset']}-{weight}-{slope}.woff2"
    else:
        pattern = f"package/**/*_{weight}{name}{'_Italic' * italic}.ttf"
    found = sorted(_unpacked(family["package"], packages).glob(pattern))
    if len(found) != 1:
        raise SystemExit(f"rebuild.py: {family['name']}: expected one file {pattern} in {family['package']}, found {len(found)}")
    return found[0]


@cache
def _unpacked(package: str, packages: Path) -> Path:
    """A package ("npm NAME VERSION", "deb NAME VERSION") fetched and unpacked by its own client."""
    kind, name, version = package.split()
    folder = packages / kind / name.replace("/", "-")
    folder.mkdir(parents=True)
    if kind == "npm":
        subprocess.run(["npm", "pack", "--silent", f"{name}@{version}"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["tar", "xzf", *(path.name for path in folder.glob("*.tgz"))], cwd=folder, check=True)
    else:
        subprocess.run(["apt-get", "download", "-qq", f"{name}={version}"], cwd=folder, check=True)
        subprocess.run(["dpkg-deb", "-x", *(path.name for path in folder.glob("*.deb")), "."], cwd=folder, check=True)
    return folder


def _write(source: Path, file: Path, weight: int, family: dict) -> str:
    """Write `file` from `source`; returns what was done to it, in words."""
    if source.suffix == ".ttc":
        if not file.exists():  # else another family of the collection has written it
            _write_collection(source, file)
        return "no hinting, no monospaced faces"
    font = TTFont(source, lazy=True, recalcTimestamp=False)
    font.flavor = None
    if "axes" in family:
        instantiateVariableFont(font, {**family["axes"], "wght": weight}, inplace=True)
        _rename(font, family["name"])
        font.save(file)
        return "WOFF2 unpacked, axes fixed, renamed"
    if source.suffix == ".woff2":
        font.save(file)
        return "WOFF2 unpacked"
    if "SVG " in font:
        del font["SVG "]
        font.save(file)
        return "no SVG pictures: the COLRv1 ones are drawn"
    shutil.copyfile(source, file)
    return ""


def _write_collection(source: Path, file: Path) -> None:
    """The proportional faces of a Noto CJK collection, which share one table of outlines, without the outlines' hints."""
    collection = TTCollection(source, lazy=True, recalcTimestamp=False)
    collection.fonts = collection.fonts[:5]  # JP, KR, SC, TC, HK; monospaced ones after them
    first = collection.fonts[0]
    remove_hints(first["CFF "].cff)
    remove_unused_subroutines(first["CFF "].cff)
    outlines = DefaultTable("CFF ")
    outlines.data = first["CFF "].compile(first)
    for font in collection.fonts:
        font.tables["CFF "] = outlines
    collection.save(file)


def _rename(font: TTFont, name: str) -> None:
    """Another name in place of one that the licence reserves (OFL 1.1, condition 3); copyright and version stay."""
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in (0, 5, 13, 14)]
    for name_id, text in ((1, name), (2, "Regular"), (4, name), (6, name.replace(" ", ""))):
        names.setName(text, name_id, 3, 1, 0x409)


def _licence(family: dict, packages: Path) -> str:
    """The licence's own words, as a family's package brings them."""
    text = (_unpacked(family["package"], packages) / "package/LICENSE_FONT").read_text("utf-8")
    return text[text.index(LICENCE) :]


def _readme_row(family: dict, faces: list[Face]) -> str:
    weights = ", ".join(f"{face.entry['weight']}{' italic' * face.entry['italic']}" for face in faces)
    size = "" if family.get("index") else round(sum(face.file.stat().st_size for face in faces) / 1000)
    kind, name, version = family["package"].split()
    cells = (family["name"], weights, faces[0].version, size, f"{kind} `{name}` {version}", faces[0].changed)
    return f"| {' | '.join(map(str, cells))} |\n"


def _toml_list(name: str, rows: list[dict]) -> str:
    """An array of tables, one a line; the standard library only reads TOML."""
    lines = (", ".join(f"{key} = {_toml(value)}" for key, value in row.items()) for row in rows)
    return "\n".join((f"{name} = [", *(f"    {{ {line} }}," for line in lines), "]", ""))


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return f'"{value}"' if isinstance(value, str) else str(value)


if __name__ == "__main__":
    main()
