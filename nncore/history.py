"""The record of a run: losses and accuracies at fixed epochs, so that it depends on the run alone, not on who
looked.
"""

import math
from dataclasses import dataclass

import numpy as np

from nncore.tape import Array

DENSE_EPOCHS = 256
"""Up to here every epoch is recorded; from here on half as often with each doubling, so that a history stays small."""

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
        self._rows: list[tuple[float | Array, ...]] = [] if rows is None else [tuple(row) for row in rows]

    @staticmethod
    def wants(epoch: int) -> bool:
        """Whether `epoch` is one of those that are recorded."""
        stride = 1 if epoch < DENSE_EPOCHS else 2 ** (epoch.bit_length() - DENSE_EPOCHS.bit_length() + 1)
        return epoch % stride == 0

    def add(self, epoch: int, metrics: Metrics) -> None:
        """Record `metrics` at `epoch`."""
        losses, accuracies = (metrics.train_loss, metrics.test_loss), (metrics.train_accuracy, metrics.test_accuracy)
        self._rows.append((epoch, *losses, *(math.nan if value is None else value for value in accuracies)))

    def since(self, index: int) -> Array:
        """The records from `index` on: float64 (k, 5), or (k, 5, R) for replicas."""
        if index >= len(self):
            return np.empty((0, 5))
        return np.array([np.broadcast_arrays(*row) for row in self._rows[index:]], dtype=np.float64)

    def __len__(self) -> int:
        return len(self._rows)
