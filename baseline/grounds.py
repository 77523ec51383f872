"""What stands behind a judgement: names, watches tried, words that decided, comparisons with their floors.

Nothing is decided here, and no verdict carries it: only `explain` asks, the same functions once more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from baseline import slots
from baseline.assertions import denial, past_sign
from baseline.catalogue import Knowledge
from baseline.compare import Comparer
from baseline.dates import DateHit
from baseline.evidence import OFF, OPENING, Evidence, Opening, Share
from baseline.fold import folded_words
from baseline.lines import Line
from baseline.namesakes import subject_of_namesake
from baseline.passages import passages
from baseline.realis import denies
from baseline.rules import Rules
from baseline.vetoes import MORE, Vetoes
from baseline.watch_words import Words
from baseline.watching import Lack, Want, Watcher, named_for_watches
from djeli.core.model import Article, Cue, Fact, Figure, Label, Mention, Reading, Realis, Term, Verdict

_MOST_SHARES = 3
_LEAST_SHARE = 0.05
_LEAD = 3  # headline and two sentences
_LEAST_SIGN = 0.1  # weight from which on words are named as those of another subject
_UNPLACED = ("unit:", "question")  # clues that stand on no word
_SHORTEST = 3  # letters of a word that says something by itself
_FUNCTION = frozenset(
    folded_words(
        "the and for from with into onto over under upon about after before during against between among"
        " through than then that this these those there here their his her its our your they them him she"
        " who whom whose which what when where why how are was were been being has have had having does"
        " did not nor but yet also only just some any all each every both such other another more most"
        " much many few very out off per via because while since until still les des une aux dans par"
        " pour avec sans sous sur vers chez entre contre depuis pendant apres avant selon que qui quoi"
        " dont est sont ete etait etaient ont avait avaient etre avoir fait ses son leur leurs notre nos"
        " votre vos ces cet cette ceux celle elle elles ils lui nous vous mais donc car pas plus moins"
        " tres tout tous toute toutes autre autres meme aussi comme quand lors ainsi encore deja что это"
        " как для при под над без про или его ему ими них она они оно мой наш ваш свой своих своего свои"
        " тот эта эти этот этого этой том тем так там тут где когда если чтобы уже еще был была было были"
        " быть есть будет после перед между через около против среди из-за более менее все всех всего"
        " весь который которая которое которые которых кто чем нет также только даже лишь затем потом"
    )
)


@dataclass(frozen=True, slots=True)
class Named:
    """A known name as it stands in the article, at its first place."""

    id: str
    text: str
    sentence: int
    on_beat: bool  # by itself places what is told on the beat


@dataclass(frozen=True, slots=True)
class Tried:
    """A watch, which of its words the article names, and what the article lacks, if anything."""

    watch: str
    found: tuple[str, ...]
    lack: Lack | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a watch wants of a new development of this kind, and what decides that."""

    watch: str
    want: Want
    by: str  # country, types, priority, routine, rumour, edge
    types: tuple[str, ...] = ()  # that the watch lists, if it lists any


@dataclass(frozen=True, slots=True)
class Compared:
    """A fact or story that was compared: the same from `floor` on."""

    ref: str
    score: float
    floor: float
    terms: tuple[Term, ...]
    days: int | None  # between the two; None where the date counts neither for nor against
    cut: str | None  # what cut the score to 40 %
    raised: str | None = None  # by a figure (a fact), or the slot that names the event by itself
    reports: int = 0  # of a story; the score lies between their average and the nearest

    @property
    def shared(self) -> tuple[str, ...]:
        """The ids of the names in common, the most telling first."""
        return tuple(filter(None, self.terms[0].detail.split(", ")))


@dataclass(frozen=True, slots=True)
class Dated:
    """Where the event's date stands in the text, and how it was read: counted, year, dateline or plain."""

    text: str
    sentence: int
    how: str


