"""The tables, as they are now; `migrations` tells how a database gets there.

    feeds ── entries (seen)          articles ── ledger ── mentions ── mention_entities
                                                    └───── stories ──────┘
    outbox ─┬─ deliveries            settings, counters, looks, furniture
            ├─ photos, answers
            ├─ packed                chats, people, pairings, leases
            └─ muted ── mutes        presses, lists
    changes ── change_steps          must_catch ── stories

Beside them `article_words`, the full-text index, of which each kind of database has its own (fulltext.py).
A row of `mentions` is a ledger line that belongs to a story, and has the line's number.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class Words(TypeDecorator[str]):
    """Text from anywhere: PostgreSQL refuses NUL, and neither database takes half a character."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The text without NUL; halves of surrogate pairs become `?`."""
        if value is None or value.isascii():
            return value.replace("\x00", "") if value else value
        return value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


class Moment(TypeDecorator[datetime]):
    """An aware datetime in UTC; SQLite has no time zones, so it is kept there without one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC; raises ValueError for a datetime without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without a zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment, aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Numbers(TypeDecorator[tuple[int, ...]]):
    """A few whole numbers in one column, written with spaces between them."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[int, ...] | None, dialect: Dialect) -> str | None:
        """The numbers as text; null for none."""
        return " ".join(map(str, value)) if value else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[int, ...]:
        """The numbers again."""
        return tuple(map(int, value.split())) if value else ()


# SQLite numbers rows by itself only in a column of type INTEGER, which holds 64 bits there.
Number = BigInteger().with_variant(Integer, "sqlite")

NEWEST = "0009"  # the last of `migrations`

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

feeds = Table(
    "feeds",
    metadata,
    Column("url", Words, primary_key=True),
    Column("outlet", Words, nullable=False),
    Column("every", Integer, nullable=False),  # seconds
    Column("read", Words, nullable=False),
    Column("configured", Boolean, nullable=False),
    Column("position", Integer, nullable=False),  # place in the configuration
    Column("etag", Words),
    Column("last_modified", Words),
    Column("body_hash", Words),
    Column("looked_at", Moment),
    Column("last_ok", Moment),
    Column("next_due", Moment),
    Column("failures", Integer, nullable=False),
    Column("cause", Words),
    Column("detail", Words),
    Column("failing_since", Moment),
    Column("first_look_done", Boolean, nullable=False),
    Column("status", Integer),  # HTTP
    Column("proposed", Words),  # address to use instead
    Column("new_at", Moment),
    Column("gaps", Numbers),
    Column("seconds", Float),
    Column("slow_since", Moment),
)

# What is learnt to stand under every item of an outlet; at most some hundred phrases each.
furniture = Table(
    "furniture",
    metadata,
    Column("outlet", Words, primary_key=True),
    Column("items", Float, nullable=False),
    Column("phrases", Words, nullable=False),  # JSON: phrase → items that had it
)

entries = Table(
    "entries",
    metadata,
    Column("feed", Words, primary_key=True),
    Column("guid_key", Words, primary_key=True),
    Column("url_key", Words, nullable=False, index=True),
    Column("seen_at", Moment, nullable=False),
)

articles = Table(
    "articles",
    metadata,
    Column("id", Words, primary_key=True),
    Column("url", Words, nullable=False),
    Column("url_key", Words, nullable=False, index=True),
    Column("title", Words, nullable=False),
    Column("title_key", Words, nullable=False, index=True),  # folded
    Column("text", Words, nullable=False),
    Column("folded", Words, nullable=False),  # title and text, as they are searched
    Column("lang", Words, nullable=False),
    Column("outlet", Words, nullable=False),
    Column("published", Moment, nullable=False, index=True),
    Column("first_seen", Moment, nullable=False, index=True),
    Column("feed", Words, nullable=False, index=True),
    Column("dated", Boolean, nullable=False),
    Column("text_from", Words, nullable=False),
    Column("because", Words, nullable=False),  # of the article's decision
    Column("reading", Words, nullable=False),  # JSON: what was read besides the mentions
)

ledger = Table(
    "ledger",
    metadata,
    Column("id", Number, primary_key=True),
    Column("article_id", Words, ForeignKey("articles.id"), nullable=False),
    Column("place", Integer, nullable=False),  # of the development in its article, from 0
    Column("main", Boolean, nullable=False),  # the development that stands for its article in lists
    Column("judged_at", Moment, nullable=False, index=True),
    Column("decision", Words, nullable=False),
    Column("article_decision", Words, nullable=False),
    Column("watches", Words, nullable=False),  # JSON
    Column("because", Words, nullable=False),
    Column("rule", Words),
    Column("label", Words),
    Column("type", Words),
    Column("stage", Words),
    Column("story_id", Words, index=True),
    Column("facts", Words, nullable=False),  # JSON
    Column("verdict", Words),  # JSON; null when the article held no development
    UniqueConstraint("article_id", "place"),
)

