"""What is owed to chats: once, in order, and never forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from djeli.core.errors import JobFailed
from djeli.core.model import Alert, Button, Delivery, Listing, OutboxState
from djeli.core.ports import Pack
from storage.store import SqlStore
from tests.store_parts import CHAT, KINDS, NOW, alert, at, opened, ready_address

OTHER = 42


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    with opened(ready_address(request.param, tmp_path)) as opened_store:
        yield opened_store


def due(store: SqlStore, **later: float) -> list[int]:
    return [row.id for row in store.next_rows(at(**later))]


def send(store: SqlStore, row_id: int, message_id: int | None = 7) -> None:
    store.mark_sending(row_id, NOW)
    store.mark_sent(row_id, message_id, NOW)


def test_a_message_comes_back_as_it_was_owed(store: SqlStore) -> None:
    full = alert(
        thread=7,
        revision=3,
        part=2,
        reply_to_story=True,
        edit_html="<i>new</i>",
        not_before=at(hours=-1),
        critical=True,
    )
    [number] = store.owe([full], NOW)
    [row] = store.next_rows(NOW)
    assert row.alert == full
    assert (row.id, row.state, row.attempts, row.created) == (number, OutboxState.PENDING, 0, NOW)
    assert store.outbox_row(number) == row
    assert store.outbox_row(number + 1) is None


def answer(question: str = "1", **changes: object) -> Alert:
    return alert(f"answer:{question}", kind="answer", **changes)


def test_an_answer_goes_before_the_news_and_leaves_no_text_behind(store: SqlStore) -> None:
    store.list_begun(Listing("t0ken", CHAT, "recent", "coup", NOW))
    below = ((Button("2 ›", "pt0ken.1"), Button("3 ›", "pt0ken.2")), (Button("x", "y"),))
    asked = answer(reply_to=3, keyboard=below, listing="t0ken", photo=b"png")
    news, number = store.owe([alert("S1"), asked], NOW)
    assert due(store) == [number]
    row = store.mark_sending(number, NOW)
    assert row.alert == asked
    store.mark_uncertain(number, NOW, "lost on its way")
    assert store.mark_sending(number, NOW).alert == asked
    store.mark_sent(number, 17, NOW)
    assert due(store) == [news]
    listing = store.list_of("t0ken")
    assert listing is not None
    assert listing.message_id == 17
    kept = store.outbox_row(number)
    assert kept is not None
    assert (kept.state, kept.alert.html, kept.alert.plain) == (OutboxState.SENT, "", "")
    assert store.owe([asked], NOW) == [number]  # the same question, brought again, is not answered again
    assert due(store) == [news]


def test_who_only_asked_is_owed_nothing(store: SqlStore) -> None:
    [number] = store.owe([answer(chat=OTHER)], NOW)
    assert [health.chat for health in store.outbox_health()] == [OTHER]
    send(store, number)
    assert store.outbox_health() == []
    [refused] = store.owe([answer("2", chat=OTHER, keyboard=((Button("x", "y"),),))], NOW)
    store.mark_sending(refused, NOW)
    store.mark_dead(refused, NOW, "no")
    assert [row.id for row in store.dead_letters(5)] == [refused]


def test_the_same_message_is_owed_only_once(store: SqlStore) -> None:
    first = store.owe([alert(), alert(part=1), alert(revision=1), alert(kind="update")], NOW)
    assert len(set(first)) == 4
    again = store.owe([alert(html="other"), alert(chat=OTHER)], NOW)
    assert again[0] == first[0]
    assert again[1] not in first


def test_messages_without_a_story_are_all_different(store: SqlStore) -> None:
    assert len(set(store.owe([alert(None, kind="notice"), alert(None, kind="notice")], NOW))) == 2


def test_each_chat_gets_its_messages_in_order_and_one_at_a_time(store: SqlStore) -> None:
    a1, b1, a2 = store.owe([alert("S1"), alert("S1", chat=OTHER), alert("S2")], NOW)
    assert due(store) == [a1, b1]
    store.mark_sending(a1, NOW)
    assert due(store) == [b1]
    store.mark_sent(a1, 7, NOW)
    assert due(store) == [b1, a2]


def test_a_chat_waits_with_its_first_message_and_the_others_do_not(store: SqlStore) -> None:
    a1, _, b1 = store.owe([alert("S1"), alert("S2"), alert("S1", chat=OTHER)], NOW)
    store.mark_sending(a1, NOW)
    store.mark_waiting(a1, at(seconds=300), "429", counts=False)
    assert due(store, seconds=299) == [b1]
    assert due(store, seconds=300) == [a1, b1]


def test_quiet_hours_hold_back_but_do_not_block(store: SqlStore) -> None:
    quiet, critical = store.owe([alert("S1", not_before=at(hours=6)), alert("S2", critical=True)], NOW)
    assert due(store) == [critical]
    send(store, critical)
    assert due(store) == []
    assert due(store, hours=6) == [quiet]


def test_a_waiting_critical_message_holds_its_chat_in_quiet_hours(store: SqlStore) -> None:
    _, critical, _ = store.owe([alert("S1", not_before=at(hours=6)), alert("S2"), alert("S3")], NOW)
    store.mark_waiting(critical, at(minutes=1), "refused", counts=True)
    assert due(store) == []
    assert due(store, minutes=1) == [critical]


def test_what_was_on_its_way_is_uncertain_after_a_restart_and_comes_first(store: SqlStore) -> None:
    first, second = store.owe([alert("S1"), alert("S2")], NOW)
    send(store, first)
    third = store.owe([alert("S3")], NOW)[0]
    store.mark_sending(second, NOW)
    assert store.recover(at(minutes=1)) == 1
    assert store.recover(at(minutes=1)) == 0
    [row] = store.next_rows(at(minutes=1))
    assert (row.id, row.state, row.maybe_repeated, row.attempts) == (second, OutboxState.UNCERTAIN, True, 1)
    send(store, second)
    assert due(store) == [third]


def test_an_uncertain_message_overtakes_older_pending_ones(store: SqlStore) -> None:
    first, second = store.owe([alert("S1", not_before=at(hours=1)), alert("S2")], NOW)
    store.mark_sending(second, NOW)
    store.mark_uncertain(second, at(hours=2), "ReadTimeout")
    assert due(store, hours=2) == [second]
    assert first not in due(store, hours=2)


def test_a_message_sent_again_stays_marked_whatever_happens_between(store: SqlStore) -> None:
    [number] = store.owe([alert()], NOW)
    store.mark_sending(number, NOW)
    store.mark_uncertain(number, NOW, "ReadError")
    store.mark_sending(number, NOW)
    store.mark_waiting(number, at(seconds=2), "ConnectError", counts=True)
    [row] = store.next_rows(at(seconds=2))
    assert (row.state, row.maybe_repeated, row.attempts) == (OutboxState.PENDING, True, 2)
    assert row.error == "ConnectError"
    send(store, number)
    assert [delivery.maybe_repeated for delivery in store.deliveries("S1")] == [True]


def test_waiting_for_permission_is_not_an_attempt(store: SqlStore) -> None:
    [number] = store.owe([alert()], NOW)
    for _ in range(3):
        store.mark_sending(number, NOW)
        store.mark_waiting(number, NOW, "429", counts=False)
    row = store.outbox_row(number)
    assert row is not None
    assert row.attempts == 0


def test_the_sent_message_and_its_delivery_are_one(store: SqlStore) -> None:
    first, second = store.owe([alert(thread=5), alert(kind="update", revision=1)], NOW)
    send(store, first, 70)
    store.mark_sending(second, NOW)
    store.mark_sent(second, None, at(seconds=9))  # accepted, but the answer could not be read
    expected = [
        Delivery(CHAT, 70, NOW, "S1", "alert", first, thread=5),
        Delivery(CHAT, None, at(seconds=9), "S1", "update", second),
    ]
    assert store.deliveries("S1") == expected
    assert store.told(CHAT, "S1") == expected[0]
    assert store.told(OTHER, "S1") is None
    assert store.deliveries("S2") == []
    row = store.outbox_row(first)
    assert row is not None
    assert (row.state, row.message_id) == (OutboxState.SENT, 70)


def test_what_is_sent_or_dead_stays_so(store: SqlStore) -> None:
    sent, dead = store.owe([alert("S1"), alert("S2")], NOW)
    send(store, sent)
    store.mark_dead(dead, NOW, "chat not found")
    with pytest.raises(JobFailed, match=f"Message {sent} is sent"):
        store.mark_sending(sent, NOW)
    with pytest.raises(JobFailed, match="is sent"):
        store.mark_sent(sent, 8, NOW)
    with pytest.raises(JobFailed, match="is sent"):
        store.mark_dead(sent, NOW, "?")
    with pytest.raises(JobFailed, match="is dead"):
        store.mark_sending(dead, NOW)
    with pytest.raises(JobFailed, match="does not exist"):
        store.mark_sending(dead + 1, NOW)
    assert due(store) == []
    assert len(store.deliveries("S1")) == 1


def test_two_senders_cannot_take_the_same_message(store: SqlStore) -> None:
    [number] = store.owe([alert()], NOW)
    store.mark_sending(number, NOW)
    with pytest.raises(JobFailed, match="is sending"):
        store.mark_sending(number, NOW)


def test_health_counts_what_each_chat_is_owed(store: SqlStore) -> None:
    rows = store.owe([alert(f"S{n}") for n in range(5)], NOW)
    store.owe([alert("S1", chat=OTHER, not_before=at(hours=6))], NOW)
    send(store, rows[0])
    store.mark_dead(rows[1], NOW, "refused")
    store.mark_sending(rows[2], NOW)
    store.mark_uncertain(rows[2], NOW, "ReadTimeout")
    store.mark_sending(rows[3], NOW)
    ours, other = store.outbox_health()
    assert (ours.chat, ours.pending, ours.uncertain, ours.dead) == (CHAT, 2, 1, 1)
    assert (ours.oldest_pending, ours.last_sent) == (NOW, NOW)
    # a message that waits for the end of quiet hours is not late
    assert (other.pending, other.oldest_pending, other.last_sent) == (1, at(hours=6), None)


def test_a_chat_with_nothing_owed_has_no_oldest_message(store: SqlStore) -> None:
    [number] = store.owe([alert()], NOW)
    send(store, number)
    [health] = store.outbox_health()
    assert (health.pending, health.oldest_pending) == (0, None)


def test_a_migrated_chat_keeps_everything_under_its_new_number(store: SqlStore) -> None:
    sent, waiting = store.owe([alert("S1"), alert("S2")], NOW)
    send(store, sent)
    store.set_setting(f"chat:{CHAT}:digest", "07:00")
    store.set_setting(f"chat:{CHAT}0:digest", "not ours")
    store.migrate_chat(CHAT, OTHER)
    assert [row.alert.chat for row in store.next_rows(NOW)] == [OTHER]
    assert due(store) == [waiting]
    assert store.told(CHAT, "S1") is None
    told = store.told(OTHER, "S1")
    assert told is not None
    assert told.outbox_id == sent
    assert (store.setting(f"chat:{OTHER}:digest"), store.setting(f"chat:{CHAT}:digest")) == ("07:00", None)
    assert store.setting(f"chat:{CHAT}0:digest") == "not ours"


def test_a_migrated_chat_is_not_told_twice(store: SqlStore) -> None:
    twice, once = store.owe([alert("S1"), alert("S2")], NOW)
    [theirs] = store.owe([alert("S1", chat=OTHER)], NOW)
    store.migrate_chat(CHAT, OTHER)
    row = store.outbox_row(twice)
    assert row is not None
    assert row.state == OutboxState.DEAD
    assert due(store) == [once]
    send(store, once)
    assert due(store) == [theirs]


def test_a_new_message_is_owed_to_the_new_number_only_once(store: SqlStore) -> None:
    [number] = store.owe([alert("S1")], NOW)
    store.migrate_chat(CHAT, OTHER)
    assert store.owe([alert("S1", chat=OTHER)], NOW) == [number]


def test_cards_that_are_told_together_are_sent_with_the_first_of_them(store: SqlStore) -> None:
    rows = store.owe([alert(f"S{n}") for n in range(1, 5)], NOW)
    other = store.owe([alert("S1", kind="digest")], NOW)[0]
    assert [row.id for row in store.backlog(CHAT, NOW, NOW).waiting] == rows
    store.pack([Pack(tuple(rows[:3]), "<b>three</b>", "three")], NOW)
    [head] = store.next_rows(NOW)
    assert (head.id, head.alert.html, head.pack) == (rows[0], "<b>three</b>", True)
    assert [row.id for row in store.backlog(CHAT, NOW, NOW).waiting] == rows[3:]
    send(store, head.id, 70)
    for story in ("S1", "S2", "S3"):
        assert [(told.message_id, told.kind) for told in store.deliveries(story)] == [(70, "pack")]
    assert due(store) == [rows[3]]
    send(store, rows[3])
    assert due(store) == [other]
    assert store.backlog(CHAT, at(hours=-1), NOW).sent == (NOW,)  # what was told together does not count
    again = store.owe([alert(f"S{n}") for n in range(1, 5)], NOW)
    assert again == rows  # to owe it twice is harmless still


def test_what_is_held_lets_the_others_go_first_and_is_said(store: SqlStore) -> None:
    held, free = store.owe([alert("S1"), alert("S2")], NOW)
    store.hold([held], at(minutes=30), [alert("notice:storm", kind="notice")], NOW)
    assert due(store) == [free]
    send(store, free)
    [notice] = store.next_rows(NOW)
    assert notice.alert.kind == "notice"
    send(store, notice.id)
    assert due(store) == []
    assert due(store, minutes=30) == [held]


def test_a_chat_that_refuses_is_known_and_what_waits_for_it_is_due_when_it_is_back(store: SqlStore) -> None:
    first, second = store.owe([alert("S1"), alert("S2")], NOW)
    store.mark_sending(first, NOW)
    store.mark_refused(first, NOW, at(hours=1), "Forbidden: bot was kicked")
    assert store.refusing() == {CHAT: "Forbidden: bot was kicked"}
    assert due(store, minutes=59) == []
    store.chat_back(OTHER, at(minutes=1))
    assert due(store, minutes=1) == []
    store.chat_back(CHAT, at(minutes=1))
    assert store.refusing() == {}
    assert due(store, minutes=1) == [first]
    store.mark_sending(first, NOW)
    store.mark_refused(first, NOW, at(hours=1), "Forbidden: bot was kicked")
    store.mark_sending(first, at(hours=1))
    store.mark_sent(first, 7, at(hours=1))
    assert store.refusing() == {}
    assert due(store, hours=1) == [second]


def test_the_row_that_told_of_the_move_waits_again_under_the_new_number(store: SqlStore) -> None:
    [row] = store.owe([alert()], NOW)
    store.mark_sending(row, NOW)
    store.migrate_chat(CHAT, OTHER, row)
    [moved] = store.next_rows(NOW)
    assert (moved.id, moved.alert.chat, moved.state, moved.attempts) == (row, OTHER, OutboxState.PENDING, 0)
    assert not moved.maybe_repeated


def test_what_was_given_up_is_listed_latest_first(store: SqlStore) -> None:
    rows = store.owe([alert(f"S{n}") for n in range(3)], NOW)
    for number in rows:
        store.mark_dead(number, NOW, f"refused {number}")
    assert [(row.id, row.error) for row in store.dead_letters(2)] == [
        (number, f"refused {number}") for number in reversed(rows[1:])
    ]


def test_each_process_that_dies_over_a_message_makes_the_next_wait_longer(store: SqlStore) -> None:
    [number] = store.owe([alert()], NOW)
    for wait in (0, 5, 30, 300, 300):
        store.mark_sending(number, NOW)
        store.recover(NOW)
        row = store.outbox_row(number)
        assert row is not None
        assert row.next_at == at(seconds=wait)
