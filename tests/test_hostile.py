"""The worst of the web, against the real fetching and parsing: what it costs and what is said of it."""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from djeli.core.model import Check, Feed, FeedCursor
from monitors.due import LONGEST_WAIT, next_due
from monitors.web import HttpWeb
from tests.hostile_server import BEHAVIOURS, PAGES, HostileServer
from tests.hostile_visits import DEADLINE, PARSE_SECONDS
from tests.soak_hostile import FLOODS, soak

NOW = datetime(2027, 2, 10, 12, tzinfo=UTC)
MOST_SECONDS = 2 * (DEADLINE + 2 * PARSE_SECONDS)  # twice, because others use the machine, too
MOST_MEGABYTES = 64


@pytest.fixture(scope="module")
def visits(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str | float]]:
    """Each behaviour once, visited by a process of its own, one after the other.

    Once for all processes of tests: who comes second waits, and reads what the first has seen.
    """
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    seen = shared / "hostile-visits.jsonl"
    with (shared / "hostile-visits.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not seen.exists():
            seen.write_text(visit_all(), encoding="utf-8")
    return {visit["name"]: visit for visit in map(json.loads, seen.read_text("utf-8").splitlines())}


def visit_all() -> str:
    with HostileServer() as server:
        command = [sys.executable, "-m", "tests.hostile_visits", str(server.port)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=500, check=True)
        assert server.cookies == 0
    return done.stdout


def test_there_are_many_behaviours_and_each_was_visited(visits: dict[str, dict[str, str | float]]) -> None:
    assert list(visits) == [*BEHAVIOURS, *PAGES]
    assert len(visits) >= 70


@pytest.mark.parametrize("name", [*BEHAVIOURS, *PAGES])
def test_no_attack_costs_much_or_harms_the_next_feed(
    name: str, visits: dict[str, dict[str, str | float]]
) -> None:
    visit = visits[name]
    assert float(visit["seconds"]) < MOST_SECONDS
    assert float(visit["megabytes"]) < MOST_MEGABYTES
    assert visit["then"] == ""


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_each_attack_is_called_by_its_name(name: str, visits: dict[str, dict[str, str | float]]) -> None:
    visit, expected = visits[name], BEHAVIOURS[name]
    detail = str(visit["detail"])
    assert visit["cause"] == expected.cause, detail
    assert re.search(expected.words, detail)
    assert detail.isprintable()
    assert detail == "" or detail.endswith(".")
    assert "secret" not in detail


def test_a_retry_after_is_never_a_reason_to_hurry_or_to_sleep_for_years() -> None:
    with HostileServer() as server:
        for name in ("429_huge", "429_digits", "503_negative", "503_date"):
            feed = Feed(f"http://127.0.0.1:{server.port}/{name}", "x")
            check = asyncio.run(_look(feed))
            wait = next_due(feed, check, 1, NOW, 0.5) - NOW
            assert feed.every < wait <= LONGEST_WAIT


async def _look(feed: Feed) -> Check:
    web = HttpWeb(lambda *_: "und", ["127.0.0.1/32"])
    try:
        return await web.look(feed, FeedCursor(feed.url), NOW)
    finally:
        await web.aclose()


def test_the_service_goes_on_among_hostile_feeds_and_status_names_each_cause(tmp_path: Path) -> None:
    """The short form of `make soak-hostile`: what ends soon and brings no thousand articles."""
    slow = [name for name, one in BEHAVIOURS.items() if one.cause in ("timeout", "unreadable")]
    quick = [name for name in BEHAVIOURS if name not in (*slow, *FLOODS)]
    report = soak(quick, 10, 60, tmp_path, whole=True)
    assert report.first_all is not None
    assert report.faults() == []
    assert set(report.causes) == {BEHAVIOURS[name].cause for name in quick} - {""}
