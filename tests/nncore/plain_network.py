"""A whole network in plain loops and float64: the output layer's z at a point, from the plain neurons alone.

For layers whose activation is the identity, on the inputs x and y: what is asked of it is who is ahead, not what bends.
"""

from collections.abc import Sequence

import numpy as np

from nncore.plane import plane_points
from nncore.tape import Array
from nncore.trainer import Trainer
from tests.nncore.plain_neurons import plain

TIE = 1e-5
"""Outputs that differ by a smaller share of their size are as large in float32."""


def outputs_at(trainer: Trainer, points: Sequence[Sequence[float]]) -> Array:
    """z of every output unit at places of the plane, (units, n)."""
    assert trainer.config.features == ("x", "y")
    arrays = {name: array.astype(float).tolist() for name, array in trainer.network.parameters()}
    layers = trainer.network.layers
    assert {layer.activation.spec.name for layer in layers} == {"identity"}
    columns = []
    for point in points:
        x = [float(value) for value in point]
        for layer in layers:
            params = {block.name: arrays[f"{layer.name}.{block.name}"] for block in layer.blocks}
            x = [plain(layer.neuron, params, x, unit, layer.units).z for unit in range(layer.units)]
        columns.append(x)
    return np.array(columns).T


def classes_over_the_plane(trainer: Trainer, pixels: int) -> tuple[Array, Array]:
    """The class of each of `pixels`² places (p, p), and where it is beyond doubt in float32, too."""
    z = outputs_at(trainer, plane_points(pixels, trainer.config.data.scale).tolist())
    second, first = np.sort(z, axis=0)[-2:]
    clear = first - second > TIE * np.abs(z).max(axis=0)
    return z.argmax(axis=0).reshape(pixels, pixels), clear.reshape(pixels, pixels)
