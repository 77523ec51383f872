"""The machine: the size of the database, the room that is left, memory that is given back."""

from __future__ import annotations

import ctypes
import re
import shutil
from contextlib import suppress
from pathlib import Path

_MMAP_THRESHOLD = -3  # M_MMAP_THRESHOLD of malloc.h
_LARGE_BLOCK = 128 << 10  # bytes; also what it begins with


def database_file(url: str) -> Path | None:
    """The file behind a SQLite address; None for memory and for other databases."""
    found = re.fullmatch(r"sqlite(?:\+\w+)?:///([^?]+)(?:\?.*)?", url)
    return Path(found.group(1)) if found and found.group(1) != ":memory:" else None


def database_bytes(url: str) -> int | None:
    """Size of the SQLite file; None when there is none."""
    path = database_file(url)
    return path.stat().st_size if path and path.is_file() else None


def free_bytes(url: str) -> int:
    """Free room where the database lives, or here."""
    path = database_file(url)
    folder = path.absolute().parent if path else Path.cwd()
    return shutil.disk_usage(folder if folder.is_dir() else Path.cwd()).free


def return_memory() -> None:
    """Have large blocks given back to the system as soon as they are free.

    The allocator of glibc keeps what lies between blocks that are still needed, and learns from the
    first large document to keep all that follow: 20 MB of documents long gone in a service of 135.
    Elsewhere nothing happens.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, _LARGE_BLOCK)
