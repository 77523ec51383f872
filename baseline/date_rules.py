"""The wordings of dates in English, French and Russian: what `baseline.dates` looks for.

A rule is a kind and a pattern with shorthands: <d> a day, <m> a month, <w> a weekday, <y> a year,
<?y> a year that may be missing, <n> a small number, <to> what joins two days; <d2>, <m2> … are the
second of their sort. Rules are tried in their order at each place, so longer wordings stand first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from baseline.fold import Token, fold

# Forms of one month or weekday are joined by a bar.
MONTHS = {
    "en": "January|Jan February|Feb March|Mar April|Apr May June|Jun July|Jul August|Aug"
    " September|Sept|Sep October|Oct November|Nov December|Dec",
    "fr": "janvier|janv février|fevrier|fév|févr mars avril|avr mai juin juillet|juil août|aout"
    " septembre|sept octobre|oct novembre|nov décembre|decembre|déc",
    "ru": "января|январе|январь|январю|январём февраля|феврале|февраль|февралю марта|марте|март|марту"
    " апреля|апреле|апрель|апрелю мая|мае|май|маю июня|июне|июнь|июню июля|июле|июль|июлю"
    " августа|августе|август|августу сентября|сентябре|сентябрь|сентябрю"
    " октября|октябре|октябрь|октябрю ноября|ноябре|ноябрь|ноябрю декабря|декабре|декабрь|декабрю",
}
WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "ru": "понедельник|понедельника|понедельнику вторник|вторника|вторнику среду|среды|среда|среде"
    " четверг|четверга|четвергу пятницу|пятницы|пятница|пятнице субботу|субботы|суббота|субботе"
    " воскресенье|воскресенья|воскресенью",
}


def _forms(words: str, lang: str) -> str:
    """An alternation of the words as written; English ones only with their capital ("may", "march")."""
    forms = sorted(re.split(r"[ |]", words), key=len, reverse=True)
    if lang == "en":
        return "|".join(f"{form}|{form.upper()}" for form in forms)
    return "(?i:" + "|".join(form.replace("ё", "[её]") for form in forms) + ")"


RULES: dict[str, list[tuple[str, str]]] = {
    "en": [
        ("range2", r"(?:(?i:from|between) )?<d> <m><?y><to><d2> <m2><?y2>"),
        ("range2", r"(?:(?i:from|between) )?<m> <d><?y><to><m2> <d2><?y2>"),
        ("range", r"(?:(?i:from|between) (?:the )?)?<d><to><d2> (?:of )?<m><?y>"),
        ("range", r"(?:(?i:from|between) )?<m> <d><to><d2>(?!\w|[.,]\d)<?y>"),
        ("night", r"(?i:overnight|the night) (?:from |of |between )?<w>(?: (?:to|and|into) |[-–])<w2>"),
        ("nth", r"(?P<nth>(?i:first|second|third|fourth|last)) <w> (?:of|in) <m><?y>"),
        ("day", r"(?:(?:[Oo]n )?<w>,? (?:the )?)?<d> (?:of )?<m><?y>"),
        (
            "day",
            r"(?:(?:[Oo]n )?<w>,? )?<m> (?:the )?<d>(?!\w|[.,:]\d| (?:%|percent|million|thousand|people"
            r"|soldiers))<?y>",
        ),
        (
            "dom",
            r"(?i:on|by|since|until) the (?P<d>\d{1,2})(?:st|nd|rd|th)"
            r"(?=[,.;:)]|\Z| (?:at|in|and|but|after|before|when|he|she|it|they|from|to|a|by)\b)",
        ),
        ("months", r"(?i:from|between) <m><?y> (?:to|and|until) <m2><?y2>"),
        ("months2", r"(?i:in) <m> and <m2><?y2>"),
        (
            "month",
            r"(?:(?:(?i:in|since) )?(?P<part>(?i:early|mid|late))[ -]|(?P<part2>(?i:(?:(?:at|by"
            r"|towards?) )?the (?:end|beginning|start) of)) )<m>(?:,? (?:of )?<y>)?",
        ),
        ("month", r"(?:(?i:in|since) )?<m>,? (?:of )?<y>"),
        (
            "month",
            r"(?P<mod>(?i:in|since|during|by|until|till|of|before|after|last|next|this|the)) <m>"
            r"(?!\.? \d| [A-Z]|\w)",
        ),
        ("years", r"(?:(?i:from|between|in) )?<y>(?: (?:to|and|until) |[-–])<y2>"),
        (
            "year",
            r"(?i:in|since|during|throughout|of|by|until|from|before|after|early|late|mid|year)[ -]"
            r"(?:(?i:early|late|mid)[ -])?<y>(?! (?:tonnes|tons|people|soldiers|troops|km)|-)",
        ),
        (
            "year",
            r"(?:(?i:in|since|of) )?(?:(?i:the) )?(?i:spring|summer|autumn|fall|winter)(?: (?i:of))? <y>",
        ),
        ("year", r"(?:(?i:the) |\()<y>(?= [A-Za-z]|\))"),
        ("decade", r"(?:(?i:(?:in |during |of )?the (?:early |mid-|late )?))?(?P<decade>(?:19|20)\d0)s"),
        ("decade", r"(?i:the (?:early |mid-|late )?(?P<decade>fifties|sixties|seventies|eighties|nineties))"),
        ("soviet", r"(?i:soviet(?: union's)? (?:era|times?|days|period|years|rule))"),
        (
            "weekday",
            r"(?:(?P<mod>(?i:last|next|this|this past|past|coming|previous|on|since|until"
            r"|by)) )?<w>(?: (?i:morning|afternoon|evening|night))?(?P<week> (?i:last week"
            r"|next week))?(?!\w|-)",
        ),
        ("ago", r"(?i:<n> (?P<unit>day|week|month|year|decade)s? ago(?P<exact> today| this week)?)"),
        (
            "rel",
            r"(?P<rel>(?i:the day before yesterday|yesterday|tomorrow|tonight|overnight|last night"
            r"|(?:over|during|at|on) the (?:past |last )?weekend|(?:this past|this|last|next) weekend"
            r"|earlier this week|(?:last|next|this|the past|the previous) (?:week|month|year)|this "
            r"(?:morning|afternoon|evening)|the following day|the previous day)|[Tt]oday)(?!\w|-)",
        ),
    ],
    "fr": [
        (
            "range2",
            r"(?:(?i:du|entre le|de) )?<d> <m><?y>(?: (?:au|et le|à|jusqu'au) | ?"
            r"[-–—] ?)<d2> <m2><?y2>",
        ),
        ("nightd", r"(?:(?i:dans )?(?i:la nuit du) )(?:<w> )?<d> au (?:<w2> )?<d2> <m><?y>"),
        ("night", r"(?i:(?:dans )?la nuit (?:de|du)) <w> (?:à|au) <w2>"),
        (
            "range",
            r"(?:(?i:du|entre le|les|des|de|le) )?(?:<weekday> )?<d>(?: (?:au|et le|et|à) "
            r"(?:<weekday> )?| ?[-–—] ?)<d2> <m><?y>",
        ),
        ("day", r"(?:(?i:ce|le) )?(?:<w> )?(?:le )?<d> <m><?y>"),
        ("nth", r"(?P<nth>(?i:premier|deuxième|second|troisième|quatrième|dernier)) <w> (?:de |d')<m><?y>"),
        ("dom", r"(?i:le) (?P<d>\d{1,2})(?=[,;:)](?!\d)|\.(?!\d)|\Z| (?:au (?:matin|soir)|courant)\b)"),
        ("months", r"(?i:de|entre|d') ?<m><?y> (?:à|et) <m2><?y2>"),
        ("months2", r"(?i:en|dès) <m> (?:et|puis) <m2><?y2>"),
        ("month", r"(?:(?P<part>(?i:début|mi|fin|courant|la fin du mois de|à la mi))[ -])<m><?y>"),
        ("month", r"(?:(?i:en|depuis) )?<m> (?:de l'an )?<y>"),
        (
            "month",
            r"(?P<mod>(?i:en|depuis|dès|avant|après|jusqu'en|jusqu'à|de|d'ici|d'ici à|au mois d[e']"
            r"|du mois d[e']|d')) ?<m>(?P<mod2> (?i:derni[èe]r|prochain|passé))?(?! \d{4}|\w)",
        ),
        ("month", r"<m>(?P<mod2> (?i:derni[èe]r|prochain|passé))"),
        ("years", r"(?:(?i:de|entre|en) )?<y>(?: (?:à|et) |[-–])<y2>"),
        (
            "year",
            r"(?i:en|depuis|de|l'année|l'an|fin|début|jusqu'en|dès|avant|après|courant|d'ici|d'ici à"
            r"|mi)[ -]<y>(?! (?:tonnes|personnes|soldats|hommes|km)|-)",
        ),
        (
            "year",
            r"(?:(?i:au|en|à l'|de l'|du|depuis le|depuis l') ?)?(?i:printemps|été|automne|hiver)"
            r" (?:(?i:de) )?<y>",
        ),
        ("year", r"\(<y>\)"),
        (
            "decade",
            r"(?i:(?:les |des |aux )?années (?P<decade>(?:19|20)?\d0|cinquante|soixante-dix|soixante"
            r"|quatre-vingt-dix|quatre-vingts?))",
        ),
        (
            "soviet",
            r"(?i:(?:époque|période|ère|temps|années) (?:soviétiques?|de l'(?:urss|union soviétique)))",
        ),
        (
            "weekday",
            r"(?:(?P<mod>(?i:ce|depuis|jusqu'à|d'ici|dès)) )?<w>(?: (?i:matin|midi|soir|après-midi"
            r"|dans la nuit))?(?P<mod2> (?i:derni[èe]re?|passé|prochain|de la semaine (?:derni"
            r"[èe]re|prochaine)|en huit))?(?!\w|-| gras| saint)",
        ),
        (
            "ago",
            r"(?i:(?:il y a|voici|voilà) (?:déjà |environ |près de |plus de |exactement )?<n> "
            r"(?P<unit>jour|semaine|mois|an|année|décennie)s?(?P<exact> jour pour jour)?)",
        ),
        (
            "rel",
            r"(?P<rel>(?i:avant-hier|après-demain|aujourd'hui|hier|demain"
            r"|(?:ce |le |durant le |au cours du )week-?end(?: derni[èe]r| passé| prochain)?"
            r"|(?:dans )?la nuit derni[èe]re"
            r"|dans la nuit(?! d[eu])|la veille|le lendemain|ce (?:matin|soir)|cette nuit|cette "
            r"(?:semaine|année)|ce mois(?:-ci)?|(?:la semaine|l'année) (?:derni[èe]re|passée|prochaine)"
            r"|(?:l'an|le mois) (?:derni[èe]r|passé|prochain)|ces derniers jours))(?!\w|-| au Faso)",
        ),
    ],
    "ru": [
        ("range2", r"(?:(?i:с|со) )?<d> <m><?y>(?: (?:по|до) | ?[-–—] ?)<d2> <m2><?y2>"),
        ("nightd", r"(?i:в ночь (?:с|со)) <d> на <d2> <m><?y>"),
        ("nighton", r"(?i:в ночь на|ночью на) <d> <m><?y>"),
        ("night", r"(?i:в ночь (?:с|со)) <w> на <w2>"),
        ("nightw", r"(?i:в ночь на|ночью на) <w2>"),
        ("range", r"(?:(?i:с|со) )?<d>(?: (?:по|до|и) | ?[-–—] ?)<d2> <m><?y>"),
        ("day", r"(?:(?:(?i:во?) )?<w>,? )?<d> <m><?y>"),
        ("day", r"(?:(?i:во?) <w>,? )?(?P<d>(?i:<ordinal>)) <m><?y>"),
        ("nth", r"(?P<nth>(?i:перв|втор|трет|четв[её]рт|последн)\w+) <w> <m><?y>"),
        ("dom", r"<d> (?i:числа)"),
        ("months", r"(?i:с) <m><?y> (?:по|до) <m2><?y2>"),
        ("months2", r"(?i:в) <m> и <m2><?y2>"),
        (
            "month",
            r"(?:(?i:в|во|с|к|до) )?(?P<part>(?i:начале|начала|началу|середине|середины|конце|конца"
            r"|концу)) <m><?y>",
        ),
        ("month", r"(?:(?i:в|с|до|к) )?<m> <y>(?: (?:года|году|год|г\.))?"),
        (
            "month",
            r"(?P<mod>(?i:в|с|до|к|после|прошлого|минувшего|прошлом|этого|следующего|текущего)) <m>"
            r"(?! \d|\w)",
        ),
        ("years", r"(?:(?i:с|в|за) )?<y>(?: (?:по|до|и) | ?[-–—] ?)<y2>(?= (?:год|гг))"),
        ("year", r"<y>(?:[ -](?:году|года|годом|год|годах|г\.|гг\.)|-м|-го)"),
        ("year", r"\(<y>\)"),
        ("decade", r"(?P<decade>(?:19|20)?\d0)-(?:е|х|ые|ых)(?: (?:годы|годов|годах|гг\.))?"),
        (
            "decade",
            r"(?i:(?P<decade>пятидесят|шестидесят|семидесят|восьмидесят|девяност)(?:ые|ых)"
            r"(?: год(?:ы|ов|ах))?)",
        ),
        (
            "soviet",
            r"(?i:советск(?:ое|ие|ий|ую|ого|их|ой) (?:врем(?:я|ена|ени|ён|ен)|период|эпоху|эпохи|годы|лет)"
            r"|(?:при|годы|времена|лет) (?:ссср|советского союза))",
        ),
        (
            "weekday",
            r"(?:(?:(?i:в|во|с|до|к) )?(?P<mod>(?i:прошл(?:ый|ую|ое)|минувш(?:ий|ую|ее)|следующ"
            r"(?:ий|ую|ее)|ближайш(?:ий|ую|ее)|эт(?:от|у|о)|нынешн(?:ий|юю|ее))) |(?i:в|во|со|с|до"
            r"|к|вечером|утром|днем|ночью) )(?:(?i:в|во) )?<w>(?!\w|-)",
        ),
        ("weekday", r"<w>(?=, \d| (?i:вечером|утром|днём|днем|ночью))"),
        ("weekday", r"(?P<w>(?i:(?:<adjective>)(?:<ending>)))"),
        (
            "ago",
            r"(?i:<n>(?P<unit>дней|дня|день|недел[юиь]|месяц|месяца|месяцев|год|года|лет) "
            r"(?:тому )?назад)",
        ),
        (
            "rel",
            r"(?P<rel>(?i:позавчера|послезавтра|сегодня|вчера|завтра|накануне"
            r"|(?:в|на|за) (?:(?:эти|прошлые|минувшие|прошедшие|следующие|ближайшие) )?выходные|(?:на|в) "
            r"(?:этих|прошлых|минувших|прошедших|следующих|ближайших) выходных|(?:минувшей"
            r"|прошлой) ночью|этой ночью|на (?:прошлой|минувшей|этой|следующей|будущей|текущей) неделе"
            r"|в (?:прошлом|этом|следующем|текущем|нынешнем|будущем) (?:месяце|году)|на днях))(?!\w|-)",
        ),
    ],
}

# Dates in digits, the same everywhere; the day first unless the number shows otherwise.
NUMERIC = [
    ("numeric", r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?!\w)"),
    ("numeric", r"(?P<d>\d{1,2})(?P<sep>[./-])(?P<m>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d)(?!\w)"),
]
_YEAR = r"(?:19|20)\d\d(?![\d%]|[.,]\d)"
# How the shorthands read in each language; <n> is also used for anniversaries.
_ORDINAL = {"en": "(?:st|nd|rd|th)?", "fr": "(?:er)?", "ru": "(?:-?го)?"}
_YEAR_AFTER = {"en": "(?:,? <y>)?", "fr": "(?: <y>)?", "ru": r"(?: <y>(?: (?:года|году|год|г\.))?)?"}
# Weekdays as adjectives («вторничное нападение»), by how they begin, and their endings.
ADJECTIVES = {"понедельничн": 0, "вторничн": 1, "пятничн": 4, "субботн": 5, "воскресн": 6}
_ENDINGS = ("ый", "ая", "ое", "ого", "ой", "ому", "ую", "ым", "ом", "ые", "ых")
# The days of a month in words: «двадцатого сентября».
ORDINALS = {
    "ru": "первого второго третьего четвёртого пятого шестого седьмого восьмого девятого десятого"
    " одиннадцатого двенадцатого тринадцатого четырнадцатого пятнадцатого шестнадцатого семнадцатого"
    " восемнадцатого девятнадцатого двадцатого двадцать_первого двадцать_второго двадцать_третьего"
    " двадцать_четвёртого двадцать_пятого двадцать_шестого двадцать_седьмого двадцать_восьмого"
    " двадцать_девятого тридцатого тридцать_первого",
}
SMALL_NUMBER = {
    "en": r"an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|\d{1,3}",
    "fr": r"une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|\d{1,3}",
    "ru": r"один|одну|два|две|три|четыре|пять|шесть|семь|восемь|девять|десять|одиннадцать|двенадцать"
    r"|пятнадцать|двадцать|тридцать|\d{1,3}",
}


# Folded words one of which stands in every wording without year, month and weekday; a test checks that.
_SIGNS = {
    "en": "ago yesterday tomorrow today tonight overnight night week weekend month year morning afternoon"
    " evening day fifties sixties seventies eighties nineties soviet",
    "fr": "hier demain hui nuit veille lendemain matin soir derniers semaine mois an annee annees"
    " week weekend y voici voila sovietique sovietiques urss",
    "ru": "назад вчера позавчера сегодня завтра послезавтра накануне ночью неделе месяце году днях"
    " выходные выходных числа"
    " пятидесятые шестидесятые семидесятые восьмидесятые девяностые"
    " пятидесятых шестидесятых семидесятых восьмидесятых девяностых"
    " советское советские советский советскую советского советских советской ссср",
}
# A rule takes a French month without a blank before it too («enmars»), because «d'octobre» has none.
_GLUED = {"fr": "a apres avant de depuis des en entre ici"}
# A year, a date in digits, «90-е», "the 18th", « le 18, »
_IN_DIGITS = re.compile(r"(?:19|20)\d\d|\d[./-][\dехы]|\d(?:st|nd|rd|th)\b|\b(?i:le) \d{1,2}\b")
# Combining marks may part what a pattern reads from its letter; ı is an i to patterns that ignore case.
_ODD = re.compile("[ı\u0300-\u036f]")
_LEAD_IN = 5  # words of a wording before its first sign or digit, at most; a test checks that


def _expand(pattern: str, lang: str) -> str:
    """A rule with its shorthands written out, each as a named group."""
    number = f"(?P<n>{SMALL_NUMBER[lang]})"
    pattern = (
        pattern.replace("<?y2>", _YEAR_AFTER[lang].replace("<y>", "<y2>"))
        .replace("<?y>", _YEAR_AFTER[lang])
        .replace("<to>", "(?: (?:to|and|until|through) | ?[-–—] ?)")
        .replace("<n>", f"(?:{number} )?" if lang == "ru" else number)
        .replace("<adjective>", "|".join(ADJECTIVES))
        .replace("<ending>", "|".join(_ENDINGS))
        .replace("<weekday>", _forms(WEEKDAYS[lang], lang))
        .replace("<ordinal>", ORDINALS.get(lang, "").replace("ё", "[её]").replace(" ", "|").replace("_", " "))
    )
    parts = {  # what is read, and what may follow it unread
        "d": (r"\d{1,2}", _ORDINAL[lang]),
        "m": (_forms(MONTHS[lang], lang), r"(?:\.(?=,? \d))?"),
        "w": (_forms(WEEKDAYS[lang], lang), ""),
        "y": (_YEAR, ""),
    }

    def group(short: re.Match[str]) -> str:
        read, unread = parts[short[1]]
        return f"(?P<{short[1]}{short[2]}>{read}){unread}"

    return re.sub(r"(?<!P)<([dmwy])(2?)>", group, pattern)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one language: one pattern that finds (group r0, r1 …), and each with its kind."""

    finder: re.Pattern[str]
    readers: tuple[tuple[str, str], ...]
    signs: frozenset[str]  # folded words

    def find(self, text: str, words: Sequence[Token]) -> Iterator[re.Match[str]]:
        """The wordings in a text with these words, left to right, none overlapping."""
        if not text.isascii() and _ODD.search(text):
            yield from self.finder.finditer(text)
            return
        end = 0
        for place in self.places(text, words):
            if place >= end and (match := self.finder.match(text, place)):
                end = match.end()
                yield match

    def places(self, text: str, words: Sequence[Token]) -> list[int]:
        """Where a wording may begin: before a sign or a digit, at a word or a bracket.

        Most sentences have none, and elsewhere the patterns need not be tried.
        """
        signs = [at for at, word in enumerate(words) if word.folded in self.signs]
        digits = [at for at, word in enumerate(words) if word.raw[0].isdigit()]
        if not signs and not (digits and _IN_DIGITS.search(text)):
            return []
        near = sorted({at for sign in (*signs, *digits) for at in range(max(0, sign - _LEAD_IN), sign + 1)})
        places = []
        for start in [words[at].start for at in near]:
            if text[start - 1 : start] == "(":
                places.append(start - 1)
            places.append(start)
        return places


