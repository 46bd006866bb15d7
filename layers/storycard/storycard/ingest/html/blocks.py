"""Splits HTML, well-formed or not, into the blocks of text that a reader sees, with the role of each block."""

import re
from dataclasses import dataclass, field
from typing import Literal

from selectolax.lexbor import LexborNode

from storycard.ingest.html.inline import INLINE, emoji_text, is_unseen, reader_text, shifted_text
from storycard.ingest.html.quote_sources import source_parts
from storycard.ingest.html.tree import parse_html
from storycard.ingest.plain_text import clean_line

_MAY_QUOTE = frozenset({"figure", "aside", "header", "footer"})  # may hold a pull quote, or its source
_SKIPPED = _MAY_QUOTE | {"table", "pre"}
# Words in class names and IDs of content beside the article. Whole words only, because "shared" or "navy" mean nothing.
_BESIDE_ARTICLE = re.compile(
    r"(?:^|[\s_-])(?:nav|navigation|menu|breadcrumbs?|related|recirculation|share|sharing|social|newsletter|subscribe|subscription|"
    r"promo|advert|advertisement|ads?|sponsor|comments?|tags|taglist|sidebar|toc|footer|cookie|paywall|playlist|recommended|"
    r"recommendations|readmore|read-more|more-stories|related-(?:posts|articles|stories|content|links|news|items)|breadcrumb-?list|recipe|ingredients?|recipe-ingredients?|contact-info|byline|author-bio|hidden|screen-reader-text|sr-only|visually-hidden|caption|credit|kg-bookmark-card|"
    r"kg-cta-card|kg-signup-card|wp-block-latest-posts|jp-relatedposts|sharedaddy|twitter-tweet|instagram-media|tiktok-embed)(?=$|[\s_])",
    re.IGNORECASE,
)
_LABELS = ("aria-label", "itemtype", "itemprop")
_BESIDE_BY_LABEL = re.compile("breadcrumb|recipeIngredient|recipeInstructions", re.IGNORECASE)
_PULLED = re.compile(r"pull-?quote|pulled-?quote|quote-?pull|blockquote-alt", re.IGNORECASE)
_KEY_POINTS = re.compile(  # in class names; headings are in assets/languages
    r"key-?(?:points?|facts?|takeaways?|news)|takeaways?|summary|highlights?|at-a-glance|tl-?dr|story-?bullets|bullet-?points",
    re.IGNORECASE,
)
_SOURCE_CLASS = re.compile(r"attribution|author|speaker|source|cite|name|byline|credit", re.IGNORECASE)
_BOLD = frozenset({"b", "strong", "dt", "summary"})
_MAX_DEPTH = 400  # levels; pages have at most 40, but unclosed tags can nest a million deep


@dataclass(slots=True)
class Block:
    """A paragraph, heading, list item or quote.

    `linked` is the number of its characters in links. `list_number` distinguishes the lists of a page.
    """

    kind: Literal["paragraph", "heading", "item", "quote"]
    level: int = 0  # of a heading, 1 to 6
    lines: list[str] = field(default_factory=lambda: [""])
    linked: int = 0
    bold: str = ""  # the bold text that it begins with
    in_lead: bool = True  # whether that may still go on
    list_number: int = 0
    key_points: bool = False  # its list is marked as a summary of the story
    pulled: bool = False
    source: list[str] = field(default_factory=list)  # the parts of the source, if the markup names it
    after_source: list[str] = field(default_factory=list)  # the lines behind it, perhaps the role

    @property
    def text(self) -> str:
        return clean_line(" ".join(self.lines))

    def clean(self) -> None:
        """Cleans the collected text once the block is complete."""
        self.lines = [line for line in map(reader_text, self.lines) if line]
        self.after_source = [line for line in map(reader_text, self.after_source) if line]


@dataclass(slots=True)
class _Context:
    """The state of the tree walk at one element: the block that receives text, and the context of the element."""

    block: Block | None
    in_quote: Block | None = None
    in_blockquote: bool = False
    list_number: int = 0
    key_points: bool = False
    in_link: bool = False
    in_bold: bool = False
    skipped: bool = False  # text is ignored, except inside a quote
    depth: int = 0


def read_blocks(markup: str) -> list[Block]:
    """Returns the blocks of an HTML fragment or page."""
    return blocks_within(parse_html(markup).body)


