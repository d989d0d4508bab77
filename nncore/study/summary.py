"""What the runs of each combination say together: how many solved it, how well, how soon, and which are not beaten.

Not here: the statistics themselves (`statistics`), nor how they are drawn (`app.reports`).
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np

from nncore.study.rows import Row
from nncore.study.statistics import Interval, bootstrap, interquartile_mean, median_epochs, wilson

SCORES = ("test_accuracy", "train_accuracy", "test_loss", "train_loss")
"""What a combination is judged by: the first that its runs have."""

BOOTSTRAP_SEED = 0


@dataclass(frozen=True)
class Summary:
    """One combination. `score` is an interquartile mean of `scored_by`; `best` is its best run."""

    values: tuple[tuple[str, Any], ...]
    parameters: int
    multiply_adds: int | None
    runs: int
    solved: int
    solved_share: Interval
    scored_by: str
    score: float
    score_interval: Interval
    median_epochs: float | None
    diverged: int
    failed: int
    best: Row

    @property
    def merit(self) -> float:
        """The score so that more is better."""
        return -self.score if self.scored_by.endswith("loss") else self.score


def summaries(rows: Iterable[Row], paths: Sequence[str], epochs: int) -> Iterator[Summary]:
    """A summary for each combination, in the order of the rows, of which those of one combination follow each other."""

    def combination(row: Row) -> tuple[str, ...]:
        return tuple(repr(row[path]) for path in paths)

    for _, runs in groupby(rows, combination):
        yield _summary(list(runs), paths, epochs)


def pareto(found: Sequence[Summary]) -> list[Summary]:
    """Those that no other beats: none is as small and better, none smaller and as good. From small to large."""
    front: list[Summary] = []
    ordered = sorted((one for one in found if math.isfinite(one.score)), key=lambda one: (one.parameters, -one.merit))
    for one in ordered:
        if not front or one.merit > front[-1].merit:
            front.append(one)
    return front


def _parameters(runs: Sequence[Row]) -> int:
    """Equal for all runs of networks; of forests the middle one's, 0 where none has grown."""
    known = [row["parameters"] for row in runs if row["parameters"] is not None]
    return int(np.median(known)) if known else 0


def _summary(runs: list[Row], paths: Sequence[str], epochs: int) -> Summary:
    trained = [row for row in runs if row["error"] is None]
    solved = [row["solved"] is True for row in trained]
    # One that diverged will never solve it, so it was watched to the end.
    whens = [
        row["solved_epoch"] if ended else epochs if row["diverged"] else row["epoch"]
        for row, ended in zip(trained, solved, strict=True)
    ]
    scored_by = next((name for name in SCORES if any(row[name] is not None for row in trained)), SCORES[0])
    scores = [row[scored_by] for row in trained if row[scored_by] is not None]
    interval = Interval(math.nan, math.nan)
    if scores:
        interval = bootstrap([scores], np.random.default_rng(BOOTSTRAP_SEED))
    sign = -1 if scored_by.endswith("loss") else 1
    return Summary(
        tuple((path, runs[0][path]) for path in paths),
        _parameters(runs),
        runs[0]["multiply_adds"],
        len(runs),
        sum(solved),
        wilson(sum(solved), len(trained)),
        scored_by,
        interquartile_mean(scores),
        interval,
        median_epochs(whens, solved) if trained else None,
        sum(row["diverged"] is True for row in trained),
        len(runs) - len(trained),
        max(runs, key=lambda row: -math.inf if row[scored_by] is None else sign * row[scored_by]),
    )
