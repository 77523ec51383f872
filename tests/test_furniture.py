"""What stands on every item of an outlet: learnt, left aside, and said to be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from djeli.app import wiring
from djeli.core.model import Decision, Entry, Furniture
from monitors.furniture import FEWEST_ITEMS, MOST_PHRASES, filtered, learnt, phrases, usual, without, words
from storage.store import SqlStore
from tests.house_fakes import entry
from tests.store_parts import KINDS, opened, ready_address
from tests.test_cycle import A, House

TOPICS = ("football", "the weather", "a wedding", "cheap phones", "the moon", "cooking", "traffic", "a song")


def items(
    count: int, title: str = "{topic} {n}", text: str = "Something about {topic} no {n}."
) -> list[Entry]:
    """Items of an outlet that are alike in nothing but what the templates say."""
    return [
        replace(
            entry(A, n, title.format(topic=TOPICS[n % len(TOPICS)], n=n)),
            summary=text.format(topic=TOPICS[n % len(TOPICS)], n=n),
        )
        for n in range(count)
    ]


def known(some: list[Entry]) -> Furniture:
    return learnt(Furniture(), [phrases(one) for one in some])


@pytest.mark.parametrize(
    ("title", "text", "bare_title", "bare_text", "left_out"),
    [
        ("{topic} {n} - Mali Actu", "On {topic}.", "a song 7", "On a song.", ("- Mali Actu",)),
        ("{topic} {n} | Maliweb", "On {topic}.", "a song 7", "On a song.", ("| Maliweb",)),
        ("{topic} {n}", "On {topic}. Mali", "a song 7", "On a song.", ("Mali",)),
        ("{topic} {n}", "On {topic} {n}.\n\nMali\n\n", "a song 7", "On a song 7.", ("Mali",)),
        (
            "{topic} {n}",
            "On {topic} {n}.\n\nL’article {topic} {n} est apparu en premier sur Mali Actu.",
            "a song 7",
            "On a song 7.\n\nL’article a song 7",
            ("est apparu en premier sur Mali Actu.",),
        ),
        ("{topic} {n}", "All of Mali on our site\n\nOn {topic} {n}.", "a song 7", "On a song 7.", None),
        ("Mali : {topic} {n}", "On {topic} {n}.", "Mali : a song 7", "On a song 7.", ()),  # what it is about
    ],
)
def test_what_is_on_every_item_is_learnt_and_left_out(
    title: str, text: str, bare_title: str, bare_text: str, left_out: tuple[str, ...] | None
) -> None:
    some = items(20, title, text)
    common = filtered(usual(known(some)), lambda phrase: "Mali" in phrase)
    found = without(some[7].title, some[7].summary, common)
    assert (found[0], found[1].strip()) == (bare_title, bare_text)
    assert found[2] == (("All of Mali on our site",) if left_out is None else left_out)


def test_what_only_some_items_have_is_theirs() -> None:
    mixed = items(10, text="On {topic} {n}. Mali") + items(10)
    assert not any("Mali" in one for one in usual(known(mixed)))
    assert usual(known(items(FEWEST_ITEMS - 1, "{topic} {n} - Mali Actu"))) == frozenset()
    assert without("Mali", "Mali", frozenset()) == ("Mali", "Mali", ())


def test_what_misleads_nobody_stays() -> None:
    common = usual(known(items(20, text="On {topic} {n}. (AFP)")))
    assert any("AFP" in words(one) for one in common)
    assert filtered(common, lambda phrase: "Mali" in phrase) == frozenset()


def test_what_is_learnt_is_bounded_and_forgotten_when_the_outlet_changes() -> None:
    state = Furniture()
    for n, one in enumerate(items(400, "{topic} {n} - Mali Actu", "Line {n}\n\nOn {topic} {n}. End {n}")):
        state = learnt(state, [phrases(one)])
        assert len(state.phrases) <= MOST_PHRASES
        assert ("to - Mali Actu" in usual(state)) == (n >= FEWEST_ITEMS - 1)
    for one in items(120):
        state = learnt(state, [phrases(one)])
    assert "to - Mali Actu" not in usual(state)
    for one in items(400, text="Text {n} on {topic} {n} and {n}. Mali"):  # begun when much else is known
        state = learnt(state, [phrases(one)])
    assert "end Mali" in usual(state)


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    with opened(ready_address(request.param, tmp_path)) as ready:
        yield ready


def test_it_is_remembered_by_outlet(store: SqlStore) -> None:
    assert store.furniture(["a", "b"]) == {"a": Furniture(), "b": Furniture()}
    found = Furniture(2.5, {"end mali": 2.0, "line «да»": 0.5})
    store.set_furniture({"a": Furniture(1), "b": Furniture()})
    store.set_furniture({"a": found})
    assert store.furniture(["a", "b", "c"]) == {"a": found, "b": Furniture(), "c": Furniture()}


def test_mali_under_every_item_makes_no_item_look_malian(store: SqlStore) -> None:
    house = House(store)
    house.web.feeds[A] = items(20, "{topic} {n} - Mali Actu", "On {topic} {n}. Mali")
    house.round()
    (line,) = store.ledger(f"{A}/3")
    assert line.article.title == "cheap phones 3"
    assert line.because == "off the beat (“- Mali Actu”)"
    house.web.pages.clear()
    true = replace(
        entry(A, 50, "new tanks of the army in Mali - Mali Actu"), summary="Tanks came to Gao. Mali"
    )
    house.web.feeds[A] = [true, replace(entry(A, 51, "A song 51 - Mali Actu"), summary="Sung well. Mali")]
    assert house.round().decisions == {Decision.ALERT: 1, Decision.IGNORE: 1}
    assert house.web.pages == [true.url]  # the other one needs no page
    again = replace(true, url=f"{A}/moved", guid="moved")
    house.web.feeds[A] = [again]
    assert house.round().articles == 0
    house.cycle.close()


def test_the_judge_of_the_beat_names_what_misleads() -> None:
    common = usual(known(items(20, "{topic} {n} | Abonnez-vous", "On {topic} {n}. (AFP) Mali")))
    kept = filtered(common, lambda phrase: wiring.open_house(None).judge.touches(phrase, "", ""))
    assert {words(one) for one in kept} == {"(AFP) Mali", "Mali"}
