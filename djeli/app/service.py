"""`djeli run`: one process, one event loop for the jobs, the sender and the bot's commands."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import signal
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from baseline.language import detect
from bot.commands import Commands
from bot.replies import StatusView
from bot.sender import Sender
from bot.telegram import Telegram
from djeli.app import jobs
from djeli.app.cycle import Cycle, Round
from djeli.app.jobs import Clockwork, DigestRound
from djeli.app.machine import database_bytes, free_bytes, return_memory
from djeli.app.reloading import Current, News, Reloading, notices
from djeli.app.wiring import House
from djeli.core.clock import Clock
from djeli.core.errors import JobFailed
from djeli.core.model import Feed
from djeli.core.ports import Outbox, Store, Web
from monitors import due
from monitors.web import HttpWeb
from storage.store import SqlStore, open_store

log = logging.getLogger("djeli")

Echo = Callable[[str], None]
_LAST_MESSAGE = 10.0  # seconds a message in flight may take after the stop


@contextmanager
def practice_store(url: str) -> Iterator[SqlStore]:
    """A copy of the store for --dry-run: nothing that happens in it is remembered."""
    with tempfile.TemporaryDirectory(prefix="djeli-") as folder:
        copy = Path(folder) / "copy.db"
        if database_bytes(url) is not None:
            real = open_store(url)
            try:
                real.backup(str(copy))
            finally:
                real.close()
            url = f"sqlite:///{copy}"
        else:
            url = "sqlite://"
        store = open_store(url)
        try:
            yield store
        finally:
            store.close()


@asynccontextmanager
async def _web(house: House) -> AsyncIterator[HttpWeb]:
    web = HttpWeb(detect, house.config.allow_private, house.user_agent)
    try:
        yield web
    finally:
        await web.aclose()


@asynccontextmanager
async def _cycle(house: House, store: Store, clock: Clock, web: Web) -> AsyncIterator[Cycle]:
    cycle = house.cycle(web, store, clock)
    try:
        yield cycle
    finally:
        await asyncio.to_thread(cycle.close)


def _digests(house: House, store: SqlStore) -> DigestRound:
    return DigestRound(house.config.chats, house.teller(store), store, store)


# --------------------------------------------------------------------------------- one round


async def run_once(
    house: House, store: SqlStore, telegram: Telegram | None, clock: Clock, web: Web | None = None
) -> Round:
    """One round over every feed, due or not, then everything that is owed goes out.

    `web` replaces the press itself. Raises JobFailed when messages that are due could not be
    delivered; they are kept.
    """
    store.configure_feeds(house.config.feeds)
    store.recover(clock())
    async with _web(house) as press, _cycle(house, store, clock, web or press) as cycle:
        done = await cycle.round(house.config.feeds)
    _digests(house, store).owe(clock())
    store.set_setting(jobs.HEARTBEAT, clock().isoformat())
    if telegram is not None:
        await _deliver_all(_sender(Current(house), store, telegram, clock), store, telegram)
        _complain_about_rest(store, clock())
    return done


async def _deliver_all(sender: Sender, store: Store, telegram: Telegram) -> None:
    try:
        await sender.drain()
    finally:
        store.set_setting(jobs.UNREACHABLE, json.dumps(sender.unreachable))
        await sender.let_go()
        await telegram.close()


def _complain_about_rest(store: SqlStore, now: datetime) -> None:
    waiting = [chat for chat in store.outbox_health() if chat.oldest_pending and chat.oldest_pending <= now]
    if waiting:
        said = jobs.refusing(store)
        chats = ", ".join(
            f"{chat.chat} ({said[chat.chat]})" if chat.chat in said else str(chat.chat) for chat in waiting
        )
        count = sum(chat.pending + chat.uncertain for chat in waiting)
        raise JobFailed(
            f"Messages that Telegram did not take: {count}, for chat {chats}; they go out at the next run."
        )


async def practise_once(house: House, store: SqlStore, clock: Clock, echo: Echo) -> Round:
    """As `run_once`, but the messages are printed; `store` is a practice store."""
    done = await run_once(house, store, None, clock)
    print_owed(store, clock(), echo)
    return done


def print_owed(outbox: Outbox, now: datetime, echo: Echo) -> None:
    """Print what is due in the order in which it would be sent, and count it as sent."""
    while rows := outbox.next_rows(now):
        for row in rows:
            outbox.mark_sending(row.id, now)
            outbox.mark_sent(row.id, None, now)
            if row.alert.plain:
                echo(f"── {row.alert.kind} → chat {row.alert.chat}\n{row.alert.plain}\n")


# -------------------------------------------------------------------------------- the service


async def serve(
    house: House,
    store: SqlStore,
    telegram: Telegram | None,
    clock: Clock,
    stop: asyncio.Event,
    echo: Echo | None = None,
    tick: float = jobs.TICK,
) -> None:
    """Watch, judge, send and answer until told to stop; JobFailed when Telegram refuses the token.

    Without `telegram` nothing is sent; with `echo` it is printed. `tick`: seconds between two looks at
    what is due.
    """
    return_memory()
    store.configure_feeds(house.config.feeds)
    store.recover(clock())
    current = Current(house)
    sender = _sender(current, store, telegram, clock) if telegram else None

    async def deliver() -> None:
        if sender:
            sender.wake()
        elif echo:
            print_owed(store, clock(), echo)

    async with _web(house) as web, _cycle(house, store, clock, web) as cycle:
        clockwork = Clockwork(
            _feeds(house, telegram),
            cycle,
            _digests(house, store),
            store,
            clock,
            due.due,
            deliver=deliver,
            beat=lambda: _signs(telegram, sender),
            tick=tick,
        )
        if telegram and sender:
            _commands(current, store, telegram, sender, clockwork, clock).install(telegram.application)

        async def take(new: House) -> None:
            await asyncio.to_thread(store.configure_feeds, new.config.feeds)
            await cycle.refurnish(new.cycle(web, store, clock))
            await clockwork.refurnish(_feeds(new, telegram), _digests(new, store))
            web.refurnish(new.config.allow_private, new.user_agent)
            current.house = new

        async def tell(news: News) -> None:
            await asyncio.to_thread(store.owe, notices(news, current.house, clock()), clock())
            await deliver()

        clockwork.start()
        reloading = asyncio.create_task(Reloading(current, take, tell).run())
        try:
            await _until_stopped(telegram, sender, stop)
        finally:
            reloading.cancel()
            await asyncio.gather(reloading, return_exceptions=True)
            await clockwork.stop()
            if sender:
                await sender.let_go()
            if telegram:
                await telegram.stop()


def _feeds(house: House, telegram: Telegram | None) -> list[Feed]:
    """The feeds to ask; none while there is nobody to hear of the first look at them."""
    if telegram is None or house.config.chats or house.config.admins:
        return list(house.config.feeds)
    log.warning("no chat is configured and no feed is asked; the bot answers /start with the chat's id")
    return []


async def _until_stopped(telegram: Telegram | None, sender: Sender | None, stop: asyncio.Event) -> None:
    """Wait for the stop, or for an end that nobody wished; a message in flight may still arrive."""
    if telegram is None or sender is None:
        await stop.wait()
        return
    stopped = asyncio.create_task(stop.wait())
    sending = asyncio.create_task(sender.run(stop))
    failed = asyncio.create_task(telegram.polling.until_failed())
    polling = asyncio.create_task(telegram.start())  # ends as soon as Telegram was greeted
    tasks: tuple[asyncio.Task[Any], ...] = (stopped, sending, failed, polling)
    done, _ = await asyncio.wait({stopped, sending, failed}, return_when=asyncio.FIRST_COMPLETED)
    stop.set()
    await asyncio.wait({sending}, timeout=_LAST_MESSAGE)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()


def stop_on_signals(stop: asyncio.Event) -> None:
    """SIGTERM and Ctrl-C end the service in order; where signals cannot be handled, Ctrl-C breaks it off."""
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # loops that know no signals, as on Windows
            asyncio.get_running_loop().add_signal_handler(number, stop.set)


def _sender(current: Current, store: SqlStore, telegram: Telegram, clock: Clock) -> Sender:
    return Sender(store, telegram.messenger, clock, language=current.language)


def _signs(telegram: Telegram | None, sender: Sender | None) -> Mapping[str, str]:
    signs: dict[str, str] = {}
    if telegram and telegram.polling.last_ok:
        signs[jobs.POLLED] = telegram.polling.last_ok.isoformat()
    if sender:
        signs[jobs.UNREACHABLE] = json.dumps(sender.unreachable)
    return signs


def _commands(
    current: Current,
    store: SqlStore,
    telegram: Telegram,
    sender: Sender,
    clockwork: Clockwork,
    clock: Clock,
) -> Commands:
    started = clock()

    def status() -> StatusView:
        return StatusView(
            version=version("djeli"),
            started=started,
            last_poll=telegram.polling.last_ok,
            outbox=tuple(store.outbox_health()),
            feeds=tuple(store.feed_statuses()),
            unreachable=tuple(sender.unreachable.items()),
            next_run=clockwork.next_run,
            database_bytes=database_bytes(current.config.database),
            free_bytes=free_bytes(current.config.database),
            strangers=commands.strangers,
            missed=clockwork.missed,
        )

    commands = Commands(
        store,
        store,
        facts=lambda words: current.house.judge.known(words.split()),
        status=status,
        voice=lambda chat: current.house.voices[current.language(chat)],
        chats=current.chats,
        admins=current.admins,
        clock=clock,
        entity=lambda name: current.house.entity(name),
        on_return=sender.revive,
    )
    return commands
