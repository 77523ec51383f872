"""From an item that is seen to a message that Telegram has: half a second, beyond waits on purpose."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from baseline.language import detect
from bot.sender import Sender
from bot.telegram import Telegram
from djeli.app import wiring
from djeli.app.config import Config
from djeli.core.clock import utc_now
from djeli.core.model import Chat, Decision, Feed, ReadPages, Watch
from monitors.web import HttpWeb
from tests.bot_samples import owed
from tests.house_fakes import TitleJudge
from tests.store_parts import opened
from tests.telegram_server import TOKEN, TelegramServer
from tests.web_server import WebServer, rss

ITEMS = 40
TOWNS = (
    *("Gao", "Kidal", "Menaka", "Tombouctou", "Mopti", "Ségou", "Kayes", "Sikasso", "Bougouni", "Koutiala"),
    *("Djenné", "Nioro", "Niono", "Tessalit", "Ansongo", "Bandiagara", "Douentza", "Goundam", "Ber", "Kita"),
)
LIMIT = 0.5  # seconds, of 95 in 100
SPEED = 100  # of the sender's clock: a chat gets a message a second, and here they come faster
_BEGUN = time.time()


def hurried() -> datetime:
    return datetime.fromtimestamp(_BEGUN + (time.time() - _BEGUN) * SPEED, UTC)


def p95(seconds: list[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.95)]


@pytest.mark.parametrize("real", [False, True], ids=["small judge", "real judge"])
def test_an_item_that_is_seen_is_with_telegram_within_half_a_second(tmp_path: Path, real: bool) -> None:
    with (
        opened(f"sqlite:///{tmp_path}/djeli.db") as store,
        WebServer() as web,
        TelegramServer(clock=time.monotonic) as server,
    ):
        feed = Feed(web.url("/feed"), "studio_tamani", read=ReadPages.NEVER)
        config = Config(
            path=None,
            database="sqlite://",
            chats=(Chat(42, ("mali-russia",), hourly=1000),),
            watches=(Watch("mali-russia"),),
            feeds=(feed,),
            tell_first_look=True,
            allow_private=("127.0.0.0/8",),
        )
        knowledge = wiring.load_knowledge()
        house = wiring.furnish(config, knowledge) if real else wiring.furnish(config, knowledge, TitleJudge)
        delays: list[float] = []

        async def main() -> None:
            press = HttpWeb(detect, config.allow_private)
            cycle = house.cycle(press, store)
            telegram = Telegram(TOKEN, server.base_url, clock=hurried)
            sender = Sender(store, telegram.messenger, hurried)
            store.on_owed = lambda: loop.call_soon_threadsafe(sender.wake)
            loop, stop = asyncio.get_running_loop(), asyncio.Event()
            running = asyncio.create_task(sender.run(stop))
            for number in range(ITEMS):
                publish(web, number, *(attack(number) if real else tanks(number)))
                before = len(server.messages)
                done = await cycle.round([feed])
                if {Decision.ALERT, Decision.UPDATE}.isdisjoint(done.decisions) or not number:
                    continue  # the first one waits until the rules are loaded
                await asyncio.to_thread(server.wait_for, lambda n=before: len(server.messages) > n)
                delays.append(server.messages[before]["at"] - seen(web))
                await asyncio.sleep(1.5 / SPEED)
            stop.set()
            sender.wake()
            await running
            cycle.close()
            await telegram.close()
            await press.aclose()

        asyncio.run(main())
        assert len(delays) > ITEMS / 2
        print(f"p50 {sorted(delays)[len(delays) // 2]:.3f} s, p95 {p95(delays):.3f} s")
        assert p95(delays) <= LIMIT, sorted(delays)


def tanks(number: int) -> tuple[str, str]:
    """What the small judge takes for news."""
    title = f"new tanks in Mali, number {number}"
    return title, title


def attack(number: int) -> tuple[str, str]:
    """What the real judge takes for news: an attack or an agreement, elsewhere each time; of 250 words."""
    town, day = TOWNS[number % len(TOWNS)], f"{datetime.now(UTC):%d %B %Y}"
    attacked = "Attack on an army post kills {n} soldiers in {town}"
    delivered = "Russia delivers {n} armoured vehicles to the Malian army in {town}"
    what = attacked if number < len(TOWNS) else delivered
    title = what.format(n=number + 7, town=town)
    lead = f"{title} in Mali on {day}, the governor of the region said."
    rest = " ".join(
        ["It was a calm market day until then, and trucks went on to the river port as usual."] * 12
    )
    return title, f"{lead} {rest}"


def publish(web: WebServer, number: int, title: str, text: str) -> None:
    day = format_datetime(datetime.now(UTC) - timedelta(minutes=1))
    item = {"title": title, "link": web.url(f"/{number}"), "description": text, "pubDate": day}
    web.serve("/feed", rss(item, language="en"))


def seen(web: WebServer) -> float:
    """When the feed with the item had been asked for; the answer takes a moment more."""
    return web.asked("/feed")[-1].at


def test_what_waited_for_its_time_leaves_within_half_a_second_of_it(tmp_path: Path) -> None:
    with opened(f"sqlite:///{tmp_path}/djeli.db") as store, TelegramServer(clock=time.time) as server:
        due = [utc_now() + timedelta(seconds=0.4 + number / 10) for number in range(10)]
        store.owe(
            [owed(chat, "news", story="S1", not_before=at) for chat, at in enumerate(due, 100)], utc_now()
        )

        async def main() -> None:
            telegram = Telegram(TOKEN, server.base_url, clock=utc_now)
            stop = asyncio.Event()
            running = asyncio.create_task(Sender(store, telegram.messenger, utc_now).run(stop))
            await asyncio.to_thread(server.wait_for, lambda: len(server.messages) == len(due))
            stop.set()
            await running
            await telegram.close()

        asyncio.run(main())
        late = [m["at"] - due[m["chat_id"] - 100].timestamp() for m in server.messages]
        assert min(late) >= 0
        assert p95(late) <= LIMIT, sorted(late)
