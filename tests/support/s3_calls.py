"""Lists the calls that code makes to S3."""

from collections.abc import Iterator
from contextlib import contextmanager

from adapters.clients import s3


@contextmanager
def s3_calls() -> Iterator[list[str]]:
    """Collects the names of all calls in the block, such as "GetObject", in their order."""
    calls: list[str] = []

    def note(model, **_: object) -> None:
        calls.append(model.name)

    events = s3().meta.events
    events.register("before-call.s3", note)
    try:
        yield calls
    finally:
        events.unregister("before-call.s3", note)
