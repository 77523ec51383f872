"""Small changes beside the files: how they are drafted, and what the accepted ones make of a house.

Content of a change, by its kind:

    fact         {"record": {…}}                       a record like those of facts.yaml, without an id
    correction   {"fact": "A7", "record": {…}}         the whole record anew
    exclude      {"watch": "sahel", "word": "…"}
    split        {"story": "S1", "article": "…"}; once accepted also {"into": "S9", "lines": […]}

The fact of change 7 is A7. A correction of it is a change of its own: the last one accepted holds.
"""

from __future__ import annotations

import asyncio
import logging
from bisect import bisect_right
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from baseline import watch_words
from baseline.catalogue import Knowledge, accepted_fact
from baseline.documents import Candidate, precision
from baseline.judge import Judge
from djeli.app import faults, wiring
from djeli.app.building import Records, written
from djeli.app.judging import Judging
from djeli.app.telling import Teller
from djeli.app.wiring import House
from djeli.core.errors import DjeliError, UserError
from djeli.core.model import (
    Change,
    ChangeKind,
    ChangeState,
    Fact,
    Member,
    Realis,
    Span,
    Story,
    Watch,
)
from storage.store import SqlStore

log = logging.getLogger("djeli.changes")

HORIZON = timedelta(days=365)  # an event of the same kind that lies later is another one
_HAPPENED = (Realis.DONE, Realis.ANNOUNCED, Realis.HISTORICAL)
_MOST_SOURCES = 4
PAUSE = 2.0  # seconds between two looks for accepted changes


