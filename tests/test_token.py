"""The token stays in memory: not in logs at DEBUG, tracebacks, the database, a backup or what is printed."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import io
import logging
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from telegram.ext import CommandHandler

from bot import secrets
from bot.telegram import Telegram
from djeli.app import service, wiring
from djeli.app.config import Config
from djeli.app.logs import JsonLines
from djeli.core.errors import JobFailed
from djeli.core.model import Chat, Watch
from tests.bot_samples import owed
from tests.house_fakes import TitleJudge
from tests.store_parts import opened
from tests.telegram_server import TOKEN, Params, TelegramServer
from tests.token_hunt import found_in, found_under, written


def now() -> datetime:
    return datetime.now(UTC)


@pytest.mark.parametrize("way", list(written()))
def test_each_way_of_writing_it_would_be_found(way: str) -> None:
    for text in written()[way]:
        assert way in found_in(b"before " + text + b" after")
    assert found_in(b"nothing here") == []


def test_inside_of_anything_in_base64_it_would_be_found() -> None:
    for before in range(7):
        assert "base64" in found_in(base64.b64encode(b"y" * before + TOKEN.encode() + b"more of it"))


@pytest.mark.parametrize("style", ["text", "json"])
def test_a_service_that_meets_every_fault_leaves_the_token_nowhere(tmp_path: Path, style: str) -> None:
    log = tmp_path / "service.log"
    root = logging.getLogger()
    handler = logging.FileHandler(log, encoding="utf-8")
    if style == "json":
        handler.setFormatter(JsonLines())
    root.addHandler(handler)
    undo = secrets.install(root)
    levels = {
        name: logging.getLogger(name).level for name in ("", "httpx", "httpcore", "telegram", "djeli", "bot")
    }
    for name in levels:
        logging.getLogger(name).setLevel(logging.DEBUG)
    try:
        said = _serve_in_trouble(tmp_path)
    finally:
        undo()
        root.removeHandler(handler)
        handler.close()
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)
    text = log.read_text(encoding="utf-8")
    assert "getUpdates" in text  # the libraries were talkative
    assert secrets.HIDDEN in text
    (tmp_path / "said.txt").write_text(said, encoding="utf-8")
    assert found_under(tmp_path) == []


def _serve_in_trouble(folder: Path) -> str:
    """Run the service among faults until its token is refused; what it printed and died of."""
    faults = ["close_before", "close_after", "502", "restart", "truncated", "strange", "flood", "hang"]
    printed = io.StringIO()
    with opened(f"sqlite:///{folder}/djeli.db") as store, TelegramServer() as server:
        store.owe([owed(chat, f"news {chat}", story="S1") for chat in range(1, 9)], now())

        def fault(method: str, params: Params) -> str | None:
            return faults.pop(0) if method in ("sendmessage", "getupdates") and faults else None

        server.faults = fault
        config = Config(
            path=None,
            database="sqlite://",
            chats=(Chat(1, ("beat",)),),
            watches=(Watch("beat"),),
            admins=(2,),
        )
        house = wiring.furnish(config, wiring.load_knowledge(), TitleJudge)

        async def main() -> None:
            bot = Telegram(TOKEN, server.base_url, clock=now, read_timeout=0.5, poll_seconds=1)
            bot.application.add_handler(_breaking(bot))
            running = asyncio.create_task(service.serve(house, store, bot, now, asyncio.Event()))
            await asyncio.to_thread(server.wait_for, lambda: len(server.messages) >= 4, 30)
            server.push_command(2, 2, "/status")
            server.push_command(2, 2, "/break")
            await asyncio.sleep(0.5)
            store.backup(str(folder / "backup.db"))
            server.revoked = True
            await running

        with contextlib.redirect_stderr(printed), contextlib.redirect_stdout(printed):
            try:
                asyncio.run(main())
            except JobFailed:
                printed.write(secrets.redact(traceback.format_exc()))
    return printed.getvalue()


def _breaking(bot: Telegram) -> CommandHandler[Any, Any, Any]:
    """/break: an error that tells all it knows."""

    async def broken(update: object, context: object) -> None:
        raise RuntimeError(f"no way to reach {bot.bot!r} with {TOKEN}")

    return CommandHandler("break", broken)
