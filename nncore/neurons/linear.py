"""The linear neuron, z = W x + b: what nearly every network is made of (Rosenblatt 1958)."""

from dataclasses import dataclass

import numpy as np

from nncore.initializers import Initializer
from nncore.neuron import NEURONS, NeuronType, Parameter, Params
from nncore.spec import Spec
from nncore.tape import Array, Tape


@NEURONS.register(
    Spec(
        name="linear",
        label="Linear",
        sentence="Weighs its inputs and adds them up: each unit draws one straight line.",
        formula=r"z = W x + b",
        group="first order",
        source="Rosenblatt 1958",
    )
)
@dataclass(frozen=True)
class Linear(NeuronType):
    """Weighted sum, z = W x + b. W (fan_in + 1, units) holds b as its last row. Starts by the rule, with b = 0."""

    def parameters(self, fan_in: int, units: int) -> dict[str, Parameter]:
        return {"W": Parameter((fan_in + 1, units), bias="last_row")}

    def initialize(self, params: Params, init: Initializer) -> None:
        init.fill(params["W"][:-1])
        params["W"][-1] = 0.0

    def forward(self, params: Params, x: Array, tape: Tape) -> Array:
        tape.x = x
        return np.matmul(x, params["W"], out=tape.array("z", tape.z_shape))

    def backward(self, params: Params, grads: Params, tape: Tape, dz: Array, need_dx: bool) -> Array | None:
        np.matmul(tape.x.swapaxes(-1, -2), dz, out=grads["W"])
        if not need_dx:
            return None
        return np.matmul(dz, params["W"][..., :-1, :].swapaxes(-1, -2), out=tape.array("dx", tape.dx_shape))

    def mean_slope(self, params: Params, x: Array, units: int) -> Array:
        return params["W"][:-1].copy()
