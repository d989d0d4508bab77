"""The step that each run of a stack makes: all at once, though each has its own number of steps and its own rate.

Every number is worked out as a run alone does it, in Python's floats or by what rounds like them, so that it is the
same to the bit. Not here: the training (`stack`).
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from nncore.optimizers import Step
from nncore.tape import Array, Constants

POWERS_TOGETHER = 512
"""So many powers are worked out at once, and kept: runs that are at about the same step share them."""


class StackedStep(Step):
    """Of R runs. What it gives is a column, (R, 1)."""

    def __init__(self, scratch: Array, constants: Constants) -> None:
        super().__init__(scratch, constants)
        self._dtype = constants.dtype
        self.begin([], [], 0)

    def begin(self, counts: Sequence[int], rates: Sequence[float], length: int) -> None:
        """Each has made so many steps, and makes `length` more at its rate."""
        self._counts, self._rates, self._length = counts, np.array(rates, np.float64), length
        self._columns: dict[tuple[str, float], Array] = {}
        self._index = -1

    def next(self) -> None:
        """The next step is made."""
        self._index += 1

    def rate_times(self, factor: float) -> Array:
        """η times `factor`, of each."""
        key = ("rate", factor)
        if key not in self._columns:
            self._columns[key] = self._of((self._rates * factor)[:, None])
        return self._columns[key]

    def unbiased_rate(self, beta: float) -> Array:
        """η / (1 - βᵗ) of each."""
        key = ("unbiased_rate", beta)
        if key not in self._columns:
            self._columns[key] = self._of(self._rates / (1.0 - self._powers(beta)))[..., None]
        column: Array = self._columns[key][self._index]
        return column

    def unbiased_root(self, beta: float) -> Array:
        """1 / √(1 - βᵗ) of each."""
        key = ("unbiased_root", beta)
        if key not in self._columns:
            self._columns[key] = self._of(1.0 / np.sqrt(1.0 - self._powers(beta)))[..., None]
        column: Array = self._columns[key][self._index]
        return column

    def _powers(self, beta: float) -> Array:
        """βᵗ of all steps of each, (length, R): Python's own, for NumPy's may differ in their last digit."""
        powers = np.empty((self._length, len(self._counts)))
        for place, count in enumerate(self._counts):
            powers[:, place] = _powers(beta, count + 1, self._length)
        return powers

    def _of(self, values: Array) -> Array:
        return values.astype(self._dtype)


def _powers(beta: float, first: int, length: int) -> Array:
    block, place = divmod(first, POWERS_TOGETHER)
    found = _block(beta, block)[place : place + length]
    left = length - len(found)
    return np.append(found, _powers(beta, first + len(found), left)) if left else found


@lru_cache(maxsize=256)
def _block(beta: float, block: int) -> Array:
    start = block * POWERS_TOGETHER
    return np.array([beta**count for count in range(start, start + POWERS_TOGETHER)])
