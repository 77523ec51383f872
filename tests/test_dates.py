"""Dates of events, resolved against the day of publication."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baseline.date_rules import reader, rules_of
from baseline.dates import DateHit, anniversary, find
from baseline.fold import tokens

WEDNESDAY = date(2027, 2, 10)


def only(text: str, lang: str, published: date = WEDNESDAY) -> DateHit:
    hits = find(text, lang, published)
    assert len(hits) == 1, hits
    return hits[0]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "Voters will go to the polls on the last Sunday of March.", "2027-03-28"),
        ("fr", "Les Maliens voteront le premier dimanche de mai.", "2027-05-02"),
        ("ru", "Выборы пройдут в третье воскресенье апреля.", "2027-04-18"),
        ("en", "The trucks arrived on the 4th, officials said.", "2027-02-04"),
        ("en", "The trucks arrived on the 18th, officials said.", "2027-01-18"),
        ("fr", "Le procès s'ouvrira le 24.", "2027-02-24"),
        ("en", "The boats stay ashore until the 22nd.", "2027-02-22"),
        ("ru", "Колонна прибыла 5-го числа.", "2027-02-05"),
    ],
)
def test_a_day_may_be_told_by_its_place_in_the_month(lang: str, text: str, expected: str) -> None:
    hit = only(text, lang)
    assert (str(hit.span), hit.kind) == (expected, "day")


def test_a_day_without_a_month_lies_in_the_month_that_its_sentence_named() -> None:
    month, day = find("In June 2025, on the 6th, the force announced that it was leaving.", "en", WEDNESDAY)
    assert (month.kind, str(day.span), day.year_given) == ("month", "2025-06-06", True)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "Le 18e congrès s'ouvre."),
        ("en", "They stood on the 18th floor."),
        ("fr", "Il vit au 4, rue X."),
    ],
)
def test_what_is_only_numbered_is_no_day(lang: str, text: str) -> None:
    assert find(text, lang, WEDNESDAY) == []


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("ru", "Компания заплатит, и вывезенное 12 июля золото вернут.", "2026-07-12"),
        ("fr", "Il part avant la date butoir fixée en octobre.", "2026-10-01/2026-10-31"),
    ],
)
def test_what_was_done_on_a_day_puts_it_into_the_past(lang: str, text: str, expected: str) -> None:
    assert str(only(text, lang, date(2027, 1, 20)).span) == expected


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "It was signed on July 27, 2024.", "2024-07-27"),
        ("en", "It was signed on 27th of July 2024.", "2024-07-27"),
        ("fr", "Signé le 23 juin 2025 à Moscou.", "2025-06-23"),
        ("fr", "Prévu le 1er mars 2027.", "2027-03-01"),
        ("ru", "Подписано 8 февраля 2027 г. в Бамако.", "2027-02-08"),
        ("en", "Dated 2027-02-08.", "2027-02-08"),
        ("en", "Dated 08/02/2027.", "2027-02-08"),
        ("en", "Dated 07/27/2024.", "2024-07-27"),
        ("ru", "От 08.02.2027.", "2027-02-08"),
    ],
)
def test_a_full_date_is_read_as_written(lang: str, text: str, expected: str) -> None:
    hit = only(text, lang)
    assert (str(hit.span), hit.kind, hit.year_given) == (expected, "day", True)
    assert text[hit.start : hit.end] == hit.text


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "Two ships unloaded on 3 February.", "2027-02-03"),
        ("en", "It began on May 5.", "2026-05-05"),
        ("fr", "Arrivés le 8 février à Bamako.", "2027-02-08"),
        ("fr", "La mesure prend effet le 1er avril.", "2027-04-01"),
        ("ru", "Встреча прошла 26 января в Бамако.", "2027-01-26"),
        ("ru", "Он прибыл 30 декабря.", "2026-12-30"),
        ("en", "The vote will be held on 15 August.", "2027-08-15"),
        ("fr", "Le scrutin se tiendra le 15 août.", "2027-08-15"),
        ("ru", "Выборы состоятся 15 августа.", "2027-08-15"),
        ("fr", "La réunion de mercredi 26 août.", "2026-08-26"),
        ("fr", "Premier tour au 12 juillet.", "2027-07-12"),  # no verb tells: it lies near on either side
        ("en", "He has summoned voters to the polls on July 12.", "2027-07-12"),
        ("fr", "Le gouvernement fixe le scrutin au 12 septembre.", "2027-09-12"),
    ],
)
def test_a_day_without_a_year_lies_near_publication(lang: str, text: str, expected: str) -> None:
    hit = only(text, lang)
    assert (str(hit.span), hit.year_given) == (expected, False)


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "He arrived on Monday.", "2027-02-08"),
        ("en", "He arrived on Wednesday.", "2027-02-10"),
        ("fr", "Il est arrivé jeudi soir.", "2027-02-04"),
        ("ru", "Он прибыл в понедельник.", "2027-02-08"),
        ("ru", "Сообщили во вторник.", "2027-02-09"),
        ("en", "He arrived last Monday.", "2027-02-01"),
        ("ru", "Он прибыл в прошлый понедельник.", "2027-02-01"),
        ("fr", "Il est arrivé mercredi dernier.", "2027-02-03"),
        ("fr", "C'est effectif ce mercredi.", "2027-02-10"),
        ("en", "He returns next Friday.", "2027-02-12"),
        ("fr", "Il revient vendredi prochain.", "2027-02-12"),
        ("ru", "Он вернётся в следующую пятницу.", "2027-02-12"),
        ("en", "He will visit Bamako on Friday.", "2027-02-12"),
        ("fr", "Les ministres se réuniront vendredi.", "2027-02-12"),
        ("ru", "Лавров посетит Мали в пятницу.", "2027-02-12"),
        ("en", "He will visit Bamako, the ministry said on Friday.", "2027-02-05"),
        ("fr", "Il ira à Moscou, a annoncé vendredi Camara.", "2027-02-05"),
        ("ru", "Он посетит Мали, сообщили в пятницу.", "2027-02-05"),
        ("fr", "Dans la nuit de lundi à mardi, des tirs.", "2027-02-08/2027-02-09"),
        ("ru", "Взрыв произошёл в ночь на вторник.", "2027-02-08/2027-02-09"),
        ("en", "Shots were heard overnight from Monday to Tuesday.", "2027-02-08/2027-02-09"),
    ],
)
def test_a_weekday_is_the_latest_one_unless_the_words_look_ahead(lang: str, text: str, expected: str) -> None:
    hit = only(text, lang)
    assert (str(hit.span), hit.kind) == (expected, "weekday")


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "He left today.", "2027-02-10"),
        ("en", "He left yesterday.", "2027-02-09"),
        ("fr", "Il est parti hier.", "2027-02-09"),
        ("fr", "Il est parti avant-hier.", "2027-02-08"),
        ("fr", "Il part demain.", "2027-02-11"),
        ("ru", "Он уехал вчера.", "2027-02-09"),
        ("ru", "Накануне прибыла колонна.", "2027-02-09"),
        ("en", "It came three days ago.", "2027-02-07"),
        ("fr", "C'était il y a trois jours.", "2027-02-07"),
        ("ru", "Это было три дня назад.", "2027-02-07"),
        ("en", "Seven years ago today soldiers struck.", "2020-02-10"),
        ("en", "It began two years ago.", "2025-01-01/2025-12-31"),
        ("fr", "C'était l'an dernier.", "2026-01-01/2026-12-31"),
        ("ru", "Это было в прошлом году.", "2026-01-01/2026-12-31"),
        ("en", "It came last month.", "2027-01-01/2027-01-31"),
        ("fr", "C'était le mois dernier.", "2027-01-01/2027-01-31"),
        ("ru", "На прошлой неделе он уехал.", "2027-02-01/2027-02-07"),
        ("en", "It burnt overnight.", "2027-02-09/2027-02-10"),
        ("fr", "Déjoué dans la nuit une tentative.", "2027-02-09/2027-02-10"),
    ],
)
def test_a_relative_date_counts_from_publication(lang: str, text: str, expected: str) -> None:
    hit = only(text, lang)
    assert (str(hit.span), hit.kind) == (expected, "relative")


@pytest.mark.parametrize(
    ("lang", "text", "kind", "expected"),
    [
        ("en", "It began in June 2019.", "month", "2019-06-01/2019-06-30"),
        ("fr", "Depuis juin 2019, rien.", "month", "2019-06-01/2019-06-30"),
        ("ru", "Это было в июне 2019 года.", "month", "2019-06-01/2019-06-30"),
        ("fr", "Vers fin février 2024.", "month", "2024-02-21/2024-02-29"),
        ("en", "It came in late November.", "month", "2026-11-21/2026-11-30"),
        ("en", "It came in May.", "month", "2026-05-01/2026-05-31"),
        ("fr", "À déposer d'ici juin.", "month", "2027-06-01/2027-06-30"),
        ("en", "Since 2012 the war goes on.", "year", "2012-01-01/2012-12-31"),
        ("en", "It followed the 2020 coup.", "year", "2020-01-01/2020-12-31"),
        ("ru", "Переворот 2020 года.", "year", "2020-01-01/2020-12-31"),
        ("ru", "Бои 25-27 июля.", "range", "2026-07-25/2026-07-27"),
        ("fr", "Visite du 5 au 7 mars.", "range", "2027-03-05/2027-03-07"),
        ("en", "A visit from 5 to 7 March.", "range", "2027-03-05/2027-03-07"),
        ("en", "Between May and June 2025.", "range", "2025-05-01/2025-06-30"),
        ("ru", "С 28 января по 2 февраля.", "range", "2027-01-28/2027-02-02"),
        ("fr", "Dans la nuit du 5 au 6 février.", "range", "2027-02-05/2027-02-06"),
        ("ru", "В ночь на 2 февраля.", "range", "2027-02-01/2027-02-02"),
        ("fr", "De 2013 à 2022.", "range", "2013-01-01/2022-12-31"),
        ("en", "During the 1990s grants fell.", "year", "1990-01-01/1999-12-31"),
        ("en", "The nineties were lean years.", "year", "1990-01-01/1999-12-31"),
        ("en", "In Soviet times experts came.", "year", "1922-12-30/1991-12-26"),
        ("fr", "Dans les années 80, les coopérants.", "year", "1980-01-01/1989-12-31"),
        ("fr", "Des années quatre-vingt-dix.", "year", "1990-01-01/1999-12-31"),
        ("fr", "À l'époque soviétique, des experts.", "year", "1922-12-30/1991-12-26"),
        ("ru", "В девяностые Москва урезала стипендии.", "year", "1990-01-01/1999-12-31"),
        ("ru", "В 90-е годы денег не было.", "year", "1990-01-01/1999-12-31"),
        ("ru", "В советское время искали руду.", "year", "1922-12-30/1991-12-26"),
        ("fr", "Signé dès juin 2019 à Moscou.", "month", "2019-06-01/2019-06-30"),
        ("fr", "En août et septembre 2020, des drapeaux.", "range", "2020-08-01/2020-09-30"),
    ],
)
def test_months_years_and_ranges_cover_all_their_days(lang: str, text: str, kind: str, expected: str) -> None:
    hit = only(text, lang)
    assert (hit.kind, str(hit.span)) == (kind, expected)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "BAMAKO, Feb 10 (Reuters) — The army said nothing."),
        ("ru", "ДАКАР, 10 февраля. /ТАСС/. Прибыла колонна."),
        ("ru", "Заголовок\n\nДАКАР, 10 февраля. В Бамако прибыла колонна."),
        ("fr", "Bamako, le 10 février 2027 (AMAP) - Le ministre a parlé."),
    ],
)
def test_the_date_of_the_dispatch_is_not_the_date_of_the_event(lang: str, text: str) -> None:
    hit = only(text, lang)
    assert (hit.kind, hit.span.start) == ("dateline", WEDNESDAY)


def test_a_date_in_the_first_sentence_is_no_dateline() -> None:
    assert only("Dans Bamako, le 3 février, un convoi est entré.", "fr").kind == "day"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Soldiers may march on; a second man, aged 45, came after a five-day visit of three years."),
        ("en", "The March 23 Movement and General May spoke at 30 degrees."),
        ("en", "He prays every Friday and works for Russia Today."),
        ("fr", "Le Mouvement du 5 juin, le défilé du 14-Juillet, le Stade du 26 mars."),
        ("fr", "Une marche, 19 heures, décret n°2021-0361, 45 ans, Mali."),
        ("ru", "Накануне саммита движение 23 марта и боевики, 45 лет."),
        ("ru", "До 31 февраля."),
        ("uk", "Сьогодні 8 лютого."),
    ],
)
def test_what_only_looks_like_a_date_is_none(lang: str, text: str) -> None:
    assert find(text, lang, WEDNESDAY) == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Seven years since the coup that changed Mali"),
        ("en", "The 64th anniversary of independence"),
        ("fr", "Il y a sept ans, un putsch"),
        ("fr", "Le 64e anniversaire de l'armée"),
        ("ru", "Годовщина переворота"),
        ("ru", "Пять лет спустя"),
    ],
)
def test_an_anniversary_is_noticed(lang: str, text: str) -> None:
    hits = anniversary(text, lang)
    assert len(hits) == 1
    assert text[hits[0].start : hits[0].end] == hits[0].text


def test_a_plain_report_holds_no_anniversary() -> None:
    assert anniversary("Two ships arrived three days ago.", "en") == []
    assert anniversary("irgendwas", "de") == []


_WORDS = (
    "on in from to 1 29 31 99 February May 2020 2027 9999 Monday night last next ago today du au le 1er"
    " mars fin lundi"
    " dernier hier в с по на 30 февраля года ночь прошлом году назад - – . , 31/12/2026"
)
_PIECES = st.sampled_from(_WORDS.split(" "))


@pytest.mark.parametrize("lang", ["en", "fr", "ru"])
@settings(max_examples=150)
@given(data=st.data())
def test_no_wording_is_passed_over_unread(lang: str, data: st.DataObject) -> None:
    rules = rules_of(lang)
    _, pattern = data.draw(st.sampled_from(rules.readers))
    text = data.draw(st.from_regex(reader(pattern), fullmatch=True))
    matches = rules.find(text, tokens(text))
    assert next(matches).start() == len(text) - len(text.lstrip(" "))  # a space before it is none of it


@given(
    st.lists(_PIECES, max_size=20).map(" ".join) | st.text(max_size=60),
    st.sampled_from(["en", "fr", "ru", "xx"]),
    st.dates(date(1, 1, 1), date(9999, 12, 31)),
)
def test_any_text_on_any_day_can_be_searched_for_dates(text: str, lang: str, published: date) -> None:
    for hit in find(text, lang, published):
        assert hit.span.start <= hit.span.end
        assert text[hit.start : hit.end] == hit.text
    anniversary(text, lang)


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "On Saturday, Sept. 5, he left.", "2026-09-05"),
        ("fr", "Arrivé mardi 9 février à Bamako.", "2027-02-09"),
        ("ru", "Он прибыл во вторник, 9 февраля.", "2027-02-09"),
    ],
)
def test_a_weekday_beside_its_day_is_one_date(lang: str, text: str, expected: str) -> None:
    assert str(only(text, lang).span) == expected


def test_a_deadline_is_still_to_come() -> None:
    assert str(only("Jusqu'à vendredi, rien.", "fr").span) == "2027-02-12"
    assert str(only("До пятницы он останется.", "ru").span) == "2027-02-12"
    assert str(only("Les dossiers sont à déposer avant juin.", "fr").span) == "2027-06-01/2027-06-30"


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("ru", "Двадцатого января парк выдал первые мегаватты.", "2027-01-20"),
        ("ru", "Двадцать первого января он вернулся.", "2027-01-21"),
        ("ru", "Пятничное нападение на лагерь.", "2027-02-05"),
        ("ru", "Захватившие накануне телецентр военные сложили оружие.", "2027-02-09"),
        ("ru", "Указ, оглашённый накануне по телевидению.", "2027-02-09"),
        ("en", "Fighters overran a camp over the weekend, killing nine.", "2027-02-06/2027-02-07"),
        ("fr", "Des hommes ont attaqué le poste ce week-end.", "2027-02-06/2027-02-07"),
        ("ru", "В минувшие выходные колонна вошла в город.", "2027-02-06/2027-02-07"),
    ],
)
def test_days_told_in_words_are_days(lang: str, text: str, expected: str) -> None:
    (hit,) = find(text, lang, WEDNESDAY)
    assert str(hit.span) == expected


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "They vote not on 25 June but on 26 November.", "26 November"),
        ("fr", "Non pas le 12 décembre mais le 14 janvier.", "le 14 janvier"),
        ("ru", "К урнам пойдут не 25 июня, а 26 ноября.", "26 ноября"),
    ],
)
def test_a_day_that_the_words_set_aside_is_none(lang: str, text: str, expected: str) -> None:
    assert [hit.text for hit in find(text, lang, WEDNESDAY)] == [expected]


def test_a_day_after_a_coming_year_lies_in_that_year() -> None:
    hits = find("Выборы пройдут 20 мая 2029 года, второй тур — 10 июня.", "ru", WEDNESDAY)
    assert [str(hit.span) for hit in hits] == ["2029-05-20", "2029-06-10"]


def test_the_eve_of_something_is_no_day() -> None:
    assert find("Накануне саммита в Сочи стороны молчали.", "ru", WEDNESDAY) == []


def test_last_thursday_is_the_latest_one_unless_it_was_just_now() -> None:
    sunday, friday = date(2027, 8, 15), date(2027, 8, 13)
    assert str(only("They were shot last Thursday.", "en", sunday).span) == "2027-08-12"
    assert str(only("They were shot last Thursday.", "en", friday).span) == "2027-08-05"


def test_what_takes_effect_in_the_night_to_a_day_lies_ahead() -> None:
    hit = only("Решение вступает в силу в ночь на пятницу.", "ru", date(2027, 7, 22))
    assert str(hit.span) == "2027-07-22/2027-07-23"


def test_the_date_of_a_crime_is_not_that_of_the_warrants() -> None:
    (hit,) = find("Judges issued warrants over the killing of 500 villagers in March 2022.", "en", WEDNESDAY)
    assert hit.since is not None
    (hit,) = find("500 villagers were killed in Moura in March 2022.", "en", WEDNESDAY)
    assert hit.since is None


def test_the_years_in_which_somebody_led_a_government_are_not_those_of_his_sentence() -> None:
    text = "Пять лет получил Шогель Маига, в 2021–2024 годах возглавлявший правительство Мали."
    (hit,) = find(text, "ru", WEDNESDAY)
    assert hit.since is not None
