"""Values as JSON text and back, without loss.

Reading is tolerant: keys of a newer version are ignored, missing ones take the default of the
value, an unknown word of a closed list takes the most careful one. What equals its default is not
written, so most mentions stay small.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar

from djeli.core.model import (
    Article,
    Cue,
    Decision,
    Figure,
    Label,
    Mention,
    Nearest,
    Reading,
    Realis,
    Said,
    Span,
    Term,
    Tried,
    Verdict,
    Wording,
)

Record = dict[str, Any]
_T = TypeVar("_T")
_E = TypeVar("_E", bound=StrEnum)


def dumps(value: object) -> str:
    """Compact JSON in readable letters."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def strings(text: str) -> tuple[str, ...]:
    """A JSON list of strings."""
    return _words(json.loads(text))


def mention_text(mention: Mention) -> str:
    """A mention as JSON text for its story: with its wording, which no verdict keeps, for it is long.

    And without its cues, a quarter of it, which its verdict keeps: no report is compared by them.
    """
    record = mention_record(mention) | _without_defaults(wording=wording_record(mention.wording))
    record.pop("cues", None)
    return dumps(record)


def mentions_from_texts(texts: Iterable[str]) -> list[Mention]:
    """The mentions of as many JSON texts, without cues; read at once, because their keys are the same."""
    records = json.loads(f"[{','.join(texts)}]")
    for record in records:
        record.pop("cues", None)
    return [mention_from(record) for record in records]


def verdict_text(verdict: Verdict) -> str:
    """A verdict as JSON text."""
    return dumps(verdict_record(verdict))


def verdict_from_text(text: str) -> Verdict:
    """The verdict of a JSON text."""
    return verdict_from(json.loads(text))


def reading_text(reading: Reading, tried: Iterable[Tried] = ()) -> str:
    """What was read besides article and mentions (they have their own place), as JSON text.

    With what each watch found in it: `tried_from_text` reads that.
    """
    return dumps(
        _without_defaults(
            entities=sorted(reading.entities),
            off_beat=reading.off_beat,
            cues=[cue_record(cue) for cue in reading.cues],
            origin=reading.origin,
            tried=[[one.watch, list(one.found), one.lacks, list(one.values)] for one in tried],
        )
    )


def tried_from_text(text: str) -> tuple[Tried, ...]:
    """What each watch found in an article, of the JSON text of its reading."""
    return _each(_tried_from, json.loads(text).get("tried"))


def cues_from_text(text: str) -> tuple[Cue, ...]:
    """The cues of the whole article, of the JSON text of its reading."""
    return _each(cue_from, json.loads(text).get("cues"))


def _tried_from(data: list[Any]) -> Tried:
    watch, found, lacks, values = [*data, *["", (), None, ()][len(data) :]][:4]
    return Tried(watch, _words(found), lacks, _words(values))


def reading_from_text(text: str, article: Article, mentions: tuple[Mention, ...]) -> Reading:
    """The reading of a JSON text, with the article and the mentions it was kept without."""
    data = json.loads(text)
    return Reading(
        article=article,
        mentions=mentions,
        entities=frozenset(_words(data.get("entities"))),
        off_beat=data.get("off_beat"),
        cues=_each(cue_from, data.get("cues")),
        origin=data.get("origin"),
    )


def span_record(span: Span | None) -> list[str] | None:
    """Both days, in ISO form."""
    return None if span is None else [span.start.isoformat(), span.end.isoformat()]


def span_from(data: Any) -> Span | None:
    """The span of two ISO days; None for anything else."""
    if not isinstance(data, list) or len(data) != 2:
        return None
    return _span(data[0], data[1])


@lru_cache(maxsize=4_096)  # of a day are many reports, and each of its days is read from each again
def _span(first: str, last: str) -> Span:
    return Span(date.fromisoformat(first), date.fromisoformat(last))


def figure_record(figure: Figure) -> Record:
    """A figure as JSON."""
    return {
        "value": figure.value,
        "unit": figure.unit,
        **_without_defaults(
            about=figure.about, approximate=figure.approximate, high=figure.high, earlier=figure.earlier
        ),
    }


def figure_from(data: Record) -> Figure:
    """The figure of a JSON record."""
    return Figure(
        value=data.get("value", 0.0),
        unit=data.get("unit", ""),
        about=data.get("about"),
        approximate=data.get("approximate", False),
        high=data.get("high"),
        earlier=data.get("earlier", False),
    )


def cue_record(cue: Cue) -> list[Any]:
    """A cue as a JSON list: there are many of them."""
    return [cue.kind, cue.text, cue.speaks_for, cue.sentence]


def cue_from(data: list[Any]) -> Cue:
    """The cue of a JSON list."""
    missing = ["", "", "", 0][len(data) :]
    return Cue(*[*data, *missing][:4])


def wording_record(wording: Wording | None) -> list[str] | None:
    """The model and the vector of a wording."""
    return None if wording is None else [wording.model, b64encode(wording.vector).decode()]


