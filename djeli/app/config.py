"""`djeli.toml` → Config, with every fault named: file, line, what is wrong, what was probably meant.

text → tomllib → pydantic models (shape) → words checked against the knowledge → frozen Config

What is wrong in a file is told all at once, whatever check finds it; djeli.app.faults words it.
"""

from __future__ import annotations

import ipaddress
import os
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError
from pydantic import Field as Key

from baseline import watch_words
from djeli.app import durations
from djeli.app import faults as wording
from djeli.app.faults import Fault, Vocabulary
from djeli.app.toml_lines import Places, why_broken
from djeli.core.errors import ConfigError
from djeli.core.model import Chat, Feed, Priority, ReadPages, Watch

DEFAULT_NAME = "djeli.toml"
_LARGEST = 1_000_000  # bytes of a file
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
    waits: Mapping[Priority, timedelta] = field(default_factory=dict)  # of a first card, for other outlets
    allow_private: tuple[str, ...] = ()
    contact: str = ""  # told to the servers that are asked
    heed_robots: bool = True  # what robots.txt says of the pages of articles
    baseline_files: tuple[Path, ...] = ()
    ping: str = ""  # an address of the user's own that is asked while all is well
    wording: bool = True  # compared where djeli[semantic] is installed
    says_nothing: bool = field(default=False, compare=False)  # the file holds no key
    notes: tuple[str, ...] = field(default=(), compare=False)  # what is legal, but may not be meant


# ------------------------------------------------------------------------- the shape of the file


def _address(text: str) -> str:
    wrong = f"'{text}' is not a web address; write one that starts with https://"
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:  # a bracket that is not closed, a port that cannot be
        raise ValueError(wrong) from None
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", text):
        raise ValueError(wrong)
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
    unseen = next((one for one in text if unicodedata.category(one) in ("Cc", "Cf")), None)
    if unseen is not None:
        raise ValueError(f"it holds a character that nobody sees (U+{ord(unseen):04X}); write it anew")


def _header_text(text: str) -> None:
    if not re.fullmatch(r"[!-~ ]{0,200}", text) or set(text) & set("()\\"):
        raise ValueError("write a web or mail address: Latin letters, at most 200, no brackets")


def _hourly(count: int) -> int:
    if not 1 <= count <= 1000:
        raise ValueError(f"{count} cards in an hour cannot be; write a number from 1 to 1000")
    return count


def _chat_id(number: int) -> int:
    if number == 0 or abs(number) > _HIGHEST_ID:
        raise ValueError(f"no chat has the number {number}; write /start to the bot, which tells it")
    return number


def _user_id(number: int) -> int:
    if not 0 < number <= _HIGHEST_ID:
        raise ValueError(f"no user has the number {number}; it is a whole number like 42, greater than 0")
    return number


def _topic(number: int) -> int:
    if not 0 < number < 2**31:
        raise ValueError(f"no forum topic has the number {number}; write one like 7, or leave it out")
    return number


def _database(text: str) -> None:
    if not re.match(r"(sqlite|postgresql)(\+\w+)?://", text):
        raise ValueError('write an address like "sqlite:///djeli.db" or "postgresql+psycopg://…"')


_HIGHEST_ID = 2**52  # of Telegram's numbers
Text = Annotated[str, _checked(_not_blank)]
Hour = Annotated[str, _checked(durations.hour)]
Wait = Annotated[str, _checked(durations.wait)]
Words = list[Text]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Telegram(_Table):
    admins: list[Annotated[int, AfterValidator(_user_id)]] = []
    users: list[Annotated[int, AfterValidator(_user_id)]] = []
    token_file: Text | None = None


class _Chat(_Table):
    id: Annotated[int, AfterValidator(_chat_id)]
    watches: Words | None = None
    digest: list[Hour] = []
    quiet: Annotated[str, _checked(durations.hours_between)] | None = None
    thread: Annotated[int, AfterValidator(_topic)] | None = None
    language: Literal["en", "fr", "ru"] | None = None
    hourly: Annotated[int, AfterValidator(_hourly)] = 20
    chart: Annotated[str, _checked(durations.weekly)] | None = None


