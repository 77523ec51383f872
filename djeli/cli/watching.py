"""`djeli watch`: what the words of a watch mean and what they caught, before anything is changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import click

from djeli.app import show, watch_report, watches
from djeli.app.watch_report import Report
from djeli.app.wiring import House
from djeli.cli.desk import JSON, Desk
from djeli.core.clock import utc_now
from djeli.core.model import Watch
from djeli.core.ports import Past
from storage.store import SqlStore

Command = Callable[..., Any]
_LATEST = click.option(
    "--limit", type=click.IntRange(0, 100), default=5, show_default=True, help="Articles that are shown."
)


def _days(default: int) -> Callable[[Command], Command]:
    return click.option(
        "--days",
        type=click.IntRange(1, 3650),
        default=default,
        show_default=True,
        help="How far back stored articles are looked through.",
    )


@click.group()
def watch() -> None:
    """What the words of a watch mean, what they caught, and what could be added."""


@watch.command(name="list")
@_days(30)
@JSON
@click.pass_obj
def list_(desk: Desk, days: int, as_json: bool) -> None:
    """The watches with what each has caught."""
    house = desk.house()
    report = Report(house)
    with desk.store(house.config) as store:
        past, count, day = _past(store, house, days)
        found = watches.caught(past)
    chats = Counter(name for chat in house.config.chats for name in chat.watches)
    if as_json:
        show.as_json([_watch_json(one, chats[one.name], found) for one in house.config.watches])
        return
    show.table(report.headers("list"), report.list_rows(house.config.watches, chats, found))
    show.out(report.past(count, day))


def _watch_json(one: Watch, chats: int, found: dict[str, watches.Tally]) -> dict[str, object]:
    return {
        "watch": one.name,
        "keywords": list(one.keywords),
        "all": list(one.all),
        "exclude": list(one.exclude),
        "pushes": watch_report.pushes(one),
        "chats": chats,
        **watch_report.tally_json(found.get(one.name, watches.Tally())),
    }


@watch.command(name="test")
@click.argument("word", metavar="WORD|NAME")
@_days(30)
@_LATEST
@JSON
@click.pass_obj
def test(desk: Desk, word: str, days: int, limit: int, as_json: bool) -> None:
    """How a word is understood, or a watch by its name, and which stored articles it has."""
    house = desk.house()
    named = next((one for one in house.config.watches if one.name == word), None)
    if named is None:
        watches.meaning(word, house)  # wrong input is told before anything is opened
    with desk.store(house.config) as store:
        past, count, day = _past(store, house, days)
        if named:
            _test_watch(Report(house), named, past, (count, day, limit), as_json)
        else:
            _test_word(Report(house), word, past, (count, day, limit), as_json)


def _test_word(
    report: Report, word: str, past: Iterable[Past], looked: tuple[int, str, int], as_json: bool
) -> None:
    count, day, limit = looked
    known = watches.meaning(word, report.house)
    tally, hits = watches.try_word(word, report.house, past, limit)
    if as_json:
        told = watch_report.meaning_json(known, report.voice)
        latest = [watch_report.hit_json(hit) for hit in hits]
        show.as_json({**told, "since": day, **watch_report.tally_json(tally), "latest": latest})
        return
    for line in report.meaning(known):
        show.out(line)
    show.out(report.past(count, day))
    if count:
        show.out(report.tally("found", tally))
        for line in report.hits(hits):
            show.out(line)


def _test_watch(
    report: Report, named: Watch, past: Iterable[Past], looked: tuple[int, str, int], as_json: bool
) -> None:
    count, day, limit = looked
    tried = watches.try_watch(named, report.house, past, limit)
    meanings = {said: watches.meaning(said, report.house) for said, _ in tried.words}
    if as_json:
        words = [
            watch_report.meaning_json(meanings[said], report.voice) | watch_report.tally_json(tally)
            for said, tally in tried.words
        ]
        show.as_json({
            "watch": named.name, "since": day, **watch_report.tally_json(tried.looked), "words": words,
            "left": dict(tried.left), "latest": [watch_report.hit_json(hit) for hit in tried.hits],
        })  # fmt: skip
        return
    show.out(report.past(count, day))
    show.out(report.tally("looked", tried.looked, name=named.name))
    if tried.words:
        show.table(report.headers("words"), report.tried_rows(tried, meanings))
    if left := report.left(tried):
        show.out(left)
    for line in report.hits(tried.hits):
        show.out(line)
    show.out(report.say("as_of_then"))


@watch.command(name="suggest")
@click.argument("word")
@_days(90)
@JSON
@click.pass_obj
def suggest(desk: Desk, word: str, days: int, as_json: bool) -> None:
    """What else to watch for: variants in three languages, how often they stood there, how often in vain."""
    house = desk.house()
    report, known = Report(house), watches.meaning(word, house)
    with desk.store(house.config) as store:
        past, count, day = _past(store, house, days)
        variants = watches.suggest(word, house, past)
    if as_json:
        told = watch_report.meaning_json(known, report.voice)
        show.as_json({**told, "since": day, "variants": [watch_report.variant_json(one) for one in variants]})
        return
    for line in report.meaning(known):
        show.out(line)
    show.out(report.past(count, day))
    show.table(report.headers("suggest"), report.variant_rows(variants))
    for line in report.proposal(known, variants):
        show.out(line)


def _past(store: SqlStore, house: House, days: int) -> tuple[Iterable[Past], int, str]:
    """The stored articles of the last days, how many they are, and since when."""
    since = utc_now() - timedelta(days=days)
    line = store.last_line(before=since)
    count, _ = store.past_count(line)
    day = since.astimezone(house.config.zone).date().isoformat()
    return show.with_progress(store.past(line), "Looking through the past", count), count, day
