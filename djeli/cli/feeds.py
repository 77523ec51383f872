"""`djeli feeds …`: list, add, import, export, test."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from baseline.language import detect
from bot import health
from djeli.app import answers, doctor, feedlist, show, wiring
from djeli.app.config import DEFAULT_NAME
from djeli.app.durations import interval, written
from djeli.app.wiring import House
from djeli.cli.desk import JSON, Desk
from djeli.core.clock import utc_now
from djeli.core.errors import JobFailed, UserError
from djeli.core.model import Check, Failure, Feed, FeedCursor, ReadPages
from monitors import discover, opml
from monitors.web import HttpWeb


@click.group()
def feeds() -> None:
    """The feeds: list, add, import, export, test."""


@feeds.command(name="list")
@JSON
@click.pass_obj
def feeds_list(desk: Desk, as_json: bool) -> None:
    """The configured feeds and how they are."""
    house = desk.house()
    with desk.store(house.config) as store:
        store.configure_feeds(house.config.feeds)
        statuses = store.feed_statuses()
    lines = [answers.feed_json(status, health.fix(status.cursor, house.voice)) for status in statuses]
    if as_json:
        show.as_json(lines)
        return
    keys = ("outlet", "state", "since", "cause", "entries", "articles", "last_ok", "next_due", "url", "fix")
    show.table(keys, ([line[key] for key in keys] for line in lines))


@feeds.command(name="add")
@click.argument("address", metavar="ADDRESS")
@click.option("--outlet", help="Its id in knowledge/sources.yaml, or a new name; default: by its address.")
@click.option("--every", default="15m", show_default=True, help="How often: 15m, 2h, 1d.")
@click.option("--read", default="auto", show_default=True, help="Whose pages: auto, all, matching, never.")
@click.option(
    "--as-is", is_flag=True, help="Take the address as it is, without looking for the feed behind it."
)
@click.pass_obj
def feeds_add(desk: Desk, address: str, outlet: str | None, every: str, read: str, as_is: bool) -> None:
    """Add a feed to the configuration; finds the feed behind a page's address."""
    house = desk.configured()
    url = address if as_is else asyncio.run(_discovered(house, address))
    try:
        feed = Feed(
            url, outlet or feedlist.outlet_of(url, house.knowledge.outlets), interval(every), ReadPages(read)
        )
    except ValueError as error:
        raise UserError(f"--every or --read: {error}") from None
    _add(desk, house, [feed])


async def _discovered(house: House, address: str) -> str:
    web = HttpWeb(detect, house.config.allow_private)
    try:
        found = await discover.discover(web.fetcher, address)
    finally:
        await web.aclose()
    if isinstance(found, Failure):
        raise JobFailed(f"{address}: {found.detail}")
    for url, title in found[1:]:
        click.echo(f"also offered: {url} {title}".rstrip(), err=True)
    return found[0][0]


def _add(desk: Desk, house: House, new: list[Feed]) -> None:
    path = desk.path or Path(DEFAULT_NAME)
    added = feedlist.add_feeds(path, new, wiring.vocabulary(house.knowledge))
    for feed in added:
        show.out(f"{path}: added {feed.url} ({feed.outlet}, every {written(feed.every)})")
    if not added:
        show.out(f"{path}: nothing to add, all of it is there already")


@feeds.command(name="import")
@click.argument("file", metavar="FILE.opml", type=click.Path(path_type=Path))
@click.option("--every", default="15m", show_default=True, help="How often: 15m, 2h, 1d.")
@click.pass_obj
def feeds_import(desk: Desk, file: Path, every: str) -> None:
    """Add the feeds of an OPML file to the configuration."""
    house = desk.configured()
    try:
        found = opml.import_opml(file.read_bytes(), interval(every))
    except OSError as error:
        raise UserError(f"{file}: cannot be read ({error.strerror})") from None
    except ValueError as error:
        raise UserError(f"--every: {error}") from None
    _add(desk, house, found)


@feeds.command(name="export")
@click.argument("file", metavar="[FILE.opml]", required=False, type=click.Path(path_type=Path))
@click.pass_obj
def feeds_export(desk: Desk, file: Path | None) -> None:
    """The configured feeds as OPML."""
    text = opml.export_opml(desk.house().config.feeds)
    if file is None:
        show.out(text.rstrip("\n"))
        return
    try:
        with file.open("x", encoding="utf-8") as target:
            target.write(text)
    except FileExistsError:
        raise UserError(f"{file}: exists already and is left as it is; name a new file") from None
    except OSError as error:
        raise UserError(f"{file}: cannot be written ({error.strerror})") from None


@feeds.command(name="test")
@click.argument("which", metavar="[ADDRESS|OUTLET]", required=False)
@JSON
@click.pass_obj
def feeds_test(desk: Desk, which: str | None, as_json: bool) -> None:
    """Look at a feed, or at all of them, and say what is there; exit 1 if any fails."""
    house = desk.house()
    checks = asyncio.run(_looked(house, feedlist.chosen(house.config.feeds, which)))
    if as_json:
        show.as_json([answers.check_json(check) for check in checks])
    else:
        for check in checks:
            show.out(f"{'✗' if check.failure else '✓'} {doctor.said_of(check)}")
    if any(check.failure for check in checks):
        raise click.exceptions.Exit(1)


async def _looked(house: House, chosen: list[Feed]) -> list[Check]:
    web = HttpWeb(detect, house.config.allow_private)
    try:
        return await asyncio.gather(*(web.look(feed, FeedCursor(feed.url), utc_now()) for feed in chosen))
    finally:
        await web.aclose()
