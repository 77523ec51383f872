"""Changes beside the files, with their history; stories that must be caught."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0004"

MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the three tables."""
    op.create_table(
        "must_catch",
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_must_catch_story_id")),
        sa.PrimaryKeyConstraint("story_id", name=op.f("pk_must_catch")),
    )
    op.create_table(
        "changes",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("story_id", sa.Text()),
        sa.Column("article_id", sa.Text()),
        sa.Column("press", NUMBER),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("effect", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
        sa.UniqueConstraint("press", name=op.f("uq_changes_press")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_changes_state"), "changes", ["state"])
    op.create_table(
        "change_steps",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("change_id", NUMBER, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["changes.id"], name=op.f("fk_change_steps_change_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_steps")),
    )
    op.create_index(op.f("ix_change_steps_change_id"), "change_steps", ["change_id"])
