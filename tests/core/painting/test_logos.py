"""marks: a newsroom's drawing into pixels, and none that reads files, swells, or takes more than a moment."""

import io
import zlib
from time import process_time

import pytest
from PIL import Image

from storycard.errors import AssetInvalid
from storycard.painting.logos import draw_logo
from support.photo_files import png

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 20 10" {}>{}</svg>'
SQUARE = '<rect width="10" height="10"/>'
RED = (255, 0, 0, 255)


def drawn(inside: str, attributes: str = "") -> Image.Image:
    return draw_logo(SVG.format(attributes, inside).encode(), "post.svg", 40, 20)


def refusal(drawing: bytes, name: str = "post.svg") -> str:
    """What is said, in no time: a bomb would end the process, or not end."""
    before = process_time()
    with pytest.raises(AssetInvalid, match="marks/post") as caught:
        draw_logo(drawing, name, 40, 20)
    assert process_time() - before < 2
    return str(caught.value)


def test_a_drawing_is_painted_in_the_size_asked_for() -> None:
    mark = drawn('<defs><circle id="c" r="4" fill="#ff0000"/></defs><use href="#c" x="5" y="5"/>')
    assert (mark.size, mark.mode) == ((40, 20), "RGBA")
    assert (mark.getpixel((10, 10)), mark.getpixel((35, 10))[3]) == (RED, 0)


def test_a_png_is_scaled() -> None:
    written = io.BytesIO()
    Image.new("RGB", (200, 100), RED[:3]).save(written, "PNG")
    assert draw_logo(written.getvalue(), "post.png", 40, 20).getcolors() == [(800, RED)]


def test_the_file_s_own_size_does_not_count() -> None:
    assert drawn(SQUARE, 'width="2000000000" height="1000000000"').size == (40, 20)


@pytest.mark.parametrize("size", ['width="1000000" height="1"', 'width="1" height="1000000000"'])
def test_a_size_that_is_not_the_drawing_s_is_refused(size: str) -> None:
    assert "proportions" in refusal(SVG.format(size, SQUARE).encode())


def used(levels: int, name: str = "use") -> str:
    """A square that is drawn ten to the power of `levels` times."""
    groups = "".join(
        f'<g id="l{level}">' + f'<{name} xlink:href="#l{level - 1}"/>' * 10 + "</g>" for level in range(1, levels + 1)
    )
    return f'<defs><g id="l0">{SQUARE}</g>{groups}</defs><use xlink:href="#l{levels}"/>'


def test_a_shape_may_be_used_a_thousand_times() -> None:
    assert drawn(used(3)).getpixel((5, 5))[3] == 255


PATTERN = '<pattern id="p{}" width="1" height="1"><rect width="1" height="1" fill="url(#p{})"/>' + "{}</pattern>"
BOMBS = {
    "used": used(9),
    "a circle": '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
    "patterns of patterns": "".join(PATTERN.format(n + 1, n, f'<path d="M0 0" fill="url(#p{n})"/>' * 9) for n in range(9))
    + '<rect fill="url(#p9)"/>',
    "patterns by style": '<style>rect{fill:url(#p1)}</style><pattern id="p1">' + SQUARE * 100 + "</pattern>" + SQUARE * 100,
    "a name given twice": used(9).replace("</defs>", '<g id="l9"/></defs>'),
    "turbulence": '<filter id="f"><feTurbulence numOctaves="1000000"/></filter><rect filter="url(#f)"/>',
    "a filter by style": '<rect style="filter: blur(1e9px)"/>',
    "a filter by style sheet": "<style>rect { filter: blur(1e9px) }</style>" + SQUARE,
    "a file": '<image width="20" height="10" href="/etc/passwd"/>',
    "an address": '<image xlink:href="http://169.254.169.254/latest/meta-data/"/>',
    "a picture inside": '<image href="data:image/svg+xml;base64,AAAA"/>',
    "another namespace's": '<s:image xmlns:s="http://www.w3.org/2000/svg" href="/etc/passwd"/>',
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_drawing_that_swells_or_reaches_out_is_refused(name: str) -> None:
    refusal(SVG.format("", BOMBS[name]).encode())


LAUGHS = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))


@pytest.mark.parametrize("declared", [LAUGHS, '<!ENTITY a9 SYSTEM "file:///etc/passwd">'])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(declared: str, encoding: str) -> None:
    assert "entities" in refusal((f"<!DOCTYPE svg [{declared}]>" + SVG.format("", "<text>&a9;</text>")).encode(encoding))


@pytest.mark.parametrize("drawing", [b"", b"<svg", b"\xff\xfe\xff", b"<svg/>", b"not a drawing", bytes(600_000)])
def test_what_is_no_drawing_is_refused(drawing: bytes) -> None:
    refusal(drawing)


@pytest.mark.parametrize(
    "drawing",
    [
        b"GIF89a",
        png(45_000, 45_000, 8, 2, zlib.compress(bytes(10**6))),
        png(5_000, 5_000, 1, 0, bytes(626 * 5_000)),
        png(40, 20, 8, 2, b""),
    ],
)
def test_a_png_that_is_none_or_swells_is_refused(drawing: bytes) -> None:
    refusal(drawing, "post.png")
