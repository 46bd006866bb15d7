"""Stores the state of each feed in S3: its validators, its failures, and the pages that it listed."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

from adapters.storage.s3_objects import get_object, put_for_etag
from adapters.storage.validators import NO_VALIDATORS, Validators


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A page that a feed listed: when it was first listed, last listed and last fetched, and what was found.

    `article_id` is "" until the page was read as an article, whose hash is `sha256`. `failures` counts fetches that failed in a
    row, and `missing` the answers 404 and 410 in a row.
    """

    first_seen: datetime
    last_seen: datetime
    marker: str  # of the feed's newest entry for the page
    read_marker: str = ""  # of the entry for which the page was fetched
    checked_at: datetime | None = None
    article_id: str = ""
    sha256: str = ""
    validators: Validators = NO_VALIDATORS
    failures: int = 0
    missing: int = 0
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class FeedState:
    """The state of a feed. `etag` is that of the stored object, "" if there is none yet.

    `unfinished` grows with each poll that began to read pages and did not end, because the function timed out or ran out of
    memory, and falls with each that did.
    """

    validators: Validators = NO_VALIDATORS
    failures: int = 0  # in a row
    unfinished: int = 0
    retry_at: datetime | None = None
    pages: Mapping[str, KnownPage] = field(default_factory=dict)
    etag: str = ""


def find_feed_state(bucket: str, name: str, url: str) -> FeedState:
    """Returns the state of a feed, empty for a new one or one whose URL has changed."""
    stored = get_object(bucket, _key(name))
    if stored is None:
        return FeedState()
    value = json.loads(stored.body)
    if value["url"] != url:
        return FeedState(etag=stored.etag)
    pages = {address: _page(page) for address, page in value["pages"].items()}
    return FeedState(
        validators=Validators(**value["validators"]),
        failures=value["failures"],
        unfinished=value.get("unfinished", 0),  # earlier releases stored none
        retry_at=_time(value["retry_at"]),
        pages=pages,
        etag=stored.etag,
    )


def put_feed_state(bucket: str, name: str, url: str, state: FeedState) -> bool:
    """Stores the state. Returns False if a concurrent poll has stored its own since this one was read."""
    return _put(bucket, name, url, state) is not None


def _put(bucket: str, name: str, url: str, state: FeedState) -> str | None:
    """Stores the state, and returns the ETag of its object; None if a concurrent poll was faster."""
    value = {
        "url": url,
        "validators": asdict(state.validators),
        "failures": state.failures,
        "unfinished": state.unfinished,
        "retry_at": state.retry_at,
        "pages": {address: asdict(page) for address, page in state.pages.items()},
    }
    condition = {"IfMatch": state.etag} if state.etag else {"IfNoneMatch": "*"}
    body = json.dumps(value, default=datetime.isoformat, separators=(",", ":")).encode()
    return put_for_etag(bucket, _key(name), body, ContentType="application/json", CacheControl="private", **condition)


def begin_reading(bucket: str, name: str, url: str, state: FeedState) -> FeedState | None:
    """Stores that a poll begins to read pages. Returns the state to go on with, or None if a concurrent poll stored its own."""
    begun = replace(state, unfinished=state.unfinished + 1)
    etag = _put(bucket, name, url, begun)
    return replace(begun, etag=etag) if etag else None


def _page(value: dict[str, object]) -> KnownPage:
    times = {name: _time(value[name]) for name in ("first_seen", "last_seen", "checked_at")}
    return KnownPage(**{**value, **times, "validators": Validators(**value["validators"])})  # type: ignore[arg-type]  # the keys are those of the fields


def _time(value: object) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else None


def _key(name: str) -> str:
    return f"feeds/{name}/state.json"
