"""Waits for what happens in another thread or process."""

import time
from collections.abc import Callable

PATIENCE = 60  # seconds; long, because it is only reached if the test fails


def until(holds: Callable[[], bool], expected: str) -> None:
    """Returns as soon as `holds` returns True. Raises AssertionError with what was `expected` after PATIENCE."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, f"waited {PATIENCE} s: expected {expected}"
        time.sleep(0.02)
