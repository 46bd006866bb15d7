"""Many asks for what nobody has made yet into one making of it: a lease in S3 that runs out, and waiting for who holds it."""

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from adapters.storage.s3_objects import delete_object, head_object, put_object

LEASE = timedelta(seconds=20)  # as long as the function that holds it may run: past that it is dead, and the next one takes over
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 0.5  # seconds between two looks

Made = TypeVar("Made")


def make_once(bucket: str, key: str, find: Callable[[], Made | None], make: Callable[[], object], seconds: float) -> Made | None:
    """What `find` finds, once `make` ran here or somewhere else; None if that takes more than `seconds`.

    `key` names what is made. An error of `make` is raised to who ran it, and the next one waiting tries again.
    """
    lease = f"leases/{key}"
    deadline, pause = time.monotonic() + seconds, FIRST_PAUSE
    while True:
        if _take(bucket, lease):
            try:
                # Between our last look and our lease, the holder before may have finished.
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


def _take(bucket: str, lease: str) -> bool:
    """Whether the lease is ours now: nobody had it, or the one who had it ran out of time."""
    held = head_object(bucket, lease)
    if held is not None and datetime.now(UTC) - held.last_modified < LEASE:
        return False
    condition = {"IfNoneMatch": "*"} if held is None else {"IfMatch": held.etag}
    # Its bytes tell this lease from any other's: with the same ETag, two who take over would both succeed.
    return put_object(bucket, lease, random.randbytes(16), **condition)
