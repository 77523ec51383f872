"""Learns the weights of baseline/knowledge/evidence.json from the labelled articles: `make train`.

Learnt from: the openings (headline and lead, tests/scenarios/openings.jsonl), the second set of events, and
the parts of the population that are worked on. Never from the closed part, nor from the sample scenarios and
events. The file carries a digest of what it was learnt from; a test compares it, so that nobody forgets to
learn again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from baseline.evidence import _MIDDLE, _STEP, OFF, TALK, opening_clues, scale
from djeli.app.config import default_config
from djeli.app.wiring import judge_of, load_knowledge
from djeli.core.model import Article
from tests import corpus

OPENINGS = corpus.HERE / "openings.jsonl"
EVENTS = corpus.HERE / "events_second.jsonl"
POPULATIONS = ("work", "second", "third")
TARGET = Path(__file__).parents[1] / "baseline" / "knowledge" / "evidence.json"
_SEEN = 2  # a clue must stand in this many openings
_DROPPED = 0.1  # clues that nowhere weigh this much are left out
_ALSO = 0.3  # what a type counts that is accepted beside the right one
_STRICT = 3.0  # scikit-learn's C: how freely weights may grow
_SOME_DAY = "2027-06-01T08:00:00Z"


@dataclass(frozen=True)
class Example:
    """One opening with its labels: type (or talk, or off), stage, further types that are accepted."""

    source: str
    clues: Mapping[str, float]
    kind: str
    stage: str | None
    also: tuple[str, ...] = ()
    realis: str | None = None


def files() -> list[Path]:
    """What is learnt from."""
    return [OPENINGS, EVENTS, *(corpus.HERE / f"population_{name}.jsonl" for name in POPULATIONS)]


def digest() -> str:
    """Of all that is learnt from."""
    hashed = hashlib.sha256()
    for path in files():
        hashed.update(path.read_bytes())
    return hashed.hexdigest()[:16]


def examples(paths: Iterable[Path]) -> list[Example]:
    """The labelled openings of these files, with their clues."""
    knowledge = load_knowledge()
    judge = judge_of(default_config(()), knowledge)
    found = []
    for path in paths:
        for text in path.read_text(encoding="utf-8").splitlines():
            one = json.loads(text)
            want = one.get("expect", one)
            article = _article(one)
            clues = opening_clues(judge.lines(article), article.lang)
            ranked = want.get("types") or [want.get("type") or _nothing(one, want), *want.get("types_ok", ())]
            kind, also = ranked[0], tuple(t for t in ranked[1:] if t != ranked[0])
            found.append(Example(path.stem, clues, kind, want.get("stage"), also, _presented(want, kind)))
    return found


# Openings without a development that stay on the beat; the others only use its words.
_ON_THE_BEAT = {
    *("analysis", "explainer", "opinion", "interview", "profile", "press_review"),
    *("history", "anniversary", "daily_life", "statistics"),
    *(
        "speculation",
        "feature",
        "reprint",
        "routine",
        "retrospective",
        "conditional",
        "rumour_debunked",
        "portrait",
    ),
}


def _nothing(one: Mapping[str, Any], want: Mapping[str, Any]) -> str:
    """Which class an opening without a development belongs to."""
    if "decision" in want:
        return OFF if want["decision"] == "ignore" else TALK
    return TALK if one.get("kind") in _ON_THE_BEAT else OFF


_OPEN_STAGES = {"announced", "pledged", "scheduled", "called", "mooted", "threatened"}


def _presented(want: Mapping[str, Any], kind: str) -> str | None:
    """The realis of an opening; where none is written its stage tells."""
    if want.get("realis"):
        return None if want["realis"] == "historical" else str(want["realis"])
    if kind in (OFF, TALK) or "decision" in want or not want.get("stage"):
        return None
    stage = str(want["stage"])
    return "announced" if stage in _OPEN_STAGES else "rumour" if stage == "rumoured" else "done"


def _article(one: Mapping[str, Any]) -> Article:
    when = datetime.fromisoformat(str(one.get("published", _SOME_DAY)).replace("Z", "+00:00"))
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    text = one.get("text") or one.get("lead") or ""
    return Article("x", "", one["title"], text, one["lang"], "", when, when)


def fit(
    rows: Sequence[Mapping[str, float]], labels: Sequence[str], weights: Sequence[float]
) -> dict[str, Any]:
    """A table of weights for these openings, as baseline.evidence reads it."""
    from scipy.sparse import diags
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        for clue in row:
            counts[clue] += 1
    kept = [{clue: value for clue, value in row.items() if counts[clue] >= _SEEN} for row in rows]
    vectors = DictVectorizer()
    matrix = vectors.fit_transform(kept)
    rare = {clue: _rarity(counts[clue], len(rows)) for clue in vectors.get_feature_names_out()}
    scaled = diags([_scale_of(row) for row in kept]) @ matrix @ diags(list(rare.values()))
    model = LogisticRegression(C=_STRICT, max_iter=1000).fit(scaled.tocsr(), labels, sample_weight=weights)
    classes = [str(name) for name in model.classes_]
    coefficients, bias = model.coef_ @ diags(list(rare.values())), list(model.intercept_)
    if len(classes) == 2:  # scikit-learn keeps one row for two classes
        coefficients, bias = [-coefficients[0] / 2, coefficients[0] / 2], [-bias[0] / 2, bias[0] / 2]
    clues = {}
    for at, clue in enumerate(vectors.get_feature_names_out()):
        row = [float(coefficients[c][at]) for c in range(len(classes))]
        if max(abs(value) for value in row) >= _DROPPED:
            clues[str(clue)] = "".join(chr(_byte(value)) for value in row)
    return {"classes": classes, "bias": [round(float(b), 3) for b in bias], "clues": clues}


def _rarity(count: int, of: int) -> float:
    """How freely the weight of a clue may grow: a word of few openings tells more than one of many."""
    return 2 * math.log(max(2, of) / count) / math.log(max(2, of)) if count < of else 0.0


def _scale_of(row: Mapping[str, float]) -> float:
    full = sum(value == 1.0 for value in row.values())
    return scale(full, len(row) - full)


def _byte(value: float) -> int:
    return min(126, max(2, _MIDDLE + round(value / _STEP)))


def learn(learnt: Sequence[Example]) -> dict[str, Any]:
    """All tables of evidence.json."""
    rows, labels, weights = [], [], []
    for one in learnt:
        for kind, weight in ((one.kind, 1.0), *((also, _ALSO) for also in one.also)):
            rows.append(one.clues)
            labels.append(kind)
            weights.append(weight)
    stages = {}
    for kind in sorted({one.kind for one in learnt} - {OFF, TALK}):
        told = [one for one in learnt if one.kind == kind and one.stage]
        if len({one.stage for one in told}) > 1:
            stages[kind] = fit(
                [one.clues for one in told], [str(one.stage) for one in told], [1.0] * len(told)
            )
    shown = [one for one in learnt if one.realis]
    realis = fit([one.clues for one in shown], [str(one.realis) for one in shown], [1.0] * len(shown))
    return {"corpus": digest(), "types": fit(rows, labels, weights), "stages": stages, "realis": realis}


def main() -> None:
    """Learn from all and write; `--without SOURCE` leaves a file out, to see how the rest fares on it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--without", action="append", default=[], help="name of a file, e.g. population_second"
    )
    parser.add_argument("--to", type=Path, default=TARGET)
    asked = parser.parse_args()
    learnt = [one for one in examples(files()) if one.source not in asked.without]
    print(f"{len(learnt)} openings")
    data = learn(learnt)
    asked.to.write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{len(data['types']['clues'])} clues of types")


if __name__ == "__main__":
    main()
