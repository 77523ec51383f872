"""`djeli explain` and `backtest`: articles judged outside the service."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from baseline.language import detect
from djeli.app import answers, backtest, changes, durations, explaining, show
from djeli.app.explaining import Handed
from djeli.app.steps import steps
from djeli.app.wiring import House
from djeli.cli.desk import JSON, Desk
from djeli.core.clock import utc_now
from djeli.core.errors import UserError
from djeli.core.model import Decision
from monitors.web import HttpWeb
from storage.store import open_store


@click.command()
@click.argument("source", metavar="URL|FILE|-")
@click.option("--published", help="When it was published: 2027-02-08 or with a time.")
@click.option("--outlet", help="Who published it: an id of knowledge/sources.yaml or any name.")
@click.option(
    "--title", help="Its title, in place of the page's; with a file, the whole file is then the text."
)
@JSON
@click.pass_obj
def explain(
    desk: Desk, source: str, published: str | None, outlet: str | None, title: str | None, as_json: bool
) -> None:
    """Judge one article against the store and say why."""
    house = desk.informed()
    handed = explaining.amended(_handed(house, source, title), title, published, outlet)
    with desk.store(house.config) as store:
        explained = explaining.explained(handed, house, store, utc_now())
    if as_json:
        show.as_json(explaining.explained_json(explained))
        return
    for line in steps(explained, house.voice, house.knowledge):
        show.out(show.folded(line))


def _handed(house: House, source: str, title: str | None) -> Handed:
    now = utc_now()
    if source.startswith(("http://", "https://")):
        return asyncio.run(_fetch(house, source))
    if source == "-":
        text = sys.stdin.buffer.read().decode("utf-8", "replace")
        return explaining.from_text(f"{title}\n{text}" if title else text, "-", now)
    text = _lines(source)
    return explaining.from_text(f"{title}\n{text}" if title else text, source, now)


async def _fetch(house: House, url: str) -> Handed:
    web = HttpWeb(detect, house.config.allow_private, house.user_agent)
    try:
        return await explaining.fetched(url, web, utc_now())
    finally:
        await web.aclose()


@click.command(name="backtest")
@click.argument("file", metavar="FILE.jsonl")
@click.option("--messages", is_flag=True, help="Print what the chat would have got.")
@click.option("--database", help="Keep the store here (SQLAlchemy address) instead of in memory.")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="What would be new relative to this day: only facts known by then count, and earlier articles "
    "are judged, but not told.",
)
@JSON
@click.pass_obj
def backtest_(
    desk: Desk, file: str, messages: bool, database: str | None, as_of: datetime | None, as_json: bool
) -> None:
    """Judge a stream of articles offline, each at its own time, from the baseline alone."""
    house = desk.informed(offline=True)
    since = durations.day_begins(as_of.date(), house.config.zone) if as_of else None
    if as_of:
        house = changes.as_of(house, as_of.date())
    given = backtest.read_articles(file, _lines(file), detect)
    store = open_store(database or "sqlite://")
    try:
        owed = house.teller_for_anyone(store).owed
        judged_one_by_one = backtest.run(given, house.judge, store, owed)
        shown = show.with_progress(judged_one_by_one, "Judging", len(given))
        results = _in_order_of_time(shown, messages and not as_json, since)
    finally:
        store.close()
    judged = [results[place] for place in range(len(given))]
    if as_json:
        for one in judged:
            line = answers.judged_json(one.judgement, one.given.name)
            told = {"messages": [alert.plain for alert in one.alerts]} if messages else {}
            show.as_json(line | told, indent=None)
    elif not messages:
        _show_judged([one for one in judged if since is None or one.judgement.article.published >= since])


def _in_order_of_time(steps: Any, messages: bool, since: datetime | None) -> dict[int, backtest.Judged]:
    results = {}
    for place, one in steps:
        results[place] = one
        if messages and (since is None or one.judgement.article.published >= since):
            for alert in one.alerts:
                show.out(
                    f"── {alert.kind}, {one.judgement.article.published:%Y-%m-%d %H:%M} UTC\n{alert.plain}\n"
                )
    return results


def _show_judged(judged: list[backtest.Judged]) -> None:
    rows = []
    for one in judged:
        first = one.judgement.verdicts[0] if one.judgement.verdicts else None
        kind = " · ".join(filter(None, (first.mention.type, first.mention.stage))) if first else ""
        rows.append(
            (one.given.name, one.judgement.decision.value, kind, first.story if first else "",
             one.judgement.article.title, one.judgement.because)
        )  # fmt: skip
    show.table(("id", "decision", "what", "story", "title", "because"), rows)
    counts = Counter(one.judgement.decision for one in judged)
    said = "".join(f" · {decision.value} {counts[decision]}" for decision in Decision if counts[decision])
    show.out(f"articles {len(judged)}{said}")


def _lines(file: str) -> str:
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return data.decode("utf-8-sig")
    except FileNotFoundError:
        raise UserError(f"{file}: there is no such file") from None
    except IsADirectoryError:
        raise UserError(f"{file}: is a directory; name a file") from None
    except UnicodeDecodeError as error:
        raise UserError(f"{file}:{error.object[: error.start].count(10) + 1}: is not UTF-8 text") from None
    except OSError as error:
        raise UserError(f"{file}: cannot be read ({error.strerror})") from None
