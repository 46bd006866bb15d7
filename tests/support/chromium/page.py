"""Sets text in Chromium and reads back its picture and its line breaks."""

import io
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import groupby
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from storycard.language.tags import is_rtl
from storycard.text.fonts.font import Font
from storycard.text.fonts.library import FontLibrary
from storycard.text.paragraph import Paragraph

if TYPE_CHECKING:
    from playwright.sync_api import Page

FONT_PX = 64
PITCH = 160  # px between baselines
MARGIN = FONT_PX  # px around the box, for ink outside of it
CHROMIUM = Path("/usr/bin/chromium")
_WIDEST_LINE = 5000
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Unhinted, greyscale glyphs, as Storycard draws them.
    "--font-render-hinting=none",
    "--disable-lcd-text",
    "--force-color-profile=srgb",
)

# Spans have a line height of 0, so that a line is PITCH high whatever its fonts. text-autospace is off, because it is styling,
# not shaping: it would space Latin from Chinese.
_PAGE = f"""<!doctype html><meta charset="utf-8"><style>
p {{ position: absolute; left: {MARGIN}px; top: {MARGIN}px; margin: 0; font: {FONT_PX}px/{PITCH}px none; line-break: strict;
     font-kerning: normal; text-rendering: geometricPrecision; text-spacing-trim: trim-start; text-autospace: no-autospace }}
p:lang(ko) {{ word-break: keep-all }}
span {{ line-height: 0 }}
i {{ display: inline-block }}
#strut {{ visibility: hidden }}
:lang(he) {{ font-feature-settings: "locl" 0 }}
</style><p id="text"></p><p id="strut"><i></i></p>"""

_SET = """async ({runs, own, language, rtl, width}) => {
    for (const {family, sizeAdjust} of [own, ...runs])
        if (![...document.fonts].some(face => face.family === family))
            document.fonts.add(await new FontFace(family, `url(${family})`, {sizeAdjust}).load());
    const text = document.getElementById("text"), strut = document.getElementById("strut");
    const clusters = new Intl.Segmenter(language).segment(runs.map(run => run.text).join(""));
    const starts = new Set([...clusters].map(cluster => cluster.index));
    runs.reduce((at, run) => {
        if (!starts.has(at)) throw Error(`${run.text} begins inside a grapheme cluster`);
        return at + run.text.length;
    }, 0);
    text.lang = language;
    text.dir = rtl ? "rtl" : "ltr";
    text.style.whiteSpace = width === null ? "nowrap" : "normal";
    text.style.width = width === null ? "max-content" : `${width}px`;
    text.style.fontFamily = strut.style.fontFamily = own.family;
    text.replaceChildren(...runs.map(run => {
        const span = document.createElement("span");
        span.style.fontFamily = run.family;
        span.style.wordSpacing = run.wordSpacing;
        span.textContent = run.text;
        return span;
    }));
    const box = text.getBoundingClientRect(), lines = [];
    for (const {firstChild: node} of text.children)
        for (let start = 0; start < node.length;) {
            const end = start + String.fromCodePoint(node.data.codePointAt(start)).length, range = new Range();
            range.setStart(node, start);
            range.setEnd(node, end);
            const rect = [...range.getClientRects()].at(-1);
            lines.push(rect && node.data[start] !== " " ? Math.floor(((rect.top + rect.bottom) / 2 - box.top) / PITCH) : null);
            start = end;
        }
    const baseline = strut.firstChild.getBoundingClientRect().bottom - box.top;
    return {lines, width: box.width, height: box.height, baseline};
}""".replace("PITCH", str(PITCH))


@dataclass(frozen=True, slots=True)
class Setting:
    """A text set by Chromium: the first code point of each line, the box in px, and its first baseline in px from the top."""

    starts: tuple[int, ...]
    width: float
    height: float
    baseline: float


@contextmanager
def chromium_page(fonts: FontLibrary) -> Iterator["Page"]:
    """Opens a page that can set text in `fonts`. Skips the test without Chromium, but fails it in CI."""
    if not CHROMIUM.exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"expected Chromium at {CHROMIUM}, found none")
    from playwright.sync_api import sync_playwright  # imported lazily: every run of pytest collects this file

    with _serve(fonts) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        page = browser.new_page(viewport={"width": _WIDEST_LINE, "height": 12 * PITCH})
        page.goto(address)
        yield page
        browser.close()


@contextmanager
def _serve(fonts: FontLibrary) -> Iterator[str]:
    """Serves the page and `fonts` on localhost; Playwright would need seconds to transfer a Chinese font."""
    files = {f"/{_family(font)}": font for font in fonts.fonts}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            font = files.get(self.path)
            body = _font_file(font) if font else _PAGE.encode()
            self.send_response(200)
            self.send_header("Content-Type", "font/sfnt" if font else "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Does not log requests."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()


def set_by_chromium(page: "Page", paragraph: Paragraph, width: float | None) -> Setting:
    """Sets the text in the fonts that `paragraph` chose, `width` px wide, or on one line if None."""
    font_runs = []
    for font, runs in groupby(paragraph.runs, key=lambda run: run.font):
        runs = list(runs)
        font_runs.append({"text": paragraph.text[runs[0].start : runs[-1].end], **_in_css(font)})
    found = page.evaluate(
        _SET,
        {
            "runs": font_runs,
            "own": _in_css(paragraph.font),
            "language": paragraph.language,
            "rtl": is_rtl(paragraph.language),
            "width": width,
        },
    )
    return Setting(_line_starts(found["lines"]), found["width"], found["height"], found["baseline"])


def picture(page: "Page", setting: Setting) -> Image.Image:
    """Takes a picture of the text on the page, with a margin of MARGIN px."""
    size = {"width": round(setting.width) + 2 * MARGIN, "height": round(setting.height) + 2 * MARGIN}
    return Image.open(io.BytesIO(page.screenshot(clip={"x": 0, "y": 0, **size}))).convert("RGB")


def _line_starts(lines: Sequence[int | None]) -> tuple[int, ...]:
    """Returns the first code point of each line; spaces (None) and characters without width stay on the line before."""
    starts, current = [0], 0
    for offset, line in enumerate(lines):
        if line is not None and line > current:
            starts.append(offset)
            current = line
    return tuple(starts)


def _in_css(font: Font) -> dict[str, str]:
    """Returns the CSS descriptors of a font."""
    return {
        "family": _family(font),
        "sizeAdjust": f"{font.size_adjust:.2%}",
        "wordSpacing": f"{font.word_space * FONT_PX}px",
    }


def _family(font: Font) -> str:
    """Returns the font-family that the page uses for a font."""
    return f"{font.path.stem}-{font.index}"


def _font_file(font: Font) -> bytes:
    """Returns the font as a file of its own, because Chromium opens only the first font of a collection."""
    if font.path.suffix != ".ttc":
        return font.path.read_bytes()
    file = io.BytesIO()
    with TTFont(font.path, fontNumber=font.index, lazy=True) as one:
        one.save(file, reorderTables=None)
    return file.getvalue()
