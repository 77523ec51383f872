"""Telegram itself: the connection, what its errors mean, and whether polling is alive.

python-telegram-bot keeps `running` True after polling has died, so health is the age of the last
good getUpdates, taken where the answers come in.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import httpx
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.constants import ChatAction, ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import Application
from telegram.request import HTTPXRequest

from bot.outcomes import Became, Outcome
from bot.secrets import redact
from djeli.core.clock import Clock
from djeli.core.errors import JobFailed
from djeli.core.model import Keyboard

os.environ.setdefault("PTB_TIMEDELTA", "true")  # else every 429 comes with a deprecation warning
log = logging.getLogger(__name__)

API = "https://api.telegram.org/bot"
UPDATES = ["message", "callback_query", "my_chat_member"]
_POLL_SECONDS = 25
_DEAF = 75.0  # seconds without an answer to getUpdates, which takes 25 at most
_WATCH = 5.0  # seconds between two looks at that
_STOPPED = 10.0  # seconds that polling may take to end
_CONFLICTS = 3  # in a row: two pollers each get one every few seconds and both go half deaf
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

# The request never left: ConnectTimeout is a TimedOut and no ConnectError, so both are named.
_NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
    httpx.InvalidURL,
)
# What Telegram says with 400 when the chat is at fault and not the text (compared in lower case).
_UNREACHABLE = (
    "chat not found",
    "chat_id is empty",
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_restricted",
    "peer_id_invalid",
    "user_is_blocked",
    "bot is not a member",
    "group chat was deactivated",
)
_NO_THREAD = ("message thread not found", "topic_closed", "topic_deleted", "topic_id_invalid")

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


def outcome_of(error: Exception) -> Outcome:
    """What an exception of python-telegram-bot says about the message that was being sent."""
    detail = redact(str(error) or type(error).__name__)
    match error:
        case RetryAfter():
            return Outcome(Became.WAIT, seconds=_seconds(error.retry_after), detail=detail)
        case ChatMigrated():
            return Outcome(Became.MIGRATED, chat=error.new_chat_id, detail=detail)
        case InvalidToken():
            missing = "method not found" in detail.lower()  # PTB raises the same for both kinds of 404
            return Outcome(Became.REJECTED if missing else Became.BAD_TOKEN, detail=detail)
        case Forbidden():
            return Outcome(Became.FORBIDDEN, detail=detail)
        case BadRequest():
            return Outcome(_refusal(detail.lower()), detail=detail)
        case NetworkError() if isinstance(error.__cause__, _NEVER_LEFT):
            return Outcome(Became.NOT_SENT, detail=detail)
        case NetworkError() if isinstance(error.__cause__, UnicodeError):
            return Outcome(Became.REJECTED, detail=detail)
        case TelegramError():
            return Outcome(Became.UNKNOWN, detail=detail)
        case _:  # Telegram said 200, and only then something failed: it was delivered
            return Outcome(Became.SENT, detail=detail)


def _refusal(said: str) -> Became:
    if any(words in said for words in _NO_THREAD):
        return Became.NO_THREAD
    return Became.FORBIDDEN if any(words in said for words in _UNREACHABLE) else Became.REJECTED


def _seconds(period: Any) -> float:
    return float(period.total_seconds() if hasattr(period, "total_seconds") else period)


class BotMessenger:
    """`bot.outcomes.Messenger` on a `telegram.Bot`."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(
        self,
        chat: int,
        text: str,
        *,
        html: bool,
        thread: int | None = None,
        reply_to: int | None = None,
        keyboard: Keyboard = (),
    ) -> Outcome:
        """Send one message without link preview; a reply to what is gone is sent without."""
        reply = ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None
        return await _outcome(
            lambda: self._bot.send_message(
                chat,
                text,
                parse_mode=ParseMode.HTML if html else None,
                message_thread_id=thread,
                reply_parameters=reply,
                link_preview_options=_NO_PREVIEW,
                reply_markup=markup(keyboard),
            )
        )

    async def send_photo(
        self, chat: int, photo: bytes, caption: str, *, html: bool, thread: int | None = None
    ) -> Outcome:
        """Send one picture with its caption."""
        return await _outcome(
            lambda: self._bot.send_photo(
                chat,
                photo,
                caption=caption,
                parse_mode=ParseMode.HTML if html else None,
                message_thread_id=thread,
            )
        )

    async def edit(self, chat: int, message_id: int, text: str, keyboard: Keyboard = ()) -> Outcome:
        """Replace the HTML and the buttons of a message; "not modified" is as good as done."""
        outcome = await _outcome(
            lambda: self._bot.edit_message_text(
                text,
                chat_id=chat,
                message_id=message_id,
                parse_mode=ParseMode.HTML,
                link_preview_options=_NO_PREVIEW,
                reply_markup=markup(keyboard),
            )
        )
        if outcome.became is Became.REJECTED and "not modified" in outcome.detail.lower():
            return Outcome(Became.SENT, message_id=message_id)
        return outcome

    async def keyboard(self, chat: int, message_id: int, keyboard: Keyboard) -> Outcome:
        """Replace the buttons of a message and nothing else."""
        return await _outcome(
            lambda: self._bot.edit_message_reply_markup(
                chat_id=chat, message_id=message_id, reply_markup=markup(keyboard)
            )
        )

    async def acknowledge(self, query: str, text: str, alert: bool = False) -> Outcome:
        """Answer a press, with a line that Telegram shows for a moment; too late is no harm."""
        return await _outcome(lambda: self._bot.answer_callback_query(query, text or None, show_alert=alert))

    async def drawing(self, chat: int, thread: int | None = None) -> Outcome:
        """Show that a picture is on its way."""
        return await _outcome(
            lambda: self._bot.send_chat_action(chat, ChatAction.UPLOAD_PHOTO, message_thread_id=thread)
        )

    async def check(self) -> Outcome:
        """Ask Telegram who we are."""
        return await _outcome(self._bot.get_me)


