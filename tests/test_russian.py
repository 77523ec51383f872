"""Case forms of Russian names."""

from __future__ import annotations

import pytest

from baseline import catalogue
from baseline.russian import case_forms
from tests.knowledge_files import FOLDER, KNOWLEDGE

INFLECTED = """
per.goita: Гойта Гойты Гойте Гойту Гойтой
per.diop: Диоп Диопа Диопу Диопом Диопе
per.lavrov: Лавров Лаврова Лаврову Лавровым Лаврове
per.putin: Путин Путина Путину Путиным Путине
per.gromyko: Громыко
per.camara_sadio: Камара Камары Камаре Камару Камарой
per.traore_ibrahim: Траоре
per.tiani: Тиани Чиани
per.yevkurov: Евкуров Евкурова Евкурову Евкуровым Евкурове
per.bazoum: Базум Базума Базуму Базумом Базуме
per.novak: Новак Новака Новаку Новаком Новаке
per.macron: Макрон Макрона Макрону Макроном Макроне
per.zakharova: Захарова Захаровой Захарову
per.peskov: Песков Пескова Пескову Песковым Пескове
plc.bamako: Бамако
plc.timbuktu: Томбукту
plc.kidal: Кидаль Кидаля Кидалю Кидалем Кидале
plc.kayes: Каес Каеса Каесу Каесом Каесе
plc.niamey: Ниамей Ниамея Ниамею Ниамеем Ниамее
plc.abuja: Абуджа Абуджи Абудже Абуджу Абуджей
plc.tinzaouaten: Тинзауатен Тинзауатена Тинзауатену Тинзауатеном Тинзауатене
plc.moscow: Москва Москвы Москве Москву Москвой
plc.mopti: Мопти
plc.segou: Сегу
plc.gao: Гао
plc.sahel: Сахель Сахеля Сахелю Сахелем Сахеле
plc.north_mali: Азавад Азавада Азаваду Азавадом Азаваде
plc.kazan: Казань Казани Казанью
plc.paris: Париж Парижа Парижу Парижем Париже
cty.niger: Нигер Нигера Нигеру Нигером Нигере
cty.nigeria: Нигерия Нигерии Нигерию Нигерией
cty.russia: Россия России Россию Россией
cty.algeria: Алжир Алжира Алжиру Алжиром Алжире
cty.guinea: Гвинея Гвинеи Гвинее Гвинею Гвинеей
cty.senegal: Сенегал Сенегала Сенегалу Сенегалом Сенегале
cty.sudan: Судан Судана Судану Суданом Судане
cty.egypt: Египет Египта Египту Египтом Египте
cty.uae: Эмираты Эмиратов Эмиратам Эмиратами Эмиратах
org.wagner: Вагнер Вагнера Вагнеру Вагнером Вагнере вагнеровцы вагнеровцев вагнеровцам
org.rosatom: Росатом Росатома Росатому Росатомом Росатоме
org.rosneft: Роснефть Роснефти Роснефтью
org.yadran: Ядран Ядрана Ядрану Ядраном Ядране
org.uralchem: Уралхим Уралхима Уралхиму Уралхимом Уралхиме
org.kremlin: Кремль Кремля Кремлю Кремлём Кремле
eqp.drone_gen: беспилотник беспилотника беспилотники беспилотников беспилотником беспилотниками
"""


@pytest.mark.parametrize("line", INFLECTED.strip().splitlines())
def test_every_case_of_a_name_is_found(line: str):
    entity, forms = line.split(": ")
    found = {form: {hit.entity for hit in KNOWLEDGE.gazetteer.find(f"и {form}")} for form in forms.split()}
    assert found == {form: {entity} for form in forms.split()}


@pytest.mark.parametrize(
    ("name", "phrase"),
    [
        (
            "Африканский корпус",
            "Африканского корпуса, Африканскому корпусу, Африканским корпусом, Африканском корпусе",
        ),
        ("Вооружённые силы Мали", "Вооружённых сил Мали, Вооружённым силам Мали, Вооружёнными силами Мали"),
        ("Российская Федерация", "Российской Федерации, Российскую Федерацию"),
        ("Экономическое сообщество", "Экономического сообщества, Экономическому сообществу"),
        ("армия Мали", "армии Мали, армию Мали, армией Мали"),
        ("речной катер", "речного катера, речному катеру, речным катером, речном катере"),
        ("национальное движение", "национального движения, национальным движением"),
    ],
)
def test_a_phrase_is_declined_in_its_head(name: str, phrase: str):
    assert set(phrase.split(", ")) <= set(case_forms(name))


def test_a_person_is_declined_word_by_word():
    assert {"Сергея Лаврова", "Сергею Лаврову", "Сергеем Лавровым"} <= set(
        case_forms("Сергей Лавров", person=True)
    )
    assert {"Марии Захаровой", "Марию Захарову"} <= set(case_forms("Мария Захарова", person=True))
    # Both ways are seen in the press.
    assert {"Абдулая Диопа", "Абдулай Диопа"} <= set(case_forms("Абдулай Диоп", person=True))
    assert "Георгия Борисенко" in case_forms("Георгий Борисенко", person=True)
    assert "Микаэля Рандрианирины" in case_forms("Микаэль Рандрианирина", person=True)


def test_an_adjective_has_all_genders_and_the_plural():
    forms = "малийского малийскому малийским малийском малийское малийская малийской малийскую малийские"
    assert set(case_forms("малийский")) == {*forms.split(), "малийских", "малийскими"}


def test_a_demonym_has_both_numbers():
    forms = set(case_forms("малиец"))
    assert {"малийца", "малийцем", "малийцы", "малийцев", "малийцами"} <= forms
    assert {"россияне", "россиян", "россиянам"} <= set(case_forms("россиянин"))


@pytest.mark.parametrize(
    "name", ["Мали", "Бамако", "Томбукту", "Гао", "Того", "Траоре", "ЭКОВАС", "РФ", "Минобороны"]
)
def test_indeclinable_names_have_no_forms(name: str):
    assert case_forms(name) == ()


def test_an_entry_can_forbid_forms():
    bissau = KNOWLEDGE.entities["cty.guinea_bissau"]
    assert bissau.indeclinable >= {"Гвинея-Бисау"}
    assert "cty.guinea_bissau" in {hit.entity for hit in KNOWLEDGE.gazetteer.find("в Гвинее-Бисау")}


def test_the_readable_list_of_forms_is_up_to_date():
    assert (FOLDER / "forms_ru.txt").read_text("utf-8") == catalogue.forms_file(KNOWLEDGE)
