"""Collapses concurrent cache misses into one execution, using an expiring lease object in S3."""

import itertools
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from adapters.storage.s3_objects import StoredObject, delete_object, head_object, put_object

LEASE = timedelta(seconds=20)  # the function's timeout: a holder older than this is dead, and its lease may be taken over
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 0.8  # seconds between two polls
SLOT_TRIES = 4

Found = TypeVar("Found")


def make_once(
    bucket: str, key: str, find: Callable[[], Found | None], make: Callable[[], object], seconds: float
) -> Found | None:
    """Runs `make` here, or waits for the process that runs it, and returns what `find` then returns.

    `key` names what is made. Returns None after `seconds` without a result. An error of `make` is raised in the process that
    ran it, and releases the lease for the next one.
    """
    lease = f"leases/{key}"
    deadline, pause = time.monotonic() + seconds, FIRST_PAUSE
    for poll in itertools.count():
        held = head_object(bucket, lease)
        # A waiter polls the lease, which is one S3 call, and looks for the result once the lease is released. It also looks at
        # every fourth poll, because a holder that was killed leaves its lease until it expires.
        if poll and (_is_free(held) or poll % 4 == 0) and (found := find()):
            return found
        if _is_free(held) and _take(bucket, lease, held):
            try:
                # The previous holder may have finished between our last poll and our lease.
                if found := find():
                    return found
                make()
            finally:
                delete_object(bucket, lease)
            return find()
        wait = min(random.uniform(pause / 2, pause), deadline - time.monotonic())
        if wait <= 0:
            break
        time.sleep(wait)
        pause = min(pause * 1.5, LONGEST_PAUSE)
    return None


def make_unless_held(bucket: str, key: str, make: Callable[[], object]) -> None:
    """Runs `make` unless another process is running it, and does not wait for that process."""
    lease = f"leases/{key}"
    if _acquire(bucket, lease):
        try:
            make()
        finally:
            delete_object(bucket, lease)


@contextmanager
def hold_slot(bucket: str, key: str, slots: int) -> Iterator[bool]:
    """Holds one of `slots` leases, so that at most that many blocks run at a time; yields whether it got one.

    It tries SLOT_TRIES slots, chosen at random, to bound the S3 calls of a request that finds all of them held.
    """
    chosen = random.sample(range(slots), min(slots, SLOT_TRIES))
    lease = next((lease for lease in (f"leases/{key}/{slot}" for slot in chosen) if _acquire(bucket, lease)), None)
    try:
        yield lease is not None
    finally:
        if lease is not None:
            delete_object(bucket, lease)


def _acquire(bucket: str, lease: str) -> bool:
    """Takes the lease if nobody holds it or it has expired. Returns whether it is ours."""
    held = head_object(bucket, lease)
    return _is_free(held) and _take(bucket, lease, held)


def _is_free(held: StoredObject | None) -> bool:
    return held is None or datetime.now(UTC) - held.last_modified >= LEASE


def _take(bucket: str, lease: str, held: StoredObject | None) -> bool:
    """Writes the lease unless another process was faster; `held` is what was there: nothing, or an expired lease."""
    condition = {"IfNoneMatch": "*"} if held is None else {"IfMatch": held.etag}
    # Random bytes give each lease its own ETag; with equal ETags, two processes could both take over an expired lease.
    return put_object(bucket, lease, random.randbytes(16), **condition)
