"""Ghost's two document formats, Lexical and Mobiledoc, into the HTML that Ghost itself would render of their text.

Lexical: https://lexical.dev/docs/concepts/serialization · Mobiledoc 0.3: https://github.com/bustle/mobiledoc-kit/blob/main/MOBILEDOC.md
"""

import json
from html import escape
from typing import Any

from storycard.ingest.fields import MAX_DEPTH, at, items, objects, raw_text

_TAGS = {"paragraph": "p", "extended-text": "", "quote": "blockquote", "extended-quote": "blockquote", "listitem": "li"}
_TAGS |= {"link": "a", "aside": "blockquote", "root": "div"}


def lexical_html(document: str) -> str:
    return _lexical(at(_parsed(document), "root"), 0)


def mobiledoc_html(document: str) -> str:
    source = _parsed(document)
    return "".join(_section(section, source) for section in items(source, "sections"))


def _parsed(document: str) -> Any:
    try:
        return json.loads(document) if document else None
    except (ValueError, RecursionError):
        return None


def _lexical(node: object, depth: int) -> str:
    kind = raw_text(node, "type")
    if kind in ("text", "extended-text"):
        return escape(raw_text(node, "text"))
    if kind == "linebreak":
        return "<br>"
    if kind in ("html", "markdown", "callout"):
        return raw_text(node, "html") or raw_text(node, "calloutText")
    if depth > MAX_DEPTH or not isinstance(node, dict):
        return ""
    inner = "".join(_lexical(child, depth + 1) for child in objects(node, "children"))
    if kind in ("heading", "extended-heading", "list"):
        tag = {"number": "ol", "bullet": "ul"}.get(raw_text(node, "listType"), raw_text(node, "tag"))
        tag = tag if tag in ("ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6") else "ul" if kind == "list" else "h2"
        return f"<{tag}>{inner}</{tag}>"
    tag = _TAGS.get(kind)
    return f"<{tag}>{inner}</{tag}>" if tag else ""


def _section(section: object, source: object) -> str:
    """One section: [1, tag, markers], [3, tag, [markers, ...]], [10, card]; images and others hold no text."""
    match section:
        case [1, str(tag), list(markers)]:
            tag = {"blockquote": "blockquote", "aside": "blockquote", "pull-quote": "blockquote"}.get(tag.lower(), tag.lower())
            name = tag if tag.isalnum() else "p"
            return f"<{name}>{_markers(markers, source)}</{name}>"
        case [3, str(tag), list(entries)]:
            name = "ol" if tag == "ol" else "ul"
            inner = "".join(f"<li>{_markers(entry, source)}</li>" for entry in entries if isinstance(entry, list))
            return f"<{name}>{inner}</{name}>"
        case [10, int(card)]:
            return raw_text(source, "cards", card, 1, "html")
    return ""


def _markers(markers: list[object], source: object) -> str:
    texts = []
    for marker in markers:
        match marker:
            case [0, _, _, str(text)]:
                texts.append(escape(text))
            case [1, _, _, int(atom)]:
                texts.append(
                    "<br>" if raw_text(source, "atoms", atom, 0) == "soft-return" else raw_text(source, "atoms", atom, 1)
                )
    return "".join(texts)
