"""What the chats are owed: cards for judgements, notices for what was held back, digests."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot import cards, digests, html, notices, replies
from bot.cards import Card, Report, Trust
from bot.words import Voice
from djeli.app.cycle import Held
from djeli.app.hours import wakes_at
from djeli.app.muting import Muting
from djeli.app.sides import reports
from djeli.core.model import (
    Alert,
    Article,
    Chat,
    Decision,
    DigestLine,
    Fact,
    Judgement,
    Label,
    LedgerLine,
    Member,
    Mention,
    Priority,
    Verdict,
)
from djeli.core.ports import FeedStatus, Store

_PUSHED = (Decision.ALERT, Decision.UPDATE)
_PER_SPLIT = 100_000  # revisions between two splits of a story: more than members it can have
_BACK = timedelta(days=7)  # what a first look tells of
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
_PAST = (
    "What the last seven days would have brought ({n}); all of it is past and is not sent as news:",
    "Ce que les sept derniers jours auraient apporté ({n}) ; tout cela est passé et n'est pas envoyé comme "
    "nouveauté :",
    "Что принесли бы последние семь дней ({n}); всё это прошлое и как новости не отправляется:",
)
_PAST_NONE = (
    "The last seven days would have brought no alert.",
    "Les sept derniers jours n'auraient apporté aucune alerte.",
    "За последние семь дней ничего не было бы отправлено.",
)
_OLDER = (
    "Older than seven days, kept without being listed: {n}.",
    "De plus de sept jours, gardés sans être listés : {n}.",
    "Старше семи дней, сохранено без перечисления: {n}.",
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
        waits: Mapping[Priority, timedelta] | None = None,
        muting: Muting | None = None,
        facts: Mapping[str, Fact] | None = None,
    ) -> None:
        """`trust` says who tells a development; without it only outlets and chains are counted.

        `waits` are the times for which the first card of a story waits for further outlets; without
        them, and for what is critical in any case, it waits for none. `muting` says what a chat does not
        want pushed now; `facts` by id name what is known.
        """
        self._chats, self._voices, self.zone = chats, voices, zone
        self._store, self._priority = store, priority
        self._trust: TrustOf = trust or partial(_counted, chain)
        self._waits, self._muting, self._facts = waits or {}, muting, facts or {}

    @property
    def voices(self) -> Mapping[str, Voice]:
        """How chats are spoken to, by language."""
        return self._voices

    def owed(self, judgement: Judgement, now: datetime) -> tuple[Alert, ...]:
        """What one article brings the chats.

        One message for each pushed development and each chat one of whose watches caught it; in all
        others, and where it is only one more report, an edit without a word of the story's first card,
        which the outbox drops where there is none.
        """
        news = [verdict for verdict in judgement.verdicts if verdict.decision in (*_PUSHED, Decision.MERGE)]
        chats = list(self._chats) if news else []
        tellings = [self._telling(judgement, verdict) for verdict in news] if chats else []
        return tuple(alert for chat in chats for alert in self._cards(tellings, judgement.watches, chat, now))

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
        since: datetime | None = None,
        pending: Sequence[DigestLine] = (),
    ) -> tuple[Alert, ...]:
        """The parts of one digest; owed once for each chat and hour, and each time `again` grows.

        `since`: from when on is counted what mutes held back.
        """
        voice = self._voices[chat.language]
        held = self._muting.since(chat.id, since) if self._muting and since else []
        muted = replies.muted_count(held, voice)
        parts = digests.digest(lines, counts, feeds, until, voice, muted, pending, self._facts)
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

    def _cards(
        self, tellings: Sequence[_Telling], watches: Iterable[str], chat: Chat, now: datetime
    ) -> Iterator[Alert]:
        used: set[tuple[str | None, int]] = set()
        caught = not set(watches).isdisjoint(chat.watches)
        for telling in tellings:
            alert: Alert | None
            if caught and (telling.verdict.decision in _PUSHED or self._unheard(telling, chat, now)):
                alert = self._held_back(self._card(_as_news(telling), chat, used, now), telling, chat, now)
                if alert.mute is not None:  # kept, but not sent; the first card tells the truth all the same
                    used.add((alert.story, alert.revision))
                    yield alert
                    alert = self._edit(telling, chat, used)
            else:
                alert = self._edit(telling, chat, used)
            if alert is not None:
                used.add((alert.story, alert.revision))
                yield alert

    def _held_back(self, alert: Alert, telling: _Telling, chat: Chat, now: datetime) -> Alert:
        """The message with the mute of its chat that holds it back, if one does."""
        if self._muting is None:
            return alert
        mute = self._muting.holding(chat.id, telling.article, telling.verdict, now)
        return replace(alert, mute=mute.id) if mute else alert

    def _unheard(self, telling: _Telling, chat: Chat, now: datetime) -> bool:
        """Whether this is the first report of a story that a chat has not muted: others it had, for their
        outlet or their words."""
        story, muting = telling.verdict.story, self._muting
        if muting is None or story is None or not telling.told or not muting.never_told(chat.id, story):
            return False
        return muting.holding(chat.id, telling.article, telling.verdict, now) is None

    def _telling(self, judgement: Judgement, verdict: Verdict) -> _Telling:
        """A verdict with the story it belongs to as it will be."""
        story = self._store.story(verdict.story) if verdict.story else None
        members = story.members if story else ()
        article = judgement.article
        outlets = [*(member.outlet for member in members), article.outlet]
        return _Telling(
            verdict,
            article,
            self._trust(outlets, verdict.mention, verdict.label),
            reports(members, article, verdict.mention),
            self._grown(verdict.story, len(members)) if story else 0,
            self._told(verdict.story) if story else (),
        )

    def _grown(self, story: str | None, members: int) -> int:
        """How far a story has grown: what is split off it does not count back."""
        return members + _PER_SPLIT * int(self._store.setting(f"split:{story}") or 0)

    def _told(self, story: str | None) -> tuple[tuple[Verdict, Article], ...]:
        """What of a story was pushed, in the order in which it was judged."""
        lines = sorted(self._store.ledger(story or ""), key=lambda line: line.judged_at)
        return tuple(
            (line.verdict, line.article)
            for line in lines
            if line.verdict and line.verdict.story == story and line.decision in _PUSHED
        )

    def _card(self, telling: _Telling, chat: Chat, used: set[tuple[str | None, int]], now: datetime) -> Alert:
        article, voice = telling.article, self._voices[chat.language]
        verdict = telling.verdict.said_in(voice.language)
        update = verdict.decision is Decision.UPDATE
        answers = update and telling.size > 0
        make = cards.update_card if update else cards.alert_card
        # An update that answers the first card names its own source; that card names all of them.
        named = telling.reports[-1:] if answers else telling.reports
        card = make(verdict, article, telling.trust, voice, named)
        edited = self._first_card(telling, voice) if answers else None
        critical = self._priority(verdict.mention.type) is Priority.CRITICAL
        return Alert(
            chat=chat.id,
            kind="update" if update else "alert",
            html=card.html,
            plain=card.plain,
            story=verdict.story,
            revision=_revision(telling, used),
            thread=chat.thread,
            reply_to_story=answers,
            edit_html=edited.html if edited else None,
            edit_plain=edited.plain if edited else None,
            not_before=None if critical else self._not_before(verdict.mention.type, chat, now, answers),
            critical=critical,
        )

    def _not_before(self, kind: str, chat: Chat, now: datetime, answers: bool) -> datetime | None:
        """After the quiet hours, and a first card after the wait for further outlets."""
        wait = timedelta() if answers else self._waits.get(self._priority(kind), timedelta())
        waking = wakes_at(chat, self.zone, now)
        moments = [moment for moment in (waking, now + wait if wait else None) if moment]
        return max(moments, default=None)

    def _edit(self, telling: _Telling, chat: Chat, used: set[tuple[str | None, int]]) -> Alert | None:
        """The story's first card as it is now, to be put in its place without a word."""
        card = self._first_card(telling, self._voices[chat.language])
        if card is None:
            return None
        return Alert(
            chat=chat.id,
            kind="edit",
            html="",
            plain="",
            story=telling.verdict.story,
            revision=_revision(telling, used),
            thread=chat.thread,
            edit_html=card.html,
            edit_plain=card.plain,
        )

    def _first_card(self, telling: _Telling, voice: Voice) -> Card | None:
        """The story's first card with every report and with what changed last; None when it has none."""
        if not telling.told:
            return None
        (first, told_in), *later = telling.told
        if telling.verdict.decision is Decision.UPDATE:
            later.append((telling.verdict, telling.article))
        first = first.said_in(voice.language)
        trust, named = telling.trust, telling.reports
        if later:
            changed, changed_in = later[-1]
            changed = changed.said_in(voice.language)
            return cards.revised_card(first, told_in, changed, changed_in, trust, voice, named)
        make = cards.update_card if first.decision is Decision.UPDATE else cards.alert_card
        return make(first, told_in, trust, voice, named)

    # ------------------------------------------------------------------------------- splits

    def split(self, story: str, article: str, now: datetime) -> str | None:
        """Take one report out of a story into a story of its own; the id of that, or None.

        The story's first card is edited to tell the rest, and every chat that it was told in or whose
        watches caught the report is owed a card. None, and nothing happens, where the article has no
        part in the story, where there is no other, or where the first card tells this very one.
        """
        found = self._store.story(story)
        line = next(
            (one for one in self._store.ledger(article) if one.verdict and one.verdict.story == story), None
        )
        rest = [member for member in found.members if member.article != article] if found else []
        told = self._told(story)
        if line is None or line.verdict is None or not rest or (told and told[0][1].id == line.article.id):
            return None
        (new,) = self._store.reserve_story_ids(1)
        as_new = replace(line.verdict, decision=Decision.ALERT, was=None, now=None, also=())
        apart = replace(as_new, rule="split", story=new, opens=True)
        left = [(kept, of) for kept, of in told if of.id != line.article.id]
        alerts: list[Alert] = []
        for chat in self._chats:
            voice = self._voices[chat.language]
            if left:
                alerts += self._edit_without(story, left, rest, chat)
            if self._hears(chat, story, line.watches):
                verdict = replace(apart, because=voice.say("split_off", story=story))
                telling = self._opening(verdict, line.article)
                alerts.append(self._card(telling, chat, set(), now))
        language = next((chat.language for chat in self._chats), "en")
        apart = replace(apart, because=self._voices[language].say("split_off", story=story))
        return new if self._store.split(article, story, apart, alerts, now) else None

    def _hears(self, chat: Chat, story: str, watches: Iterable[str]) -> bool:
        """Whether a chat was told a story, or follows one of the watches."""
        told = {delivery.chat for line in self._store.ledger(story) for delivery in line.deliveries}
        return chat.id in told or not set(watches).isdisjoint(chat.watches)

    def _opening(self, verdict: Verdict, article: Article) -> _Telling:
        trust = self._trust([article.outlet], verdict.mention, verdict.label)
        return _Telling(verdict, article, trust, reports([], article, verdict.mention), 0, ())

    def _edit_without(
        self, story: str, told: Sequence[tuple[Verdict, Article]], rest: Sequence[Member], chat: Chat
    ) -> list[Alert]:
        """The edit of a story's first card after a report was taken out of it."""
        verdict, article = told[-1]
        trust = self._trust([member.outlet for member in rest], verdict.mention, verdict.label)
        merged = replace(verdict, decision=Decision.MERGE, story=story)
        number = int(self._store.setting(f"split:{story}") or 0) + 1
        size = _PER_SPLIT * number
        telling = _Telling(merged, article, trust, reports(rest), size, tuple(told))
        edit = self._edit(telling, chat, set())
        return [edit] if edit else []

    # ------------------------------------------------------------------------------ notices

    def _notice(
        self, held: Held, urls: set[str], words: tuple[str, str, str], chat: Chat, now: datetime, kind: int
    ) -> tuple[Alert, ...]:
        voice = self._voices[chat.language]
        lines = list(self._held_lines(held, urls, chat, now))
        count = sum(held.articles[url] for url in urls)
        first = voice.pick(words).format(feeds=len(urls), articles=count)
        blocks = [first, *(_backfill(lines, now, voice) if words is _FIRST else _storm(lines, voice))]
        parts = [Card(part, html.plain(part)) for part in html.split(blocks)]
        return _parts(chat, "notice", parts, f"{kind} {now.isoformat()}", wakes_at(chat, self.zone, now))

    def _held_lines(self, held: Held, urls: set[str], chat: Chat, now: datetime) -> Iterator[_Held]:
        """The developments of these feeds that one chat would have been told."""

        def wanted(article: Article, verdict: Verdict) -> bool:
            return self._muting is None or not self._muting.holding(chat.id, article, verdict, now)

        for url, line in held.kept_before:
            caught = url in urls and set(line.watches) & set(chat.watches)
            if caught and line.verdict and wanted(line.article, line.verdict):
                yield _Held(_digest_line(line.verdict, line), _day_of(line.article, line.verdict))
        for url, judgement in held.judged:
            if url in urls and set(judgement.watches) & set(chat.watches):
                for verdict in judgement.verdicts:
                    if verdict.decision in _PUSHED and wanted(judgement.article, verdict):
                        yield _Held(_digest_line(verdict, judgement), _day_of(judgement.article, verdict))


