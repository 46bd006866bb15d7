"""Evaluates conditional headers against a resource's validators (RFC 9110, section 13)."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from adapters.errors import PreconditionFailed
from adapters.storage.s3_objects import StoredObject

ENTITY_TAG = re.compile(r'(?:W/)?("[^"]*")')


def not_modified(headers: Mapping[str, str], etag: str, last_modified: datetime | None = None) -> bool:
    """Returns whether the client's copy is current.

    If-Modified-Since counts only without If-None-Match (13.2.2), and an invalid date is ignored (13.1.3). HTTP dates have
    whole seconds, so the microseconds of `last_modified` are dropped before comparing.
    """
    if if_none_match := headers.get("if-none-match"):
        return etag_matches(if_none_match, etag)
    since = _http_date(headers.get("if-modified-since") or "")
    return since is not None and last_modified is not None and last_modified.replace(microsecond=0) <= since


def require_preconditions(headers: Mapping[str, str], etag: str | None, last_modified: datetime | None = None) -> None:
    """Raises PreconditionFailed if the request is meant for another state of the resource; `etag` is None if it does not exist.

    If-Match compares strongly (13.1.1). If-Unmodified-Since counts only without it, and an invalid date is ignored (13.1.4).
    """
    if if_match := headers.get("if-match"):
        if etag is None or (if_match.strip() != "*" and etag not in strong_tags(if_match)):
            raise PreconditionFailed("If-Match", etag)
        return
    since = _http_date(headers.get("if-unmodified-since") or "")
    if since is not None and last_modified is not None and last_modified.replace(microsecond=0) > since:
        raise PreconditionFailed("If-Unmodified-Since", etag)


def require_preconditions_to_write(headers: Mapping[str, str], existing: StoredObject | None) -> None:
    """Raises PreconditionFailed as above, and if the resource matches If-None-Match, whose `*` allows only a first write."""
    etag = existing.etag if existing else None
    require_preconditions(headers, etag, existing.last_modified if existing else None)
    if etag and (if_none_match := headers.get("if-none-match")) and etag_matches(if_none_match, etag):
        raise PreconditionFailed("If-None-Match", etag)


def strong_tags(if_match: str) -> list[str]:
    """Returns the entity tags of an If-Match header, without weak ones, which never match."""
    return [tag for weak, tag in re.findall(r'(W/)?("[^"]*")', if_match) if not weak]


def etag_matches(if_none_match: str, etag: str) -> bool:
    """Returns whether a list of entity tags, or `*`, matches `etag` by weak comparison (8.8.3.2 and 13.1.2)."""
    return if_none_match.strip() == "*" or etag in ENTITY_TAG.findall(if_none_match)


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):  # not a date, or one with a year or a zone beyond the calendar
        return None
