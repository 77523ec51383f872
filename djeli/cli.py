"""The command line: reads arguments, calls `djeli.app`, prints. Exit codes are in docs/commands.md.

What only one or two commands need and takes long to import (Telegram, the parsers, the demo) is
imported by those commands: `djeli health` runs every half minute.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections import Counter
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar
from urllib.parse import urlsplit

import click

from baseline.documents import Candidate
from baseline.language import detect
from bot import replies, secrets
from bot.replies import StatusView
from bot.words import fold, story_key, type_of
from djeli.app import (
    answers,
    backtest,
    building,
    explaining,
    feedlist,
    jobs,
    setup,
    show,
    wiring,
)
from djeli.app import config as configuration
from djeli.app.config import DEFAULT_NAME, Config
from djeli.app.durations import interval, written
from djeli.app.machine import database_bytes, database_file, free_bytes
from djeli.app.wiring import House
from djeli.core.clock import utc_now
from djeli.core.errors import DjeliError, JobFailed, UserError
from djeli.core.model import Article, Check, Decision, Failure, Feed, FeedCursor, ReadPages
from djeli.core.words import LANGUAGES
from monitors import discover, opml
from monitors.web import HttpWeb
from storage.engine import migrate as migrate_database
from storage.store import SqlStore, open_store

if TYPE_CHECKING:
    from bot.telegram import Telegram

T = TypeVar("T")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
LIMIT = click.option(
    "--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="At most so many."
)


def run(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and exit with its code."""
    undo = secrets.install(logging.getLogger())
    try:
        sys.exit(_code(arguments))
    finally:
        undo()


