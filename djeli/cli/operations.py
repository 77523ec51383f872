"""`djeli status`, `health`, `backup` and `migrate`."""

from __future__ import annotations

from datetime import timedelta
from importlib.metadata import version

import click

from bot import replies
from bot.replies import StatusView
from djeli.app import answers, jobs, show
from djeli.app.machine import database_bytes, database_file, free_bytes
from djeli.cli.desk import JSON, Desk
from djeli.core.clock import utc_now
from djeli.core.errors import JobFailed, UserError
from storage.engine import migrate as migrate_database


@click.command()
@JSON
@click.pass_obj
def status(desk: Desk, as_json: bool) -> None:
    """How the feeds and the messages are."""
    house, now = desk.house(), utc_now()
    with desk.store(house.config) as store:
        view = StatusView(
            version=version("djeli"),
            polls=False,
            outbox=tuple(store.outbox_health()),
            feeds=tuple(store.feed_statuses()),
            unreachable=tuple(store.refusing().items()),
            dead=tuple(store.dead_letters(5)),
            database_bytes=database_bytes(house.config.database),
            free_bytes=free_bytes(house.config.database),
        )
        counts = store.counts(now - timedelta(days=1))
        beat, wrong = (
            store.setting(jobs.HEARTBEAT),
            jobs.unhealthy(store, store, now, free_bytes(house.config.database)),
        )
    if as_json:
        known = answers.status_json(
            view.version, view.feeds, view.outbox, counts, beat, wrong, dict(view.unreachable)
        )
        show.as_json(known | {"database_bytes": view.database_bytes, "free_bytes": view.free_bytes})
        return
    show.out(replies.as_text(replies.status(view, now, house.voice)))
    show.out(f"24 h: {' · '.join(f'{name} {count}' for name, count in counts.items())}")
    show.out(f"health: {wrong or 'fine'}")


@click.command()
@click.pass_obj
def health(desk: Desk) -> None:
    """Exit 0 when the service is alive and messages flow, 1 when not."""
    config = desk.config()
    with desk.store(config) as store:
        wrong = jobs.unhealthy(store, store, utc_now(), free_bytes(config.database))
    if wrong:
        raise JobFailed(f"not well: {wrong}")
    show.out("fine")


@click.command()
@click.argument("path", metavar="PATH")
@click.pass_obj
def backup(desk: Desk, path: str) -> None:
    """Copy the database to a new file while the service runs."""
    config = desk.config()
    if database_file(config.database) and database_bytes(config.database) is None:
        raise UserError(f"{database_file(config.database)}: there is no database yet")
    with desk.store(config) as store:
        store.backup(path)
    show.out(f"{path}: written")


@click.command(name="migrate")
@click.pass_obj
def migrate_(desk: Desk) -> None:
    """Bring the tables of the database to this version."""
    before, after = migrate_database(desk.config().database)
    show.out(f"already at {after}" if before == after else f"from {before or 'nothing'} to {after}")
