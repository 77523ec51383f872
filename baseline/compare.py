"""How near a mention comes to a fact or a story, term by term.

The event date gates, shared names decide, the type explains (language.md §7: the type as an equal
term of the score loses 10 to 15 points on unseen types). No statistics of a corpus: weights of
names are data, so that the same input always gives the same score.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from math import ceil, fsum
from typing import NamedTuple

from baseline.catalogue import Knowledge
from baseline.changes import agree
from baseline.linking import Linking
from baseline.rules import Rules
from baseline.slots import PRINTS
from djeli.core.model import Fact, Member, Mention, Nearest, Realis, Span, Story, Term

# A fact dated by month or year is met by any day in it; one dated by day, by a report this near.
_DAY_SLACK = 3
_COARSE_SLACK = 6
_VAGUE = 0.15  # a story dated by month or year: nearly anything falls into it
_UNDATED = 0.4  # the date term where the text gives no date: neither for nor against
_REFERRED = 0.8  # a later word on an event that the text itself dates
_FOLLOWS = 0.18  # overlap of names from which on a later stage follows what the text says when it was
_GOES_ON = 0.48  # and from which on what is told at the same stage does
_UNTYPED = 0.5  # a text without a trigger is of no known kind: neither for nor against
_KIN = 0.7  # a kindred type against the same one
_LOOSE = 60  # days from an event within which a report without a day of its own may be of it
_IDENTITY = 0.62  # the slots that name an event by themselves agree
# Who and what a deal is about, if few others have to do with it; persons and places meet at many deals.
_THINGS = ("name:", "doc.", "org.", "grp.")
_TELLING_THING = 0.9  # weight of such a name from which on sharing it says that it is one deal
_VETO = 0.4  # what remains when place or country is another
_RELATED = 0.6  # Wagner for Africa Corps: related, not identical
_NAMED_IN_FULL = 0.75
_NAMED_AT_ALL = 0.38  # who names less of a fact than this tells something else of its day
_MOST_KEPT = 8_192  # reports that are kept as comparing asks for them, half a kilobyte each
_HOPELESS = 0.2  # a score below which all signs joined one pair in 19,000, so that they are not asked
_LIKELY = 0.5  # chance by all signs from which on a report belongs to a story whatever its score,
_UNLIKELY = 0.3  # and below which it does not
_PARTING = ("other_country", "elsewhere", "other_goods")  # signs of two events, whatever else agrees
_FAR_OFF = 30  # days from which on no further one counts as a sign
_SEVERAL = 3  # of one kind of sign: more say no more
_LARGE = 10  # a figure from which on few others are equal by chance
_HEAVY = 8.0
_BODIES = ("org.", "grp.", "eqp.")
_TERMS = ("entities", "date", "type")
_SUCCESSION = "obj.succession"
_COUP = "coup"
_TALKS, _CALL = "visit_talks", "obj.phone_call"
_SANCTIONS = "sanctions"
_WITHDRAWAL = "withdrawal"
_TO_AND_FRO = {_WITHDRAWAL, "deployment"}
_MONTH = 31
_SENDERS = ("country", "body", "international body", "regional body", "continental body", "armed group")
_DOUBT = 0.85
_MANY = 3  # a count from which on to agree on it says something
_FIGURE = 0.1  # a telling figure of the fact stands in the text
_MUCH = 1.2  # weight of shared names that joins a text of no known kind to a story
_THIN = 0.8  # a fact whose names weigh less than this names hardly more than two states
_ENOUGH = 1.0  # weight of shared names from which on their overlap counts in full
_REPRINT = 0.7  # share of the sketch that two prints of one text have in common
_FEWEST_PRINTS = 12  # in a sketch, below which two texts can be alike by chance
# Of so many of the one's hashes at least one stands in the whole sketch of the other, if both are one text.
_FIRST_PRINTS = PRINTS - ceil(_REPRINT * PRINTS) + 1


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact with its names and objects, as mentions carry them."""

    fact: Fact
    core: frozenset[str]  # actors, counterparts, places, objects: what a retelling must name
    all: frozenset[str]
    country: str | None


@dataclass(frozen=True, slots=True)
class Pairing:
    """A mention against one report: score, terms, the slot that raised it, what cut it to 40 %."""

    score: float
    terms: tuple[Term, ...]
    days: int | None  # between the two; None where the date counts neither for nor against
    raised: str | None
    cut: str | None


class _Asked(NamedTuple):
    """A mention with what comparing asks of it: worked out once, for reports meet again and again."""

    mention: Mention
    entities: frozenset[str]
    weight: float  # of its names; unknown proper names count less, for they vary most
    heirs: tuple[str, ...]  # names that succeed others, or are succeeded
    persons: frozenset[str]
    towns: frozenset[str]  # localities: no regions, and no continent
    subjects: frozenset[str]  # what deliveries and deals are about
    counts: frozenset[tuple[float, str]]  # telling figures
    local: bool  # a town names such an event
    senders: frozenset[str]  # of sanctions: states and bodies from outside, one of which imposes them


class _Moment(NamedTuple):
    """What of a report tells whether another one can be of its days and kind, whatever they name."""

    type: str
    typed: bool
    stage: str | None
    done: bool
    announced: bool
    span: tuple[date, date] | None
    dated: bool
    ordinal: bool


class _Stand(NamedTuple):
    """How a mention stands to the reports of one moment, whatever they name."""

    when: float  # the value of the date term
    days: int
    kind: float  # that of the type term
    further: bool
    near: bool  # kindred and of the same days: one slot that names an event by itself joins them


class _Told(NamedTuple):
    """The reports of a story as they are compared, each with the place of its moment."""

    members: tuple[Member, ...]
    reports: tuple[tuple[_Asked, int], ...]
    moments: dict[_Moment, tuple[int, int, Mention]]  # place here, number, and a mention of each
    prints: frozenset[int]  # of the sketches of their wording the first ones


