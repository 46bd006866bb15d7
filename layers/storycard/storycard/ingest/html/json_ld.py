"""Finds an article and questions among the JSON-LD nodes of a page, in scripts, graphs and lists, even malformed ones."""

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any, NamedTuple

from storycard.article import QuestionAndAnswer
from storycard.ingest.fields import MAX_DEPTH, at, items, raw_text, text
from storycard.ingest.typed_markup import html_text

# Article and the types that schema.org derives from it.
_ARTICLES = (
    *("LiveBlogPosting", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle"),
    *("OpinionNewsArticle", "ReviewNewsArticle", "AskPublicNewsArticle", "AdvertiserContentArticle", "SatiricalArticle"),
    *("Report", "BlogPosting", "SocialMediaPosting", "ScholarlyArticle", "TechArticle", "Article"),
)
_FAQS = ("FAQPage", "QAPage")
_HOLDERS = frozenset({"@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "hasPart", "image", "author", "publisher"})
_LISTS = re.compile("<(?:ul|ol|dl|table)[ >]", re.IGNORECASE)
# Also matches an unterminated string; otherwise the regex retries from every quote (quadratic).
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_TRAILING_COMMA = re.compile(r",\s*(?=[}\]])")
_WRAPPINGS = (("<!--", "-->"), ("<![CDATA[", "]]>"))


class Nodes(NamedTuple):
    """The article's node, empty if there is none, all nodes by their @id, to resolve references, and the questions."""

    story: dict[str, Any]
    by_id: dict[str, dict[str, Any]]
    questions: tuple[QuestionAndAnswer, ...]


def read_nodes(scripts: Iterable[str]) -> Nodes:
    """Reads the nodes of a page. An article with a headline is preferred, then the one with the most properties."""
    nodes = [node for script in scripts for node in _nodes(_parse(script))]
    by_id = {text(node, "@id"): node for node in reversed(nodes) if len(node) > 1 and text(node, "@id")}
    articles = [node for node in nodes if _is_one_of(_ARTICLES, node)]
    pairs = (pair for node in nodes if _is_one_of(_FAQS, node) for pair in _questions(node, by_id))
    story = max(articles, key=lambda node: (bool(text(node, "headline")), len(node)), default={})
    return Nodes(story, by_id, tuple(dict.fromkeys(pairs)))


def _is_one_of(kinds: tuple[str, ...], node: dict[str, Any]) -> bool:
    return any(raw_text(kind).rpartition("/")[2] in kinds for kind in items(node, "@type"))


def _questions(page: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> Iterator[QuestionAndAnswer]:
    """Yields the questions of an FAQPage or QAPage with their accepted answers, but for those with lists or tables."""
    for entity in items(page, "mainEntity"):
        node = by_id.get(text(entity, "@id"), entity)
        accepted = at(items(node, "acceptedAnswer"), 0)
        question = html_text(raw_text(node, "name") or raw_text(node, "text"))
        answer = raw_text(by_id.get(text(accepted, "@id"), accepted), "text")
        if question and not _LISTS.search(answer) and (plain := html_text(answer)):
            yield QuestionAndAnswer(question, plain)


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
