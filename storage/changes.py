"""Changes beside the files: drafted, accepted, undone, every step kept; what a split does to stories."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from djeli.core.errors import UserError
from djeli.core.model import Change, ChangeKind, ChangeState, ChangeStep
from storage.engine import upsert
from storage.records import dumps
from storage.stories import rebuild
from storage.tables import change_steps, changes, ledger, mention_entities, mentions

_NEXT: Mapping[ChangeState, tuple[ChangeState, ...]] = {
    ChangeState.DRAFT: (ChangeState.ACCEPTED, ChangeState.DROPPED),
    ChangeState.ACCEPTED: (ChangeState.UNDONE,),
    ChangeState.DROPPED: (ChangeState.ACCEPTED,),
    ChangeState.UNDONE: (ChangeState.ACCEPTED,),
}


def draft(connection: Connection, drafted: Change, who: str, now: datetime) -> int:
    """Keep a draft; its number. Of one press there is one draft: the number of the older one then."""
    put = upsert(connection, changes).on_conflict_do_nothing(index_elements=["press"])
    number = connection.execute(
        put.returning(changes.c.id),
        {
            "kind": drafted.kind,
            "state": ChangeState.DRAFT,
            "story_id": drafted.story,
            "article_id": drafted.article,
            "press": drafted.press,
            "because": drafted.because,
            "content": dumps(drafted.content),
        },
    ).scalar_one_or_none()
    if number is None:
        return int(
            connection.execute(select(changes.c.id).where(changes.c.press == drafted.press)).scalar_one()
        )
    _step(connection, number, ChangeState.DRAFT, who, now)
    return int(number)


def find(connection: Connection, number: int) -> Change | None:
    """A change by its number, with its history."""
    return next(iter(_read(connection, [number])), None)


def listed(connection: Connection, states: Collection[ChangeState] = ()) -> list[Change]:
    """Changes in these states, or all, in the order of their numbers."""
    query = select(changes.c.id).order_by(changes.c.id)
    if states:
        query = query.where(changes.c.state.in_(states))
    return _read(connection, connection.execute(query).scalars().all())


def last_step(connection: Connection) -> int:
    """The number of the last step of any change: as long as it stays, nothing has changed."""
    return int(connection.execute(select(func.max(change_steps.c.id))).scalar() or 0)


def note_effect(connection: Connection, number: int, effect: Mapping[str, Any]) -> None:
    """Remember what a replay with a change gave."""
    connection.execute(update(changes).where(changes.c.id == number).values(effect=dumps(effect)))


def bring(connection: Connection, number: int, state: ChangeState, who: str, now: datetime) -> Change:
    """Accept, drop or undo a change; UserError when it cannot be. An undone split brings its reports back."""
    query = update(changes).where(changes.c.id == number)
    before = [old for old, legal in _NEXT.items() if state in legal]
    moved = connection.execute(query.where(changes.c.state.in_(before)).values(state=state)).rowcount
    found = find(connection, number)
    if found is None:
        raise UserError(f"there is no change {number}; `djeli changes list` names them all")
    if not moved:
        raise UserError(f"change {number} is {found.state}: it cannot become {state}")
    if found.kind is ChangeKind.SPLIT and state is ChangeState.UNDONE:
        _unite(connection, found)
    _step(connection, number, state, who, now)
    return _read(connection, [number])[0]


def _step(connection: Connection, number: int, state: ChangeState, who: str, now: datetime) -> None:
    values = {"change_id": number, "at": now, "state": state, "who": who}
    connection.execute(insert(change_steps), values)


def _read(connection: Connection, numbers: Sequence[int]) -> list[Change]:
    rows = connection.execute(select(changes).where(changes.c.id.in_(numbers)).order_by(changes.c.id)).all()
    steps: dict[int, list[ChangeStep]] = {row.id: [] for row in rows}
    of_them = select(change_steps).where(change_steps.c.change_id.in_(steps)).order_by(change_steps.c.id)
    for one in connection.execute(of_them):
        steps[one.change_id].append(ChangeStep(one.at, ChangeState(one.state), one.who))
    return [_change(row, steps[row.id]) for row in rows]


def _change(row: Row[Any], steps: Sequence[ChangeStep]) -> Change:
    return Change(
        id=row.id,
        kind=ChangeKind(row.kind),
        state=ChangeState(row.state),
        because=row.because,
        content=json.loads(row.content),
        story=row.story_id,
        article=row.article_id,
        press=row.press,
        effect=json.loads(row.effect) if row.effect else None,
        steps=tuple(steps),
    )


# -------------------------------------------------------------------------------------- splits


def note_content(connection: Connection, number: int, content: Mapping[str, Any]) -> None:
    """Remember more of a change, or otherwise: where a split led, what was before it."""
    connection.execute(update(changes).where(changes.c.id == number).values(content=dumps(content)))


def lines_of(connection: Connection, story: str, article: str) -> list[dict[str, Any]]:
    """The lines of the ledger by which an article is part of a story, as they are: a split rewrites them."""
    rows = connection.execute(
        select(ledger.c.id, *(ledger.c[name] for name in _REWRITTEN))
        .join(mentions, mentions.c.id == ledger.c.id)
        .where(mentions.c.story_id == story, mentions.c.article_id == article)
        .order_by(ledger.c.id)
    )
    return [dict(row._mapping) for row in rows]


_REWRITTEN = ("decision", "because", "rule", "label", "story_id", "verdict")


def _unite(connection: Connection, change: Change) -> None:
    """Bring the reports back, and the lines about them; what else the new story took up comes with them."""
    story, new = str(change.content["story"]), str(change.content["into"])
    numbers = list(connection.execute(select(mentions.c.id).where(mentions.c.story_id == new)).scalars())
    for table, column in (
        (mentions, mentions.c.id),
        (mention_entities, mention_entities.c.mention_id),
        (ledger, ledger.c.id),
    ):
        connection.execute(update(table).where(column.in_(numbers)).values(story_id=story))
    for line in change.content["lines"]:
        values = {name: line[name] for name in _REWRITTEN}
        connection.execute(update(ledger).where(ledger.c.id == line["id"]).values(values))
    rebuild(connection, [story])
