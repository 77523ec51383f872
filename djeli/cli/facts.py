"""`djeli baseline …` and `known`: the known facts."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path

import click

from baseline.documents import Candidate
from bot import changes as shown_changes
from bot import replies
from bot.words import story_key
from djeli.app import answers, building, changes, show, wiring
from djeli.app.documents import document
from djeli.cli.desk import JSON, LIMIT, Desk
from djeli.core.clock import utc_now
from djeli.core.errors import UserError
from djeli.core.model import Change, ChangeState, Fact
from monitors import pages


@click.group(name="baseline")
def baseline_() -> None:
    """The known facts: build them from documents, list, show and check them."""


@baseline_.command(name="build")
@click.argument("documents", metavar="DOC…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day the documents speak as of.")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="Write to this file instead of the terminal."
)
@click.option("--force", is_flag=True, help="Overwrite the file of --output.")
@click.pass_obj
def baseline_build(
    desk: Desk, documents: tuple[Path, ...], as_of: datetime | None, output: Path | None, force: bool
) -> None:
    """Read documents (txt, md, html, pdf) into candidate facts, as YAML for review."""
    if output and output.exists() and not force:
        raise UserError(f"{output}: exists already and is left as it is; name a new file or use --force")
    knowledge = wiring.load_knowledge(desk.config().baseline_files)
    read = [document(path, _page_text) for path in show.with_progress(documents, "Opening", len(documents))]
    reader, today = building.document_reader(knowledge), utc_now().date()
    found: list[Candidate] = []
    for one in show.with_progress(read, "Reading", len(read)):
        told = reader.read(one.name, one.paragraphs, as_of.date() if as_of else one.dated, today)
        for note in building.notes(one.name, told, as_of is None, today):
            click.echo(note, err=True)
        found += told
    text = building.Records(knowledge).as_yaml(found)
    if output is None:
        show.out(text.rstrip("\n"))
        return
    building.write(output, text)
    show.out(f"{output}: {building.total(found)}; read them over, then accept what is right.")


def _page_text(data: bytes) -> tuple[str, date | None]:
    page = pages.extract(data, "", "text/html", utc_now())
    return (page.text, page.published.date() if page.published else None) if page else ("", None)


@baseline_.command(name="list")
@click.option("--type", "type_", help="Only facts of this type.")
@click.option(
    "--origin", type=click.Choice(["document", "accepted"]), help="Only facts of documents, or accepted ones."
)
@JSON
@click.pass_obj
def baseline_list(desk: Desk, type_: str | None, origin: str | None, as_json: bool) -> None:
    """List the known facts."""
    house = desk.informed()
    facts = [fact for fact in house.knowledge.facts if type_ in (None, fact.type)]
    if not facts:
        raise UserError(f"no fact is of the type '{type_}'")
    facts = [fact for fact in facts if origin in (None, "accepted" if fact.accepted else "document")]
    if as_json:
        show.as_json([answers.fact_json(fact) for fact in facts])
        return
    show.table(
        ("id", "type", "status", "date", "origin", "summary"),
        ((fact.id, fact.type, fact.status, fact.span or "", _origin(fact), fact.summary) for fact in facts),
    )


@baseline_.command(name="show")
@click.argument("id_", metavar="ID")
@JSON
@click.pass_obj
def baseline_show(desk: Desk, id_: str, as_json: bool) -> None:
    """Show one fact with its sources; of an accepted one every version."""
    house = desk.informed()
    found = [fact for fact in house.knowledge.facts if fact.id.casefold() == id_.casefold()]
    if not found:
        raise UserError(f"there is no fact '{id_}'; `djeli baseline list` names them all")
    history: list[Change] = []
    if found[0].accepted:
        with desk.store(house.config) as store:
            history = changes.history(store, found[0].id)
    if as_json:
        told = {"history": [answers.change_json(change) for change in history]} if history else {}
        show.as_json(answers.fact_json(found[0]) | told)
        return
    show.out(replies.as_text(replies.known(found, id_, house.voice)))
    for change in history:
        show.out("")
        show.out(replies.as_text(shown_changes.blocks(change, house.voice)))


@baseline_.command(name="accept")
@click.argument("story", metavar="STORY")
@click.option(
    "--horizon", default="365d", show_default=True, help="How long after it the same would be new; `none`."
)
@click.option("--because", default="", help="Why, in your own words.")
@JSON
@click.pass_obj
def baseline_accept(desk: Desk, story: str, horizon: str, because: str, as_json: bool) -> None:
    """Make a told development a known fact, dated and with its reports."""
    house, now, name = desk.house(), utc_now(), story_key(story)
    length = _horizon(horizon)
    with desk.store(house.config) as store:
        if (found := store.story(name)) is None:
            raise UserError(f"there is no story '{story}'; `djeli recent` names the latest")
        drafted = changes.fact_of(found, house.knowledge, because, length)
        changes.refuse_twice(store, drafted)
        number = store.draft(drafted, "terminal", now)
        store.bring_change(number, ChangeState.ACCEPTED, "terminal", now)
    _show_accepted(desk, f"A{number}", number, as_json)


@baseline_.command(name="correct")
@click.argument("id_", metavar="ID")
@click.option("--date", help="When it happened: 2027-02-08, 2027-02, 2027 or two days with a slash.")
@click.option("--status", help="Its stage: signed, arrived …")
@click.option("--summary", help="What happened, in your own words.")
@click.option("--until", help="Its horizon: the last day on which an event like it is this one.")
@click.option("--because", default="", help="Why, in your own words.")
@JSON
@click.pass_obj
def baseline_correct(
    desk: Desk,
    id_: str,
    date: str | None,
    status: str | None,
    summary: str | None,
    until: str | None,
    because: str,
    as_json: bool,
) -> None:
    """Correct an accepted fact; its earlier versions are kept."""
    house, now, name = desk.house(), utc_now(), id_.upper()
    slots = {"date": date, "status": status, "summary": summary, "until": until}
    told: dict[str, object] = {key: value for key, value in slots.items() if value is not None}
    if not told:
        raise UserError("say what is to be corrected: --date, --status, --summary or --until")
    if date is not None:
        told["date_precision"] = changes.precision_of(date)
    with desk.store(house.config) as store:
        drafted = changes.corrected(store, house.knowledge, name, told, because)
        number = store.draft(drafted, "terminal", now)
        store.bring_change(number, ChangeState.ACCEPTED, "terminal", now)
    _show_accepted(desk, name, number, as_json)


def _show_accepted(desk: Desk, name: str, number: int, as_json: bool) -> None:
    house = desk.informed()
    fact = next(fact for fact in house.knowledge.facts if fact.id == name)
    if as_json:
        show.as_json(answers.fact_json(fact) | {"change": number})
        return
    show.out(replies.as_text(replies.known([fact], name, house.voice)))
    show.out(f"change {number}; `djeli changes undo {number}` takes it back")


def _horizon(text: str) -> timedelta | None:
    if text.strip().casefold() == "none":
        return None
    found = re.fullmatch(r"(\d{1,5})\s*d", text.strip())
    if not found:
        raise UserError(f"--horizon is '{text}'; write days like 180d, or none")
    return timedelta(days=int(found.group(1)))


def _origin(fact: Fact) -> str:
    if not fact.accepted:
        return "document"
    return f"accepted, version {fact.version}" if fact.version > 1 else "accepted"


@baseline_.command(name="check")
@click.argument("files", metavar="[FILE…]", nargs=-1, type=click.Path(path_type=Path))
@click.pass_obj
def baseline_check(desk: Desk, files: tuple[Path, ...]) -> None:
    """Check the knowledge and files of facts; name every fault with file, entry and line."""
    knowledge = wiring.load_knowledge((*desk.house().config.baseline_files, *files))
    quiet = sum(not fact.suppresses for fact in knowledge.facts)
    show.out(f"fine: {len(knowledge.facts)} facts ({quiet} never suppress), {len(knowledge.entities)} names.")


@click.command()
@click.argument("words", nargs=-1, required=True)
@LIMIT
@JSON
@click.pass_obj
def known(desk: Desk, words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """What is known about these words: facts with their sources."""
    house = desk.informed()
    facts = house.judge.known(" ".join(words).split())[:limit]
    if as_json:
        show.as_json([answers.fact_json(fact) for fact in facts])
    else:
        show.out(replies.as_text(replies.known(facts, " ".join(words), house.voice)))
