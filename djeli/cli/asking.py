"""`djeli recent`, `search`, `story` and `why`: what was judged."""

from __future__ import annotations

from datetime import timedelta

import click

from bot import replies
from bot.words import fold, story_key, type_of
from djeli.app import answers, show
from djeli.app.wiring import House
from djeli.cli.desk import JSON, LIMIT, Desk
from djeli.core.clock import utc_now
from djeli.core.errors import UserError
from monitors.addresses import canonical


@click.command()
@click.option("--type", "type_", help="Only this type of development.")
@click.option("--about", help="Only with this actor or place, by id or any of its names.")
@click.option("--days", type=click.IntRange(1, 3650), help="Only of the last so many days.")
@LIMIT
@JSON
@click.pass_obj
def recent(
    desk: Desk, type_: str | None, about: str | None, days: int | None, limit: int, as_json: bool
) -> None:
    """The latest developments."""
    house = desk.house()
    kind = _type(house, type_) if type_ else None
    entity = _entity(house, about) if about else None
    since = utc_now() - timedelta(days=days) if days else None
    with desk.store(house.config) as store:
        stories = store.recent(limit, type=kind, entity=entity, since=since)
    if as_json:
        show.as_json([answers.story_line_json(story) for story in stories])
    elif show.on_terminal() and stories:
        lines = [answers.story_line_json(story) for story in stories]
        show.table(
            ("story", "date", "type", "stage", "title", "outlets"),
            ([*(line[key] for key in ("story", "date", "type", "stage", "title")), ", ".join(line["outlets"])]
             for line in lines),
        )  # fmt: skip
    else:
        show.out(replies.as_text(replies.recent(stories, house.voice)))


def _type(house: House, words: str) -> str:
    found = type_of(words, house.voice)
    if found is None:
        raise UserError(f"'{words}' is not a type; the types are: {', '.join(sorted(house.knowledge.types))}")
    return found


def _entity(house: House, name: str) -> str:
    found = house.entity(name)
    if found is None:
        raise UserError(f"'{name}' is not an actor or place of the beat")
    return found


@click.command()
@click.argument("words", nargs=-1, required=True)
@LIMIT
@JSON
@click.pass_obj
def search(desk: Desk, words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Articles that hold all these words, whatever was decided about them."""
    house = desk.house()
    wanted = [fold(word) for word in " ".join(words).split()]
    with desk.store(house.config) as store:
        lines = store.search(wanted, limit)
    if as_json:
        show.as_json([answers.ledger_json(line) for line in lines])
    else:
        show.out(replies.as_text(replies.search(lines, " ".join(words), house.voice)))


@click.command()
@click.argument("id_", metavar="ID")
@click.option(
    "--must-catch/--no-must-catch",
    default=None,
    help="Mark it as a story that no change may lose (`replay` then fails), or take the mark away.",
)
@JSON
@click.pass_obj
def story(desk: Desk, id_: str, must_catch: bool | None, as_json: bool) -> None:
    """One story: developments, outlets with their chain, headlines, figures and messages."""
    house, name = desk.house(), story_key(id_)
    with desk.store(house.config) as store:
        if must_catch is not None:
            store.mark_must_catch(name, must_catch, utc_now())
        found = store.story(name)
        ledger, messages = store.ledger(name), store.deliveries(name)
        marked = name in store.must_catch()
    if found is None:
        raise UserError(f"there is no story '{id_}'; `djeli recent` names the latest")
    if as_json:
        told = answers.story_json(found, ledger, messages, house.knowledge.chain_of)
        show.as_json(told | {"must_catch": marked})
        return
    show.out(replies.as_text(replies.story(found, messages, name, house.voice)))
    if marked:
        show.out(house.voice.say("must_catch"))


@click.command()
@click.argument("key", metavar="ADDRESS|TITLE|STORY|ARTICLE")
@JSON
@click.pass_obj
def why(desk: Desk, key: str, as_json: bool) -> None:
    """Why something was told or not."""
    house, name = desk.house(), story_key(key)
    with desk.store(house.config) as store:
        found = store.why(name, canonical(name) or name)
    if as_json:
        show.as_json(answers.asked_json(found))
    else:
        show.out(replies.as_text(replies.why(found.lines, name, house.voice, found)))
