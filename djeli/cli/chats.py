"""`djeli chats`: the chats that are told, codes to add another one, and how to be rid of it."""

from __future__ import annotations

from typing import Any

import click

from djeli.app import pairing, show
from djeli.app.config import Config
from djeli.app.roster import Roster
from djeli.cli.desk import JSON, Desk
from djeli.core.clock import utc_now
from djeli.core.errors import UserError
from storage.store import SqlStore


@click.group(name="chats")
def chats_() -> None:
    """The chats that are told: list, pair, remove."""


@chats_.command(name="list")
@JSON
@click.pass_obj
def list_(desk: Desk, as_json: bool) -> None:
    """The chats that are told, configured and paired, and those that refuse the bot."""
    config = desk.config()
    with desk.store(config) as store:
        rows = _rows(config, store)
    if as_json:
        show.as_json(rows)
        return
    if not rows:
        show.out("no chat is told anything; `djeli chats pair` gives a code to add one")
        return
    show.table(
        ("chat", "name", "from", "language", "watches", "digest", "quiet", "state"),
        [
            (
                str(row["id"]),
                str(row["name"]),
                str(row["from"]),
                str(row["language"]),
                ", ".join(row["watches"]),
                ", ".join(row["digest"]),
                str(row["quiet"] or ""),
                f"refuses: {row['refused']}" if row["refused"] else "ok",
            )
            for row in rows
        ],
    )


def _rows(config: Config, store: SqlStore) -> list[dict[str, Any]]:
    known = {chat.id: chat for chat in store.known_chats()}
    named = {chat.id for chat in config.chats} | {
        known[chat.id].moved_to for chat in config.chats if chat.id in known
    }
    return [
        {
            "id": chat.id,
            "name": known[chat.id].name if chat.id in known else "",
            "from": "configured" if chat.id in named else "paired",
            "language": chat.language,
            "watches": list(chat.watches),
            "digest": list(chat.digest),
            "quiet": "-".join(chat.quiet) if chat.quiet else None,
            "thread": chat.thread,
            "hourly": chat.hourly,
            "refused": known[chat.id].refused if chat.id in known else "",
        }
        for chat in Roster(config, store, store)
    ]


@chats_.command()
@click.pass_obj
def pair(desk: Desk) -> None:
    """Print a code that adds one chat, once, within an hour; an earlier code ends."""
    config = desk.config()
    with desk.store(config, create=True) as store:
        show.out(invitation(config, store))


def invitation(config: Config, store: SqlStore) -> str:
    """Make a code and say what to do with it; the first one makes its user an admin."""
    makes_admin = not config.admins and not store.paired_admins()
    code = pairing.new_code(utc_now(), makes_admin)
    store.open_pairing(code.pairing)
    minutes = int(pairing.LASTS.total_seconds() // 60)
    admin = " Whoever writes it may change things from then on." if makes_admin else ""
    return (
        f"To be told things in a chat, write there to your bot: /pair {code.text}\n"
        f"It works once, within {minutes} minutes, while `djeli run` is running; "
        f"`djeli chats pair` gives another one.{admin}"
    )


@chats_.command(context_settings={"ignore_unknown_options": True})  # ids of groups begin with a dash
@click.argument("chat", type=int)
@click.pass_obj
def remove(desk: Desk, chat: int) -> None:
    """Tell a paired chat nothing more; what it was still owed is given up."""
    config = desk.config()
    if chat in {one.id for one in config.chats}:
        raise UserError(f"chat {chat} stands in {config.path}: take its [[chat]] out there")
    with desk.store(config) as store:
        if not store.unpair(chat, utc_now()):
            raise UserError(f"chat {chat} was not paired; `djeli chats list` shows those that were")
    show.out(f"{chat}: removed")
