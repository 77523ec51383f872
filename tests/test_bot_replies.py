"""Answers of the commands, in the chat and in the terminal."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot import html, replies
from bot.asked import Recent
from bot.asking import PER_PAGE
from bot.command_words import COMMANDS
from bot.replies import SourceView, StatusView, as_text
from bot.words import CAUSES
from djeli.core.model import Asked, Decision, Label, Mute, MutedAlert, MuteKind, OutboxRow, OutboxState
from djeli.core.ports import OutboxHealth
from djeli.core.words import LANGUAGES
from tests.bot_samples import NOW, URL, article, fact, feed, ledger_line, mention, owed, story, voice
from tests.telegram_html import accept


def test_why_tells_the_decision_its_reason_and_where_it_was_sent() -> None:
    text = as_text(replies.why(Asked(URL, (ledger_line(),)), voice()))
    assert f"• Eleven T-72 tanks reach Bamako ({URL}) — Studio Tamani" in text
    assert "Delivery · arrived: alert: pushed at once" in text
    assert "Why new: Arrival on 8 February 2027" in text
    assert "Facts: F142" in text
    assert "Compared with: F142 (0.41)" in text
    assert "Watches: mali-russia" in text
    assert "Told: -100 (9 February 2027, 12:00)" in text


def test_why_of_a_suppressed_article_says_what_covers_it() -> None:
    held = ledger_line(decision=Decision.KNOWN, article_decision=Decision.KNOWN, deliveries=())
    text = as_text(replies.why(Asked("a1", (held,)), voice()))
    assert "known: held back" in text
    assert "Decided: " in text
    assert "Not sent to any chat" in text


def test_why_of_an_article_without_development_needs_no_verdict() -> None:
    off = ledger_line(
        decision=Decision.IGNORE, article_decision=Decision.IGNORE, verdict=None, because="Sport."
    )
    assert "off the beat\nDecided: Sport." in as_text(replies.why(Asked("a1", (off,)), voice()))


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Never seen"), ("fr", "Jamais vu"), ("ru", "Не встречалось")]
)
def test_why_of_something_never_seen_says_so(language: str, words: str) -> None:
    (block,) = replies.why(Asked("https://example.org/<b>"), voice(language))
    shown = accept(block)[0]
    assert shown.startswith(words)
    assert "https://example.org/<b>" in shown


def test_a_story_shows_its_members_and_messages() -> None:
    text = as_text(replies.story(story(label=Label.DISPUTED), ledger_line().deliveries, "S17", voice()))
    assert text.startswith("📦 S17 [DISPUTED] Arrived (Bamako): a delivery, 11 tanks (T-72)")
    assert "Sources: Studio Tamani" in text
    assert "12:00 arrived · 11 tanks (T-72) Eleven T-72 tanks" in text
    assert "Told: -100" in text
    assert as_text(replies.story(None, (), "S99", voice())) == "There is no story S99."


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_and_story_tell_what_a_mute_held_back_and_only_to_its_own_chat(language: str) -> None:
    mute = Mute(-100, MuteKind.TYPE, "delivery", NOW + timedelta(days=7), "too <many>", 42, NOW, id=3)
    held = [MutedAlert(1, "S17", "alert", NOW, mute), MutedAlert(2, "S17", "update", NOW, mute)]
    told = {
        "en": "🔇 Not sent here: the type “Delivery” muted until 16 February 2027, 12:00. Reason: too <many>",
        "fr": "🔇 Non envoyé ici : le type « Livraison » en silence jusqu'au 16 février 2027, 12:00. Raison :"
        " too <many>",
        "ru": "🔇 Сюда не отправлено: тип «Поставка» — заглушка до 16 февраля 2027, 12:00. Причина:"
        " too <many>",
    }[language]
    here = as_text(replies.why(Asked(URL, (ledger_line(),)), voice(language), -100, held)).replace(
        "\u202f", " "
    )
    assert here.splitlines()[-1] == told  # once, though it held back two messages
    assert told in as_text(replies.story(story(), (), "S17", voice(language), -100, held)).replace(
        "\u202f", " "
    )
    assert "🔇" not in as_text(replies.why(Asked(URL, (ledger_line(),)), voice(language), -200, held))
    assert "-100" in as_text(replies.why(Asked(URL, (ledger_line(),)), voice(language), held=held))


def test_sources_show_those_in_trouble_first_and_say_what_to_do_when_asked_by_name() -> None:
    sick = SourceView("tass", (feed("tass", "timeout"),), ("ria",))
    views = [SourceView("studio_tamani", (feed(),)), sick]
    text = as_text(replies.sources(views, "", voice(), NOW))
    assert text.splitlines() == [
        "Outlets: 2, feeds: 2; not well: 1",
        "⚠ TASS · nothing new yet · articles: 5",
        "does not answer since 9 February 2027",
        "• Studio Tamani · nothing new yet · articles: 5",
    ]
    asked = as_text(replies.sources(views, "tas", voice("fr"), NOW)).replace("\u202f", " ")
    assert "https://tass.example/feed" in asked
    assert "une seule source avec ria" in asked
    assert "ouvrez-le dans un navigateur" in asked


def test_known_shows_the_fact_and_where_it_stands() -> None:
    text = as_text(replies.known([fact(), fact(id="F9", suppresses=False)], "convoy", voice()))
    assert "F142 Delivery · arrived · 17 January 2025" in text
    assert "doc1.html § 12" in text
    assert "F9 Delivery · arrived · 17 January 2025 · does not suppress" in text
    assert as_text(replies.known([], "xyz", voice("fr"))) == "Rien trouvé pour « xyz »."


def test_search_lists_an_article_once_however_many_developments_it_has() -> None:
    text = as_text(replies.search([ledger_line(), ledger_line()], "tanks <b>", voice()))
    assert text.count("Eleven T-72") == 1
    assert text.startswith("Found for “tanks <b>”")
    assert replies.search([], "x", voice("ru")) == ["По запросу «x» ничего нет."]


def test_recent_lists_stories_or_says_that_there_are_none() -> None:
    assert "📦 S17 Arrived (Bamako)" in as_text(replies.recent([story()], Recent(), voice()))
    assert replies.recent([], Recent(), voice()) == ["Nothing told yet."]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_of_the_longest_stories_and_articles_is_one_message(language: str) -> None:
    """Its buttons turn the pages in place: a second part would stay behind."""
    long = "Щебёнка & <щебёнка> 🪖 " * 40
    members = [
        replace(
            story().members[0], title=long, outlet=f"{long} {number}", mention=mention(places=(long,) * 9)
        )
        for number in range(4)
    ]
    one = story(members=tuple(members), label=Label.CLAIMED)
    wanted = Recent(type="government_change", entities=(long,), since=NOW)
    blocks = replies.recent([one] * PER_PAGE, wanted, voice(language), page=199)
    line = ledger_line(article=article(title=long, outlet=long))
    lines = [replace(line, article=replace(line.article, id=str(number))) for number in range(PER_PAGE)]
    for found in (blocks, replies.search(lines, long, voice(language), page=199)):
        (message,) = html.split(found)
        accept(message)


def test_status_shows_what_is_owed_and_what_fails_in_1500_characters() -> None:
    view = StatusView(
        version="0.1.0",
        started=NOW - timedelta(days=3),
        last_poll=NOW - timedelta(seconds=12),
        outbox=tuple(
            OutboxHealth(-100 - number, 4, 1, 2, NOW - timedelta(minutes=7), NOW - timedelta(hours=2))
            for number in range(3)
        ),
        feeds=(feed(), feed("tass", "timeout")),
        unreachable=((-100, "Forbidden: bot was kicked <b>"),),
        next_run=NOW,
        database_bytes=12_000_000,
        free_bytes=3_000_000_000,
        backup=NOW - timedelta(hours=5),
        strangers=3,
    )
    text = as_text(replies.status(view, NOW, voice()))
    assert "last heard from Telegram: 12 s ago" in text
    assert "Owed -100: pending 4 (7 min), uncertain 1, given up 2, last message 2 h ago" in text
    assert "⚠ -100: not reachable (Forbidden: bot was kicked <b>)" in text
    assert "Feeds 2 · answering 1 · not answering 1: TASS (no answer in time" in text
    assert "free on disk: 3.0 GB" in text
    assert "strangers ignored: 3" in text
    assert len(text) < 1_500


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Causes of failure: no answer in time (timeout) 2 · HTTP error (http) 1 · odd 1"),
        ("fr", "Causes des échecs\u202f: pas de réponse à temps (timeout) 2 · erreur HTTP (http) 1 · odd 1"),
        ("ru", "Причины сбоев: нет ответа вовремя (timeout) 2 · ошибка HTTP (http) 1 · odd 1"),
    ],
)
def test_status_names_every_cause_with_its_count(language: str, words: str) -> None:
    feeds = (feed("a", "timeout"), feed("b", "http"), feed("c", "timeout"), feed("d", "odd"), feed())
    text = as_text(replies.status(StatusView("0.1", feeds=feeds), NOW, voice(language)))
    assert words in text
    assert "Causes" not in as_text(replies.status(StatusView("0.1", feeds=(feed(),)), NOW, voice()))


def test_status_stays_short_when_all_feeds_fail_for_every_cause() -> None:
    feeds = tuple(feed(f"outlet_{number}", code) for code in CAUSES for number in range(100))
    for language in LANGUAGES:
        text = as_text(replies.status(StatusView("0.1", feeds=feeds), NOW, voice(language)))
        assert all(f"({code}) 100" in text for code in CAUSES)
        assert len(text) < 1_500


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_is_accepted_by_telegram(language: str) -> None:
    spoken = voice(language)
    answers = [
        replies.start(spoken, -100),
        replies.help_(spoken),
        replies.recent([story()], Recent(since=NOW), spoken),
        replies.search([ledger_line()], "a<b", spoken),
        replies.story(story(), ledger_line().deliveries, "S17", spoken),
        replies.why(Asked("x", (ledger_line(),)), spoken),
        replies.known([fact()], "x", spoken),
        replies.status(StatusView("0.1"), NOW, spoken),
    ]
    for blocks in answers:
        for block in blocks:
            accept(block)
    assert [f"/{name}" for name in COMMANDS] == [line.split()[0] for line in replies.help_(spoken)[:-1]]
    for name in COMMANDS:
        for block in replies.help_(spoken, name):
            accept(block)


def test_status_lists_what_was_given_up_with_its_reason() -> None:
    row = OutboxRow(7, owed(-100, "lost <news>"), OutboxState.DEAD, 3, NOW, NOW, error="Bad Request: no")
    said = replies.as_text(replies.status(StatusView("1", dead=(row,)), NOW, voice()))
    assert "✗ Given up 7 → -100: lost <news> (Bad Request: no)" in said