_Stands = dict[int, _Stand]  # of one mention, to all moments that it met, by their numbers
_Values = tuple[float, float, float]
_NO_PAIR: tuple[float, _Values] = (0.0, (0.0, 0.0, 0.0))
_NOTHING_TOLD = _Told((), (), {}, frozenset())
_FAR = _Stand(0.0, 0, 0.0, further=False, near=False)


@dataclass(frozen=True, slots=True)
class Met:
    """A story as a mention met it: its score, and that of each report with the values of its terms."""

    story: Story
    score: float
    pairs: Sequence[tuple[float, _Values]]
    chance: float | None = None  # of being one development, by all signs; None: nothing speaks for it


class Comparer:
    """Scores by the rules of knowledge/comparison.yaml."""

    def __init__(self, knowledge: Knowledge, rules: Rules, linking: Linking) -> None:
        self._knowledge = knowledge
        self._rules = rules
        self._linking = linking
        self._told: dict[str, _Told] = {}
        self._kept = 0  # reports in them
        self._moments: dict[_Moment, int] = {}
        self._numbers = count()
        self._equipment = {
            id_: rules.families[e.family]
            for id_, e in knowledge.entities.items()
            if e.family is not None and e.family in rules.families
        }
        self._succession = {id_: e.related for id_, e in knowledge.entities.items() if e.related}

    # ------------------------------------------------------------------ facts

    def fact(self, mention: Mention, view: FactView, *, dates: bool = True) -> Nearest:
        """Score of a fact; with `dates` False its date is left out (nearest of the same kind)."""
        fact = view.fact
        named = self._named(mention.entities, view)
        kind = self._kind(mention, fact.type)
        when = self._fact_date(mention, view) if dates else _UNDATED
        terms = [
            Term("entities", named, self._shared(mention.entities, view.all)),
            Term("date", when, f"{mention.span} / {fact.span}"),
            Term("type", kind, f"{mention.type} / {fact.type}"),
        ]
        total = self._total(named, when, kind)
        if total and _same_figure(mention, fact):
            total = min(1.0, total + _FIGURE)
        apart = self._fact_apart(mention, view, named, kind)
        return Nearest(fact.id, total * _VETO if apart else total, tuple(terms))

    def fact_apart(self, mention: Mention, view: FactView) -> str | None:
        """Why the score of a fact was cut: other_type, few_names, loose or thin; None when it was not."""
        kind = self._kind(mention, view.fact.type)
        return self._fact_apart(mention, view, self._named(mention.entities, view), kind)

    def fact_days(self, mention: Mention, view: FactView) -> int | None:
        """Days between a mention and a fact; None where the date counts neither for nor against."""
        if mention.span is None or view.fact.span is None or self._fact_date(mention, view) == _UNDATED:
            return None
        return mention.span.distance(view.fact.span)

    def fact_raised(self, mention: Mention, view: FactView) -> str | None:
        """What raised the score of a fact: a figure."""
        return "figure" if _same_figure(mention, view.fact) else None

    def _fact_apart(self, mention: Mention, view: FactView, named: float, kind: float) -> str | None:
        if not kind:  # a fact of another kind is not what is told, whatever names it shares
            return "other_type"
        if named < _NAMED_AT_ALL:
            return "few_names"
        # a fact of a kindred type must be named nearly in full: an arrest is not an appointment
        if kind == _KIN and view.fact.type not in mention.types and named < _NAMED_IN_FULL:
            return "loose"
        # nor is it one that names only states, unless it is of the same kind
        return "thin" if kind < 1.0 and self.names_little(view.core) else None

    def names_little(self, core: frozenset[str]) -> bool:
        """Whether a fact's names are hardly more than two states."""
        return fsum(self._rules.weights[e] for e in core) < _THIN

    def may_be(self, mention: Mention, view: FactView) -> bool:
        """Whether a fact can be about the mention at all: of its kind and its time, with a name in common.

        Cheap: what is left out here would score too low to be known.
        """
        kind, until = self._kind(mention, view.fact.type), view.fact.until
        beyond = until is not None and mention.span is not None and mention.span.start > until
        if beyond and not self._left_before(mention, view.fact):
            return False  # beyond the horizon of the fact: another development
        return bool(kind) and self._fact_date(mention, view) > 0 and not mention.entities.isdisjoint(view.all)

    def _named(self, entities: frozenset[str], view: FactView) -> float:
        """How much of what the fact names the mention names too; a little for naming nothing else."""
        weight = self._rules.weights.__getitem__
        need = fsum(weight(e) for e in view.core)
        if not need:
            return 0.0
        shared = fsum(weight(e) for e in view.core & entities)
        related = fsum(_RELATED * weight(e) for e in view.core - entities if self._related(e) & entities)
        rest = fsum(weight(e) for e in entities - view.all if not e.startswith("name:"))
        recall = min(1.0, (shared + related) / need)
        return 0.8 * recall + 0.2 * (shared + related) / (shared + related + rest + 1e-9)

    def _named_fully(self, mention: Mention, view: FactView) -> bool:
        """Whether an undated memory of no known kind names all of a fact that names people or goods."""
        return view.core <= mention.entities and not self.names_little(view.core)

    def _left_before(self, mention: Mention, fact: Fact) -> bool:
        """Whether a report tells that a force left which has left for good: it leaves once."""
        left = self._rules.left_for_good
        heirs = {heir for force in left for heir in self._succession.get(force, ())}
        first = next((actor for actor in mention.actors if actor in left | heirs), None)
        return (
            mention.type == fact.type == _WITHDRAWAL
            and mention.realis is not Realis.NEGATED
            and first in left  # "Africa Corps, which many still call Wagner" is its heir
            and not left.isdisjoint(mention.entities.intersection(fact.actors))
        )

    def _related(self, entity: str) -> frozenset[str]:
        """Names that stand for this one: its line of succession, the country of a place or force."""
        known = self._knowledge.entities.get(entity)
        if known is None:
            return frozenset()
        home = {known.country} if known.country and known.country != entity else set()
        near = {known.of} if known.of else set()
        return frozenset(known.related | home | near)

    def _fact_date(self, mention: Mention, view: FactView) -> float:
        fact = view.fact
        if mention.span is None or fact.span is None:
            return _UNDATED
        memory = mention.realis is Realis.HISTORICAL
        if (memory or mention.comment) and not mention.dated:
            typed = bool(mention.types) and memory
            sure = typed or _same_figure(mention, fact) or self._named_fully(mention, view)
            return _UNDATED if sure else 0.0
        days = mention.span.distance(fact.span)
        slack = _DAY_SLACK if fact.precision == "day" and _fine(mention.span) else _COARSE_SLACK
        if days > slack:
            return _UNDATED if self._left_before(mention, fact) else 0.0
        exact = 1.0 if fact.precision in ("day", "month") else 0.8
        return exact * (1 - days / (slack + 2))

    def _total(self, named: float, when: float, kind: float) -> float:
        """The weighted sum; nothing when a gate (date, names) is shut."""
        if when <= 0.0 or named <= 0.0:
            return 0.0
        weights = self._rules.score
        return fsum((weights["entities"] * named, weights["date"] * when, weights["type"] * kind))

    # ------------------------------------------------------------------ stories

    def stories(self, mention: Mention, stories: Iterable[Story]) -> list[Met]:
        """The scores of stories."""
        asked, stands = self._ask(mention), _Stands()
        return [self._story(asked, story, stands) for story in stories]

    def terms(self, mention: Mention, met: Met) -> tuple[Term, ...]:
        """The terms of a story's score: averages over its reports, in the words of the latest one."""
        values = (fsum(values) / len(met.pairs) for values in zip(*(p[1] for p in met.pairs), strict=True))
        details = self._details(mention, met.story.members[-1].mention)
        return tuple(Term(*term) for term in zip(_TERMS, values, details, strict=True))

    def _story(self, a: _Asked, story: Story, stands: _Stands) -> Met:
        """Between the average over the story's members and the best of them.

        Single links make chains, but a long story with one far-off report must still be found.
        """
        told = self._as_told(story)
        pairs = self._pairs(a, told, stands)
        follows = bool(a.mention.refers) and self._follows_up(a, story)
        score = _over_reports(pairs)
        score = max(score, _IDENTITY) if follows else score
        if score < _HOPELESS or all(values[1] <= 0.0 for _, values in pairs):
            return Met(story, score, pairs)
        signs = dict(self._signs(a, told, pairs, score, follows))
        chance = self._linking.chance(signs.items())
        one_of_a_state = "country" in self._rules.identity.get(a.mention.type, ())
        parted, named = any(signs[name] for name in _PARTING), signs["identity"] and one_of_a_state
        parted = parted or all(
            self._other_sender(a, b) or self._other_form(a, b.mention) for b, _ in told.reports
        )
        turned = self._turned(score, chance, parted, bool(named))
        if turned:
            score = max(score, _IDENTITY) if turned > 0 else score * _VETO
        return Met(story, score, pairs, chance)

    def _turned(self, score: float, chance: float, parted: bool, named: bool) -> int:
        """1 where all signs together raise a score that is too low, -1 where they cut one that is not.

        Nothing raises what is parted by place or goods: one donor gives the same wheat to two neighbours, one
        group attacks two towns on one day, one pair of ministers signs two treaties. Nor is a coup cut that
        has its country and day: no state has two.
        """
        if score < self._rules.same_story:
            return int(chance >= _LIKELY and not parted)
        return -int(chance < _UNLIKELY and not named)

    def signs(self, mention: Mention, met: Met) -> dict[str, float]:
        """The signs of a story and of its nearest report, to learn from; none where days forbid it."""
        if all(values[1] <= 0.0 for _, values in met.pairs):
            return {}
        a, told = self._ask(mention), self._as_told(met.story)
        follows = bool(mention.refers) and self._follows_up(a, met.story)
        return dict(self._signs(a, told, met.pairs, met.score, follows))

    def _signs(
        self, a: _Asked, told: _Told, pairs: Sequence[tuple[float, _Values]], score: float, follows: bool
    ) -> Iterator[tuple[str, float]]:
        """What speaks for or against one development, of the report that comes nearest and of the story."""
        place = max(range(len(pairs)), key=lambda at: (pairs[at][0], pairs[at][1][0], at))
        (own, (named, when, kind)), (b, _) = pairs[place], told.reports[place]
        yield "score", score
        yield "nearest", own
        yield "names", named
        yield "names_on_average", fsum([values[0] for _, values in pairs]) / len(pairs)
        yield "date", when
        yield "kind", kind
        yield "follows", float(follows)
        yield "reports", min(_HEAVY, float(len(pairs)))
        yield "weight", min(_HEAVY, a.weight)
        yield from self._signs_of_event(a.mention, b.mention)
        yield from self._signs_of_names(a, b)
        yield from self._signs_of_place(a, b)
        yield from _signs_of_telling(a.mention, b.mention)

    def _signs_of_event(self, a: Mention, b: Mention) -> Iterator[tuple[str, float]]:
        if a.span is not None and b.span is not None:
            days = a.span.distance(b.span)
            yield "same_day", float(not days)
            yield "days", min(days, _FAR_OFF) / _FAR_OFF
        if a.types and b.types:
            step = self._step(a, b)
            yield "same_type", float(a.type == b.type)
            yield "kin", float(self._rules.kin(a.type, b.type))
            yield "either_type", float(not set(a.types[:2]).isdisjoint(b.types[:2]))
            yield "child", float(a.type in self._rules.children.get(b.type, ()))
            yield "later", float(step > 0)
            yield "earlier", float(step < 0)
        values = {round(f.value) for f in a.figures} & {round(f.value) for f in b.figures}
        yield "figures", float(min(_SEVERAL, sum(value > 1 for value in values)))
        yield "large_figure", float(any(value >= _LARGE for value in values))
        yield "unit", float(not {f.unit for f in a.figures}.isdisjoint([f.unit for f in b.figures]))

    def _signs_of_names(self, a: _Asked, b: _Asked) -> Iterator[tuple[str, float]]:
        both, weights = a.entities & b.entities, self._rules.weights
        yield "count", float(not a.counts.isdisjoint(b.counts))
        yield "persons", float(min(_SEVERAL, len(a.persons & b.persons)))
        yield "unknown_names", float(min(_SEVERAL, sum(e.startswith("name:") for e in both)))
        yield "document", float(any(e.startswith("doc.") for e in both))
        yield "things", float(min(_SEVERAL, sum(e.startswith("obj.") for e in both)))
        yield "bodies", fsum([weights[e] for e in both if e.startswith(_BODIES)])
        yield "subject", float(not a.subjects.isdisjoint(b.subjects))
        yield "other_subject", float(bool(a.subjects and b.subjects and a.subjects.isdisjoint(b.subjects)))
        yield "other_goods", float(self._other_subject(a, b))
        yield "vague", float(self._vaguely(a, b))
        yield "identity", float(next(self._identities(a, b), None) is not None)

    def _signs_of_place(self, a: _Asked, b: _Asked) -> Iterator[tuple[str, float]]:
        here, there = a.mention.country, b.mention.country
        yield "town", float(not a.towns.isdisjoint(b.towns))
        yield "other_town", float(bool(a.towns and b.towns and a.towns.isdisjoint(b.towns)))
        yield "country", float(self._by_country(a, b))
        yield "other_country", float(bool(here and there and here != there))
        yield "elsewhere", float(self._elsewhere(a, b))

    def _pairs(self, a: _Asked, told: _Told, stands: _Stands) -> list[tuple[float, _Values]]:
        """The score of a mention with each report of a story, and the values of its terms."""
        by_moment = []
        for _, number, mention in told.moments.values():
            stand = stands.get(number)
            if stand is None:
                dated = self._story_date(a.mention, mention)[0] > 0.0
                stand = stands[number] = self._stand(a.mention, mention) if dated else _FAR
            by_moment.append(stand)
        if all(stand is _FAR for stand in by_moment):
            return [_NO_PAIR] * len(told.reports)
        stood = [(b, by_moment[place]) for b, place in told.reports]
        return [_NO_PAIR if stand is _FAR else self._pair(a, b, stand) for b, stand in stood]

    def printed_before(self, mention: Mention, stories: Iterable[Story]) -> list[Story]:
        """The stories that tell of another print of the text of a mention."""
        return [story for story in stories if self._may_print(mention, story) and _is_printed(mention, story)]

    def _may_print(self, mention: Mention, story: Story) -> bool:
        """Whether one of the reports can be such a print; the sketches of long texts need not be compared."""
        short = len(mention.prints) < PRINTS
        return short or not self._as_told(story).prints.isdisjoint(mention.prints)

    def _as_told(self, story: Story) -> _Told:
        """A story as its reports are compared; what it was before it grew is not worked out again."""
        known, members = self._told.get(story.id, _NOTHING_TOLD), story.members
        if known.members is members:
            return known
        if known.members != members[: len(known.members)]:
            known = _NOTHING_TOLD
        moments = dict(known.moments)
        reports: list[tuple[_Asked, int]] = []
        prints: list[int] = []
        for member in members[len(known.members) :]:
            mention = member.mention
            moment = _moment(mention)
            if moment not in moments:
                moments[moment] = len(moments), self._number(moment), mention
            reports.append((self._ask(mention), moments[moment][0]))
            prints += mention.prints[:_FIRST_PRINTS]
        told = _Told(members, (*known.reports, *reports), moments, known.prints.union(prints))
        self._keep(story.id, told)
        return told

    def _number(self, moment: _Moment) -> int:
        """The same for the same moment, and never that of another one."""
        if len(self._moments) >= _MOST_KEPT:
            self._moments.clear()
        return self._moments.setdefault(moment, next(self._numbers))

    def _keep(self, story: str, told: _Told) -> None:
        self._kept += len(told.reports) - len(self._told.pop(story, _NOTHING_TOLD).reports)
        if self._kept > _MOST_KEPT:
            self._told.clear()
            self._kept = len(told.reports)
        self._told[story] = told

    def _ask(self, mention: Mention) -> _Asked:
        rules, names = self._rules, mention.entities
        return _Asked(
            mention,
            names,
            fsum([rules.weights[e] * (0.4 if e.startswith("name:") else 1.0) for e in names]),
            tuple([e for e in names if e in self._succession]),
            _persons(mention),
            self._towns(mention),
            names & rules.subjects | {self._equipment[e] for e in names if e in self._equipment},
            frozenset(
                [
                    (f.value, f.unit)
                    for f in mention.figures
                    if f.value >= _MANY and f.unit in rules.telling_units
                ]
            ),
            "locality" in rules.identity.get(mention.type, ()),
            self._senders(mention) if mention.type == _SANCTIONS else frozenset(),
        )

    def _stand(self, a: Mention, b: Mention) -> _Stand:
        when, days = self._story_date(a, b)
        kind = self._kind(a, b.type) if b.types else _UNTYPED
        further = bool(a.ordinal and not b.ordinal and a.dated and days)
        near = self._rules.kin(a.type, b.type) and days <= self._days_of_one(a, b)
        near = near or (self._came_of(a, b) and days <= self._rules.window(b.type).follow)
        near = near or self._of_one_past(a, b)
        return _Stand(when, days, kind, further, near)

    def _came_of(self, a: Mention, b: Mention) -> bool:
        """Whether `a` can be what a plot or coup led to, weeks later: charges, a trial."""
        return b.type == _COUP and a.type in self._rules.children.get(_COUP, ()) and not a.ordinal

    def _days_of_one(self, a: Mention, b: Mention) -> int:
        """How many days apart two reports of one kind may be of one event, if what names it agrees.

        A coup is one as long as it is not decided: what comes of it is told with days of its own.
        """
        window = self._rules.window(b.type)
        if a.type == b.type and a.stage in self._rules.ending.get(a.type, ()):
            return max(window.same, window.follow)  # what is lifted or over had begun before
        same = window.same
        lasting = self._rules.lasting.get(a.type)
        if lasting is None or a.type != b.type or a.stage in self._rules.opening:
            return same
        later = a.span is not None and b.span is not None and a.span.start >= b.span.start
        return max(same, lasting[2]) if later else same

    def follows_up(self, mention: Mention, story: Story) -> bool:
        """Whether a mention goes on with a story whose time its text names ("sent in April")."""
        return self._follows_up(self._ask(mention), story)

    def _follows_up(self, a: _Asked, story: Story) -> bool:
        if not (a.mention.refers and a.mention.types) or a.mention.ordinal or a.mention.span is None:
            return False
        told = self._as_told(story)
        near = {place for place, _, other in told.moments.values() if self._of_its_kind(a.mention, other)}
        reports = zip(told.reports, story.members, strict=True)
        return any(
            place in near and self._goes_on(a, b, member.published.date()) for (b, place), member in reports
        )

    def _of_its_kind(self, a: Mention, b: Mention) -> bool:
        child = a.type in self._rules.children.get(b.type, ())
        return child or self._rules.kin(a.type, b.type) or b.type in a.types

    def _goes_on(self, one: _Asked, other: _Asked, told: date) -> bool:
        a, b = one.mention, other.mention
        if b.span is None or not self._names_the_time(a, b.span, told):
            return False
        if {a.type, b.type} == _TO_AND_FRO or self._other_site(a, b):
            return False
        if self._apart(one, other):
            return False
        child = a.type in self._rules.children.get(b.type, ())
        alike = self._alike(one, other)
        step = self._step(a, b)
        its_day = any(_fine(day) and day.distance(b.span) <= 1 for day in a.refers)
        if a.type == b.type in self._rules.lasting and its_day and step >= 0 and self._by_country(one, other):
            return True  # no state has two: "the assault of 4 May"
        if child or step > 0:
            return alike >= _FOLLOWS
        return step == 0 and b.type not in self._rules.recurring and alike >= _GOES_ON

    def _other_site(self, a: Mention, b: Mention) -> bool:
        """Whether forces come to or leave one base here, another one there: each first names its own."""
        if a.type != b.type or a.type not in _TO_AND_FRO:
            return False
        own, other = self._towns(a), self._towns(b)
        if not own or not other:
            return False
        here, there = (next(p for p in m.places if p in towns) for m, towns in ((a, own), (b, other)))
        return here not in other and here != there

    def _names_the_time(self, a: Mention, event: Span, told: date) -> bool:
        """Whether the text speaks of the days of an earlier event, or of those when it was told."""
        if a.span is None or a.span.distance(event) == 0:
            return False
        return any(
            day.distance(event) <= (1 if _fine(day) else 0)
            or (not _fine(day) and day.start <= told <= day.end)
            for day in a.refers
        )

    def _step(self, a: Mention, b: Mention) -> int:
        """1 where `a` tells a later stage than `b`, or as done what was foretold; -1 for an earlier one."""
        if b.realis is not Realis.DONE and a.realis is Realis.DONE:
            return 1
        later = self._rules.rung(b.type, self._rules.stage_on(b.type, a))
        earlier = self._rules.rung(b.type, b.stage)
        if later is None or earlier is None:
            return 0
        return (later > earlier) - (later < earlier)

    def _details(self, a: Mention, b: Mention) -> tuple[str, str, str]:
        """What each term of a pair stands on."""
        when, days = self._story_date(a, b)
        if when <= 0.0:
            return "", "too far apart", ""
        return self._shared(a.entities, b.entities), f"{days} days", f"{a.type} / {b.type}"

    def _pair(self, a: _Asked, b: _Asked, stand: _Stand) -> tuple[float, _Values]:
        """The score of two mentions, and the values of its terms."""
        when, kind = stand.when, stand.kind
        if when <= 0.0:
            return _NO_PAIR
        named = self._alike(a, b)
        if named <= 0.0 and not stand.near:
            return 0.0, (named, when, kind)
        score = self._total(named, when, kind)
        if score and not a.counts.isdisjoint(b.counts):
            score += _FIGURE
        if stand.near and next(self._identities(a, b), None) is not None:
            score = max(score, _IDENTITY)
        if score and self._apart(a, b):
            score *= _VETO
        if stand.further:
            score *= _VETO
        return score, (named, when, kind)

    def closest(self, mention: Mention, story: Story) -> Pairing:
        """The report of a story that comes nearest to a mention, and what raised or cut its score."""
        a, told = self._ask(mention), self._as_told(story)
        pairs = self._pairs(a, told, _Stands())
        (score, values), (b, _) = max(zip(pairs, told.reports, strict=True), key=lambda pair: pair[0][0])
        stand = self._stand(mention, b.mention)
        details = self._details(mention, b.mention)
        terms = tuple(Term(*term) for term in zip(_TERMS, values, details, strict=True))
        identity = next(self._identities(a, b), None) if stand.near else None
        cut = self._apart(a, b) or ("further" if stand.further else None)
        raised = identity if self._total(*values) < _IDENTITY else None
        follows = self._follows_up(a, story)
        if raised is None and follows:
            raised = "time"
        if raised is None and not a.counts.isdisjoint(b.counts):
            raised = "figure"
        met = self._story(a, story, _Stands())
        if met.chance is not None:
            first = max(_over_reports(pairs), _IDENTITY) if follows else _over_reports(pairs)
            turned = (met.score > first) - (met.score < first)
            raised = "together" if turned > 0 else raised
            cut = cut or ("together" if turned < 0 else None)
            terms = (*terms, Term("together", met.chance, "")) if turned else terms
        return Pairing(score, terms, None if stand.when == _UNDATED else stand.days, raised, cut)

    def _apart(self, a: _Asked, b: _Asked) -> str | None:
        """What keeps two mentions apart although names and day agree."""
        if self._elsewhere(a, b):
            return "elsewhere"
        if self._other_subject(a, b):
            return "other_subject"
        if self._other_sender(a, b):
            return "other_sender"
        if self._other_form(a, b.mention):
            return "other_form"
        if self._other_extent(a, b):
            return "other_extent"
        return "vague" if self._vaguely(a, b) else None

    def _alike(self, a: _Asked, b: _Asked) -> float:
        """Weighted overlap of two sets of names: half against the smaller, half against both.

        Two states in common are little evidence, however little else is named: the overlap counts in
        full only from a certain weight of shared names on.
        """
        weights, theirs = self._rules.weights, b.entities
        shared = fsum([weights[e] for e in a.entities & theirs])
        if a.heirs:
            succession, gone = self._succession, theirs - a.entities
            heirs = [e for e in a.heirs if e not in theirs and not gone.isdisjoint(succession[e])]
            shared += fsum([_RELATED * weights[e] for e in heirs])
        own, other = a.weight, b.weight
        smaller, both = min(own, other), own + other - shared
        if smaller <= 0 or both <= 0:
            return 0.0
        alike = 0.5 * min(1.0, shared / smaller) + 0.5 * min(1.0, shared / both)
        return alike * min(1.0, shared / _ENOUGH)

    def _story_date(self, a: Mention, b: Mention) -> tuple[float, int]:
        if a.span is None or b.span is None or (a.realis is Realis.HISTORICAL and not a.dated):
            return _UNDATED, 0
        days = a.span.distance(b.span)
        if self._of_one_past(a, b):
            return _REFERRED, days
        if not _fine(b.span):
            denied = a.realis is Realis.NEGATED and days <= self._rules.window(b.type).follow
            return (_VAGUE if denied or not days else 0.0), days
        window = self._rules.window(b.type)
        same = self._days_of_one(a, b)
        if days > max(same, window.follow) and not a.refers:
            return 0.0, days
        coming = not (a.dated and b.dated) and a.realis is b.realis is Realis.ANNOUNCED
        if coming and days <= window.follow and self._rules.kin(a.type, b.type):
            return _UNDATED, days  # what is to come is told on any day before it
        if days <= same:
            return 1 - days / (same + 2), days
        refers = any(_fine(day) and day.distance(b.span) <= 1 for day in a.refers)  # it dates what it follows
        if not (self._rules.kin(a.type, b.type) and self._follows(a, b)):
            return (_REFERRED if refers and not a.types and not a.ordinal else 0.0), days
        if refers:
            return _REFERRED, days
        if days <= window.follow:
            return _UNDATED, days
        return 0.0, days

    def _of_one_past(self, a: Mention, b: Mention) -> bool:
        """Whether both tell of killings of the same days long ago, in the same town: what is found out late.

        One report is dated by the day on which it was published, another by that of the killings.
        """
        if a.type != b.type or a.type not in self._rules.historical_after:
            return False
        if a.span is None or b.span is None or self._towns(a).isdisjoint(self._towns(b)):
            return False
        late = self._rules.historical_after[a.type]
        own = [day for day in (a.span, *a.refers) if day.days <= _MONTH]
        told = [day for day in (b.span, *b.refers) if day.days <= _MONTH]
        last = max(a.span.end, b.span.end)
        return any(one.distance(other) == 0 and (last - one.end).days > late for one in own for other in told)

    def _follows(self, a: Mention, b: Mention) -> bool:
        """Whether `a` can be a later word on the event of `b`: a later stage, a denial, not a twin.

        So many days apart even stages of one tier follow each other: what arrived is handed over weeks later.
        """
        if a.type in self._rules.children.get(b.type, ()):
            return not a.ordinal
        later = self._rules.rung(b.type, self._rules.stage_on(b.type, a))
        earlier = self._rules.rung(b.type, b.stage)
        moved = later is not None and earlier is not None and later > earlier
        moved = moved and {a.type, b.type} != _TO_AND_FRO  # who left one base has moved into another
        open_ = b.realis is not Realis.DONE and a.realis is Realis.DONE  # foretold or rumoured, now it is so
        stopped = self._rules.stopped  # put off, halted or seized, and now it goes on after all
        open_ = open_ or (b.stage in stopped and a.realis is Realis.DONE and a.stage not in stopped)
        if a.ordinal:
            return False
        days = a.span.distance(b.span) if a.span is not None and b.span is not None else 0
        coming = a.realis is Realis.RUMOUR and b.realis is Realis.DONE
        soon = not a.dated and days <= _LOOSE and not coming  # what is rumoured is not what was done
        denied = a.realis is Realis.NEGATED
        return moved or open_ or denied or soon or self._revises(a, b) or self._brings(a, b)

    def _brings(self, a: Mention, b: Mention) -> bool:
        """Whether `a` tells what makes a further step of such an event: who succeeds, who answers in kind."""
        signs = self._rules.signs.get(b.type, frozenset()) if a.type == b.type else frozenset()
        return not signs.isdisjoint(a.entities) and signs.isdisjoint(b.entities)

    def _revises(self, a: Mention, b: Mention) -> bool:
        """Whether `a` sets a figure of its own against the one that `b` told: "52, up from 38"."""
        was = [f for f in a.figures if f.earlier and f.unit in self._rules.telling_units]
        told = [f for f in b.figures if not f.earlier]
        return any(old.unit == f.unit and agree(old, f, self._rules) for f in was for old in told)

    def _identities(self, a: _Asked, b: _Asked) -> Iterator[str]:
        """The slots that name an event by themselves and agree."""
        slots = self._rules.identity.get(a.mention.type, ())
        return (slot for slot in slots if getattr(self, f"_by_{slot}")(a, b))

    def _by_country(self, a: _Asked, b: _Asked) -> bool:
        return a.mention.country is not None and a.mention.country == b.mention.country

    def _by_locality(self, a: _Asked, b: _Asked) -> bool:
        return not a.towns.isdisjoint(b.towns)

    def _by_person(self, a: _Asked, b: _Asked) -> bool:
        return not a.persons.isdisjoint(b.persons)

    def _by_office(self, a: _Asked, b: _Asked) -> bool:
        """Whether one names who follows the other in the same office of the same state.

        Or both tell of one day that the head of government or the cabinet goes, which is one.
        """
        if not self._by_country(a, b):
            return False
        one, other, heads = a.mention, b.mention, self._rules.heads
        of_one_day = one.dated and other.dated and one.span == other.span
        if of_one_day and heads & a.entities and heads & b.entities:
            return True
        signs = self._rules.signs.get(a.mention.type, frozenset()) | {_SUCCESSION}
        told = not signs.isdisjoint(a.entities)
        return told and not self._rules.offices.isdisjoint(a.entities & b.entities)

    def _by_plot(self, a: _Asked, b: _Asked) -> bool:
        """Whether one tells of charges for the plot that the other tells of: of a state that is one."""
        named = not self._rules.plots.isdisjoint(a.entities)
        return named and self._came_of(a.mention, b.mention) and self._by_country(a, b)

    def _by_persons(self, a: _Asked, b: _Asked) -> bool:
        return len(a.persons & b.persons) >= 2

    def _by_document(self, a: _Asked, b: _Asked) -> bool:
        return any(e.startswith("doc.") for e in a.entities & b.entities)

    def _by_reprisal(self, a: _Asked, b: _Asked) -> bool:
        """Whether one answers in kind what the other did to it: both name the same two states."""
        states = [e for e in a.entities & b.entities if e.startswith("cty.")]
        signs = self._rules.signs.get(a.mention.type, frozenset())
        return len(states) >= 2 and not signs.isdisjoint(a.entities | b.entities)

    def _by_recipient_goods(self, a: _Asked, b: _Asked) -> bool:
        shared = a.entities & b.entities
        goods = any(e in self._rules.subjects or e.startswith("eqp.") for e in shared)
        apart = a.towns and b.towns and a.towns.isdisjoint(b.towns)
        return goods and self._by_country(a, b) and not apart

    def _by_locality_object(self, a: _Asked, b: _Asked) -> bool:
        return self._by_locality(a, b) and not a.subjects.isdisjoint(b.subjects)

    def _elsewhere(self, a: _Asked, b: _Asked) -> bool:
        """Another country, or for local events another town, makes another event."""
        here, there = a.mention.country, b.mention.country
        if here and there:
            apart = here not in b.entities and there not in a.entities
            if apart and not self._common_doc(a, b):
                return True
            if a.mention.type in self._rules.national and b.mention.type in self._rules.national:
                return here != there
        if not (a.local or b.local) or any(e.startswith("name:") for e in a.entities & b.entities):
            return False  # a village that both name, and that no list has, is surer than the town beside it
        return bool(a.towns) and bool(b.towns) and a.towns.isdisjoint(b.towns)

    def _vaguely(self, a: _Asked, b: _Asked) -> bool:
        """A text of no known kind tells the same only if it names much of the same.

        A park opened in Bamako must not swallow the convoy that reached Bamako that day.
        """
        one, other = a.mention, b.mention
        if one.types and other.types and "statement" not in (one.type, other.type):
            return False
        return fsum([self._rules.weights[e] for e in a.entities & b.entities]) < _MUCH

    def _other_subject(self, a: _Asked, b: _Asked) -> bool:
        """Two deliveries, deals or projects about goods that share nothing are two events.

        Wheat and tanks may reach one town on one day. Goods that outlets name in general ("equipment")
        separate nothing.
        """
        one, other = a.mention.type, b.mention.type
        if one not in self._rules.by_subject or other not in self._rules.by_subject:
            return False
        if not a.subjects.isdisjoint(b.subjects):
            return False
        if one != other:  # a deal and a delivery are one event only about the same thing
            return True
        return bool(a.subjects) and bool(b.subjects) and not self._same_thing(a, b)

    def _same_thing(self, a: _Asked, b: _Asked) -> bool:
        """Whether both name a model, a text or a body that few others have to do with."""
        weights = self._rules.weights
        return any(
            (e.startswith(_THINGS) and weights[e] >= _TELLING_THING) or e.startswith("eqp.")
            for e in a.entities & b.entities
        )

    def _common_doc(self, a: _Asked, b: _Asked) -> bool:
        return self._by_document(a, b) or self._by_persons(a, b)

    def _towns(self, mention: Mention) -> frozenset[str]:
        """Localities: towns and sites, no regions and no capital that may stand for a government."""
        return frozenset(
            [
                p
                for p in mention.places
                if p.startswith("plc.") and self._knowledge.entities[p].kind not in ("region", "continent")
            ]
        )

    def _other_sender(self, a: _Asked, b: _Asked) -> bool:
        """Whether sanctions come from different states or bodies: what one lifts another had not imposed."""
        return bool(a.senders and b.senders) and a.senders.isdisjoint(b.senders)

    def _other_form(self, a: _Asked, b: Mention) -> bool:
        """Whether one is a call and the other talks to come or put off: a call is not the visit."""
        if a.mention.type != _TALKS or b.type != _TALKS or _CALL not in a.entities or _CALL in b.entities:
            return False
        return b.stage in self._rules.announcing or b.stage in self._rules.undone

    def _other_extent(self, a: _Asked, b: _Asked) -> bool:
        """Whether one tells of a whole force that leaves, and the other of a part or base that it gave up."""
        whole, part = self._rules.whole, self._rules.parts
        if a.mention.type != _WITHDRAWAL or b.mention.type != _WITHDRAWAL:
            return False
        return any(
            not whole.isdisjoint(one.entities)
            and whole.isdisjoint(other.entities)
            and not part.isdisjoint(other.entities)
            for one, other in ((a, b), (b, a))
        )

    def _senders(self, mention: Mention) -> frozenset[str]:
        known, inside = self._knowledge.entities, self._rules.core | self._rules.neighbours
        named = [known[e] for e in mention.entities - inside if e in known]
        return frozenset([e.id for e in named if e.kind in _SENDERS])

    # ------------------------------------------------------------------ shared

    def _kind(self, mention: Mention, other: str) -> float:
        if not mention.types:
            return _UNTYPED
        if mention.type == other:
            return 1.0
        if other in mention.types or self._rules.kin(mention.type, other):
            return _KIN
        return 0.0 if mention.sure_type else _UNTYPED

    def _shared(self, a: frozenset[str], b: frozenset[str]) -> str:
        return ", ".join(sorted(a & b, key=lambda e: (-self._rules.weights[e], e))[:8])


