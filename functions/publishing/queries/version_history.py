"""Lists the versions of a story for the team: when each was made, who sent it, and what it changed."""

from typing import Any

from adapters.config.settings import Settings
from adapters.storage.article_store import StoredArticle
from adapters.storage.version_store import find_versions_of
from publishing.cards.publish import Manifest, read_manifest
from publishing.cards.version_record import changes_between

SHOWN = ("version", "rendered_at", "headline", "changed_by")


def version_history(settings: Settings, stored: StoredArticle) -> list[dict[str, Any]]:
    """Returns a row for each version, newest first.

    A set that an earlier release published has a row without the words, and only while it is live.
    """
    live = read_manifest(settings.bucket, stored.article.id) or {}
    records = [version.fields for version in find_versions_of(settings.bucket, stored.article.id)]
    rows = [_row(record, live) | {"changed": changed} for record, changed in zip(records, _changes(records), strict=True)]
    if live and live["version"] not in [record["version"] for record in records]:
        rows.insert(0, _row(live, live) | {"changed": []})
    return rows


def _changes(records: list[Manifest]) -> list[list[dict[str, Any]]]:
    """Returns what each record changed; nothing for the oldest one."""
    earlier = [*records[1:], *records[-1:]]
    return [changes_between(before, record) for before, record in zip(earlier, records, strict=True)]


def _row(record: Manifest, live: Manifest) -> dict[str, Any]:
    row = {name: record[name] for name in SHOWN if record.get(name)}
    return row | {"live": record["version"] == live.get("version")}
