"""A configuration changed under the running service: real feeds, judge and store, a strict Bot API."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from baseline.watch_words import LARGEST_SUM, read_word
from djeli.app import jobs, wiring
from djeli.app.config import Config
from djeli.app.jobs import Clockwork, DigestRound
from djeli.app.reloading import Current, News, Reloading, changes
from djeli.app.wiring import House
from djeli.core.model import Chat, Feed, FeedCursor, Watch
from storage.store import SqlStore, open_store
from tests.acceptance_desk import ADMIN, CHAT, Desk, convoy, day, football, reactor_in_russian
from tests.acceptance_desk import News as Report
from tests.hostile_words import HOSTILE
from tests.living_service import Service, configure
from tests.telegram_server import TelegramServer
from tests.web_server import WebServer

AT_ONCE = 5.0  # seconds within which a change has to be in force


def at_once() -> float:
    """The same where as much else runs beside this as there is now."""
    return AT_ONCE * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


MORE = '[[feed]]\nurl = "{url}"\noutlet = "a new paper"\nread = "all"\n\n[monitor]'


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with WebServer() as web, TelegramServer() as telegram:
        desk = Desk(tmp_path, web, telegram)
        configure(desk)
        desk.publish("/wire")
        desk.publish("/paper")
        yield desk


def attack(place: str, number: int) -> Report:
    text = (
        f"Jihadists of JNIM attacked an army post near {place} in Mali on {day('en')}, killing "
        f"{number + 3} soldiers, the Malian army said.\n\nThey burned {number + 2} vehicles."
    )
    return Report(f"/attack-{number}", f"Mali: JNIM attack on the army post of {place}", text)


def test_a_changed_watch_is_in_force_within_five_seconds_and_nothing_is_lost_or_repeated(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "djeli")
    places = ["Ménaka", "Tessalit", "Kidal", "Bandiagara", "Niono"]
    reports = [attack(place, number) for number, place in enumerate(places)]

    def publish(number: int) -> None:
        desk.publish("/wire", convoy(), football(), *reports[:number])

    async def script(running: Service) -> None:
        publish(0)
        await running.until(lambda: running.told("Delivery · arrived"))
        publish(2)
        await running.until(lambda: running.seen(reports[1].path))
        configure(desk, ('"delivery", "coup"', '"delivery", "coup", "attack"'))
        publish(4)  # while the file is being taken over: judged by the old watch or by the new one
        took = await running.until(lambda: "watches (changed mali-russia)" in caplog.text)
        assert took < at_once()
        publish(5)
        await running.until(lambda: running.told(places[4]))

    service_ = Service(desk)
    service_.live(script)
    with closing(open_store(desk.database)) as store:
        kept = list(store.judgements(datetime.max.replace(tzinfo=UTC)))
    expected = {desk.web.url(one.path): 1 for one in [convoy(), football(), *reports]}
    assert Counter(one.article.url for one in kept) == expected
    pushed = {one.article.url for one in kept if one.decision == "alert"}
    assert len(desk.texts()) == len(pushed) == len(set(desk.texts()))
    for number, place in enumerate(places):
        assert service_.told(place) == (desk.web.url(f"/attack-{number}") in pushed)
    assert not service_.told(places[0]) + service_.told(places[1])  # from before the change: not told again
    assert service_.told(places[4])


def test_a_new_feed_is_asked_and_a_removed_chat_is_silent_without_a_restart(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "djeli")

    async def script(running: Service) -> None:
        await running.until(lambda: running.store.cursor(desk.web.url("/paper")).first_look_done)
        desk.publish("/new", reactor_in_russian(), language="ru")
        more = MORE.format(url=desk.web.url("/new"))
        configure(
            desk, ("[monitor]", more), (f"id = {CHAT}", "id = 77"), ("# quiet", 'quiet = "03:00-03:01"')
        )
        took = await running.until(lambda: running.told("Agreement · signed", 77))
        assert took < 2 * at_once()
        assert not desk.texts(CHAT)
        desk.telegram.push_command(77, 77, "/start")
        await running.until(lambda: running.told("77", 77) or len(desk.texts(77)) > 1)

    Service(desk).live(script)
    assert "feeds (new" in caplog.text


def test_a_bad_file_is_told_the_admin_once_and_so_is_that_it_is_mended(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "djeli")

    async def script(running: Service) -> None:
        configure(desk, ("exclude", "excludes"))
        assert await running.until(lambda: running.told("has mistakes (1)", ADMIN)) < at_once()
        assert running.told("unknown key 'excludes'", ADMIN) == 1
        (desk.folder / "djeli.toml").write_text("[[[", encoding="utf-8")  # still bad: it was told
        await running.until(lambda: "is not valid TOML" in caplog.text)
        (desk.folder / "djeli.toml").unlink()
        await running.until(lambda: "there is no such file" in caplog.text)
        desk.publish("/wire", convoy())  # the last good one is in force
        await running.until(lambda: running.told("Delivery · arrived"))
        configure(desk, ("# thread", "thread = 7"))
        assert await running.until(lambda: running.told("in order again", ADMIN)) < at_once()
        await asyncio.sleep(1.2)

    Service(desk).live(script)
    assert len(desk.texts(ADMIN)) == 2
    assert "chats (changed" in caplog.text


def test_what_needs_a_restart_is_said_and_the_rest_takes_effect(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "djeli")
    other = f'database = "sqlite:///{desk.folder}/other.db"'

    async def script(running: Service) -> None:
        configure(desk, ("# database", f"{other} #"), ('"delivery", "coup"', '"delivery"'))
        await running.until(lambda: running.told("only after a restart of Djeli: database", ADMIN))
        assert "watches (changed mali-russia)" in caplog.text
        desk.publish("/wire", convoy())
        await running.until(lambda: running.told("Delivery · arrived"))

    Service(desk).live(script)
    assert not (desk.folder / "other.db").exists()
    assert len(desk.texts(ADMIN)) == 1


def test_hostile_words_neither_stall_nor_break_the_service(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "djeli")
    accepted, size = list[str](), 0
    for word in HOSTILE:
        with contextlib.suppress(ValueError):
            read = read_word(word)
            if size + read.size <= LARGEST_SUM:
                accepted.append(word)
                size += read.size
    assert len(accepted) > 15
    vast = replace(convoy(), path="/vast", text=convoy().text + "\n\n" + "aaaa x á Бамако " * 4000)

    async def script(running: Service) -> None:
        keywords = '"Mali", "Africa Corps", "Wagner"'
        configure(desk, (keywords, json.dumps(HOSTILE, ensure_ascii=False)[1:-1]))
        await running.until(lambda: running.told("has mistakes", ADMIN))
        configure(desk, (keywords, f"{keywords}, {json.dumps(accepted, ensure_ascii=False)[1:-1]}"))
        assert await running.until(lambda: running.told("in order again", ADMIN)) < at_once()
        desk.publish("/wire", vast, football())
        assert await running.until(lambda: running.told("Delivery · arrived")) < 2 * at_once()

    Service(desk).live(script)
    assert not [record for record in caplog.records if record.exc_info]


# ------------------------------------------------------------------------------- one look at a time


class Looks:
    """A reloading whose looks are made by hand; `broken` says what putting it in force raises."""

    def __init__(self, path: Path) -> None:
        house = wiring.open_house(path)
        self.current = Current(house, house.roster(open_store("sqlite://")))
        self.taken: list[Config] = []
        self.news: list[News] = []
        self.broken: Exception | None = None
        self.reloading = Reloading(self.current, self._take, self._tell)

    async def _take(self, house: House) -> None:
        if self.broken:
            raise self.broken
        self.taken.append(house.config)
        self.current.house = house

    async def _tell(self, news: News) -> None:
        self.news.append(news)

    def look(self, times: int = 2) -> None:
        for _ in range(times):
            asyncio.run(self.reloading.look())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "djeli.toml"
    path.write_text('[[watch]]\nname = "a"\nkeywords = ["Mali"]\n', encoding="utf-8")
    return path


def test_a_file_that_is_still_being_written_is_left_until_it_rests(path: Path) -> None:
    looks = Looks(path)
    looks.look()
    assert looks.taken == []  # read again at the start: nothing had changed
    path.write_text('[[watch]]\nname = "a"\nkeywords = ["Ni', encoding="utf-8")
    looks.look(1)
    path.write_text('[[watch]]\nname = "a"\nkeywords = ["Niger"]\n', encoding="utf-8")
    looks.look(1)
    assert (looks.taken, looks.news) == ([], [])
    looks.look(1)
    (taken,) = looks.taken
    assert taken.watches[0].keywords == ("Niger",)
    path.touch()
    looks.look()
    assert len(looks.taken) == 1
    assert looks.news == []


def test_only_the_watches_are_made_anew_when_only_they_have_changed(path: Path) -> None:
    looks = Looks(path)
    before = looks.current.house
    path.write_text('[[watch]]\nname = "a"\nkeywords = ["Niger"]\n', encoding="utf-8")
    looks.look()
    house = looks.current.house
    assert house.knowledge is before.knowledge
    assert house.judge is not before.judge
    assert not before.judge.touches("Burkina", "", "en") or house.judge.touches("Burkina", "", "en")


def test_a_change_that_cannot_be_put_in_force_is_tried_again(path: Path) -> None:
    looks = Looks(path)
    looks.look()
    path.write_text('[[watch]]\nname = "b"\n', encoding="utf-8")
    looks.broken = OSError("the disk is full")
    looks.look(1)
    with pytest.raises(OSError, match="full"):
        looks.look(1)
    looks.broken = None
    looks.look(1)
    assert [watch.name for config in looks.taken for watch in config.watches] == ["b"]


def test_facts_of_ones_own_are_looked_after_too(path: Path) -> None:
    facts = path.with_name("facts.yaml")
    facts.write_text("records: []\n", encoding="utf-8")
    path.write_text('[baseline]\nfiles = ["facts.yaml"]\n', encoding="utf-8")
    looks = Looks(path)
    looks.look()
    assert looks.taken == []
    facts.write_text("records: [{}]\n", encoding="utf-8")
    looks.look()
    assert looks.news[0].faults
    assert all(fault.startswith(str(facts)) for fault in looks.news[0].faults)
    facts.write_text("records: []\n", encoding="utf-8")
    looks.look()
    assert looks.news[1:] == [News(mended=True)]


def test_a_file_of_facts_that_was_missing_mends_the_configuration_when_it_comes(path: Path) -> None:
    looks = Looks(path)
    looks.look()
    path.write_text('[baseline]\nfiles = ["facts.yaml"]\n', encoding="utf-8")
    looks.look()
    assert "facts.yaml: cannot be read" in looks.news[0].faults[0]
    path.with_name("facts.yaml").write_text("records: []\n", encoding="utf-8")
    looks.look()
    looks.look()
    assert looks.news[1:] == [News(mended=True)]
    assert looks.taken[-1].baseline_files == (path.with_name("facts.yaml"),)


def test_the_log_says_what_differs() -> None:
    feed = Feed("https://a.example/feed", "a")
    old = Config(None, "sqlite://", watches=(Watch("a"), Watch("b")), feeds=(feed,), chats=(Chat(1, ("a",)),))
    watches = (Watch("a", ("Mali",)), Watch("c"), Watch("d"))
    new = replace(old, watches=watches, language="fr", admins=(4,), notes=("x",))
    assert changes(old, new) == "watches (2 new, gone b, changed a), language, admins"
    assert changes(old, old) == "facts of your own"


def test_what_a_watch_caught_before_it_was_renamed_is_in_the_next_digest() -> None:
    asked: list[list[str]] = []

    class Noting(SqlStore):
        def digest_lines(self, watches, after, until):
            asked.append(sorted(watches))
            return []

    at = datetime(2027, 2, 9, 6, tzinfo=UTC)
    with closing(open_store("sqlite://")) as plain:
        store = Noting(plain.database)

        def digests(*watches: str) -> DigestRound:
            config = Config(None, "sqlite://", chats=(Chat(5, watches, ("07:00", "18:00")),))
            house = wiring.furnish(config, wiring.load_knowledge())
            return DigestRound(config.chats, house.teller(store), store, store)

        digests("old").owe(at)
        digests("new").note_watches()
        digests("new").owe(at + timedelta(hours=2))
        digests("new").owe(at + timedelta(hours=13))
    assert asked == [["new", "old"], ["new"]]


def test_a_feed_that_is_to_be_asked_more_often_does_not_wait_for_its_old_hour() -> None:
    at = datetime(2027, 2, 9, 6, tzinfo=UTC)
    slow = Feed("https://a.example/feed", "a", timedelta(hours=6))
    failing = Feed("https://b.example/feed", "b", timedelta(hours=6))
    asked: list[dict[str, datetime | None]] = []

    def due(feeds: list[Feed], cursors: object, now: datetime) -> list[Feed]:
        assert isinstance(cursors, dict)
        asked.append({feed.url: cursors[feed.url].next_due for feed in feeds})
        return []

    async def nothing() -> None:
        pass

    async def main(store: SqlStore) -> None:
        config = Config(None, "sqlite://")
        house = wiring.furnish(config, wiring.load_knowledge())
        digests = DigestRound((), house.teller(store), store, store)
        cycle = house.cycle(None, store)  # type: ignore[arg-type]  # it looks at no feed
        clockwork = Clockwork(
            [slow, failing], cycle, digests, store, lambda: at, due, deliver=nothing, beat=dict
        )
        clockwork.remember()
        every = timedelta(minutes=15)
        await clockwork.refurnish([replace(slow, every=every), replace(failing, every=every)], digests)
        await asyncio.sleep(0)
        await clockwork.look()
        await clockwork.stop()

    with closing(open_store("sqlite://")) as store:
        store.configure_feeds([slow, failing])
        later = at + timedelta(hours=5)
        for feed, failures in ((slow, 0), (failing, 3)):
            store.keep(
                jobs.Kept(cursor=FeedCursor(feed.url, next_due=later, failures=failures, looked_at=at)), at
            )
        asyncio.run(main(store))
    assert asked[-1] == {slow.url: at + timedelta(minutes=15), failing.url: later}
