"""The full-text index of articles: which of them hold some words, the latest published first.

Words are cut here, not by the databases, so that both find the same: SQLite keeps them in an FTS5 table
without their places, PostgreSQL in a `tsvector` under a GIN index. A number of the index is the moment an
article was published and, below it, the line of the ledger that stands for it: the latest are read off the
end of the index, however many hold a usual word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, TextClause, select, text

from storage.folding import searchable
from storage.tables import articles, ledger

_LINE_BITS = 31  # of the number of a line; the rest are the seconds since 1970, until 2106
_LINES = 1 << _LINE_BITS
_WORD = re.compile(r"[^\W_]+")
_COMPOUND = re.compile(r"(?<![^\W_])[^\W_]++(?:-[^\W_]++)+")  # nothing is tried twice: most words are none
_LONGEST = 40  # letters of a word
_MOST = 20_000  # different words of an article; PostgreSQL takes a megabyte of them
_BEGINS = 3  # letters from which on a word is the beginning of others, too
_AT_ONCE = 500  # articles, when the index is filled

# Endings that are left off what is searched for, since they change with number and case. Without them at
# least four letters must be left.
_ENDING = re.compile(
    "(?:ами|ями|ого|его|ому|ему|ыми|ими|ый|ий|ой|ей|ая|яя|ое|ее|ые|ие|ых|их|ым|им|ом|ем|ам|ям|ах|ях|ов|ев"
    "|ую|юю|[аеиоуыьэюяй]|(?<!s)s)$"
)
_FEWEST = 4

_ZERO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Speech:
    """How one kind of database is spoken to."""

    create: tuple[str, ...]
    put: TextClause
    find: TextClause
    each: str  # a word that stands for itself
    begins: str  # and for all that begin with it
    both: str
    either: str

    def query(self, sought: Sequence[Sequence[Sequence[str]]]) -> str:
        """All of the words, each in one of its ways."""
        return self.both.join(f"({self.either.join(map(self._way, ways))})" for ways in sought)

    def _way(self, words: Sequence[str]) -> str:
        said = ((self.begins if len(word) >= _BEGINS else self.each).format(word) for word in words)
        return f"({self.both.join(said)})"


_SQLITE = _Speech(
    create=(
        "CREATE VIRTUAL TABLE article_words USING fts5"
        "(words, content='', columnsize=0, detail=none, tokenize='ascii')",
    ),
    put=text("INSERT INTO article_words (rowid, words) VALUES (:id, :words)"),
    find=text(
        "SELECT rowid FROM article_words WHERE article_words MATCH :query "
        "ORDER BY rowid DESC LIMIT :limit OFFSET :offset"
    ),
    each='"{}"',
    begins='"{}"*',
    both=" AND ",
    either=" OR ",
)
_POSTGRES = _Speech(
    create=(
        "CREATE TABLE article_words (id BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)",
        "CREATE INDEX ix_article_words_words ON article_words USING gin (words)",
    ),
    put=text(
        "INSERT INTO article_words (id, words) VALUES (:id, array_to_tsvector(string_to_array(:words, ' ')))"
    ),
    find=text(
        "SELECT id FROM article_words WHERE words @@ CAST(:query AS tsquery) "
        "ORDER BY id DESC LIMIT :limit OFFSET :offset"
    ),
    each="'{}'",
    begins="'{}':*",
    both=" & ",
    either=" | ",
)


def create(connection: Connection) -> None:
    """The empty index."""
    for statement in _speech(connection).create:
        connection.execute(text(statement))


def put(connection: Connection, line: int, published: datetime, folded: str) -> None:
    """Index an article by its folded text, under its line of the ledger."""
    values = {"id": number_of(published, line), "words": " ".join(words_of(folded))}
    connection.execute(_speech(connection).put, values)


def fill(connection: Connection) -> None:
    """Index every article that is kept, some hundred at a time."""
    kept = (
        select(ledger.c.id, articles.c.published, articles.c.folded)
        .join_from(ledger, articles, articles.c.id == ledger.c.article_id)
        .where(ledger.c.main)
        .order_by(ledger.c.id)
        .limit(_AT_ONCE)
    )
    last = -1
    while rows := connection.execute(kept.where(ledger.c.id > last)).all():
        for row in rows:
            put(connection, row.id, row.published, row.folded)
        last = rows[-1].id


def find(connection: Connection, words: Sequence[str], limit: int, offset: int) -> list[int]:
    """The ledger lines of the articles that hold all the words, the latest published first.

    A word stands for all that begin with it, its own ending left off.
    """
    sought = [wanted for word in words if (wanted := _sought(searchable(word)))]
    if not sought:
        return []
    speech = _speech(connection)
    how = {"query": speech.query(sought), "limit": limit, "offset": offset}
    return [number % _LINES for number in connection.execute(speech.find, how).scalars()]


def words_of(folded: str) -> list[str]:
    """The different words of a text; of "t-72" also "t72"."""
    whole = [compound.replace("-", "") for compound in _COMPOUND.findall(folded)]
    found = dict.fromkeys(word[:_LONGEST] for word in (*_WORD.findall(folded), *whole))
    return list(found)[:_MOST]


def _sought(word: str) -> list[list[str]]:
    """What must be found for a word: all of one of these lists of beginnings; [] where it has no letter."""
    parts = _WORD.findall(word)
    parts = [part for part in parts if len(part) > 1] or parts  # the article of "l'accord" is no word
    ways = [parts] if parts else []
    if _COMPOUND.fullmatch(word):
        whole = [word.replace("-", "")]
        # "accord cadre" is "accord-cadre", but not every "t" beside a "72" is a "T-72".
        ways = [whole, parts] if min(map(len, word.split("-"))) >= _BEGINS else [whole]
    return [[_beginning(part) for part in way] for way in ways]


def _beginning(word: str) -> str:
    """A word without what number and case change of it."""
    bare = _ENDING.sub("", word[:_LONGEST])
    return bare if len(bare) >= _FEWEST else word[:_LONGEST]


def number_of(published: datetime, line: int) -> int:
    """The number in the index of an article and its line of the ledger."""
    seconds = int((published - _ZERO).total_seconds())
    return (min(max(seconds, 0), (1 << 32) - 1) << _LINE_BITS) + line


def _speech(connection: Connection) -> _Speech:
    return _SQLITE if connection.dialect.name == "sqlite" else _POSTGRES
