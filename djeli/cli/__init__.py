"""The command line: reads arguments, calls `djeli.app`, prints. Exit codes are in docs/commands.md.

Each module of this package holds the commands of one theme and is imported when one of them is
called: `djeli --help` needs none of them, and `djeli health`, which runs every half minute, one.
"""

from __future__ import annotations

import logging
import os
import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn

import click

from bot import secrets
from djeli.core.errors import DjeliError

# Name: module of this package, function in it, what `djeli --help` says of it.
_COMMANDS = {
    "init": ("setting_up", "init", "Write a ready configuration for the beat; never overwrites."),
    "check": (
        "setting_up",
        "check",
        "Read the configuration and the knowledge files; name every error with file, line and a suggestion.",
    ),
    "doctor": (
        "setting_up",
        "doctor_",
        "Try token, chat rights, every feed, database and disk; exit 1 if any fails.",
    ),
    "run": ("running", "run_", "The service: scheduler, monitors, judge, sender, bot commands."),
    "demo": (
        "demonstration",
        "demo_",
        "The main job on an invented press on this machine, told in the terminal; without token or internet.",
    ),
    "explain": ("judging", "explain", "Judge one article against the store and say why."),
    "backtest": (
        "judging",
        "backtest_",
        "Judge a stream of articles offline, each at its own time, from the baseline alone.",
    ),
    "replay": (
        "replaying",
        "replay",
        "Judge the stored articles again; show alerts lost, gained and unchanged.",
    ),
    "baseline": (
        "facts",
        "baseline_",
        "The known facts: build them from documents, list, show and check them.",
    ),
    "changes": (
        "changing",
        "changes_",
        "Small changes beside the files: facts, excluded words, splits; each can be undone.",
    ),
    "known": ("facts", "known", "What is known about these words: facts with their sources."),
    "recent": ("asking", "recent", "The latest developments."),
    "search": ("asking", "search", "Articles that hold all these words, whatever was decided about them."),
    "story": (
        "asking",
        "story",
        "One story: developments, outlets with their chain, headlines, figures and messages.",
    ),
    "why": ("asking", "why", "Why something was told or not."),
    "mutes": ("asking", "mutes", "What is muted in the chats, until when and why."),
    "chats": ("chats", "chats_", "The chats that are told: list, pair, remove."),
    "watch": (
        "watching",
        "watch",
        "What the words of a watch mean, what they caught, and what could be added.",
    ),
    "feeds": ("feeds", "feeds", "The feeds: list, add, move, remove, import, export, test."),
    "status": ("operations", "status", "How the feeds and the messages are."),
    "health": ("operations", "health", "Exit 0 when the service is alive and messages flow, 1 when not."),
    "backup": ("operations", "backup", "Copy the database to a new file while the service runs."),
    "migrate": ("operations", "migrate_", "Bring the tables of the database to this version."),
}


class Commands(click.Group):
    """The commands of the table, each imported when it is called."""

    def list_commands(self, context: click.Context) -> list[str]:
        """Their names, in alphabetical order."""
        return sorted(_COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """The command of a name; None when there is none."""
        if name not in _COMMANDS:
            return None
        module, function, _ = _COMMANDS[name]
        command: click.Command = getattr(import_module(f"djeli.cli.{module}"), function)
        return command

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Their names and what they do, from the table, so that nothing is imported."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, _COMMANDS[name][2]) for name in self.list_commands(context)])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option(
    "--config",
    "-c",
    type=click.Path(path_type=Path),
    envvar="DJELI_CONFIG",
    help="The configuration file (DJELI_CONFIG; default ./djeli.toml).",
)
@click.version_option(version("djeli"), prog_name="djeli")
@click.pass_context
def main(context: click.Context, config: Path | None) -> None:
    """Watches the press on Mali, Russia and the Sahel, and tells a Telegram chat what is new and why."""
    from djeli.cli.desk import Desk  # `djeli --help` does without the configuration and the store

    context.obj = Desk(config)


def run(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and exit with its code."""
    undo = secrets.install(logging.getLogger())
    try:
        sys.exit(_code(arguments))
    finally:
        undo()


def _code(arguments: list[str] | None) -> int:
    try:
        code = main.main(arguments, prog_name="djeli", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        return 130
    except DjeliError as error:
        click.echo(secrets.redact(str(error)), err=True)
        return error.exit_code
    except BrokenPipeError:  # the reader of our pipe went away: `djeli recent | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        return _unexpected(error)


def _unexpected(error: Exception) -> int:
    if os.environ.get("DJELI_DEBUG"):
        raise error
    said = secrets.redact(f"{type(error).__name__}: {error}").splitlines()[0]
    click.echo(f"Djeli failed: {said}; run with DJELI_DEBUG=1 for the traceback.", err=True)
    return 1
