"""Schedules: factors from 0 to 1, as their formulas say and as PyTorch has them."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from nncore.schedules import SCHEDULES, Schedule
from tests.nncore.variants import every_variant

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "schedules.json").read_text(encoding="utf-8"))["records"]


@pytest.mark.parametrize("schedule", every_variant(SCHEDULES), ids=str)
def test_factors_start_at_one_and_never_rise(schedule: Schedule) -> None:
    factors = [schedule.factor(epoch) for epoch in [*range(1200), 10**6, 10**9]]
    assert factors[0] == 1
    assert all(0 <= later <= earlier for earlier, later in pairwise(factors))


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: golden["name"])
def test_factors_are_those_that_pytorch_gave(golden: dict[str, Any]) -> None:
    schedule = SCHEDULES.build(golden["name"], golden["knobs"])
    assert [schedule.factor(epoch) for epoch in range(len(golden["factors"]))] == pytest.approx(
        golden["factors"], rel=1e-12, abs=1e-15
    )


def test_constant_stays() -> None:
    assert SCHEDULES.build("constant").factor(10_000) == 1


def test_steps_multiply_every_so_many_epochs() -> None:
    schedule = SCHEDULES.build("step", {"epochs": 10, "gamma": 0.1})
    assert [schedule.factor(epoch) for epoch in (0, 9, 10, 19, 20)] == pytest.approx([1, 1, 0.1, 0.1, 0.01])


def test_cosine_glides_to_its_floor_and_stays() -> None:
    schedule = SCHEDULES.build("cosine", {"epochs": 100, "floor": 0.2})
    assert schedule.factor(50) == pytest.approx(0.6)
    assert schedule.factor(25) == pytest.approx(0.2 + 0.8 * (1 + 0.5**0.5) / 2)
    assert schedule.factor(100) == schedule.factor(5000) == pytest.approx(0.2)
