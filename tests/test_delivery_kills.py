"""Senders are killed, at random and at fail points: nothing is lost, no repeat is silent (short form)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.soak_delivery import SHARE, trial

KILLS = ("random", "12", "7")  # `make soak-delivery` kills 500
POINTS = ("points", "11")  # every eleventh, there every one


@pytest.mark.parametrize(("how", "share"), [(KILLS, 2 * SHARE), (POINTS, SHARE)])
def test_killed_senders_lose_nothing_and_say_of_every_repeat_that_it_may_be_one(
    tmp_path: Path, how: tuple[str, ...], share: float
) -> None:
    report = trial(tmp_path, *how, share=share)
    assert report.fine, report
    assert report.owed > 30
    assert report.marked > 0 or how == KILLS
