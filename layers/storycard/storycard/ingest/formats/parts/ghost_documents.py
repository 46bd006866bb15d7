"""Converts Ghost's two document formats, Lexical and Mobiledoc, to the HTML that Ghost renders for their text.

Lexical: https://lexical.dev/docs/concepts/serialization · Mobiledoc 0.3: https://github.com/bustle/mobiledoc-kit/blob/main/MOBILEDOC.md
"""

import json
from collections.abc import Mapping
from html import escape
from typing import Any

from storycard.ingest.documents.tree import is_node, tree_html
from storycard.ingest.fields import at, items, raw_text

PAYWALL = "<!--members-only-->"  # ends the public preview; Ghost renders the divider of both formats so


def lexical_html(document: str) -> str:
    """Returns the HTML of a Lexical document, a JSON text; "" if it cannot be parsed."""
    root = at(_parse(document), "root")
    return tree_html(root, _lexical_card) if is_node(root) else ""


def mobiledoc_html(document: str) -> str:
    """Returns the HTML of a Mobiledoc document, a JSON text; "" if it cannot be parsed."""
    source = _parse(document)
    return "".join(_mobiledoc_section(section, source) for section in items(source, "sections"))


def _parse(document: str) -> Any:
    try:
        return json.loads(document) if document else None
    except (ValueError, RecursionError):
        return None


def _lexical_card(node: Mapping[str, object], _depth: int) -> str:
    """Returns the HTML of a card, which is a node without children. Cards other than these hold no text."""
    kind = raw_text(node, "type")
    if kind == "paywall":
        return PAYWALL
    if kind in ("html", "markdown", "callout"):
        return _gated(node, raw_text(node, "html") or raw_text(node, "calloutText"))
    return ""


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
