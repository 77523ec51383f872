"""The outbox: what is owed to chats, in which order, and what was delivered.

A row goes pending → sending → sent. `sending` is committed before the request leaves; a row found
so at start may have been accepted, becomes `uncertain` and comes first in its chat. From then on
`maybe_repeated` stays: whatever is sent for this row again is marked. A row that a mute holds back
is `muted` from the beginning and stays so.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    case,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from djeli.core.errors import JobFailed
from djeli.core.model import Alert, Delivery, OutboxRow, OutboxState
from djeli.core.ports import OutboxHealth
from storage import reactions
from storage.engine import upsert
from storage.tables import deliveries, outbox, settings

_ALERT = (
    "chat",
    "kind",
    "html",
    "plain",
    "story",
    "revision",
    "part",
    "thread",
    "reply_to_story",
    "edit_html",
    "not_before",
    "critical",
)
_WAITING = (OutboxState.PENDING, OutboxState.UNCERTAIN)
_OPEN = (OutboxState.PENDING, OutboxState.UNCERTAIN, OutboxState.SENDING)
_SAME = ("chat", "story", "kind", "revision", "part")


def owe(connection: Connection, alerts: Sequence[Alert], now: datetime) -> list[int]:
    """Put messages into the outbox; the row number of each, an older one if it was owed before."""
    return [_owe(connection, alert, now) for alert in alerts]


def _owe(connection: Connection, alert: Alert, now: datetime) -> int:
    put = upsert(connection, outbox).on_conflict_do_nothing(index_elements=list(_SAME))
    values = {
        **{name: getattr(alert, name) for name in _ALERT},
        "state": OutboxState.PENDING if alert.mute is None else OutboxState.MUTED,
        "attempts": 0,
        "next_at": now,
        "created": now,
        "maybe_repeated": False,
        "doubts": 0,
    }
    number = connection.execute(put.returning(outbox.c.id), values).scalar_one_or_none()
    if number is not None and alert.mute is not None:
        reactions.hold_back(connection, number, alert, now)
    if number is None:
        same = and_(*(outbox.c[name] == getattr(alert, name) for name in _SAME))
        number = connection.execute(select(outbox.c.id).where(same)).scalar_one()
    return int(number)


def next_rows(connection: Connection, now: datetime) -> list[OutboxRow]:
    """The head of each chat's queue, if it is due.

    Rows in quiet hours are passed over, so a critical one overtakes them. Nothing goes to a chat
    while a message to it is on its way. A row of the future was made before the clock was set back,
    and does not wait for that moment to come again.
    """
    uncertain = outbox.c.state == OutboxState.UNCERTAIN
    first = case((uncertain, 0), else_=1)
    place = func.row_number().over(partition_by=outbox.c.chat, order_by=(first, outbox.c.id))
    awake = or_(outbox.c.not_before.is_(None), outbox.c.not_before <= now, uncertain)
    queue = select(outbox.c.id, place.label("place")).where(outbox.c.state.in_(_WAITING), awake).subquery()
    busy = select(outbox.c.chat).where(outbox.c.state == OutboxState.SENDING)
    rows = connection.execute(
        select(outbox)
        .join(queue, queue.c.id == outbox.c.id)
        .where(
            queue.c.place == 1,
            or_(outbox.c.next_at <= now, outbox.c.created > now),
            outbox.c.chat.not_in(busy),
        )
        .order_by(outbox.c.id)
    )
    return [_row(row) for row in rows]


def mark_sending(connection: Connection, row_id: int) -> None:
    """The request leaves now: one more attempt."""
    _mark(connection, row_id, _WAITING, state=OutboxState.SENDING, attempts=outbox.c.attempts + 1, error=None)


def mark_sent(connection: Connection, row_id: int, message_id: int | None, now: datetime) -> None:
    """Telegram accepted it: the row is done and the delivery is remembered."""
    row = _mark(connection, row_id, _OPEN, state=OutboxState.SENT, message_id=message_id, error=None)
    connection.execute(
        insert(deliveries),
        {
            "outbox_id": row.id,
            "chat": row.chat,
            "thread": row.thread,
            "message_id": message_id,
            "at": now,
            "story": row.story,
            "kind": row.kind,
            "maybe_repeated": row.maybe_repeated,
        },
    )


def mark_uncertain(connection: Connection, row_id: int, now: datetime, error: str) -> None:
    """The request died on its way: it may have been accepted, or not."""
    doubted = {"state": OutboxState.UNCERTAIN, "maybe_repeated": True, "doubts": outbox.c.doubts + 1}
    _mark(connection, row_id, _OPEN, **doubted, next_at=now, error=error)


def mark_waiting(connection: Connection, row_id: int, until: datetime, error: str, counts: bool) -> None:
    """Surely not accepted: it waits; `counts` False takes the attempt back."""
    taken_back = case((outbox.c.attempts > 0, outbox.c.attempts - 1), else_=0)
    attempts = outbox.c.attempts if counts else taken_back
    _mark(connection, row_id, _OPEN, state=OutboxState.PENDING, next_at=until, error=error, attempts=attempts)


def mark_dead(connection: Connection, row_id: int, error: str) -> None:
    """Refused for good."""
    _mark(connection, row_id, _OPEN, state=OutboxState.DEAD, error=error)


def recover(connection: Connection, now: datetime) -> int:
    """At start: what was on its way when the process died is uncertain."""
    return connection.execute(
        update(outbox)
        .where(outbox.c.state == OutboxState.SENDING)
        .values(
            state=OutboxState.UNCERTAIN,
            maybe_repeated=True,
            doubts=outbox.c.doubts + 1,
            next_at=now,
            error="the process stopped while it was being sent",
        )
    ).rowcount


def find(connection: Connection, row_id: int) -> OutboxRow | None:
    """One row by its number."""
    row = connection.execute(select(outbox).where(outbox.c.id == row_id)).one_or_none()
    return _row(row) if row else None


def told(connection: Connection, chat: int, story: str) -> Delivery | None:
    """The first message of a story in a chat."""
    row = connection.execute(
        select(deliveries)
        .where(deliveries.c.chat == chat, deliveries.c.story == story)
        .order_by(deliveries.c.outbox_id)
        .limit(1)
    ).one_or_none()
    return _delivery(row) if row else None


def deliveries_of(connection: Connection, stories: Collection[str]) -> dict[str, list[Delivery]]:
    """Every message of each story, in order."""
    found: dict[str, list[Delivery]] = {}
    if stories:
        query = select(deliveries).where(deliveries.c.story.in_(stories)).order_by(deliveries.c.outbox_id)
        for row in connection.execute(query):
            found.setdefault(row.story, []).append(_delivery(row))
    return found


def health(connection: Connection) -> list[OutboxHealth]:
    """The state of each chat's queue; a row in quiet hours is as old as the end of them."""
    row = outbox.c
    is_open = row.state.in_(_OPEN)
    pending = row.state.in_((OutboxState.PENDING, OutboxState.SENDING))
    due_since = case((row.not_before > row.created, row.not_before), else_=row.created)
    sent = select(deliveries.c.chat, func.max(deliveries.c.at).label("at")).group_by(deliveries.c.chat)
    last = sent.subquery()
    rows = connection.execute(
        select(
            row.chat,
            func.sum(case((pending, 1), else_=0)).label("pending"),
            func.sum(case((row.state == OutboxState.UNCERTAIN, 1), else_=0)).label("uncertain"),
            func.sum(case((row.state == OutboxState.DEAD, 1), else_=0)).label("dead"),
            func.min(case((is_open, due_since))).label("oldest_pending"),
            last.c.at,
        )
        .outerjoin(last, last.c.chat == row.chat)
        .group_by(row.chat, last.c.at)
        .order_by(row.chat)
    )
    return [OutboxHealth(r.chat, r.pending, r.uncertain, r.dead, r.oldest_pending, r.at) for r in rows]


