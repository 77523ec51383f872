"""When things happened: dates in a cleaned text, resolved against the day of publication.

The day of the event, not of the report, is the strongest sign that two articles tell one story
(docs/decisions). Rules that matter: the weekday of the publication day is that day itself; a day
without a year lies within 300 days before and 60 after publication, unless the words announce
something; what looks ahead ("will … on Friday") is the coming Friday.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from baseline.date_rules import ADJECTIVES, MONTHS, ORDINALS, RULES, SMALL_NUMBER, WEEKDAYS, reader, rules_of
from baseline.figure_words import NUMBER_WORDS
from baseline.figures import spelt_number
from baseline.fold import Token, fold, tokens
from baseline.noun_dates import NounSide, dates_a_crime, is_of_another, noun_side
from djeli.core.model import Span

_BACK = 300  # days before publication in which a date without a year is looked for
_AHEAD = 60  # and days after it,
_EITHER_SIDE = 183  # and where no verb tells
_LAST = 2  # days back within which "last Thursday" would be called by its name or "yesterday"
_JUST = 14  # a date this many days old is past even beside a verb in the future
_SOON = 45  # and fewer of them after it
_CLAUSE = 90  # characters around a date in which a verb may say that it is still to come


@dataclass(frozen=True, slots=True)
class DateHit:
    """A date in the text: the days it covers, where it stands, and of what kind it is.

    `kind` is day, month, year, weekday, relative, range or dateline (the dispatch's own date, not
    the event's). `year_given`: the text names the year itself. `since` is where the words begin to
    which a day long past belongs, when those are not the sentence's own verb: of "the tanks delivered
    in May 2025 were destroyed" it dates the delivery alone. `noun`: where the noun stands that it
    belongs to, as in "the accord of 2014".
    """

    span: Span
    start: int
    end: int
    text: str
    kind: str
    year_given: bool
    since: int | None = None
    noun: NounSide | None = None


@dataclass(frozen=True, slots=True)
class CueHit:
    """Words that call an event old ("seven years since"), and where they stand."""

    start: int
    end: int
    text: str


def _table(words: str, first: int) -> dict[str, int]:
    """Folded forms of words in order, numbered from `first`."""
    return {fold(form): first + n for n, forms in enumerate(words.split()) for form in forms.split("|")}


_MONTH_OF = {lang: _table(words, 1) for lang, words in MONTHS.items()}
_WEEKDAY_OF = {lang: _table(words, 0) for lang, words in WEEKDAYS.items()}
_ORDINAL_OF = {
    lang: {fold(word.replace("_", " ")): n for n, word in enumerate(words.split(), 1)}
    for lang, words in ORDINALS.items()
}

# Names that hold a date: «Mouvement du 5 juin», "March 23 Movement", «улица 8 Марта».
_NAMED_BEFORE = re.compile(
    r"(?i)(?:mouvement|brigade|place|rue|avenue|boulevard|stade|pont|coll[èe]ge|lyc[ée]e|h[ôo]pital|parti"
    r"|alliance|front|camp|forces?|quartier"
    r"|coalition|palais|m5) du ?\Z|(?:движени\w+|улиц\w+|площад\w+|стадион\w*|бригад\w+|имени) \Z"
    r"|(?:every|each|chaque|tous les|кажд\w+) (?:в )?\Z"
)
# What a page says of itself: "Updated 12 August", « mis en ligne le », «опубликовано».
_OF_THE_PAGE = re.compile(
    r"(?i)\b(?:updated|published|posted|uploaded|last modified|modified|mis(?:e|es)? en ligne|publiée?s?"
    r"|postée?s?|mis(?:e|es)? à jour|modifiée?s?|обновлен[оа]|опубликован[оа]|размещен[оа]|дата публикации)"
    r"(?: on| le| at| à|:| в)* \Z"
)
_NAMED_AFTER = re.compile(r" (?:Movement|Brigade|Square|Avenue|Street|Stadium|Forces|Alliance|Coalition)\b")
_LOOKS_AHEAD = {
    "en": r"will(?: be \w+)?|shall|would (?!have)\w+(?: \w+ed)?|to be \w+|(?:is|are|was|were) to|scheduled"
    r"|to (?:hold|host|vote|elect|open|reopen|launch|start|begin|resume|take place|end|close|visit|receive"
    r"|return|leave|quit|withdraw|sign|deliver|send)|starts|begins|opens|takes place|expected|planned"
    r"|plans|planning|upcoming|expires?"
    r"|set for|set to|sets|fixe[sd](?: for| on)?|slated|rescheduled|postponed|pushed back|put off"
    r"|schedules?|postpones?|picks|summon(?:s|ed)|ahead of|starting|beginning"
    r"|due (?:to (?:be|start|begin|arrive|visit|meet|hold|travel|take)|on|in"
    r"|next)",
    "fr": r"ser(?:a|ont) \w+|(?:[ns]')?\w{2,}(?:ra|ront)|prévue?s?|attendue?s?|doit|doivent|devrai(?:t|ent)"
    r"|(?:est|sont) (?:prév|attend|report|repouss|décal|fix|programm|convoqu|renvoy)\w+|renvoyée?s?"
    r"|aurai(?:t|ent) lieu|expire"
    r"|va|vont|à partir d[ue]|débute(?:nt)?|commence(?:nt)?|s'ouvre(?:nt)?"
    r"|s'apprêtent?|prochaine?|programmée?s?|d'ici|fixée?s?|convoquée?s?|reportée?s?|repoussée?s?"
    r"|décalée?s?|(?:fix|convoqu|report|repouss|décal|programm)e(?:nt)?|retien(?:t|nent)|retenue?s?",
    "ru": r"буд(?:ет|ут)(?: \w+)?|назнач\w+|перен[её]с\w*|перенос\w*|сдвину\w+|отлож\w+"
    r"|состоится|состоятся|пройд[её]т|пройдут|намечен\w*|запланирован\w*"
    r"|планиру\w+|истекает|может|могут"
    r"|собира\w+|намерен\w*|ожида\w+|должен|вступ(?:ает|ают|ит|ят) в силу"
    r"|предстоящ\w+|начн[её]тся|начина[ею]тся|стартует|должн\w+|(?:вы|из|со)бер(?:[её]т|ут)"
    r"|(?:по|при|вы|про|со|под|пере|от|за|на|в)\w{2,}(?:(?<!ход)(?<!вод)(?<!нос)(?<!воз)(?<!сто)(?<!рос)"
    r"(?:ит|ят)|[днмш][её]т"
    r"|[днмш]ут|даст)",
}
_LOOKS_BACK = {
    "en": r"said|told|announced|reported|was|were|had|has|have|killed|attacked|arrived|met|signed|held"
    r"|confirmed|added|wrote|since"
    r"|began|came|went|left|took|fell|broke|struck|won|lost|made|gave|brought|sent|led|ran|shot|fled|built|sold"
    r"|bought|saw|stood|spoke|got|became|withdrew|flew"
    r"|\w{3,}ed",
    "fr": r"a|ont|avai(?:t|ent)|est|sont|était|étaient|annonc\w+|déclar\w+|indiqu\w+|affirm\w+|selon|depuis"
    r"|reçue?s?|lors",
    "ru": r"был[аио]?|сообщ\w+|заяв\w+|(?!если|или|школ|сил|числ|дел)\w{2,}(?:л|ла|ло|ли|лся|лась|лось"
    r"|лись)|подписан\w*",
}
_TENSE = {
    lang: re.compile(
        rf"(?i)(?<![\w'])(?:(?P<ahead>{_LOOKS_AHEAD[lang]})|(?P<back>{_LOOKS_BACK[lang]}))(?![\w'])"
    )
    for lang in _LOOKS_AHEAD
}


def find(text: str, lang: str, published: date, words: Sequence[Token] | None = None) -> list[DateHit]:
    """The dates of a cleaned text, in order, for an article published on that day.

    Languages other than en, fr, ru have none. What only looks like a date (an age, a duration, a
    movement's name, a day that does not exist) is left out. `words` are the text's tokens if at hand.
    """
    if lang not in RULES:
        return []
    rules = rules_of(lang)
    found: list[DateHit] = []
    for match in rules.find(text, tokens(text) if words is None else words):
        kind, pattern = rules.readers[int((match.lastgroup or "r0")[1:])]
        read = reader(pattern).match(text, match.start())
        if read is None or _is_name(text, read):
            continue
        hit = _resolve(kind, read, lang, published)
        if hit is not None and kind == "dom":
            hit = _in_the_month_named(hit, found)
        if hit is not None and not _is_refused(text, hit, lang):
            found.append(hit)
    found = _mark_dateline(text, _in_the_same_year(text, found, published))
    return [_bound(text, hit, lang, published) for hit in found]


def _in_the_month_named(hit: DateHit, before: Sequence[DateHit]) -> DateHit:
    """A day without a month in the month that the sentence named before: "in June 2025, on the 6th"."""
    named = next((one for one in reversed(before) if one.kind in ("month", "day")), None)
    if named is None:
        return hit
    try:
        day = named.span.start.replace(day=hit.span.start.day)
    except ValueError:  # that month has no such day
        return hit
    return replace(hit, span=_day(day), year_given=named.year_given)


def years_given(found: Iterable[DateHit]) -> Mapping[tuple[int, int], int]:
    """The years that a text writes beside days, by month and day; none for a day of several years."""
    years: dict[tuple[int, int], int | None] = {}
    for hit in found:
        if hit.kind == "day" and hit.year_given:
            day = hit.span.start
            years[day.month, day.day] = (
                day.year if years.get((day.month, day.day), day.year) == day.year else None
            )
    return {day: year for day, year in years.items() if year is not None}


def in_given_year(hit: DateHit, years: Mapping[tuple[int, int], int]) -> DateHit:
    """A day without a year in the year that another sentence writes beside it: the headline drops it."""
    day = hit.span.start
    year = years.get((day.month, day.day)) if hit.kind == "day" and not hit.year_given else None
    if year in (None, day.year):
        return hit
    return replace(hit, span=_day(day.replace(year=year)), year_given=True)


# Right behind a day or month: it is of the year that was named before.
_THAT_YEAR = re.compile(
    r"(?i),? (?:of (?:that|the same) year|(?:de )?(?:la même|cette même) année|того же года)\b"
)


def in_that_year(text: str, hit: DateHit, year: int | None) -> DateHit:
    """A day or month "of that year", of which the text wrote the number before."""
    if year is None or hit.year_given or hit.kind not in ("day", "month", "range"):
        return hit
    if not _THAT_YEAR.match(text, hit.end):
        return hit
    try:
        span = Span(hit.span.start.replace(year=year), hit.span.end.replace(year=year))
    except ValueError:  # 29 February
        return hit
    return replace(hit, span=span, year_given=True)


def _in_the_same_year(text: str, found: Sequence[DateHit], published: date) -> list[DateHit]:
    """The hits, days without a year after a coming one with it put into that year.

    "On 20 May 2029, with a second round on 10 June."
    """
    told: list[DateHit] = []
    last: DateHit | None = None
    for hit in found:
        if hit.kind == "day" and hit.year_given:
            last = hit if hit.span.start.year > published.year else None
        elif (
            hit.kind == "day"
            and last is not None
            and not re.search(r"[.!?]\s|\n", text[last.end : hit.start])
        ):
            meant = _nearest_year_of(hit.span.start, last.span.start.year)
            if meant >= last.span.start:
                hit = replace(hit, span=_day(meant))
        told.append(hit)
    return told


# Participles and relative clauses before a date; what stands between may hold no comma.
_ATTRIBUTE = {
    "en": re.compile(
        r"(?i)(?<!\bwas )(?<!\bwere )(?<!\bbeen )(?<!\bhas )(?<!\bhave )(?<!\bhad )(?<!\bbeing )(?<!\bis )"
        r"(?<!\bare )\b(?:(?:\w{3,}ed|sent|given|held|taken|made|bought|struck|won|lost|seen|shown|built"
        r"|flown|brought|driven|shot|lent|sold|torn|drawn|begun|broken|laid|paid|found|caught|thrown|chosen|put|set)"
        r"(?! (?:a|an|the|its|their|his|her)\b)|which|who|whose)(?: [^\s,;:]+){0,8} ?\Z"
    ),
    "fr": re.compile(
        r"(?i)(?<!\ba )(?<!\bont )(?<!\best )(?<!\bsont )(?<!\bété )(?<!\bavait )(?<!\bavaient )(?<!\bétait )"
        r"(?<!\bétaient )(?<!\bêtre )(?<!\bavoir )(?<!\bfut )(?<!\bfurent )(?<!s'est )(?<!s'étaient )"
        r"\b(?:(?!armée|année|journée|soirée|entrée|arrivée|tournée|idée|été|\w+ité)\w{3,}é"
        r"|\w*(?:conclu|rendu|reçu|vendu|tenu|venu|remis|pris|mis|construit|détruit|produit|ouvert|offert))"
        r"(?:e?s?)\b(?: [^\s,;:]+){0,8} ?\Z|(?i:\bqui)(?: [^\s,;:]+){0,8} ?\Z"
    ),
    "ru": re.compile(
        r"(?i)\b(?:\w{3,}вш(?:его|ему|им|ем|ий|ая|ую|ей|ее|ие|их|ими)(?:ся)?"
        r"|(?:подписа|заключ[её]|поставле|переда|отправле|закупле|приобрет[её]|объявле|созда|учрежд[её]|назначе"
        r"|избра|задержа|арестова|освобожд[её]|построе|размещ[её]|введ[её]|вывед[её]|утвержд[её]|ратифицирова"
        r"|захваче|обеща|доставле|согласова|запущ[её]|вывез[её]|ввез[её]|увез[её]|похище|выпуще|купле|потеря"
        r"|броше|угна|украде|конфискова|приостановле|прерва|возвращ[её]|высла|выдворе|поврежд[её]|уничтоже"
        r"|выда|получе|одобре|заложе|сформирова|провед[её]|нанес[её])нн(?:ого|ому|ым|ом|ый|ая|ую|ой|ое|ые|ых|ыми)"
        r"|(?:приня|откры|достигну|нача|разв[её]рну|уби|изъя|сби|взя|заня|свергну|разби)т(?:ого|ому|ым|ом|ый|ая|ую|ой|ое|ые|ых|ыми)"
        r"|котор(?:ый|ая|ое|ые|ого|ой|ых|ую|ым|ыми))(?: [^\s,;:]+){0,8} ?\Z"
    ),
}
# What had happened before: its date is never that of what is told.
_BEFORE_THAT = {
    "en": re.compile(
        r"(?i)\b(?:they|he|she|it|who|which|that|\w+s?) had (?:\w+ly )?\w+(?: [^\s,;:.]+){0,6} ?\Z"
    ),
    "fr": re.compile(
        r"(?i)\b(?:avai(?:t|ent)|étai(?:t|ent)|s'étai(?:t|ent)) (?:\w+ ){0,2}\w*(?:é|i|u|is|it|ert)e?s?"
        r"(?: [^\s,;:.]+){0,7} ?\Z"
    ),
}
_OWN_VERB = {  # the sentence goes on with a verb of its own
    "en": re.compile(
        r"(?i)[,)»\"]?(?: [^\s,;:]+){0,2} (?:has|have|had|was|were|is|are|will|would|can|could|did)\b"
    ),
    "fr": re.compile(
        r"(?i)\b(?:a|ont|est|sont|sera|seront|avait|avaient|était|étaient|va|vont|n'a|n'ont|\w{3,}ent)\b"
    ),
    "ru": re.compile(
        r"(?i)\b\w{3,}(?:л|ла|ло|ли|лся|лась|лось|лись|ет|ит|ют|ят|ан|ана|ано|аны|ен|ена|ено|ены)\b"
    ),
}
# «В 2021–2024 годах возглавлявший правительство»: when he led it, not when he was jailed.
_WHO_DID = re.compile(
    r"(?i)(?: (?:годах|гг\.))?[^\w.,;:]{1,3}\w{3,}вш(?:ий|его|ему|им|ем|ая|ей|ую|ие|их|ими)(?:ся)?\b"
)
_HEAD = 40  # characters: a page tells its own date where a line begins
_YEAR = 300  # days from which on a crime is an old one
_OLD = 10  # days: a day nearer than this to publication is hardly a memory


def _bound(text: str, hit: DateHit, lang: str, published: date) -> DateHit:
    """The hit, marked where it dates a noun, a participle or a relative clause only."""
    if is_of_another(text, hit.start, hit.end):
        return replace(hit, noun=NounSide.BEFORE)
    if hit.kind not in ("day", "month", "year", "range") or (published - hit.span.end).days <= _OLD:
        return hit
    side = noun_side(text, hit.start, hit.end, hit.kind, lang) if hit.year_given else None
    if side is not None:
        return replace(hit, noun=side)
    crime = dates_a_crime(text, hit.start, lang) if (published - hit.span.end).days > _YEAR else None
    if crime is not None:
        return replace(hit, since=crime)
    start = max(0, hit.start - _CLAUSE)
    earlier = _BEFORE_THAT[lang].search(text, start, hit.start) if lang in _BEFORE_THAT else None
    if earlier is not None:
        return replace(hit, since=earlier.start())
    if lang == "ru" and hit.kind == "range" and _WHO_DID.match(text, hit.end):
        return replace(hit, since=hit.start)
    attribute = _ATTRIBUTE[lang].search(text, start, hit.start)
    if attribute is None:
        return hit
    after = text[hit.end :]
    own = _OWN_VERB[lang].match(after) if lang == "en" else _OWN_VERB[lang].search(after)
    before = text[: attribute.start()]
    if own is None and (lang == "en" or _OWN_VERB[lang].search(before) is None):
        return hit
    return replace(hit, since=attribute.start())


def is_before_that(text: str, hit: DateHit, lang: str) -> bool:
    """Whether a bound date is that of what had happened before: « était devenu président en 2013 »."""
    pattern = _BEFORE_THAT.get(lang)
    start = max(0, hit.start - _CLAUSE)
    return pattern is not None and pattern.search(text, start, hit.start) is not None


def _is_name(text: str, read: re.Match[str]) -> bool:
    """Whether the words around make it the name of a movement, a street, a habit, or the page's own date."""
    before = text[max(0, read.start() - 24) : read.start()]
    if read.group().lower().startswith(("du ", "de ", "des ")):  # «stade du 26 mars»: du is part of the date
        before += "du "
    if _OF_THE_PAGE.search(before) and read.start() < _HEAD:
        return True
    return bool(_NAMED_BEFORE.search(before) or _NAMED_AFTER.match(text, read.end()))


# "Not on 25 June but on 26 November": the first of the two days is none.
_NOT_THAT = {
    "en": (re.compile(r"(?i)\bnot (?:on |in |for )?\Z"), re.compile(r"(?i),? but ")),
    "fr": (re.compile(r"(?i)\b(?:non )?pas (?:le |en |au )?\Z"), re.compile(r"(?i),? mais ")),
    "ru": (re.compile(r"(?i)\bне (?:на |во? )?\Z"), re.compile(r"(?i), а ")),
}


_IT_WAS = re.compile(r"(?i)\b(?:it|that) was an? \Z|\bc'était un \Z|\bэто был[аои]? \Z")


def _is_refused(text: str, hit: DateHit, lang: str) -> bool:
    """Whether the words set another day against this one, or only remember what day of the week it was."""
    if hit.kind == "weekday" and _IT_WAS.search(text, max(0, hit.start - 14), hit.start):
        return True
    before, after = _NOT_THAT[lang]
    said = before.search(text, max(0, hit.start - 12), hit.start) is not None
    return said and after.match(text, hit.end) is not None


def _resolve(kind: str, read: re.Match[str], lang: str, published: date) -> DateHit | None:
    """The hit for a match of a rule, or None where there is no such day."""
    try:
        span = _READERS[kind](read, lang, published)
    except (ValueError, OverflowError):
        return None
    if span is None or span.end < span.start:
        return None
    groups = read.groupdict()
    year_given = bool(groups.get("y") or groups.get("y2")) or kind in ("decade", "soviet")
    return DateHit(span, read.start(), read.end(), read.group(), _KINDS.get(kind, kind), year_given)


_KINDS = {
    "range2": "range",
    "nightd": "range",
    "nighton": "range",
    "months": "range",
    "months2": "range",
    "years": "range",
} | {
    "numeric": "day",
    "nth": "day",
    "dom": "day",
    "night": "weekday",
    "nightw": "weekday",
    "ago": "relative",
    "rel": "relative",
    "decade": "year",
    "soviet": "year",
}
_Reader = Callable[[re.Match[str], str, date], Span | None]


# ------------------------------------------------------------------------------------- readers


def _day(day: date) -> Span:
    """One day as a span."""
    return Span(day, day)


def _month_span(year: int, month: int) -> Span:
    """A whole month."""
    return Span(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def _year_span(year: int) -> Span:
    """A whole year."""
    return Span(date(year, 1, 1), date(year, 12, 31))


def _week_span(day: date) -> Span:
    """The week, Monday to Sunday, a day lies in."""
    monday = day - timedelta(days=day.weekday())
    return Span(monday, monday + timedelta(days=6))


def _looks_ahead(read: re.Match[str], lang: str) -> bool:
    """Whether the words around a date speak of what is to come."""
    return _tense(read, lang) is True


def _tense(read: re.Match[str], lang: str) -> bool | None:
    """Whether the nearest verb, before the date or else right after it, speaks of what is to come.

    None where no verb tells.
    """
    text = read.string
    before = text[max(0, read.start() - _CLAUSE) : read.start()]
    before = re.split(r"[.!?]\s|\n", before)[-1]
    if (lang in _DONE_ON and _DONE_ON[lang].search(before)) or _WRITTEN_ON.search(before):
        return False
    next_ = _TENSE[lang].match(text, read.end() + 1)
    if next_ and next_.group().startswith("to "):
        next_ = None  # "agreed on Monday to open a base": what was agreed is to come, not the day
    if _COMING.match(text[read.end() :]) or (next_ and next_["ahead"] and not _is_proper(next_)):
        return True
    if _SET_IN.search(before) and read.group().lower().startswith("en "):
        return False  # « la date butoir fixée en février » was set then; « fixée au 3 mars » is to come
    signs = [sign for sign in _TENSE[lang].finditer(before) if not _is_proper(sign)]
    if (
        signs
        and _PUT_OFF.fullmatch(signs[-1].group())
        and not (_TO.search(before) or _UNTIL.match(read.group()))
    ):
        return False  # "postponed the vote on Tuesday", not "postponed to Tuesday"
    if signs:
        return signs[-1]["ahead"] is not None
    after = re.split(r"[.!?]\s|\n", text[read.end() : read.end() + _SOON])[0]
    for sign in _TENSE[lang].finditer(after):
        if not _is_proper(sign):
            return sign["ahead"] is not None
    return None


# Right before the day of a letter or statement: it was written before it is told of.
_WRITTEN = 24  # characters before a day in which such words end
_WRITTEN_ON = re.compile(
    r"(?i)\b(?:datée?s?(?= (?:du|de|le))?|dated|en date|датирован\w+)(?: du| de| le| on)? ?\Z"
)
# Right before a day the participle of what was done: «вывезенное 12 июля», « livré le 12 juillet ».
_DONE_ON = {
    "ru": re.compile(r"(?i)\w{3,}[аеёя]нн(?:ое|ые|ая|ую|ого|ых|ый|ой|ым|ыми|ом) \Z"),
    "fr": re.compile(
        r"(?i)\b(?!fix|prév|attend|report|programm|annonc|convoqu|repouss|décal)\w{3,}(?:ée?s?|ue|us|ues) \Z"
    ),
}
_PUT_OFF = re.compile(
    r"(?i)postponed|rescheduled|pushed back|put off|reportée?s?|repoussée?s?|décalée?s?|renvoyée?s?"
    r"|перен[её]с\w*|отлож\w+|сдвину\w+"
)
_TO = re.compile(r"(?i)\b(?:to|until|till|for|au|à|aux|jusqu'au|jusqu'en|d'ici|en|на|до)(?: the| le)? \Z")
_UNTIL = re.compile(r"(?i)(?:until|till|to|for|jusqu'\w*|d'ici|en|на|до) ")
_COMING = re.compile(r"(?i) prochaine?s?\b")
_SET_IN = re.compile(r"(?i)\bfixée?s? \Z")


def is_of_writing(text: str, hit: DateHit) -> bool:
    """Whether it is the day of a letter or statement: "in a message dated 6 June"."""
    return _WRITTEN_ON.search(text, max(0, hit.start - _WRITTEN), hit.start) is not None


def _is_proper(sign: re.Match[str]) -> bool:
    """Names end like verbs: Camara and Diarra like a French future, «Мали» like a Russian past."""
    return sign.group()[0].isupper() and sign.start() > 0


def _nearest_year(
    month: int, day: int, published: date, ahead: bool | None, weekday: int | None = None
) -> date:
    """The day without a year: of the years around, the one that fits publication and weekday best.

    `ahead`: whether the words look ahead; None where no verb tells, so that it lies near on either side.

    Raises ValueError for a day that exists in none of them.
    """
    days = []
    for year in range(published.year - 2, published.year + 2):
        if 1 <= day <= monthrange(year, month)[1]:
            days.append(date(year, month, day))
    if not days:
        raise ValueError(f"no day {day} in month {month}")
    if weekday is not None and any(one.weekday() == weekday for one in days):
        days = [one for one in days if one.weekday() == weekday]
    limit = 365 if ahead else _EITHER_SIDE if ahead is None else _AHEAD

    def misfit(one: date) -> tuple[int, int]:
        away = (one - published).days
        fits = -_BACK <= away <= limit and not (ahead and away < -_JUST)
        return (0 if fits else 1, abs(away))

    return min(days, key=misfit)


def _month_without_year(month: int, published: date, ahead: bool) -> Span:
    """The month without a year that fits publication best."""
    if month == published.month:
        return _month_span(published.year, month)
    anchor = _nearest_year(month, 28 if month < published.month else 1, published, ahead)
    return _month_span(anchor.year, month)


def _read_numeric(read: re.Match[str], lang: str, published: date) -> Span | None:
    year, month, day = int(read["y"]), int(read["m"]), int(read["d"])
    if month > 12 and lang == "en":
        month, day = day, month  # 07/27/2024
    return _day(date(year, month, day)) if 1900 <= year <= 2100 else None


def _read_day(read: re.Match[str], lang: str, published: date) -> Span | None:
    month, day = _MONTH_OF[lang][fold(read["m"])], _number(read["d"], lang)
    if read["y"]:
        return _day(date(int(read["y"]), month, day))
    weekday = _WEEKDAY_OF[lang][fold(read["w"])] if read["w"] else None
    return _day(_nearest_year(month, day, published, _tense(read, lang), weekday))


_NTH = (r"first|premier|перв", r"second|deuxi|втор", r"third|trois|трет", r"fourth|quatr|четв")


def _read_nth(read: re.Match[str], lang: str, published: date) -> Span | None:
    """ "The first Sunday of January", « le dernier dimanche de mars »."""
    month, weekday = _MONTH_OF[lang][fold(read["m"])], _WEEKDAY_OF[lang][fold(read["w"])]
    ahead = _looks_ahead(read, lang)
    year = int(read["y"]) if read["y"] else _month_without_year(month, published, ahead).start.year
    first = date(year, month, 1)
    first += timedelta(days=(weekday - first.weekday()) % 7)
    place = next((n for n, said in enumerate(_NTH) if re.match(said, fold(read["nth"]))), None)
    if place is None:  # the last one
        place = (monthrange(year, month)[1] - first.day) // 7
    return _day(first + timedelta(weeks=place))


def _read_day_of_month(read: re.Match[str], lang: str, published: date) -> Span | None:
    """ "On the 18th": the latest one, or the next where the words look ahead."""
    day = int(read["d"])
    month = published.replace(day=1)
    before = fold(read.string[max(0, read.start() - 8) : read.end()])
    if _TILL.search(before) or _looks_ahead(read, lang):
        month = month if day >= published.day else (month + timedelta(days=32)).replace(day=1)
    else:
        month = month if day <= published.day else (month - timedelta(days=1)).replace(day=1)
    return _day(month.replace(day=day))


def _number(said: str, lang: str) -> int:
    """A day of the month in digits or, in Russian, in words."""
    return int(said) if said.isdigit() else _ORDINAL_OF[lang][fold(said)]


def _read_range(read: re.Match[str], lang: str, published: date) -> Span | None:
    month, first, last = _MONTH_OF[lang][fold(read["m"])], int(read["d"]), int(read["d2"])
    if read["y"]:
        return Span(date(int(read["y"]), month, first), date(int(read["y"]), month, last))
    end = _nearest_year(month, last, published, _looks_ahead(read, lang))
    return Span(end.replace(day=first), end)


def _read_range2(read: re.Match[str], lang: str, published: date) -> Span | None:
    month, month2 = _MONTH_OF[lang][fold(read["m"])], _MONTH_OF[lang][fold(read["m2"])]
    if read["y2"] or read["y"]:
        year2 = int(read["y2"] or read["y"])
        end = date(year2, month2, int(read["d2"]))
    else:
        end = _nearest_year(month2, int(read["d2"]), published, _looks_ahead(read, lang))
    year = int(read["y"]) if read["y"] else end.year - (month > month2)
    return Span(date(year, month, int(read["d"])), end)


def _read_night_on(read: re.Match[str], lang: str, published: date) -> Span | None:
    morning = _read_day_groups(read, lang, published)
    return Span(morning - timedelta(days=1), morning)


def _read_day_groups(read: re.Match[str], lang: str, published: date) -> date:
    """The day of a match without a weekday group."""
    month, day = _MONTH_OF[lang][fold(read["m"])], int(read["d"])
    if read["y"]:
        return date(int(read["y"]), month, day)
    return _nearest_year(month, day, published, ahead=False)


def _read_months(read: re.Match[str], lang: str, published: date) -> Span | None:
    month, month2 = _MONTH_OF[lang][fold(read["m"])], _MONTH_OF[lang][fold(read["m2"])]
    said = read.groupdict().get("y")
    if read["y2"] or said:
        last = _month_span(int(read["y2"] or int(said or 0) + (month2 < month)), month2)
    else:
        last = _month_without_year(month2, published, _looks_ahead(read, lang))
    year = int(said) if said else last.end.year - (month > month2)
    return Span(date(year, month, 1), last.end)


_PARTS = re.compile(
    r"(?i)(?P<early>early|beginning|start|début|начал)|(?P<mid>mid|mi$|mi\b|середин)|(?P<late>late|end|fin"
    r"|конц)"
)


# Words before a month or weekday that is still to come, and those that point to the nearest one.
_DEADLINE = re.compile(r"(?:by|until|till|d'ici|jusqu\w*|к|до)(?!\w)")
_TILL = re.compile(r"\b(?:until|till|d'ici|jusqu'au|до) (?:the |le )?\w+(?: числа)?\Z")
_BEFORE = re.compile(r"(?:before|avant|до)(?!\w)")


def _read_month(read: re.Match[str], lang: str, published: date) -> Span | None:
    groups = read.groupdict()
    month = _MONTH_OF[lang][fold(read["m"])]
    said = fold(f"{groups.get('mod') or ''} {groups.get('mod2') or ''}")
    if groups.get("y"):
        whole = _month_span(int(groups["y"]), month)
    elif re.search(r"last|dernier|passe|прошл|минувш", said):
        whole = _month_span(published.year - (month >= published.month), month)
    elif re.search(r"next|prochain|следующ", said):
        whole = _month_span(published.year + (month <= published.month), month)
    elif _BEFORE.match(said):
        whole = _nearest_month(month, published)
    elif _DEADLINE.match(said):
        whole = _month_span(published.year + (month < published.month), month)
    else:
        whole = _month_without_year(month, published, _looks_ahead(read, lang))
    part = _PARTS.search(groups.get("part") or groups.get("part2") or "")
    first, last = whole.start, whole.end
    if part is None:
        return whole
    if part["early"]:
        return Span(first, first.replace(day=10))
    return (
        Span(first.replace(day=11), first.replace(day=20))
        if part["mid"]
        else Span(first.replace(day=21), last)
    )


def _nearest_month(month: int, published: date) -> Span:
    """The month without a year whose middle is nearest to publication."""
    years = range(max(1, published.year - 1), min(9999, published.year + 1) + 1)
    return _month_span(min(years, key=lambda year: abs((date(year, month, 15) - published).days)), month)


def _read_years(read: re.Match[str], lang: str, published: date) -> Span | None:
    return Span(date(int(read["y"]), 1, 1), date(int(read["y2"]), 12, 31))


def _read_year(read: re.Match[str], lang: str, published: date) -> Span | None:
    return _year_span(int(read["y"])) if int(read["y"]) <= published.year + 30 else None


# Decades in words, by how their folded form begins.
_DECADES = {
    "fift": 1950, "sixt": 1960, "sevent": 1970, "eight": 1980, "ninet": 1990,
    "cinquante": 1950, "soixante": 1960, "soixante-dix": 1970, "quatre-vingt": 1980, "quatre-vingt-dix": 1990,
    "пятидесят": 1950, "шестидесят": 1960, "семидесят": 1970, "восьмидесят": 1980, "девяност": 1990,
}  # fmt: skip


def _read_decade(read: re.Match[str], lang: str, published: date) -> Span | None:
    """«In the 1990s», «années quatre-vingt-dix», «в 90-е»: ten years, the latest that have begun."""
    said = fold(read["decade"])
    if said.isdigit():
        first = int(said) if len(said) == 4 else 1900 + int(said)
    else:
        first = next(
            _DECADES[word] for word in sorted(_DECADES, key=len, reverse=True) if said.startswith(word)
        )
    if first > published.year:
        return None
    return Span(date(first, 1, 1), date(first + 9, 12, 31))


def _read_soviet(read: re.Match[str], lang: str, published: date) -> Span | None:
    """«In Soviet times»: as long as the Union lasted."""
    return Span(date(1922, 12, 30), date(1991, 12, 26))


def _last_weekday(weekday: int, published: date) -> date:
    """The latest such weekday up to and including the day of publication."""
    return published - timedelta(days=(published.weekday() - weekday) % 7)


def _weekday(said: str, lang: str) -> int:
    folded = fold(said)
    known = _WEEKDAY_OF[lang].get(folded)
    return (
        known if known is not None else next(n for begin, n in ADJECTIVES.items() if folded.startswith(begin))
    )


def _read_weekday(read: re.Match[str], lang: str, published: date) -> Span | None:
    groups = read.groupdict()
    weekday = _weekday(read["w"], lang)
    latest = _last_weekday(weekday, published)
    said = fold(" ".join(filter(None, (groups.get("mod"), groups.get("mod2"), groups.get("week")))))
    week = published - timedelta(days=published.weekday())
    if re.search(r"next|prochain|следующ|ближайш|coming|en huit", said):
        if "semaine" in said or "week" in said:
            return _day(week + timedelta(days=7 + weekday))
        return _day(latest + timedelta(days=7))
    if lang == "en" and "last" in said and (published - latest).days > _LAST:
        return _day(latest)  # "last Thursday", printed on Sunday; on Friday it is that of the week before
    if re.search(r"last|previous|прошл|de la semaine", said):
        return _day(week - timedelta(days=7 - weekday))
    if re.search(r"dernier|passe|past|минувш", said):
        return _day(latest if latest < published else latest - timedelta(days=7))
    if re.search(r"this|\bce\b|эт|нынешн", said):
        return _day(min((latest, latest + timedelta(days=7)), key=lambda one: abs((one - published).days)))
    if latest < published and (_DEADLINE.match(fold(read.group())) or _looks_ahead(read, lang)):
        return _day(latest + timedelta(days=7))
    return _day(latest)


def _read_night(read: re.Match[str], lang: str, published: date) -> Span | None:
    morning = _last_weekday(_WEEKDAY_OF[lang][fold(read["w2"])], published)
    if _looks_ahead(read, lang):
        morning += timedelta(days=7)  # "takes effect in the night to Friday"
    return Span(morning - timedelta(days=1), morning)


_UNIT = re.compile(r"(?i)(?P<day>d|j|дн|де)|(?P<week>w|s|н)|(?P<month>mo|м)|(?P<year>y|an|г|л)")


def _read_ago(read: re.Match[str], lang: str, published: date) -> Span | None:
    said, unit = read["n"] or "1", fold(read["unit"])
    known = NUMBER_WORDS[lang].get(fold(said))
    n = int(said) if said.isdigit() else (known or spelt_number(said, lang) or 1)
    if unit.startswith(("decade", "decennie")):
        n, unit = n * 10, "year"
    sort = _UNIT.match(unit)
    if sort is None:
        return None
    if sort["day"]:
        return _day(published - timedelta(days=n))
    if sort["week"]:
        middle = published - timedelta(days=7 * n)
        return Span(middle - timedelta(days=3), middle + timedelta(days=3))
    if sort["month"]:
        month = published.year * 12 + published.month - 1 - n
        return _month_span(month // 12, month % 12 + 1)
    exact = read.groupdict().get("exact")
    if exact and "week" not in exact:
        return _day(_nearest_year_of(published, published.year - n))
    return _year_span(published.year - n)


def _nearest_year_of(day: date, year: int) -> date:
    """The same day in another year; 29 February becomes the 28th."""
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))


# What a relative word covers, in days from publication (first, last).
_DAYS = {
    "the day before yesterday": (-2, -2),
    "avant-hier": (-2, -2),
    "позавчера": (-2, -2),
    "apres-demain": (2, 2),
    "послезавтра": (2, 2),
    "earlier this week": (-6, 0),
    "ces derniers jours": (-7, 0),
    "на днях": (-5, 0),
    "the previous day": (-1, -1),
    "the following day": (1, 1),
} | {
    word: days
    for words, days in (
        (
            "today|tonight|aujourd'hui|ce matin|ce soir|this morning|this afternoon|this evening|сегодня",
            (0, 0),
        ),
        ("yesterday|hier|вчера|накануне", (-1, -1)),
        ("tomorrow|demain|завтра", (1, 1)),
        ("overnight|last night|cette nuit|dans la nuit|la nuit derniere|dans la nuit derniere", (-1, 0)),
        ("минувшей ночью|прошлой ночью|этой ночью", (-1, 0)),
    )
    for word in words.split("|")
}


def _read_relative(read: re.Match[str], lang: str, published: date) -> Span | None:
    said = fold(read["rel"])
    if said in _DAYS:
        if not _stands_alone(said, read):
            return None
        first, last = _DAYS[said]
        return Span(published + timedelta(days=first), published + timedelta(days=last))
    if re.search(r"week-?end|выходн", said):
        saturday = _last_weekday(5, published)
        step = 7 if re.search(r"next|prochain|следующ|ближайш", said) else 0
        return Span(saturday + timedelta(days=step), saturday + timedelta(days=step + 1))
    step = 0
    if re.search(r"last|past|previous|dernier|passe|прошл|минувш", said):
        step = -1
    elif re.search(r"next|prochain|следующ|будущ", said):
        step = 1
    if re.search(r"week|semaine|недел", said):
        return _week_span(published + timedelta(days=7 * step))
    if re.search(r"month|mois|месяц", said):
        month = published.year * 12 + published.month - 1 + step
        return _month_span(month // 12, month % 12 + 1)
    return _year_span(published.year + step) if re.search(r"year|l'an|annee|год", said) else None


_TOLD_BEFORE = re.compile(
    r"(?i)\w{2,}(?:вш\w{1,3}|нн\w{2,3}|тым|той|тые|[аеё]н[аоы]?|л[аои]?|л[аои]?с[ья]|то) \Z"
)
_VERB_OR_END = re.compile(
    r" (?:\w+(?:л|ла|ло|ли|лся|лась|лось|лись|ет|ит|ют|ят|но|на|ны)(?!\w)|(?:во?|на|со?|и|у|по|из|из-за|к|об?"
    r"|при|под|над|за|до|от|для|через|вечером"
    r"|ночью|утром) )|[,.;)»]|\Z"
)


def _stands_alone(said: str, read: re.Match[str]) -> bool:
    """Not part of a name (Russia Today, «Россия сегодня») nor a preposition («накануне саммита»)."""
    text = read.string
    if said in ("today", "сегодня") and (read.group()[0].isupper() or said == "сегодня"):
        before = re.search(r"(\w+) «?\Z", text[max(0, read.start() - 20) : read.start()])
        if before and before.group(1) in (
            "Russia",
            "USA",
            "RUSSIA",
            "Россия",
            "Africa",
            "Mali",
            "Niger",
            "Turkey",
        ):
            return False
    if said != "накануне" or _VERB_OR_END.match(text, read.end()) is not None:
        return True
    return _TOLD_BEFORE.search(text, max(0, read.start() - 24), read.start()) is not None


_READERS: dict[str, _Reader] = {
    "numeric": _read_numeric,
    "day": _read_day,
    "nth": _read_nth,
    "dom": _read_day_of_month,
    "range": _read_range,
    "range2": _read_range2,
    "nightd": _read_range,
    "nighton": _read_night_on,
    "night": _read_night,
    "nightw": _read_night,
    "months": _read_months,
    "months2": _read_months,
    "month": _read_month,
    "years": _read_years,
    "year": _read_year,
    "decade": _read_decade,
    "soviet": _read_soviet,
    "weekday": _read_weekday,
    "ago": _read_ago,
    "rel": _read_relative,
}

# ------------------------------------------------------------------------------------ datelines

_CITY = re.compile(
    r"(?:\([\w ]{2,12}\) )?(?P<city>[^\W\d_a-zа-я][\w'’.-]*(?:[ /-][\w'’.-]+){0,3})(?: ?\("
    r"[^)\n]{2,40}\))? ?[,.] (?:le )?"
)
_AGENCY = re.compile(
    r"\.?,? ?(?:\([^)\n]{2,40}\)|/[^/\n]{2,40}/|[—–-](?= )|\. ?/)|\.? ?(?:\n|\Z)|\. (?=[^\W\d_a-zа-я])"
)


def _mark_dateline(text: str, found: Sequence[DateHit]) -> list[DateHit]:
    """The hits with the date of a dispatch («ДАКАР, 10 февраля. /ТАСС/») called a dateline."""
    marked = []
    for hit in found:
        if hit.kind == "day" and _is_dateline(text, hit):
            hit = DateHit(hit.span, hit.start, hit.end, hit.text, "dateline", hit.year_given)
        marked.append(hit)
    return marked


def _is_dateline(text: str, hit: DateHit) -> bool:
    """Whether a line opens with a city and this date, as agencies write it."""
    start = hit.start + (3 if hit.text[:3].lower() == "le " else 0)
    opening = text.rfind("\n", 0, start) + 1
    if start - opening > 60:
        return False
    city = _CITY.fullmatch(text, opening, start)
    if city is None:
        return False
    return city["city"].isupper() or _AGENCY.match(text, hit.end) is not None


# -------------------------------------------------------------------------------- anniversaries

_N = {lang: f"(?:{words})" for lang, words in SMALL_NUMBER.items()}
_ANNIVERSARY = {
    "en": rf"{_N['en']} (?:years?|decades?) (?:since|after|on\b|later|ago today)|anniversar(?:y|ies)"
    r"|(?:marks?|marking|marked) \w+ years|commemorat\w+",
    "fr": rf"{_N['fr']} ans? (?:après|depuis|plus tard)|il y a {_N['fr']} (?:ans?|années)"
    r"|(?:\d{1,3}(?:e|ème|er) )?anniversaires?|comm[ée]mor\w+",
    "ru": r"(?:\d{1,3}-?(?:я|й|ю|ей)? )?годовщин\w+|\d{1,3}-лети\w+|юбиле\w+"
    rf"|(?:{_N['ru']} )?(?:лет|года?) (?:спустя|назад|со дня|после)|(?:спустя|через) (?:{_N['ru']} )?(?:лет"
    rf"|года?)",
}
_ANNIVERSARIES = {
    lang: re.compile(rf"(?i)(?<!\w)(?:{pattern})(?!\w)") for lang, pattern in _ANNIVERSARY.items()
}


def anniversary(text: str, lang: str) -> list[CueHit]:
    """Words of a cleaned text that recall something long past ("seven years since", «годовщина»)."""
    pattern = _ANNIVERSARIES.get(lang)
    if pattern is None:
        return []
    return [CueHit(m.start(), m.end(), m.group().strip()) for m in pattern.finditer(text)]
