"""Whatever a feed holds: cards are accepted, say no link and call nobody that was not meant."""

from __future__ import annotations

import asyncio

import pytest

from bot import html
from tests.hostile_cards import Author, check
from tests.soak_cards import send_all
from tests.telegram_server import TelegramServer


@pytest.mark.parametrize("block", range(6))
def test_hostile_cards_and_digests_are_accepted_and_forge_nothing(block: int) -> None:
    for seed in range(block * 100, block * 100 + 100):
        check(Author(seed).write())


def test_the_strict_server_takes_them_over_the_wire() -> None:
    with TelegramServer() as server:
        messages, refused = asyncio.run(send_all(server, 60))
    assert messages >= 60
    assert refused == 0


@pytest.mark.parametrize("before", ["", " ", ".", "(", "-", "\u0301", "！", "«", "/", "\u200b"])
def test_no_text_from_outside_calls_a_person(before: str) -> None:
    """The server calls whoever is named after @, unless a letter or a number stands before it."""
    assert "@" not in html.clean(f"x {before}@durov")
    assert html.clean("desk@example.org") == "desk@example.org"
