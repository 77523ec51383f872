"""What readers do: buttons pressed, mutes and what they held back, answers of several pages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add four tables; nothing of the others changes."""
    op.create_table(
        "presses",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("user", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("story", sa.Text()),
        sa.Column("outbox_id", NUMBER, nullable=False),
        sa.Column("button", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presses")),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_presses_outbox_id")),
        sa.UniqueConstraint("chat", "message_id", "user", "button", name=op.f("uq_presses_chat")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "mutes",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("user", sa.BigInteger(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("lifted", MOMENT),
        sa.Column("lifted_by", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mutes")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_mutes_chat"), "mutes", ["chat"])
    op.create_table(
        "muted",
        sa.Column("outbox_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("mute_id", NUMBER, nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("story", sa.Text()),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("outbox_id", name=op.f("pk_muted")),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_muted_outbox_id")),
        sa.ForeignKeyConstraint(["mute_id"], ["mutes.id"], name=op.f("fk_muted_mute_id")),
    )
    op.create_index(op.f("ix_muted_mute_id"), "muted", ["mute_id"])
    op.create_index(op.f("ix_muted_story"), "muted", ["story"])
    op.create_index(op.f("ix_muted_chat"), "muted", ["chat", "at"])
    op.create_table(
        "lists",
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_lists")),
    )
    op.create_index(op.f("ix_lists_at"), "lists", ["at"])
