"""Patterns of units that are on or off, as rows of +1 and -1: random ones, damaged ones, and how alike two are.

Not here: who remembers them (`hopfield`, `boltzmann`), how a link writes them (`app.links.memory_link`).
"""

from typing import Literal

import numpy as np

from nncore.tape import Array

Part = Literal["none", "bottom", "right"]
"""Which half of a square pattern is erased."""

PARTS: tuple[Part, ...] = ("none", "bottom", "right")


def random_patterns(count: int, units: int, rng: np.random.Generator) -> Array:
    """(count, units), each unit on or off with equal chance, independently of all others."""
    return np.where(rng.random((count, units)) < 0.5, -1.0, 1.0)


def flipped(pattern: Array, share: float, rng: np.random.Generator) -> Array:
    """A copy in which a `share` of the units, 0 to 1, rounded to whole ones, are the other way round."""
    damaged = pattern.copy()
    hit = rng.permutation(pattern.size)[: round(share * pattern.size)]
    damaged[hit] = -damaged[hit]
    return damaged


def erased(pattern: Array, part: Part) -> Array:
    """A copy of a square pattern, row by row, in which one half is off: of an odd side, the smaller half."""
    damaged = pattern.copy()
    side = round(pattern.size**0.5)
    square = damaged.reshape(side, side)
    if part == "bottom":
        square[side - side // 2 :] = -1.0
    elif part == "right":
        square[:, side - side // 2 :] = -1.0
    return damaged


def overlaps(patterns: Array, state: Array) -> Array:
    """m = X s / N, (patterns,): 1 where `state` is that pattern, -1 where it is its negative, about 0 where neither."""
    found: Array = patterns @ state / state.shape[-1]
    return found
