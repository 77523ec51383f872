"""The demo from beginning to end: real feeds over HTTP, real store, judge, cards, outbox and sender.

Only two things are not what the service has: the clock is given (days of February 2027 pass in
seconds) and the chat is the terminal.
"""

from __future__ import annotations

import asyncio
import shlex
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path
from time import monotonic

from baseline.language import detect
from bot.sender import Sender
from djeli.app import wiring
from djeli.app.cycle import Cycle, Round
from djeli.app.demo.press import Press, outlets, resolve
from djeli.app.demo.screen import Screen, TerminalChat, screen
from djeli.app.jobs import DigestRound
from djeli.app.setup import feed_text
from djeli.app.turns import Manners
from djeli.app.wiring import House
from djeli.core.errors import JobFailed, UserError
from djeli.core.model import Decision, Feed, LedgerLine
from monitors.web import HttpWeb
from storage.store import SqlStore, open_store

# When the feeds are looked at, and when the chat's digest hour strikes (18:00 in Bamako).
_BEGIN = datetime(2027, 2, 8, 6, 0, tzinfo=UTC)
_MOMENTS = tuple(
    datetime(2027, 2, day, hour, 0, tzinfo=UTC)
    for day, hour in ((8, 12), (8, 17), (8, 18), (9, 7), (9, 13), (9, 18), (10, 12), (10, 18))
)
_DIGEST_HOUR = 18
_DONE_WITH = {
    Decision.ALERT: "told at once",
    Decision.UPDATE: "told as an update",
    Decision.MERGE: "no second message",
    Decision.DIGEST: "kept for the digest",
    Decision.KNOWN: "suppressed",
    Decision.IGNORE: "ignored",
}


_COUNTED = {
    Decision.ALERT: "alert",
    Decision.UPDATE: "update",
    Decision.MERGE: "merged",
    Decision.DIGEST: "for the digest",
    Decision.KNOWN: "known",
    Decision.IGNORE: "ignored",
}
_PUSHED = (Decision.ALERT, Decision.UPDATE)
_INSTANT = timedelta(microseconds=1)