class _Watch(_Table):
    name: Text
    keywords: list[str] = []  # read by baseline.watch_words
    all: list[str] = []
    exclude: list[str] = []
    types: Words | None = None
    actors: Words = []
    countries: Words = []
    rumours: bool = True
    priority: Literal["critical", "high", "normal", "low"] | None = None
    horizon: Annotated[str, _checked(durations.horizon)] | None = None


class _Feed(_Table):
    url: Annotated[str, AfterValidator(_address)]
    outlet: Text
    every: Annotated[str, _checked(durations.interval)] = "15m"
    read: Literal["auto", "all", "matching", "never"] = "auto"


class _Monitor(_Table):
    first_look: Literal["quiet", "tell"] = "quiet"


class _Wait(_Table):
    high: Wait = "10s"
    normal: Wait = "20s"
    low: Wait = "30s"


class _Fetch(_Table):
    allow_private: list[Annotated[str, AfterValidator(_network)]] = []
    contact: Annotated[str, _checked(_header_text)] = ""
    robots: bool = True


class _Baseline(_Table):
    files: Words = []
    wording: bool = True


class _Health(_Table):
    ping: Annotated[str, _checked(lambda text: _address(text) if text else "")] = ""


class _File(_Table):
    language: Literal["en", "fr", "ru"] = "en"
    timezone: Annotated[str, _checked(durations.zone)] = DEFAULT_ZONE
    database: Annotated[str, _checked(_database)] | None = None
    telegram: _Telegram = _Telegram()
    chat: list[_Chat] = []
    watch: list[_Watch] = []
    feed: list[_Feed] = []
    monitor: _Monitor = _Monitor()
    wait: _Wait = _Wait()
    fetch: _Fetch = Key(default=_Fetch())
    baseline: _Baseline = _Baseline()
    health: _Health = _Health()


