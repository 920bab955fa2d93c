"""How the process deals with memory that it has freed."""

import ctypes

TRIM_THRESHOLD, MMAP_THRESHOLD, ARENA_MAX = -1, -3, -8
"""Numbers of glibc's options (malloc.h)."""
KEPT = 8 * 1024 * 1024
LARGE = 4 * 1024 * 1024
ARENAS = 2
"""Heaps for all threads together: each of theirs would grow, and only one thread runs at a time."""


def keep_freed_memory() -> None:
    """Keep some freed memory at hand instead of giving it back to the system at once.

    A search takes a megabyte and frees it again. glibc would return it each time, and the page
    faults of taking it anew are half of what the search costs. Other systems do as they like.
    """
    adjust = getattr(ctypes.CDLL(None), "mallopt", None)
    if adjust is not None:
        adjust(TRIM_THRESHOLD, KEPT)
        adjust(MMAP_THRESHOLD, LARGE)
        adjust(ARENA_MAX, ARENAS)