def markup(keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    """Buttons as Telegram takes them; None takes those away that were there."""
    if not keyboard:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(one.text, callback_data=one.data) for one in row] for row in keyboard]
    )


async def _outcome(request: Callable[[], Awaitable[object]]) -> Outcome:
    try:
        answer = await request()
    except Exception as error:
        outcome = outcome_of(error)
        if not isinstance(error, TelegramError):
            log.error("Telegram accepted a request but its answer could not be read", exc_info=error)
        return outcome
    return Outcome(Became.SENT, message_id=getattr(answer, "message_id", None))


class Polling:
    """Whether Telegram still hears us: fed with the status of every answer to getUpdates."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._conflicts = 0
        self._ended = asyncio.Event()
        self.last_ok: datetime | None = None
        self.reached: datetime | None = None  # when Telegram last answered anything but a fault of its own
        self.failure: JobFailed | None = None

    def heard(self, status: int) -> None:
        """Note one answer: 200 is life, three 409 in a row or one 401 are the end."""
        if status == 200:
            self.last_ok, self._conflicts = self._clock(), 0
        elif status == 409:
            self._conflicts += 1
            if self._conflicts >= _CONFLICTS:
                self.fail("Another program asks Telegram for this bot's updates: stop one of the two.")
        elif status in (401, 404):
            self.fail("Telegram refuses the bot's token: ask @BotFather for a new one.")

    def answered(self, status: int) -> None:
        """Note an answer to anything: whoever says 4xx is there."""
        if status < 500:
            self.reached = self._clock()

    def fail(self, why: str) -> None:
        """Polling is over for good."""
        if self.failure is None:
            self.failure = JobFailed(why)
            self._ended.set()

    async def until_failed(self) -> None:
        """Wait until polling is over, then raise JobFailed with the reason; never returns."""
        await self._ended.wait()
        if self.failure:
            raise self.failure


class _WatchedRequest(HTTPXRequest):
    """A connection with somebody who listens."""

    __slots__ = ("heard",)

    def __init__(self, *heard: Callable[[int], None], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.heard = heard

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        status, body = await super().do_request(*args, **kwargs)
        for listener in self.heard:
            listener(status)
        return status, body


class Telegram:
    """The connection of one bot: `application` for the commands, `messenger` for the sender.

    `api` is the base address up to and including `/bot`. The messenger works without `start`.
    """

    def __init__(
        self,
        token: str,
        api: str = API,
        *,
        clock: Clock,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        read_timeout: float = 20.0,
        poll_seconds: int = _POLL_SECONDS,
    ) -> None:
        self._sleep = sleep
        self._poll_seconds = poll_seconds
        self.polling = Polling(clock)
        self._clock = clock
        self._began: datetime | None = None  # when polling last began
        limits: dict[str, Any] = {
            "read_timeout": read_timeout,
            "connect_timeout": 10.0,
            "pool_timeout": 10.0,
            "http_version": "1.1",
            "httpx_kwargs": {"trust_env": False},
        }
        self._requests = (
            _WatchedRequest(self.polling.answered, connection_pool_size=8, **limits),
            _WatchedRequest(self.polling.answered, self.polling.heard, connection_pool_size=2, **limits),
        )
        self.application: AnyApplication = (
            Application.builder()
            .token(token)
            .base_url(api)
            .request(self._requests[0])
            .get_updates_request(self._requests[1])
            .job_queue(None)
            .build()
        )
        self.messenger = BotMessenger(self.application.bot)
        self.on_greeted: Callable[[], Awaitable[None]] | None = None  # called once Telegram answers

    @property
    def bot(self) -> Bot:
        """The bot itself, for the commands."""
        bot: Bot = self.application.bot
        return bot

    async def start(self) -> None:
        """Start to poll as soon as Telegram answers; a refused token ends in `polling.failure`."""
        if not await self._greet():
            return
        await self.application.start()
        await self._poll()
        if self.on_greeted:
            await self.on_greeted()

    async def _poll(self) -> None:
        self._began = self._clock()
        if self.application.updater:
            await self.application.updater.start_polling(
                timeout=self._poll_seconds,
                bootstrap_retries=-1,
                allowed_updates=UPDATES,
                error_callback=_polling_trouble,
            )

    async def watch(self, patience: float = _DEAF, pause: float = _WATCH) -> None:
        """For ever: begin to poll anew where nothing was heard for so many seconds though Telegram answers.

        python-telegram-bot holds polling for running after its task has died, and a connection may hang.
        """
        while True:
            await self._sleep(pause)
            last = max((at for at in (self.polling.last_ok, self._began) if at), default=None)
            if last is None or self.polling.failure or self._clock() - last < timedelta(seconds=patience):
                continue
            if (await self.messenger.check()).became is Became.SENT:
                log.warning("polling stood still since %s; it begins anew", last)
                await self._poll_anew()

    async def _poll_anew(self) -> None:
        updater = self.application.updater
        if updater is None:
            return
        stopping = asyncio.ensure_future(updater.stop())
        await asyncio.wait({stopping}, timeout=_STOPPED)
        if not stopping.done():
            stopping.cancel()
        await asyncio.gather(stopping, return_exceptions=True)  # what polling died of is raised here
        try:
            await self._poll()
        except (RuntimeError, TelegramError) as error:
            log.error("polling could not begin anew: %s", redact(str(error)))

    async def _greet(self) -> bool:
        pause = 1.0
        while True:
            try:
                await self.application.initialize()
                return True
            except InvalidToken:
                self.polling.fail("Telegram refuses the bot's token: ask @BotFather for a new one.")
                return False
            except TelegramError as error:
                log.warning("Telegram does not answer yet: %s", redact(str(error)))
            await self._sleep(pause)
            pause = min(2 * pause, 60.0)

    async def stop(self) -> None:
        """Confirm what was read, stop polling and close the connections; harmless when never started."""
        updater = self.application.updater
        if updater and updater.running:
            with contextlib.suppress(TelegramError):  # polling that died raises its cause here again
                await updater.stop()
        if self.application.running:
            await self.application.stop()
        with contextlib.suppress(TelegramError, RuntimeError):
            await self.application.shutdown()
        await self.close()

    async def close(self) -> None:
        """Close the connections; enough when only the messenger was used."""
        for request in self._requests:
            await request.shutdown()


def _polling_trouble(error: TelegramError) -> None:
    log.warning("polling: %s", redact(str(error)))