def blocks_within(root: LexborNode | None, without: frozenset[int] = frozenset()) -> list[Block]:
    """Returns the blocks inside `root` in document order, without the elements whose `mem_id` is in `without`.

    Visits each node once, so time is linear in the size of the page.
    """
    blocks: list[Block] = []
    if root is None:
        return blocks
    lists = 0
    stack: list[tuple[LexborNode, _Context]] = [(root, _Context(None))]
    while stack:
        node, context = stack.pop()
        if without and node.mem_id in without:
            continue
        if node.tag == "-text":
            _add_text(node.text_content or "", context, blocks)
            continue
        block = context.in_quote or context.block
        if node.tag == "br" and block:
            (block.after_source or block.lines).append("")
            continue
        if node.tag in ("sup", "sub") and block:
            _add_text(shifted_text(node, block.lines[-1]), context, blocks)
            continue
        if node.tag == "img":
            _add_text(emoji_text(node), context, blocks)
            continue
        inner = _enter(node, context, blocks) if node is not root else context
        if inner is None or inner.depth > _MAX_DEPTH:
            continue
        if node.tag in ("ul", "ol") and node is not root:
            lists += 1
            inner.list_number = inner.list_number or lists
        child = node.last_child
        while child is not None:
            stack.append((child, inner))
            child = child.prev
    for block in blocks:
        block.clean()
    return [block for block in blocks if block.lines]


def _add_text(text: str, context: _Context, blocks: list[Block]) -> None:
    if context.skipped and not context.in_quote:
        return
    if context.in_quote:
        (context.in_quote.after_source or context.in_quote.lines)[-1] += text
        return
    if context.block is None:
        if not text.strip():
            return
        context.block = Block("paragraph")  # text outside any element, as old editors write it
        blocks.append(context.block)
    block = context.block
    block.in_lead = block.in_lead and (context.in_bold or not text.strip())
    if block.in_lead:
        block.bold += text
    block.lines[-1] += text
    if context.in_link:
        block.linked += len(text.strip())


def _enter(node: LexborNode, context: _Context, blocks: list[Block]) -> _Context | None:
    """Returns the state inside an element, or None if its content is to be ignored."""
    tag = node.tag
    if tag is None or tag.startswith(("-", "!")) or is_unseen(node):
        return None
    attributes = node.attributes
    if attributes.get("role") in ("navigation", "banner"):
        return None
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    if tag in ("ul", "ol", "li", "div", "section") and any(
        _BESIDE_BY_LABEL.search(attributes.get(name) or "") for name in _LABELS
    ):
        return None
    if context.in_quote:
        if tag in ("cite", "figcaption", "footer") or (tag != "p" and _SOURCE_CLASS.search(names)):
            context.in_quote.source += source_parts(node)
            if any(map(str.strip, context.in_quote.lines)):
                context.in_quote.after_source.append("")
            return None
        if tag == "blockquote" and context.in_blockquote:  # a quote within a quote has its own source
            inner_quote = Block("quote", pulled=context.in_quote.pulled)
            blocks.append(inner_quote)
            return _Context(None, inner_quote, in_blockquote=True, depth=context.depth + 1)
        if tag not in INLINE:
            (context.in_quote.after_source or context.in_quote.lines).append("")
        in_blockquote = context.in_blockquote or tag == "blockquote"
        return _Context(None, context.in_quote, in_blockquote=in_blockquote, depth=context.depth + 1)
    pulled = bool(_PULLED.search(names))
    if tag not in INLINE and tag not in ("article", "main", "body") and not pulled and _BESIDE_ARTICLE.search(names):
        return None
    if tag in _SKIPPED and tag not in _MAY_QUOTE:  # inside a quote they are kept: verse is often in `pre`
        return None
    if tag not in INLINE and (pulled or tag == "blockquote" or (tag == "figure" and node.css_first("blockquote"))):
        block = Block("quote", pulled=pulled)
        blocks.append(block)
        return _Context(None, block, in_blockquote=tag == "blockquote", depth=context.depth + 1)
    skipped = context.skipped or tag in _SKIPPED
    key_points = context.key_points or bool(_KEY_POINTS.search(names))
    if tag in INLINE and context.block is None and not skipped:
        context.block = Block("paragraph")
        blocks.append(context.block)
    inner = _Context(
        context.block,
        list_number=context.list_number,
        key_points=key_points,
        in_link=context.in_link or tag == "a",
        in_bold=context.in_bold or tag in _BOLD,
        skipped=skipped,
        depth=context.depth + 1,
    )
    if tag in INLINE:
        return inner
    if context.block is not None and context.block.kind == "paragraph":
        context.block = inner.block = None  # text after this element starts a new paragraph
    if tag == "li" and not skipped:
        inner.block = Block("item", list_number=context.list_number, key_points=key_points)
        blocks.append(inner.block)
    elif tag in ("h1", "h2", "h3", "h4", "h5", "h6", "hl1", "hl2"):
        inner.block = Block("heading", level=int(tag[-1]))
        if not skipped:
            blocks.append(inner.block)
    elif tag == "p" and context.block is not None and context.block.kind == "item":
        context.block.lines.append("")
    elif tag == "p" and context.block is None and not skipped:
        inner.block = Block("paragraph")
        blocks.append(inner.block)
    return inner
