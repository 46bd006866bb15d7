"""HTML text into a tree, with a limit on what the parser is given: its work grows with the square of the nesting."""

import re
from collections import Counter

from selectolax.lexbor import LexborHTMLParser

from storycard.errors import ArticleInvalid

_MAX_LEVELS = 1_000  # browsers stop at 512, articles at 40
_HARMLESS = 20_000  # characters, in which nesting costs nothing
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
# What has no end tag, or may do without: these do not nest by being left open.
_OPEN = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
    | {"p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "rt", "rp", "colgroup"}
)


def parse_html(markup: str) -> LexborHTMLParser:
    """The tree that browsers would make of `markup`. Raises ArticleInvalid for one nested a thousand levels deep."""
    if len(markup) > _HARMLESS and _levels(markup) > _MAX_LEVELS:
        raise ArticleInvalid("body", f"HTML of at most {_MAX_LEVELS:,} levels", "more")
    return LexborHTMLParser(markup)


def _levels(markup: str) -> int:
    """How deep elements nest at most, near enough: an end tag closes one of its own name, and scripts hold none."""
    level = deepest = 0
    opened: Counter[str] = Counter()
    tag = _TAG.search(markup)
    while tag and deepest <= _MAX_LEVELS:
        name, end = tag[2].lower(), tag.end()
        if tag[1] and opened[name]:
            opened[name] -= 1
            level -= 1
        elif not tag[1] and name in ("script", "style"):
            end = markup.find(f"</{name}", end)
            if end < 0:
                break
        elif not tag[1] and name not in _OPEN:
            opened[name] += 1
            level += 1
            deepest = max(deepest, level)
        tag = _TAG.search(markup, end)
    return deepest
