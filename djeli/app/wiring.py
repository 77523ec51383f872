"""Everything built from the configuration; adapters come as arguments, production ones by default."""

from __future__ import annotations

import gc
import logging
import random
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import yaml

from baseline import catalogue, patterns
from baseline.catalogue import Knowledge
from baseline.fold import fold, forget
from baseline.judge import Judge
from bot import secrets
from bot.words import PHRASES, Voice
from djeli.app import config as configuration
from djeli.app import semantic
from djeli.app.config import Config
from djeli.app.cycle import Cycle
from djeli.app.faults import Vocabulary
from djeli.app.judging import Judging
from djeli.app.muting import Muting
from djeli.app.naming import Names
from djeli.app.roster import Roster
from djeli.app.semantic import Extra
from djeli.app.sides import Sides
from djeli.app.telling import Teller
from djeli.app.turns import Manners
from djeli.core.clock import Clock, utc_now
from djeli.core.errors import ConfigError, UserError
from djeli.core.model import Chat, Check, Feed, FeedCursor, Priority
from djeli.core.ports import Reactions, Store, Web
from djeli.core.words import LANGUAGES
from monitors import due

if TYPE_CHECKING:
    from storage.store import SqlStore

log = logging.getLogger("djeli.wiring")

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C where libyaml is there: ten times faster
# Objects made before the collector looks for cycles, instead of 700: the stories read for one article are
# thousands of objects and hold none; looking was a sixth of the slowest look-ups (tests/bench_lookup.py).
_SELDOM = 10_000
KNOWLEDGE = ("actors.yaml", "facts.yaml", "sources.yaml", "types.yaml")
RULES = ("triggers", "objects", "vetoes", "realis", "phrases", "comparison", "linking", "reasons")


@dataclass(frozen=True)
class House:
    """What every command starts from: the configuration, what is known, and the judge."""

    config: Config
    knowledge: Knowledge
    voices: Mapping[str, Voice]
    make_judge: Callable[[], Judging]

    @cached_property
    def judge(self) -> Judging:
        """Made when first asked for: half of the commands never judge, and it takes a second."""
        return self.make_judge()

    @property
    def wording(self) -> Extra:
        """Whether wording is compared, and why not."""
        return semantic.extra(self.config.wording)

    @property
    def voice(self) -> Voice:
        """How the terminal is spoken to: as the messages are."""
        return self.voices[self.config.language]

    @property
    def user_agent(self) -> str:
        """How Djeli names itself to the servers it asks, and whom they may write to."""
        return user_agent(self.config.contact)

    def roster(self, store: SqlStore) -> Roster:
        """The chats that are told, with those that were paired."""
        return Roster(self.config, store, store)

    def teller(
        self,
        store: Store,
        chats: Collection[Chat] | None = None,
        *,
        waits: bool = False,
        reactions: Reactions | None = None,
    ) -> Teller:
        """Who owes the chats their messages: those of the roster, or the configured ones alone.

        `waits`: first cards wait for further outlets as configured; only a service has that time. What the
        chats have muted is in `reactions`.
        """
        return Teller(
            self.config.chats if chats is None else chats,
            self.voices,
            self.config.zone,
            store,
            self.knowledge.chain_of,
            self.priority,
            Sides(self.knowledge).trust,
            self.config.waits if waits else None,
            Muting(reactions, self.priority, self.country) if reactions else None,
            {fact.id: fact for fact in self.knowledge.facts},
        )

    def teller_for_anyone(self, store: Store) -> Teller:
        """Who owes one imagined chat that hears every watch: what `backtest --messages` prints."""
        names = tuple(watch.name for watch in self.config.watches)
        chat = Chat(0, names, language=self.config.language)
        trust = Sides(self.knowledge).trust
        chain_of = self.knowledge.chain_of
        return Teller((chat,), self.voices, self.config.zone, store, chain_of, self.priority, trust)

    def priority(self, type_: str) -> Priority:
        """How urgent a type is; an unknown one is low."""
        rule = self.knowledge.types.get(type_)
        return rule.priority if rule else Priority.LOW

    def country(self, place: str) -> str | None:
        """The state of a place, or of a state itself."""
        entity = self.knowledge.entities.get(place)
        return entity.country if entity else None

    def entity(self, name: str) -> str | None:
        """The id of an actor or place by any of its known names; None when nothing bears it."""
        if name in self.knowledge.entities:
            return name
        return next((hit.entity for hit in self.knowledge.gazetteer.find(name)), None)

    def cycle(
        self,
        web: Web,
        store: Store,
        clock: Clock = utc_now,
        manners: Manners | None = None,
        chats: Collection[Chat] | None = None,
        *,
        waits: bool = False,
        reactions: Reactions | None = None,
    ) -> Cycle:
        """The path of an article, ready to go; `chats`, `waits` and `reactions` as for `teller`."""
        return Cycle(
            web,
            store,
            self.judge,
            self.teller(store, chats, waits=waits, reactions=reactions),
            clock,
            advance,
            tell_first_look=self.config.tell_first_look,
            at_home=outlets_at_home(self.knowledge),
            left_out_words=self.voice.pick(PHRASES["left_out"]),
            manners=manners,
        )


