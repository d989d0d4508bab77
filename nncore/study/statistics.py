"""What a few runs say about all that could have been: shares, means and medians with their intervals.

Every function is pure; those that draw take their generator. The same numbers from independent libraries are recorded
in tests/golden/statistics.json.
"""

import math
from collections.abc import Callable, Sequence
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from nncore.tape import Array

CONFIDENCE = 0.95
"""Of every interval, unless another is asked for."""

RESAMPLES = 2000
"""Times that a bootstrap draws: the ends of its interval then stray by about a twentieth of its width."""

TOGETHER = 500
"""Resamples that are worked on at once, so that memory stays small."""

Strata = Sequence[Sequence[float]]
"""Results by what they are of (a dataset, say): within each, runs are alike but for their seed."""


class Interval(NamedTuple):
    """From `low` to `high`."""

    low: float
    high: float


def wilson(successes: int, count: int, confidence: float = CONFIDENCE) -> Interval:
    """The interval of a share of which `successes` in `count` trials are known (Wilson 1927), within 0 to 1.

    It holds for few trials, and at none or all of them, where the usual p ± z √(p (1 - p) / n) has no width. Of no
    trials nothing is known: 0 to 1.
    """
    assert 0 <= successes <= count, "more successes than trials"
    if count == 0:
        return Interval(0.0, 1.0)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, spread = successes / count, z * z / count
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * math.sqrt(share * (1 - share) / count + spread / (4 * count))
    # At either end the formula gives 0 or 1 but for rounding.
    return Interval(0.0 if successes == 0 else middle - half, 1.0 if successes == count else middle + half)


def interquartile_mean(values: Sequence[float] | Array) -> float:
    """The mean of the middle half: the lowest and the highest quarter are left out, ⌊n/4⌋ on each side.

    Less moved by luck than the mean, and less blind than the median (Agarwal et al. 2021). NaN of no values.
    """
    return float(_interquartile_means(np.asarray(values, np.float64)))


def bootstrap(
    strata: Strata,
    rng: np.random.Generator,
    statistic: Callable[[Array], Array] | None = None,
    *,
    resamples: int = RESAMPLES,
    confidence: float = CONFIDENCE,
) -> Interval:
    """The interval of the interquartile mean of all results, by drawing runs anew within each of the `strata`.

    The stratified percentile bootstrap of Agarwal et al. 2021: in each resample every stratum keeps its size, so that
    what differs between strata is not taken for luck. Another `statistic` maps (resamples, n) to (resamples,). Where
    all results of each stratum are equal the interval has no width: that says the sample did not vary, not that nothing
    could. Raises ValueError where there are no results.
    """
    known = [np.asarray(values, np.float64) for values in strata if len(values)]
    if not known:
        raise ValueError("there are no results to draw from")
    statistic = statistic or _interquartile_means
    found = []
    for start in range(0, resamples, TOGETHER):
        count = min(TOGETHER, resamples - start)
        drawn = [values[rng.integers(len(values), size=(count, len(values)))] for values in known]
        found.append(statistic(np.concatenate(drawn, axis=1)))
    tail = (1 - confidence) / 2
    low, high = np.quantile(np.concatenate(found), (tail, 1 - tail))
    return Interval(float(low), float(high))


def probability_above(a: Sequence[float], b: Sequence[float]) -> float:
    """How likely a run of `a` is above one of `b`: the share of all pairs in which it is, ties as a half.

    The U of Mann and Whitney over the number of pairs; 0.5 where neither is ahead. NaN if either has no runs.
    """
    if not len(a) or not len(b):
        return math.nan
    difference = np.sign(np.subtract.outer(np.asarray(a, np.float64), np.asarray(b, np.float64)))
    return float((difference.mean() + 1) / 2)


def median_epochs(epochs: Sequence[float], solved: Sequence[bool]) -> float | None:
    """The median number of epochs to solve, where some runs have not: None where it is not reached.

    `epochs` is when a run solved, or, of one that did not, how far it was watched (it is censored there). The median of
    Kaplan and Meier 1958: the first epoch by whose end, as they estimate it, no more than half are left unsolved. Where
    all were watched equally far, that is the epoch at which half of all runs, ⌈n/2⌉, had solved. A run that diverged
    never will: give it as one that was watched to the end.
    """
    times, events = np.asarray(epochs, np.float64), np.asarray(solved, bool)
    assert times.shape == events.shape, "one epoch for each run"
    left = 1.0
    for time in np.unique(times[events]):
        at_risk, ended = np.count_nonzero(times >= time), np.count_nonzero(events & (times == time))
        left *= 1 - ended / at_risk
        # A product of shares may miss a half by its rounding.
        if left <= 0.5 + 1e-12:
            return float(time)
    return None


def _interquartile_means(values: Array) -> Array:
    """Along the last axis."""
    count = values.shape[-1]
    if not count:
        return np.full(values.shape[:-1], np.nan)
    cut = count // 4
    means: Array = np.sort(values, axis=-1)[..., cut : count - cut].mean(axis=-1)
    return means
