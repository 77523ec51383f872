"""A thousand hostile feeds beside two hundred honest ones, through `djeli run` itself.

    python -m tests.soak_hostile [--hostile 1000] [--honest 200] [--seconds 420]

A server process plays every feed, each on an address of its own on loopback; the service runs as it
is installed, with an interval of one minute. From outside it is watched how much memory the service
and its workers ever took, how late each look at an honest feed was against the moment the store had
noted for it, and what `djeli status` and `djeli feeds list` say in the end. Prints JSON; exits 1 when
a limit is broken.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from tests.hostile_server import BEHAVIOURS, addresses

MOST_PARENT = 150.0  # MB
MOST_WORKER = 512.0  # MB
MOST_LATE = 60.0  # seconds, of 99 in 100 looks at honest feeds
EVERY = "1m"
FLOODS = ("many_items", "many_texts")  # hundreds of articles at once, each of which is judged

Looked = tuple[str, str]  # when, and when again; as SQLite keeps moments


@dataclass
class Report:
    """What was seen of one soak."""

    hostile: int
    honest: int
    seconds: float = 0.0
    ended_early: bool = False  # the service crashed
    looks: int = 0  # at honest feeds, after the first
    parent: float = 0.0  # MB at most
    worker: float = 0.0  # MB, the largest at most
    workers: int = 0  # processes that there ever were
    first_honest: float = 0.0  # seconds until all honest feeds were seen
    first_all: float | None = None  # seconds until all feeds were seen
    late_median: float = 0.0
    late_p99: float = 0.0
    late_most: float = 0.0
    # Of the look after the first, which waits for the first one's articles to be judged and for its notice;
    # and of all later ones.
    late_second_p99: float = 0.0
    late_later_p99: float = 0.0
    load: float = 0.0  # of the machine at the end: processes that wanted a core
    wrong: list[str] = field(default_factory=list)  # feeds whose cause is not the right one
    causes: dict[str, int] = field(default_factory=dict)  # as `djeli status` counts them

    def faults(self) -> list[str]:
        """The limits that were broken."""
        limits = {
            "the service ended before it was told to": self.ended_early,
            f"the service took {self.parent:.0f} MB": self.parent > MOST_PARENT,
            f"a worker took {self.worker:.0f} MB": self.worker > MOST_WORKER,
            f"looks at honest feeds were {self.late_p99:.0f} s late": self.late_p99 > MOST_LATE,
            f"causes are wrong: {self.wrong[:10]}": bool(self.wrong),
            "no honest feed was seen": not self.first_honest,
        }
        return [fault for fault, broken in limits.items() if broken]


def soak(behaviours: Sequence[str], honest: int, seconds: float, folder: Path, whole: bool = False) -> Report:
    """Run the service over these feeds for so long; `whole`: only until each feed was looked at once."""
    report = Report(len(behaviours), honest)
    hosts = addresses(len(behaviours) + honest)
    with _server(len(hosts)) as port:
        names = [*behaviours, *(f"honest/{n}" for n in range(honest))]
        # An honest feed stands after every few hostile ones, as it would in a list.
        order = sorted(range(len(names)), key=lambda n: (n * honest) % len(names) if honest else n)
        expected = {f"http://{hosts[n]}:{port}/{names[n]}": names[n] for n in order}
        # Where every feed is new, the first looks are told after ten minutes: this is no installation.
        _configure(folder, [url for url in expected if expected[url].startswith("honest")][:1])
        _said(folder, "run", "--once")
        _configure(folder, expected)
        with _service(folder) as service:
            _watch(service, folder, expected, seconds, whole, report)
        _ask(folder, expected, report)
    return report


def _configure(folder: Path, feeds: Iterable[str]) -> None:
    lines = [f'database = "sqlite:///{folder}/djeli.db"', "[fetch]", 'allow_private = ["127.66.0.0/16"]']
    lines += ["[baseline]", "wording = false"]  # an extra with 130 MB of its own
    for number, url in enumerate(feeds):
        lines += ["[[feed]]", f'url = "{url}"', f'outlet = "outlet_{number}"', f'every = "{EVERY}"']
    (folder / "djeli.toml").write_text("\n".join(lines), encoding="utf-8")


def _djeli(folder: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "djeli", "--config", str(folder / "djeli.toml"), *words]


@contextmanager
def _server(count: int) -> Iterator[int]:
    command = [sys.executable, "-m", "tests.hostile_server", str(count)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        try:
            yield int(server.stdout.readline())
        finally:
            server.stdin.close()  # at which it ends


@contextmanager
def _service(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    environment = {**os.environ, "DJELI_TELEGRAM_TOKEN": ""}
    with (folder / "service.log").open("wb") as log:
        service = subprocess.Popen(_djeli(folder, "run"), stdout=log, stderr=log, env=environment)
        try:
            yield service
        finally:
            service.send_signal(signal.SIGTERM)
            try:
                service.wait(30)
            except subprocess.TimeoutExpired:
                service.kill()
                service.wait()


def _watch(
    service: subprocess.Popen[bytes],
    folder: Path,
    expected: dict[str, str],
    seconds: float,
    whole: bool,
    report: Report,
) -> None:
    start = time.monotonic()
    before: dict[str, Looked] = {}
    late: dict[str, list[float]] = {}  # of each feed, in order
    workers: set[int] = set()
    while time.monotonic() - start < seconds:
        time.sleep(0.5)  # how often the service is looked at from outside; no event tells of it
        if service.poll() is not None:
            report.ended_early = True
            break
        report.parent = max(report.parent, _most_memory(service.pid))
        children = _descendants(service.pid)
        workers.update(children)
        report.worker = max([report.worker, *map(_most_memory, children)])
        now = _looked(folder / "djeli.db")
        for url, (at, _) in now.items():
            if expected[url].startswith("honest"):
                old, due = before.get(url, ("", ""))
                if not old:
                    report.first_honest = time.monotonic() - start
                elif old != at:
                    behind = datetime.now(UTC) - datetime.fromisoformat(f"{due}+00:00")
                    late.setdefault(url, []).append(behind.total_seconds())
        before = now
        if report.first_all is None and len(now) == len(expected):
            report.first_all = time.monotonic() - start
            if whole:
                break
    report.seconds = time.monotonic() - start
    every = [behind for looks in late.values() for behind in looks]
    report.looks, report.workers, report.load = len(every), len(workers), os.getloadavg()[0]
    report.late_median, report.late_most = _share(every, 0.5), _share(every, 1.0)
    report.late_p99 = _share(every, 0.99)
    report.late_second_p99 = _share([looks[0] for looks in late.values()], 0.99)
    report.late_later_p99 = _share([behind for looks in late.values() for behind in looks[1:]], 0.99)


def _share(found: Sequence[float], part: float) -> float:
    """The value that this part of them does not exceed; 0 without any."""
    return sorted(found)[min(len(found) - 1, int(len(found) * part))] if found else 0.0


def _looked(database: Path) -> dict[str, Looked]:
    """For each feed that was looked at when that was, and when the next look is due."""
    if not database.exists():
        return {}
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as reader:
        try:
            rows = reader.execute("SELECT url, looked_at, next_due FROM feeds WHERE looked_at IS NOT NULL")
            return {url: (looked_at, next_due) for url, looked_at, next_due in rows}
        except sqlite3.OperationalError:  # its tables are not made yet
            return {}


def _ask(folder: Path, expected: dict[str, str], report: Report) -> None:
    """What `djeli` says of the feeds after the service has ended."""
    report.causes = _json(folder, "status", "--json")["causes"]
    said = _said(folder, "status")
    report.wrong += [f"status does not say {cause}" for cause in report.causes if f"({cause})" not in said]
    for feed in _json(folder, "feeds", "list", "--json"):
        name = expected[feed["url"]]
        cause = "" if name.startswith("honest") else BEHAVIOURS[name].cause
        if feed["last_ok"] is None and feed["cause"] is None:
            continue  # not looked at yet
        if cause == "unreadable" and not feed["cause"]:
            continue  # a quick machine reads it in time
        if (feed["cause"] or "") != cause:
            report.wrong.append(f"{name}: {feed['cause']} {feed['detail']}")
        elif cause and report.causes.get(cause, 0) == 0:
            report.wrong.append(f"{name}: status does not name {cause}")


def _json(folder: Path, *words: str) -> Any:
    return json.loads(_said(folder, *words))


def _said(folder: Path, *words: str) -> str:
    done = subprocess.run(_djeli(folder, *words), capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, f"djeli {' '.join(words)}: {done.stderr}"
    return done.stdout


def _descendants(pid: int) -> list[int]:
    """The processes that this one started, and those that they did."""
    found: list[int] = []
    with suppress(OSError, ValueError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in map(int, (task / "children").read_text().split()):
                found += [child, *_descendants(child)]
    return found


def _most_memory(pid: int) -> float:
    """MB that a process ever had in memory; 0 when it is gone."""
    with suppress(OSError, IndexError):
        return int(Path(f"/proc/{pid}/status").read_text().split("VmHWM:")[1].split()[0]) / 1024
    return 0.0


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--hostile", type=int, default=1000)
    asked.add_argument("--honest", type=int, default=200)
    asked.add_argument("--seconds", type=float, default=420)
    asked.add_argument("--no-floods", action="store_true", help="without those of 500 articles")
    words = asked.parse_args()
    names = [name for name in BEHAVIOURS if not (words.no_floods and name in FLOODS)]
    behaviours = list(islice(cycle(names), words.hostile))
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        report = soak(behaviours, words.honest, words.seconds, Path(folder))
    print(json.dumps({**asdict(report), "faults": report.faults()}, indent=1, ensure_ascii=False))
    return 1 if report.faults() else 0


if __name__ == "__main__":
    sys.exit(main())
