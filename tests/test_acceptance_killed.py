"""Killed anywhere between the fetch and the sent mark, a run loses nothing and marks every repeat."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance_desk import (
    CHAT,
    COMMAND,
    ROOT,
    Desk,
    convoy,
    convoy_counted_again,
    convoy_in_french,
    reactor_in_russian,
)
from tests.telegram_server import TelegramServer
from tests.web_server import WebServer

STEP = 16  # of the statements before the first sending every sixteenth is tried, of the others all
REPEAT = "↻ may repeat\n"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with WebServer() as web, TelegramServer() as telegram:
        desk = Desk(tmp_path, web, telegram)
        # each of many processes would have to load the encoder
        desk.configure(("[monitor]", "[baseline]\nwording = false\n\n[monitor]"))
        desk.publish("/wire", convoy(), convoy_counted_again())
        desk.publish("/paper", convoy_in_french(), language="fr")
        yield desk


def is_whole(told: list[str]) -> bool:
    """Whether a chat was told the delivery, then its update, and every repeat right after, marked."""
    kinds = ["UPDATE" in text.removeprefix(REPEAT).splitlines()[0] for text in told]
    repeats = [text for text, kind, before in zip(told[1:], kinds[1:], kinds, strict=False) if kind == before]
    return kinds == sorted(kinds) and set(kinds) == {False, True} and all(map(is_marked, repeats))


def is_marked(text: str) -> bool:
    return text.startswith(REPEAT)


def test_killed_before_any_statement_the_next_run_makes_it_whole(desk: Desk) -> None:
    command = [sys.executable, "-m", "tests.acceptance_killed", f"{desk.folder}/djeli.toml", str(desk.folder)]
    done = subprocess.run(
        [*command, str(STEP)], cwd=ROOT, env=desk.environment(), capture_output=True, timeout=500
    )
    assert done.returncode == 0, done.stderr.decode()
    trials = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(trials) > 15
    marked = 0
    for trial in trials:
        assert (trial["killed"], trial["restarted"]) == (-9, 0), trial
        told = desk.texts(trial["point"])
        assert is_whole(told), (trial, told)
        marked += any(map(is_marked, told))
    assert 0 < marked < len(trials)


def test_answers_that_are_lost_lose_no_message_and_every_copy_is_marked(desk: Desk) -> None:
    desk.telegram.plan("sendMessage", ["close_before", "close_after"])
    assert desk.here("run", "--once").code == 1  # the second copy would have to wait for too long
    assert desk.here("run", "--once").code == 0
    told = desk.texts()
    assert is_whole(told), told
    assert [is_marked(text) for text in told] == [True, True, False]


def test_killed_by_force_while_telegram_keeps_silent_the_message_comes_again_marked(desk: Desk) -> None:
    desk.publish("/paper", reactor_in_russian(), language="ru")
    desk.telegram.plan("sendMessage", ["hang_after"])
    running = subprocess.Popen([COMMAND, "run", "--once"], cwd=desk.folder, env=desk.environment())
    try:
        desk.telegram.wait_for(lambda: len(desk.telegram.messages) == 1, 60)
    finally:
        running.kill()
        running.wait()
    assert desk.here("run", "--once").code == 0
    first, again, *others = desk.texts(CHAT)
    assert again.startswith(REPEAT)
    assert first.splitlines()[0] in again
    assert len(others) == 2
