"""Weekly pictures and what is pending: what is on them, that they arrive once, and when."""

from __future__ import annotations

import asyncio
import os
import struct
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot import chart, drawing
from bot.digests import digest
from bot.sender import Sender
from bot.telegram import Telegram
from djeli.app import durations
from djeli.app.charts import ChartRound, Charts
from djeli.app.hours import last_chart_hour
from djeli.core.errors import JobFailed
from djeli.core.model import Alert, Chat, Decision, DigestLine, OutboxState, Realis, Span
from djeli.core.ports import Kept
from djeli.core.words import LANGUAGES
from storage.store import SqlStore
from tests.bot_samples import NOW, fact, voice
from tests.store_parts import KINDS, alert, article, judgement, mention, opened, ready_address, verdict
from tests.telegram_html import accept
from tests.telegram_server import TOKEN, TelegramServer

MONDAY = datetime(2027, 2, 8, 9, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 200
ZONE = ZoneInfo("Africa/Bamako")


def line(kind: str = "delivery", day: int = 0, decision: Decision = Decision.ALERT) -> DigestLine:
    at = MONDAY + timedelta(days=day)
    return DigestLine("S1", kind, decision, "Title", "https://a.example/1", "tass", "", at)


WEEK = (date(2027, 2, 8), date(2027, 2, 14))


def test_a_picture_has_a_row_for_each_type_and_a_dot_for_each_day() -> None:
    told = [line(), line(), line("coup", 2), line(day=6, decision=Decision.UPDATE)]
    shown = chart.picture(told, *WEEK, voice("ru"))
    assert [label for label, _ in shown.rows] == ["Поставка · 3", "Переворот · 1"]
    assert shown.rows[0][1] == (chart.Dot(0, 2, 0), chart.Dot(6, 0, 1))
    assert shown.days == 7
    assert shown.ticks[0] == (0, "8 фев.")
    assert "8–14 февраля 2027" in shown.title


def test_many_types_share_the_last_row_and_many_weeks_few_ticks() -> None:
    told = [line(f"type_{number}", number % 50) for number in range(25)]
    shown = chart.picture(told, date(2027, 2, 8), date(2027, 4, 30), voice())
    assert len(shown.rows) == 10
    assert shown.rows[-1][0] == "Other types · 16"
    assert len(shown.ticks) <= 7


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_caption_counts_and_an_empty_week_says_so(language: str) -> None:
    told = [line(), line("coup", 1), line(decision=Decision.UPDATE)]
    shown, _ = accept(chart.caption(told, *WEEK, voice(language)).html)
    assert voice(language).say("picture_counts", new=2, updates=1) in shown
    empty = chart.caption([], *WEEK, voice(language)).plain
    assert voice(language).say("picture_empty") in empty


def test_a_picture_is_a_png_as_wide_as_a_phone_and_drawn_outside_this_process() -> None:
    os.environ["DJELI_TELEGRAM_TOKEN"] = "never seen by the drawing"
    try:
        png = drawing.draw(chart.picture([line(), line("coup", 3)], *WEEK, voice("fr")))
    finally:
        del os.environ["DJELI_TELEGRAM_TOKEN"]
    width, height = struct.unpack(">II", png[16:24])
    assert width == 1_080
    assert 400 < height < 2_000
    assert len(png) < 200_000
    import sys

    assert "matplotlib" not in sys.modules


def test_what_cannot_be_drawn_is_said_in_one_sentence() -> None:
    broken = replace(chart.picture([line()], *WEEK, voice()), ticks=())
    with pytest.raises(JobFailed, match=r"The picture could not be drawn: \w+"):
        drawing.draw(broken)


# ---------------------------------------------------------------------------------- its hour


@pytest.mark.parametrize(
    ("text", "parsed"),
    [("monday 08:00", (0, "08:00")), ("Sun 23:30", (6, "23:30")), ("fri  07:15", (4, "07:15"))],
)
def test_an_hour_of_the_week_is_written_as_people_do(text: str, parsed: tuple[int, str]) -> None:
    assert durations.weekly(text) == parsed


@pytest.mark.parametrize("text", ["", "monday", "someday 08:00", "monday 8", "monday 24:00"])
def test_what_is_no_hour_of_the_week_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="hour of the week"):
        durations.weekly(text)


