"""How well Djeli judges, per language, on its own labelled articles: `make gate`.

Prints one table for each set, and compares every figure with the floors pinned in floors.json. The
file also pins a digest of the labelled articles: a floor belongs to the set it was measured on. A
floor goes down only by hand, with a reason in the commit; `--pin` raises floors to what was reached.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from baseline.language import detect
from djeli.app import semantic
from djeli.app.backtest import read_articles
from djeli.app.judging import judged
from djeli.app.wiring import House, furnish, open_house
from djeli.core.model import Article, Decision, Judgement, Mention
from djeli.core.ports import Kept
from storage.store import open_store
from tests import corpus
from tests.corpus import Item
from tests.crowded import judge_crowded
from tests.document_gate import document_gate, documents_as_articles

FLOORS = Path(__file__).parent / "scenarios" / "floors.json"
PUSHED = ("alert", "update")
LANGUAGES = ("en", "fr", "ru")
POPULATIONS = ("work", "second", "third", "fifth", "sixth", "closed")
BETWEEN = ("between", "between_unlearnt")
PLAIN = ("plain", "plain_unseen")  # learnt from, and never looked at
_PLAIN_DAY = "2027-09-08T09:00:00Z"  # on which every plain report is published
_CROWDED = ("work", "second", "closed")  # six hundred articles on one day are no day of the beat
_SLOTS = ("type_top1", "type_top2", "stage", "realis", "date", "actors", "numbers")
_SLACK = 0.01

# The event types of events.jsonl are older names of the scheme.
_RENAMED = {"org_exit": "membership", "project_launch": "project", "diplomatic_rupture": "diplomacy"}


def articles_of(lines: Iterable[Mapping[str, object]]) -> list[Article]:
    """The articles of lines of backtest input, in their order."""
    text = "\n".join(json.dumps(line) for line in lines)
    return [given.article for given in read_articles("gate", text, detect)]


@dataclass
class Report:
    """Figures by name (0 to 1, or counts), the item ids behind the bad ones, and lines to print."""

    figures: dict[str, float] = field(default_factory=dict)
    behind: dict[str, list[str]] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    def add(self, other: Report) -> None:
        """Take over what was measured elsewhere."""
        self.figures |= other.figures
        self.behind |= other.behind
        self.lines += other.lines


def judge_stream(items: Sequence[Item], house: House) -> dict[str, Judgement]:
    """All items in one stream from the baseline alone, each at its time."""
    store = open_store("sqlite://")
    articles = zip(articles_of(item.line for item in items), (item.id for item in items), strict=True)
    found = {}
    for article, name in sorted(articles, key=lambda pair: pair[0].published):
        judgement = judged(article, house.judge, store, article.published)
        store.keep(Kept(judgement=judgement), article.published)
        found[name] = judgement
    store.close()
    return found


def top_mention(judgement: Judgement) -> Mention | None:
    """The mention behind an article's decision."""
    best = max(judgement.verdicts, key=lambda v: v.decision.strength, default=None)
    return best.mention if best else None


def decisions(items: Sequence[Item], found: Mapping[str, Judgement], name: str, report: Report) -> None:
    """Decision right per language; missed and false pushes with their ids."""
    for lang in (*LANGUAGES, "all"):
        own = [i for i in items if lang in ("all", i.line.get("lang"))]
        right = [found[i.id].decision.value in i.decisions for i in own]
        report.figures[f"{name}.decision.{lang}"] = corpus.share(right)
    missed = [i.id for i in items if _always_pushed(i) and found[i.id].decision.value not in PUSHED]
    false = [i.id for i in items if _never_pushed(i) and found[i.id].decision.value in PUSHED]
    report.figures[f"{name}.missed_pushes"] = len(missed)
    report.figures[f"{name}.false_pushes"] = len(false)
    report.behind[f"{name}.missed_pushes"] = missed
    report.behind[f"{name}.false_pushes"] = false


def _always_pushed(item: Item) -> bool:
    return all(d in PUSHED for d in item.decisions)


def _never_pushed(item: Item) -> bool:
    return not any(d in PUSHED for d in item.decisions)


