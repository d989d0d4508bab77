"""The product of two linear neurons, z = (A x + a) ∘ (B x + b): the bilinear gate (QuadraLib type 4)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nncore.cost import Cost
from nncore.formula import Letters, plus, weighed
from nncore.initializers import Initializer
from nncore.neuron import NEURONS, NeuronType, Parameter, Params, weighted_code
from nncore.slopes import Slopes, of_forms, product_forms
from nncore.spec import Spec
from nncore.tape import Array, Tape


@NEURONS.register(
    Spec(
        name="product",
        label="Product",
        sentence="Multiplies two weighted sums: each unit draws a cross of two lines, which is XOR.",
        formula=r"z = (A x + a) \circ (B x + b)",
        formula_without_bias=r"z = (A x) \circ (B x)",
        group="second order",
        source="Xu et al. 2022, QuadraLib; Chen et al. 2022, NAFNet",
        zero_set="line_pair",
    )
)
@dataclass(frozen=True)
class Product(NeuronType):
    """Product of two weighted sums, z = (A x + a) ∘ (B x + b). Its zero set is two lines, never a closed curve.

    A and B stand one above the other in AB (2 · units, fan_in + 1), with a and b as its last column, so that one
    product of matrices gives both sums. Both start with the same scale, with which z has a linear neuron's variance.
    """

    def parameters(self, fan_in: int, units: int) -> dict[str, Parameter]:
        return {"AB": Parameter((2 * units, fan_in + 1), bias="last_column", letters=("A", "B"), biases=("a", "b"))}

    def cost(self, fan_in: int, units: int) -> Cost:
        return units * Cost(2 * fan_in + 1)

    def initialize(self, params: Params, init: Initializer) -> None:
        for half in np.split(params["AB"][:, :-1], 2):
            init.fill(half, init.factor_gain(half))
        init.bias(params["AB"][:, -1])

    def written(self, w: Letters, x: Sequence[str]) -> str:
        left, right = (weighed(w[A], x) + plus(w[a]) for A, a in ("Aa", "Bb"))
        return f"({left})({right})"

    def forward(self, params: Params, x: Array, tape: Tape) -> Array:
        tape.x, units = x, tape.units
        both = tape.matmul(params["AB"], x, tape.array("both", 2 * units))
        return np.multiply(both[..., :units, :], both[..., units:, :], tape.z)

    def code(self, biased: bool = True) -> list[str]:
        return [
            "A, B = xp.vsplit(AB, 2)",
            f"z = ({weighted_code('x', 'A', biased)}) * ({weighted_code('x', 'B', biased)})",
        ]

    def backward(self, params: Params, grads: Params, tape: Tape, dz: Array, need_dx: bool) -> Array | None:
        units = tape.units
        both, d_both = tape.array("both", 2 * units), tape.array("d_both", 2 * units)
        np.multiply(dz, both[..., units:, :], d_both[..., :units, :])
        np.multiply(dz, both[..., :units, :], d_both[..., units:, :])
        tape.matmul(d_both, tape.x.mT, grads["AB"])
        if not need_dx:
            return None
        tape.matmul(params["AB"].mT, d_both, tape.dx_and_one)
        return tape.dx

    def slopes(self, params: Params, x: Array, units: int) -> Slopes:
        return of_forms(product_forms(*np.split(params["AB"], 2)), x)
