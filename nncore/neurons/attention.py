"""The attention neuron: how much each input counts depends on the inputs themselves."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nncore.cost import Cost
from nncore.formula import Letters, plus
from nncore.initializers import Initializer
from nncore.neuron import NEURONS, NeuronType, Parameter, Params, plus_code
from nncore.slopes import Slopes, of_points
from nncore.spec import Spec
from nncore.tape import Array, Tape


@NEURONS.register(
    Spec(
        name="attention",
        label="Attention",
        sentence="Divides its attention among the inputs by their values, then weighs them: weights that adapt.",
        formula=r"z_j = \sum_i \mathrm{softmax}_i (K_{ji} x_i + c_{ji}) \, W_{ji} x_i + b_j",
        formula_without_bias=r"z_j = \sum_i \mathrm{softmax}_i (K_{ji} x_i) \, W_{ji} x_i",
        group="gated",
        source="after Bahdanau et al. 2015 (softmax attention)",
        zero_set="curve",
    )
)
@dataclass(frozen=True)
class Attention(NeuronType):
    """Weights that adapt to the input, z_j = Σ_i p_ji W_ji x_i + b_j, p_j = softmax over i of K_ji x_i + c_ji.

    Every input is one token, a number; every unit is a head of its own. K, c and W (units, fan_in), b (units, 1). K
    starts with half of the rule's scale and c at 0, so attention is nearly equal at first, 1 / fan_in each; W starts
    with fan_in times the rule's scale to make up for that: nearly the linear neuron.
    """

    def parameters(self, fan_in: int, units: int) -> dict[str, Parameter]:
        return {
            "K": Parameter((units, fan_in)),
            "c": Parameter((units, fan_in), bias="all"),
            "W": Parameter((units, fan_in)),
            "b": Parameter((units, 1), bias="all", over="unit"),
        }

    def cost(self, fan_in: int, units: int) -> Cost:
        # Of each input K x + c, its share p by a division, and p W x; the sum of exponentials is one of fan_in numbers.
        return units * Cost(4 * fan_in, fan_in - 1, fan_in)

    def initialize(self, params: Params, init: Initializer) -> None:
        init.fill(params["K"], gain=1 / 2)
        init.bias(params["c"])
        init.fill(params["W"], gain=params["W"].shape[1])
        init.bias(params["b"])

    def written(self, w: Letters, x: Sequence[str]) -> str:
        biases = [[c] for c in w["c"]] or [[]] * len(x)
        scores = ", ".join(f"{K} {name}" + plus(c) for K, name, c in zip(w["K"], x, biases, strict=True))
        values = ", ".join(f"{W} {name}" for W, name in zip(w["W"], x, strict=True))
        return rf"\mathrm{{softmax}}({scores}) \cdot ({values})" + plus(w["b"])

    def forward(self, params: Params, x: Array, tape: Tape) -> Array:
        tape.x, inputs = x, x[..., :-1, None, :]
        p, value, weighed = self._cube("p", tape), self._cube("value", tape), self._cube("scratch", tape)
        np.multiply(inputs, params["K"].mT[..., None], p)
        p += params["c"].mT[..., None]
        # Shifted so that the largest exponent is 0: no overflow.
        p -= np.maximum.reduce(p, axis=-3, keepdims=True)
        np.exp(p, p)
        p /= np.add.reduce(p, axis=-3, keepdims=True)
        np.multiply(inputs, params["W"].mT[..., None], value)
        total = np.add.reduce(np.multiply(p, value, weighed), axis=-3, out=tape.array("total", tape.units))
        return np.add(total, params["b"], tape.z)

    def code(self, biased: bool = True) -> list[str]:
        return [
            f"score = x[:, None, :] * K{plus_code('c', biased)}",
            "p = xp.exp(score - xp.amax(score, axis=2, keepdims=True))",
            "p = p / p.sum(axis=2, keepdims=True)",
            f"z = (p * W * x[:, None, :]).sum(axis=2){plus_code('b[:, 0]', biased)}",
        ]

    def backward(self, params: Params, grads: Params, tape: Tape, dz: Array, need_dx: bool) -> Array | None:
        inputs = tape.x[..., :-1, None, :]
        p, value = self._cube("p", tape), self._cube("value", tape)
        d_value, d_score = self._cube("d_value", tape), self._cube("d_score", tape)
        np.multiply(p, dz[..., None, :, :], d_value)
        # The slope of softmax: d_score_i = dz p_i (value_i - Σ_k p_k value_k).
        np.subtract(value, tape.array("total", tape.units)[..., None, :, :], d_score)
        d_score *= d_value
        np.vecdot(d_value, inputs, out=grads["W"].mT)
        np.vecdot(d_score, inputs, out=grads["K"].mT)
        np.add.reduce(d_score, axis=-1, out=grads["c"].mT)
        tape.matmul(dz, tape.x[..., -1:, :].mT, grads["b"])
        if not need_dx:
            return None
        dx = np.vecdot(d_value.mT, params["W"].mT[..., None, :], out=tape.dx)
        dx += np.vecdot(d_score.mT, params["K"].mT[..., None, :], out=tape.array("dx_score", tape.fan_in))
        return dx

    def slopes(self, params: Params, x: Array, units: int) -> Slopes:
        tape = Tape(x.shape[1], x.shape[0] - 1, units, dtype=x.dtype)
        self.forward(params, x, tape)
        # dz_j / dx_i = p_ji (W_ji + K_ji (value_ji - total_j)), with total_j = Σ_k p_jk value_jk.
        slopes = np.subtract(self._cube("value", tape), tape.array("total", units), self._cube("scratch", tape))
        slopes *= params["K"].T[..., None]
        slopes += params["W"].T[..., None]
        slopes *= self._cube("p", tape)
        return of_points(slopes.swapaxes(0, 1))

    def slope_numbers(self, fan_in: int, units: int) -> int:
        return fan_in * units

    @staticmethod
    def _cube(name: str, tape: Tape) -> Array:
        """Scratch of shape (..., fan_in, units, batch)."""
        return tape.array(name, tape.fan_in * tape.units).reshape(*tape.lead, tape.fan_in, tape.units, tape.batch)
