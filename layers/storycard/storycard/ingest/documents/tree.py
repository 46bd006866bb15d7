"""Converts documents that are trees of nodes.

Those of Lexical, ProseMirror, Tiptap, Slate, Contentful, DatoCMS, Strapi, Hygraph and BlockNote differ in the names that they
have for types, children and texts.
Lexical https://lexical.dev/docs/concepts/serialization · ProseMirror https://prosemirror.net/docs/ref/#model.Node.toJSON ·
Slate https://docs.slatejs.org/concepts/02-nodes · DatoCMS https://www.datocms.com/docs/structured-text/dast ·
Contentful https://www.contentful.com/developers/docs/concepts/rich-text/
"""

from collections.abc import Callable, Mapping

from storycard.errors import ArticleInvalid
from storycard.ingest.documents.flat import heading_level
from storycard.ingest.documents.marks import leaf_tags, mark_tag, plain_name, text_html
from storycard.ingest.documents.visibility import is_hidden
from storycard.ingest.fields import MAX_DEPTH, at, raw_text

_TAGS: Mapping[str, str] = {
    **dict.fromkeys(("paragraph", "p", "extendedparagraph"), "p"),
    **dict.fromkeys(("blockquote", "quote", "extendedquote", "aside", "pullquote"), "blockquote"),
    **dict.fromkeys(("listitem", "li", "taskitem", "checklistitem", "checkitem"), "li"),
    **dict.fromkeys(("bulletedlist", "bulletlist", "unorderedlist", "ul", "tasklist", "checklist"), "ul"),
    **dict.fromkeys(("numberedlist", "orderedlist", "ol"), "ol"),
    **dict.fromkeys(("codeblock", "pre", "code"), "pre"),
    **dict.fromkeys(("link", "hyperlink", "a", "autolink", "entryhyperlink", "assethyperlink", "itemlink"), "a"),
    "detailssummary": "summary",
}
_SAME = ("table", "tr", "td", "th", "details", "summary")
_TABLE_PARTS = {"tablerow": "tr", "tablecell": "td", "tableheader": "th", "tableheadercell": "th"}
_BREAKS = frozenset({"linebreak", "hardbreak", "br", "softbreak"})
ITEMS_ALONE = {"bulletlistitem": "ul", "numberedlistitem": "ol", "checklistitem": "ul"}  # BlockNote has items without lists
_LEVELS = (("level",), ("attrs", "level"), ("props", "level"), ("tag",))
_ORDERED = ("number", "numbered", "ordered", "ol")
_SOURCES = ("attribution", "citation", "cite", "author", "source", "caption")
_INLINE_PARENTS = frozenset({"p", "a", "h1", "h2", "h3", "h4", "h5", "h6", "summary"})

Embedded = Callable[[Mapping[str, object], int], str]  # converts a block of the site's own at a depth


def is_node(value: object) -> bool:
    """Returns whether a value is a node of such a tree, or the tree's root."""
    if not isinstance(value, dict):
        return False
    return isinstance(value.get("children"), list) or "nodeType" in value or isinstance(value.get("content"), list)


def tree_html(node: Mapping[str, object], embedded: Embedded, depth: int = 0, parent: str = "") -> str:
    """Returns the HTML of a node, and of all inside it. Raises ArticleInvalid if it is more than 60 levels deep."""
    if depth > MAX_DEPTH:
        raise ArticleInvalid("body", f"blocks of at most {MAX_DEPTH} levels", "more")
    if is_hidden(node):
        return ""
    kind = plain_name(node.get("type") or node.get("nodeType"))
    if kind in _BREAKS:
        return "<br>"
    children = _children(node)
    if children is None:
        is_text = _is_text(node, kind) or (parent in _INLINE_PARENTS and isinstance(node.get("text"), str))
        return _leaf_html(node) if is_text else _mention_html(node) if kind == "mention" else embedded(node, depth)
    tag = _tag(node, kind)
    is_inline = parent in _INLINE_PARENTS
    if not tag and not is_inline and any(_is_text(child, plain_name(child.get("type"))) for child in children):
        tag = "li" if kind in ITEMS_ALONE else "p"  # a type that is not known, or a node without one
    inner = "".join(tree_html(child, embedded, depth + 1, tag or parent) for child in children)
    if kind in ITEMS_ALONE and parent not in ("ul", "ol"):
        return f"<{ITEMS_ALONE[kind]}><li>{inner}</li></{ITEMS_ALONE[kind]}>"
    if tag == "p" and parent == "li":
        return f"{inner}<br>" if inner else ""
    if not tag or not inner:
        return inner
    return _quote_html(node, kind, inner) if tag == "blockquote" else f"<{tag}>{inner}</{tag}>"


def _children(node: Mapping[str, object]) -> list[Mapping[str, object]] | None:
    """Returns the nodes inside a node; None for a leaf. BlockNote has nested blocks under `children` beside its own `content`."""
    lists = [value for name in ("content", "children") if isinstance(value := node.get(name), list)]
    return [child for each in lists for child in each if isinstance(child, dict)] if lists else None


def _is_text(node: Mapping[str, object], kind: str) -> bool:
    return kind in ("text", "extendedtext", "span", "") and isinstance(node.get("text", node.get("value")), str)


def _leaf_html(node: Mapping[str, object]) -> str:
    return text_html(raw_text(node, "text") or raw_text(node, "value"), leaf_tags(node))


def _mention_html(node: Mapping[str, object]) -> str:
    """Returns somebody's name in the text, as Tiptap keeps it."""
    name = raw_text(node, "attrs", "label") or raw_text(node, "attrs", "id")
    return text_html(f"@{name}" if name else "")


def _tag(node: Mapping[str, object], kind: str) -> str:
    if kind in ("heading", "extendedheading", "header"):
        level = next(filter(None, (at(node, *path) for path in _LEVELS)), 2)
        number = heading_level(level if isinstance(level, str) and level.startswith("h") else f"h{level}")
        return f"h{number or 2}"
    if kind == "list":
        named = next(filter(None, (raw_text(node, name) for name in ("listType", "format", "style", "tag"))), "")
        return "ol" if named in _ORDERED else "ul"
    if number := heading_level(kind):
        return f"h{number}"
    return kind if kind in _SAME else _TABLE_PARTS.get(kind) or _TAGS.get(kind, "") or ("a" if mark_tag(kind) == "a" else "")


def _quote_html(node: Mapping[str, object], kind: str, inner: str) -> str:
    """Returns a quote, as a pull quote if its type or a source of its own says so."""
    source = next(
        filter(None, (raw_text(node, *path) for name in _SOURCES for path in ((name,), ("attrs", name), ("data", name)))), ""
    )
    marked = ' class="pullquote"' if source or "pull" in kind else ""
    cite = f"<cite>{text_html(source)}</cite>" if source else ""
    return f"<blockquote{marked}>{inner}{cite}</blockquote>"
