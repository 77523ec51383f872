"""The rules of knowledge/comparison.yaml as one typed value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from baseline.catalogue import Entity, Knowledge
from baseline.lines import Line
from baseline.patterns import PatternBook
from djeli.core.model import Mention

_MOST_WEIGHTS = 20_000  # names, 3 MB
_CONTINENT = frozenset({"plc.africa", "plc.west_africa"})


@dataclass(frozen=True, slots=True)
class Window:
    """Days between event dates: for two reports of one event, and for a follow-up of a story."""

    same: int
    follow: int


@dataclass(frozen=True, slots=True)
class SetAgain:
    """By which stages a fact that was put off takes place after all, and what a mention names then."""

    stages: frozenset[str]
    objects: frozenset[str]  # one of them
    others: frozenset[str]  # and none of these, which are of another one of its kind


class Weights(dict[str, float]):
    """How much it says that two texts share a name; a mapping, for it is asked for millions of times."""

    def __init__(
        self, of_names: Mapping[str, float], of_kinds: Mapping[str, float], most: int = _MOST_WEIGHTS
    ) -> None:
        super().__init__(of_names)
        self._most = most
        self._of_names = of_names
        self._of_kinds = of_kinds

    def __missing__(self, name: str) -> float:
        """The weight of a name that nobody listed, by its kind; remembered, for the next text has it, too."""
        if len(self) >= self._most:  # names of the press never end
            self.clear()
            self.update(self._of_names)
        weight = self[name] = self._of_kinds.get(name.split(":")[0].split(".")[0], 0.5)
        return weight


@dataclass(frozen=True, slots=True)
class Rules:
    """How types relate, how much names weigh, which places and forces make the beat."""

    windows: Mapping[str, Window]
    tiers: Mapping[str, Mapping[str, int]]
    ladders: Mapping[str, Mapping[str, int]]  # every stage of a type by its place in types.yaml
    fact_stages: Mapping[str, Mapping[str, str]]
    stage_names: Mapping[str, Mapping[str, str]]  # on a type's ladder: what stages of its kindred are there
    children: Mapping[str, tuple[str, ...]]  # types that come of one: arrests of a plot
    kin_pairs: frozenset[frozenset[str]]
    identity: Mapping[str, tuple[str, ...]]
    weights: Weights
    score: Mapping[str, float]
    same_story: float
    same_fact: float
    figure_tolerance: float
    approximate_tolerance: float
    old_after_days: int
    historical_after_days: int
    historical_after: Mapping[str, int]  # by type, where it is another one
    outranks: tuple[tuple[str, str], ...]
    brought_to_court: frozenset[str]  # stages of an arrest that come of what was told before
    announced_stage: Mapping[str, str]
    announcing: frozenset[str]
    discussed: Mapping[str, frozenset[str]]  # by type: stages of what is still talked about or to come
    opening: frozenset[str]  # stages at which another event of its kind may begin
    stopped: frozenset[str]  # and those after which it may go on after all
    told_below: Mapping[str, frozenset[str]]  # by type: stages that an article tells below its lead
    ending: Mapping[str, frozenset[str]]  # by type: stages at which what had begun is over
    undone: frozenset[str]  # stages in which the event does not take place
    threads: frozenset[str]  # types of which a known fact moves on years later
    known_as: Mapping[str, frozenset[str]]  # of a fact, what by itself names it
    set_again: Mapping[str, SetAgain]  # by type: how a known fact that was put off takes place after all
    general_stages: Mapping[str, frozenset[str]]
    going_on: frozenset[str]  # stages of what has begun and is not over
    named_day: Mapping[str, str]  # type/stage: the stage it becomes by naming the day
    dated_when_said: frozenset[str]
    rumoured_stage: Mapping[str, str]
    given_to: Mapping[str, tuple[str, ...]]  # stages of a type in which the beat receives from outside
    counted: Mapping[str, tuple[str, ...]]  # units whose first count is news of a story of this type
    signs: Mapping[str, frozenset[str]]  # objects that make a further step of a story of this type
    takes_back: Mapping[str, frozenset[str]]  # of an object, those that its text does not tell after all
    ordinals: frozenset[str]  # objects that say which one of its kind an event is
    revised: frozenset[str]  # objects that say that a figure known so far was wrong
    steps: frozenset[str]  # types that go on by steps of one stage
    within_hours: frozenset[str]  # types and stages that may be news some hours after the last report
    recurring: frozenset[str]  # types whose next event is told like the last one
    residual: frozenset[str]
    heads: frozenset[str]  # objects: the head of government, and the cabinet that goes with him
    offices: frozenset[str]  # objects: who is dismissed from one and who is named to it are one change
    seizing: frozenset[str]  # stages of a coup at which power is seized
    mutinies: tuple[tuple[str | None, str], ...]  # objects, and what a mutiny for pay that names one is
    no_coup: frozenset[str]  # objects: what soldiers rise for who take no power
    plots: frozenset[str]  # objects: a plot, and those behind it
    left_for_good: frozenset[str]  # forces that have left, each of them once
    whole: frozenset[str]  # objects: a whole force
    parts: frozenset[str]  # objects: a part of it
    two_sided: frozenset[str]  # types with another side, which a headline may leave to its first sentence
    between: frozenset[str]  # types that need somebody who does it (types.yaml, required_slots)
    lasting: Mapping[
        str, tuple[str, str, int]
    ]  # a stage, what it becomes by lasting, and after how many days
    national: frozenset[str]  # types that concern one state: that of another is another event
    anchors: frozenset[str]
    push: Mapping[str, Mapping[str, Sequence[str]]]
    quiet: Mapping[str, Sequence[str]]  # stages that are not pushed although their type is
    core: frozenset[str]  # countries of the beat
    neighbours: frozenset[str]
    coups: frozenset[str]  # where a coup is pushed: the neighbours and the states behind them
    wider: frozenset[str]  # at the edge of the beat: digest only
    partners: frozenset[str]
    powers: frozenset[str]  # from outside: hosts of nothing while an African state is named
    further: PatternBook  # "second", «очередной»: the words of phrases.yaml
    review: PatternBook
    series: PatternBook
    telling_units: frozenset[str]
    people_units: frozenset[str]
    unit_names: Mapping[str, str]
    by_subject: frozenset[str]  # types told apart by what they are about
    subjects: frozenset[str]
    families: Mapping[str, str]  # the subject that equipment of a family is
    relief: frozenset[str]  # bodies whose goods are aid
    civil_goods: frozenset[str]  # those of them that are no aid to an army
    small_goods: frozenset[str]  # and those that are aid whoever hands them over
    goods: frozenset[str]  # objects that are carried and handed over
    loads: frozenset[str]  # units in which they are counted
    implied: PatternBook  # "the army", "the foreign ministry": labels are ids of Knowledge.implicit
    forces: Mapping[str, Mapping[str, str]]  # of each such label: country → the body meant

    def window(self, kind: str) -> Window:
        """The days within which two reports of this type may be of one event."""
        return self.windows.get(kind, self.windows["default"])

    def past_days(self, kind: str | None) -> int:
        """How many days back something of a type may lie and not be told as the past."""
        return self.historical_after.get(kind or "", self.historical_after_days)

    def tier(self, kind: str, stage: str | None) -> int | None:
        """How far a stage has got on its type's ladder; None for a stage off the ladder."""
        return self.tiers.get(kind, {}).get(stage or "")

    def rung(self, kind: str, stage: str | None) -> int | None:
        """The place of a stage on its type's ladder: finer than its tier."""
        return self.ladders.get(kind, {}).get(stage or "")

    def stage_on(self, kind: str, mention: Mention) -> str | None:
        """A mention's stage in the words of another type's ladder: aid delivered is goods handed over."""
        if mention.type == kind:
            return mention.stage
        mapped = self.stage_names.get(kind, {}).get(f"{mention.type}/{mention.stage}")
        # the announcement of one kind is that of another only where the table says so
        alike = mention.stage != "announced" and mention.stage in self.ladders.get(kind, {})
        return mention.stage if mapped is None and alike else mapped

    def kin(self, a: str, b: str) -> bool:
        """Whether outlets take the two types for one another."""
        return a == b or frozenset((a, b)) in self.kin_pairs

    def weight(self, entity: str) -> float:
        """How much it says that two texts share this name."""
        return self.weights[entity]

    def unit(self, name: str) -> str:
        """The unit under which figures are compared: boats are ships."""
        return self.unit_names.get(name, name)

    def fact_stage(self, kind: str, status: str) -> str | None:
        """The stage that a fact's status stands for."""
        if status in self.tiers.get(kind, {}):
            return status
        return self.fact_stages.get(status, {}).get(kind)

    def on_beat(self, entity: Entity) -> bool:
        """Whether the entity by itself places an event on the beat."""
        home = entity.id if entity.id.startswith("cty.") else entity.country
        return home in self.core or entity.id in self.anchors

    def taken_for(self, kind: str, other: str) -> bool:
        """Whether outlets tell events of the two types in the same words."""
        return self.kin(kind, other) or (kind, other) in self.outranks

    def abroad(self, homes: frozenset[str]) -> bool:
        """Whether a partner of the beat acts in Africa: Russia with a neighbour, or with the continent."""
        return bool(homes & self.partners) and bool(homes & (self.neighbours | self.wider | _CONTINENT))

    def ordinal(self, lines: Sequence[Line], lang: str) -> bool:
        """Whether the lines call the event a second, new or further one."""
        return any(self.further.find(line.tokens, lang) for line in lines)

    def implied_bodies(self, lines: Sequence[Line], lang: str, country: str | None) -> list[str]:
        """The bodies meant by words like "the army" in these lines, given where it happens."""
        labels = {hit.label for line in lines for hit in self.implied.find(line.tokens, lang)}
        bodies = [self.forces[label].get(country or "") for label in sorted(labels)]
        return [body for body in bodies if body is not None]


