"""Tests that logos are drawn at the requested size, and which files are refused."""

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
    """Returns the message of the error, which must be raised quickly."""
    before = process_time()
    with pytest.raises(AssetInvalid, match="marks/post") as caught:
        draw_logo(drawing, name, 40, 20)
    assert process_time() - before < 2
    return str(caught.value)


def test_svg_is_drawn_at_the_requested_size() -> None:
    logo = drawn('<defs><circle id="c" r="4" fill="#ff0000"/></defs><use href="#c" x="5" y="5"/>')
    assert (logo.size, logo.mode) == ((40, 20), "RGBA")
    assert (logo.getpixel((10, 10)), logo.getpixel((35, 10))[3]) == (RED, 0)


def test_png_is_resized() -> None:
    written = io.BytesIO()
    Image.new("RGB", (200, 100), RED[:3]).save(written, "PNG")
    assert draw_logo(written.getvalue(), "post.png", 40, 20).getcolors() == [(800, RED)]


def test_size_attributes_of_the_file_are_ignored() -> None:
    assert drawn(SQUARE, 'width="2000000000" height="1000000000"').size == (40, 20)


def test_a_link_to_a_web_page_may_surround_shapes() -> None:
    assert drawn(f'<a href="https://example.com/">{SQUARE}</a>').getpixel((5, 5))[3] == 255


@pytest.mark.parametrize("size", ['width="1000000" height="1"', 'width="1" height="1000000000"'])
def test_refuses_a_size_with_other_proportions_than_the_view_box(size: str) -> None:
    message = "expected a width and height in the proportions of its viewBox, or neither, got others, which make "
    assert message in refusal(SVG.format(size, SQUARE).encode())


def used(levels: int, name: str = "use") -> str:
    """Returns a square that is drawn 10 ** `levels` times."""
    groups = "".join(
        f'<g id="l{level}">' + f'<{name} xlink:href="#l{level - 1}"/>' * 10 + "</g>" for level in range(1, levels + 1)
    )
    return f'<defs><g id="l0">{SQUARE}</g>{groups}</defs><use xlink:href="#l{levels}"/>'


def test_a_shape_may_be_reused_a_thousand_times() -> None:
    assert drawn(used(3)).getpixel((5, 5))[3] == 255


REFUSED = {
    # resvg itself refuses these two.
    "a billion uses": used(9),
    "a cycle of uses": '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
    "a filter": '<filter id="f"><feTurbulence numOctaves="1000000"/></filter><rect filter="url(#f)"/>',
    "a filter in a style attribute": '<rect style="filter: blur(1e9px)"/>',
    "a filter in a style sheet": "<style>rect { filter: blur(1e9px) }</style>" + SQUARE,
    "a file": '<image width="20" height="10" href="/etc/passwd"/>',
    "an address": '<image xlink:href="http://169.254.169.254/latest/meta-data/"/>',
    "a use of another file": '<use href="other.svg#shape"/>',
    "an embedded image": '<image href="data:image/svg+xml;base64,AAAA"/>',
    "a namespace prefix": '<s:image xmlns:s="http://www.w3.org/2000/svg" href="/etc/passwd"/>',
}


@pytest.mark.parametrize("name", REFUSED)
def test_refuses_external_references_images_filters_and_expansion(name: str) -> None:
    refusal(SVG.format("", REFUSED[name]).encode())


LAUGHS = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))


@pytest.mark.parametrize("declared", [LAUGHS, '<!ENTITY a9 SYSTEM "file:///etc/passwd">'])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_refuses_entities(declared: str, encoding: str) -> None:
    assert "entities" in refusal((f"<!DOCTYPE svg [{declared}]>" + SVG.format("", "<text>&a9;</text>")).encode(encoding))


@pytest.mark.parametrize("drawing", [b"", b"<svg", b"\xff\xfe\xff", b"<svg/>", b"not a drawing", bytes(600_000)])
def test_refuses_a_file_that_is_not_an_svg(drawing: bytes) -> None:
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
def test_refuses_a_broken_or_huge_png(drawing: bytes) -> None:
    refusal(drawing, "post.png")
