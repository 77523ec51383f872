from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.back_references import before

_DAY = date(2027, 6, 30)


@pytest.mark.parametrize(
    ("lang", "text", "day"),
    [
        ("en", "Two weeks after the closure, work resumed.", date(2027, 6, 16)),
        ("en", "Fifty days after they were taken, they walked free.", date(2027, 5, 11)),
        ("en", "The rebels had promised it three months earlier.", date(2027, 4, 1)),
        ("en", "A fortnight later the text was signed.", date(2027, 6, 16)),
        ("fr", "Quinze jours après la fermeture, le travail a repris.", date(2027, 6, 15)),
        ("fr", "La fermeture avait été décidée six semaines plus tôt.", date(2027, 5, 19)),
        ("fr", "Cinq mois après l'octroi du permis, le chantier est lancé.", date(2027, 1, 31)),
        ("ru", "Вертолёты доставили двумя неделями ранее.", date(2027, 6, 16)),
        ("ru", "Девять дней спустя после уведомления пришло второе письмо.", date(2027, 6, 21)),
        ("ru", "Через три месяца после саммита решение вступило в силу.", date(2027, 4, 1)),
        ("ru", "Месяц назад об этом только говорили.", date(2027, 5, 31)),
    ],
)
def test_a_length_of_time_names_the_days_around_it(lang: str, text: str, day: date) -> None:
    (span,) = before(text, lang, _DAY)
    assert span.start <= day <= span.end <= _DAY
    assert span.days <= 90


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The talks will last three days."),
        ("en", "Ninety years after independence, in weeks to come."),
        ("fr", "Le convoi compte quinze camions."),
        ("ru", "Переговоры продлятся три дня."),
        ("de", "Zwei Wochen nach der Schließung."),
    ],
)
def test_what_names_no_time_gone_by_is_left_alone(lang: str, text: str) -> None:
    assert before(text, lang, _DAY) == []


def test_several_weeks_are_wide_and_bounded() -> None:
    (span,) = before("Several weeks after the coup, a cabinet was named.", "en", _DAY)
    assert (_DAY - span.end).days >= 14
    assert (_DAY - span.start).days <= 70


@given(st.sampled_from(["en", "fr", "ru"]), st.text(max_size=200))
def test_any_text_is_read(lang: str, text: str) -> None:
    for words in (text, f"{text} weeks after {text}", f"{text} недель назад", f"{text} jours après {text}"):
        assert all(span.start <= span.end <= _DAY for span in before(words, lang, _DAY))
