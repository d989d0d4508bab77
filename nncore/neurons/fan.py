"""Fan's quadratic neuron, z = (A x + a) ∘ (B x + b) + C x² + c (QuadraLib type 2 & 4)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nncore.cost import Cost
from nncore.formula import Letters, plus, powers, weighed
from nncore.initializers import Initializer
from nncore.neuron import NEURONS, NeuronType, Parameter, Params, weighted_code
from nncore.slopes import Slopes, of_forms, product_forms
from nncore.spec import Spec
from nncore.tape import Array, Tape


@NEURONS.register(
    Spec(
        name="fan",
        label="Fan's quadratic",
        sentence="Multiplies two weighted sums and adds weighted squares; it starts out as a plain linear neuron.",
        formula=r"z = (A x + a) \circ (B x + b) + C x^2 + c",
        formula_without_bias=r"z = (A x) \circ (B x) + C x^2",
        group="second order",
        source="Fan et al. 2018",
        zero_set="conic",
    )
)
@dataclass(frozen=True)
class Fan(NeuronType):
    """Product of two sums and weighted squares, z = (A x + a) ∘ (B x + b) + C x² + c.

    A and B stand one above the other in AB (2 · units, fan_in + 1), with a and b as its last column; C (units,
    fan_in + 1) holds c as its last column (1² is 1). It starts at the linear neuron, as its authors do: A by the rule,
    B = 0, b = 1, C = 0. The fixed rules fill all three alike. Without biases there is no such start, z would be 0: the
    product and the squares then have half of a linear neuron's variance each; that of x² is 3 times as large.
    """

    def parameters(self, fan_in: int, units: int) -> dict[str, Parameter]:
        return {
            "AB": Parameter((2 * units, fan_in + 1), bias="last_column", letters=("A", "B"), biases=("a", "b")),
            "C": Parameter((units, fan_in + 1), bias="last_column", biases=("c",)),
        }

    def cost(self, fan_in: int, units: int) -> Cost:
        # The squares are the layer's; then three weights for each input, and the product of the two sums.
        return Cost(fan_in) + units * Cost(3 * fan_in + 1)

    def initialize(self, params: Params, init: Initializer) -> None:
        left, right = np.split(params["AB"], 2)
        half = init.factor_gain(left[:, :-1], share=1 / 2)
        gains = (1.0, 0.0, 0.0) if init.biased else (half, half, 6 ** (-1 / 2))
        for weights, gain, bias in zip((left, right, params["C"]), gains, (0.0, 1.0, 0.0), strict=True):
            init.fill(weights[:, :-1], gain)
            init.bias(weights[:, -1], bias)

    def written(self, w: Letters, x: Sequence[str]) -> str:
        left, right = (weighed(w[A], x) + plus(w[a]) for A, a in ("Aa", "Bb"))
        return f"({left})({right}) + {weighed(w['C'], powers(x, 2))}" + plus(w["c"])

    def forward(self, params: Params, x: Array, tape: Tape) -> Array:
        tape.x, units = x, tape.units
        both = tape.matmul(params["AB"], x, tape.array("both", 2 * units))
        squares = np.multiply(x, x, tape.like("squares", x))
        z = tape.matmul(params["C"], squares, tape.z)
        z += np.multiply(both[..., :units, :], both[..., units:, :], tape.array("product", units))
        return z

    def code(self, biased: bool = True) -> list[str]:
        return [
            "A, B = xp.vsplit(AB, 2)",
            f"z = ({weighted_code('x', 'A', biased)}) * ({weighted_code('x', 'B', biased)})",
            f"z = z + {weighted_code('x**2', 'C', biased)}",
        ]

    def backward(self, params: Params, grads: Params, tape: Tape, dz: Array, need_dx: bool) -> Array | None:
        x, units = tape.x, tape.units
        both, d_both = tape.array("both", 2 * units), tape.array("d_both", 2 * units)
        np.multiply(dz, both[..., units:, :], d_both[..., :units, :])
        np.multiply(dz, both[..., :units, :], d_both[..., units:, :])
        tape.matmul(d_both, x.mT, grads["AB"])
        tape.matmul(dz, tape.like("squares", x).mT, grads["C"])
        if not need_dx:
            return None
        dx_and_one = tape.matmul(params["C"].mT, dz, tape.dx_and_one)
        dx_and_one *= x
        dx_and_one *= tape.constants[2.0]
        dx_and_one += tape.matmul(params["AB"].mT, d_both, tape.array("dx_both", tape.fan_in + 1))
        return tape.dx

    def slopes(self, params: Params, x: Array, units: int) -> Slopes:
        H, C = product_forms(*np.split(params["AB"], 2)), params["C"][:, :-1]
        inputs = np.arange(len(x) - 1)
        H[:, inputs, inputs] += 2 * C
        return of_forms(H, x)
