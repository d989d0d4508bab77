"""The middle half of many runs, epoch by epoch: what a chart shows of them as a line and a band.

Pure. Not here: the runs (`repeats`), the figures at their end (`standing`).
"""

from collections.abc import Sequence

import numpy as np

from nncore.tape import Array

QUARTILES = (0.25, 0.5, 0.75)

COLUMNS = ("epoch", "runs", *(f"{name}_{part}" for name in ("loss", "accuracy") for part in ("low", "median", "high")))
"""What a row of a band holds; loss and accuracy are those of the test points."""

_TEST_LOSS, _TEST_ACCURACY = 2, 4


def band(histories: Sequence[Array], diverged: Sequence[int | None]) -> Array:
    """Rows (k, 8) of COLUMNS, one for each epoch that any of the `histories` (rows as in `nncore.history`) has.

    `runs` is how many have come so far. Quartiles are values of runs themselves (the inverse of their distribution), so
    they stand where some loss is not finite. A run that diverged (`diverged` has the epoch) counts as the worst from
    there on, or those that are left would look better than all: a loss of infinity, an accuracy of 0. NaN where there
    is no accuracy.
    """
    longest = max((len(rows) for rows in histories), default=0)
    epochs = next((rows[:, 0] for rows in histories if len(rows) == longest), np.empty(0))
    # Which epochs are recorded depends on their numbers alone: histories are beginnings of the longest.
    values = np.full((2, len(histories), longest), np.nan)
    for index, rows in enumerate(histories):
        values[:, index, : len(rows)] = rows[:, (_TEST_LOSS, _TEST_ACCURACY)].T
    known = np.zeros((len(histories), longest), bool)
    for index, (rows, end) in enumerate(zip(histories, diverged, strict=True)):
        known[index, : len(rows)] = True
        if end is not None:
            lost = epochs > end
            known[index, lost] = True
            values[0, index, lost] = np.inf
            values[1, index, lost] = np.where(np.isnan(values[1, index, :1]), np.nan, 0.0)
    found = np.empty((longest, len(COLUMNS)))
    for row in range(longest):
        there = known[:, row]
        losses, accuracies = values[:, there, row]
        found[row] = (epochs[row], np.count_nonzero(there), *_quartiles(losses), *_quartiles(accuracies))
    return found


def _quartiles(values: Array) -> Array:
    quartiles: Array = np.quantile(values, QUARTILES, method="inverted_cdf")
    return quartiles