_LISTED: dict[str, type[_Table]] = {"chat": _Chat, "watch": _Watch, "feed": _Feed}
_SINGLE: dict[str, type[_Table]] = {
    "telegram": _Telegram,
    "monitor": _Monitor,
    "wait": _Wait,
    "fetch": _Fetch,
    "baseline": _Baseline,
    "health": _Health,
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
    places, words = Places(text), vocabulary or Vocabulary()
    file, found = None, list(_misused(document, words))
    try:
        file = _File.model_validate(document)
    except ValidationError as error:
        found += wording.of_shape([dict(one) for one in error.errors()], keys())
    if file is None or found:
        raise ConfigError(wording.listed(path, places, found))
    notes = wording.listed(path, places, list(_doubtful(document, words)))
    config = _config(path, file, os.environ if env is None else env, tuple(notes))
    return replace(config, says_nothing=not document)


def named_files(path: Path | None) -> tuple[Path, ...]:
    """The files of facts that a configuration names, whatever else is wrong with it."""
    try:
        baseline = tomllib.loads(_read(path)).get("baseline") if path else None
    except (ConfigError, ValueError, RecursionError):
        return ()
    if path is None or not isinstance(baseline, dict):
        return ()
    return tuple(path.absolute().parent / name for _, name in _texts(baseline, "files") if "\0" not in name)


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
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except FileNotFoundError:
        raise ConfigError(
            [f"{path}: there is no such file; `djeli init` writes one, or name yours with --config"]
        ) from None
    except IsADirectoryError:
        raise ConfigError([f"{path}: is a directory; name the configuration file in it"]) from None
    except OSError as error:
        raise ConfigError([f"{path}: cannot be read: {error.strerror}"]) from None
    if len(data) > _LARGEST:
        raise ConfigError([f"{path}: is larger than {_LARGEST // 1_000_000} MB; name the configuration file"])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ConfigError([f"{path}:{line}: is not UTF-8 text; save the file as UTF-8"]) from None


def _parse(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        line, why = why_broken(text, str(error))
        raise ConfigError([f"{path}:{line}: is not valid TOML: {why}"]) from None
    except RecursionError:
        why = "lists or tables stand in one another too deep; write them flat"
        raise ConfigError([f"{path}:1: is not valid TOML: {why}"]) from None
    except ValueError as error:  # a number of thousands of digits
        why = f"{str(error).split(';')[0].lower()}; write a shorter number"
        raise ConfigError([f"{path}:1: is not valid TOML: {why}"]) from None


# ------------------------------------------------------------------------ words that must exist


# The document is looked at as it was read, so that a fault of shape elsewhere hides nothing.


def _tables(document: Mapping[str, Any], name: str) -> list[tuple[int, dict[str, Any]]]:
    """The tables of one list, each with its number; what is of another shape is left out."""
    found = document.get(name)
    tables = enumerate(found) if isinstance(found, list) else ()
    return [(number, table) for number, table in tables if isinstance(table, dict)]


def _texts(table: Mapping[str, Any], key: str) -> list[tuple[int, str]]:
    """The texts of one list, each with its number."""
    found = table.get(key)
    listed = enumerate(found) if isinstance(found, list) else ()
    return [(number, one) for number, one in listed if isinstance(one, str)]


def _misused(document: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[Fault]:
    """Each word that is unknown, unreadable or used twice."""
    watches = _tables(document, "watch")
    for number, watch in watches:
        yield from _unknown_words(number, watch, vocabulary)
        yield from _unreadable_words(number, watch, vocabulary)
    yield from _too_many_patterns(watches)
    named = [name for _, watch in watches if isinstance(name := watch.get("name"), str)]
    names = named if watches else list(DEFAULT_WATCH_NAMES)
    # Where a name is itself at fault, nobody knows whether a chat means it.
    chats = _tables(document, "chat") if len(named) == len(watches) else []
    for number, chat in chats:
        for place, name in _texts(chat, "watches"):
            if name not in names:
                hint = wording.nearest(name, names) or f"; the watches are: {', '.join(names)}"
                yield ("chat", number, "watches", place), f"unknown watch '{name}' in [[chat]]{hint}"
    for table, key in (("watch", "name"), ("feed", "url"), ("chat", "id")):
        yield from _doubles(document, table, key)


def _unknown_words(number: int, watch: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[Fault]:
    for key, what, legal in (
        ("types", "type", vocabulary.types),
        ("actors", "actor", vocabulary.actors),
        ("countries", "country code", vocabulary.countries),
    ):
        unknown = [one for one in _texts(watch, key) if legal and one[1].strip() and one[1] not in legal]
        for place, word in unknown[: wording.MOST]:  # looking for what was meant costs milliseconds
            hint = wording.meant(word, legal, vocabulary) or wording.offer(what, legal)
            yield ("watch", number, key, place), f"unknown {what} '{word}' in [[watch]]{hint}"
        for place, word in unknown[wording.MOST :]:
            yield ("watch", number, key, place), f"unknown {what} '{word}' in [[watch]]"


_WORD_LISTS = ("keywords", "all", "exclude")


def _unreadable_words(number: int, watch: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[Fault]:
    for key in _WORD_LISTS:
        words = _texts(watch, key)
        if len(words) > watch_words.MOST:
            sentence = f"'{key}' in [[watch]] has {len(words)} words; a list has at most {watch_words.MOST}"
            yield ("watch", number, key), f"{sentence}: make a second watch, or use a word like mobilis*"
        for place, word in words[: watch_words.MOST]:
            path = ("watch", number, key, place)
            try:
                watch_words.read_word(word)
            except ValueError as error:
                yield path, f"{wording.shown(word)} in '{key}' in [[watch]]: {error}"
                continue
            if watch_words.ID.fullmatch(word) and not vocabulary.knows(word):
                near = place < wording.MOST  # looking for what was meant costs milliseconds
                hint = wording.meant(word, vocabulary.ids(), vocabulary) if near else ""
                hint = hint or "; write a name instead, or an id of knowledge/actors.yaml"
                yield path, f"unknown id '{word}' in '{key}' in [[watch]]{hint}"


def _too_many_patterns(watches: Sequence[tuple[int, Mapping[str, Any]]]) -> Iterator[Fault]:
    """The first pattern with which all of them together are too large: each is looked for in each article."""
    total = 0
    for number, watch in watches:
        for key in _WORD_LISTS:
            for place, word in _texts(watch, key)[: watch_words.MOST]:
                try:
                    total += watch_words.read_word(word).size
                except ValueError:
                    continue
                if total > watch_words.LARGEST_SUM:
                    most = watch_words.LARGEST_SUM
                    sentence = f"all regular expressions together have more than {most} instructions"
                    yield ("watch", number, key, place), f"{sentence}; write some of them as plain words"
                    return


def _doubles(document: Mapping[str, Any], table: str, key: str) -> Iterator[Fault]:
    first: dict[object, int] = {}
    for number, values in _tables(document, table):
        value = values.get(key)
        if isinstance(value, str | int) and first.setdefault(value, number) != number:
            before = (table, first[value], key)
            sentence = f"'{value}' is the {key} of two [[{table}]] tables, here and in line {{line}}"
            yield (table, number, key), f"{sentence}: keep one of them, or change it", before


def _doubtful(document: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[Fault]:
    """What is legal, but perhaps not meant."""
    if not document.get("feed"):
        yield (
            (),
            "no [[feed]] is named: nothing is looked at; `djeli feeds add --beat` adds those of the beat",
        )
    for number, feed in _tables(document, "feed"):
        outlet = str(feed.get("outlet"))
        if vocabulary.outlets and outlet not in vocabulary.outlets:
            hint = wording.nearest(outlet, vocabulary.outlets, cutoff=0.88)
            if hint:
                yield ("feed", number, "outlet"), f"'{outlet}' is a new outlet{hint}"
    chats = _tables(document, "chat")
    followed = {name for _, chat in chats for _, name in _texts(chat, "watches")}
    for number, watch in _tables(document, "watch"):
        name = watch.get("name")
        if chats and name not in followed and all("watches" in chat for _, chat in chats):
            yield ("watch", number, "name"), f"no [[chat]] follows the watch '{name}': nobody is told of it"
        excluded = {word for _, word in _texts(watch, "exclude")}
        for key in _WORD_LISTS:
            for place, word in _texts(watch, key):
                path = ("watch", number, key, place)
                if mixed := watch_words.mixed_alphabets(word):
                    yield path, f"'{mixed}' mixes Latin and Cyrillic letters; type it in one alphabet"
                if key != "exclude" and word in excluded:
                    yield path, f"'{word}' is also in 'exclude', so that nothing comes of it"


# ------------------------------------------------------------------------------------ the result


def _config(path: Path, file: _File, env: Mapping[str, str], notes: tuple[str, ...]) -> Config:
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
        waits={Priority(name): durations.wait(text) for name, text in file.wait.model_dump().items()},
        tell_first_look=file.monitor.first_look == "tell",
        allow_private=tuple(file.fetch.allow_private),
        contact=file.fetch.contact.strip(),
        heed_robots=file.fetch.robots,
        baseline_files=tuple(folder / name for name in file.baseline.files),
        wording=file.baseline.wording,
        ping=file.health.ping,
        notes=notes,
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
        priority=Priority(table.priority) if table.priority else None,
        horizon=durations.horizon(table.horizon) if table.horizon else None,
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
        chart=durations.weekly(table.chart) if table.chart else None,
    )
