"""The radial neuron, z = exp(-γ ‖x - c‖²): it answers near a centre and falls silent far away."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nncore.cost import Cost
from nncore.formula import Letters
from nncore.initializers import Initializer
from nncore.neuron import NEURONS, NeuronType, Parameter, Params
from nncore.spec import Spec
from nncore.tape import Array, Tape

WIDEST = 16
"""Inputs up to which γ starts at 1. Of more, distances are so large that every unit would start silent."""
LOG_GAMMA_HIGH = 20.0
"""The largest size of log γ: a spot 20,000 times narrower than the square, and far from overflow in float32."""
SILENT = -1e4
"""An exponent this low and any lower one give the same z, 0; unlike -inf, it has slopes of 0 and not NaN."""
HIGH, LOW = np.array(LOG_GAMMA_HIGH, np.float32), np.array(-LOG_GAMMA_HIGH, np.float32)


@NEURONS.register(
    Spec(
        name="rbf",
        label="Radial (RBF)",
        sentence="Measures how near a point is to its centre: each unit draws a soft round spot.",
        formula=r"z_j = e^{-\gamma_j \lVert x - c_j \rVert^2}",
        group="by distance",
        source="Broomhead and Lowe 1988",
        zero_set="ring",
    )
)
@dataclass(frozen=True)
class Rbf(NeuronType):
    """Gaussian of the distance to a centre, z_j = exp(-γ_j ‖x - c_j‖²). From 0 to 1: it can never say no by itself.

    c (units, fan_in); γ > 0 is learnt through its logarithm, log_gamma (units, 1), which penalties leave alone as they
    do biases; after each step it is brought back to -20 to 20. Centres start anywhere in the data's square, from -1 to
    1 in every coordinate, and γ at 1, spots that leave the square's corners to others: they learn spirals from more
    starts than the wide ones of a smaller γ (docs/reference/what-is-known.md). Of more than 16 inputs γ starts at
    16 / fan_in, as the mean of ‖x - c‖² grows with them. The fixed rules fill the centres as they do weights and
    log_gamma as biases.
    """

    def parameters(self, fan_in: int, units: int) -> dict[str, Parameter]:
        return {
            "c": Parameter((units, fan_in)),
            "log_gamma": Parameter((units, 1), penalized=False, over="unit", letters=("log γ",)),
        }

    def cost(self, fan_in: int, units: int) -> Cost:
        return units * Cost(multiply_adds=fan_in + 1, additions=fan_in, transcendentals=1)

    def initialize(self, params: Params, init: Initializer) -> None:
        c = params["c"]
        if init.rule in ("glorot", "he"):
            c[...] = init.rng.uniform(-1.0, 1.0, c.shape)
        else:
            init.fill(c)
        init.bias(params["log_gamma"], math.log(min(1.0, WIDEST / c.shape[1])))

    def written(self, w: Letters, x: Sequence[str]) -> str:
        squares = " + ".join(f"({name} - ({c}))^2" for name, c in zip(x, w["c"], strict=True))
        return rf"\exp(-e^{{{w['log γ'][0]}}} ({squares}))"

    def forward(self, params: Params, x: Array, tape: Tape) -> Array:
        tape.x, exponent = x, tape.array("exponent", tape.units)
        away = tape.array("away", tape.fan_in * tape.units).reshape(*tape.lead, tape.fan_in, tape.units, tape.batch)
        # The differences themselves: ‖x‖² - 2 c·x + ‖c‖² would be fewer calls, but can come out negative in float32.
        np.subtract(x[..., :-1, None, :], params["c"].mT[..., None], away)
        away *= away
        np.add.reduce(away, axis=-3, out=exponent)
        log_gamma = params["log_gamma"]
        minus_gamma = np.exp(log_gamma, tape.like("minus_gamma", log_gamma))
        minus_gamma *= tape.constants[-1.0]
        exponent *= minus_gamma
        np.maximum(exponent, tape.constants[SILENT], out=exponent)
        return np.exp(exponent, tape.z)

    def code(self, biased: bool = True) -> list[str]:
        return [
            "distance_squared = ((x[:, None, :] - c) ** 2).sum(axis=2)",
            "z = xp.exp(-xp.exp(log_gamma[:, 0]) * distance_squared)",
        ]

    def backward(self, params: Params, grads: Params, tape: Tape, dz: Array, need_dx: bool) -> Array | None:
        inputs, c, log_gamma = tape.x[..., :-1, :], params["c"], params["log_gamma"]
        d_exponent = np.multiply(dz, tape.z, tape.array("d_exponent", tape.units))
        # The slope of the exponent with respect to log γ is the exponent itself.
        np.vecdot(d_exponent, tape.array("exponent", tape.units), out=grads["log_gamma"][..., 0])
        # pull = 2 dLoss / d‖x - c‖², so that dc = Σ pull (c - x) over points and dx = Σ pull (x - c) over units.
        pull = d_exponent
        pull *= tape.like("minus_gamma", log_gamma)
        pull *= tape.constants[2.0]
        dc = tape.matmul(pull, inputs.mT, grads["c"])
        np.subtract(np.multiply(c, np.add.reduce(pull, axis=-1, keepdims=True), tape.like("held", dc)), dc, dc)
        if not need_dx:
            return None
        dx = np.multiply(inputs, np.add.reduce(pull, axis=-2, keepdims=True), tape.dx)
        dx -= tape.matmul(c.mT, pull, tape.array("toward", tape.fan_in))
        return dx

    def constrain(self, params: Params) -> None:
        log_gamma = params["log_gamma"]
        np.minimum(np.maximum(log_gamma, LOW, out=log_gamma), HIGH, out=log_gamma)
