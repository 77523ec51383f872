"""Answers to questions wait in the outbox like every message: what they reply to, and their buttons."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add a table; nothing of the others changes."""
    op.create_table(
        "answers",
        sa.Column("outbox_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("reply_to", sa.BigInteger()),
        sa.Column("keyboard", sa.Text(), nullable=False),
        sa.Column("listing", sa.Text()),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_answers_outbox_id")),
        sa.PrimaryKeyConstraint("outbox_id", name=op.f("pk_answers")),
    )
