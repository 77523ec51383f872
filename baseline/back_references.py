"""How long ago what an article follows happened: "two weeks earlier", « six mois après », «спустя год».

Such words never date the event that is told; they name the time of another one. Days, weekdays and months are
read by `baseline.dates`.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from baseline.figure_words import NUMBER_WORDS
from baseline.figures import spelt_number
from baseline.fold import fold
from djeli.core.model import Span

_PATTERNS = {
    "en": re.compile(
        r"(?i)\b(?P<n>[\w-]+|couple of) (?P<unit>day|week|fortnight|month)s?"
        r" (?:after|earlier|before|since|later|on from|ago)\b"
    ),
    "fr": re.compile(
        r"(?i)\b(?P<n>[\w-]+|quinzaine de|dizaine de) (?P<unit>jour|semaine|mois)s?"
        r" (?:après|plus tôt|auparavant|plus tard|avant|depuis)\b"
        r"|\b(?:au bout de|après|depuis|voilà|voici) (?P<n2>[\w-]+) (?P<unit2>jour|semaine|mois)s?\b"
    ),
    "ru": re.compile(
        r"(?i)\b(?P<n>\w+ )?(?P<unit>дней|дня|день|днями|днём|недел[ьюией]+|неделями|месяц(?:а|ев|ем|ами)?)"
        r" (?:спустя|после|назад|ранее|раньше|тому назад)\b"
        r"|\b(?:спустя|через|по прошествии) (?P<n2>\w+ )?(?P<unit2>дней|дня|день|недел[ьюи]|месяц(?:а|ев)?)\b"
    ),
}
_UNITS = {
    "d": 1,
    "j": 1,
    "д": 1,
    "w": 7,
    "s": 7,
    "н": 7,
    "f": 14,
    "m": 30,
    "м": 30,
}  # by first letter, in days
# Forms that say how many without being a number of the dictionary.
_MORE = {
    "couple of": 2, "quinzaine de": 15, "dizaine de": 10, "двумя": 2, "тремя": 3, "четырьмя": 4, "пятью": 5,
    "шестью": 6, "семью": 7, "десятью": 10, "пару": 2, "полтора": 1.5,
}  # fmt: skip
_SOME = frozenset(["several", "few", "some", "quelques", "plusieurs", "несколько", "нескольких"])
_LEAST, _MOST = 2, 9  # how many "several" may be
_SLACK = {1: 2, 7: 5, 14: 5, 30: 20}  # days by which such words are out, by the days of their unit
_ROUNDED = 0.15  # and by this share of the time


def before(text: str, lang: str, published: date) -> list[Span]:
    """The stretches of days that a text says something happened in before it was published.

    Languages other than en, fr and ru have none, nor have words that give no length of time.
    """
    pattern = _PATTERNS.get(lang)
    found = []
    for match in pattern.finditer(text) if pattern else ():
        groups = match.groupdict()
        said = (groups["n"] or groups.get("n2") or "").strip()
        unit = _UNITS[fold(groups["unit"] or groups["unit2"])[0]]
        span = _span(said, unit, lang, published)
        if span is not None:
            found.append(span)
    return found


def follows(text: str, start: int, lang: str) -> bool:
    """Whether the words from `start` on name what something else came so many days after: that was told.

    "Five days after the ambush claimed by …", « une semaine après l'attaque du 11 février ».
    """
    pattern = _FOLLOWED.get(lang)
    return pattern is not None and pattern.search(text, max(0, start - _REACH), start) is not None


_REACH = 60  # characters
_FOLLOWED = {
    "en": re.compile(r"\b(?:hours?|days?|weeks?|months?) after (?:\w+ ){0,2}\Z"),
    "fr": re.compile(r"(?i)\b(?:heures?|jours?|semaines?|mois) après (?:l['’]|\w+ (?:\w+ )?)?\Z"),
    "ru": re.compile(r"(?i)\b(?:час\w*|дн\w+|день|недел\w+|месяц\w*) после (?:\w+ )?\Z"),
}


def _span(said: str, unit: int, lang: str, published: date) -> Span | None:
    word = fold(said)
    if word in _SOME:
        return Span(published - timedelta(days=_MOST * unit), published - timedelta(days=_LEAST * unit))
    known = (
        float(word)
        if word.isdecimal()
        else _MORE.get(word) or NUMBER_WORDS[lang].get(word) or spelt_number(said, lang)
    )
    if known is None and not (lang == "ru" and not said):
        return None
    days = (known or 1) * unit
    if days > _FAR:
        return None
    slack = timedelta(days=_SLACK[unit] + round(_ROUNDED * days))
    middle = published - timedelta(days=round(days))
    return Span(middle - slack, min(middle + slack, published))


_FAR = 400  # days: what is further back is history
