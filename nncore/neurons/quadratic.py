"""QuadraLib's own neuron, z = (A x) ∘ (B x) + C x + b: two linear views multiplied, beside a plain one."""

import math
from dataclasses import dataclass

import numpy as np

from nncore.initializers import Initializer
from nncore.neuron import NEURONS, NeuronType, Parameter, Params
from nncore.spec import Spec
from nncore.tape import Array, Tape


@NEURONS.register(
    Spec(
        name="quadratic",
        label="Quadratic",
        sentence="Multiplies two weighted sums and adds a third: each unit can draw an ellipse, a parabola or a cross.",
        formula=r"z = (A x) \circ (B x) + C x + b",
        group="second order",
        source="Xu et al. 2022, QuadraLib; 2023, QuadraNet",
    )
)
@dataclass(frozen=True)
class Quadratic(NeuronType):
    """Product of two sums plus a third, z = (A x) ∘ (B x) + C x + b.

    A and B (fan_in, units) stand side by side in AB, so that one product of matrices gives both; C (fan_in + 1, units)
    holds b as its last row. The product and the linear part each start with half of the variance: scales 2^(-1/4) for
    A and B, 2^(-1/2) for C.
    """

    def parameters(self, fan_in: int, units: int) -> dict[str, Parameter]:
        return {"AB": Parameter((fan_in, 2 * units)), "C": Parameter((fan_in + 1, units), bias="last_row")}

    def initialize(self, params: Params, init: Initializer) -> None:
        units = params["C"].shape[-1]
        init.fill(params["AB"][:, :units], gain=2 ** (-1 / 4))
        init.fill(params["AB"][:, units:], gain=2 ** (-1 / 4))
        init.fill(params["C"][:-1], gain=math.sqrt(1 / 2))
        params["C"][-1] = 0.0

    def forward(self, params: Params, x: Array, tape: Tape) -> Array:
        tape.x = x
        both = np.matmul(x[..., :-1], params["AB"], out=tape.array("both", (*tape.z_shape[:-1], 2 * tape.units)))
        z = np.matmul(x, params["C"], out=tape.array("z", tape.z_shape))
        product = np.multiply(both[..., : tape.units], both[..., tape.units :], out=tape.array("product", tape.z_shape))
        z += product
        return z

    def backward(self, params: Params, grads: Params, tape: Tape, dz: Array, need_dx: bool) -> Array | None:
        units, wide = tape.units, (*tape.z_shape[:-1], 2 * tape.units)
        both, d_both = tape.array("both", wide), tape.array("d_both", wide)
        np.multiply(dz, both[..., units:], out=d_both[..., :units])
        np.multiply(dz, both[..., :units], out=d_both[..., units:])
        x_transposed = tape.x.swapaxes(-1, -2)
        np.matmul(x_transposed[..., :-1, :], d_both, out=grads["AB"])
        np.matmul(x_transposed, dz, out=grads["C"])
        if not need_dx:
            return None
        dx = np.matmul(dz, params["C"][..., :-1, :].swapaxes(-1, -2), out=tape.array("dx", tape.dx_shape))
        dx += np.matmul(d_both, params["AB"].swapaxes(-1, -2), out=tape.array("dx_both", tape.dx_shape))
        return dx

    def mean_slope(self, params: Params, x: Array, units: int) -> Array:
        A, B = params["AB"][:, :units], params["AB"][:, units:]
        center = x[:, :-1].mean(axis=0)
        slope: Array = A * (center @ B) + B * (center @ A) + params["C"][:-1]
        return slope
