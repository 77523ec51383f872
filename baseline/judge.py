"""The judge: reads an article and decides for each of its developments what is new, and why.

Pure: the same article, facts, stories and moment always give the same judgement. The order of the
questions is the table of docs/architecture.md: off the beat, past, known fact, told story, new.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from baseline.assertions import NEW_REPORT, goes_on_to_tell, names_a_day
from baseline.catalogue import Knowledge
from baseline.changes import (
    Change,
    agree,
    changed_figure,
    later_stage,
    read_otherwise,
    story_change,
    told_otherwise,
)
from baseline.compare import Comparer, FactView, best, days_between
from baseline.documents import DocumentReader
from baseline.evidence import Evidence
from baseline.fold import folded_words, tokens
from baseline.grounds import Compared, Grounds, Inquiry
from baseline.lines import Annotator, Line
from baseline.linking import Linking
from baseline.mentions import MentionReader, Setting, without_cues
from baseline.namesakes import subject_of_namesake
from baseline.passages import passages
from baseline.patterns import PatternBook, Shelf, labelled_book
from baseline.realis import RealisBook
from baseline.reasons import Reason, Reasons
from baseline.roles import Roles
from baseline.routine import worth_a_push
from baseline.rules import load_rules
from baseline.slots import entity_ids, signature, told_entities
from baseline.triggers import TriggerBook
from baseline.vetoes import MORE, MOST, Vetoes
from baseline.watch_words import Words
from baseline.watching import Want, Watcher, named_for_watches
from baseline.wording import opening, reworded
from djeli.core.model import (
    Article,
    Decision,
    Fact,
    Judgement,
    Label,
    Mention,
    Nearest,
    Priority,
    Reading,
    Realis,
    Story,
    Tried,
    Verdict,
    Watch,
)
from djeli.core.ports import Encoder

LANGUAGES = ("en", "fr", "ru")
_RARE = 0.35  # weight of a name from which on stories are fetched by it
_SURELY_TOLD = 0.8  # probability from which on passing words on sport take no development off the beat
_SURE = 0.65  # score from which on a fact is cited although the article is off the beat
_TOP = 2  # headline and first sentence
_FEW = 3  # with fewer such names, the common ones are asked for too
_VERY_RARE = 1.2  # towns, persons, documents
_FAR_DAYS = 400
_BACK_DAYS = 60  # how far back stories are fetched: reprints with new dates come weeks later
_THREAD_DAYS = 600  # how far back for the earlier stages of what has got on
_THREAD_WEIGHT = 0.45
_AHEAD_DAYS = 45  # and ahead: announced events lie in the future
_CONTEXT_FLOOR = 0.4  # nearest known things of the same kind, named beside an alert
_MOST_CONTEXT = 3
_MOST_CITED = 4
_THREAD_SUBJECT = 0.8  # weight of what a fact is about, from which on to name it is to name the fact
_DEAD, _HUNDREDS, _TOLL_NEAR = "dead", 200, 0.25  # a count so large, and so near, is hardly another one
_UNTOLD = 100_000  # days that a fact without a date may have taken
_FOUND_FLOOR = 0.3  # and a new report on it, which may name only one of those who did it
_THREAD_FLOOR = 0.55  # share of a fact's names that a later stage of it must name
_DENIAL_FLOOR = 0.4  # a denial names less than the report it denies
_TEXT = "doc."
_AT_HOME = ("plc.", "org.")  # whose short names are sure in the press of their state
_RECALLED = 7  # days after a stage was told from which on a report without a day only recalls it
_COMMENT_KINDS = ("think tank",)
_OFFICIAL = "government"
_OF_NOW = 10  # days before a report: a think tank that dates an event then tells news
_QUOTED = re.compile(r"[«“‘\"'].*[»”’\"'][.!?…]?")
_IDS = re.compile(r"\b(?:obj|eqp|doc)\.\w+")  # facts built from documents name objects by id


class Judge:
    """Everything that decides, built once from knowledge, watches and the language of the messages."""

    def __init__(
        self,
        knowledge: Knowledge,
        data: Mapping[str, Any],
        watches: Sequence[Watch],
        language: str = "en",
        encoder: Encoder | None = None,
    ) -> None:
        """`data` holds the parsed rule files by name: triggers, objects, vetoes, realis, comparison …

        `evidence` is the text of its file. With an encoder the wording is compared, too, on crowded days.
        """
        self._evidence = Evidence(
            data["evidence"]
        )  # first: what it takes for a moment is room for the others
        self._encoder = encoder
        self.knowledge = knowledge
        self.gazetteer = knowledge.gazetteer
        shelf = Shelf()  # every sentence is asked for all that stands on it
        self._objects: PatternBook = labelled_book(data["objects"], shelf)
        self._vetoes = Vetoes.from_data(data["vetoes"], shelf)
        self._rules = load_rules(data["comparison"], data["phrases"], knowledge)
        self._annotator = Annotator(
            gazetteer=self.gazetteer,
            roles=Roles(knowledge),
            triggers=TriggerBook.from_data(data["triggers"], shelf),
            objects=self._objects,
            realis=RealisBook(data["realis"], shelf),
            vetoes=self._vetoes,
            general=self._rules.general_stages,
            media=frozenset(i for i, e in knowledge.entities.items() if e.kind == "media"),
            armed=frozenset(i for i, e in knowledge.entities.items() if e.kind == "armed group"),
            by_force=data["comparison"]["by_force"],
        )
        shelf.settle()
        self._reader = MentionReader(knowledge, self._rules, self._evidence)
        self._linking = Linking(data["linking"])
        self._comparer = Comparer(knowledge, self._rules, self._linking)
        self._said = {one: Reasons(data["reasons"], knowledge, one) for one in LANGUAGES}
        self._speak(language)
        self._watchers = [Watcher(w, knowledge, self.gazetteer) for w in watches]
        self._know(knowledge.facts)

    def _speak(self, language: str) -> None:
        self.language = language
        self._reasons = self._said[language]
        self._in_others = [reasons for other, reasons in self._said.items() if other != language]

    def knowing(self, facts: Sequence[Fact]) -> Judge:
        """The same judge with these facts instead of its own; nothing else hangs on them."""
        other = copy(self)
        other.knowledge = replace(self.knowledge, facts=tuple(facts))
        other._forget_stories()
        other._know(facts)
        return other

    def _know(self, facts: Sequence[Fact]) -> None:
        self._views = [self._view(fact) for fact in facts if fact.suppresses]
        self._facts = {fact.id: fact for fact in facts}

    def with_watches(self, watches: Sequence[Watch]) -> Judge:
        """The same judge for other watches; everything else is shared."""
        other = copy(self)
        other._watchers = [Watcher(w, self.knowledge, self.gazetteer) for w in watches]
        return other

    def serving(self, watches: Sequence[Watch], language: str, encoder: Encoder | None) -> Judge:
        """The same judge for other watches, in a language, comparing wording or not; the rest is shared."""
        other = self.with_watches(watches)
        other._speak(language)
        other._encoder = encoder
        other._forget_stories()
        return other

    def _forget_stories(self) -> None:
        """Remember stories anew: the sides of a replay meet different ones under the same ids."""
        self._comparer = Comparer(self.knowledge, self._rules, self._linking)

    def grounds(self, judgement: Judgement, stories: Sequence[Story]) -> Grounds:
        """What stands behind a judgement that these stories were compared for: `explain` shows it."""
        article = judgement.article
        if article.lang not in LANGUAGES:
            return Grounds()
        lines = self.lines(article)
        inquiry = Inquiry(
            self.knowledge, self._rules, self._evidence, self._vetoes, self._comparer, self._watchers, article
        )
        verdicts = [
            inquiry.development(v, lines, self._facts_of(v, judgement), self._stories_of(v, stories))
            for v in judgement.verdicts
        ]
        home, beside = self._home(article, lines), []
        if not judgement.reading.mentions:
            beside = self._mentions(lines, self._setting(article, lines, home), anchored=False)
        grounds = inquiry.grounds(judgement.reading, lines, home, verdicts, beside)
        return replace(grounds, topics=self._reasons.topics)

    def _facts_of(self, verdict: Verdict, judgement: Judgement) -> list[Compared]:
        # no watch asks for it: then only what is surely known is cited
        floor = self._rules.same_fact if judgement.watches else _SURE
        mention, asked = verdict.mention, self._comparer
        return [
            Compared(
                n.ref,
                n.score,
                floor,
                n.terms,
                asked.fact_days(mention, v),
                asked.fact_apart(mention, v),
                asked.fact_raised(mention, v),
            )
            for n, v in self._scored(mention)[:_MOST_CITED]
        ]

    def _stories_of(self, verdict: Verdict, stories: Sequence[Story]) -> list[Compared]:
        """The nearest stories; their terms are those of the report that comes nearest."""
        by_id = {story.id: story for story in stories}
        floor = self._floor(verdict.mention)
        found = []
        for near in verdict.nearest:
            wording = tuple(term for term in near.terms if term.name == "wording")  # it may leave nothing
            if (near.score > 0 or wording) and near.ref in by_id:
                story = by_id[near.ref]
                pair = self._comparer.closest(verdict.mention, story)
                count = len(story.members)
                terms = (*pair.terms, *wording)
                found.append(
                    Compared(near.ref, near.score, floor, terms, pair.days, pair.cut, pair.raised, count)
                )
        return found

    def document_reader(self) -> DocumentReader:
        """Who reads documents into candidate facts, with the same rules and accepted facts."""
        return DocumentReader(self.knowledge, self._rules, self._annotator, self._comparer, self._views)

    # ------------------------------------------------------------------ reading

    def lines(self, article: Article) -> tuple[Line, ...]:
        """The lines of an article with everything found in them, before anything is decided."""
        return self._annotator.lines(article.title, article.text, article.lang, article.published.date())

    def read(self, article: Article) -> Reading:
        """What the article says, before anything is compared."""
        if article.lang not in LANGUAGES:
            return Reading(article, (), frozenset(), off_beat=self._off_beat("language", article.lang))
        lines = self.lines(article)
        topic = subject_of_namesake(article.title, article.text) or self._off_topic(lines, article.lang)
        if topic is not None:
            named = signature(lines, self.knowledge)
            return Reading(article, (), named, off_beat=self._off_beat("topic", topic))
        home = self._home(article, lines)
        lines = self._with_own_names(lines, home)
        entities = signature(lines, self.knowledge)
        setting = self._setting(article, lines, home)
        anchored = home or self._names_the_beat(entity_ids(lines)) or self._at_the_edge(lines)
        mentions = self._mentions(lines, setting, anchored=bool(anchored))
        if not anchored:
            coups = [m for m in mentions if self._is_coup_nearby(m) or self._came_of_one(m, lines)]
            anchored, mentions = bool(coups), coups or mentions
        off_beat = None
        if not anchored:
            off_beat = self._off_beat("no_anchor")
        elif self._worded_off(lines, article.lang):
            off_beat = self._off_beat("words")
        elif not mentions:
            off_beat = self._reasons.say("no_development")
        return Reading(article, tuple(mentions), entities, off_beat=off_beat)

    def _setting(self, article: Article, lines: Sequence[Line], home: str | None) -> Setting:
        return Setting(article.lang, article.published.date(), self._is_comment(article, lines), home)

    def _off_beat(self, detail: str, value: str = "") -> str:
        return self._reasons.off_beat(detail, value)

    def reason_in(self, language: str, said: str, lang: str) -> str:
        """The reason of an article in language `lang` that has no development, said in another language.

        As it is where that language is none of the messages', or the reason is none that is given today.
        """
        theirs = next((one for one in self._in_others if one.language == language), self._reasons)
        for ours in self._said.values():
            for name, sentence in ours.of_articles(lang).items():
                if sentence == said:
                    return theirs.of_articles(lang)[name]
            if excluded := ours.excluded_in(said):
                return theirs.excluded(*excluded)
        return said

    def _mentions(self, lines: Sequence[Line], setting: Setting, *, anchored: bool) -> list[Mention]:
        """The mentions on the beat; of an article without an anchor all, for they may be known."""
        found: list[Mention] = []
        for passage in passages(lines, setting.lang, self._rules, setting.published):
            kept = []
            own = setting
            if passage[0].index and len({line.paragraph for line in lines[1:]}) == 1:
                # the sentences of a review that date their news, and those that only look back
                own = replace(setting, comment=not self._asserts_of_now(passage[0], setting.published))
            for mention in self._reader.read(passage, own):
                if not anchored or self._on_beat(mention, passage, setting.home):
                    kept.append(replace(mention, push=worth_a_push(mention, self.knowledge, self._rules)))
            found += self._worded(kept, passage) if anchored else kept
        return found

    def _worded(self, mentions: Sequence[Mention], passage: Sequence[Line]) -> list[Mention]:
        """The mentions with the wording of their passage; what stands further down is worded otherwise."""
        if self._encoder is None or not any(m.lead for m in mentions):
            return list(mentions)
        wording = self._encoder.encode(opening(passage))
        return [replace(m, wording=wording) if m.lead else m for m in mentions]

    def _names_the_beat(self, entities: Sequence[str]) -> bool:
        """Whether a state, force or place of the beat is named, or Russia in Africa."""
        if any(self._rules.on_beat(self.knowledge.entities[e]) for e in entities):
            return True
        return self._rules.abroad(self.knowledge.with_countries(entities))

    def _is_comment(self, article: Article, lines: Sequence[Line]) -> bool:
        outlet = self.knowledge.outlets.get(article.outlet)
        if outlet is not None and outlet.kind in _COMMENT_KINDS:
            day = article.published.date()
            # what its headline asserts is news, whoever brings it, and what its lead dates in these days
            lead = any(self._asserts_of_now(line, day) for line in lines[1:2])
            explains = self._vetoes.opinion(lines[0].tokens, article.lang)
            return not lead and bool(explains or not self._asserts(lines[0]))
        if outlet is not None and outlet.kind == _OFFICIAL:
            return False  # a ministry's "comment" is its word
        if len(passages(lines, article.lang, self._rules, article.published.date())) > 1:
            return False  # a press review brings news, paragraph by paragraph
        opinion = self._vetoes.opinion(lines[0].tokens, article.lang)
        if opinion and not goes_on_to_tell(lines[0], max(hit.last for hit in opinion)):
            return True
        quoted = _QUOTED.fullmatch(lines[0].text.strip()) and len(lines) > 1
        return bool(quoted and self._vetoes.opinion(lines[1].tokens, article.lang))  # an interview's headline

    def _asserts(self, line: Line) -> bool:
        return any(t.stage and t.type not in self._rules.residual for t in line.triggers)

    def _asserts_of_now(self, line: Line, published: date) -> bool:
        return self._asserts(line) and any(
            names_a_day(hit) and 0 <= (published - hit.span.end).days <= _OF_NOW for hit in line.dates
        )

    def _off_topic(self, lines: Sequence[Line], lang: str) -> str | None:
        """Sport, culture, weather …: by the headline, else by the body.

        Where the headline asserts something much of the body must speak for it: a passing word on football
        must not take a delivery off the beat; and next to nothing of the body may, where the words are sure
        and the headline names the beat.
        """
        titled, body = lines[0].tokens, [token for line in lines[1:] for token in line.tokens]
        asserts = any(trigger.stage for trigger in lines[0].triggers)
        topic = self._vetoes.off_beat(titled, body, lang, more=MORE if asserts else 0)
        if topic is None or not self._evidence.opening(lines, lang).tells(_SURELY_TOLD):
            return topic
        if not asserts:
            return self._vetoes.off_beat(titled, body, lang, more=MORE)
        if not self._names_the_beat(entity_ids(lines[:1])):
            return topic
        # "Shares fell" tells what came of it; a text full of an orchestra tells of one
        return self._vetoes.off_beat(titled, (), lang) or self._vetoes.off_beat(titled, body, lang, more=MOST)

    def _worded_off(self, lines: Sequence[Line], lang: str) -> bool:
        """Whether the words of the opening are surely those of another subject (baseline.evidence)."""
        if self._tells_a_coup(lines[0]):
            return False  # whose coups are watched is a question of states, not of words
        asserted = any(trigger.stage for trigger in lines[0].triggers)
        told = asserted and self._names_the_beat(entity_ids(lines[:1]))
        return self._evidence.opening(lines, lang).is_off(told)

    def _tells_a_coup(self, headline: Line) -> bool:
        """Whether a headline asserts a coup in a state where coups are watched, near or far."""
        near = self._rules.coups | self._rules.wider | self._rules.neighbours
        told = any(trigger.stage and trigger.type == "coup" for trigger in headline.triggers)
        return told and not near.isdisjoint(self.knowledge.with_countries(entity_ids([headline])))

    def _home(self, article: Article, lines: Sequence[Line]) -> str | None:
        """The beat state whose press this is, when headline and lead name no other state.

        "The general staff informs the public …" needs no name at home.
        """
        outlet = self.knowledge.outlets.get(article.outlet)
        home = next((c for c in self._rules.core if outlet and self._iso(c) == outlet.country), None)
        if home is None:
            return None
        named = self.knowledge.with_countries(entity_ids(lines[:3]))
        abroad = {e for e in named if e.startswith("cty.")} - self._rules.core - self._rules.powers
        return None if abroad and home not in named else home

    def _with_own_names(self, lines: Sequence[Line], home: str | None) -> tuple[Line, ...]:
        """The lines, where a name that others bear as well is the beat's own only beside a sure one.

        «Gao» is the town and « le CNT » the council in the press of Mali; elsewhere « Conseil national de
        transition » may be that of another state.
        """
        weak = {hit.entity for line in lines for hit in line.entities if not hit.strong}
        beat = {e for e in weak if self._rules.on_beat(self.knowledge.entities[e])}
        bearers = self._other_bearers(lines)
        if not (beat or bearers):
            return tuple(lines)
        strong = [hit.entity for line in lines for hit in line.entities if hit.strong]
        partners = self._rules.partners
        sure = self._names_the_beat(strong) or not partners.isdisjoint(self.knowledge.with_countries(strong))
        own = {e for e in beat if e.startswith(_AT_HOME) and self.knowledge.country_of(e) == home}
        others = set() if home or sure else beat
        others = others | self._texts_of_others(beat, lines) | bearers
        return tuple(
            replace(
                line,
                entities=tuple(
                    replace(hit, strong=True) if hit.entity in own else hit
                    for hit in line.entities
                    if hit.entity not in bearers and (hit.strong or hit.entity not in others)
                ),
            )
            for line in lines
        )

    def _other_bearers(self, lines: Sequence[Line]) -> set[str]:
        """Persons of the beat whose given name stands nowhere, where the top names but another state.

        « Le ministre Diop … à Dakar » is not the minister of Mali.
        """
        top = entity_ids(lines[:2])
        persons = {
            e for e in top if e.startswith("per.") and self.knowledge.country_of(e) in self._rules.core
        }
        if not persons:
            return set()
        named = self.knowledge.with_countries([e for e in top if e not in persons])
        states = {e for e in named if e.startswith("cty.")} - self._rules.powers
        if not states or not states.isdisjoint(self._rules.core):
            return set()
        said = {(hit.entity, line.text[hit.start : hit.end]) for line in lines for hit in line.entities}
        return {e for e in persons if not any(self._is_full_name(e, text) for one, text in said if one == e)}

    def _is_full_name(self, person: str, text: str) -> bool:
        """Whether a name, as written, begins with the person's given name in some language."""
        own = (names[0] for names in self.knowledge.entities[person].names.values() if names)
        given = {name.split()[0].casefold() for name in own if len(name.split()) > 1}
        return not given or text.split()[0].casefold() in given

    def _texts_of_others(self, named: Collection[str], lines: Sequence[Line]) -> set[str]:
        """Texts of a state that headline and first sentence do not name, while they name others of the beat.

        « L'usage pacifique de l'énergie atomique » between Russia and Niger is not the agreement of Mali.
        """
        told = self.knowledge.with_countries(entity_ids(lines[:2], strong_only=True)) & self._rules.core
        texts = {e for e in named if e.startswith(_TEXT)}
        return {e for e in texts if told and self.knowledge.country_of(e) not in told}

    def _iso(self, country: str) -> str | None:
        return self.knowledge.entities[country].iso

    def _at_the_edge(self, lines: Sequence[Line]) -> bool:
        """Whether the headline names a state at the edge of the beat."""
        titled = {self.knowledge.country_of(e) for e in entity_ids(lines[:1])}
        return bool(titled & self._rules.wider)

    def _is_coup_nearby(self, mention: Mention) -> bool:
        live = mention.realis is not Realis.HISTORICAL
        return live and mention.type == "coup" and mention.country in self._rules.coups

    def _came_of_one(self, mention: Mention, lines: Sequence[Line]) -> bool:
        """Whether it is what a coup nearby led to, by its top lines: an oath, a suspension by the bloc."""
        step = mention.lead and mention.country in self._rules.coups
        if not step or mention.type not in self._rules.children["coup"]:
            return False
        return any(trigger.type == "coup" for line in lines[: _TOP + 1] for trigger in line.triggers)

    def _on_beat(self, mention: Mention, passage: Sequence[Line], press: str | None) -> bool:
        """Whether the development itself happens on the beat, not only beside its name."""
        own = [e for e in mention.entities if e in self.knowledge.entities]
        home = mention.country
        if press is None and mention.type in self._rules.national and mention.lead:
            sure = set(entity_ids(passage))  # "shots near Kati": further down stands Bamako
            named = {hit.entity for line in passage[:_TOP] for hit in told_entities(line)} & sure
            # "the minister resigns" happens where the paper is printed
            if home not in self.knowledge.with_countries(sorted(named)):
                return False
        if home is None or home in self._rules.core | self._rules.wider | self._rules.partners:
            return press is not None or self._names_the_beat(own) or home in self._rules.wider
        if self._is_coup_nearby(mention):
            return True
        if mention.type in self._rules.national:
            return False  # Russians may guard the ballots: the vote is that of a state off the beat
        if mention.lead and self._rules.abroad(self.knowledge.with_countries(own)):
            return True
        titled = entity_ids(passage[:1])
        return self._names_the_beat(titled) or (press is not None and press in mention.entities)

    def touches(self, title: str, summary: str, lang: str) -> bool:
        """Whether an unread entry may concern the beat or a watch, so that its page is worth reading."""
        text = f"{title}. {summary}"
        entities = frozenset(hit.entity for hit in self.gazetteer.find(text))
        if any(self._rules.on_beat(self.knowledge.entities[e]) for e in entities):
            return True
        words = Words([text], lang)
        return any(watcher.concerns(entities, words) for watcher in self._watchers)

    def known(self, words: Sequence[str]) -> list[Fact]:
        """Facts that name all these words or entities, latest first; objects and types in any language."""
        asked = [
            (Watcher(Watch(word, (word,)), self.knowledge, self.gazetteer), self._things(word))
            for word in words
        ]
        found = [fact for fact in self.knowledge.facts if self._names_all(fact, asked)]
        return sorted(found, key=lambda f: (f.span.end if f.span else date.min, f.id), reverse=True)

    def _names_all(self, fact: Fact, asked: Sequence[tuple[Watcher, frozenset[str]]]) -> bool:
        entities = frozenset((*fact.actors, *fact.counterparts, *fact.places))
        words = Words([fact.object, fact.summary, fact.type, fact.id], "en")
        things = {fact.type, *self._objects_in(f"{fact.object}. {fact.summary}")}
        return all(things & meant or watcher.concerns(entities, words) for watcher, meant in asked)

    def _things(self, word: str) -> frozenset[str]:
        """The objects and types that one word names, in any of the languages: "blé", «поставка»."""
        folded = folded_words(word)
        kinds = [
            rule.id
            for rule in self.knowledge.types.values()
            if folded and folded in (folded_words(label) for label in rule.label.values())
        ]
        said = tokens(word)
        hits = [hit for lang in ("en", "fr", "ru") for hit in self._objects.find(said, lang)]
        return frozenset((*kinds, *(hit.label for hit in hits)))

    def windows(self, reading: Reading) -> list[tuple[frozenset[str], date, date]]:
        """Which stories to fetch before judging, as searches by names, first and last event day.

        The near search goes by every telling name, that for earlier stages by heavier ones, the far one (a
        reprint with a new date) only by names that few stories share.
        """
        published = reading.article.published.date()
        first, last = published, published
        names: set[str] = set()
        for mention in reading.mentions:
            names |= mention.entities
            if mention.span is not None:
                first, last = min(first, mention.span.start), max(last, mention.span.end)
        first = max(first, published - timedelta(days=_FAR_DAYS))
        telling = {e for e in names if self._rules.weight(e) >= _RARE}
        national = any(not self._rules.national.isdisjoint(m.types) for m in reading.mentions)
        if len(telling) < _FEW or national:
            telling |= {e for e in names if self._rules.weight(e) > 0}
        far = {e for e in names if e.startswith("print:") or self._rules.weight(e) >= _VERY_RARE}
        advanced = [m for m in reading.mentions if m.refers or (self._rules.tier(m.type, m.stage) or 0) > 0]
        thread = {e for m in advanced for e in m.entities if self._rules.weight(e) >= _THREAD_WEIGHT}
        near = (frozenset(telling), first - timedelta(days=_BACK_DAYS), last + timedelta(days=_AHEAD_DAYS))
        return [
            near,
            (
                frozenset(thread),
                published - timedelta(days=_THREAD_DAYS),
                published + timedelta(days=_FAR_DAYS),
            ),
            (frozenset(far), published - timedelta(days=_FAR_DAYS), published),
        ]

    # ------------------------------------------------------------------ judging

    def judge(self, reading: Reading, stories: Sequence[Story], now: datetime) -> Judgement:
        """The decision on each mention and on the article, with reasons; `now` is when it is judged."""
        judgement = self._judged(reading, stories)
        return judgement if reading.off_beat is not None else replace(judgement, tried=self._tried(reading))

    def _tried(self, reading: Reading) -> tuple[Tried, ...]:
        """What each watch finds in an article, for the ledger."""
        article = reading.article
        words, named = Words([article.title, article.text], article.lang), named_for_watches(reading)
        found = []
        for watcher in self._watchers:
            lack = watcher.lack(named, words)
            said = tuple(word for word, _ in watcher.found(named, words))
            setting, values = (lack.setting, lack.values) if lack else (None, ())
            found.append(Tried(watcher.watch.name, said, setting, values))
        return tuple(found)

    def _judged(self, reading: Reading, stories: Sequence[Story]) -> Judgement:
        article = reading.article
        if reading.off_beat is not None:
            return self._retold(reading) or self._ignored(reading, reading.off_beat)
        words = Words([article.title, article.text], article.lang)
        named = named_for_watches(reading)
        day = article.published.date()
        watchers = [w.on(day) for w in self._watchers if w.concerns(named, words)]
        if not watchers:
            return self._retold(reading) or self._ignored(reading, self._unasked(named, words))
        live = [m for m in reading.mentions if m.realis is not Realis.HISTORICAL]
        verdicts: list[Verdict] = []
        for mention in live or reading.mentions:
            verdict = self._verdict(mention, reading, stories, watchers)
            if verdict.story is None or verdict.story not in {v.story for v in verdicts}:
                verdicts.append(verdict)
        verdicts = verdicts if live else _telling(verdicts)
        top = max(verdicts, key=lambda v: v.decision.strength)
        names = tuple(w.watch.name for w in watchers if self._wanted(w, top))
        if not names:
            names = tuple(w.watch.name for w in watchers)
        return Judgement(article, top.decision, names, tuple(verdicts), top.because, reading)

    def _wanted(self, watcher: Watcher, verdict: Verdict) -> bool:
        if verdict.decision in (Decision.ALERT, Decision.UPDATE):
            return watcher.wants(verdict.mention, self._rules) is Want.PUSH
        return True

    def _retold(self, reading: Reading) -> Judgement | None:
        """A known fact retold in an article that is off the beat, or that no watch asks for.

        "Two of the officers of August 2020 …" names no state, and is known all the same.
        """
        found = []
        for mention in reading.mentions:
            verdict = self._by_fact(mention, (), None)
            sure = verdict is not None and max((n.score for n in verdict.nearest), default=0.0) >= _SURE
            if verdict is not None and sure and verdict.decision is Decision.KNOWN:
                found.append(verdict)
        if not found:
            return None
        verdicts = _telling(found)
        return Judgement(reading.article, Decision.KNOWN, (), tuple(verdicts), verdicts[0].because, reading)

    def _unasked(self, named: frozenset[str], words: Words) -> str:
        """Why no watch looks at an article: a word that one excludes, or nothing that any asks for."""
        for watcher in self._watchers:
            if excluded := watcher.shut_out(named, words):
                return self._reasons.excluded(watcher.watch.name, excluded[0])
        return self._reasons.say("no_watch")

    def _ignored(self, reading: Reading, because: str) -> Judgement:
        return Judgement(reading.article, Decision.IGNORE, (), (), because, reading)

    def _verdict(
        self, mention: Mention, reading: Reading, stories: Sequence[Story], watchers: Sequence[Watcher]
    ) -> Verdict:
        """One mention: against the stories, the facts, and then as something new."""
        kept = without_cues(mention)
        if mention.realis is not Realis.HISTORICAL and not mention.comment:
            # what only analyses recalled was not told yet
            stories = [story for story in stories if not _only_recalled(story)]
        met = {one.story.id: one for one in self._comparer.stories(kept, stories)}
        told = [Nearest(name, one.score, ()) for name, one in met.items()]
        floor = self._floor(mention)
        twins = self._comparer.printed_before(mention, stories)
        if self._encoder is not None and not twins:  # the same text needs no further witness
            told = reworded(kept, told, stories, floor, self._encoder)
        story_match = best(told, floor)
        story = (
            twins[0] if twins else next((s for s in stories if story_match and s.id == story_match.ref), None)
        )
        verdict = self._by_fact(mention, watchers, story)
        # a fact that moved on was told when its story opened: the next reports belong to that story
        if story is not None and (verdict is None or verdict.decision is not Decision.KNOWN):
            verdict = self._by_story(mention, reading, story, watchers, twin=bool(twins))
        if verdict is None:
            verdict = self._by_itself(mention, watchers)
        near = [
            replace(n, terms=(*self._comparer.terms(kept, met[n.ref]), *n.terms))
            for n in sorted(told, key=lambda n: -n.score)[:3]
        ]
        verdict = replace(verdict, nearest=(*verdict.nearest, *near))
        if verdict.story is None and verdict.decision is not Decision.IGNORE:
            verdict = replace(verdict, story=story.id if story else None, opens=story is None)
        return verdict

    def _floor(self, mention: Mention) -> float:
        """The score from which on a mention belongs to a story."""
        return _DENIAL_FLOOR if mention.realis is Realis.NEGATED else self._rules.same_story

    # ------------------------------------------------------------------ facts

    def _by_fact(self, mention: Mention, watchers: Sequence[Watcher], story: Story | None) -> Verdict | None:
        """Known by a fact, or a fact that moved on; None when no fact is about it."""
        scored = self._scored(mention)
        match = [(n, v) for n, v in scored if n.score >= self._rules.same_fact]
        nearest = tuple(n for n, _ in scored[:3])
        if not match:
            return self._by_thread(mention, watchers, nearest)
        fact = match[0][1].fact
        # who only comments, and dates nothing, reports no progress
        recalled = mention.comment and not mention.dated
        change = None if recalled else self._fact_change(mention, [v.fact for _, v in match])
        refs = tuple(v.fact.id for _, v in match[:_MOST_CITED])
        if change is not None and mention.realis is Realis.HISTORICAL:
            agreed = any(
                agree(f, old, self._rules)
                for f in mention.figures
                for _, v in match[:1]
                for old in v.fact.figures
            )
            change = change if change.slot == "figure" and not agreed else None
        if change is not None:
            verdict = self._update(mention, change, fact, watchers)
            return replace(verdict, facts=refs, nearest=nearest)
        decision, rule = Decision.KNOWN, "known_fact"
        if told_otherwise(mention, match[0][1].all, self._rules):
            decision, rule = Decision.DIGEST, "told_otherwise"
        verdict = self._because(decision, mention, Reason(rule, near=fact))
        return replace(verdict, facts=refs, nearest=nearest)

    def _scored(self, mention: Mention) -> list[tuple[Nearest, FactView]]:
        """The facts that can be about a mention, the nearest first."""
        views = [
            v
            for v in self._views
            if self._comparer.may_be(mention, v) and not self._is_of_other_town(mention, v.fact)
        ]
        scored = [(self._comparer.fact(mention, view), view) for view in views]
        scored.sort(key=lambda pair: (-pair[0].score, pair[1].fact.id))
        return scored

    def _fact_change(self, mention: Mention, facts: Sequence[Fact]) -> Change | None:
        first = facts[0]
        stage = self._rules.fact_stage(first.type, first.status)
        if mention.realis is Realis.NEGATED:
            return None if stage in self._rules.undone else Change("denial", "reported", "denied")
        tier = self._rules.tier(mention.type, mention.stage)
        reached = any(
            (self._rules.tier(f.type, self._rules.fact_stage(f.type, f.status)) or -1) >= (tier or 0)
            for f in facts
            if f.type == mention.type
        )
        # what is only guessed moves no fact on, nor what an article tells of no day
        sure = mention.sure_type and mention.sure_stage and mention.dated
        same_type = first.type == mention.type and sure and not reached
        # what is told of the fact's own days is the fact, however its stage was read
        later = mention.span is None or first.span is None or mention.span.end > first.span.end
        later = later or _is_found(mention)
        if same_type and later and later_stage(first.type, stage, mention.stage, self._rules):
            return Change("stage", stage or "", mention.stage or "")
        known = [figure for fact in facts for figure in fact.figures]
        return changed_figure(mention.figures, known, self._rules, any_unit=True)

    def _by_thread(
        self, mention: Mention, watchers: Sequence[Watcher], nearest: tuple[Nearest, ...]
    ) -> Verdict | None:
        """A later stage of a known text, project or vote, years later: signed → ratified, put off → set."""
        if mention.realis not in (Realis.DONE, Realis.ANNOUNCED) or mention.type not in self._rules.threads:
            return None
        of_kind = [view for view in self._views if view.fact.type == mention.type]
        found = any(
            _counts_anew(mention, view.fact) or self._dates_it(mention, view.fact) for view in of_kind
        )
        if not found and (not mention.sure_stage or mention.comment):
            return None
        followed = [view for view in of_kind if self._goes_on(mention, view)]
        if not followed:
            return None
        view = min(followed, key=lambda view: self._nearness(mention, view))
        change = Change("stage", self._stage_of(view.fact) or "", mention.stage or "")
        verdict = self._update(mention, change, view.fact, watchers)
        return replace(verdict, facts=(view.fact.id,), nearest=nearest)

    def _goes_on(self, mention: Mention, view: FactView) -> bool:
        """Whether a mention tells a later stage of a fact of its kind and state that it names well enough."""
        fact, stage = view.fact, self._stage_of(view.fact)
        if self._is_set_again(mention, view):
            return True
        if not later_stage(fact.type, stage, mention.stage, self._rules):
            return False
        abroad = mention.country is None or mention.country in self._rules.powers
        if view.country and not abroad and view.country != mention.country:
            return False
        if not (self._of_subject(mention, view) or self._dates_it(mention, fact)):
            return False
        if self._is_named(mention, fact):
            return True
        named = self._comparer.fact(mention, view, dates=False).terms[0].value
        return named >= (_FOUND_FLOOR if _counts_anew(mention, fact) else _THREAD_FLOOR)

    def _is_set_again(self, mention: Mention, view: FactView) -> bool:
        """Whether a state names the day of a vote that it had put off (facts.yaml, D11: new date, update)."""
        again = self._rules.set_again.get(mention.type)
        if again is None or self._stage_of(view.fact) not in self._rules.undone:
            return False
        own = view.country is not None and view.country == mention.country
        named = not again.objects.isdisjoint(mention.entities) and again.others.isdisjoint(mention.entities)
        return own and named and mention.stage in again.stages

    def _nearness(self, mention: Mention, view: FactView) -> tuple[bool, int, str]:
        """The order of facts: those whose subject is named before those of its day, the finer date first."""
        span = view.fact.span
        return not self._of_subject(mention, view), span.days if span else _UNTOLD, view.fact.id

    def _of_subject(self, mention: Mention, view: FactView) -> bool:
        """Whether a mention names the text of a fact or what it is about, and that is not in many texts."""
        shared = {e for e in view.all & mention.entities if e.startswith(("doc.", "obj."))}
        return any(self._rules.weight(e) >= _THREAD_SUBJECT for e in shared)

    def _dates_it(self, mention: Mention, fact: Fact) -> bool:
        """Whether a mention names the very day of a fact, or its month with all who did it.

        "Signed on 23 June 2025"; "soldiers and Wagner fighters are accused of killing 500 in March 2022".
        """
        if self._is_named(mention, fact):
            return True
        if fact.span is None or self._is_of_other_town(mention, fact):
            return False
        if fact.precision == "day":
            return fact.span in mention.refers
        within = any(fact.span.start <= day.start and day.end <= fact.span.end for day in mention.refers)
        named = mention.entities.issuperset(fact.actors) or _counts_anew(mention, fact)
        named = named or self._is_only_one(mention, fact)
        return within and len(fact.actors) > 1 and named and not mention.entities.isdisjoint(fact.actors)

    def _is_named(self, mention: Mention, fact: Fact) -> bool:
        """Whether a mention names what by itself names a fact."""
        return not mention.entities.isdisjoint(self._rules.known_as.get(fact.id, ()))

    def _is_of_other_town(self, mention: Mention, fact: Fact) -> bool:
        """Whether a mention names a town, and the fact is known by that of another one."""
        if fact.id not in self._rules.known_as or self._is_named(mention, fact):
            return False
        kinds = [self.knowledge.entities[p].kind for p in mention.places if p in self.knowledge.entities]
        return any(kind not in ("region", "continent", "country") for kind in kinds)

    def _is_only_one(self, mention: Mention, fact: Fact) -> bool:
        """Whether no other fact of that kind and time names anybody whom the mention names."""
        return not any(
            view.fact.type == fact.type
            and view.fact.id != fact.id
            and view.fact.span is not None
            and fact.span is not None
            and view.fact.span.distance(fact.span) == 0
            and not mention.entities.isdisjoint(view.fact.actors)
            for view in self._views
        )

    def _stage_of(self, fact: Fact) -> str | None:
        return self._rules.fact_stage(fact.type, fact.status)

    # ------------------------------------------------------------------ stories

    def _by_story(
        self, mention: Mention, reading: Reading, story: Story, watchers: Sequence[Watcher], *, twin: bool
    ) -> Verdict:
        """A told story again: what it changes, or whose report it adds; `twin`: with a print of its text."""
        published = reading.article.published.date()
        late = days_between(mention.span, published)
        told = (published - self._first_told(mention, story).date()).days  # a report may uncover what is old
        old = min(late, told) >= self._rules.old_after_days
        if mention.realis is Realis.HISTORICAL or (mention.comment and old):
            return self._told(Decision.KNOWN, "known_story", mention, story)
        if mention.comment:
            return self._told(Decision.MERGE, "merge", mention, story)
        if mention.realis is Realis.HYPOTHETICAL:
            return self._told(Decision.MERGE, "merge", mention, story)
        if twin and not self._lately(mention, story):  # an old text under a new date
            verdict = self._told(Decision.MERGE, "reprint", mention, story)
            return replace(verdict, label=Label.REPRINT)
        mention = self._lasting(mention, story, published)
        change = story_change(mention, [m.mention for m in story.members], self._rules)
        at = reading.article.published
        if change and read_otherwise(change, mention, at, story.members, self._rules):
            told_figures = replace(mention, sure_stage=False)  # what it counts may be new all the same
            change = story_change(told_figures, [m.mention for m in story.members], self._rules)
        if change is not None:
            if change.slot == "denial":  # what is denied keeps the stage it was told at
                mention = replace(mention, stage=story.members[-1].mention.stage)
            verdict = self._update(mention, change, story, watchers)
            if change.slot == "denial" and not story.pushed:  # nobody was told what is denied
                return replace(verdict, decision=Decision.DIGEST)
            return verdict
        if mention.dated and old:
            return self._told(Decision.KNOWN, "known_story", mention, story)
        if twin:
            verdict = self._told(Decision.MERGE, "reprint", mention, story)
            return replace(verdict, label=Label.REPRINT)
        residual = all(m.mention.type in self._rules.residual for m in story.members)
        if not story.pushed and residual and mention.type not in self._rules.residual:
            verdict = self._by_itself(mention, watchers)
            if verdict.decision is Decision.ALERT:  # so far only words were kept: now it is an event
                return replace(verdict, story=story.id)
        days = [m.mention.span for m in story.members if m.mention.span is not None]
        same = self._rules.window(mention.type).same
        later = mention.span is not None and days and all(mention.span.distance(day) > same for day in days)
        if mention.span is not None and later and self._comparer.follows_up(mention, story):
            step = Change("step", days=(max(days, key=lambda day: day.end), mention.span))
            return self._update(mention, step, story, watchers)
        if not mention.dated and told >= _RECALLED:  # a feature weeks later dates nothing of its own
            return self._told(Decision.KNOWN, "known_story", mention, story)
        return self._told(Decision.MERGE, "merge", mention, story)

    def _lasting(self, mention: Mention, story: Story, published: date) -> Mention:
        """A coup that holds for days is one that succeeded (types.yaml, stage_rule)."""
        provisional, lasting, days = self._rules.lasting.get(mention.type, ("", "", 0))
        if mention.stage != provisional or mention.realis is not Realis.DONE:
            return mention
        begun = [
            m.mention.span.start for m in story.members if m.mention.span and m.mention.stage == provisional
        ]
        if not begun or (published - min(begun)).days < days:
            return mention
        return replace(mention, stage=lasting, sure_stage=True)

    def _first_told(self, mention: Mention, story: Story) -> datetime:
        """When this step of the story was first told: the stage, or the day, of the mention."""
        same = (
            member.published
            for member in story.members
            if member.mention.stage == mention.stage
            or (member.mention.span and mention.span and member.mention.span.distance(mention.span) <= 1)
        )
        return next(same, story.members[-1].published)

    def _lately(self, mention: Mention, story: Story) -> bool:
        """Whether the story's event is near enough for the mention to be a further word on it."""
        spans = [m.mention.span for m in story.members if m.mention.span is not None]
        window = self._rules.window(story.members[0].mention.type)
        return mention.span is None or any(mention.span.distance(s) <= window.follow for s in spans)

    def _told(self, decision: Decision, rule: str, mention: Mention, story: Story) -> Verdict:
        return replace(self._because(decision, mention, Reason(rule, near=story)), story=story.id)

    def _update(
        self, mention: Mention, change: Change, known: Fact | Story, watchers: Sequence[Watcher]
    ) -> Verdict:
        """A known thing that moved on: pushed when a watch would push its kind."""
        rule = {
            "stage": "later_stage", "figure": "other_figure", "figure_added": "other_figure",
            "denial": "denial", "confirmation": "confirmed", "step": "further_step",
        }[change.slot]  # fmt: skip
        asked = mention
        if isinstance(known, Fact) and not mention.types:  # what tells more of a fact is of its kind
            asked = replace(mention, type=known.type, types=(known.type,))
        wants = {w.wants(asked, self._rules) for w in watchers}
        story = known if isinstance(known, Story) else None
        told = story is not None and story.pushed and self._is_its_step(mention, story)
        # who was told of it wants to know what became of it, be the step by itself mere routine
        pushed = Want.PUSH in wants or ((told or change.slot == "denial") and wants != {Want.NOTHING})
        decision = Decision.UPDATE if pushed else Decision.DIGEST
        verdict = self._because(decision, mention, Reason(rule, near=known, change=change))
        if change.slot == "denial":
            verdict = replace(verdict, label=Label.DENIED if change.was == "rumour" else Label.DISPUTED)
        return replace(verdict, story=story.id if story else None)

    def _is_its_step(self, mention: Mention, story: Story) -> bool:
        """Whether a mention is of the kind of a story, not of one that only ever waits for the digest.

        "The course that the instructors who came in May gave is over" is no step of their coming.
        """
        low = self.knowledge.types[mention.type].priority is Priority.LOW
        return not low or any(mention.type == member.mention.type for member in story.members)

    def _because(self, decision: Decision, mention: Mention, reason: Reason, rule: str = "") -> Verdict:
        """The decision with its reason, said in the language of the messages and in all others."""
        own = self._reasons.said(reason)
        also = [reasons.said(reason) for reasons in self._in_others]
        return Verdict(
            decision,
            mention,
            own.because,
            rule or reason.rule.replace("_", "-"),
            label=mention.label,
            was=own.was,
            now=own.now,
            also=tuple(other for other in also if other.because != own.because),
        )

    # ------------------------------------------------------------------ new

    def _by_itself(self, mention: Mention, watchers: Sequence[Watcher]) -> Verdict:
        """Nothing known is about it: by its realis, its type and the watches."""
        context = self._context(mention)

        def verdict(decision: Decision, reason: Reason, rule: str = "") -> Verdict:
            facts = tuple(n.ref for n in context)
            return replace(
                self._because(decision, mention, reason, rule), facts=facts, nearest=tuple(context)
            )

        if mention.realis is Realis.HISTORICAL:
            return verdict(Decision.KNOWN, Reason("historical", mention))
        if mention.realis is Realis.NEGATED:
            return verdict(Decision.DIGEST, Reason("lone_denial", mention))
        if mention.realis is Realis.HYPOTHETICAL:
            return verdict(Decision.DIGEST, Reason("hypothetical", mention))
        wants = {w.wants(mention, self._rules) for w in watchers}
        if mention.comment:
            return verdict(Decision.DIGEST, Reason("commentary", mention))
        if not mention.types:
            return verdict(Decision.DIGEST, Reason("other", mention))
        if Want.PUSH in wants:
            return verdict(Decision.ALERT, self._why_new(mention, context), "new")
        if Want.RUMOUR in wants:
            return verdict(Decision.DIGEST, Reason("rumour_digest", mention))
        if Want.ROUTINE in wants:
            return verdict(Decision.DIGEST, Reason("routine", mention))
        if Want.DIGEST in wants:
            return verdict(Decision.DIGEST, Reason("low_priority", mention))
        return replace(self._because(Decision.IGNORE, mention, Reason("no_watch")), label=None)

    def _context(self, mention: Mention) -> list[Nearest]:
        """The nearest facts of the same kind, whatever their date."""
        views = [v for v in self._views if self._rules.kin(v.fact.type, mention.type)]
        near = [self._comparer.fact(mention, v, dates=False) for v in views]
        near.sort(key=lambda n: (-n.score, n.ref))
        return [n for n in near if n.score >= _CONTEXT_FLOOR][:_MOST_CONTEXT]

    def _why_new(self, mention: Mention, context: Sequence[Nearest]) -> Reason:
        if not context:
            return Reason("new", mention)
        fact = self._facts[context[0].ref]
        if mention.ordinal:
            return Reason("further", mention, fact)
        view = next(v for v in self._views if v.fact.id == fact.id)
        same = mention.country is None or view.country is None or mention.country == view.country
        return Reason("new_near", mention, fact, same_country=same)

    def _view(self, fact: Fact) -> FactView:
        """A fact as mentions see it: with the objects that its words name."""
        objects = self._objects_in(fact.object)
        more = self._objects_in(fact.summary)
        core = frozenset((*fact.actors, *fact.counterparts, *fact.places)) | objects
        if self._comparer.names_little(core):  # what its words are about is all that tells it from others
            core |= more
        homes = [self.knowledge.entities[e].country for e in (*fact.places, *fact.actors, *fact.counterparts)]
        country = next((h for h in homes if h in self._rules.core), next((h for h in homes if h), None))
        return FactView(fact, core, core | fact.entities | more, country)

    def _objects_in(self, text: str) -> frozenset[str]:
        named = frozenset(hit.label for hit in self._objects.find(tokens(text), "en"))
        return named | frozenset(_IDS.findall(text))


