"""Wording compared on crowded days: what it may change, what it must not, and life without the extra."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import replace
from math import fsum, hypot
from pathlib import Path

import pytest

from baseline.fold import fold
from baseline.judge import Judge
from baseline.wording import reworded
from djeli.app import semantic, wiring
from djeli.app.explaining import Handed, explained
from djeli.app.judging import Judging, judged
from djeli.app.steps import steps
from djeli.core.model import Article, Judgement, Member, Nearest, Story, Term, Wording
from djeli.core.ports import Encoder, Kept, Store
from storage.store import open_store
from tests import corpus
from tests.gate import articles_of, judge_stream, without_wording
from tests.store_parts import KINDS, NOW, at, kept, mention, opened, ready_address, verdict

EXTRA = pytest.mark.skipif(semantic.installed().encoder is None, reason="djeli[semantic] is not installed")
THEMES = (
    ("market", "cattle", "traders", "stalls", "marche", "betail"),
    ("convoy", "truck", "mine"),
    ("school", "pupils"),
)


def vector(*numbers: float, model: str = "themes") -> Wording:
    """A wording of length one in this direction."""
    length = hypot(*numbers) or 1.0
    return Wording(model, struct.pack(f"<{len(numbers)}e", *(number / length for number in numbers)))


class PlainCosines:
    """Compares vectors without a library."""

    def cosines(self, one: Wording, others: Sequence[Wording]) -> list[float]:
        return [fsum(a * b for a, b in zip(numbers(one), numbers(two), strict=True)) for two in others]


def numbers(wording: Wording) -> tuple[float, ...]:
    return struct.unpack(f"<{len(wording.vector) // 2}e", wording.vector)


class ThemeEncoder(PlainCosines):
    """Knows three themes, and tells texts apart by how many of their words they hold."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, text: str) -> Wording | None:
        self.asked.append(text)
        words = fold(text).replace(".", "").split()
        return vector(*(sum(words.count(word) for word in theme) for theme in THEMES))


class BrokenEncoder(PlainCosines):
    """Has a vector for no text."""

    def encode(self, text: str) -> Wording | None:
        return None


# ------------------------------------------------------------------------------------ a crowded day


def attack(number: int, title: str, text: str) -> Article:
    line = {"title": title, "text": text, "published": "2027-03-09"}
    return replace(articles_of([line])[0], id=f"attack-{number}")


ATTACKS = (
    attack(
        1,
        "Mali: gunmen attack cattle market in Gao",
        "JNIM gunmen attacked the cattle market of Gao on Monday, residents said. Traders fled their stalls.",
    ),
    attack(
        2,
        "Mali: army convoy ambushed near Sévaré",
        "JNIM fighters ambushed an army convoy near Sévaré on Monday. A mine went off under a truck.",
    ),
    attack(
        3,
        "Mali: gunmen attack cattle market in Sévaré",
        "JNIM gunmen attacked the cattle market of Sévaré on Monday, residents said. The army came later.",
    ),
    attack(
        4,
        "Mali : le marché au bétail de Sévaré attaqué",
        "Des hommes armés du JNIM ont attaqué lundi le marché de Sévaré, selon des habitants.",
    ),
)


def judge_with(encoder: Encoder | None) -> Judge:
    config = without_wording().config
    return Judge(wiring.load_knowledge(), wiring.rules(), config.watches, "en", encoder)


def told(judge: Judging, store: Store, articles: Sequence[Article] = ATTACKS) -> list[Judgement]:
    """The judgements on articles that come one after another."""
    found = []
    for one in articles:
        judgement = judged(one, judge, store, one.published)
        store.keep(Kept(judgement=judgement), one.published)
        found.append(judgement)
    return found


def stories_of(judgements: Sequence[Judgement]) -> list[str | None]:
    return [judgement.verdicts[0].story for judgement in judgements]


@pytest.mark.parametrize("kind", KINDS)
def test_two_events_of_one_town_and_day_are_kept_apart_by_their_wording(kind: str, tmp_path: Path) -> None:
    assert stories_of(told(judge_with(None), open_store("sqlite://"))) == ["S1", "S2", "S2", "S2"]
    with opened(ready_address(kind, tmp_path)) as store:
        assert stories_of(told(judge_with(ThemeEncoder()), store)) == ["S1", "S2", "S3", "S3"]


def test_explain_shows_the_wording_beside_that_of_the_stories_around() -> None:
    store = open_store("sqlite://")
    judge = judge_with(ThemeEncoder())
    told(judge, store, ATTACKS[:2])
    house = without_wording()
    house = wiring.furnish(house.config, house.knowledge, lambda: judge)
    shown = explained(Handed(ATTACKS[2], "page", "page"), house, store, NOW)
    assert any("wording 0.00 (1.00 around)" in line for line in steps(shown, house.voice, house.knowledge))


def test_an_encoder_without_vectors_changes_nothing() -> None:
    assert told(judge_with(BrokenEncoder()), open_store("sqlite://")) == told(
        judge_with(None), open_store("sqlite://")
    )


def test_stories_kept_before_the_extra_came_are_judged_as_before() -> None:
    store = open_store("sqlite://")
    told(judge_with(None), store, ATTACKS[:2])
    assert stories_of(told(judge_with(ThemeEncoder()), store, ATTACKS[2:])) == ["S2", "S2"]


def test_an_article_off_the_beat_costs_no_vector() -> None:
    encoder = ThemeEncoder()
    told(judge_with(encoder), open_store("sqlite://"), [attack(5, "Market day in Lyon", "Stalls are full.")])
    assert encoder.asked == []


