"""/pair CODE and /start CODE: how a chat that nobody configured comes to be told things.

A code that is none gets no answer, from nobody: an answer would tell strangers that somebody listens.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from telegram import Message, Update
from telegram.ext import ApplicationHandlerStop, CommandHandler, ContextTypes, filters

from bot.answering import Answers, place
from bot.telegram import AnyApplication

log = logging.getLogger(__name__)

_BEFORE = -1  # the group of handlers that is asked before those of the commands
_LONGEST = 60  # characters of what may be a code


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who showed a code, and where."""

    chat: int
    chat_name: str
    thread: int | None
    user: int | None  # None: an administrator who hides behind the group
    user_name: str


Redeem = Callable[[str, Applicant], Awaitable[Sequence[str] | None]]


def install(application: AnyApplication, redeem: Redeem, answers: Answers) -> None:
    """Have `redeem` asked for each code; its blocks are the answer, None is silence."""

    async def handle(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.effective_message
        said = " ".join(context.args or [])[:_LONGEST]
        if message is None or not said:
            return
        try:
            blocks = await redeem(said, _applicant(message))
        except Exception:
            log.exception("a code could not be looked at")
            return
        if blocks is None:
            return
        log.info("chat %s is paired", message.chat_id)
        await answers.give(place(message, update.update_id), blocks)
        raise ApplicationHandlerStop

    application.add_handler(CommandHandler(["pair", "start"], handle, filters.UpdateType.MESSAGE), _BEFORE)


def _applicant(message: Message) -> Applicant:
    user = None if message.sender_chat else message.from_user
    chat = message.chat
    return Applicant(
        chat=chat.id,
        chat_name=chat.title or chat.full_name or "",
        thread=message.message_thread_id if message.is_topic_message else None,
        user=user.id if user else None,
        user_name=user.full_name if user else "",
    )