@lru_cache(maxsize=256)
def reader(pattern: str) -> re.Pattern[str]:
    """The pattern of one rule, compiled at first use: most wordings are seldom found."""
    return re.compile(rf"(?:{pattern})(?!\w)")


@lru_cache(maxsize=4)
def rules_of(lang: str) -> Rules:
    """The rules of a language, compiled at first use."""
    rules = [*NUMERIC, *((kind, _expand(pattern, lang)) for kind, pattern in RULES[lang])]
    nameless = [
        re.sub(r"[(][?]P<[a-z0-9]+>", "(?:", pattern).replace("(?P=sep)", "[./-]") for _, pattern in rules
    ]
    places = "|".join(rf"(?P<r{n}>{pattern})(?!\w)" for n, pattern in enumerate(nameless))
    finder = re.compile(rf"(?<![\w/°№])(?<!\d[.,-])(?:{places})")
    signs = {fold(word) for words in (MONTHS, WEEKDAYS, _SIGNS) for word in re.split(r"[ |]", words[lang])}
    months = [fold(month) for month in re.split(r"[ |]", MONTHS[lang])]
    signs |= {begin + ending for begin in ADJECTIVES for ending in _ENDINGS} if lang == "ru" else set()
    signs |= {before + month for before in _GLUED.get(lang, "").split() for month in months}
    return Rules(finder, tuple(rules), frozenset(signs))
