"""Converts documents that are flat lists of blocks: Portable Text, Prismic's StructuredText and Draft.js.

Portable Text: https://www.portabletext.org · StructuredText: https://prismic.io/docs/fields/rich-text ·
Draft.js: https://draftjs.org/docs/api-reference-data-conversion
"""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from storycard.ingest.documents.marks import Range, leaf_tags, mark_tag, plain_name, ranges_html, text_html
from storycard.ingest.fields import at, objects, raw_text

_MAX_LIST_LEVEL = 8
_STYLES = {"blockquote": "blockquote", "quote": "blockquote", "codeblock": "pre", "preformatted": "pre", "pre": "pre"}
_LISTS = {"bullet": "ul", "unorderedlistitem": "ul", "listitem": "ul", "number": "ol", "orderedlistitem": "ol", "olistitem": "ol"}
_HEADINGS = ("one", "two", "three", "four", "five", "six")

Embedded = Callable[[Mapping[str, object]], str]  # converts a block of the site's own


class _Block(NamedTuple):
    markup: str
    tag: str = ""  # "ul" or "ol" for an item of such a list, "" for mark-up of its own
    level: int = 1


def heading_level(name: str) -> int:
    """Returns the level in the name of a heading ("h2", "heading3", "header-two", "heading-1"), or 0."""
    rest = name.removeprefix("heading").removeprefix("header").removeprefix("h")
    if rest == name:
        return 0
    return _HEADINGS.index(rest) + 1 if rest in _HEADINGS else int(rest) if rest in "123456" and rest else 0


def portable_text_html(blocks: list[object], embedded: Embedded) -> str:
    def convert(block: Mapping[str, object]) -> _Block:
        if raw_text(block, "_type") != "block" and not isinstance(block.get("children"), list):
            return _Block(embedded(block))
        links = {raw_text(mark, "_key") for mark in objects(block, "markDefs") if mark_tag(raw_text(mark, "_type")) == "a"}
        spans = (
            text_html(raw_text(span, "text"), leaf_tags(span) | ({"a"} if links.intersection(_marks(span)) else set()))
            if "text" in span
            else embedded(span)
            for span in objects(block, "children")
        )
        level = block.get("level")
        item = _LISTS.get(plain_name(block.get("listItem")), "")
        return _styled("".join(spans), plain_name(block.get("style")), item, level if isinstance(level, int) else 1)

    return _joined(convert(block) for block in blocks if isinstance(block, dict))


def prismic_html(blocks: list[object], embedded: Embedded) -> str:
    def convert(block: Mapping[str, object]) -> _Block:
        if "text" not in block:  # an image, an embed, or a block of the site's own
            return _Block(embedded(block))
        ranges = (_range(span, "start", "end", mark_tag(span.get("type"))) for span in objects(block, "spans"))
        kind = plain_name(block.get("type"))
        return _styled(ranges_html(raw_text(block, "text"), ranges), kind, _LISTS.get(kind, ""), 1)

    return _joined(convert(block) for block in blocks if isinstance(block, dict))


def draft_js_html(blocks: list[object], entities: Mapping[str, object]) -> str:
    def convert(block: Mapping[str, object]) -> _Block:
        ranges = [
            _range(span, "offset", "length", mark_tag(span.get("style")), is_length=True)
            for span in objects(block, "inlineStyleRanges")
        ]
        ranges += [
            _range(span, "offset", "length", mark_tag(at(entities, str(span.get("key")), "type")), is_length=True)
            for span in objects(block, "entityRanges")
        ]
        kind, depth = plain_name(block.get("type")), block.get("depth")
        level = depth + 1 if isinstance(depth, int) else 1
        return _styled(ranges_html(raw_text(block, "text"), ranges), kind, _LISTS.get(kind, ""), level)

    return _joined(convert(block) for block in blocks if isinstance(block, dict))


def _marks(span: Mapping[str, object]) -> list[str]:
    marks = span.get("marks")
    return [mark for mark in marks if isinstance(mark, str)] if isinstance(marks, list) else []


def _range(span: Mapping[str, object], start: str, end: str, tag: str, *, is_length: bool = False) -> Range:
    first, last = (number if isinstance(number := span.get(name), int) else -1 for name in (start, end))
    return Range(first, first + last if is_length else last, tag)


def _styled(markup: str, style: str, list_tag: str, level: int) -> _Block:
    if list_tag:
        return _Block(markup, list_tag, min(max(level, 1), _MAX_LIST_LEVEL))
    heading = heading_level(style)
    tag = f"h{heading}" if heading else _STYLES.get(style, "p")
    return _Block(f"<{tag}>{markup}</{tag}>" if markup else "")


def _joined(blocks: Iterable[_Block]) -> str:
    """Joins the blocks, with the items of lists inside lists by level."""
    parts, opened = list[str](), list[str]()
    for block in blocks:
        level = block.level if block.tag else 0
        while len(opened) > level or (opened and len(opened) == level and opened[-1] != block.tag):
            parts.append(f"</li></{opened.pop()}>")
        if not block.tag:
            parts.append(block.markup)
            continue
        if len(opened) == block.level:
            parts.append("</li>")
        while len(opened) < block.level:
            opened.append(block.tag)
            parts.append(f"<{block.tag}>" + ("<li>" if len(opened) < block.level else ""))
        parts.append(f"<li>{block.markup}")
    return "".join(parts) + "".join(f"</li></{tag}>" for tag in reversed(opened))
