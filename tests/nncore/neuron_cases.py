"""What tests of kinds of neuron share: every variant of every kind, numbers to put through it, slopes."""

from collections.abc import Callable

import numpy as np
import pytest

from nncore.gradcheck import STEP
from nncore.neuron import NeuronType
from nncore.neurons import NEURONS
from nncore.tape import Array
from tests.nncore.variants import every_kind_without_bias, every_variant

EVERY_VARIANT = pytest.mark.parametrize("neuron", [*every_variant(NEURONS), *every_kind_without_bias()], ids=str)
DIRECTIONS = 4
"""One at random finds any wrong slope; z hardly changes along one now and then, but not along all of a few."""


# Parameters (and "x") whose gradient is not the plain derivative of z, so that differences of z say nothing about it.
# They are held against their definitions: the plain loops below, and for `binary` a function with that derivative.
DEFINED_GRADIENTS: dict[str, tuple[set[str], str]] = {
    "adder": ({"W", "x"}, "AdderNet, equations 5 to 7: the difference for its sign, a clipped difference for x"),
    "binary": ({"W"}, "straight-through: sign(W) is flat, and learns as if it were not"),
    "spiking": ({"W", "x"}, "a spike is flat, and learns by a surrogate; what it takes counts as a constant"),
}


def parameters(
    neuron: NeuronType,
    fan_in: int,
    units: int,
    rng: np.random.Generator,
    lead: tuple[int, ...] = (),
    dtype: type = np.float64,
) -> dict[str, Array]:
    shapes = {name: parameter.shape for name, parameter in neuron.parameters(fan_in, units).items()}
    return {name: rng.normal(0, 0.7, (*lead, *shape)).astype(dtype) for name, shape in shapes.items()}


def with_ones(x: Array) -> Array:
    return np.concatenate([x, np.ones((*x.shape[:-2], 1, x.shape[-1]), x.dtype)], axis=-2)


def slopes_along(value: Callable[[], float], array: Array, directions: Array) -> Array:
    """The derivative of `value` along each of `directions` (many, *array.shape) at `array`, by central differences."""
    kept, slopes = array.copy(), []
    for direction in directions:
        array[...] = kept + STEP * direction
        above = value()
        array[...] = kept - STEP * direction
        slopes.append((above - value()) / (2 * STEP))
    array[...] = kept
    return np.array(slopes)
