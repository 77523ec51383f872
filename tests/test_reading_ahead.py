"""Articles read ahead in other processes come back in order; a process that dies costs only time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from djeli.app import wiring
from djeli.app.config import Config
from djeli.app.reading_ahead import WORTH_IT, read_ahead
from djeli.core.model import Decision, Judgement, Reading
from djeli.core.ports import Past
from tests.why_parts import composed

NOW = datetime(2027, 2, 9, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def config() -> Config:
    return replace(wiring.open_house(None).config, wording=False)


def pasts(count: int) -> list[Past]:
    found = []
    for number, given in enumerate(composed(count)):
        reading = Reading(given.article, (), frozenset())
        judgement = Judgement(given.article, Decision.IGNORE, (), (), "", reading)
        found.append(Past(number, NOW + timedelta(minutes=number), judgement))
    return found


def test_readings_come_back_in_order_and_are_those_of_the_judge(config: Config) -> None:
    given = pasts(130)
    read = list(read_ahead(given, config, WORTH_IT, cores=2))
    assert [past for past, _ in read] == given
    judge = wiring.judge_of(config, wiring.load_knowledge())
    assert all(reading == judge.read(past.judgement.article) for past, reading in read)


def test_few_articles_and_one_core_are_read_here(config: Config) -> None:
    given = pasts(3)
    for count, cores in ((WORTH_IT - 1, 2), (WORTH_IT, 1)):
        assert list(read_ahead(given, config, count, cores)) == [(past, None) for past in given]


def test_a_process_that_cannot_be_made_leaves_the_reading_to_the_caller(config: Config) -> None:
    given = pasts(50)
    broken = replace(config, zone=Unpicklable())
    read = list(read_ahead(given, broken, WORTH_IT, cores=2))
    assert [past for past, _ in read] == given
    assert all(reading is None for _, reading in read)


class Unpicklable:
    """Cannot be sent to another process, or not be taken out there."""

    def __reduce__(self) -> tuple[object, ...]:
        return (_fail, ())


def _fail() -> None:
    raise OSError("no such thing here")
