"""Converts Ghost's two document formats, Lexical and Mobiledoc, to the HTML that Ghost renders for their text.

Lexical: https://lexical.dev/docs/concepts/serialization · Mobiledoc 0.3: https://github.com/bustle/mobiledoc-kit/blob/main/MOBILEDOC.md
"""

import json
from html import escape
from typing import Any

from storycard.ingest.fields import MAX_DEPTH, at, items, objects, raw_text

_TAGS = {"paragraph": "p", "extended-text": "", "quote": "blockquote", "extended-quote": "blockquote", "listitem": "li"}
_TAGS |= {"link": "a", "aside": "blockquote", "root": "div"}
PAYWALL = "<!--members-only-->"  # ends the public preview; Ghost renders the divider of both formats so
_BLOCK_TAGS = ("ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6")


def lexical_html(document: str) -> str:
    """Returns the HTML of a Lexical document, a JSON text; "" if it cannot be parsed."""
    return _lexical_node(at(_parse(document), "root"), 0)


def mobiledoc_html(document: str) -> str:
    """Returns the HTML of a Mobiledoc document, a JSON text; "" if it cannot be parsed."""
    source = _parse(document)
    return "".join(_mobiledoc_section(section, source) for section in items(source, "sections"))


def _parse(document: str) -> Any:
    try:
        return json.loads(document) if document else None
    except (ValueError, RecursionError):
        return None


def _lexical_node(node: object, depth: int) -> str:
    kind = raw_text(node, "type")
    if kind in ("text", "extended-text"):
        return escape(raw_text(node, "text"))
    if kind == "linebreak":
        return "<br>"
    if kind == "paywall":
        return PAYWALL
    if kind in ("html", "markdown", "callout"):
        return _gated(node, raw_text(node, "html") or raw_text(node, "calloutText"))
    if depth > MAX_DEPTH or not isinstance(node, dict):
        return ""
    inner = "".join(_lexical_node(child, depth + 1) for child in objects(node, "children"))
    if kind in ("heading", "extended-heading", "list"):
        named = {"number": "ol", "bullet": "ul"}.get(raw_text(node, "listType"), raw_text(node, "tag"))
        tag = named if named in _BLOCK_TAGS else "ul" if kind == "list" else "h2"
    else:
        tag = _TAGS.get(kind, "")
    return f"<{tag}>{inner}</{tag}>" if tag else ""


def _gated(node: object, markup: str) -> str:
    """Encloses a card that visitors do not see in Ghost's comments. `showOnWeb` is the older of its two settings."""
    hidden = at(node, "visibility", "web", "nonMember") is False or at(node, "visibility", "showOnWeb") is False
    return f"<!--kg-gated-block:begin nonMember:false-->{markup}<!--kg-gated-block:end-->" if hidden else markup


def _mobiledoc_section(section: object, source: object) -> str:
    """Converts a section: [1, tag, markers], [3, tag, [markers, ...]] or [10, card]. Others, such as images, hold no text."""
    match section:
        case [1, str(tag), list(markers)]:
            tag = {"blockquote": "blockquote", "aside": "blockquote", "pull-quote": "blockquote"}.get(tag.lower(), tag.lower())
            name = tag if tag.isalnum() else "p"
            return f"<{name}>{_mobiledoc_markers(markers, source)}</{name}>"
        case [3, str(tag), list(entries)]:
            name = "ol" if tag == "ol" else "ul"
            inner = "".join(f"<li>{_mobiledoc_markers(entry, source)}</li>" for entry in entries if isinstance(entry, list))
            return f"<{name}>{inner}</{name}>"
        case [10, int(card)]:
            name = raw_text(source, "cards", card, 0)
            if name in ("email", "email-cta"):  # in the newsletter only
                return ""
            return PAYWALL if name == "paywall" else raw_text(source, "cards", card, 1, "html")
    return ""


def _mobiledoc_markers(markers: list[object], source: object) -> str:
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
