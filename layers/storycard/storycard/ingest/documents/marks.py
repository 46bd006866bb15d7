"""Converts the marks of block editors to HTML: of a whole text, or of ranges of one."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from html import escape
from typing import NamedTuple

# Names of marks by the elements that the reader of HTML knows. Others, such as underlines and colours, change no meaning.
_TAGS: Mapping[str, str] = {
    **dict.fromkeys(("bold", "strong", "b"), "strong"),
    **dict.fromkeys(("italic", "em", "emphasis", "i"), "em"),
    **dict.fromkeys(("strike", "strikethrough", "strikethru", "linethrough", "s", "del"), "s"),
    **dict.fromkeys(("subscript", "sub"), "sub"),
    **dict.fromkeys(("superscript", "sup", "super"), "sup"),
    **dict.fromkeys(("link", "hyperlink", "a", "internallink"), "a"),
    "code": "code",
}
# The bits of Lexical's `format`. https://github.com/facebook/lexical/blob/main/packages/lexical/src/LexicalConstants.ts
_LEXICAL_BITS = ((1, "strong"), (2, "em"), (4, "s"), (16, "code"), (32, "sub"), (64, "sup"))
_WORD = re.compile("[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_ORDER = ("a", "strong", "em", "s", "sub", "sup", "code")  # from the outside


class Range(NamedTuple):
    """A marked part of a text, from one UTF-16 offset to another, as JavaScript counts."""

    start: int
    end: int
    tag: str


def plain_name(name: object) -> str:
    """Returns the name of a block or mark in lower-case letters and digits: "bulleted-list" and "bulletedList" are the same."""
    return re.sub("[^a-z0-9]", "", name.lower()) if isinstance(name, str) else ""


def name_words(name: object) -> set[str]:
    """Returns the words of a name in lower case: those of "keyPoints", "key_points" and "shared.key-points"."""
    return {word.lower() for word in _WORD.findall(name)} if isinstance(name, str) else set()


def mark_tag(name: object) -> str:
    """Returns the element for a mark, "" for one that changes no meaning."""
    return _TAGS.get(plain_name(name), "")


def leaf_tags(leaf: Mapping[str, object]) -> set[str]:
    """Returns the elements for a text's marks: a list, Lexical's number, Slate's and BlockNote's flags."""
    marks, number, styles = leaf.get("marks"), leaf.get("format"), leaf.get("styles")
    named = [mark.get("type") if isinstance(mark, dict) else mark for mark in marks] if isinstance(marks, list) else []
    flags = {**leaf, **styles} if isinstance(styles, dict) else leaf
    named += [name for name, value in flags.items() if value is True]
    bits = number if isinstance(number, int) and not isinstance(number, bool) else 0
    return {tag for tag in map(mark_tag, named) if tag} | {tag for bit, tag in _LEXICAL_BITS if bits & bit}


def text_html(text: str, tags: Iterable[str] = ()) -> str:
    """Returns a text as HTML inside these elements, with its line ends as breaks."""
    markup = escape(text, quote=False).replace("\n", "<br>")
    wanted = set(tags)
    for tag in reversed(_ORDER):
        if tag in wanted and markup:
            markup = f"<{tag}>{markup}</{tag}>"
    return markup


def ranges_html(text: str, ranges: Iterable[Range]) -> str:
    """Returns a text with marked ranges as HTML. Ranges may overlap; what lies outside the text is ignored."""
    units = text.encode("utf-16-le", "surrogatepass")
    edges: list[tuple[int, int, str]] = []
    for start, end, tag in ranges:
        if tag and 0 <= start < end:
            edges += [(_whole(units, start), 1, tag), (_whole(units, end), -1, tag)]
    opened, parts, position = Counter[str](), list[str](), 0
    for at, change, tag in [*sorted(edges), (len(units), 0, "")]:
        part = units[position:at].decode("utf-16-le", "surrogatepass")
        parts.append(text_html(part, (name for name, count in opened.items() if count > 0)))
        opened[tag] += change
        position = at
    return "".join(parts)


def _whole(units: bytes, offset: int) -> int:
    """Returns the offset in bytes, not inside a surrogate pair, and no further than the end."""
    at = min(2 * offset, len(units))
    return at - 2 if at < len(units) and 0xDC <= units[at + 1] <= 0xDF else at
