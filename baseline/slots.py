"""The slots of a mention: when, where, who, how much, in which words."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from baseline.assertions import Assertion, goes_on_since, names_a_day
from baseline.back_references import before
from baseline.catalogue import Knowledge
from baseline.dates import DateHit
from baseline.entities import Hit as EntityHit
from baseline.lines import Line
from baseline.rules import Rules
from djeli.core.model import Figure, Realis, Span

_TOP = 3  # lines that tell the event: days named in later ones come after theirs
_QUOTE_WORDS = 25
_YEAR = 300  # days
_NOW_DAYS = 60  # a day further back than this is not that of something told as new
_AHEAD = 400  # days ahead of publication in which an announced event may lie,
_FAR_AHEAD = 1200  # and where the text names the year
_FEW = 3  # days that an event may take and still be told to the day
_MOST_FIGURES = 8
_MOST_DAYS = 8
PRINTS = 24  # hashes in the sketch of a text, if it has so many runs of words
_MONTH = 92  # days, of a season
_DEEP = 12  # sentences further down tell the background
_HOME_BONUS = 1.5  # a beat state named as often as another is where it happens
_SHORT = 8  # an article of so many lines is one news item: all of it tells the event

# "a report published on Wednesday", «rendu public mercredi»: the day of the paper, not of what it tells
_PUBLISHED = re.compile(
    r"(?i)(?:report|published|released|issued|posted|circulated|aired|broadcast"
    r"|rendue?s? publi(?:c|que|cs)|(?:publi|diffus|post|relay)ée?s?|mise?s? en ligne|rapport|enquête"
    r"|доклад\w*|опубликова\w+|обнародова\w+|распростран[её]нн\w+|выложенн\w+|представленн\w+"
    r"|отч[её]т\w*),?(?: \w+){0,2} ?\Z"
)

# "The search continued on Friday", « restaient fermés lundi »: a day on which nothing new happened
_GOING_ON = re.compile(
    r"(?i)\b(?:continu(?:e[ds]?|ing|ait|aient|ent)|remain(?:s|ed|ing)?|persist(?:s|ed)|se poursui\w+"
    r"|rest(?:e|ent|ait|aient)|demeur(?:e|ent|ait|aient)|продолжа\w+|оста(?:[её]тся|ются|вал\w+))"
    r"(?: \w+){0,3} ?\Z"
)

# "The previous raid", « la dernière attaque », «предыдущий налёт»: the event before this one
_LAST = re.compile(r"(?i)previous|earlier|last|pr[ée]c[ée]dente?|derni[eè]re?|предыдущ|прошл(?:ый|ая|ое)")

_PLACE = "plc."
ACTORS = ("per.", "org.", "grp.", "cty.")


@dataclass(frozen=True, slots=True)
class When:
    """The event date and whether the text itself gives it."""

    span: Span
    dated: bool
    hit: DateHit | None = None


def when(
    told: Sequence[Assertion],
    lines: Sequence[Line],
    published: date,
    future: bool,
    more: Sequence[Line] = (),
    *,
    said_counts: bool = True,
    written_counts: bool = True,
) -> When:
    """The date of the event: nearest to its strongest trigger, else of the lead, else the dateline.

    `future`: the event is only announced, so that a day to come is preferred to the day it was said.
    `said_counts`: where nothing but the day it was said is named, that is its day, as of an agreement; no
    raid happens by being told. `written_counts`: so is that of the dateline; not of what has a place and an
    hour of its own.
    """
    ranked = sorted(told, key=lambda a: (-a.weight, a.line.index))
    near = [a.when for a in ranked if a.when is not None and a.line.index < _TOP]
    deep = [a.when for a in ranked if a.when is not None and a.line.index >= _TOP]
    hits = near + _days(lines[:5]) + deep
    good = [hit for hit in hits if names_a_day(hit) and _plausible(hit, published, future)]
    past = bool(told) and all(a.realis is Realis.HISTORICAL for a in told)

    said = _speech_days(lines)

    def rank(hit: DateHit) -> tuple[bool, bool, bool, bool]:
        """Days of another time last: old ones beside what is new, those gone beside what is to come.

        The day somebody spoke comes after any other day, and a week after a day.
        """
        old = (published - hit.span.end).days > _NOW_DAYS
        wrong = hit.span.end <= published if future else hit.span.start > published
        return (old and not past), wrong, hit in said, hit.span.days > _FEW

    good.sort(key=rank)  # stable: of equals the one nearest to the trigger
    if not past and (not good or rank(good[0])[0] or rank(good[0])[2]):
        later = [hit for hit in _days(more) if _plausible(hit, published, future)]
        later = [hit for hit in later if hit not in _speech_days(more) and not any(rank(hit)[:3])]
        good = [*later, *good]
    if good and (past or not rank(good[0])[0]):
        return When(good[0].span, said_counts or good[0] not in said, good[0])
    told_deep = [a.when for a in ranked if a.when is not None and a.line.index >= _TOP and a.trigger.stage]
    coarse = [
        hit
        for hit in near + (deep if past else told_deep)
        if _plausible(hit, published, future)
        and not _around(hit, published)
        and (past or not goes_on_since(hit))  # "held since August 2025" dates no release
        # a month of another year is not that of what is told as new
        and (past or hit in near or (published - hit.span.end).days <= _YEAR)
    ]
    if coarse:
        return When(coarse[0].span, True, coarse[0])
    for line in lines[:2]:
        for hit in line.dates:
            if hit.kind == "dateline" and _plausible(hit, published, future):
                return When(hit.span, written_counts, hit)
    return When(Span(published, published), False)


def _days(lines: Sequence[Line]) -> list[DateHit]:
    """The days that these lines name, but for those of a subordinate past, a noun, and of "the last raid"."""
    found = [
        hit for line in lines for hit in line.dates if names_a_day(hit) and not _is_of_the_last(line, hit)
    ]
    return [hit for hit in found if hit.since is None and hit.noun is None]


def _is_of_the_last(line: Line, hit: DateHit) -> bool:
    """Whether words before a day say that it is that of an earlier event: «предыдущий налёт … 1 апреля»."""
    return any(
        cue.realis is Realis.HISTORICAL
        and line.tokens[cue.last].end <= hit.start
        and _LAST.match(line.words(cue.first, cue.last))
        for cue in line.cues
    )


def other_days(lines: Sequence[Line], own: Span, lang: str, published: date) -> tuple[Span, ...]:
    """The times that these lines speak of beside the event's own: what a follow-up follows, if anything.

    Days, weeks and months ("in April"), and lengths of time ("two weeks earlier").
    """
    told = [
        hit.span
        for line in lines
        for hit in line.dates
        if hit.kind != "dateline" and hit.span.distance(own) > 0 and hit.span.days <= _MONTH
    ]
    told += [span for line in lines for span in before(line.text, lang, published) if span.distance(own) > 0]
    told.sort(key=lambda span: span.days)  # a day tells more than a month
    return tuple(dict.fromkeys(told))[:_MOST_DAYS]


def _speech_days(lines: Sequence[Line]) -> list[DateHit]:
    """Dates that stand inside or beside words of saying: «a annoncé, lundi soir, que»."""
    found = []
    for line in lines:
        for trigger in line.triggers:
            if trigger.type == "statement" and trigger.stage == "said":
                start = line.tokens[max(0, trigger.first - 1)].start
                end = line.tokens[min(len(line.tokens) - 1, trigger.last + 2)].end
                found += [hit for hit in line.dates if start <= hit.start <= end]
        for cue in line.cues:
            if cue.realis is None:  # only whose word it is: «сообщили в четверг в министерстве»
                start, end = line.tokens[cue.first].start, line.tokens[cue.last].end
                found += [hit for hit in line.dates if start <= hit.start and hit.end <= end]
        found += [
            hit
            for hit in line.dates
            for words in [line.text[max(0, hit.start - 40) : hit.start]]
            if _PUBLISHED.search(words) or _GOING_ON.search(words)
        ]
    return found


def is_of_saying(hit: DateHit, line: Line) -> bool:
    """Whether a date of a line is that on which it was said or published."""
    return hit in _speech_days([line])


def tells_a_day(hit: DateHit, published: date) -> bool:
    """Whether a date of the text narrows down when something happened."""
    return hit.kind != "dateline" and not _around(hit, published)


def _around(hit: DateHit, published: date) -> bool:
    """A month or year that holds the day of publication says nothing of the event's day."""
    return not names_a_day(hit) and hit.span.start <= published <= hit.span.end


