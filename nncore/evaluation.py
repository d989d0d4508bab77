"""How right a network is: losses and accuracies, who is taken for whom, and how far off values are.

Pure counting over targets and the output layer's z, as `Trainer.forward_all` leaves it.
"""

import math
from dataclasses import dataclass

import numpy as np

from nncore.heads import Head
from nncore.history import Metrics
from nncore.split import Split
from nncore.tape import Array, Tape


@dataclass(frozen=True, slots=True)
class Fit:
    """How well values are met. `r2` is 1 - Σ(p - y)² / Σ(y - mean y)², 1 at best; None where all targets are equal.

    `error` is the mean of |p - y|. Either is NaN or infinite where predictions are.
    """

    r2: float | None
    error: float


def metrics(head: Head, z: Array, targets: Array, train_count: int, tape: Tape) -> Metrics:
    """Losses and accuracies for z (..., units, n) of all points, training first; `tape` is scratch for the head."""
    losses, right = head.losses(z, targets, tape).sum(axis=-2), head.correct(z, targets)
    train, test = slice(train_count), slice(train_count, None)
    return Metrics(
        _mean(losses[..., train]),
        _mean(losses[..., test]),
        None if right is None else _mean(right[..., 0, train]),
        None if right is None or train_count == right.shape[-1] else _mean(right[..., 0, test]),
    )


def test_accuracy(head: Head, z: Array, targets: Array, train_count: int) -> float | Array | None:
    """Of `metrics` the test accuracy alone, to the bit."""
    if train_count == z.shape[-1]:
        return None
    right = head.correct(z[..., train_count:], targets[..., train_count:])
    return None if right is None else _mean(right[..., 0, :])


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


def _mean(values: Array) -> float | Array:
    """Mean over the last axis, NaN of nothing; a plain float for one network."""
    if not values.shape[-1]:
        return math.nan if values.ndim == 1 else np.full(values.shape[:-1], math.nan)
    mean: Array = np.add.reduce(values, axis=-1, dtype=np.float64) / values.shape[-1]
    return mean if mean.ndim else float(mean)
