"""Stories: their members, the inverted index that finds them, and their present state."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    func,
    insert,
    literal_column,
    select,
    union_all,
    update,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.compiler import SQLCompiler

from djeli.core.model import Article, Decision, Label, Member, Mention, Span, Story, Verdict
from djeli.core.ports import Search
from storage import promises
from storage.engine import put, upsert
from storage.feeds import among, keys_of
from storage.folding import short_key
from storage.records import mention_text, mentions_from_texts
from storage.tables import articles, counters, ledger, mention_entities, mentions, stories

# Length classes of stretches of days. A search for the days [a, b] need look at those of one class
# only from a - reach to b; the last class holds everything and is nearly empty.
REACHES = (31, 1_100, 4_000_000)
MOST_OF_A_NAME = 300  # its latest mentions: of a name in every tenth of a hundred reports a day, a month
_MOST_NAMES = 400  # in one search, for SQLite takes 500 parts in a statement; an article has about ten
_NAMES_AT_ONCE = 4  # a search goes by a multiple of so many: each number of names is a statement of its own
MOST_KEPT = 8_192  # members that are remembered as they were read, 4 KB each
_AT_ONCE = 500  # stories whose members are asked for in one statement

_JOINING = (Decision.ALERT, Decision.UPDATE, Decision.MERGE, Decision.DIGEST)
_PUSHED = (Decision.ALERT, Decision.UPDATE)
_LABELS = {label.value: label for label in Label}  # asked for each member of each candidate


def reserve(connection: Connection, count: int) -> list[str]:
    """New story ids, never given twice."""
    if count < 1:
        return []
    last = connection.execute(
        upsert(connection, counters)
        .values(name="story", value=count)
        .on_conflict_do_update(index_elements=["name"], set_={"value": counters.c.value + count})
        .returning(counters.c.value)
    ).scalar_one()
    return [f"S{number}" for number in range(last - count + 1, last + 1)]


def joins(verdict: Verdict) -> bool:
    """Whether a verdict makes its mention part of a story."""
    return verdict.story is not None and (verdict.opens or verdict.decision in _JOINING)


def join(connection: Connection, line: int, article: Article, verdict: Verdict, now: datetime) -> None:
    """Make the mention of a ledger line part of its story, which is opened if it is new."""
    _advance(connection, article, verdict, now)
    connection.execute(
        _NEW_MENTION,
        {
            "id": line,
            "story_id": verdict.story,
            "article_id": article.id,
            "label": verdict.label,
            "mention": mention_text(verdict.mention),
        },
    )
    promises.note(connection, line, article, verdict)
    rows = [
        {
            "entity": entity,
            "reach": _reach(span),
            "start_day": span.start,
            "mention_id": line,
            "end_day": span.end,
            "story_id": verdict.story,
        }
        for entity in sorted({short_key(entity) for entity in verdict.mention.entities})
        for span in _indexed_days(article, verdict.mention)
    ]
    if rows:
        connection.execute(_INDEX, rows)


_NEW_MENTION = insert(mentions)
_INDEX = insert(mention_entities)


def candidates(connection: Connection, searches: Iterable[Search], known: Members) -> list[Story]:
    """The stories of each search that has entities, best first; the members of all are read at once."""
    found: dict[str, None] = {}
    for wanted in searches:
        if wanted.entities:
            found.update(dict.fromkeys(_best(_found(connection, wanted), wanted.most)))
    return load(connection, list(found), known)


def _found(connection: Connection, wanted: Search) -> Sequence[Row[Any]]:
    """Story, name and number of the mentions that a search finds.

    To SQLite its eighty parameters go as they are: through SQLAlchemy that takes as long as searching.
    """
    statement, values = search(wanted)
    if connection.dialect.name != "sqlite":
        return connection.execute(statement, values).all()
    written, order, own = _for_sqlite(sum(name.startswith("name_") for name in values))
    days = {name: value.isoformat() for name, value in values.items() if isinstance(value, date)}
    given = {**own, **values, **days}
    return connection.exec_driver_sql(written, tuple([given[name] for name in order])).all()


@lru_cache(maxsize=_MOST_NAMES)
def _for_sqlite(names: int) -> tuple[str, tuple[str, ...], Mapping[str, Any]]:
    """The search by so many names as SQLite reads it, its parameters in order, and those it has by itself."""
    compiled = _search(names).compile(dialect=sqlite.dialect())
    assert isinstance(compiled, SQLCompiler)
    return compiled.string, tuple(compiled.positiontup or ()), compiled.params


def search(wanted: Search) -> tuple[CompoundSelect[Any], dict[str, Any]]:
    """The search in the inverted index, and its parameters; it finds story, name and number of mentions."""
    entities, start, end, _ = wanted
    keys: list[str | None] = [*sorted({short_key(entity) for entity in entities})[:_MOST_NAMES]]
    keys += [None] * (-len(keys) % _NAMES_AT_ONCE)
    firsts = {f"from_{reach}": _days_before(start, reach) for reach in REACHES}
    names = {f"name_{place}": key for place, key in enumerate(keys)}
    return _search(len(keys)), {"start": start, "end": end, **firsts, **names}


@lru_cache(maxsize=_MOST_NAMES)
def _search(names: int) -> CompoundSelect[Any]:
    """The search by so many names; one part for each name or length class, so that each is a range.

    Built once: building it for every article cost as much as running it. Of each name the latest mentions
    are enough, so that a search costs the same in a store of any size; stretches of the longer classes are
    few.
    """
    index = mention_entities.c
    stands = select(index.story_id, index.entity, index.mention_id)
    shortest, *longer = REACHES

    def of_days(reach: int) -> ColumnElement[bool]:
        days = index.start_day.between(bindparam(f"from_{reach}"), bindparam("end"))
        return and_(index.reach == literal_column(str(reach)), days, index.end_day >= bindparam("start"))

    def latest(name: BindParameter[str]) -> Select[Any]:
        found = select(index.story_id, index.mention_id).where(index.entity == name, of_days(shortest))
        found = found.order_by(index.start_day.desc(), index.mention_id.desc())
        of = found.limit(literal_column(str(MOST_OF_A_NAME))).subquery().c
        # Of each story the latest mention only: a tenth of the rows where many reports are of one story.
        number = func.max(of.mention_id).label("mention_id")
        return select(of.story_id, name.label("entity"), number).group_by(of.story_id)

    of_name = [bindparam(f"name_{place}", type_=index.entity.type) for place in range(names)]
    long = [stands.where(index.entity.in_(of_name), of_days(reach)) for reach in longer]
    return union_all(*map(latest, of_name), *long)


def _best(rows: Iterable[Any], most: int) -> list[str]:
    """The best stories of what a search found: a shared name counts the more the fewer stories it stands in.

    As far as they were found. Ranked here and not by the database, which would sort all rows three times.
    """
    of_name: dict[str, dict[str, int]] = {}  # the latest mention in each story
    for story, name, number in rows:
        found = of_name.setdefault(name, {})
        if number > found.get(story, -1):
            found[story] = number
    rare: dict[str, float] = {}
    newest: dict[str, int] = {}
    for _, found in sorted(of_name.items()):
        rarity = 1 / len(found)
        for story, number in found.items():
            rare[story] = rare.get(story, 0.0) + rarity
            if number > newest.get(story, -1):
                newest[story] = number
    return sorted(rare, key=lambda story: (rare[story], newest[story]), reverse=True)[:most]


def _rows() -> Select[Any]:
    """What is shown of stories, and how many members each has."""
    of_story = mentions.c.story_id == stories.c.id
    members = select(func.count()).select_from(mentions).where(of_story)
    last = select(func.max(mentions.c.id)).where(of_story)
    return select(
        stories.c.id,
        stories.c.opened,
        stories.c.pushed,
        stories.c.label,
        stories.c.split_from,
        members.scalar_subquery().label("size"),
        last.scalar_subquery().label("last"),
    )


def count(connection: Connection) -> int:
    """How many stories there are."""
    return connection.execute(select(func.count()).select_from(stories)).scalar_one()


def recent(
    connection: Connection,
    limit: int,
    offset: int,
    type: str | None,
    entities: Sequence[str],
    since: datetime | None,
    known: Members,
) -> list[Story]:
    """Stories that were pushed or would have been, latest first; `entities` must all be in them."""
    query = select(stories.c.id).where(stories.c.pushed)
    if type is not None:
        query = query.where(stories.c.type == type)
    for entity in entities:
        of_entity = select(mention_entities.c.story_id).where(mention_entities.c.entity == short_key(entity))
        query = query.where(stories.c.id.in_(of_entity))
    if since is not None:
        query = query.where(stories.c.last_at >= since)
    query = query.order_by(stories.c.last_at.desc(), stories.c.opened.desc(), stories.c.id.desc())
    return load(connection, connection.execute(query.limit(limit).offset(offset)).scalars().all(), known)


def split(
    connection: Connection, article_id: str, was: str, verdict: Verdict, now: datetime
) -> Sequence[int]:
    """Take an article's mentions out of a story and into the verdict's own, which is opened for them.

    The verdict takes the place of the one kept before. Returns the lines of the ledger that moved; none
    where the article has no part in the story, or the story no other.
    """
    of_story = connection.execute(_OF_STORY, {"story": was}).all()
    moved = [row.id for row in of_story if row.article_id == article_id]
    if not moved or len(moved) == len(of_story):
        return []
    published = connection.execute(
        select(articles.c.published).where(articles.c.id == article_id)
    ).scalar_one()
    story = {"id": verdict.story, "opened": now, "last_at": min(published, now), "split_from": was}
    told = {"type": verdict.mention.type, "stage": verdict.mention.stage, "label": verdict.label}
    connection.execute(insert(stories), {**story, **told, "pushed": True})
    for table, column in ((mentions, mentions.c.id), (mention_entities, mention_entities.c.mention_id)):
        connection.execute(update(table).where(column.in_(moved)).values(story_id=verdict.story))
    promises.move(connection, moved, str(verdict.story))
    _restore(connection, was, moved)
    return moved


def _restore(connection: Connection, story: str, moved: Collection[int]) -> None:
    """Stage and label of a story as what was told of the rest left them."""
    told = and_(ledger.c.story_id == story, ledger.c.decision.in_(_PUSHED), ledger.c.id.not_in(moved))
    lines = connection.execute(select(ledger.c.stage, ledger.c.label).where(told).order_by(ledger.c.id)).all()
    if lines:
        stage = next((line.stage for line in reversed(lines) if line.stage), None)
        left = {"stage": stage, "label": lines[-1].label}
        connection.execute(update(stories).where(stories.c.id == story).values(left))


_OF_STORY = select(mentions.c.id, mentions.c.article_id).where(mentions.c.story_id == bindparam("story"))


class Members:
    """Members of stories as they were read, of the stories asked for last.

    Nothing of one changes, and new ones have higher numbers: a story of as many members as before and
    with the same last one has the same ones. Most of them are compared with article after article.
    """

    def __init__(self) -> None:
        self._by_story: dict[str, _Kept] = {}  # the one asked for last stands last
        self._count = 0
        self._lock = threading.Lock()  # commands read beside the cycle

    def of(
        self, connection: Connection, sizes: Mapping[str, tuple[int, int]]
    ) -> dict[str, tuple[Member, ...]]:
        """The members of stories of these sizes and last numbers, oldest first."""
        with self._lock:
            known = {story: self._by_story.get(story, _NOTHING) for story in sizes}
        grown = {story: kept for story, kept in known.items() if 0 < len(kept.members) < sizes[story][0]}
        if grown:
            known.update(_with_later(connection, grown))
        unknown = [story for story, kept in known.items() if kept.size != sizes[story]]
        for at in range(0, len(unknown), _AT_ONCE):
            part = unknown[at : at + _AT_ONCE]
            known.update({**dict.fromkeys(part, _NOTHING), **_read(connection, part)})
        with self._lock:
            self._keep(known)
        return {story: kept.members for story, kept in known.items()}

    def _keep(self, asked: Mapping[str, _Kept]) -> None:
        for story, kept in asked.items():
            if not kept.members:
                continue
            before = self._by_story.pop(story, _NOTHING)
            self._by_story[story] = kept
            self._count += len(kept.members) - len(before.members)
        while self._count > MOST_KEPT:
            oldest = next(iter(self._by_story))
            self._count -= len(self._by_story.pop(oldest).members)


class _Kept(NamedTuple):
    """The members of one story and the numbers of their mentions."""

    numbers: tuple[int, ...]
    members: tuple[Member, ...]
    size: tuple[int, int]  # how many there are, and the last number


_NOTHING = _Kept((), (), (0, 0))


def _read(connection: Connection, ids: Sequence[str]) -> dict[str, _Kept]:
    """Whole stories from the database."""
    dialect = connection.dialect.name
    return _by_story(connection.execute(_members_of(dialect), keys_of(dialect, ids)).all())


def _with_later(connection: Connection, grown: Mapping[str, _Kept]) -> dict[str, _Kept]:
    """Stories of which the first members are known, with the later ones: their numbers are higher."""
    after = min(kept.size[1] for kept in grown.values())
    dialect = connection.dialect.name
    rows = connection.execute(_later_members_of(dialect), {**keys_of(dialect, grown), "after": after}).all()
    return {**grown, **_by_story(rows, grown)}


def _by_story(rows: Iterable[Row[Any]], grown: Mapping[str, _Kept] | None = None) -> dict[str, _Kept]:
    """The members of these rows by story, oldest first, together with those of it that are known."""
    read = [tuple(row) for row in rows]
    found: dict[str, dict[int, Member]] = {}
    for row, mention in zip(read, mentions_from_texts(row[3] for row in read), strict=True):
        story, number, article, _, label, outlet, lang, title, url, published = row
        if story not in found:
            before = (grown or {}).get(story, _NOTHING)
            found[story] = dict(zip(before.numbers, before.members, strict=True))
        if number not in found[story]:
            told = label_of(label)
            found[story][number] = Member(article, outlet, lang, title, url, published, mention, told)
    kept = {}
    for story, members in found.items():
        numbers = sorted(members, key=lambda number: (members[number].published, number))
        size = len(numbers), max(numbers)
        kept[story] = _Kept(tuple(numbers), tuple([members[number] for number in numbers]), size)
    return kept


def load(connection: Connection, ids: Sequence[str], known: Members) -> list[Story]:
    """Whole stories, in the order of their ids given; unknown ones are left out."""
    if not ids:
        return []
    dialect = connection.dialect.name
    rows = {row.id: row for row in connection.execute(_of_ids(dialect), keys_of(dialect, ids)).all()}
    return _with_members(connection, [rows[id] for id in ids if id in rows], known)


def _with_members(connection: Connection, rows: Sequence[Row[Any]], known: Members) -> list[Story]:
    """The stories of these rows, in order; one without members is none."""
    members = known.of(connection, {row.id: (row.size, row.last or 0) for row in rows})
    return [_story(row, members[row.id]) for row in rows if members[row.id]]


@cache
def _of_ids(dialect: str) -> Select[Any]:
    return _rows().where(among(dialect, stories.c.id))


@cache
def _members_of(dialect: str) -> Select[Any]:
    return _MEMBERS.where(among(dialect, mentions.c.story_id))


@cache
def _later_members_of(dialect: str) -> Select[Any]:
    return _members_of(dialect).where(mentions.c.id > bindparam("after"))


_MEMBERS: Select[Any] = select(
    mentions.c.story_id,
    mentions.c.id,
    mentions.c.article_id,
    mentions.c.mention,
    mentions.c.label,
    articles.c.outlet,
    articles.c.lang,
    articles.c.title,
    articles.c.url,
    articles.c.published,
).join(articles, articles.c.id == mentions.c.article_id)


def _story(row: Row[Any], members: tuple[Member, ...]) -> Story:
    return Story(
        id=row.id,
        members=members,
        opened=row.opened,
        pushed=row.pushed,
        label=label_of(row.label),
        split_from=row.split_from,
    )


def label_of(value: str | None) -> Label | None:
    """The label of a column; None for one of another version."""
    return _LABELS.get(value or "")


def _advance(connection: Connection, article: Article, verdict: Verdict, now: datetime) -> None:
    """Open the story, or bring it up to date: only what is told changes its stage and label."""
    last_at = min(article.published, now)
    told = {
        "stage": verdict.mention.stage,
        "label": verdict.label,
        "pushed": verdict.decision in _PUSHED,
    }
    new = {"id": verdict.story, "opened": now, "last_at": last_at, "type": verdict.mention.type, **told}
    if connection.execute(put(connection.dialect.name, stories), new).first():
        return
    connection.execute(_LATER, {"story": verdict.story, "at": last_at})
    if verdict.decision in _PUSHED:
        connection.execute(_MOVED, {"story": verdict.story, "to": told["stage"], "as": told["label"]})


_LATER = (
    update(stories)
    .where(stories.c.id == bindparam("story"), stories.c.last_at < bindparam("at"))
    .values(last_at=bindparam("at"))
)


_MOVED = (
    update(stories)
    .where(stories.c.id == bindparam("story"))
    .values(
        stage=func.coalesce(bindparam("to", type_=stories.c.stage.type), stories.c.stage),
        label=bindparam("as", type_=stories.c.label.type),
        pushed=True,
    )
)


def states(connection: Connection, which: ColumnElement[bool]) -> Iterator[dict[str, Any]]:
    """The state of each story as these of its reports made it, one after the other."""
    rows = connection.execute(
        select(
            mentions.c.story_id,
            ledger.c.judged_at,
            ledger.c.decision,
            ledger.c.label,
            ledger.c.stage,
            ledger.c.type,
            articles.c.published,
        )
        .join_from(mentions, ledger, ledger.c.id == mentions.c.id)
        .join(articles, articles.c.id == mentions.c.article_id)
        .where(which)
        .order_by(mentions.c.id)
    ).all()
    ids = {row.story_id for row in rows}
    split = select(stories.c.id, stories.c.split_from).where(stories.c.split_from.is_not(None))
    split_from = {row.id: row.split_from for row in connection.execute(split) if row.id in ids}
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        last_at = min(row.published, row.judged_at)
        pushed = row.decision in _PUSHED
        state = found.get(row.story_id)
        if state is None:
            found[row.story_id] = {
                "id": row.story_id,
                "opened": row.judged_at,
                "last_at": last_at,
                "type": row.type,
                "stage": row.stage,
                "label": row.label,
                "pushed": pushed,
                "split_from": split_from.get(row.story_id),
            }
            continue
        state["last_at"] = max(state["last_at"], last_at)
        if pushed:
            state |= {"label": row.label, "pushed": True, "stage": row.stage or state["stage"]}
    yield from found.values()


def rebuild(connection: Connection, ids: Sequence[str]) -> None:
    """Bring stories whose reports were moved to the state that their reports make."""
    for state in states(connection, mentions.c.story_id.in_(ids)):
        connection.execute(update(stories).where(stories.c.id == state["id"]).values(state))


def _indexed_days(article: Article, mention: Mention) -> set[Span]:
    """Where a mention is found: on the days of its event; on the day of publication when the text
    gives none."""
    published = article.published.astimezone(UTC).date()
    days = {mention.span} if mention.span else set()
    if not mention.dated or not days:
        days.add(Span(published, published))
    return days


def _reach(span: Span) -> int:
    length = (span.end - span.start).days
    return next(reach for reach in REACHES if length <= reach)


def _days_before(day: date, days: int) -> date:
    return day - timedelta(days=min(days, (day - date.min).days))
