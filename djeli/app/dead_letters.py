"""What the admins hear of messages that nobody got: each is told once, and many are told together."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot import html, replies
from djeli.app.reloading import Current
from djeli.core.clock import Clock
from djeli.core.model import Alert, Chat, OutboxRow
from storage.store import SqlStore

log = logging.getLogger("djeli.dead_letters")

TOLD = "dead_letters_told"  # setting: JSON, the numbers of the rows that were told, and when the last were
_PAUSE = timedelta(hours=1)  # between two messages: what is given up meanwhile is told together
_LOOK = 30.0  # seconds
_MOST = 1_000  # rows that are looked at and remembered
_ABOUT = "notice:given-up"


class DeadLetters:
    """Owes the admins, or the first chat where there is none, one message about all that was given up."""

    def __init__(
        self, current: Current, store: SqlStore, clock: Clock, deliver: Callable[[], Awaitable[None]]
    ) -> None:
        self._current, self._store, self._clock, self._deliver = current, store, clock, deliver

    async def follow(self) -> None:
        """For ever: look, and tell."""
        while True:
            await asyncio.sleep(_LOOK)
            try:
                if await asyncio.to_thread(self.owe, self._clock()):
                    await self._deliver()
            except Exception:  # a locked or full database: it may be back in a moment
                log.exception("what was given up could not be told")

    def owe(self, now: datetime) -> int:
        """Owe what is to be told at `now`; how many messages are told of."""
        kept = json.loads(self._store.setting(TOLD) or "{}")
        last = datetime.fromisoformat(kept["at"]) if kept else None
        if last and timedelta() <= now - last < _PAUSE:
            return 0
        told = set(kept.get("rows", ()))
        # What tells of others that were given up is not told of itself: it might be given up for ever.
        new = [
            row
            for row in self._store.dead_letters(_MOST)
            if row.id not in told and self._missed(row) and not (row.alert.story or "").startswith(_ABOUT)
        ]
        if not new:
            return 0
        alerts = [alert for chat in self._chats() for alert in self._alerts(chat, new)]
        rows = sorted({*told, *(row.id for row in new)})[-_MOST:]
        # First owed, then noted; owed twice it would be by the same name.
        self._store.owe(alerts, now)
        self._store.set_setting(TOLD, json.dumps({"at": now.isoformat(), "rows": rows}))
        return len(new)

    def _missed(self, row: OutboxRow) -> bool:
        """Whether somebody misses it: a chat that was removed, or has another number now, does not."""
        here = self._current
        return any(row.alert.chat in those for those in (here.chats, here.admins, here.users))

    def _chats(self) -> list[Chat]:
        return [Chat(id_, ()) for id_ in self._current.admins] or list(self._current.roster)[:1]

    def _alerts(self, chat: Chat, rows: list[OutboxRow]) -> list[Alert]:
        parts = html.split(replies.given_up(rows, self._current.voice(chat.id)))
        about = f"{_ABOUT} {max(row.id for row in rows)} {len(rows)}"
        return [
            Alert(chat.id, "notice", part, html.plain(part), story=about, part=number, thread=chat.thread)
            for number, part in enumerate(parts)
        ]
