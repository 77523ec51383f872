"""Whose turn it is: many feeds on their way at once, of one host only a few, and work done in portions.

Everything here lives in one event loop and knows nothing of feeds.
"""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict, deque
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

Path = Callable[[], Coroutine[Any, Any, None]]
_Queue = tuple[str, bool]  # host, doubtful
T = TypeVar("T")
R = TypeVar("R")

_KNOWN_HOSTS = 1000  # whose last turn is remembered before those that are long past are forgotten


@dataclass(frozen=True, slots=True)
class Manners:
    """How many at once, and how gently with one host."""

    looks: int = 20  # being fetched at a time, twice the connections, so that none stands idle
    doubtful: int = 6  # of these: feeds that failed or are new, so that connections are left for the others
    per_host: int = 2
    on_the_way: int = 100  # feeds between their look and their last article: what memory is bounded by
    pause: float = 0.5  # seconds between two beginnings at one host; none for the operator's own machines
    portion: int = 50  # feeds compared or judged together
    gather: float = 1.0  # seconds that a feed waits for others to be compared with
    order: float = 10.0  # seconds that read articles wait for others, to be judged in order of publication
    notice: float = 60.0  # seconds that first looks and storms wait for others, to be told in one notice


def host_of(url: str) -> str:
    """The host of an address in lower case; "" when there is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


class Turns:
    """Lets one path after another begin, the hosts in turn, so that a slow one only waits for itself.

    A path holds one of its host's places from its beginning until `looked`. Doubtful ones begin after
    the others, and never take all places. `on_end` is called whenever a path has ended.
    """

    def __init__(self, manners: Manners, on_end: Callable[[], None]) -> None:
        self._manners, self._on_end = manners, on_end
        self._waiting: dict[_Queue, deque[tuple[_Crowd, Path]]] = {}
        # Hosts with a free place and somebody waiting, in turn: with paths in no doubt, and with the others.
        self._order: tuple[OrderedDict[str, None], ...] = (OrderedDict(), OrderedDict())
        self._at_host: Counter[str] = Counter()
        self._tasks: dict[asyncio.Task[None], _Crowd] = {}
        self._next: dict[str, float] = {}  # of the loop's clock: when a host may be asked again
        self.looking = 0
        self._doubted = 0  # of these

    @property
    def on_the_way(self) -> int:
        """Paths that have begun and not ended."""
        return len(self._tasks)

    async def follow(self, paths: Iterable[tuple[str, bool, Path]]) -> None:
        """Follow every path to its end; each comes with its host and whether it is doubtful.

        The first error ends the others.
        """
        crowd = _Crowd()
        for host, doubtful, path in paths:
            crowd.left += 1
            self._waiting.setdefault((host, doubtful), deque()).append((crowd, path))
            self._may_begin(host)
        self._begin()
        if not crowd.left:
            return
        try:
            await crowd.ended
        except BaseException:
            await self._forget(crowd)
            raise

    def looked(self, host: str, doubtful: bool = False) -> None:
        """The look is over: its place is another's."""
        self.looking -= 1
        self._doubted -= doubtful
        self._free(host)

    @contextmanager
    def staying(self, host: str) -> Iterator[None]:
        """Reading pages: no further look begins at a host that is busy enough with its pages."""
        self._at_host[host] += 1
        try:
            yield
        finally:
            self._free(host)

    def _free(self, host: str) -> None:
        self._at_host[host] -= 1
        if not self._at_host[host]:
            del self._at_host[host]
        self._may_begin(host)
        self._begin()

    async def breath(self, host: str) -> None:
        """Wait until this host may be asked again."""
        if not self._manners.pause or _own(host):
            return
        now = asyncio.get_running_loop().time()
        if len(self._next) > _KNOWN_HOSTS:
            self._next = {name: at for name, at in self._next.items() if at > now}
        at = max(now, self._next.get(host, now))
        self._next[host] = at + self._manners.pause
        if at > now:
            await asyncio.sleep(at - now)

    def _may_begin(self, host: str) -> None:
        """Put the host in the order, if it has a free place and somebody waiting for it."""
        for doubtful, order in enumerate(self._order):
            queue = host, bool(doubtful)
            waiting = self._waiting.get(queue)
            if waiting and self._at_host[host] < self._manners.per_host:
                order[host] = None
            elif waiting is not None and not waiting:
                del self._waiting[queue]

    def _begin(self) -> None:
        """Begin what can begin now, the hosts in turn."""
        limits, (sure, unsure) = self._manners, self._order
        while self.looking < limits.looks and len(self._tasks) < limits.on_the_way:
            doubtful = not sure
            if doubtful and (not unsure or self._doubted >= limits.doubtful):
                return
            host, _ = self._order[doubtful].popitem(last=False)
            queue = self._waiting.get((host, doubtful))
            if not queue or self._at_host[host] >= limits.per_host:
                continue  # taken back, or its place was taken in the other order
            crowd, path = queue.popleft()
            self.looking += 1
            self._doubted += doubtful
            self._at_host[host] += 1
            task = asyncio.get_running_loop().create_task(path())
            self._tasks[task] = crowd
            task.add_done_callback(self._ended)
            self._may_begin(host)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.pop(task).one_ended(task)
        self._begin()
        self._on_end()

    async def _forget(self, crowd: _Crowd) -> None:
        """Nothing of this crowd begins any more, and what is on its way is broken off."""
        for name, queue in list(self._waiting.items()):
            self._waiting[name] = deque(one for one in queue if one[0] is not crowd)
            self._may_begin(name[0])
        tasks = [task for task, theirs in self._tasks.items() if theirs is crowd]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class _Crowd:
    """The paths that somebody waits for together."""

    def __init__(self) -> None:
        self.left = 0
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def one_ended(self, task: asyncio.Task[None]) -> None:
        self.left -= 1
        error = asyncio.CancelledError() if task.cancelled() else task.exception()
        if self.ended.done():
            return
        if isinstance(error, asyncio.CancelledError):
            self.ended.cancel()
        elif error is not None:
            self.ended.set_exception(error)
        elif not self.left:
            self.ended.set_result(None)