@dataclass(frozen=True, slots=True)
class _Telling:
    """A verdict about to be told, with its story: the trust and reports it has with this one."""

    verdict: Verdict
    article: Article
    trust: Trust
    reports: Sequence[Report]
    size: int  # how far the story had grown before: 0 for one that opens
    told: tuple[tuple[Verdict, Article], ...]  # what of it was pushed before


def _as_news(telling: _Telling) -> _Telling:
    """One more report of a story that a chat has not heard of, as the news that it is there."""
    if telling.verdict.decision in _PUSHED:
        return telling
    first, _ = telling.told[0]
    verdict = replace(telling.verdict, decision=Decision.ALERT, because=first.because, also=first.also)
    return replace(telling, verdict=verdict)


def _revision(telling: _Telling, used: set[tuple[str | None, int]]) -> int:
    """The outbox owes a (chat, story, kind, revision) once: a story grows with every report of it."""
    story = telling.verdict.story
    revision = telling.size if story else zlib.crc32(telling.article.id.encode()) >> 1
    while (story, revision) in used:
        revision += 1
    return revision


def _counted(chain: Callable[[str], str], outlets: Iterable[str], _: Mention, label: Label | None) -> Trust:
    """Outlets and chains alone."""
    told = tuple(dict.fromkeys(outlets))
    return Trust(told, len({chain(outlet) for outlet in told}), label)


