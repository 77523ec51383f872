"""`djeli demo`: the invented press, and what the terminal shows of one whole run."""

from __future__ import annotations

import asyncio
import contextlib
import io
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.console import Console

from bot.outcomes import Became
from djeli.app.demo.press import LOOPBACK, Press, outlets, resolve
from djeli.app.demo.screen import Screen, TerminalChat
from djeli.cli import main
from djeli.core.model import Check, Feed, FeedCursor
from monitors.web import HttpWeb
from tests.command_line import runner

NOON = datetime(2027, 2, 8, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> str:
    """All that one demo prints into a pipe, while the user's own settings point somewhere else."""
    folder, printed = tmp_path_factory.mktemp("user"), io.StringIO()
    with pytest.MonkeyPatch.context() as environment, contextlib.redirect_stdout(printed):
        environment.setenv("DJELI_DATABASE", f"sqlite:///{folder}/mine.db")
        environment.setenv("DJELI_CONFIG", f"{folder}/missing.toml")
        assert main.main(["demo"], standalone_mode=False) in (None, 0)
    assert list(folder.iterdir()) == []  # the user's own database is left alone
    return printed.getvalue()


def cards(told: str) -> list[str]:
    """The messages and edits, in order."""
    return re.findall(r"^┌── .*?^└──$", told, re.MULTILINE | re.DOTALL)


def card(told: str, number: int) -> str:
    (found,) = [text for text in cards(told) if re.match(rf"┌── message {number}\b", text)]
    return found


def round_(told: str, number: int) -> str:
    """What is printed of one round, up to the next heading."""
    return told.split(f"· round {number}\n")[1].split("\n====")[0]


def line_about(told: str, title: str) -> str:
    (found,) = [line for line in told.splitlines() if line.startswith("• ") and f"«{title}" in line]
    return found


def test_the_press_is_of_four_outlets_in_three_languages_with_enough_articles() -> None:
    press = outlets()
    assert {outlet.language for outlet in press} == {"en", "fr", "ru"}
    assert {outlet.format for outlet in press} == {"rss", "atom"}
    assert sum(len(outlet.pieces) for outlet in press) >= 14
    assert all(outlet.host.endswith(".example") for outlet in press)


def test_the_new_convoy_is_one_card_and_the_other_language_none(told: str) -> None:
    shown = round_(told, 1)
    (convoy,) = cards(shown)
    assert "Delivery · arrived · Bamako" in convoy
    assert "11 tanks" in convoy
    assert "Why new:" in convoy
    assert line_about(shown, "В Бамако прибыла колонна").startswith("• no second message [S1]")


def test_the_changed_figure_is_one_update_that_says_was_and_now(told: str) -> None:
    shown = [text for text in cards(round_(told, 2)) if "UPDATE" in text]
    (update,) = shown
    assert "↳ reply to message 1" in update
    assert re.search(r"was 11 tanks.* · now 14 tanks", update)
    assert "✎ edits the first card, message 1" in round_(told, 2)
    assert line_about(told, "Mali : arrivée à Bamako").startswith("• no second message [S1]")


def test_a_new_agreement_has_a_card_of_its_own(told: str) -> None:
    (agreement,) = [text for text in cards(round_(told, 2)) if "Agreement · signed" in text]
    assert "reply to" not in agreement


def test_a_retold_fact_is_suppressed_and_the_reason_names_the_fact(told: str) -> None:
    for title in ("Mali and Russia: the civil nuclear agreement", "Rappel des faits : le départ de Wagner"):
        line = line_about(told, title)
        assert line.startswith("• suppressed")
        assert re.search(r"Already known: F\d{3}", line)
        assert not any(title in text for text in cards(told) if "Digest" not in text)


def test_false_triggers_get_no_card(told: str) -> None:
    for title in ("Football : le Mali livre", "«Спартак» подписал контракт", "Young film-maker from Bamako"):
        assert "ignored" in line_about(told, title)
        assert not any(title in text for text in cards(told))


def test_the_coup_rumour_is_unconfirmed_and_its_denial_answers_it(told: str) -> None:
    (rumour,) = cards(round_(told, 3))
    assert "🚨 [UNCONFIRMED]" in rumour
    number = re.findall(r"message (\d+)", rumour)[0]
    (denial,) = [text for text in cards(round_(told, 4)) if text.startswith("┌── message")]
    assert f"↳ reply to message {number}" in denial
    assert re.search(r"\[(DENIED|DISPUTED)\]", denial)
    assert f"✎ edits the first card, message {number};" in round_(told, 4)


def test_digests_tell_what_was_not_pushed_and_a_quiet_one_says_so(told: str) -> None:
    first, second, quiet = (text for text in cards(told) if "│ Digest" in text)
    assert "La Russie pourrait livrer du blé" in first
    assert "F092" in first
    assert "L'ambassadeur de Russie reçu en audience" in second
    assert "Quiet: nothing new for the digest." in quiet
    assert "nothing new" in round_(told, 5)


def test_the_last_line_counts_what_was_shown(told: str) -> None:
    last = told.strip().splitlines()[-1]
    articles = sum(len(outlet.pieces) for outlet in outlets())
    messages = len(re.findall(r"^┌── message ", told, re.MULTILINE))
    edits = len(re.findall(r"^┌── ✎ ", told, re.MULTILINE))
    assert last.startswith(f"4 feeds, 20 looks, {articles} articles: 3 alerts, 2 updates, ")
    assert f"{messages} messages, {edits} edits" in last
    assert sum(map(int, re.findall(r"(\d+) (?:alerts?|updates?|merged|for|known|ignored)", last))) == articles


def test_the_feeds_grow_with_the_clock_and_are_not_sent_twice() -> None:
    now = [NOON]

    async def looks() -> tuple[Check, Check, Check]:
        web = HttpWeb(lambda *_: "en", ["127.0.0.0/8"], resolver=resolve)
        try:
            feed = Feed(next(url for outlet, url in press.feeds() if outlet.language == "ru"), "ru")
            first = await web.look(feed, FeedCursor(feed.url), NOON)
            known = FeedCursor(feed.url, etag=first.etag, body_hash=first.body_hash)
            again = await web.look(feed, known, NOON)
            now[0] = datetime(2027, 2, 10, 12, tzinfo=UTC)
            return first, again, await web.look(feed, known, now[0])
        finally:
            await web.aclose()

    with Press(outlets(), lambda: now[0]) as press:
        first, again, later = asyncio.run(looks())
        unknown = press.answer("bendriverpost.example", "/nothing")
        stranger = press.answer("www.example.org", "/rss.xml")
    assert len(first.entries) == 1
    assert again.unchanged
    assert len(later.entries) == 4
    assert unknown.body == stranger.body == b""


def test_every_name_of_the_demo_is_this_machine() -> None:
    assert asyncio.run(resolve("www.example.org", 443)) == [LOOPBACK]


def test_a_terminal_shows_cards_in_frames_with_styles_and_links() -> None:
    shown = io.StringIO()
    console = Console(file=shown, force_terminal=True, width=70, legacy_windows=False)
    chat = TerminalChat(Screen(console), lambda: NOON)

    async def talk() -> None:
        first = await chat.send(1, '<b>A &amp; B</b>\n<a href="https://x.example/">link</a>', html=True)
        await chat.send(1, "and more", html=True, reply_to=first.message_id)
        await chat.edit(1, 1, "<b>A &amp; B</b>\n<s>old</s> new")
        await chat.edit(1, 1, "<b>A &amp; B</b>\n<s>old</s> new")
        assert (await chat.check()).became is Became.SENT

    asyncio.run(talk())
    text = shown.getvalue()
    assert "╭─" in text
    assert "message 1 · 08 Feb 12:00" in text
    assert "\x1b[1mA & B" in text
    assert "https://x.example/" in text
    assert "↳ reply to message 1" in text
    assert text.count("✎ edits the first card, message 1") == 1
    assert (chat.sent, chat.edits) == (2, 1)


def test_the_demo_can_speak_french() -> None:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        main.main(["demo", "--language", "fr"], standalone_mode=False)
    assert "Livraison · arrivée · Bamako" in printed.getvalue()
    assert "Déjà connu : F" in printed.getvalue()


def test_a_demo_that_is_kept_is_a_past_to_practise_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    djeli = runner(tmp_path, monkeypatch, capsys)
    told = djeli("demo", "--keep", "practice", "--language", "fr").out
    assert "Kept: practice/djeli.toml" in told
    assert djeli("demo", "--keep", "practice").code == 2  # it is left as it is
    config = tmp_path / "practice" / "djeli.toml"
    new = config.with_name("new.toml")
    new.write_text(
        config.read_text(encoding="utf-8").replace("\n[monitor]", 'types = ["coup"]\n\n[monitor]'),
        encoding="utf-8",
    )
    found = djeli("--config", str(config), "replay", "--since", "2027-02-08", "--config", str(new), "--json")
    assert (len(found.json["lost"]), len(found.json["gained"]), len(found.json["unchanged"])) == (3, 0, 2)
    assert "rien à rejuger" in djeli("--config", str(config), "replay", "--since", "2027-03-08").out
