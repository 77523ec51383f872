"""`djeli feeds …`: list, add, move, remove, import, export, test."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import click

from baseline.language import detect
from bot import health
from djeli.app import answers, doctor, feedlist, show, trying, wiring
from djeli.app.config import DEFAULT_NAME
from djeli.app.durations import interval, written
from djeli.app.wiring import House
from djeli.cli.desk import JSON, Desk
from djeli.core.clock import utc_now
from djeli.core.errors import JobFailed, UserError
from djeli.core.model import Check, Feed, ReadPages
from monitors import furniture, opml
from monitors.web import HttpWeb


@click.group()
def feeds() -> None:
    """The feeds: list, add, move, remove, import, export, test."""


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
@click.argument("addresses", metavar="[ADDRESS…]", nargs=-1)
@click.option("--beat", is_flag=True, help="The outlets of knowledge/sources.yaml.")
@click.option("--outlet", help="Its id in knowledge/sources.yaml, or a new name; default: by its address.")
@click.option("--every", help="How often: 15m, 2h, 1d; default: 15m, of --beat as the outlet publishes.")
@click.option("--read", default="auto", show_default=True, help="Whose pages: auto, all, matching, never.")
@click.option(
    "--as-is", is_flag=True, help="Take the address as it is, without trying it or looking for the feed."
)
@click.pass_obj
def feeds_add(
    desk: Desk,
    addresses: tuple[str, ...],
    beat: bool,
    outlet: str | None,
    every: str | None,
    read: str,
    as_is: bool,
) -> None:
    """Try feeds and add those that answer to the configuration; finds the feed behind a page's address."""
    if not addresses and not beat:
        raise UserError("name the address of a feed or of its page, or --beat for the outlets of the beat")
    house = desk.configured()
    try:
        how = ReadPages(read)
        new = [Feed(url, outlet or "", interval(every or "15m"), how) for url in addresses]
        if beat:
            known = {feed.url for feed in house.config.feeds} | {feed.outlet for feed in house.config.feeds}
            curated = [one for one in wiring.curated_feeds(True) if not known & {one.url, one.outlet}]
            spans = [interval(every) if every else one.every for one in curated]
            new += [replace(one, every=at, read=how) for one, at in zip(curated, spans, strict=True)]
    except ValueError as error:
        raise UserError(f"--every or --read: {error}") from None
    if as_is:
        _add(desk, house, [_of_outlet(feed, house) for feed in new])
    elif new:
        asyncio.run(_add_what_answers(desk, house, new))
    else:
        show.out("nothing to add, every outlet of the beat is there already")


def _of_outlet(feed: Feed, house: House) -> Feed:
    return replace(feed, outlet=feed.outlet or feedlist.outlet_of(feed.url, house.knowledge.outlets))


async def _add_what_answers(desk: Desk, house: House, new: list[Feed]) -> None:
    """Each is written as soon as it has answered: what comes later cannot lose it."""
    web = HttpWeb(detect, house.config.allow_private, house.user_agent)
    failed = []
    try:
        async for asked, found in trying.each_tried(web, new, utc_now()):
            if found.works:
                for other in found.others:
                    click.echo(f"also offered: {other}", err=True)
                _add(desk, house, [_of_outlet(found.feed, house)], doctor.said_of(found.check))
            else:
                failed.append(f"{asked.url}: not added: {found.why}")
                if len(new) > 1:
                    click.echo(failed[-1], err=True)
    finally:
        await web.aclose()
    if len(new) == len(failed):
        told = failed[0] if len(new) == 1 else f"None of {len(new)} addresses answers with a feed."
        raise JobFailed(f"{told} With --as-is it is added all the same.")


def _add(desk: Desk, house: House, new: list[Feed], said: str = "") -> None:
    path = desk.path or Path(DEFAULT_NAME)
    added = feedlist.add_feeds(path, new, wiring.vocabulary(house.knowledge))
    for feed in added:
        show.out(f"{path}: added {feed.url} ({feed.outlet}, every {written(feed.every)})")
    if not added:
        show.out(f"{path}: nothing to add, all of it is there already")
    elif said:
        show.out(f"  {said}")


@feeds.command(name="move")
@click.argument("which", metavar="ADDRESS|OUTLET")
@click.argument("new", metavar="[NEW]", required=False)
@click.option("--as-is", is_flag=True, help="Take the new address as it is, without trying it.")
@click.pass_obj
def feeds_move(desk: Desk, which: str, new: str | None, as_is: bool) -> None:
    """Give a feed another address: the one named, or where it has moved to; what it told stays known."""
    house = desk.configured()
    old, said = feedlist.only(house.config.feeds, which), ""
    with desk.store(house.config) as store:
        target = new or store.cursor(old.url).proposed
        if target is None:
            raise UserError(f"{old.url} names no other address; name it: `djeli feeds move {which} NEW`")
        if not as_is:
            target, said = asyncio.run(_answering(house, replace(old, url=target)))
        if any(feed.url == target for feed in house.config.feeds):
            raise UserError(
                f"{target} is a feed already; to leave out the other: `djeli feeds remove {which}`"
            )
        path = desk.path or Path(DEFAULT_NAME)
        text = feedlist.moved(path, old.url, target, wiring.vocabulary(house.knowledge))
        store.move_feed(old.url, target)  # first: a service that runs reads the file as soon as it changes
        feedlist.write(path, text)
    show.out(f"{path}: {old.url} is now {target} ({old.outlet})")
    if said:
        show.out(f"  {said}")


