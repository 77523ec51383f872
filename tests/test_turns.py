"""Whose turn it is: bounds at once and per host, portions, errors, and a stop in the middle."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from functools import partial

import pytest

from djeli.app.turns import Manners, Tray, Turns, host_of


class Road:
    """Paths that note who is looking, and wait until they are let on."""

    def __init__(self, manners: Manners) -> None:
        self.turns = Turns(manners, on_end=lambda: None)
        self.begun: list[str] = []
        self.now: Counter[str] = Counter()
        self.most: Counter[str] = Counter()
        self.go = asyncio.Event()

    async def path(self, host: str, broken: bool = False) -> None:
        self.begun.append(host)
        self.now.update([host, "all"])
        for name in (host, "all"):
            self.most[name] = max(self.most[name], self.now[name])
        try:
            if broken:
                raise ValueError(host)
            await (self.go.wait() if host == "slow" else asyncio.sleep(0))
        finally:
            self.now.subtract([host, "all"])
            self.turns.looked()

    async def follow(self, *hosts: str) -> None:
        await self.turns.follow((host, False, partial(self.path, host, host == "broken")) for host in hosts)


def run(main: Callable[[], Awaitable[None]]) -> None:
    async def whole() -> None:
        async with asyncio.timeout(10):
            await main()

    asyncio.run(whole())


def test_at_most_so_many_at_once_and_of_one_host_and_a_slow_host_stops_nobody() -> None:
    async def main() -> None:
        road = Road(Manners(looks=4, per_host=2, pause=0))
        all_ = asyncio.create_task(road.follow(*["slow"] * 5, *["a"] * 20, *["b"] * 20))
        for _ in range(200):
            await asyncio.sleep(0)
        assert not all_.done()
        assert Counter(road.begun) == {"slow": 2, "a": 20, "b": 20}
        road.go.set()
        await all_
        assert len(road.begun) == 45
        assert (road.most["slow"], road.most["all"]) == (2, 4)
        assert max(road.most["a"], road.most["b"]) <= 2

    run(main)


def test_the_hosts_have_their_turn_one_after_another() -> None:
    async def main() -> None:
        road = Road(Manners(looks=1, pause=0))
        await road.follow(*["a"] * 3, *["b"] * 3, "c")
        assert road.begun == ["a", "b", "c", "a", "b", "a", "b"]

    run(main)


def test_no_more_are_on_their_way_than_memory_allows() -> None:
    async def main() -> None:
        road, ends = Road(Manners(on_the_way=3, pause=0)), asyncio.Event()

        async def long(host: str) -> None:
            await road.path(host)
            await ends.wait()

        hosts = [f"h{number}" for number in range(9)]
        all_ = asyncio.create_task(road.turns.follow((host, False, partial(long, host)) for host in hosts))
        for _ in range(20):
            await asyncio.sleep(0)
        assert len(road.begun) == road.turns.on_the_way == 3
        ends.set()
        await all_
        assert len(road.begun) == 9

    run(main)


def test_doubtful_paths_begin_last_and_leave_places_for_the_others() -> None:
    async def main() -> None:
        road, ends = Road(Manners(looks=4, doubtful=2, pause=0)), asyncio.Event()

        async def stuck(host: str) -> None:
            road.begun.append(host)
            await ends.wait()
            road.turns.looked()

        hosts = [f"stuck-{number}" for number in range(5)]
        doubted = asyncio.create_task(road.turns.follow((host, True, partial(stuck, host)) for host in hosts))
        await asyncio.sleep(0)
        await road.follow("a", "b", "stuck-0", "stuck-0")  # a host may have feeds of both kinds
        assert road.begun[:2] == hosts[:2]
        assert sorted(road.begun[2:]) == ["a", "b", "stuck-0", "stuck-0"]
        ends.set()
        await doubted
        assert Counter(road.begun) == {"a": 1, "b": 1, **dict.fromkeys(hosts, 1), "stuck-0": 3}

    run(main)


def test_what_is_in_hand_is_bounded_and_those_in_doubt_have_half_of_it() -> None:
    async def main() -> None:
        road, ends = Road(Manners(load=100, on_the_way=8, doubtful=8, pause=0)), asyncio.Event()

        async def carrying(host: str, characters: int) -> None:
            await road.path(host)
            road.turns.carries(10 * characters)
            road.turns.carries(characters)  # what was in hand before does not count any more
            await ends.wait()

        async def begin(doubtful: bool, *paths: tuple[str, int]) -> asyncio.Task[None]:
            ways = ((host, doubtful, partial(carrying, host, size)) for host, size in paths)
            task = asyncio.create_task(road.turns.follow(ways))
            for _ in range(20):
                await asyncio.sleep(0)
            return task

        tasks = [await begin(True, ("a", 50), ("b", 1))]
        assert road.begun == ["a", "b"]
        tasks += [await begin(True, ("c", 1)), await begin(False, ("d", 60))]
        assert road.begun == ["a", "b", "d"]
        tasks += [await begin(False, ("e", 1))]
        assert road.begun == ["a", "b", "d"]
        ends.set()
        await asyncio.gather(*tasks)
        assert sorted(road.begun) == ["a", "b", "c", "d", "e"]
        assert road.turns.on_the_way == 0

    run(main)


def test_those_in_doubt_are_at_most_half_of_those_on_their_way() -> None:
    async def main() -> None:
        road, ends = Road(Manners(on_the_way=4, pause=0)), asyncio.Event()

        async def long(host: str) -> None:
            await road.path(host)
            await ends.wait()

        doubted = asyncio.create_task(
            road.turns.follow((f"x{n}", True, partial(long, f"x{n}")) for n in range(5))
        )
        for _ in range(20):
            await asyncio.sleep(0)
        assert road.begun == ["x0", "x1"]
        await road.follow("a", "b", "c")
        assert road.begun[2:] == ["a", "b", "c"]
        ends.set()
        await doubted
        assert len(road.begun) == 8

    run(main)


def test_a_host_busy_with_pages_is_not_looked_at_further() -> None:
    async def main() -> None:
        road = Road(Manners(per_host=1, pause=0))
        with road.turns.staying("a"):
            all_ = asyncio.create_task(road.follow("a", "b"))
            for _ in range(20):
                await asyncio.sleep(0)
            assert road.begun == ["b"]
        await road.turns.follow([("c", False, partial(road.path, "c"))])
        await all_
        assert sorted(road.begun) == ["a", "b", "c"]

    run(main)


def test_the_first_error_ends_its_own_crowd_only() -> None:
    async def main() -> None:
        road = Road(Manners(pause=0))
        others = asyncio.create_task(road.follow("slow", "a"))
        await asyncio.sleep(0)
        with pytest.raises(ValueError, match="broken"):
            await road.follow("slow", *["broken"] * 5)
        assert not others.done()
        road.go.set()
        await others
        assert road.turns.on_the_way == road.turns.looking == 0

    run(main)


def test_a_stop_breaks_off_what_is_on_its_way_and_begins_nothing() -> None:
    async def main() -> None:
        road = Road(Manners(per_host=1, pause=0))
        all_ = asyncio.create_task(road.follow("slow", "slow"))
        await asyncio.sleep(0.01)
        all_.cancel()
        with pytest.raises(asyncio.CancelledError):
            await all_
        assert road.begun == ["slow"]
        early = asyncio.create_task(road.follow("slow"))
        await asyncio.sleep(0)
        early.cancel()
        await asyncio.gather(early, return_exceptions=True)
        assert road.turns.on_the_way == road.turns.looking == 0

    run(main)


def test_one_host_is_given_time_to_breathe_and_the_machines_own_are_not() -> None:
    async def main() -> None:
        turns, loop = Turns(Manners(pause=0.02), on_end=lambda: None), asyncio.get_running_loop()
        start = loop.time()
        for host in ("127.0.0.1", "localhost", "10.0.0.1", "a.example", "b.example"):
            await turns.breath(host)
        for _ in range(3):
            await turns.breath("a.example")
        assert loop.time() - start >= 0.06

    run(main)


def test_a_tray_is_emptied_when_full_when_nobody_else_comes_or_after_a_while() -> None:
    async def main() -> None:
        portions: list[list[int]] = []
        alone = False

        async def double(things: list[int]) -> list[int]:
            portions.append(things)
            return [2 * thing for thing in things]

        tray = Tray(double, most=3, patience=0.05, alone=lambda: alone)
        assert await asyncio.gather(*(tray.add(number) for number in range(4))) == [0, 2, 4, 6]
        assert portions == [[0, 1, 2], [3]]
        alone = True
        assert await tray.add(4) == 8
        assert not len(tray)

    run(main)


def test_a_portion_is_as_heavy_as_it_may_be_and_no_thing_waits_for_ever_because_it_is_heavy() -> None:
    async def main() -> None:
        portions: list[list[int]] = []

        async def deed(things: list[int]) -> list[int]:
            portions.append(things)
            return things

        tray = Tray(deed, most=10, patience=0.02, alone=lambda: False, weight=lambda thing: thing)
        await asyncio.gather(*(tray.add(number) for number in (4, 4, 4, 50, 0, 9, 3)))
        assert portions == [[4, 4, 4], [50], [0, 9, 3]]

    run(main)


def test_what_breaks_a_portion_is_told_to_each_of_it_and_to_nobody_else() -> None:
    async def main() -> None:
        async def deed(things: list[int]) -> list[int]:
            if 0 in things:
                raise OSError("disk full")
            return things

        tray = Tray(deed, most=2, patience=0.01, alone=lambda: False)
        ends = await asyncio.gather(*(tray.add(number) for number in range(3)), return_exceptions=True)
        assert [type(end) for end in ends] == [OSError, OSError, int]

    run(main)


@pytest.mark.parametrize(
    ("url", "host"),
    [("https://A.example:8080/feed", "a.example"), ("nothing", ""), ("http://[broken/", "")],
)
def test_the_host_of_an_address(url: str, host: str) -> None:
    assert host_of(url) == host
