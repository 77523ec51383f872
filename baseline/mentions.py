"""From annotated lines to Mentions: the developments that one article asserts.

The headline and lead tell the main development. A passage further down becomes a mention of its
own only when it is of another kind, live and anchored; the past is kept to be compared, never told.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from baseline import slots
from baseline.assertions import (
    ASKED,
    OLD_PICTURES,
    Assertion,
    assertions,
    denial,
    looks_at_the_past,
    names_a_day,
    past_sign,
    scores,
)
from baseline.catalogue import Knowledge
from baseline.changes import UNCONFIRMED
from baseline.entities import Hit as EntityHit
from baseline.evidence import OFF, OPENING, TALK, WORDED, Evidence, Opening, Share
from baseline.lines import Line, overlap
from baseline.realis import RealisCue, denies
from baseline.rules import Rules
from baseline.triggers import TriggerHit
from djeli.core.model import Cue, Label, Mention, Priority, Realis, Span

_LEAD = 3  # headline and two sentences
_AFTER_LEAD = 2  # sentences after it that may name the event's day where it does not
_TOLL_LINES = 7  # of a passage: they may tell how many died, though the lead tells what happened
_LIVE_FLOOR = 0.6  # a predicate in the second sentence, or better
_REVIEWED_DAYS = 10  # what a review of longer times dates this near to publication is its news
_LATE_DAYS = 4  # a critical event told deep in the text must be dated this near to publication
_MONTH = 31  # days: an election of this month or sooner is dated
_HEADLINE = 2.0  # weight of a predicate in the headline of a passage
_FIRST_SENTENCE = 1.2  # and in its first sentence
_RANKED = 0.2  # types at least this likely are listed beside the first one,
_NEXT = 0.005  # where there are none, the next likeliest from here on,
_LEADS = 0.05  # and those with a predicate near the top from here on
_GRAVE = 0.8  # probability from which on words tell one of the gravest types: a false coup is the worst alarm
_UNNAMED = 0.2  # and one of any other, where no pattern tells anything of now
_SAID = 0.95  # and where a pattern of the headline tells only that something is said
_EITHER = 3  # types, the likeliest first, among which a lesser one is looked for,
_EITHER_OF_TWO = 0.65  # and how likely the two must be together
_TITLED = 12.0  # how much more likely a type is that a pattern asserts in the headline
_AGAINST = 2.0  # how much likelier such a type must be than one that a pattern names
_DOUBTED = 0.05  # probability under which a pattern alone does not make a type lead
_TITLED_DOUBTED = 0.02  # and where it stands in the headline
_GRAVE_DOUBTED = 0.04  # and wherever it stands, if it is one of the gravest
_SIGNED = "signed"
_SIGNED_BY = 4  # lines of a report of talks in which the signing may stand
_TALKED = 0.5  # and where words tell of talks, from which on a text signed at their end is what is new
_OUTRANKS = 0.2  # a type that outranks another (conflict rules) is at least this likely against it
_GIFT, _GOODS = "aid", "delivery"
_SOME = 0.04  # probability of a delivery from which on a gift of goods is one
_SURE_TYPE = 0.75
_WORD = 0.1  # weight from which on a clue is a place where they tell it
_NOTHING = 0.6  # probability from which on the opening tells no development, whatever patterns say
_SURELY = 0.9  # and where a pattern asserts something in the headline
_SURELY_NOT_GRAVE = 0.97  # and where that is one of the gravest
_PATTERN = 0.8  # what a predicate in the first sentence adds to the logarithm of a stage's probability
_LEAST = 0.001  # and the probability below which none counts
_NAMED_ALONE = 3.0  # weight (headline and lead) from which on the only stage that predicates name is it
_SURE_STAGE = 0.7  # probability from which on a stage that no predicate names is more than a guess
_SURE_COUP = 0.45  # that a coup moved on is told on less: nothing else is as grave
_BESIDE = (1.4, 0.7)  # what a cue of headline and first sentence counts that reaches no known predicate
_OPEN = frozenset([Realis.NEGATED, Realis.HYPOTHETICAL, Realis.ANNOUNCED, Realis.RUMOUR])
_SHOWN = 0.5  # what the logarithm of a realis's probability by the words counts beside the cues
_UNCUED = 2.0  # what tells against done, in that logarithm, where each predicate carries another cue
_SAYS_NO = 2.5  # and where one of them says no
_LOOKS_AHEAD = 0.2  # probability of an announcement under which words alone tell none
_GUESSED = 0.5  # probability from which on a headline that asks guesses
_DENIED = 0.3  # probability from which on a text of no known kind with a "no" at its top denies
_HEARSAY = 2.0  # how much more hearsay weighs than what is told as done
_HEARSAY_BELOW = 0.5  # probability of hearsay from which on what a headline asks is told as that
_COUP = "coup"
_LOCALITY = "locality"
_PLOTTED = "conspiracy_alleged"
_DEAL, _TALKS = "agreement", "visit_talks"
_RESULT = "obj.result"
_RESULTS = frozenset([_RESULT, "obj.memorandum"])  # wherever they stand in a report of talks
_REPORT = 10  # lines of a report in which a result may stand
_MOST_PAST = 6
_PRINTS = 3  # hashes of the wording by which a reprint is found years later


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of an article besides its lines."""

    lang: str
    published: date
    comment: bool  # analysis, interview, opinion
    home: str | None  # the beat state whose press it is: meant where no state is named


@dataclass(frozen=True, slots=True)
class Passage:
    """The lines of one passage and what they assert."""

    lines: tuple[Line, ...]
    told: tuple[Assertion, ...]
    setting: Setting
    clues: Mapping[str, float]  # of its opening, as baseline.evidence names them
    shares: Mapping[str, float]  # how likely the opening tells of each type, or of nothing
    prints: tuple[int, ...]  # sketch of the wording


