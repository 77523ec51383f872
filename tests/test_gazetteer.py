"""Names of the beat found in English, French and Russian sentences."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from baseline.fold import tokens
from baseline.gazetteer import Gazetteer, by_entity
from baseline.roles import Roles
from tests.knowledge_files import KNOWLEDGE

ROLES = Roles(KNOWLEDGE)


def names(text: str) -> list[str]:
    return [hit.entity for hit in KNOWLEDGE.gazetteer.find(text)]


def strong(text: str) -> list[str]:
    return [hit.entity for hit in KNOWLEDGE.gazetteer.find(text) if hit.strong]


def test_a_hit_says_where_it_stands_and_what_was_written():
    text = "Hier, l’Africa Corps a quitté Ménaka."
    hits = KNOWLEDGE.gazetteer.find(text)
    assert [(hit.entity, text[hit.start : hit.end]) for hit in hits] == [
        ("org.africa_corps", "Africa Corps"),
        ("plc.menaka", "Ménaka"),
    ]
    words = tokens(text)
    assert [word.raw for word in words[hits[0].first_token : hits[0].last_token + 1]] == ["Africa", "Corps"]


def test_tokens_at_hand_give_the_same_hits():
    text = "Путин принял Гойту в Кремле"
    assert KNOWLEDGE.gazetteer.find(text, tokens(text)) == KNOWLEDGE.gazetteer.find(text)


def test_french_elision_does_not_hide_a_name():
    assert names("L'AES et l'UE, d'Africa Corps à l’Alliance des États du Sahel") == [
        "org.aes",
        "org.eu",
        "org.africa_corps",
        "org.aes",
    ]
    assert names("Bah N'Daw, Bah N’Daw, Bah Ndaw ; la Côte d'Ivoire") == ["per.ndaw"] * 3 + [
        "cty.cotedivoire"
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Putin receives Goita at the Kremlin", ["per.putin", "per.goita", "org.kremlin"]),
        ("Assimi Goïta reçu par Vladimir Poutine", ["per.goita", "per.putin"]),
        ("Путин принял в Кремле Ассими Гойту", ["per.putin", "org.kremlin", "per.goita"]),
        ("JNIM, GSIM, ДНИМ", ["grp.jnim"] * 3),
        ("ECOWAS, la Cédéao, CEDEAO, ЭКОВАС", ["org.ecowas"] * 4),
        ("Tombouctou, Timbuktu, Томбукту, Тимбукту", ["plc.timbuktu"] * 4),
        ("ЧВК «Вагнер» и вагнеровцами", ["org.wagner"] * 2),
        ("eleven T-72 tanks, two T-72s and BMP-3s", ["eqp.t72", "eqp.t72", "eqp.bmp3"]),
        ("quatre Mi-171Ch, two Mi-171Sh, два Ми-171Ш и Су-30СМ", ["eqp.mi8"] * 3 + ["eqp.su30"]),
        ("Andéramboukane, Anderamboukane, под Андерамбуканом", ["plc.anderamboukane"] * 3),
        ("the U.S. and the US", ["cty.usa", "cty.usa"]),
        ("Совбез ООН и Совет безопасности РФ", ["org.security_council", "org.russian_security_council"]),
        ("саммит «Россия — Африка», sommet Russie-Afrique", ["org.russia_africa_summit"] * 2),
    ],
)
def test_one_thing_has_one_id_in_all_languages(text: str, found: list[str]):
    assert names(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Niger, Niger's junta, Nigerien troops, Niger state TV, NIGER STATE TELEVISION",
        "le Niger, nigérien, nigérienne, nigériens, nigériennes",
        "Нигер, Нигера, Нигеру, Нигером, Нигере, нигерский, нигерскими, нигерцы",
    ],
)
def test_niger_is_never_nigeria(text: str):
    found = {KNOWLEDGE.country_of(id_) for id_ in names(text)}
    assert found == {"cty.niger"}


@pytest.mark.parametrize(
    "text",
    [
        "Nigeria, Nigerian, Nigerians, Niger State",
        "le Nigeria, Nigéria, nigérian, nigériane, nigérians, nigérianes",
        "Нигерия, Нигерии, Нигерию, Нигерией, нигерийский, нигерийских, нигерийцы, нигерийцами",
    ],
)
def test_nigeria_is_never_niger(text: str):
    assert set(names(text)) == {"cty.nigeria"}


@pytest.mark.parametrize(
    "text",
    [
        "le fleuve Niger",
        "the Niger River",
        "the Niger Delta",
        "le delta du Niger",
        "река Нигер",
        "на берегах Нигера",
        "в дельте реки Нигер",
        "la boucle du Niger",
    ],
)
def test_the_river_is_no_country(text: str):
    assert names(text) == []


def test_states_with_one_word_in_common_stay_apart():
    assert names("Guinea, Guinea-Bissau, Equatorial Guinea, Papua New Guinea, the Gulf of Guinea") == [
        "cty.guinea",
        "cty.guinea_bissau",
        "cty.equatorial_guinea",
    ]
    assert names("guinéen, bissau-guinéen, équato-guinéen") == [
        "cty.guinea",
        "cty.guinea_bissau",
        "cty.equatorial_guinea",
    ]
    assert names("Soudan, Soudan du Sud, Судана и Южного Судана") == [
        "cty.sudan",
        "cty.south_sudan",
        "cty.sudan",
        "cty.south_sudan",
    ]
    assert names(
        "RDC, DR Congo, République démocratique du Congo, Congo-Brazzaville, République du Congo"
    ) == [
        "cty.drc",
        "cty.drc",
        "cty.drc",
        "cty.congo",
        "cty.congo",
    ]
    assert strong("au Congo") == []


def test_a_name_does_not_run_over_the_end_of_a_sentence():
    assert names("Il revient de Guinée. Bissau attend.") == ["cty.guinea", "plc.bissau"]


def test_short_names_must_stand_as_written():
    assert names("au car de nous, un eu us, ec") == []
    assert names("AU, CAR, US, EU, ЕС") == ["org.au", "cty.car", "cty.usa", "org.eu", "org.eu"]


def test_togo_in_russian_is_told_from_the_pronoun():
    assert names("Власти Того закрыли границу") == ["cty.togo"]
    assert names("После того как армия ушла") == []
    assert names("Армия ушла. Того же ждут от посла. «Того и гляди»") == []


@pytest.mark.parametrize(
    "text",
    [
        "лососёвая путина началась",
        "у малого бизнеса",
        "un tigre au zoo",
        "le tigre",
        "мура на постном масле",
        "сегодня в малине",
        "камеры наблюдения",
        "лавровый лист",
        "to dire straits",
        "il faut dire que",
        "чад кутежа",
        "novak djokovic",
        "Novak Djokovic a gagné",
        "Salif Keïta en concert",
        "guinea pig",
        "AES-256",
    ],
)
def test_look_alikes_are_not_names(text: str):
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("Spartak Moscow won again", "eqp.spartak"),
        ("матч «Спартак»", "eqp.spartak"),
        ("Traoré a parlé", "per.traore_ibrahim"),
        ("Selon Camara, rien", "per.camara_sadio"),
        ("Мура ответила", "plc.moura"),
        ("линзы? Линза!", "eqp.linza"),
        ("Kati says", "plc.kati"),
        ("Des manifestants à Rio", "grp.bamako_demonstrators"),
        ("Place de l'Indépendance", "plc.place_independance"),
    ],
)
def test_common_words_need_another_anchor(text: str, entity: str):
    assert entity in names(text)
    assert entity not in strong(text)


def test_a_surname_after_an_unknown_first_name_is_somebody_else():
    assert names("Hier Lassana Traoré et Fatoumata Diop ont joué") == []
    assert names("le capitaine Traoré") == ["per.traore_ibrahim"]
    assert names("Президент Траоре прибыл") == ["per.traore_ibrahim"]


def test_two_prime_ministers_share_a_surname():
    assert names("Choguel Maïga") == ["per.choguel"]
    assert names("le général Maïga") == ["per.abdoulaye_maiga"]
    assert names("Maïga") == []


def test_a_capital_is_the_place_and_belongs_to_its_state():
    assert names("Moscow, Bamako et Paris") == ["plc.moscow", "plc.bamako", "plc.paris"]
    assert KNOWLEDGE.with_countries(names("Moscow et Bamako")) >= {"cty.russia", "cty.mali"}


def test_hints_in_brackets_are_not_looked_for():
    assert "(" not in "".join(
        name for e in KNOWLEDGE.entities.values() for names in e.names.values() for name in names
    )
    assert "org.cnsp_niger" not in names("CNSP")
    assert names("the DGSE in Paris") == ["plc.paris"]


def test_a_metonym_stands_for_the_state_only_where_no_place_has_the_name():
    cty = replace(KNOWLEDGE.entities["cty.niger"], metonyms=("Niamey",))
    place = KNOWLEDGE.entities["plc.niamey"]
    assert [hit.entity for hit in Gazetteer([cty]).find("Niamey")] == ["cty.niger"]
    assert [hit.entity for hit in Gazetteer([cty, place]).find("Niamey")] == ["plc.niamey"]


@pytest.mark.parametrize("lang", ["en", "fr", "ru"])
def test_every_name_of_every_entry_is_found_where_it_stands_alone(lang: str):
    lost = [
        (entity.id, name, names(name))
        for entity in KNOWLEDGE.entities.values()
        for name in entity.names.get(lang, ())
        if not entity.noise and name not in entity.unmatched and entity.id not in names(f"et {name}")
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("country", "words"),
    [
        (
            "cty.mali",
            "malien malienne maliens maliennes Malian Malians малийский малийская малийским малийцы малийцев",
        ),
        ("cty.burkina", "burkinabè burkinabé burkinabe Burkinabe буркинийский буркинийские буркинийцы"),
        (
            "cty.russia",
            "russe russes Russian Russians российский российской российскими россияне россиян русские",
        ),
        ("cty.france", "français française françaises French французский французских французы французами"),
        ("cty.algeria", "algérien algériennes Algerian алжирский алжирцам"),
        ("cty.senegal", "sénégalais sénégalaise Senegalese сенегальский сенегальцы"),
        ("cty.turkey", "turc turque turcs turques Turkish турецкий турецкими"),
        ("cty.ghana", "ghanéen ghanéenne Ghanaian ганский ганские"),
        ("cty.togo", "togolais togolaise Togolese тоголезский тоголезцы"),
        ("cty.benin", "béninois béninoises Beninese бенинский бенинцев"),
        ("cty.chad", "tchadien tchadiennes Chadian чадский чадских"),
        ("cty.mauritania", "mauritanien mauritaniennes Mauritanian мавританский мавританцы"),
        ("cty.cotedivoire", "ivoirien ivoiriennes Ivorian ивуарийский ивуарийцы"),
        ("cty.libya", "libyen libyenne Libyan ливийский ливийцы"),
        ("cty.usa", "américain américaines American американский американцы"),
        ("cty.ukraine", "ukrainien ukrainiennes Ukrainian украинский украинские"),
    ],
)
def test_adjectives_of_a_state_are_the_state(country: str, words: str):
    assert {word: set(names(word)) for word in words.split()} == {word: {country} for word in words.split()}


def test_lookup_resolves_a_keyword_in_any_case():
    assert KNOWLEDGE.gazetteer.lookup("mali") == {"cty.mali"}
    assert KNOWLEDGE.gazetteer.lookup("вагнера") == {"org.wagner"}
    assert KNOWLEDGE.gazetteer.lookup("fleuve Niger") == frozenset()
    assert KNOWLEDGE.gazetteer.lookup("football") == frozenset()


def test_hits_can_be_grouped_by_entity():
    grouped = by_entity(KNOWLEDGE.gazetteer.find("Mali, Niger, malien"))
    assert [(id_, len(hits)) for id_, hits in grouped.items()] == [("cty.mali", 2), ("cty.niger", 1)]


def test_nothing_overlaps_and_hits_come_in_order():
    text = "Les Forces armées maliennes et l'Alliance des États du Sahel à Bamako-Sénou"
    hits = KNOWLEDGE.gazetteer.find(text)
    assert [hit.entity for hit in hits] == ["org.fama", "org.aes", "plc.senou"]
    assert all(left.end <= right.start for left, right in pairwise(hits))


# ------------------------------------------------------------------------------- offices and forces


@pytest.mark.parametrize(
    ("text", "day", "meant"),
    [
        ("le Premier ministre malien", date(2022, 1, 1), ["per.choguel"]),
        ("le Premier ministre malien", date(2025, 1, 1), ["per.abdoulaye_maiga"]),
        ("Mali's transitional president", date(2021, 1, 10), ["per.ndaw"]),
        ("министр обороны России", date(2023, 1, 1), ["per.shoigu"]),
        ("российский министр обороны", date(2025, 1, 1), ["per.belousov"]),
        ("the Nigerien prime minister", date(2025, 1, 1), ["per.lamine_zeine"]),
        ("le ministre togolais des Affaires étrangères", date(2025, 1, 1), []),
        ("the Turkish president", date(2025, 1, 1), []),
        ("le président du club", date(2025, 1, 1), []),
    ],
)
def test_an_office_means_its_holder_on_that_day(text: str, day: date, meant: list[str]):
    found = ROLES.find(text, KNOWLEDGE.gazetteer.find(text), day)
    assert [hit.entity for hit in found] == meant


@pytest.mark.parametrize(
    ("text", "context", "meant"),
    [
        ("L'armée n'a pas communiqué", "cty.mali", ["org.fama"]),
        ("The general staff said", "cty.mali", ["org.fama"]),
        ("генштаб сообщил", "cty.mali", ["org.fama"]),
        ("армией уничтожены", "cty.burkina", ["org.army_burkina"]),
        ("L'armée n'a pas communiqué", None, []),
        ("the Turkish army", "cty.mali", []),
        ("the foreign minister", "cty.mali", ["per.diop"]),
        ("the president", "cty.mali", []),
    ],
)
def test_the_army_is_that_of_the_country_at_hand(text: str, context: str | None, meant: list[str]):
    found = ROLES.find(text, KNOWLEDGE.gazetteer.find(text), date(2025, 6, 1), context)
    assert [hit.entity for hit in found] == meant
    assert not any(hit.strong for hit in found)
