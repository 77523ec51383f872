"""Moments as people write them in a command: "7d", "monday", "2027-03-01", «вчера», "avant-hier", «1 марта».

Pure: the moment of asking is an argument. A day begins at midnight in the zone of the chat. Dates in
numbers are read day first, as the whole beat writes them; a date without a year is the nearest one in
the direction that is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo

from bot.words import fold

_LONGEST = 6  # words of one moment: "since the 1st of March 2027"


def _table(rows: Mapping[int, str]) -> dict[str, int]:
    """Folded word → number."""
    return {fold(word): number for number, words in rows.items() for word in words.split()}


_UNITS = _table(
    {
        1: "h hr hrs hour hours heure heures ч час часа часов",
        24: "d day days j jr jour jours д дн день дня дней сут сутки суток",
        168: "w wk week weeks sem semaine semaines нед неделя недели недель неделю неделе",
        720: "m mo month months mois мес месяц месяца месяцев",
        8760: "y yr year years an ans année années г год года лет",
    }
)
_ALONE = _table(
    {
        24: "day jour день сутки",
        168: "week semaine неделя недели неделю неделе",
        720: "month mois месяц месяца",
        8760: "year année год года",
    }
)
_DAYS = _table(
    {
        0: "today tonight aujourd'hui aujourd’hui сегодня",
        -1: "yesterday hier вчера",
        -2: "avant-hier позавчера",
        1: "tomorrow demain завтра",
        2: "après-demain послезавтра",
    }
)
# No short forms that are words of their own: "mon", "mer", "sat", "ven".
_WEEKDAYS = _table(
    {
        0: "monday mondays lundi понедельник понедельника пн",
        1: "tuesday tue tues mardi вторник вторника вт",
        2: "wednesday wed mercredi среда среды среду ср",
        3: "thursday thu thur thurs jeudi четверг четверга чт",
        4: "friday fri vendredi пятница пятницы пятницу пт",
        5: "saturday samedi суббота субботы субботу сб",
        6: "sunday dimanche воскресенье воскресенья вс",
    }
)
_MONTHS = _table(
    {
        1: "january jan janvier janv январь января январе янв",
        2: "february feb février févr февраль февраля феврале фев февр",
        3: "march mar mars март марта марте мар",
        4: "april apr avril avr апрель апреля апреле апр",
        5: "may mai май мая мае",
        6: "june jun juin июнь июня июне июн",
        7: "july jul juillet juil июль июля июле июл",
        8: "august aug août август августа августе авг",
        9: "september sep sept septembre сентябрь сентября сентябре сен сент",
        10: "october oct octobre октябрь октября октябре окт",
        11: "november nov novembre ноябрь ноября ноябре ноя нояб",
        12: "december dec décembre déc декабрь декабря декабре дек",
    }
)
# What may stand around a moment and says nothing that its place does not say.
_AROUND_WORDS = (
    "since from last past the of for ago until till to on next a an one depuis dès du le la les de dernier "
    "dernière derniers dernières prochain prochaine il y jusqu'au jusqu’au jusqu'à jusqu’à pendant pour un "
    "une со с за последний последние последних последнюю последняя прошлый прошлую прошлой следующий "
    "следующую назад до на в во течение один одну г. год года au"
)
_AROUND = frozenset(map(fold, _AROUND_WORDS.split()))
_NUMBERED = re.compile(r"(\d{1,6})\s*([^\W\d_]+)\.?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")
_DOTTED = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?\.?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|e|го|-го|ое|-ое)?")


def moment(words: str, now: datetime, zone: tzinfo, *, ahead: bool = False) -> datetime | None:
    """The moment that the words name, in UTC terms of `now`, or None when they name none.

    It lies in the past ("since monday"), or in the future with `ahead` ("until monday").
    """
    said = fold(re.sub("[,;:]", " ", words)).split()
    core = [word for word in said if word not in _AROUND]
    try:  # as it stands, for "day before yesterday" and «год»; then without what stands around it
        return next(filter(None, (_read(words, now, zone, ahead) for words in (said, core))), None)
    except (OverflowError, ValueError):  # 99999 years, 31 February
        return None


def _read(words: Sequence[str], now: datetime, zone: tzinfo, ahead: bool) -> datetime | None:
    return _lasting(words, now, ahead) or _day_of(words, now.astimezone(zone), ahead)


def spotted(
    tokens: Sequence[str], now: datetime, zone: tzinfo, *, ahead: bool = False
) -> tuple[int, int, datetime] | None:
    """The longest run of words that names a moment, of several the first: begin, end, moment."""
    for width in range(min(_LONGEST, len(tokens)), 0, -1):
        for start in range(len(tokens) - width + 1):
            found = moment(" ".join(tokens[start : start + width]), now, zone, ahead=ahead)
            if found:
                return start, start + width, found
    return None


def _lasting(words: Sequence[str], now: datetime, ahead: bool) -> datetime | None:
    """A length of time from now: "7d", "2 semaines", «неделю»."""
    hours: int | None = None
    if len(words) == 1 and words[0] in _ALONE:
        hours = _ALONE[words[0]]
    elif found := _NUMBERED.fullmatch(" ".join(words)):
        unit = _UNITS.get(found[2])
        hours = unit * int(found[1]) if unit else None
    if hours is None:
        return None
    length = timedelta(hours=hours)
    return now + length if ahead else now - length


def _day_of(words: Sequence[str], local: datetime, ahead: bool) -> datetime | None:
    """Midnight of a day that is named; of today, asked for ahead, the one that ends it."""
    today = local.date()
    day = _near(words, today, ahead) or _dated(words, today, ahead)
    if day is None:
        return None
    return datetime.combine(day, time(), local.tzinfo)


def _near(words: Sequence[str], today: date, ahead: bool) -> date | None:
    if " ".join(words) == "day before yesterday":
        return today - timedelta(days=2)
    if len(words) != 1:
        return None
    word = words[0]
    if word in _DAYS:
        days = _DAYS[word]
        return today + timedelta(days=days + (ahead and days == 0))
    if word in _WEEKDAYS:
        gone = (today.weekday() - _WEEKDAYS[word]) % 7
        return today + timedelta(days=7 - gone) if ahead else today - timedelta(days=gone)
    return None


def _dated(words: Sequence[str], today: date, ahead: bool) -> date | None:
    text = " ".join(words)
    if found := _ISO.fullmatch(text):
        return date(int(found[1]), int(found[2]), int(found[3] or 1))
    if found := _DOTTED.fullmatch(text):
        day, month = int(found[1]), int(found[2])
        if found[3]:
            return date(int(found[3]) + (2000 if len(found[3]) == 2 else 0), month, day)
        return _nearest(today, ahead, lambda year: date(year, month, day))
    if _YEAR.fullmatch(text):
        return date(int(text), 1, 1)
    return _in_words(words, today, ahead)


def _in_words(words: Sequence[str], today: date, ahead: bool) -> date | None:
    """A month in letters, with a day, with a year, in any order: "1 mars", "March 1 2027", «март 2027»."""
    months = [_MONTHS[word.rstrip(".")] for word in words if word.rstrip(".") in _MONTHS]
    years = [int(word) for word in words if _YEAR.fullmatch(word)]
    days = [int(found[1]) for word in words if (found := _DAY.fullmatch(word))]
    if len(months) != 1 or len(years) > 1 or len(days) > 1 or len(words) != 1 + len(years) + len(days):
        return None
    day = days[0] if days else 1
    if years:
        return date(years[0], months[0], day)
    return _nearest(today, ahead, lambda year: date(year, months[0], day))


def _nearest(today: date, ahead: bool, in_year: Callable[[int], date]) -> date | None:
    """The day of this year, or of the one before or after it, that lies where it is asked for."""
    for year in (today.year, today.year + (1 if ahead else -1)):
        try:
            day = in_year(year)
        except ValueError:  # 29 February
            continue
        if (day > today) if ahead else (day <= today):
            return day
    return None
