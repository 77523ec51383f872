"""Answers to questions, owed like every message: no limit of Telegram's and no dead line loses one.

The sender sends them by its own rules, before the cards that wait. An update that Telegram brings twice is
answered once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from telegram import Message

from bot import html
from djeli.core.clock import Clock
from djeli.core.model import Alert, Keyboard
from djeli.core.ports import Outbox


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was asked; `question` names the update that did."""

    chat: int
    question: str
    thread: int | None = None
    reply_to: int | None = None


def place(message: Message, update_id: int) -> Place:
    """The topic of a question, and in a group the question itself, to reply to."""
    # After a week without updates their numbers begin anew, and a group that moves begins its messages anew.
    question = f"{update_id}.{message.message_id}.{int(message.date.timestamp())}"
    return Place(
        message.chat_id,
        question,
        message.message_thread_id if message.is_topic_message else None,
        message.message_id if message.chat_id < 0 else None,
    )


class Answers:
    """Owes answers."""

    def __init__(self, outbox: Outbox, clock: Clock) -> None:
        self._outbox, self._clock = outbox, clock

    async def give(
        self,
        where: Place,
        blocks: Sequence[str],
        keyboard: Keyboard = (),
        *,
        png: bytes | None = None,
        listing: str | None = None,
        which: str = "",
    ) -> None:
        """Answer with blocks of HTML, buttons under the last part, a picture over the first.

        `listing` names the list whose pages the buttons turn, `which` tells apart two answers to one
        question.
        """
        parts = html.split(blocks)
        last = len(parts) - 1
        alerts = [
            Alert(
                where.chat,
                "answer",
                text,
                html.plain(text),
                story=f"answer:{where.question}{which}",
                part=number,
                thread=where.thread,
                photo=png if number == 0 else None,
                reply_to=where.reply_to,
                keyboard=keyboard if number == last else (),
                listing=listing if number == last else None,
            )
            for number, text in enumerate(parts)
        ]
        if alerts:
            await asyncio.to_thread(self._outbox.owe, alerts, self._clock())
