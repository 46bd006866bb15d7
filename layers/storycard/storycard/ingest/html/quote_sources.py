"""Reads the parts of a source element, such as `<cite>`: name, role and whatever else mark-up keeps apart."""

import re
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from storycard.ingest.html.inline import INLINE, is_unseen, reader_text, shifted_text

_NAME_CLASS = re.compile(r"(?<![a-z])(?:name|author|speaker|person|who)(?![a-z])", re.IGNORECASE)
_MAX_DEPTH = 40  # levels within a source
_MAX_TEXTS = 100


class _Text(NamedTuple):
    text: str
    begins: bool  # after a line's end or at the beginning of a block
    named: bool  # in an element that is classed as a name


def source_parts(node: LexborNode) -> list[str]:
    """Returns the texts that line breaks, blocks and elements of their own keep apart, the one classed as a name first.

    An inline element is a part of its own beside a complete name, and where its text would otherwise run into another word:
    `<span>Name</span><span>role</span>`.
    """
    texts: list[_Text] = []
    _collect(node, texts, depth=0, named=False)
    parts: list[tuple[str, bool]] = []
    for text, begins, named in texts:
        before = parts[-1][0] if parts else ""
        if not parts or (text.strip() and before.strip() and (begins or _are_apart(before, text))):
            parts.append((text, named))
        else:
            parts[-1] = (before + text, parts[-1][1] or named)
    parts.sort(key=lambda part: not part[1])
    return [cleaned for cleaned in (reader_text(text) for text, _ in parts) if cleaned.strip(" ,–—-")]


def _collect(node: LexborNode, texts: list[_Text], *, depth: int, named: bool) -> None:
    child, begins = node.child, node.tag not in INLINE
    while child is not None and len(texts) < _MAX_TEXTS:
        if child.tag == "-text":
            texts.append(_Text(child.text_content or "", begins, named))
            begins = False
        elif child.tag == "br":
            begins = True
        elif child.tag in ("sup", "sub"):
            if texts:
                texts[-1] = texts[-1]._replace(text=texts[-1].text + shifted_text(child, texts[-1].text))
        elif child.tag and not child.tag.startswith(("-", "!")) and not is_unseen(child) and depth < _MAX_DEPTH:
            start, block = len(texts), child.tag not in INLINE
            classes = child.attributes.get("class") or ""
            _collect(child, texts, depth=depth + 1, named=named or bool(_NAME_CLASS.search(classes)))
            if (begins or block) and start < len(texts):
                texts[start] = texts[start]._replace(begins=True)
            begins = block
        child = child.next


def _are_apart(before: str, after: str) -> bool:
    """Returns whether two texts, with an element's edge between them, are parts of their own."""
    touching = before[-1].isalnum() and after[0].isalnum()
    words = before.split()
    after_name = len(words) > 1 and words[-1][:1].isupper()
    return touching or (after_name and after.strip()[0].isalnum())
