"""Stories: their members, the inverted index that finds them, and their present state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Row,
    Select,
    and_,
    bindparam,
    func,
    insert,
    select,
    union_all,
    update,
)

from djeli.core.model import Article, Decision, Label, Member, Mention, Span, Story, Verdict
from storage.engine import upsert
from storage.folding import short_key
from storage.records import mention_from_text, mention_text
from storage.tables import articles, counters, mention_entities, mentions, stories

# Length classes of stretches of days. A search for the days [a, b] need look at those of one class
# only from a - reach to b; the last class holds everything and is nearly empty.
REACHES = (31, 1_100, 4_000_000)
MOST_CANDIDATES = 200
MOST_OF_A_NAME = 300  # its latest mentions: of a name in every tenth of a hundred reports a day, a month
_MOST_NAMES = 400  # in one search, for SQLite takes 500 parts in a statement; an article has about ten

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
        insert(mentions),
        {
            "id": line,
            "story_id": verdict.story,
            "article_id": article.id,
            "label": verdict.label,
            "mention": mention_text(verdict.mention),
        },
    )
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
        connection.execute(insert(mention_entities), rows)


def candidates(
    connection: Connection, entities: frozenset[str], start: date, end: date, most: int
) -> list[Story]:
    """Stories that share an entity and have days in the window, those that share the rarest ones first."""
    if not entities:
        return []
    found = connection.execute(*search(entities, start, end, most))
    return load(connection, list(found.scalars()))


def search(
    entities: frozenset[str], start: date, end: date, most: int = MOST_CANDIDATES
) -> tuple[Select[Any], dict[str, Any]]:
    """The search in the inverted index for the ids of stories, and its parameters."""
    keys = sorted({short_key(entity) for entity in entities})[:_MOST_NAMES]
    firsts = {f"from_{reach}": _days_before(start, reach) for reach in REACHES}
    names = {f"name_{place}": key for place, key in enumerate(keys)}
    return _search(len(keys)), {"names": keys, "start": start, "end": end, "most": most, **firsts, **names}


@lru_cache(maxsize=_MOST_NAMES)
def _search(names: int) -> Select[Any]:
    """The search by so many names; one part for each name or length class, so that each is a range.

    Built once: building it for every article cost as much as running it. Of each name the latest mentions
    are enough, so that a search costs the same in a store of any size; stretches of the longer classes are
    few. A shared name counts the more the fewer stories it stands in, as far as they were found.
    """
    index = mention_entities.c
    stands = select(index.story_id, index.entity, index.mention_id)
    shortest, *longer = REACHES

    def of_days(reach: int) -> ColumnElement[bool]:
        days = index.start_day.between(bindparam(f"from_{reach}"), bindparam("end"))
        return and_(index.reach == reach, days, index.end_day >= bindparam("start"))

    latest = [
        stands.where(index.entity == bindparam(f"name_{place}"), of_days(shortest))
        .order_by(index.start_day.desc(), index.mention_id.desc())
        .limit(MOST_OF_A_NAME)
        .subquery()
        for place in range(names)
    ]
    of_any_name = index.entity.in_(bindparam("names", expanding=True))
    long = [stands.where(of_any_name, of_days(reach)) for reach in longer]
    rows = union_all(*(select(part) for part in latest), *long).subquery().c
    named = (
        select(rows.story_id, rows.entity, func.max(rows.mention_id).label("newest"))
        .group_by(rows.story_id, rows.entity)
        .subquery()
        .c
    )
    stories_of_name = func.count().over(partition_by=named.entity)
    found = select(named.story_id, named.newest, (1.0 / stories_of_name).label("rarity")).subquery().c
    return (
        select(found.story_id)
        .group_by(found.story_id)
        .order_by(func.sum(found.rarity).desc(), func.max(found.newest).desc())
        .limit(bindparam("most", type_=Integer))
    )


def recent(
    connection: Connection,
    limit: int,
    offset: int,
    type: str | None,
    entity: str | None,
    since: datetime | None,
) -> list[Story]:
    """Stories that were pushed or would have been, latest first."""
    query = select(stories.c.id).where(stories.c.pushed)
    if type is not None:
        query = query.where(stories.c.type == type)
    if entity is not None:
        of_entity = select(mention_entities.c.story_id).where(mention_entities.c.entity == short_key(entity))
        query = query.where(stories.c.id.in_(of_entity))
    if since is not None:
        query = query.where(stories.c.last_at >= since)
    query = query.order_by(stories.c.last_at.desc(), stories.c.opened.desc(), stories.c.id.desc())
    return load(connection, list(connection.execute(query.limit(limit).offset(offset)).scalars()))


def load(connection: Connection, ids: Sequence[str]) -> list[Story]:
    """Whole stories, in the order of their ids given; unknown ones are left out."""
    if not ids:
        return []
    rows = {row.id: row for row in connection.execute(select(stories).where(stories.c.id.in_(ids)))}
    members: dict[str, list[Member]] = {}
    for row in connection.execute(_members(ids)):
        members.setdefault(row.story_id, []).append(_member(row))
    return [_story(rows[id], tuple(members[id])) for id in ids if id in rows and id in members]


def _members(ids: Sequence[str]) -> Select[Any]:
    return (
        select(
            mentions.c.story_id,
            mentions.c.article_id,
            mentions.c.mention,
            mentions.c.label,
            articles.c.outlet,
            articles.c.lang,
            articles.c.title,
            articles.c.url,
            articles.c.published,
        )
        .join(articles, articles.c.id == mentions.c.article_id)
        .where(mentions.c.story_id.in_(ids))
        .order_by(articles.c.published, mentions.c.id)
    )


def _member(row: Row[Any]) -> Member:
    return Member(
        article=row.article_id,
        outlet=row.outlet,
        lang=row.lang,
        title=row.title,
        url=row.url,
        published=row.published,
        mention=mention_from_text(row.mention),
        label=label_of(row.label),
    )


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
    put = upsert(connection, stories).on_conflict_do_nothing().returning(stories.c.id)
    new = {"id": verdict.story, "opened": now, "last_at": last_at, "type": verdict.mention.type, **told}
    if connection.execute(put, new).first():
        return
    story = stories.c.id == verdict.story
    connection.execute(update(stories).where(story, stories.c.last_at < last_at).values(last_at=last_at))
    if verdict.decision in _PUSHED:
        stage = func.coalesce(verdict.mention.stage, stories.c.stage)
        connection.execute(update(stories).where(story).values({**told, "stage": stage}))


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
