"""From a press under a card to a change in force and back: the real service, feeds and a strict Bot API."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance_desk import ADMIN, CHAT, Desk, News, convoy, day
from tests.living_service import Service, configure
from tests.telegram_server import TelegramServer
from tests.web_server import WebServer

READER = 7
TAKEN_OVER = "changes beside the files were taken over"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with WebServer() as web, TelegramServer() as telegram:
        desk = Desk(tmp_path, web, telegram)
        configure(desk)
        desk.publish("/wire", convoy())
        desk.publish("/paper")
        yield desk


def shown(desk: Desk, chat: int, words: str) -> dict[str, Any]:
    """The only message of a chat that has these words, as it is shown now."""
    (found,) = [one for one in desk.telegram.messages if one["chat_id"] == chat and words in one["text"]]
    return found


async def press(running: Service, user: int, message: dict[str, Any], label: str) -> None:
    """Press the button of that label under a message."""
    (data,) = [
        button["callback_data"] for row in message["keyboard"] for button in row if button["text"] == label
    ]
    running.desk.telegram.push_press(message["chat_id"], user, message["message_id"], data)


def further(number: int, town: str, title: str) -> News:
    text = (
        f"A convoy of Russian trucks with ammunition arrived in {town} in Mali on {day('en')}, the"
        f" Malian army said.\n\nThe trucks had brought {number + 30} tonnes of shells for its garrison."
    )
    return News(f"/further-{number}", title, text)


def test_a_word_proposed_by_a_press_holds_back_once_accepted_and_no_longer_once_undone(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "djeli")

    async def script(running: Service) -> None:
        await running.until(lambda: running.told("Delivery · arrived"))
        card = shown(desk, CHAT, "Delivery · arrived")
        await press(running, READER, card, "Not an event")
        await running.until(lambda: running.told("Change 1 · proposed", ADMIN))
        proposal = shown(desk, ADMIN, "Change 1")
        assert "A reader (7) pressed “Not an event”" in proposal["text"]
        assert "Alerts and updates lost 1, gained 0, unchanged 0" in proposal["text"]
        assert convoy().title in proposal["text"]
        word = re.findall("articles with “(.+)”", proposal["text"])[0]
        titles = [f"{word} brings ammunition to {town}" for town in ("Gao", "Kayes", "Sikasso")]
        reports = [further(n, t.split()[-1], t) for n, t in enumerate(titles)]

        await press(running, READER, card, "Useful")  # a press that proposes nothing changes nothing
        desk.publish("/wire", reports[0])
        await running.until(lambda: running.told("Gao"))  # what is only proposed holds nothing back

        await press(running, ADMIN, proposal, "Accept")
        await running.until(lambda: running.told("Change 1 · accepted", ADMIN))
        await running.until(lambda: caplog.text.count(TAKEN_OVER) == 1)
        desk.publish("/wire", *reports[:2])
        await running.until(lambda: running.seen(reports[1].path))

        await press(running, ADMIN, shown(desk, ADMIN, "Change 1"), "Undo")
        await running.until(lambda: running.told("Change 1 · undone", ADMIN))
        await running.until(lambda: caplog.text.count(TAKEN_OVER) == 2)
        desk.publish("/wire", *reports)
        await running.until(lambda: running.told("Sikasso"))

    service = Service(desk)
    service.live(script)
    assert not service.told("Kayes")
    assert len(desk.texts(CHAT)) == 3
    last = shown(desk, ADMIN, "Change 1")
    assert re.findall(r"(\w+) [^→]+\((\w+)\)", last["text"].splitlines()[-1]) == [
        ("proposed", "feedback"),
        ("accepted", str(ADMIN)),
        ("undone", str(ADMIN)),
    ]
    assert [button["text"] for row in last["keyboard"] for button in row] == ["Accept"]


def test_a_fact_proposed_by_a_press_is_known_once_accepted_and_no_longer_once_undone(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "djeli")

    async def script(running: Service) -> None:
        await running.until(lambda: running.told("Delivery · arrived"))
        await press(running, READER, shown(desk, CHAT, "Delivery · arrived"), "Already knew")
        await running.until(lambda: running.told("Change 1 · proposed", ADMIN))
        proposal = shown(desk, ADMIN, "Change 1")
        assert "Alerts and updates lost 1," in proposal["text"]
        await press(running, READER, proposal, "Accept")  # no admin
        await press(running, ADMIN, proposal, "Accept")
        await running.until(lambda: caplog.text.count(TAKEN_OVER) == 1)
        desk.telegram.push_command(ADMIN, ADMIN, "/known Bamako tanks")
        await running.until(lambda: running.told("A1", ADMIN))
        await press(running, ADMIN, shown(desk, ADMIN, "Change 1"), "Undo")
        await running.until(lambda: caplog.text.count(TAKEN_OVER) == 2)

    Service(desk).live(script)
    assert desk.here("baseline", "list", "--origin", "accepted").out == ""
    history = desk.here("changes", "show", "1", "--json").json["steps"]
    assert [(step["state"], step["who"]) for step in history] == [
        ("draft", "feedback"),
        ("accepted", str(ADMIN)),
        ("undone", str(ADMIN)),
    ]
