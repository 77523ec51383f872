"""What Alembic runs a migration in: the connection and transaction it is given."""

from __future__ import annotations

from alembic import context

from storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # SQLite too: a migration that fails leaves nothing
)
with context.begin_transaction():
    context.run_migrations()
