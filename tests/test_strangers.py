"""Strangers get silence and change nothing, whatever they send: 5,000 invented updates and presses."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.command_words import COMMANDS
from bot.telegram import Telegram
from djeli.app import pairing, service, wiring
from djeli.app.config import Config
from djeli.core.model import Chat, Watch
from storage.store import SqlStore
from storage.tables import metadata
from tests.bot_samples import owed
from tests.house_fakes import TitleJudge
from tests.store_parts import kept, opened, verdict
from tests.telegram_server import BOT, TOKEN, TelegramServer

UPDATES = 5_000
DESK, READER, ADMIN = -100, 7, 42
_LASTING = {"settings", "leases", "alembic_version"}  # the service writes these by itself
_LETTERS = "cpglw0123456789.abxks-_/\u202e\U0001f600é"


def now() -> datetime:
    return datetime.now(UTC)


class Stranger:
    """Invents what people do who have no business here: also in our group's name, and about our messages."""

    def __init__(self, chance: random.Random, messages: int) -> None:
        self.chance, self.messages = chance, messages

    def update(self) -> dict[str, Any]:
        kind = self.chance.choice(["message"] * 4 + ["press"] * 4 + ["edited", "post", "member", "anonymous"])
        match kind:
            case "press":
                return {"callback_query": self._press()}
            case "member":
                return {"my_chat_member": self._member()}
            case "edited":
                return {"edited_message": self._message() | {"edit_date": 2}}
            case "post":
                chat = {"id": -1009, "type": "channel", "title": "Elsewhere"}
                return {"channel_post": self._message() | {"chat": chat, "sender_chat": chat}}
            case "anonymous":
                message = self._message()
                return {"message": message | {"sender_chat": message["chat"], "from": _GROUP_BOT}}
        return {"message": self._message()}

    def _user(self) -> dict[str, Any]:
        return {"id": self.chance.randint(1_000, 10**10), "is_bot": False, "first_name": self._text(8)}

    def _chat(self) -> dict[str, Any]:
        number = self.chance.choice([self.chance.randint(1_000, 10**9), -self.chance.randint(1_000, 10**9)])
        if number > 0:
            return {"id": number, "type": "private", "first_name": "Elsewhere"}
        return {"id": number, "type": self.chance.choice(["group", "supergroup"]), "title": self._text(9)}

    def _text(self, most: int) -> str:
        length = self.chance.randint(1, most)
        return "".join(self.chance.choice(_LETTERS) for _ in range(length)) or "x"

    def _message(self) -> dict[str, Any]:
        name = self.chance.choice([*COMMANDS, "start", "pair", "language", "mute", "stop", self._text(5)])
        at = self.chance.choice(["", "@djeli_bot", "@other_bot"])
        word = f"/{name}{at}"
        said = self.chance.choice(["", "coup 5", "S1", "all 2d", "AAAAA-AAAAA", "ru", self._text(300)])
        return {
            "message_id": self.chance.randint(1, 9_000),
            "date": 1,
            "chat": self._chat(),
            "from": self._user(),
            "text": f"{word} {said}".strip(),
            "entities": [{"type": "bot_command", "offset": 0, "length": len(word)}],
        }

    def _press(self) -> dict[str, Any]:
        """A button of a message that we sent elsewhere, or a forged one."""
        row = self.chance.randint(1, 2 * self.messages)
        letter = self.chance.choice("wsmuknxbz")
        data = self.chance.choice(
            [f"c{row}.{letter}", f"c{row}.{letter}.1d", f"pabcdefgh.{row}", "gru", f"l{row}", self._text(60)]
        )
        while len(data.encode()) > 64:
            data = data[:-1]
        chat = self._chat()
        message = {"message_id": row, "date": self.chance.choice([0, 1]), "chat": chat}
        if message["date"]:
            message |= {"from": BOT, "text": "news"}
        return {
            "id": str(self.chance.random()),
            "from": self._user(),
            "chat_instance": "1",
            "message": message,
            "data": data,
        }

    def _member(self) -> dict[str, Any]:
        status = self.chance.choice(["member", "administrator", "left"])
        return {
            "chat": self._chat(),
            "from": self._user(),
            "date": 1,
            "old_chat_member": {"user": BOT, "status": "left"},
            "new_chat_member": {"user": BOT, "status": "member" if status != "left" else "left"},
        }


_GROUP_BOT = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}


def contents(store: SqlStore) -> dict[str, list[tuple[Any, ...]]]:
    """Everything the database holds, but for the service's own signs of life."""
    with store.database.read() as connection:
        return {
            table.name: sorted(tuple(map(repr, row)) for row in connection.execute(select(table)))
            for table in metadata.sorted_tables
            if table.name not in _LASTING
        }


def test_five_thousand_updates_of_strangers_change_nothing_and_get_no_answer(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with opened(f"sqlite:///{tmp_path}/djeli.db") as store, TelegramServer() as server:
        store.keep(kept("convoy", verdict()), now())
        store.owe([owed(chat, f"news {n}", story=f"S{n}") for n in (2, 3) for chat in (DESK, READER)], now())
        store.open_pairing(pairing.new_code(now(), makes_admin=True).pairing)
        config = Config(
            path=None,
            database="sqlite://",
            admins=(ADMIN,),
            chats=(Chat(DESK, ("beat",)), Chat(READER, ("beat",))),
            watches=(Watch("beat"),),
        )
        house = wiring.furnish(config, wiring.load_knowledge(), TitleJudge)

        async def main() -> None:
            stop = asyncio.Event()
            bot = Telegram(TOKEN, server.base_url, clock=now, poll_seconds=1)
            running = asyncio.create_task(service.serve(house, store, bot, now, stop))
            await asyncio.to_thread(server.wait_for, lambda: len(server.messages) >= 4, 30)
            while any(chat.oldest_pending for chat in store.outbox_health()):  # noqa: ASYNC110 - no event says so
                await asyncio.sleep(0.05)
            before, asked = contents(store), len(server.requests)
            stranger = Stranger(random.Random(3), 10)
            for _ in range(UPDATES):
                server.push_update(stranger.update())
            server.push_command(ADMIN, ADMIN, "/help")
            await asyncio.to_thread(server.wait_for, lambda: server.texts(ADMIN), 100)
            after = contents(store)
            stop.set()
            await running
            after["answers"] = before["answers"]
            after["outbox"] = [row for row in after["outbox"] if row[3] != "'answer'" or row[1] != str(ADMIN)]
            assert {name: rows for name, rows in after.items() if rows != before[name]} == {
                "pairings": after["pairings"]
            }
            methods = Counter(method for method, _ in server.requests[asked:])
            assert methods.pop("sendmessage") == 1  # to the admin
            assert set(methods) <= {"getupdates", "getme", "setmycommands", "deletewebhook"}, methods

        begun = time.monotonic()
        asyncio.run(main())
        assert time.monotonic() - begun < 100
        assert not [record for record in caplog.records if record.levelname in ("ERROR", "CRITICAL")]
        # They tried codes: the open one has run out of tries, and that is all that changed.
        assert store.pairings(now()) == []
        assert len(store.known_chats()) == 0
        assert store.paired_admins() == frozenset()
