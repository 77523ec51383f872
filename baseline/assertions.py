"""What each sentence asserts: a trigger, how it is presented, and how much its place weighs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from baseline.back_references import follows
from baseline.dates import DateHit, is_before_that, is_of_writing
from baseline.dates import find as find_dates
from baseline.lines import Line
from baseline.noun_dates import dates_a_document, is_its_noun
from baseline.realis import RealisCue, denies, past_article, realis_of
from baseline.triggers import TriggerHit
from djeli.core.model import Realis

# Headline twice, first sentence once, the rest a quarter (language.md §8); the second sentence of a
# wire story still tells the event, so it weighs between them.
_WEIGHTS = (2.0, 1.2, 0.6)
_BACKGROUND = 0.25
_TOPIC = 0.35  # a supporting noun against a predicate

# A page's own word that its text is an old one.
_PRINTED_BEFORE = re.compile(
    r"(?i)[\s(*_–—-]*(?:(?:this|the|cet?|cette|эта|этот|данн\w+) \w+ )?(?:(?:was|a été|был[аои]?) )?"
    r"(?:(?:first|originally) (?:published|posted|appeared|aired)"
    r"|(?:publiée?|parue?|diffusée?) (?:initialement|pour la première fois)"
    r"|(?:initialement|d'abord) (?:publiée?|parue?)|article initialement|première (?:publication|parution)"
    r"|впервые (?:опубликован|вышл?)[оаи]?|первая публикация"
    r"|from (?:the|our) archives?\b|source ?: archives?|tiré de nos archives|из (?:нашего )?архива редакции)"
)

# A short note at the foot that says whence the text comes; with an old day it says the same.
_SOURCE_NOTE = re.compile(
    r"(?i)[\s(*_–—-]*(?:sources?|publiée? le|mise? en ligne le|posted on|published on|опубликован[оа]"
    r"|repris\w*|reprinted|reproduit\w*|источник|перепечатка|перепечатано)\b"
)
_NOTE = 14  # words
_ELSEWHERE = re.compile(r"[;,]|\d")  # what parts a day from the words of such a note

ASKED = "requested"  # the stage of what is asked for
_DENIED_LATER = ("attack", "atrocity", "coup")  # what a lead denies under a headline that tells nothing
_TOP = 3  # headline and two sentences
NEW_REPORT = "obj.new_report"
_UNCOVERED, _ACCUSED, _FINDINGS = "atrocity", "alleged", ("investigated", "established")
_NEXT_TO = 2  # tokens from a "no" to what it denies

# A state that is no more, its name in full, and the words before it that do not make it the one told of.
_GONE = "cty.ussr"
_IN_FULL = re.compile(r"(?i)USSR|URSS|СССР|soviet union|union soviétique|советск\w+ союз(?!ом)")
_SINCE = re.compile(
    r"(?i)\b(?:since|after|before|like|by|depuis|par|après|avant|comme|со врем[её]н|после|до|как"
    r"|распад\w*|collapse of|fall of|end of|chute de|fin de)(?: the| l')? ?\Z"
)

_WEEKDAY = re.compile(
    r"(?i)(?:on |this |ce |le |в |во )?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche"
    r"|понедельник|вторник|сред[уы]|четверг|пятниц[уы]|суббот[уы]|воскресенье)"
)
_CALENDAR = re.compile(r"(?i)day in history|[ée]phéméride|день в истории")
OLD_PICTURES = "footage"
# Signs of a text no day of which is one of now.
_OF_ANOTHER_TIME = ("first_print", "gone_state", "scene", OLD_PICTURES, "old_weekday")
# Pictures, and that they were taken.
_PICTURES = re.compile(
    r"(?i)\b(?:footage|videos?|images?|pictures?|photos?|clips?|vidéos?|clichés?|видео\w*|кадр\w*|съ[её]мк\w+"
    r"|снимк\w+|запис\w+|фото\w*)\b"
)
_THEY = re.compile(r"(?:It|They|Elles?|Ils?|Он[аи]?|Это)\b")
_FILMED = re.compile(r"(?i)film|tourn|record|снят")  # nothing else is
_TAKEN = re.compile(
    r"(?i)\b(?:dat(?:e|es|ed|ing|ent|ant)|filmed|shot|taken|recorded|shows? the .{0,40} of"
    r"|(?:is|are) (?:from|old)|film[ée]e?s?|tourn[ée]e?s?|pris(?:e|es)?|montr\w+ en (?:fait|réalité)"
    r"|сделан\w*|снят\w*|датир\w+|относ\w+)\b"
)

# What stands around the day of such an opening: names of places, and then its full stop.
_PLACE = r"[A-ZÀ-ÖА-ЯЁ][\w'’-]+(?: [A-ZÀ-ÖА-ЯЁ][\w'’-]+)?"
_BEFORE_SCENE = re.compile(rf"\W*(?:{_PLACE}, )?")
_AFTER_SCENE = re.compile(rf"(?: года| год| г\.)?(?:, {_PLACE}){{0,2}}\s?[.:…] ")

_FINE = {"day", "weekday", "relative", "range"}
_FEW_DAYS = 10
_YEAR = 300
_OPENING = 5  # headline and four sentences
_NEAR_BY = 50  # characters between what was done and its day
_NOW = frozenset(["day", "weekday", "range"])  # what names a day of now
_EXPLICIT = {"day", "range", "month", "year", "weekday", "relative"}


@dataclass(frozen=True, slots=True)
class Assertion:
    """One trigger in one line, with its realis and the date that stands nearest to it."""

    line: Line
    trigger: TriggerHit
    realis: Realis
    cue: RealisCue | None
    when: DateHit | None
    weight: float

    @property
    def live(self) -> bool:
        """Presented as of now, not as the past."""
        return self.realis is not Realis.HISTORICAL


class PastSign(NamedTuple):
    """What says that a passage is told as history.

    `words`, a `headline_day`, a `dateline`, its `first_print`, a `gone_state`, a `scene`, old `footage`, an
    `old_weekday`, or `old_days`.
    """

    kind: str
    line: Line
    text: str


def assertions(
    lines: Sequence[Line], published: date, past_days: int, worded: Mapping[int, TriggerHit] | None = None
) -> list[Assertion]:
    """Every assertion of a passage; the first line is its headline.

    `worded`: by the index of a line, a development told there in words that no pattern knows.
    """
    sign = past_sign(lines, published, past_days)
    now = _NOW
    if sign is not None and sign.kind in _OF_ANOTHER_TIME:
        now = frozenset()  # what was "on Friday" was a Friday of that time
    elif (
        sign is not None
        and sign.kind == "words"
        and (_counts_years(lines, published) or _CALENDAR.search(sign.text))
    ):
        now = frozenset()  # "15 August: the day when … Five years ago": its day is that of the anniversary
    elif sign is not None and _old_headline(lines[0], published) is not None:
        now = _NOW - {"weekday"}  # "it was a Wednesday" is of the day that the headline names
    more = worded or {}
    found = any(hit.label == NEW_REPORT for line in lines[:_TOP] for hit in line.objects)
    return [
        _as_found(_assertion(line, place, trigger, published, past_days, sign, now), found)
        for place, line in enumerate(lines)
        for trigger in (*line.triggers, *((more[line.index],) if line.index in more else ()))
    ]


def _as_found(assertion: Assertion, found: bool) -> Assertion:
    """What a report of these days finds out about killings of years ago is found now."""
    trigger = assertion.trigger
    if not found or trigger.type != _UNCOVERED or assertion.live:
        return assertion
    if trigger.stage == _ACCUSED:  # "a report lists 536 people killed": that is what it found
        trigger = trigger._replace(stage=_FINDINGS[0])
    if trigger.stage in _FINDINGS:
        return replace(assertion, trigger=trigger, realis=Realis.DONE, cue=None)
    return assertion


def _assertion(
    line: Line,
    place: int,
    trigger: TriggerHit,
    published: date,
    past_days: int,
    sign: PastSign | None,
    now: frozenset[str],
) -> Assertion:
    clause = line.clause_of(trigger.first)
    realis, cue = realis_of(trigger.first, trigger.last, line.cues, clause)
    if realis is Realis.HYPOTHETICAL and trigger.stage == ASKED and trigger.shown is None:
        realis, cue = Realis.DONE, None  # "asks to join" is done when it is asked
    when = nearest_date(line, trigger, told_past=sign is not None)
    past = when is not None and not goes_on_since(when) and (published - when.span.end).days > past_days
    past = past or (
        when is not None and when.since is not None and not goes_on_since(when)
    )  # "the barracks they had overrun on July 6"
    # "five years ago today" dates an anniversary, not an event: only a named day is a day of now
    named = when is not None and when.kind in now and names_a_day(when)  # "18 August 2020 – 18 August 2027"
    recent = named and when is not None and abs((published - when.span.end).days) <= past_days
    old_print = sign is not None and sign.kind == "first_print"
    if past or old_print or (sign is not None and not recent and realis is not Realis.NEGATED):
        realis, cue = Realis.HISTORICAL, cue if realis is Realis.HISTORICAL else None
    elif realis is Realis.HISTORICAL and recent and cue is not None and cue.scope == "sentence":
        realis, cue = Realis.DONE, None  # "two years after …, on Monday": the date of now outweighs
    if realis is Realis.DONE and follows(line.text, line.tokens[trigger.first].start, line.lang):
        realis, cue = Realis.HISTORICAL, None
    weight = _WEIGHTS[place] if place < len(_WEIGHTS) else _BACKGROUND
    return Assertion(line, trigger, realis, cue, when, weight * (1.0 if trigger.stage else _TOPIC))


def looks_at_the_past(lines: Sequence[Line], published: date, past_days: int) -> bool:
    """Whether a passage is told as history."""
    return past_sign(lines, published, past_days) is not None


def past_sign(lines: Sequence[Line], published: date, past_days: int) -> PastSign | None:
    """What makes a passage told as history, if anything does.

    Its headline says so or names a day of another year; or its dateline is old, as in a reprint; or its
    first sentence knows only days long past, and headline, lead and dateline no day of now.
    """
    title = lines[0]
    cue = past_article(title.cues)
    if cue and not goes_on_to_tell(title, cue.last):
        return PastSign("words", title, title.words(cue.first, cue.last))
    if day := _old_headline(title, published):
        return PastSign("headline_day", title, day.text)
    datelines = [hit for line in lines[1:2] for hit in line.dates if hit.kind == "dateline"]
    datelines += [hit for line in lines[1:3] for hit in line.dates if is_of_writing(line.text, hit)]
    written = [(published - hit.span.end).days for hit in datelines]
    if written and min(written) > past_days:
        return PastSign("dateline", lines[1], datelines[0].text)
    if reprint := _first_print(lines, published, past_days):
        return reprint
    if gone := _gone_state(lines):
        return gone
    if scene := _old_scene(lines, published) or _old_footage(lines, published):
        return scene
    asserts = any(trigger.stage for trigger in title.triggers)
    if not asserts and (anniversary := _years_ago(lines, published)):
        return anniversary
    ages = [
        [
            (published - hit.span.end).days
            for hit in line.dates
            if hit.kind in _EXPLICIT
            and not goes_on_since(hit)
            and not (asserts and hit.since is not None)  # "freed": "… ousted in July 2023, flew to Lomé"
            and (_of_an_event(line, hit) or _tells(line, hit))
        ]
        for line in lines[:3]
    ]
    place = 1
    if len(ages) > 2 and not ages[1] and any(cue.realis is Realis.HISTORICAL for cue in lines[1].cues):
        place = 2  # "It is two years since … On 17 January 2025"
    first = ages[place] if len(ages) > place else []
    now = bool(written) or any(age <= past_days for line in ages for age in line)
    if sign := _old_weekday(lines, published, past_days):
        return sign
    if now:
        return None
    if not first or min(first) <= past_days:
        return None
    line = lines[place]
    return PastSign("old_days", line, next(hit.text for hit in line.dates if hit.kind in _EXPLICIT))


def _years_ago(lines: Sequence[Line], published: date) -> PastSign | None:
    """Where the text begins by counting the years since, and dates nothing by a day of these weeks."""
    hit = next((h for line in lines[1:2] for h in line.dates if h.kind == "relative"), None)
    if hit is None or lines[1].text[: hit.start].strip() or (published - hit.span.end).days <= _YEAR:
        return None
    days = [h for line in lines[1:_OPENING] for h in line.dates if names_a_day(h)]
    if any((published - h.span.end).days <= _FEW_DAYS for h in days):
        return None
    return PastSign("words", lines[1], hit.text)


def _old_weekday(lines: Sequence[Line], published: date, past_days: int) -> PastSign | None:
    """Where the text dates its news by a weekday and a day long past, without a year, and by no later day.

    A report put on a page anew: "arrived this Sunday, 22 June … will be signed on Monday".
    """
    top = lines[:3]
    days = [(published - h.span.end).days for line in top for h in line.dates if h.kind in ("day", "range")]
    if any(age <= past_days for age in days):
        return None
    for place, line in enumerate(top[1:], 1):
        for hit in line.dates:
            gone = hit.kind == "day" and (published - hit.span.end).days > past_days and not hit.year_given
            if gone and (place > 1 or hit.since is None) and _WEEKDAY.match(hit.text):
                return PastSign("old_weekday", line, hit.text)
        if line.dates:
            return None
    return None


def _gone_state(lines: Sequence[Line]) -> PastSign | None:
    """Where headline, or first sentence under a headline that asserts nothing, names who is no more.

    "What the USSR built in Mali", but not "Soviet-built tanks", "a plant built by the Soviet Union", nor "the
    largest since the Soviet Union".
    """
    top = lines[:1] if any(trigger.stage for trigger in lines[0].triggers) else lines[:2]
    for line in top:
        for hit in line.entities:
            said = line.text[hit.start : hit.end]
            if hit.entity == _GONE and _IN_FULL.match(said) and not _SINCE.search(line.text[: hit.start]):
                return PastSign("gone_state", line, said)
    return None


def _old_scene(lines: Sequence[Line], published: date) -> PastSign | None:
    """Where the text opens by setting a scene of another year: "August 2020, Bamako. Soldiers …".

    In the present tense or not, all that follows is of that time.
    """
    if len(lines) < 2 or any(trigger.stage for trigger in lines[0].triggers):
        return None
    opening = lines[1]
    for hit in opening.dates:
        old = hit.year_given and (published - hit.span.end).days > _YEAR
        alone = _BEFORE_SCENE.fullmatch(opening.text[: hit.start]) and _AFTER_SCENE.match(
            opening.text, hit.end
        )
        if old and alone and hit.kind != "dateline":
            return PastSign("scene", opening, hit.text)
    return None


def _old_footage(lines: Sequence[Line], published: date) -> PastSign | None:
    """Where the news are pictures, and one of the first sentences says that they were taken years ago."""
    if not any(_PICTURES.search(line.text) for line in lines[:2]):
        return None
    for line in lines[:_OPENING]:
        for hit in line.dates:
            old = hit.year_given and (published - hit.span.end).days > _YEAR
            taken = _TAKEN.search(line.text[max(0, hit.start - _NEAR_BY) : hit.start]) if old else None
            # not so of a base taken in 2022
            if taken and (_FILMED.match(taken[0]) or _PICTURES.search(line.text) or _THEY.match(line.text)):
                return PastSign(OLD_PICTURES, line, hit.text)
    return None


def denial(kind: str, lines: Sequence[Line]) -> tuple[Line, RealisCue] | None:
    """The words at the top of a passage that deny a development of this type, with their line.

    A headline that denies colours all of it; so does a lead on a raid under a headline that asserts none, and
    a "no" that begins a sentence and stands before the bare name of the type: "No coup, says …".
    """
    title = lines[0]
    if cue := denies(title.cues):
        return title, cue
    if kind in _DENIED_LATER and not any(trigger.stage for trigger in title.triggers):
        for line in lines[1:2]:
            if cue := denies(line.cues):
                return line, cue
    for line in lines[:2]:
        named = [trigger.first for trigger in line.triggers if trigger.type == kind and not trigger.stage]
        for cue in line.cues:
            begins = cue.realis is Realis.NEGATED and cue.first == 0
            if begins and any(-_NEXT_TO < first - cue.last <= _NEXT_TO for first in named):
                return line, cue
    return None


def goes_on_to_tell(line: Line, last: int) -> bool:
    """Whether the line asserts something after these words and a comma: "Four years on, Niger frees …".

    Not where the words date it: "Two years ago, the last of them left".
    """
    if any(line.tokens[last].end > hit.start and line.tokens[last].start < hit.end for hit in line.dates):
        return False
    after = [t for t in line.triggers if t.stage and t.first > last]
    return any("," in line.text[line.tokens[last].end : line.tokens[t.first].start] for t in after)


def _counts_years(lines: Sequence[Line], published: date) -> bool:
    """Whether headline or lead count the years that lie between: "five years ago"."""
    days = [hit for line in lines[:3] for hit in line.dates if hit.kind == "relative"]
    return any((published - hit.span.end).days > _YEAR for hit in days)


def _first_print(lines: Sequence[Line], published: date, past_days: int) -> PastSign | None:
    """Where a page says in a sentence of its own that its text is an old one, or from the archives."""
    for line in lines:
        notice = _PRINTED_BEFORE.match(line.text)
        short = len(line.tokens) <= _NOTE
        said = notice or (_SOURCE_NOTE.match(line.text) if short else None)
        if said is None:
            continue
        # a later day is that of the page: "page updated on …"
        own = [hit for hit in line.dates if _of_the_note(line.text, said.end(), hit)]
        if not line.dates:  # the day of a page is no date of its text, but for this
            rest = line.text[said.end() :]
            own = [hit for hit in find_dates(rest, line.lang, published) if _of_the_note(rest, 0, hit)]
        old = any((published - hit.span.end).days > past_days for hit in own)
        if old or (notice and not own):
            return PastSign("first_print", line, (notice.group() if notice else line.text).strip())
    return None


def _of_the_note(text: str, said: int, hit: DateHit) -> bool:
    """Whether a day belongs to such words: nothing parts them, or it ends them.

    "Source: L'Essor, 18 May 2025."
    """
    between = text[said : hit.start]
    ends = not text[hit.end :].strip(" .)*_") and between.rstrip().endswith(",")
    return not _ELSEWHERE.search(between.rstrip(" ,") if ends else between)


def goes_on_since(hit: DateHit) -> bool:
    """Whether a month or year only says since when something lasts: «depuis avril» is no memory of April."""
    return hit.kind in ("month", "year") and hit.text.lower().startswith(("since ", "depuis ", "с ", "со "))


def _tells(line: Line, hit: DateHit) -> bool:
    """Whether all that the line tells is of that day: not so where it dates only words beside it."""
    told = [trigger for trigger in line.triggers if trigger.stage]
    if not told and hit.since is not None and not is_before_that(line.text, hit, line.lang):
        return False  # "two geologists seized in February are free" tells what no pattern knows
    return all(_is_of(line, trigger, hit) for trigger in told)


def _of_an_event(line: Line, hit: DateHit) -> bool:
    """Whether it dates the event that a noun names: who knows no other day tells of that time."""
    return hit.noun is not None and not dates_a_document(line.text, hit.start, hit.end, hit.noun)


def _is_of(line: Line, trigger: TriggerHit, hit: DateHit) -> bool:
    """Whether a trigger is among the words that a date belongs to, if it is bound to any."""
    start, end = line.tokens[trigger.first].start, line.tokens[trigger.last].end
    if hit.noun is not None:
        between = any(end < line.tokens[t.first].start < hit.start for t in line.triggers)
        return not between and is_its_noun(line.text, (start, end), (hit.start, hit.end), hit.noun)
    return hit.since is None or (end > hit.since and start < hit.end)


def _old_headline(headline: Line, published: date) -> DateHit | None:
    """The day of another year that the headline itself names ("18 August 2020 – 18 August 2027")."""
    old = (hit for hit in headline.dates if hit.year_given and (published - hit.span.start).days > _YEAR)
    return next((hit for hit in old if hit.noun is None or _tells(headline, hit)), None)


def names_a_day(hit: DateHit) -> bool:
    """Whether a date narrows down to a day or a few: «в этом году» does not."""
    return hit.kind in _FINE and (hit.span.end - hit.span.start).days <= _FEW_DAYS


def nearest_date(line: Line, trigger: TriggerHit, *, told_past: bool = False) -> DateHit | None:
    """The date of the line that belongs to the trigger: in its clause, a day before a month, the nearest.

    Of what is told as the past also the date of another noun: "the training of the men of the 2020 coup".
    """
    start, end = line.tokens[trigger.first].start, line.tokens[trigger.last].end
    first, last = line.clause_of(trigger.first)
    clause = line.tokens[first].start, line.tokens[last].end

    def far(hit: DateHit) -> tuple[bool, bool, int]:
        outside = not (clause[0] <= hit.start < clause[1])
        gap = max(hit.start - end, start - hit.end, 0)
        return outside, not names_a_day(hit), gap

    # what dates a participle ("the tanks delivered in May") says nothing of the other verbs
    own = [hit for hit in line.dates if hit.since is None or end > hit.since]
    own = [hit for hit in own if hit.since is None or start < hit.end >= end]
    own = [hit for hit in own if told_past or hit.noun is None or _is_of(line, trigger, hit)]
    return min((hit for hit in own if hit.kind in _EXPLICIT), key=far, default=None)


def scores(found: Iterable[Assertion]) -> dict[str, float]:
    """How much speaks for each type; one line counts once per type, its best trigger."""
    best: dict[tuple[str, int], float] = {}
    for assertion in found:
        key = assertion.trigger.type, assertion.line.index
        best[key] = max(best.get(key, 0.0), assertion.weight)
    total: dict[str, float] = {}
    for (kind, _), weight in best.items():
        total[kind] = total.get(kind, 0.0) + weight
    return total
