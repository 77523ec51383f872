"""`why`: the ledger explains every decision by itself, and "never seen" is an answer too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot import ledger
from bot.replies import as_text
from bot.words import Voice
from djeli.app import answers, wiring
from djeli.core.model import Asked, Decision, Tried
from djeli.core.ports import Kept
from storage.store import SqlStore, open_store
from tests.command_line import runner
from tests.store_parts import (
    CHAT,
    KINDS,
    NOW,
    alert,
    article,
    entry,
    judgement,
    kept,
    opened,
    ready_address,
    verdict,
)
from tests.why_parts import composed, told_apart

URL = article().url


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    with opened(ready_address(request.param, tmp_path)) as opened_store:
        yield opened_store


@pytest.fixture(scope="module")
def voices() -> Mapping[str, Voice]:
    return wiring.open_house(None).voices


def text(found: Asked, voices: Mapping[str, Voice], language: str = "en") -> str:
    return as_text(ledger.why(found, voices[language]))


def test_the_ledger_alone_says_of_every_article_what_explain_said() -> None:
    house = wiring.open_house(None)
    house = wiring.furnish(replace(house.config, wording=False), house.knowledge)
    store = open_store("sqlite://")
    assert list(told_apart(composed(80), house, store)) == []
    assert store.counts(NOW - timedelta(days=9_999))["articles"] == 80
    store.close()


def test_it_is_told_when_and_by_which_feeds_something_was_seen(
    store: SqlStore, voices: Mapping[str, Voice]
) -> None:
    store.keep(kept("convoy", verdict()), NOW)
    again = replace(entry("convoy"), feed="https://portal.example/rss", guid="7")
    store.keep(Kept(entry=again), NOW + timedelta(hours=1))
    found = store.why(URL)
    assert [one.feed for one in found.sightings] == [article().feed, "https://portal.example/rss"]
    said = text(found, voices)
    assert "Seen: 9 February 2027, 12:00 in https://feed.example/rss, 9 February 2027, 13:00 in" in said
    assert answers.asked_json(found)[0]["seen"][1]["feed"] == "https://portal.example/rss"


def test_it_is_told_which_words_of_a_watch_matched_and_what_another_lacked(
    store: SqlStore, voices: Mapping[str, Voice]
) -> None:
    tried = (Tried("sahel", ("Mali", "Wagner")), Tried("arms", (), "exclude", ("football",)))
    store.keep(Kept(replace(judgement(article("convoy"), verdict()), tried=tried)), NOW)
    line = store.why(article().id).lines[0]
    assert line.tried == tried
    assert "Watches: sahel (Mali, Wagner); arms: excluded by football" in text(store.why(URL), voices)


def test_it_is_told_what_was_sent_where_and_what_waits(store: SqlStore, voices: Mapping[str, Voice]) -> None:
    cards = (
        alert(chat=CHAT, story="S1"),
        alert(chat=7, story="S1", not_before=NOW + timedelta(hours=9)),
        alert(chat=8, story="S1"),
    )
    store.keep(replace(kept("convoy", verdict()), alerts=cards), NOW)
    digest = replace(cards[0], kind="digest", story="digest:x", html=f'<a href="{URL}">convoy</a>')
    numbers = [row.id for row in store.next_rows(NOW)]
    store.owe([digest, replace(digest, story="digest:y", html="something else")], NOW + timedelta(hours=2))
    store.mark_sending(numbers[0], NOW)
    store.mark_sent(numbers[0], 55, NOW + timedelta(seconds=3))
    store.mark_sending(numbers[1], NOW)
    store.mark_dead(numbers[1], NOW, "Forbidden: bot was kicked")
    said = text(store.why("S1"), voices)
    assert f"card → {CHAT}: sent 9 February 2027, 12:00" in said
    assert "card → 7: waiting for the end of the quiet hours, 9 February 2027, 21:00" in said
    assert "card → 8: refused (Forbidden: bot was kicked)" in said
    assert said.count("digest → ") == 1


def test_an_article_is_found_by_its_title_in_any_case_and_accent(store: SqlStore) -> None:
    store.keep(kept("convoy", verdict()), NOW)
    for key in (URL, article().id, "S1", "BAMAKO : l'arrivee d’un convoi (CONVOY)"):
        assert store.why(key).lines[0].article == article()


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_never_seen_is_an_answer_with_the_nearest_headlines(
    store: SqlStore, voices: Mapping[str, Voice], language: str
) -> None:
    for name, title in (
        ("one", "Eleven Russian tanks reach Bamako by road"),
        ("two", "Wheat prices fall in Kayes"),
        ("three", "В Бамако прибыла колонна российских танков"),
    ):
        told = replace(judgement(article(name, title=title)), decision=Decision.IGNORE)
        store.keep(Kept(told), NOW)
    for key in (
        "Russian tanks reached Bamako",
        "https://other.example/2027/02/11-russian-tanks-reach-bamako.html",
    ):
        found = store.why(key)
        assert found.lines == ()
        assert [one.article.title for one in found.near][:1] == ["Eleven Russian tanks reach Bamako by road"]
        said = text(found, voices, language)
        assert key in said
        assert "Eleven Russian tanks" in said
    assert store.why("колонна танков в Бамако").near[0].article.title.startswith("В Бамако")
    for nothing in ("", "%", "xy", "https://other.example/", "?" * 5_000, "Ж" * 5_000):
        assert store.why(nothing).near == ()


def test_an_address_that_only_repeated_another_is_told_to_be_seen(
    store: SqlStore, voices: Mapping[str, Voice]
) -> None:
    store.keep(Kept(entry=entry("again")), NOW)
    said = text(store.why(entry("again").url), voices)
    assert said.startswith("A feed showed this address, but no article was made of it")
    assert "Seen: 9 February 2027, 12:00" in said


def test_the_command_finds_an_address_however_it_was_shared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    djeli = runner(tmp_path, monkeypatch, capsys)
    with opened(f"sqlite:///{tmp_path}/djeli.db") as store:
        store.keep(kept("convoy", verdict()), NOW)
    (line,) = djeli("why", f"{URL}?utm_source=telegram#top", "--json").json
    assert line["article"]["url"] == URL
    assert line["development"]["comparisons"] == []
    assert line["story"] == "S1"
    assert djeli("why", "https://press.example/convoi", "--json").json == []
    assert "Nearest headlines" in djeli("why", "arrivée d'un convoi").out


@pytest.mark.parametrize(
    ("language", "because", "said"),
    [
        ("fr", "Off the beat: sport.", "Hors sujet : sport."),
        ("ru", "Off the beat: lifestyle.", "Не по теме: образ жизни."),
        ("ru", "Excluded from arms by “football”.", "Исключено из arms словом «football»."),
        ("en", "Hors sujet : sport.", "Off the beat: sport."),
        ("fr", "words of another version", "words of another version"),
    ],
)
def test_the_reason_of_an_ignored_article_is_told_in_the_language_of_the_terminal(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    language: str,
    because: str,
    said: str,
) -> None:
    djeli = runner(tmp_path, monkeypatch, capsys)
    (tmp_path / "djeli.toml").write_text(f'language = "{language}"\n', encoding="utf-8")
    with opened(f"sqlite:///{tmp_path}/djeli.db") as store:
        told = replace(judgement(article("convoy")), decision=Decision.IGNORE, because=because)
        store.keep(Kept(told), NOW)
    assert said in djeli("why", URL).out