def wording_from(data: Any) -> Wording | None:
    """The wording of a JSON list; None for anything else."""
    if not isinstance(data, list) or len(data) != 2:
        return None
    return Wording(data[0], b64decode(data[1]))


def mention_record(mention: Mention) -> Record:
    """A mention as JSON, without its wording."""
    record = _without_defaults(
        types=list(mention.types),
        stage=mention.stage,
        actors=list(mention.actors),
        counterparts=list(mention.counterparts),
        places=list(mention.places),
        entities=sorted(mention.entities),
        span=span_record(mention.span),
        dated=mention.dated,
        figures=[figure_record(figure) for figure in mention.figures],
        quote=mention.quote,
        ordinal=mention.ordinal,
        label=mention.label,
        claimed_by=mention.claimed_by,
        cues=[cue_record(cue) for cue in mention.cues],
        country=mention.country,
        prints=list(mention.prints),
        comment=mention.comment,
        refers=[span_record(span) for span in mention.refers],
    )
    # These are true unless said otherwise.
    return {
        "type": mention.type,
        "realis": mention.realis,
        "push": mention.push,
        "lead": mention.lead,
        "sure_type": mention.sure_type,
        "sure_stage": mention.sure_stage,
        **record,
    }


def mention_from(data: Record) -> Mention:
    """The mention of a JSON record: for each article some hundred are read, so it calls little."""
    get = data.get
    span, label, refers, wording = get("span"), get("label"), get("refers"), get("wording")
    return Mention(
        type=get("type", ""),
        types=tuple(get("types") or ()),
        stage=get("stage"),
        realis=_choice(Realis, get("realis")) or Realis.RUMOUR,
        actors=tuple(get("actors") or ()),
        counterparts=tuple(get("counterparts") or ()),
        places=tuple(get("places") or ()),
        entities=frozenset(get("entities") or ()),
        span=span_from(span) if span else None,
        dated=get("dated", False),
        figures=_each(figure_from, get("figures")),
        quote=get("quote", ""),
        ordinal=get("ordinal", False),
        label=_choice(Label, label) if label else None,
        claimed_by=get("claimed_by"),
        push=get("push", True),
        cues=_each(cue_from, get("cues")),
        lead=get("lead", True),
        country=get("country"),
        prints=tuple(get("prints") or ()),
        comment=get("comment", False),
        refers=tuple([days for days in map(span_from, refers) if days]) if refers else (),
        sure_type=get("sure_type", True),
        sure_stage=get("sure_stage", True),
        wording=wording_from(wording) if wording else None,
    )


def nearest_record(nearest: Nearest) -> Record:
    """A compared candidate as JSON."""
    terms = [[term.name, term.value, term.detail] for term in nearest.terms]
    return {"ref": nearest.ref, "score": nearest.score, "terms": terms}


def nearest_from(data: Record) -> Nearest:
    """The compared candidate of a JSON record."""
    terms = _each(lambda term: Term(term[0], term[1], term[2]), data.get("terms"))
    return Nearest(ref=data.get("ref", ""), score=data.get("score", 0.0), terms=terms)


def verdict_record(verdict: Verdict) -> Record:
    """A verdict as JSON, its mention included."""
    return {
        "decision": verdict.decision,
        "mention": mention_record(verdict.mention),
        "because": verdict.because,
        "rule": verdict.rule,
        **_without_defaults(
            story=verdict.story,
            facts=list(verdict.facts),
            label=verdict.label,
            was=verdict.was,
            now=verdict.now,
            nearest=[nearest_record(nearest) for nearest in verdict.nearest],
            opens=verdict.opens,
            also=[[said.language, said.because, said.was, said.now] for said in verdict.also],
        ),
    }


def verdict_from(data: Record) -> Verdict:
    """The verdict of a JSON record."""
    return Verdict(
        decision=_choice(Decision, data.get("decision")) or Decision.IGNORE,
        mention=mention_from(data.get("mention") or {}),
        because=data.get("because", ""),
        rule=data.get("rule", ""),
        story=data.get("story"),
        facts=_words(data.get("facts")),
        label=_choice(Label, data.get("label")),
        was=data.get("was"),
        now=data.get("now"),
        nearest=_each(nearest_from, data.get("nearest")),
        opens=data.get("opens", False),
        also=_each(lambda said: Said(said[0], said[1], said[2], said[3]), data.get("also")),
    )


def _without_defaults(**fields: object) -> Record:
    """The fields that say something: not None, not False, not an empty list (0 and "" stay)."""
    return {
        n: value for n, value in fields.items() if value is not None and value is not False and value != []
    }


def _words(data: Iterable[str] | None) -> tuple[str, ...]:
    return tuple(data or ())


def _each(make: Callable[[Any], _T], data: Iterable[Any] | None) -> tuple[_T, ...]:
    return tuple([make(item) for item in data]) if data else ()


def _choice(words: type[_E], value: object) -> _E | None:
    """The word of a closed list, or None when it is missing or of another version."""
    found = words._value2member_map_.get(value) if isinstance(value, str) else None
    return found if isinstance(found, words) else None
