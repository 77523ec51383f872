"""The documentation names every command, option, key and bot command that there is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bot.command_words import COMMANDS
from djeli.app import config, wiring
from djeli.cli import main

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"


def commands(group: click.Group, name: str) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for word in group.list_commands(context):
        command = group.get_command(context, word)
        assert command is not None, f"{name} {word}"
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} {word}")
        else:
            yield f"{name} {word}", command


@pytest.fixture(scope="module")
def page() -> str:
    return (DOCS / "commands.md").read_text(encoding="utf-8")


def test_every_command_with_its_options_is_in_the_page_of_commands(page: str) -> None:
    rows = {line.split("|")[1].strip(): line for line in page.splitlines() if line.startswith("| `djeli ")}
    for name, command in commands(main, "djeli"):
        row = next((line for head, line in rows.items() if re.match(rf"`{name}[ `]", head)), None)
        assert row is not None, f"{name} is not in docs/commands.md"
        for option in command.params:
            if isinstance(option, click.Option) and not option.hidden:
                assert any(word in row for word in option.opts), f"{name} {option.opts} is not told"


def test_the_page_of_commands_names_no_command_that_is_not_there(page: str) -> None:
    known = {name for name, _ in commands(main, "djeli")}
    for head in re.findall(r"^\| `(djeli [a-z ]+)", page, re.M):
        assert head.strip() in known


def test_every_command_of_the_bot_is_in_the_page_of_commands(page: str) -> None:
    for name in (*COMMANDS, "start"):
        assert f"| `/{name}` |" in page


def test_every_key_is_in_the_page_of_the_configuration() -> None:
    text = (DOCS / "configuration.md").read_text(encoding="utf-8")
    legal = config.keys()
    for table, names in legal.items():
        for name in names:
            if table or name not in legal:
                assert f"| `{name}` |" in text, f"{name} of [{table}] is not told"
            else:
                assert re.search(rf"`\[+{name}\]+`", text), f"[{name}] is not told"


def test_every_variable_of_the_environment_is_told() -> None:
    told = (DOCS / "configuration.md").read_text(encoding="utf-8")
    for folder in ("djeli", "bot"):
        for file in (ROOT / folder).rglob("*.py"):
            for name in re.findall(r"DJELI_[A-Z_]+", file.read_text(encoding="utf-8")):
                assert f"`{name}`" in told, f"{name} ({file.name})"


def test_the_example_is_legal_and_shows_every_key() -> None:
    path = ROOT / "djeli.example.toml"
    config.load(path, wiring.vocabulary(wiring.load_knowledge()), {})
    shown = tomllib.loads(path.read_text(encoding="utf-8"))
    for table, names in config.keys().items():
        found = shown if not table else shown[table]
        found = found[0] if isinstance(found, list) else found
        assert set(found) == set(names), table