def slots(items: Sequence[Item], found: Mapping[str, Judgement], name: str, report: Report) -> None:
    """Type, stage, realis, date and actors of the mention that decided."""
    marks: dict[str, list[bool]] = {k: [] for k in _SLOTS}
    for item in items:
        mention = top_mention(found[item.id])
        if mention is None:
            continue
        want = item.expect
        if want.get("type"):
            kinds = {want["type"], *want.get("types_ok", ())}
            marks["type_top1"].append(mention.type in kinds)
            marks["type_top2"].append(bool(kinds & set(mention.types[:2] or (mention.type,))))
            marks["realis"].append(mention.realis == want.get("realis"))
            if want.get("stage"):
                marks["stage"].append(mention.stage == want["stage"])
        if want.get("date") and item.decisions[0] in (*PUSHED, "merge"):
            marks["date"].append(_same_day(str(mention.span), want["date"]))
        named = {*mention.actors, *mention.counterparts}
        marks["actors"] += [actor in named for actor in want.get("actors", ())]
        if item.decisions[0] in (*PUSHED, "merge"):
            marks["numbers"] += [_is_told(text, mention) for text in want.get("figures", ())]
    for key, values in marks.items():
        report.figures[f"{name}.{key}"] = corpus.share(values)


def _is_told(figure: str, mention: Mention) -> bool:
    """Whether the number of a labelled figure ("more than 90 units") is one of the mention's."""
    number = re.search(r"\d[\d ,.]*", figure)
    if number is None:
        return True
    value = float(number.group().strip(" .,").replace(" ", "").replace(",", ""))
    return any(abs(told.value - value) <= 0.001 * value for told in mention.figures)


def _same_day(told: str, wanted: str) -> bool:
    return told == wanted or bool(set(told.split("/")) & set(wanted.split("/")))


def sample_scenarios(house: House, report: Report) -> None:
    """The sample scenarios in one stream: how many are decided as expected."""
    items = corpus.scenarios()
    found = judge_stream(items, house)
    wrong = [i.id for i in items if found[i.id].decision.value not in i.decisions]
    report.figures["scenarios.right"] = len(items) - len(wrong)
    report.behind["scenarios.right"] = wrong


def between_samples(house: House, report: Report) -> None:
    """Decision right per language on scenarios like the sample ones, each judged after those it follows."""
    for name in BETWEEN:
        told, found = [], {}
        for before, items in corpus.between(name):
            told += items
            judged_after = judge_stream([*before, *items], house)
            found.update({item.id: judged_after[item.id] for item in items})
        decisions(told, found, name, report)


def told_events(items: Sequence[Item], house: House, name: str, report: Report) -> None:
    """Events told in three languages: types, days, and which reports are told as one story."""
    found = judge_stream(items, house)
    first, second, days = [], [], []
    for item in items:
        mention = top_mention(found[item.id])
        right = {_RENAMED.get(kind, kind) for kind in (item.expect["type"], *item.expect.get("types_ok", ()))}
        first.append(mention is not None and mention.type in right)
        second.append(mention is not None and bool(right & set(mention.types[:2])))
        if item.expect.get("date"):
            days.append(mention is not None and _same_day(str(mention.span), item.expect["date"]))
    report.figures[f"{name}.type_top1"] = corpus.share(first)
    report.figures[f"{name}.type_top2"] = corpus.share(second)
    if days:
        report.figures[f"{name}.date"] = corpus.share(days)
    clusters(items, found, name, report)


def clusters(items: Sequence[Item], found: Mapping[str, Judgement], name: str, report: Report) -> None:
    """How well the stories told are the events there were: F1 of pairs across languages, B³."""
    truth, told = _told(items, found)
    for a, b in (("en", "fr"), ("en", "ru"), ("fr", "ru")):
        pairs = [(x.id, y.id) for x in items for y in items if (x.line["lang"], y.line["lang"]) == (a, b)]
        report.figures[f"{name}.f1.{a}-{b}"] = corpus.pairwise_f1(told, truth, pairs)
    report.figures[f"{name}.b_cubed"] = corpus.b_cubed(told, truth)[2]


def _told(items: Sequence[Item], found: Mapping[str, Judgement]) -> tuple[dict[str, str], dict[str, str]]:
    """The event of each article that has one, and the story it was told in: its own when in none."""
    truth = {item.id: item.event for item in items if item.event}
    return truth, {id_: _story_of(found[id_]) or id_ for id_ in truth}


def _story_of(judgement: Judgement) -> str | None:
    best = max(judgement.verdicts, key=lambda v: v.decision.strength, default=None)
    return best.story if best else None


def retold_facts(house: House, report: Report) -> None:
    """Each event fact told again: known with the right fact; told changed: never known."""
    right: dict[str, list[bool]] = {lang: [] for lang in LANGUAGES}
    for one in _lines("retellings.jsonl"):
        judgement = _alone(one, house)
        cited = {f for v in judgement.verdicts if v.decision.value == "known" for f in v.facts}
        known = judgement.decision.value == "known" and bool(cited & {one["fact"], *one.get("also", ())})
        right[one["lang"]].append(known)
    for lang, values in right.items():
        report.figures[f"facts.known.{lang}"] = corpus.share(values)
    wrong = [one["id"] for one in _lines("changed.jsonl") if _alone(one, house).decision.value == "known"]
    report.figures["facts.changed_but_known"] = len(wrong)
    report.behind["facts.changed_but_known"] = wrong


