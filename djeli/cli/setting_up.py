"""`djeli init`, `check` and `doctor`."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import click

from baseline.language import detect
from bot import changes as shown_changes
from bot import secrets
from djeli.app import changes, doctor, setup, show, wiring
from djeli.app import config as configuration
from djeli.app.config import DEFAULT_NAME
from djeli.app.wiring import House
from djeli.cli.chats import invitation
from djeli.cli.connecting import telegram_of
from djeli.cli.desk import Desk
from djeli.core.clock import utc_now
from djeli.core.errors import DjeliError, UserError
from djeli.core.model import ChangeKind, ChangeState
from monitors.web import HttpWeb
from storage.store import open_store


@click.command()
@click.option("--chat", "chats", type=int, multiple=True, help="Id of a chat that is told; may be repeated.")
@click.option("--admin", "admins", type=int, multiple=True, help="Id of a user who may ask; may be repeated.")
@click.option(
    "--token-file", type=str, help="File with the bot's token; written (mode 600) when it is missing."
)
@click.option("--language", default="en", show_default=True, help="Of the messages: en, fr or ru.")
@click.option("--timezone", default="Africa/Bamako", show_default=True, help="Of digests and quiet hours.")
@click.option(
    "--digest", "digest", multiple=True, default=("07:00", "18:00"), show_default=True, help="Hour."
)
@click.option("--quiet", default="22:00-06:00", show_default=True, help='Quiet hours; "" for none.')
@click.pass_obj
def init(desk: Desk, /, chats: tuple[int, ...], token_file: str | None, **said: Any) -> None:
    """Write a ready configuration for the beat; never overwrites."""
    path = desk.named or Path(DEFAULT_NAME)
    if path.exists():
        raise UserError(
            f"{path}: exists already and is left as it is; remove it first, or name another with --config"
        )
    asks = sys.stdin.isatty() and sys.stdout.isatty()
    if asks and not chats:
        told = click.prompt("Chat id (empty: later)", default="", show_default=False)
        chats = (_number(told, "a chat id"),) if told else ()
    if asks and token_file is None and click.confirm("Do you have the bot's token?", default=False):
        token_file = "token"
    vocabulary = wiring.vocabulary(wiring.load_knowledge())
    quiet = said.pop("quiet") or None
    admins = said.pop("admins")
    given = setup.Answers(**said, quiet=quiet, chats=chats, admins=admins, token_file=token_file)
    setup.write_config(path, given, wiring.curated_feeds(), vocabulary)
    show.out(f"{path}: written, with {len(wiring.curated_feeds())} feeds.")
    if token_file:
        _init_token(path.absolute().parent / token_file, asks)
    _invite(desk, path)
    show.out("Next: `djeli doctor`, then `djeli run`.")


def _invite(desk: Desk, path: Path) -> None:
    """Print a code that adds a chat; the configuration is written, whatever becomes of the code."""
    config = configuration.load(path)
    try:
        with desk.store(config, create=True) as store:
            show.out(invitation(config, store))
    except DjeliError as error:
        show.out(f"No code to add a chat could be made: {error} `djeli chats pair` makes one later.")


def _number(text: str, what: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise UserError(f"'{text}' is not {what}; it is a whole number like -1001000000001") from None


def _init_token(path: Path, asks: bool) -> None:
    if path.exists():
        secrets.check_private(path)
        return
    token = click.prompt("Token (not shown)", hide_input=True) if asks else ""
    setup.write_token(path, token)
    show.out(f"{path}: written, readable by you alone." + ("" if token else " Put the bot's token into it."))


@click.command()
@click.pass_obj
def check(desk: Desk) -> None:
    """Read the configuration and the knowledge files; name every error with file, line and a suggestion."""
    house = desk.ready()
    config, knowledge = house.config, house.knowledge
    show.out(
        f"{config.path}: fine: feeds {len(config.feeds)}, watches {len(config.watches)}, "
        f"chats {len(config.chats)}, facts {len(knowledge.facts)}, names {len(knowledge.entities)}."
    )
    for note in config.notes:
        show.out(f"note: {note}")
    if config.token_file and not config.token_file.exists():
        show.out(
            f"note: {config.token_file}: is not there yet; `djeli run` needs it, or DJELI_TELEGRAM_TOKEN"
        )
    show.out(f"wording: {house.wording.said}.")
    for line in _beside_the_file(desk, house):
        show.out(line)


def _beside_the_file(desk: Desk, house: House) -> Iterator[str]:
    """The changes that `djeli run` would lay over the file; what is in the way of reading them is a note."""
    try:
        with desk.store(config=house.config, migrate=False) as store:
            accepted = store.changes(ChangeState.ACCEPTED)
            drafts = len(store.changes(ChangeState.DRAFT))
    except DjeliError as error:
        yield f"note: accepted changes could not be looked at: {error}"
        return
    in_force = [change for change in accepted if change.kind is not ChangeKind.SPLIT]
    if in_force:
        yield f"accepted beside the file: {len(in_force)} (`djeli changes undo N` takes one back)"
    for change in in_force:
        yield f"  {shown_changes.line(change, house.voices['en'])}"
        if why := changes.without_effect(change, house):
            yield f"    note: has no effect: {why}"
    if drafts:
        yield f"note: proposed changes that wait for a decision: {drafts}; `djeli changes list` names them"


@click.command(name="doctor")
@click.pass_obj
def doctor_(desk: Desk) -> None:
    """Try token, chat rights, every feed, database and disk; exit 1 if any fails."""
    house = desk.configured()
    fine = asyncio.run(_examine(house))
    if not fine:
        raise click.exceptions.Exit(1)


async def _examine(house: House) -> bool:
    telegram, why = None, "no token: set DJELI_TELEGRAM_TOKEN or name a token_file in [telegram]"
    try:
        telegram = telegram_of(house)
    except DjeliError as error:
        why = str(error)
    web, fine = HttpWeb(detect, house.config.allow_private, house.user_agent), True
    try:
        open_database = partial(open_store, house.config.database)
        async for finding in doctor.examine(house, web, telegram, why, open_database, utc_now):
            show.out(str(finding))
            fine = fine and finding.fine
    finally:
        await web.aclose()
        if telegram:
            await telegram.close()
    return fine
