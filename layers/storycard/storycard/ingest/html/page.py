"""The bytes of a published page into its head's metadata, its JSON-LD and the article one reads on it."""

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from storycard.errors import ArticleInvalid
from storycard.ingest.html.blocks import blocks_within
from storycard.ingest.html.body import Body, body_of
from storycard.ingest.html.tree import parse_html
from storycard.ingest.plain_text import clean_line

MAX_BYTES = 5_000_000
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,40})""", re.IGNORECASE)
_ROOTS = (
    "[itemprop=articleBody]",
    "article [class*=article-body]",
    "[class*=article__body]",
    "[class*=entry-content]",
    "article",
    "main",
)
_MIN_PARAGRAPH = 40  # characters, of those that tell where an article's text is
_MIN_TEXT = 300  # characters of an article element worth the name


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says of itself; `meta` by property or name in small letters, the first of each."""

    tree: LexborHTMLParser
    meta: dict[str, str]
    json_ld: tuple[str, ...]
    language: str
    title: str
    heading: str
    canonical: str
    base: str

    def body(self, told: str) -> Body:
        """The article's text as it stands on the page; `told` is what JSON-LD has of it, for a page that shows none."""
        found = body_of(blocks_within(_article_root(self.tree)))
        if not found.paragraphs and told:
            return Body(tuple(filter(None, map(clean_line, told[:200_000].splitlines()))))
        return found


def read_page(data: bytes) -> Page:
    """A page in any encoding that browsers know; JSON alone counts as a page of one script. Raises ArticleInvalid."""
    markup = _decoded(data)
    if markup.lstrip()[:1] in ("{", "["):
        return Page(LexborHTMLParser(""), {}, (markup,), "", "", "", "", "")
    tree = parse_html(markup)
    meta: dict[str, str] = {}
    for node in tree.css("meta"):
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("http-equiv") or ""
        if name and attributes.get("content"):
            meta.setdefault(name.strip().lower(), clean_line(attributes["content"]))
    scripts = tuple(node.text() for node in tree.css("script") if "ld+json" in (node.attributes.get("type") or "").lower())
    root = tree.root
    return Page(
        tree,
        meta,
        scripts,
        (root.attributes.get("lang") or root.attributes.get("xml:lang") or "") if root else "",
        _text(tree.css_first("title")),
        _text(tree.css_first("h1")),
        _attribute(tree.css_first('link[rel="canonical"]'), "href"),
        _attribute(tree.css_first("base"), "href"),
    )


def _decoded(data: bytes) -> str:
    if not data:
        raise ArticleInvalid("body", "an article", "nothing")
    if len(data) > MAX_BYTES:
        raise ArticleInvalid("body", f"at most {MAX_BYTES:,} bytes", f"{len(data):,}")
    declared = _CHARSET.search(data[:4_096])
    encodings = ["utf-8-sig", *([declared[1].decode("ascii")] if declared else []), "windows-1252"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except (UnicodeError, LookupError):
            continue
    return data.decode("utf-8", "replace")


def _text(node: LexborNode | None) -> str:
    return clean_line(node.text()) if node else ""


def _attribute(node: LexborNode | None, name: str) -> str:
    return (node.attributes.get(name) or "").strip() if node else ""


def _article_root(tree: LexborHTMLParser) -> LexborNode | None:
    """The element that holds the article: one that says so, or the one whose paragraphs hold most text."""
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
