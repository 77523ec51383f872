"""`djeli recent`, `search`, `story`, `why` and `mutes`: what was judged, and what is held back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import click

from bot import asked, replies
from bot.asked import NotUnderstood, Recent
from bot.asking import stories_of
from bot.command_words import say
from bot.words import fold, story_key
from djeli.app import answers, show
from djeli.app.lookup import named, names_of
from djeli.app.wiring import House
from djeli.cli.desk import JSON, LIMIT, Desk
from djeli.core.clock import utc_now
from djeli.core.errors import UserError
from djeli.core.model import LedgerLine
from monitors.addresses import canonical


@click.command()
@click.argument("words", nargs=-1)
@click.option("--type", "type_", help="Only this type of development.")
@click.option("--about", help="Only with this actor or place, by id or any of its names.")
@click.option("--since", help='Only since then: "7d", "monday", "2027-03-01", «вчера», "hier".')
@click.option("--days", type=click.IntRange(1, 3650), help="Only of the last so many days.")
@LIMIT
@JSON
@click.pass_obj
def recent(
    desk: Desk,
    words: tuple[str, ...],
    type_: str | None,
    about: str | None,
    since: str | None,
    days: int | None,
    limit: int,
    as_json: bool,
) -> None:
    """The latest developments.

    WORDS as in the chat: a type, a name, a number, since when.
    """
    house, now = desk.house(), utc_now()
    wanted = _wanted(house, " ".join(words), now)
    if type_:
        wanted = replace(wanted, type=_type(house, type_))
    if about:
        wanted = replace(wanted, entities=(*wanted.entities, _entity(house, about)))
    if since:
        wanted = replace(wanted, since=_since(house, since, now))
    if days:
        wanted = replace(wanted, since=now - timedelta(days=days))
    with desk.store(house.config) as store:
        stories = store.recent(
            wanted.limit or limit, type=wanted.type, entities=wanted.entities, since=wanted.since
        )
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
        show.out(replies.as_text(replies.recent(stories, wanted, house.voice)))


def _wanted(house: House, words: str, now: datetime) -> Recent:
    try:
        return asked.recent(words, names_of(house), house.voice, now)
    except NotUnderstood as error:
        hint = f"; did you mean '{error.near}'?" if error.near else ""
        raise UserError(
            f"'{error.words}' is neither a number, a type, an actor or place of the beat, nor a date{hint}"
        ) from None


def _type(house: House, words: str) -> str:
    found = asked.kind_of_event(words, house.voice)
    if found is None:
        raise UserError(f"'{words}' is not a type; the types are: {', '.join(sorted(house.knowledge.types))}")
    return found


def _entity(house: House, name: str) -> str:
    found = named(house, name)
    if found is None:
        raise UserError(f"'{name}' is not an actor or place of the beat")
    return found


def _since(house: House, words: str, now: datetime) -> datetime:
    found = asked.day_of(words, now, house.voice)
    if found is None:
        raise UserError(f"'{words}' is not a moment; write one like 7d, monday, 2027-03-01, вчера or hier")
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
        ledger, messages, held = store.ledger(name), store.deliveries(name), store.muted(name)
        marked = name in store.must_catch()
    if found is None:
        raise UserError(f"there is no story '{id_}'; `djeli recent` names the latest")
    if as_json:
        told = answers.story_json(found, ledger, messages, house.knowledge.chain_of, held)
        show.as_json(told | {"must_catch": marked})
        return
    show.out(replies.as_text(replies.story(found, messages, name, house.voice, held=held)))
    if marked:
        show.out(house.voice.say("must_catch"))


@click.command()
@click.argument("key", metavar="ADDRESS|TITLE|STORY|ARTICLE")
@JSON
@click.pass_obj
def why(desk: Desk, key: str, as_json: bool) -> None:
    """Why something was told or not."""
    house, name = desk.house(), story_key(key)
    if not name:
        raise UserError("name a story, an article, its address or its title")
    with desk.store(house.config) as store:
        found = store.why(name, canonical(name) or name)
        held = [one for story in stories_of(found) for one in store.muted(story)]
    if as_json:
        show.as_json(answers.asked_json(found, held))
    else:
        said = replace(found, lines=tuple(_said_in(line, house) for line in found.lines))
        show.out(replies.as_text(replies.why(said, house.voice, held=held)))


def _said_in(line: LedgerLine, house: House) -> LedgerLine:
    """A line with its reason in the language of the terminal, as far as it was said in it."""
    language = house.voice.language
    if line.verdict is None:
        return replace(line, because=house.judge.reason_in(language, line.because, line.article.lang))
    verdict = line.verdict.said_in(language)
    return replace(line, verdict=verdict, because=verdict.because)


@click.command(name="mutes")
@click.option("--chat", type=int, help="Only those of this chat.")
@click.option("--all", "ended", is_flag=True, help="Those that have ended, too.")
@click.option("--lift", type=int, metavar="NUMBER", help="End this mute.")
@JSON
@click.pass_obj
def mutes(desk: Desk, chat: int | None, ended: bool, lift: int | None, as_json: bool) -> None:
    """What is muted in the chats, until when and why."""
    house, now = desk.house(), utc_now()
    with desk.store(house.config) as store:
        if lift is not None and not store.lift(lift, 0, now):
            raise UserError(f"there is no mute {lift} in force; `djeli mutes` lists them")
        found = store.mutes(None if ended else now, chat)
        count = {mute.id: store.held_back(mute.id) for mute in found}
    if as_json:
        show.as_json([answers.mute_json(mute, now) | {"held_back": count[mute.id]} for mute in found])
        return
    voice = house.voice
    if not found:
        show.out(say(voice, "nothing_muted_anywhere"))
        return
    show.table(
        ("number", "chat", "what", "until", "because", "held back"),
        (
            (
                mute.id,
                mute.chat,
                replies.muted_thing(mute, voice),
                voice.moment(mute.lifted or mute.until),
                mute.because,
                count[mute.id],
            )
            for mute in found
        ),
    )
