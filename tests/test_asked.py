"""What commands ask for: types, names, numbers and moments in any order, spelling and language."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import asked
from bot.asked import NotUnderstood, Recent, Unclear
from bot.command_words import say
from bot.words import Voice
from djeli.app import wiring
from djeli.app.config import Config
from djeli.app.lookup import named, names_of
from djeli.core.model import MuteKind
from djeli.core.words import LANGUAGES

NOW = datetime(2027, 2, 9, 12, tzinfo=UTC)
HOUSE = wiring.furnish(Config(path=None, database="sqlite://"), wiring.load_knowledge())
NAMES = names_of(HOUSE)
VOICE = HOUSE.voices["en"]


def recent(words: str) -> Recent:
    return asked.recent(words, NAMES, VOICE, NOW)


@pytest.mark.parametrize(
    ("type_id", "spellings"),
    [
        ("coup", "coup|COUPS|putsch|coup d'Etat|coups d’état|переворот|Перевороты|путч"),
        ("attack", "attack|attacks|attaques|ATTAQUE|нападение|атаки|attack or clash"),
        ("delivery", "delivery|deliveries|livraison|livraisons|поставка|ПОСТАВКИ"),
        ("agreement", "agreement|accord|accords|traite|договор|соглашения"),
        ("election", "elections|élection|election|выборы|referendum|référendum"),
        ("government_change", "government change|Changement de pouvoir|смена власти|remaniement"),
        ("visit_talks", "visit|visites|переговоры|entretien"),
    ],
)
def test_a_type_is_understood_in_any_language_number_and_accent(type_id: str, spellings: str) -> None:
    found = {spelling: recent(spelling).type for spelling in spellings.split("|")}
    assert found == dict.fromkeys(spellings.split("|"), type_id)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_type_is_understood_by_its_label(language: str) -> None:
    for type_id, labels in VOICE.type_label.items():
        assert recent(labels[language]).type == type_id


@pytest.mark.parametrize(
    ("id_", "spellings"),
    [
        ("cty.mali", "Mali|mali|МАЛИ|ML|ml"),
        ("cty.burkina", "Burkina Faso|burkina|Буркина-Фасо|BF"),
        ("cty.niger", "Niger|Нигер|Нигера|NE"),
        ("cty.russia", "Russia|Russie|russie|Россия|России|RU"),
        ("per.goita", "Goïta|goita|Assimi Goita|Гойта|Ассими Гойта"),
        ("plc.gao", "Gao|Гао"),
    ],
)
def test_a_name_is_understood_in_any_language_case_and_accent(id_: str, spellings: str) -> None:
    assert {spelling: named(HOUSE, spelling) for spelling in spellings.split("|")} == dict.fromkeys(
        spellings.split("|"), id_
    )


def test_a_part_of_a_phrase_is_no_name() -> None:
    assert named(HOUSE, "zzz Mali") is None
    assert named(HOUSE, "no") is None  # a word, though also the code of Norway
    assert named(HOUSE, "NO") == "cty.norway"


def test_the_parts_of_a_question_come_in_any_order() -> None:
    week = NOW - timedelta(days=7)
    wanted = Recent(5, "delivery", ("cty.russia", "cty.mali"), week)
    for words in (
        "5 delivery Russia Mali 7d",
        "livraisons de la Russie au Mali depuis 7 jours, 5",
        "за неделю 5 поставки Россия в Мали",
        "7j Russie Mali livraison 5",
    ):
        assert replace(recent(words), entities=()) == replace(wanted, entities=()), words
        assert set(recent(words).entities) == set(wanted.entities), words


def test_numbers_have_bounds() -> None:
    assert recent("0").limit == 1
    assert recent("99999").limit == asked.MOST
    assert recent("").limit is None


@pytest.mark.parametrize(
    ("words", "near"), [("Malli", "Mali"), ("delivry", "Delivery"), ("qqqq", None), ("Вагнерр", "Вагнер")]
)
def test_what_is_not_understood_is_said_with_the_nearest_name(words: str, near: str | None) -> None:
    with pytest.raises(NotUnderstood) as raised:
        recent(f"{words} 7d")
    assert raised.value.words == words
    if near is None:
        assert raised.value.near is None
    else:
        assert near.lower()[:5] in (raised.value.near or "").lower()


@given(st.text(max_size=80))
def test_no_question_breaks_the_reader(words: str) -> None:
    for read in (asked.recent, asked.mute):
        with contextlib.suppress(NotUnderstood, Unclear):
            read(words, NAMES, VOICE, NOW)
    asked.weeks(words)
    asked.language(words)


@pytest.mark.parametrize(
    ("words", "kind", "value", "because"),
    [
        ("S17 7d because it is settled", MuteKind.STORY, "S17", "it is settled"),
        ("с17 7д потому что решено", MuteKind.STORY, "S17", "решено"),
        ("dossier S17 jusqu'à vendredi car réglé", MuteKind.STORY, "S17", "réglé"),
        ("protests until friday", MuteKind.TYPE, "protest", ""),
        ("Смена власти до 1 марта шум", MuteKind.TYPE, "government_change", "шум"),
        ("TASS 2 weeks repeats", MuteKind.OUTLET, "tass_ru", "repeats"),
        ("ТАСС 2 недели", MuteKind.OUTLET, "tass_ru", ""),
        ("Studio Tamani 3j", MuteKind.OUTLET, "studio_tamani", ""),
        ("Mali 3j", MuteKind.COUNTRY, "cty.mali", ""),
        ("Gao 3j", MuteKind.COUNTRY, "plc.gao", ""),
        ("actor Mali 3j", MuteKind.ACTOR, "cty.mali", ""),
        ("участник Россия 3д", MuteKind.ACTOR, "cty.russia", ""),
        ("Goïta 3j", MuteKind.ACTOR, "per.goita", ""),
        ("orpaillage 1er mars", MuteKind.WORD, "orpaillage", ""),
        ("word Mali 7d", MuteKind.WORD, "Mali", ""),
        ("«golden visa» 7d: enough", MuteKind.WORD, "golden visa", "enough"),
        ("outlet my_own_feed 7d", MuteKind.OUTLET, "my_own_feed", ""),
    ],
)
def test_what_is_to_be_muted(words: str, kind: MuteKind, value: str, because: str) -> None:
    found = asked.mute(words, NAMES, VOICE, NOW)
    assert (found.kind, found.value, found.because) == (kind, value, because)
    assert found.until > NOW


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("", "usage_mute"),
        ("7d", "usage_mute"),
        ("TASS", "mute_until_when"),
        ("TASS 2020-01-01", "mute_is_over"),
        ("TASS 3 years", "mute_too_long"),
        ("or 7d", "mute_word_too_short"),
        ("type zzz 7d", "mute_names_nothing"),
        ("story 17 7d", "mute_names_nothing"),
    ],
)
def test_what_a_wish_lacks_is_named(words: str, key: str) -> None:
    with pytest.raises(Unclear) as raised:
        asked.mute(words, NAMES, VOICE, NOW)
    assert raised.value.key == key
    for language in LANGUAGES:
        assert say(Voice(language), key, **raised.value.values)


@pytest.mark.parametrize(
    ("words", "facts"), [("wheat", "F074"), ("blé", "F074"), ("зерно Россия", "F074"), ("F142", "F142")]
)
def test_known_facts_are_found_in_any_language(words: str, facts: str) -> None:
    assert facts in [fact.id for fact in HOUSE.judge.known(words.split())]


def test_the_others_are_read_carelessly() -> None:
    assert [asked.weeks(words) for words in ("", "12", "8 weeks", "0", "999", "x")] == [4, 12, 8, 1, 52, 4]
    assert [asked.language(words) for words in ("FR", "français", "Russe", "русский", "de")] == [
        "fr", "fr", "ru", "ru", None,
    ]  # fmt: skip
    assert asked.is_now("Maintenant")
    assert asked.is_now("сейчас")
    assert not asked.is_now("")
