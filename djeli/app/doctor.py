"""`djeli doctor`: tries everything the service will need, one line each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass

from bot import health
from bot.telegram import Telegram, outcome_of
from bot.words import Voice
from djeli.app.durations import written
from djeli.app.machine import free_bytes
from djeli.app.trying import as_remembered
from djeli.app.wiring import House
from djeli.core.clock import Clock
from djeli.core.errors import DjeliError
from djeli.core.model import Chat, Check, Feed, FeedCursor
from djeli.core.ports import Store, Web
from storage.store import SqlStore

_ENOUGH = 200_000_000  # bytes of free disk


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was tried."""

    what: str
    fine: bool
    detail: str

    def __str__(self) -> str:
        return f"{'✓' if self.fine else '✗'} {self.what}: {self.detail}"


async def examine(
    house: House,
    web: Web,
    telegram: Telegram | None,
    no_telegram: str,
    open_database: Callable[[], SqlStore],
    clock: Clock,
) -> AsyncIterator[Finding]:
    """Try database, disk, wording, token, chats and feeds; `no_telegram` says why there is no `telegram`."""
    database = _database(open_database, clock)
    chats = _chats(house, open_database) if database.fine else house.config.chats
    yield database
    yield _disk(house)
    yield Finding("wording", not house.wording.refused, house.wording.said)
    if telegram is None:
        yield Finding("token", False, no_telegram)
    else:
        async for finding in _telegram(chats, telegram):
            yield finding
    if not chats:
        yield Finding("chats", False, "no chat is told anything: `djeli chats pair` gives a code to add one")
    if not house.config.feeds:
        yield Finding("feeds", False, "no [[feed]] is configured: nothing would be read")
    looks = [
        asyncio.ensure_future(web.look(feed, FeedCursor(feed.url), clock())) for feed in house.config.feeds
    ]
    store = open_database() if database.fine and looks else None
    try:
        for feed, look in zip(house.config.feeds, looks, strict=True):
            yield _feed(feed, await look, store, house.voice)
    finally:
        if store:
            store.close()


def _database(open_database: Callable[[], SqlStore], clock: Clock) -> Finding:
    try:
        store = open_database()
        try:
            store.set_setting("doctor", clock().isoformat())
        finally:
            store.close()
    except DjeliError as error:
        return Finding("database", False, str(error))
    return Finding("database", True, "opens and can be written")


def _disk(house: House) -> Finding:
    free = free_bytes(house.config.database)
    return Finding("disk", free >= _ENOUGH, f"{free // 1_000_000} MB free")


def _chats(house: House, open_database: Callable[[], SqlStore]) -> Sequence[Chat]:
    store = open_database()
    try:
        return tuple(house.roster(store))
    finally:
        store.close()


async def _telegram(chats: Sequence[Chat], telegram: Telegram) -> AsyncIterator[Finding]:
    try:
        me = await telegram.bot.get_me()
    except Exception as error:
        yield Finding("token", False, f"Telegram does not accept it: {outcome_of(error).detail}")
        return
    yield Finding("token", True, f"@{me.username}")
    for chat in chats:
        try:
            yield await _chat(telegram, chat.id, me.id)
        except Exception as error:
            yield Finding(f"chat {chat.id}", False, outcome_of(error).detail)


async def _chat(telegram: Telegram, chat: int, me: int) -> Finding:
    found = await telegram.bot.get_chat(chat)
    name = found.title or found.full_name or found.type
    if found.type == "private":
        return Finding(f"chat {chat}", True, f"{name} (private)")
    member = await telegram.bot.get_chat_member(chat, me)
    may_write = member.status in ("administrator", "creator", "member") or bool(
        getattr(member, "can_send_messages", False)
    )
    if found.type == "channel":
        may_write = bool(getattr(member, "can_post_messages", False)) or member.status == "creator"
    said = "may write" if may_write else f"may not write (the bot is {member.status} there)"
    return Finding(f"chat {chat}", may_write, f"{name}: {said}")


def _feed(feed: Feed, check: Check, store: Store | None, voice: Voice) -> Finding:
    cursor = as_remembered(check, store)
    advice = health.fix(cursor, voice)
    said = "; ".join(part for part in (said_of(check), state_of(cursor)) if part)
    fine = check.failure is None and bool(check.entries) and cursor.state != "silent"
    return Finding(f"feed {feed.outlet}", fine, said + (f" → {advice}" if advice else ""))


def state_of(cursor: FeedCursor) -> str:
    """That a feed which answers is slow or silent all the same, and since when; else ""."""
    if cursor.state not in ("slow", "silent") or cursor.since is None:
        return ""
    usual = f", where something new comes every {written(cursor.usual_gap)}" if cursor.usual_gap else ""
    return f"{cursor.state} since {cursor.since:%Y-%m-%d %H:%M} UTC" + (
        usual if cursor.state == "silent" else ""
    )


def said_of(check: Check) -> str:
    """One look in words."""
    if check.failure:
        return f"{check.feed}: {check.failure.code}: {check.failure.detail}"
    if not check.entries:
        return f"{check.feed}: answers, but holds no entries"
    dated = [entry.published for entry in check.entries if entry.published]
    newest = f", the newest of {max(dated):%Y-%m-%d %H:%M} UTC" if dated else ", none with a date"
    moved = f"; has moved to {check.moved_to}" if check.moved_to else ""
    return f"{check.feed}: entries {len(check.entries)}{newest}{moved}"