def _over_reports(pairs: Sequence[tuple[float, _Values]]) -> float:
    """Between the average of a story's reports and the nearest: single links would make chains."""
    scores = [score for score, _ in pairs]
    return (fsum(scores) / len(scores) + max(scores)) / 2


def _signs_of_telling(a: Mention, b: Mention) -> Iterator[tuple[str, float]]:
    day = b.span
    prints = len({*a.prints} & {*b.prints}) / max(1, min(len(a.prints), len(b.prints)))
    yield "prints", prints
    yield "recalls", float(bool(a.refers))
    yield "recalls_its_day", float(day is not None and any(one.distance(day) <= 1 for one in a.refers))
    yield "its_day_told", float(b.dated)
    yield "it_done", float(b.realis is Realis.DONE)
    yield "it_announced", float(b.realis is Realis.ANNOUNCED)
    yield a.realis.value, 1.0
    yield "ordinal", float(a.ordinal)
    yield "dated", float(a.dated)
    yield "sure_type", float(a.sure_type)
    yield "lead", float(a.lead)
    yield "comment", float(a.comment)


def _same_figure(mention: Mention, fact: Fact) -> bool:
    """Whether the two share a telling figure: «25,000 tonnes» names the grain of 2023 without a date."""
    known = {(f.value, f.unit) for f in fact.figures if f.value >= 10}
    return any((f.value, f.unit) in known for f in mention.figures)


