"""QuadraLib's own neuron, z = (A x) ∘ (B x) + C x + b: two linear views multiplied, beside a plain one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nncore.cost import Cost
from nncore.formula import Letters, plus, weighed
from nncore.initializers import Initializer
from nncore.neuron import NEURONS, NeuronType, Parameter, Params, weighted_code
from nncore.slopes import Slopes, of_forms
from nncore.spec import Spec
from nncore.tape import Array, Tape


@NEURONS.register(
    Spec(
        name="quadratic",
        label="Quadratic",
        sentence="Multiplies two weighted sums and adds a third: each unit can draw an ellipse, a parabola or a cross.",
        formula=r"z = (A x) \circ (B x) + C x + b",
        formula_without_bias=r"z = (A x) \circ (B x) + C x",
        group="second order",
        source="Xu et al. 2022, QuadraLib; 2023, QuadraNet",
        zero_set="conic",
    )
)
@dataclass(frozen=True)
class Quadratic(NeuronType):
    """Product of two sums plus a third, z = (A x) ∘ (B x) + C x + b.

    A and B (units, fan_in) stand one above the other in AB, so that one product of matrices gives both; C (units,
    fan_in + 1) holds b as its last column. The product and the linear part each start with half of a linear neuron's
    variance.
    """

    def parameters(self, fan_in: int, units: int) -> dict[str, Parameter]:
        return {
            "AB": Parameter((2 * units, fan_in), letters=("A", "B")),
            "C": Parameter((units, fan_in + 1), bias="last_column"),
        }

    def cost(self, fan_in: int, units: int) -> Cost:
        return units * Cost(3 * fan_in + 1)

    def initialize(self, params: Params, init: Initializer) -> None:
        for half in np.split(params["AB"], 2):
            init.fill(half, init.factor_gain(half, share=1 / 2))
        init.fill(params["C"][:, :-1], gain=2 ** (-1 / 2))
        init.bias(params["C"][:, -1])

    def written(self, w: Letters, x: Sequence[str]) -> str:
        return f"({weighed(w['A'], x)})({weighed(w['B'], x)}) + {weighed(w['C'], x)}" + plus(w["b"])

    def forward(self, params: Params, x: Array, tape: Tape) -> Array:
        tape.x, units = x, tape.units
        both = tape.matmul(params["AB"], x[..., :-1, :], tape.array("both", 2 * units))
        z = tape.matmul(params["C"], x, tape.z)
        z += np.multiply(both[..., :units, :], both[..., units:, :], tape.array("product", units))
        return z

    def code(self, biased: bool = True) -> list[str]:
        return [
            "A, B = xp.vsplit(AB, 2)",
            f"z = (x @ A.T) * (x @ B.T) + {weighted_code('x', 'C', biased)}",
        ]

    def backward(self, params: Params, grads: Params, tape: Tape, dz: Array, need_dx: bool) -> Array | None:
        x, units = tape.x, tape.units
        both, d_both = tape.array("both", 2 * units), tape.array("d_both", 2 * units)
        np.multiply(dz, both[..., units:, :], d_both[..., :units, :])
        np.multiply(dz, both[..., :units, :], d_both[..., units:, :])
        tape.matmul(d_both, x[..., :-1, :].mT, grads["AB"])
        tape.matmul(dz, x.mT, grads["C"])
        if not need_dx:
            return None
        tape.matmul(params["C"].mT, dz, tape.dx_and_one)
        dx = tape.dx
        dx += tape.matmul(params["AB"].mT, d_both, tape.array("dx_both", tape.fan_in))
        return dx

    def slopes(self, params: Params, x: Array, units: int) -> Slopes:
        A, B = np.split(params["AB"], 2)
        H = np.empty((units, len(x) - 1, len(x)), x.dtype)
        H[..., :-1] = A[:, :, None] * B[:, None, :] + B[:, :, None] * A[:, None, :]
        H[..., -1] = params["C"][:, :-1]
        return of_forms(H, x)
