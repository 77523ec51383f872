"""Who is told and who may ask: the configured chats, those that were paired, and what was learnt of both."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from djeli.app.config import Config
from djeli.core.model import Chat, KnownChat
from djeli.core.ports import Chats, Store

PAIRED_DIGEST = ("07:00", "18:00")  # of a chat that was paired, until it stands in the configuration
PAIRED_QUIET = ("22:00", "06:00")


class Roster(Collection[Chat]):
    """The chats as they are now; made anew by `refresh`, which whoever changes them calls.

    A configured chat that became a supergroup has its new number. A paired chat follows every watch
    until it stands in the configuration, which then decides. `/language` goes before the configured
    language.
    """

    def __init__(self, config: Config, store: Store, known: Chats) -> None:
        self._config, self._store, self._known = config, store, known
        self.refresh()

    def refresh(self) -> None:
        """Read again what is remembered."""
        languages = self._store.settings("chat:")
        chats = chats_of(self._config, self._known.known_chats())
        self._chats = {
            chat.id: replace(chat, language=languages.get(language_key(chat.id), chat.language))
            for chat in chats
        }
        self._languages = {key: said for key, said in languages.items() if key.endswith(":language")}
        self.ids: Collection[int] = frozenset(self._chats)
        self.admins = self._known.paired_admins() | frozenset(self._config.admins)
        self.users = self.admins | frozenset(self._config.users)  # who may ask anywhere

    def __iter__(self) -> Iterator[Chat]:
        return iter(tuple(self._chats.values()))

    def __len__(self) -> int:
        return len(self._chats)

    def __contains__(self, chat: object) -> bool:
        return chat in self._chats.values()

    def language(self, chat: int) -> str:
        """The language of any chat, also of one that is told nothing."""
        found = self._chats.get(chat)
        configured = found.language if found else self._config.language
        return self._languages.get(language_key(chat), configured)

    def hourly(self, chat: int) -> int:
        """How many cards a chat gets in an hour at most; what is more comes in one message."""
        found = self._chats.get(chat)
        return found.hourly if found else Chat(chat, ()).hourly

    def set_language(self, chat: int, language: str) -> None:
        """A chat chose its language."""
        self._store.set_setting(language_key(chat), language)
        self.refresh()


def language_key(chat: int) -> str:
    """The setting in which a chat's own choice of language is kept; it moves with the chat."""
    return f"chat:{chat}:language"


def chats_of(config: Config, known: Iterable[KnownChat]) -> tuple[Chat, ...]:
    """The configured chats under their present numbers, then those that were paired. Pure."""
    learnt = {chat.id: chat for chat in known}
    found: dict[int, Chat] = {}
    for chat in config.chats:
        moved = learnt[chat.id].moved_to if chat.id in learnt else None
        now = replace(chat, id=moved or chat.id)
        found.setdefault(now.id, now)
    watches = tuple(watch.name for watch in config.watches)
    for one in learnt.values():
        if one.paired_at is not None:
            paired = Chat(one.id, watches, one.digest, one.quiet, one.thread, config.language)
            found.setdefault(one.id, paired)
    return tuple(found.values())