def test_the_hour_is_that_of_the_chats_zone_also_when_the_clocks_change() -> None:
    chat, paris = Chat(1, (), chart=(0, "08:00")), ZoneInfo("Europe/Paris")
    assert last_chart_hour(chat, paris, MONDAY) == MONDAY.replace(hour=7)
    assert last_chart_hour(chat, paris, MONDAY.replace(hour=6)) == MONDAY.replace(hour=7) - timedelta(days=7)
    summer = datetime(2027, 4, 5, 12, tzinfo=UTC)
    assert last_chart_hour(chat, paris, summer) == summer.replace(hour=6)
    assert last_chart_hour(replace(chat, chart=None), paris, MONDAY) is None


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    with opened(ready_address(request.param, tmp_path)) as ready:
        yield ready


def tell(store: SqlStore, name: str, at: datetime, **changes: object) -> None:
    of = article(name, published=at, first_seen=at)
    told = verdict(f"S-{name}", opens=True, mention=mention(**changes))
    store.keep(Kept(judgement(of, told, watches=("w",))), at)


def rounds(store: SqlStore, draw: object = lambda picture: PNG) -> ChartRound:
    voices = {language: voice(language) for language in LANGUAGES}
    chat = Chat(-100, ("w",), chart=(0, "08:00"), language="ru")
    return ChartRound((chat, Chat(-200, ("w",))), Charts(store, voices, ZONE, draw), store)


def sent(store: SqlStore, now: datetime) -> list[Alert]:
    found = []
    while rows := store.next_rows(now):
        for row in rows:
            found.append(store.mark_sending(row.id, now).alert)
            store.mark_sent(row.id, row.id, now)
    return found


def test_a_chat_gets_its_picture_once_a_week(store: SqlStore) -> None:
    weekly = rounds(store)
    assert weekly.owe(MONDAY - timedelta(days=5)) == 0  # the first one comes at the next hour
    tell(store, "one", MONDAY - timedelta(days=2))
    assert weekly.owe(MONDAY - timedelta(hours=2)) == 0
    assert weekly.owe(MONDAY) == 1
    assert weekly.owe(MONDAY + timedelta(minutes=1)) == 0
    (picture,) = sent(store, MONDAY + timedelta(hours=1))
    assert (picture.chat, picture.kind, picture.photo) == (-100, "picture", PNG)
    assert "новое 1" in picture.plain
    assert weekly.owe(MONDAY + timedelta(days=8)) == 1
    (quiet,) = sent(store, MONDAY + timedelta(days=8))
    assert quiet.photo is None
    assert "сообщений не было" in quiet.plain


def test_when_nothing_can_be_drawn_the_counts_are_told(store: SqlStore) -> None:
    def broken(picture: chart.Picture) -> bytes:
        raise JobFailed("The picture could not be drawn.")

    weekly = rounds(store, broken)
    weekly.owe(MONDAY - timedelta(days=5))
    tell(store, "one", MONDAY - timedelta(days=2))
    weekly.owe(MONDAY)
    (picture,) = sent(store, MONDAY)
    assert picture.photo is None
    assert "новое 1" in picture.plain


def test_a_picture_is_forgotten_once_it_is_sent_or_given_up(store: SqlStore) -> None:
    first, second = store.owe([replace(alert(f"p{n}"), kind="picture", photo=PNG) for n in (1, 2)], NOW)
    assert store.mark_sending(first, NOW).alert.photo == PNG
    store.mark_uncertain(first, NOW, "lost")
    assert store.mark_sending(first, NOW).alert.photo == PNG
    store.mark_sent(first, 7, NOW)
    store.mark_dead(second, NOW, "no")
    with store.database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM photos").scalar() == 0


