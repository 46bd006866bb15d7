"""Counts calls of functions, which a busy machine does not change as it changes times."""

import sys
from collections.abc import Callable


def count_calls(work: Callable[[], object]) -> int:
    """Returns how many functions, of Python or C, a call calls on its own thread."""
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls
