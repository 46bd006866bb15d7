"""Evaluates If-None-Match and If-Modified-Since against a resource's validators (RFC 9110, section 13)."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

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


def etag_matches(if_none_match: str, etag: str) -> bool:
    """Returns whether a list of entity tags, or `*`, matches `etag` by weak comparison (8.8.3.2 and 13.1.2)."""
    return if_none_match.strip() == "*" or etag in ENTITY_TAG.findall(if_none_match)


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):  # no date, or one with a year or a zone beyond the calendar
        return None
