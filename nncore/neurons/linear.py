"""The linear neuron, z = W x + b: what nearly every network is made of (Rosenblatt 1958)."""

from collections.abc import Sequence
from dataclasses import dataclass

from nncore.cost import Cost
from nncore.formula import Letters, plus, weighed
from nncore.initializers import Initializer
from nncore.neuron import NEURONS, NeuronType, Parameter, Params, weighted_code
from nncore.slopes import Slopes, of_constants
from nncore.spec import Spec
from nncore.tape import Array, Tape


@NEURONS.register(
    Spec(
        name="linear",
        label="Linear",
        sentence="Weighs its inputs and adds them up: each unit draws one straight line.",
        formula=r"z = W x + b",
        formula_without_bias=r"z = W x",
        group="first order",
        source="Rosenblatt 1958",
        zero_set="line",
    )
)
@dataclass(frozen=True)
class Linear(NeuronType):
    """Weighted sum, z = W x + b. W (units, fan_in + 1) holds b as its last column. Starts by the rule, with b = 0."""

    def parameters(self, fan_in: int, units: int) -> dict[str, Parameter]:
        return {"W": Parameter((units, fan_in + 1), bias="last_column")}

    def cost(self, fan_in: int, units: int) -> Cost:
        return units * Cost(fan_in)

    def initialize(self, params: Params, init: Initializer) -> None:
        init.fill(params["W"][:, :-1])
        init.bias(params["W"][:, -1])

    def written(self, w: Letters, x: Sequence[str]) -> str:
        return weighed(w["W"], x) + plus(w["b"])

    def forward(self, params: Params, x: Array, tape: Tape) -> Array:
        tape.x = x
        return tape.matmul(params["W"], x, tape.z)

    def code(self, biased: bool = True) -> list[str]:
        return [f"z = {weighted_code('x', 'W', biased)}"]

    def backward(self, params: Params, grads: Params, tape: Tape, dz: Array, need_dx: bool) -> Array | None:
        tape.matmul(dz, tape.x.mT, grads["W"])
        if not need_dx:
            return None
        tape.matmul(params["W"].mT, dz, tape.dx_and_one)
        return tape.dx

    def slopes(self, params: Params, x: Array, units: int) -> Slopes:
        return of_constants(params["W"][:, :-1])
