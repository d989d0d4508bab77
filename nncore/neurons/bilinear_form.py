"""The full quadratic form, z = x'A x + W x + b: a weight for every pair of inputs (QuadraLib type 1)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nncore.cost import Cost
from nncore.formula import Letters, pairs, plus, weighed
from nncore.initializers import Initializer
from nncore.neuron import NEURONS, NeuronType, Parameter, Params, plus_code, weighted_code
from nncore.slopes import Slopes, of_forms
from nncore.spec import Knob, Spec
from nncore.tape import Array, Tape


@NEURONS.register(
    Spec(
        name="bilinear_form",
        label="Bilinear form",
        sentence="Weighs every product of two inputs: any conic, at the price of a weight for each pair.",
        formula=r"z_j = x^\top A_j x + W_j x + b_j",
        formula_without_bias=r"z_j = x^\top A_j x + W_j x",
        group="second order",
        knobs=(Knob("linear", "Linear term", "bool", True, sentence="Off: z = x'A x + b, centred at the origin."),),
        source="Xu et al. 2022, QuadraLib",
        zero_set="conic",
    )
)
@dataclass(frozen=True)
class BilinearForm(NeuronType):
    """Quadratic form, z_j = x'A_j x + W_j x + b_j; without `linear`, z_j = x'A_j x + b_j.

    A (units, fan_in²) holds each A_j row after row: z is one product of matrices with the products of all pairs of
    inputs. W (units, fan_in + 1) holds b as its last column, or is that column alone. The form and the linear term
    each start with half of the variance; for standard normal x, x'A x has variance n (n + 2) times that of A's
    elements.
    """

    linear: bool = True

    def parameters(self, fan_in: int, units: int) -> dict[str, Parameter]:
        columns = fan_in + 1 if self.linear else 1
        return {"A": Parameter((units, fan_in**2), over="pairs"), "W": Parameter((units, columns), bias="last_column")}

    def cost(self, fan_in: int, units: int) -> Cost:
        # The products of all pairs are the layer's; then there is one weight for each.
        return Cost(fan_in**2) + units * Cost(fan_in**2 + (fan_in if self.linear else 0))

    def initialize(self, params: Params, init: Initializer) -> None:
        fan_in, share = math.isqrt(params["A"].shape[1]), 1 / 2 if self.linear else 1.0
        # Block by block, so that the rule sees the layer's own fan_in.
        for block in np.split(params["A"], fan_in, axis=1):
            init.fill(block, gain=math.sqrt(share / (fan_in + 2)))
        if self.linear:
            init.fill(params["W"][:, :-1], gain=math.sqrt(share))
        init.bias(params["W"][:, -1])

    def written(self, w: Letters, x: Sequence[str]) -> str:
        linear = f" + {weighed(w['W'], x)}" if self.linear else ""
        return weighed(w["A"], pairs(x)) + linear + plus(w["b"])

    def forward(self, params: Params, x: Array, tape: Tape) -> Array:
        tape.x = x
        inputs, pairs = x[..., :-1, :], self._pairs(tape)
        np.multiply(inputs[..., :, None, :], inputs[..., None, :, :], self._square(pairs, tape))
        z = tape.matmul(params["W"], self._rest(x), tape.z)
        z += tape.matmul(params["A"], pairs, tape.array("form", tape.units))
        return z

    def code(self, biased: bool = True) -> list[str]:
        rest = f" + {weighted_code('x', 'W', biased)}" if self.linear else plus_code("W[:, -1]", biased)
        return [
            "pairs = (x[:, :, None] * x[:, None, :]).reshape(len(x), A.shape[1])",
            f"z = pairs @ A.T{rest}",
        ]

    def backward(self, params: Params, grads: Params, tape: Tape, dz: Array, need_dx: bool) -> Array | None:
        x = tape.x
        tape.matmul(dz, self._pairs(tape).mT, grads["A"])
        tape.matmul(dz, self._rest(x).mT, grads["W"])
        if not need_dx:
            return None
        # d_pairs_ik is the slope with respect to x_i x_k: dx_i = Σ_k (d_pairs_ik + d_pairs_ki) x_k.
        d_pairs = self._square(tape.matmul(params["A"].mT, dz, tape.array("d_pairs", tape.fan_in**2)), tape)
        both = self._square(tape.array("both", tape.fan_in**2), tape)
        np.add(d_pairs, np.swapaxes(d_pairs, -2, -3), both)
        both *= x[..., None, :-1, :]
        form = np.add.reduce(both, axis=-2, out=tape.array("dx_form", tape.fan_in))
        if not self.linear:
            return form
        tape.matmul(params["W"].mT, dz, tape.dx_and_one)
        dx = tape.dx
        dx += form
        return dx

    def slopes(self, params: Params, x: Array, units: int) -> Slopes:
        fan_in = len(x) - 1
        A = params["A"].reshape(units, fan_in, fan_in)
        H = np.zeros((units, fan_in, fan_in + 1), x.dtype)
        H[..., :-1] = A + A.mT
        if self.linear:
            H[..., -1] = params["W"][:, :-1]
        return of_forms(H, x)

    def _pairs(self, tape: Tape) -> Array:
        return tape.array("pairs", tape.fan_in**2)

    @staticmethod
    def _square(pairs: Array, tape: Tape) -> Array:
        """(..., fan_in², batch) as (..., fan_in, fan_in, batch)."""
        return pairs.reshape(*tape.lead, tape.fan_in, tape.fan_in, tape.batch)

    def _rest(self, x: Array) -> Array:
        """What W weighs: x and the ones, or the ones alone."""
        return x if self.linear else x[..., -1:, :]
