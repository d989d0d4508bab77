"""Gradient checks: is a gradient what central differences say it is?

Meant for float64; in float32 the differences themselves are too coarse. Used by the tests, and by whoever writes a
neuron.
"""

from collections.abc import Callable

import numpy as np

from nncore.network import Network
from nncore.tape import Array

STEP = 1e-6
"""Half of the distance between the two points of a difference: about the cube root of float64's precision."""


def central_differences(function: Callable[[], float], theta: Array) -> Array:
    """The gradient of `function` with respect to `theta`, whose elements are nudged in place and put back."""
    gradient = np.zeros_like(theta)
    for index in np.ndindex(theta.shape):
        kept = theta[index]
        theta[index] = kept + STEP
        above = function()
        theta[index] = kept - STEP
        below = function()
        theta[index] = kept
        gradient[index] = (above - below) / (2 * STEP)
    return gradient


def relative_error(a: Array, b: Array) -> float:
    """Distance between two gradients as a share of their lengths: 0 for equal ones, 1 for opposite ones."""
    length = float(np.linalg.norm(a) + np.linalg.norm(b))
    return float(np.linalg.norm(a - b)) / length if length else 0.0


def network_error(network: Network, inputs: Array, targets: Array) -> float:
    """Relative error of a network's gradient of the mean loss at `inputs` (features + 1, n), encoded `targets`."""
    tape = network.tape(inputs.shape[-1])

    def loss() -> float:
        z = network.forward(inputs, tape)
        return float(np.sum(network.head.measure(z, targets, tape.dz, tape.head)))

    loss()
    network.backward(tape)
    gradient = network.grad.copy()
    return relative_error(gradient, central_differences(loss, network.theta))