class SetClock:
    """A clock that stands still until it is set."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """The moment it was set to."""
        return self.now


def run(language: str = "en", keep: Path | None = None) -> None:
    """Run the demo and print it; `language` is that of the messages: en, fr or ru.

    Its configuration and database stay in the folder `keep`, to try changes on. Raises UserError when
    there is something in it, JobFailed when the loopback server cannot be reached.
    """
    began, clock = monotonic(), SetClock(_BEGIN)
    with _folder(keep) as folder, Press(outlets(), clock) as press:
        house = _house(folder, press, language)
        store = open_store(f"sqlite:///{folder / 'djeli.db'}")
        try:
            stage = _Stage(house, store, clock, screen())
            asyncio.run(stage.play())
            stage.close(monotonic() - began, keep)
        finally:
            store.close()


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    """The folder of the demo: one that is gone afterwards, or a new one that stays."""
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="djeli-demo-") as folder:
            yield Path(folder)
        return
    try:
        keep.mkdir(parents=True, exist_ok=True)
        taken = next(keep.iterdir(), None)
    except OSError as error:
        raise UserError(f"{keep}: the demo cannot be kept there: {error.strerror}") from None
    if taken is not None:
        raise UserError(f"{keep}: is not empty and is left as it is; name a new folder")
    yield keep.absolute()


def _house(folder: Path, press: Press, language: str) -> House:
    """The house of the bundled configuration with the feeds of the press in it."""
    bundled = (resources.files("djeli.app.demo") / "demo.toml").read_text(encoding="utf-8")
    feeds = [feed_text(Feed(url, outlet.name)) for outlet, url in press.feeds()]
    path = folder / "djeli.toml"
    path.write_text("\n".join([bundled.replace("{language}", language), *feeds]), encoding="utf-8")
    return wiring.open_house(path)


class _Stage:
    """The house at work, with the terminal for a chat."""

    def __init__(self, house: House, store: SqlStore, clock: SetClock, screen: Screen) -> None:
        self._house, self._store, self._clock, self._screen = house, store, clock, screen
        self._chat = TerminalChat(screen, clock)
        self._sender = Sender(store, self._chat, clock, self._sleep, lambda _: house.config.language)
        self._rounds = 0
        self._digests = DigestRound(house.config.chats, house.teller(store), store, store)

    async def play(self) -> None:
        """All moments in turn: a round of feeds, or a digest."""
        config = self._house.config
        self._store.configure_feeds(config.feeds)
        self._digests.owe(self._clock())
        names = ", ".join(feed.outlet for feed in config.feeds)
        self._screen.line(f"An invented press on {len(config.feeds)} feeds of this machine: {names}.")
        known = len(self._house.knowledge.facts)
        self._screen.line(f"Judged against {known} known facts. What follows is what the chat would show.")
        web = HttpWeb(detect, config.allow_private, resolver=resolve)
        cycle = self._house.cycle(web, self._store, self._clock, Manners(pause=0))
        try:
            for moment in _MOMENTS:
                self._clock.now = moment
                await (self._digest() if moment.hour == _DIGEST_HOUR else self._round(cycle))
        finally:
            await asyncio.to_thread(cycle.close)
            await web.aclose()

    async def _round(self, cycle: Cycle) -> None:
        moment = self._clock()
        done = await cycle.round(self._house.config.feeds)
        if done.failed:
            raise JobFailed("The demo's own feeds do not answer; something forbids connections on 127.0.0.1.")
        self._rounds += 1
        self._screen.heading(f"{moment:%a %d %b %Y, %H:%M} · round {self._rounds}")
        self._screen.line(f"{_came(done)}.")
        for line in self._new_lines(moment):
            self._screen.line(_told(line), "" if line.article_decision in _PUSHED else "dim")
        await self._sender.drain()

    async def _digest(self) -> None:
        self._screen.heading(f"{self._clock():%a %d %b %Y, %H:%M} · the chat's digest hour")
        self._digests.owe(self._clock())
        await self._sender.drain()

    def _new_lines(self, moment: datetime) -> list[LedgerLine]:
        """What the ledger says of each article of this round, by its strongest development."""
        found = [
            self._store.ledger(judgement.article.id)
            for judgement in self._store.judgements(moment + _INSTANT)
            if judgement.article.first_seen == moment
        ]
        lines = [max(lines, key=lambda line: line.decision.strength) for lines in found if lines]
        return sorted(lines, key=lambda line: line.article.published)

    async def _sleep(self, seconds: float) -> None:
        """The sender's pauses take no time; while a message is on its way there is nothing to skip."""
        if self._sender.in_flight:
            await asyncio.Event().wait()
        self._clock.now += timedelta(seconds=seconds)

    def close(self, seconds: float, keep: Path | None = None) -> None:
        """The counts of the whole demo, as the last line; where it was kept, and what to try on it."""
        counts = self._store.counts(_BEGIN)
        self._screen.heading("What was done")
        self._screen.line(
            f"{counts['feeds']} feeds, {counts['checks']} looks, {counts['articles']} articles: "
            f"{_counted(counts)}; {self._chat.sent} messages, {self._chat.edits} edits, in {seconds:.0f} s."
        )
        if keep is not None:
            config = shlex.quote(str(keep / "djeli.toml"))
            self._screen.line(f"Kept: {config} and its database. Change a copy of it, and see what it does:")
            self._screen.line(f"djeli --config {config} replay --since {_BEGIN:%Y-%m-%d} --config COPY")


def _came(done: Round) -> str:
    if not done.articles:
        return f"{done.feeds} feeds looked at, nothing new"
    new = "1 new article" if done.articles == 1 else f"{done.articles} new articles"
    return f"{done.feeds} feeds looked at, {new}: {_counted({d.value: n for d, n in done.decisions.items()})}"


def _counted(counts: Mapping[str, int]) -> str:
    """Decisions with their numbers, strongest first: `2 alerts, 1 update, 3 merged`."""
    said = []
    for decision, word in _COUNTED.items():
        count = counts.get(decision.value, 0)
        plural = "s" if count > 1 and decision in _PUSHED else ""
        said += [f"{count} {word}{plural}"] if count else []
    return ", ".join(said)


def _told(line: LedgerLine) -> str:
    """One line about one article: what was done with it and, when nothing was sent, why."""
    decision, article = line.article_decision, line.article
    story = f" [{line.verdict.story}]" if line.verdict and line.verdict.story else ""
    why = "" if decision in _PUSHED else f" {line.because}"
    return f"• {_DONE_WITH[decision]}{story}: «{article.title}» ({article.outlet}, {article.lang}).{why}"
