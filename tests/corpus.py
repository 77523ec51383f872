"""The labelled articles of the tests: scenarios in sequence, and events told in three languages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent / "scenarios"


@dataclass(frozen=True)
class Item:
    """One labelled article: its line of backtest input, and what is expected of it."""

    id: str
    line: Mapping[str, Any]
    decisions: tuple[str, ...] = ()  # any of these is right
    expect: Mapping[str, Any] = field(default_factory=dict)
    event: str | None = None
    hard: bool = False


def scenarios() -> list[Item]:
    """The sample scenarios as one stream in time order."""
    data = yaml.safe_load((HERE / "scenarios.yaml").read_text(encoding="utf-8"))
    items = []
    for scenario in data["scenarios"]:
        expected = {e["article"]: e for e in scenario["expect"]}
        for article in scenario["articles"]:
            want = expected[article["n"]]
            id_ = str(scenario["id"]) if article["n"] == 1 else f"{scenario['id']}.{article['n']}"
            line = {
                "id": id_,
                "title": article["headline"],
                "text": article["text"],
                "published": str(article["date"]),
                "outlet": article["source"],
                "lang": article["lang"],
            }
            items.append(Item(id_, line, (want["action"],), want))
    return items


def events(name: str = "events.jsonl") -> list[Item]:
    """Events each told in English, French and Russian: the sample of 22, or a second set of 60."""
    items = []
    for text in (HERE / name).read_text(encoding="utf-8").splitlines():
        one = json.loads(text)
        line = {k: one[k] for k in ("id", "title", "text", "published", "lang")}
        expect = {"type": one["type"], "types_ok": one.get("types", ()), "date": one.get("date")}
        items.append(Item(one["id"], line, (), expect, one["event"]))
    return items


def population(path: Path) -> list[Item]:
    """Labelled articles of one file of the population, in its order."""
    items = []
    for text in path.read_text(encoding="utf-8").splitlines():
        one = json.loads(text)
        keys = ("id", "url", "title", "text", "published", "outlet", "lang")
        line = {k: one[k] for k in keys if k in one}
        expect = one["expect"]
        right = (expect["decision"], *expect.get("decision_ok", ()))
        items.append(Item(one["id"], line, right, expect, one["story"], bool(one.get("hard"))))
    return items


def between(name: str = "between") -> list[tuple[list[Item], list[Item]]]:
    """Scenarios that other authors wrote into the gaps of the sample, each with the articles before it."""
    path = HERE / f"population_{name}.jsonl"
    told = {item.id: item for item in (*scenarios(), *population(path))}
    own: dict[str, list[Item]] = {}
    before: dict[str, list[Item]] = {}
    for text in path.read_text(encoding="utf-8").splitlines():
        one = json.loads(text)
        item = told[one["id"]]
        before.setdefault(one["story"], [told[name] for name in one["after"]])
        own.setdefault(one["story"], []).append(item)
    return [(before[story], items) for story, items in own.items()]


def pairwise_f1(
    predicted: Mapping[str, str], truth: Mapping[str, str], pairs: Iterable[tuple[str, str]]
) -> float:
    """F1 over pairs of items: predicted together against truly together."""
    hit = wrong = missed = 0
    for a, b in pairs:
        same, told = truth[a] == truth[b], predicted[a] == predicted[b]
        hit += same and told
        wrong += told and not same
        missed += same and not told
    return 2 * hit / (2 * hit + wrong + missed) if hit else 0.0


def b_cubed(predicted: Mapping[str, str], truth: Mapping[str, str]) -> tuple[float, float, float]:
    """B³ precision, recall and F1 of a clustering."""
    precision = recall = 0.0
    for item in truth:
        together = {i for i in truth if predicted[i] == predicted[item]}
        belong = {i for i in truth if truth[i] == truth[item]}
        both = len(together & belong)
        precision += both / len(together)
        recall += both / len(belong)
    p, r = precision / len(truth), recall / len(truth)
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def share(right: Sequence[bool]) -> float:
    """Share of what is right; 0 of nothing."""
    return sum(right) / len(right) if right else 0.0
