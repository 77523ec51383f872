"""How names that people type become ids, and what there is to be named."""

from __future__ import annotations

from collections.abc import Iterator

from bot.asked import Names
from bot.command_words import NOISE
from bot.replies import SourceView
from bot.words import fold
from djeli.app.wiring import House
from djeli.core.ports import FeedStatus, Store


def names_of(house: House) -> Names:
    """How the names that people type become ids."""
    knowledge = house.knowledge

    def entity(phrase: str) -> str | None:
        return named(house, phrase)

    def outlet(phrase: str) -> str | None:
        wanted = {fold(phrase), *_other_names(house, phrase)}
        configured = {feed.outlet: feed.outlet for feed in house.config.feeds}
        known = {**configured, **{one.id: one.name for one in knowledge.outlets.values()}}
        return next((id_ for id_, name in known.items() if wanted & {fold(id_), fold(name)}), None)

    def everything() -> Iterator[str]:
        for one in knowledge.entities.values():
            if not one.noise:
                yield from (name for names in one.names.values() for name in names)

    return Names(entity, outlet, everything)


def _other_names(house: House, phrase: str) -> set[str]:
    """The names, in all languages, of the actor that a phrase names: «ТАСС» is TASS."""
    id_ = named(house, phrase)
    entity = house.knowledge.entities.get(id_) if id_ else None
    return {fold(name) for names in entity.names.values() for name in names} if entity else set()


def named(house: House, phrase: str) -> str | None:
    """The actor or place that a whole phrase names, in any case form; a state also by its code."""
    knowledge = house.knowledge
    known = knowledge.entities
    if phrase in known:
        return phrase
    if len(phrase) == 2 and (phrase.isupper() or fold(phrase) not in NOISE):
        for one in known.values():
            if one.iso == phrase.upper():
                return one.id
    exact = knowledge.gazetteer.lookup(phrase)
    if exact:  # a state before what else bears its name
        return min(exact, key=lambda id_: (not id_.startswith("cty."), id_))
    length = len(phrase.strip())
    hits = knowledge.gazetteer.find(phrase)
    return next((hit.entity for hit in hits if hit.start == 0 and hit.end == length), None)


def outlets_of(house: House, store: Store) -> list[SourceView]:
    """Every configured outlet with its feeds and with those that count as one source with it."""
    feeds: dict[str, list[FeedStatus]] = {}
    for feed in store.feed_statuses():
        feeds.setdefault(feed.outlet, []).append(feed)
    chain = house.knowledge.chain_of
    return [
        SourceView(
            outlet,
            tuple(found),
            tuple(other for other in feeds if other != outlet and chain(other) == chain(outlet)),
        )
        for outlet, found in feeds.items()
    ]
