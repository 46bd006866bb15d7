"""The JSON-LD of a page, in several scripts, graphs and lists, some of it broken, into the one node that is the article."""

import json
import re
from collections.abc import Iterable
from html import unescape
from typing import Any

from storycard.ingest.fields import MAX_DEPTH, items, raw_text, text

# What schema.org calls an article, the more special first: the article is what a reader came for, whatever else is on the page.
_ARTICLES = (
    *(
        "LiveBlogPosting",
        "NewsArticle",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "BackgroundNewsArticle",
        "OpinionNewsArticle",
    ),
    *("ReviewNewsArticle", "AskPublicNewsArticle", "AdvertiserContentArticle", "SatiricalArticle", "Report", "BlogPosting"),
    *("SocialMediaPosting", "ScholarlyArticle", "TechArticle", "Article"),
)
# One that never ends as well: each quote in it would be tried as a start.
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_TRAILING_COMMA = re.compile(r",\s*(?=[}\]])")
_WRAPPINGS = (("<!--", "-->"), ("<![CDATA[", "]]>"))


def news_article(scripts: Iterable[str]) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """The article's node, empty where there is none, and every node by its @id, for those that are only referred to."""
    nodes = [node for script in scripts for node in _nodes(_parsed(script))]
    by_id = {text(node, "@id"): node for node in reversed(nodes) if len(node) > 1 and text(node, "@id")}
    ranked = [(_rank(node), -len(node), index) for index, node in enumerate(nodes) if _rank(node) is not None]
    best = nodes[min(ranked)[2]] if ranked else {}
    return best, by_id


def is_of(node: object, *kinds: str) -> bool:
    return any(raw_text(kind).rpartition("/")[2] in kinds for kind in items(node, "@type"))


def _rank(node: dict[str, Any]) -> int | None:
    if not is_of(node, *_ARTICLES):
        return None
    return 0 if text(node, "headline") else 1


def _nodes(value: object) -> list[dict[str, Any]]:
    """Every object, however deep: graphs, lists, what a page is mainly about."""
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


def _parsed(script: str) -> object:
    """The JSON in a script; what search engines forgive is mended: comments, entities, bare line breaks, commas at the end."""
    for attempt in (str, _mended, lambda text: _mended(unescape(text))):
        try:
            return json.loads(attempt(script))
        except (ValueError, RecursionError):
            continue
    return None


def _mended(script: str) -> str:
    script = _unwrapped(_unwrapped(script)).strip()
    script = _STRING.sub(lambda match: re.sub(r"[\x00-\x1f]+", " ", match[0]), script)
    return _TRAILING_COMMA.sub("", script)


def _unwrapped(script: str) -> str:
    """Without a comment or CDATA mark, itself perhaps in a comment of JavaScript, at either end, and without a last semicolon."""
    script = script.strip()
    for start, end in _WRAPPINGS:
        if (body := script.removeprefix("//").lstrip()).startswith(start):
            script = body.removeprefix(start)
        if script.endswith(end):
            script = script.removesuffix(end).rstrip().removesuffix("//").rstrip()
    return script.removesuffix(";")