def _book(name: str, phrases: Mapping[str, Sequence[str]]) -> PatternBook:
    return PatternBook((name, lang, pattern) for lang, patterns in phrases.items() for pattern in patterns)


def load_rules(data: Mapping[str, Any], phrases: Mapping[str, Any], knowledge: Knowledge) -> Rules:
    """The rules of comparison.yaml and phrases.yaml, with what they need from the catalogue."""
    plain = {k: Window(**v) for k, v in data["windows"].items()}
    tiers = {
        kind: {stage: level for level, stages in enumerate(ladder) for stage in stages}
        for kind, ladder in data["tiers"].items()
    }
    return Rules(
        windows=plain,
        tiers=tiers,
        ladders={
            kind.id: {stage: place for place, stage in enumerate(kind.stages)}
            for kind in knowledge.types.values()
        },
        fact_stages=data["fact_stages"],
        stage_names=data["stage_names"],
        children={kind: tuple(types) for kind, types in data["children"].items()},
        kin_pairs=frozenset(frozenset(pair) for pair in data["kin"]),
        identity={k: tuple(v) for k, v in data["identity"].items()},
        weights=Weights(data["weights"]["entities"], data["weights"]["kinds"]),
        score=data["score"],
        same_story=data["same_story"],
        same_fact=data["same_fact"],
        figure_tolerance=data["figure_tolerance"],
        approximate_tolerance=data["approximate_tolerance"],
        old_after_days=data["old_after_days"],
        historical_after_days=data["historical_after_days"],
        historical_after=data["historical_after"],
        outranks=tuple((a, b) for a, b in data["outranks"]),
        brought_to_court=frozenset(data["brought_to_court"]),
        announced_stage=data["announced_stage"],
        announcing=frozenset(data["announcing"]),
        discussed={kind: frozenset(stages) for kind, stages in data["discussed"].items()},
        opening=frozenset(data["opening"]),
        stopped=frozenset((*data["undone"], *data["stopped"])),
        told_below={kind: frozenset(stages) for kind, stages in data["told_below"].items()},
        ending={kind: frozenset(stages) for kind, stages in data["ending"].items()},
        undone=frozenset(data["undone"]),
        threads=frozenset(data["threads"]),
        known_as={fact: frozenset(names) for fact, names in data["known_as"].items()},
        set_again={
            kind: SetAgain(*(frozenset(rule[part]) for part in ("stages", "objects", "others")))
            for kind, rule in data["set_again"].items()
        },
        going_on=frozenset(data["going_on"]),
        general_stages={kind: frozenset(stages) for kind, stages in data["general_stages"].items()},
        named_day=data["named_day"],
        dated_when_said=frozenset(data["dated_when_said"]),
        rumoured_stage=data["rumoured_stage"],
        given_to={kind: tuple(stages) for kind, stages in data["given_to"].items()},
        counted={kind: tuple(units) for kind, units in data["counted"].items()},
        signs={kind: frozenset(objects) for kind, objects in data["signs"].items()},
        takes_back={one: frozenset(objects) for one, objects in data["takes_back"].items()},
        ordinals=frozenset(data["told_otherwise"]["ordinals"]),
        revised=frozenset(data["told_otherwise"]["revised"]),
        steps=frozenset(data["steps"]),
        within_hours=frozenset(data["within_hours"]),
        recurring=frozenset(data["recurring"]),
        residual=frozenset(data["residual"]),
        heads=frozenset(data["heads"]),
        offices=frozenset(data["offices"]),
        seizing=frozenset(data["seizing"]),
        mutinies=tuple((rule.get("named"), rule["means"]) for rule in data["mutinies"]),
        no_coup=frozenset(data["no_coup"]),
        plots=frozenset(data["plots"]),
        left_for_good=frozenset(data["left_for_good"]),
        whole=frozenset(data["extent"]["whole"]),
        parts=frozenset(data["extent"]["parts"]),
        two_sided=frozenset(data["two_sided"]),
        between=frozenset(data["between"]),
        lasting={
            kind: (rule["stage"], rule["becomes"], rule["days"]) for kind, rule in data["lasting"].items()
        },
        national=frozenset(data["national"]),
        anchors=frozenset(data["anchors"]),
        push=data["push"],
        quiet=data["quiet"],
        core=knowledge.countries("core"),
        neighbours=knowledge.countries("neighbour"),
        coups=knowledge.countries("neighbour") | frozenset(data["coups"]),
        wider=frozenset(data["wider"]),
        partners=knowledge.countries("partner"),
        powers=frozenset(data["powers"]),
        further=_book("further", phrases["ordinal"]),
        review=_book("review", phrases["review"]),
        series=_book("series", phrases["series"]),
        telling_units=frozenset(data["telling_units"]),
        people_units=frozenset(data["people_units"]),
        unit_names=data["unit_names"],
        by_subject=frozenset(data["subjects"]["types"]),
        subjects=frozenset(data["subjects"]["objects"]),
        families=data["subjects"]["families"],
        relief=frozenset(data["goods"]["relief"]),
        civil_goods=frozenset(data["goods"]["civil"]),
        small_goods=frozenset(data["goods"]["small"]),
        goods=frozenset(data["goods"]["objects"]),
        loads=frozenset(data["goods"]["loads"]),
        implied=PatternBook(
            (str(number), lang, name)
            for number, body in enumerate(knowledge.implicit)
            for lang, names in body.names.items()
            for name in names
        ),
        forces={str(number): body.by_country for number, body in enumerate(knowledge.implicit)},
    )
