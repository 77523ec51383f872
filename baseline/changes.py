"""What a mention changes in what is known: a later stage, another figure, a denial, a confirmation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter

from baseline.rules import Rules
from djeli.core.model import Figure, Member, Mention, Realis, Span

UNCONFIRMED = "obj.unconfirmed"  # what a report says of itself: nobody official bears it out
_AT_ONCE = timedelta(hours=24)
_VAGUE = (20, 200, 2000)
_STEP = 2  # days after the last one from which on a day of its own makes a further step


@dataclass(frozen=True, slots=True)
class Change:
    """One slot that differs: which, what it was, what it is."""

    slot: str  # stage, figure, denial, confirmation, figure_added, step
    was: str = ""
    now: str = ""
    old: Figure | None = None  # for figures, instead of words
    new: Figure | None = None
    days: tuple[Span, Span] | None = None  # for steps


def changed_figure(
    mention: Sequence[Figure], known: Sequence[Figure], rules: Rules, *, any_unit: bool = False
) -> Change | None:
    """The first figure of the mention that contradicts every known one of its unit.

    Of a story only telling units count; of a fact, whose few figures were chosen, `any_unit`.
    """
    counted = {(f.unit, f.value) for f in known if not (f.approximate or f.earlier)}
    # "14 killed" in the headline and "at least 14" below: the headline tells which count it is
    olds = [f for f in known if not f.earlier and not (f.approximate and (f.unit, f.value) in counted)]
    firsts = {f.unit: f for f in reversed([f for f in mention if not f.earlier])}
    for new in mention:
        # the first figure of a unit is the event's; further ones are its parts and its background
        if not (any_unit or new.unit in rules.telling_units) or firsts.get(new.unit) is not new:
            continue
        same = [old for old in olds if _comparable(old, new, rules)]
        if _is_vague(new) and any(old.value >= new.value for old in same):
            continue  # "dozens" takes nothing back of sixty
        if any(old.earlier and _comparable(old, new, rules) and agree(old, new, rules) for old in known):
            continue  # "eleven, up from nine": who comes late with the nine takes nothing back
        told = same + [old for old in olds if {old.unit, new.unit} <= rules.people_units]
        exact = (f for f in mention if f.unit == new.unit and not (f.approximate or f.earlier))
        count = next(exact, new) if new.approximate else new  # "dozens" in the headline, 32 in the text
        if same and not any(agree(old, one, rules) for old in told for one in (new, count)):
            return Change("figure", old=same[-1], new=count)
    return None


def _revised(mention: Sequence[Figure], known: Sequence[Figure], rules: Rules) -> Change | None:
    """A figure that the text itself sets against the known one: "23, up from 14"."""
    for was in (f for f in mention if f.earlier):
        told = [old for old in known if old.unit == was.unit or {old.unit, was.unit} <= rules.people_units]
        old = next((old for old in told if not old.earlier and agree(old, was, rules)), None)
        new = next(
            (f for f in mention if not f.earlier and f.unit == was.unit and not agree(f, was, rules)), None
        )
        again = new is not None and any(agree(o, new, rules) for o in told)
        if old is not None and new is not None and not again:
            return Change("figure", old=old, new=new)
    return None


def added_figure(
    mention: Sequence[Figure], known: Sequence[Figure], units: Iterable[str], rules: Rules
) -> Change | None:
    """The first figure of one of these units where none of that unit was known.

    Nor that many people as something else: "fourteen people picked up" may be the fourteen arrests.
    """
    have = {f.unit for f in known}
    people = [f for f in known if f.unit in rules.people_units]
    for new in mention:
        if new.earlier or new.unit not in units or new.unit in have:
            continue
        if not (new.unit in rules.people_units and any(agree(old, new, rules) for old in people)):
            return Change("figure_added", old=Figure(0, new.unit), new=new)
    return None


def _is_vague(figure: Figure) -> bool:
    """Whether it may stand for "dozens", "hundreds" or "thousands", which count nothing."""
    return figure.approximate and figure.high is None and figure.value in _VAGUE


def _comparable(old: Figure, new: Figure, rules: Rules) -> bool:
    """Of one unit, and not about two things: an id and a model name may mean the same thing."""
    if rules.unit(old.unit) != rules.unit(new.unit):
        return False
    if not old.about or not new.about or old.about == new.about:
        return True
    return ("." in old.about) != ("." in new.about)


def agree(old: Figure, new: Figure, rules: Rules) -> bool:
    """Whether two figures of one unit can be the same count, told roughly or as a range."""
    low, high = _range(old, rules)
    new_low, new_high = _range(new, rules)
    return new_low <= high and low <= new_high


def _range(figure: Figure, rules: Rules) -> tuple[float, float]:
    top = figure.high if figure.high is not None else figure.value
    share = rules.approximate_tolerance if figure.approximate else 0.0
    if figure.value >= 1000:  # large figures are rounded by outlets without saying so
        share = max(share, rules.figure_tolerance)
    return figure.value * (1 - share), top * (1 + share)


def told_otherwise(mention: Mention, known: frozenset[str], rules: Rules) -> bool:
    """Whether a known fact is told as another one of its kind ("third trip"), or with a figure revised.

    `known`: the names and objects of the fact.
    """
    if rules.revised & mention.entities:
        return True
    which, other = mention.entities & rules.ordinals, known & rules.ordinals
    return bool(which and other) and which.isdisjoint(other)


def later_stage(kind: str, old: str | None, new: str | None, rules: Rules) -> bool:
    """Whether the new stage stands on a later tier of the type's ladder."""
    before, after = rules.tier(kind, old), rules.tier(kind, new)
    return before is not None and after is not None and after > before


