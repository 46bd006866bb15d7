"""HTML, however broken, into the blocks of text a reader sees, in order, each with what its surroundings say of it."""

import re
from dataclasses import dataclass, field
from typing import Literal

from selectolax.lexbor import LexborNode

from storycard.ingest.html.tree import parse_html
from storycard.ingest.plain_text import clean_line

# What no reader reads as words, wherever it stands.
_WORDLESS = frozenset(
    {"script", "style", "noscript", "template", "head", "nav", "form", "button", "select", "svg", "iframe", "object", "audio"}
    | {"video", "dialog", "menu", "textarea", "math", "canvas"}
)
_QUOTING = frozenset({"figure", "aside", "header", "footer"})  # may hold a pull quote, or name who is quoted
_UNSEEN = _WORDLESS | _QUOTING | {"table", "pre", "code"}
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q", "ruby", "s"}
    | {"samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr", "del", "strike", "big", "tt", "rb", "center"}
)
_OMITTED = frozenset({"rt", "rp", "del", "strike", "s"})  # the reading above a character, what was taken back
# Words in class names and IDs for what stands beside an article; whole words, since "shared" or "navy" say nothing.
_BESIDE = re.compile(
    r"(?:^|[\s_-])(?:nav|navigation|menu|breadcrumbs?|related|recirculation|share|sharing|social|newsletter|subscribe|subscription|"
    r"promo|advert|advertisement|ads?|sponsor|comments?|tags|taglist|sidebar|toc|footer|cookie|paywall|playlist|recommended|"
    r"recommendations|readmore|byline|author-bio|hidden|screen-reader-text|sr-only|visually-hidden|caption|credit|kg-bookmark-card|"
    r"kg-cta-card|kg-signup-card|wp-block-latest-posts|jp-relatedposts|sharedaddy|twitter-tweet|instagram-media|tiktok-embed)(?=$|[\s_])",
    re.IGNORECASE,
)
_PULLED = re.compile(r"pull-?quote|pulled-?quote|quote-?pull|blockquote-alt", re.IGNORECASE)
_KEY_POINTS = re.compile(
    r"key-?(?:points?|facts?|takeaways?|news)|takeaways?|summary|highlights?|at-a-glance|tl-?dr|story-?bullets|bullet-?points",
    re.IGNORECASE,
)
_SOURCE_CLASS = re.compile(r"attribution|author|speaker|source|cite|name|byline|credit", re.IGNORECASE)
_MAX_DEPTH = 400  # levels; no page has a tenth, and a heap of unclosed tags has a million


@dataclass(slots=True)
class Block:
    """A paragraph, a heading, an item or a quote: its text by lines, and how many characters of it are links."""

    kind: Literal["paragraph", "heading", "item", "quote"]
    lines: list[str] = field(default_factory=lambda: [""])
    linked: int = 0
    list_number: int = 0
    key_points: bool = False  # the list's own name, or its surroundings', calls it the story in short
    pulled: bool = False
    source: str = ""  # who is quoted, where the mark-up says

    @property
    def text(self) -> str:
        return clean_line(" ".join(self.lines))

    def close(self) -> None:
        self.lines = [line for line in map(clean_line, self.lines) if line]
        self.source = clean_line(self.source)


@dataclass(slots=True)
class _Place:
    """Where the walk stands: the block that text goes to, and what the elements around it mean."""

    block: Block | None
    in_quote: Block | None = None
    list_number: int = 0
    key_points: bool = False
    in_link: bool = False
    in_source: bool = False
    unseen: bool = False  # but a quote in it is seen
    depth: int = 0


def read_blocks(markup: str) -> list[Block]:
    return blocks_within(parse_html(markup).body)