def _code(arguments: list[str] | None) -> int:
    try:
        code = main.main(arguments, prog_name="djeli", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        return 130
    except DjeliError as error:
        click.echo(secrets.redact(str(error)), err=True)
        return error.exit_code
    except BrokenPipeError:  # the reader of our pipe went away: `djeli recent | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        return _unexpected(error)


def _unexpected(error: Exception) -> int:
    if os.environ.get("DJELI_DEBUG"):
        raise error
    said = secrets.redact(f"{type(error).__name__}: {error}").splitlines()[0]
    click.echo(f"Djeli failed: {said}; run with DJELI_DEBUG=1 for the traceback.", err=True)
    return 1


# ----------------------------------------------------------------------- what commands start from


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the configuration is; opens the house and the store for a command."""

    named: Path | None

    @property
    def path(self) -> Path | None:
        """The named file, else ./djeli.toml when it is there."""
        here = Path(DEFAULT_NAME)
        return self.named or (here if here.exists() else None)

    def house(self) -> House:
        """The configured house, or that of the default beat when there is no file."""
        return wiring.open_house(self.path)

    def configured(self) -> House:
        """The configured house; UserError when there is no file."""
        return wiring.open_house(self.path or Path(DEFAULT_NAME))

    def config(self) -> Config:
        """The configuration alone, for commands that need neither facts nor names."""
        return configuration.load(self.path) if self.path else configuration.default_config()

    @contextmanager
    def store(self, config: Config, create: bool = False) -> Iterator[SqlStore]:
        """The configured store; one in memory when there is none yet and it need not be created."""
        path = database_file(config.database)
        missing = path is not None and not path.exists() and path.parent.is_dir() and not create
        opened = open_store("sqlite://" if missing else config.database)
        try:
            if missing:
                opened.configure_feeds(config.feeds)
            yield opened
        finally:
            opened.close()


def _telegram(house: House) -> Telegram | None:
    """The connection for the token of the environment or the file; None without a token."""
    environment = dict(os.environ)
    if house.config.token_file and not environment.get(secrets.TOKEN_FILE):
        environment[secrets.TOKEN_FILE] = str(house.config.token_file)
    from bot.telegram import API, Telegram

    token = secrets.token_from(environment)
    return Telegram(token, _api(environment, API), clock=utc_now) if token else None


def _api(environment: Mapping[str, str], usual: str) -> str:
    """The base address of the Bot API server, checked."""
    address = (environment.get("DJELI_TELEGRAM_API") or usual).rstrip("/")
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or not parts.path.endswith("/bot"):
        raise UserError(
            f"DJELI_TELEGRAM_API is '{address}'; it must be an address that ends in /bot, like {usual}"
        )
    return address


def _wait(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option(
    "--config",
    "-c",
    type=click.Path(path_type=Path),
    envvar="DJELI_CONFIG",
    help="The configuration file (DJELI_CONFIG; default ./djeli.toml).",
)
@click.version_option(version("djeli"), prog_name="djeli")
@click.pass_context
def main(context: click.Context, config: Path | None) -> None:
    """Watches the press on Mali, Russia and the Sahel, and tells a Telegram chat what is new and why."""
    context.obj = Desk(config)


# ------------------------------------------------------------------------------------- set-up


@main.command()
@click.option("--chat", "chats", type=int, multiple=True, help="Id of a chat that is told; may be repeated.")
@click.option("--admin", "admins", type=int, multiple=True, help="Id of a user who may ask; may be repeated.")
@click.option(
    "--token-file", type=str, help="File with the bot's token; written (mode 600) when it is missing."
)
@click.option("--language", default="en", show_default=True, help="Of the messages: en, fr or ru.")
@click.option("--timezone", default="Africa/Bamako", show_default=True, help="Of digests and quiet hours.")
@click.option(
    "--digest", "digest", multiple=True, default=("07:00", "18:00"), show_default=True, help="Hour."
)
@click.option("--quiet", default="22:00-06:00", show_default=True, help='Quiet hours; "" for none.')
@click.pass_obj
def init(desk: Desk, /, chats: tuple[int, ...], token_file: str | None, **said: Any) -> None:
    """Write a ready configuration for the beat; never overwrites."""
    path = desk.named or Path(DEFAULT_NAME)
    if path.exists():
        raise UserError(
            f"{path}: exists already and is left as it is; remove it first, or name another with --config"
        )
    asks = sys.stdin.isatty() and sys.stdout.isatty()
    if asks and not chats:
        told = click.prompt("Chat id (empty: later)", default="", show_default=False)
        chats = (_number(told, "a chat id"),) if told else ()
    if asks and token_file is None and click.confirm("Do you have the bot's token?", default=False):
        token_file = "token"
    vocabulary = wiring.vocabulary(wiring.load_knowledge())
    quiet = said.pop("quiet") or None
    admins = said.pop("admins")
    given = setup.Answers(**said, quiet=quiet, chats=chats, admins=admins, token_file=token_file)
    setup.write_config(path, given, wiring.curated_feeds(), vocabulary)
    show.out(f"{path}: written, with {len(wiring.curated_feeds())} feeds.")
    if token_file:
        _init_token(path.absolute().parent / token_file, asks)
    if not chats:
        show.out("Next: write /start to your bot, put the chat's id into [[chat]], then `djeli doctor`.")
    else:
        show.out("Next: `djeli doctor`, then `djeli run`.")


def _number(text: str, what: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise UserError(f"'{text}' is not {what}; it is a whole number like -1001000000001") from None


def _init_token(path: Path, asks: bool) -> None:
    if path.exists():
        secrets.check_private(path)
        return
    token = click.prompt("Token (not shown)", hide_input=True) if asks else ""
    setup.write_token(path, token)
    show.out(f"{path}: written, readable by you alone." + ("" if token else " Put the bot's token into it."))


@main.command()
@click.pass_obj
def check(desk: Desk) -> None:
    """Read the configuration and the knowledge files; name every error with file, line and a suggestion."""
    house = desk.configured()
    config, knowledge, _ = house.config, house.knowledge, house.judge  # the judge checks its own rules
    if config.token_file and config.token_file.exists():
        secrets.check_private(config.token_file)
    show.out(
        f"{config.path}: fine: {len(config.feeds)} feeds, {len(config.watches)} watches, "
        f"{len(config.chats)} chats; {len(knowledge.facts)} facts, {len(knowledge.entities)} names."
    )


@main.command(name="doctor")
@click.pass_obj
def doctor_(desk: Desk) -> None:
    """Try token, chat rights, every feed, database and disk; exit 1 if any fails."""
    house = desk.configured()
    fine = _wait(_examine(house))
    if not fine:
        raise click.exceptions.Exit(1)


async def _examine(house: House) -> bool:
    from djeli.app import doctor

    telegram, why = None, "no token: set DJELI_TELEGRAM_TOKEN or name a token_file in [telegram]"
    try:
        telegram = _telegram(house)
    except DjeliError as error:
        why = str(error)
    web, fine = HttpWeb(detect, house.config.allow_private), True
    try:
        open_database = partial(open_store, house.config.database)
        async for finding in doctor.examine(house, web, telegram, why, open_database, utc_now):
            show.out(str(finding))
            fine = fine and finding.fine
    finally:
        await web.aclose()
        if telegram:
            await telegram.close()
    return fine


# ---------------------------------------------------------------------------------------- run


@main.command(name="run")
@click.option("--once", is_flag=True, help="One round over every feed, deliver what is owed, exit.")
@click.option("--dry-run", is_flag=True, help="Print the messages instead of sending; remember nothing.")
@click.pass_obj
def run_(desk: Desk, once: bool, dry_run: bool) -> None:
    """The service: scheduler, monitors, judge, sender, bot commands."""
    from djeli.app import service

    house = desk.configured()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for name in ("alembic", "apscheduler"):  # each speaks of every step it takes
        logging.getLogger(name).setLevel(logging.WARNING)
    if dry_run:
        with service.practice_store(house.config.database) as store:
            _run(house, store, None, once, practice=True)
        return
    telegram = _telegram(house)
    if telegram is None and house.config.chats:
        raise UserError(
            "there is no token: set DJELI_TELEGRAM_TOKEN, name a token_file in [telegram], or use --dry-run"
        )
    with desk.store(house.config, create=True) as store:
        _run(house, store, telegram, once, practice=False)


def _run(house: House, store: SqlStore, telegram: Telegram | None, once: bool, practice: bool) -> None:
    from djeli.app import service

    if not once:
        _wait(_serve(house, store, telegram, practice))
        return
    if practice:
        done = _wait(service.practise_once(house, store, utc_now, show.out))
    else:
        done = _wait(service.run_once(house, store, telegram, utc_now))
    click.echo(f"{done}.", err=True)


async def _serve(house: House, store: SqlStore, telegram: Telegram | None, practice: bool) -> None:
    from djeli.app import service

    stop = asyncio.Event()
    service.stop_on_signals(stop)
    await service.serve(house, store, telegram, utc_now, stop, show.out if practice else None)


@main.command(name="demo")
@click.option(
    "--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Of the messages."
)
def demo_(language: str) -> None:
    """The main job on an invented press on this machine, told in the terminal; without token or internet."""
    from djeli.app.demo import running

    running.run(language)


# ------------------------------------------------------------------------------- explain, backtest


@main.command()
@click.argument("source", metavar="URL|FILE|-")
@click.option("--published", help="When it was published: 2027-02-08 or with a time.")
@click.option("--outlet", help="Who published it: an id of knowledge/sources.yaml or any name.")
@click.option(
    "--title", help="Its title, in place of the page's; with a file, the whole file is then the text."
)
@JSON
@click.pass_obj
def explain(
    desk: Desk, source: str, published: str | None, outlet: str | None, title: str | None, as_json: bool
) -> None:
    """Judge one article against the store and say why."""
    house = desk.house()
    article = _article(house, source, title)
    article = explaining.amended(article, title, published, outlet)
    with desk.store(house.config) as store:
        judgement = explaining.explained(article, house.judge, store, max(utc_now(), article.published))
    if as_json:
        show.as_json(answers.judged_json(judgement))
        return
    for line in explaining.steps(judgement):
        show.out(line)


def _article(house: House, source: str, title: str | None) -> Article:
    now = utc_now()
    if source.startswith(("http://", "https://")):
        return _wait(_fetch(house, source))
    if source == "-":
        text = sys.stdin.buffer.read().decode("utf-8", "replace")
        return explaining.from_text(f"{title}\n{text}" if title else text, "-", now)
    text = _lines(source)
    return explaining.from_text(f"{title}\n{text}" if title else text, source, now)


async def _fetch(house: House, url: str) -> Article:
    web = HttpWeb(detect, house.config.allow_private)
    try:
        return await explaining.fetched(url, web, utc_now())
    finally:
        await web.aclose()


@main.command(name="backtest")
@click.argument("file", metavar="FILE.jsonl")
@click.option("--messages", is_flag=True, help="Print what the chat would have got.")
@click.option("--database", help="Keep the store here (SQLAlchemy address) instead of in memory.")
@JSON
@click.pass_obj
def backtest_(desk: Desk, file: str, messages: bool, database: str | None, as_json: bool) -> None:
    """Judge a stream of articles offline, each at its own time, from the baseline alone."""
    house = desk.house()
    given = backtest.read_articles(file, _lines(file), detect)
    store = open_store(database or "sqlite://")
    try:
        owed = house.teller_for_anyone(store).owed
        steps = show.with_progress(backtest.run(given, house.judge, store, owed), "Judging", len(given))
        results = _in_order_of_time(steps, messages and not as_json)
    finally:
        store.close()
    judged = [results[place] for place in range(len(given))]
    if as_json:
        for one in judged:
            line = answers.judged_json(one.judgement, one.given.name)
            told = {"messages": [alert.plain for alert in one.alerts]} if messages else {}
            show.as_json(line | told, indent=None)
    elif not messages:
        _show_judged(judged)


def _in_order_of_time(steps: Any, messages: bool) -> dict[int, backtest.Judged]:
    results = {}
    for place, one in steps:
        results[place] = one
        if messages:
            for alert in one.alerts:
                show.out(
                    f"── {alert.kind}, {one.judgement.article.published:%Y-%m-%d %H:%M} UTC\n{alert.plain}\n"
                )
    return results


def _show_judged(judged: list[backtest.Judged]) -> None:
    rows = []
    for one in judged:
        first = one.judgement.verdicts[0] if one.judgement.verdicts else None
        kind = " · ".join(filter(None, (first.mention.type, first.mention.stage))) if first else ""
        rows.append(
            (one.given.name, one.judgement.decision.value, kind, first.story if first else "",
             one.judgement.article.title, one.judgement.because)
        )  # fmt: skip
    show.table(("id", "decision", "what", "story", "title", "because"), rows)
    counts = Counter(one.judgement.decision for one in judged)
    said = ", ".join(f"{counts[decision]} {decision.value}" for decision in Decision if counts[decision])
    show.out(f"{len(judged)} articles: {said}.")


def _lines(file: str) -> str:
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return data.decode("utf-8-sig")
    except FileNotFoundError:
        raise UserError(f"{file}: there is no such file") from None
    except IsADirectoryError:
        raise UserError(f"{file}: is a directory; name a file") from None
    except UnicodeDecodeError as error:
        raise UserError(f"{file}:{error.object[: error.start].count(10) + 1}: is not UTF-8 text") from None
    except OSError as error:
        raise UserError(f"{file}: cannot be read ({error.strerror})") from None


# ---------------------------------------------------------------------------------- known facts


@main.group(name="baseline")
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
    from djeli.app.documents import document

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
    from monitors import pages

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


@main.command()
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


# ------------------------------------------------------------------------------ what was judged


@main.command()
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


@main.command()
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


@main.command()
@click.argument("id_", metavar="ID")
@JSON
@click.pass_obj
def story(desk: Desk, id_: str, as_json: bool) -> None:
    """One story: developments, outlets with their chain, headlines, figures and messages."""
    house, name = desk.house(), story_key(id_)
    with desk.store(house.config) as store:
        found = store.story(name)
        ledger, messages = store.ledger(name), store.deliveries(name)
    if found is None:
        raise UserError(f"there is no story '{id_}'; `djeli recent` names the latest")
    if as_json:
        show.as_json(answers.story_json(found, ledger, messages, house.knowledge.chain_of))
    else:
        show.out(replies.as_text(replies.story(found, messages, name, house.voice)))


@main.command()
@click.argument("key", metavar="ADDRESS|STORY|ARTICLE")
@JSON
@click.pass_obj
def why(desk: Desk, key: str, as_json: bool) -> None:
    """Why something was told or not."""
    house, name = desk.house(), story_key(key)
    with desk.store(house.config) as store:
        lines = store.ledger(name)
    if as_json:
        show.as_json([answers.ledger_json(line) for line in lines])
    else:
        show.out(replies.as_text(replies.why(lines, name, house.voice)))


# --------------------------------------------------------------------------------------- feeds


@main.group()
def feeds() -> None:
    """The feeds: list, add, import, export, test."""


@feeds.command(name="list")
@JSON
@click.pass_obj
def feeds_list(desk: Desk, as_json: bool) -> None:
    """The configured feeds and how they are."""
    house = desk.house()
    with desk.store(house.config) as store:
        store.configure_feeds(house.config.feeds)
        lines = [answers.feed_json(status) for status in store.feed_statuses()]
    if as_json:
        show.as_json(lines)
        return
    keys = ("outlet", "state", "cause", "entries", "articles", "last_ok", "next_due", "url")
    show.table(keys, ([line[key] for key in keys] for line in lines))


@feeds.command(name="add")
@click.argument("address", metavar="ADDRESS")
@click.option("--outlet", help="Its id in knowledge/sources.yaml, or a new name; default: by its address.")
@click.option("--every", default="15m", show_default=True, help="How often: 15m, 2h, 1d.")
@click.option("--read", default="auto", show_default=True, help="Whose pages: auto, all, matching, never.")
@click.option(
    "--as-is", is_flag=True, help="Take the address as it is, without looking for the feed behind it."
)
@click.pass_obj
def feeds_add(desk: Desk, address: str, outlet: str | None, every: str, read: str, as_is: bool) -> None:
    """Add a feed to the configuration; finds the feed behind a page's address."""
    house = desk.configured()
    url = address if as_is else _wait(_discovered(house, address))
    try:
        feed = Feed(
            url, outlet or feedlist.outlet_of(url, house.knowledge.outlets), interval(every), ReadPages(read)
        )
    except ValueError as error:
        raise UserError(f"--every or --read: {error}") from None
    _add(desk, house, [feed])


async def _discovered(house: House, address: str) -> str:
    web = HttpWeb(detect, house.config.allow_private)
    try:
        found = await discover.discover(web.fetcher, address)
    finally:
        await web.aclose()
    if isinstance(found, Failure):
        raise JobFailed(f"{address}: {found.detail}")
    for url, title in found[1:]:
        click.echo(f"also offered: {url} {title}".rstrip(), err=True)
    return found[0][0]


def _add(desk: Desk, house: House, new: list[Feed]) -> None:
    path = desk.path or Path(DEFAULT_NAME)
    added = feedlist.add_feeds(path, new, wiring.vocabulary(house.knowledge))
    for feed in added:
        show.out(f"{path}: added {feed.url} ({feed.outlet}, every {written(feed.every)})")
    if not added:
        show.out(f"{path}: nothing to add, all of it is there already")


@feeds.command(name="import")
@click.argument("file", metavar="FILE.opml", type=click.Path(path_type=Path))
@click.option("--every", default="15m", show_default=True, help="How often: 15m, 2h, 1d.")
@click.pass_obj
def feeds_import(desk: Desk, file: Path, every: str) -> None:
    """Add the feeds of an OPML file to the configuration."""
    house = desk.configured()
    try:
        found = opml.import_opml(file.read_bytes(), interval(every))
    except OSError as error:
        raise UserError(f"{file}: cannot be read ({error.strerror})") from None
    except ValueError as error:
        raise UserError(f"--every: {error}") from None
    _add(desk, house, found)


@feeds.command(name="export")
@click.argument("file", metavar="[FILE.opml]", required=False, type=click.Path(path_type=Path))
@click.pass_obj
def feeds_export(desk: Desk, file: Path | None) -> None:
    """The configured feeds as OPML."""
    text = opml.export_opml(desk.house().config.feeds)
    if file is None:
        show.out(text.rstrip("\n"))
        return
    try:
        with file.open("x", encoding="utf-8") as target:
            target.write(text)
    except FileExistsError:
        raise UserError(f"{file}: exists already and is left as it is; name a new file") from None
    except OSError as error:
        raise UserError(f"{file}: cannot be written ({error.strerror})") from None


@feeds.command(name="test")
@click.argument("which", metavar="[ADDRESS|OUTLET]", required=False)
@JSON
@click.pass_obj
def feeds_test(desk: Desk, which: str | None, as_json: bool) -> None:
    """Look at a feed, or at all of them, and say what is there; exit 1 if any fails."""
    house = desk.house()
    from djeli.app import doctor

    checks = _wait(_looked(house, feedlist.chosen(house.config.feeds, which)))
    if as_json:
        show.as_json([answers.check_json(check) for check in checks])
    else:
        for check in checks:
            show.out(f"{'✗' if check.failure else '✓'} {doctor.said_of(check)}")
    if any(check.failure for check in checks):
        raise click.exceptions.Exit(1)


async def _looked(house: House, chosen: list[Feed]) -> list[Check]:
    web = HttpWeb(detect, house.config.allow_private)
    try:
        return await asyncio.gather(*(web.look(feed, FeedCursor(feed.url), utc_now()) for feed in chosen))
    finally:
        await web.aclose()


# ---------------------------------------------------------------------------------- operations


@main.command()
@JSON
@click.pass_obj
def status(desk: Desk, as_json: bool) -> None:
    """How the feeds and the messages are."""
    house, now = desk.house(), utc_now()
    with desk.store(house.config) as store:
        view = StatusView(
            version=version("djeli"),
            polls=False,
            outbox=tuple(store.outbox_health()),
            feeds=tuple(store.feed_statuses()),
            unreachable=tuple(jobs.refusing(store).items()),
            database_bytes=database_bytes(house.config.database),
            free_bytes=free_bytes(house.config.database),
        )
        counts = store.counts(now - timedelta(days=1))
        beat, wrong = store.setting(jobs.HEARTBEAT), jobs.unhealthy(store, store, now)
    if as_json:
        known = answers.status_json(
            view.version, view.feeds, view.outbox, counts, beat, wrong, dict(view.unreachable)
        )
        show.as_json(known | {"database_bytes": view.database_bytes, "free_bytes": view.free_bytes})
        return
    show.out(replies.as_text(replies.status(view, now, house.voice)))
    show.out(f"24 h: {', '.join(f'{count} {name}' for name, count in counts.items())}")
    show.out(f"health: {wrong or 'fine'}")


@main.command()
@click.pass_obj
def health(desk: Desk) -> None:
    """Exit 0 when the service is alive and messages flow, 1 when not."""
    with desk.store(desk.config()) as store:
        wrong = jobs.unhealthy(store, store, utc_now())
    if wrong:
        raise JobFailed(f"not well: {wrong}")
    show.out("fine")


@main.command()
@click.argument("path", metavar="PATH")
@click.pass_obj
def backup(desk: Desk, path: str) -> None:
    """Copy the database to a new file while the service runs."""
    config = desk.config()
    if database_file(config.database) and database_bytes(config.database) is None:
        raise UserError(f"{database_file(config.database)}: there is no database yet")
    with desk.store(config) as store:
        store.backup(path)
    show.out(f"{path}: written")


@main.command(name="migrate")
@click.pass_obj
def migrate_(desk: Desk) -> None:
    """Bring the tables of the database to this version."""
    before, after = migrate_database(desk.config().database)
    show.out(f"already at {after}" if before == after else f"from {before or 'nothing'} to {after}")
