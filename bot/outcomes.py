"""What became of one request to Telegram, as the sender must know it.

The classes follow the errors that python-telegram-bot 22.8 raises (docs/operations.md has the
table): what matters is only whether the message may have been accepted.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from djeli.core.model import Keyboard


class Became(StrEnum):
    """Every way a request can end."""

    SENT = "sent"  # accepted; message_id is None when the answer could not be read
    NOT_SENT = "not_sent"  # never reached Telegram: refused, no DNS, connect timeout, full pool
    UNKNOWN = "unknown"  # may have been accepted: read timeout, broken connection, 5xx
    WAIT = "wait"  # 429: come back after `seconds`
    REJECTED = "rejected"  # 400: this text will never be accepted
    NO_THREAD = "no_thread"  # 400: the forum topic is gone or closed
    FORBIDDEN = "forbidden"  # the chat cannot be reached: blocked, kicked, not found
    MIGRATED = "migrated"  # the group is now the supergroup `chat`
    BAD_TOKEN = "bad_token"  # 401 or 404: nothing will ever work with this token


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it ended; `detail` is one sentence without the token."""

    became: Became
    message_id: int | None = None
    seconds: float = 0.0
    chat: int | None = None
    detail: str = ""


class Messenger(Protocol):
    """The deeds that the sender needs of Telegram; none of them raises."""

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
        """Send one message; a reply to a message that is gone is sent without."""
        ...

    async def send_photo(
        self, chat: int, photo: bytes, caption: str, *, html: bool, thread: int | None = None
    ) -> Outcome:
        """Send one picture with a caption of at most 1,024 characters."""
        ...

    async def edit(self, chat: int, message_id: int, text: str, keyboard: Keyboard = ()) -> Outcome:
        """Replace the HTML and the buttons of a message; "not modified" is SENT."""
        ...

    async def check(self) -> Outcome:
        """Whether Telegram answers at all; changes nothing."""
        ...
