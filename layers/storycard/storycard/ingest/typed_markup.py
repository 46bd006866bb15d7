"""Reads the mark-up that stands in plain text: character references, HTML that is well-formed, and Markdown's emphasis.

What only looks like mark-up stays as it was typed: "From <b> to <strong>", "2 * 3 * 4", "snake_case".
HTML: https://html.spec.whatwg.org · Markdown: https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from storycard.article import MAX_TEXT
from storycard.ingest.plain_text import clean_line, decode_references

_ATTRIBUTE = r"\s+[A-Za-z_:][\w:.-]*(?:\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>=]+))?"
_TAG = re.compile(rf"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?P<attributes>(?:{_ATTRIBUTE})*)\s*(?P<closed>/?)>")
_ELEMENTS = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q", "ruby"}
    | {"s", "samp", "script", "small", "span", "strike", "strong", "style", "sub", "sup", "svg", "time", "tt", "u", "var", "rb"}
    | {"rt", "rp", "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li", "section", "center"}
)
_MAX_OPEN = 50  # elements that may be open inside a pair
_VOID = frozenset({"br", "wbr", "hr", "img"})
_CJK = "\u3000-\u30ff\u3400-\u9fff\uff00-\uffef"
_BEFORE = rf"(?:^|(?<=[\s(\[{{\"'“‘«„¿¡—–*_~{_CJK}-]))"
_AFTER = rf"(?=$|\W|[_{_CJK}])"
_CODE = re.compile(rf"{_BEFORE}(`+)(?P<text>[^`]*[^`\s][^`]*)\1{_AFTER}")
_LINK = re.compile(r"(?P<image>!?)\[(?P<text>[^\[\]]*)\]\((?:https?:|mailto:|tel:|[/#])[^\s()]*(?:\s+(?:\"[^\"]*\"|'[^']*'))?\)")
_EMPHASIS = tuple(
    re.compile(f"{_BEFORE}(?<!{sign}){mark}(?P<text>(?![\\s{sign}]){inner}+(?<![\\s{sign}])){mark}(?!{sign}){after}")
    for mark, sign, inner, after in (
        (r"\*\*\*", r"\*", r"[^*]", r"(?!\d)"),
        (r"\*\*", r"\*", r"(?:[^*]|\*(?!\*))", r"(?!\d)"),  # "**Storm**s" is emphasis too
        (r"\*", r"\*", r"[^*]", _AFTER),
        ("__", "_", r"(?:[^_]|_(?!_))", _AFTER),
        ("_", "_", r"(?:[^_]|(?<=\w)_(?=\w))", _AFTER),
    )
)
_STRUCK = re.compile(rf"{_BEFORE}~~(?![\s~])[^~]+(?<![\s~])~~{_AFTER}")
_HELD = re.compile("\uf8f0(\\d+)\uf8f1")  # stands for a code span while the rest is read


class Meaning(NamedTuple):
    """A text as it is meant, and the kinds of mark-up that it had."""

    text: str
    kinds: tuple[str, ...] = ()


def read_typed(text: str) -> Meaning:
    """Returns the meaning of a text that may have character references, HTML and Markdown, as one clean line."""
    if len(text) > MAX_TEXT:  # Article rejects longer texts anyway
        return Meaning(clean_line(text))
    code: list[str] = []

    def hold(span: re.Match[str]) -> str:
        code.append(span["text"].strip())
        return f"\uf8f0{len(code) - 1}\uf8f1"

    html = read_html(_CODE.sub(hold, clean_line(text)))
    plain = _without_markdown(html.text)
    kinds = (*html.kinds, "Markdown") if code or plain != html.text else html.kinds
    return Meaning(clean_line(_HELD.sub(lambda held: code[int(held[1])] if int(held[1]) < len(code) else held[0], plain)), kinds)


def read_html(text: str) -> Meaning:
    """Returns the meaning of a text that may have character references and HTML, as one clean line."""
    if len(text) > MAX_TEXT or ("<" not in text and "&" not in text):
        return Meaning(clean_line(text))
    bare = _without_comments(text)
    tags = sorted(_paired_tags(bare), key=lambda tag: tag.start())
    if not tags:
        decoded = decode_references(decode_references(bare))
        kinds = [kind for kind, found in (("character references", decoded != bare), ("HTML", bare != text)) if found]
        return Meaning(clean_line(decoded), tuple(kinds))
    from storycard.ingest.html.inline import read_line  # the parser is slow to load, and few texts need it

    parts = [bare[end : tag.start()] for tag, end in zip(tags, (0, *(tag.end() for tag in tags)), strict=False)]
    typed = [_escaped(part) for part in (*parts, bare[tags[-1].end() :])]
    referring = any(decode_references(part) != part for part in (*parts, bare[tags[-1].end() :]))
    markup = "".join(part + tag for part, tag in zip(typed, (*(tag[0] for tag in tags), ""), strict=True))
    return Meaning(read_line(markup), ("character references", "HTML") if referring else ("HTML",))


def html_text(text: str) -> str:
    """Returns the meaning of a text that may have character references and HTML, but no Markdown."""
    return read_html(text).text


def _without_comments(text: str) -> str:
    while (start := text.find("<!--")) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        text = text[:start] + text[end + 3 :]
    return text


def _paired_tags(text: str) -> Iterator[re.Match[str]]:
    """Yields the tags that are mark-up: those in pairs, and those of void elements that stand like a break."""
    opened: list[re.Match[str]] = []
    for tag in _TAG.finditer(text):
        name = tag["name"].lower()
        if name in _VOID:
            if tag["closed"] or tag["attributes"] or not _stands_alone(text, tag):
                yield tag
        elif name in _ELEMENTS and not tag["end"] and not tag["closed"]:
            opened.append(tag)
        elif name in _ELEMENTS and tag["end"]:
            nearest = range(len(opened) - 1, max(-1, len(opened) - 1 - _MAX_OPEN), -1)
            index = next((at for at in nearest if opened[at]["name"].lower() == name), None)
            if index is None:
                continue
            start = opened[index]
            del opened[index:]
            inner = text[start.end() : tag.start()]
            if not (inner[:1].isspace() and inner[-1:].isspace()):  # "<b> and </b>" speaks of tags
                yield start
                yield tag


def _stands_alone(text: str, tag: re.Match[str]) -> bool:
    """Returns whether a tag stands like a word, between spaces or punctuation."""
    before, after = text[: tag.start()][-1:], text[tag.end() :][:1]
    return not (before.isalnum() or before in tuple(">.!?")) and not (after.isalnum() or after == "<")


def _escaped(part: str) -> str:
    """Returns typed text as HTML: only whole character references keep their meaning."""
    return re.sub(r"&(?!(?:[a-zA-Z][a-zA-Z0-9]*|#\d+|#[xX][0-9a-fA-F]+);)", "&amp;", part).replace("<", "&lt;")


def _without_markdown(text: str) -> str:
    text = _LINK.sub(lambda link: "" if link["image"] else link["text"], text)
    text = _STRUCK.sub("", text)
    for pattern in _EMPHASIS:
        text = pattern.sub(lambda found: found["text"], text)
    return text