def _moved_on(kind: str, latest: Mention, mention: Mention, rules: Rules) -> bool:
    """A later tier; or, days after, a later rung: what arrived is handed over at a ceremony."""
    before, after = rules.stage_on(kind, latest), rules.stage_on(kind, mention)
    if later_stage(kind, before, after, rules):
        return True
    resumed = before in rules.stopped and after is not None and after not in rules.stopped
    resumed = resumed and (before in rules.undone or _of_other_days(kind, latest, mention, rules))
    if resumed and mention.realis is Realis.DONE:
        return True  # what was put off or halted takes place after all; who lost a mine settles weeks later
    if not mention.dated or mention.span is None or latest.span is None:
        return False
    low, high = rules.rung(kind, before), rules.rung(kind, after)
    # two days that both texts name are two, if only the next but one
    enough = 1 if latest.dated else rules.window(kind).same
    apart = mention.span.distance(latest.span) > enough
    return apart and low is not None and high is not None and high > low


def _of_other_days(kind: str, latest: Mention, mention: Mention, rules: Rules) -> bool:
    """Whether two reports are of days too far apart for one event."""
    if latest.span is None or mention.span is None:
        return False
    return latest.span.distance(mention.span) > rules.window(kind).same


def _came_of(kind: str, mention: Mention, members: Sequence[Mention], rules: Rules) -> Change | None:
    """A step of what came of the event: an arrest within a plot, then the trial."""
    if mention.type not in rules.children.get(kind, ()):
        return None
    told = [m for m in members if m.type == mention.type]
    if not told and _counted_before(mention, members, rules):
        return None  # "fourteen people picked up" were the fourteen arrests
    if not told:
        return Change("stage", members[-1].stage or "", mention.stage or "")
    latest = max(told, key=lambda m: rules.tier(mention.type, m.stage) or 0)
    if later_stage(mention.type, latest.stage, mention.stage, rules):
        return Change("stage", latest.stage or "", mention.stage or "")
    return None


def _counted_before(mention: Mention, members: Sequence[Mention], rules: Rules) -> bool:
    """Whether the people that a mention counts were counted before, by another word."""
    known = [f for m in members for f in m.figures if f.unit in rules.people_units]
    own = [f for f in mention.figures if f.unit in rules.people_units and not f.earlier]
    return bool(own) and all(any(agree(old, new, rules) for old in known) for new in own)


