"""How one experiment stands after its runs over many seeds: what they say together, and who is better.

Pure. Not here: the runs (`repeats`), what each figure means (`statistics`), where it is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from nncore.config import Config
from nncore.size import size_of
from nncore.study.repeats import Outcome
from nncore.study.statistics import Interval, bootstrap, interquartile_mean, median_epochs, probability_above, wilson

BOOTSTRAP_SEED = 0
"""Of the draws behind an interval: the same outcomes have the same one."""


@dataclass(frozen=True)
class Standing:
    """What the runs of one lane say together. `score` is test accuracy, or test loss where there are no classes."""

    name: str
    config: Config
    outcomes: tuple[Outcome, ...]
    solved: int
    solved_share: Interval
    score: float
    score_interval: Interval
    median_epochs: float | None
    diverged: int

    @property
    def scored_by(self) -> str:
        """What `score` is of."""
        return "test_loss" if self.config.dataset.task == "regression" else "test_accuracy"

    @property
    def scores(self) -> list[float]:
        """Of each run."""
        return [float(getattr(outcome, self.scored_by)) for outcome in self.outcomes]

    @property
    def parameters(self) -> int:
        """Those of its network; of a forest the nodes of its trees, the middle one's of its runs."""
        nodes = [outcome.nodes for outcome in self.outcomes if outcome.nodes is not None]
        return int(np.median(nodes)) if nodes else size_of(self.config).parameters

    def to_json(self) -> dict[str, Any]:
        """Its figures as plain data: null for what is not finite, or not known."""
        cost = None if self.config.forest is not None else size_of(self.config).cost.to_json()
        return {
            "lane": self.name,
            "parameters": self.parameters,
            "cost": cost,
            "solved": {"count": self.solved, "of": len(self.outcomes), **self.solved_share._asdict()},
            self.scored_by: {
                "interquartile_mean": finite(self.score),
                "low": finite(self.score_interval.low),
                "high": finite(self.score_interval.high),
            },
            "median_epochs": self.median_epochs,
            "diverged": self.diverged,
        }


def standing(name: str, config: Config, outcomes: Sequence[Outcome], epochs: int) -> Standing:
    """How the lane `name` stands, whose runs were to train for so many `epochs`."""
    solved = [outcome.solved_epoch is not None for outcome in outcomes]
    # One that diverged will never solve it, so it was watched to the end.
    watched = [epochs if outcome.diverged is not None else outcome.epoch for outcome in outcomes]
    whens = [
        until if outcome.solved_epoch is None else outcome.solved_epoch
        for outcome, until in zip(outcomes, watched, strict=True)
    ]
    found = Standing(
        name,
        config,
        tuple(outcomes),
        sum(solved),
        wilson(sum(solved), len(solved)),
        0.0,
        Interval(0.0, 0.0),
        median_epochs(whens, solved),
        sum(outcome.diverged is not None for outcome in outcomes),
    )
    scores = [score for score in found.scores if np.isfinite(score)]
    if not scores:
        return replace(found, score=float("nan"), score_interval=Interval(float("nan"), float("nan")))
    rng = np.random.default_rng(BOOTSTRAP_SEED)
    return replace(found, score=interquartile_mean(scores), score_interval=bootstrap([scores], rng))


def beats(standings: Sequence[Standing]) -> float | None:
    """How likely a run of the first of two lanes is better than one of the second; None where that means nothing."""
    if len(standings) != 2 or standings[0].scored_by != standings[1].scored_by:
        return None
    a, b = (one.scores for one in standings)
    if not a or not b:
        return None
    return probability_above(a, b) if standings[0].scored_by == "test_accuracy" else probability_above(b, a)


def finite(value: float) -> float | None:
    """`value` as JSON knows numbers: null for what is not finite."""
    return float(value) if np.isfinite(value) else None
