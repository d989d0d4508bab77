"""The polynomial neuron, z = W_1 x + W_2 x² + ... + W_d x^d + b; with one power alone it is y = kx³ + b and its kin."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nncore.cost import Cost
from nncore.formula import Letters, plus, powers, weighed
from nncore.initializers import Initializer
from nncore.neuron import NEURONS, NeuronType, Parameter, Params, weighted_code
from nncore.slopes import Slopes, of_functions
from nncore.spec import Knob, Spec
from nncore.tape import Array, Tape


@NEURONS.register(
    Spec(
        name="polynomial",
        label="Polynomial",
        sentence="Weighs the powers of each input and adds them up: curves, but never an interaction.",
        formula=r"z = \sum_{k=1}^{d} W_k x^k + b",
        formula_without_bias=r"z = \sum_{k=1}^{d} W_k x^k",
        group="higher order",
        knobs=(
            Knob("degree", "Degree", "int", 3, 1, 5, sentence="The highest power d."),
            Knob("lower", "Lower powers", "bool", True, sentence="Off: the highest power alone, y = kx^d + b."),
        ),
        zero_set="cubic",
    )
)
@dataclass(frozen=True)
class Polynomial(NeuronType):
    """Sum of weighted powers, z = Σ_k W_k x^k + b, k from 1 to d, or d alone.

    W (units, powers · fan_in + 1) holds the W_k side by side and b as its last column: one product of matrices with the
    powers stacked. Each power starts with an equal share of unit variance; x^2k has mean (2k - 1)!! for a standard
    normal x.
    """

    degree: int = 3
    lower: bool = True

    @property
    def powers(self) -> range:
        """The powers in use."""
        return range(1 if self.lower else self.degree, self.degree + 1)

    @property
    def _letters(self) -> tuple[str, ...]:
        return tuple(f"W_{power}" for power in self.powers)

    def parameters(self, fan_in: int, units: int) -> dict[str, Parameter]:
        return {"W": Parameter((units, len(self.powers) * fan_in + 1), bias="last_column", letters=self._letters)}

    def cost(self, fan_in: int, units: int) -> Cost:
        # The powers are the layer's, each from the one before.
        return (self.degree - 1) * Cost(fan_in) + units * Cost(len(self.powers) * fan_in)

    def initialize(self, params: Params, init: Initializer) -> None:
        blocks = np.split(params["W"][:, :-1], len(self.powers), axis=1)
        for power, block in zip(self.powers, blocks, strict=True):
            init.fill(block, gain=1 / math.sqrt(len(blocks) * math.prod(range(1, 2 * power, 2))))
        init.bias(params["W"][:, -1])

    def written(self, w: Letters, x: Sequence[str]) -> str:
        sums = (weighed(w[letter], powers(x, power)) for letter, power in zip(self._letters, self.powers, strict=True))
        return " + ".join(sums) + plus(w["b"])

    def forward(self, params: Params, x: Array, tape: Tape) -> Array:
        tape.x, n, inputs = x, tape.fan_in, x[..., :-1, :]
        stacked = self._stacked(tape)
        power = stacked[..., :n, :]
        np.copyto(power, inputs)
        for _ in range(1, self.powers[0]):
            power *= inputs
        for k in range(1, len(self.powers)):
            power = np.multiply(power, inputs, stacked[..., k * n : (k + 1) * n, :])
        stacked[..., -1, :] = 1.0
        return tape.matmul(params["W"], stacked, tape.z)

    def code(self, biased: bool = True) -> list[str]:
        powers = ", ".join("x" if k == 1 else f"x**{k}" for k in self.powers)
        return [
            f"powers = xp.concatenate([{powers}], axis=1)",
            f"z = {weighted_code('powers', 'W', biased)}",
        ]

    def backward(self, params: Params, grads: Params, tape: Tape, dz: Array, need_dx: bool) -> Array | None:
        tape.matmul(dz, self._stacked(tape).mT, grads["W"])
        if not need_dx:
            return None
        n, inputs, dx = tape.fan_in, tape.x[..., :-1, :], tape.dx
        d_stacked = tape.matmul(params["W"].mT, dz, tape.array("d_stacked", len(self.powers) * n + 1))
        # Horner's rule from the highest power down: dx = d_1 + x (2 d_2 + x (3 d_3 + ...)).
        last = len(self.powers) - 1
        np.multiply(d_stacked[..., last * n : -1, :], tape.constants[self.degree], dx)
        for block in range(last - 1, -1, -1):
            dx *= inputs
            d_power = d_stacked[..., block * n : (block + 1) * n, :]
            d_power *= tape.constants[self.powers[block]]
            dx += d_power
        for _ in range(self.powers[0] - 1):
            dx *= inputs
        return dx

    def slopes(self, params: Params, x: Array, units: int) -> Slopes:
        W, derivatives = params["W"][:, :-1].reshape(units, len(self.powers), -1), []
        # Each power from the one before: NumPy takes twenty times as long for x ** 4.
        power, reached = np.ones_like(x[:-1]), 1
        for k in self.powers:
            while reached < k:
                power, reached = power * x[:-1], reached + 1
            derivatives.append(k * power)
        return of_functions(W, np.stack(derivatives))

    def slope_numbers(self, fan_in: int, units: int) -> int:
        return max(len(self.powers), units) * fan_in

    def _stacked(self, tape: Tape) -> Array:
        return tape.array("stacked", len(self.powers) * tape.fan_in + 1)