def plain_reports(name: str, house: House, report: Report) -> None:
    """Headlines with a sentence or two, each judged alone: pushed, or not, as its row says."""
    right: dict[str, list[bool]] = {lang: [] for lang in LANGUAGES}
    wrong: dict[bool, list[str]] = {True: [], False: []}  # by what was wanted
    for one in _lines(f"{name}.jsonl"):
        wanted = one["push"]
        if wanted is None:  # two analysts may differ
            continue
        told = {**one, "published": _PLAIN_DAY, "outlet": "apanews"}
        pushed = _alone(told, house).decision.value in PUSHED
        right[one["lang"]].append(pushed is wanted)
        if pushed is not wanted:
            wrong[bool(wanted)].append(one["id"])
    for lang, values in right.items():
        report.figures[f"{name}.push.{lang}"] = corpus.share(values)
    for wanted, what in ((True, "missed_pushes"), (False, "false_pushes")):
        report.figures[f"{name}.{what}"] = len(wrong[wanted])
        report.behind[f"{name}.{what}"] = wrong[wanted]


def _alone(one: Mapping[str, Any], house: House) -> Judgement:
    return _judged_alone(articles_of([one])[0], house)


def _judged_alone(article: Article, house: House) -> Judgement:
    return house.judge.judge(house.judge.read(article), (), article.published)


def _lines(name: str) -> Iterable[dict[str, Any]]:
    for line in (corpus.HERE / name).read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def crowded_days(house: House, name: str, report: Report) -> None:
    """B³ of each set with all its events on one day."""
    for part in ("events", *_CROWDED):
        items = corpus.events() if part == "events" else population(part)
        articles = dict(zip((i.id for i in items), articles_of(i.line for i in items), strict=True))
        truth, told = _told(items, judge_crowded(articles, house.judge))
        report.figures[f"{name}.{part}.b_cubed"] = corpus.b_cubed(told, truth)[2]


def wording(house: House, report: Report) -> None:
    """The same with wording compared, where the extra is installed: streams as they are, crowded days."""
    if semantic.installed().encoder is None:
        report.lines.append("gate: djeli[semantic] is not installed; nothing is measured with wording")
        return
    items = corpus.events()
    clusters(items, judge_stream(items, house), "wording.events", report)
    for part in POPULATIONS:
        items = population(part)
        found = judge_stream(items, house)
        decisions(items, found, f"wording.{part}", report)
    crowded_days(house, "wording.crowded", report)


def population(name: str) -> list[Item]:
    """One part of the labelled articles."""
    return corpus.population(corpus.HERE / f"population_{name}.jsonl")


def without_wording() -> House:
    """The default beat as it is installed by default."""
    house = open_house(None)
    return furnish(replace(house.config, wording=False), house.knowledge)


def measure() -> Report:
    """Every figure of the gate, in two processes: as installed by default, and the rest beside it."""
    with ProcessPoolExecutor(1, get_context("spawn")) as beside:
        rest = beside.submit(measure_rest)
        report = measure_by_default()
        report.add(rest.result())
    return report


def measure_rest() -> Report:
    """What is measured with wording, on the documents, and on scenarios like the sample ones."""
    report = Report()
    wording(open_house(None), report)
    house = without_wording()
    documents(house, report)
    between_samples(house, report)
    return report


def measure_by_default() -> Report:
    """What is measured on the labelled articles and the facts, without wording."""
    house, report = without_wording(), Report()
    sample_scenarios(house, report)
    told_events(corpus.events(), house, "events", report)
    told_events(corpus.events("events_second.jsonl"), house, "events_second", report)
    sets = {}
    for name in POPULATIONS:
        items = population(name)
        found = judge_stream(items, house)
        decisions(items, found, name, report)
        slots(items, found, name, report)
        sets[name] = items, found
    show_languages(sets)
    retold_facts(house, report)
    for name in PLAIN:
        plain_reports(name, house, report)
    crowded_days(house, "crowded", report)
    return report


def documents(house: House, report: Report) -> None:
    """What `djeli baseline build` finds in the five documents, and that none of them is news."""
    told = document_gate()
    if told is None:
        report.lines.append("gate: the five documents are not at hand; nothing is measured on them")
        return
    report.lines += told.lines()
    articles = articles_of(documents_as_articles())
    told_as_news = [a.title for a in articles if _judged_alone(a, house).decision.value in PUSHED]
    report.figures["documents.false_pushes"] = len(told_as_news)
    report.behind["documents.false_pushes"] = told_as_news
    report.figures["documents.found"] = told.found_share
    report.figures["documents.in_furniture"] = told.in_furniture


