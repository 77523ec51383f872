"""`djeli run`: one process, one event loop for the jobs, the sender and the bot's commands."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from baseline.language import detect
from bot import pairing
from bot.answering import Answers
from bot.replies import StatusView
from bot.sender import Sender
from bot.telegram import Telegram
from djeli.app import changes, feedback, jobs, talking
from djeli.app.changes import Informed
from djeli.app.cycle import Cycle, Round
from djeli.app.dead_letters import DeadLetters
from djeli.app.feedback import Feedback
from djeli.app.jobs import Clockwork, DigestRound
from djeli.app.lease import SenderLease
from djeli.app.machine import Process, database_bytes, free_bytes
from djeli.app.memory import return_memory, spare_memory
from djeli.app.pairing import Door
from djeli.app.pulse import Pulse
from djeli.app.reloading import Current, News, Reloading, notices
from djeli.app.roster import Roster
from djeli.app.talking import Talk
from djeli.app.wiring import House
from djeli.core.clock import Clock
from djeli.core.errors import JobFailed
from djeli.core.model import Failure, Feed
from djeli.core.ports import Outbox, Web
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
    config = house.config
    web = HttpWeb(detect, config.allow_private, house.user_agent, heed_robots=config.heed_robots)
    try:
        yield web
    finally:
        await web.aclose()


@asynccontextmanager
async def _cycle(
    house: House, store: SqlStore, clock: Clock, chats: Roster, web: Web, *, waits: bool = False
) -> AsyncIterator[Cycle]:
    cycle = house.cycle(web, store, clock, chats=chats, waits=waits, reactions=store)
    try:
        yield cycle
    finally:
        await asyncio.to_thread(cycle.close)


def _digests(house: House, store: SqlStore, chats: Roster) -> DigestRound:
    return DigestRound(chats, house.teller(store, chats, reactions=store), store, store)


# --------------------------------------------------------------------------------- one round


async def run_once(
    house: House, store: SqlStore, telegram: Telegram | None, clock: Clock, web: Web | None = None
) -> Round:
    """One round over every feed, due or not, then everything that is owed goes out.

    `web` replaces the press itself. Raises JobFailed when messages that are due could not be
    delivered; they are kept.
    """
    lease = SenderLease(store, clock, Process.this())
    if telegram is not None:
        await lease.take()
    try:
        house = Informed(house, store).of(house)
        store.configure_feeds(house.config.feeds)
        store.recover(clock())
        current = Current(house, house.roster(store))
        async with (
            _web(house) as press,
            _cycle(house, store, clock, current.roster, web or press) as cycle,
        ):
            done = await cycle.round(house.config.feeds)
        _digests(house, store, current.roster).owe(clock())
        store.set_setting(jobs.HEARTBEAT, clock().isoformat())
        if telegram is not None:
            await _deliver_all(_sender(current, store, telegram, clock, lease), telegram)
            _complain_about_rest(store, clock())
    finally:
        if telegram is not None:
            await lease.give_back()
    return done


async def _deliver_all(sender: Sender, telegram: Telegram) -> None:
    try:
        await sender.drain()
    finally:
        await sender.let_go()
        await telegram.close()


def _complain_about_rest(store: SqlStore, now: datetime) -> None:
    waiting = [chat for chat in store.outbox_health() if chat.oldest_pending and chat.oldest_pending <= now]
    if waiting:
        said = store.refusing()
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
    what is due, and the longest between two at what was pressed and accepted.
    """
    spare_memory()
    lease = SenderLease(store, clock, Process.this())
    if telegram:
        await lease.take()
    try:
        await _serve(house, store, telegram, clock, stop, echo, tick, lease)
    finally:
        if telegram:
            await lease.give_back()


async def _serve(
    house: House,
    store: SqlStore,
    telegram: Telegram | None,
    clock: Clock,
    stop: asyncio.Event,
    echo: Echo | None,
    tick: float,
    lease: SenderLease,
) -> None:
    accepted, house = await asyncio.to_thread(Informed.of_house, house, store)
    store.configure_feeds(house.config.feeds)
    store.recover(clock())
    current = Current(house, house.roster(store))
    sender = _sender(current, store, telegram, clock, lease) if telegram else None

    async def deliver() -> None:
        if sender:
            sender.wake()
        elif echo:
            print_owed(store, clock(), echo)

    presses = Feedback(current, store, clock, deliver)
    waits = telegram is not None  # what is only printed waits for nothing
    async with (
        _web(house) as web,
        _cycle(house, store, clock, current.roster, web, waits=waits) as cycle,
    ):
        clockwork = Clockwork(
            _feeds(house, current.roster, telegram),
            cycle,
            _digests(house, store, current.roster),
            store,
            clock,
            due.due,
            deliver=deliver,
            beat=lambda: _signs(telegram, current),
            tick=tick,
            tidy=return_memory,
        )

        async def welcome(chat: int) -> None:
            """Now there is somebody to hear of the first look; and what was owed before the chat refused."""
            house = current.house
            feeds = _feeds(house, current.roster, telegram)
            await clockwork.refurnish(feeds, _digests(house, store, current.roster))
            if sender:
                await sender.revive(chat)

        if telegram and sender:
            door = Door(current, store, clock, welcome)
            pairing.install(telegram.application, door.redeem, Answers(store, clock))
            talk = _talk(current, store, telegram, sender, clockwork, clock)
            talk.install(telegram.application)
            telegram.on_greeted = partial(talk.commands.set_menu, telegram.application)

        async def furnish(new: House) -> None:
            roster = new.roster(store)
            await asyncio.to_thread(store.configure_feeds, new.config.feeds)
            await cycle.refurnish(new.cycle(web, store, clock, chats=roster, waits=waits, reactions=store))
            await clockwork.refurnish(_feeds(new, roster, telegram), _digests(new, store, roster))
            web.refurnish(new.config.allow_private, new.user_agent, new.config.heed_robots)
            current.house, current.roster = new, roster

        async def tell(news: News) -> None:
            told = notices(news, current.house, tuple(current.roster), clock(), current.admins)
            await asyncio.to_thread(store.owe, told, clock())
            await deliver()

        clockwork.start()
        beside = [
            Reloading(current, accepted.taking(furnish), tell).run(),
            accepted.follow(furnish, min(changes.PAUSE, tick)),
            _pulse(current, store, telegram, web, clock).run(),
            *(
                [
                    telegram.watch(),
                    presses.follow(min(feedback.PAUSE, tick)),
                    DeadLetters(current, store, clock, deliver).follow(),
                ]
                if telegram
                else []
            ),
        ]
        try:
            async with _beside(*beside):
                await _until_stopped(telegram, sender, stop, lease)
        finally:
            await clockwork.stop()
            if sender:
                await sender.let_go()
            if telegram:
                await telegram.stop()


