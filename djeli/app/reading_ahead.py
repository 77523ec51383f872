"""Articles read ahead in processes of their own: reading hangs on nothing that was judged before.

Half of the time of a judgement goes into reading. What is compared and kept must go in order, what is read
need not: the readings come back in the order of the articles.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice

from djeli.app.config import Config
from djeli.app.judging import Judging
from djeli.core.model import Article, Reading
from djeli.core.ports import Past

log = logging.getLogger("djeli.reading_ahead")

WORTH_IT = 600  # articles from which on a process is started: its judge takes a second and 100 MB
_PORTION = 20  # articles at once
_AHEAD = 6  # portions on their way: so many articles are held in memory, and no more
_MOST = 3  # processes; one side judges as fast as one or two of them read

_judge: Judging | None = None  # of a reading process

Portion = list[Past]


def read_ahead(
    steps: Iterable[Past], config: Config, count: int, cores: int | None = None
) -> Iterator[tuple[Past, Reading | None]]:
    """Each of so many articles with what was read in it, in order; None where nobody could read it.

    Processes that cannot be had or die are done without: the caller reads what comes without a reading.
    One of the cores (those of the machine) is left to the caller.
    """
    processes = min((cores or os.cpu_count() or 1) - 1, _MOST)
    if count < WORTH_IT or processes < 1:
        for past in steps:
            yield past, None
        return
    spawn = multiprocessing.get_context("spawn")  # a copy of this process would hold its threads' locks
    pool = ProcessPoolExecutor(processes, spawn, _begin, (config,))
    try:
        yield from _through(pool, iter(steps))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _through(pool: Executor, steps: Iterator[Past]) -> Iterator[tuple[Past, Reading | None]]:
    waiting: deque[tuple[Portion, Future[list[Reading | None]] | None]] = deque()
    while portion := list(islice(steps, _PORTION)):
        waiting.append((portion, _sent(pool, portion)))
        if len(waiting) >= _AHEAD:
            yield from _come(*waiting.popleft())
    while waiting:
        yield from _come(*waiting.popleft())


def _sent(pool: Executor, portion: Portion) -> Future[list[Reading | None]] | None:
    try:
        return pool.submit(_read, [past.judgement.article for past in portion])
    except (BrokenProcessPool, OSError, RuntimeError):
        return None


def _come(
    portion: Portion, future: Future[list[Reading | None]] | None
) -> Iterator[tuple[Past, Reading | None]]:
    readings: list[Reading | None] = [None] * len(portion)
    try:
        readings = future.result() if future else readings
    except (BrokenProcessPool, OSError) as error:
        log.warning("a reading process is gone (%s); its articles are read here", type(error).__name__)
    yield from zip(portion, readings, strict=True)


# ---------------------------------------------------------------------------- in the process


def _begin(config: Config) -> None:
    """Make the judge; it reads by the names and rules alone, whatever facts and watches there are."""
    from djeli.app import wiring

    global _judge
    _judge = wiring.judge_of(config, wiring.load_knowledge())


def _read(articles: list[Article]) -> list[Reading | None]:
    return [_reading(article) for article in articles]


def _reading(article: Article) -> Reading | None:
    try:
        return _judge.read(article) if _judge else None
    except Exception:  # the caller will stumble over it, too, and say so
        return None
