"""Converts the output of Editor.js, whose texts are HTML already.

https://editorjs.io/saving-data/ · https://github.com/editor-js/list · https://github.com/editor-js/quote
"""

from collections.abc import Callable, Mapping
from typing import TypeGuard

from storycard.errors import ArticleInvalid
from storycard.ingest.documents.marks import plain_name
from storycard.ingest.fields import MAX_DEPTH, at, items, raw_text

Embedded = Callable[[Mapping[str, object]], str]  # converts a block of the site's own


def is_editor_js(blocks: object) -> TypeGuard[list[object]]:
    """Returns whether the value under `blocks` is Editor.js's: each block has its fields under `data`."""
    return isinstance(blocks, list) and bool(blocks) and all(isinstance(at(block, "data"), dict) for block in blocks)


def editor_js_html(blocks: list[object], embedded: Embedded) -> str:
    return "".join(_block_html(block, embedded) for block in blocks if isinstance(block, dict))


def _block_html(block: Mapping[str, object], embedded: Embedded) -> str:
    data, kind = block.get("data"), plain_name(block.get("type"))
    text = raw_text(data, "text")
    if kind == "paragraph":
        return f"<p>{text}</p>"
    if kind == "header":
        level = at(data, "level")
        return f"<h{level}>{text}</h{level}>" if level in range(1, 7) else f"<h2>{text}</h2>"
    if kind in ("list", "nestedlist", "checklist"):
        return _list_html(data, raw_text(data, "style") == "ordered", 0)
    if kind in ("quote", "pullquote"):
        source = raw_text(data, "caption")
        return f'<blockquote class="pullquote"><p>{text}</p>{f"<cite>{source}</cite>" if source else ""}</blockquote>'
    if kind == "raw":
        return raw_text(data, "html")
    return embedded(block)


def _list_html(data: object, ordered: bool, depth: int) -> str:
    """Returns a list. Its items are texts, or objects with `content` (`text` in checklists) and `items` of their own."""
    if depth > MAX_DEPTH:
        raise ArticleInvalid("body", f"blocks of at most {MAX_DEPTH} levels", "more")
    tag, entries = "ol" if ordered else "ul", []
    for item in items(data, "items"):
        line = item if isinstance(item, str) else raw_text(item, "content") or raw_text(item, "text")
        nested = _list_html(item, ordered, depth + 1) if items(item, "items") else ""
        entries.append(f"<li>{line}{nested}</li>")
    return f"<{tag}>{''.join(entries)}</{tag}>"
