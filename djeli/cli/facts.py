"""`djeli baseline …` and `known`: the known facts."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from baseline.documents import Candidate
from bot import replies
from djeli.app import answers, building, show, wiring
from djeli.app.documents import document
from djeli.cli.desk import JSON, LIMIT, Desk
from djeli.core.clock import utc_now
from djeli.core.errors import UserError
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
@JSON
@click.pass_obj
def baseline_list(desk: Desk, type_: str | None, as_json: bool) -> None:
    """List the known facts."""
    house = desk.house()
    facts = [fact for fact in house.knowledge.facts if type_ in (None, fact.type)]
    if not facts:
        raise UserError(f"no fact is of the type '{type_}'")
    if as_json:
        show.as_json([answers.fact_json(fact) for fact in facts])
        return
    show.table(
        ("id", "type", "status", "date", "summary"),
        ((fact.id, fact.type, fact.status, fact.span or "", fact.summary) for fact in facts),
    )


@baseline_.command(name="show")
@click.argument("id_", metavar="ID")
@JSON
@click.pass_obj
def baseline_show(desk: Desk, id_: str, as_json: bool) -> None:
    """Show one fact with its sources."""
    house = desk.house()
    found = [fact for fact in house.knowledge.facts if fact.id.casefold() == id_.casefold()]
    if not found:
        raise UserError(f"there is no fact '{id_}'; `djeli baseline list` names them all")
    if as_json:
        show.as_json(answers.fact_json(found[0]))
        return
    show.out(replies.as_text(replies.known(found, id_, house.voice)))


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
    house = desk.house()
    facts = house.judge.known(" ".join(words).split())[:limit]
    if as_json:
        show.as_json([answers.fact_json(fact) for fact in facts])
    else:
        show.out(replies.as_text(replies.known(facts, " ".join(words), house.voice)))
