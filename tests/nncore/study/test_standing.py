"""What runs say together, from outcomes that are made up and counted by hand."""

import math

import numpy as np
import pytest

from nncore.config import Config, Seeds
from nncore.divergence import Divergence
from nncore.study.repeats import Outcome
from nncore.study.standing import Standing, beats, standing


def outcome(seed: int, accuracy: float, solved: int | None = None, *, fell: bool = False) -> Outcome:
    diverged = Divergence(2, 5, 0, 1) if fell else None
    return Outcome(Seeds(0, seed), 10, solved, 0.5, 0.6, accuracy, accuracy, diverged, np.zeros(1))


def of(*accuracies: float, name: str = "a") -> Standing:
    return standing(name, Config(), [outcome(*one) for one in enumerate(accuracies)], 10)


def test_it_counts_who_solved_it_and_who_fell() -> None:
    found = standing("a", Config(), [outcome(0, 1.0, 3), outcome(1, 0.5), outcome(2, 0.5, fell=True)], 10)
    assert (found.solved, found.diverged) == (1, 1)
    assert found.to_json()["solved"]["of"] == 3


def test_the_score_is_the_mean_of_the_middle_half() -> None:
    assert of(0.1, 0.5, 0.7, 0.9).score == pytest.approx(0.6)


def test_the_median_is_not_reached_where_most_never_solve_it() -> None:
    assert standing("a", Config(), [outcome(0, 1.0, 3), outcome(1, 0.5), outcome(2, 0.5)], 10).median_epochs is None
    assert standing("a", Config(), [outcome(0, 1.0, 3), outcome(1, 1.0, 4), outcome(2, 0.5)], 10).median_epochs == 4


def test_of_two_it_tells_how_often_one_beats_the_other() -> None:
    # Of the four pairs, one wins, one is a tie, two lose.
    assert beats([of(0.5, 0.9), of(0.7, 0.9, name="b")]) == pytest.approx((1 + 0.5) / 4)
    assert beats([of(0.5)]) is None
    assert beats([of(0.5), of()]) is None


def test_of_no_runs_there_is_nothing_to_tell() -> None:
    empty = of()
    assert math.isnan(empty.score)
    assert empty.to_json()["test_accuracy"] == {"interquartile_mean": None, "low": None, "high": None}
