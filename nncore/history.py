"""The record of a run: losses and accuracies at fixed epochs, so that it depends on the run alone, not on who
looked.
"""

import math
from dataclasses import dataclass

import numpy as np

from nncore.tape import Array, Shape

DENSE_EPOCHS = 256
"""Up to here every epoch is recorded; from here on half as often with each doubling, so that a history stays small."""

FIRST_ROOM = 64
"""Records that a history has room for at first."""

COLUMNS = ("epoch", "train_loss", "test_loss", "train_accuracy", "test_accuracy")
"""What a record holds."""


@dataclass(frozen=True, slots=True)
class Metrics:
    """Losses and shares of right answers at one moment. Floats, or arrays (R,) for replicas; None for regression."""

    train_loss: float | Array
    test_loss: float | Array
    train_accuracy: float | Array | None
    test_accuracy: float | Array | None


class History:
    """Rows of (epoch, train loss, test loss, train accuracy, test accuracy); NaN where there is no accuracy."""

    def __init__(self, rows: Array | None = None) -> None:
        self._length = 0 if rows is None else len(rows)
        self._rows = np.empty((0, len(COLUMNS))) if rows is None else rows.copy()
        """Room for records, of which the first `_length` have been made."""

    @staticmethod
    def wants(epoch: int) -> bool:
        """Whether `epoch` is one of those that are recorded."""
        stride = 1 if epoch < DENSE_EPOCHS else 2 ** (epoch.bit_length() - DENSE_EPOCHS.bit_length() + 1)
        return epoch % stride == 0

    @staticmethod
    def most() -> int:
        """How many records a run makes at most, however long it trains (whole numbers of a float64 end at 2^53)."""
        return DENSE_EPOCHS + (53 - DENSE_EPOCHS.bit_length() + 1) * DENSE_EPOCHS // 2 + 1

    def add(self, epoch: int, metrics: Metrics) -> None:
        """Record `metrics` at `epoch`."""
        losses, accuracies = (metrics.train_loss, metrics.test_loss), (metrics.train_accuracy, metrics.test_accuracy)
        record = (epoch, *losses, *(math.nan if value is None else value for value in accuracies))
        if self._length == len(self._rows):
            self._grow(np.shape(metrics.train_loss))
        for column, value in enumerate(record):
            self._rows[self._length, column] = value
        self._length += 1

    def since(self, index: int) -> Array:
        """The records from `index` on (-1 for the last): float64 (k, 5), or (k, 5, R) for replicas."""
        return self._rows[: self._length][index:].copy()

    def __len__(self) -> int:
        return self._length

    def _grow(self, replicas: Shape) -> None:
        """Twice the room: one array of numbers takes a seventh of what as many tuples take."""
        rows = np.empty((max(FIRST_ROOM, 2 * self._length), len(COLUMNS), *replicas))
        if self._length:
            rows[: self._length] = self._rows
        self._rows = rows
