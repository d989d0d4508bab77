"""How right a network is, in more than one number: who is taken for whom, and how far off values are.

Pure counting over targets and the output layer's z of one network, as `Trainer.forward_all` leaves it. Losses and
accuracies, which are recorded while a run goes on, are `Trainer.evaluate`'s.
"""

import math
from dataclasses import dataclass

import numpy as np

from nncore.heads import Head
from nncore.split import Split
from nncore.tape import Array


@dataclass(frozen=True, slots=True)
class Fit:
    """How well values are met. `r2` is 1 - Σ(p - y)² / Σ(y - mean y)², 1 at best; None where all targets are equal.

    `error` is the mean of |p - y|. Either is NaN or infinite where predictions are.
    """

    r2: float | None
    error: float


def confusion(split: Split, head: Head, z: Array) -> tuple[Array, Array] | None:
    """Counts (K, K) of training and of test points by true class (row) and predicted class (column).

    `z` (units, n) is of all points, training first. None for a regression.
    """
    predicted = head.classes(z)
    if predicted is None:
        return None
    count = split.classes
    # One number for each pair of classes, true * K + predicted: counted in one pass.
    train, test = split.train_y * count + predicted[: split.train_count], split.test_y * count
    test = test + predicted[split.train_count :]
    return _counted(train, count), _counted(test, count)


def fit(split: Split, head: Head, z: Array) -> tuple[Fit, Fit] | None:
    """How well the values of training and of test points are met; `z` as for `confusion`. None for classes."""
    if split.task == "classification":
        return None
    with np.errstate(all="ignore"):
        values = head.predict(z.astype(np.float64))[0]
        train, test = values[: split.train_count], values[split.train_count :]
        return _fit(train, split.train_y), _fit(test, split.test_y)


def _counted(pairs: Array, count: int) -> Array:
    return np.bincount(pairs.astype(np.intp), minlength=count * count).reshape(count, count)


def _fit(predicted: Array, target: Array) -> Fit:
    if not len(target):
        return Fit(None, math.nan)
    error = predicted - target
    spread = target - target.mean()
    total = float(spread @ spread)
    return Fit(1.0 - float(error @ error) / total if total else None, float(np.abs(error).mean()))
