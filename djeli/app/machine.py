"""The machine: this process, the size of the database, the room that is left."""

from __future__ import annotations

import os
import re
import shutil
import socket
from contextlib import suppress
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Process:
    """A process among all there ever were, as far as machines can tell them apart."""

    host: str
    machine: str  # this boot of this machine, and the container in which process numbers count
    pid: int
    started: str  # in clock ticks since the boot: numbers are given again

    @classmethod
    def this(cls) -> Process:
        """The one that asks."""
        host = socket.gethostname().replace(" ", "_") or "?"
        boot = _said("/proc/sys/kernel/random/boot_id")[:13]
        space = ""
        with suppress(OSError):
            space = str(Path("/proc/self/ns/pid").readlink()).strip("pid:[]")
        return cls(host, f"{boot}/{space}", os.getpid(), _started(os.getpid()))

    @classmethod
    def read(cls, said: str) -> Process:
        """One that was written down by `str`; of anything else a process nobody knows."""
        parts = said.split(" ")
        if len(parts) != 4 or not parts[2].isdigit():
            return cls(said, "?", 0, "")
        return cls(parts[0], parts[1], int(parts[2]), parts[3])

    def __str__(self) -> str:
        return f"{self.host} {self.machine} {self.pid} {self.started}"

    def lives(self) -> bool:
        """Whether it still runs; ask only of one on this machine."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except OSError:  # it is somebody else's, so it is there
            pass
        fields = _fields(self.pid)
        dead = fields[:1] in (["Z"], ["X"])  # ended, and nobody has asked how
        return not dead and _started(self.pid) == self.started


def _started(pid: int) -> str:
    """The 22nd field of its line in /proc; "-" where there is no /proc."""
    fields = _fields(pid)
    return fields[19] if len(fields) > 19 else "-"


def _fields(pid: int) -> list[str]:
    """What stands behind the name, which may hold brackets and spaces; the state comes first."""
    return _said(f"/proc/{pid}/stat").rpartition(")")[2].split()


def _said(path: str) -> str:
    with suppress(OSError):
        return Path(path).read_text(encoding="utf-8", errors="replace").strip()
    return ""