def _plausible(hit: DateHit, published: date, future: bool) -> bool:
    days = (hit.span.start - published).days
    ahead = _FAR_AHEAD if hit.year_given else _AHEAD
    return days <= (ahead if future else 1)


def told_entities(line: Line) -> list[EntityHit]:
    """The names of a line without those of its dateline, which say where it was written."""
    ends = [hit.end for hit in line.dates if hit.kind == "dateline"]
    return [hit for hit in line.entities if not ends or hit.start >= max(ends)]


def entity_ids(lines: Iterable[Line], strong_only: bool = False) -> list[str]:
    """Ids of the entities named in these lines, in order, each once."""
    found: dict[str, None] = {}
    lines = list(lines)
    anchored = any(hit.strong for line in lines for hit in told_entities(line))
    for line in lines:
        for hit in told_entities(line):
            # an ambiguous name counts only where a certain one stands beside it
            if hit.strong or (anchored and not strong_only):
                found.setdefault(hit.entity)
    return list(found)


def signature(lines: Iterable[Line], knowledge: Knowledge) -> frozenset[str]:
    """Everything named in these lines, to be compared by.

    Entities with their countries, objects, and unknown proper names by their sound.
    """
    lines = list(lines)
    found = set(knowledge.with_countries(entity_ids(lines)))
    for line in lines:
        found.update(hit.label for hit in line.objects)
        found.update(f"name:{key}" for name in line.names for key in name.keys)
    return frozenset(found)


