"""Limits lookups at the CMS across all processes: how many run at a time, and none while the CMS fails (a circuit breaker).

Without it, requests for unknown IDs would each occupy a function for as long as a slow CMS takes to answer. Refreshes of stored
articles have a gate of their own: otherwise anybody could hide a withdrawal by requesting IDs at which the CMS fails.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Literal, TypeVar

from adapters.config.settings import Settings
from adapters.outbound.safe_fetch import FetchFailed, ServerDown
from adapters.storage.leases import hold_slot
from adapters.storage.s3_objects import head_object, put_object
from adapters.telemetry import count, logger

IN_FLIGHT = 8  # requests at a time through each gate
FAILURES = 3  # in a row, of any articles: one article may fail for its own reasons
OPEN = timedelta(seconds=10)
MEMORY = 1.0  # seconds for which a process that met a closed gate does not read its state again
Gate = Literal["lookups/=cms", "lookups/=cms-refresh"]  # keys in S3; no article ID has an equals sign
LOOKUPS: Gate = "lookups/=cms"
REFRESHES: Gate = "lookups/=cms-refresh"

Answer = TypeVar("Answer")

closed_until: dict[Gate, float] = {}  # seconds of the monotonic clock


class CmsBusy(FetchFailed):
    """The CMS was not asked: it failed just now, or the maximum number of lookups is running."""


def check_memory(gate: Gate) -> None:
    """Raises CmsBusy if this process met the gate closed less than MEMORY seconds ago. Makes no call to S3."""
    if time.monotonic() < closed_until.get(gate, 0):
        count("CmsLookupsHeldBack")
        raise CmsBusy("the CMS could not be asked a moment ago")


def check_gate(settings: Settings, gate: Gate) -> int:
    """Returns how many requests in a row have failed. Raises CmsBusy while the breaker is open."""
    check_memory(gate)
    failures, until = _breaker(settings, gate)
    if datetime.now(UTC) < until:
        raise _closed(gate, "the CMS failed just now")
    return failures


def pass_gate(settings: Settings, gate: Gate, ask: Callable[[], Answer]) -> Answer:
    """Returns what `ask` returns. Raises CmsBusy without calling it if the gate is closed, and passes its FetchFailed on.

    Only ServerDown counts as a failure of the CMS: other answers may be due to the ID, which anybody can choose.
    """
    failures = check_gate(settings, gate)
    # After a pause, one request finds out whether the CMS is back: more would each occupy a function if it still hangs.
    slots = IN_FLIGHT if failures < FAILURES else 1
    with hold_slot(settings.bucket, gate, slots) as has_slot:
        if not has_slot:
            raise _closed(gate, "the maximum number of lookups is running")
        try:
            answer = ask()
        except ServerDown:
            _record(settings, gate, failures + 1)
            raise
    if failures:
        _record(settings, gate, 0)
    return answer


def _closed(gate: Gate, reason: str) -> CmsBusy:
    """Remembers that the gate is closed: finding it out takes up to nine S3 calls, too many for each request of a flood."""
    closed_until[gate] = time.monotonic() + MEMORY
    count("CmsLookupsHeldBack")
    return CmsBusy(reason)


def _breaker(settings: Settings, gate: Gate) -> tuple[int, datetime]:
    """Returns how many requests have failed in a row, and until when the CMS is not asked."""
    state = head_object(settings.bucket, gate)
    if state is None:
        return 0, datetime.min.replace(tzinfo=UTC)
    return int(state.metadata["failures"]), datetime.fromisoformat(state.metadata["until"])


def _record(settings: Settings, gate: Gate, failures: int) -> None:
    """Stores the number of failures in a row. Of concurrent writes the last one counts: the number need not be exact."""
    now = datetime.now(UTC)
    is_open = failures >= FAILURES
    if is_open:
        logger.error("%s: the CMS failed %s times in a row and is not asked for %s s", gate, failures, OPEN.seconds)
    state = {"failures": str(failures), "until": (now + OPEN if is_open else now).isoformat()}
    put_object(settings.bucket, gate, b"", Metadata=state, CacheControl="private")
