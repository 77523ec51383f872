"""The stored articles judged again: which alerts another configuration would have brought, and which not.

Nothing here touches what is stored. The stories are those of the moment before the first of the articles,
carried over into a store in memory; each article is judged at the moment it was judged at, against the facts
of that moment, in the order in which they came.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Protocol

from djeli.app.changes import NOTHING, Known, facts_by, informed
from djeli.app.config import Config
from djeli.app.judging import Judging, candidates, unjudged
from djeli.app.reading_ahead import read_ahead
from djeli.app.wiring import House
from djeli.core.model import (
    Article,
    Decision,
    Fact,
    Judgement,
    Reading,
    Story,
    Verdict,
)
from djeli.core.ports import Kept, Past
from storage.store import SqlStore

PUSHED = (Decision.ALERT, Decision.UPDATE)
_BY_HAND = "split"  # the rule of a report that somebody took out of a story
# The judge searches no further back than 460 days before publication (baseline.judge).
_REACH = timedelta(days=500)

JudgeAt = Callable[[datetime], Judging]


@dataclass(frozen=True, slots=True)
class Hearers:
    """Which chats follow which watches; one imagined chat, 0, follows all while there is none."""

    chats: Mapping[int, frozenset[str]]
    watches: frozenset[str]

    def of(self, caught: Sequence[str]) -> frozenset[int]:
        """The chats that hear what these watches caught; all of them where a watch is no longer there."""
        if not self.watches.issuperset(caught):
            return frozenset(self.chats)
        return frozenset(chat for chat, watches in self.chats.items() if watches.intersection(caught))


class Progress(Protocol):
    """Shows how far it is (djeli.app.show.with_progress)."""

    def __call__(self, steps: Iterable[Past], total: int) -> Iterable[Past]:
        """The steps as they are."""
        ...


@dataclass(frozen=True, slots=True)
class Side:
    """One way of judging: by whom at each moment, and who hears what."""

    judge_at: JudgeAt
    hearers: Hearers
    config: Config

    def reads_like(self, other: Side) -> bool:
        """Whether both understand an article alike: what they are then asked to compare is their own."""
        mine, theirs = self.config, other.config
        return (mine.language, mine.wording) == (theirs.language, theirs.wording)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one side made of a development, and which chats would have been told at once."""

    decision: Decision
    because: str
    rule: str | None
    story: str | None
    heard: frozenset[int]


@dataclass(frozen=True, slots=True)
class Row:
    """One development that at least one side pushes."""

    article: Article
    at: datetime  # when it was judged
    type: str
    stage: str | None
    quote: str
    before: Outcome
    after: Outcome

    @property
    def lost(self) -> frozenset[int]:
        """The chats that would no longer be told."""
        return self.before.heard - self.after.heard

    @property
    def gained(self) -> frozenset[int]:
        """The chats that would now be told."""
        return self.after.heard - self.before.heard

    @property
    def unchanged(self) -> frozenset[int]:
        """The chats that are told either way."""
        return self.before.heard & self.after.heard


@dataclass(frozen=True, slots=True)
class MustCatch:
    """What becomes of the stories that must be caught and were first told in these days."""

    lost: tuple[str, ...] = ()  # told before, and no longer
    missed: tuple[str, ...] = ()  # told neither before nor now
    caught: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Replayed:
    """Both sides of a replay."""

    since: datetime
    articles: int
    before: Mapping[Decision, int]  # articles of each decision
    after: Mapping[Decision, int]
    rows: tuple[Row, ...]
    otherwise: Mapping[tuple[Decision, Decision], int]  # articles decided otherwise, from and to
    must_catch: MustCatch = MustCatch()

    @property
    def lost(self) -> list[Row]:
        """What somebody would no longer be told."""
        return [row for row in self.rows if row.lost]

    @property
    def gained(self) -> list[Row]:
        """What somebody would be told only now."""
        return [row for row in self.rows if row.gained]

    @property
    def unchanged(self) -> list[Row]:
        """What the same chats are told either way."""
        return [row for row in self.rows if not row.lost and not row.gained]

    def instead(self, row: Row) -> Row | None:
        """The first report that would tell a lost story instead of this one; None when none does."""
        same = (
            other
            for other in self.gained
            if row.before.story is not None
            and other.before.story == row.before.story
            and other.gained & row.lost
            and other is not row
        )
        return next(same, None)


