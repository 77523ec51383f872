"""The health of feeds: rhythm, speed, proposed address; and what stands under every item of an outlet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the columns and the table; feeds keep what is known of them."""
    # On SQLite the table is written anew, so that it is the same to the letter as in a new database.
    anew = op.get_bind().dialect.name == "sqlite"
    with op.batch_alter_table("feeds", recreate="always" if anew else "never") as feeds:
        feeds.add_column(sa.Column("status", sa.Integer()))
        feeds.add_column(sa.Column("proposed", sa.Text()))
        feeds.add_column(sa.Column("new_at", MOMENT))
        feeds.add_column(sa.Column("gaps", sa.Text()))
        feeds.add_column(sa.Column("seconds", sa.Float()))
        feeds.add_column(sa.Column("slow_since", MOMENT))
    op.create_table(
        "furniture",
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("items", sa.Float(), nullable=False),
        sa.Column("phrases", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("outlet", name=op.f("pk_furniture")),
    )
    # The very first databases had the number 0001, too, and did not count doubts about messages yet.
    if "doubts" not in {column["name"] for column in sa.inspect(op.get_bind()).get_columns("outbox")}:
        op.add_column("outbox", sa.Column("doubts", sa.Integer(), nullable=False, server_default="0"))
    # One setting now remembers what the chats were told of all feeds.
    op.execute("DELETE FROM settings WHERE key LIKE 'failing:%'")
