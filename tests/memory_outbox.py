"""The Outbox port in memory, by the same rules as the tables."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from djeli.core.model import Alert, Delivery, OutboxRow, OutboxState
from djeli.core.ports import OutboxHealth

_OPEN = (OutboxState.PENDING, OutboxState.UNCERTAIN)


class MemoryOutbox:
    """`rows` by id; `crash` is called with the name of each deed before it is carried out."""

    def __init__(self, crash: Callable[[str], None] = lambda deed: None) -> None:
        self.rows: dict[int, OutboxRow] = {}
        self.told_at: list[Delivery] = []
        self.refused: dict[int, str] = {}
        self.crash = crash
        self._lock = threading.RLock()

    def owe(self, alerts: Sequence[Alert], now: datetime) -> list[int]:
        with self._lock:
            return [self._owe(alert, now) for alert in alerts]

    def _owe(self, alert: Alert, now: datetime) -> int:
        for row in self.rows.values():
            if alert.story and _key(row.alert) == _key(alert):
                return row.id
        row_id = len(self.rows) + 1
        due = alert.not_before or now
        self.rows[row_id] = OutboxRow(row_id, alert, OutboxState.PENDING, 0, due, now)
        return row_id

    def next_rows(self, now: datetime) -> list[OutboxRow]:
        self.crash("looking")
        with self._lock:
            first: dict[int, OutboxRow] = {}
            for row in sorted(self.rows.values(), key=_turn):
                quiet = row.alert.not_before is not None and row.alert.not_before > now
                if row.state in _OPEN and not quiet:
                    first.setdefault(row.alert.chat, row)
            return [row for row in first.values() if row.next_at <= now]

    def mark_sending(self, row_id: int, now: datetime, holder: str | None = None) -> OutboxRow:
        row = self.rows[row_id]
        self._put(row, "sending", state=OutboxState.SENDING, attempts=row.attempts + 1)
        return self.rows[row_id]

    def mark_sent(self, row_id: int, message_id: int | None, now: datetime) -> None:
        row = self.rows[row_id]
        self._put(row, "sent", state=OutboxState.SENT, message_id=message_id)
        alert = row.alert
        self.told_at.append(
            Delivery(alert.chat, message_id, now, alert.story, alert.kind, row_id, row.maybe_repeated)
        )

    def mark_uncertain(self, row_id: int, now: datetime, error: str) -> None:
        self._doubt(self.rows[row_id], now, error)

    def _doubt(self, row: OutboxRow, now: datetime, error: str) -> None:
        doubts = row.doubts + 1
        self._put(
            row,
            "uncertain",
            state=OutboxState.UNCERTAIN,
            next_at=now,
            error=error,
            doubts=doubts,
            maybe_repeated=True,
        )

    def mark_waiting(self, row_id: int, until: datetime, error: str, counts: bool) -> None:
        row = self.rows[row_id]
        attempts = row.attempts if counts else max(0, row.attempts - 1)
        self._put(row, "waiting", state=OutboxState.PENDING, next_at=until, error=error, attempts=attempts)

    def mark_dead(self, row_id: int, now: datetime, error: str) -> None:
        self._put(self.rows[row_id], "dead", state=OutboxState.DEAD, error=error)

    def recover(self, now: datetime) -> int:
        lost = [row for row in self.rows.values() if row.state is OutboxState.SENDING]
        for row in lost:
            self._doubt(row, now, "the process ended while it was being sent")
        return len(lost)

    def told(self, chat: int, story: str) -> Delivery | None:
        return next((told for told in self.told_at if (told.chat, told.story) == (chat, story)), None)

    def deliveries(self, story: str) -> list[Delivery]:
        return [told for told in self.told_at if told.story == story]

    def mark_refused(self, row_id: int, now: datetime, until: datetime, error: str) -> None:
        self.mark_waiting(row_id, until, error, False)
        self.refused[self.rows[row_id].alert.chat] = error

    def chat_back(self, chat: int, now: datetime) -> None:
        if self.refused.pop(chat, None) is not None:
            for row in self.rows.values():
                if row.alert.chat == chat and row.state is OutboxState.PENDING:
                    self.rows[row.id] = replace(row, next_at=now)

    def refusing(self) -> dict[int, str]:
        return dict(self.refused)

    def migrate_chat(self, old: int, new: int, row_id: int | None = None) -> None:
        if row_id is not None:
            self.mark_waiting(row_id, self.rows[row_id].next_at, "", False)
        with self._lock:
            for row in self.rows.values():
                if row.alert.chat == old:
                    self.rows[row.id] = replace(row, alert=replace(row.alert, chat=new))
            self.told_at = [replace(told, chat=new) if told.chat == old else told for told in self.told_at]

    def outbox_health(self) -> list[OutboxHealth]:
        return [self._health(chat) for chat in sorted({row.alert.chat for row in self.rows.values()})]

    def _health(self, chat: int) -> OutboxHealth:
        rows = [row for row in self.rows.values() if row.alert.chat == chat]
        pending = [row.created for row in rows if row.state is OutboxState.PENDING]
        uncertain = sum(row.state is OutboxState.UNCERTAIN for row in rows)
        dead = sum(row.state is OutboxState.DEAD for row in rows)
        sent = [told.at for told in self.told_at if told.chat == chat]
        return OutboxHealth(
            chat, len(pending), uncertain, dead, min(pending, default=None), max(sent, default=None)
        )

    def outbox_row(self, row_id: int) -> OutboxRow | None:
        return self.rows.get(row_id)

    def _put(self, row: OutboxRow, deed: str, **changes: object) -> None:
        self.crash(deed)
        with self._lock:
            self.rows[row.id] = replace(row, **changes)


def _turn(row: OutboxRow) -> tuple[bool, bool, int]:
    return (row.state != "uncertain", row.alert.kind != "answer", row.id)


def _key(alert: Alert) -> tuple[object, ...]:
    return (alert.chat, alert.story, alert.kind, alert.revision, alert.part)
