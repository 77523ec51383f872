"""How much of the curated facts `djeli baseline build` finds in the documents they were curated from.

The documents are not part of the repository: where `../shared/seeds` is missing there is no figure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from baseline.documents import Candidate, DocumentReader
from djeli.app import building, wiring
from djeli.app.documents import document
from djeli.core.model import Fact, Span
from tests.knowledge_files import FILES

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
NO_EVENTS = frozenset({"indicator", "assessment", "background", "statement"})
TODAY = datetime(2027, 1, 1, tzinfo=UTC).date()  # only for documents that name no date at all
_PARAGRAPHS = 1  # a fact told next to the paragraph it was curated from is found
_DAYS = 6  # days between two dates that are still of one event


@dataclass(frozen=True, slots=True)
class DocumentFigures:
    """What was found in one document: curated event facts, and candidates in its furniture."""

    document: str
    found: int
    curated: int
    missed: tuple[str, ...]
    candidates: int
    covered: int
    in_furniture: int


@dataclass(frozen=True, slots=True)
class DocumentGate:
    """The figures of all documents."""

    documents: tuple[DocumentFigures, ...]

    @property
    def found_share(self) -> float:
        """Share of the curated event facts that is found, over all documents."""
        return sum(d.found for d in self.documents) / max(1, sum(d.curated for d in self.documents))

    @property
    def in_furniture(self) -> int:
        """Candidates out of page furniture, over all documents."""
        return sum(d.in_furniture for d in self.documents)

    def lines(self) -> list[str]:
        """What `make gate` prints."""
        shown = [
            f"{d.document[:3]}: {d.found} of {d.curated} curated event facts found, "
            f"{d.candidates} candidates ({d.covered} covered), {d.in_furniture} from furniture; "
            f"missed: {' '.join(d.missed) or 'none'}"
            for d in self.documents
        ]
        return [*shown, f"found {self.found_share:.0%}, {self.in_furniture} candidates from furniture"]


def documents_as_articles(seeds: Path = SEEDS) -> list[dict[str, str]]:
    """Each document as a line of backtest input, at the day it was written; none where they are missing."""
    packaged = yaml.safe_load(FILES["facts.yaml"])
    lines = []
    for one in packaged["source_documents"]:
        path = seeds / one["file"]
        if path.exists():
            text = path.read_text(encoding="utf-8")
            title, body = text.strip().split("\n", 1)
            lines.append(
                {"title": title.strip("# "), "text": body, "published": _written(one), "lang": one["lang"]}
            )
    return lines


def _written(document: Mapping[str, Any]) -> str:
    """The day a document was published, or the last of the month it speaks of as now."""
    found = re.search(r"\d{4}-\d{2}(?:-\d{2})?", str(document["published"] or document["as_of"]))
    assert found is not None, document
    return found.group() if len(found.group()) > 7 else f"{found.group()}-28"


def document_gate(seeds: Path = SEEDS) -> DocumentGate | None:
    """The figures on the documents in a folder; None where it is missing."""
    paths = sorted(seeds.glob("*.txt")) if seeds.is_dir() else []
    if not paths:
        return None
    knowledge = wiring.load_knowledge()
    packaged = yaml.safe_load(FILES["facts.yaml"])
    furniture = {d["file"]: _ranges(str(d["boilerplate"])) for d in packaged["source_documents"]}
    reader = building.document_reader(knowledge)
    return DocumentGate(
        tuple(_figures(path, reader, knowledge.facts, furniture.get(path.name, [])) for path in paths)
    )


def _figures(
    path: Path, reader: DocumentReader, facts: Sequence[Fact], furniture: Sequence[range]
) -> DocumentFigures:
    read = document(path, _no_page)
    candidates = reader.read(path.name, read.paragraphs, read.dated, TODAY)
    curated = [
        fact
        for fact in facts
        if fact.type not in NO_EVENTS and any(source.document == path.name for source in fact.sources)
    ]
    missed = [fact.id for fact in curated if not any(finds(c, fact, reader) for c in candidates)]
    return DocumentFigures(
        document=path.name,
        found=len(curated) - len(missed),
        curated=len(curated),
        missed=tuple(missed),
        candidates=len(candidates),
        covered=sum(c.covered_by is not None for c in candidates),
        in_furniture=sum(any(c.paragraph in lines for lines in furniture) for c in candidates),
    )


def finds(candidate: Candidate, fact: Fact, reader: DocumentReader) -> bool:
    """Whether a candidate tells a curated fact: its paragraph, a kindred type, no other date."""
    near = any(
        source.document == candidate.document and abs(source.paragraph - candidate.paragraph) <= _PARAGRAPHS
        for source in fact.sources
    )
    return near and reader.kin(candidate.mention.type, fact.type) and _dates_agree(candidate.span, fact.span)


def _dates_agree(a: Span | None, b: Span | None) -> bool:
    return a is None or b is None or a.distance(b) <= _DAYS


def _ranges(told: str) -> list[range]:
    """`1-13, 28-125 (contents list …)` as ranges of paragraphs."""
    pieces = told.split("(")[0].replace(" ", "").split(",")
    ends: list[list[Any]] = [[int(end) for end in piece.split("-")] for piece in pieces if piece]
    return [range(end[0], end[-1] + 1) for end in ends]


def _no_page(data: bytes) -> tuple[str, None]:
    raise AssertionError("the documents are texts")


if __name__ == "__main__":
    figures = document_gate()
    print("\n".join(figures.lines()) if figures else f"{SEEDS} is missing: no figures")
