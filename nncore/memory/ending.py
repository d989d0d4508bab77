"""Where a recall has ended, by name: a stored pattern, the negative of one, a mixture of several, or nowhere known.

Not here: how it came there (`recall`).
"""

from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np

from nncore.memory.patterns import overlaps
from nncore.tape import Array

ALIKE = 0.9
"""From this overlap on a state counts as what it is compared with: it differs in at most one unit of twenty."""

MOST_COMPARED = 6
"""Patterns among which a mixture is looked for: those that the state is most like."""


@dataclass(frozen=True, slots=True)
class Ending:
    """`of`: the patterns' places from 0, as many as it takes; `wrong`: the units in which the state differs."""

    kind: Literal["pattern", "negative", "mixture", "elsewhere"]
    of: tuple[int, ...]
    wrong: int
    overlap: float
    """With what it is called after; of what is known nowhere, the largest with any pattern."""


def ending(patterns: Array, state: Array) -> Ending:
    """What `state` (N,) is, among these patterns (P, N)."""
    if len(patterns) == 0:
        return Ending("elsewhere", (), 0, 0.0)
    alike = overlaps(patterns, state)
    best = int(np.abs(alike).argmax())
    if alike[best] >= ALIKE or alike[best] <= -ALIKE:
        sign = 1 if alike[best] > 0 else -1
        kind: Literal["pattern", "negative"] = "pattern" if sign > 0 else "negative"
        return Ending(kind, (best,), _wrong(sign * patterns[best], state), float(sign * alike[best]))
    return _mixture(patterns, state, alike) or Ending("elsewhere", (best,), 0, float(alike[best]))


def _mixture(patterns: Array, state: Array, alike: Array) -> Ending | None:
    """The sign of the sum of three or five patterns or their negatives that is most like `state`, if any is alike."""
    near = np.argsort(-np.abs(alike), kind="stable")[:MOST_COMPARED]
    found: Ending | None = None
    for count in (3, 5):
        for places in combinations(sorted(int(place) for place in near), count):
            signs = np.sign(alike[list(places)])
            if not signs.all():
                continue
            mixed = np.sign(signs @ patterns[list(places)])
            overlap = float(mixed @ state) / state.size
            if overlap >= ALIKE and (found is None or overlap > found.overlap):
                found = Ending("mixture", places, _wrong(mixed, state), overlap)
    return found


def _wrong(pattern: Array, state: Array) -> int:
    return int((np.sign(state) != pattern).sum())
