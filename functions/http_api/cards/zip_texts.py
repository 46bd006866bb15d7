"""Writes the text files of a zip: the alternative text of each card, and captions in the CSV of schedulers.

docs/studio.md says which file is for which scheduler, with its sources.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from storycard.article import Article
from storycard.errors import FieldError

ALT_TEXTS, BUFFER, HOOTSUITE = "alt-texts.txt", "captions.csv", "captions-hootsuite.csv"
BUFFER_COLUMNS = ("Text", "Image URL", "Tags", "Posting Time")
BUFFER_TYPES = (".jpg", ".png")  # endings of the addresses that it accepts
MARK = "\ufeff"  # the byte order mark by which Excel recognises UTF-8
# Before what a spreadsheet would calculate: at the start of a cell, and after a semicolon or a tab, which it may take for
# separators; but a smiley stays as it is. https://owasp.org/www-community/attacks/CSV_Injection
FORMULA = re.compile(r"^(?=[=+\-@\t\r\n＝＋－＠])|(?<=[;\t])(?=[=+@＝＋－＠]|-(?!\)))")


@dataclass(frozen=True, slots=True)
class ZippedCard:
    """A card in a zip: the name of its file, its pinned address and its alternative text."""

    name: str
    url: str
    alt: str


def usual_caption(article: Article) -> str:
    """Returns the text that the Studio suggests for a post: what the article is about, and its address."""
    return "\n\n".join(filter(None, (article.deck or article.summary or article.headline, article.canonical_url)))


def caption_of_version(version: Mapping[str, Any], link: str) -> str:
    """Returns what `usual_caption` did of a version that is stored (publishing/cards/version_record.py)."""
    text = version["story"]["deck"] or version.get("summary") or version["headline"]
    return "\n\n".join(filter(None, (text, link)))


def text_files(cards: Sequence[ZippedCard], caption: str, link: str) -> dict[str, bytes]:
    """Returns the text files by name. `link` is the page whose preview a post without an image shows."""
    buffered = [(caption, card.url, "", "") for card in cards if card.url.endswith(BUFFER_TYPES)]
    return {
        ALT_TEXTS: "\n\n".join(f"{card.name}\n{card.alt}" for card in cards).encode() + b"\n",
        BUFFER: _csv((BUFFER_COLUMNS, *buffered)),
        HOOTSUITE: _csv([("", caption, link)]),
    }


def alt_in(card: bytes, name: str) -> str:
    """Returns the alternative text that a card's file carries; "" if it has none."""
    from storycard.describing.inspection import read_card  # loads Pillow, which other zips do not need

    try:
        return str(read_card(card, name).metadata.get("alt", ""))
    except FieldError:
        return ""


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Returns the rows as CSV (RFC 4180). A space keeps a cell from being a formula; networks trim it."""
    out = io.StringIO(MARK)
    out.seek(len(MARK))
    csv.writer(out).writerows([FORMULA.sub(" ", cell) for cell in row] for row in rows)
    return out.getvalue().encode()