class MentionReader:
    """Reads the mentions of a passage by the rules of knowledge/comparison.yaml."""

    def __init__(self, knowledge: Knowledge, rules: Rules, evidence: Evidence) -> None:
        self._knowledge = knowledge
        self._rules = rules
        self._evidence = evidence

    def read(self, lines: Sequence[Line], setting: Setting) -> list[Mention]:
        """The mentions of one passage: the main one first, then further ones, then the past."""
        opening = self._evidence.opening(lines, setting.lang)
        if mutiny := self._for_pay(lines):
            lines, opening = _as_mutiny(lines, mutiny), _without(opening, _COUP, mutiny)
        days = self._rules.past_days(opening.told)
        old = _knows_only_old_days(lines, setting.published, days)
        worded = {} if old else self._worded(lines, setting, opening)
        told = assertions(lines, setting.published, days, worded)
        if not (old or any(self._tells_now(a) for a in told)):
            worded = self._reworded(lines, setting, told, opening)
            told = assertions(lines, setting.published, days, worded)
        likely = {share.name: share.value for share in opening.types}
        passage = Passage(tuple(lines), tuple(told), setting, opening.clues, likely, slots.prints(lines))
        main = self._main(passage)
        if main is not None:
            return [main, *self._further(passage, main), *self._past(passage)]
        past = self._past(passage)
        return [self._other(passage, past), *self._among_old(passage), *past]

    def _for_pay(self, lines: Sequence[Line]) -> str | None:
        """What a mutiny is where soldiers rise for their pay and seize no power, as type/stage; else None."""
        top = lines[:_REPORT]
        named = {hit.label for line in top for hit in line.objects}
        if named.isdisjoint(self._rules.no_coup):
            return None
        if any(t.type == _COUP and t.stage in self._rules.seizing for line in top for t in line.triggers):
            return None
        return next(means for sign, means in self._rules.mutinies if sign in named or sign is None)

    def _worded(self, lines: Sequence[Line], setting: Setting, opening: Opening) -> dict[int, TriggerHit]:
        """By line, where the opening tells its likeliest type in words that no pattern of that type knows."""
        kind, likely = self._likeliest(opening, lines, setting.published)
        top = lines[: OPENING - 1]
        if kind in (OFF, TALK) or likely < self._least(kind, lines, WORDED):
            return {}
        named = {t.type for line in top for t in line.triggers if t.stage}
        if kind in named or any(s.value * _AGAINST > likely for s in opening.types if s.name in named):
            return {}
        return self._places(kind, top, setting.lang, opening.clues)

    def _least(self, kind: str, lines: Sequence[Line], otherwise: float) -> float:
        """How likely words alone must make a type: the gravest ones surely, if they are not denied."""
        return _GRAVE if self._is_grave(kind) and denial(kind, lines) is None else otherwise

    def _likeliest(self, opening: Opening, lines: Sequence[Line], published: date) -> tuple[str, float]:
        """The likeliest type by its words, with its probability.

        Words that tell either of a kind of the gravest or of one that outlets take for it ("heavy fire near
        the presidency", "26 died when a drone struck") and leave open which, tell the lesser one.
        """
        first = opening.types[0]
        for share in opening.types[:_EITHER]:  # "No coup, says …", whatever else its words may tell of
            if self._is_grave(share.name) and share.value >= _UNNAMED and denial(share.name, lines):
                return share.name, share.value
        if not self._is_grave(first.name) or first.value >= _GRAVE:
            return first.name, first.value
        if looks_at_the_past(lines, published, self._rules.past_days(opening.told)):
            return first.name, first.value
        for other in opening.types[1:_EITHER]:
            lesser = not self._is_grave(other.name) and self._rules.taken_for(first.name, other.name)
            if lesser and other.value >= _UNNAMED and first.value + other.value >= _EITHER_OF_TWO:
                return other.name, first.value + other.value
        return first.name, first.value

    def _places(
        self, kind: str, lines: Sequence[Line], lang: str, clues: Mapping[str, float]
    ) -> dict[int, TriggerHit]:
        """Where these lines tell a type in their own words."""
        stages = self._evidence.stages(kind, clues)
        stage = stages[0].name if stages else None
        found = {}
        for line in lines:
            strongest = self._evidence.strongest(kind, line, lang)
            if strongest is not None and strongest[1] >= _WORD:
                clue = strongest[0]
                first, last = line.clause_of(clue.first)
                found[line.index] = TriggerHit(kind, stage, first, last, (clue.first, clue.last))
        return found

    def _tells_now(self, assertion: Assertion) -> bool:
        """Whether a pattern near the top asserts something of now that is more than words said."""
        trigger = assertion.trigger
        near = assertion.live and assertion.weight >= _LIVE_FLOOR and not _asks(assertion)
        return near and bool(trigger.stage) and trigger.type not in self._rules.residual

    def _reworded(
        self,
        lines: Sequence[Line],
        setting: Setting,
        told: Sequence[Assertion],
        opening: Opening,
    ) -> dict[int, TriggerHit]:
        """By line, the likeliest type where no pattern asserts anything of now."""
        kind, likely = self._likeliest(opening, lines, setting.published)
        said = any(
            a.trigger.type in self._rules.residual and a.trigger.stage for a in told if a.line.index == 0
        )
        if kind in (OFF, TALK) or likely < self._least(kind, lines, _SAID if said else _UNNAMED):
            return {}
        if any(_is_of_another_year(a) for a in told if a.trigger.type == kind and a.line.index < OPENING):
            return {}  # the event that its words speak of
        past = {a.line.index for a in told if not a.live}
        return self._places(
            kind,
            [line for line in lines[: OPENING - 1] if line.index not in past],
            setting.lang,
            opening.clues,
        )

    def _other(self, passage: Passage, past: Sequence[Mention]) -> Mention:
        """What headline and lead tell without a trigger: of no known kind, dated and named all the same.

        It has no types, and counts as a statement. Beside told history it is history too.
        """
        lines = passage.lines[:_LEAD]
        published = passage.setting.published
        dated = [
            hit
            for line in lines
            for hit in line.dates
            if hit.since is None and slots.tells_a_day(hit, published)
        ]
        days = self._rules.historical_after_days
        old = [hit for hit in dated if (published - hit.span.end).days > days]
        new = [hit for hit in dated if hit not in old and names_a_day(hit)]
        sign = past_sign(passage.lines, published, days)
        looks_back = sign is not None or (not new and bool(past or old))
        when = slots.When(Span(published, published), False)
        if dated:
            first = ((old if looks_back else new) or old or dated)[0]
            when = slots.When(first.span, True, first)
        realis = Realis.HISTORICAL if looks_back else Realis.DONE
        said_no = any(cue.realis is Realis.NEGATED for line in lines[:2] for cue in line.cues)
        worded_no = self._evidence.realis(passage.clues)[Realis.NEGATED] >= _DENIED
        old_pictures = sign is not None and sign.kind == OLD_PICTURES  # to say so denies no event
        asks = lines[0].text.rstrip().endswith("?") and self._evidence.realis(passage.clues)
        guesses = asks and asks[Realis.HYPOTHETICAL] >= _GUESSED
        if guesses or any(cue.realis is Realis.HYPOTHETICAL for cue in lines[0].cues):
            realis = Realis.HYPOTHETICAL  # "Could Bamako see another coup?", whatever it then recalls
            when = slots.When(Span(published, published), False)
        if not old_pictures and (any(denies(line.cues) for line in lines[:2]) or (said_no and worded_no)):
            realis = Realis.NEGATED
        country = slots.country(lines, (), self._knowledge, self._rules) or passage.setting.home
        agents, others = slots.actors(lines, ())
        return Mention(
            type="statement",
            types=(),
            stage=None,
            realis=realis,
            label=Label.DENIED if realis is Realis.NEGATED else None,
            actors=agents,
            counterparts=others,
            places=slots.places(lines, self._knowledge),
            entities=slots.signature(lines, self._knowledge),
            span=when.span,
            dated=when.dated,
            figures=slots.figures(lines, ()),
            quote=slots.quote((), lines),
            country=country,
            cues=_cues((), when, lines),
            prints=passage.prints,
            comment=passage.setting.comment,
        )

    # ------------------------------------------------------------------ the main development

    def _main(self, passage: Passage) -> Mention | None:
        live = [a for a in passage.told if a.live]
        asserted = [a for a in live if a.trigger.stage]
        ranked = self._ranked(live, asserted, passage)
        if not ranked:
            return None
        return self._mention(passage, ranked, lead=True)

    def _ranked(
        self, live: Sequence[Assertion], asserted: Sequence[Assertion], passage: Passage
    ) -> tuple[str, ...]:
        """Types by how much speaks for them; only types with a predicate near the top may lead."""
        likely = self._with_children(passage.shares, asserted)
        support = scores(live)
        titled = {a.trigger.type for a in asserted if a.weight >= _HEADLINE}
        signed = any(map(_is_signed, live)) and likely.get(_TALKS, 0.0) >= _TALKED
        leading = [
            k
            for k, weight in scores(asserted).items()
            if weight >= _LIVE_FLOOR
            and (likely.get(k, 0.0) >= _GRAVE_DOUBTED or not self._is_grave(k) or denial(k, passage.lines))
            and (
                likely.get(k, 0.0) >= (_TITLED_DOUBTED if k in titled else _DOUBTED)
                or (signed and k == _DEAL)
            )
            and (likely.get(k, 0.0) >= _GRAVE or self._may_lead(k, live, passage.setting.published))
        ]
        leading = self._without_told_before(leading, asserted)
        nothing = likely[OFF] + likely[TALK]
        if not leading or nothing >= max(self._surely(titled), *(likely.get(k, 0.0) for k in leading)):
            return ()
        order = self._knowledge.priority_order

        def told(kind: str) -> float:
            return likely.get(kind, 0.0) * (_TITLED if kind in titled else 1.0)

        first = max(leading, key=lambda k: (round(told(k), 3), round(support[k], 2), -order.index(k)))
        first = _DEAL if signed and first == _TALKS else self._outranked(first, leading, likely)
        carried = likely.get(_GOODS, 0.0) >= _SOME and self._is_carried(live)
        relief = self._brings_relief(passage)
        if first == _GIFT and carried and self._names_goods(passage) and not relief:
            first = _GOODS  # grain that arrives is a delivery, whoever gives it (types.yaml, conflict_rules)
        elif first == _GOODS and (relief or self._is_promised_gift(live, passage)):
            first = _GIFT
        others = [
            k
            for k in likely
            if k not in (first, OFF, TALK)
            and (likely[k] >= _RANKED or (k in leading and likely[k] >= _LEADS))
        ]
        others.sort(key=lambda k: (-likely[k], order.index(k)))
        if first == _GIFT and _GOODS in leading and _GOODS not in others:
            others.append(_GOODS)  # by whose words it may be told alone
        if not others:  # outlets tell one event as two kinds: the next likeliest is named all the same
            rest = [k for k in order if k != first and likely.get(k, 0.0) >= _NEXT]
            others = sorted(rest, key=lambda k: -likely[k])[:1]
        return (first, *others)

    def _without_told_before(self, leading: Sequence[str], asserted: Sequence[Assertion]) -> list[str]:
        """The types without a plot for which, says the headline, people are charged or tried: it was told."""
        titled = [a.trigger for a in asserted if a.weight >= _HEADLINE]
        charged = {t.type for t in titled if t.stage in self._rules.brought_to_court}
        told = {
            winner
            for winner, loser in self._rules.outranks
            if loser in charged & set(leading)
            and not any(t.type == winner and t.stage != _PLOTTED for t in titled)
        }
        return [kind for kind in leading if kind not in told]

    def _surely(self, titled: Collection[str]) -> float:
        """How sure words must be that nothing is told: of a coup that a headline asserts the surest."""
        if any(self._is_grave(kind) for kind in titled):
            return _SURELY_NOT_GRAVE
        return _SURELY if titled else _NOTHING

    def _with_children(
        self, shares: Mapping[str, float], asserted: Sequence[Assertion]
    ) -> Mapping[str, float]:
        """The shares, where what comes of a likely type is as likely, if that type itself is not asserted.

        "The leader of the coup is sworn in" tells of a coup in all its words, and asserts what came of it.
        """
        own = {a.trigger.type for a in asserted}
        more = {
            child: shares.get(kind, 0.0)
            for kind, children in self._rules.children.items()
            for child in own.intersection(children)
            if kind not in own and shares.get(kind, 0.0) > shares.get(child, 0.0)
        }
        return {**shares, **more} if more else shares

    def _is_carried(self, live: Sequence[Assertion]) -> bool:
        """Whether goods are delivered, and not only promised."""
        own = [a for a in live if a.trigger.type == _GOODS]
        told = [a for a in own if a.trigger.stage]
        come = [a for a in told if a.realis is Realis.DONE and a.trigger.stage not in self._rules.announcing]
        return bool(own) and bool(come or not told)

    def _brings_relief(self, passage: Passage) -> bool:
        """Whether headline or first sentence name a body that brings relief, with nothing but such goods.

        Or goods too small for anything else: books for a school, whoever hands them over.
        """
        top = passage.lines[: _LEAD - 1]
        bodies = {hit.entity for line in top for hit in line.entities} & self._rules.relief
        named = {hit.label for line in passage.lines[:_LEAD] for hit in line.objects} & self._rules.goods
        small = bool(named) and named <= self._rules.small_goods
        return small or (bool(bodies) and named <= self._rules.civil_goods)

    def _is_promised_gift(self, live: Sequence[Assertion], passage: Passage) -> bool:
        """Whether grain or the like is promised as a gift: aid as long as nothing of it is on its way."""
        top = [a for a in live if a.line.index < _LEAD]
        own = [a for a in top if a.trigger.type == _GOODS and a.trigger.stage]
        promised = own and all(
            a.realis is Realis.ANNOUNCED or a.trigger.stage in self._rules.announcing for a in own
        )
        named = {hit.label for line in passage.lines[:_LEAD] for hit in line.objects} & self._rules.goods
        given = any(a.trigger.type == _GIFT for a in top)
        return bool(promised and given and named and named <= self._rules.civil_goods)

    def _may_lead(self, kind: str, live: Sequence[Assertion], published: date) -> bool:
        """A type of the gravest kind needs the headline, or a day of now beside its predicate.

        "The officers who took power" stands in many leads, and a false coup is the worst alarm.
        """
        if not self._is_grave(kind):
            return True
        own = [a for a in live if a.trigger.type == kind]
        if any(a.line.index == 0 or a.weight >= _HEADLINE for a in own):
            return True
        return any(
            a.when is not None
            and names_a_day(a.when)
            and 0 <= (published - a.when.span.end).days <= _LATE_DAYS
            for a in own
        )

    def _is_grave(self, kind: str) -> bool:
        return kind in self._knowledge.types and self._knowledge.types[kind].priority is Priority.CRITICAL

    def _outranked(self, first: str, leading: Sequence[str], likely: Mapping[str, float]) -> str:
        """The type that takes the event from `first` when both are named (conflict rules)."""
        for winner, loser in self._rules.outranks:
            if loser == first and winner in leading and likely[winner] >= _OUTRANKS * likely[first]:
                return winner
        return first

    def _names_goods(self, passage: Passage) -> bool:
        """Whether headline or lead name goods by the load, not money or care."""
        top = passage.lines[:_LEAD]
        named = {hit.label for line in top for hit in line.objects} & self._rules.goods
        counted = {hit.figure.unit for line in top for hit in line.figures} & self._rules.loads
        return bool(named and counted)

    # ------------------------------------------------------------------ further developments

    def _further(self, passage: Passage, main: Mention) -> list[Mention]:
        """Developments of another kind that the headline asserts, or a grave one dated further down.

        A lead often names a second kind in passing ("the force deployed in …"): it does not count, nor
        does what the words of the main development themselves say ("gunfire heard near the palace").
        """
        found: list[Mention] = []
        taken = {main.type, "statement"} | self._kindred(main.type)
        live = [a for a in passage.told if a.live and a.trigger.stage]
        first = [a for a in live if a.trigger.type == main.type]
        opening = {line.index for line in passage.lines[:_LEAD]}
        for kind, _ in sorted(scores(live).items(), key=lambda item: -item[1]):
            if kind in taken:
                continue
            own = [a for a in live if a.trigger.type == kind and not _shares_words(a, first)]
            if passage.shares.get(kind, 0.0) < _DOUBTED:
                # of what stands further down in a review of the week the words of its opening say nothing
                own = [a for a in own if passage.setting.comment and a.line.index not in opening]
            titled = any(a.line.index == passage.lines[0].index for a in own)
            grave = [a for a in own if self._grave_and_dated(a, passage.setting.published)]
            if titled or grave:
                told = self._mention(passage, (kind,), lead=titled, only=None if titled else grave)
                deep = not titled and all(a.line.index not in opening for a in grave)
                # and what it dates by a day just gone is no comment
                found.append(replace(told, comment=False) if deep else told)
                taken |= {kind} | self._kindred(kind)
        return found

    def _among_old(self, passage: Passage) -> list[Mention]:
        """What one sentence dates by a day of now among others that tell what is long known.

        Not of a text that says itself that it looks back: its days are those of another year.
        """
        sign = past_sign(passage.lines, passage.setting.published, self._rules.historical_after_days)
        if sign is not None and sign.kind != "old_days":
            return []
        own = [
            a
            for a in passage.told
            if a.live
            and a.trigger.stage
            and a.realis is Realis.DONE
            and self._is_dated(a, passage, _REVIEWED_DAYS)
        ]
        kinds = dict.fromkeys(a.trigger.type for a in own if a.trigger.type not in self._rules.residual)
        return [
            replace(
                self._mention(passage, (kind,), lead=False, only=[a for a in own if a.trigger.type == kind]),
                comment=False,
            )
            for kind in list(kinds)[:1]
        ]

    def _is_dated(self, assertion: Assertion, passage: Passage, days: int = _LATE_DAYS) -> bool:
        """Whether a sentence dates what it asserts by a day just gone, not by that on which it was said."""
        when = assertion.when
        if when is None or not names_a_day(when) or slots.is_of_saying(when, assertion.line):
            return False
        return self._is_just_gone(assertion, passage.setting.published, days)

    def _stands_alone(self, told: Sequence[Assertion], passage: Passage) -> bool:
        """Whether but one sentence of an analysis tells it further down, by a day just gone: that is news."""
        own = [a for a in told if a.trigger.stage and a.trigger.shown is None and a.realis is Realis.DONE]
        deep = bool(own) and all(a.line.index >= _LEAD for a in own)
        return deep and any(self._is_dated(a, passage) for a in own)

    def _kindred(self, kind: str) -> set[str]:
        return {other for other in self._knowledge.types if self._rules.kin(other, kind)}

    def _grave_and_dated(self, assertion: Assertion, published: date) -> bool:
        priority = self._knowledge.types[assertion.trigger.type].priority
        if priority not in ("critical", "high") or assertion.realis is not Realis.DONE:
            return False
        return assertion.line.index > 1 and self._is_just_gone(assertion, published)

    def _is_just_gone(self, assertion: Assertion, published: date, days: int = _LATE_DAYS) -> bool:
        """Whether a sentence dates what it asserts so many days back at most, and names the beat."""
        when = assertion.when
        if when is None or when.kind in ("month", "year"):
            return False
        return 0 <= (published - when.span.end).days <= days and self._anchored([assertion.line])

    def _anchored(self, lines: Iterable[Line]) -> bool:
        return any(
            hit.strong and self._rules.on_beat(self._knowledge.entities[hit.entity])
            for line in lines
            for hit in line.entities
        )

    # ------------------------------------------------------------------ the past

    def _past(self, passage: Passage) -> list[Mention]:
        """What the article tells of the past, one mention a line, to be compared with what is known."""
        by_line: dict[int, list[Assertion]] = {}
        for assertion in passage.told:
            if not assertion.live:
                by_line.setdefault(assertion.line.index, []).append(assertion)
        found = []
        for own in list(by_line.values())[:_MOST_PAST]:
            ranked = sorted(scores(own).items(), key=lambda item: -item[1])
            found.append(self._mention(passage, tuple(k for k, _ in ranked), lead=False, only=own))
        return found

    # ------------------------------------------------------------------ one mention

    def _mention(
        self,
        passage: Passage,
        types: tuple[str, ...],
        *,
        lead: bool,
        only: Sequence[Assertion] | None = None,
    ) -> Mention:
        """A mention of these types; `only` restricts it to some assertions and their lines."""
        own = [a for a in (only or passage.told) if a.trigger.type in types and (only or a.live)]
        first = [a for a in own if a.trigger.type == types[0]] or self._in_words_of(types[0], own)
        lines = self._lines(passage, own, lead)
        open_cues = self._cues_beside(types[0], first, passage.lines) if lead else {}
        realis = _realis(first, self._evidence.realis(passage.clues) if lead else {}, open_cues)
        if lead and realis is not Realis.HISTORICAL and denial(types[0], passage.lines):
            realis = Realis.NEGATED
        stage, sure = self._stage(types[0], first, realis, passage.clues if lead else None)
        if realis is Realis.DONE and stage in self._rules.announcing:
            realis = Realis.ANNOUNCED
        if realis is Realis.DONE and stage == self._rules.rumoured_stage.get(types[0], ""):
            realis = Realis.RUMOUR
        open_ = realis is Realis.ANNOUNCED or stage in self._rules.undone
        if self._is_to_be_signed(types[0], stage, first, passage.setting.published):
            stage, sure, realis, open_ = self._rules.announced_stage[_DEAL], True, Realis.ANNOUNCED, True
        future = open_ and types[0] not in self._rules.dated_when_said
        # what is only announced is not of the day on which an earlier one was done
        done = [
            a
            for a in first
            if a.trigger.stage and a.realis is Realis.DONE and a.trigger.stage not in self._rules.announcing
        ]
        dating = [a for a in first if a not in done] if realis is Realis.ANNOUNCED else first
        dating = dating or first
        after = passage.lines[_LEAD : _LEAD + _AFTER_LEAD]
        of_others = {a.line.index for a in first} - {a.line.index for a in dating}
        when = slots.when(
            dating,
            [line for line in lines if line.index < _LEAD or line.index not in of_others],
            passage.setting.published,
            future,
            [line for line in after if line.index not in of_others] if lead else (),
            said_counts=types[0] not in self._rules.recurring,
            written_counts=_LOCALITY not in self._rules.identity.get(types[0], ()),
        )
        if future and when.hit is not None and when.span.days <= _MONTH:
            stage = self._rules.named_day.get(f"{types[0]}/{stage}", stage)
        agents, others = slots.actors(lines, own)
        signature = self._without_taken_back(slots.signature(lines, self._knowledge))
        prints = frozenset(f"print:{p}" for p in passage.prints[:_PRINTS])
        country = slots.country(lines, first, self._knowledge, self._rules, types[0]) or passage.setting.home
        if country in self._rules.powers and self._is_written_at_home(passage):
            country = passage.setting.home
        if country is None and lead and types[0] in self._rules.between:
            country = self._only_state(passage)
        agents = self._with_implied(agents, others, lines, passage.setting.lang, country)
        if types[0] in self._rules.given_to and stage in self._rules.given_to[types[0]]:
            agents, others = self._givers_first((*agents, *others))
        counted = slots.figures(lines if only is None else [a.line for a in own], own)
        if lead and only is None and types[0] in self._rules.counted:
            beside = passage.lines[_LEAD:_TOLL_LINES]
            counted = slots.with_tolls(counted, slots.tolls(beside, passage.told, when.span))
        if any(hit.label == UNCONFIRMED for line in passage.lines[:_REPORT] for hit in line.objects):
            signature |= {UNCONFIRMED}
        over = stage in self._rules.ending.get(types[0], ())  # "reopened again" is no second one
        if self._has_result(types[0], passage):
            signature |= {_RESULT}
        return Mention(
            type=types[0],
            types=types,
            stage=stage,
            realis=realis,
            actors=agents,
            counterparts=others,
            places=slots.places(lines, self._knowledge, country),
            entities=signature | frozenset(agents) | ({country} if country else frozenset()) | prints,
            span=when.span,
            dated=when.dated,
            figures=counted,
            quote=slots.quote(first, lines),
            ordinal=not over and self._rules.ordinal(lines[:_LEAD], passage.setting.lang),
            label=None if self._only_defiant(types[0], realis, passage) else _label(realis, lines),
            claimed_by=_claimant(lines),
            cues=(*_cues(own, when, lines), *(self._shown(realis, own, lines, passage) if lead else ())),
            lead=lead,
            country=country,
            prints=passage.prints,
            comment=passage.setting.comment and not (lead and self._stands_alone(first, passage)),
            refers=slots.other_days(
                passage.lines[:_REPORT], when.span, passage.setting.lang, passage.setting.published
            ),
            sure_type=self._is_sure(types[0], first, passage),
            sure_stage=sure,
        )

    def _is_to_be_signed(
        self, kind: str, stage: str | None, told: Sequence[Assertion], published: date
    ) -> bool:
        """Whether a deal that is still prepared has its day of signing: that is its announcement."""
        return stage in self._rules.discussed.get(kind, ()) and any(
            a.trigger.stage == _SIGNED
            and a.realis is Realis.ANNOUNCED
            and a.line.index < _LEAD
            and a.when is not None
            and names_a_day(a.when)
            and a.when.span.start > published
            for a in told
        )

    def _in_words_of(self, kind: str, told: Sequence[Assertion]) -> list[Assertion]:
        """What was asserted of other types as one of this kind: vaccines that UNICEF hands over are aid."""
        names = self._rules.stage_names.get(kind, {})

        def meant(trigger: TriggerHit) -> TriggerHit:
            return trigger._replace(type=kind, stage=names.get(f"{trigger.type}/{trigger.stage}"))

        return [replace(assertion, trigger=meant(assertion.trigger)) for assertion in told]

    def _without_taken_back(self, signature: frozenset[str]) -> frozenset[str]:
        """The names without what others of them take back: "a successor" who is not named yet."""
        for one, objects in self._rules.takes_back.items():
            if one in signature:
                signature = signature - objects - {one}
        return signature

    def _only_state(self, passage: Passage) -> str | None:
        """The one beat state that a report names further down: "the recipient is the Malian army"."""
        hits = [hit for line in passage.lines[:_REPORT] for hit in line.entities if hit.strong]
        named = {self._knowledge.country_of(hit.entity) for hit in hits} & self._rules.core
        return next(iter(named)) if len(named) == 1 else None

    def _is_written_at_home(self, passage: Passage) -> bool:
        """Whether its dateline lies in the beat state whose press it is: "OUAGADOUGOU – The head …"."""
        home = passage.setting.home
        return home is not None and any(
            hit.start < date_.end and self._knowledge.country_of(hit.entity) == home
            for line in passage.lines[1:2]
            for date_ in line.dates
            if date_.kind == "dateline"
            for hit in line.entities
        )

    def _shown(
        self, realis: Realis, own: Sequence[Assertion], lines: Sequence[Line], passage: Passage
    ) -> tuple[Cue, ...]:
        """The words that speak most for a realis that no cue of its own shows."""
        if realis in (Realis.DONE, Realis.HISTORICAL) or any(a.cue and a.realis is realis for a in own):
            return ()
        lang = passage.setting.lang
        found = [(self._evidence.showing(realis, line, lang), line) for line in lines[: OPENING - 1]]
        told = [(clue, weight, line) for (clue, weight), line in ((f, li) for f, li in found if f)]
        if not told:
            return ()
        clue, _, line = max(told, key=lambda each: each[1])
        return (Cue("realis", line.words(clue.first, clue.last), realis.value, line.index),)

    def _cues_beside(
        self, kind: str, own: Sequence[Assertion], lines: Sequence[Line]
    ) -> Mapping[Realis, float]:
        """What the cues of a headline without a predicate weigh; of the first sentence, too, if it has none.

        A cue reaches a predicate; "Burkina's promised drones have not arrived" may hold none that is known.
        Not where the words tell that it was asked for, called off or denied, which says it all.
        """
        if kind in self._rules.residual or any(trigger.stage for trigger in lines[0].triggers):
            return {}
        known = any(a.trigger.stage and a.trigger.shown is None for a in own)
        if any(a.trigger.stage in self._rules.undone | {ASKED, "denied"} for a in own):
            return {}
        weights: dict[Realis, float] = {}
        for line, weight in zip(lines[: 1 if known else None], _BESIDE, strict=False):
            for realis in {cue.realis for cue in line.cues if cue.scope != "over"}:
                if realis in _OPEN:
                    weights[realis] = weights.get(realis, 0.0) + weight
        return weights

    def _only_defiant(self, kind: str, realis: Realis, passage: Passage) -> bool:
        """Whether words that say no deny nothing: "sanctions will not stop us"."""
        no = realis is Realis.NEGATED and kind in self._rules.residual
        return no and not any(denies(line.cues) for line in passage.lines[:2])

    def _is_sure(self, kind: str, own: Sequence[Assertion], passage: Passage) -> bool:
        named = any(a.trigger.stage and a.trigger.shown is None for a in own)
        return named or passage.shares.get(kind, 0.0) >= _SURE_TYPE

    def _lines(self, passage: Passage, own: Sequence[Assertion], lead: bool) -> list[Line]:
        """The lines that tell it: its own, and headline and lead for what they tell."""
        telling = {a.line.index for a in own}
        top = {line.index for line in passage.lines[:_LEAD]} if lead else set()
        chosen = [line for line in passage.lines if line.index in telling | top]
        return chosen or [passage.lines[0]]

    def _stage(
        self, kind: str, own: Sequence[Assertion], realis: Realis, clues: Mapping[str, float] | None
    ) -> tuple[str | None, bool]:
        """The stage that predicates and words speak for, and whether that is more than a guess.

        An announced event has its announced stage. `clues` are those of the opening; None for what stands
        further down, where predicates alone tell.
        """
        if realis is Realis.RUMOUR and kind in self._rules.rumoured_stage:
            return self._rules.rumoured_stage[kind], True
        named: dict[str, float] = {}
        # "Began pulling out" tells no end, though the verb by itself does.
        going_on = [a for a in own if a.trigger.stage in self._rules.going_on]
        own = [a for a in own if a in going_on or not any(_overlap(a, other) for other in going_on)]
        for a in own:
            if a.trigger.stage and a.realis is realis:
                general = a.trigger.stage in self._rules.general_stages.get(kind, ())
                named[a.trigger.stage] = named.get(a.trigger.stage, 0.0) + a.weight * (
                    0.5 if general else 1.0
                )
        shown = {a.trigger.stage for a in own if a.trigger.shown is None and a.realis is realis}
        worded = self._evidence.stages(kind, clues) if clues is not None else ()
        if (
            clues is not None
            and realis is Realis.DONE
            and self._evidence.realis(clues)[Realis.ANNOUNCED] < _LOOKS_AHEAD
        ):
            worded = tuple(s for s in worded if s.name not in self._rules.announcing or s.name in named)
        weights = {share.name: math.log(max(share.value, _LEAST)) for share in worded}
        for stage, weight in named.items():
            weights[stage] = weights.get(stage, 0.0) + _PATTERN * weight
        if self._only_discussed(kind, own):  # no other words sign what is talked about
            return next(a.trigger.stage for a in own if a.trigger.stage), True
        if realis in (Realis.ANNOUNCED, Realis.HYPOTHETICAL):
            shown_open = {a.trigger.stage for a in own if a.trigger.shown is None}
            open_ = self._rules.announcing | self._rules.undone  # "put off to autumn" looks ahead as well
            early = {s: w for s, w in weights.items() if s in open_}
            shown_undone = {s: w for s, w in early.items() if s in shown_open & self._rules.undone}
            if shown_undone and not shown_open & self._rules.announcing:
                early = shown_undone  # "will take place later": put off, not announced
            return (
                max(early, key=lambda s: early[s]) if early else self._rules.announced_stage.get(kind)
            ), True
        if len(named) == 1 and sum(named.values()) >= _NAMED_ALONE:
            weights = named
        if not weights:
            weights = {a.trigger.stage: a.weight for a in own if a.trigger.stage}
        ladder = self._knowledge.types[kind].stages
        order = {stage: place for place, stage in enumerate(ladder)}
        best = max(weights, key=lambda s: (round(weights[s], 2), order.get(s, -1)), default=None)
        below = self._rules.told_below.get(kind, frozenset()) & named.keys()
        if clues is not None and below and best == ladder[0]:
            best = max(
                below, key=lambda s: order.get(s, -1)
            )  # who claims a raid stands in its third sentence
        likely = next((share.value for share in worded if share.name == best), 0.0)
        enough = _SURE_COUP if self._is_grave(kind) else _SURE_STAGE
        return best, best in shown or likely >= enough

    def _only_discussed(self, kind: str, own: Sequence[Assertion]) -> bool:
        """Whether the headline says that it is talked about or to come, and no predicate that it is more."""
        named = [a for a in own if a.trigger.stage and a.trigger.shown is None]
        titled = any(a.line.index == 0 for a in named)
        return titled and all(a.trigger.stage in self._rules.discussed.get(kind, ()) for a in named)

    def _givers_first(self, named: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Who gives and who receives: the beat's states and forces receive from those outside.

        "Russian armour … received by the Malian army" names the giver by an adjective only; when
        nobody from outside is named, the order of the text stands.
        """
        inside = tuple(e for e in named if self._knowledge.country_of(e) in self._rules.core)
        outside = tuple(e for e in named if e not in inside)
        return (outside, inside) if outside else (inside, ())

    def _has_result(self, kind: str, passage: Passage) -> bool:
        """Whether a meeting's report tells something agreed, however far down."""
        if kind != "visit_talks":
            return False
        told = frozenset(hit.label for line in passage.lines[:_REPORT] for hit in line.objects)
        return not self._without_taken_back(told).isdisjoint(_RESULTS)

    def _with_implied(
        self,
        agents: tuple[str, ...],
        others: tuple[str, ...],
        lines: Sequence[Line],
        lang: str,
        home: str | None,
    ) -> tuple[str, ...]:
        """The army of the country where it happens, when the text only says "the army"."""
        implied = self._rules.implied_bodies(lines, lang, home)
        return (*agents, *(body for body in implied if body not in agents and body not in others))


def _knows_only_old_days(lines: Sequence[Line], published: date, past_days: int) -> bool:
    """Whether the first sentences name times long past, with their year, and none of now.

    Then words alone tell no news: "The tanks that rolled into Bamako in January 2025 …".
    """
    told = [hit for line in lines[: _LEAD + _AFTER_LEAD] for hit in line.dates]
    if any((published - hit.span.end).days <= past_days for hit in told):
        return False
    return any(hit.year_given and hit.kind in ("day", "month", "range") for hit in told)


def _is_of_another_year(assertion: Assertion) -> bool:
    """Whether it is told as the past, with day and year: "it was on 16 September 2023 that"."""
    when = assertion.when
    dated = when is not None and when.kind == "day" and when.year_given
    return dated and bool(assertion.trigger.stage) and not assertion.live


# Verbs of signing; nouns («достигнутые договорённости», "for signature") may speak of another time.
_SIGNS = re.compile(
    r"(?i)\b(?:(?:co-?)?sign(?:ed|s|é|ée|és|ées|ent)|initialled|paraphé\w*"
    r"|подписа(?:л|ли|ла|н|на|ны|но)|скрепл[её]н\w* подпис\w+)\b"
)


def _is_signed(assertion: Assertion) -> bool:
    """Whether it asserts that a text was signed: in headline or first sentence, or by that verb below."""
    trigger, line = assertion.trigger, assertion.line
    if trigger.type != _DEAL or trigger.stage != _SIGNED or assertion.realis is not Realis.DONE:
        return False
    if assertion.weight >= _FIRST_SENTENCE:
        return True
    return line.index <= _SIGNED_BY and bool(_SIGNS.search(line.words(trigger.first, trigger.last)))


def _shares_words(one: Assertion, others: Sequence[Assertion]) -> bool:
    return any(one.line.index == a.line.index and overlap(one.trigger, a.trigger) for a in others)


def _as_mutiny(lines: Sequence[Line], mutiny: str) -> list[Line]:
    """The lines, what told of a coup read as this type/stage."""
    kind, stage = mutiny.split("/")

    def meant(trigger: TriggerHit) -> TriggerHit:
        return (
            trigger._replace(type=kind, stage=trigger.stage and stage) if trigger.type == _COUP else trigger
        )

    return [replace(line, triggers=tuple(map(meant, line.triggers))) for line in lines]


def _without(opening: Opening, kind: str, other: str) -> Opening:
    """The opening, what spoke for one type spoken for another."""
    name = other.split("/")[0]
    shares = {share.name: share.value for share in opening.types}
    shares[name] = shares.get(name, 0.0) + shares.pop(kind, 0.0)
    types = sorted((Share(*pair) for pair in shares.items()), key=lambda share: (-share.value, share.name))
    return replace(opening, types=tuple(types))


def _realis(
    own: Sequence[Assertion], likely: Mapping[Realis, float], beside: Mapping[Realis, float]
) -> Realis:
    """The realis that weighs most; a predicate's before a mere noun's.

    `likely`: how likely each realis is by the words of the opening; empty for what stands further down.
    `beside`: what cues weigh that reach no predicate.
    """
    weights: dict[Realis, float] = {}
    asserted = [a for a in own if a.trigger.stage] or list(own)
    # a headline that asks asserts nothing: what the text says of it counts
    firm = [a for a in asserted if not _asks(a)]
    if not firm and asserted[0].realis is Realis.DONE:
        # "Have the Russians left?" may be told as hearsay below
        told_of = likely.get(Realis.RUMOUR, 0.0) >= _HEARSAY_BELOW
        return Realis.RUMOUR if told_of else Realis.HYPOTHETICAL
    for a in firm or asserted:
        # a headline drops the "reportedly" of its text
        weight = a.weight * _HEARSAY if a.realis is Realis.RUMOUR else a.weight
        weights[a.realis] = weights.get(a.realis, 0.0) + weight
    for open_, weight in beside.items():
        weights[open_] = weights.get(open_, 0.0) + weight
    realis = max(weights, key=lambda r: (round(weights[r], 2), r is not Realis.DONE))
    if not likely or realis is Realis.HISTORICAL:
        return realis
    told = {
        r: _SHOWN * math.log(max(p, _LEAST)) + weights.get(r, 0.0)
        for r, p in likely.items()
        if r is not Realis.ANNOUNCED or r in weights  # what is to come needs a cue of its own
    }
    if Realis.DONE not in weights:
        told[Realis.DONE] = told.get(Realis.DONE, 0.0) - (_SAYS_NO if Realis.NEGATED in weights else _UNCUED)
    return max(told, key=lambda r: (round(told[r], 2), r is Realis.DONE))


def _asks(assertion: Assertion) -> bool:
    """Whether it stands in a headline that only asks."""
    return assertion.line.index == 0 and assertion.line.text.rstrip().endswith("?")


def _label(realis: Realis, lines: Sequence[Line]) -> Label | None:
    if realis is Realis.RUMOUR:
        return Label.UNCONFIRMED
    if realis is Realis.NEGATED:
        return Label.DENIED
    claims = any(cue.realis is None for line in lines[:_LEAD] for cue in line.cues)
    return Label.CLAIMED if claims else None


# Behind these words may stand who speaks: "selon l'armée", «заявил генштаб»; behind others what is spoken of.
_SPEAKER_FOLLOWS = re.compile(
    r"according to|selon|d.après|assur|affirm|по (?:данным|словам)|заяв|сообщ|говорится", re.IGNORECASE
)
_ACCUSES = re.compile(r"accus|обвин", re.IGNORECASE)
_BREAKS = re.compile(r"[,;:.!?()«»“”\"]|\s[–—-]\s|\b(?:qu[e']|that|что)\b", re.IGNORECASE)
_BEFORE, _AFTER = 1, 2  # words that may stand between a speaker and what says that he speaks


def _claimant(lines: Sequence[Line]) -> str | None:
    """Whose word it is: the actor who stands right before the words of claiming, or right behind them.

    None where another one may be meant: "Niger sells to Russia, the junta says" is not Russia's word.
    """
    for line in lines[:_LEAD]:
        for cue in line.cues:
            if cue.realis is None:
                named = [h for h in slots.told_entities(line) if h.entity.startswith(slots.ACTORS)]
                near = min(
                    (h for h in named if _speaks(h, cue, line)),
                    key=lambda h: (h.last_token >= cue.first, abs(cue.first - h.last_token)),
                    default=None,
                )
                return near.entity if near else None
    return None


def _speaks(hit: EntityHit, cue: RealisCue, line: Line) -> bool:
    """Whether a name is that of the speaker of a claim, for all that its place tells."""
    said = line.words(cue.first, cue.last)
    if hit.last_token < cue.first:
        between = cue.first - hit.last_token - 1
        return between <= _BEFORE and not _BREAKS.search(line.text[hit.end : line.tokens[cue.first].start])
    if _ACCUSES.search(said):  # what stands there is accused
        return False
    if hit.first_token <= cue.last:
        return True
    between = hit.first_token - cue.last - 1
    apart = line.text[line.tokens[cue.last].end : hit.start]
    return bool(_SPEAKER_FOLLOWS.match(said)) and between <= _AFTER and not _BREAKS.search(apart)


def _cues(own: Sequence[Assertion], when: slots.When, lines: Sequence[Line]) -> tuple[Cue, ...]:
    """The evidence, for `explain`."""
    found = [
        Cue(
            "trigger",
            a.line.words(*(a.trigger.shown or (a.trigger.first, a.trigger.last))),
            f"{a.trigger.type}:{a.trigger.stage or 'topic'}",
            a.line.index,
        )
        for a in own
    ]
    found += [
        Cue("realis", a.line.words(a.cue.first, a.cue.last), a.realis.value, a.line.index)
        for a in own
        if a.cue is not None
    ]
    if when.hit is not None:
        place = next((line.index for line in lines if when.hit in line.dates), 0)
        found.append(Cue("date", when.hit.text, str(when.span), place))
    return tuple(dict.fromkeys(found))


def main_first(mentions: Sequence[Mention]) -> list[Mention]:
    """Leading mentions before background ones, each group in its order."""
    return sorted(mentions, key=lambda m: (m.realis is Realis.HISTORICAL, not m.lead))


def without_cues(mention: Mention) -> Mention:
    """The mention as it is kept in a story: evidence stays in the ledger."""
    return replace(mention, cues=())


def _overlap(a: Assertion, b: Assertion) -> bool:
    """Whether two triggers of one line share a word."""
    one, other = a.trigger, b.trigger
    return a.line is b.line and one.first <= other.last and other.first <= one.last
