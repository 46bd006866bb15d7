"""Implements `storycard purge`: deletes the cards of replaced versions and of orders that nobody has changed for some time."""

import argparse
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from adapters.clients import s3
from adapters.storage.card_store import manifest_key
from adapters.storage.erasure import Version, erase
from adapters.storage.s3_objects import get_object, head_object
from adapters.storage.version_store import version_key
from operations.places import add_arguments, exit_status, find_places, number_up_to


class Replaced(NamedTuple):
    """The cards of one version that the newest manifest does not list: their keys, and bytes in all."""

    article_id: str
    version: str
    keys: list[str]
    size: int


def command(argv: list[str]) -> int:
    """Runs `storycard purge ARGV`. Returns 0, or 2 for a missing stack or an AWS error."""
    options = _parser().parse_args(argv)
    before = datetime.now(UTC) - timedelta(days=options.older_than)
    return exit_status(lambda: _purge(find_places(options.stack, options.local).bucket, before, is_confirmed=options.yes))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="storycard purge", description="Delete replaced cards. Their pinned addresses then answer 404."
    )
    days = number_up_to(36_500)
    parser.add_argument("--older-than", type=days, required=True, metavar="DAYS", help="delete only what was stored before that")
    parser.add_argument("--yes", action="store_true", help="delete them; without it, only count them")
    add_arguments(parser)
    return parser


def _purge(bucket: str, before: datetime, *, is_confirmed: bool) -> int:
    versions = cards = size = 0
    for replaced in find_replaced(bucket, before):
        versions, cards, size = versions + 1, cards + len(replaced.keys), size + replaced.size
        if is_confirmed:
            kept = version_key(replaced.article_id, replaced.version)  # variants have none
            erase(bucket, (Version(key, "") for key in [*replaced.keys, *([kept] if head_object(bucket, kept) else [])]))
    done = "deleted" if is_confirmed else "to delete with --yes"
    print(f"{versions} versions, {cards} cards, {size / 1e6:.1f} MB {done}")
    return 0


def find_replaced(bucket: str, before: datetime) -> Iterator[Replaced]:
    """Yields the versions that are not live and whose cards were all stored before `before`.

    Lists the whole folder of cards: 1,000 keys a call.
    """
    for article_id, listed in groupby(_cards(bucket), key=lambda item: item["Key"].split("/")[1]):
        versions = {version: list(cards) for version, cards in groupby(listed, key=lambda item: item["Key"].split("/")[2])}
        live = _live_version(bucket, article_id) if len(versions) > 1 else next(iter(versions))
        for version, items in versions.items():
            if version != live and all(item["LastModified"] < before for item in items):
                yield Replaced(article_id, version, [item["Key"] for item in items], sum(item["Size"] for item in items))


def _cards(bucket: str) -> Iterator[dict[str, Any]]:
    """Yields the cards as S3 lists them, sorted by article and version; manifests are not among them."""
    for page in s3().get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix="cards/"):
        yield from (item for item in page.get("Contents", ()) if len(item["Key"].split("/")) == 4)


def _live_version(bucket: str, article_id: str) -> str | None:
    manifest = get_object(bucket, manifest_key(article_id))
    return json.loads(manifest.body)["version"] if manifest else None
