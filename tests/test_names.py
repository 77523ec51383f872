"""Names outside the gazetteer, compared across scripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.fold import clean, tokens
from baseline.names import NameHit, key, keys, unknown


def script(word: str) -> str:
    return "ru" if any("а" <= char <= "я" for char in word.lower()) else "fr"


@pytest.mark.parametrize(
    "spellings",
    [
        "Boulkessi Булкесси Bulkessi",
        "Tinzaouaten Tinzaouatène Тинзауатен Тинзауатена Тинзауатеном",
        "Vezilier Везилье",
        "Evkourov Евкуров Yevkurov Евкурова Евкуровым",
        "Tchiani Чиани",
        "Goïta Goita Гойта Гойты Гойтой",
        "Poutine Putin Путин Путиным",
        "Choïgou Shoigu Шойгу",
        "Prigozhin Prigojine Пригожин Пригожина",
        "Zakharova Захарова Захаровой",
        "Djenné Дженне",
        "Aguelhok Агельхок Агельхока",
        "Coulibaly Кулибали",
        "Averianov Averyanov Аверьянов",
        "Diafarabé Диафарабе",
        "Sanankoroba Сананкороба Сананкоробе",
    ],
)
def test_spellings_of_one_name_share_a_key(spellings: str) -> None:
    shared = [keys(word, script(word)) for word in spellings.split()]
    assert frozenset.intersection(*shared)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Lavrov", "Лавриненко"), ("Diallo", "Диарра"), ("Mopti", "Менака"), ("Traoré", "Тураева")],
)
def test_different_names_have_different_keys(one: str, other: str) -> None:
    assert not keys(one, "fr") & keys(other, "ru")


def found(text: str, lang: str, taken: tuple[tuple[int, int], ...] = ()) -> list[NameHit]:
    text = clean(text)
    return unknown(text, tokens(text), taken, lang)


def test_a_name_inside_a_sentence_is_found_with_its_place() -> None:
    text = "La cour a condamné jeudi Yann Vezilier à Bamako."
    hits = found(text, "fr", ((text.index("Bamako"), text.index("Bamako") + 6),))
    assert [hit.text for hit in hits] == ["Yann Vezilier"]
    assert key("Везилье") in hits[0].keys
    assert text[hits[0].start : hits[0].end] == "Yann Vezilier"


def test_the_first_word_of_a_sentence_is_a_name_only_if_seen_inside_one() -> None:
    assert found("Residents fled. Novawind is building the plant.", "en") == []
    hits = found("Novawind is building the plant, and officials praised Novawind.", "en")
    assert [hit.text for hit in hits] == ["Novawind", "Novawind"]


def test_months_offices_and_short_words_are_not_names() -> None:
    assert found("On Monday the President and the Minister met Bah in March.", "en") == []


def test_a_headline_in_title_case_gives_no_name() -> None:
    assert found("Why Heavy Rains Destroyed Seventy Houses Near Rivers", "en") == []


def test_the_same_event_in_two_scripts_shares_a_name() -> None:
    french = found("Le poste de Diafarabé a été attaqué.", "fr")
    russian = found("Боевики атаковали пост в Диафарабе.", "ru")
    assert french[0].keys & russian[0].keys


@given(st.text(max_size=100), st.sampled_from(["en", "fr", "ru", "uk"]))
def test_any_text_can_be_searched_for_names(raw: str, lang: str) -> None:
    text = clean(raw)
    for hit in unknown(text, tokens(text), (), lang):
        assert text[hit.start : hit.end] == hit.text
        assert hit.keys


def test_a_surname_after_initials_is_found_and_a_full_stop_ends_a_name() -> None:
    assert key("Лавров") in found("О разговоре С.В.Лаврова с послом", "ru")[0].keys
    assert [hit.text for hit in found("Ils ont vu Novawind. Yadran aussi, dit Yadran.", "fr")] == [
        "Novawind",
        "Yadran",
        "Yadran",
    ]
