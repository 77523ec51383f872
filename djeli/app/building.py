"""`djeli baseline build`: documents into candidate facts, as YAML for review."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, is_dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

import yaml

from baseline.catalogue import Knowledge
from djeli.app.documents import PageText, paragraphs
from djeli.core.errors import JobFailed

Extract = Callable[[str, Sequence[str], Knowledge], Sequence[Any]]  # name, paragraphs, knowledge → facts


def extractor() -> Extract:
    """The reader of documents (baseline.documents.extract)."""
    try:
        extract: Extract = importlib.import_module("baseline.documents").extract
    except ModuleNotFoundError:
        raise JobFailed("this build of Djeli cannot read facts out of documents yet") from None
    return extract


def candidates(
    documents: Iterable[Path], knowledge: Knowledge, page_text: PageText, extract: Extract
) -> list[Any]:
    """The candidate facts of all documents, in order; UserError for a document that cannot be read."""
    return [fact for path in documents for fact in extract(path.name, paragraphs(path, page_text), knowledge)]


def as_yaml(facts: Sequence[Any]) -> str:
    """Candidate facts as a file that people read and correct."""
    records = [
        _plain(asdict(fact) if is_dataclass(fact) and not isinstance(fact, type) else fact) for fact in facts
    ]
    return yaml.safe_dump({"records": records}, allow_unicode=True, sort_keys=False, width=100)


def _plain(value: Any) -> Any:
    """Dates, enums, sets and tuples as YAML knows them."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (set, frozenset)):
        return sorted(map(_plain, value))
    return [_plain(one) for one in value] if isinstance(value, (list, tuple)) else value
