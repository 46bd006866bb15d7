"""The bytes of a brand's mark, an SVG or a PNG, into pixels; a drawing that reaches outside itself or swells is refused."""

import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

from PIL import Image
from PIL.PngImagePlugin import PngImageFile  # Image.open would load the readers of every common type first

from storycard.errors import AssetInvalid

MAX_BYTES = 500_000  # of a file
MAX_SHAPES = 20_000  # with what is used several times counted as often
MAX_PIXELS = 16_000_000  # of a PNG

# What reads files, holds pictures that may be bombs of their own, or takes hours over a few pixels; a mark needs none of it.
_REFUSED = frozenset({"image", "feImage", "filter", "foreignObject"})
_REPEATING = frozenset({"pattern", "mask", "marker"})  # by a style sheet, on any number of shapes that nobody can count
_REFERENCE = re.compile(r"#([^\s\"')]+)")


@dataclass(slots=True, eq=False)
class _Element:
    kind: str
    attributes: dict[str, str]
    parts: list["_Element"] = field(default_factory=list)


def draw_logo(drawing: bytes, name: str, width: int, height: int) -> Image.Image:
    """The mark (RGBA), `width` by `height` px. Raises AssetInvalid for what no mark should be, before any of it is drawn."""
    if len(drawing) > MAX_BYTES:
        raise _wrong(name, f"at most {MAX_BYTES:,} bytes", f"{len(drawing):,}")
    if not name.endswith(".svg"):
        return _scaled(drawing, name, width, height)
    import resvg_py

    _check(drawing, name)
    try:
        # Both sides: resvg goes by the file's own `width` otherwise, and over one of a kilometre it ends the whole process.
        png = resvg_py.svg_to_bytes(svg_string=drawing.decode("utf-8-sig"), width=width, height=height, skip_system_fonts=True)
    except ValueError as error:
        raise _wrong(name, "an SVG in UTF-8", str(error)[:200]) from error
    with PngImageFile(io.BytesIO(png)) as logo:
        if abs(logo.width - width) > 1 or abs(logo.height - height) > 1:
            raise _wrong(name, "a width and height in the proportions of its viewBox", "others")
        return logo.convert("RGBA")


def _scaled(drawing: bytes, name: str, width: int, height: int) -> Image.Image:
    try:
        with PngImageFile(io.BytesIO(drawing)) as logo:
            if logo.width * logo.height > MAX_PIXELS:
                raise _wrong(name, f"at most {MAX_PIXELS:,} px", f"{logo.width} x {logo.height}")
            return logo.convert("RGBA").resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:  # Pillow's words for a broken file
        raise _wrong(name, "a whole PNG", str(error)[:200]) from error


def _check(drawing: bytes, name: str) -> None:
    elements = _elements(drawing, name)
    styled = any(element.kind == "style" and "url(" in element.attributes.get("style", "") for element in elements)
    named = defaultdict(list)
    for element in elements:
        if element.kind in _REFUSED or any("filter" in f"{key} {value}" for key, value in element.attributes.items()):
            raise _wrong(name, "shapes alone, without pictures and filters", f"<{element.kind}>")
        if styled and element.kind in _REPEATING:
            raise _wrong(name, f"a {element.kind} that the shapes themselves name", "one that a style sheet names")
        named[element.attributes.get("id")].append(element)
    if _shapes(elements[0], named) > MAX_SHAPES:
        raise _wrong(name, f"at most {MAX_SHAPES:,} shapes", "more, by what is used again and again")


def _elements(drawing: bytes, name: str) -> list[_Element]:
    """All elements, the outermost first; what a `style` element says counts as its attribute. Raises AssetInvalid."""
    elements: list[_Element] = []
    open_ones: list[_Element] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        element = _Element(tag.rpartition(":")[2], attributes)
        if open_ones:
            open_ones[-1].parts.append(element)
        elements.append(element)
        open_ones.append(element)

    def text(words: str) -> None:
        if open_ones[-1].kind == "style":
            open_ones[-1].attributes["style"] = open_ones[-1].attributes.get("style", "") + words

    def entity(*_: object) -> None:
        raise _wrong(name, "an SVG without entities", "one that declares some")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.CharacterDataHandler, parser.EntityDeclHandler = start, text, entity
    parser.EndElementHandler = lambda _: open_ones.pop()
    try:
        parser.Parse(drawing, True)
    except expat.ExpatError as error:
        raise _wrong(name, "an SVG in UTF-8", str(error)) from error
    return elements


def _shapes(root: _Element, named: Mapping[str, Sequence[_Element]]) -> int:
    """How many elements are drawn: what is referred to counts anew each time, so that ten of ten of ten are a thousand."""
    known: dict[_Element, int] = {}
    stack = [root]
    while stack:
        element = stack[-1]
        parts = [*element.parts, *(part for target in _references(element) for part in named.get(target, ()))]
        if element not in known:
            known[element] = MAX_SHAPES + 1  # for who meets it on the way to itself: a circle has no end
            stack += [part for part in parts if part not in known]
        else:
            known[stack.pop()] = 1 + sum(known[part] for part in parts)
    return known[root]


def _references(element: _Element) -> Iterator[str]:
    for value in element.attributes.values():
        yield from _REFERENCE.findall(value)


def _wrong(name: str, expected: str, got: str) -> AssetInvalid:
    return AssetInvalid(f"marks/{name}", expected, got)
