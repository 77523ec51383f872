"""Learns the weights of words and of signs of one development from the labelled articles: `make train`.

Learnt from: the openings (headline and lead, tests/scenarios/openings.jsonl), the second set of events, and
the parts of the population that are worked on. Never from the closed part, nor from the sample scenarios and
events. The files carry a digest of what they were learnt from; a test compares it, so that nobody forgets to
learn again.

The signs (baseline.linking) are learnt from articles that the words were not learnt from: of what they know
by heart the words would be surer than they ever are. So the authors are parted into a few groups, and each
group is judged with the words of the others.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import yaml

from baseline.compare import Comparer, Met
from baseline.evidence import _MIDDLE, _STEP, OFF, TALK, opening_clues, scale
from baseline.judge import Judge
from baseline.linking import Linking
from djeli.app.config import default_config
from djeli.app.judging import judged
from djeli.app.wiring import judge_of, load_knowledge, rules
from djeli.core.model import Article, Mention, Reading, Story
from djeli.core.ports import Kept
from storage.store import open_store
from tests import corpus
from tests.crowded import judge_crowded
from tests.gate import articles_of

OPENINGS = corpus.HERE / "openings.jsonl"
EVENTS = corpus.HERE / "events_second.jsonl"
PLAIN = corpus.HERE / "plain.jsonl"
POPULATIONS = ("work", "second", "third", "fourth")
BETWEEN = "between"  # scenarios, learnt from for their words: they are no streams of one store
KNOWLEDGE = Path(__file__).parents[1] / "baseline" / "knowledge"
TARGET, LINKING = KNOWLEDGE / "evidence.json", KNOWLEDGE / "linking.yaml"
GROUPS = 4  # of authors
_UNDECIDED = {"bias": -0.5, "weights": {}}  # signs that raise nothing and cut nothing
_CROWDED = 0.3  # what a pair of a crowded day counts: there only names tell, and most days are not like it
_EVEN = 0.1  # scikit-learn's C for the signs, each of unit variance
_SEEN = 2  # a clue must stand in this many openings
_DROPPED = 0.1  # clues that nowhere weigh this much are left out
_ALSO = 0.3  # what a type counts that is accepted beside the right one
_STRICT = 2.0  # scikit-learn's C: how freely weights may grow
# An article of the population counts as many openings of the list, which is larger, and less like the press:
_TYPED = 24.0  # for its type,
_STAGED = 8.0  # and for its stage and its realis.
_SOME_DAY = "2027-06-01T08:00:00Z"


@dataclass(frozen=True)
class Example:
    """One opening with its labels: type (or talk, or off), stage, further types that are accepted."""

    source: str
    author: str  # of a population: his file and the first letter of his ids
    clues: Mapping[str, float]
    kind: str
    stage: str | None
    also: tuple[str, ...] = ()
    realis: str | None = None

    @property
    def is_article(self) -> bool:
        """Whether it is a labelled article or plain report, and not one of the list of openings."""
        return self.source.startswith("population_") or self.source == PLAIN.stem


def files() -> list[Path]:
    """What is learnt from."""
    parts = (*POPULATIONS, BETWEEN)
    return [OPENINGS, EVENTS, PLAIN, *(corpus.HERE / f"population_{name}.jsonl" for name in parts)]


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
            if want.get("mood") == "old":
                want = {**want, "type": None}
            ranked = want.get("types") or [want.get("type") or _nothing(one, want), *want.get("types_ok", ())]
            kind, also = ranked[0], tuple(t for t in ranked[1:] if t != ranked[0])
            author = _author(path, one["id"]) if "expect" in one else path.stem
            realis = _presented(want, kind)
            found.append(Example(path.stem, author, clues, kind, want.get("stage"), also, realis))
    return found


def _author(path: Path, item: str) -> str:
    return f"{path.stem} {item[0]}"


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
    return TALK if one.get("kind") in _ON_THE_BEAT or one.get("mood") == "old" else OFF


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
            weights.append(weight * (_TYPED if one.is_article else 1.0))
    stages = {}
    for kind in sorted({one.kind for one in learnt} - {OFF, TALK}):
        told = [one for one in learnt if one.kind == kind and one.stage]
        if len({one.stage for one in told}) > 1:
            stages[kind] = fit([one.clues for one in told], [str(one.stage) for one in told], _staged(told))
    shown = [one for one in learnt if one.realis]
    realis = fit([one.clues for one in shown], [str(one.realis) for one in shown], _staged(shown))
    return {"corpus": digest(), "types": fit(rows, labels, weights), "stages": stages, "realis": realis}


def _staged(told: Sequence[Example]) -> list[float]:
    return [_STAGED if one.is_article else 1.0 for one in told]


def authors() -> dict[str, list[corpus.Item]]:
    """The articles of each author, who wrote them as one stream."""
    found: dict[str, list[corpus.Item]] = defaultdict(list)
    for path in (corpus.HERE / f"population_{name}.jsonl" for name in POPULATIONS):
        for item in corpus.population(path):
            if item.decisions[0] != "ignore":
                found[_author(path, item.id)].append(item)
    return {**found, EVENTS.stem: corpus.events(EVENTS.name)}


@dataclass(frozen=True)
class Pair:
    """A development of an article and a story compared with it: the signs, and whether they are one."""

    signs: Mapping[str, float]
    one: bool
    weight: float


class _Noting(Comparer):
    """Notes what is compared, and for which article."""

    article = ""
    noted: list[tuple[str, Mention, Met]]

    def stories(self, mention: Mention, stories: Iterable[Story]) -> list[Met]:
        met = super().stories(mention, stories)
        self.noted += [(self.article, mention, one) for one in met]
        return met


class _Judge(Judge):
    """Judges as if the signs said nothing, and notes what it compares."""

    def __init__(self, words: str) -> None:
        """`words`: the text of evidence.json."""
        data = {**rules(), "evidence": words, "linking": _UNDECIDED}
        super().__init__(load_knowledge(), data, default_config(()).watches)
        self.noting = self._comparer = _Noting(self.knowledge, self._rules, Linking(_UNDECIDED))
        self.noting.noted = []

    def read(self, article: Article) -> Reading:
        self.noting.article = article.id
        return super().read(article)


def pairs_of(words: str, stream: Sequence[corpus.Item]) -> list[Pair]:
    """What is compared when a stream is judged with these words: as it came, and all of it on one day."""
    articles = articles_of(item.line for item in stream)
    told = {article.id: item for article, item in zip(articles, stream, strict=True)}
    as_it_came, crowded = _Judge(words), _Judge(words)
    store = open_store("sqlite://")
    for article in sorted(articles, key=lambda one: one.published):
        store.keep(Kept(judged(article, as_it_came, store, article.published)), article.published)
    store.close()
    judge_crowded({article.id: article for article in articles}, crowded)
    pairs = []
    for judge, weight in ((as_it_came, 1.0), (crowded, _CROWDED)):
        for name, mention, met in judge.noting.noted:
            events = Counter(told[member.article].event for member in met.story.members)
            if signs := judge.noting.signs(mention, met):
                pairs.append(Pair(signs, events.most_common(1)[0][0] == told[name].event, weight))
    return pairs


def learn_signs(pairs: Sequence[Pair]) -> dict[str, Any]:
    """The weights of linking.yaml."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    vectors, scaler = DictVectorizer(sparse=False), StandardScaler(with_mean=False)
    matrix = scaler.fit_transform(vectors.fit_transform([dict(pair.signs) for pair in pairs]))
    labels, worth = [pair.one for pair in pairs], [pair.weight for pair in pairs]
    model = LogisticRegression(C=_EVEN, max_iter=5000).fit(matrix, labels, sample_weight=worth)
    weights = model.coef_[0] / scaler.scale_
    named = {
        str(n): round(float(w), 3) for n, w in zip(vectors.get_feature_names_out(), weights, strict=True)
    }
    return {"corpus": digest(), "bias": round(float(model.intercept_[0]), 3), "weights": named}


