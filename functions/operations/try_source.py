"""Implements `storycard try-source`: shows what a webhook source makes of an event, before anything is deployed."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from adapters.cms.article_map import ArticleMap, Found, find_fields, read_found
from adapters.cms.events import read_event
from adapters.cms.events.event import CmsEvent, Content, Irrelevant, Notice, Withdrawal
from adapters.config.webhook_sources import Source, parse_sources
from adapters.storage.inbox import Delivery
from storycard.article import Article
from storycard.commands.common import DEFAULT_ASSETS
from storycard.errors import ArticleInvalid, FieldError, require_known_name, shown
from storycard.ingest import read_article
from storycard.ingest.documents.rich_text import as_html
from storycard.ingest.fields import read_object
from storycard.ingest.formats.native import to_native
from storycard.ingest.html.blocks import read_blocks
from storycard.ingest.mapped.flags import FIELDS, closes
from storycard.language.languages import load_languages

TAKEN, REFUSED, INVALID = 0, 1, 2  # exit statuses
_SHOWN = 160  # characters of a value
# Where a table's keys are in native JSON, if they have other names there.
_NATIVE_NAMES = {"social_headline": ("social_headlines", "all"), "social_headline_x": ("social_headlines", "x")}


def command(argv: list[str]) -> int:
    """Runs `storycard try-source ARGV`. Returns 0, 1 if the event would be refused, or 2 for a fault in a file or argument."""
    options = _parser().parse_args(argv)
    try:
        sources = parse_sources(_read(options.file).decode("utf-8", "replace"), with_secrets=False)
        source, now = _chosen(sources, options.source), datetime.now(UTC)
        delivery = source.delivery(_read(options.event), now, now)
    except FieldError as error:
        print(f"storycard: {error}", file=sys.stderr)
        return INVALID
    return _try(delivery)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="storycard try-source", description="Show what a webhook source makes of an event.")
    parser.add_argument("file", type=Path, metavar="FILE.toml", help="a file with [sources.NAME]; its secrets are not checked")
    parser.add_argument("event", type=Path, metavar="EVENT.json", help="the body of a webhook, as the CMS sends it")
    parser.add_argument("--source", metavar="NAME", help="the source, if the file has several")
    return parser


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FieldError(str(path), "a readable file", error.strerror or str(error)) from error


def _chosen(sources: Mapping[str, Source], name: str | None) -> Source:
    if name is None and len(sources) != 1:
        raise FieldError("--source", "one of " + ", ".join(sources), "nothing")
    return sources[require_known_name(sources, name or next(iter(sources)), "--source")]


def _try(delivery: Delivery) -> int:
    article = None
    status = TAKEN
    try:
        event = read_event(delivery)
        article = _article(event, delivery)
        print(_outcome(event, article, delivery))
    except ArticleInvalid as error:
        print(f"refused, and kept as a dead letter: {error}")
        status = REFUSED
    for line in _fields(delivery, article):
        print(line)
    return status


def _article(event: CmsEvent, delivery: Delivery) -> Article | None:
    """Returns the article of an event with content, its ID with the source's prefix. Raises ArticleInvalid."""
    options = delivery.read_options(load_languages(DEFAULT_ASSETS / "languages"))
    match event:
        case Content(data, format_name):
            article = read_article(data, format_name, options)
        case Found():
            article = read_found(event, options)
        case _:
            return None
    return replace(article, id=delivery.id_prefix + article.id)


def _outcome(event: CmsEvent, article: Article | None, delivery: Delivery) -> str:
    match event:
        case Irrelevant(reason):
            return f"ignored: {reason}; the event is kept, and nothing changes"
        case Withdrawal(article_id):
            return f"withdrawn: the cards of {delivery.id_prefix}{article_id} are deleted, and their addresses answer 410"
        case Notice(article_id):
            return f"announced: {delivery.id_prefix}{article_id} is fetched from [cms]"
    if article is None or article.status != "published":
        return "draft: it has no cards; if it was public, they are withdrawn"
    if article.embargo_until and article.embargo_until > delivery.received_at:
        return f"embargoed: stored, and its cards are public from {article.embargo_until.isoformat()} on"
    closed = isinstance(event, Found) and closes(event.values.get("closed")) and not delivery.paid_text
    return "published, with closed text: its cards show the headline, the deck and the summary alone" if closed else "published"


def _fields(delivery: Delivery, article: Article | None) -> Iterator[str]:
    """Yields the lines about each key of the table, and then about what was read without one."""
    native = to_native(article) if article else {}
    expressions = delivery.article_map.expressions if delivery.article_map else ()
    for key, expression in expressions:
        yield f"{key} = {expression}"
        read = list(_read_value(key, native)) if article else []
        yield from read or [f"    {_reason(ArticleMap(((key, expression),)), delivery, article)}"]
    for key in FIELDS:
        if article and key not in dict(expressions) and (read := list(_read_value(key, native))):
            yield f"{key}, {'which the table leaves open' if expressions else 'as the format has it'}"
            yield from read


def _read_value(key: str, native: Mapping[str, object]) -> Iterator[str]:
    """Yields the lines of what the article has under a key of the table."""
    value: object = native
    for name in _NATIVE_NAMES.get(key, (key,)):
        value = value.get(name) if isinstance(value, dict) else None
    entries = value if isinstance(value, list) else [] if value in (None, "", False) else [value]
    for number, entry in enumerate(entries, start=1):
        parts = (f"{name}: {part}" for name, part in entry.items()) if isinstance(entry, dict) else (str(entry),)
        line = " · ".join(parts)
        yield f"    {f'{number}. ' if isinstance(value, list) else ''}{line[:_SHOWN]}{'...' if len(line) > _SHOWN else ''}"


def _reason(alone: ArticleMap, delivery: Delivery, article: Article | None) -> str:
    """Returns what an expression gave that is not a part of the article, and what was expected instead."""
    [(key, _)] = alone.expressions
    try:
        found = find_fields(alone, read_object(delivery.body))
    except ArticleInvalid as error:
        return f"fails: {error.got}" if error.field == key else str(error)
    if key in found.failures:
        return f"fails: {found.failures[key]}"
    notices = [notice for notice in (article.notices if article else ()) if notice.startswith(f"{key}: ")]
    read = f", read as {_blocks(found.values[key])}" if key == "body" and found.values[key] else ""
    return next((notice.removeprefix(f"{key}: ") for notice in notices), f"gave {shown(found.values[key], _SHOWN)}{read}")


def _blocks(document: object) -> str:
    """Returns how many blocks of each kind a document has: "2 paragraphs, 1 heading"."""
    try:
        counts = Counter(block.kind for block in read_blocks(as_html(document)))
    except ArticleInvalid as error:
        return f"nothing: {error}"
    return ", ".join(f"{count} {kind}{'s' * (count > 1)}" for kind, count in counts.items()) or "no text"
