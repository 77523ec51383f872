"""What is known of an outlet beside its feeds: what it has told before, and what stands on its every item."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from djeli.app.judging import Judging, misleading
from djeli.core.model import Article, Entry, Furniture
from djeli.core.ports import Store
from monitors import furniture

log = logging.getLogger("djeli.outlets")

_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Offer:
    """What is new of what a feed shows."""

    fresh: tuple[Entry, ...] = ()
    again: tuple[Entry, ...] = ()  # the outlet's own articles under other addresses: only to be remembered
    usual: frozenset[str] = _NOTHING  # phrases on every item of the outlet that would mislead the judge


@dataclass(frozen=True, slots=True)
class Bare:
    """An article without what stands on every item of its outlet, and what that was."""

    article: Article
    left_out: tuple[str, ...] = ()


class Outlets:
    """Asks the store and the judge, so it works where they do: in the cycle's one worker thread."""

    def __init__(self, store: Store, judge: Judging) -> None:
        self._store, self._judge = store, judge

    def offers(self, unseen: Sequence[tuple[str, Sequence[Entry]]], now: datetime) -> list[Offer]:
        """Of each outlet's entries that were never seen those that are new, and the others."""
        usual = self._usual({outlet for outlet, entries in unseen if entries})
        headed = [(outlet, [_headed(one, usual[outlet]) for one in entries]) for outlet, entries in unseen]
        offers = []
        for (outlet, entries), told in zip(unseen, self._store.again_of_each(headed, now), strict=True):
            known = {entry.guid for entry in told}
            fresh = tuple(entry for entry in entries if entry.guid not in known)
            again = tuple(entry for entry in entries if entry.guid in known)
            offers.append(Offer(fresh, again, usual.get(outlet, _NOTHING)))
        return offers

    def touches(self, entry: Entry, usual: frozenset[str]) -> bool:
        """Whether an unread entry may concern the beat, what stands on every item left aside."""
        title, summary, _ = furniture.without(entry.title, entry.summary, usual)
        _, content, _ = furniture.without("", entry.content, usual)
        return self._judge.touches(title, f"{summary} {content}", entry.lang or "")

    def bare(self, read: Sequence[tuple[Entry, Article]]) -> list[Bare]:
        """The articles without what stands on every item of their outlets, which is learnt first."""
        if not read:
            return []
        found: dict[str, list[frozenset[str]]] = {}
        for entry, article in read:
            found.setdefault(article.outlet, []).append(furniture.phrases(entry, article))
        known = self._store.furniture(found)
        known = {outlet: furniture.learnt(known[outlet], phrases) for outlet, phrases in found.items()}
        self._store.set_furniture(known)
        usual = {outlet: self._misleading(one) for outlet, one in known.items()}
        return [_bare(article, usual[article.outlet]) for _, article in read]

    def _usual(self, outlets: set[str]) -> dict[str, frozenset[str]]:
        known = self._store.furniture(outlets) if outlets else {}
        return {outlet: self._misleading(found) for outlet, found in known.items()}

    def _misleading(self, found: Furniture) -> frozenset[str]:
        try:
            return misleading(found, self._judge)
        except Exception:  # then nothing is left aside, and what broke stays visible where it is judged
            log.exception("cannot tell what of an outlet's phrases touches the beat")
            return _NOTHING


def _headed(entry: Entry, usual: frozenset[str]) -> Entry:
    """The entry with its headline as it was kept."""
    title, _, _ = furniture.without(entry.title, "", usual)
    return entry if title == entry.title else replace(entry, title=title)


def _bare(article: Article, usual: frozenset[str]) -> Bare:
    title, text, left_out = furniture.without(article.title, article.text, usual)
    return Bare(replace(article, title=title, text=text) if left_out else article, left_out)
