"""`djeli changes …`: what feedback proposes, accepted or dropped, and undone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
import yaml

from bot import changes as shown_changes
from bot import replies
from bot.words import story_key
from djeli.app import answers, changes, durations, effects, show
from djeli.app.setup import quoted
from djeli.app.wiring import House
from djeli.cli.desk import JSON, Desk
from djeli.core.clock import utc_now
from djeli.core.errors import UserError
from djeli.core.model import Change, ChangeKind, ChangeState
from storage.store import SqlStore

_WHO = "terminal"
_SINCE = "30d"  # judged again for one change: what a reader remembers
_NUMBER = click.argument("number", metavar="N", type=click.IntRange(1, 2**63 - 1))
_BECAUSE = click.option("--because", default="", help="Why, in your own words.")


@click.group(name="changes")
def changes_() -> None:
    """Small changes beside the files: facts, excluded words, splits; each can be undone."""


@contextmanager
def _opened(desk: Desk) -> Iterator[tuple[House, SqlStore]]:
    house = desk.house()
    with desk.store(house.config) as store:
        yield house, store


@changes_.command(name="list")
@click.option(
    "--state", type=click.Choice([state.value for state in ChangeState]), help="Only in this state."
)
@JSON
@click.pass_obj
def list_(desk: Desk, state: str | None, as_json: bool) -> None:
    """Every change with its state."""
    with _opened(desk) as (house, store):
        found = store.changes(*([ChangeState(state)] if state else []))
    if as_json:
        show.as_json([answers.change_json(change) for change in found])
        return
    for change in found:
        show.out(shown_changes.line(change, house.voice))
    if not found:
        show.out(shown_changes.none(house.voice))


@changes_.command(name="show")
@_NUMBER
@JSON
@click.pass_obj
def show_(desk: Desk, number: int, as_json: bool) -> None:
    """One change: what it does, why, what it would have done, and as it would stand in a file."""
    with _opened(desk) as (house, store):
        _show(house, _found(store, number), as_json)


@changes_.command(name="fact")
@click.argument("story", metavar="STORY")
@_BECAUSE
@JSON
@click.pass_obj
def fact(desk: Desk, story: str, because: str, as_json: bool) -> None:
    """Propose that a story counts as known from now on."""
    with _opened(desk) as (house, store):
        name = story_key(story)
        if (found := store.story(name)) is None:
            raise UserError(f"there is no story '{story}'; `djeli recent` names the latest")
        _draft(house, store, changes.fact_of(found, house.knowledge, because), as_json)


@changes_.command(name="exclude")
@click.argument("watch", metavar="WATCH")
@click.argument("word", metavar="WORD")
@_BECAUSE
@JSON
@click.pass_obj
def exclude(desk: Desk, watch: str, word: str, because: str, as_json: bool) -> None:
    """Propose a word that articles of a watch must not have."""
    with _opened(desk) as (house, store):
        _draft(house, store, changes.exclusion(house, watch, word, because), as_json)


@changes_.command(name="split")
@click.argument("story", metavar="STORY")
@click.argument("article", metavar="ARTICLE")
@_BECAUSE
@JSON
@click.pass_obj
def split(desk: Desk, story: str, article: str, because: str, as_json: bool) -> None:
    """Propose that a report (its address or id) leaves a story."""
    with _opened(desk) as (house, store):
        lines = store.ledger(article)
        found = store.story(story_key(story))
        if found is None:
            raise UserError(f"there is no story '{story}'; `djeli recent` names the latest")
        name = lines[0].article.id if lines else article
        _draft(house, store, changes.split(found, name, because), as_json)


@changes_.command(name="try")
@_NUMBER
@click.option(
    "--since", default=_SINCE, show_default=True, help="How long ago (90d, 12h, 3w) or a day (2027-03-01)."
)
@JSON
@click.pass_obj
def try_(desk: Desk, number: int, since: str, as_json: bool) -> None:
    """Judge the past again with a change and without, and show what it would have done."""
    with _opened(desk) as (house, store):
        try:
            start = durations.moment_back(since, utc_now(), house.config.zone)
        except ValueError as error:
            raise UserError(f"--since {error}") from None
        store.note_effect(number, effects.effect(house, store, _found(store, number), start))
        _show(house, _found(store, number), as_json)


def _deed(name: str, state: ChangeState, help_: str) -> None:
    @changes_.command(name=name, help=help_)
    @_NUMBER
    @JSON
    @click.pass_obj
    def deed(desk: Desk, number: int, as_json: bool) -> None:
        with _opened(desk) as (house, store):
            if state is ChangeState.ACCEPTED:
                teller = house.teller(store, house.roster(store))
                changed = changes.accept(store, teller, number, _WHO, utc_now())
            else:
                changed = store.bring_change(number, state, _WHO, utc_now())
            _show(house, changed, as_json)


_deed("accept", ChangeState.ACCEPTED, "Put a change in force; a running service takes it over in seconds.")
_deed("drop", ChangeState.DROPPED, "Put a proposal aside.")
_deed("undo", ChangeState.UNDONE, "Take a change back, with all it did.")


def _found(store: SqlStore, number: int) -> Change:
    if (found := store.change(number)) is None:
        raise UserError(f"there is no change {number}; `djeli changes list` names them all")
    return found


def _draft(house: House, store: SqlStore, drafted: Change, as_json: bool) -> None:
    changes.refuse_twice(store, drafted)
    _show(house, _found(store, store.draft(drafted, _WHO, utc_now())), as_json)


def _show(house: House, change: Change, as_json: bool) -> None:
    if as_json:
        show.as_json(answers.change_json(change))
        return
    show.out(replies.as_text(shown_changes.blocks(change, house.voice, in_terminal=True)))
    show.out("")
    if change.kind is not ChangeKind.SPLIT:
        show.out(shown_changes.in_file(house.voice))
        show.out(_in_file(change))
        show.out("")
    if following := shown_changes.next_step(change, house.voice):
        show.out(following)


def _in_file(change: Change) -> str:
    """The change as it would stand in a file of one's own."""
    content = change.content
    if change.kind is ChangeKind.EXCLUDE:
        return f"[[watch]]\nname = {quoted(content['watch'])}\nexclude = [{quoted(content['word'])}]"
    name = content.get("fact") or f"A{change.id}"
    record = {"id": name, **content["record"]}
    text: str = yaml.safe_dump({"records": [record]}, allow_unicode=True, sort_keys=False, width=110)
    return text.rstrip()