def test_only_headline_and_lead_are_encoded_however_long_the_article_or_a_word() -> None:
    judge, encoder = judge_with(encoder := ThemeEncoder()), encoder
    long = replace(ATTACKS[0], text=f"{ATTACKS[0].text} {'x' * 5000} " + "More words follow. " * 500)
    judge.read(long)
    assert encoder.asked[0].startswith(ATTACKS[0].title)
    assert len(encoder.asked[0]) <= 800


# ------------------------------------------------------------------------------- what it may change


def story(number: int, *wordings: Wording | None) -> Story:
    members = tuple(
        Member(f"a{i}", "rfi", "fr", "title", "", NOW, replace(mention(), wording=wording))
        for i, wording in enumerate(wordings)
    )
    return Story(f"S{number}", members, NOW)


def near(number: int, score: float) -> Nearest:
    return Nearest(f"S{number}", score, (Term("entities", score, ""),))


PLAIN = ThemeEncoder()
ME = replace(mention(), wording=vector(1, 0))
LIKE, UNLIKE = vector(1, 0.1), vector(0, 1)


def scores(told: Sequence[Nearest]) -> dict[str, float]:
    return {n.ref: round(n.score, 2) for n in told}


def test_where_one_story_is_near_its_wording_is_not_asked() -> None:
    found = [near(1, 0.6), near(2, 0.1)]
    assert reworded(ME, found, [story(1, UNLIKE), story(2, LIKE)], 0.5, PLAIN) == found


def test_of_two_stories_near_the_one_worded_alike_is_taken() -> None:
    found = scores(reworded(ME, [near(1, 0.7), near(2, 0.6)], [story(1, UNLIKE), story(2, LIKE)], 0.5, PLAIN))
    assert found["S2"] > 0.5 > found["S1"]


def test_wording_never_brings_a_story_over_the_floor() -> None:
    found = reworded(ME, [near(1, 0.6), near(2, 0.45)], [story(1, UNLIKE), story(2, LIKE)], 0.5, PLAIN)
    assert scores(found) == {"S1": 0.0, "S2": 0.45}


def test_stories_worded_alike_all_around_are_not_told_apart_by_it() -> None:
    found = reworded(ME, [near(1, 0.8), near(2, 0.7)], [story(1, LIKE), story(2, LIKE)], 0.5, PLAIN)
    assert scores(found) == {"S1": 0.65, "S2": 0.55}


def test_vectors_of_another_model_and_missing_ones_are_left_aside() -> None:
    found = [near(1, 0.7), near(2, 0.6)]
    other = replace(UNLIKE, model="another")
    for stories in ([story(1, other), story(2, LIKE)], [story(1, None), story(2, LIKE)]):
        assert reworded(ME, found, stories, 0.5, PLAIN) == found
    mixed = [story(1, None, LIKE, other), story(2, UNLIKE)]
    assert scores(reworded(ME, found, mixed, 0.5, PLAIN)) == scores(
        reworded(ME, found, [story(1, LIKE), story(2, UNLIKE)], 0.5, PLAIN)
    )
    assert reworded(replace(ME, wording=None), found, mixed, 0.5, PLAIN) == found


# ------------------------------------------------------------------------------------- what is kept


@pytest.mark.parametrize("kind", KINDS)
def test_the_store_keeps_the_wording_with_the_story_and_not_in_the_ledger(kind: str, tmp_path: Path) -> None:
    with opened(ready_address(kind, tmp_path)) as store:
        store.keep(kept("convoy", verdict(mention=ME)), at())
        found = store.story("S1")
        assert found is not None
        assert found.members[0].mention.wording == ME.wording
        [line] = store.ledger("S1")
        assert line.verdict is not None
        assert line.verdict.mention.wording is None


# -------------------------------------------------------------------------------- the extra itself


def test_weights_that_are_not_ours_are_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "weights.npz").write_bytes(b"other weights")
    found = semantic.looked_at(tmp_path)
    assert found.refused
    assert found.encoder is None
    assert "weights.npz has the sha256" in found.said


def test_weights_that_cannot_be_read_are_refused_too(tmp_path: Path) -> None:
    assert semantic.looked_at(tmp_path).refused


def test_the_configuration_switches_it_off() -> None:
    house = without_wording()
    assert house.wording.encoder is None
    assert not house.wording.refused
    assert "[baseline] wording is false" in house.wording.said


@EXTRA
def test_the_same_event_in_three_languages_is_worded_more_alike_than_two_events() -> None:
    encoder = semantic.installed().encoder
    assert encoder is not None
    wheat, blé, пшеница = (
        encoder.encode(f"{i.line['title']}. {i.line['text']}") for i in corpus.events()[:3]
    )
    tanks = encoder.encode("Eleven T-72 tanks arrived at the barracks of Bamako, the general staff said.")
    assert wheat
    assert blé
    assert пшеница
    assert tanks
    assert len(wheat.vector) == 1024
    found = encoder.cosines(wheat, [wheat, blé, пшеница, tanks])
    assert found == pytest.approx(PlainCosines().cosines(wheat, [wheat, blé, пшеница, tanks]))
    same, in_french, in_russian, another = found
    assert same == pytest.approx(1, abs=0.01)
    assert min(in_french, in_russian) > another + 0.15


@EXTRA
def test_the_sample_scenarios_are_decided_as_expected_with_wording_and_without() -> None:
    items = corpus.scenarios()
    for house in (wiring.open_house(None), without_wording()):
        found = judge_stream(items, house)
        assert [i.id for i in items if found[i.id].decision.value not in i.decisions] == []
