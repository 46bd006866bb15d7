"""Reads lines of HTML, such as headlines and captions, as a reader sees them."""

import re
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from storycard.ingest.html.shifted import shifted
from storycard.ingest.html.tree import parse_html
from storycard.ingest.plain_text import clean_line, decode_references

# Elements without readable text, wherever they occur.
NO_TEXT = frozenset(
    {"script", "style", "noscript", "template", "head", "nav", "form", "button", "select", "svg", "iframe", "object", "audio"}
    | {"video", "dialog", "menu", "textarea", "math", "canvas"}
)
INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q", "ruby", "s"}
    | {"samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr", "del", "strike", "big", "tt", "rb", "center"}
)
_OMITTED = frozenset({"rt", "rp", "rtc", "del", "strike", "s"})  # ruby annotations and deleted text
_HIDDEN = re.compile(
    r"(?:^|[\s_-])(?:sr-only|screen-?reader(?:-text|-only)?|visually-?hidden|a11y-hidden|show-for-sr|element-invisible|"
    r"hide-?visually|assistive-text|off-?screen|hide-text|hidden|hide|invisible|d-none)(?=$|[\s_])",
    re.IGNORECASE,
)
_UNDRAWN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:left|text-indent)\s*:\s*-\d{3}|clip\s*:\s*rect|"
    r"(?:opacity|font-size)\s*:\s*0(?![.\d])",
    re.IGNORECASE,
)
_AS_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|grid|table|list-item)", re.IGNORECASE)
_NOTE = re.compile(r"footnote|noteref|fn-?ref|reference|citation|endnote|easy-footnote|modern-footnote", re.IGNORECASE)
_KICKER = re.compile(r"kicker|eyebrow|overline|pre-?title|super-?title|topline|dachzeile|antetitulo|surtitre", re.IGNORECASE)
_LABEL = re.compile(r"(?:^|[\s_-])(?:label|badge|tag|category|flag|pill|prefix|rubri[ck])(?=$|[\s_])", re.IGNORECASE)
_PERMALINK = re.compile(r"permalink|headerlink|anchor", re.IGNORECASE)
# Signs between texts; clean_line removes those that do not separate words.
_SPAN_END, _KICKER_EDGE, _SPAN_START = "\x00", "\x01", "\x02"
_MAY_BE_KICKER = frozenset({"span", "small", "strong", "b", "em", "i", "mark"})
_BETWEEN_WORDS = re.compile(
    rf"(?<=\w){_SPAN_END}*{_KICKER_EDGE}+{_SPAN_START}*(?=\w)|(?<=\w\w\w\w){_SPAN_END}{_SPAN_START}(?=\w\w\w)"
    rf"|(?<=[:!?|]){_SPAN_END}+{_SPAN_START}*(?=\w)"
)
_AFTER_WORD = re.compile(rf"(?<=\w\w\w)(\w){_SPAN_END}+{_SPAN_START}*(?=(\w\w))")
_AROUND_KICKER = " :：|·–—-"
_CONTEXT = 8  # texts before a superscript that tell what it is


class Title(NamedTuple):
    """A headline, and the kicker that stood in it."""

    headline: str
    kicker: str = ""


def read_line(markup: str) -> str:
    """Returns a headline or a caption as one clean line. Character references may be escaped once or twice."""
    if "<" not in markup and "&" not in markup:
        return clean_line(markup)
    return visible_line(parse_html(markup).body)


def read_title(markup: str) -> Title:
    """Returns a headline without the kicker that it begins with, if an element is named as one."""
    if "<" not in markup:
        return Title(read_line(markup))
    root = parse_html(markup).body
    return title_within(root) if root else Title("")


def title_within(root: LexborNode) -> Title:
    """Returns the headline inside an element, and the kicker that it begins with."""
    whole = visible_line(root)
    for node in root.css("[class]")[:10]:
        if _KICKER.search(node.attributes.get("class") or ""):
            kicker, rest = visible_line(node), visible_line(root, node.mem_id)
            if kicker and rest and whole.startswith(kicker):
                return Title(rest.lstrip(_AROUND_KICKER), kicker.rstrip(_AROUND_KICKER))
    return Title(whole)


