"""Every statistic against what an independent library recorded, and what they promise at the edges."""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nncore.study.statistics import (
    Interval,
    bootstrap,
    interquartile_mean,
    median_epochs,
    probability_above,
    wilson,
)

GOLDEN: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parents[2] / "golden" / "statistics.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("record", GOLDEN["wilson"], ids=lambda r: f"{r['successes']}of{r['count']}")
def test_the_interval_of_a_share_is_statsmodels(record: dict[str, Any]) -> None:
    found = wilson(record["successes"], record["count"], record["confidence"])
    assert found == pytest.approx(record["interval"], abs=1e-12)


def test_nothing_is_known_of_no_trials() -> None:
    assert wilson(0, 0) == Interval(0.0, 1.0)


def test_the_interval_of_a_share_holds_as_often_as_it_says() -> None:
    """Exactly, over all outcomes of 20 trials: on average over shares, 95 % (single shares stray by a few)."""
    held = []
    for share in np.linspace(0.02, 0.98, 97):
        chances = [math.comb(20, k) * share**k * (1 - share) ** (20 - k) for k in range(21)]
        intervals = [wilson(k, 20) for k in range(21)]
        held.append(sum(chance for chance, (low, high) in zip(chances, intervals, strict=True) if low <= share <= high))
    assert abs(np.mean(held) - 0.95) < 0.01
    assert min(held) > 0.83


@pytest.mark.parametrize("record", GOLDEN["interquartile_mean"], ids=lambda r: str(len(r["values"])))
def test_the_interquartile_mean_is_rliables(record: dict[str, Any]) -> None:
    assert interquartile_mean(record["values"]) == pytest.approx(record["mean"], abs=1e-12)


def test_there_is_no_mean_of_nothing() -> None:
    assert math.isnan(interquartile_mean([]))


@pytest.mark.parametrize("record", GOLDEN["bootstrap"], ids=lambda r: f"{len(r['strata'])}x{len(r['strata'][0])}")
def test_the_bootstrap_interval_is_rliables_but_for_the_draws(record: dict[str, Any]) -> None:
    """Each end strays by about 1 % of the width for 20,000 draws and as much for theirs: 6 % is far outside."""
    low, high = record["interval"]
    found = bootstrap(record["strata"], np.random.default_rng(3), resamples=20_000)
    assert found == pytest.approx((low, high), abs=0.06 * (high - low))


def test_the_bootstrap_draws_from_its_generator_alone() -> None:
    values = np.random.default_rng(0).random(20).tolist()
    first, again = (bootstrap([values], np.random.default_rng(7)) for _ in range(2))
    assert first == again
    assert first != bootstrap([values], np.random.default_rng(8))


def test_strata_keep_their_size_so_what_differs_between_them_is_no_luck() -> None:
    """One dataset always solved, one never: drawn from one heap, the mean would stray by tenths."""
    assert bootstrap([[1.0] * 10, [0.0] * 10], np.random.default_rng(0)) == Interval(0.5, 0.5)
    low, high = bootstrap([[1.0] * 10 + [0.0] * 10], np.random.default_rng(0))
    assert high - low > 0.5


def test_another_statistic_can_be_bootstrapped() -> None:
    low, high = bootstrap([[1.0, 2.0, 9.0]], np.random.default_rng(0), lambda drawn: drawn.max(axis=-1))
    assert (low, high) == (1.0, 9.0)


def test_a_bootstrap_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no results"):
        bootstrap([[], []], np.random.default_rng(0))


@pytest.mark.parametrize("record", GOLDEN["probability_above"], ids=lambda r: f"{len(r['a'])}x{len(r['b'])}")
def test_the_probability_of_being_above_is_that_of_scipys_u(record: dict[str, Any]) -> None:
    a, b = record["a"], record["b"]
    assert probability_above(a, b) == pytest.approx(record["probability"], abs=1e-12)
    assert probability_above(b, a) == pytest.approx(1 - record["probability"], abs=1e-12)


def test_equal_runs_are_even_and_none_are_nothing() -> None:
    assert probability_above([0.5, 0.7], [0.5, 0.7]) == 0.5
    assert math.isnan(probability_above([], [0.5]))


@pytest.mark.parametrize("record", GOLDEN["median_epochs"], ids=lambda r: str(len(r["epochs"])))
def test_the_median_of_censored_epochs_is_lifelines(record: dict[str, Any]) -> None:
    assert median_epochs(record["epochs"], record["solved"]) == record["median"]


@pytest.mark.parametrize(("solved", "median"), [(10, 10.0), (9, None), (20, 10.0), (0, None)])
def test_of_runs_watched_equally_far_it_is_when_half_had_solved(solved: int, median: float | None) -> None:
    epochs = [*range(1, solved + 1), *[200] * (20 - solved)]
    assert median_epochs(epochs, [epoch < 200 for epoch in epochs]) == median


def test_there_is_no_median_of_nothing() -> None:
    assert median_epochs([], []) is None