def actors(lines: Sequence[Line], told: Sequence[Assertion]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those who act and those acted upon: who stands before the strongest trigger, and after it."""
    agents: dict[str, None] = {}
    others: dict[str, None] = {}
    tops = {a.line.index: a for a in sorted(told, key=lambda a: a.weight)}
    for line in lines:
        top = tops.get(line.index)
        for hit in told_entities(line):
            if not hit.entity.startswith(ACTORS) or not hit.strong:
                continue
            before = top is None or hit.first_token <= top.trigger.first
            (agents if before else others).setdefault(hit.entity)
    return tuple(agents), tuple(e for e in others if e not in agents)


def places(lines: Sequence[Line], knowledge: Knowledge, home: str | None = None) -> tuple[str, ...]:
    """Places named, towns and sites before regions, then countries where no place is named.

    Those of the state where it happens come first: of "Moscow's allies in Niamey" Niamey.
    """
    ids = entity_ids(lines)
    named = [i for i in ids if i.startswith("plc.")]
    if home is not None:
        named.sort(key=lambda i: knowledge.country_of(i) != home)
    towns = [i for i in named if knowledge.entities[i].kind != "region"]
    regions = [i for i in named if knowledge.entities[i].kind == "region"]
    return tuple(towns + regions) or tuple(i for i in ids if i.startswith("cty."))


def country(
    lines: Sequence[Line], told: Sequence[Assertion], knowledge: Knowledge, rules: Rules, kind: str = ""
) -> str | None:
    """Where it happens: the state that the headline names, else the lines that tell it, else the lead.

    Where it names none of the beat, a state of the beat in the first sentence goes before the one it names.
    A beat state before others, any African state before a power from outside. What concerns a state, like
    a coup (`kind`), happens in the one named, not in the town to which its president was flown; nor is what
    is given to a state of the beat given to the state of the port where it is unloaded.
    """
    telling_places = kind not in rules.national
    telling = {a.line.index for a in told if a.trigger.stage}
    groups = (
        [line for line in lines if line.index == 0],
        [line for line in lines if line.index in telling],
        list(lines),
    )
    powers: str | None = None
    for group in groups:
        votes = _homes(group, knowledge, telling_places)
        here = {c: v for c, v in votes.items() if c not in rules.powers}
        of_the_beat = any(rules.on_beat(knowledge.entities[e]) for e in entity_ids(group))
        if here and kind not in rules.national and not of_the_beat:
            here = _of_first_sentence(kind, lines, knowledge, rules) or here
        if here and kind in rules.given_to:
            here = _without_ports(here, group, lines, knowledge, rules)
        if here:
            return max(here, key=lambda c: here[c] * (_HOME_BONUS if c in rules.core else 1.0))
        powers = powers or next(iter(votes), None)
    return powers


def _without_ports(
    votes: dict[str, float],
    group: Sequence[Line],
    lines: Sequence[Line],
    knowledge: Knowledge,
    rules: Rules,
) -> dict[str, float]:
    """The votes, where only towns of other states are named those for the beat's: «для Мали в Конакри».

    It may stand in the lead whither the goods go: "unloaded at Conakry … by road to Bamako".
    """
    named = {hit.entity for line in group for hit in told_entities(line)}
    acting = {knowledge.country_of(entity) for entity in named if not entity.startswith(_PLACE)}
    if not acting.isdisjoint(votes.keys() - rules.core):
        return votes
    received = _homes([line for line in lines if line.index < _TOP], knowledge, True)
    return {state: vote for state, vote in received.items() if state in rules.core} or votes


def _of_first_sentence(
    kind: str, lines: Sequence[Line], knowledge: Knowledge, rules: Rules
) -> dict[str, float]:
    """Votes for the beat's states of headline and first sentence, where the headline names another one only.

    "Algiers recalls envoy": the other side stands there. "Tankers torched on the road from Ivory Coast": of
    what happens at one place only a place tells where.
    """
    top = [line for line in lines if line.index <= 1]
    votes = _homes(top, knowledge, True, "" if kind in rules.two_sided else _PLACE)
    return {c: v for c, v in votes.items() if c in rules.core}


def _homes(
    lines: Sequence[Line], knowledge: Knowledge, telling_places: bool, only: str = ""
) -> dict[str, float]:
    """Votes for the countries of what is named: places twice and actors once, or the other way round.

    `only`: of names whose id begins so.
    """
    votes: dict[str, float] = {}
    for line in lines:
        for hit in told_entities(line):
            home = knowledge.country_of(hit.entity)
            counts = hit.strong and hit.entity.startswith(only) and not _is_landmark(line.text, hit)
            if home is not None and counts:
                twice = hit.entity.startswith(_PLACE) is telling_places
                votes[home] = votes.get(home, 0.0) + (2.0 if twice else 1.0)
    return votes


# "Near the Algerian border", « à la frontière nigérienne », «у границы с Алжиром»: beside it, not there.
_BORDER_BEFORE = re.compile(
    r"(?i)\b(?:border with|frontières? (?:avec |de |du |des )?(?:l[ea]s? |l')?|границ\w+ (?:с|со) )\Z"
)
_BORDERS = ("order", "rontier", "рани")
_NEAR = 30  # characters before a name in which such words end
_BORDER_AFTER = re.compile(r"(?i)[ -](?:border|frontier)\b| границ\w+")


def _is_landmark(text: str, hit: EntityHit) -> bool:
    if not any(word in text for word in _BORDERS):  # nearly always
        return False
    return bool(
        _BORDER_BEFORE.search(text, max(0, hit.start - _NEAR), hit.start)
        or _BORDER_AFTER.match(text, hit.end)
    )


# A toll of years, months or of the like elsewhere: "120 since January".
_OF_LONGER = re.compile(
    r"(?i)\b(?:since|depuis|this year|last year|cette année|l'an dernier|с начала|за год|в прошлом году"
    r"|in all|au total|en tout|всего)\b"
)
_TOLL = ("dead", "wounded")


def tolls(lines: Sequence[Line], told: Sequence[Assertion], own: Span) -> Iterator[Figure]:
    """The dead and wounded that further lines tell of the event with these days, not of others."""
    past = {a.line.index for a in told if a.realis is Realis.HISTORICAL}
    for line in lines:
        elsewhere = any(hit.kind != "dateline" and hit.span.distance(own) > 1 for hit in line.dates)
        if line.index not in past and not elsewhere and not _OF_LONGER.search(line.text):
            yield from (hit.figure for hit in line.figures if hit.figure.unit in _TOLL and not hit.earlier)


def with_tolls(found: tuple[Figure, ...], more: Iterable[Figure]) -> tuple[Figure, ...]:
    """The figures with the first toll of each unit that was still missing."""
    have = {figure.unit for figure in found}
    added: dict[str, Figure] = {}
    for figure in more:
        if figure.unit not in have:
            added.setdefault(figure.unit, figure)
    return (*found, *added.values())


def figures(lines: Sequence[Line], told: Sequence[Assertion]) -> tuple[Figure, ...]:
    """Quantities of the event: of the lines that tell it, headline first; all lines of a short item."""
    telling = {a.line.index for a in told if a.line.index <= _DEEP} | {line.index for line in lines[:3]}
    if len(lines) <= _SHORT:
        telling |= {line.index for line in lines}
    past = {a.line.index for a in told if a.realis is Realis.HISTORICAL}
    found: dict[Figure, None] = {}
    for line in lines:
        if line.index in telling and line.index not in past:
            for hit in line.figures:
                found.setdefault(replace(hit.figure, earlier=True) if hit.earlier else hit.figure)
    named = {(f.value, f.unit) for f in found if f.about}
    # "fourteen tanks" in the headline and "fourteen T-72 tanks" in the text are one figure
    return tuple(f for f in found if f.about or (f.value, f.unit) not in named)[:_MOST_FIGURES]


def quote(told: Sequence[Assertion], lines: Sequence[Line]) -> str:
    """At most 25 words, verbatim, round the strongest trigger of the body, else of the headline."""
    ranked = sorted(told, key=lambda a: (a.line.index == 0, -a.weight))
    line, at = (ranked[0].line, ranked[0].trigger.first) if ranked else (lines[0], 0)
    spans = [(m.start, m.end) for m in line.tokens]
    words = line.text.split()
    if len(words) <= _QUOTE_WORDS or not spans:
        return line.text
    place = len(line.text[: spans[at][0]].split())
    start = max(0, min(place - 8, len(words) - _QUOTE_WORDS))
    kept = words[start : start + _QUOTE_WORDS]
    return _slice(line.text, kept, start)


def _slice(text: str, kept: Sequence[str], skip: int) -> str:
    """The words as they stand in the text, with its own spacing."""
    at = 0
    for _ in range(skip):
        at = _after_word(text, at)
    while at < len(text) and text[at].isspace():
        at += 1
    end = at
    for _ in kept:
        end = _after_word(text, end)
    return text[at:end]


def _after_word(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    while at < len(text) and not text[at].isspace():
        at += 1
    return at


def prints(lines: Sequence[Line], most: int = PRINTS) -> tuple[int, ...]:
    """A sketch of the wording: the smallest hashes of its runs of three words (bottom-k)."""
    words = [token.folded for line in lines for token in line.tokens]
    runs = set(map(" ".join, zip(words, words[1:], words[2:], strict=False)))
    return tuple(sorted({zlib.crc32(run.encode()) for run in runs})[:most])