@dataclass(frozen=True, slots=True)
class Known:
    """What was accepted: the facts as they were at each moment, the excluded words as they are."""

    moments: tuple[datetime, ...]  # at which the facts changed, in order
    versions: tuple[tuple[Fact, ...], ...]  # one more than moments: the first is before all of them
    excluded: tuple[tuple[str, str], ...]  # watch, word

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The accepted facts as they are now."""
        return self.versions[-1]

    def facts_at(self, moment: datetime) -> tuple[Fact, ...]:
        """The accepted facts as they were at a moment."""
        return self.versions[bisect_right(self.moments, moment)]


NOTHING = Known((), ((),), ())


def known(store: SqlStore, knowledge: Knowledge) -> Known:
    """Everything that was accepted so far. A fact that names what is no longer there is left out."""
    found = store.changes()
    about_facts = [one for one in found if one.kind in (ChangeKind.FACT, ChangeKind.CORRECTION)]
    moments = sorted({step.at for one in about_facts for step in one.steps})
    made: dict[int, Fact | None] = {}
    versions = [_facts_at(moment, about_facts, knowledge, made) for moment in moments]
    accepted = [one for one in found if one.state is ChangeState.ACCEPTED]
    return Known(
        tuple(moments),
        ((), *versions),
        tuple(
            (str(one.content["watch"]), str(one.content["word"]))
            for one in accepted
            if one.kind is ChangeKind.EXCLUDE and _usable(one, knowledge)
        ),
    )


def _usable(change: Change, knowledge: Knowledge) -> bool:
    """Whether an excluded word can be read: what cannot would be looked for otherwise than it was meant."""
    if (fault := unreadable(str(change.content["word"]), knowledge)) is not None:
        log.warning("change %s is left out: %s", change.id, fault)
    return fault is None


def unreadable(word: str, knowledge: Knowledge) -> str | None:
    """What is wrong with a word of a watch, and what to write instead; None when it can be looked for."""
    try:
        watch_words.read_word(word)
    except ValueError as error:
        return f"'{word[:60]}': {error}"
    if watch_words.ID.fullmatch(word) and not wiring.vocabulary(knowledge).knows(word):
        return f"unknown id '{word[:60]}'; write a name instead, or an id of knowledge/actors.yaml"
    return None


def _facts_at(
    moment: datetime, changes: Iterable[Change], knowledge: Knowledge, made: dict[int, Fact | None]
) -> tuple[Fact, ...]:
    records: dict[str, tuple[int, Change]] = {}
    for change in changes:
        if not change.held(moment):
            continue
        if change.kind is ChangeKind.FACT:
            records[f"A{change.id}"] = (1, change)
        elif (name := str(change.content["fact"])) in records:
            records[name] = (records[name][0] + 1, change)
    facts = []
    for name, (version, change) in records.items():
        if change.id not in made:
            made[change.id] = _fact(name, change.content["record"], knowledge)
        if (fact := made[change.id]) is not None:
            facts.append(replace(fact, version=version))
    return tuple(facts)


def _fact(name: str, record: Mapping[str, Any], knowledge: Knowledge) -> Fact | None:
    try:
        return accepted_fact({**record, "id": name}, knowledge)
    except DjeliError as error:
        log.warning("an accepted fact is left out: %s", error)
        return None


def informed(house: House, accepted: Known) -> House:
    """The house with what was accepted: its facts are known, its words excluded."""
    if not accepted.facts and not accepted.excluded:
        return house
    watches = tuple(_excluding(watch, accepted.excluded) for watch in house.config.watches)
    config = replace(house.config, watches=watches)
    taken = {fact.id for fact in house.knowledge.facts}
    more = tuple(fact for fact in accepted.facts if fact.id not in taken)
    knowledge = replace(house.knowledge, facts=(*house.knowledge.facts, *more))

    def make() -> Judging:
        judge = house.judge
        if watches != house.config.watches:
            own = judge if isinstance(judge, Judge) else None
            judge = own.with_watches(watches) if own else wiring.judge_of(config, house.knowledge)
        return judge.knowing(knowledge.facts)

    return wiring.furnish(config, knowledge, make)


def as_of(house: House, day: date) -> House:
    """The house with only the facts that were known before a day."""
    knowledge = replace(house.knowledge, facts=facts_by(day, house.knowledge.facts))
    return wiring.furnish(house.config, knowledge, lambda: house.judge.knowing(knowledge.facts))


def without_effect(change: Change, house: House) -> str | None:
    """Why an accepted change does nothing under these files; None where it does something."""
    if change.kind is ChangeKind.EXCLUDE:
        watch = str(change.content["watch"])
        if watch not in {one.name for one in house.config.watches}:
            return f"there is no watch '{watch}' any more"
        return unreadable(str(change.content["word"]), house.knowledge)
    if change.kind is ChangeKind.SPLIT:
        return None
    name = str(change.content.get("fact") or f"A{change.id}")
    if name in {fact.id for fact in house.knowledge.facts}:
        return f"a file has a fact {name} of its own"
    try:
        accepted_fact({**change.content["record"], "id": name}, house.knowledge)
    except DjeliError as error:
        return str(error)
    return None


def _excluding(watch: Watch, excluded: Iterable[tuple[str, str]]) -> Watch:
    words = [word for name, word in excluded if name == watch.name and word not in watch.exclude]
    return replace(watch, exclude=(*watch.exclude, *words)) if words else watch


# ------------------------------------------------------------------------------------ drafts


def fact_of(story: Story, knowledge: Knowledge, because: str, horizon: timedelta | None = HORIZON) -> Change:
    """The draft by which a development counts as known; UserError for one that cannot be a fact.

    Its type, stage, day and figures are those of the last report that tells it as having happened.
    """
    member = _telling(story)
    mention = member.mention
    rule = knowledge.types.get(mention.type)
    if rule is None:
        raise UserError(f"story {story.id} tells no development of a known kind; it cannot become a fact")
    legal = mention.stage in rule.stages
    told = next((m.mention for m in story.members if m.mention.actors or m.mention.counterparts), mention)
    if not mention.actors and not mention.counterparts:
        mention = replace(mention, actors=told.actors, counterparts=told.counterparts)
    happened = mention.span or Span(member.published.date(), member.published.date())
    candidate = Candidate(
        document=member.outlet,
        paragraph=0,
        mention=mention,
        status=str(mention.stage) if legal else _status(mention.realis),
        span=happened,
        precision=precision(happened),
        objects=tuple(sorted(e for e in mention.entities if e.startswith(("obj.", "eqp.", "doc.")))),
        confidence="high",
        covered_by=None,
        as_of=member.published.date(),
    )
    record = Records(knowledge).record(candidate)
    record.pop("confidence")
    record |= {
        "date": written(happened),
        "sources": [_source(one) for one in story.members[-_MOST_SOURCES:]],
        "since": min(one.published for one in story.members).date().isoformat(),
        "until": (happened.end + horizon).isoformat() if horizon is not None else None,
    }
    return _drafted(ChangeKind.FACT, because, {"record": record}, story.id, member.article)


def _telling(story: Story) -> Member:
    """The last report that tells the development as having happened; the last of all otherwise."""
    told = [m for m in story.members if m.mention.realis in _HAPPENED and not m.mention.comment]
    return (told or story.members)[-1]


def _status(realis: Realis) -> str:
    return "announced" if realis is Realis.ANNOUNCED else "done"


def _source(member: Member) -> dict[str, Any]:
    return {
        "document": member.outlet,
        "paragraph": 0,
        "title": member.title,
        "url": member.url,
        "published": member.published.date().isoformat(),
    }


def corrected(
    store: SqlStore, knowledge: Knowledge, name: str, slots: Mapping[str, Any], because: str
) -> Change:
    """The draft of a correction of an accepted fact: these slots of its record anew; UserError otherwise."""
    current = _record_of(store, name)
    if current is None:
        raise UserError(f"there is no accepted fact '{name}'; facts of documents are corrected in their file")
    record = {**current, **slots}
    accepted_fact({**record, "id": name}, knowledge)  # a faulty one is refused here
    return _drafted(ChangeKind.CORRECTION, because, {"fact": name, "record": record}, None, None)


def _record_of(store: SqlStore, name: str) -> Mapping[str, Any] | None:
    """The record of an accepted fact as it is now."""
    record: Mapping[str, Any] | None = None
    for change in store.changes(ChangeState.ACCEPTED):
        first = change.kind is ChangeKind.FACT and f"A{change.id}" == name
        later = change.kind is ChangeKind.CORRECTION and change.content["fact"] == name
        if first or (later and record is not None):
            record = change.content["record"]
    return record


def history(store: SqlStore, name: str) -> list[Change]:
    """Every change that made or corrected an accepted fact, whatever became of it."""
    return [
        change
        for change in store.changes()
        if (change.kind is ChangeKind.FACT and f"A{change.id}" == name)
        or (change.kind is ChangeKind.CORRECTION and change.content["fact"] == name)
    ]


def precision_of(written_date: str) -> str:
    """How finely a date is written: two days with a slash, a day, a month or a year."""
    if "/" in written_date:
        return "range"
    return {10: "day", 7: "month", 4: "year"}.get(len(written_date.strip()), "day")


def exclusion(
    house: House,
    watch: str,
    word: str,
    because: str,
    story: str | None = None,
    article: str | None = None,
) -> Change:
    """The draft by which a watch no longer looks at articles with a word.

    Raises UserError when there is no such watch, or the word is one that `djeli check` would refuse.
    """
    names = [one.name for one in house.config.watches]
    if watch not in names:
        hint = faults.nearest(watch, names) or f"; the watches are: {', '.join(names)}"
        raise UserError(f"there is no watch '{watch}'{hint}")
    word = word.strip()
    if (fault := unreadable(word, house.knowledge)) is not None:
        raise UserError(fault)
    return _drafted(ChangeKind.EXCLUDE, because, {"watch": watch, "word": word}, story, article)


def refuse_twice(store: SqlStore, drafted: Change) -> None:
    """Raises UserError when the same is proposed or accepted already: nobody could tell the two apart."""
    for one in store.changes(ChangeState.DRAFT, ChangeState.ACCEPTED):
        same_fact = one.kind is ChangeKind.FACT and one.story == drafted.story
        if one.kind is drafted.kind and (same_fact or one.content == drafted.content):
            said = "proposed: accept or drop it" if one.state is ChangeState.DRAFT else "accepted"
            raise UserError(f"change {one.id} does the same and is {said}; `djeli changes show {one.id}`")


def split(story: Story, article: str, because: str) -> Change:
    """The draft by which a report leaves its story; UserError when there is nothing to split."""
    if article not in {member.article for member in story.members}:
        raise UserError(f"story {story.id} has no report {article}")
    if {member.article for member in story.members} == {article}:
        raise UserError(f"story {story.id} holds nothing beside that report: there is nothing to split")
    return _drafted(ChangeKind.SPLIT, because, {"story": story.id, "article": article}, story.id, article)


def _drafted(
    kind: ChangeKind, because: str, content: Mapping[str, Any], story: str | None, article: str | None
) -> Change:
    return Change(0, kind, ChangeState.DRAFT, because, content, story, article)


def facts_by(day: date, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts that were known before a day."""
    return tuple(fact for fact in facts if fact.since is None or fact.since < day)


