"""The room that remembers: tables, migrations, the Store on SQLite and PostgreSQL."""