def _digest_line(verdict: Verdict, found: Judgement | LedgerLine) -> DigestLine:
    article = found.article
    return DigestLine.of(verdict, article.title, article.url, article.outlet, article.published)


class _Held(NamedTuple):
    """A development that was held back, and the day it was told."""

    line: DigestLine
    day: date


def _day_of(article: Article, verdict: Verdict) -> date:
    """The day of a report; of one without a date that of its event, where it lies before."""
    published, span = article.published.date(), verdict.mention.span
    return published if article.dated or span is None else min(published, span.end)


def _backfill(held: Sequence[_Held], now: datetime, voice: Voice) -> Iterator[str]:
    """What a first look would have brought of the last seven days, story by story, and how much is older."""
    stories: dict[object, _Held] = {}
    for one in sorted(held, key=lambda one: (one.day, one.line.published)):
        stories.setdefault(one.line.story or one, one)
    recent = [one for one in stories.values() if one.day >= (now - _BACK).date()]
    yield voice.pick(_PAST if recent else _PAST_NONE).format(n=len(recent))
    for one in recent[-_LISTED:]:
        yield f"{_line(one.line, voice)} · <i>{voice.day(one.day)}</i>"
    if len(recent) > _LISTED:
        yield voice.say("more", n=len(recent) - _LISTED)
    if older := len(stories) - len(recent):
        yield voice.pick(_OLDER).format(n=older)


def _storm(held: Sequence[_Held], voice: Voice) -> Iterator[str]:
    """What a storm would have brought, as it came."""
    yield voice.pick(_WOULD if held else _NONE).format(n=len(held))
    yield from (_line(one.line, voice) for one in held[:_LISTED])
    if len(held) > _LISTED:
        yield voice.say("more", n=len(held) - _LISTED)


def _line(line: DigestLine, voice: Voice) -> str:
    kind = html.others(voice.headline(line.type, line.stage))
    title = html.link(html.shorten(line.title, 140) or html.host(line.url), line.url)
    outlet = html.others(html.shorten(voice.names(line.outlet), 40))
    story = f" · {html.others(line.story)}" if line.story else ""
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
