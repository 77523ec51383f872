"""Whose word a report is: no claim is put into the wrong mouth, and who is not sure to speak is not named."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime

import pytest

from baseline.language import detect
from bot.cards import Trust, alert_card
from djeli.app import config as configuration
from djeli.app.judging import judged
from djeli.app.wiring import House, furnish, load_knowledge
from djeli.core.model import Article, Label
from storage.store import open_store
from tests.bot_samples import article, mention, verdict, voice

NOW = datetime(2027, 2, 9, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def house() -> House:
    return furnish(configuration.default_config(), load_knowledge())


def report(title: str, text: str) -> Article:
    return Article(
        "a1", "https://press.example/1", title, text, detect(title, text), "studio_tamani", NOW, NOW
    )


CLAIMS: list[tuple[str, str, set[str | None]]] = [
    (
        "A nuclear deal is signed in Mali",
        "A nuclear deal was signed in Bamako on Monday, Rosatom said in a statement.",
        {"org.rosatom"},
    ),
    (
        "JNIM attacks a convoy near Kayes",
        "JNIM claimed the attack on a fuel convoy near Kayes on Monday.",
        {"grp.jnim"},
    ),
    (
        "Niger ships uranium to Russian buyer, junta says",
        "A convoy of uranium left Arlit on Monday for a Russian buyer, the junta said.",
        {None},
    ),
    (
        "Malian army retakes Ber",
        "The town was retaken from the FLA on Monday, residents and officials said.",
        {None},
    ),
    (
        "Le Mali ne quitte pas l'UEMOA",
        "« Un accord a été signé lundi à Bamako avec l'UEMOA », assure le Premier ministre.",
        {None},
    ),
    (
        "Des villageois tués près de Mopti",
        "Des habitants accusent une patrouille de l'armée malienne d'avoir tué lundi dix villageois.",
        {None},
    ),
    (
        "Un convoi attaqué près de Gao",
        "Un convoi a été attaqué lundi près de Gao, selon un communiqué de l'armée malienne.",
        {"org.fama", None},
    ),
    (
        "Мали просит о статусе партнёра БРИКС",
        "Соглашение подписано в Бамако с участием БРИКС, заявил во вторник глава МИД республики.",
        {None},
    ),
    (
        "Мали получила вертолёты",
        "Мали получила четыре вертолёта из России, сообщил источник в минобороны республики.",
        {None},
    ),
    (
        "Об атаке под Гао",
        "Минобороны РФ заявило, что в понедельник под Гао отражена атака на колонну.",
        {"org.mod_russia"},
    ),
]


@pytest.mark.parametrize(("title", "text", "may"), CLAIMS)
def test_a_claim_is_in_nobodys_mouth_but_the_speakers(
    house: House, title: str, text: str, may: set[str | None]
) -> None:
    told = house.judge.read(report(title, text)).mentions
    assert {one.claimed_by for one in told} <= may | {None}
    sure = may - {None}
    assert not told or None in may or {one.claimed_by for one in told} & sure


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "According to Studio Tamani: "),
        ("fr", "Selon Studio Tamani :"),
        ("ru", "По данным Studio"),
    ],
)
def test_where_nobody_is_sure_to_have_said_it_the_outlet_is_named(language: str, said: str) -> None:
    claim = verdict(mention(label=Label.CLAIMED, claimed_by=None))
    card = alert_card(claim, article(), Trust(("studio_tamani",), 1), voice(language))
    assert card.plain.splitlines()[1].startswith(said)


def test_the_card_of_a_sentence_of_two_names_blames_neither(house: House) -> None:
    one = report("Niger ships uranium to Russian buyer, junta says", CLAIMS[2][1])
    with closing(open_store("sqlite://")) as store:
        judgement = judged(one, house.judge, store, NOW)
    for found in judgement.verdicts:
        card = alert_card(found, one, Trust((one.outlet,), 1), house.voices["en"])
        assert "Moscow says" not in card.plain