def deliver(store: SqlStore, server: TelegramServer) -> None:
    async def main() -> None:
        telegram = Telegram(TOKEN, server.base_url, clock=lambda: NOW, read_timeout=5)
        sender = Sender(store, telegram.messenger, lambda: NOW, lambda seconds: asyncio.sleep(0.01))
        await sender.drain()
        await telegram.close()

    asyncio.run(main())


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_picture_reaches_the_chat_with_its_caption(kind: str, tmp_path: Path) -> None:
    owed = Alert(42, "picture", "<b>Week</b> &amp; more", "Week & more", story="picture:1", photo=PNG)
    with opened("sqlite://") as store, TelegramServer() as server:
        store.owe([owed], NOW)
        deliver(store, server)
        assert server.texts(42) == ["Week & more"]
        assert server.photos == [PNG]
        row = store.outbox_row(1)
        assert row is not None
        assert row.state is OutboxState.SENT


def test_a_picture_that_is_refused_leaves_its_caption() -> None:
    owed = Alert(42, "picture", "Week", "Week", story="picture:1", photo=b"no picture at all")
    with opened("sqlite://") as store, TelegramServer() as server:
        store.owe([owed], NOW)
        deliver(store, server)
        assert server.texts(42) == ["Week"]
        assert server.photos == []


# ------------------------------------------------------------------------------------ pending


def announced(day: date) -> dict[str, object]:
    return {"realis": Realis.ANNOUNCED, "span": Span(day, day), "dated": True, "stage": "announced"}


def test_what_is_announced_is_pending_until_it_happens_or_is_long_overdue(store: SqlStore) -> None:
    at = datetime(2027, 2, 1, 9, tzinfo=UTC)
    tell(store, "late", at, **announced(date(2027, 3, 1)))
    tell(store, "soon", at, **announced(date(2027, 2, 9)))
    today = date(2027, 2, 5)

    def titles(day: date, *watches: str) -> list[str | None]:
        return [line.story for line in store.pending_lines(watches or ("w",), day)]

    assert titles(today) == ["S-soon", "S-late"]
    assert titles(today, "another") == []
    assert titles(date(2027, 2, 20)) == ["S-soon", "S-late"]  # overdue
    assert titles(date(2027, 2, 25)) == ["S-late"]
    done = verdict("S-late", decision=Decision.UPDATE, mention=mention(realis=Realis.DONE, stage="arrived"))
    store.keep(Kept(judgement(article("done"), done, watches=("w",))), at)
    assert titles(today) == ["S-soon"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Announced and pending: 3", "overdue 2 d", "today", "in 21 d"]),
        ("fr", ["Annoncé et attendu\u202f: 3", "en retard de 2 j", "aujourd'hui", "dans 21 j"]),
        ("ru", ["Объявлено и ожидается: 3", "просрочено на 2 дн.", "сегодня", "через 21 дн."]),
    ],
)
def test_a_digest_names_what_is_pending_with_the_days_left(language: str, words: list[str]) -> None:
    days = (date(2027, 2, 7), date(2027, 2, 9), date(2027, 3, 2))
    pending = [replace(line(), span=Span(day, day), stage="announced") for day in days]
    (card,) = digest([], {}, [], NOW, voice(language), pending=pending)
    shown, _ = accept(card.html)
    assert [word for word in words if word not in shown] == []
    assert shown.index(words[1]) < shown.index(words[2]) < shown.index(words[3])


def test_a_digest_names_the_fact_that_holds_what_was_held_back() -> None:
    known = replace(line(decision=Decision.KNOWN), facts=("F142",))
    (card,) = digest([known], {}, [], NOW, voice("fr"), facts={"F142": fact()})
    assert "(F142: Livraison · arrivée, Russia – FAMa, 17 janvier 2025)" in card.plain


def test_a_digest_of_a_hundred_items_needs_no_more_messages_than_it_must() -> None:
    many = [
        replace(
            line(),
            title=f"{number} " + "слово " * 30,
            url=f"https://example.org/{number}",
            story=f"S{number}",
        )
        for number in range(100)
    ]
    due = [replace(one, span=Span(date(2027, 3, 1), date(2027, 3, 1))) for one in many]
    known = [replace(one, decision=Decision.KNOWN, facts=("F142",)) for one in many]
    parts = digest([*many, *known], {}, [], NOW, voice("ru"), pending=due, facts={"F142": fact()})
    assert len(parts) <= 4
    assert len(parts) == 2  # fifteen, seven and three lines
