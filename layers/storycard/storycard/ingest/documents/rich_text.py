"""Converts a field's value to HTML, whatever editor it comes from. The editor is recognised by the value's structure."""

import json
import re
from collections.abc import Mapping

from storycard.errors import ArticleInvalid
from storycard.ingest.documents.components import component_html
from storycard.ingest.documents.editor_js import editor_js_html, is_editor_js
from storycard.ingest.documents.flat import draft_js_html, portable_text_html, prismic_html
from storycard.ingest.documents.markdown import markdown_html, paragraphs_html
from storycard.ingest.documents.marks import plain_name, text_html
from storycard.ingest.documents.tree import ITEMS_ALONE, Embedded, is_node, tree_html
from storycard.ingest.documents.visibility import is_hidden, visible
from storycard.ingest.fields import MAX_DEPTH, at, first_text, objects, raw_text

_TAG = re.compile(
    r"<(?:/[a-z]|(?:p|br|hr|[ou]l|li|div|h[1-6]|blockquote|figure|section|img|a|b|i|em|strong|span)\b)", re.IGNORECASE
)
_READY = ("html", "processed", "rendered")  # HTML that the system made of the text itself: Hygraph, Drupal, WordPress
_BETWEEN_LISTS = re.compile(r"</(ul|ol)><\1>")
_PLAIN = "plain_text"  # Drupal's format of text without mark-up
_MAX_PARTS = 50_000  # objects and entries of lists in a document; a live blog of a week has 20,000
_MAX_MARKDOWN = 100_000  # characters parsed as Markdown, plus 100 for each text; later texts are read as paragraphs
_COST_OF_TEXT = 100


def as_html(value: object) -> str:
    """Returns the HTML of HTML, Markdown, plain text or the JSON of a block editor; "" for a value without text.

    Raises ArticleInvalid for JSON that is more than 60 levels deep, or has more than 50,000 parts.
    """
    _check_size(value)
    return _Conversion().html(value, 0)


def _check_size(value: object) -> None:
    waiting, count = [value], 0
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict | list):
            count += len(part) if isinstance(part, list) else 1
            waiting += part if isinstance(part, list) else part.values()
        if count > _MAX_PARTS:
            raise ArticleInvalid("body", f"at most {_MAX_PARTS:,} blocks", "more")


class _Conversion:
    """Converts one value, and counts the Markdown in it, since a hostile document must not take seconds."""

    def __init__(self) -> None:
        self.markdown_left = _MAX_MARKDOWN

    def html(self, value: object, depth: int) -> str:
        if depth > MAX_DEPTH:
            raise ArticleInvalid("body", f"blocks of at most {MAX_DEPTH} levels", "more")
        if isinstance(value, str):
            return self._text_html(value, depth)
        if isinstance(value, list):
            return self._list_html(value, depth)
        return self._object_html(value, depth) if isinstance(value, dict) else ""

    def _text_html(self, text: str, depth: int) -> str:
        document = _json_within(text)
        if document is not None:
            _check_size(document)
            return self.html(document, depth + 1)
        if _TAG.search(text):
            return text
        self.markdown_left -= len(text) + _COST_OF_TEXT
        return markdown_html(text) if self.markdown_left > 0 else paragraphs_html(text)

    def _list_html(self, blocks: list[object], depth: int) -> str:
        def embedded(block: Mapping[str, object]) -> str:
            return self._component(block, depth)

        blocks = visible(blocks)
        entries = [block for block in blocks if isinstance(block, dict)]
        if any("_type" in block for block in entries):
            return portable_text_html(blocks, embedded)
        if any(isinstance(block.get("spans"), list) for block in entries):
            return prismic_html(blocks, embedded)
        markup = "".join(self.html(block, depth + 1) for block in blocks)
        alone = any(plain_name(block.get("type")) in ITEMS_ALONE for block in entries)
        return _BETWEEN_LISTS.sub("", markup) if alone else markup

    def _object_html(self, value: Mapping[str, object], depth: int) -> str:
        if is_hidden(value):
            return ""
        if ready := first_text(*(raw_text(value, name) for name in _READY)):
            return ready
        blocks, text = value.get("blocks"), value.get("value")
        blocks = visible(blocks) if isinstance(blocks, list) else None
        if isinstance(blocks, list) and isinstance(entities := value.get("entityMap"), dict):
            return draft_js_html(blocks, entities)
        if is_editor_js(blocks):
            return editor_js_html(blocks, lambda block: self._component(block, depth))
        if isinstance(text, str) and value.get("format") == _PLAIN:
            return f"<p>{text_html(text)}</p>"
        for path in (("root",), ("document",), ("value", "document")):
            if is_node(root := at(value, *path)):
                return tree_html(root, self._with_records(value), depth)
        return tree_html(value, self._component, depth) if is_node(value) else self._component(value, depth)

    def _component(self, block: Mapping[str, object], depth: int) -> str:
        """Converts a block inside a document of another kind, or what stands there instead of text."""
        return component_html(block, lambda held: self.html(held, depth + 1))

    def _with_records(self, document: Mapping[str, object]) -> Embedded:
        """Returns what converts a block of DatoCMS, which names a record that stands beside the document."""
        listed = [record for name in ("blocks", "links") for record in objects(document, name)]
        records = {raw_text(record, "id"): record for record in listed}

        def embedded(node: Mapping[str, object], depth: int) -> str:
            return self._component(records.get(raw_text(node, "item"), node), depth)

        return embedded


def _json_within(text: str) -> dict[str, object] | list[object] | None:
    """Returns the document that a text holds as JSON, as some systems store it."""
    if text.lstrip()[:1] not in ("{", "["):
        return None
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict | list) else None
