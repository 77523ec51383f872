"""`djeli.toml` → Config, with every fault named: file, line, what is wrong, what was probably meant.

text → tomllib → pydantic models (shape) → words checked against the knowledge → frozen Config
"""

from __future__ import annotations

import difflib
import ipaddress
import os
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError
from pydantic import Field as Key

from djeli.app import durations
from djeli.app.toml_lines import key_line, table_line, value_line
from djeli.core.errors import ConfigError
from djeli.core.model import Chat, Feed, ReadPages, Watch

DEFAULT_NAME = "djeli.toml"
# The beat as it comes: its own states, and coups next door.
DEFAULT_WATCHES = (
    Watch("mali-russia", ("Mali", "Sahel", "AES", "Niger", "Burkina Faso", "Africa Corps", "Wagner")),
    Watch(
        "neighbours",
        types=("coup",),
        countries=(
            *("BJ", "CI", "DZ", "GH", "GN", "LY", "MR", "NG", "SN", "TD", "TG"),
            *("CV", "GM", "GW", "LR", "SL"),
        ),
    ),
)
DEFAULT_WATCH_NAMES = tuple(watch.name for watch in DEFAULT_WATCHES)
DEFAULT_ZONE = "Africa/Bamako"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words a configuration may use; an empty set means: not checked."""

    types: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Config:
    """Everything the configuration says, checked and with its defaults filled in."""

    path: Path | None  # None: the default beat, without a file
    database: str  # SQLAlchemy URL
    language: str = "en"
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo(DEFAULT_ZONE))
    admins: tuple[int, ...] = ()
    users: tuple[int, ...] = ()  # who may ask anywhere, and change nothing
    token_file: Path | None = None
    chats: tuple[Chat, ...] = ()
    watches: tuple[Watch, ...] = ()
    feeds: tuple[Feed, ...] = ()
    tell_first_look: bool = False
    allow_private: tuple[str, ...] = ()
    contact: str = ""  # told to the servers that are asked
    baseline_files: tuple[Path, ...] = ()
    wording: bool = True  # compared where djeli[semantic] is installed


# ------------------------------------------------------------------------- the shape of the file


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", text):
        raise ValueError(f"'{text}' is not a web address; write one that starts with https://")
    if parts.username or parts.password:
        raise ValueError(f"the address of {parts.hostname} holds a password; leave it out")
    return text


def _network(text: str) -> str:
    try:
        return str(ipaddress.ip_network(text))
    except ValueError:
        raise ValueError(f"'{text}' is not a network; write one like \"127.0.0.0/8\"") from None


def _checked(check: Callable[[str], object]) -> AfterValidator:
    """A validator that keeps the text as written and only complains."""

    def keep(text: str) -> str:
        check(text)
        return text

    return AfterValidator(keep)


def _not_blank(text: str) -> None:
    if not text.strip():
        raise ValueError("it is empty; write at least one word")


def _header_text(text: str) -> None:
    if not re.fullmatch(r"[!-~ ]{0,200}", text) or set(text) & set("()\\"):
        raise ValueError("write a web or mail address: Latin letters, at most 200, no brackets")


def _hourly(count: int) -> int:
    if not 1 <= count <= 1000:
        raise ValueError(f"{count} cards in an hour cannot be; write a number from 1 to 1000")
    return count


Text = Annotated[str, _checked(_not_blank)]
Hour = Annotated[str, _checked(durations.hour)]
Words = list[Text]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Telegram(_Table):
    admins: list[int] = []
    users: list[int] = []
    token_file: Text | None = None


class _Chat(_Table):
    id: int
    watches: Words | None = None
    digest: list[Hour] = []
    quiet: Annotated[str, _checked(durations.hours_between)] | None = None
    thread: int | None = None
    language: Literal["en", "fr", "ru"] | None = None
    hourly: Annotated[int, AfterValidator(_hourly)] = 20


class _Watch(_Table):
    name: Text
    keywords: Words = []
    all: Words = []
    exclude: Words = []
    types: Words | None = None
    actors: Words = []
    countries: Words = []
    rumours: bool = True


class _Feed(_Table):
    url: Annotated[str, AfterValidator(_address)]
    outlet: Text
    every: Annotated[str, _checked(durations.interval)] = "15m"
    read: Literal["auto", "all", "matching", "never"] = "auto"


class _Monitor(_Table):
    first_look: Literal["quiet", "tell"] = "quiet"


class _Fetch(_Table):
    allow_private: list[Annotated[str, AfterValidator(_network)]] = []
    contact: Annotated[str, _checked(_header_text)] = ""


class _Baseline(_Table):
    files: Words = []
    wording: bool = True


class _File(_Table):
    language: Literal["en", "fr", "ru"] = "en"
    timezone: Annotated[str, _checked(durations.zone)] = DEFAULT_ZONE
    database: Text | None = None
    telegram: _Telegram = _Telegram()
    chat: list[_Chat] = []
    watch: list[_Watch] = []
    feed: list[_Feed] = []
    monitor: _Monitor = _Monitor()
    fetch: _Fetch = Key(default=_Fetch())
    baseline: _Baseline = _Baseline()


_LISTED: dict[str, type[_Table]] = {"chat": _Chat, "watch": _Watch, "feed": _Feed}
_SINGLE: dict[str, type[_Table]] = {
    "telegram": _Telegram,
    "monitor": _Monitor,
    "fetch": _Fetch,
    "baseline": _Baseline,
}


def keys() -> dict[str, tuple[str, ...]]:
    """Every legal key: "" for the top of the file, else by table (docs/configuration.md lists them)."""
    tables: dict[str, tuple[str, ...]] = {"": tuple(_File.model_fields)}
    for name, model in (*_LISTED.items(), *_SINGLE.items()):
        tables[name] = tuple(model.model_fields)
    return tables


# ---------------------------------------------------------------------------------- reading


def load(path: Path, vocabulary: Vocabulary | None = None, env: Mapping[str, str] | None = None) -> Config:
    """Read and check a configuration file; ConfigError names every fault with file and line."""
    return read_text(path, _read(path), vocabulary, env)


def read_text(
    path: Path, text: str, vocabulary: Vocabulary | None = None, env: Mapping[str, str] | None = None
) -> Config:
    """Check the text of a configuration that is, or will be, at `path`; ConfigError as in `load`."""
    document = _parse(path, text)
    try:
        file = _File.model_validate(document)
    except ValidationError as error:
        raise ConfigError([_sentence(path, text, dict(fault)) for fault in error.errors()]) from None
    faults = [
        f"{path}:{line}: {sentence}" for line, sentence in _misused(text, file, vocabulary or Vocabulary())
    ]
    if faults:
        raise ConfigError(faults)
    return _config(path, file, os.environ if env is None else env)


def default_config(
    feeds: Iterable[Feed] = (), folder: Path | None = None, env: Mapping[str, str] | None = None
) -> Config:
    """The beat as it comes: its watches, the given feeds, no chat; what `explain` uses without a file."""
    environment = os.environ if env is None else env
    return Config(
        path=None,
        database=environment.get("DJELI_DATABASE") or _database_beside(folder or Path.cwd()),
        watches=DEFAULT_WATCHES,
        feeds=tuple(feeds),
    )


# How often the outlets of a kind are asked: agencies and state media publish all day,
# think tanks a few times a week (knowledge/sources.yaml, polling_hint).
_QUARTER, _HALF, _SLOW = timedelta(minutes=15), timedelta(minutes=30), timedelta(hours=6)
_EVERY = {"aggregator": _HALF, "independent": _HALF, "NGO": _SLOW, "think tank": _SLOW}
_UNFIT = re.compile(r"html only|html instead|served html|unverified|no rss|verify before|html or empty", re.I)


def curated_feeds(sources: Iterable[Mapping[str, Any]], all_of_them: bool = False) -> tuple[Feed, ...]:
    """The outlets of knowledge/sources.yaml that offer a feed anybody has seen working or in use.

    With `all_of_them` also those whose feed was found broken: for those who try each.
    """
    return tuple(
        Feed(str(source["url"]), str(source["id"]), _EVERY.get(str(source.get("kind")), _QUARTER))
        for source in sources
        if not source.get("template") and (all_of_them or not _UNFIT.search(str(source.get("health", ""))))
    )


def _database_beside(folder: Path) -> str:
    return f"sqlite:///{(folder / 'djeli.db').absolute()}"


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(
            [f"{path}: there is no such file; `djeli init` writes one, or name yours with --config"]
        ) from None
    except IsADirectoryError:
        raise ConfigError([f"{path}: is a directory; name the configuration file in it"]) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ConfigError([f"{path}:{line}: is not UTF-8 text; save the file as UTF-8"]) from None
    except OSError as error:
        raise ConfigError([f"{path}: cannot be read: {error.strerror}"]) from None


def _parse(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at (?:line (\d+), column \d+|end of document)\)", str(error))
        line = int(found.group(1)) if found and found.group(1) else text.count("\n") + 1
        reason = re.sub(r"\s*\(at .*\)$", "", str(error))
        raise ConfigError([f"{path}:{line}: is not valid TOML: {reason[:1].lower()}{reason[1:]}"]) from None


# --------------------------------------------------------------------------------- sentences


def _sentence(path: Path, text: str, fault: Mapping[str, Any]) -> str:
    """One fault of shape as `file:line: sentence`."""
    table, index, key, item = _place(fault["loc"])
    line = key_line(text, key, table, index) if key else table_line(text, table, index)
    if item is not None and isinstance(fault["input"], str):
        line = value_line(text, fault["input"], line)
    return f"{path}:{line}: {_wording(fault, table, key)}"


def _place(loc: tuple[int | str, ...]) -> tuple[str, int, str, int | None]:
    """(table, its number, key, number in a list) of a pydantic location."""
    parts = list(loc)
    table, index = "", 0
    if parts and parts[0] in _LISTED and len(parts) > 1:
        table, index = str(parts.pop(0)), int(parts.pop(0))
    elif parts and parts[0] in _SINGLE and len(parts) > 1:
        table = str(parts.pop(0))
    key = str(parts.pop(0)) if parts else ""
    item = next((part for part in parts if isinstance(part, int)), None)
    return table, index, key, item


def _named(table: str, key: str = "") -> str:
    """`'every' in [[feed]]`, or the table alone, or the key alone at the top of the file."""
    shown = f"[[{table}]]" if table in _LISTED else f"[{table}]"
    if not table:
        return f"'{key}'"
    return f"'{key}' in {shown}" if key else shown


_KINDS = {
    "string_type": "text in quotes",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "list_type": "a list in square brackets",
}


def _wording(fault: Mapping[str, Any], table: str, key: str) -> str:
    kind = fault["type"]
    if kind == "extra_forbidden":
        return _unknown_key(table, key)
    if kind == "missing":
        return f"{_named(table)} needs {_named('', key)}"
    if kind == "literal_error":
        legal = str(fault["ctx"]["expected"])
        hint = nearest(str(fault["input"]), re.findall(r"'(.*?)'", legal))
        return f"{_named(table, key)} is {fault['input']!r}; it must be {legal}{hint}"
    if kind == "value_error":
        return f"{_named(table, key)}: {fault['ctx']['error']}"
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        name = key or table
        header = f"[[{name}]]" if name in _LISTED else f"[{name}]"
        return f"'{name}' must be a table; begin it with a line {header}"
    if kind == "list_type" and key in _LISTED and not table:
        return f"'{key}' must be written with two brackets: [[{key}]]"
    return f"{_named(table, key)} must be {_KINDS.get(kind, fault['msg'])}, not {_shown(fault['input'])}"


def _unknown_key(table: str, key: str) -> str:
    if table == "telegram" and "token" in key:
        return (
            "the token does not belong in this file: put it into a file of mode 600 named by 'token_file', "
            "or into DJELI_TELEGRAM_TOKEN"
        )
    legal = keys()[table]
    hint = nearest(key, legal) or f"; known here: {', '.join(legal)}"
    return f"unknown key {_named(table, key)}{hint}"


def _shown(value: object) -> str:
    shown = str(value).lower() if isinstance(value, bool) else repr(value)
    return shown if len(shown) <= 40 else f"{shown[:40]}…"


def nearest(word: str, legal: Iterable[str]) -> str:
    """`; did you mean '…'?` for the closest legal word, or nothing."""
    names = {name.casefold(): name for name in legal}
    close = difflib.get_close_matches(word.casefold(), list(names), n=1, cutoff=0.6)
    return f"; did you mean '{names[close[0]]}'?" if close else ""


# ------------------------------------------------------------------------ words that must exist


def _misused(text: str, file: _File, vocabulary: Vocabulary) -> Iterator[tuple[int, str]]:
    """(line, sentence) for each word that is unknown or used twice."""
    yield from _unknown_words(text, file, vocabulary)
    watches = [watch.name for watch in file.watch] or list(DEFAULT_WATCH_NAMES)
    for index, chat in enumerate(file.chat):
        for name in chat.watches or []:
            if name not in watches:
                hint = nearest(name, watches) or f"; the watches are: {', '.join(watches)}"
                yield _line(text, "chat", index, "watches", name), f"unknown watch '{name}' in [[chat]]{hint}"
    yield from _doubles(text, "watch", "name", [watch.name for watch in file.watch])
    yield from _doubles(text, "feed", "url", [feed.url for feed in file.feed])
    yield from _doubles(text, "chat", "id", [str(chat.id) for chat in file.chat])
    for index, chat in enumerate(file.chat):
        if chat.id == 0:
            yield key_line(text, "id", "chat", index), "'id' in [[chat]] is 0; no chat has that number"
    if file.database and not re.match(r"(sqlite|postgresql)(\+\w+)?://", file.database):
        yield (
            key_line(text, "database"),
            '\'database\' must be an address like "sqlite:///djeli.db" or "postgresql+psycopg://…"',
        )


def _unknown_words(text: str, file: _File, vocabulary: Vocabulary) -> Iterator[tuple[int, str]]:
    for index, watch in enumerate(file.watch):
        for key, used, legal in (
            ("types", watch.types or [], vocabulary.types),
            ("actors", watch.actors, vocabulary.actors),
            ("countries", watch.countries, vocabulary.countries),
        ):
            for word in used:
                if legal and word not in legal:
                    what = {"types": "type", "actors": "actor", "countries": "country code"}[key]
                    hint = nearest(word, legal) or _offer(what, legal)
                    yield (
                        _line(text, "watch", index, key, word),
                        f"unknown {what} '{word}' in [[watch]]{hint}",
                    )


def _offer(what: str, legal: Iterable[str]) -> str:
    """All legal words when they fit in a sentence, else an example."""
    names = sorted(legal)
    shown = ", ".join(names) if len(names) <= 40 else f"{names[0]}, {names[1]} …"
    return f"; each {what} is one of: {shown}"


def _line(text: str, table: str, index: int, key: str, value: str) -> int:
    return value_line(text, value, key_line(text, key, table, index))


def _doubles(text: str, table: str, key: str, values: list[str]) -> Iterator[tuple[int, str]]:
    first: dict[str, int] = {}
    for index, value in enumerate(values):
        if value in first:
            before = key_line(text, key, table, first[value])
            yield (
                key_line(text, key, table, index),
                f"'{value}' is the {key} of two [[{table}]] tables, here and in line {before}",
            )
        first.setdefault(value, index)


# ------------------------------------------------------------------------------------ the result


def _config(path: Path, file: _File, env: Mapping[str, str]) -> Config:
    folder = path.absolute().parent
    watches = tuple(_watch(table) for table in file.watch) or default_config(env=env).watches
    names = tuple(watch.name for watch in watches)
    return Config(
        path=path,
        database=env.get("DJELI_DATABASE") or file.database or _database_beside(folder),
        language=file.language,
        zone=durations.zone(file.timezone),
        admins=tuple(file.telegram.admins),
        users=tuple(file.telegram.users),
        token_file=folder / file.telegram.token_file if file.telegram.token_file else None,
        chats=tuple(_chat(table, names, file.language) for table in file.chat),
        watches=watches,
        feeds=tuple(
            Feed(table.url, table.outlet, durations.interval(table.every), ReadPages(table.read))
            for table in file.feed
        ),
        tell_first_look=file.monitor.first_look == "tell",
        allow_private=tuple(file.fetch.allow_private),
        contact=file.fetch.contact.strip(),
        baseline_files=tuple(folder / name for name in file.baseline.files),
        wording=file.baseline.wording,
    )


def _watch(table: _Watch) -> Watch:
    return Watch(
        name=table.name,
        keywords=tuple(table.keywords),
        all=tuple(table.all),
        exclude=tuple(table.exclude),
        types=None if table.types is None else tuple(table.types),
        actors=tuple(table.actors),
        countries=tuple(table.countries),
        rumours=table.rumours,
    )


def _chat(table: _Chat, watches: tuple[str, ...], language: str) -> Chat:
    return Chat(
        id=table.id,
        watches=watches if table.watches is None else tuple(table.watches),
        digest=tuple(sorted(table.digest)),
        quiet=durations.hours_between(table.quiet) if table.quiet else None,
        thread=table.thread,
        language=language if table.language is None else table.language,
        hourly=table.hourly,
    )
