"""The outbox: what is owed to chats, in which order, and what was delivered.

A row goes pending → sending → sent. `sending` is committed before the request leaves; a row found
so at start may have been accepted, becomes `uncertain` and comes first in its chat. From then on
`maybe_repeated` stays: whatever is sent for this row again is marked. A row that a mute holds back
is `muted` from the beginning and stays so.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
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

from djeli.core.errors import JobFailed, LeaseLost
from djeli.core.model import Alert, Button, Delivery, Keyboard, OutboxRow, OutboxState
from djeli.core.ports import Backlog, OutboxHealth, Pack
from storage import chats, reactions
from storage.engine import upsert
from storage.tables import answers, deliveries, lists, outbox, packed, photos, settings

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
_CARDS = ("alert", "update")
EDIT = "edit"  # kind of a row without a message of its own: the first card's text is replaced
ANSWER = "answer"  # kind of a row that answers a question: somebody waits for it
_NO_CARD = (OutboxState.DEAD, OutboxState.PACKED)
PACK = "pack"  # kind of the delivery of each card of a message that tells several
_TELLS_MANY = exists().where(packed.c.head == outbox.c.id).label("pack")
SENDER = "sender"  # name of the lease without which nothing is sent
_AGAIN = (0, 5, 30)  # seconds before a copy, after a process died over a message once, twice …
_LONGEST = 300
_MOST_WAITING = 2_000  # cards that are looked at together; what is beyond waits for the next look


def owe(connection: Connection, alerts: Sequence[Alert], now: datetime) -> list[int]:
    """Put messages into the outbox; the row number of each, an older one if it was owed before.

    An edit without a word becomes the text of a card that has not been sent, and owes nothing where
    the chat has no card of the story.
    """
    numbers = (_owe_beside_card(connection, alert, now) for alert in alerts)
    return [number for number in numbers if number is not None]


def _owe_beside_card(connection: Connection, alert: Alert, now: datetime) -> int | None:
    if alert.edit_html is None or alert.mute is not None:
        return _owe(connection, alert, now)
    of_story = and_(outbox.c.chat == alert.chat, outbox.c.story == alert.story, outbox.c.kind.in_(_CARDS))
    shown = select(outbox).where(of_story, outbox.c.state != OutboxState.MUTED)
    first = connection.execute(shown.order_by(outbox.c.id).limit(1)).one_or_none()
    gone = first is None or first.state in _NO_CARD or _is_packed(connection, first.id)
    if first is None or gone or first.state != OutboxState.PENDING or first.maybe_repeated:
        return None if gone and not alert.html else _owe(connection, alert, now)
    if not alert.html:
        text = {"html": alert.edit_html, "plain": alert.edit_plain or ""}
        connection.execute(update(outbox).where(outbox.c.id == first.id).values(text))
        return int(first.id)
    return _owe(connection, _behind(connection, alert, first), now)


def _is_packed(connection: Connection, row_id: int) -> bool:
    """Whether a card was told, or will be, in one message with others."""
    of_pack = or_(packed.c.head == row_id, packed.c.outbox_id == row_id)
    return connection.execute(select(packed.c.head).where(of_pack).limit(1)).first() is not None


def _behind(connection: Connection, alert: Alert, first: Row[Any]) -> Alert:
    """An answer to a card that still waits: it waits as long, or lets the card go first at once."""
    if alert.critical:
        connection.execute(update(outbox).where(outbox.c.id == first.id).values(not_before=None))
        return alert
    moments = [moment for moment in (first.not_before, alert.not_before) if moment]
    return replace(alert, not_before=max(moments, default=None))


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
    if number is not None and alert.photo is not None:
        connection.execute(insert(photos), {"outbox_id": number, "png": alert.photo})
    if number is not None and alert.kind == ANSWER:
        _keep_answer(connection, number, alert)
    if number is not None and alert.mute is not None:
        reactions.hold_back(connection, number, alert, now)
    if number is None:
        same = and_(*(outbox.c[name] == getattr(alert, name) for name in _SAME))
        number = connection.execute(select(outbox.c.id).where(same)).scalar_one()
    return int(number)


def _keep_answer(connection: Connection, number: int, alert: Alert) -> None:
    """What an answer has beside its text."""
    rows = [[[button.text, button.data] for button in row] for row in alert.keyboard]
    values = {"reply_to": alert.reply_to, "keyboard": json.dumps(rows), "listing": alert.listing}
    connection.execute(insert(answers), {"outbox_id": number, **values})


def _answer(connection: Connection, row_id: int) -> dict[str, Any]:
    """The same, as it was kept; nothing for any other message."""
    kept = connection.execute(select(answers).where(answers.c.outbox_id == row_id)).one_or_none()
    if kept is None:
        return {}
    keyboard: Keyboard = tuple(
        tuple(Button(text, data) for text, data in row) for row in json.loads(kept.keyboard)
    )
    return {"reply_to": kept.reply_to, "keyboard": keyboard, "listing": kept.listing}


def next_rows(connection: Connection, now: datetime) -> list[OutboxRow]:
    """The head of each chat's queue, if it is due; whoever asked something is answered first.

    Rows in quiet hours are passed over, so a critical one overtakes them. Nothing goes to a chat
    while a message to it is on its way. A row of the future was made before the clock was set back,
    and does not wait for that moment to come again.
    """
    uncertain = outbox.c.state == OutboxState.UNCERTAIN
    first = case((uncertain, 0), (outbox.c.kind == ANSWER, 1), else_=2)
    place = func.row_number().over(partition_by=outbox.c.chat, order_by=(first, outbox.c.id))
    awake = or_(outbox.c.not_before.is_(None), outbox.c.not_before <= now, uncertain)
    queue = select(outbox.c.id, place.label("place")).where(outbox.c.state.in_(_WAITING), awake).subquery()
    busy = select(outbox.c.chat).where(outbox.c.state == OutboxState.SENDING)
    rows = connection.execute(
        select(outbox, _TELLS_MANY)
        .join(queue, queue.c.id == outbox.c.id)
        .where(
            queue.c.place == 1,
            or_(outbox.c.next_at <= now, outbox.c.created > now),
            outbox.c.chat.not_in(busy),
        )
        .order_by(outbox.c.id)
    )
    return [_row(row) for row in rows]


def mark_sending(connection: Connection, row_id: int, holder: str | None) -> OutboxRow:
    """The request leaves now: one more attempt; the row as it is to be sent.

    Raises LeaseLost when somebody else sends meanwhile.
    """
    if holder is not None and chats.held_by(connection, SENDER) != holder:
        raise LeaseLost("Another instance of Djeli sends with this database now; this one stops.")
    on_its_way = {"state": OutboxState.SENDING, "attempts": outbox.c.attempts + 1, "error": None}
    row = _row(_mark(connection, row_id, _WAITING, **on_its_way))
    many = select(exists().where(packed.c.head == row_id))
    png = connection.execute(select(photos.c.png).where(photos.c.outbox_id == row_id)).scalar_one_or_none()
    alert = replace(row.alert, photo=bytes(png)) if png else row.alert
    if alert.kind == ANSWER:
        alert = replace(alert, **_answer(connection, row_id))
    return replace(row, alert=alert, pack=bool(connection.execute(many).scalar_one()))


def mark_sent(connection: Connection, row_id: int, message_id: int | None, now: datetime) -> None:
    """Telegram accepted it: the row is done, and what it told with it; the deliveries are remembered."""
    row = _mark(connection, row_id, _OPEN, state=OutboxState.SENT, message_id=message_id, error=None)
    told = _told_by(connection, row_id, OutboxState.SENT, message_id=message_id)
    connection.execute(delete(photos).where(photos.c.outbox_id == row_id))
    chats.back(connection, row.chat)
    if row.kind == ANSWER:
        _answered(connection, row_id, message_id)
    if row.kind in (EDIT, ANSWER):
        return
    many = connection.execute(select(exists().where(packed.c.head == row_id))).scalar_one()
    connection.execute(
        insert(deliveries),
        [
            {
                "outbox_id": one.id,
                "chat": row.chat,
                "thread": row.thread,
                "message_id": message_id,
                "at": now,
                "story": one.story,
                "kind": PACK if many else one.kind,
                "maybe_repeated": row.maybe_repeated,
            }
            for one in (row, *told)
        ],
    )


def _answered(connection: Connection, row_id: int, message_id: int | None) -> None:
    """The pages of an answer are turned in its message; its text is of no further use."""
    token = _answer(connection, row_id).get("listing")
    if token and message_id is not None:
        connection.execute(update(lists).where(lists.c.token == token).values(message_id=message_id))
    connection.execute(delete(answers).where(answers.c.outbox_id == row_id))
    connection.execute(update(outbox).where(outbox.c.id == row_id).values(html="", plain=""))


def _told_by(connection: Connection, head: int, state: OutboxState, **changes: object) -> Sequence[Row[Any]]:
    """Give the cards that a row tells beside its own a new state; [] for a row that tells only itself."""
    members = select(packed.c.outbox_id).where(packed.c.head == head)
    theirs = update(outbox).where(outbox.c.state == OutboxState.PACKED, outbox.c.id.in_(members))
    values: dict[str, Any] = {"state": state, **changes}
    return connection.execute(theirs.values(values).returning(*outbox.c)).all()


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
    """Refused for good, with what it tells."""
    _mark(connection, row_id, _OPEN, state=OutboxState.DEAD, error=error)
    _told_by(connection, row_id, OutboxState.DEAD, error=error)
    connection.execute(delete(photos).where(photos.c.outbox_id == row_id))
    connection.execute(delete(answers).where(answers.c.outbox_id == row_id))


def mark_refused(connection: Connection, row_id: int, now: datetime, until: datetime, error: str) -> None:
    """The chat cannot be reached: the row waits, and the chat is known to refuse us."""
    mark_waiting(connection, row_id, until, error, counts=False)
    row = find(connection, row_id)
    if row:
        chats.refuse(connection, row.alert.chat, now, error)


def chat_back(connection: Connection, chat: int, now: datetime) -> None:
    """The chat can be reached again: what waits for it is due now. Nothing happens where none refused us."""
    if chat not in chats.refusing(connection):
        return
    chats.back(connection, chat)
    waits = (outbox.c.chat == chat, outbox.c.state == OutboxState.PENDING, outbox.c.next_at > now)
    connection.execute(update(outbox).where(*waits).values(next_at=now))


def dead_letters(connection: Connection, limit: int) -> list[OutboxRow]:
    """What was given up, latest first."""
    dead = select(outbox).where(outbox.c.state == OutboxState.DEAD).order_by(outbox.c.id.desc()).limit(limit)
    return [_row(row) for row in connection.execute(dead)]


# ------------------------------------------------------------------------------- many at once


def backlog(connection: Connection, chat: int, since: datetime, now: datetime) -> Backlog:
    """The cards that wait for a chat and are due, in order, and when cards that were not critical were
    sent since a moment."""
    row = outbox.c
    awake = or_(row.not_before.is_(None), row.not_before <= now)
    fresh = and_(row.state == OutboxState.PENDING, ~row.maybe_repeated)  # a copy has to say that it is one
    cards = (row.chat == chat, fresh, row.kind.in_(_CARDS), row.html != "")
    waiting = select(outbox).where(*cards, awake, ~_TELLS_MANY.element).order_by(row.id).limit(_MOST_WAITING)
    alone = (deliveries.c.chat == chat, deliveries.c.kind.in_(_CARDS), deliveries.c.at > since)
    sent = select(deliveries.c.at).join(outbox, row.id == deliveries.c.outbox_id).where(*alone, ~row.critical)
    return Backlog(
        waiting=tuple(_row(one) for one in connection.execute(waiting)),
        sent=tuple(connection.execute(sent.order_by(deliveries.c.at)).scalars()),
    )


def hold(connection: Connection, row_ids: Sequence[int], until: datetime) -> None:
    """These rows wait; others of their chat overtake them."""
    theirs = update(outbox).where(outbox.c.id.in_(row_ids), outbox.c.state == OutboxState.PENDING)
    connection.execute(theirs.values(not_before=until))


def pack(connection: Connection, packs: Sequence[Pack], now: datetime) -> None:
    """Each pack tells its rows in the place of the first of them; edits of cards told before stay owed."""
    for one in packs:
        head = one.rows[0]
        connection.execute(insert(packed), [{"outbox_id": row_id, "head": head} for row_id in one.rows])
        _keep_edits(connection, one.rows, now)
        _mark_all(connection, one.rows[1:], OutboxState.PACKED)
        text = {"html": one.html, "plain": one.plain, "edit_html": None, "reply_to_story": False}
        _mark(connection, head, (OutboxState.PENDING,), **text, state=OutboxState.PENDING)


def _mark_all(connection: Connection, row_ids: Sequence[int], state: OutboxState) -> None:
    changed = update(outbox).where(outbox.c.id.in_(row_ids), outbox.c.state == OutboxState.PENDING)
    if connection.execute(changed.values(state=state)).rowcount != len(row_ids):
        raise JobFailed("A message that was to be told with others is on its way already.")


def _keep_edits(connection: Connection, row_ids: Sequence[int], now: datetime) -> None:
    """The last edit of each story goes on its own, without a word."""
    edits = (outbox.c.id.in_(row_ids), outbox.c.edit_html.is_not(None))
    last = {row.story: row for row in connection.execute(select(outbox).where(*edits).order_by(outbox.c.id))}
    owe(
        connection,
        [
            replace(_row(row).alert, kind="edit", html="", plain="", reply_to_story=False, not_before=None)
            for row in last.values()
        ],
        now,
    )


def recover(connection: Connection, now: datetime) -> int:
    """At start: what was on its way when the process died is uncertain.

    It goes out at once, but later and later when one process after another dies over it: each leaves a
    doubt, and of too many doubts a message that never left would be given up.
    """
    later = case(
        *((outbox.c.doubts == doubts, now + timedelta(seconds=pause)) for doubts, pause in enumerate(_AGAIN)),
        else_=now + timedelta(seconds=_LONGEST),
    )
    return connection.execute(
        update(outbox)
        .where(outbox.c.state == OutboxState.SENDING)
        .values(
            state=OutboxState.UNCERTAIN,
            maybe_repeated=True,
            doubts=outbox.c.doubts + 1,
            next_at=later,
            error="the process stopped while it was being sent",
        )
    ).rowcount


def find(connection: Connection, row_id: int) -> OutboxRow | None:
    """One row by its number."""
    row = connection.execute(select(outbox, _TELLS_MANY).where(outbox.c.id == row_id)).one_or_none()
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
        .where(or_(row.kind != ANSWER, row.state != OutboxState.SENT))  # whoever asked once is owed nothing
        .group_by(row.chat, last.c.at)
        .order_by(row.chat)
    )
    return [OutboxHealth(r.chat, r.pending, r.uncertain, r.dead, r.oldest_pending, r.at) for r in rows]


def migrate_chat(connection: Connection, old: int, new: int, row_id: int | None = None) -> None:
    """A group became a supergroup: its number is rewritten in outbox, deliveries, chats and settings.

    The row whose request told us so was not accepted, and waits again.

    What the new number is owed already stays with the old one, dead. Settings follow whose key
    starts with `chat:<number>:`.
    """
    if row_id is not None:
        row = outbox.c
        not_taken = {"state": OutboxState.PENDING, "attempts": row.attempts - 1, "error": None}
        _mark(connection, row_id, (OutboxState.SENDING, OutboxState.UNCERTAIN), **not_taken)
    theirs = outbox.alias()
    owed_twice = exists().where(
        theirs.c.chat == new, *(theirs.c[name] == outbox.c[name] for name in _SAME if name != "chat")
    )
    of_old = outbox.c.chat == old
    twice = update(outbox).where(of_old, owed_twice, outbox.c.state.in_(_OPEN))
    connection.execute(twice.values(state=OutboxState.DEAD, error=f"owed to chat {new} already"))
    connection.execute(update(outbox).where(of_old, ~owed_twice).values(chat=new))
    connection.execute(update(deliveries).where(deliveries.c.chat == old).values(chat=new))
    chats.move(connection, old, new)
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
        pack=getattr(row, "pack", False),
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
