"""AdderNet's step for one unit in plain loops, as its authors' code has it: rescale, then decay, then step.

Their backward pass divides the gradient of W by its length, which counts as 1e-12 at least, times √k and their factor;
weight decay is their optimiser's, so it joins that result (Chen et al. 2020, `adder.py` and `main.py`).
"""

import math
from collections.abc import Sequence


def train_batch(
    unit: dict[str, list[float]],
    points: Sequence[Sequence[float]],
    targets: Sequence[float],
    rate: float,
    eta: float,
    penalties: tuple[float, float],
) -> None:
    """One step of plain gradient descent in place on z = -s Σ |x - W| + b; cross-entropy of targets 0 and 1.

    `penalties` are l1 and l2, of W and of s.
    """
    W, (s,), (b,) = unit["W"], unit["s"], unit["b"]
    dW, ds, db = [0.0] * len(W), 0.0, 0.0
    for x, target in zip(points, targets, strict=True):
        distance = sum(abs(x[i] - W[i]) for i in range(len(W)))
        dz = (1 / (1 + math.exp(s * distance - b)) - target) / len(points)
        ds -= dz * distance
        db += dz
        for i in range(len(W)):
            dW[i] += dz * s * (x[i] - W[i])
    length = max(math.sqrt(sum(slope * slope for slope in dW)), 1e-12)
    dW = [eta * math.sqrt(len(W)) * slope / length for slope in dW]
    unit["W"] = [w - rate * (slope + pull(w, penalties)) for w, slope in zip(W, dW, strict=True)]
    unit["s"] = [s - rate * (ds + pull(s, penalties))]
    unit["b"] = [b - rate * db]


def pull(weight: float, penalties: tuple[float, float]) -> float:
    """The slope of both penalties."""
    l1, l2 = penalties
    return l1 * math.copysign(1.0, weight) + l2 * weight