def open_house(path: Path | None, folder: Path | None = None) -> House:
    """The house of a configuration file, or of the default beat when there is none."""
    knowledge = load_knowledge()
    if path is None:
        config = configuration.default_config(curated_feeds(), folder)
    else:
        config = configuration.load(path, vocabulary(knowledge))
    if config.baseline_files:
        knowledge = load_knowledge(config.baseline_files)
    return furnish(config, knowledge)


def checked_house(path: Path) -> House:
    """The house of a file, ready to judge: configuration, facts, watches, rules and the token's file checked.

    Raises UserError as `open_house` does, and UnsafeSecrets for a token that others can read.
    """
    house = open_house(path)
    _ = house.judge  # it checks its own rules
    token_file = house.config.token_file
    if token_file and token_file.exists():
        secrets.check_private(token_file)
    return house


def reopened(house: House) -> House:
    """The house of the same file as it is now, checked as by `checked_house`; what has not changed is shared.

    The file of the token is read at the start alone. A file from which everything is gone is refused:
    an editor or a full disk emptied it, nobody wishes for no feed and no chat.
    """
    new = open_house(house.config.path)
    if new.config.says_nothing and not house.config.says_nothing:
        raise ConfigError(
            [f"{new.config.path}:1: holds nothing any more; write it anew, or stop Djeli if that is meant"]
        )
    if new.knowledge.facts == house.knowledge.facts:
        new = furnish(new.config, house.knowledge)
    old = house.judge
    same = new.knowledge is house.knowledge and all(
        getattr(new.config, key) == getattr(house.config, key) for key in ("language", "wording")
    )
    if same and new.config.watches == house.config.watches:
        new = furnish(new.config, new.knowledge, lambda: old)
    elif same and isinstance(old, Judge):
        new = furnish(new.config, new.knowledge, partial(old.with_watches, new.config.watches))
    _ = new.judge
    return new


def lasting(house: House, running: Config) -> House:
    """The house with what a process keeps from its start: the database and the token."""
    judge = house.judge
    config = replace(house.config, database=running.database, token_file=running.token_file)
    return furnish(config, house.knowledge, lambda: judge)


def furnish(config: Config, knowledge: Knowledge, make_judge: Callable[[], Judging] | None = None) -> House:
    """The house of a configuration that is already read."""
    make = make_judge or partial(judge_of, config, knowledge)
    return House(config, knowledge, voices(knowledge, config.zone), make)


def judge_of(config: Config, knowledge: Knowledge) -> Judging:
    """The judge of the packaged rules, for these watches, in this language."""
    extra = semantic.extra(config.wording)
    if extra.refused:
        log.warning("wording is %s", extra.said)
    judge = _packaged_judge() if knowledge is _packaged_knowledge() else _new_judge(knowledge)
    return judge.serving(config.watches, config.language, extra.encoder)


@lru_cache(maxsize=1)
def _packaged_judge() -> Judge:
    """Made once: other watches, another language and wording share all that takes time and memory."""
    return _new_judge(_packaged_knowledge())


def _new_judge(knowledge: Knowledge) -> Judge:
    with _for_good():
        judge = Judge(knowledge, rules(), ())
    forget()
    patterns.forget()
    return judge


class _Rules(Mapping[str, Any]):
    """The packaged rule files, each read when it is asked for: together they are 20 MB for a moment."""

    def __getitem__(self, name: str) -> Any:
        if name == "evidence":
            return _packaged("evidence.json")
        if name not in RULES:
            raise KeyError(name)
        return yaml.load(_packaged(f"{name}.yaml"), Loader=_LOADER)

    def __iter__(self) -> Iterator[str]:
        return iter((*RULES, "evidence"))

    def __len__(self) -> int:
        return len(RULES) + 1


