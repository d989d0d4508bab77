"""The squared sum, z = (W x)² + b: a linear neuron that is squared afterwards (QuadraLib type 3)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nncore.cost import Cost
from nncore.formula import Letters, plus, weighed
from nncore.initializers import Initializer
from nncore.neuron import NEURONS, NeuronType, Parameter, Params, plus_code
from nncore.slopes import Slopes, of_forms
from nncore.spec import Spec
from nncore.tape import Array, Tape


@NEURONS.register(
    Spec(
        name="squared_sum",
        label="Squared sum",
        sentence="Adds first and squares afterwards: each unit draws two parallel lines, a strip.",
        formula=r"z = (W x)^2 + b",
        formula_without_bias=r"z = (W x)^2",
        group="second order",
        source="Xu et al. 2022, QuadraLib",
        zero_set="parallel_lines",
    )
)
@dataclass(frozen=True)
class SquaredSum(NeuronType):
    """Square of a weighted sum, z = (W x)² + b. The same as a linear neuron without bias under the activation z².

    W (units, fan_in), b (units, 1). W has the scale with which z starts with a linear neuron's variance: for standard
    normal x, and s the variance of W x, that of its square is s² (2 + 3 (k - 1) / n), k the kurtosis of a weight. b
    starts at 0, so the strip has no width at first.
    """

    def parameters(self, fan_in: int, units: int) -> dict[str, Parameter]:
        return {"W": Parameter((units, fan_in)), "b": Parameter((units, 1), bias="all", over="unit")}

    def cost(self, fan_in: int, units: int) -> Cost:
        return units * Cost(fan_in + 1)

    def initialize(self, params: Params, init: Initializer) -> None:
        W = params["W"]
        spread = 2 + 3 * (init.kurtosis - 1) / W.shape[1]
        init.fill(W, gain=(spread * init.sum_variance(W)) ** (-1 / 4))
        init.bias(params["b"])

    def written(self, w: Letters, x: Sequence[str]) -> str:
        return f"({weighed(w['W'], x)})^2" + plus(w["b"])

    def forward(self, params: Params, x: Array, tape: Tape) -> Array:
        tape.x = x
        total = tape.matmul(params["W"], x[..., :-1, :], tape.array("total", tape.units))
        z = np.multiply(total, total, tape.z)
        z += params["b"]
        return z

    def code(self, biased: bool = True) -> list[str]:
        return [f"z = (x @ W.T) ** 2{plus_code('b[:, 0]', biased)}"]

    def backward(self, params: Params, grads: Params, tape: Tape, dz: Array, need_dx: bool) -> Array | None:
        x, d_total = tape.x, tape.array("d_total", tape.units)
        np.multiply(dz, tape.array("total", tape.units), d_total)
        d_total *= tape.constants[2.0]
        tape.matmul(d_total, x[..., :-1, :].mT, grads["W"])
        tape.matmul(dz, x[..., -1:, :].mT, grads["b"])
        return tape.matmul(params["W"].mT, d_total, tape.array("dx_inputs", tape.fan_in)) if need_dx else None

    def slopes(self, params: Params, x: Array, units: int) -> Slopes:
        W = params["W"]
        H = np.zeros((units, len(x) - 1, len(x)), W.dtype)
        np.multiply(2 * W[:, :, None], W[:, None, :], H[..., :-1])
        return of_forms(H, x)
