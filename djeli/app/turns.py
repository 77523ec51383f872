"""Whose turn it is: many feeds on their way at once, of one host only a few, and work done in portions.

Everything here lives in one event loop and knows nothing of feeds.
"""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict, deque
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from itertools import accumulate, takewhile
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

Path = Callable[[], Coroutine[Any, Any, None]]
T = TypeVar("T")
R = TypeVar("R")

_KNOWN_HOSTS = 1000  # whose last turn is remembered before those that are long past are forgotten


@dataclass(frozen=True, slots=True)
class Manners:
    """How many at once, and how gently with one host."""

    looks: int = 20  # being fetched at a time, twice the connections, so that none stands idle
    doubtful: int = 6  # of these: feeds that failed or are new, so that connections are left for the others
    per_host: int = 2
    # What memory is bounded by. Of both, those in doubt may take half.
    on_the_way: int = 100  # feeds between their look and their last article
    load: int = 2_000_000  # characters that these have in hand; beyond it none begins
    part: int = 50  # new entries of one feed that are read and judged before its next ones
    pause: float = 0.5  # seconds between two beginnings at one host; none for the operator's own machines
    portion: int = 50  # feeds compared together
    articles: int = 50  # judged together
    gather: float = 1.0  # seconds that a feed waits for others to be compared with
    order: float = 10.0  # seconds that read articles wait for others, to be judged in order of publication
    notice: float = 60.0  # seconds that first looks and storms wait for others, to be told in one notice
    installing: float = (
        600.0  # the same when every feed is new: one message says what the past would have brought
    )


def host_of(url: str) -> str:
    """The host of an address in lower case; "" when there is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


class Turns:
    """Lets one path after another begin, the hosts in turn, so that a slow one only waits for itself.

    A path holds one of its host's places from its beginning until it says `looked`. Doubtful ones begin after
    the others, and never take all places. `on_end` is called whenever a path has ended.
    """

    def __init__(self, manners: Manners, on_end: Callable[[], None]) -> None:
        self._manners, self._on_end = manners, on_end
        # Of paths in no doubt, and of the others: who waits for each host, and the hosts that have a free
        # place and somebody waiting, in turn.
        self._waiting: tuple[_Queues, _Queues] = ({}, {})
        self._order: tuple[OrderedDict[str, None], OrderedDict[str, None]] = (OrderedDict(), OrderedDict())
        self._at_host: Counter[str] = Counter()
        self._tasks: dict[asyncio.Task[None], _Crowd] = {}
        self._doubtful: set[asyncio.Task[None]] = set()  # of these
        self._loads: dict[asyncio.Task[None], int] = {}
        self._load = 0  # of all
        self._places: dict[asyncio.Task[None], tuple[str, bool]] = {}  # of those that are looking
        self._next: dict[str, float] = {}  # of the loop's clock: when a host may be asked again
        self._doubted = 0  # of the places

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
            self._waiting[doubtful].setdefault(host, deque()).append((crowd, path))
            self._may_begin(host)
        self._begin()
        if not crowd.left:
            return
        try:
            await crowd.ended
        except BaseException:
            await self._forget(crowd)
            raise

    @property
    def looking(self) -> int:
        """Paths whose look is not over."""
        return len(self._places)

    def looked(self) -> None:
        """The look of the path that says so is over: its place is another's."""
        task = asyncio.current_task()
        if task in self._places:
            self._leave(task)

    def carries(self, characters: int) -> None:
        """The path that says so has so much text in hand, from now on."""
        task = asyncio.current_task()
        if task in self._tasks:
            self._load += characters - self._loads.get(task, 0)
            self._loads[task] = characters
            self._begin()

    def _leave(self, task: asyncio.Task[Any]) -> None:
        host, doubtful = self._places.pop(task)
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
        if self._at_host[host] >= self._manners.per_host:
            return
        sure, unsure = self._waiting
        if host in sure:
            self._order[False][host] = None
        if host in unsure:
            self._order[True][host] = None

    def _begin(self) -> None:
        """Begin what can begin now, the hosts in turn."""
        sure, unsure = self._order
        while self._has_room():
            doubtful = not sure
            if doubtful and not (unsure and self._has_room_for_doubt()):
                return
            host, _ = self._order[doubtful].popitem(last=False)
            queue = self._waiting[doubtful].get(host)
            if not queue or self._at_host[host] >= self._manners.per_host:
                continue  # taken back, or its place was taken in the other order
            crowd, path = queue.popleft()
            if not queue:
                del self._waiting[doubtful][host]
            self._doubted += doubtful
            self._at_host[host] += 1
            task = asyncio.get_running_loop().create_task(path())
            self._tasks[task], self._places[task] = crowd, (host, doubtful)
            if doubtful:
                self._doubtful.add(task)
            task.add_done_callback(self._ended)
            self._may_begin(host)

    def _has_room(self) -> bool:
        limits = self._manners
        begun = len(self._places) < limits.looks and len(self._tasks) < limits.on_the_way
        return begun and self._load < limits.load

    def _has_room_for_doubt(self) -> bool:
        limits = self._manners
        begun = self._doubted < limits.doubtful and len(self._doubtful) < limits.on_the_way / 2
        return begun and self._load < limits.load / 2

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.pop(task).one_ended(task)
        self._doubtful.discard(task)
        self._load -= self._loads.pop(task, 0)
        if task in self._places:  # broken off before it began, or by an error
            self._leave(task)
        self._begin()
        self._on_end()

    async def _forget(self, crowd: _Crowd) -> None:
        """Nothing of this crowd begins any more, and what is on its way is broken off."""
        for waiting in self._waiting:
            for host, queue in list(waiting.items()):
                left = deque(one for one in queue if one[0] is not crowd)
                waiting[host] = left
                if not left:
                    del waiting[host]
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


_Queues = dict[str, deque[tuple[_Crowd, Path]]]  # by host


class Tray(Generic[T, R]):
    """Collects what comes one by one and has it done together: when full, when nobody else can come
    (`alone`), or when the first has waited for `patience` seconds. One portion at a time.

    A portion takes things until they weigh `most`; each weighs one, unless `weight` knows better.
    """

    def __init__(
        self,
        deed: Callable[[list[T]], Awaitable[Sequence[R]]],
        most: int,
        patience: float,
        alone: Callable[[], bool],
        weight: Callable[[T], int] = lambda _: 1,
    ) -> None:
        self._deed, self._most, self._patience, self._alone = deed, most, patience, alone
        self._weight = weight
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
        if self._is_full() or self._alone():
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
        count = self._first_portion()
        portion, self._things = self._things[:count], self._things[count:]
        self._in_work = len(portion)
        self._doing = asyncio.get_running_loop().create_task(self._do(portion))

    def _is_full(self) -> bool:
        return sum(self._weight(thing) for thing, _ in self._things) >= self._most

    def _first_portion(self) -> int:
        """How many things are taken."""
        weights = accumulate(self._weight(thing) for thing, _ in self._things)
        return sum(1 for _ in takewhile(lambda weight: weight < self._most, weights)) + 1

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


@lru_cache(_KNOWN_HOSTS)
def _own(host: str) -> bool:
    """An address of the operator's own network."""
    try:
        return host == "localhost" or ip_address(host).is_private
    except ValueError:
        return False
