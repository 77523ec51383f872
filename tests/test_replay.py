"""Replay: what another configuration would have brought, against full backtests and what was decided then."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from baseline.language import detect
from djeli.app import backtest, durations, replay, wiring
from djeli.app.replay import PUSHED, Replayed, Row
from djeli.app.replay_report import Report, replayed_json
from djeli.app.wiring import House
from djeli.core.model import Chat, Watch
from djeli.core.ports import Past
from storage.store import SqlStore, open_store
from storage.tables import metadata
from tests import corpus
from tests.command_line import Djeli, runner

EVER = datetime(2000, 1, 1, tzinfo=UTC)
MIDDLE = datetime(2027, 3, 1, tzinfo=UTC)
SAHEL = Watch("sahel", ("Mali", "Niger", "Burkina Faso"))
LESS = replace(SAHEL, keywords=("Mali", "Burkina Faso"))
COUNT = 70


def house(*watches: Watch, chats: tuple[Chat, ...] = ()) -> House:
    given = wiring.open_house(None)
    config = replace(given.config, watches=watches, chats=chats, wording=False)
    return wiring.furnish(config, given.knowledge)


def given_articles() -> list[backtest.Given]:
    path = corpus.HERE / "population_work.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()[:COUNT]
    return backtest.read_articles(path.name, "\n".join(lines), detect)


def filled(given: House, url: str = "sqlite://") -> SqlStore:
    """A store of a full backtest."""
    store = open_store(url)
    for _ in backtest.run(given_articles(), given.judge, store, lambda judgement, now: ()):
        pass
    return store


@pytest.fixture(scope="module")
def sahel() -> House:
    return house(SAHEL)


@pytest.fixture(scope="module")
def less() -> House:
    return house(LESS)


@pytest.fixture(scope="module")
def store(sahel: House) -> Iterator[SqlStore]:
    opened = filled(sahel)
    yield opened
    opened.close()


def as_it_is(steps: Iterable[Past], total: int) -> Iterable[Past]:
    return steps


def replayed(
    store: SqlStore, since: datetime, after: House, before: House | None = None, then: House | None = None
) -> Replayed:
    sides = replay.side(after), replay.side(before) if before else None
    return replay.replay(store, since, *sides, replay.hearers((then or after).config), as_it_is)


def pushes(store: SqlStore) -> set[tuple[str, str, str]]:
    """Article, type and quote of everything that was pushed, by the ledger."""
    return {
        (past.judgement.article.id, verdict.mention.type, verdict.mention.quote)
        for past in store.past(0)
        for verdict in past.judgement.verdicts
        if verdict.decision in PUSHED
    }


def keys(rows: Iterable[Row]) -> set[tuple[str, str, str]]:
    return {(row.article.id, row.type, row.quote) for row in rows}


# ------------------------------------------------------------------------------ exact


@pytest.mark.parametrize("since", [EVER, MIDDLE])
def test_an_unchanged_configuration_changes_nothing(store: SqlStore, sahel: House, since: datetime) -> None:
    for before in (None, sahel):
        found = replayed(store, since, sahel, before)
        assert (found.lost, found.gained, found.otherwise) == ([], [], {})
        assert found.articles > 20
        assert len(found.unchanged) > 5
    # the very same verdicts, down to the story and the reason
    assert all(row.before == row.after for row in replayed(store, since, sahel).rows)


def test_a_removed_keyword_loses_exactly_what_a_full_backtest_lacks(
    store: SqlStore, sahel: House, less: House
) -> None:
    other = filled(less)
    with_it, without = pushes(store), pushes(other)
    other.close()
    assert with_it - without
    for before in (None, sahel):
        found = replayed(store, EVER, less, before, sahel)
        assert keys(found.lost) == with_it - without
        assert keys(found.gained) == without - with_it
        assert keys(found.unchanged) == with_it & without
        assert all(row.after.because for row in found.lost)


def test_an_added_keyword_gains_what_the_other_lost(store: SqlStore, sahel: House, less: House) -> None:
    lost = replayed(store, EVER, less, sahel)
    gained = replayed(store, EVER, sahel, less)
    assert keys(gained.gained) == keys(lost.lost)
    assert keys(gained.lost) == keys(lost.gained)


def test_what_a_chat_no_longer_follows_is_lost_to_that_chat_alone(store: SqlStore) -> None:
    niger = Watch("niger", ("Niger",))
    both = house(SAHEL, niger, chats=(Chat(1, ("sahel", "niger")), Chat(2, ("niger",))))
    one = house(SAHEL, niger, chats=(Chat(1, ("sahel", "niger")), Chat(2, ())))
    found = replayed(store, EVER, one, both)
    assert found.lost
    assert {chat for row in found.lost for chat in row.lost} == {2}
    assert all(row.unchanged == {1} for row in found.lost)


def test_what_is_stored_stays_as_it_is(store: SqlStore, less: House, sahel: House) -> None:
    def everything() -> dict[str, list[Any]]:
        with store.database.read() as connection:
            return {
                t.name: [tuple(row) for row in connection.execute(select(t))]
                for t in metadata.tables.values()
            }

    before = everything()
    replayed(store, MIDDLE, less, sahel)
    assert everything() == before


def test_stories_are_carried_over_as_they_were(store: SqlStore, sahel: House) -> None:
    first = [one for one in given_articles() if one.article.published < MIDDLE]
    then = open_store("sqlite://")
    for _ in backtest.run(first, sahel.judge, then, lambda judgement, now: ()):
        pass
    recalled = store.recalled(store.last_line(before=MIDDLE), date(2020, 1, 1))
    names = [f"S{number}" for number in range(1, 60)]
    assert [recalled.story(name) for name in names] == [then.story(name) for name in names]
    assert sum(recalled.story(name) is not None for name in names) > 10
    late = store.recalled(store.last_line(before=MIDDLE), date(2030, 1, 1))
    assert late.story_count() == 0
    for one in (then, recalled, late):
        one.close()


# ------------------------------------------------------------------------- must be caught


def test_a_story_that_must_be_caught_and_would_be_lost_is_named(
    store: SqlStore, sahel: House, less: House
) -> None:
    lost = replayed(store, EVER, less, sahel).lost
    story = lost[0].before.story
    kept = next(row.before.story for row in replayed(store, EVER, sahel).rows if row.before.story != story)
    assert story
    assert kept
    for name in (story, kept):
        store.mark_must_catch(name, True, EVER)
    try:
        assert replayed(store, EVER, sahel, sahel).must_catch.lost == ()
        found = replayed(store, EVER, less, sahel).must_catch
        assert (story in found.lost, kept in found.caught) == (True, True)
    finally:
        for name in (story, kept):
            store.mark_must_catch(name, False, EVER)


# ------------------------------------------------------------------------ the command


@pytest.fixture
def desk(
    sahel: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Djeli:
    """A folder with a configuration, a changed one, and the store of a backtest."""
    text = '[[watch]]\nname = "sahel"\nkeywords = ["Mali", "Niger", "Burkina Faso"]\n'
    text += "[baseline]\nwording = false\n"
    (tmp_path / "djeli.toml").write_text(text, encoding="utf-8")
    (tmp_path / "new.toml").write_text(text.replace('"Niger", ', ""), encoding="utf-8")
    filled(sahel, f"sqlite:///{tmp_path}/djeli.db").close()
    return runner(tmp_path, monkeypatch, capsys)


def test_the_command_shows_both_sides_with_their_reasons(desk: Djeli, tmp_path: Path) -> None:
    same = desk("replay", "--since", "2027-01-01")
    assert same.code == 0
    assert "lost 0, gained 0" in same.out
    assert "Every article is decided as before." in same.out
    ran = desk("replay", "--since", "2027-01-01", "--config", "new.toml")
    lost = [line.split("\t") for line in ran.out.splitlines() if line.startswith("− lost")]
    assert lost
    assert all(row[2].startswith(("ALERT: ", "UPDATE: ")) for row in lost)
    assert all(row[3] == "IGNORE: No watch asks for it." for row in lost)
    told = desk("replay", "--since", "2027-01-01", "--config", "new.toml", "--json").json
    assert len(told["lost"]) == len(lost)
    assert told["before"]["configuration"] == "djeli.toml"
    assert told["lost"][0]["before"]["pushed"] is True
    assert told["lost"][0]["after"]["decision"] == "ignore"
    text = (tmp_path / "new.toml").read_text(encoding="utf-8")
    (tmp_path / "djeli.toml").write_text(text, encoding="utf-8")
    then = desk("replay", "--since", "2027-01-01", "--json").json  # against what was decided then
    assert {row["article"]["id"] for row in then["lost"]} == {row["article"]["id"] for row in told["lost"]}


def test_the_command_fails_when_a_story_that_must_be_caught_is_lost(desk: Djeli) -> None:
    lost = desk("replay", "--since", "2027-01-01", "--config", "new.toml", "--json").json["lost"]
    story = lost[0]["before"]["story"]
    assert desk("story", story, "--must-catch").out.splitlines()[-1].startswith("Must be caught")
    assert desk("story", story, "--json").json["must_catch"] is True
    ran = desk("replay", "--since", "2027-01-01", "--config", "new.toml")
    assert ran.code == 1
    assert f"must-catch stories would be lost: {story}" in ran.err
    assert desk("replay", "--since", "2027-01-01").code == 0
    desk("story", story, "--no-must-catch")
    assert desk("replay", "--since", "2027-01-01", "--config", "new.toml").code == 0
    assert desk("story", "S9999", "--must-catch").code == 2


def test_the_command_says_what_is_wrong(desk: Djeli, tmp_path: Path) -> None:
    assert "--since '2027' says no moment" in desk("replay", "--since", "2027").err
    assert "leave --since out" in desk("replay", "--since", "9d", "--as-of", "2027-01-01").err
    (tmp_path / "bad.toml").write_text("[[watch]]\nnaem = 'x'\n", encoding="utf-8")
    bad = desk("replay", "--config", "bad.toml")
    assert (bad.code, "bad.toml:2" in bad.err) == (2, True)
    assert desk("replay", "--config", "none.toml").code == 2
    (tmp_path / "djeli.db").unlink()
    empty = desk("replay", "--since", "7d")
    assert (empty.code, "nothing to judge again" in empty.out) == (0, True)
    assert not (tmp_path / "djeli.db").exists()


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_the_report_is_told_in_the_language_of_the_messages(
    store: SqlStore, sahel: House, less: House, language: str
) -> None:
    found = replayed(store, EVER, less, sahel)
    report = Report(found, "djeli.toml", "new.toml", sahel.voices[language])
    said = "\n".join([*report.said(), *("\t".join(row) for row in report.rows())])
    assert "{" not in said
    assert len(list(report.rows(everything=True))) == len(found.rows)
    assert json.loads(json.dumps(replayed_json(report)))["articles"] == COUNT


@pytest.mark.parametrize(
    ("text", "back"),
    [("90d", timedelta(days=90)), ("12h", timedelta(hours=12)), ("3w", timedelta(weeks=3))],
)
def test_moments_are_given_as_how_long_ago_or_as_days(text: str, back: timedelta) -> None:
    now = datetime(2027, 3, 1, 12, tzinfo=UTC)
    assert durations.moment_back(text, now, UTC) == now - back
    assert durations.moment_back("2027-02-01", now, UTC) == datetime(2027, 2, 1, tzinfo=UTC)
    for wrong in ("", "d", "2027-02-30", "yesterday"):
        with pytest.raises(ValueError, match="says no moment"):
            durations.moment_back(wrong, now, UTC)
