"""A full-text index of the articles."""

from __future__ import annotations

from alembic import op

from storage import fulltext

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Index what is kept; among 100,000 articles it takes a minute or two."""
    fulltext.create(op.get_bind())
    fulltext.fill(op.get_bind())