async def _answering(house: House, feed: Feed) -> tuple[str, str]:
    """The address where the feed is found, and what it gives; JobFailed where there is none."""
    web = HttpWeb(detect, house.config.allow_private, house.user_agent)
    try:
        found = await trying.tried(web, feed, utc_now())
    finally:
        await web.aclose()
    if not found.works:
        raise JobFailed(f"{feed.url}: not taken: {found.why} With --as-is it is taken all the same.")
    return found.feed.url, doctor.said_of(found.check)


@feeds.command(name="remove")
@click.argument("which", metavar="ADDRESS|OUTLET…", nargs=-1, required=True)
@click.pass_obj
def feeds_remove(desk: Desk, which: tuple[str, ...]) -> None:
    """Take feeds out of the configuration; what they have told stays in the store."""
    house = desk.configured()
    path = desk.path or Path(DEFAULT_NAME)
    chosen = {feed.url: feed for feed in (feedlist.only(house.config.feeds, one) for one in which)}
    for feed in chosen.values():
        feedlist.write(path, feedlist.removed(path, feed.url, wiring.vocabulary(house.knowledge)))
        show.out(f"{path}: removed {feed.url} ({feed.outlet})")


@feeds.command(name="import")
@click.argument("file", metavar="FILE.opml", type=click.Path(path_type=Path))
@click.option("--every", default="15m", show_default=True, help="How often: 15m, 2h, 1d.")
@click.option("--no-try", is_flag=True, help="Add them without looking whether they answer.")
@click.pass_obj
def feeds_import(desk: Desk, file: Path, every: str, no_try: bool) -> None:
    """Add the feeds of an OPML file to the configuration, then try each and say what is wrong with it."""
    house = desk.configured()
    try:
        found, left_out = opml.import_opml(file.read_bytes(), interval(every))
    except OSError as error:
        raise UserError(f"{file}: cannot be read ({error.strerror})") from None
    except ValueError as error:
        raise UserError(f"--every: {error}") from None
    for failure in left_out:
        click.echo(f"{file}: left out: {failure.detail}", err=True)
    known = {feed.url for feed in house.config.feeds}
    found = [_of_known_outlet(feed, house) for feed in found]
    _add(desk, house, found)  # your list is yours: what does not answer today may do so tomorrow
    new = [feed for feed in found if feed.url not in known]
    if new and not no_try:
        asyncio.run(_say_what_fails(house, new))


def _of_known_outlet(feed: Feed, house: House) -> Feed:
    """Under the id of the outlet whose site it is, so that its chain is known; else as the file names it."""
    outlets = house.knowledge.outlets
    outlet = feedlist.outlet_of(feed.url, outlets)
    return replace(feed, outlet=outlet) if feed.outlet not in outlets and outlet in outlets else feed


async def _say_what_fails(house: House, new: list[Feed]) -> None:
    web = HttpWeb(detect, house.config.allow_private, house.user_agent)
    failed = 0
    try:
        async for asked, found in trying.each_tried(web, new, utc_now()):
            failed += not found.works
            if found.why:
                advice = f" Its site has {found.better}" if found.better else ""
                click.echo(f"{asked.url}: {found.why}{advice}", err=True)
    finally:
        await web.aclose()
    show.out(f"tried {len(new)}: {len(new) - failed} can be read, {failed} not")


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
    """Look at a feed, or at all of them, say what is there and what is wrong; exit 1 if any fails."""
    lines: list[answers.Json] = []
    house = desk.house()
    found = asyncio.run(_tested(house, feedlist.chosen(house.config.feeds, which)))
    with desk.store(house.config) as store:
        known = store.furniture({feed.outlet for feed, _, _ in found})
        cursors = {check.feed: trying.as_remembered(check, store) for _, check, _ in found}
    for feed, check, better in found:
        cursor = cursors[check.feed]
        cursor = replace(cursor, proposed=better or cursor.proposed)
        left_out = sorted({furniture.words(one) for one in furniture.usual(known[feed.outlet])})
        fix = health.fix(cursor, house.voice)
        if as_json:
            lines.append(answers.check_json(check, cursor, fix, left_out))
            continue
        show.out(f"{'✗' if check.failure else '✓'} {doctor.said_of(check)}")
        for said in (", ".join(trying.flaws(check)), doctor.state_of(cursor), fix):
            if said:
                show.out(f"  {said}")
        if left_out:
            show.out(f"  on every item: {', '.join(f'“{phrase}”' for phrase in left_out)}")
    if as_json:
        show.as_json(lines)
    if any(check.failure for _, check, _ in found):
        raise click.exceptions.Exit(1)


async def _tested(house: House, chosen: list[Feed]) -> list[tuple[Feed, Check, str | None]]:
    """Each feed with the look at it, and the address under which its site has a feed that works."""
    web = HttpWeb(detect, house.config.allow_private, house.user_agent)
    now = utc_now()

    async def one(feed: Feed) -> tuple[Feed, Check, str | None]:
        found = await trying.tried(web, feed, now)
        return feed, found.first, found.better

    try:
        return await asyncio.gather(*map(one, chosen))
    finally:
        await web.aclose()
