"""The look-up of candidate stories in a small and a large store: `python -m tests.bench_lookup FEW MANY`.

Both stores are filled with invented mentions, then asked in turn for the stories of new reports, on the
path of the service after an article was read: windows, index, whole stories. Prints one line of JSON.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, islice
from statistics import quantiles

from sqlalchemy import Table, insert

from djeli.app import wiring
from djeli.app.judging import Judging, candidates
from djeli.core.model import Article, Mention, Reading, Realis, Span
from storage.records import mention_text
from storage.store import SqlStore, open_store
from storage.stories import REACHES
from storage.tables import articles, ledger, mention_entities, mentions, stories

DAYS = 730  # over which the mentions are spread: fourteen a day when they are few
LAST = date(2036, 12, 31)
ASKED = 300  # reports of the next day
AT_ONCE = 60_000  # mentions of one transaction
UNLISTED = 20_000  # names that stand in no gazetteer
NAMES = 6  # of one report, by Zipf's law: the first name stands in half of all reports
PRINTS = 3  # index entries by which a reprint is found
MEMBERS = 3  # reports of one story
TOP = ("cty.mali", "cty.russia", "org.fama", "grp.jnim", "plc.bamako", "cty.niger", "cty.burkina", "org.aes")
TYPES = ("attack", "agreement", "delivery", "visit_talks", "statement")

Row = tuple[object, ...]


def main() -> None:
    few, many = int(sys.argv[1]), int(sys.argv[2])
    judge = wiring.open_house(None).judge
    with tempfile.TemporaryDirectory() as folder:
        stores = [open_store(f"sqlite:///{folder}/{count}.db") for count in (few, many)]
        presses = [Press(few), Press(many)]
        try:
            for store, press in zip(stores, presses, strict=True):
                fill(store, press)
            print(json.dumps(dict(zip(("few", "many"), in_turn(judge, stores, presses, ASKED), strict=True))))
        finally:
            for store in stores:
                store.close()


def in_turn(
    judge: Judging, stores: Sequence[SqlStore], presses: Sequence[Press], asked: int
) -> list[dict[str, float]]:
    """For each store the median and the 95th percentile in milliseconds, and the longest list of stories."""
    spent: list[list[float]] = [[] for _ in stores]
    found: list[list[int]] = [[] for _ in stores]
    for readings in zip(*(press.readings(asked) for press in presses), strict=True):
        for place, (store, reading) in enumerate(zip(stores, readings, strict=True)):
            start = time.perf_counter()
            count = len(candidates(judge, reading, store))
            spent[place].append(1000 * (time.perf_counter() - start))
            found[place].append(count)
    figures = [quantiles(times, n=100) for times in spent]
    return [
        {"p50": percent[49], "p95": percent[94], "most": max(counts)}
        for percent, counts in zip(figures, found, strict=True)
    ]


@dataclass
class Press:
    """Invented reports, the same ones for the same count."""

    count: int

    def __post_init__(self) -> None:
        known = [name for name in wiring.load_knowledge().entities if name not in TOP]
        self.names = [*TOP, *known, *(f"name:invented{n}" for n in range(UNLISTED))]
        self.weights = list(accumulate(1 / rank for rank in range(1, len(self.names) + 1)))
        self.chance = random.Random(7)

    def mentions(self) -> Iterator[tuple[int, Mention]]:
        """What each report says, with the number of its story, oldest first."""
        for story in range(self.count // MEMBERS):
            day = LAST - timedelta(days=DAYS - 1 - story * MEMBERS * DAYS // self.count)
            names = self.some()
            for _ in range(MEMBERS):
                yield story, self.mention(names, day)

    def some(self, count: int = NAMES) -> list[str]:
        return self.chance.choices(self.names, cum_weights=self.weights, k=count)

    def mention(self, names: Sequence[str], day: date) -> Mention:
        """A report of these names, each time with one of them exchanged."""
        prints = [f"print:{self.chance.getrandbits(31)}" for _ in range(PRINTS)]
        kind = self.chance.choice(TYPES)
        return Mention(
            type=kind, types=(kind,), stage=None, realis=Realis.DONE, actors=(), counterparts=(), places=(),
            entities=frozenset([*names[:-1], *self.some(1), *prints]),
            span=Span(day, day), dated=True, figures=(), quote="A quote of the report, as it stands in it.",
        )  # fmt: skip

    def readings(self, asked: int) -> Iterator[Reading]:
        """The reports of the next day, as they were understood."""
        for _ in range(asked):
            yield reading(self.mention(self.some(), LAST + timedelta(days=1)))


def reading(mention: Mention) -> Reading:
    """What was understood of an article that came at noon after the last day and says just this."""
    at = datetime(LAST.year, LAST.month, LAST.day, 12, tzinfo=UTC) + timedelta(days=1)
    return Reading(Article("new", "", "", "", "en", "invented", at, at), (mention,), mention.entities)


# ------------------------------------------------------------------------------------- filling

STORY = ("id", "opened", "last_at", "type", "pushed")
ARTICLE = ("id", "url", "url_key", "title", "title_key", "text", "folded", "lang", "outlet", "published",
           "first_seen", "feed", "dated", "text_from", "because", "reading")  # fmt: skip
LINE = ("id", "article_id", "place", "main", "judged_at", "decision", "article_decision", "watches",
        "because", "story_id", "facts")  # fmt: skip
MENTION = ("id", "story_id", "article_id", "mention")
ENTRY = ("entity", "reach", "start_day", "mention_id", "end_day", "story_id")


def fill(store: SqlStore, press: Press) -> None:
    """Write the rows that keeping each article would have left, many at once."""
    found = enumerate(press.mentions())
    while part := [(n, f"S{story}", mention) for n, (story, mention) in islice(found, AT_ONCE)]:
        told = [(n, story, f"article{n}", f"{m.span} 09:00:00.000000", m) for n, story, m in part]
        entries = sorted(row for n, story, m in part for row in _entries(n, story, m))  # in the index's order
        _write(store, stories, STORY, [(s, at, at, m.type, True) for _, s, _, at, m in told[::MEMBERS]])
        _write(store, articles, ARTICLE, [_article(name, at) for _, _, name, at, _ in told])
        _write(store, ledger, LINE, [_line(n, name, at, story) for n, story, name, at, _ in told])
        _write(store, mentions, MENTION, [(n, story, name, mention_text(m)) for n, story, name, _, m in told])
        _write(store, mention_entities, ENTRY, entries)


def _article(name: str, at: str) -> Row:
    return (name, "", name, name, name, "", name, "en", "invented", at, at, "", True, "page", "", "{}")


def _line(number: int, name: str, at: str, story: str) -> Row:
    return (number, name, 0, True, at, "alert", "alert", "[]", "", story, "[]")


def _entries(number: int, story: str, mention: Mention) -> Iterator[Row]:
    day = str(mention.span)
    for entity in mention.entities:
        yield entity, REACHES[0], day, number, day, story


def _write(store: SqlStore, table: Table, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Rows as the driver takes them: SQLAlchemy would look at each value of millions."""
    with store.database.write() as connection:
        statement = insert(table).compile(dialect=connection.dialect, column_keys=columns)
        named = not statement.positional
        given = [dict(zip(columns, row, strict=True)) for row in rows] if named else list(rows)
        connection.exec_driver_sql(str(statement), given)


if __name__ == "__main__":
    main()
