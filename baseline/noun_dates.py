"""Dates that belong to a noun: "the accord of 2014", « l'accord de 2014 », «соглашение 2014 года».

Such a date says when the accord was made, not when somebody denounces it: « Le Mali dénonce l'accord de
2014 » is news. "In 2014", « en 2014 », «в 2014 году» date the sentence.
"""

from __future__ import annotations

import re
from enum import StrEnum

_NEAR = 40  # characters
_WORDS = 3  # between noun and date: "the agreement on defence of 2014", «соглашение об обороне 2014 года»
_KINDS = {"en": ("day", "month", "year"), "fr": ("day", "month", "year"), "ru": ("month", "year")}

# What stands before the date where it belongs to a noun, and the nouns of time with which it does not.
_TIMES = {
    "en": r"(?:end|beginning|start|middle|month|year|summer|spring|autumn|fall|winter|half|quarter|course"
    r"|rest|as|night|evening|morning|afternoon|day|days|weekend|week|weeks|months|part|eve|dawn)",
    "fr": r"(?:partir|cours|mois|fin|début|milieu|courant|compter|lors|loin|nuit|soir|soirée|matin|matinée"
    r"|journée|week-end|semaine|printemps|été|automne|hiver|année|dater|datant|trimestre|semestre|aube|veille"
    r"|depuis|plus|moins|près)",
    "ru": r"(?:летом|весной|осенью|зимой|лета|весны|осени|зимы|начал\w*|кон[ец]\w*|середин\w+|течени\w+"
    r"|половин\w+|квартал\w*|месяц\w*|год\w*|в|во|с|со|к|ко|до|после|по|на|около|за|из|перед|и|или)",
}
_BEFORE = {
    "en": re.compile(rf"(?i)(?<![\w'])(?!{_TIMES['en']} )[^\W\d][\w'-]+ of \Z"),
    "fr": re.compile(rf"(?i)(?<![\w'])(?!{_TIMES['fr']} )[^\W\d][\w'-]+ (?:du |de |d')\Z"),
    "ru": re.compile(rf"(?i)(?<!\w)(?!{_TIMES['ru']} )[^\W\d]\w+(?: от)? \Z"),
}
_OF = {"en": ("of ",), "fr": ("du ", "de ", "d'"), "ru": ()}  # where the date's own words begin with it
_WITH_ITS_OWN = re.compile(r"(?:in|since|en|depuis|в|во|с|со|к|ко|до|после|по|на|от|около|from|until|by) ")
_DAY_OF = re.compile(r"(?i)(?<!\w)[^\W\d]\w+ от \Z")  # «соглашение от 25 июня 2019 года»
_BEFORE_A_NOUN = re.compile(r"(?i)(?:\b(?:the|its|their|his|her|an?|this|that)|'s) \Z")
_A_NOUN = re.compile(
    r"(?:, | |-)(?!(?:was|were|is|are|has|had|when|after|before|and|or|to|in|by|on|at)\b)[a-z]"
)

# "Shortly before the coup of 2020" dates the sentence.
_WHEN = re.compile(
    r"(?i)(?<![\w'])(?:before|after|since|during|following|avant|après|depuis|lors|pendant|durant|dès"
    r"|до|после|перед|накануне|во время|со врем[её]н)(?: [^\s,;:]+){0,4} \Z"
)

# "Warrants over the killing of 500 villagers in March 2022": the date of the crime, not of the warrants.
_OF_A_CRIME = {
    "en": re.compile(
        r"(?i)\b(?:over|for|into|about|behind|in) (?:the |an? |his |their )?(?:[\w'-]+ ){0,3}"
        r"(?:killings?|massacres?|deaths?|murders?|executions?|abuses|atrocities|crimes)\b"
        r"(?: [^\s,;:.]+){0,9} \Z"
    ),
    "fr": re.compile(
        r"(?i)\b(?:pour|sur|concernant|à propos d[eu]s?|liée?s? (?:au|aux|à)|visant) "
        r"(?:le |la |les |l'|son )?(?:[\w'-]+ ){0,3}"
        r"(?:massacres?|tueries?|exécutions?|meurtres?|morts?|exactions|crimes)\b(?: [^\s,;:.]+){0,9} \Z"
    ),
    "ru": re.compile(
        r"(?i)\b(?:за|о|об|в|делу о|ответственн\w+ за) (?:\w+ ){0,3}(?:убийств\w*|резн\w+|казн\w+|гибел\w+"
        r"|расправ\w+|преступлени\w+)(?: [^\s,;:.]+){0,9} \Z"
    ),
}
_CRIME = 110  # characters before such a date

