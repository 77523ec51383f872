"""The card's own line, whose word it is, and which sides have spoken: with the names of the knowledge."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from bot import statements
from bot.cards import Report, Trust, alert_card, revised_card, update_card
from bot.statements import statement
from bot.words import Voice
from djeli.app.sides import Sides, reports
from djeli.app.wiring import load_knowledge, voices
from djeli.core.model import Decision, Figure, Label, Mention, Realis
from djeli.core.words import LANGUAGES, STAGES
from tests.bot_samples import article, mention, verdict
from tests.telegram_html import accept

KNOWN = load_knowledge()
VOICES = voices(KNOWN, ZoneInfo("UTC"))


def said(language: str, changed: Mention) -> str:
    return statement(changed, VOICES[language])


def kind(type_: str, stage: str | None, *actors: str, **changes: object) -> Mention:
    plain = {"counterparts": (), "figures": (), "places": ()}
    return mention(type=type_, types=(type_,), stage=stage, actors=actors, **plain | changes)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Arrived in Bamako: a delivery, 11 tanks (T-72), Russia → FAMa"),
        ("fr", "Arrivée à Bamako\u202f: une livraison, 11 chars (T-72), Russie → FAMa"),
        ("ru", "Прибыла в Бамако: поставка, танки: 11 (Т-72), Россия → ФАМа".replace("Т-72", "T-72")),
    ],
)
def test_the_verb_comes_first_and_agrees_with_its_object(language: str, words: str) -> None:
    assert said(language, mention()) == words


@pytest.mark.parametrize(
    ("place", "en", "fr", "ru"),
    [
        ("plc.kidal", "in Kidal", "à Kidal", "в Кидале"),
        ("plc.cairo", "in Cairo", "au Caire", "в Каире"),
        ("plc.vladivostok", "in Vladivostok", "à Vladivostok", "во Владивостоке"),
        ("plc.north_mali", "in northern Mali", "dans le nord du Mali", "на севере Мали"),
        ("plc.west_mali", "in western Mali", "dans l'ouest du Mali", "на западе Мали"),
        ("plc.sahel", "in the Sahel", "au Sahel", "в Сахеле"),
        ("plc.conakry_port", "at the port of Conakry", "(port de Conakry)", "в порту Конакри"),
        ("plc.base101", "at Air Base 101", "(base aérienne 101)", "на авиабазе 101"),
        ("cty.usa", "in the United States", "aux États-Unis", "в США"),
        ("cty.cotedivoire", "in Ivory Coast", "en Côte d'Ivoire", "в Кот-д'Ивуаре"),
        ("cty.france", "in France", "en France", "во Франции"),
        ("cty.iran", "in Iran", "en Iran", "в Иране"),
        ("cty.mozambique", "in Mozambique", "au Mozambique", "в Мозамбике"),
        ("cty.ukraine", "in Ukraine", "en Ukraine", "(Украина)"),
        ("cty.cuba", "in Cuba", "à Cuba", "на Кубе"),
    ],
)
def test_places_stand_as_grammar_asks(place: str, en: str, fr: str, ru: str) -> None:
    assert tuple(VOICES[language].place(place) for language in LANGUAGES) == (en, fr, ru)


@pytest.mark.parametrize(
    ("who", "en", "fr", "ru"),
    [
        ("cty.russia", "Moscow says", "Selon Moscou", "По заявлению Москвы"),
        ("cty.mali", "Bamako says", "Selon Bamako", "По заявлению Бамако"),
        ("cty.algeria", "Algeria says", "Selon l'Algérie", "По заявлению Алжира"),
        ("grp.jnim", "JNIM says", "Selon le JNIM", "По заявлению ДНИМ"),
        ("org.africa_corps", "Africa Corps says", "Selon l'Africa Corps",
         "По заявлению Африканского корпуса"),
        ("grp.tuareg_rebels", "Tuareg rebels say", "Selon les rebelles touareg",
         "По заявлению туарегских повстанцев"),
        ("org.army_niger", "The Nigerien army says", "Selon l'armée nigérienne", "По заявлению армии Нигера"),
        ("per.lavrov", "Sergey Lavrov says", "Selon Sergueï Lavrov", "По заявлению Сергея Лаврова"),
    ],
)  # fmt: skip
def test_a_claim_is_never_in_our_own_voice(who: str, en: str, fr: str, ru: str) -> None:
    claimed = kind("attack", "claimed", "org.fama", claimed_by=who, label=Label.CLAIMED)
    lines = tuple(said(language, claimed) for language in LANGUAGES)
    assert [line.split(":")[0].rstrip("\u202f") for line in lines] == [en, fr, ru]
    assert " – an attack or fighting" in lines[0]


def test_what_is_denied_or_rumoured_says_so_first() -> None:
    halted = kind("project", "halted", "org.rosatom", realis=Realis.NEGATED)
    assert said("en", replace(halted, claimed_by="org.rosatom")).startswith(
        "Rosatom denies: halted – a project"
    )
    assert said("fr", replace(halted, claimed_by="org.rosatom")).startswith("Démenti, selon Rosatom\u202f: ")
    assert said("ru", replace(halted, claimed_by="org.rosatom")).startswith(
        "Опровержение Росатома: остановлен"
    )
    assert said("ru", halted).startswith("Опровергается: остановлен – проект")
    rumour = kind("coup", "rumoured", "org.fama", realis=Realis.RUMOUR)
    assert said("en", rumour).startswith("Unconfirmed: rumoured – a seizure of power")


def test_no_arrow_accuses_anybody() -> None:
    killed = kind(
        "atrocity", "alleged", "org.fama", counterparts=("org.africa_corps",), claimed_by="org.fama"
    )
    for language in LANGUAGES:
        line = said(language, killed)
        assert "→" not in line
        assert VOICES[language].says("org.fama") not in line  # who is accused is no claimant
        card = alert_card(verdict(killed), article(), Trust(("tass",), 1), VOICES[language])
        assert "→" not in card.plain


def test_a_place_on_paper_is_not_where_it_happened() -> None:
    assert "in Mopti" not in said("en", kind("sanctions", "imposed", "org.eu", places=("plc.mopti",)))
    assert "in Mali" not in said("en", kind("agreement", "signed", "cty.mali", places=("cty.mali",)))
    signed = kind("agreement", "signed", "cty.mali", "cty.russia", places=("plc.bamako",))
    assert said("en", signed) == "Signed in Bamako: an agreement, Mali – Russia"


def test_talks_are_between_the_persons_named() -> None:
    met = kind("visit_talks", "held", "per.putin", "org.kremlin", "per.goita", counterparts=("cty.russia",))
    assert said("en", met).endswith("Vladimir Putin – Assimi Goita")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("type_", sorted(KNOWN.types))
def test_every_stage_of_every_type_can_be_said(type_: str, language: str) -> None:
    spoken = VOICES[language]
    for stage in (*KNOWN.types[type_].stages, None):
        line = said(language, kind(type_, stage, "cty.mali"))
        assert line[0].isupper()
        assert spoken.names("cty.mali") in line
        assert stage is None or stage in statements._VERBS or (type_, stage) in statements._WHOLE
        assert not stage or stage not in STAGES or "_" not in line


def test_a_figure_of_no_known_unit_is_left_out() -> None:
    odd = mention(figures=(Figure(402, "депутат"), Figure(4, "helicopters", "mi-8")))
    card = alert_card(verdict(odd), article(), Trust(("tass",), 1), VOICES["en"])
    assert "депутат" not in card.plain
    assert "4 helicopters (Mi-8)" in card.plain


# ------------------------------------------------------------------------------------- trust


def trusted(*outlets: str, denied: str | None = None) -> str:
    told = mention(country="cty.mali")
    trust = Sides(KNOWN).trust(outlets, told)
    listed = [Report(outlet, outlet, f"https://{outlet}.example/1") for outlet in outlets]
    if denied:
        listed[-1] = replace(listed[-1], denies=True, by=denied)
    return alert_card(verdict(told), article(outlet=outlets[0]), trust, VOICES["en"], listed).plain


def test_trust_names_the_sides_that_speak_and_those_that_do_not() -> None:
    card = trusted("tass_en", "ria", "rfi_afrique")
    assert "Trust: 3 outlets, 2 independent chains · state media (Russia): TASS" in card
    assert "· independent outlets: RFI" in card
    assert "No word yet from: state media (Mali) · denied by none" in card
    assert "state media (Russia) say" not in card


def test_what_only_one_states_media_tell_is_their_word() -> None:
    card = trusted("tass_en", "ria")
    assert "\nState media (Russia) say: arrived in Bamako – a delivery" in card
    assert "No word yet from: state media (Mali), independent outlets" in card


def test_trust_names_who_denies() -> None:
    assert "denied by: FAMa" in trusted("rfi_afrique", "lessor", denied="org.fama")
    assert "denied by none" not in trusted("rfi_afrique", "lessor", denied="org.fama")


def test_of_outlets_nobody_knows_no_side_is_told() -> None:
    card = trusted("my_own_list")
    assert "Trust: 1 outlet, 1 independent chain (my_own_list)" in card
    assert "No word yet" not in card


# ------------------------------------------------------------------------- headlines and changes


def test_each_report_has_its_headline_with_outlet_and_link_in_its_own_language() -> None:
    listed = [
        Report("tass_en", "Convoy enters Bamako", "https://tass.example/1"),
        Report("rfi_afrique", "Un convoi entre à Bamako", "https://rfi.example/2"),
        Report("ria", "Колонна вошла в Бамако", "https://ria.example/3"),
        Report("lessor", "Quatrième", "https://lessor.example/4"),
    ]
    trust = Trust(tuple(one.outlet for one in listed), 3)
    card = alert_card(
        verdict(),
        article(title=listed[0].title, url=listed[0].url, outlet="tass_en"),
        trust,
        VOICES["fr"],
        listed,
    )
    shown, entities = accept(card.html)
    links = {entity["url"] for entity in entities if entity["type"] == "text_link"}
    assert links == {one.url for one in listed}
    assert all(one.title in shown for one in listed)
    # of the folded lines nothing stands in sight
    folded = next(entity for entity in entities if entity["type"] == "expandable_blockquote")
    units = shown.encode("utf-16-le")[2 * folded["offset"] :].decode("utf-16-le")
    assert "Quatrième" in units
    assert "Колонна" not in units


def test_a_denial_closes_the_rumour_in_its_first_card() -> None:
    rumour = verdict(kind("coup", "rumoured", "org.fama", realis=Realis.RUMOUR, places=("plc.kati",)))
    denial = verdict(
        kind("coup", "rumoured", "org.fama", realis=Realis.NEGATED, claimed_by="org.fama"),
        decision=Decision.UPDATE, rule="denial", label=Label.DENIED, was="rumoured", now="denied",
    )  # fmt: skip
    later = article(id="a2", outlet="rfi_afrique", url="https://rfi.example/2", title="L'armée dément")
    told = reports([], article(), rumour.mention) + reports([], later, denial.mention)
    card = revised_card(
        rumour, article(), denial, later, Trust(("tass", "rfi_afrique"), 2), VOICES["en"], told
    )
    lines = card.plain.splitlines()
    assert lines[0].startswith("🚨 [DENIED] Rumours about a seizure of power")
    assert lines[1].startswith("🔒 Rumour closed · was rumoured · now denied · according to RFI")
    assert lines[2].startswith("FAMa denies: rumoured in Kati – a seizure of power")
    assert "denied by: FAMa" in card.plain


def test_where_two_words_stand_against_each_other_neither_replaces_the_other() -> None:
    denial = verdict(
        mention(realis=Realis.NEGATED), decision=Decision.UPDATE, rule="denial", label=Label.DISPUTED,
        was="reported", now="denied",
    )  # fmt: skip
    card = revised_card(verdict(), article(), denial, article(id="a2"), Trust(("tass",), 1), VOICES["en"])
    assert "[DISPUTED]" in card.plain.splitlines()[0]
    assert "\nArrived in Bamako: a delivery" in card.plain


def test_a_corrected_figure_stands_in_the_first_card() -> None:
    more = verdict(
        mention(figures=(Figure(14, "tanks"),)), decision=Decision.UPDATE, rule="other-figure",
        was="11 tanks", now="14 tanks",
    )  # fmt: skip
    card = revised_card(verdict(), article(), more, article(id="a2"), Trust(("tass",), 1), VOICES["en"])
    assert "was 11 tanks · now 14 tanks" in card.plain
    assert "\nArrived in Bamako: a delivery, 14 tanks" in card.plain
    reply = update_card(more, article(id="a2"), Trust(("tass",), 1), VOICES["en"])
    assert "🔢 14 tanks (stated)" in reply.plain


def test_an_unknown_name_is_shown_as_it_is() -> None:
    bare = Voice("en")
    assert (
        statement(mention(), bare)
        == "Arrived (plc.bamako): a delivery, 11 tanks (T-72), cty.russia → org.fama"
    )
