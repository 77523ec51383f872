"""What the chats are owed: cards for judgements, notices for what was held back, digests."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from bot import cards, digests, html, notices
from bot.cards import Card, Report, Trust
from bot.words import Voice
from djeli.app.cycle import Held
from djeli.app.hours import wakes_at
from djeli.app.sides import reports
from djeli.core.model import (
    Alert,
    Chat,
    Decision,
    DigestLine,
    Judgement,
    Label,
    LedgerLine,
    Mention,
    Priority,
    Verdict,
)
from djeli.core.ports import FeedStatus, Store

_PUSHED = (Decision.ALERT, Decision.UPDATE)
_LISTED = 20  # developments named in a notice; the rest is a number
_FIRST = (
    "First look: feeds {feeds}, articles read and kept {articles}.",
    "Premier passage : {feeds} flux, articles lus et gardés : {articles}.",
    "Первый просмотр: лент — {feeds}, статей прочитано и сохранено — {articles}.",
)
_STORM = (
    "Feeds: {feeds}, {articles} articles at once; they are listed here instead of being pushed.",
    "Flux : {feeds}, {articles} articles d'un coup ; ils sont listés ici au lieu d'être signalés.",
    "Лент: {feeds} — сразу {articles} статей; они перечислены здесь, а не отправлены по одной.",
)
_WOULD = (
    "Developments that would have been alerts ({n}):",
    "Nouveautés qui auraient été signalées ({n}) :",
    "Эти события ({n}) были бы отправлены:",
)
_NONE = (
    "None of it would have been an alert.",
    "Rien n'aurait été signalé.",
    "Ничего из этого не было бы отправлено.",
)


TrustOf = Callable[[Iterable[str], Mention, Label | None], Trust]


class Teller:
    """Owes every chat what its watches caught, in its language and outside its quiet hours."""

    def __init__(
        self,
        chats: Collection[Chat],
        voices: Mapping[str, Voice],
        zone: ZoneInfo,
        store: Store,
        chain: Callable[[str], str],
        priority: Callable[[str], Priority],
        trust: TrustOf | None = None,
    ) -> None:
        """`trust` says who tells a development; without it only outlets and chains are counted."""
        self._chats, self._voices, self.zone = chats, voices, zone
        self._store, self._priority = store, priority
        self._trust: TrustOf = trust or partial(_counted, chain)

    def owed(self, judgement: Judgement, now: datetime) -> tuple[Alert, ...]:
        """One message for each pushed development and each chat one of whose watches caught it."""
        chats = self._chats_of(judgement.watches)
        return tuple(alert for chat in chats for alert in self._cards(judgement, chat, now))

    def notices(self, held: Held, now: datetime) -> tuple[Alert, ...]:
        """For each chat one message about first looks and one about storms, in place of many."""
        return tuple(
            alert
            for chat in self._chats
            for number, (feeds, words) in enumerate(((held.firsts, _FIRST), (held.storms, _STORM)))
            if feeds
            for alert in self._notice(held, {feed.url for feed in feeds}, words, chat, now, number)
        )

    def digest(
        self,
        chat: Chat,
        lines: Sequence[DigestLine],
        counts: Mapping[str, int],
        feeds: Sequence[FeedStatus],
        until: datetime,
        again: int = 0,
    ) -> tuple[Alert, ...]:
        """The parts of one digest; owed once for each chat and hour, and each time `again` grows."""
        parts = digests.digest(lines, counts, feeds, until, self._voices[chat.language])
        return _parts(chat, "digest", parts, f"{until:%Y-%m-%dT%H:%M}", revision=again)

    def feeds_news(
        self, news: Mapping[str, Sequence[FeedStatus]], day: str, now: datetime
    ) -> tuple[Alert, ...]:
        """For each chat what changed with the feeds, by kind; owed once for each day."""
        return tuple(
            alert
            for chat in self._chats
            for alert in _parts(
                chat,
                "notice",
                notices.feeds_news(news, self._voices[chat.language]),
                f"feeds {day}",
                wakes_at(chat, self.zone, now),
            )
        )

    # ------------------------------------------------------------------------------- cards

    def _chats_of(self, watches: Iterable[str]) -> list[Chat]:
        caught = set(watches)
        return [chat for chat in self._chats if caught.intersection(chat.watches)]

    def _cards(self, judgement: Judgement, chat: Chat, now: datetime) -> Iterator[Alert]:
        used: set[tuple[str | None, int]] = set()
        for verdict in judgement.verdicts:
            if verdict.decision in _PUSHED:
                alert = self._card(judgement, verdict, chat, used, now)
                used.add((alert.story, alert.revision))
                yield alert

    def _card(
        self,
        judgement: Judgement,
        verdict: Verdict,
        chat: Chat,
        used: set[tuple[str | None, int]],
        now: datetime,
    ) -> Alert:
        article, voice = judgement.article, self._voices[chat.language]
        story = self._store.story(verdict.story) if verdict.story else None
        members = story.members if story else ()
        outlets = [*(member.outlet for member in members), article.outlet]
        trust = self._trust(outlets, verdict.mention, verdict.label)
        told = reports(members, article, verdict.mention)
        update = verdict.decision is Decision.UPDATE
        make = cards.update_card if update else cards.alert_card
        # An update that answers the first card names its own source; that card names all of them.
        card = make(verdict, article, trust, voice, [told[-1]] if update and story else told)
        # The outbox owes a (chat, story, kind, revision) once: a story grows with every update of it.
        revision = len(members) if verdict.story else zlib.crc32(article.id.encode()) >> 1
        while (verdict.story, revision) in used:
            revision += 1
        critical = self._priority(verdict.mention.type) is Priority.CRITICAL
        return Alert(
            chat=chat.id,
            kind="update" if update else "alert",
            html=card.html,
            plain=card.plain,
            story=verdict.story,
            revision=revision,
            thread=chat.thread,
            reply_to_story=update and story is not None,
            edit_html=self._revised(judgement, verdict, trust, told, voice) if update and story else None,
            not_before=None if critical else wakes_at(chat, self.zone, now),
            critical=critical,
        )

    def _revised(
        self, judgement: Judgement, verdict: Verdict, trust: Trust, told: Sequence[Report], voice: Voice
    ) -> str | None:
        """The story's first card with what changed since; None when it was never a card."""
        lines = self._store.ledger(verdict.story or "")
        first = next((line for line in lines if line.verdict and line.decision in _PUSHED), None)
        if first is None or first.verdict is None:
            return None
        article = judgement.article
        return cards.revised_card(first.verdict, first.article, verdict, article, trust, voice, told).html

    # ------------------------------------------------------------------------------ notices

    def _notice(
        self, held: Held, urls: set[str], words: tuple[str, str, str], chat: Chat, now: datetime, kind: int
    ) -> tuple[Alert, ...]:
        voice = self._voices[chat.language]
        lines = list(_held_lines(held, urls, chat))
        count = sum(held.articles[url] for url in urls)
        blocks = [voice.pick(words).format(feeds=len(urls), articles=count)]
        blocks.append(voice.pick(_WOULD if lines else _NONE).format(n=len(lines)))
        blocks += [_line(line, voice) for line in lines[:_LISTED]]
        if len(lines) > _LISTED:
            blocks.append(voice.say("more", n=len(lines) - _LISTED))
        parts = [Card(part, html.plain(part)) for part in html.split(blocks)]
        return _parts(chat, "notice", parts, f"{kind} {now.isoformat()}", wakes_at(chat, self.zone, now))


