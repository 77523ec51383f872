"""The steps of a judgement in words, for `djeli explain`; docs/commands.md has the legend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import floor

from baseline.catalogue import Knowledge
from baseline.evidence import OFF, TALK
from baseline.grounds import Compared, Development, Grounds, Tried, Wanted, says_something
from baseline.watching import Want
from bot.words import HEADLINES, Voice
from djeli.app import step_words as words
from djeli.app.backtest import UNNAMED
from djeli.app.explaining import Explained
from djeli.core.model import Cue, Decision, Fact, Figure, Label, Mention, Realis, Span, Story, Term, Verdict
from djeli.core.words import UNITS, Three, figure_words, moved_to

_WIDTH = 22  # of the labels
_BY_WATCH = ("new", "low-priority", "routine", "rumour-digest", "no-watch")  # rules by what watches want
_AROUND = 45  # characters of a sentence shown to each side of a cue
_MOST_NAMES = 12
_MOST_VALUES = 7
_MONTH = 30.4  # days
_MANY_DAYS = 730  # beyond so many, years are counted: as in the reasons
_COARSE = 28  # days of a stretch that a month or a year was read as
_UNCHANGED = ("known-fact", "known-story", "merge")  # rules that say that no figure changed
_MOVED = ("later-stage", "other-figure", "further-step", "denial", "confirmed")
_WORDING = {
    "compared on crowded days": "wording_on",
    "not compared: [baseline]": "wording_off",
    "not compared: the extra": "wording_none",
}
_TITLE = 80
_PASSED = timedelta(days=2)  # which the store is ahead of an article that may be misdated


def steps(explained: Explained, voice: Voice, knowledge: Knowledge) -> Iterator[str]:
    """Every step of the judgement, as lines."""
    return _Steps(explained, voice, knowledge).lines()


@dataclass(frozen=True, slots=True)
class _Other:
    """What a development was compared with: its kind, and when it was."""

    kind: str
    span: Span | None
    coarse: bool  # dated by month or year only


@dataclass(frozen=True, slots=True)
class _Steps:
    explained: Explained
    voice: Voice
    knowledge: Knowledge

    def lines(self) -> Iterator[str]:
        """The decision first, then how it came about."""
        judgement = self.explained.judgement
        yield judgement.article.title
        yield ""
        told = self._pick(words.OUTCOMES, judgement.decision)
        yield f"{judgement.decision.upper()} ({told})"
        yield judgement.because
        if judgement.watches:
            yield self._say("with_watches", names=", ".join(judgement.watches))
        against = self.explained.against
        if judgement.verdicts and not against.stories:
            yield self._say("no_reports", n=against.suppressing)
        for number_, (head, rows) in enumerate(self._sections(), 1):
            yield ""
            yield f"{number_}. {head}"
            yield from rows
        if not judgement.verdicts:
            yield ""
            yield from self._row("otherwise", [self._off_beat_otherwise()])

    def _sections(self) -> Iterator[tuple[str, Iterable[str]]]:
        yield self._head("article"), self._article()
        yield self._head("against"), self._against()
        if self.explained.grounds.sentences:
            yield self._head("beat"), self._beat()
            yield self._head("watches"), self._watches()
        verdicts, grounds = self.explained.judgement.verdicts, self.explained.grounds.developments
        for place, (verdict, ground) in enumerate(zip(verdicts, grounds, strict=False), 1):
            head = self.voice.pick(words.HEADS["development"]).format(n=place, of=len(verdicts))
            what = self._what(verdict.mention)
            place_ = f" ({verdict.story})" if verdict.story else ""
            new = verdict.opens and verdict.decision not in (Decision.KNOWN, Decision.IGNORE)
            opens = f" ({self._say('new_story')})" if new else ""
            yield (
                f"{head}{self._mark(': ')}{what} → {verdict.decision.upper()}{place_}{opens}",
                self._development(verdict, ground),
            )

    # ------------------------------------------------------------------ article and store

    def _article(self) -> Iterator[str]:
        handed, article = self.explained.handed, self.explained.handed.article
        yield from self._row("title", [self._say(f"title_{handed.title_from}")])
        day = self.voice.moment(article.published)
        newest = self._passed()
        later = [self._say("date_passed", day=self.voice.moment(newest))] if newest else []
        said = f"{day}{self._mark(': ')}{self._say(f'date_{handed.date_from}')}"
        yield from self._row("published", [said, *later])
        known = words.LANGUAGE_NAMES.get(article.lang)
        name = self.voice.pick(known) if known else article.lang
        yield from self._row(
            "language", [f"{name}{self._mark(': ')}{self._say('read' if known else 'unread')}"]
        )
        yield from self._row("outlet", self._outlet(article.outlet))
        count = len(article.text.split())
        yield from self._row("text", [self._count("words", count) if count else self._say("no_text")])

    def _passed(self) -> datetime | None:
        """The day up to which the store tells, where that is well after the article: it may be misdated."""
        newest, published = self.explained.against.newest, self.explained.handed.article.published
        return newest if newest is not None and newest - published > _PASSED else None

    def _outlet(self, outlet: str) -> Iterator[str]:
        known = self.knowledge.outlets.get(outlet)
        if known is None:
            none = outlet == UNNAMED
            yield (
                self._say("outlet_none")
                if none
                else f"{outlet}{self._mark(': ')}{self._say('outlet_unknown')}"
            )
            return
        country = self._country(known.country)
        yield f"{known.name} ({known.id}){self._mark(': ')}{country}, {known.kind}, {known.credibility}"
        chain = [
            o.name for o in self.knowledge.outlets.values() if o.chain == known.chain and o.id != known.id
        ]
        if chain:
            yield self._say("outlet_chain", others=_clipped(chain))

    def _against(self) -> Iterator[str]:
        against = self.explained.against
        names = self._say("with_watches", names=", ".join(against.watches))
        yield from self._row(
            "configuration", [f"{against.config or self._say('no_config')}{self._mark('; ')}{names}"]
        )
        held = self._say("facts_held", n=against.facts, documents=against.documents, held=against.suppressing)
        yield from self._row("known", [held])
        key = "store_of" if against.store_exists else "store_none"
        stories, articles = self._count("stories", against.stories), self._count("articles", against.articles)
        where = self._say(key, where=against.store, stories=stories, articles=articles)
        asked = against.stories and not self.explained.judgement.reading.off_beat
        near = f"{self._mark('; ')}{self._count('looked_at', against.compared)}" if asked else ""
        yield from self._row("store", [where + near])
        said = next((key for start, key in _WORDING.items() if against.wording.startswith(start)), None)
        yield from self._row("wording", [self._say(said) if said else against.wording])

    # ------------------------------------------------------------------ beat and watches

    def _beat(self) -> Iterator[str]:
        grounds, off_beat = self.explained.grounds, self.explained.judgement.reading.off_beat
        home = self._say("yes_home", country=self.voice.names(grounds.home)) if grounds.home else ""
        no = self._say(f"no_{grounds.lacking}") if grounds.lacking else ""
        yield from self._row("answer", [no or home or self._say("yes")])
        yield from self._row("names", self._names(grounds))
        likely = [f"{self._subject(share.name)} {self._score(share.value)}" for share in grounds.shares]
        yield from self._row("reads_like", [", ".join(likely)])
        if off_beat:
            yield from self._row("signs", self._signs(grounds))
        if not self.explained.judgement.verdicts:
            read = (*self.explained.judgement.reading.mentions, *grounds.beside)
            yield from self._row("read", map(self._read, read))
        masked = []
        for cue in grounds.masked:
            kind = self._say("figure_of_speech", type=self.voice.type(cue.speaks_for))
            masked.append(f"{self._quoted(cue)}{self._mark(': ')}{kind}")
        yield from self._row("not_counted", masked)

    def _names(self, grounds: Grounds) -> Iterator[str]:
        shown = [name for name in grounds.names if not name.id.startswith("noise.")]
        for on_beat in (True, False):
            named = [self._named(name.id, name.text) for name in shown if name.on_beat is on_beat]
            if named:
                yield f"{self._say('on_beat' if on_beat else 'beside')}{self._mark(': ')}{_clipped(named)}"
        if not shown:
            yield self._say("no_names")

    def _subject(self, name: str) -> str:
        own = {OFF: "another_subject", TALK: "no_development"}
        return self._say(own[name]) if name in own else self.voice.type(name)

    def _signs(self, grounds: Grounds) -> Iterator[str]:
        """The words of topics off the beat; those of another subject where headline and lead read like it."""
        elsewhere = bool(grounds.shares) and grounds.shares[0].name == OFF
        signs = [s for s in grounds.signs if (elsewhere or s.kind != OFF) and says_something(s.text)]
        return (
            f"{self._quoted(sign)}{self._mark(': ')}{self._topic(sign.speaks_for)}"
            for sign in signs[:_MOST_VALUES]
        )

    def _read(self, mention: Mention) -> str:
        where = self._say("happens", country=self.voice.names(mention.country)) if mention.country else ""
        realis = "" if mention.realis is Realis.RUMOUR else self._pick(words.REALIS, mention.realis)
        return ", ".join(filter(None, (self._what(mention), realis, where)))

    def _what(self, mention: Mention) -> str:
        """Kind and stage, and whether it is only a rumour: "Delivery (arrived), unconfirmed"."""
        said = self._say("no_kind")
        if mention.types:
            said = self.voice.kind(mention.type, mention.stage)
            special = (mention.type, mention.stage or "") in HEADLINES
            stage = self.voice.stage(mention.stage, mention.type)
            said += f" ({stage})" if stage and not special else ""
        unsure = mention.realis is Realis.RUMOUR or mention.label is Label.UNCONFIRMED
        return f"{said}, {self.voice.say('not_confirmed')}" if unsure else said

    def _topic(self, topic: str) -> str:
        if topic == OFF:
            return self._say("another_subject")
        return self._say("signs_of", topic=self.explained.grounds.topics.get(topic, topic))

    def _watches(self) -> Iterator[str]:
        off_beat = self.explained.judgement.reading.off_beat
        if off_beat:
            known = bool(self.explained.judgement.verdicts)
            yield f"   {self._say('not_asked_known' if known else 'not_asked')}"
        for tried in self.explained.grounds.tried:
            if off_beat:
                yield f"   {tried.watch}{self._mark(': ')}{self._tried(tried)}"
                continue
            looks = self._say("passes" if tried.lack else "looks")
            yield f"   {tried.watch}{self._mark(': ')}{looks}{self._mark('; ')}{self._tried(tried)}"

    def _tried(self, tried: Tried) -> str:
        if tried.lack is not None:
            values = [self._country(value) for value in tried.lack.values]
            return self._say(f"lack_{tried.lack.setting}", values=_clipped(values, _MOST_VALUES))
        if not tried.found:
            return self._say("every_article")
        return self._say("words_found", words=", ".join(tried.found))

    def _country(self, value: str) -> str:
        """The name of an ISO code or an id; any other word as it is."""
        by_iso = next((e for e in self.knowledge.entities.values() if e.iso == value), None)
        return f"{self.voice.names(by_iso.id)} ({value})" if by_iso else self._named(value)

    # ------------------------------------------------------------------ one development

    def _development(self, verdict: Verdict, ground: Development) -> Iterator[str]:
        mention = verdict.mention
        if verdict.because != self.explained.judgement.because:
            yield from self._row("because", [verdict.because])
        now = moved_to(verdict.was or "", verdict.now or "—")
        changed = [f"{verdict.was or '—'} → {now}"] if verdict.was or verdict.now else []
        yield from self._row("rule", [f"{verdict.rule}{self._mark(': ')}{self._rule(verdict)}"])
        yield from self._row("changed", changed)
        yield from self._row("kind", [self._kind(mention)])
        yield from self._row("told_by", self._triggers(mention))
        yield from self._row("told_as", self._told_as(mention, ground))
        yield from self._row("who", [_clipped([self._named(id_) for id_ in mention.actors])])
        yield from self._row("whom", [_clipped([self._named(id_) for id_ in mention.counterparts])])
        yield from self._row("where", [_clipped([self._named(id_) for id_ in mention.places])])
        yield from self._row("when", [self._when(mention, ground)])
        yield from self._row("figures", [self._figures(mention, ground)])
        yield from self._row("label", [self.voice.label(verdict.label)] if verdict.label else [])
        yield from self._row("quote", [f"“{mention.quote}”"] if mention.quote else [])
        yield from self._compared(verdict, ground)
        if verdict.decision is Decision.UPDATE or verdict.rule in _BY_WATCH:
            yield from self._row("wants", self._wants(mention, ground))
        yield from self._row("otherwise", self._otherwise(verdict, ground))

    def _rule(self, verdict: Verdict) -> str:
        """The rule in words; that no figure changed is said only where one was read."""
        known = [f for fact in self._facts(verdict) for f in fact.figures]
        if verdict.story and not verdict.opens:
            told = next((s for s in self.explained.stories if s.id == verdict.story), None)
            known += [f for member in (told.members if told else ()) for f in member.mention.figures]
        if verdict.rule in _UNCHANGED and known and not verdict.mention.figures:
            return self._say(f"{verdict.rule}_unread")
        return self._pick(words.RULES, verdict.rule)

    def _facts(self, verdict: Verdict) -> list[Fact]:
        """The facts that a verdict names, the deciding one first."""
        facts = {fact.id: fact for fact in self.knowledge.facts}
        return [facts[ref] for ref in verdict.facts if ref in facts]

    def _kind(self, mention: Mention) -> str:
        if not mention.types:
            return self._say("no_kind")
        first, *others = (f"{self.voice.type(kind)} ({kind})" for kind in mention.types)
        also = f"{self._mark('; ')}{self._say('also', types=', '.join(others))}" if others else ""
        guess = "" if mention.sure_type else f"{self._mark('; ')}{self._say('guess')}"
        further = f"{self._mark('; ')}{self._say('further')}" if mention.ordinal else ""
        return f"{first}{guess}{also}{further}"

    def _triggers(self, mention: Mention) -> Iterator[str]:
        """The words of each kind and stage, with their places."""
        by_kind: dict[str, list[str]] = {}
        for cue in mention.cues:
            if cue.kind == "trigger" and says_something(cue.text):
                by_kind.setdefault(cue.speaks_for, []).append(f"“{cue.text}” ({self._place(cue.sentence)})")
        for speaks_for, texts in by_kind.items():
            kind, _, stage = speaks_for.partition(":")
            said = self._say("topic_word") if stage == "topic" else self.voice.stage(stage, kind)
            yield f"{self.voice.type(kind)}, {said}{self._mark(': ')}{_clipped(texts, 4)}"

    def _told_as(self, mention: Mention, ground: Development) -> Iterator[str]:
        if not ground.told_as:
            yield self._pick(words.REALIS, mention.realis)
        for cue in ground.told_as:
            text = self.voice.stage(cue.text, mention.type) if cue.kind == "stage" else cue.text
            by = self._pick(words.CUES, cue.kind).format(text=text, days=self.explained.grounds.past_days)
            where = "" if cue.kind in ("stage", "outlet") else f" ({self._place(cue.sentence)})"
            around = self._around(cue) if cue.kind in ("realis", "claimed", "old_day") else ""
            as_ = (
                ""
                if cue.kind in ("claimed", "comment", "outlet")
                else f"{self._pick(words.REALIS, cue.speaks_for)}, "
            )
            yield f"{as_}{by}{where}{around}"

    def _around(self, cue: Cue) -> str:
        """The words around a cue in its sentence."""
        text = self.explained.grounds.sentences[cue.sentence]
        at = text.find(cue.text)
        if at < 0:
            return ""
        start, end = max(0, at - _AROUND), at + len(cue.text) + _AROUND
        shown = text[start:end].strip()
        return f"{self._mark(': ')}“{'…' if start else ''}{shown}{'…' if end < len(text) else ''}”"

    def _when(self, mention: Mention, ground: Development) -> str:
        if mention.span is None:
            return ""
        day, dated = self.voice.span(mention.span), ground.dated
        if dated is None:
            return f"{day}{self._mark(': ')}{self._say('date_none')}"
        published = self.voice.day(self.explained.handed.article.published.date())
        how = "" if dated.how == "plain" else f", {self._say(f'date_{dated.how}', day=published)}"
        return f"{day}{self._mark(': ')}“{dated.text}” ({self._place(dated.sentence)}){how}"

    def _figures(self, mention: Mention, ground: Development) -> str:
        """Figures with their units; as written where the unit is in no table."""
        told = zip(mention.figures, ground.written, strict=True)
        return ", ".join(
            self._figure(figure) if figure.unit in UNITS or not written else f"“{written}”"
            for figure, written in told
        )

    def _figure(self, figure: Figure) -> str:
        about = figure.about
        named = about and (self._bare(about) if about in self.knowledge.entities else about.upper())
        return figure_words(figure, self.voice.language, named)

    def _wants(self, mention: Mention, ground: Development) -> Iterator[str]:
        looking = {tried.watch for tried in self.explained.grounds.tried if tried.lack is None}
        for wanted in ground.wanted:
            if wanted.watch in looking:
                yield f"{wanted.watch}{self._mark(': ')}{self._want(wanted, mention)}"

    def _want(self, wanted: Wanted, mention: Mention) -> str:
        rule = self.knowledge.types[mention.type]
        return self._pick(words.WANTS, f"{wanted.want}/{wanted.by}").format(
            priority=self._pick(words.PRIORITIES, rule.priority),
            types=_clipped([self.voice.type(kind) for kind in wanted.types]),
            country=self.voice.names(mention.country) if mention.country else "?",
        )

    # ------------------------------------------------------------------ otherwise

    def _off_beat_otherwise(self) -> str:
        grounds = self.explained.grounds
        if not grounds.lacking and grounds.excluded:
            listed = ", ".join(self._in_quotes(word) for word in grounds.excluded)
            return self._pick(words.OTHERWISE, "off/excluded").format(words=listed)
        lacking = "unwatched" if grounds.sentences else "language"
        return self._pick(words.OTHERWISE, f"off/{grounds.lacking or lacking}")

    def _otherwise(self, verdict: Verdict, ground: Development) -> Iterator[str]:
        """What would have made it another decision, from what decided."""
        mention, table = verdict.mention, words.OTHERWISE
        kind = self.knowledge.types.get(mention.type) if mention.types else None
        looking = {tried.watch for tried in self.explained.grounds.tried if tried.lack is None}
        wanted = [one for one in ground.wanted if one.watch in looking]
        push = any(one.want is Want.PUSH for one in wanted)
        rumours = mention.realis is not Realis.RUMOUR or bool(kind and kind.rumour_alert)
        covering = {one.ref for one in ground.facts if one.score >= one.floor}
        thread = bool(verdict.facts) and covering.isdisjoint(verdict.facts)  # told of years before
        for key, watches in self._ways(verdict, wanted, rumours):
            if key == "later-stage" and thread:
                key = "later-stage/thread"
            yield self._pick(table, key).format(
                id=mention.type,
                watch=", ".join(watches),
                firm="" if rumours else self._pick(table, "firm"),
                fact=next(iter(verdict.facts), ""),
                story=verdict.story or "",
                moved=(Decision.UPDATE if push else Decision.DIGEST).upper(),
                new=(Decision.ALERT if push else Decision.DIGEST).upper(),
                same=(Decision.MERGE if verdict.story and not verdict.opens else Decision.KNOWN).upper(),
                days=self.explained.grounds.past_days,
                pushed="" if push else self._pick(table, "pushed"),
                country=self.voice.names(mention.country) if mention.country else "?",
            )

    def _ways(self, verdict: Verdict, wanted: list[Wanted], rumours: bool) -> Iterator[tuple[str, list[str]]]:
        """The keys of the sentences, with the watches that each speaks of."""
        rule, mention = verdict.rule, verdict.mention
        if rule == "low-priority":
            by = {one.by: one for one in reversed(wanted) if one.want is Want.DIGEST}
            for how in by:
                yield f"{rule}/{how}", [one.watch for one in wanted if one.by == how]
        elif rule == "routine":
            if f"{rule}/{mention.type}" in words.OTHERWISE:
                yield f"{rule}/{mention.type}", []
            yield rule, []
        elif rule == "rumour-digest":
            yield f"{rule}/{'watch' if rumours else 'kind'}", []
        elif rule in _MOVED and verdict.decision is Decision.DIGEST:
            pushes = any(one.want is Want.PUSH for one in wanted)
            yield "denial/untold" if rule == "denial" and pushes else "not_pushed", []
        elif rule == "known-fact" and not self.explained.judgement.watches:
            yield f"{rule}/retold", []
        elif rule == "known-fact" and not any(fact.figures for fact in self._facts(verdict)):
            yield f"{rule}/stage", []
        elif rule == "known-fact" and mention.realis is Realis.HISTORICAL:
            yield f"{rule}/past", []
        elif rule in words.OTHERWISE:
            yield rule, []
            if rule == "new" and mention.realis is Realis.RUMOUR:
                yield "new/rumour", []

    # ------------------------------------------------------------------ comparisons

    def _compared(self, verdict: Verdict, ground: Development) -> Iterator[str]:
        facts = {fact.id: fact for fact in self.knowledge.facts}
        rows: list[str] = []
        for one in ground.facts:
            fact = facts[one.ref]
            if one is not ground.facts[0] and one.score >= one.floor:
                rows.append(self._also_near(one, self._fact(fact)))
                continue
            other = _Other(fact.type, fact.span, fact.precision in ("month", "year"))
            rows += self._comparison(self._fact(fact), other, one, verdict.mention)
        continues = bool(verdict.was or verdict.now)
        shown = self._with_floor(rows, ground.facts)
        if not continues and not any(one.score >= one.floor for one in ground.facts):
            shown += self._nearest(verdict, ground)
        covering = {one.ref for one in ground.facts if one.score >= one.floor}
        further = [self._fact(fact) for fact in self._facts(verdict) if fact.id not in covering]
        if not shown and not (continues and further):
            shown = [self._say("no_fact")]
        yield from self._row("facts", shown)
        stories = {story.id: story for story in self.explained.stories}
        rows = []
        decided = False  # the nearest story above the bar is the one it belongs to
        for one in ground.stories:
            story, near = stories[one.ref], one.score >= one.floor
            if near and decided:
                rows.append(self._also_near(one, self._story(story)))
                continue
            decided |= near
            rows += self._comparison(
                self._story(story), _other(story, one, verdict.mention), one, verdict.mention
            )
        yield from self._row("stories", self._with_floor(rows, ground.stories) or [self._say("no_story")])
        if continues:
            yield from self._row("continues", further)

    def _also_near(self, one: Compared, name: str) -> str:
        return f"{self._score(one.score)} {self._say('also_near')}{self._mark(': ')}{name}"

    def _nearest(self, verdict: Verdict, ground: Development) -> list[str]:
        """The fact that the reason names, with what separates it; then others of the very same kind."""
        named = self._facts(verdict)
        kind = verdict.mention.type if verdict.mention.types else None
        first = [fact for fact in named[:1] if verdict.rule == "new" or fact.type == kind]
        others = [fact for fact in named if fact.type == kind and fact not in first]
        if not first:
            first, others = others[:1], others[1:]
        shown = []
        for fact in first:
            shown.append(f"{self._say('near_not_same')}{self._mark(': ')}{self._fact(fact)}")
            shown.append(f"     {self._mark('; ').join(self._apart(fact, verdict.mention, ground))}")
        if others:
            listed = ", ".join(f"{fact.id} ({self._coarse(fact)})" for fact in others)
            shown.append(f"{self._say('further_of_kind')}{self._mark(': ')}{listed}")
        return shown

    def _apart(self, fact: Fact, mention: Mention, ground: Development) -> list[str]:
        """What separates a fact from a mention."""
        found = [self._say("other_country")] if fact.id in ground.elsewhere else []
        if fact.span and mention.span and (days := mention.span.distance(fact.span)):
            found.append(self._distance(days, fact.precision in ("month", "year") or _coarse(mention.span)))
        if mention.types and fact.type != mention.type:
            found.append(self._say("other_kind", type=self.voice.type(fact.type)))
        if mention.ordinal:
            found.append(self._say("further"))
        return found or [self._say("other_names")]

    def _distance(self, days: int, coarse: bool) -> str:
        """A distance in days; in months and years where one side is dated no finer, or it is long."""
        months = round(days / _MONTH)
        if not coarse and days <= _MANY_DAYS:
            return self._say("days_apart", n=days)
        if days > _MANY_DAYS:
            return self._say("years_apart", n=round(days / 365))
        return self._say(("under_month", "one_month")[months] if months < 2 else "months_apart", n=months)

    def _with_floor(self, rows: list[str], compared: tuple[Compared, ...]) -> list[str]:
        if not rows:
            return []
        weights = self.explained.grounds.weights
        score = self._say(
            "score_is",
            names=self._score(weights["entities"]),
            date=self._score(weights["date"]),
            kind=self._score(weights["type"]),
        )
        return [
            f"({self._say('same_from', floor=self._score(compared[0].floor))}{self._mark('; ')}{score})",
            *rows,
        ]

    def _comparison(self, name: str, other: _Other, one: Compared, mention: Mention) -> Iterator[str]:
        below = one.score < one.floor  # rounded down then: 0.496 is not 0.50 under "the same from 0.50 on"
        shown = floor(one.score * 100) / 100 if below else one.score
        reached = self._say("reached" if one.score >= one.floor else "not_reached")
        yield f"{self._score(shown)} {reached}{self._mark(': ')}{name}"
        yield f"     {self._mark('; ').join(self._terms(other, one, mention))}"
        if one.raised == "figure":
            yield f"     {self._say('figure_added')}"
        elif one.raised:
            yield f"     {self._say('raised', slot=self._pick(words.SLOTS, one.raised))}"
        if one.cut:
            yield f"     {self._say('cut', why=self._pick(words.CUTS, one.cut))}"
        if one.reports > 1:
            yield f"     {self._say('over_reports')}"

    def _terms(self, other: _Other, one: Compared, mention: Mention) -> Iterator[str]:
        shared = [self._bare(id_) for id_ in one.shared if not id_.startswith("print:")]
        own = self.voice.type(mention.type) if mention.types else self._say("no_kind")
        same = bool(mention.types) and other.kind == mention.type
        kinds = self._say("same_kind") if same else f"{own} / {self.voice.type(other.kind)}"
        details = {
            "entities": ", ".join(shared) or self._say("nothing_shared"),
            "date": self._days(other, one, mention),
            "type": kinds,
        }
        for term in one.terms:
            detail = details.get(term.name) or self._around_it(term)
            said = f"{self._say(f'term_{term.name}')} {self._score(term.value)}"
            yield f"{said} ({detail})" if detail else said

    def _around_it(self, term: Term) -> str:
        """How alike the wording of the other stories is, kept as "0.33 around"; another detail as it is."""
        value, around, _ = term.detail.partition(" around")
        if not around:
            return term.detail
        return self._say("around", n=value if self.voice.language == "en" else value.replace(".", ","))

    def _days(self, other: _Other, one: Compared, mention: Mention) -> str:
        if one.days is None:
            return self._say("undated")
        spans = [span for span in (other.span, mention.span) if span is not None]
        if one.days == 0:
            long = other.coarse or any(span.start != span.end for span in spans)
            return self._say("periods_overlap" if long else "same_day")
        return self._distance(one.days, other.coarse or any(map(_coarse, spans)))

    def _fact(self, fact: Fact) -> str:
        return f"{fact.id}, {self._coarse(fact)}{self._mark(': ')}{fact.summary}"

    def _coarse(self, fact: Fact) -> str:
        """The date of a fact as finely as it is known."""
        if fact.span is None:
            return "?"
        if fact.precision == "year":
            years = sorted({fact.span.start.year, fact.span.end.year})
            return "–".join(map(str, years))
        if fact.precision == "month" and fact.span.start.month == fact.span.end.month:
            return self.voice.month(fact.span.start)
        return self.voice.span(fact.span)

    def _story(self, story: Story) -> str:
        span = story.members[0].mention.span
        reports = f", {self._say('reports', n=len(story.members))}" if len(story.members) > 1 else ""
        title = story.members[0].title
        short = title if len(title) <= _TITLE else f"{title[:_TITLE].rstrip()}…"
        return f"{story.id}{f', {self.voice.span(span)}' if span else ''}{reports}{self._mark(': ')}“{short}”"

    # ------------------------------------------------------------------ words

    def _row(self, label: str, values: Iterable[str]) -> Iterator[str]:
        """A labelled value; further ones stand below it. Nothing where there is none."""
        said = self.voice.pick(words.HEADS[label])
        for value in filter(None, values):
            yield f"   {said:<{_WIDTH}} {value}"
            said = ""

    def _head(self, key: str) -> str:
        return self.voice.pick(words.HEADS[key])

    def _say(self, key: str, **values: object) -> str:
        return self._spaced(self.voice.pick(words.SAID[key])).format(**values)

    def _count(self, key: str, n: int) -> str:
        """So many of something, of one in the singular."""
        return self._say(f"{key}_one" if n == 1 else key, n=n)

    def _mark(self, mark: str) -> str:
        """A mark between two parts of a line: in French a narrow space stands before it."""
        return f"\u202f{mark}" if self.voice.language == "fr" else mark

    def _spaced(self, template: str) -> str:
        """A template with the spaces before its marks as the language sets them."""
        if self.voice.language != "fr":
            return template
        return template.replace(" :", "\u202f:").replace(" ;", "\u202f;")

    def _pick(self, table: Mapping[str, Three], key: str) -> str:
        return self._spaced(self.voice.pick(table[key])) if key in table else key

    def _score(self, value: float) -> str:
        text = f"{min(value, 1.0):.2f}"
        return text if self.voice.language == "en" else text.replace(".", ",")

    def _place(self, sentence: int) -> str:
        return self._say("sentence", n=sentence) if sentence else self._say("headline")

    def _in_quotes(self, text: str) -> str:
        return self._say("in_quotes", text=text)

    def _quoted(self, cue: Cue) -> str:
        return f"“{cue.text}” ({self._place(cue.sentence)})"

    def _named(self, id_: str, text: str = "") -> str:
        """A display name with its id, and how the article writes it where that is otherwise."""
        name = self._bare(id_)
        if name == id_:
            return id_
        other = f", “{text}”" if text and text.casefold() != name.casefold() else ""
        return f"{name} ({id_}{other})"

    def _bare(self, id_: str) -> str:
        """The display name alone; objects and unknown names by their own words."""
        if id_ in self.knowledge.entities:
            return self.voice.names(id_)
        head, _, rest = id_.partition(":" if ":" in id_ else ".")
        if head == "name":
            return f"“{self.explained.grounds.unknown.get(rest, rest)}”"
        return rest.replace("_", " ") if head == "obj" else id_


def _coarse(span: Span) -> bool:
    """Whether a stretch is so long that a month or a year was read."""
    return (span.end - span.start).days + 1 >= _COARSE


def _other(story: Story, one: Compared, mention: Mention) -> _Other:
    """The kind of a story's last report, and the date of one that lies so many days away."""
    spans = [member.mention.span for member in story.members if member.mention.span]
    asked = mention.span
    span = next((s for s in spans if asked and s.distance(asked) == one.days), None)
    return _Other(story.members[-1].mention.type, span, False)


def _clipped(values: list[str], most: int = _MOST_NAMES) -> str:
    more = f" … (+{len(values) - most})" if len(values) > most else ""
    return ", ".join(values[:most]) + more
