"""Parses HTML to a tree. Rejects extreme nesting, for which the parser takes quadratic time."""

import re
from collections import Counter

from selectolax.lexbor import LexborHTMLParser

from storycard.errors import ArticleInvalid

_MAX_LEVELS = 1_000  # browsers stop at 512, articles at 40
_HARMLESS = 20_000  # characters; nesting in a shorter text costs little
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
# Elements whose end tag is forbidden or optional: leaving them open does not nest the next ones.
_UNCLOSED = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
    | {"p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "rt", "rp", "colgroup"}
)


def parse_html(markup: str) -> LexborHTMLParser:
    """Returns the tree that a browser builds for `markup`. Raises ArticleInvalid if it is more than 1,000 levels deep."""
    if len(markup) > _HARMLESS and _estimate_levels(markup) > _MAX_LEVELS:
        raise ArticleInvalid("body", f"HTML of at most {_MAX_LEVELS:,} levels", "more")
    return LexborHTMLParser(markup)


def _estimate_levels(markup: str) -> int:
    """Estimates the nesting depth: an end tag closes one element of its name, and scripts contain no elements."""
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
        elif not tag[1] and name not in _UNCLOSED:
            opened[name] += 1
            level += 1
            deepest = max(deepest, level)
        tag = _TAG.search(markup, end)
    return deepest
