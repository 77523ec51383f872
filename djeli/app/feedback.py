"""What readers press becomes drafts of changes, each tried on the past and put before the admins.

press → draft (once for a story and kind) → judged again in a process of its own → one message with buttons
"""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from itertools import pairwise

from baseline.fold import folded_words
from baseline.grounds import says_something
from bot import changes as shown
from bot import html
from djeli.app.changes import accept, exclusion, fact_of, split
from djeli.app.reloading import Current
from djeli.app.telling import Teller
from djeli.core.clock import Clock
from djeli.core.errors import DjeliError
from djeli.core.model import Alert, Change, ChangeKind, ChangeState, Chat, LedgerLine, Press
from storage.store import SqlStore

log = logging.getLogger("djeli.feedback")

KIND = "change"  # of the message that puts a change before the admins
_READ = "feedback:press"  # the last press that was looked at
PAUSE = 5.0  # seconds between two looks for presses
_PATIENCE = 600.0  # seconds that judging the past again may take
_KINDS = {"known": ChangeKind.FACT, "no_event": ChangeKind.EXCLUDE}
_WHO = "feedback"


class Feedback:
    """Turns presses into drafts while a service runs."""

    def __init__(
        self, current: Current, store: SqlStore, clock: Clock, deliver: Callable[[], Awaitable[None]]
    ) -> None:
        self._current, self._store, self._clock, self._deliver = current, store, clock, deliver

    async def follow(self, pause: float = PAUSE) -> None:
        """Look for presses again and again, until cancelled.

        First what a stop, or an error, kept from the admins: to propose a change twice is one message.
        """
        again = True
        while True:
            await asyncio.sleep(pause)
            try:
                drafted = await asyncio.to_thread(self.draft)
                if again:
                    drafted = await asyncio.to_thread(self._waiting)
                again = True
                for change in drafted:
                    if change.effect is None:
                        await self._try(change)
                    await asyncio.to_thread(self.propose, change.id)
                    await self._deliver()
                again = False
            except Exception:  # a full disk, a bug: a later look tries again
                log.exception("feedback could not become a change")

    def _waiting(self) -> list[Change]:
        """The drafts out of presses that nobody has decided on."""
        return [one for one in self._store.changes(ChangeState.DRAFT) if one.press is not None]

    def draft(self) -> list[Change]:
        """Draft what the presses ask for that were not looked at yet."""
        after = int(self._store.setting(_READ) or 0)
        drafted = []
        for press in self._store.presses(after):
            if press.button in _KINDS and (number := self._drafted(press)) is not None:
                drafted.append(number)
            self._store.set_setting(_READ, str(press.id))
        return [change for number in drafted if (change := self._store.change(number))]

    def _drafted(self, press: Press) -> int | None:
        kind = _KINDS[press.button]
        open_ = self._store.changes(ChangeState.DRAFT, ChangeState.ACCEPTED)
        if not press.story or any(one.kind is kind and one.story == press.story for one in open_):
            return None
        try:
            change = self._change(press, kind)
        except DjeliError as error:
            log.info("press %s asks for no change: %s", press.id, error)
            return None
        if change is None:
            return None
        return self._store.draft(replace(change, press=press.id), _WHO, self._clock())

    def _change(self, press: Press, kind: ChangeKind) -> Change | None:
        house, story = self._current.house, self._store.story(press.story or "")
        voice = house.voices[house.config.language]
        because = shown.pressed(press.button, press.user, voice)
        if story is None:
            return None
        if kind is ChangeKind.FACT:
            return fact_of(story, house.knowledge, because)
        lines = [line for line in self._store.ledger(story.id) if line.verdict and line.watches]
        word = telling_word(lines[0], self._store, self._names(lines[0])) if lines else None
        if word is None:
            return None
        first = lines[0]
        return exclusion(house, first.watches[0], word, because, story.id, first.article.id)

    def _names(self, line: LedgerLine) -> frozenset[str]:
        """The words of the headline that belong to names: who excludes Mali hears nothing any more."""
        house = self._current.house
        hits = house.knowledge.gazetteer.find(line.article.title)
        words = (line.article.title[hit.start : hit.end] for hit in hits)
        kept = (word for watch in house.config.watches for word in (*watch.keywords, *watch.all))
        return frozenset(one for text in (*words, *kept) for one in folded_words(text))

    async def _try(self, change: Change) -> None:
        """Judge the past again in a process of its own: the service goes on meanwhile."""
        path = self._current.config.path
        if path is None:
            return
        command = ["-m", "djeli", "--config", str(path), "changes", "try", str(change.id)]
        ran = await asyncio.create_subprocess_exec(
            sys.executable, *command, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
        )
        try:
            _, said = await asyncio.wait_for(ran.communicate(), _PATIENCE)
        except BaseException as error:
            if ran.returncode is None:
                ran.kill()
                await ran.wait()
            if not isinstance(error, TimeoutError):
                raise
            log.warning("change %s was not tried on the past: it took too long", change.id)
            return
        if ran.returncode:
            log.warning("change %s was not tried on the past: %s", change.id, said.decode()[-300:].strip())

    def propose(self, number: int) -> None:
        """Put a change before the admins: each in their own chat, or the first chat without any admin."""
        change, house = self._store.change(number), self._current.house
        if change is None or change.state is not ChangeState.DRAFT:
            return
        chats = [Chat(id_, ()) for id_ in self._current.admins] or list(self._current.roster)[:1]
        voice = house.voices[house.config.language]
        text = next(iter(html.split(shown.blocks(change, voice))))
        alerts = [
            Alert(chat.id, KIND, text, html.plain(text), story=f"{KIND}:{number}", thread=chat.thread)
            for chat in chats
        ]
        self._store.owe(alerts, self._clock())


