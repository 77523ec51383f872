"""`djeli demo`."""

from __future__ import annotations

from pathlib import Path

import click

from djeli.app.demo import running
from djeli.core.words import LANGUAGES


@click.command(name="demo")
@click.option(
    "--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Of the messages."
)
@click.option(
    "--keep",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Leave its configuration and database in a new folder, to try changes on.",
)
def demo_(language: str, keep: Path | None) -> None:
    """The main job on an invented press on this machine, told in the terminal; without token or internet."""
    running.run(language, keep)
