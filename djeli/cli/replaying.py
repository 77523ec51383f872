"""`djeli replay`: the stored articles judged again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import click

from djeli.app import durations, show, wiring
from djeli.app import replay as replaying
from djeli.app.changes import known
from djeli.app.replay import Replayed
from djeli.app.replay_report import Report, replayed_json
from djeli.app.wiring import House
from djeli.cli.desk import JSON, Desk
from djeli.core.clock import utc_now
from djeli.core.errors import JobFailed, UserError
from djeli.core.ports import Past
from storage.store import SqlStore

_SINCE = "90d"


@click.command()
@click.option("--since", help=f"How long ago (90d, 12h, 3w) or a day (2027-03-01); default {_SINCE}.")
@click.option(
    "--config",
    "new",
    type=click.Path(path_type=Path),
    help="Compare this configuration with the present one; without it the present one is compared with "
    "what was decided then.",
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="What would be new relative to this day: only facts and stories known by then count.",
)
@click.option("--all", "everything", is_flag=True, help="List every unchanged alert, too.")
@JSON
@click.pass_obj
def replay(
    desk: Desk, since: str | None, new: Path | None, as_of: datetime | None, everything: bool, as_json: bool
) -> None:
    """Judge the stored articles again; show alerts lost, gained and unchanged."""
    house = desk.house()
    other = wiring.open_house(new) if new else house
    start = _start(house, since, as_of)
    with desk.store(house.config) as store:
        replayed = _replayed(store, start, house, other if new else None, as_of)
    report = Report(
        replayed,
        before=_name(desk.path) if new else None,
        after=_name(new or desk.path),
        voice=house.voice,
        as_of=as_of.date().isoformat() if as_of else None,
    )
    if as_json:
        show.as_json(replayed_json(report))
    else:
        _print(report, everything)
    if replayed.must_catch.lost:
        raise JobFailed(f"must-catch stories would be lost: {', '.join(replayed.must_catch.lost)}")


def _start(house: House, since: str | None, as_of: datetime | None) -> datetime:
    if as_of and since:
        raise UserError("--as-of says since when articles are judged again; leave --since out")
    if as_of:
        return durations.day_begins(as_of.date(), house.config.zone)
    try:
        return durations.moment_back(since or _SINCE, utc_now(), house.config.zone)
    except ValueError as error:
        raise UserError(f"--since {error}") from None


def _replayed(
    store: SqlStore, start: datetime, house: House, other: House | None, as_of: datetime | None
) -> Replayed:
    def progress(steps: Iterable[Past], total: int) -> Iterable[Past]:
        return show.with_progress(steps, "Judging again", total)

    day = as_of.date() if as_of else None
    accepted = known(store, house.knowledge)
    present = replaying.side(house, accepted)
    return replaying.replay(
        store,
        start,
        after=replaying.side(other or house, accepted, day),
        before=present if other else None,
        then=present.hearers,
        progress=progress,
    )


def _name(path: Path | None) -> str:
    return str(path) if path else "the beat as it comes"


def _print(report: Report, everything: bool) -> None:
    for line in report.said():
        show.out(line)
    if report.replayed.rows:
        show.out("")
        show.table(report.headers(), report.rows(everything))
        if rest := report.rest(everything):
            show.out(rest)
