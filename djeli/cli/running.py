"""`djeli run`."""

from __future__ import annotations

import asyncio
import logging

import click

from bot.telegram import Telegram
from djeli.app import logs, service, show
from djeli.app.wiring import House
from djeli.cli.connecting import telegram_of
from djeli.cli.desk import Desk
from djeli.core.clock import utc_now
from djeli.core.errors import UserError
from storage.store import SqlStore

_NO_TOKEN = "there is no token: set DJELI_TELEGRAM_TOKEN, name a token_file in [telegram], or use --dry-run"


@click.command(name="run")
@click.option("--once", is_flag=True, help="One round over every feed, deliver what is owed, exit.")
@click.option("--dry-run", is_flag=True, help="Print the messages instead of sending; remember nothing.")
@click.pass_obj
def run_(desk: Desk, once: bool, dry_run: bool) -> None:
    """The service: scheduler, monitors, judge, sender, bot commands."""
    house = desk.ready()
    logs.begin()
    for note in house.config.notes:
        logging.getLogger("djeli").warning("%s", note)
    if dry_run:
        with service.practice_store(house.config.database) as store:
            _run(house, store, None, once, practice=True)
        return
    telegram = telegram_of(house)
    with desk.store(house.config, create=True) as store:
        if telegram is None and house.roster(store):
            raise UserError(_NO_TOKEN)
        _run(house, store, telegram, once, practice=False)


def _run(house: House, store: SqlStore, telegram: Telegram | None, once: bool, practice: bool) -> None:
    if not once:
        asyncio.run(_serve(house, store, telegram, practice))
        return
    if practice:
        done = asyncio.run(service.practise_once(house, store, utc_now, show.out))
    else:
        done = asyncio.run(service.run_once(house, store, telegram, utc_now))
    click.echo(f"{done}.", err=True)


async def _serve(house: House, store: SqlStore, telegram: Telegram | None, practice: bool) -> None:
    stop = asyncio.Event()
    service.stop_on_signals(stop)
    await service.serve(house, store, telegram, utc_now, stop, show.out if practice else None)
