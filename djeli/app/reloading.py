"""A changed configuration takes effect while the service runs; a bad one changes nothing.

    files changed and at rest → read and checked (in a thread) → taken over between two articles

The files are looked at, not listened to: that works on every file system, in containers and over networks.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path

from bot import reloads
from bot.words import Voice
from djeli.app import wiring
from djeli.app.config import Config, named_files
from djeli.app.roster import Roster
from djeli.app.wiring import House
from djeli.core.errors import ConfigError, DjeliError
from djeli.core.model import Alert, Chat

log = logging.getLogger("djeli.reloading")

LOOK = 0.5  # seconds between two looks at the files; at rest means: the same at two of them
_AFTER_ERROR = 10.0
# What a process is built on from its start; every other key takes effect at once.
AT_START = {"database": "database", "token_file": "[telegram] token_file"}

Stamp = tuple[int, ...] | None  # of one file: when it was changed, its size, its place on the disk


class Current:
    """The house and the roster in force; what outlives a change of the configuration asks it each time."""

    def __init__(self, house: House, roster: Roster) -> None:
        self.house, self.roster = house, roster
        self.chats = Live(lambda: self.roster.ids)
        self.admins = Live(lambda: self.roster.admins)
        self.users = Live(lambda: self.roster.users)

    @property
    def config(self) -> Config:
        """The configuration in force."""
        return self.house.config

    def language(self, chat: int) -> str:
        """The language in which a chat is spoken to."""
        return self.roster.language(chat)

    def voice(self, chat: int) -> Voice:
        """How a chat is spoken to."""
        return self.house.voices[self.language(chat)]


class Live(Collection[int]):
    """Ids as they are at each moment: the chats that are told, the admins, who may ask."""

    def __init__(self, ids: Callable[[], Collection[int]]) -> None:
        self._ids = ids

    def __contains__(self, one: object) -> bool:
        return one in self._ids()

    def __iter__(self) -> Iterator[int]:
        return iter(tuple(self._ids()))

    def __len__(self) -> int:
        return len(self._ids())


@dataclass(frozen=True, slots=True)
class News:
    """What an admin hears of the configuration: its faults, that it is mended, what needs a restart."""

    faults: tuple[str, ...] = ()
    mended: bool = False
    at_start: tuple[str, ...] = ()


def notices(
    news: News, house: House, told: Sequence[Chat], now: datetime, admins: Collection[int] | None = None
) -> tuple[Alert, ...]:
    """The message for the admins, whose own chats have their ids; for the first chat without any admin."""
    config = house.config
    chats = [Chat(id_, ()) for id_ in (config.admins if admins is None else admins)] or told[:1]
    voice = house.voices[config.language]
    if news.faults:
        parts = reloads.refused(news.faults, voice)
    else:
        parts = reloads.accepted(news.mended, news.at_start, voice)
    about = f"notice:configuration {now.isoformat()}"  # owed once
    return tuple(
        Alert(chat.id, "notice", part.html, part.plain, story=about, part=number, thread=chat.thread)
        for chat in chats
        for number, part in enumerate(parts)
    )


class Reloading:
    """Looks after the files of the configuration of a service that runs.

    `take` puts a new house in the place of the old; what it raises is tried again. `tell` lets the
    admins know; a file that stays bad is told once, and so is that it is mended.
    """

    def __init__(
        self,
        current: Current,
        take: Callable[[House], Awaitable[None]],
        tell: Callable[[News], Awaitable[None]],
        pause: float = LOOK,
    ) -> None:
        self._current, self._take, self._tell, self._pause = current, take, tell, pause
        self._read: dict[Path, Stamp] | None = None  # the files as they were last read
        self._seen: dict[Path, Stamp] | None = None  # as they were at the last look
        self._named: tuple[Path, ...] = ()  # by the file as it is: one that is refused may lack one of them
        self._refused = False
        self._waiting: tuple[str, ...] = ()  # keys told to need a restart

    async def run(self) -> None:
        """Look again and again, until cancelled; the default beat has no file to look at."""
        while self._current.config.path:
            pause = self._pause
            try:
                await self.look()
            except Exception:  # a full disk, a bug: a later look tries again
                log.exception("the configuration could not be taken over")
                pause = _AFTER_ERROR
            await asyncio.sleep(pause)

    async def look(self) -> None:
        """One look: read what has changed since it was read and is at rest, and take it over."""
        files = dict.fromkeys((*_files(self._current.config), *self._named))
        seen = await asyncio.to_thread(_stamps, files)
        at_rest, self._seen = seen == self._seen, seen
        if not at_rest or seen == self._read:
            return
        self._named = await asyncio.to_thread(named_files, self._current.config.path)
        try:
            house = await asyncio.to_thread(wiring.reopened, self._current.house)
        except DjeliError as error:
            await self._refuse(error.faults if isinstance(error, ConfigError) else [str(error)])
        except Exception as error:  # nothing that stands in a file may end the service
            log.exception("the configuration broke its reader")
            await self._refuse([f"cannot be read: {type(error).__name__}"])
        else:
            await self._accept(house)
        self._read = seen

    async def _refuse(self, faults: Sequence[str]) -> None:
        for fault in faults:
            log.error("the configuration is refused, the last good one stays in force: %s", fault)
        if not self._refused:
            await self._tell(News(faults=tuple(faults)))
        self._refused = True

    async def _accept(self, house: House) -> None:
        wanted, running = house.config, self._current.config
        at_start = tuple(
            key for name, key in AT_START.items() if getattr(wanted, name) != getattr(running, name)
        )
        house = wiring.lasting(house, running)
        if house.knowledge is not self._current.house.knowledge or house.config != running:
            await self._take(house)
            log.info("the configuration has changed: %s", changes(running, house.config))
            for note in house.config.notes:
                log.warning("%s", note)
        if at_start:
            log.warning("changed, but in force only from the next start: %s", ", ".join(at_start))
        told = at_start if at_start != self._waiting else ()
        if self._refused or told:
            await self._tell(News(mended=self._refused, at_start=told))
        self._refused, self._waiting = False, at_start


def changes(old: Config, new: Config) -> str:
    """What differs between two configurations, in one line for the log."""
    said = []
    for name, key in (("watches", "name"), ("chats", "id"), ("feeds", "url")):
        before = {getattr(one, key): one for one in getattr(old, name)}
        after = {getattr(one, key): one for one in getattr(new, name)}
        parts = [
            *_counted("new", after.keys() - before.keys()),
            *_counted("gone", before.keys() - after.keys()),
            *_counted("changed", [one for one in after.keys() & before.keys() if after[one] != before[one]]),
        ]
        if parts:
            said.append(f"{name} ({', '.join(parts)})")
        elif list(before) != list(after):
            said.append(f"{name} (order)")
    listed = ("path", "watches", "chats", "feeds", "notes")
    rest = [f.name for f in fields(Config) if f.name not in listed]
    said += [name for name in rest if getattr(old, name) != getattr(new, name)]
    return ", ".join(said) or "facts of your own"


def _counted(word: str, names: Iterable[object]) -> list[str]:
    """`2 new`, or the name where there is only one."""
    found = sorted(map(str, names))
    if not found:
        return []
    return [f"{word} {found[0]}" if len(found) == 1 else f"{len(found)} {word}"]


def _files(config: Config) -> list[Path]:
    return [*([config.path] if config.path else []), *config.baseline_files]


def _stamps(files: Iterable[Path]) -> dict[Path, Stamp]:
    return {path: _stamp(path) for path in files}


def _stamp(path: Path) -> Stamp:
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino, found.st_dev)
