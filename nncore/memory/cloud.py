"""Points for Hebb's rule: a cloud that is longer one way than the other, or a dataset of the plane, around their mean.

Decorrelated, they are as wide in every direction, and there is no axis left to find. Pure.
"""

import numpy as np

from nncore.datasets import DATASETS
from nncore.tape import Array

NAMES = ("cloud", "moons", "circles", "xor", "spirals")
"""What the points may be; the first is not among the datasets."""

WIDTH = 0.5
"""The cloud's standard deviation along its longer axis."""


def cloud(count: int, stretch: float, tilt: float, rng: np.random.Generator) -> Array:
    """(count, 2): `stretch` times as wide along an axis that is turned by `tilt` degrees as across it."""
    turned = np.radians(tilt)
    axes = np.array([[np.cos(turned), np.sin(turned)], [-np.sin(turned), np.cos(turned)]])
    found: Array = rng.standard_normal((count, 2)) * [WIDTH, WIDTH / stretch] @ axes
    return found


def points(name: str, count: int, stretch: float, tilt: float, rng: np.random.Generator) -> Array:
    """(count, 2), whose mean is 0."""
    x = cloud(count, stretch, tilt, rng) if name == "cloud" else DATASETS.build(name).sample(count, 0.0, rng).x
    return np.asarray(x - x.mean(axis=0), np.float64)


def decorrelated(x: Array) -> Array:
    """The same points, of the same mean variance in every direction and correlated in none; the mean has to be 0."""
    variances, axes = np.linalg.eigh(x.T @ x / len(x))
    whitened: Array = x @ axes / np.sqrt(variances) @ axes.T
    return whitened * float(np.sqrt(variances.mean()))