@dataclass(frozen=True, slots=True)
class Development:
    """What stands behind one verdict."""

    told_as: tuple[Cue, ...]
    dated: Dated | None  # None: the day of publication
    written: tuple[str, ...]  # the figures as they stand in the text
    facts: tuple[Compared, ...]
    stories: tuple[Compared, ...]
    wanted: tuple[Wanted, ...]
    elsewhere: frozenset[str] = frozenset()  # of the facts named beside it, those of another country


@dataclass(frozen=True, slots=True)
class Grounds:
    """What stands behind the judgement on one article."""

    sentences: tuple[str, ...] = ()  # the headline first: what `Cue.sentence` counts
    weights: Mapping[str, float] = field(default_factory=dict)  # what each term adds to a score, at most
    past_days: int = 0  # a day further back than this is told as the past
    names: tuple[Named, ...] = ()
    unknown: Mapping[str, str] = field(default_factory=dict)  # names nobody knows, by their sound
    home: str | None = None  # the beat state whose press it is
    shares: tuple[Share, ...] = ()  # what headline and lead may tell, the likeliest first
    topics: Mapping[str, str] = field(default_factory=dict)  # those off the beat in words
    signs: tuple[Cue, ...] = ()  # of topics off the beat, and of another subject
    masked: tuple[Cue, ...] = ()  # words of a type inside a figure of speech
    tried: tuple[Tried, ...] = ()
    developments: tuple[Development, ...] = ()  # in the order of the verdicts
    excluded: tuple[str, ...] = ()  # the words that alone keep the first such watch from it
    beside: tuple[Mention, ...] = ()  # where nothing was left to judge: what happens beside the beat
    lacking: str | None = None  # off the beat: topic, no_anchor, words or no_development


def says_something(text: str) -> bool:
    """Whether words are worth showing as a reason: not function words, or of one or two letters, alone."""
    return any(len(word) >= _SHORTEST and word not in _FUNCTION for word in folded_words(text))