def blocks_within(root: LexborNode | None) -> list[Block]:
    """The blocks inside `root`, in document order; nothing is read twice, so work grows with the page only."""
    blocks: list[Block] = []
    if root is None:
        return blocks
    lists = 0
    after_key_heading = False
    stack: list[tuple[LexborNode, _Place]] = [(root, _Place(None))]
    while stack:
        node, place = stack.pop()
        if node.tag == "-text":
            _add_text(node.text_content or "", place, blocks)
            continue
        if node.tag == "br" and (block := place.in_quote or place.block):
            block.lines.append("")
            continue
        inner = _enter(node, place, blocks) if node is not root else place
        if inner is None or inner.depth > _MAX_DEPTH:
            continue
        if node.tag in ("ul", "ol") and node is not root:
            lists += 1
            inner.list_number = inner.list_number or lists
            inner.key_points = inner.key_points or after_key_heading
            after_key_heading = False
        elif inner.block and inner.block.kind == "heading" and inner.block is not place.block:
            after_key_heading = bool(_KEY_POINTS.search(re.sub(r"\s+", "-", (node.text() or "")[:80])))
        child = node.last_child
        while child is not None:
            stack.append((child, inner))
            child = child.prev
    for block in blocks:
        block.close()
    return [block for block in blocks if block.lines]


def _add_text(text: str, place: _Place, blocks: list[Block]) -> None:
    if place.unseen and not place.in_quote:
        return
    if place.in_quote:
        if place.in_source:
            place.in_quote.source += text
        else:
            place.in_quote.lines[-1] += text
        return
    if place.block is None:
        if not text.strip():
            return
        place.block = Block("paragraph")  # text between blocks, as old editors leave it
        blocks.append(place.block)
    place.block.lines[-1] += text
    if place.in_link:
        place.block.linked += len(text.strip())


def _enter(node: LexborNode, place: _Place, blocks: list[Block]) -> _Place | None:
    """The place inside an element; None when nothing of it is for a card."""
    tag = node.tag
    if tag.startswith(("-", "!")) or tag in _OMITTED or tag in _WORDLESS:
        return None
    attributes = node.attributes
    if "hidden" in attributes or attributes.get("aria-hidden") == "true" or attributes.get("role") in ("navigation", "banner"):
        return None
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    if place.in_quote:
        source = place.in_source or tag in ("cite", "figcaption", "footer") or (tag != "p" and bool(_SOURCE_CLASS.search(names)))
        if tag not in _INLINE:
            if source:
                place.in_quote.source += " "
            else:
                place.in_quote.lines.append("")
        return _Place(None, place.in_quote, in_source=source, depth=place.depth + 1)
    pulled = bool(_PULLED.search(names))
    if tag not in _INLINE and tag not in ("article", "main", "body") and not pulled and _BESIDE.search(names):
        return None
    if tag in _UNSEEN and tag not in _QUOTING:  # in a quote they are read: verse stands in `pre`
        return None
    if tag not in _INLINE and (pulled or tag == "blockquote" or (tag == "figure" and node.css_first("blockquote"))):
        block = Block("quote", pulled=pulled)
        blocks.append(block)
        return _Place(None, block, depth=place.depth + 1)
    unseen = place.unseen or tag in _UNSEEN
    key_points = place.key_points or bool(_KEY_POINTS.search(names))
    if tag in _INLINE and place.block is None and not unseen:
        place.block = Block("paragraph")
        blocks.append(place.block)
    inner = _Place(
        place.block, None, place.list_number, key_points, place.in_link or tag == "a", unseen=unseen, depth=place.depth + 1
    )
    if tag in _INLINE:
        return inner
    if place.block is not None and place.block.kind == "paragraph":
        place.block = inner.block = None  # text after this element is another paragraph
    if tag == "li" and not unseen:
        inner.block = Block("item", list_number=place.list_number, key_points=key_points)
        blocks.append(inner.block)
    elif tag in ("h1", "h2", "h3", "h4", "h5", "h6", "hl1", "hl2"):
        inner.block = Block("heading")
        if not unseen:
            blocks.append(inner.block)
    elif tag == "p" and place.block is not None and place.block.kind == "item":
        place.block.lines.append("")
    elif tag == "p" and place.block is None and not unseen:
        inner.block = Block("paragraph")
        blocks.append(inner.block)
    return inner