def rules() -> Mapping[str, Any]:
    """The packaged rule files, parsed, by name; the learnt weights as text."""
    return _Rules()


def load_knowledge(extra: tuple[Path, ...] = ()) -> Knowledge:
    """The packaged knowledge with the operator's own facts; ConfigError names each fault."""
    if not extra:
        return _packaged_knowledge()
    files = {name: _packaged(name) for name in KNOWLEDGE}
    return catalogue.load(files, {str(path): _text(path) for path in extra})


@lru_cache(maxsize=1)
def _packaged_knowledge() -> Knowledge:
    """Loaded once: the configuration is checked against it before the operator's facts join it."""
    with _for_good():
        return catalogue.load({name: _packaged(name) for name in KNOWLEDGE})


@contextmanager
def _for_good() -> Iterator[None]:
    """What is made inside stays until the process ends: the collector need not look through it.

    Looking through half a million objects again and again took a fifth of the start, and later a
    seventh of the time of judging (measured on tests/bench_judge.py).
    """
    watched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(_SELDOM)
        if watched:
            gc.enable()


def curated_feeds(all_of_them: bool = False) -> tuple[Feed, ...]:
    """The feeds of the outlets in knowledge/sources.yaml that can be had, or all that are named there."""
    sources: dict[str, Any] = yaml.load(_packaged("sources.yaml"), Loader=_LOADER)
    return configuration.curated_feeds(sources["sources"], all_of_them)


def vocabulary(knowledge: Knowledge) -> Vocabulary:
    """The words a configuration may use."""
    return Vocabulary(
        types=frozenset(knowledge.types),
        actors=frozenset(id_ for id_ in knowledge.entities if not id_.startswith("noise.")),
        countries=frozenset(entity.iso for entity in knowledge.entities.values() if entity.iso),
        outlets=frozenset(knowledge.outlets),
        concepts=concepts,
        called=partial(_called, knowledge),
    )


@lru_cache(maxsize=1)
def concepts() -> frozenset[str]:
    """The ids of what developments are about, as in knowledge/objects.yaml."""
    return frozenset(yaml.load(_packaged("objects.yaml"), Loader=_LOADER))


def _called(knowledge: Knowledge, name: str) -> frozenset[str]:
    """What bears a name in any case and language: ids, codes of countries, types by their labels."""
    ids = knowledge.gazetteer.lookup(name)
    codes = {iso for id_ in ids if (iso := knowledge.entities[id_].iso)}
    wanted = fold(name)
    types = {rule.id for rule in knowledge.types.values() if wanted in map(fold, rule.label.values())}
    return ids | codes | types


def outlets_at_home(knowledge: Knowledge) -> frozenset[str]:
    """Outlets of the beat's own countries: all their pages are read."""
    core = {knowledge.entities[id_].iso for id_ in knowledge.countries("core")}
    return frozenset(outlet.id for outlet in knowledge.outlets.values() if outlet.country in core)


def user_agent(contact: str) -> str:
    """A name that robots.txt and logs can hold on to, the version, and the operator's contact."""
    about = f"news monitor; +{contact}" if contact else "news monitor"
    return f"Djeli/{version('djeli')} ({about})"


def voices(knowledge: Knowledge, zone: ZoneInfo) -> dict[str, Voice]:
    """For each language how a chat is spoken to."""
    labels = {rule.id: rule.label for rule in knowledge.types.values()}
    made = {}
    for language in LANGUAGES:
        names = Names(knowledge, language)
        made[language] = Voice(language, labels, names, zone, names.place, names.speaker)
    return made


def advance(cursor: FeedCursor, check: Check, feed: Feed) -> FeedCursor:
    """The cursor after a look, with chance in its next moment."""
    return due.advance(cursor, check, feed, check.at, random.random())


def _packaged(name: str) -> str:
    return (resources.files("baseline") / "knowledge" / name).read_text(encoding="utf-8")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise UserError(
            f"{path}: cannot be read ({error.strerror}); it is named in [baseline] files"
        ) from None
    except UnicodeDecodeError:
        raise UserError(f"{path}: is not UTF-8 text; save the file as UTF-8") from None
