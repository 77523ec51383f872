"""`djeli demo`."""

from __future__ import annotations

import click

from djeli.app.demo import running
from djeli.core.words import LANGUAGES


@click.command(name="demo")
@click.option(
    "--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Of the messages."
)
def demo_(language: str) -> None:
    """The main job on an invented press on this machine, told in the terminal; without token or internet."""
    running.run(language)
