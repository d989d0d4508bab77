"""The question's neuron, z = W x² + b: y = kx² + b for every input (QuadraLib type 2)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nncore.cost import Cost
from nncore.formula import Letters, plus, powers, weighed
from nncore.initializers import Initializer
from nncore.neuron import NEURONS, NeuronType, Parameter, Params, weighted_code
from nncore.slopes import Slopes, of_functions
from nncore.spec import Spec
from nncore.tape import Array, Tape


@NEURONS.register(
    Spec(
        name="square",
        label="Square",
        sentence="Squares each input before weighing it: it sees how far from zero, never on which side.",
        formula=r"z = W x^2 + b",
        formula_without_bias=r"z = W x^2",
        group="second order",
        source="Xu et al. 2022, QuadraLib",
        zero_set="axis_conic",
    )
)
@dataclass(frozen=True)
class Square(NeuronType):
    """Weighted sum of squares, z = W x² + b. Even in every coordinate, so it cannot tell left from right.

    W (units, fan_in + 1) holds b as its last column (1² is 1). Its scale is 1/√3 of the rule's, because x⁴ has mean 3
    for a standard normal x; so z starts with unit variance.
    """

    def parameters(self, fan_in: int, units: int) -> dict[str, Parameter]:
        return {"W": Parameter((units, fan_in + 1), bias="last_column")}

    def cost(self, fan_in: int, units: int) -> Cost:
        # The squares are the layer's.
        return Cost(fan_in) + units * Cost(fan_in)

    def initialize(self, params: Params, init: Initializer) -> None:
        init.fill(params["W"][:, :-1], gain=1 / math.sqrt(3))
        init.bias(params["W"][:, -1])

    def written(self, w: Letters, x: Sequence[str]) -> str:
        return weighed(w["W"], powers(x, 2)) + plus(w["b"])

    def forward(self, params: Params, x: Array, tape: Tape) -> Array:
        tape.x = x
        squares = np.multiply(x, x, tape.like("squares", x))
        return tape.matmul(params["W"], squares, tape.z)

    def code(self, biased: bool = True) -> list[str]:
        return [f"z = {weighted_code('x**2', 'W', biased)}"]

    def backward(self, params: Params, grads: Params, tape: Tape, dz: Array, need_dx: bool) -> Array | None:
        tape.matmul(dz, tape.like("squares", tape.x).mT, grads["W"])
        if not need_dx:
            return None
        dx = tape.matmul(params["W"].mT, dz, tape.dx_and_one)
        dx *= tape.x
        dx *= tape.constants[2.0]
        return tape.dx

    def slopes(self, params: Params, x: Array, units: int) -> Slopes:
        return of_functions(params["W"][:, None, :-1], 2 * x[None, :-1])
