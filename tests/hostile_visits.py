"""Visits the behaviours of the hostile server, each measured: `python -m tests.hostile_visits PORT`.

Prints a line of JSON for each: what came of it, how many seconds it took, how many megabytes this
process grew at most, and whether an honest feed could be read right after it.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from djeli.core.model import Failure, Feed, FeedCursor
from monitors.web import HttpWeb
from tests.hostile_server import BEHAVIOURS, PAGES

NOW = datetime(2027, 2, 10, 12, tzinfo=UTC)
DEADLINE = 2.0  # seconds; the service gives twenty
PATIENCE = 20.0  # for what is ended by its size, however busy the machine is
PARSE_SECONDS = 2.5  # of CPU; the dearest honest document takes 0.5 on an idle machine, 1.5 on a crowded one


async def visit_all(port: int) -> None:
    hurried, patient = _web(DEADLINE), _web(PATIENCE)
    try:
        for web in (hurried, patient):  # imports, workers
            assert not await _failure_of_feed(web, f"http://honest.example:{port}/honest/0")
            await web.page(f"http://page.example:{port}/page", NOW)
        for name, behaviour in {**BEHAVIOURS, **PAGES}.items():
            web = patient if behaviour.cause == "too_big" else hurried
            print(json.dumps(await _visit(web, name, port)), flush=True)
    finally:
        await hurried.aclose()
        await patient.aclose()


def _web(deadline: float) -> HttpWeb:
    return HttpWeb(
        _no_language, ["127.0.0.1/32"], deadline=deadline, resolver=_here, parse_seconds=PARSE_SECONDS
    )


async def _visit(web: HttpWeb, name: str, port: int) -> dict[str, object]:
    url = f"http://{name.replace('_', '-')}.example:{port}/{name}"
    before = _memory_from_here()
    start = time.monotonic()
    failure = await (_failure_of_feed(web, url) if name in BEHAVIOURS else _failure_of_page(web, url))
    seconds, grown = time.monotonic() - start, _memory("VmHWM") - before
    after = await _failure_of_feed(web, f"http://honest.example:{port}/honest/1")
    return {
        "name": name,
        "cause": failure.code if failure else "",
        "detail": failure.detail if failure else "",
        "seconds": round(seconds, 2),
        "megabytes": round(grown, 1),
        "then": after.code if after else "",
    }


async def _failure_of_feed(web: HttpWeb, url: str) -> Failure | None:
    return (await web.look(Feed(url, "x"), FeedCursor(url), NOW)).failure


async def _failure_of_page(web: HttpWeb, url: str) -> Failure | None:
    found = await web.page(url, NOW)
    return found if isinstance(found, Failure) else None


def _memory_from_here() -> float:
    """What this process takes; its peak is counted anew."""
    Path("/proc/self/clear_refs").write_text("5")
    return _memory("VmRSS")


def _memory(which: str) -> float:
    status = Path("/proc/self/status").read_text()
    return int(status.split(f"{which}:")[1].split()[0]) / 1024


async def _here(host: str, port: int) -> Sequence[str]:
    return ["127.0.0.1"]


def _no_language(title: str, text: str, declared: str | None) -> str:
    return declared or "und"


if __name__ == "__main__":
    asyncio.run(visit_all(int(sys.argv[1])))
