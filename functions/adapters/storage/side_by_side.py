"""Makes calls to S3 at the same time that do not depend on each other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


def side_by_side(first: Callable[[], Result], *others: Callable[[], object]) -> Result:
    """Makes all calls at the same time, and returns the result of the first once all have ended.

    Raises the error of one that failed, preferably that of the first.
    """
    with ThreadPoolExecutor(len(others)) as pool:
        running = [pool.submit(call) for call in others]
        result = first()
    for call in running:
        call.result()
    return result