def _only_recalled(story: Story) -> bool:
    """Whether no report of a story told it as news, and nobody was told: all looked back or commented."""
    return not story.pushed and all(
        m.mention.realis is Realis.HISTORICAL or m.mention.comment for m in story.members
    )


def _counts_anew(mention: Mention, fact: Fact) -> bool:
    """Whether a mention is of a new report, or counts about as many hundreds of dead as a fact."""
    if _is_found(mention):
        return True
    dead = [f.value for f in mention.figures if f.unit == _DEAD and f.value >= _HUNDREDS]
    told = [f.value for f in fact.figures if f.unit == _DEAD and f.value >= _HUNDREDS]
    return any(abs(value - known) <= _TOLL_NEAR * known for value in dead for known in told)


def _is_found(mention: Mention) -> bool:
    """Whether a report of these days finds out what it tells, be it of years ago."""
    return mention.realis is Realis.DONE and NEW_REPORT in mention.entities


def _telling(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Of a retelling, those verdicts that cite something further; the surest first."""

    def sure(verdict: Verdict) -> float:
        return max((n.score for n in verdict.nearest if n.ref in verdict.facts), default=0.0)

    kept: list[Verdict] = []
    cited: set[str] = set()
    for verdict in sorted(verdicts, key=lambda v: (not v.facts, -sure(v))):
        told = [verdict.story] if verdict.story and not verdict.opens else []
        new = {*verdict.facts[:1], *told} - cited
        if new or not kept:
            kept.append(verdict)
        cited |= {*verdict.facts, *told}
    return kept
