"""Finds the article among the JSON-LD nodes of a page, in any number of scripts, graphs and lists, even malformed ones."""

import json
import re
from collections.abc import Iterable
from html import unescape
from typing import Any

from storycard.ingest.fields import MAX_DEPTH, items, raw_text, text

# Article and the types that schema.org derives from it.
_ARTICLES = (
    *("LiveBlogPosting", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle"),
    *("OpinionNewsArticle", "ReviewNewsArticle", "AskPublicNewsArticle", "AdvertiserContentArticle", "SatiricalArticle"),
    *("Report", "BlogPosting", "SocialMediaPosting", "ScholarlyArticle", "TechArticle", "Article"),
)
# Also matches an unterminated string; otherwise the regex retries from every quote (quadratic).
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_TRAILING_COMMA = re.compile(r",\s*(?=[}\]])")
_WRAPPINGS = (("<!--", "-->"), ("<![CDATA[", "]]>"))


def news_article(scripts: Iterable[str]) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Returns the article's node, empty if there is none, and all nodes by their @id, to resolve references.

    A node with a headline is preferred, then the one with the most properties.
    """
    nodes = [node for script in scripts for node in _nodes(_parse(script))]
    by_id = {text(node, "@id"): node for node in reversed(nodes) if len(node) > 1 and text(node, "@id")}
    articles = [node for node in nodes if _is_article(node)]
    return max(articles, key=lambda node: (bool(text(node, "headline")), len(node)), default={}), by_id


def _is_article(node: dict[str, Any]) -> bool:
    return any(raw_text(kind).rpartition("/")[2] in _ARTICLES for kind in items(node, "@type"))


def _nodes(value: object) -> list[dict[str, Any]]:
    """Returns every object in graphs and lists, and in the properties that hold other nodes."""
    found: list[dict[str, Any]] = []
    waiting = [(value, 0)]
    while waiting:
        value, depth = waiting.pop(0) if len(waiting) < 1_000 else waiting.pop()
        if isinstance(value, dict):
            found.append(value)
            waiting += [(inner, depth + 1) for key, inner in value.items() if key in _HOLDERS and depth < MAX_DEPTH]
        elif isinstance(value, list) and depth < MAX_DEPTH:
            waiting += [(inner, depth + 1) for inner in value]
    return found


_HOLDERS = frozenset({"@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "hasPart", "image", "author", "publisher"})


def _parse(script: str) -> object:
    """Parses the JSON in a script; None if that fails.

    Repairs what search engines tolerate: comments, entities, unescaped line breaks, trailing commas.
    """
    for attempt in (str, _repair, lambda text: _repair(unescape(text))):
        try:
            return json.loads(attempt(script))
        except (ValueError, RecursionError):
            continue
    return None


def _repair(script: str) -> str:
    script = _unwrap(_unwrap(script)).strip()
    script = _STRING.sub(lambda match: re.sub(r"[\x00-\x1f]+", " ", match[0]), script)
    return _TRAILING_COMMA.sub("", script)


def _unwrap(script: str) -> str:
    """Removes a comment or CDATA delimiter at each end, with a JavaScript `//` before it, and a final semicolon."""
    script = script.strip()
    for start, end in _WRAPPINGS:
        if (body := script.removeprefix("//").lstrip()).startswith(start):
            script = body.removeprefix(start)
        if script.endswith(end):
            script = script.removesuffix(end).rstrip().removesuffix("//").rstrip()
    return script.removesuffix(";")