stories = Table(
    "stories",
    metadata,
    Column("id", Words, primary_key=True),
    Column("opened", Moment, nullable=False),
    Column("last_at", Moment, nullable=False, index=True),
    Column("type", Words, nullable=False),
    Column("stage", Words),
    Column("label", Words),
    Column("pushed", Boolean, nullable=False),
    Column("split_from", Words),
)

mentions = Table(
    "mentions",
    metadata,
    Column("id", Number, ForeignKey("ledger.id"), primary_key=True, autoincrement=False),
    Column("story_id", Words, ForeignKey("stories.id"), nullable=False, index=True),
    Column("article_id", Words, ForeignKey("articles.id"), nullable=False),
    Column("label", Words),
    Column("mention", Words, nullable=False),  # JSON
)

# The inverted index. `reach` is the length class of the stretch of days (see stories.REACHES): within
# one class a search needs to look back only so many days, however long other stretches are.
mention_entities = Table(
    "mention_entities",
    metadata,
    Column("entity", Words, primary_key=True),
    Column("reach", Integer, primary_key=True),
    Column("start_day", Date, primary_key=True),
    Column("mention_id", Number, ForeignKey("mentions.id"), primary_key=True, autoincrement=False),
    Column("end_day", Date, nullable=False),
    Column("story_id", Words, nullable=False),
    sqlite_with_rowid=False,  # the primary key is the index
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Number, primary_key=True),
    Column("chat", BigInteger, nullable=False),
    Column("thread", BigInteger),
    Column("kind", Words, nullable=False),
    Column("story", Words),
    Column("revision", Integer, nullable=False),
    Column("part", Integer, nullable=False),
    Column("html", Words, nullable=False),
    Column("plain", Words, nullable=False),
    Column("edit_html", Words),
    Column("reply_to_story", Boolean, nullable=False),
    Column("critical", Boolean, nullable=False),
    Column("not_before", Moment),
    Column("state", Words, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Moment, nullable=False),
    Column("created", Moment, nullable=False),
    Column("message_id", BigInteger),
    Column("maybe_repeated", Boolean, nullable=False),
    Column("doubts", Integer, nullable=False),
    Column("error", Words),
    # Rows without a story are never equal here: SQL holds every null for different. Digests and notices
    # therefore have what they are about in its place (`digest:2027-02-09T07:00`).
    UniqueConstraint("chat", "story", "kind", "revision", "part"),
    Index("ix_outbox_state", "state", "chat", "id"),
    sqlite_autoincrement=True,  # a number is never given twice
)

# What is announced for a day; a row is gone once its story tells that it happened, or will not.
promises = Table(
    "promises",
    metadata,
    Column("story_id", Words, ForeignKey("stories.id"), primary_key=True),
    Column("due", Date, nullable=False, index=True),
    Column("line", Number, ForeignKey("ledger.id"), nullable=False),  # that announces it
)

# The picture of a message, until it is sent or given up.
photos = Table(
    "photos",
    metadata,
    Column("outbox_id", Number, ForeignKey("outbox.id"), primary_key=True, autoincrement=False),
    Column("png", LargeBinary, nullable=False),
)

# What belongs to the answer to a question, until it is sent or given up.
answers = Table(
    "answers",
    metadata,
    Column("outbox_id", Number, ForeignKey("outbox.id"), primary_key=True, autoincrement=False),
    Column("reply_to", BigInteger),
    Column("keyboard", Words, nullable=False),  # JSON: rows of [text, data]
    Column("listing", Words),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("outbox_id", Number, ForeignKey("outbox.id"), primary_key=True, autoincrement=False),
    Column("chat", BigInteger, nullable=False, index=True),
    Column("thread", BigInteger),
    Column("message_id", BigInteger),
    Column("at", Moment, nullable=False),
    Column("story", Words, index=True),
    Column("kind", Words, nullable=False),
    Column("maybe_repeated", Boolean, nullable=False),
)

# Stories that no change of the configuration may lose: `replay` fails when one does.
must_catch = Table(
    "must_catch",
    metadata,
    Column("story_id", Words, ForeignKey("stories.id"), primary_key=True),
    Column("since", Moment, nullable=False),
)

