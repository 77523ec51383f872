"""What readers did: buttons pressed, mutes and what they held back, answers whose pages can be turned."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from djeli.core.model import Alert, Listing, Mute, MutedAlert, MuteKind, OutboxState, Press
from storage.engine import upsert
from storage.tables import deliveries, lists, muted, mutes, outbox, presses

_LISTS_LAST = timedelta(days=31)
_PRESS = ("chat", "user", "message_id", "story", "outbox_id", "button", "at")
_MUTE = ("chat", "kind", "value", "until", "because", "user", "at", "lifted", "lifted_by")
_SAME = ("chat", "message_id", "user", "button")


def press(connection: Connection, pressed: Press) -> bool:
    """Remember a press; False when it was pressed before, which then has the new moment."""
    same = [presses.c[name] == getattr(pressed, name) for name in _SAME]
    again = connection.execute(update(presses).where(*same).values(at=pressed.at)).rowcount
    if not again:
        connection.execute(insert(presses), {name: getattr(pressed, name) for name in _PRESS})
    return not again


def story_told(connection: Connection, chat: int, message_id: int) -> str | None:
    """The story that a message of a chat told; None when it told none."""
    here = (deliveries.c.chat == chat, deliveries.c.message_id == message_id)
    query = select(deliveries.c.story).where(*here, deliveries.c.kind.in_(("alert", "update"))).limit(1)
    return connection.execute(query).scalar_one_or_none()


def presses_after(connection: Connection, after: int, limit: int) -> list[Press]:
    """Presses with a greater number, in order."""
    query = select(presses).where(presses.c.id > after).order_by(presses.c.id).limit(limit)
    return [
        Press(**{name: getattr(row, name) for name in ("id", *_PRESS)}) for row in connection.execute(query)
    ]


# ----------------------------------------------------------------------------------- mutes


def mute(connection: Connection, wanted: Mute) -> int:
    """Remember a mute; its number."""
    values = {name: getattr(wanted, name) for name in _MUTE}
    return int(connection.execute(insert(mutes).returning(mutes.c.id), values).scalar_one())


def mutes_of(connection: Connection, now: datetime | None, chat: int | None) -> list[Mute]:
    """Mutes in force, or all of them, of one chat or of all; oldest first."""
    query = select(mutes).order_by(mutes.c.id)
    if chat is not None:
        query = query.where(mutes.c.chat == chat)
    if now is not None:
        query = query.where(_in_force(now))
    return [_mute(row) for row in connection.execute(query)]


def lift(connection: Connection, mute_id: int, user: int, now: datetime) -> bool:
    """End a mute that is in force; False when it is not."""
    query = update(mutes).where(mutes.c.id == mute_id, _in_force(now))
    return bool(connection.execute(query.values(lifted=now, lifted_by=user)).rowcount)


def _in_force(now: datetime) -> ColumnElement[bool]:
    return (mutes.c.until > now) & or_(mutes.c.lifted.is_(None), mutes.c.lifted > now)


def hold_back(connection: Connection, outbox_id: int, alert: Alert, now: datetime) -> None:
    """Note which mute held back a message of the outbox."""
    values = {
        "outbox_id": outbox_id,
        "mute_id": alert.mute,
        "chat": alert.chat,
        "story": alert.story,
        "at": now,
    }
    connection.execute(upsert(connection, muted).on_conflict_do_nothing(), values)


def muted_of(connection: Connection, story: str, chat: int | None) -> list[MutedAlert]:
    """What was held back of a story, in one chat or in all."""
    query = _muted().where(muted.c.story == story)
    return _held_back(connection, query if chat is None else query.where(muted.c.chat == chat))


def only_muted(connection: Connection, story: str, chat: int) -> bool:
    """Whether a chat has no card of a story but those that were held back."""
    cards = and_(outbox.c.chat == chat, outbox.c.story == story, outbox.c.kind.in_(("alert", "update")))
    told = select(outbox.c.id).where(cards, outbox.c.state != OutboxState.MUTED).limit(1)
    return connection.execute(told).first() is None


def muted_since(connection: Connection, chat: int, since: datetime) -> list[MutedAlert]:
    """What was held back in a chat since then."""
    return _held_back(connection, _muted().where(muted.c.chat == chat, muted.c.at >= since))


def held_back(connection: Connection, mute_id: int) -> int:
    """How many messages a mute held back."""
    return connection.execute(
        select(func.count()).select_from(muted).where(muted.c.mute_id == mute_id)
    ).scalar_one()


def _muted() -> Select[Any]:
    return (
        select(
            muted.c.outbox_id,
            muted.c.story,
            muted.c.at.label("held_at"),
            outbox.c.kind.label("message"),
            *mutes.c,
        )
        .join_from(muted, mutes, mutes.c.id == muted.c.mute_id)
        .join(outbox, outbox.c.id == muted.c.outbox_id)
        .order_by(muted.c.outbox_id)
    )


def _held_back(connection: Connection, query: Select[Any]) -> list[MutedAlert]:
    return [
        MutedAlert(row.outbox_id, row.story, row.message, row.held_at, _mute(row))
        for row in connection.execute(query)
    ]


def _mute(row: Row[Any]) -> Mute:
    values = {name: getattr(row, name) for name in ("id", *_MUTE)}
    return Mute(**{**values, "kind": MuteKind(row.kind)})


# --------------------------------------------------------------------- answers of several pages


def list_begun(connection: Connection, listing: Listing) -> None:
    """Remember a question; those of long ago are forgotten."""
    connection.execute(delete(lists).where(lists.c.at < listing.at - _LISTS_LAST))
    names = ("token", "chat", "message_id", "command", "words", "at")
    connection.execute(insert(lists), {name: getattr(listing, name) for name in names})


def list_sent(connection: Connection, token: str, message_id: int) -> None:
    """The message in which its pages are turned."""
    connection.execute(update(lists).where(lists.c.token == token).values(message_id=message_id))


def list_of(connection: Connection, token: str) -> Listing | None:
    """The question behind a button."""
    row = connection.execute(select(lists).where(lists.c.token == token)).one_or_none()
    return Listing(row.token, row.chat, row.command, row.words, row.at, row.message_id) if row else None


def migrate_chat(connection: Connection, old: int, new: int) -> None:
    """A group became a supergroup: its number is rewritten; the numbers of its messages begin anew."""
    theirs = presses.alias()
    twice = exists().where(
        theirs.c.chat == new, *(theirs.c[name] == presses.c[name] for name in _SAME if name != "chat")
    )
    connection.execute(update(presses).where(presses.c.chat == old, ~twice).values(chat=new))
    for table in (mutes, muted, lists):
        connection.execute(update(table).where(table.c.chat == old).values(chat=new))
