"""The commands of the bot, for chats that are told, users and admins only; strangers get silence."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Coroutine, Sequence
from typing import Any

from telegram import BotCommand, ChatMember, Message, Update
from telegram.error import TelegramError
from telegram.ext import ChatMemberHandler, CommandHandler, ContextTypes, filters

from bot import html, replies
from bot.outcomes import Became, Messenger
from bot.replies import StatusView
from bot.secrets import redact
from bot.telegram import AnyApplication, BotMessenger
from bot.words import COMMANDS, Voice, fold, story_key, type_of
from djeli.core.clock import Clock
from djeli.core.model import Fact, Story
from djeli.core.ports import Outbox, Store
from djeli.core.words import LANGUAGES

log = logging.getLogger(__name__)

_RECENT, _MOST = 10, 30
_FOUND = 10
_LONGEST = 300  # characters of an argument that are looked at
_HERE = (ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.OWNER)

Context = ContextTypes.DEFAULT_TYPE
Answer = Callable[[Voice, str, Message], Awaitable[list[str]]]


class Commands:
    """Answers /start /help /recent /search /story /why /known /status.

    `chats`, `admins` and `users` (who may ask anywhere) are asked at each command, so the caller may
    change them. `facts` searches what is known; `canonical` writes an address as it is kept; `entity`
    maps a name in any spelling to an id, or to None; `on_return` is called with the id of a chat that
    can be reached again.
    """

    def __init__(
        self,
        store: Store,
        outbox: Outbox,
        *,
        facts: Callable[[str], list[Fact]],
        status: Callable[[], StatusView],
        voice: Callable[[int], Voice],
        chats: Collection[int],
        admins: Collection[int],
        users: Collection[int] = (),
        clock: Clock,
        entity: Callable[[str], str | None] = lambda name: None,
        on_return: Callable[[int], Awaitable[None]] | None = None,
        canonical: Callable[[str], str | None] = lambda url: None,
    ) -> None:
        self._store = store
        self._outbox = outbox
        self._facts = facts
        self._status = status
        self._voice = voice
        self._chats = chats
        self._admins = admins
        self._users = users
        self._clock = clock
        self._entity = entity
        self._on_return = on_return
        self._canonical = canonical
        self.strangers = 0  # messages of strangers since the start

    def install(self, application: AnyApplication) -> None:
        """Add the handlers to the application."""
        answers: dict[str, Answer] = {
            "start": self._start,
            "help": self._help,
            "recent": self._recent,
            "search": self._search,
            "story": self._story,
            "why": self._why,
            "known": self._known,
            "status": self._state,
        }
        for name, answer in answers.items():
            application.add_handler(CommandHandler(name, self._guarded(answer), filters.UpdateType.MESSAGE))
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

    def _may_ask(self, update: Update) -> bool:
        chat, user = update.effective_chat, update.effective_user
        if chat and chat.id in self._chats:
            return True
        return bool(user and (user.id in self._admins or user.id in self._users))

    def _guarded(self, answer: Answer) -> Callable[[Update, Context], Coroutine[Any, Any, None]]:
        async def handle(update: Update, context: Context) -> None:
            message = update.effective_message
            if message is None:
                return
            voice = self._voice(message.chat_id)
            if not self._may_ask(update):
                self.strangers += 1
                return
            words = " ".join(context.args or [])[:_LONGEST]
            try:
                blocks = await answer(voice, words, message)
            except Exception:
                log.exception("a command could not be answered")
                blocks = [voice.say("failed")]
            await _reply(BotMessenger(context.bot), message, blocks)

        return handle

    async def _moved(self, update: Update, context: Context) -> None:
        """The bot was added, removed, blocked or unblocked somewhere."""
        change = update.my_chat_member
        if change is None or change.new_chat_member.status not in _HERE:
            return
        if self._on_return and self._may_ask(update):
            await self._on_return(change.chat.id)

    # ----------------------------------------------------------------------------------- answers

    async def _start(self, voice: Voice, words: str, message: Message) -> list[str]:
        if self._on_return:
            await self._on_return(message.chat_id)
        return replies.start(voice, message.chat_id)

    async def _help(self, voice: Voice, words: str, message: Message) -> list[str]:
        return replies.help_(voice)

    async def _recent(self, voice: Voice, words: str, message: Message) -> list[str]:
        return replies.recent(await asyncio.to_thread(self._find_recent, voice, words), voice)

    def _find_recent(self, voice: Voice, words: str) -> list[Story]:
        """Arguments in any order: a number, a type in any language, a name."""
        limit, type_id, names = _RECENT, None, []
        for word in words.split():
            if word.isdecimal():
                limit = max(1, min(int(word), _MOST))
            elif found := type_of(word, voice):
                type_id = found
            else:
                names.append(word)
        entity = self._entity(" ".join(names)) if names else None
        if names and entity is None:  # the whole may be a type of several words
            whole = type_of(" ".join(names), voice)
            if whole is None:
                return []
            type_id = whole
        return self._store.recent(limit, type=type_id, entity=entity)

    async def _search(self, voice: Voice, words: str, message: Message) -> list[str]:
        wanted = [fold(word) for word in words.split()]
        if not wanted:
            return [html.escape(voice.say("usage_search"))]
        lines = await asyncio.to_thread(self._store.search, wanted, _FOUND)
        return replies.search(lines, words, voice)

    async def _story(self, voice: Voice, words: str, message: Message) -> list[str]:
        if not words:
            return [html.escape(voice.say("usage_story"))]
        story_id = story_key(words)
        found = await asyncio.to_thread(self._store.story, story_id)
        deliveries = await asyncio.to_thread(self._outbox.deliveries, story_id) if found else []
        return replies.story(found, deliveries, story_id, voice)

    async def _why(self, voice: Voice, words: str, message: Message) -> list[str]:
        key = story_key(words) or _linked(message.reply_to_message)
        if not key:
            return [html.escape(voice.say("usage_why"))]
        found = await asyncio.to_thread(self._store.why, key, self._canonical(key) or key)
        return replies.why(found.lines, key, voice, found)

    async def _known(self, voice: Voice, words: str, message: Message) -> list[str]:
        if not words:
            return [html.escape(voice.say("usage_known"))]
        facts = await asyncio.to_thread(self._facts, words)
        return replies.known(facts[:_FOUND], words, voice)

    async def _state(self, voice: Voice, words: str, message: Message) -> list[str]:
        view = await asyncio.to_thread(self._status)
        return replies.status(view, self._clock(), voice)


def _linked(message: Message | None) -> str:
    """The first link of the message that was answered: /why as a reply to a card."""
    if message is None:
        return ""
    return next((entity.url for entity in message.entities if entity.url), "")


async def _reply(messenger: Messenger, message: Message, blocks: Sequence[str]) -> None:
    """Answer in the chat and topic of the question, in a group as a reply to it."""
    thread = message.message_thread_id if message.is_topic_message else None
    reply_to = message.message_id if message.chat_id < 0 else None
    for part in html.split(blocks):
        outcome = await messenger.send(message.chat_id, part, html=True, thread=thread, reply_to=reply_to)
        if outcome.became is Became.REJECTED:
            text = html.plain(part)[: html.LIMIT_UNITS // 2]
            outcome = await messenger.send(
                message.chat_id, text, html=False, thread=thread, reply_to=reply_to
            )
        if outcome.became is not Became.SENT:
            log.warning("a reply could not be sent (%s): %s", outcome.became, outcome.detail)
            return
