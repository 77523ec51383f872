"""The first tables.

Written out, not taken from storage.tables: a migration says what was true when it was made.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make every table of the first version."""
    _feeds()
    _words_and_numbers()
    _articles()
    _ledger()
    _stories()
    _index()
    _outbox()
    _deliveries()


def _feeds() -> None:
    op.create_table(
        "feeds",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("every", sa.Integer(), nullable=False),
        sa.Column("read", sa.Text(), nullable=False),
        sa.Column("configured", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("etag", sa.Text()),
        sa.Column("last_modified", sa.Text()),
        sa.Column("body_hash", sa.Text()),
        sa.Column("looked_at", MOMENT),
        sa.Column("last_ok", MOMENT),
        sa.Column("next_due", MOMENT),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("cause", sa.Text()),
        sa.Column("detail", sa.Text()),
        sa.Column("failing_since", MOMENT),
        sa.Column("first_look_done", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_feeds")),
    )
    op.create_table(
        "entries",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("guid_key", sa.Text(), nullable=False),
        sa.Column("url_key", sa.Text(), nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("feed", "guid_key", name=op.f("pk_entries")),
    )
    op.create_index(op.f("ix_entries_url_key"), "entries", ["url_key"])
    op.create_table(
        "looks",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_looks")),
    )


def _words_and_numbers() -> None:
    op.create_table(
        "settings",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_settings")),
    )
    op.create_table(
        "counters",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counters")),
    )


def _articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("url_key", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_key", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("published", MOMENT, nullable=False),
        sa.Column("first_seen", MOMENT, nullable=False),
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("dated", sa.Boolean(), nullable=False),
        sa.Column("text_from", sa.Text(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
    )
    op.create_index(op.f("ix_articles_feed"), "articles", ["feed"])
    op.create_index(op.f("ix_articles_first_seen"), "articles", ["first_seen"])
    op.create_index(op.f("ix_articles_published"), "articles", ["published"])
    op.create_index(op.f("ix_articles_title_key"), "articles", ["title_key"])
    op.create_index(op.f("ix_articles_url_key"), "articles", ["url_key"])


def _ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("main", sa.Boolean(), nullable=False),
        sa.Column("judged_at", MOMENT, nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("article_decision", sa.Text(), nullable=False),
        sa.Column("watches", sa.Text(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text()),
        sa.Column("label", sa.Text()),
        sa.Column("type", sa.Text()),
        sa.Column("stage", sa.Text()),
        sa.Column("story_id", sa.Text()),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text()),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_ledger_article_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger")),
        sa.UniqueConstraint("article_id", "place", name=op.f("uq_ledger_article_id")),
    )
    op.create_index(op.f("ix_ledger_judged_at"), "ledger", ["judged_at"])
    op.create_index(op.f("ix_ledger_story_id"), "ledger", ["story_id"])


def _stories() -> None:
    op.create_table(
        "stories",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("opened", MOMENT, nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text()),
        sa.Column("label", sa.Text()),
        sa.Column("pushed", sa.Boolean(), nullable=False),
        sa.Column("split_from", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stories")),
    )
    op.create_index(op.f("ix_stories_last_at"), "stories", ["last_at"])
    op.create_table(
        "mentions",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("label", sa.Text()),
        sa.Column("mention", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_mentions_article_id")),
        sa.ForeignKeyConstraint(["id"], ["ledger.id"], name=op.f("fk_mentions_id")),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_mentions_story_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentions")),
    )
    op.create_index(op.f("ix_mentions_story_id"), "mentions", ["story_id"])


def _index() -> None:
    op.create_table(
        "mention_entities",
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("reach", sa.Integer(), nullable=False),
        sa.Column("start_day", sa.Date(), nullable=False),
        sa.Column("mention_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("end_day", sa.Date(), nullable=False),
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["mention_id"], ["mentions.id"], name=op.f("fk_mention_entities_mention_id")),
        sa.PrimaryKeyConstraint(
            "entity", "reach", "start_day", "mention_id", name=op.f("pk_mention_entities")
        ),
        sqlite_with_rowid=False,
    )
    # ### end Alembic commands ###


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("thread", sa.BigInteger()),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("story", sa.Text()),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("plain", sa.Text(), nullable=False),
        sa.Column("edit_html", sa.Text()),
        sa.Column("reply_to_story", sa.Boolean(), nullable=False),
        sa.Column("critical", sa.Boolean(), nullable=False),
        sa.Column("not_before", MOMENT),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", MOMENT, nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("maybe_repeated", sa.Boolean(), nullable=False),
        sa.Column("doubts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("chat", "story", "kind", "revision", "part", name=op.f("uq_outbox_chat")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_state", "outbox", ["state", "chat", "id"])


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("outbox_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("thread", sa.BigInteger()),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("story", sa.Text()),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("maybe_repeated", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_deliveries_outbox_id")),
        sa.PrimaryKeyConstraint("outbox_id", name=op.f("pk_deliveries")),
    )
    op.create_index(op.f("ix_deliveries_chat"), "deliveries", ["chat"])
    op.create_index(op.f("ix_deliveries_story"), "deliveries", ["story"])