def migrate_chat(connection: Connection, old: int, new: int) -> None:
    """A group became a supergroup: its number is rewritten in outbox, deliveries and settings.

    What the new number is owed already stays with the old one, dead. Settings follow whose key
    starts with `chat:<number>:`.
    """
    theirs = outbox.alias()
    owed_twice = exists().where(
        theirs.c.chat == new, *(theirs.c[name] == outbox.c[name] for name in _SAME if name != "chat")
    )
    of_old = outbox.c.chat == old
    twice = update(outbox).where(of_old, owed_twice, outbox.c.state.in_(_OPEN))
    connection.execute(twice.values(state=OutboxState.DEAD, error=f"owed to chat {new} already"))
    connection.execute(update(outbox).where(of_old, ~owed_twice).values(chat=new))
    connection.execute(update(deliveries).where(deliveries.c.chat == old).values(chat=new))
    _migrate_settings(connection, f"chat:{old}:", f"chat:{new}:")


def _migrate_settings(connection: Connection, old: str, new: str) -> None:
    of_old = settings.c.key.startswith(old, autoescape=True)
    for row in connection.execute(select(settings).where(of_old)).all():
        connection.execute(
            upsert(connection, settings)
            .values(key=new + row.key.removeprefix(old), value=row.value)
            .on_conflict_do_nothing()
        )
    connection.execute(delete(settings).where(of_old))


def _mark(connection: Connection, row_id: int, before: Sequence[OutboxState], **changes: object) -> Row[Any]:
    """Change a row that is in one of the states; raises JobFailed when it is in another."""
    values: dict[str, Any] = dict(changes)
    is_it: ColumnElement[bool] = and_(outbox.c.id == row_id, outbox.c.state.in_(before))
    row = connection.execute(update(outbox).where(is_it).values(values).returning(*outbox.c)).one_or_none()
    if row is None:
        found = find(connection, row_id)
        state = f"is {found.state}" if found else "does not exist"
        raise JobFailed(f"Message {row_id} {state}: it cannot become {changes['state']}.")
    return row


def _row(row: Row[Any]) -> OutboxRow:
    return OutboxRow(
        id=row.id,
        alert=Alert(**{name: getattr(row, name) for name in _ALERT}),
        state=OutboxState(row.state),
        attempts=row.attempts,
        next_at=row.next_at,
        created=row.created,
        message_id=row.message_id,
        maybe_repeated=row.maybe_repeated,
        error=row.error,
        doubts=row.doubts,
    )


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(
        chat=row.chat,
        message_id=row.message_id,
        at=row.at,
        story=row.story,
        kind=row.kind,
        outbox_id=row.outbox_id,
        maybe_repeated=row.maybe_repeated,
        thread=row.thread,
    )
