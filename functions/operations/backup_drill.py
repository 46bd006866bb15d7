"""Implements `storycard backup-drill`: restores the bucket's objects as of an earlier time into a prefix, and verifies them."""

import argparse
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from adapters.clients import s3
from adapters.storage.erasure import Version, erase, find_versions
from operations.places import add_arguments, exit_status, find_places, number_up_to
from storycard.describing.inspection import printable
from storycard.errors import ArticleInvalid
from storycard.ingest import read_native

WORKERS = 8  # at once; below botocore's pool of 10 connections


@dataclass(frozen=True, slots=True)
class Restored:
    """An object as it was, and what is wrong with its copy in the drill's prefix; "" if nothing is."""

    version: Version
    fault: str


def command(argv: list[str]) -> int:
    """Runs `storycard backup-drill ARGV`. Returns 0, 1 if an object cannot be restored, or 2 for bad input or an AWS error."""
    options = _parser().parse_args(argv)
    at = datetime.now(UTC) - timedelta(hours=options.hours_ago)
    return exit_status(lambda: _drill(find_places(options.stack, options.local).bucket, options.prefix, at, is_kept=options.keep))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="storycard backup-drill", description="Restore what the bucket held at an earlier time into a prefix, and verify it."
    )
    hours = number_up_to(24 * 365)
    parser.add_argument("--hours-ago", type=hours, default=24, metavar="HOURS", help="default: 24; the bucket keeps 30 days")
    parser.add_argument("--prefix", default="articles/", metavar="PREFIX", help="what to restore; default: articles/")
    parser.add_argument("--keep", action="store_true", help="keep the copies, under drill/TIME/")
    add_arguments(parser)
    return parser


def _drill(bucket: str, prefix: str, at: datetime, *, is_kept: bool) -> int:
    target = f"drill/{datetime.now(UTC):%Y%m%dT%H%M%SZ}/"
    try:
        with ThreadPoolExecutor(WORKERS) as pool:
            restored = list(pool.map(lambda version: restore(bucket, version, target), versions_at(bucket, prefix, at)))
    finally:
        if not is_kept:
            erase(bucket, find_versions(bucket, target))
    faults = [item for item in restored if item.fault]
    for item in faults:
        print(printable(f"{item.version.key}: {item.fault}"))
    place = f", kept under {target}" if is_kept else ""
    print(f"{len(restored)} objects as of {at:%FT%TZ}, {len(faults)} could not be restored{place}")
    return 1 if faults else 0


def versions_at(bucket: str, prefix: str, at: datetime) -> Iterator[Version]:
    """Yields the version of each object under the prefix that was the newest one at `at`; none of objects deleted by then."""
    newest: dict[str, tuple[datetime, Version]] = {}
    for page in s3().get_paginator("list_object_versions").paginate(Bucket=bucket, Prefix=prefix):
        for name in ("Versions", "DeleteMarkers"):
            for item in page.get(name, ()):
                key, when = item["Key"], item["LastModified"]
                if when <= at and (key not in newest or newest[key][0] < when):
                    newest[key] = when, Version(key, item["VersionId"], name == "DeleteMarkers")
    yield from (version for _, version in newest.values() if not version.is_marker)


def restore(bucket: str, version: Version, target: str) -> Restored:
    """Copies the version below `target` and compares the copy with it; an article must also be readable."""
    copy = f"{target}{version.key}"
    source = {"Bucket": bucket, "Key": version.key, "VersionId": version.version_id}
    s3().copy_object(Bucket=bucket, Key=copy, CopySource=source)
    original, copied = (_read(**place) for place in (source, {"Bucket": bucket, "Key": copy}))
    return Restored(version, _fault(version.key, original, copied))


def _read(**place: str) -> tuple[bytes, Any]:
    answer = s3().get_object(**place)
    return answer["Body"].read(), answer["Metadata"]


def _fault(key: str, original: tuple[bytes, Any], copied: tuple[bytes, Any]) -> str:
    if original != copied:
        return "expected the copy to be equal, got other bytes or metadata"
    if key.endswith("/article.json"):
        try:
            read_native(copied[0])
        except ArticleInvalid as error:
            return f"expected an article, got {error}"
    return ""