def hearers(config: Config) -> Hearers:
    """Who hears what under a configuration."""
    everything = frozenset(watch.name for watch in config.watches)
    chats = {chat.id: frozenset(chat.watches) for chat in config.chats}
    return Hearers(chats or {0: everything}, everything)


def side(
    house: House,
    accepted: Known = NOTHING,
    as_of: date | None = None,
    further: tuple[Fact, ...] = (),
) -> Side:
    """A configuration as one side of a replay, with the accepted facts as they were at each moment.

    With `as_of` only what was known before that day counts, at every moment; `further` facts count always.
    """
    informed_house = informed(house, replace(accepted, moments=(), versions=((),)))  # its excluded words
    judge, facts = informed_house.judge, informed_house.knowledge.facts
    if as_of is not None:
        judge = judge.knowing(facts_by(as_of, (*facts, *accepted.facts)))
        return Side(lambda moment: judge, hearers(house.config), house.config)
    made: dict[tuple[Fact, ...], Judging] = {}

    def judge_at(moment: datetime) -> Judging:
        more = (*accepted.facts_at(moment), *further)
        if more not in made:
            made[more] = judge.knowing((*facts, *more)) if more else judge
        return made[more]

    return Side(judge_at, hearers(house.config), house.config)


def replay(
    store: SqlStore,
    since: datetime,
    after: Side,
    before: Side | None,
    then: Hearers,
    progress: Progress,
) -> Replayed:
    """Judge again what was judged since then.

    Compared with what `before` makes of the same articles or, without it, with what was decided then, of
    which the chats `then` would have heard.
    """
    line = store.last_line(before=since)
    count, oldest = store.past_count(line)
    judges = [_Judge(side, store, line, oldest) for side in (after, before) if side]
    tally = _Tally(then if before is None else before.hearers, after.hearers)
    try:
        past_and_read = read_ahead(progress(store.past(line), count), after.config, count)
        for past, reading in past_and_read:
            told = list(_judged(past, reading, judges))
            tally.add(past, told[1] if before else past.judgement, told[0])
    finally:
        for judge in judges:
            judge.close()
    stories = [story for name in store.must_catch() if (story := store.story(name))]
    return tally.replayed(since, count, [story for story in stories if not _told_before(story, store, line)])


def _told_before(story: Story, store: SqlStore, line: int) -> bool:
    """Whether a story was pushed, or complete, before the first of the articles."""
    first = next(store.past(line), None)
    lines = store.ledger(story.id)
    if first is None:
        return True
    earlier = [one for one in lines if one.judged_at < first.at]
    return any(one.decision in PUSHED for one in earlier) or len(earlier) == len(lines)


def _judged(past: Past, reading: Reading | None, judges: Sequence[_Judge]) -> Iterator[Judgement]:
    """What each side makes of one article; read once where both read alike."""
    article = past.judgement.article
    for judge in judges:
        if not judge.side.reads_like(judges[0].side):
            reading = None
        try:
            if reading is None:
                reading = judge.side.judge_at(past.at).read(article)
            judgement = judge.judged(reading, past)
        except Exception as error:  # as in the cycle: one article must not stop the others
            judgement = unjudged(article, error)
        judge.store.keep(Kept(_bare(judgement)), past.at)
        yield judgement


def _bare(judgement: Judgement) -> Judgement:
    """What of a judgement is compared with later: its text and what was read in it are not."""
    article, reading = judgement.article, judgement.reading
    return replace(
        judgement, article=replace(article, text=""), reading=replace(reading, cues=(), entities=frozenset())
    )


