"""Memory given back to the system, where the allocator is that of glibc; elsewhere nothing happens."""

from __future__ import annotations

import ctypes
from contextlib import suppress

# Of malloc.h.
_MMAP_THRESHOLD = -3
_ARENA_MAX = -8
_LARGE_BLOCK = 128 << 10  # bytes; also what it begins with


def spare_memory() -> None:
    """Have large blocks given back as soon as they are free, and small ones kept in one place.

    By itself the allocator keeps what lies between blocks that are still needed, and learns from the
    first large document to keep all that follow: 20 MB of documents long gone in a service of 135. It
    also gives threads heaps of their own, none of which uses what is free in another; of Python's threads
    one runs at a time. To be called before there are threads.
    """
    with suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None)
        libc.mallopt(_MMAP_THRESHOLD, _LARGE_BLOCK)
        libc.mallopt(_ARENA_MAX, 1)


def return_memory() -> None:
    """Give back what is free between blocks still needed; some milliseconds.

    After hundreds of articles at once that is 20 MB.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
