"""What every command starts from: where the configuration is, and the store behind it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from djeli.app import changes, wiring
from djeli.app import config as configuration
from djeli.app.config import DEFAULT_NAME, Config
from djeli.app.machine import database_file
from djeli.app.wiring import House
from djeli.core.errors import JobFailed
from storage.store import SqlStore, open_store

JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
LIMIT = click.option(
    "--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="At most so many."
)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the configuration is; opens the house and the store for a command."""

    named: Path | None

    @property
    def path(self) -> Path | None:
        """The named file, else ./djeli.toml when it is there."""
        here = Path(DEFAULT_NAME)
        return self.named or (here if here.exists() else None)

    def house(self) -> House:
        """The configured house, or that of the default beat when there is no file."""
        return wiring.open_house(self.path)

    def informed(self, offline: bool = False) -> House:
        """The house with what was accepted beside its files, where there is a database.

        With `offline` a database that does not answer is done without, and that is said.
        """
        house = self.house()
        try:
            with self.store(house.config) as store:
                return changes.informed(house, changes.known(store, house.knowledge))
        except JobFailed as error:
            if not offline:
                raise
            click.echo(f"Accepted changes are left out: {error}", err=True)
            return house

    def configured(self) -> House:
        """The configured house; UserError when there is no file."""
        return wiring.open_house(self.path or Path(DEFAULT_NAME))

    def ready(self) -> House:
        """The house as the service starts with it; `djeli check` is this and nothing else."""
        return wiring.checked_house(self.path or Path(DEFAULT_NAME))

    def config(self) -> Config:
        """The configuration alone, for commands that need neither facts nor names."""
        return configuration.load(self.path) if self.path else configuration.default_config()

    @contextmanager
    def store(self, config: Config, create: bool = False, migrate: bool = True) -> Iterator[SqlStore]:
        """The configured store; one in memory when there is none yet and it need not be created.

        With `migrate` off, one of another version is refused with UserError and left as it is.
        """
        path = database_file(config.database)
        missing = path is not None and not path.exists() and path.parent.is_dir() and not create
        opened = open_store("sqlite://") if missing else open_store(config.database, migrate=migrate)
        try:
            if missing:
                opened.configure_feeds(config.feeds)
            yield opened
        finally:
            opened.close()