def _group(learnt: Sequence[Example], own: Mapping[str, Sequence[corpus.Item]]) -> list[Pair]:
    """The pairs of a group of authors, judged with the words of all others."""
    words = json.dumps(learn([one for one in learnt if one.author not in own]))
    return [pair for stream in own.values() for pair in pairs_of(words, stream)]


def main() -> None:
    """Learn from all and write; `--without SOURCE` leaves a file out, to see how the rest fares on it.

    `--to FILE` writes the words alone, to that file.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--without", action="append", default=[], help="name of a file, e.g. population_second"
    )
    parser.add_argument("--to", type=Path)
    asked = parser.parse_args()
    learnt = [one for one in examples(files()) if one.source not in asked.without]
    print(f"{len(learnt)} openings")
    data = learn(learnt)
    target = asked.to or TARGET
    target.write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{len(data['types']['clues'])} clues of types")
    if asked.to:
        return
    streams = authors()
    groups = [{name: streams[name] for name in sorted(streams)[at::GROUPS]} for at in range(GROUPS)]
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        pairs = [pair for found in pool.map(_group, [learnt] * GROUPS, groups) for pair in found]
    signs = learn_signs(pairs)
    LINKING.write_text(_HEAD + yaml.safe_dump(signs, sort_keys=True), encoding="utf-8")
    print(f"{len(pairs)} pairs, {len(signs['weights'])} signs")


_HEAD = """\
# What each sign weighs for a report and a story being one development (baseline.linking, decision 0021).
# Learnt: `make train` writes this file.
"""


if __name__ == "__main__":
    main()
