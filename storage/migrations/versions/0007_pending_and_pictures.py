"""What is announced and still to come, and the pictures of messages that wait."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add two tables; what was announced before is not listed."""
    op.create_table(
        "promises",
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("line", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_promises_story_id")),
        sa.ForeignKeyConstraint(["line"], ["ledger.id"], name=op.f("fk_promises_line")),
        sa.PrimaryKeyConstraint("story_id", name=op.f("pk_promises")),
    )
    op.create_index(op.f("ix_promises_due"), "promises", ["due"])
    op.create_table(
        "photos",
        sa.Column("outbox_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("png", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_photos_outbox_id")),
        sa.PrimaryKeyConstraint("outbox_id", name=op.f("pk_photos")),
    )
