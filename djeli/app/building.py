"""`djeli baseline build`: documents into candidate facts, as YAML for review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from baseline.catalogue import Knowledge
from baseline.documents import Candidate, DocumentReader, precision
from baseline.judge import Judge
from baseline.reasons import Reasons
from djeli.app import wiring
from djeli.core.errors import UserError
from djeli.core.model import Figure, Span

_HEADER = """\
# Candidate facts, found by rules: read each against its paragraph, correct or drop it.
# To accept some: move them under `records:`, give each an `id`, and name the file in [baseline] files.
# `covered_by` names the accepted fact that tells the same; `dated: false`: the text gives no day, and
# `date` is the year before the document.
"""
_YEAR = timedelta(days=365)


def document_reader(knowledge: Knowledge) -> DocumentReader:
    """The reader of documents, with these accepted facts."""
    return Judge(knowledge, wiring.rules(), ()).document_reader()


class Records:
    """Candidates as records of a file of facts; what they say is made of our own labels."""

    def __init__(self, knowledge: Knowledge, language: str = "en") -> None:
        self._words = Reasons(wiring.rules()["reasons"], knowledge, language)

    def as_yaml(self, candidates: Iterable[Candidate]) -> str:
        """The file for review."""
        records = [self.record(candidate) for candidate in candidates]
        body = yaml.safe_dump({"candidates": records}, allow_unicode=True, sort_keys=False, width=110)
        return _HEADER + body

    def record(self, candidate: Candidate) -> dict[str, Any]:
        """One candidate with the keys of facts.yaml, and those that only a review needs."""
        mention = candidate.mention
        span = candidate.span or Span(candidate.as_of - _YEAR, candidate.as_of)
        record: dict[str, Any] = {
            "type": mention.type,
            "status": candidate.status,
            "date": written(span),
            "date_precision": precision(span),
            "actors": list(mention.actors),
            "counterpart": list(mention.counterparts),
            "place": [place for place in mention.places if place.startswith("plc.")],
            "object": ", ".join(candidate.objects) or mention.type,
            "figures": [_figure(figure) for figure in mention.figures],
            "summary": self.summary(candidate),
            "sources": [{"document": candidate.document, "paragraph": candidate.paragraph}],
            "confidence": candidate.confidence,
        }
        if candidate.span is None:
            record["dated"] = False
        if candidate.covered_by:
            record["covered_by"] = candidate.covered_by
        return record

    def summary(self, candidate: Candidate) -> str:
        """`Agreement (signed): Mali – Russia, June 2019, nuclear power`."""
        mention, words = candidate.mention, self._words
        sides = [
            ", ".join(words.name(one) for one in ones[:3])
            for ones in (mention.actors, mention.counterparts)
            if ones
        ]
        place = [words.name(one) for one in mention.places[:1] if one.startswith("plc.")]
        when = [words.coarse(candidate.span, candidate.precision)] if candidate.span else []
        things = [self._thing(one) for one in candidate.objects[:4]]
        counts = [_counted(figure) for figure in mention.figures[:3]]
        rest = ", ".join([" – ".join(sides), *place, *when, *things, *counts]).strip(", ")
        return f"{words.type(mention.type)} ({words.stage(candidate.status, mention.type)}): {rest}"

    def _thing(self, id_: str) -> str:
        """The name of equipment or a document; of an object its id in words."""
        return id_[4:].replace("_", " ") if id_.startswith("obj.") else self._words.name(id_)


def written(span: Span) -> str:
    """A stretch of days as facts have it: 2025-01-17, 2025-01, 2025, or two days with a slash."""
    start = span.start.isoformat()
    form = precision(span)
    if form == "range":
        return f"{start}/{span.end.isoformat()}"
    return start[: {"day": 10, "month": 7, "year": 4}[form]]


def _figure(figure: Figure) -> dict[str, Any]:
    value: float = int(figure.value) if figure.value.is_integer() else figure.value
    told: dict[str, Any] = {
        "value": value,
        "unit": figure.unit + (" (approximate)" if figure.approximate else ""),
    }
    if figure.high is not None:
        told["high"] = int(figure.high) if figure.high.is_integer() else figure.high
    return told


def _counted(figure: Figure) -> str:
    return f"{figure.value:,.10g} {figure.unit}"


def total(candidates: Sequence[Candidate]) -> str:
    """The closing line: how many, and how many of them are known."""
    known = sum(candidate.covered_by is not None for candidate in candidates)
    return f"{len(candidates)} candidate facts, {known} of them covered by accepted facts"


def notes(name: str, told: Sequence[Candidate], unasked: bool, today: date) -> Iterator[str]:
    """What the reviewer should know of one document beside its candidates."""
    if not told:
        yield f"{name}: no development of the beat was found (English, French and Russian are read)."
    elif unasked and all(candidate.as_of == today for candidate in told):
        yield f"{name}: names no date, so it was read as of today; name its day with --as-of."


def write(path: Path, text: str) -> None:
    """The file for review; UserError where it cannot be written."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UserError(f"{path}: cannot be written ({error.strerror})") from None
