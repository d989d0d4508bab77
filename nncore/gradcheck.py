"""Gradient checks: is a gradient what central differences say it is?

Meant for float64; in float32 the differences themselves are too coarse. Used by the tests, by whoever writes a
neuron, and by the page.
"""

from collections.abc import Callable

import numpy as np

from nncore.network import Network
from nncore.tape import Array
from nncore.trainer import Trainer

STEP = 1e-6
"""Half of the distance between the two points of a difference: about the cube root of float64's precision."""

POINTS = 32
"""A run's gradient is checked at so many of its points."""

MOST_PARAMETERS = 5000
"""Networks of up to so many parameters are worth a check for whoever waits: about a second of work."""

NEGLIGIBLE, NOISE = 1e-4, 1e-7
"""A gradient shorter than this share of the whole, or than this, is not told from 0 by differences."""


def central_differences(function: Callable[[], float], theta: Array) -> Array:
    """The gradient of `function` with respect to `theta`, whose elements are nudged in place and put back."""
    gradient = np.zeros_like(theta)
    for index in np.ndindex(theta.shape):
        gradient[index] = central_difference(function, theta, index)
    return gradient


def central_difference(function: Callable[[], float], theta: Array, index: tuple[int, ...]) -> float:
    """The slope of `function` along one element of `theta`, which is nudged in place and put back."""
    kept = theta[index]
    theta[index] = kept + STEP
    above = function()
    theta[index] = kept - STEP
    below = function()
    theta[index] = kept
    return (above - below) / (2 * STEP)


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


class GradientCheck:
    """A check of a run's own gradient, now, in pieces as small as one parameter; the run itself is not touched.

    In float64, at the first POINTS training points, of the plain loss: without dropout, penalties and clipping.
    """

    def __init__(self, trainer: Trainer) -> None:
        model, count = trainer.network, min(POINTS, trainer.split.train_count)
        self.network = Network(trainer.config, dtype=np.float64, fan_in=model.layers[0].fan_in, head=model.head)
        self.network.theta[...] = model.theta[(0,) * len(model.lead)]
        self.points = count
        self._inputs = trainer.split.inputs[:, :count].astype(np.float64)
        self._targets = trainer.split.targets[:, :count].astype(np.float64)
        self._tape = self.network.tape(count)
        self._numeric = np.zeros(self.network.parameter_count)
        self._done = 0
        with np.errstate(all="ignore"):
            self._loss()
            self.network.backward(self._tape)

    def advance(self, parameters: int) -> bool:
        """Check so many more parameters; whether all of them have been."""
        stop = min(self._done + parameters, len(self._numeric))
        with np.errstate(all="ignore"):
            for index in range(self._done, stop):
                self._numeric[index] = central_difference(self._loss, self.network.theta, (index,))
        self._done = stop
        return stop == len(self._numeric)

    def errors(self) -> dict[str, float]:
        """The relative error of each parameter array, such as ``layers.0.W``, the worst first.

        Arrays whose gradient is nothing beside the whole are measured against the whole: there, differences are noise.
        """
        analytic, numeric = np.nan_to_num(self.network.grad), np.nan_to_num(self._numeric)
        least = NEGLIGIBLE * float(np.linalg.norm(analytic) + np.linalg.norm(numeric)) + NOISE
        errors = {}
        for layer in self.network.layers:
            for block in layer.blocks:
                a, b = block.view(analytic), block.view(numeric)
                length = float(np.linalg.norm(a) + np.linalg.norm(b))
                errors[f"{layer.name}.{block.name}"] = float(np.linalg.norm(a - b)) / max(length, least)
        return dict(sorted(errors.items(), key=lambda item: -item[1]))

    def _loss(self) -> float:
        z = self.network.forward(self._inputs, self._tape)
        return float(np.sum(self.network.head.measure(z, self._targets, self._tape.dz, self._tape.head)))
