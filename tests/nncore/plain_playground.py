"""TensorFlow Playground's dynamics in plain loops, from its published behaviour: one point at a time, node by node.

Squared error halved on a tanh output with targets of -1 and 1, gradients summed over a batch and divided by its size.
"""

import math
from collections.abc import Sequence

Weights = list[list[list[float]]]


def output_of(weights: Weights, point: Sequence[float]) -> list[list[float]]:
    """The outputs of every layer, inputs first; a unit's last weight is its bias."""
    layers = [list(point)]
    for layer in weights:
        before = layers[-1]
        layers.append([math.tanh(sum(w * a for w, a in zip(unit, before, strict=False)) + unit[-1]) for unit in layer])
    return layers


def train_batch(weights: Weights, points: Sequence[Sequence[float]], targets: Sequence[float], rate: float) -> None:
    """One step in place."""
    sums = [[[0.0] * len(unit) for unit in layer] for layer in weights]
    for point, target in zip(points, targets, strict=True):
        layers = output_of(weights, point)
        slopes = [layers[-1][0] - target]
        for index in range(len(weights) - 1, -1, -1):
            dz = [slope * (1 - a * a) for slope, a in zip(slopes, layers[index + 1], strict=True)]
            for j, unit in enumerate(dz):
                for i, a in enumerate(layers[index]):
                    sums[index][j][i] += unit * a
                sums[index][j][-1] += unit
            slopes = [sum(dz[j] * weights[index][j][i] for j in range(len(dz))) for i in range(len(layers[index]))]
    for layer, layer_sums in zip(weights, sums, strict=True):
        for row, row_sums in zip(layer, layer_sums, strict=True):
            for i, total in enumerate(row_sums):
                row[i] -= rate * total / len(points)


def mean_loss(weights: Weights, points: Sequence[Sequence[float]], targets: Sequence[float]) -> float:
    """Half of the squared error, averaged."""
    errors = [output_of(weights, p)[-1][0] - t for p, t in zip(points, targets, strict=True)]
    return sum(0.5 * error * error for error in errors) / len(errors)
