"""Reads a published page: the metadata in its head, its JSON-LD and the text of its article."""

from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from storycard.ingest.encodings import decode_page
from storycard.ingest.html.blocks import blocks_within
from storycard.ingest.html.body import Body, build_body
from storycard.ingest.html.headings import Headings, find_headings
from storycard.ingest.html.inline import reader_text
from storycard.ingest.html.tree import parse_html
from storycard.ingest.plain_text import clean_line
from storycard.ingest.typed_markup import html_text
from storycard.language.reading_words import ReadingWords

_ROOTS = (
    "[itemprop=articleBody]",
    "article [class*=article-body]",
    "[class*=article__body]",
    "[class*=entry-content]",
    "article",
    "main",
)
_MIN_PARAGRAPH = 40  # characters; shorter paragraphs do not help to locate the article
_MIN_TEXT = 300  # characters; an element with less is not the article
_MAX_JSON_LD_BODY = 200_000  # characters


@dataclass(frozen=True, slots=True)
class Page:
    """The metadata and the tree of a page. `meta` maps a property or name, in lower case, to its first content."""

    tree: LexborHTMLParser
    meta: dict[str, str]
    json_ld: tuple[str, ...]
    language: str
    title: str
    headings: Headings
    canonical: str
    base: str
    notices: tuple[str, ...] = ()

    def body(self, fallback: str, words: ReadingWords, without: frozenset[int] = frozenset()) -> Body:
        """Returns the article's text on the page, or `fallback`, the plain text from JSON-LD, if the page shows none.

        Leaves out the elements of which `without` has the `mem_id`, as `find_elements` returns it.
        """
        root = _article_root(self.tree)
        if without and _lies_within(root, without):
            return Body()
        body = build_body(blocks_within(root, without), words)
        if not body.paragraphs and fallback:
            return Body(tuple(filter(None, map(html_text, fallback[:_MAX_JSON_LD_BODY].splitlines()))))
        return body

    def find_elements(self, selector: str) -> frozenset[int] | None:
        """Returns the `mem_id` of each element that a CSS selector matches; None if the selector is not valid."""
        try:
            return frozenset(node.mem_id for node in self.tree.css(selector))
        except SelectolaxError:
            return None


def read_page(data: bytes, charset: str = "") -> Page:
    """Reads a page in any encoding; `charset` is the label in the HTTP header. Raises ArticleInvalid.

    JSON on its own counts as a page of one JSON-LD script.
    """
    markup, notice = decode_page(data, charset)
    notices = (notice,) if notice else ()
    if markup.lstrip()[:1] in ("{", "["):
        return Page(LexborHTMLParser(""), {}, (markup,), "", "", Headings(), "", "", notices)
    tree = parse_html(markup)
    meta: dict[str, str] = {}
    for node in tree.css("meta"):
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("http-equiv") or ""
        if name and (content := attributes.get("content")):
            meta.setdefault(name.strip().lower(), clean_line(content))
    scripts = tuple(node.text() for node in tree.css("script") if "ld+json" in (node.attributes.get("type") or "").lower())
    return Page(
        tree,
        meta,
        scripts,
        _attribute(tree.root, "lang") or _attribute(tree.root, "xml:lang"),
        reader_text(title.text()) if (title := tree.css_first("title")) else "",
        find_headings(tree),
        _attribute(tree.css_first('link[rel="canonical"]'), "href"),
        _attribute(tree.css_first("base"), "href"),
        notices,
    )


def _attribute(node: LexborNode | None, name: str) -> str:
    return (node.attributes.get(name) or "").strip() if node else ""


def _lies_within(node: LexborNode | None, elements: frozenset[int]) -> bool:
    while node is not None:
        if node.mem_id in elements:
            return True
        node = node.parent
    return False


def _article_root(tree: LexborHTMLParser) -> LexborNode | None:
    """Finds the element that holds the article: one that is marked as such, or the one whose paragraphs hold most text.

    A paragraph scores for its parent, with half of that for each level further up.
    """
    for selector in _ROOTS:
        for node in tree.css(selector)[:20]:
            if sum(len(p.text()) for p in node.css("p")[:50]) >= _MIN_TEXT:
                return node
    scores: dict[int, tuple[float, LexborNode]] = {}
    for paragraph in tree.css("p")[:5_000]:
        length = len(paragraph.text())
        holder, share = paragraph.parent, 1.0
        while length >= _MIN_PARAGRAPH and holder is not None and share > 0.2:
            score, _ = scores.get(holder.mem_id, (0.0, holder))
            scores[holder.mem_id] = (score + length * share, holder)
            holder, share = holder.parent, share * 0.5
    return max(scores.values(), key=lambda scored: scored[0])[1] if scores else tree.body
