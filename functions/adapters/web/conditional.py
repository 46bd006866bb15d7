"""A request's If-None-Match and If-Modified-Since against an object's validators (RFC 9110, section 13)."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

ENTITY_TAG = re.compile(r'(?:W/)?("[^"]*")')


def not_modified(headers: Mapping[str, str], etag: str, last_modified: datetime | None = None) -> bool:
    """Whether the client has it: the date only counts where no entity tag is asked about (13.2.2), and if it is one at all."""
    if if_none_match := headers.get("if-none-match"):
        return etag_matches(if_none_match, etag)
    since = _date(headers.get("if-modified-since") or "")
    return since is not None and last_modified is not None and last_modified.replace(microsecond=0) <= since


def etag_matches(if_none_match: str, etag: str) -> bool:
    """Whether a list of entity tags, or `*`, names this one; weak and strong compare alike (8.8.3.2 and 13.1.2)."""
    return if_none_match.strip() == "*" or etag in ENTITY_TAG.findall(if_none_match)


def _date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
