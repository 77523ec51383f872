"""What the machine says: the size of the database and the room that is left."""

from __future__ import annotations

import re
import shutil
from pathlib import Path


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