def visible_line(root: LexborNode | None, without: int = 0) -> str:
    """Returns the text inside `root` as one clean line, without the element whose `mem_id` is `without`."""
    return reader_text(_collected(root, without)) if root else ""


def reader_text(text: str) -> str:
    """Returns text nodes as one clean line. References that are left in it were escaped twice."""
    return clean_line(decode_references(text))


def is_unseen(node: LexborNode) -> bool:
    """Returns whether a reader sees nothing of an element: deleted, hidden, for screen readers only, or a link to itself."""
    tag, attributes = node.tag, node.attributes
    if tag in NO_TEXT or tag in _OMITTED or "hidden" in attributes or _UNDRAWN.search(attributes.get("style") or ""):
        return True
    if _HIDDEN.search(attributes.get("class") or ""):
        return True
    if attributes.get("aria-hidden") == "true":  # seen, if another element says the same to screen readers
        beside = [sibling.attributes.get("class") or "" for sibling in (node.prev, node.next) if sibling]
        return not any(map(_HIDDEN.search, beside))
    if tag != "a" or "#" not in (attributes.get("href") or ""):
        return False
    text = node.text().strip()
    named = _PERMALINK.search(attributes.get("class") or "") and _PERMALINK.fullmatch(text)
    return bool(named) or not any(map(str.isalnum, text))


def shifted_text(node: LexborNode, before: str) -> str:
    """Returns the text of a `<sup>` or `<sub>` after the text `before`; "" if it refers to a note."""
    names = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
    linked = node.css_first("a") or (node.parent and node.parent.tag == "a")
    if node.tag == "sup" and (linked or _NOTE.search(names)):
        return ""
    after = (node.next.text_content or "") if node.next and node.next.tag == "-text" else ""
    return shifted("sub" if node.tag == "sub" else "sup", _collected(node, flat=True), before, after)


def emoji_text(node: LexborNode) -> str:
    """Returns the emoji that an image stands for, as WordPress and others write it; "" for any other element."""
    is_emoji = node.tag == "img" and "emoji" in (node.attributes.get("class") or "")
    return (node.attributes.get("alt") or "") if is_emoji else ""


def _collected(root: LexborNode, without: int = 0, *, flat: bool = False) -> str:
    """Returns the text that a reader sees inside `root`, with spaces for breaks and blocks.

    Superscripts and subscripts stay as they are if `flat`.
    """
    texts: list[str] = []
    waiting: list[LexborNode | str] = _children(root)
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            texts.append(node)
        elif node.tag == "-text":
            texts.append(node.text_content or "")
        elif node.mem_id == without or (node.tag or "-").startswith("-") or is_unseen(node):
            continue
        elif node.tag in ("sup", "sub") and not flat:
            texts.append(shifted_text(node, "".join(texts[-_CONTEXT:])))
        else:
            emoji = emoji_text(node)
            before, after = (emoji, "") if emoji else _edges(node)
            texts.append(before)
            waiting += [after, *_children(node)]
    text = _BETWEEN_WORDS.sub(" ", "".join(texts))
    return _AFTER_WORD.sub(lambda end: end[1] + " " if _begins_word(end[1], end[2]) else end[1], text)


def _children(node: LexborNode) -> list[LexborNode | str]:
    """Returns the children of an element, the last one first."""
    children: list[LexborNode | str] = []
    child = node.last_child
    while child is not None:
        children.append(child)
        child = child.prev
    return children


def _edges(node: LexborNode) -> tuple[str, str]:
    """Returns what stands before and after the text of an element."""
    if node.tag not in INLINE or _AS_BLOCK.search(node.attributes.get("style") or ""):
        return " ", " "
    if node.tag == "q":
        return '"', '"'
    names = node.attributes.get("class") or ""
    if _KICKER.search(names) or _LABEL.search(names):
        return _KICKER_EDGE, _KICKER_EDGE
    return _SPAN_START if node.tag == "span" else "", _SPAN_END if node.tag in _MAY_BE_KICKER else ""


def _begins_word(last: str, following: str) -> bool:
    """Returns whether a word begins after a span, which its capital shows: "Analysis" + "Why", "ANALYSIS" + "Why"."""
    return following[0].isupper() and following[1].islower() and last.isalpha()
