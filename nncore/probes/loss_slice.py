"""Loss slice: the loss on a plane through the present weights."""

from dataclasses import dataclass

import numpy as np

from nncore.blocks import blocks
from nncore.network import Network, NetworkTape
from nncore.pieces import Pieces, whole
from nncore.probe import LARGEST, PROBES, Probe, copy_of
from nncore.spec import Knob, Spec
from nncore.tape import Array
from nncore.trainer import Trainer

TOGETHER = 32
"""So many points pass through at a time: a short piece of work, and no more memory than a gradient check takes."""


@PROBES.register(
    Spec(
        name="loss_slice",
        label="Loss slice",
        sentence="The loss around the current weights, along two random directions.",
        formula=r"L(\theta + \alpha d_1 + \beta d_2)",
        knobs=(
            Knob("pixels", "Pixels", "int", 25, 3, 101, sentence="Places along each side; odd puts θ in the middle."),
            Knob("span", "Span", "float", 1.0, 0.01, 10.0, scale="log", sentence="How far α and β go either way."),
            Knob("seed", "Seed", "int", 0, 0, 2**31 - 1, sentence="Draws the two directions."),
        ),
        source="Li et al. 2018",
    )
)
@dataclass(frozen=True)
class LossSlice(Probe):
    """Training loss, without penalties and dropout, at θ + α d_1 + β d_2.

    Each direction is drawn from a normal distribution, then every filter of it is given the length of the same filter
    of θ, so that pictures of different networks compare. A filter is one row of a parameter array (for most kinds the
    weights of one unit, its bias with them), or the whole of an array with one number per unit; where θ has zeros
    alone, nothing moves. Computed on a copy of the network; costs pixels² forward passes of the training points.
    """

    pixels: int = 25
    span: float = 1.0
    seed: int = 0

    def compute(self, trainer: Trainer) -> dict[str, Array]:
        """``loss`` (pixels, pixels), α growing to the right and β upwards; ``steps`` (pixels,), the values of both;
        ``center`` (1,), the loss at θ itself. A loss too large to be a number is 1e30.
        """
        return whole(self.pieces(trainer))

    def pieces(self, trainer: Trainer) -> Pieces[dict[str, Array]]:
        """The same in pieces of TOGETHER points at one place, around the weights of the first piece."""
        network, rng = copy_of(trainer), np.random.default_rng(self.seed)
        theta = network.theta.astype(np.float64)
        right, up = (random_direction(network, theta, rng) for _ in range(2))
        steps = np.linspace(-self.span, self.span, self.pixels)
        losses = _Losses(trainer, network)
        loss = np.empty((self.pixels, self.pixels), np.float32)
        for row, beta in enumerate(steps[::-1]):
            for column, alpha in enumerate(steps):
                loss[row, column] = yield from losses.at(theta + alpha * right + beta * up)
        center = yield from losses.at(theta)
        return {"loss": loss, "steps": steps.astype(np.float32), "center": np.array([center], np.float32)}


class _Losses:
    """The training loss of a network of one's own, at any weights."""

    def __init__(self, trainer: Trainer, network: Network) -> None:
        self.network, self._split, self._tapes = network, trainer.split, dict[int, NetworkTape]()

    def at(self, theta: Array) -> Pieces[float]:
        """Mean loss with the weights `theta`, at most LARGEST."""
        count, total = self._split.train_count, 0.0
        with np.errstate(over="ignore"):
            np.copyto(self.network.theta, theta, casting="same_kind")
        for part in blocks(count, TOGETHER):
            size = part.stop - part.start
            tape = self._tapes[size] = self._tapes.get(size) or self.network.tape(size)
            with np.errstate(all="ignore"):
                z = self.network.forward(self._split.inputs[:, part], tape)
                losses = self.network.head.losses(z, self._split.targets[:, part], tape.head)
                total += float(losses.sum(dtype=np.float64))
            yield
        return min(total / count, LARGEST) if np.isfinite(total) else LARGEST


def random_direction(network: Network, theta: Array, rng: np.random.Generator) -> Array:
    """A random direction whose filters are as long as those of `theta`."""
    direction = rng.standard_normal(theta.shape)
    for layer in network.layers:
        for block in layer.blocks:
            drawn, weights = (_filters(block.view(flat)) for flat in (direction, theta))
            drawn *= np.linalg.norm(weights, axis=1, keepdims=True) / np.linalg.norm(drawn, axis=1, keepdims=True)
    return direction


def _filters(array: Array) -> Array:
    """A parameter array as its filters, one per row; still a view into the same numbers."""
    per_unit = array.size == len(array)
    return array.reshape(1 if per_unit else len(array), -1)
