"""The commands of the bot, for chats that are told, users and admins only; strangers get silence."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

from telegram import BotCommand, ChatMember, Message, Update
from telegram.error import TelegramError
from telegram.ext import ChatMemberHandler, CommandHandler, ContextTypes, MessageHandler, filters

from bot import answering, asked, buttons, html, replies
from bot.answering import Answers, Place
from bot.asking import Answer, Asking, Question
from bot.command_words import ALIASES, COMMANDS, say
from bot.rights import Rights
from bot.secrets import redact
from bot.telegram import AnyApplication, BotMessenger
from bot.words import Voice, fold
from djeli.core.ports import Reactions
from djeli.core.words import LANGUAGES

log = logging.getLogger(__name__)

_LONGEST = 300  # characters of an argument that are looked at
_HERE = (ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.OWNER)
_PAGED = ("recent", "search", "story", "why", "known", "sources", "mutes")

Context = ContextTypes.DEFAULT_TYPE


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture with its caption; without a picture where nothing was told, or it could not be drawn."""

    caption: str  # HTML
    png: bytes | None = None


Chart = Callable[[int, int], Drawn]  # of a chat, of so many weeks; takes seconds


@dataclass(frozen=True, slots=True)
class _Asks:
    """A question: the message, who wrote it, where it is answered and how that chat is spoken to."""

    message: Message
    user: int | None
    where: Place
    voice: Voice
    messenger: BotMessenger


