"""Delivery to many chats: packed cards, chats that were paired or moved, who may change things, leases."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add the tables; nothing that is there changes."""
    _packed()
    _chats()
    op.create_table(
        "people",
        sa.Column("id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("admin", sa.Boolean(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
    )
    op.create_table(
        "pairings",
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("expires", MOMENT, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("makes_admin", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("salt", name=op.f("pk_pairings")),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("renewed", MOMENT, nullable=False),
        sa.Column("expires", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )


def _packed() -> None:
    op.create_table(
        "packed",
        sa.Column("outbox_id", NUMBER, nullable=False, autoincrement=False),
        sa.Column("head", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_packed_outbox_id")),
        sa.ForeignKeyConstraint(["head"], ["outbox.id"], name=op.f("fk_packed_head")),
        sa.PrimaryKeyConstraint("outbox_id", name=op.f("pk_packed")),
    )
    op.create_index(op.f("ix_packed_head"), "packed", ["head"])


def _chats() -> None:
    op.create_table(
        "chats",
        sa.Column("id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("paired_at", MOMENT),
        sa.Column("paired_by", sa.BigInteger()),
        sa.Column("thread", sa.BigInteger()),
        sa.Column("digest", sa.Text()),
        sa.Column("quiet", sa.Text()),
        sa.Column("moved_to", sa.BigInteger()),
        sa.Column("refused", sa.Text()),
        sa.Column("refused_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chats")),
    )
