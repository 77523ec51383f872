"""Why: one sentence in the language of the messages, from the templates of knowledge/reasons.yaml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from baseline.catalogue import Knowledge
from baseline.changes import Change
from djeli.core.model import Fact, Figure, Mention, Said, Span, Story
from djeli.core.words import figure_words, moved_to, said, stage_words

_YEARS = 2  # from so many years on, a distance is told in years
_TITLE = 70  # characters of a story's headline inside a reason


@dataclass(frozen=True, slots=True)
class Near:
    """The nearest known thing as a reason names it: its name and its date."""

    name: str
    when: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, before it is put into the words of a language: whose sentence it is, and what fills its slots."""

    rule: str  # of knowledge/reasons.yaml
    mention: Mention | None = None  # what and when
    near: Fact | Story | None = None  # the nearest known thing
    change: Change | None = None  # the slot before and after
    same_country: bool | None = None  # of the mention and what is near; None: nothing is said to differ


class Reasons:
    """Fills the templates in one language."""

    def __init__(self, data: Mapping[str, Any], knowledge: Knowledge, lang: str) -> None:
        self._data = data
        self._knowledge = knowledge
        self._lang = lang

    def say(self, rule: str, **slots: str) -> str:
        """The sentence of a rule."""
        template: str = self._data[rule][self._lang]
        sentence = template.format(**slots)
        return sentence[0].upper() + sentence[1:]

    def said(self, reason: Reason) -> Said:
        """A reason in words."""
        kind = reason.mention.type if reason.mention is not None else ""
        was, now = self.change(reason.change, kind) if reason.change is not None else (None, None)
        slots = {"was": was or "", "now": moved_to(was or "", now or "")}
        if reason.mention is not None:
            mention = reason.mention
            slots["what"], slots["when"] = self.what(mention), self.day(mention.span)
            slots["type"] = self.type(mention.type)
        if reason.near is not None:
            near = (
                self.near_fact(reason.near) if isinstance(reason.near, Fact) else self.near_story(reason.near)
            )
            slots["near"], slots["near_when"] = near.name, near.when
            if reason.mention is not None and reason.same_country is not None:
                slots["differs"] = self.differs(reason.mention, near, reason.same_country)
        return Said(self._lang, self.say(reason.rule, **slots), was, now)

    def stage(self, stage: str | None, kind: str) -> str:
        """A stage of a type in words."""
        words = stage_words(stage, kind) if stage else None
        return said(words, self._lang) if words else (stage or "?")

    def type(self, kind: str) -> str:
        """The label of a type."""
        return self._knowledge.types[kind].label[self._lang]

    def name(self, entity: str) -> str:
        """The display name of an entity."""
        known = self._knowledge.entities.get(entity)
        return known.label(self._lang) if known else entity.partition(":")[2] or entity

    def day(self, span: Span | None) -> str:
        """A stretch of days in words."""
        if span is None:
            return "?"
        months = self._data["months"][self._lang]
        if span.start != span.end and (span.start.year, span.start.month) == (span.end.year, span.end.month):
            return f"{self._number(span.start)}–{span.end.day} {months[span.end.month - 1]} {span.end.year}"
        first = f"{self._number(span.start)} {months[span.start.month - 1]} {span.start.year}"
        if span.start == span.end:
            return first
        last = f"{self._number(span.end)} {months[span.end.month - 1]} {span.end.year}"
        return f"{first} – {last}"

    def _number(self, day: date) -> str:
        """The number of a day in its month; the first is an ordinal in French."""
        return "1er" if self._lang == "fr" and day.day == 1 else str(day.day)

    def what(self, mention: Mention) -> str:
        """A mention in a few words: `Delivery (arrived), Bamako`."""
        place = next((p for p in mention.places if p.startswith("plc.")), mention.country)
        stage = f" ({self.stage(mention.stage, mention.type)})" if mention.stage else ""
        where = f", {self.name(place)}" if place else ""
        return f"{self.type(mention.type)}{stage}{where}"

    def near_fact(self, fact: Fact) -> Near:
        """A fact as a reason names it."""
        kind = self.type(fact.type) if fact.type in self._knowledge.types else fact.type
        sides = [self.name(e) for e in (*fact.actors[:2], *fact.counterparts[:1])]
        colon = "\u202f: " if self._lang == "fr" else ": "
        who = f"{colon}{' – '.join(sides)}" if sides else ""
        return Near(f"{fact.id} ({kind}{who})", self.coarse(fact.span, fact.precision), fact.span)

    def coarse(self, span: Span | None, precision: str) -> str:
        """A date as finely as it is known: day, month, year or range."""
        if span is None:
            return "?"
        if precision == "year":
            return str(span.start.year)
        if precision == "month":
            names = {**self._data["months"], **self._data["months_alone"]}
            month = names[self._lang][span.start.month - 1]
            return f"{month} {span.start.year}"
        return self.day(span)

    def near_story(self, story: Story) -> Near:
        """A story as a reason names it, by the headline that opened it."""
        first = story.members[0]
        title = first.title if len(first.title) <= _TITLE else first.title[: _TITLE - 1].rstrip() + "…"
        return Near(f"{story.id} «{title}»", self.day(first.mention.span), first.mention.span)

    def differs(self, mention: Mention, near: Near, same_country: bool) -> str:
        """Which slot keeps the nearest known thing apart from the mention."""
        words = self._data["differs"]
        if not same_country:
            return str(words["country"][self._lang])
        if mention.span is not None and near.span is not None:
            days = mention.span.distance(near.span)
            if days > _YEARS * 365:
                years = round(days / 365)
                return str(words["years" if years > 1 else "year"][self._lang]).format(years=years)
            if days == 1:
                return str(words["day"][self._lang])
            if days:
                return str(words["date"][self._lang]).format(days=days)
        return str(words["actors"][self._lang])

    def change(self, change: Change, kind: str) -> tuple[str, str]:
        """The slot before and after, in words, of a development of this type."""
        if change.slot == "stage":
            return self.stage(change.was, kind), self.stage(change.now, kind)
        if change.slot in ("denial", "confirmation"):
            words = self._data["truth"]
            return str(words[change.was][self._lang]), str(words[change.now][self._lang])
        if change.days is not None:
            return self.day(change.days[0]), self.day(change.days[1])
        if change.old is not None and change.new is not None:
            return self.figure(change.old), self.figure(change.new)
        return change.was, change.now

    def figure(self, figure: Figure) -> str:
        """A figure in words."""
        return figure_words(figure, self._lang, figure.about.upper() if figure.about else None)

    @property
    def language(self) -> str:
        """In which language they are said."""
        return self._lang

    def off_beat(self, detail: str, value: str = "") -> str:
        """Why nothing can come of an article."""
        return self.say("off_beat", detail=self.detail(detail, value))

    def excluded(self, watch: str, word: str) -> str:
        """That a word of its `exclude` keeps a watch from an article that it would else look at."""
        return self.say("excluded", watch=watch, word=word)

    def excluded_in(self, said: str) -> tuple[str, str] | None:
        """Watch and word of a sentence of `excluded`; None for any other sentence."""
        template = re.escape(self._data["excluded"][self._lang])
        slot = {re.escape("{watch}"): "(.+?)", re.escape("{word}"): "(.+)"}
        for escaped, pattern in slot.items():
            template = template.replace(escaped, pattern)
        found = re.fullmatch(template, said, re.DOTALL)
        return (found[1], found[2]) if found else None

    def of_articles(self, lang: str) -> dict[str, str]:
        """Every reason that an article without a development may have, by a name of its own.

        `lang`: a language that is not read, as that reason names it.
        """
        topics = {f"topic {topic}": self.off_beat("topic", topic) for topic in self._data["topics"]}
        named = {detail: self.off_beat(detail) for detail in ("words", "no_anchor")}
        plain = {rule: self.say(rule) for rule in ("no_development", "no_watch")}
        return {**topics, **named, **plain, "language": self.off_beat("language", lang)}

    @property
    def topics(self) -> dict[str, str]:
        """The topics off the beat, in words."""
        return {topic: words[self._lang] for topic, words in self._data["topics"].items()}

    def detail(self, key: str, value: str = "") -> str:
        """A detail of `off_beat`."""
        value = self._data["topics"].get(value, {}).get(self._lang, value)
        return str(self._data["details"][key][self._lang]).format(x=value)