def _moment(mention: Mention) -> _Moment:
    span, realis = mention.span, mention.realis
    return _Moment(
        mention.type,
        bool(mention.types),
        mention.stage,
        realis is Realis.DONE,
        realis is Realis.ANNOUNCED,
        (span.start, span.end) if span else None,
        mention.dated,
        mention.ordinal,
    )


def _fine(span: Span) -> bool:
    return (span.end - span.start).days <= 7


def _persons(mention: Mention) -> frozenset[str]:
    return frozenset(e for e in mention.entities if e.startswith("per."))


def _is_printed(mention: Mention, story: Story) -> bool:
    own = frozenset(mention.prints)
    first = _FIRST_PRINTS if len(own) >= PRINTS else PRINTS
    return any(
        not own.isdisjoint(member.mention.prints[:first]) and _same_sketch(own, member.mention.prints)
        for member in story.members
    )


def same_print(a: Mention, b: Mention) -> bool:
    """Whether two mentions come from one text printed twice (their sketches nearly agree)."""
    return _same_sketch(frozenset(a.prints), b.prints)


def _same_sketch(own: frozenset[int], prints: Sequence[int]) -> bool:
    fewest = min(len(own), len(prints))
    if fewest < _FEWEST_PRINTS:
        return False
    both = own.intersection(prints)
    if len(both) / fewest < _REPRINT:  # nearly always
        return False
    union = sorted(own.union(prints))[:fewest]
    return sum(p in both for p in union) / len(union) >= _REPRINT


def best(found: Iterable[Nearest], floor: float) -> Nearest | None:
    """The nearest of the candidates, if it is near enough; ties go to the older id."""
    top = max(found, key=lambda n: (round(n.score, 4), n.ref), default=None)
    return top if top is not None and top.score >= floor else None


def days_between(span: Span | None, day: date) -> int:
    """Days from a stretch to a later day; 0 when unknown or not over."""
    return max(0, (day - span.end).days) if span is not None else 0