@dataclass(frozen=True, slots=True)
class Inquiry:
    """Asks what decides once more, about one article."""

    knowledge: Knowledge
    rules: Rules
    evidence: Evidence
    vetoes: Vetoes
    comparer: Comparer
    watchers: Sequence[Watcher]
    article: Article

    def grounds(
        self,
        reading: Reading,
        lines: Sequence[Line],
        home: str | None,
        developments: Sequence[Development],
        beside: Sequence[Mention],
    ) -> Grounds:
        """What stands behind the whole article, around what stands behind its developments."""
        opening = self.evidence.opening(lines, self.article.lang)
        return Grounds(
            sentences=tuple(line.text for line in lines),
            weights=self.rules.score,
            past_days=self.rules.past_days(opening.told),
            names=tuple(self._names(reading, lines)),
            unknown={key: name.text for line in lines for name in line.names for key in name.keys},
            home=home,
            shares=tuple(s for s in opening.types[:_MOST_SHARES] if s.value >= _LEAST_SHARE),
            signs=tuple(dict.fromkeys(self._signs(lines))),
            masked=tuple(
                Cue("masked", line.words(hit.first, hit.last), hit.type, line.index)
                for line in lines
                for hit in line.masked
            ),
            tried=tuple(self._tried(reading)),
            excluded=self._excluded(reading),
            developments=tuple(developments),
            beside=tuple(beside),
            lacking=self._lacking(reading, lines, home, opening),
        )

    def _lacking(
        self, reading: Reading, lines: Sequence[Line], home: str | None, opening: Opening
    ) -> str | None:
        """What an article off the beat lacks, asked in the order in which it is judged."""
        if reading.off_beat is None:
            return None
        title, lang = lines[0], self.article.lang
        body = [token for line in lines[1:] for token in line.tokens]
        asserts = any(trigger.stage for trigger in title.triggers)
        if subject_of_namesake(self.article.title, self.article.text):
            return "topic"
        if self.vetoes.off_beat(title.tokens, body, lang, more=MORE if asserts else 0):
            return "topic"
        ids, titled = slots.entity_ids(lines), slots.entity_ids(lines[:1])
        on_beat = any(self.rules.on_beat(self.knowledge.entities[id_]) for id_ in ids)
        abroad = self.rules.abroad(self.knowledge.with_countries(ids))
        edge = any(self.knowledge.country_of(id_) in self.rules.wider for id_ in titled)
        coup = any(m.type == "coup" and m.country in self.rules.coups for m in reading.mentions)
        if not (home or on_beat or abroad or edge or coup):
            return "no_anchor"
        beat = [self.knowledge.entities[id_] for id_ in titled]
        told = asserts and (
            any(map(self.rules.on_beat, beat)) or self.rules.abroad(self.knowledge.with_countries(titled))
        )
        return "words" if reading.mentions or opening.is_off(told) else "no_development"

    def _names(self, reading: Reading, lines: Sequence[Line]) -> Iterator[Named]:
        seen = set()
        for line in lines:
            for hit in slots.told_entities(line):
                if hit.entity in reading.entities and hit.entity not in seen:
                    seen.add(hit.entity)
                    on_beat = self.rules.on_beat(self.knowledge.entities[hit.entity])
                    yield Named(hit.entity, hit.text, line.index, on_beat)

    def _signs(self, lines: Sequence[Line]) -> Iterator[Cue]:
        for line in lines:
            for hit in self.vetoes.topics(line.tokens, self.article.lang):
                topic = hit.label.split("/")[0]
                yield Cue("topic", line.words(hit.first, hit.last), topic, line.index)
        for line in lines[:OPENING]:
            spoken = self.evidence.speaking(OFF, line, self.article.lang, _LEAST_SIGN)
            placed = (clue for clue in spoken if not clue.name.startswith(_UNPLACED))
            texts = (line.words(clue.first, clue.last) for clue in placed)
            if text := next(filter(says_something, texts), None):
                yield Cue(OFF, text, OFF, line.index)

    def _excluded(self, reading: Reading) -> tuple[str, ...]:
        words = Words([self.article.title, self.article.text], self.article.lang)
        named = named_for_watches(reading)
        return next(filter(None, (one.shut_out(named, words) for one in self.watchers)), ())

    def _tried(self, reading: Reading) -> Iterator[Tried]:
        words = Words([self.article.title, self.article.text], self.article.lang)
        named = named_for_watches(reading)
        for watcher in self.watchers:
            found = tuple(word for word, _ in watcher.found(named, words))
            yield Tried(watcher.watch.name, found, watcher.lack(named, words))

    # ------------------------------------------------------------------ one development

    def development(
        self, verdict: Verdict, lines: Sequence[Line], facts: Sequence[Compared], stories: Sequence[Compared]
    ) -> Development:
        """What stands behind one verdict."""
        mention = verdict.mention
        own = self._passage(mention, lines)
        facts_by_id = {fact.id: fact for fact in self.knowledge.facts}
        day = self.article.published.date()
        wanted = [
            Wanted(w.watch.name, *w.on(day).wants_for(mention, self.rules), w.watch.types or ())
            for w in self.watchers
        ]
        return Development(
            told_as=tuple(dict.fromkeys(self._told_as(mention, own))),
            dated=_dated(mention, lines),
            written=tuple(_written(figure, lines) for figure in mention.figures),
            facts=tuple(facts),
            stories=tuple(stories),
            wanted=tuple(wanted),
            elsewhere=frozenset(ref for ref in verdict.facts if self._elsewhere(mention, facts_by_id[ref])),
        )

    def _elsewhere(self, mention: Mention, fact: Fact) -> bool:
        """Whether a fact is of another country than a mention."""
        sides = (*fact.places, *fact.actors, *fact.counterparts)
        homes = [home for side in sides if (home := self.knowledge.country_of(side))]
        home = next((h for h in homes if h in self.rules.core), next(iter(homes), None))
        return None not in (home, mention.country) and home != mention.country

    def _passage(self, mention: Mention, lines: Sequence[Line]) -> Sequence[Line]:
        """The passage that tells it: in a press review one of several."""
        found = passages(lines, self.article.lang, self.rules, self.article.published.date())
        return next((p for p in found if slots.prints(p) == mention.prints), lines)

    def _told_as(self, mention: Mention, lines: Sequence[Line]) -> Iterator[Cue]:
        """The words by which it is done, announced, a rumour, denied, possible or past; claimed; comment."""
        own = [cue for cue in mention.cues if cue.kind == "realis" and cue.speaks_for == mention.realis]
        yield from own or self._otherwise(mention, lines)
        if mention.label is Label.CLAIMED:
            for line in lines[:_LEAD]:
                for cue in line.cues:
                    if cue.realis is None:
                        yield Cue("claimed", line.words(cue.first, cue.last), "claimed", line.index)
        if mention.comment:
            yield from self._comment(lines[0])

    def _otherwise(self, mention: Mention, lines: Sequence[Line]) -> Iterator[Cue]:
        """What told it so where no words near its trigger did."""
        title, realis = lines[0], mention.realis.value
        if mention.realis is Realis.NEGATED:
            beside = ((line, cue) for line in lines[:2] if (cue := denies(line.cues)))
            if found := denial(mention.type, lines) or next(beside, None):
                line, cue = found
                yield Cue("realis", line.words(cue.first, cue.last), realis, line.index)
        elif mention.realis is Realis.HYPOTHETICAL:
            if title.text.rstrip().endswith("?"):
                yield Cue("question", title.text, realis, title.index)
        elif mention.realis is Realis.HISTORICAL:
            yield from self._past(mention, lines)
        elif mention.stage and mention.realis is not Realis.DONE:
            yield Cue("stage", mention.stage, realis, title.index)

    def _past(self, mention: Mention, lines: Sequence[Line]) -> Iterator[Cue]:
        opening = self.evidence.opening(lines, self.article.lang)
        published, days = self.article.published.date(), self.rules.past_days(opening.told)
        old = mention.span is not None and (published - mention.span.end).days > days
        if old and (own := next((cue for cue in mention.cues if cue.kind == "date"), None)):
            yield Cue("old_day", own.text, mention.realis.value, own.sentence)
        elif sign := past_sign(lines, published, days):
            yield Cue(sign.kind, sign.text, mention.realis.value, sign.line.index)

    def _comment(self, title: Line) -> Iterator[Cue]:
        hits = self.vetoes.opinion(title.tokens, self.article.lang)
        for hit in hits[:1]:
            yield Cue("comment", title.words(hit.first, hit.last), "comment", title.index)
        outlet = self.knowledge.outlets.get(self.article.outlet)
        if not hits and outlet is not None:
            yield Cue("outlet", outlet.kind, "comment", title.index)


def _dated(mention: Mention, lines: Sequence[Line]) -> Dated | None:
    cue = next((cue for cue in mention.cues if cue.kind == "date"), None)
    if cue is None or not mention.dated:
        return None
    hit = next(
        (h for line in lines if line.index == cue.sentence for h in line.dates if h.text == cue.text), None
    )
    return Dated(cue.text, cue.sentence, _how(hit))


def _how(hit: DateHit | None) -> str:
    if hit is None:
        return "plain"
    if hit.kind == "dateline":
        return "dateline"
    if hit.kind in ("weekday", "relative"):
        return "counted"
    return "plain" if hit.year_given else "year"


def _written(figure: Figure, lines: Sequence[Line]) -> str:
    """A figure as it stands in the text: units that are not in the table are kept as bare stems."""
    for line in lines:
        for hit in line.figures:
            if (hit.figure.value, hit.figure.unit) == (figure.value, figure.unit):
                return line.text[hit.start : hit.end]
    return ""
