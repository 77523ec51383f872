"""One measurement of the judge in its own process: `python -m tests.bench_judge speed|cold|worded COUNT`.

Prints one line of JSON. The path is that of the service after a page was read: language, judgement
against the stories in the store, keeping; the store is in memory.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from dataclasses import replace

from baseline.language import detect
from djeli.app import wiring
from djeli.app.judging import Judging, judged
from djeli.core.model import Article, Decision
from djeli.core.ports import Kept
from storage.store import SqlStore, open_store
from tests.bench_articles import LANGUAGES, Invented, article


def main() -> None:
    kind, count = sys.argv[1], int(sys.argv[2])
    store = open_store("sqlite://")
    house = wiring.open_house(None)
    house = wiring.furnish(replace(house.config, wording=kind == "worded"), house.knowledge)
    try:
        decide(article(0, "fr"), house.judge, store)
        figures = cold() if kind == "cold" else speed(house.judge, store, count)
        print(json.dumps(figures))
    finally:
        store.close()


def cold() -> dict[str, float]:
    """The first article is judged: the parent watches the clock, this process knows its memory."""
    return {"memory": peak_memory()}


def speed(judge: Judging, store: SqlStore, count: int) -> dict[str, float]:
    """Articles per second of CPU, over all and in each language, and how they were decided."""
    spent = dict.fromkeys(LANGUAGES, 0.0)
    told = 0
    for number in range(1, count + 1):
        for lang in LANGUAGES:
            invented = article(number, lang)
            start = time.process_time()
            told += decide(invented, judge, store) is not Decision.IGNORE
            spent[lang] += time.process_time() - start
    figures = {lang: count / seconds for lang, seconds in spent.items()}
    every = count * len(LANGUAGES)
    return {"all": every / sum(spent.values()), **figures, "told": told / every, "memory": peak_memory()}


def decide(invented: Invented, judge: Judging, store: SqlStore) -> Decision:
    """Judge one article and keep it."""
    text, at = invented.text, invented.published
    lang = detect(invented.title, text, invented.lang)
    name = f"{invented.lang}-{invented.number}"
    read = Article(
        name, f"https://press.example/{name}", invented.title, text, lang, "invented", at, at, dated=True
    )
    judgement = judged(read, judge, store, at)
    store.keep(Kept(judgement), at)
    return judgement.decision


def peak_memory() -> float:
    """The most memory this process ever held, in MB (kilobytes on Linux, bytes on macOS)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1e3


if __name__ == "__main__":
    main()