def show_languages(sets: Mapping[str, tuple[Sequence[Item], Mapping[str, Judgement]]]) -> None:
    """For each language what was decided where what was expected, and every figure of every set."""
    names = list(Decision)
    for lang in LANGUAGES:
        own = {
            name: ([i for i in items if i.line.get("lang") == lang], found)
            for name, (items, found) in sets.items()
        }
        counts = Counter(
            (i.decisions[0], found[i.id].decision.value) for items, found in own.values() for i in items
        )
        table = Table("expected ↓ decided →", *names, title=f"Decisions, {lang}, all sets")
        for want in names:
            table.add_row(want, *(str(counts.get((want.value, got.value), "")) for got in names))
        Console().print(table)
        _show_figures(lang, own)


def _show_figures(lang: str, sets: Mapping[str, tuple[Sequence[Item], Mapping[str, Judgement]]]) -> None:
    columns = ("decision", *_SLOTS, "missed_pushes", "false_pushes")
    table = Table("set", *(column.replace("_", " ") for column in columns), title=f"Figures, {lang}")
    for name, (items, found) in sets.items():
        own = Report()
        decisions(items, found, name, own)
        slots(items, found, name, own)
        own.figures[f"{name}.decision"] = own.figures[f"{name}.decision.{lang}"]
        cells = [_number(own.figures[f"{name}.{column}"]) for column in columns[:-2]]
        for column in columns[-2:]:
            ids = own.behind[f"{name}.{column}"]
            cells.append(f"{len(ids)} items" if name == "closed" else " ".join(ids))
        table.add_row(name, *cells)
    Console(width=150).print(table)


def digest() -> str:
    """Of all labelled articles: floors belong to the set they were measured on."""
    hashed = hashlib.sha256()
    for path in sorted(corpus.HERE.glob("*")):
        if path.name != FLOORS.name:
            hashed.update(path.read_bytes())
    return hashed.hexdigest()[:16]


# Counts of wrong things may not rise, all other figures may not fall.
_MAY_NOT_RISE = ("missed_pushes", "false_pushes", "changed_but_known", "in_furniture")


def failures(report: Report, floors: Mapping[str, float]) -> list[str]:
    """The figures that fell under their floor, in words."""
    found = []
    for name, floor in floors.items():
        if name.startswith(("documents.", "wording.")) and name not in report.figures:
            continue  # the documents are not at hand, the extra is not installed
        value = report.figures.get(name, 0.0)
        rises = name.endswith(_MAY_NOT_RISE)
        if (value > floor) if rises else (value < floor - 1e-9):
            found.append(f"{name} is {value:.3f}, its floor is {floor:.3f}")
    return found


def show(report: Report, floors: Mapping[str, float]) -> None:
    """The table of all figures with their floors."""
    table = Table("figure", "value", "floor", "items", title="Gate")
    for name, value in report.figures.items():
        behind = " ".join(report.behind.get(name, ()))
        if "closed" in name or "unseen" in name:
            behind = f"{len(report.behind.get(name, ()))} items" if behind else ""
        floor = floors.get(name)
        table.add_row(name, _number(value), "" if floor is None else _number(floor), behind)
    Console(width=150).print(table)


def _floor(value: float) -> float:
    """A little under what was reached: one article in a hundred is noise."""
    return value if value > 1 else max(0.0, round(value - _SLACK, 3))


def _raised(figures: Mapping[str, float], floors: Mapping[str, float]) -> dict[str, float]:
    """The floors after a pin: each as it was, or better."""
    raised = {}
    for name, value in figures.items():
        if name.endswith(_MAY_NOT_RISE):
            raised[name] = min(value, floors.get(name, value))
        else:
            raised[name] = max(_floor(value), floors.get(name, 0.0))
    return raised


def _number(value: float) -> str:
    return f"{value:.0f}" if float(value).is_integer() and value > 1 else f"{value:.3f}"


def run(write: Callable[[str], None] = print, pin: bool = False) -> int:
    """Measure, show, compare; exit code 1 when a figure fell under its floor."""
    report = measure()
    print(*report.lines, sep="\n")
    pinned = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {"floors": {}}
    if pin:
        pinned = {"corpus": digest(), "floors": _raised(report.figures, pinned["floors"])}
        FLOORS.write_text(json.dumps(pinned, indent=1) + "\n", encoding="utf-8")
    show(report, pinned["floors"])
    faults = failures(report, pinned["floors"])
    if pinned.get("corpus") != digest():
        faults.append("the labelled articles changed: look at the figures, then pin them with --pin")
    for fault in faults:
        write(f"gate: {fault}")
    write("gate: passed" if not faults else "gate: failed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(run(pin="--pin" in sys.argv[1:]))
