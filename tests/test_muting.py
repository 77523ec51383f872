"""What a chat has muted is not pushed, is not lost, and never hides a coup unless that was meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from djeli.app import wiring
from djeli.app.config import Config
from djeli.app.jobs import DigestRound
from djeli.app.muting import holding
from djeli.app.telling import Teller
from djeli.core.model import (
    Article,
    Chat,
    Decision,
    Judgement,
    Mute,
    MuteKind,
    Reading,
    Verdict,
    Watch,
)
from djeli.core.ports import Kept
from storage.store import SqlStore, open_store
from tests.bot_samples import NOW, article, mention, verdict

CHAT, OTHER = -1001, -1002


@pytest.fixture
def store() -> Iterator[SqlStore]:
    opened = open_store("sqlite://")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def house() -> wiring.House:
    chats = tuple(Chat(id_, ("w",), digest=("07:00",)) for id_ in (CHAT, OTHER))
    config = Config(path=None, database="sqlite://", chats=chats, watches=(Watch("w"),))
    return wiring.furnish(config, wiring.load_knowledge())


class Press:
    """Articles that are judged and kept with what the chats are owed, as the cycle does."""

    def __init__(self, house: wiring.House, store: SqlStore) -> None:
        self.store = store
        self.teller: Teller = house.teller(store, reactions=store)

    def tell(self, said: Verdict, of: Article) -> None:
        judged = Judgement(
            of, said.decision, ("w",), (said,), said.because, Reading(of, (said.mention,), frozenset())
        )
        self.store.keep(Kept(judged, alerts=self.teller.owed(judged, NOW)), NOW)

    def pushed(self, chat: int = CHAT) -> list[tuple[str, str]]:
        """What went out in a chat: kind and story, in order; and mark it as sent."""
        sent = []
        while rows := [
            row for row in self.store.next_rows(NOW + timedelta(days=2)) if row.alert.chat == chat
        ]:
            for row in rows:
                self.store.mark_sending(row.id, NOW)
                self.store.mark_sent(row.id, row.id, NOW)
                sent.append((row.alert.kind, row.alert.story or ""))
        return sent


@pytest.fixture
def press(house: wiring.House, store: SqlStore) -> Press:
    return Press(house, store)


def muted(store: SqlStore, kind: MuteKind, value: str, chat: int = CHAT) -> int:
    return store.mute(Mute(chat, kind, value, NOW + timedelta(days=7), "too many", 42, NOW))


def new(story: str, **changes: object) -> Verdict:
    return verdict(mention(**changes), story=story)


def update(story: str, **changes: object) -> Verdict:
    return verdict(mention(**changes), story=story, decision=Decision.UPDATE, opens=False, now="handed_over")


def merge(story: str, **changes: object) -> Verdict:
    return verdict(mention(**changes), story=story, decision=Decision.MERGE, opens=False, because="The same.")


def piece(name: str, outlet: str = "tass", **changes: object) -> Article:
    return article(id=name, url=f"https://press.example/{name}", outlet=outlet, **changes)


MALI = {"country": "cty.mali"}


@pytest.mark.parametrize(
    ("kind", "value", "held"),
    [
        (MuteKind.STORY, "S1", True),
        (MuteKind.STORY, "S2", False),
        (MuteKind.TYPE, "delivery", True),
        (MuteKind.TYPE, "deployment", False),  # only what it is first of all
        (MuteKind.ACTOR, "cty.russia", True),
        (MuteKind.ACTOR, "org.fama", True),  # to whom
        (MuteKind.ACTOR, "cty.mali", False),
        (MuteKind.COUNTRY, "cty.mali", True),
        (MuteKind.COUNTRY, "plc.bamako", True),
        (MuteKind.COUNTRY, "cty.russia", False),  # acts, but elsewhere
        (MuteKind.OUTLET, "tass", True),
        (MuteKind.OUTLET, "rfi", False),
        (MuteKind.WORD, "tanks", True),
        (MuteKind.WORD, "TANK", True),  # any form of it
        (MuteKind.WORD, "reach bamako", True),
        (MuteKind.WORD, "bamako reach", False),
        (MuteKind.WORD, "ank", False),
    ],
)
def test_a_mute_holds_back_what_it_names_in_its_chat_alone(
    press: Press, kind: MuteKind, value: str, held: bool
) -> None:
    muted(press.store, kind, value)
    press.tell(new("S1", types=("delivery", "deployment"), **MALI), piece("a"))
    assert press.pushed(CHAT) == ([] if held else [("alert", "S1")])
    assert press.pushed(OTHER) == [("alert", "S1")]
    assert [one.mute.value for one in press.store.muted("S1")] == ([value] if held else [])


@pytest.mark.parametrize("lang", ["fr", "ru"])
def test_a_word_is_muted_in_any_of_its_forms(press: Press, lang: str) -> None:
    word, title = {"fr": ("orpailleur", "Des orpailleurs tués"), "ru": ("золото", "Добыча золота")}[lang]
    muted(press.store, MuteKind.WORD, word)
    press.tell(new("S1", quote=""), piece("a", title=title, lang=lang))
    assert press.pushed() == []


@pytest.mark.parametrize(
    ("kind", "value", "passes"),
    [
        (MuteKind.OUTLET, "tass", True),
        (MuteKind.COUNTRY, "cty.mali", True),
        (MuteKind.ACTOR, "cty.russia", True),
        (MuteKind.WORD, "tanks", True),
        (MuteKind.TYPE, "attack", True),
        (MuteKind.TYPE, "coup", False),
        (MuteKind.STORY, "S1", False),
    ],
)
def test_a_coup_passes_every_mute_that_does_not_name_it(
    press: Press, kind: MuteKind, value: str, passes: bool
) -> None:
    muted(press.store, kind, value)
    press.tell(new("S1", type="coup", types=("coup", "attack"), stage="realized", **MALI), piece("a"))
    assert press.pushed() == ([("alert", "S1")] if passes else [])


def test_a_muted_story_is_not_pushed_but_its_first_card_tells_the_truth(press: Press) -> None:
    press.tell(new("S1"), piece("a"))
    assert press.pushed() == [("alert", "S1")]
    muted(press.store, MuteKind.STORY, "S1")
    press.tell(update("S1", stage="handed_over"), piece("b", "rfi"))
    assert press.pushed() == [("edit", "S1")]  # a text in the place of the first, nobody is disturbed
    assert [one.kind for one in press.store.muted("S1")] == ["update"]
    assert press.pushed(OTHER) == [("alert", "S1"), ("update", "S1")]


def test_what_a_muted_outlet_told_first_is_pushed_when_another_outlet_tells_it(press: Press) -> None:
    muted(press.store, MuteKind.OUTLET, "tass")
    press.tell(new("S1"), piece("a"))
    press.tell(merge("S1"), piece("b", "tass"))
    assert press.pushed() == []
    press.tell(merge("S1"), piece("c", "rfi"))
    (row,) = [row for row in press.store.next_rows(NOW) if row.alert.chat == CHAT]
    assert "Arrival on 8 February 2027" in row.alert.plain  # why it is new, not that it is the same
    assert press.pushed() == [("alert", "S1")]
    press.tell(merge("S1"), piece("d", "maliweb"))
    assert press.pushed() == [("edit", "S1")]


def test_what_a_muted_type_held_back_is_not_pushed_by_the_next_outlet(press: Press) -> None:
    number = muted(press.store, MuteKind.TYPE, "delivery")
    press.tell(new("S1"), piece("a"))
    press.store.lift(number, 42, NOW)
    press.tell(merge("S1"), piece("c", "rfi"))
    assert press.pushed() == []


def test_a_mute_that_has_ended_holds_nothing_back(press: Press) -> None:
    press.store.mute(Mute(CHAT, MuteKind.OUTLET, "tass", NOW, "", 42, NOW - timedelta(days=1)))
    press.tell(new("S1"), piece("a"))
    assert press.pushed() == [("alert", "S1")]


def test_of_several_mutes_the_one_that_lasts_longest_is_named() -> None:
    short = Mute(CHAT, MuteKind.OUTLET, "tass", NOW + timedelta(days=1), "", 42, NOW, id=1)
    long = replace(short, kind=MuteKind.TYPE, value="delivery", until=NOW + timedelta(days=9), id=2)
    found = holding([short, long], piece("a"), new("S1"), critical=False, country=lambda place: None)
    assert found == long


def test_the_place_decides_where_no_country_is_told(house: wiring.House) -> None:
    mute = Mute(CHAT, MuteKind.COUNTRY, "cty.mali", NOW + timedelta(days=1), "", 42, NOW)
    one = new("S1", places=("plc.gao",), country=None)
    assert holding([mute], piece("a"), one, critical=False, country=house.country) == mute


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "🔇 Muted, not sent (2): the outlet Studio Tamani (1), the type “Delivery” (1)"),
        ("fr", "🔇 En silence, non envoyés (2) : le média Studio Tamani (1), le type « Livraison » (1)"),
        ("ru", "🔇 Заглушено, не отправлено (2): издание Studio Tamani (1), тип «Поставка» (1)"),
    ],
)
def test_what_is_muted_stands_in_the_count_of_the_digest(
    store: SqlStore, house: wiring.House, language: str, said: str
) -> None:
    chat = replace(house.config.chats[0], language=language)
    spoken = wiring.furnish(replace(house.config, chats=(chat,), language=language), house.knowledge)
    press = Press(spoken, store)
    digests = DigestRound(spoken.config.chats, press.teller, store, store)
    digests.owe(NOW - timedelta(hours=1))  # the first digest is to tell what comes from now on
    muted(store, MuteKind.OUTLET, "studio_tamani")
    muted(store, MuteKind.TYPE, "delivery")
    press.tell(new("S1", type="visit_talks", types=("visit_talks",)), piece("a", "studio_tamani"))
    press.tell(new("S2"), piece("b", "rfi"))
    assert press.pushed() == []
    assert digests.owe(NOW + timedelta(days=1)) == 1
    (row,) = store.next_rows(NOW + timedelta(days=1))
    assert said in row.alert.plain.replace("\u202f", " ")
