"""Moments as people type them, in three languages and whatever spelling."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.when import moment, spotted
from bot.words import Voice
from djeli.core.words import LANGUAGES

NOW = datetime(2027, 2, 9, 12, tzinfo=UTC)  # a Tuesday
BAMAKO = ZoneInfo("Africa/Bamako")
MOSCOW = ZoneInfo("Europe/Moscow")


def since(words: str) -> str:
    found = moment(words, NOW, BAMAKO)
    return f"{found:%Y-%m-%d %H:%M}" if found else ""


def until(words: str) -> str:
    found = moment(words, NOW, BAMAKO, ahead=True)
    return f"{found:%Y-%m-%d %H:%M}" if found else ""


@pytest.mark.parametrize(
    ("day", "spellings"),
    [
        ("2027-02-02 12:00", "7d|7 days|last 7 days|7j|7 jours|7 derniers jours|7д|7 дней|за 7 дней|1w|WEEK"),
        ("2027-02-02 12:00", "a week ago|il y a une semaine|неделю назад|за неделю|последнюю неделю|1 нед."),
        ("2027-02-08 12:00", "24h|24 heures|24 ч|1d|день|jour"),
        ("2027-02-08 00:00", "yesterday|hier|вчера|ВЧЕРА|monday|Lundi|depuis lundi|с понедельника|пн"),
        ("2027-02-07 00:00", "day before yesterday|avant-hier|позавчера|sunday|dimanche dernier|воскресенье"),
        ("2027-02-09 00:00", "today|aujourd'hui|aujourd’hui|сегодня|tuesday|mardi|вторник"),
        ("2027-03-01 00:00", "2027-03-01|1 March 2027|March 1, 2027|le 1er mars 2027|1 марта 2027 года"),
        ("2027-03-01 00:00", "01.03.2027|1/3/2027|01.03.27|2027-03"),
        ("2026-03-01 00:00", "1 March|1st of march|1er mars|с 1 марта|01.03|март|mars"),
        ("2026-08-15 00:00", "15 août|15 aout|15 августа|15 aug"),
        ("2026-01-01 00:00", "2026"),
        ("", "|Mali|5|7|le|au|с|31.02.2027|29 февраля|99999999 years|999999 y|convoy 7d|12:30|1/13"),
    ],
)
def test_since_when(day: str, spellings: str) -> None:
    assert {spelling: since(spelling) for spelling in spellings.split("|")} == dict.fromkeys(
        spellings.split("|"), day
    )


@pytest.mark.parametrize(
    ("day", "spellings"),
    [
        ("2027-02-16 12:00", "7d|for 7 days|une semaine|pendant une semaine|на неделю|7 дней"),
        ("2027-02-12 00:00", "friday|until Friday|jusqu'à vendredi|до пятницы"),
        ("2027-02-16 00:00", "tuesday|до вторника"),  # this Tuesday has begun
        ("2027-02-10 00:00", "tomorrow|demain|до завтра|today|сегодня"),
        ("2027-03-01 00:00", "1 March|1er mars|до 1 марта|2027-03-01|01.03"),
        ("2028-02-01 00:00", "1 February|1 февраля"),  # this year's is over
        ("2028-02-29 00:00", "29 февраля"),
    ],
)
def test_until_when(day: str, spellings: str) -> None:
    assert {spelling: until(spelling) for spelling in spellings.split("|")} == dict.fromkeys(
        spellings.split("|"), day
    )


def test_a_day_begins_at_midnight_in_the_zone_of_the_chat() -> None:
    late = datetime(2027, 2, 9, 22, 30, tzinfo=UTC)  # the 10th in Moscow
    found = moment("вчера", late, MOSCOW)
    assert found == datetime(2027, 2, 8, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "before", "after"),
    [
        ("S17 until friday because noise", "S17", "because noise"),
        ("visite ou entretien 7j trop de bruit", "visite ou entretien", "trop de bruit"),
        ("ТАСС до 1 марта 2027 года повторы", "ТАСС", "повторы"),
        ("Africa Corps 2 weeks", "Africa Corps", ""),
    ],
)
def test_the_moment_is_found_among_other_words(words: str, before: str, after: str) -> None:
    tokens = words.split()
    found = spotted(tokens, NOW, BAMAKO, ahead=True)
    assert found is not None
    assert (" ".join(tokens[: found[0]]), " ".join(tokens[found[1] :])) == (before, after)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(LANGUAGES))
def test_a_day_as_we_write_it_is_read_again(day: date, language: str) -> None:
    found = moment(Voice(language).day(day), NOW, BAMAKO)
    assert found is not None
    assert found.date() == day


@given(st.text(max_size=60), st.booleans())
def test_no_text_breaks_the_reader_and_what_it_reads_lies_where_it_was_asked_for(
    text: str, ahead: bool
) -> None:
    moment(text, NOW, BAMAKO, ahead=ahead)
    spotted(text.split(), NOW, BAMAKO, ahead=ahead)


@given(st.integers(0, 400), st.sampled_from(["d", "jours", "дней", "h", "weeks", "mois"]))
def test_a_length_counts_from_now_in_both_directions(number: int, unit: str) -> None:
    back, on = moment(f"{number}{unit}", NOW, BAMAKO), moment(f"{number} {unit}", NOW, BAMAKO, ahead=True)
    assert back is not None
    assert on is not None
    assert on - NOW == NOW - back >= timedelta(0)
