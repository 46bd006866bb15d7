"""Limits lookups at the CMS across all processes: how many run at a time, and none while the CMS fails (a circuit breaker).

Without it, requests for unknown IDs would each occupy a function for as long as a slow CMS takes to answer.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from adapters.config.settings import Settings
from adapters.outbound.safe_fetch import FetchFailed
from adapters.storage.leases import hold_slot
from adapters.storage.s3_objects import head_object, put_object
from adapters.telemetry import count, logger

IN_FLIGHT = 8  # lookups at a time
FAILURES = 3  # in a row, of any articles: one article may fail for its own reasons
OPEN = timedelta(seconds=10)
_BREAKER = "lookups/=cms"  # no article ID has an equals sign

Answer = TypeVar("Answer")


class CmsBusy(FetchFailed):
    """The CMS was not asked: it failed just now, or the maximum number of lookups is running."""


def check_gate(settings: Settings) -> int:
    """Returns how many lookups in a row have failed. Raises CmsBusy while the breaker is open."""
    failures, until = _breaker(settings)
    if datetime.now(UTC) < until:
        count("CmsLookupsHeldBack")
        raise CmsBusy("the CMS failed just now")
    return failures


def pass_gate(settings: Settings, ask: Callable[[], Answer]) -> Answer:
    """Returns what `ask` returns. Raises CmsBusy without calling it if the gate is closed, and passes its FetchFailed on."""
    failures = check_gate(settings)
    with hold_slot(settings.bucket, "lookups/=cms", IN_FLIGHT) as has_slot:
        if not has_slot:
            count("CmsLookupsHeldBack")
            raise CmsBusy(f"{IN_FLIGHT} lookups are running")
        try:
            answer = ask()
        except FetchFailed:
            _record(settings, failures + 1)
            raise
    if failures:
        _record(settings, 0)
    return answer


def _breaker(settings: Settings) -> tuple[int, datetime]:
    """Returns how many lookups have failed in a row, and until when the CMS is not asked."""
    state = head_object(settings.bucket, _BREAKER)
    if state is None:
        return 0, datetime.min.replace(tzinfo=UTC)
    return int(state.metadata["failures"]), datetime.fromisoformat(state.metadata["until"])


def _record(settings: Settings, failures: int) -> None:
    """Stores the number of failures in a row. Of concurrent writes the last one counts: the number need not be exact."""
    now = datetime.now(UTC)
    is_open = failures >= FAILURES
    if is_open:
        logger.error("the CMS failed %s times in a row and is not asked for %s s", failures, OPEN.seconds)
    state = {"failures": str(failures), "until": (now + OPEN if is_open else now).isoformat()}
    put_object(settings.bucket, _BREAKER, b"", Metadata=state, CacheControl="private")
