"""What readers do is remembered: presses, mutes and what they held back, answers of several pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from djeli.core.model import Listing, Mute, MuteKind, OutboxState, Press
from djeli.core.ports import Kept
from storage.store import SqlStore
from tests.store_parts import CHAT, KINDS, NOW, alert, at, kept, opened, ready_address, verdict

READER, ADMIN = 7, 42


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    with opened(ready_address(request.param, tmp_path)) as fresh:
        yield fresh


def owed(store: SqlStore, **changes: object) -> int:
    return store.owe([alert(**changes)], NOW)[0]


def pressed(row: int, button: str = "useful", **changes: object) -> Press:
    sample = Press(CHAT, READER, 100, "S1", row, button, NOW)
    return replace(sample, **changes)


def muted(kind: MuteKind = MuteKind.TYPE, value: str = "delivery", **changes: object) -> Mute:
    return replace(Mute(CHAT, kind, value, at(days=7), "too many", ADMIN, NOW), **changes)


def test_a_press_is_remembered_with_who_and_when(store: SqlStore) -> None:
    row = owed(store)
    assert store.press(pressed(row))
    (found,) = store.presses()
    assert replace(found, id=0) == pressed(row)


def test_a_press_that_is_repeated_is_one_press_with_the_later_moment(store: SqlStore) -> None:
    row = owed(store)
    assert store.press(pressed(row, "useful"))
    assert store.press(pressed(row, "no_event", at=at(minutes=1)))
    assert not store.press(pressed(row, "useful", at=at(minutes=2)))
    assert [(one.button, one.at) for one in store.presses()] == [
        ("useful", at(minutes=2)),
        ("no_event", at(minutes=1)),
    ]
    assert store.press(pressed(row, user=ADMIN))  # somebody else


def test_presses_are_read_on_from_a_number(store: SqlStore) -> None:
    row = owed(store)
    for user in (1, 2, 3):
        store.press(pressed(row, user=user))
    first, *rest = store.presses()
    assert store.presses(after=first.id) == rest
    assert store.presses(after=first.id, limit=1) == rest[:1]


def test_a_mute_is_in_force_until_its_end_or_until_it_is_lifted(store: SqlStore) -> None:
    first = store.mute(muted())
    second = store.mute(muted(MuteKind.OUTLET, "tass", chat=5))
    assert [one.id for one in store.mutes(NOW)] == [first, second]
    assert [one.id for one in store.mutes(NOW, CHAT)] == [first]
    assert store.mutes(at(days=7)) == []
    assert store.lift(first, READER, at(hours=1))
    assert not store.lift(first, READER, at(hours=2))
    assert store.mutes(at(hours=1), CHAT) == []
    (ever,) = store.mutes(None, CHAT)
    assert (ever.lifted, ever.lifted_by, ever.because) == (at(hours=1), READER, "too many")
    assert ever.holds(NOW)
    assert not ever.holds(at(hours=1))


def test_what_a_mute_holds_back_is_kept_never_sent_and_named(store: SqlStore) -> None:
    number = store.mute(muted())
    one = alert("S1", mute=number)
    store.keep(replace(kept("convoy", verdict()), alerts=(one,)), NOW)
    assert store.next_rows(at(days=30)) == []
    (held,) = store.muted("S1")
    assert (held.mute.id, held.mute.value, held.kind, held.at) == (number, "delivery", "alert", NOW)
    row = store.outbox_row(held.outbox_id)
    assert row is not None
    assert row.state is OutboxState.MUTED
    assert row.alert.html == "<b>Convoi</b>"
    assert [health.pending for health in store.outbox_health()] == [0]
    assert store.muted("S1", CHAT) == store.muted_since(CHAT, NOW) == [held]
    assert store.muted("S1", 5) == store.muted_since(CHAT, at(seconds=1)) == store.muted("S2") == []


def test_a_mute_of_one_chat_holds_nothing_back_in_another(store: SqlStore) -> None:
    number = store.mute(muted())
    store.keep(Kept(alerts=(alert("S1", mute=number), alert("S1", chat=5))), NOW)
    assert [row.alert.chat for row in store.next_rows(NOW)] == [5]


def test_the_pages_of_an_answer_are_turned_in_its_message(store: SqlStore) -> None:
    listing = Listing("t0ken", CHAT, "recent", "coup 7d", NOW)
    store.list_begun(listing)
    assert store.list_of("t0ken") == listing
    store.list_sent("t0ken", 17)
    assert store.list_of("t0ken") == replace(listing, message_id=17)
    store.list_begun(replace(listing, token="later", at=at(days=40)))
    assert store.list_of("t0ken") is None


def test_what_readers_did_moves_with_their_chat(store: SqlStore) -> None:
    row = owed(store)
    number = store.mute(muted())
    store.owe([alert("S2", mute=number)], NOW)
    store.press(pressed(row))
    store.list_begun(Listing("t", CHAT, "recent", "", NOW))
    store.migrate_chat(CHAT, -100777)
    assert [press.chat for press in store.presses()] == [-100777]
    assert [mute.chat for mute in store.mutes(NOW)] == [-100777]
    assert len(store.muted_since(-100777, NOW)) == 1
    listing = store.list_of("t")
    assert listing is not None
    assert listing.chat == -100777
