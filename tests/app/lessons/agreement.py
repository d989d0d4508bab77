"""Whether what a lab tells is what is measured now: the same seeds, perhaps on another machine.

Processors round the last digit of a sum apart. Where a run is chaotic that sends it another way, so that what it gets
right is drawn anew; two machines then agree no better than two draws from one distribution do, and no less.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from nncore.study.repeats import BAR

EXACT = ("seeds", "epochs", "parameters", "multiply_adds", "patterns", "units")
"""Figures that follow from the experiment alone, without any sum that rounds."""

FURTHEST = 4.0
"""Standard errors that two figures may be apart: so many are compared that chance alone passes three of them."""

FLOOR = 0.004
"""Of a share: one point of 250, which may change sides anywhere."""


def differences(told: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """What a claim's figures as they are told and as they are measured cannot both be, each in one sentence.

    Both are as `app.lessons.claims.to_json` has them.
    """
    here, there = told["said"], now["said"]
    for figure in EXACT:
        if here.get(figure) != there.get(figure):
            yield f"{figure} is told as {here.get(figure)}, and is {there.get(figure)}"
    if len(told["runs"]) != len(now["runs"]):
        yield f"{len(told['runs'])} runs are told, and there are {len(now['runs'])}"
        return
    if int(here["solved"]) != sum(share >= BAR for share in told["runs"]):
        yield f"solved is told as {here['solved']}, which is not what the told runs say"
    for figure in ("solved", "diverged"):
        if figure in there and not counts_agree(int(here[figure]), int(there[figure]), len(now["runs"])):
            yield f"{figure} is told as {here[figure]}, and is {there[figure]}"
    if not shares_agree(told["runs"], now["runs"]):
        means = (f"{np.mean(runs):.3f}" for runs in (told["runs"], now["runs"]))
        yield "runs are told to get {} right in the mean, and get {}".format(*means)


def counts_agree(one: int, other: int, runs: int) -> bool:
    """Whether two counts out of `runs` may come from one common share."""
    # Half a run more on either side, so that none of twenty does not pass for never.
    share = (one + other + 1) / (2 * runs + 2)
    return abs(one - other) <= FURTHEST * math.sqrt(2 * runs * share * (1 - share))


def shares_agree(one: Sequence[float], other: Sequence[float]) -> bool:
    """Whether the shares that runs got right, seed by seed, differ on the whole no more than by chance.

    Runs that go the same way on both machines cancel out. So a change of the experiment that moves every run a little
    is told from chance, which moves some runs far, one up and the other down.
    """
    apart = np.subtract(one, other)
    error = apart.std(ddof=1) / math.sqrt(len(apart))
    return bool(abs(apart.mean()) <= FURTHEST * error + FLOOR)