def story_change(mention: Mention, members: Sequence[Mention], rules: Rules) -> Change | None:
    """What a mention changes in a story, the gravest first; None when it only tells it again."""
    kind = members[0].type
    denied = any(m.realis is Realis.NEGATED for m in members)
    residual = bool(mention.types) and mention.type in rules.residual
    beside = residual and kind not in rules.residual and kind not in mention.types
    if mention.realis is Realis.NEGATED and (beside or mention.label is None):
        return None  # "sanctions will not stop us" denies no sanctions
    if mention.realis is Realis.NEGATED:
        rumour = all(m.realis is Realis.RUMOUR for m in members)
        return None if denied else Change("denial", "rumour" if rumour else "reported", "denied")
    firm = [m for m in members if m.realis in (Realis.DONE, Realis.ANNOUNCED)]
    sure = mention.label is None and UNCONFIRMED not in mention.entities
    if not firm and mention.types and mention.realis is Realis.DONE and sure:
        return Change("confirmation", "rumour", "reported")
    tiers = [
        (tier, m)
        for m in _standing(kind, members, rules)
        if (tier := rules.tier(kind, rules.stage_on(kind, m))) is not None
    ]
    _, latest = max(tiers, key=itemgetter(0), default=(0, None))
    asserted = mention.realis in (Realis.DONE, Realis.ANNOUNCED) and mention.sure_stage
    known = [f for m in members for f in m.figures]
    toll = changed_figure(mention.figures, known, rules)
    if toll is not None and kind in rules.counted and kind in rules.recurring:
        return toll  # who died counts for more than who confirms it
    if asserted and latest is not None and _moved_on(kind, latest, mention, rules):
        return Change("stage", latest.stage or "", mention.stage or "")
    if asserted and latest is None and mention.stage in rules.ending.get(kind, ()):
        return Change("stage", members[-1].stage or "", mention.stage or "")  # whatever had begun is over
    child = _came_of(kind, mention, members, rules) if asserted else None
    if child is not None:
        return child
    change = _revised(mention.figures, known, rules) or toll
    if change is None and kind in rules.counted:
        change = added_figure(mention.figures, known, rules.counted[kind], rules)
    if change is None and asserted and kind in rules.steps and mention.realis is Realis.DONE:
        change = _further_step(mention, members)
    if change is None and asserted:
        change = _told_first(kind, mention, members, rules)
    return change


def _standing(kind: str, members: Sequence[Mention], rules: Rules) -> Sequence[Mention]:
    """The reports without those of a stop that is over: what was put off, and was held later."""
    stages = [rules.stage_on(kind, m) for m in members]
    stopped = [stage in rules.stopped for stage in stages]
    on = [m.realis is Realis.DONE and stage is not None for m, stage in zip(members, stages, strict=True)]
    over = max((n for n, goes in enumerate(on) if goes and not stopped[n] and any(stopped[:n])), default=0)
    return [m for n, m in enumerate(members) if n >= over or not stopped[n]]


def read_otherwise(
    change: Change, mention: Mention, at: datetime, members: Sequence[Member], rules: Rules
) -> bool:
    """Whether a later stage is only what other words of the same hours and day were taken for.

    "Left Aguelhok" and "quit the base", printed in one morning, are one stage.
    """
    hourly = not {members[0].mention.type, mention.stage}.isdisjoint(rules.within_hours)
    if change.slot != "stage" or hourly or mention.type != members[0].mention.type or mention.span is None:
        return False
    return any(
        abs(at - one.published) <= _AT_ONCE
        and one.mention.realis is mention.realis
        and one.mention.span is not None
        and not one.mention.span.distance(mention.span)
        for one in members
    )


def _told_first(kind: str, mention: Mention, members: Sequence[Mention], rules: Rules) -> Change | None:
    """What makes a further step and no report told before: a successor is named, a summit ends."""
    new = rules.signs.get(kind, frozenset()) & mention.entities
    if not new or any(new & member.entities for member in members):
        return None
    if mention.realis is not Realis.DONE:
        return None  # a visit to come has no outcome yet, whatever is to be signed
    spans = [m.span for m in members if m.span is not None]
    if mention.span is None or not spans:
        return None
    return Change("step", days=(max(spans, key=lambda span: span.end), mention.span))


def _further_step(mention: Mention, members: Sequence[Mention]) -> Change | None:
    """The next step of an affair, told with a day of its own: a successor is named, an envoy recalled."""
    days = [m.span for m in members if m.span is not None]
    if not (mention.dated and mention.span is not None and days):
        return None
    last = max(day.end for day in days)
    if (mention.span.start - last).days < _STEP:
        return None
    return Change("step", days=(max(days, key=lambda day: day.end), mention.span))