class Tray(Generic[T, R]):
    """Collects what comes one by one and has it done together: when full, when nobody else can come
    (`alone`), or when the first has waited for `patience` seconds. One portion at a time."""

    def __init__(
        self,
        deed: Callable[[list[T]], Awaitable[Sequence[R]]],
        most: int,
        patience: float,
        alone: Callable[[], bool],
    ) -> None:
        self._deed, self._most, self._patience, self._alone = deed, most, patience, alone
        self._things: list[tuple[T, asyncio.Future[R]]] = []
        self._timer: asyncio.TimerHandle | None = None
        self._doing: asyncio.Task[None] | None = None
        self._in_work = 0

    def __len__(self) -> int:
        return len(self._things) + self._in_work

    async def add(self, thing: T) -> R:
        """Have it done with others; returns what was made of this one."""
        future: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._things.append((thing, future))
        self.stir()
        return await future

    def stir(self) -> None:
        """Look whether it is time."""
        if self._doing or not self._things:
            return
        if len(self._things) >= self._most or self._alone():
            self._start()
        elif self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self._patience, self._start)

    def close(self) -> None:
        """Do no more; the portion in work is broken off."""
        if self._timer:
            self._timer.cancel()
        self._things = []
        if self._doing:
            self._doing.cancel()

    def _start(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
        if self._doing or not self._things:
            return
        portion, self._things = self._things[: self._most], self._things[self._most :]
        self._in_work = len(portion)
        self._doing = asyncio.get_running_loop().create_task(self._do(portion))

    async def _do(self, portion: list[tuple[T, asyncio.Future[R]]]) -> None:
        waiting = [(thing, future) for thing, future in portion if not future.done()]
        try:
            made = await self._deed([thing for thing, _ in waiting])
            for (_, future), one in zip(waiting, made, strict=True):
                if not future.done():
                    future.set_result(one)
        except Exception as error:  # theirs to hear of, each of them
            for _, future in waiting:
                if not future.done():
                    future.set_exception(error)
        finally:
            for _, future in waiting:  # broken off
                future.cancel()
            self._doing, self._in_work = None, 0
            self.stir()


def _own(host: str) -> bool:
    """An address of the operator's own network."""
    try:
        return host == "localhost" or ip_address(host).is_private
    except ValueError:
        return False
