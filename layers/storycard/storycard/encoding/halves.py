"""The two halves of some work into both results, at the same time where the process has two cores."""

import io
import os
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, BinaryIO, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

Result = TypeVar("Result")


def both(one: Callable[[], Result], other: Callable[[], Result]) -> tuple[Result, Result]:
    """What both return. For calls that give up the interpreter's lock, and take longer than the 0.05 ms that this costs."""
    helper = _helper()
    if helper is None:
        return one(), other()
    waiting = helper.submit(other)
    first = one()
    # A thread that has not come to it by now may never do: in a process that was forked, there is none.
    return first, other() if waiting.cancel() else waiting.result()


def memory_file() -> BinaryIO:
    """A file in memory that has a descriptor where the system offers one: to those, Pillow writes without the lock."""
    try:
        return os.fdopen(os.memfd_create("storycard"), "w+b")
    except (AttributeError, OSError):
        return io.BytesIO()


@cache
def _helper() -> "ThreadPoolExecutor | None":
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if cores < 2:
        return None
    from concurrent.futures import ThreadPoolExecutor  # which a function serving stored cards never needs

    return ThreadPoolExecutor(1, "storycard")
