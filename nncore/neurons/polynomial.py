"""The polynomial neuron, z = W_1 x + W_2 x² + ... + W_d x^d + b; with one power alone it is y = kx³ + b and its kin."""

import math
from dataclasses import dataclass

import numpy as np

from nncore.initializers import Initializer
from nncore.neuron import NEURONS, NeuronType, Parameter, Params
from nncore.spec import Knob, Spec
from nncore.tape import Array, Shape, Tape


@NEURONS.register(
    Spec(
        name="polynomial",
        label="Polynomial",
        sentence="Weighs the powers of each input and adds them up: curves, but never an interaction.",
        formula=r"z = \sum_{k=1}^{d} W_k x^k + b",
        group="higher order",
        knobs=(
            Knob("degree", "Degree", "int", 3, 1, 5, sentence="The highest power d."),
            Knob("lower", "Lower powers", "bool", True, sentence="Off: the highest power alone, y = kx^d + b."),
        ),
    )
)
@dataclass(frozen=True)
class Polynomial(NeuronType):
    """Sum of weighted powers, z = Σ_k W_k x^k + b, k from 1 to d, or d alone.

    W stacks the W_k and, as its last row, b: one product of matrices with the powers side by side. Each power starts
    with an equal share of unit variance; x^2k has mean (2k - 1)!! for a standard normal x.
    """

    degree: int = 3
    lower: bool = True

    @property
    def powers(self) -> range:
        """The powers in use."""
        return range(1 if self.lower else self.degree, self.degree + 1)

    def parameters(self, fan_in: int, units: int) -> dict[str, Parameter]:
        return {"W": Parameter((len(self.powers) * fan_in + 1, units), bias="last_row")}

    def initialize(self, params: Params, init: Initializer) -> None:
        blocks = np.split(params["W"][:-1], len(self.powers))
        for power, block in zip(self.powers, blocks, strict=True):
            init.fill(block, gain=1 / math.sqrt(len(blocks) * math.prod(range(1, 2 * power, 2))))
        params["W"][-1] = 0.0

    def forward(self, params: Params, x: Array, tape: Tape) -> Array:
        tape.x = x
        n, inputs = tape.fan_in, x[..., :-1]
        stacked = tape.array("stacked", self._stacked_shape(tape))
        stacked[..., -1] = 1.0
        power = np.power(inputs, self.powers[0], out=stacked[..., :n])
        for k in range(1, len(self.powers)):
            power = np.multiply(power, inputs, out=stacked[..., k * n : (k + 1) * n])
        return np.matmul(stacked, params["W"], out=tape.array("z", tape.z_shape))

    def backward(self, params: Params, grads: Params, tape: Tape, dz: Array, need_dx: bool) -> Array | None:
        stacked = tape.array("stacked", self._stacked_shape(tape))
        np.matmul(stacked.swapaxes(-1, -2), dz, out=grads["W"])
        if not need_dx:
            return None
        n, inputs = tape.fan_in, tape.x[..., :-1]
        wide = (*tape.dx_shape[:-1], len(self.powers) * n)
        d_stacked = np.matmul(dz, params["W"][..., :-1, :].swapaxes(-1, -2), out=tape.array("d_stacked", wide))
        # Horner's rule from the highest power down: dx = d_1 + x (2 d_2 + x (3 d_3 + ...)).
        dx, term = tape.array("dx", tape.dx_shape), tape.array("term", tape.dx_shape)
        np.multiply(d_stacked[..., -n:], float(self.degree), out=dx)
        for k in reversed(self.powers[:-1]):
            dx *= inputs
            np.multiply(d_stacked[..., (k - 1) * n : k * n], float(k), out=term)
            dx += term
        for _ in range(self.powers[0] - 1):
            dx *= inputs
        return dx

    def mean_slope(self, params: Params, x: Array, units: int) -> Array:
        blocks = np.split(params["W"][:-1], len(self.powers))
        slopes = [
            k * np.mean(x[:, :-1] ** (k - 1), axis=0)[:, None] * block
            for k, block in zip(self.powers, blocks, strict=True)
        ]
        return np.sum(slopes, axis=0, dtype=x.dtype)

    def _stacked_shape(self, tape: Tape) -> Shape:
        return (*tape.x_shape[:-1], len(self.powers) * tape.fan_in + 1)