# ------------------------------------------------------------------------------------- deeds


def accept(store: SqlStore, teller: Teller, number: int, who: str, now: datetime) -> Change:
    """Put a change in force; UserError when it cannot be. A split owes the chats what follows from it."""
    change = store.change(number)
    if change is not None and change.kind is ChangeKind.SPLIT and change.state is not ChangeState.ACCEPTED:
        _divide(store, teller, change, now)
    return store.bring_change(number, ChangeState.ACCEPTED, who, now)


def _divide(store: SqlStore, teller: Teller, change: Change, now: datetime) -> None:
    story, article = str(change.content["story"]), str(change.content["article"])
    before = store.lines_of(story, article)
    if before:  # else it was split, and the process stopped before that was noted
        store.note_content(change.id, {**change.content, "lines": before})
        if teller.split(story, article, now) is None:
            raise UserError(f"nothing can be split from story {story}: its first card tells this very report")
    moved = (line.story for line in store.ledger(article) if line.verdict and line.verdict.rule == "split")
    into = next(filter(None, moved), None)
    content = (store.change(change.id) or change).content
    if into is None or "lines" not in content:
        raise UserError(f"story {story} has no report {article}")
    store.note_content(change.id, {**content, "into": into})


class Informed:
    """Keeps the house of a running service informed of what is accepted meanwhile."""

    def __init__(self, house: House, store: SqlStore) -> None:
        self._house, self._store = house, store
        self._last = -1
        self._held: object = None  # what was accepted when it was last taken over

    @classmethod
    def of_house(cls, house: House, store: SqlStore) -> tuple[Informed, House]:
        """One for a house, and the house informed."""
        made = cls(house, store)
        return made, made.of(house)

    def taking(self, take: Callable[[House], Awaitable[None]]) -> Callable[[House], Awaitable[None]]:
        """Takes a house read from its files over as `take` does, informed."""

        async def informed_take(read: House) -> None:
            await take(await asyncio.to_thread(self.of, read))

        return informed_take

    def of(self, house: House) -> House:
        """This house, read from its files, with what was accepted."""
        self._house, self._last = house, self._store.last_change()
        accepted = known(self._store, house.knowledge)
        self._held = (accepted.facts, accepted.excluded)
        return informed(house, accepted)

    def anew(self) -> House | None:
        """The house once more when a change was accepted or undone since it was last asked for, else None.

        What was only proposed, or split, changes nothing of it.
        """
        if self._store.last_change() == self._last:
            return None
        before = self._held
        new = self.of(self._house)
        return new if self._held != before else None

    async def follow(self, take: Callable[[House], Awaitable[None]], pause: float = PAUSE) -> None:
        """Take over what is accepted or undone, here or in a terminal, until cancelled."""
        while True:
            await asyncio.sleep(pause)
            try:
                if (new := await asyncio.to_thread(self.anew)) is not None:
                    await take(new)
                    log.info("changes beside the files were taken over")
            except Exception:  # a full disk, a locked database: the next look tries again
                log.exception("changes could not be taken over")
                self._last, self._held = -1, None
