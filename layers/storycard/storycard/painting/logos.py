"""Draws a brand's logo from an SVG or a PNG.

Logos are the operator's own files. The checks here keep a logo from reading other files, and catch mistakes that would slow down
every render. They do not make untrusted SVGs safe to draw.
"""

import io
from xml.parsers import expat

from PIL import Image
from PIL.PngImagePlugin import PngImageFile  # Image.open would import the plugins of all common types first

from storycard.errors import AssetInvalid

MAX_BYTES = 500_000  # of a file
MAX_PIXELS = 16_000_000  # of a PNG

# Elements that read files, contain other images, or take hours for a few pixels.
_REFUSED = frozenset({"image", "feImage", "filter", "foreignObject"})


def draw_logo(drawing: bytes, name: str, width: int, height: int) -> Image.Image:
    """Returns the logo in the file `name` as RGBA, `width` by `height` px.

    Raises AssetInvalid if the file is broken or too large, or if an SVG has entities, external references, images or filters.
    """
    if len(drawing) > MAX_BYTES:
        raise _invalid(name, f"at most {MAX_BYTES:,} bytes", f"{len(drawing):,}")
    if not name.endswith(".svg"):
        return _resize_png(drawing, name, width, height)
    import resvg_py

    _check_svg(drawing, name)
    try:
        # Without both sides, resvg uses the file's own `width`, and a very large one aborts the process.
        png = resvg_py.svg_to_bytes(svg_string=drawing.decode("utf-8-sig"), width=width, height=height, skip_system_fonts=True)
    except ValueError as error:
        raise _invalid(name, "an SVG in UTF-8", str(error)[:200]) from error
    with PngImageFile(io.BytesIO(png)) as logo:
        if abs(logo.width - width) > 1 or abs(logo.height - height) > 1:
            got = f"others, which make {logo.width} x {logo.height} px of {width} x {height}"
            raise _invalid(name, "a width and height in the proportions of its viewBox, or neither", got)
        return logo.convert("RGBA")


def _resize_png(drawing: bytes, name: str, width: int, height: int) -> Image.Image:
    try:
        with PngImageFile(io.BytesIO(drawing)) as logo:
            if logo.width * logo.height > MAX_PIXELS:
                raise _invalid(name, f"at most {MAX_PIXELS:,} px", f"{logo.width} x {logo.height}")
            return logo.convert("RGBA").resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:  # what Pillow raises for a broken file
        raise _invalid(name, "a whole PNG", str(error)[:200]) from error


def _check_svg(drawing: bytes, name: str) -> None:
    """Raises AssetInvalid if an SVG is not well-formed, or has entities, external references, images or filters."""
    styles: list[str] = []

    def start_element(tag: str, attributes: dict[str, str]) -> None:
        kind = tag.rpartition(":")[2]
        if kind in _REFUSED or any("filter" in f"{key} {value}" for key, value in attributes.items()):
            raise _invalid(name, "shapes alone, without images and filters", f"<{kind}>")
        for key, value in attributes.items():
            if kind != "a" and key.rpartition(":")[2] == "href" and not value.startswith("#"):
                raise _invalid(name, "references inside the file", f"<{kind} {key}={value[:80]!r}>")
        parser.CharacterDataHandler = styles.append if kind == "style" else None

    def end_element(_: str) -> None:
        parser.CharacterDataHandler = None

    def declare_entity(*_: object) -> None:
        raise _invalid(name, "an SVG without entities", "one that declares some")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.EntityDeclHandler = start_element, end_element, declare_entity
    try:
        parser.Parse(drawing, True)
    except expat.ExpatError as error:
        raise _invalid(name, "an SVG in UTF-8", str(error)) from error
    if "filter" in "".join(styles):
        raise _invalid(name, "shapes alone, without images and filters", "a filter in <style>")


def _invalid(name: str, expected: str, got: str) -> AssetInvalid:
    return AssetInvalid(f"marks/{name}", expected, got)
