"""Quantities with their units, in three languages."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baseline.figure_words import APPROXIMATE
from baseline.figures import LONGEST_APPROXIMATE, PATTERNS, FigureHit, find, numbers, spelt_number
from baseline.fold import tokens
from djeli.core.model import Figure


def test_words_before_a_number_are_looked_at_as_far_as_they_reach() -> None:
    parsed = re._parser.parse(APPROXIMATE.pattern)  # only it tells a pattern's width
    assert parsed.getwidth()[1] == LONGEST_APPROXIMATE


def figures(text: str, lang: str) -> list[Figure]:
    return [hit.figure for hit in find(text, lang)]


def only(text: str, lang: str) -> FigureHit:
    hits = find(text, lang)
    assert len(hits) == 1, hits
    return hits[0]


@pytest.mark.parametrize(
    ("lang", "text", "value", "unit"),
    [
        ("en", "A cargo of 25,000 tonnes of wheat arrived.", 25_000, "tonnes"),
        ("fr", "25.000 tonnes de blé ont été remises.", 25_000, "tonnes"),
        ("fr", "La Russie remet 25 000 tonnes de blé.", 25_000, "tonnes"),
        ("ru", "Передано 25 тыс. тонн пшеницы.", 25_000, "tonnes"),
        ("fr", "Un prêt de 2,5 millions de dollars.", 2_500_000, "usd"),
        ("en", "A contract worth $1.5 billion.", 1_500_000_000, "usd"),
        ("ru", "Выделено 3 млн евро.", 3_000_000, "eur"),
        ("fr", "Un marché de 3 milliards de francs CFA.", 3_000_000_000, "xof"),
        ("en", "Two civilians left.", 2, "civilians"),
        ("fr", "Neuf militaires sont rentrés.", 9, "soldiers"),
        ("fr", "Quarante mille spectateurs étaient là.", 40_000, "people"),
        ("fr", "Quatre-vingt-dix-sept blindés.", 97, "vehicles"),
        ("ru", "Прибыли двадцать пять инструкторов.", 25, "instructors"),
        ("ru", "Подписано пять соглашений.", 5, "agreements"),
        ("fr", "Le texte passe par 121 voix.", 121, "votes"),
        ("en", "Inflation reached 12 percent.", 12, "percent"),
        ("en", "He was sentenced to three years in prison.", 3, "years"),
        ("fr", "Une centrale de 200 mégawatts.", 200, "megawatts"),
        ("en", "The bandits took 14 jihadists' motorcycles and 6 hostages.", 6, "hostages"),
        ("fr", "Moscou porte à 400 le nombre de bourses offertes.", 400, "scholarships"),
    ],
)
def test_a_quantity_is_read_with_its_unit(lang: str, text: str, value: float, unit: str) -> None:
    assert (value, unit) in [(figure.value, figure.unit) for figure in figures(text, lang)]


@pytest.mark.parametrize(
    ("lang", "text", "value"),
    [
        ("en", "The army killed 13 fighters.", 13),
        ("en", "Gunmen stormed the base, killing more than 30 soldiers, sources said.", 30),
        ("en", "At least 77 people were killed in the attack.", 77),
        ("fr", "L'état-major dit avoir neutralisé 13 assaillants.", 13),
        ("fr", "Plus de trente soldats tués dans l'attaque.", 30),
        ("fr", "Au moins 77 personnes ont été tuées mardi.", 77),
        ("fr", "Un bilan de plus de 70 morts.", 70),
        ("ru", "Погибли не менее 50 человек.", 50),
        ("ru", "Армия заявила об уничтожении 13 нападавших.", 13),
        ("en", "Troops summarily executed at least 31 Fulani men in the hamlet.", 31),
        ("en", "Mortars fell on the market, killing at least nine traders.", 9),
        ("en", "Five dozo hunters were gunned down on the track.", 5),
        ("en", "Soldiers put at least sixty-one villagers to death.", 61),
        ("fr", "Quatre chauffeurs ont péri dans l'embuscade.", 4),
        ("fr", "Trente et un (31) fidèles ont été lâchement abattus.", 31),
        ("fr", "L'armée revendique 26 « terroristes neutralisés ».", 26),
        ("fr", "Une source sécuritaire parle de onze morts.", 11),
        ("ru", "Убиты четверо водителей.", 4),
        ("ru", "Число жертв нападения на гарнизон выросло до 58.", 58),
        ("ru", "Налёт стоил жизни трём военнослужащим.", 3),
        ("ru", "На базаре расстреляли 22 торговцев.", 22),
    ],
)
def test_people_killed_are_counted_as_dead(lang: str, text: str, value: float) -> None:
    figure = only(text, lang).figure
    assert (figure.value, figure.unit) == (value, "dead")


def test_one_verb_of_killing_holds_for_both_counts() -> None:
    found = figures("Ils ont tué 84 combattants de Wagner et 47 soldats maliens.", "fr")
    assert [(figure.value, figure.unit) for figure in found] == [(84, "dead"), (47, "dead")]


def test_those_who_kill_are_not_the_dead() -> None:
    found = figures("The village was attacked by 30 fighters.", "en")
    assert [(figure.value, figure.unit) for figure in found] == [(30, "fighters")]


def test_who_surrenders_is_not_among_the_dead_of_the_next_words() -> None:
    units = [figure.unit for figure in figures("Twenty-two soldiers surrendered and one was killed.", "en")]
    assert units[0] == "soldiers"


def test_soldiers_in_custody_are_arrests() -> None:
    assert only("Fourteen soldiers are in custody.", "en").figure.unit == "arrests"
    assert only("Vingt-deux soldats sont aux arrêts.", "fr").figure.unit == "arrests"


def test_arrested_people_are_arrests_but_officers_stay_officers() -> None:
    assert only("Police detained 12 people in Bamako.", "en").figure.unit == "arrests"
    units = [figure.unit for figure in figures("Sept officiers et deux civils ont été interpellés.", "fr")]
    assert units == ["officers", "civilians"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "more than 90 vehicles"),
        ("fr", "près de 90 véhicules"),
        ("ru", "свыше 90 машин"),
        ("en", "up to 90 vehicles"),
        ("fr", "au moins 90 véhicules"),
        ("ru", "не менее 90 машин"),
    ],
)
def test_a_bounded_count_is_approximate(lang: str, text: str) -> None:
    figure = only(text, lang).figure
    assert (figure.value, figure.unit, figure.approximate) == (90, "vehicles", True)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "between 160,000 and 200,000 tonnes"),
        ("fr", "160 000 à 200 000 tonnes"),
        ("ru", "от 160 до 200 тыс. тонн"),
        ("ru", "160-200 тыс. тонн"),
    ],
)
def test_a_range_has_both_its_ends(lang: str, text: str) -> None:
    figure = only(text, lang).figure
    assert (figure.value, figure.high, figure.unit) == (160_000, 200_000, "tonnes")


@pytest.mark.parametrize(
    ("lang", "text", "value"),
    [
        ("fr", "Une trentaine de camions ont brûlé.", 30),
        ("ru", "Сотни боевиков ушли.", 200),
        ("en", "Dozens of trucks burnt.", 20),
    ],
)
def test_round_words_are_approximate(lang: str, text: str, value: float) -> None:
    figure = only(text, lang).figure
    assert (figure.value, figure.approximate) == (value, True)


@pytest.mark.parametrize(
    ("lang", "text"),
    [("en", "eleven T-72 tanks"), ("ru", "одиннадцать танков Т-72"), ("fr", "onze chars T-72")],
)
def test_a_model_is_what_the_tanks_are_about(lang: str, text: str) -> None:
    figure = only(text, lang).figure
    assert (figure.value, figure.unit, figure.about) == (11, "tanks", "t-72")


def test_a_model_may_be_the_noun_itself() -> None:
    figure = only("They saw two BMP-3s on the road.", "en").figure
    assert (figure.value, figure.unit, figure.about) == (2, "vehicles", "bmp-3")


def test_a_french_article_counts_only_the_dead() -> None:
    assert figures("Un soldat est rentré.", "fr") == []
    assert only("Un soldat tué dans l'attaque.", "fr").figure.unit == "dead"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The government put the number of arrests at eleven, up from nine."),
        ("en", "Arrests rose from nine to eleven arrests."),
        ("fr", "Onze arrestations contre neuf hier."),
    ],
)
def test_a_change_tells_the_figure_before_and_the_one_after(lang: str, text: str) -> None:
    hits = find(text, lang)
    assert {(hit.figure.value, hit.earlier) for hit in hits} == {(9, True), (11, False)}
    assert {hit.figure.unit for hit in hits} == {"arrests"}
    assert [hit.change for hit in hits if not hit.earlier] == [True]


def test_last_years_figure_is_the_earlier_one() -> None:
    assert only("L'an dernier, 290 bourses avaient été attribuées.", "fr").earlier
    assert not only("Cette année, 400 bourses sont offertes.", "fr").earlier


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "A T-72 and a BMP-3."),
        ("fr", "Sur la route nationale 5. Le G5 Sahel se réunit à 19 heures."),
        ("fr", "Le 2e convoi et la 1re réunion."),
        ("en", "He came second, in a five-day visit, with his 13-year-old son."),
        ("fr", "Un homme âgé de 45 ans."),
        ("en", "Seven years since the coup, nine months later."),
        ("fr", "Appelez le +223 20 22 54 65."),
        ("ru", "В 2021 году и статья 5 закона."),
    ],
)
def test_models_roads_hours_ordinals_and_ages_are_not_quantities(lang: str, text: str) -> None:
    assert figures(text, lang) == []


def test_a_date_that_was_masked_is_not_a_count() -> None:
    text = "2 июня боевики атаковали лагерь."
    assert find(text, "ru", [(0, 6)]) == []


def test_a_noun_outside_the_table_is_its_own_unit() -> None:
    assert only("The firm will dig 14 wells.", "en").figure.unit == "well"


@pytest.mark.parametrize(
    ("words", "lang", "value"),
    [
        ("twenty-five", "en", 25),
        ("two hundred and six", "en", 206),
        ("soixante-dix", "fr", 70),
        ("quatre-vingt-douze", "fr", 92),
        ("сто двадцать три", "ru", 123),
        ("сорок тысяч", "ru", 40_000),
        ("hello", "en", None),
    ],
)
def test_numbers_in_words(words: str, lang: str, value: int | None) -> None:
    assert spelt_number(words, lang) == value


@given(
    st.integers(2, 10**9).filter(lambda n: not 1900 <= n <= 2099),
    st.sampled_from([" ", ",", ".", ""]),
    st.sampled_from([("en", "vehicles"), ("fr", "véhicules"), ("ru", "машин")]),
)
def test_any_integer_is_read_in_any_separator(number: int, separator: str, words: tuple[str, str]) -> None:
    lang, noun = words
    text = f"Total {number:,} {noun}".replace(",", separator)
    assert [(figure.value, figure.unit) for figure in figures(text, lang)] == [(number, "vehicles")]


_WORDS = (
    "1 25 25,000 2,5 % $ € T-72 twelve une trentaine de тыс. млн killed tués погибли soldiers from to между"
    " от до . , - ' \x00 année"
)
_PIECES = st.sampled_from(_WORDS.split(" "))


@pytest.mark.parametrize("lang", ["en", "fr", "ru"])
@settings(max_examples=150)
@given(data=st.data())
def test_no_number_is_passed_over_unread(lang: str, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(PATTERNS[lang], fullmatch=True))
    assert next(numbers(text, lang, tokens(text))).start() == 0


@given(
    st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=25).map(" ".join)),
    st.sampled_from(["en", "fr", "ru", "uk"]),
)
def test_any_text_can_be_searched_for_figures(text: str, lang: str) -> None:
    for hit in find(text, lang):
        assert 0 <= hit.start < hit.end <= len(text)
        assert hit.figure.unit


def test_a_masked_date_still_says_that_the_figure_is_last_years() -> None:
    text = "L'an dernier, 290 bourses avaient été attribuées."
    assert [hit.earlier for hit in find(text, "fr", [(0, 12)])] == [True]


@pytest.mark.parametrize("piece", ["five million ", "1 000 ", "1", "un ", "девять ", "killed 5 ", "$1-2 "])
def test_an_endless_number_is_no_error(piece: str) -> None:
    for lang in ("en", "fr", "ru"):
        assert isinstance(find(piece * 2000, lang), list)


@pytest.mark.parametrize(
    ("lang", "text", "value", "unit"),
    [
        ("ru", "Почти три сотни цистерн.", 300, "trucks"),
        ("ru", "Шесть десятков солдат.", 60, "soldiers"),
        ("ru", "Полтора десятка грузовиков.", 15, "trucks"),
        ("en", "Two dozen trucks burned.", 24, "trucks"),
        ("fr", "Trois douzaines de camions.", 36, "trucks"),
    ],
)
def test_counted_dozens_and_hundreds_are_one_figure(lang: str, text: str, value: float, unit: str) -> None:
    hit = only(text, lang)
    assert (hit.figure.value, hit.figure.unit, hit.figure.approximate) == (value, unit, True)


@pytest.mark.parametrize(
    ("lang", "text", "was", "now"),
    [
        ("en", "Not two but three helicopters landed.", 2, 3),
        ("fr", "Ce ne sont pas deux mais trois hélicoptères.", 2, 3),
        ("ru", "Прибыли не две, а три машины.", 2, 3),
        ("en", "It has fielded 900 soldiers, not the 1,500 claimed.", 1500, 900),
        ("fr", "Ils sont 900 soldats, et non 1 500 comme annoncé.", 1500, 900),
        ("ru", "В городе 900 солдат, а не 1500.", 1500, 900),
    ],
)
def test_a_figure_that_is_set_aside_is_the_earlier_one(lang: str, text: str, was: float, now: float) -> None:
    hits = find(text, lang)
    assert {(hit.figure.value, hit.earlier) for hit in hits} == {(was, True), (now, False)}
    assert len({hit.figure.unit for hit in hits}) == 1


def test_who_did_not_kill_has_set_no_figure_aside() -> None:
    assert [hit.earlier for hit in find("The army did not kill 12 soldiers.", "en")] == [False]


def test_a_toll_is_read_however_long_its_subject_is() -> None:
    hits = find(
        "Число погибших при нападении на конвой в Мали выросло до 41. Ранее сообщалось о 23 погибших.", "ru"
    )
    assert [(hit.figure.value, hit.figure.unit, hit.earlier) for hit in hits] == [
        (41, "dead", False),
        (23, "dead", True),
    ]


@pytest.mark.parametrize(
    ("lang", "text", "told"),
    [
        ("en", "Eighteen soldiers have been detained and two guards killed.", {(18, "arrests"), (2, "dead")}),
        ("fr", "Douze militaires ont été arrêtés et trois tués.", {(12, "arrests"), (3, "dead")}),
        ("ru", "Задержаны тринадцать человек, которые собирались убить президента.", {(13, "arrests")}),
        ("en", "Twelve people were killed and five arrested.", {(12, "dead"), (5, "arrests")}),
    ],
)
def test_who_is_detained_is_not_counted_among_the_dead(lang: str, text: str, told: set) -> None:
    assert {(figure.value, figure.unit) for figure in figures(text, lang)} == told


def test_a_count_that_falls_short_of_another_names_the_other_as_the_older_one() -> None:
    text = "Images show about 450 soldiers, well short of the 800 that were announced."
    assert [(hit.figure.value, hit.earlier) for hit in find(text, "en")] == [(450, False), (800, True)]
