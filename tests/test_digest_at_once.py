"""A digest asked for between its hours tells what has come, and nothing is told twice or lost by it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from djeli.app import wiring
from djeli.app.config import Config
from djeli.app.jobs import DigestRound
from djeli.core.model import Chat, Decision, Judgement, Reading, Watch
from djeli.core.ports import Kept
from storage.store import SqlStore, open_store
from tests.bot_samples import NOW, article, mention, verdict

CHAT = Chat(-1001, ("w",), digest=("07:00",))
SEVEN = datetime.fromisoformat("2027-02-10T07:00:00+00:00")  # the hour after NOW


@pytest.fixture
def store() -> Iterator[SqlStore]:
    opened = open_store("sqlite://")
    yield opened
    opened.close()


@pytest.fixture
def digests(store: SqlStore) -> DigestRound:
    config = Config(path=None, database="sqlite://", chats=(CHAT,), watches=(Watch("w"),))
    house = wiring.furnish(config, wiring.load_knowledge())
    found = DigestRound(config.chats, house.teller(store), store, store)
    found.owe(NOW - timedelta(hours=2))  # the first digest tells what comes from now on
    return found


def judged(store: SqlStore, name: str) -> None:
    said = verdict(mention(), decision=Decision.DIGEST, story=name)
    one = article(id=name, url=f"https://press.example/{name}", title=f"Headline {name}")
    kept = Judgement(
        one, Decision.DIGEST, ("w",), (said,), "quiet", Reading(one, (said.mention,), frozenset())
    )
    store.keep(Kept(kept), NOW)


def told(store: SqlStore) -> list[list[str]]:
    """For each digest in the outbox the headlines it has."""
    found = []
    for number in range(1, 30):
        row = store.outbox_row(number)
        if row:
            words = row.alert.plain.split()
            found.append([name for at, name in enumerate(words) if words[at - 1] == "Headline"])
    return found


def test_what_waits_is_counted_and_told_and_the_next_one_goes_on_from_there(
    digests: DigestRound, store: SqlStore
) -> None:
    judged(store, "S1")
    assert digests.waiting(CHAT, NOW) == 1
    digests.owe_at_once(CHAT, NOW)
    assert digests.waiting(CHAT, NOW) == 0
    judged(store, "S2")
    assert digests.owe(SEVEN + timedelta(minutes=1)) == 1
    assert told(store) == [["S1"], ["S2"]]


def test_two_in_the_same_minute_are_two_and_lose_nothing(digests: DigestRound, store: SqlStore) -> None:
    for second, name in enumerate(("S1", "S2")):
        judged(store, name)
        digests.owe_at_once(CHAT, NOW + timedelta(seconds=second))
    assert told(store) == [["S1"], ["S2"]]


def test_a_quiet_time_is_said_to_be_one(digests: DigestRound, store: SqlStore) -> None:
    digests.owe_at_once(CHAT, NOW)
    row = store.outbox_row(1)
    assert row is not None
    assert "Quiet: nothing new for the digest." in row.alert.plain


def test_a_chat_that_never_had_a_digest_gets_the_last_day(store: SqlStore, digests: DigestRound) -> None:
    judged(store, "S1")
    new = Chat(-5, ("w",))
    digests.owe_at_once(new, NOW + timedelta(hours=1))
    assert told(store) == [["S1"]]


def test_one_asked_for_at_the_very_hour_tells_no_line_twice(digests: DigestRound, store: SqlStore) -> None:
    judged(store, "S1")
    at = SEVEN + timedelta(seconds=1)
    turns = [threading.Thread(target=digests.owe_at_once, args=(CHAT, at)) for _ in range(4)]
    turns.append(threading.Thread(target=digests.owe, args=(at,)))
    for turn in turns:
        turn.start()
    for turn in turns:
        turn.join()
    assert sum(names == ["S1"] for names in told(store)) == 1
