"""Chats that were paired, moved or refuse us, who may change things, the codes, and the leases."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from djeli.core.model import KnownChat, OutboxState, Pairing
from djeli.core.ports import Lease
from storage.engine import upsert
from storage.tables import chats, leases, outbox, pairings, people


def known(connection: Connection) -> list[KnownChat]:
    """Every chat of which something was learnt."""
    return [_chat(row) for row in connection.execute(select(chats).order_by(chats.c.id))]


def admins(connection: Connection) -> frozenset[int]:
    """Users who may change things because they used a code that says so."""
    return frozenset(connection.execute(select(people.c.id).where(people.c.admin)).scalars())


# ------------------------------------------------------------------------------------ pairing


def open_pairing(connection: Connection, pairing: Pairing) -> None:
    """One code at a time: earlier ones end."""
    connection.execute(delete(pairings))
    names = ("salt", "hash", "created", "expires", "tries", "makes_admin")
    connection.execute(insert(pairings), {name: getattr(pairing, name) for name in names})


def open_pairings(connection: Connection, now: datetime) -> list[Pairing]:
    """The codes whose time and tries have not run out; none from the future, whatever the clock did."""
    may = select(pairings).where(pairings.c.expires > now, pairings.c.tries > 0)
    rows = connection.execute(may)
    return [Pairing(r.salt, r.hash, r.created, r.expires, r.tries, r.makes_admin) for r in rows]


def wrong_code(connection: Connection) -> None:
    """One try less for every code."""
    connection.execute(update(pairings).values(tries=pairings.c.tries - 1))


def pair(connection: Connection, pairing: Pairing, chat: KnownChat, now: datetime) -> bool:
    """Use a code up and remember the chat; False when it was used by somebody else meanwhile."""
    used = connection.execute(delete(pairings).where(pairings.c.salt == pairing.salt)).rowcount
    if not used:
        return False
    values = {
        "name": chat.name,
        "paired_at": now,
        "paired_by": chat.paired_by,
        "thread": chat.thread,
        "digest": " ".join(chat.digest),
        "quiet": "-".join(chat.quiet) if chat.quiet else None,
        "refused": None,
        "refused_at": None,
        "moved_to": None,
    }
    _put(connection, chat.id, values)
    if pairing.makes_admin and chat.paired_by is not None:
        person = upsert(connection, people).on_conflict_do_update(index_elements=["id"], set_={"admin": True})
        connection.execute(person, {"id": chat.paired_by, "admin": True, "since": now})
    return True


def unpair(connection: Connection, chat: int) -> bool:
    """The chat is told nothing more, and what it was owed is given up."""
    paired = (chats.c.id == chat) & chats.c.paired_at.is_not(None)
    if not connection.execute(delete(chats).where(paired)).rowcount:
        return False
    waiting = outbox.c.state.in_((OutboxState.PENDING, OutboxState.UNCERTAIN, OutboxState.PACKED))
    given_up = {"state": OutboxState.DEAD, "error": "the chat was removed"}
    connection.execute(update(outbox).where(outbox.c.chat == chat, waiting).values(given_up))
    return True


# --------------------------------------------------------------------- what befalls a chat


def refuse(connection: Connection, chat: int, now: datetime, said: str) -> None:
    """Telegram does not let us reach the chat."""
    _put(connection, chat, {"refused": said, "refused_at": now})


def back(connection: Connection, chat: int) -> None:
    """The chat can be reached."""
    refused = update(chats).where(chats.c.id == chat, chats.c.refused.is_not(None))
    connection.execute(refused.values(refused=None, refused_at=None))


def refusing(connection: Connection) -> dict[int, str]:
    """The chats that cannot be reached, and what Telegram said of each."""
    query = select(chats.c.id, chats.c.refused).where(chats.c.refused.is_not(None)).order_by(chats.c.id)
    return {row.id: row.refused for row in connection.execute(query)}


def move(connection: Connection, old: int, new: int) -> None:
    """The chat has another number from now on: what is known of it goes there."""
    row = connection.execute(select(chats).where(chats.c.id == old)).one_or_none()
    carried = ("name", "paired_at", "paired_by", "thread", "digest", "quiet")
    if row is not None and row.paired_at is not None:
        _put(connection, new, {name: getattr(row, name) for name in carried})
    gone = dict.fromkeys((*carried[1:], "refused", "refused_at"), None)
    _put(connection, old, {**gone, "moved_to": new})
    connection.execute(update(chats).where(chats.c.moved_to == old).values(moved_to=new))
    connection.execute(update(chats).where(chats.c.id == new).values(moved_to=None))


def _put(connection: Connection, chat: int, values: dict[str, Any]) -> None:
    put = upsert(connection, chats).on_conflict_do_update(index_elements=["id"], set_=values)
    connection.execute(put, {"id": chat, "name": "", **values})


def _chat(row: Row[Any]) -> KnownChat:
    start, _, end = (row.quiet or "").partition("-")
    return KnownChat(
        id=row.id,
        name=row.name,
        paired_at=row.paired_at,
        paired_by=row.paired_by,
        thread=row.thread,
        digest=tuple((row.digest or "").split()),
        quiet=(start, end) if end else None,
        moved_to=row.moved_to,
        refused=row.refused or "",
        refused_at=row.refused_at,
    )


# ------------------------------------------------------------------------------------- leases


def take(connection: Connection, name: str, holder: str, now: datetime, until: datetime) -> Lease:
    """Take or renew a lease that is free, ours, or over; returns the lease as it is then."""
    values = {"holder": holder, "renewed": now, "expires": until}
    free = or_(leases.c.holder == holder, leases.c.expires <= now)
    put = upsert(connection, leases).on_conflict_do_update(index_elements=["name"], set_=values, where=free)
    connection.execute(put, {"name": name, **values})
    return lease(connection, name)


def rob(connection: Connection, dead: Lease, holder: str, now: datetime, until: datetime) -> Lease:
    """Take a lease from a holder known to be dead, unless it was renewed since."""
    is_it = (leases.c.name == dead.name, leases.c.holder == dead.holder, leases.c.renewed == dead.renewed)
    connection.execute(update(leases).where(*is_it).values(holder=holder, renewed=now, expires=until))
    return take(connection, dead.name, holder, now, until)


def release(connection: Connection, name: str, holder: str) -> None:
    """Give it back, if it is ours."""
    connection.execute(delete(leases).where(leases.c.name == name, leases.c.holder == holder))


def lease(connection: Connection, name: str) -> Lease:
    """A lease that somebody holds."""
    row = connection.execute(select(leases).where(leases.c.name == name)).one()
    return Lease(row.name, row.holder, row.renewed, row.expires)


def held_by(connection: Connection, name: str) -> str | None:
    """Who holds a lease; None when nobody does."""
    return connection.execute(select(leases.c.holder).where(leases.c.name == name)).scalar_one_or_none()
