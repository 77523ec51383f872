"""Which language an article is in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.language import detect

FRENCH = "Le gouvernement malien a annoncé jeudi la signature d'un accord de coopération avec la Russie."
ENGLISH = "The Malian government announced on Thursday that it had signed an agreement with Russia."
RUSSIAN = "Правительство Мали объявило в четверг о подписании соглашения с Россией."
UKRAINIAN = "Уряд Малі оголосив у четвер про підписання угоди з Росією, повідомляє міністерство."


@pytest.mark.parametrize(
    ("text", "lang"), [(FRENCH, "fr"), (ENGLISH, "en"), (RUSSIAN, "ru"), (UKRAINIAN, "uk")]
)
def test_a_text_without_a_declared_language_is_recognised(text: str, lang: str) -> None:
    assert detect("", text) == lang


@pytest.mark.parametrize(
    ("title", "declared", "lang"),
    [("Bamako", "fr-FR", "fr"), ("Bamako", "en_GB", "en"), ("Лавров в Бамако", "ru", "ru")],
)
def test_a_short_title_keeps_the_declared_language(title: str, declared: str, lang: str) -> None:
    assert detect(title, "", declared) == lang


def test_a_declared_language_in_the_wrong_script_is_not_believed() -> None:
    assert detect("", RUSSIAN, "fr") == "ru"
    assert detect("", FRENCH, "ru") == "fr"


def test_a_site_that_forgot_to_set_its_language_is_read_in_its_own() -> None:
    assert detect("Coopération", FRENCH, "en-US") == "fr"


def test_ukrainian_declared_as_russian_is_ukrainian() -> None:
    assert detect("", UKRAINIAN, "ru") == "uk"


def test_other_languages_keep_their_own_code() -> None:
    spanish = "El gobierno de Malí anunció el jueves la firma de un acuerdo de cooperación con Rusia."
    assert detect("", spanish) == "es"
    assert detect("", "أعلنت حكومة مالي يوم الخميس توقيع اتفاق تعاون مع روسيا") == "ar"


def test_a_text_without_letters_is_undetermined_unless_declared() -> None:
    assert detect("", "12 345") == "und"
    assert detect("", "", "fr") == "fr"


@given(st.text(max_size=80), st.text(max_size=80), st.one_of(st.none(), st.text(max_size=8)))
def test_any_text_has_an_answer(title: str, text: str, declared: str | None) -> None:
    assert isinstance(detect(title, text, declared), str)