# What is changed beside the files: each change is drafted, then accepted or dropped, and can be undone.
changes = Table(
    "changes",
    metadata,
    Column("id", Number, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("state", Words, nullable=False, index=True),
    Column("story_id", Words),
    Column("article_id", Words),
    Column("press", Number, unique=True),  # the press of a button that it was drafted from
    Column("because", Words, nullable=False),
    Column("content", Words, nullable=False),  # JSON: by kind
    Column("effect", Words),  # JSON: what a replay with it gave
    sqlite_autoincrement=True,  # a number is never given twice
)

change_steps = Table(
    "change_steps",
    metadata,
    Column("id", Number, primary_key=True),
    Column("change_id", Number, ForeignKey("changes.id"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("state", Words, nullable=False),  # from then on
    Column("who", Words, nullable=False),
)

# Cards that one message tells together: they are sent with the row that has their text, `head`.
packed = Table(
    "packed",
    metadata,
    Column("outbox_id", Number, ForeignKey("outbox.id"), primary_key=True, autoincrement=False),
    Column("head", Number, ForeignKey("outbox.id"), nullable=False, index=True),
)

# What was learnt of chats: paired by a code, moved to another number, refusing us.
chats = Table(
    "chats",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", Words, nullable=False),
    Column("paired_at", Moment),  # null: it stands in the configuration, or did
    Column("paired_by", BigInteger),
    Column("thread", BigInteger),
    Column("digest", Words),  # hours with spaces between them, of a paired chat
    Column("quiet", Words),  # "22:00-06:00", of a paired chat
    Column("moved_to", BigInteger),  # the supergroup that this group became
    Column("refused", Words),  # what Telegram said when it could last not be reached
    Column("refused_at", Moment),
)

people = Table(
    "people",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("admin", Boolean, nullable=False),
    Column("since", Moment, nullable=False),
)

pairings = Table(
    "pairings",
    metadata,
    Column("salt", Words, primary_key=True),
    Column("hash", Words, nullable=False),  # of the code, which is nowhere else
    Column("created", Moment, nullable=False),
    Column("expires", Moment, nullable=False),
    Column("tries", Integer, nullable=False),  # wrong codes that may still be tried
    Column("makes_admin", Boolean, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("name", Words, primary_key=True),
    Column("holder", Words, nullable=False),
    Column("renewed", Moment, nullable=False),
    Column("expires", Moment, nullable=False),
)

settings = Table(
    "settings",
    metadata,
    Column("key", Words, primary_key=True),
    Column("value", Words, nullable=False),
)

counters = Table(
    "counters",
    metadata,
    Column("name", Words, primary_key=True),
    Column("value", BigInteger, nullable=False),
)

looks = Table(
    "looks",
    metadata,
    Column("day", Date, primary_key=True),
    Column("count", Integer, nullable=False),
)

presses = Table(
    "presses",
    metadata,
    Column("id", Number, primary_key=True),
    Column("chat", BigInteger, nullable=False),
    Column("user", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("story", Words),
    Column("outbox_id", Number, ForeignKey("outbox.id"), nullable=False),
    Column("button", Words, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("chat", "message_id", "user", "button"),
    sqlite_autoincrement=True,
)

# Never deleted: what they held back names them.
mutes = Table(
    "mutes",
    metadata,
    Column("id", Number, primary_key=True),
    Column("chat", BigInteger, nullable=False, index=True),
    Column("kind", Words, nullable=False),
    Column("value", Words, nullable=False),
    Column("until", Moment, nullable=False),
    Column("because", Words, nullable=False),
    Column("user", BigInteger, nullable=False),
    Column("at", Moment, nullable=False),
    Column("lifted", Moment),
    Column("lifted_by", BigInteger),
    sqlite_autoincrement=True,
)

muted = Table(
    "muted",
    metadata,
    Column("outbox_id", Number, ForeignKey("outbox.id"), primary_key=True, autoincrement=False),
    Column("mute_id", Number, ForeignKey("mutes.id"), nullable=False, index=True),
    Column("chat", BigInteger, nullable=False),
    Column("story", Words, index=True),
    Column("at", Moment, nullable=False),
    Index("ix_muted_chat", "chat", "at"),
)

# Answers of several pages: what their buttons turn.
lists = Table(
    "lists",
    metadata,
    Column("token", Words, primary_key=True),
    Column("chat", BigInteger, nullable=False),
    Column("message_id", BigInteger),
    Column("command", Words, nullable=False),
    Column("words", Words, nullable=False),
    Column("at", Moment, nullable=False, index=True),
)