class _Judge:
    """One side with the store that it judges against."""

    def __init__(self, side: Side, store: SqlStore, line: int, oldest: datetime | None) -> None:
        day = oldest.date() if oldest else date.max
        self.side = side
        self.store = store.recalled(line, day - min(_REACH, day - date.min))
        self._taken: set[str] = set()  # ids of stories that were opened here

    def judged(self, reading: Reading, past: Past) -> Judgement:
        """The judgement on one article, as at the moment it was judged at."""
        judge = self.side.judge_at(past.at)
        judgement = judge.judge(reading, candidates(judge, reading, self.store), past.at)
        verdicts = list(judgement.verdicts)
        for _, old, new in _paired(past.judgement.verdicts, judgement.verdicts):
            if new is None:
                continue
            if old is not None and old.rule == _BY_HAND:  # what people split stays split
                verdicts[verdicts.index(new)] = replace(old, story=self._story(old))
            elif new.opens and new.story is None:
                verdicts[verdicts.index(new)] = replace(new, story=self._story(old))
        top = max((one.decision for one in verdicts), key=lambda one: one.strength, default=None)
        return replace(judgement, verdicts=tuple(verdicts), decision=top or judgement.decision)

    def _story(self, then: Verdict | None) -> str:
        """The id of a story that opens: that which the development has in the stored state, if it is free."""
        name = then.story if then else None
        if name is None or name in self._taken or self.store.story(name):
            (name,) = self.store.reserve_story_ids(1)
        self._taken.add(name)
        return name

    def close(self) -> None:
        """Forget what was judged."""
        self.store.close()


@dataclass
class _Tally:
    """What both sides said so far."""

    then: Hearers
    now: Hearers
    before: Counter[Decision] = field(default_factory=Counter)
    after: Counter[Decision] = field(default_factory=Counter)
    otherwise: Counter[tuple[Decision, Decision]] = field(default_factory=Counter)
    rows: list[Row] = field(default_factory=list)

    def add(self, past: Past, before: Judgement, after: Judgement) -> None:
        """One article as both sides judge it."""
        self.before[before.decision] += 1
        self.after[after.decision] += 1
        if before.decision is not after.decision:
            self.otherwise[before.decision, after.decision] += 1
        for told, old, new in _paired(before.verdicts, after.verdicts):
            row = Row(
                article=before.article,
                at=past.at,
                type=told.mention.type,
                stage=told.mention.stage,
                quote=told.mention.quote,
                before=_outcome(old, before, self.then),
                after=_outcome(new, after, self.now),
            )
            if row.before.heard or row.after.heard:
                self.rows.append(row)

    def replayed(self, since: datetime, count: int, stories: Sequence[Story]) -> Replayed:
        """The result."""
        return Replayed(
            since,
            count,
            self.before,
            self.after,
            tuple(self.rows),
            self.otherwise,
            _must_catch(stories, self.rows),
        )


def _paired(
    before: Sequence[Verdict], after: Sequence[Verdict]
) -> Iterator[tuple[Verdict, Verdict | None, Verdict | None]]:
    """The developments of one article, each with what it is before and after, where it stands there.

    Both sides read the same text alike; another version of Djeli may have quoted otherwise, so the type
    alone counts where no quote is the same.
    """
    left = list(after)
    rest = []
    for old in before:
        same = next((new for new in left if _key(new) == _key(old)), None)
        if same is None:
            rest.append(old)
            continue
        left.remove(same)
        yield old, old, same
    for old in rest:
        kin = next((new for new in left if new.mention.type == old.mention.type), None)
        if kin is not None:
            left.remove(kin)
        yield old, old, kin
    for new in left:
        yield new, None, new


def _key(verdict: Verdict) -> tuple[str, str]:
    return verdict.mention.type, verdict.mention.quote


def _outcome(verdict: Verdict | None, judgement: Judgement, who: Hearers) -> Outcome:
    """What a side made of a development; where it left it out, what it made of the article."""
    if verdict is None:
        said = judgement.verdicts[0].decision if judgement.verdicts else judgement.decision
        decision = Decision.MERGE if said in PUSHED else said  # told by another development of the article
        return Outcome(decision, judgement.because, None, None, frozenset())
    heard = frozenset[int]()
    if verdict.decision in PUSHED:
        heard = who.of(judgement.watches)
    return Outcome(verdict.decision, verdict.because, verdict.rule, verdict.story, heard)


def _must_catch(stories: Sequence[Story], rows: Sequence[Row]) -> MustCatch:
    found: dict[str, list[str]] = {"lost": [], "missed": [], "caught": []}
    for story in stories:
        reports = {(member.article, member.mention.type) for member in story.members}
        mine = [row for row in rows if (row.article.id, row.type) in reports]
        if any(row.after.heard for row in mine):
            found["caught"].append(story.id)
        else:
            found["lost" if any(row.before.heard for row in mine) else "missed"].append(story.id)
    return MustCatch(*(tuple(found[kind]) for kind in ("lost", "missed", "caught")))