class Commands:
    """Answers every command; those that only ask go to `Asking`, those that change things ask `Rights` first.

    `voice` gives how a chat is spoken to, `set_language` changes it; `chart` draws; `on_return` is
    called with the id of a chat that can be reached again.
    """

    def __init__(
        self,
        asking: Asking,
        reactions: Reactions,
        rights: Rights,
        answers: Answers,
        *,
        voice: Callable[[int], Voice],
        set_language: Callable[[int, str], None] | None = None,
        chart: Chart | None = None,
        on_return: Callable[[int], Awaitable[None]] | None = None,
        on_owed: Callable[[], None] = lambda: None,
    ) -> None:
        self._asking, self._reactions, self._rights = asking, reactions, rights
        self._answers, self._voice = answers, voice
        self._set_language, self._chart = set_language, chart
        self._on_return, self._on_owed = on_return, on_owed
        self.strangers = 0  # messages of strangers since the start

    def install(self, application: AnyApplication) -> None:
        """Add the handlers to the application."""
        for name in ("start", *COMMANDS):
            waits = name != "chart"  # drawing takes seconds; the next question is not kept waiting
            handler = CommandHandler(name, self._guarded(name), filters.UpdateType.MESSAGE, block=waits)
            application.add_handler(handler)
        slash = filters.Regex(r"^/") & filters.UpdateType.MESSAGE
        application.add_handler(MessageHandler(slash, self._otherwise))
        application.add_handler(ChatMemberHandler(self._moved, ChatMemberHandler.MY_CHAT_MEMBER))

    async def set_menu(self, application: AnyApplication) -> None:
        """Show the commands in Telegram's menu, in three languages; a failure is only logged."""
        for language in (None, *LANGUAGES):
            voice = Voice(language or "en")
            menu = [BotCommand(name, voice.pick(words)) for name, words in COMMANDS.items()]
            try:
                await application.bot.set_my_commands(menu, language_code=language)
            except TelegramError as error:
                log.warning("the menu of commands could not be set: %s", redact(str(error)))
                return

    # ------------------------------------------------------------------------------- who may ask

    def _guarded(self, name: str) -> Callable[[Update, Context], Coroutine[Any, Any, None]]:
        async def handle(update: Update, context: Context) -> None:
            await self._handle(name, " ".join(context.args or []), update, context)

        return handle

    async def _handle(self, name: str, words: str, update: Update, context: Context) -> None:
        message, user = update.effective_message, _person(update)
        if message is None:
            return
        if not self._rights.may_ask(message.chat_id, user):
            self.strangers += 1
            return
        where, voice = answering.place(message, update.update_id), self._voice(message.chat_id)
        asks = _Asks(message, user, where, voice, BotMessenger(context.bot))
        try:
            await self._carry_out(name, words[:_LONGEST], asks)
        except Exception:
            log.exception("a command could not be answered")
            await self._say_that_it_failed(asks)

    async def _say_that_it_failed(self, asks: _Asks) -> None:
        said = html.escape(asks.voice.say("failed"))
        try:
            await self._answers.give(asks.where, [said], which=" failed")
        except Exception:  # nothing can be owed, as on a full disk: said without
            await asks.messenger.send(asks.where.chat, said, html=True, thread=asks.where.thread)

    async def _otherwise(self, update: Update, context: Context) -> None:
        """A command by another of its names: /поиск, /récent; in a private chat also one that is none."""
        message = update.effective_message
        if message is None or not message.text:
            return
        first, _, words = message.text[1:].partition(" ")
        asked_for = fold(first.partition("@")[0])
        name = ALIASES.get(asked_for) or (asked_for if asked_for in COMMANDS else None)
        if name:
            await self._handle(name, words, update, context)
        elif message.chat_id > 0:
            await self._handle("", first, update, context)

    async def _moved(self, update: Update, context: Context) -> None:
        """The bot was added, removed, blocked or unblocked somewhere."""
        change = update.my_chat_member
        if change is None or change.new_chat_member.status not in _HERE:
            return
        if self._on_return and self._rights.may_ask(change.chat.id, _person(update)):
            await self._on_return(change.chat.id)

    # ----------------------------------------------------------------------------------- answers

    async def _carry_out(self, name: str, words: str, asks: _Asks) -> None:
        where, voice, chat = asks.where, asks.voice, asks.where.chat
        match name:
            case "start":
                if self._on_return:
                    await self._on_return(chat)
                await self._answers.give(where, replies.start(voice, chat))
            case "mute" | "unmute":
                await self._answers.give(where, await self._change_mutes(name, words, asks))
            case "language" if words:
                await self._choose_language(words, asks)
            case "":
                await self._answers.give(where, replies.no_command(words, voice))
            case "chart":
                await self._draw(words, asks)
            case _:
                await self._answer(name, words, asks)

    async def _answer(self, name: str, words: str, asks: _Asks) -> None:
        """A question to the store: the first page of its answer, with buttons when there are more."""
        chat = asks.where.chat
        if name in ("why", "story") and not words:
            words = await self._answered(asks.message)
        may = self._rights.may_change(chat, asks.user)
        question = Question(name, words, chat, asks.voice, may_change=may)
        answer = await asyncio.to_thread(self._asking.answer, question)
        if name == "digest":
            self._on_owed()
        await self._show(answer, question, asks.where)

    async def _answered(self, message: Message) -> str:
        """The story of the card that a question answers, else the first link of that message."""
        card = message.reply_to_message
        if card is None:
            return ""
        story = await asyncio.to_thread(self._reactions.story_told, message.chat_id, card.message_id)
        return story or next((entity.url for entity in card.entities if entity.url), "")

    async def _show(self, answer: Answer, question: Question, where: Place) -> None:
        if not answer.more or question.command not in _PAGED:
            await self._answers.give(where, answer.blocks, answer.keyboard)
            return
        token = await asyncio.to_thread(self._asking.begin_list, question)
        below = (*answer.keyboard, *buttons.pages(token, 0, True))
        await self._answers.give(where, answer.blocks, below, listing=token)

    async def _change_mutes(self, name: str, words: str, asks: _Asks) -> Sequence[str]:
        chat, user, voice = asks.where.chat, asks.user, asks.voice
        if user is None or not self._rights.may_change(chat, user):
            return [html.escape(say(voice, "only_admins"))]
        deed = self._asking.mute if name == "mute" else self._asking.unmute
        return await asyncio.to_thread(deed, words, chat, user, voice)

    async def _choose_language(self, words: str, asks: _Asks) -> None:
        language, where, voice = asked.language(words), asks.where, asks.voice
        if not self._rights.may_change(where.chat, asks.user):
            await self._answers.give(where, [html.escape(say(voice, "only_admins"))])
        elif language is None:
            said = html.escape(say(voice, "language_which", words=html.shorten(words, 40)))
            await self._answers.give(where, [said], buttons.languages())
        elif self._set_language:
            await asyncio.to_thread(self._set_language, where.chat, language)
            new = self._voice(where.chat)
            await self._answers.give(where, [html.escape(say(new, "language_is"))])

    async def _draw(self, words: str, asks: _Asks) -> None:
        where = asks.where
        if self._chart is None:
            await self._answers.give(where, [html.escape(say(asks.voice, "nothing_to_chart"))])
            return
        await asks.messenger.drawing(where.chat, where.thread)
        drawn = await asyncio.to_thread(self._chart, where.chat, asked.weeks(words))
        await self._answers.give(where, [drawn.caption], png=drawn.png)


def _person(update: Update) -> int | None:
    """Who wrote; None for an administrator who hides behind the group."""
    message = update.effective_message
    if message and message.sender_chat:
        return None
    return update.effective_user.id if update.effective_user else None
