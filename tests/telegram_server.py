"""A strict Bot API server on loopback, over real TCP, for the real python-telegram-bot.

It answers by the server's own rules (tdlib/telegram-bot-api 10.0): envelope, error texts, HTML
parser, limits, chat states, long polling; and it can be told to fail before or after it accepted a
message. `messages` is what the readers saw, whatever the bot was told about it.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
import urllib.parse
from collections import deque
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any, Self

from tests.telegram_html import LONGEST, Refused, accept, fix, found, units

TOKEN = "123456789:AAE-fake_token_for_tests_only_0123456789"
BOT = {"id": 123456789, "is_bot": True, "first_name": "Djeli", "username": "djeli_bot"}
_ME = BOT | {
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
}
_STATES = {
    "blocked": Refused(403, "Forbidden: bot was blocked by the user"),
    "deactivated": Refused(403, "Forbidden: user is deactivated"),
    "stranger": Refused(403, "Forbidden: bot can't initiate conversation with a user"),
    "kicked": Refused(403, "Forbidden: bot was kicked from the supergroup chat"),
    "outside": Refused(403, "Forbidden: bot is not a member of the supergroup chat"),
    "deleted": Refused(403, "Forbidden: the group chat was deleted"),
    "missing": Refused(400, "Bad Request: chat not found"),
}
_SAME = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the"
    " same as a current content and reply markup of the message"
)
_CONFLICT = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)
# Faults: before the request is looked at, or after it was carried out.
_BEFORE = ("close_before", "hang_before", "hang", "502", "restart", "flood")

Params = dict[str, str]


class TelegramServer:
    """`with TelegramServer() as tg:`; `tg.base_url` ends in `/bot`.

    `clock` gives the seconds for floods and limits; with `limits` more than one message per second
    in a chat, 20 per minute in a group or 30 per second altogether are refused with 429.
    """

    def __init__(
        self, token: str = TOKEN, clock: Callable[[], float] = time.monotonic, limits: bool = False
    ) -> None:
        self.token = token
        self.clock = clock
        self.limits = limits
        self.base_url = ""
        self.messages: list[dict[str, Any]] = []
        self.edits: list[dict[str, Any]] = []
        self.menus: list[dict[str, Any]] = []
        self.photos: list[bytes] = []
        self.toasts: list[dict[str, Any]] = []  # what those who pressed a button were shown
        self.requests: list[tuple[str, Params]] = []
        self.faults: Callable[[str, Params], str | None] | None = None
        self.revoked = False
        self.conflict = False  # answer every getUpdates with 409
        self.webhook = False
        self.refused = 0  # messages answered by 429
        self.conflicts = 0  # pollers that were ended by another one
        self._plans: dict[str, deque[str | None]] = {}
        self._states: dict[int, Refused] = {}
        self._floods: dict[int, float] = {}
        self._threads_gone: set[tuple[int, int]] = set()
        self._queries: dict[str, int] = {}  # presses that were not answered yet → who pressed
        self._questions: set[tuple[int, int]] = set()  # messages of readers, to reply to
        self._updates: list[dict[str, Any]] = []
        self._update_id = 1_000
        self._message_id = 0
        self._sent_at: dict[int, deque[float]] = {}
        self._polls: set[asyncio.Future[None]] = set()
        self._connections: set[asyncio.Task[None]] = set()
        self._changed = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, name="telegram", daemon=True)
        self._ready = threading.Event()
        self._stop: asyncio.Event | None = None

    # -------------------------------------------------------------------------------- life

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *error: object) -> None:
        if self._stop:
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._main())
        self._loop.close()

    async def _main(self) -> None:
        self._stop = asyncio.Event()
        server = await asyncio.start_server(self._connection, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        self.base_url = f"http://127.0.0.1:{port}/bot"
        self._ready.set()
        await self._stop.wait()
        server.close()
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    # ------------------------------------------------------------------- what tests arrange

    def plan(self, method: str, faults: Iterable[str | None]) -> None:
        """What happens to the next requests of a method, one entry each; None is no fault.

        close_before, close_after, hang_before (also hang), hang_after, 502, restart, flood (one 429
        of 3 s), truncated (accepted, half an answer), strange (accepted, nobody understands it).
        """
        self._plans.setdefault(method.lower(), deque()).extend(faults)

    def set_state(self, chat: int, state: str) -> None:
        """blocked, deactivated, stranger, kicked, outside, deleted, missing."""
        self._states[chat] = _STATES[state]

    def block(self, chat: int) -> None:
        self.set_state(chat, "blocked")

    def unblock(self, chat: int) -> None:
        self._states.pop(chat, None)

    def migrate(self, old: int, new: int) -> None:
        """The group became a supergroup."""
        text = "Bad Request: group chat was upgraded to a supergroup chat"
        self._states[old] = Refused(400, text, migrate_to_chat_id=new)

    def flood(self, chat: int, seconds: float) -> None:
        """Answer 429 for this chat until so many seconds of the server's clock have passed."""
        self._floods[chat] = self.clock() + seconds

    def drop_thread(self, chat: int, thread: int) -> None:
        self._threads_gone.add((chat, thread))

    def forget_message(self, message_id: int) -> None:
        """The reader deleted it: it stays in `messages` but cannot be edited or replied to."""
        for message in self.messages:
            if message["message_id"] == message_id:
                message["deleted"] = True

    def push_command(
        self, chat_id: int, user_id: int, text: str, reply_to: int | None = None, gone: bool = False
    ) -> None:
        """Somebody writes a command in a chat; `gone`: and deletes it before it is answered."""
        message = {
            "message_id": self._next_id(),
            "date": int(time.time()),
            "chat": _chat(chat_id),
            "from": {"id": user_id, "is_bot": False, "first_name": "Reader"},
            "text": text,
            "entities": [{"type": "bot_command", "offset": 0, "length": units(text.split()[0])}],
        }
        if reply_to is not None:
            message["reply_to_message"] = self._shape(self._find(chat_id, reply_to) or {})
        if not gone:
            self._questions.add((chat_id, message["message_id"]))
        self.push_update({"message": message})

    def push_press(self, chat_id: int, user_id: int, message_id: int, data: str, gone: bool = False) -> str:
        """Somebody presses a button (or forges a press); `gone`: the message is too old to be shown.

        Returns the id of the query, which `toasts` name.
        """
        query = f"q{self._next_id()}"
        self._queries[query] = user_id
        message = self._find(chat_id, message_id)
        shown = {"message_id": message_id, "date": 0, "chat": _chat(chat_id)}
        press = {
            "id": query,
            "from": {"id": user_id, "is_bot": False, "first_name": "Reader"},
            "chat_instance": "1",
            "message": self._shape(message) if message and not gone else shown,
            "data": data,
        }
        self.push_update({"callback_query": press})
        return query

    def push_member(self, chat_id: int, user_id: int, status: str) -> None:
        """Somebody adds, removes, blocks or unblocks the bot."""
        member = {"user": BOT, "status": status}
        if status == "kicked":
            member["until_date"] = 0
        change = {
            "chat": _chat(chat_id),
            "from": {"id": user_id, "is_bot": False, "first_name": "Reader"},
            "date": int(time.time()),
            "old_chat_member": {"user": BOT, "status": "left"},
            "new_chat_member": member,
        }
        self.push_update({"my_chat_member": change})

    def push_update(self, update: dict[str, Any]) -> None:
        def push() -> None:
            self._update_id += 1
            self._updates.append({"update_id": self._update_id, **update})
            self._end_polls()

        self._loop.call_soon_threadsafe(push)

    def wait_for(self, happened: Callable[[], Any], timeout: float = 0) -> None:
        """Until something is true of the server (call in a thread).

        Fails after the timeout, or after two minutes: on a busy machine everything takes its time.
        """
        with self._changed:
            assert self._changed.wait_for(happened, max(timeout, 120)), "the server never saw it"

    def texts(self, chat: int | None = None) -> list[str]:
        """What the readers of one chat (or all) saw, in order."""
        return [message["text"] for message in self.messages if chat in (None, message["chat_id"])]

    # ---------------------------------------------------------------------------- the wire

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._connections.add(task)
        try:
            while await self._exchange(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._connections.discard(task)
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One request and its answer; False closes the connection."""
        line = (await reader.readline()).decode()
        if not line:
            return False
        size, kind = 0, ""
        while (header := (await reader.readline()).strip()) != b"":
            name, _, value = header.decode("latin-1").partition(":")
            size = int(value) if name.lower() == "content-length" else size
            kind = value.strip() if name.lower() == "content-type" else kind
        body = await reader.readexactly(size)
        path = urllib.parse.unquote(line.split()[1])
        params = _parameters(kind, body)
        method = path.rsplit("/", 1)[-1].lower()
        fault = self._fault(method, params)
        if fault in _BEFORE:
            return await self._fail_before(fault, writer)
        answer = await self._answer(path, method, params)
        with self._changed:
            self.requests.append((method, params))
            self._changed.notify_all()
        return await self._write(writer, answer, fault)

    def _fault(self, method: str, params: Params) -> str | None:
        planned = self._plans.get(method)
        if planned:
            return planned.popleft()
        return self.faults(method, params) if self.faults else None

    async def _fail_before(self, fault: str, writer: asyncio.StreamWriter) -> bool:
        if fault.startswith("hang"):
            await asyncio.Event().wait()
        if fault == "502":
            page = b"<html><h1>502 Bad Gateway</h1></html>"
            return await self._put(writer, 502, page, "text/html")
        if fault in ("restart", "flood"):
            refused = Refused(500, "Internal Server Error: restart") if fault == "restart" else _too_many(3)
            return await self._put(writer, refused.code, json.dumps(_envelope(refused)).encode())
        return False

    async def _write(self, writer: asyncio.StreamWriter, answer: dict[str, Any], fault: str | None) -> bool:
        if fault == "hang_after":
            await asyncio.Event().wait()
        if fault == "close_after":
            return False
        if fault == "strange" and answer["ok"]:
            answer = {"ok": True, "result": {"message_id": "?", "of": "tomorrow"}}
        body = json.dumps(answer).encode()
        if fault == "truncated":
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" + body[:12])
            await writer.drain()
            return False
        return await self._put(writer, answer.get("error_code", 200), body, answer=answer)

    async def _put(
        self,
        writer: asyncio.StreamWriter,
        code: int,
        body: bytes,
        kind: str = "application/json",
        answer: dict[str, Any] | None = None,
    ) -> bool:
        head = f"HTTP/1.1 {code} {HTTPStatus(code).phrase}\r\nContent-Type: {kind}\r\n"
        wait = (answer or {}).get("parameters", {}).get("retry_after")
        head += f"Retry-After: {wait}\r\n" if wait else ""
        writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        await writer.drain()
        return True

    async def _answer(self, path: str, method: str, params: Params) -> dict[str, Any]:
        try:
            self._authorize(path)
            handler = getattr(self, f"_do_{method}", None)
            if handler is None:
                raise Refused(404, "Not Found: method not found")
            return {"ok": True, "result": await handler(params)}
        except Refused as refused:
            return _envelope(refused)

    def _authorize(self, path: str) -> None:
        if not path.startswith("/bot"):
            raise Refused(404, "Not Found")
        token = path[4:].rsplit("/", 1)[0]
        if ":" not in token or token.startswith("0") or len(token) > 80:
            raise Refused(401, "Unauthorized: invalid token specified")
        if self.revoked or token != self.token:
            raise Refused(401, "Unauthorized")

    # --------------------------------------------------------------------------- the methods

    async def _do_getme(self, params: Params) -> Any:
        return _ME

    async def _do_deletewebhook(self, params: Params) -> Any:
        self.webhook = False
        return True

    async def _do_setmycommands(self, params: Params) -> Any:
        self.menus.append(
            {"language": params.get("language_code", ""), "commands": json.loads(params["commands"])}
        )
        return True

    async def _do_sendchataction(self, params: Params) -> Any:
        self._chat(params)
        return True

    async def _do_getchat(self, params: Params) -> Any:
        chat = self._chat(params)
        return _chat(chat) | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _GIFTS}

    async def _do_getchatmember(self, params: Params) -> Any:
        self._chat(params)
        return {"user": BOT, "status": "member"}

    async def _do_answercallbackquery(self, params: Params) -> Any:
        query = params.get("callback_query_id", "")
        if self._queries.pop(query, None) is None:
            raise Refused(
                400, "Bad Request: query is too old and response timeout expired or query ID is invalid"
            )
        if len(params.get("text", "")) > 200:
            raise Refused(400, "Bad Request: MESSAGE_TOO_LONG")
        with self._changed:
            alert = params.get("show_alert", "false").lower() == "true"
            self.toasts.append({"query": query, "text": params.get("text", ""), "alert": alert})
            self._changed.notify_all()
        return True

    async def _do_editmessagereplymarkup(self, params: Params) -> Any:
        keyboard = _keyboard(params.get("reply_markup"))
        chat = self._chat(params)
        message = self._find(chat, int(params.get("message_id", 0)))
        if message is None:
            raise Refused(400, "Bad Request: message to edit not found")
        if message["keyboard"] == keyboard:
            raise Refused(400, _SAME)
        message |= {"keyboard": keyboard}
        with self._changed:
            self.edits.append(dict(message))
            self._changed.notify_all()
        return self._shape(message)

    async def _do_sendmessage(self, params: Params) -> Any:
        text, entities = self._text(params)
        keyboard = _keyboard(params.get("reply_markup"))
        chat = self._chat(params)
        self._check_flood(chat)
        thread = int(params["message_thread_id"]) if params.get("message_thread_id") else None
        if thread is not None and (chat, thread) in self._threads_gone:
            raise Refused(400, "Bad Request: message thread not found")
        message = {
            "chat_id": chat,
            "message_id": self._next_id(),
            "text": text,
            "first": text,  # whatever it is edited to
            "html": params["text"] if params.get("parse_mode") else None,
            "entities": entities,
            "keyboard": keyboard,
            "reply_to": self._reply_target(chat, params),
            "thread": thread,
            "date": int(time.time()),
            "at": self.clock(),
            "preview": params.get("link_preview_options"),
        }
        with self._changed:
            self.messages.append(message)
            self._changed.notify_all()
        return self._shape(message)

    async def _do_sendphoto(self, params: Params) -> Any:
        """A picture; its caption is the text of the message."""
        caption = params.get("caption", "")
        if params.get("parse_mode"):
            shown, _ = accept(caption)
        else:
            shown = fix(caption)
        if units(shown) > 1_024:
            raise Refused(400, "Bad Request: message caption is too long")
        photo = next((value for name, value in params.items() if value.startswith(_PNG)), None)
        if photo is None:
            raise Refused(400, "Bad Request: there is no photo in the request")
        message = await self._do_sendmessage({**params, "text": caption})
        self.photos.append(photo.encode("latin-1"))
        text = message.pop("text")
        return message | {"caption": text, "caption_entities": message.pop("entities"), "photo": _SIZES}

    async def _do_editmessagetext(self, params: Params) -> Any:
        text, entities = self._text(params)
        keyboard = _keyboard(params.get("reply_markup"))
        chat = self._chat(params)
        message = self._find(chat, int(params.get("message_id", 0)))
        if message is None:
            raise Refused(400, "Bad Request: message to edit not found")
        if (message["text"], message["entities"], message["keyboard"]) == (text, entities, keyboard):
            raise Refused(400, _SAME)
        message |= {"text": text, "entities": entities, "html": params["text"], "keyboard": keyboard}
        with self._changed:
            self.edits.append(dict(message))
            self._changed.notify_all()
        return self._shape(message)

    async def _do_getupdates(self, params: Params) -> Any:
        if self.webhook:
            raise Refused(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete"
                " the webhook first",
            )
        if self.conflict:
            raise Refused(409, _CONFLICT)
        offset = int(params.get("offset", 0) or 0)
        if offset > 0:
            self._updates = [update for update in self._updates if update["update_id"] >= offset]
        elif offset < 0:
            self._updates = self._updates[offset:]
        await self._long_poll(min(int(float(params.get("timeout", 0) or 0)), 50))
        limit = min(max(int(params.get("limit", 100) or 100), 1), 100)
        return self._updates[:limit]

    async def _long_poll(self, seconds: int) -> None:
        """Wait for updates; a later poller ends an earlier one with 409."""
        for earlier in self._polls:
            if not earlier.done():
                self.conflicts += 1
                earlier.set_exception(Refused(409, _CONFLICT))
        poll: asyncio.Future[None] = self._loop.create_future()
        self._polls.add(poll)
        try:
            if not self._updates and seconds:
                await asyncio.wait_for(poll, seconds)
        except TimeoutError:
            pass
        finally:
            self._polls.discard(poll)

    def _end_polls(self) -> None:
        for poll in self._polls:
            if not poll.done():
                poll.set_result(None)

    # ----------------------------------------------------------------------------- its rules

    def _text(self, params: Params) -> tuple[str, list[dict[str, Any]]]:
        text = params.get("text", "")
        if not text:
            raise Refused(400, "Bad Request: message text is empty")
        mode = params.get("parse_mode", "").lower()
        if mode not in ("", "html"):
            raise Refused(400, "Bad Request: unsupported parse_mode")
        if mode:
            return accept(text)
        if len(text.encode()) > 1 << 15:
            raise Refused(400, "Bad Request: text is too long")
        shown = fix(text)
        if not shown:
            raise Refused(400, "Bad Request: text must be non-empty")
        if len(shown) > LONGEST:
            raise Refused(400, "Bad Request: message is too long")
        return shown, []

    def _chat(self, params: Params) -> int:
        chat = params.get("chat_id", "")
        if not chat:
            raise Refused(400, "Bad Request: chat_id is empty")
        if not chat.lstrip("-").isdigit():
            raise _STATES["missing"]
        if int(chat) in self._states:
            raise self._states[int(chat)]
        return int(chat)

    def _check_flood(self, chat: int) -> None:
        now = self.clock()
        left = self._floods.get(chat, now) - now
        if left > 0:
            self.refused += 1
            raise _too_many(left)
        if self.limits:
            for key, count, window in ((chat, 20, 60.0), (chat, 1, 1.0), (0, 30, 1.0)):
                times = self._sent_at.setdefault(key, deque(maxlen=100))
                if (key < 0 or window == 1.0) and sum(now - at < window for at in times) >= count:
                    self.refused += 1
                    raise _too_many(3)
        for key in (chat, 0):
            self._sent_at.setdefault(key, deque(maxlen=100)).append(now)

    def _reply_target(self, chat: int, params: Params) -> int | None:
        reply = json.loads(params.get("reply_parameters", "{}"))
        if not reply:
            return None
        if self._find(chat, reply["message_id"]) or (chat, reply["message_id"]) in self._questions:
            return int(reply["message_id"])
        if reply.get("allow_sending_without_reply"):
            return None
        raise Refused(400, "Bad Request: message to be replied not found")

    def _find(self, chat: int, message_id: int) -> dict[str, Any] | None:
        for message in self.messages:
            if (message["chat_id"], message["message_id"]) == (chat, message_id) and "deleted" not in message:
                return message
        return None

    def _next_id(self) -> int:
        self._message_id += 1
        return self._message_id

    def _shape(self, message: dict[str, Any]) -> dict[str, Any]:
        return {
            "message_id": message["message_id"],
            "date": message["date"],
            "from": BOT,
            "chat": _chat(message["chat_id"]),
            "text": message["text"],
            "entities": sorted(
                (*message["entities"], *_without_text(found(message["text"], message["entities"]))),
                key=lambda entity: int(entity["offset"]),
            ),
            **({"reply_markup": {"inline_keyboard": message["keyboard"]}} if message["keyboard"] else {}),
        }


def _without_text(entities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in one.items() if name != "text"} for one in entities]


_GIFTS = {
    "unlimited_gifts": True,
    "limited_gifts": True,
    "unique_gifts": True,
    "premium_subscription": True,
    "gifts_from_channels": True,
}


_PNG = b"\x89PNG\r\n\x1a\n".decode("latin-1")
_SIZES = [{"file_id": "p", "file_unique_id": "p", "width": 1080, "height": 900}]


def _parameters(kind: str, body: bytes) -> Params:
    """The fields of a request, of a form or in parts; files as Latin-1."""
    if not kind.startswith("multipart/form-data"):
        return dict(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True))
    mark = kind.partition("boundary=")[2].strip('"').encode()
    found = {}
    for part in body.split(b"--" + mark)[1:-1]:
        head, _, value = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        name = head.partition(b'name="')[2].partition(b'"')[0].decode()
        value = value.removesuffix(b"\r\n")
        is_file = b"filename=" in head
        found[name] = value.decode("latin-1") if is_file else value.decode()
    return found


def _too_many(seconds: float) -> Refused:
    wait = max(1, round(seconds))
    return Refused(429, f"Too Many Requests: retry after {wait}", retry_after=wait)


def _envelope(refused: Refused) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "ok": False,
        "error_code": refused.code,
        "description": refused.description,
    }
    if refused.parameters:
        answer["parameters"] = refused.parameters
    return answer


def _chat(chat_id: int) -> dict[str, Any]:
    if chat_id > 0:
        return {"id": chat_id, "type": "private", "first_name": "Reader"}
    kind = "supergroup" if str(chat_id).startswith("-100") else "group"
    return {"id": chat_id, "type": kind, "title": "Desk"}


def _keyboard(markup: str | None) -> list[list[dict[str, Any]]]:
    """The buttons under a message, by the server's rules."""
    if not markup:
        return []
    try:
        rows = json.loads(markup).get("inline_keyboard", [])
    except ValueError:
        raise Refused(400, "Bad Request: can't parse reply keyboard markup JSON object") from None
    for button in (button for row in rows for button in row):
        if not button.get("text"):
            raise Refused(400, "Bad Request: inline keyboard button text must be non-empty")
        if not 1 <= len(button.get("callback_data", "").encode()) <= 64:
            raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
    return list(rows)
