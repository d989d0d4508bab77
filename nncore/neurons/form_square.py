"""A quadratic form beside weighted squares, z = x'A x + W x² + b (QuadraLib type 1 & 2)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nncore.cost import Cost
from nncore.formula import Letters, pairs, plus, powers, weighed
from nncore.initializers import Initializer
from nncore.neuron import NEURONS, NeuronType, Parameter, Params, weighted_code
from nncore.slopes import Slopes, of_forms
from nncore.spec import Spec
from nncore.tape import Array, Tape


@NEURONS.register(
    Spec(
        name="form_square",
        label="Form and squares",
        sentence="Weighs every product of two inputs and each square once more: conics around the origin.",
        formula=r"z_j = x^\top A_j x + W_j x^2 + b_j",
        formula_without_bias=r"z_j = x^\top A_j x + W_j x^2",
        group="second order",
        source="Xu et al. 2022, QuadraLib",
        zero_set="conic",
    )
)
@dataclass(frozen=True)
class FormSquare(NeuronType):
    """Quadratic form and weighted squares, z_j = x'A_j x + W_j x² + b_j. Even: z is the same at x and at -x.

    A (units, fan_in²) holds each A_j row after row; W (units, fan_in + 1) holds b as its last column (1² is 1). The
    form and the squares each start with half of the variance: for standard normal x, x'A x has n (n + 2) times the
    variance of A's elements, W x² has 3 n times that of W's.
    """

    def parameters(self, fan_in: int, units: int) -> dict[str, Parameter]:
        return {
            "A": Parameter((units, fan_in**2), over="pairs"),
            "W": Parameter((units, fan_in + 1), bias="last_column"),
        }

    def cost(self, fan_in: int, units: int) -> Cost:
        # The products of all pairs are the layer's, squares among them.
        return Cost(fan_in**2) + units * Cost(fan_in**2 + fan_in)

    def initialize(self, params: Params, init: Initializer) -> None:
        fan_in = params["W"].shape[1] - 1
        # Block by block, so that the rule sees the layer's own fan_in.
        for block in np.split(params["A"], fan_in, axis=1):
            init.fill(block, gain=1 / math.sqrt(2 * (fan_in + 2)))
        init.fill(params["W"][:, :-1], gain=1 / math.sqrt(6))
        init.bias(params["W"][:, -1])

    def written(self, w: Letters, x: Sequence[str]) -> str:
        return f"{weighed(w['A'], pairs(x))} + {weighed(w['W'], powers(x, 2))}" + plus(w["b"])

    def forward(self, params: Params, x: Array, tape: Tape) -> Array:
        tape.x = x
        inputs, pairs = x[..., :-1, :], tape.array("pairs", tape.fan_in**2)
        np.multiply(inputs[..., :, None, :], inputs[..., None, :, :], self._square(pairs, tape))
        squares = np.multiply(x, x, tape.like("squares", x))
        z = tape.matmul(params["W"], squares, tape.z)
        z += tape.matmul(params["A"], pairs, tape.array("form", tape.units))
        return z

    def code(self, biased: bool = True) -> list[str]:
        return [
            "pairs = (x[:, :, None] * x[:, None, :]).reshape(len(x), A.shape[1])",
            f"z = pairs @ A.T + {weighted_code('x**2', 'W', biased)}",
        ]

    def backward(self, params: Params, grads: Params, tape: Tape, dz: Array, need_dx: bool) -> Array | None:
        x = tape.x
        tape.matmul(dz, tape.array("pairs", tape.fan_in**2).mT, grads["A"])
        tape.matmul(dz, tape.like("squares", x).mT, grads["W"])
        if not need_dx:
            return None
        # d_pairs_ik is the slope with respect to x_i x_k: dx_i = Σ_k (d_pairs_ik + d_pairs_ki) x_k.
        d_pairs = self._square(tape.matmul(params["A"].mT, dz, tape.array("d_pairs", tape.fan_in**2)), tape)
        both = self._square(tape.array("both", tape.fan_in**2), tape)
        np.add(d_pairs, np.swapaxes(d_pairs, -2, -3), both)
        both *= x[..., None, :-1, :]
        dx_and_one = tape.matmul(params["W"].mT, dz, tape.dx_and_one)
        dx_and_one *= x
        dx_and_one *= tape.constants[2.0]
        dx = tape.dx
        dx += np.add.reduce(both, axis=-2, out=tape.array("dx_form", tape.fan_in))
        return dx

    def slopes(self, params: Params, x: Array, units: int) -> Slopes:
        fan_in = len(x) - 1
        A, inputs = params["A"].reshape(units, fan_in, fan_in), np.arange(fan_in)
        H = np.zeros((units, fan_in, fan_in + 1), x.dtype)
        H[..., :-1] = A + A.mT
        H[:, inputs, inputs] += 2 * params["W"][:, :-1]
        return of_forms(H, x)

    @staticmethod
    def _square(pairs: Array, tape: Tape) -> Array:
        """(..., fan_in², batch) as (..., fan_in, fan_in, batch)."""
        return pairs.reshape(*tape.lead, tape.fan_in, tape.fan_in, tape.batch)
