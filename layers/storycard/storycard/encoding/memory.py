"""Freed memory into room for the next picture: kept for it instead of handed back to the system page by page."""

import ctypes
from functools import cache

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # of glibc's <malloc.h>; mallopt(3) has their units, bytes
_KEPT = 256 << 20  # more than all pictures of a set
_FROM_THE_HEAP = 32 << 20  # the largest picture takes 9 MB of it; older ones than glibc 2.35 refuse more


@cache
def keep_freed() -> None:
    """Make C libraries of this process reuse their memory, where the system's is glibc.

    A picture of a story is 2,000 pages. Those that the system gives, takes back and gives anew take 3 ms of each.
    """
    if mallopt := getattr(ctypes.CDLL(None), "mallopt", None):
        mallopt(_TRIM_THRESHOLD, _KEPT)
        mallopt(_MMAP_THRESHOLD, _FROM_THE_HEAP)
