"""What the runs of a combination say together, and which combinations no other beats."""

import math
from typing import Any

import pytest

from nncore.study.statistics import wilson
from nncore.study.summary import Summary, pareto, summaries


def row(**facts: Any) -> dict[str, Any]:
    given = {"solved": False, "solved_epoch": None, "epoch": 10, "diverged": False, "error": None, "parameters": 9}
    losses = {"test_accuracy": 0.5, "train_accuracy": 0.6, "test_loss": 1.0, "train_loss": 0.9, "multiply_adds": 8}
    return {"units": 1, **given, **losses, **facts}


def summed(*rows: dict[str, Any]) -> list[Summary]:
    return list(summaries(rows, ["units"], 10))


def test_runs_are_counted_by_combination() -> None:
    one, two = summed(
        row(solved=True, solved_epoch=4, test_accuracy=0.99),
        row(solved=True, solved_epoch=6, test_accuracy=0.97),
        row(diverged=True, epoch=2),
        row(error="gone", solved=None, test_accuracy=None, epoch=None, diverged=None),
        row(units=2, test_accuracy=None, train_accuracy=None),
    )
    assert (one.runs, one.solved, one.diverged, one.failed) == (4, 2, 1, 1)
    assert one.solved_share == wilson(2, 3)
    assert one.median_epochs == 6
    assert one.best["test_accuracy"] == 0.99
    assert one.score_interval.low <= one.score <= one.score_interval.high
    assert (two.scored_by, two.score, two.merit, two.values) == ("test_loss", 1.0, -1.0, (("units", 2),))


def test_where_all_failed_nothing_is_claimed() -> None:
    nothing = dict.fromkeys(("test_accuracy", "train_accuracy", "test_loss", "train_loss", "epoch", "diverged"))
    (one,) = summed(row(error="gone", solved=None, **nothing))
    assert math.isnan(one.score)
    assert one.median_epochs is None
    assert (one.solved, one.solved_share) == (0, wilson(0, 0))
    assert pareto([one]) == []


@pytest.mark.parametrize(
    ("points", "front"),
    [
        ([(10, 0.5), (20, 0.9), (15, 0.4), (20, 0.8), (30, 0.9), (40, 0.95)], [(10, 0.5), (20, 0.9), (40, 0.95)]),
        ([(10, 0.9), (20, 0.9)], [(10, 0.9)]),
    ],
)
def test_the_front_is_what_no_other_beats(points: list[tuple[int, float]], front: list[tuple[int, float]]) -> None:
    found = [
        summed(row(units=place, parameters=size, test_accuracy=score))[0] for place, (size, score) in enumerate(points)
    ]
    assert [(one.parameters, one.score) for one in pareto(found)] == front
