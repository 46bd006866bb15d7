"""Collapses concurrent cache misses into one execution, using an expiring lease object in S3."""

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from adapters.storage.s3_objects import delete_object, head_object, put_object

LEASE = timedelta(seconds=20)  # the function's timeout: a holder older than this is dead, and its lease may be taken over
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 0.5  # seconds between two polls

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
    while True:
        if _acquire(bucket, lease):
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
            return None
        time.sleep(wait)
        pause = min(pause * 1.5, LONGEST_PAUSE)
        if found := find():
            return found


def make_unless_held(bucket: str, key: str, make: Callable[[], object]) -> None:
    """Runs `make` unless another process is running it, and does not wait for that process."""
    lease = f"leases/{key}"
    if _acquire(bucket, lease):
        try:
            make()
        finally:
            delete_object(bucket, lease)


def _acquire(bucket: str, lease: str) -> bool:
    """Takes the lease if nobody holds it or it has expired. Returns whether it is ours."""
    held = head_object(bucket, lease)
    if held is not None and datetime.now(UTC) - held.last_modified < LEASE:
        return False
    condition = {"IfNoneMatch": "*"} if held is None else {"IfMatch": held.etag}
    # Random bytes give each lease its own ETag; with equal ETags, two processes could both take over an expired lease.
    return put_object(bucket, lease, random.randbytes(16), **condition)
