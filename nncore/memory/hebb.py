"""Linear units that learn from what they are shown, without a target: Hebb's rule, Oja's and Sanger's.

y = W x, one row of W (K, 2) a unit; η is the rate.

    hebb    ΔW = η y xᵀ                         what fires together wires together (Hebb 1949): runs away
    oja     ΔW = η y (x - y w)ᵀ                 the same, kept to length 1: the first principal axis (Oja 1982)
    sanger  Δw_k = η y_k (x - Σ_{j ≤ k} y_j w_j)  each unit learns what those before it leave (Sanger 1989)

Which point comes when follows from the seed and the step alone. Not here: the points (`cloud`).
"""

import numpy as np

from nncore.errors import UnknownName
from nncore.tape import Array

RULES = ("hebb", "oja", "sanger")

FAR = 1e6
"""A length at which Hebb's rule has run away for good."""

FIRST = 0.3
"""The length of each unit's first weights, whose direction is left to chance."""


def update(w: Array, x: Array, rule: str, rate: float) -> Array:
    """The weights (..., K, 2) after one point x (..., 2) each; axes in front of these are replicas."""
    x = x[..., None, :]
    y = (w * x).sum(axis=-1, keepdims=True)
    if rule == "hebb":
        left = x
    elif rule == "oja":
        left = x - y * w
    elif rule == "sanger":
        left = x - np.cumsum(y * w, axis=-2)
    else:
        raise UnknownName.of("rule", rule, RULES, "rule")
    found: Array = w + rate * y * left
    return found


def principal_axes(x: Array) -> tuple[Array, Array]:
    """Of points (n, 2), whose mean is 0: the axes of most to least variance as rows, and the variance along each."""
    variances, axes = np.linalg.eigh(x.T @ x / len(x))
    return axes.T[::-1].copy(), variances[::-1].copy()


def angle(w: Array, axis: Array) -> float:
    """Degrees between two directions that may point either way, 0 to 90."""
    length = float(np.linalg.norm(w) * np.linalg.norm(axis))
    cosine = abs(float(w @ axis)) / length if length > 0 else 0.0
    return float(np.degrees(np.arccos(min(1.0, cosine))))


class Hebbian:
    """`units` units that are shown the points `x` (n, 2) one after the other."""

    def __init__(self, x: Array, rule: str, rate: float, units: int, seed: int) -> None:
        self.x, self.rule, self.rate, self.seed = x, rule, rate, seed
        rng = np.random.default_rng([seed, 1])
        first = rng.standard_normal((units, 2))
        self.first = FIRST * first / np.linalg.norm(first, axis=1, keepdims=True)
        self.reset()

    def reset(self) -> None:
        """Before the first point."""
        self.w = self.first.copy()
        self.continue_at(0, 0)

    def continue_at(self, epoch: int, offset: int) -> None:
        """The weights are those of this moment."""
        self.epoch, self.offset = epoch, offset
        self._order = np.random.default_rng([self.seed, 0, epoch]).permutation(len(self.x))

    @property
    def ran_away(self) -> bool:
        """Whether its weights are so long that nothing more is to be seen."""
        return not bool(np.abs(self.w).max() < FAR)

    def advance(self, steps: int) -> int:
        """Learn from up to `steps` points; how many were."""
        done = 0
        while done < steps and not self.ran_away:
            self.w = update(self.w, self.x[self._order[self.offset]], self.rule, self.rate)
            done += 1
            if self.offset + 1 == len(self.x):
                self.continue_at(self.epoch + 1, 0)
            else:
                self.offset += 1
        return done