@asynccontextmanager
async def _beside(*works: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """What goes on as long as the service does, and is broken off when it ends."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _feeds(house: House, roster: Roster, telegram: Telegram | None) -> list[Feed]:
    """The feeds to ask; none while there is nobody to hear of the first look at them."""
    if telegram is None or roster or roster.admins:
        return list(house.config.feeds)
    log.warning(
        "no chat is told anything yet, so no feed is asked; `djeli chats pair` gives a code to add one"
    )
    return []


async def _until_stopped(
    telegram: Telegram | None, sender: Sender | None, stop: asyncio.Event, lease: SenderLease
) -> None:
    """Wait for the stop, or for an end that nobody wished; a message in flight may still arrive."""
    if telegram is None or sender is None:
        await stop.wait()
        return
    stopped = asyncio.create_task(stop.wait())
    sending = asyncio.create_task(sender.run(stop))
    failed = asyncio.create_task(telegram.polling.until_failed())
    polling = asyncio.create_task(telegram.start())  # ends as soon as Telegram was greeted
    keeping = asyncio.create_task(lease.keep())
    tasks: tuple[asyncio.Task[Any], ...] = (stopped, sending, failed, polling, keeping)
    done, _ = await asyncio.wait({stopped, sending, failed, keeping}, return_when=asyncio.FIRST_COMPLETED)
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
    with contextlib.suppress(NotImplementedError, AttributeError):  # reload, where it ends other programs
        asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, _say_that_files_are_watched)


def _say_that_files_are_watched() -> None:
    log.info("a changed configuration is taken over by itself, within seconds; no signal is needed")


def _sender(
    current: Current, store: SqlStore, telegram: Telegram, clock: Clock, lease: SenderLease
) -> Sender:
    sender = Sender(
        store,
        telegram.messenger,
        clock,
        holder=lease.holder,
        on_move=lambda old, new: current.roster.refresh(),
        hourly=lambda chat: current.roster.hourly(chat),
        voice=current.voice,
    )
    loop = asyncio.get_running_loop()

    def owed() -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended, and the store has not
            loop.call_soon_threadsafe(sender.wake)

    store.on_owed = owed
    return sender


def _pulse(current: Current, store: SqlStore, telegram: Telegram | None, web: HttpWeb, clock: Clock) -> Pulse:
    def unhealthy(now: datetime) -> str | None:
        if store.setting(jobs.HEARTBEAT) is None:  # the first start: the jobs are about to give their sign
            return None
        return jobs.unhealthy(store, store, now, free_bytes(current.config.database))

    def reached() -> datetime | None:
        return telegram.polling.reached if telegram else clock()

    async def ping(address: str) -> Failure | None:
        answer = await web.fetcher.get(address, limit=100_000)
        return answer if isinstance(answer, Failure) else None

    return Pulse(unhealthy, reached, lambda: current.config.ping, ping, clock)


def _signs(telegram: Telegram | None, current: Current) -> Mapping[str, str]:
    """What is remembered with the heartbeat; chats that the command line removed are noticed then."""
    current.roster.refresh()
    if telegram is None:
        return {}
    moments = {jobs.POLLED: telegram.polling.last_ok, jobs.REACHED: telegram.polling.reached}
    return {name: at.isoformat() for name, at in moments.items() if at}


def _talk(
    current: Current,
    store: SqlStore,
    telegram: Telegram,
    sender: Sender,
    clockwork: Clockwork,
    clock: Clock,
) -> Talk:
    started = clock()

    def status() -> StatusView:
        return StatusView(
            version=version("djeli"),
            started=started,
            last_poll=telegram.polling.last_ok,
            outbox=tuple(store.outbox_health()),
            feeds=tuple(store.feed_statuses()),
            unreachable=tuple(store.refusing().items()),
            dead=tuple(store.dead_letters(5)),
            next_run=clockwork.next_run,
            database_bytes=database_bytes(current.config.database),
            free_bytes=free_bytes(current.config.database),
            strangers=talk.strangers,
            missed=clockwork.missed,
        )

    talk = talking.talk(
        current,
        store,
        status=status,
        clock=clock,
        on_return=sender.revive,
        on_owed=sender.wake,
    )
    return talk