def telling_word(line: LedgerLine, store: SqlStore, names: frozenset[str]) -> str | None:
    """The word, or the two words, of a headline that no other pushed article has; None when there are none.

    Of several that which stands in most articles that led to nothing, then the longest.
    """
    words = folded_words(line.article.title)
    single = [word for word in words if len(word) > 3 and word not in names and says_something(word)]
    pairs = [
        f"{a} {b}"
        for a, b in pairwise(words)
        if not {a, b} <= names and says_something(a) and says_something(b)
    ]
    for offered in (single, pairs):
        best = max(_harmless(dict.fromkeys(offered), line, store), default=None)
        if best is not None:
            return best[2]
    return None


def _harmless(words: Iterable[str], line: LedgerLine, store: SqlStore) -> Iterable[tuple[int, int, str]]:
    for word in words:
        others = [one for one in store.search(word.split(), 200) if one.article.id != line.article.id]
        if not any(one.article_decision.value in ("alert", "update", "merge") for one in others):
            yield len(others), len(word), word


class Splits:
    """Splits at the press of a button: a change like any other, accepted at once."""

    def __init__(self, current: Current, store: SqlStore, clock: Clock) -> None:
        self._current, self._store, self._clock = current, store, clock

    def split(self, story: str, article: str) -> str | None:
        """The new story of that article, or None when there is nothing to split."""
        found, now = self._store.story(story), self._clock()
        if found is None:
            return None
        try:
            number = self._store.draft(split(found, article, ""), "button", now)
            done = accept(self._store, _teller(self._current, self._store), number, "button", now)
            return str(done.content["into"])
        except DjeliError as error:
            log.info("not split: %s", error)
            return None


class Decisions:
    """What an admin's press under a proposed change does."""

    def __init__(self, current: Current, store: SqlStore, clock: Clock) -> None:
        self._current, self._store, self._clock = current, store, clock

    def decide(self, number: int, state: ChangeState, user: int) -> Change | None:
        """The change as it is then; None when there is none. What cannot be done leaves it as it is."""
        try:
            if state is ChangeState.ACCEPTED:
                teller = _teller(self._current, self._store)
                return accept(self._store, teller, number, str(user), self._clock())
            return self._store.bring_change(number, state, str(user), self._clock())
        except DjeliError as error:
            log.info("change %s: %s", number, error)
            return self._store.change(number)


def _teller(current: Current, store: SqlStore) -> Teller:
    return current.house.teller(store, current.roster, reactions=store)