def _counted(chain: Callable[[str], str], outlets: Iterable[str], _: Mention, label: Label | None) -> Trust:
    """Outlets and chains alone."""
    told = tuple(dict.fromkeys(outlets))
    return Trust(told, len({chain(outlet) for outlet in told}), label)


def _held_lines(held: Held, urls: set[str], chat: Chat) -> Iterator[DigestLine]:
    """The developments of these feeds that one chat would have been told."""
    for url, line in held.kept_before:
        if url in urls and set(line.watches) & set(chat.watches) and line.verdict:
            yield _digest_line(line.verdict, line)
    for url, judgement in held.judged:
        if url in urls and set(judgement.watches) & set(chat.watches):
            for verdict in judgement.verdicts:
                if verdict.decision in _PUSHED:
                    yield _digest_line(verdict, judgement)


def _digest_line(verdict: Verdict, found: Judgement | LedgerLine) -> DigestLine:
    article = found.article
    return DigestLine.of(verdict, article.title, article.url, article.outlet, article.published)


def _line(line: DigestLine, voice: Voice) -> str:
    kind = html.escape(voice.headline(line.type, line.stage))
    title = html.link(html.shorten(line.title, 140) or html.host(line.url), line.url)
    outlet = html.escape(html.shorten(voice.names(line.outlet), 40))
    story = f" · {html.escape(line.story)}" if line.story else ""
    return f"• <b>{kind}</b>: {title} — {outlet}{story}"


def _parts(
    chat: Chat,
    kind: str,
    parts: Sequence[Card],
    about: str,
    not_before: datetime | None = None,
    revision: int = 0,
) -> tuple[Alert, ...]:
    """The parts of one message that is about no story.

    What it is about stands in the place of the story (`digest:2027-02-09T07:00`): the outbox owes a
    (chat, story, kind, revision, part) once, but holds messages without a story for different.
    """
    return tuple(
        Alert(
            chat=chat.id,
            kind=kind,
            html=part.html,
            plain=part.plain,
            story=f"{kind}:{about}",
            revision=revision,
            part=number,
            thread=chat.thread,
            not_before=not_before,
        )
        for number, part in enumerate(parts)
    )