# "The minister, in office since 2021": when somebody took office.
_IN_OFFICE = re.compile(
    r"(?i)\b(?:in (?:office|the post|post|power|charge)|at the helm|en poste|en fonctions?"
    r"|aux affaires|au pouvoir|aux commandes|на посту|у власти|в должности"
    r"|занима\w+ (?:этот |эту )?(?:пост|должность)) \Z"
)
_SINCE = ("since ", "depuis ", "с ")

# Nouns of what is made once and acted on for years.
_DOCUMENT = re.compile(
    r"(?i)(?<!\w)(?:agreements?|accords?|deals?|pacts?|treat(?:y|ies)|contracts?|conventions?|protocols?"
    r"|memorandums?|charters?|constitutions?|laws?|decrees?|resolutions?|roadmaps?|concessions?|licen[cs]es?"
    r"|permits?|codes?|mandates?"
    r"|traités?|contrats?|protocoles?|mémorandums?|chartes?|lois?|décrets?|résolutions?|feuilles? de route"
    r"|permis|mandats?"
    r"|соглашени\w+|договор(?!ил|ят)\w*|контракт\w*|пакт\w*|конвенци\w+|протокол\w*|меморандум\w*|харти\w+"
    r"|конституци\w+|закон\w*|указ\w*|резолюци\w+|концесси\w+|лицензи\w+|кодекс\w*|мандат\w*"
    r"|дорожн\w+ карт\w+)"
    r"(?!\w)"
)


class NounSide(StrEnum):
    """Where the noun stands that a date belongs to."""

    BEFORE = "before"
    AFTER = "after"


# "Larger than that of 21 March", « moins imposant que celui du 21 mars »: the day of another one.
_OF_ANOTHER = re.compile(
    r"(?i)\b(?:(?:that|those|the ones?) (?:of|on)|(?:celui|celle|ceux|celles) (?:du|de|d')) ?\Z"
)


def is_of_another(text: str, start: int, end: int) -> bool:
    """Whether a pronoun before a date makes it that of another event of the kind."""
    start += 3 if text[start:end].lower().startswith(("du ", "de ", "of ", "on ")) else 0
    return _OF_ANOTHER.search(text, max(0, start - _NEAR), start) is not None


def noun_side(text: str, start: int, end: int, kind: str, lang: str) -> NounSide | None:
    """On which side its noun stands, where the date of this kind is the attribute of one."""
    near = max(0, start - _NEAR)
    if _WHEN.search(text, near, start):
        return None
    if kind not in _KINDS[lang]:
        return NounSide.BEFORE if kind == "day" and _DAY_OF.search(text, near, start) else None
    own = text[start:end].lower()
    if own.startswith(_SINCE) and _IN_OFFICE.search(text, near, start):
        return NounSide.BEFORE
    stands_before = own.startswith("the ") or _BEFORE_A_NOUN.search(text, near, start)
    if lang == "en" and stands_before and _A_NOUN.match(text, end):
        return NounSide.AFTER
    if _WITH_ITS_OWN.match(own):
        return None
    start += next((len(word) for word in _OF[lang] if own.startswith(word)), 0)
    return NounSide.BEFORE if _BEFORE[lang].search(text, near, start) else None


def dates_a_crime(text: str, start: int, lang: str) -> int | None:
    """Where the words begin that name an old crime with this date, if something else is told of it."""
    near = max(0, start - _CRIME)
    named = _OF_A_CRIME[lang].search(text, near, start) if lang in _OF_A_CRIME else None
    told = named and re.search(r"\w{3,}", text[: named.start()])
    return named.start() if named and told else None


def dates_a_document(text: str, start: int, end: int, side: NounSide) -> bool:
    """Whether the noun is an agreement, a law … that is acted on for years, not an event that is over."""
    if side is NounSide.AFTER:
        return any(len(text[end : m.start()].split()) < _WORDS for m in _DOCUMENT.finditer(text, end))
    near = max(0, start - _NEAR)
    return any(len(text[m.end() : start].split()) <= _WORDS for m in _DOCUMENT.finditer(text, near, start))


def is_its_noun(text: str, words: tuple[int, int], date: tuple[int, int], side: NounSide) -> bool:
    """Whether the words from one place to another are the noun that the date there belongs to.

    Not where they begin before it with what is done to it: "denounces the agreement".
    """
    (first, last), (start, end) = words, date
    if side is NounSide.AFTER:
        return first >= end and len(text[end:first].split()) <= _WORDS
    if last > start or len(text[last:start].split()) > _WORDS or "," in text[last:start]:
        return False
    made = _DOCUMENT.search(text, first, start)
    return made is None or made.start() == first
