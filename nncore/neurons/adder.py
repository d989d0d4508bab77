"""The adder neuron, z = -s Σ |x - w| + b: it compares by subtraction, without a single product of input and weight."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from nncore.cost import Cost
from nncore.formula import Letters, plus
from nncore.initializers import Initializer
from nncore.neuron import NEURONS, NeuronType, Parameter, Params
from nncore.slopes import Slopes, of_points
from nncore.spec import Knob, Spec
from nncore.tape import Array, Tape

VARIANCE = 4 / 3
"""Of x - w, for x of unit variance and w uniform from -1 to 1."""
NEARLY_ZERO = 1e-12
"""The least length that a gradient is divided by, as in its authors' code: one of nothing but rounding is no step."""


@NEURONS.register(
    Spec(
        name="adder",
        label="Adder",
        sentence="Adds up how far inputs are from weights, and never multiplies: each unit draws a diamond.",
        formula=r"z_j = -s_j \sum_i \lvert x_i - w_{ij} \rvert + b_j",
        formula_without_bias=r"z_j = -s_j \sum_i \lvert x_i - w_{ij} \rvert",
        group="by distance",
        knobs=(
            Knob(
                "eta",
                "Adder rate η",
                "float",
                0.1,
                0.001,
                10.0,
                scale="log",
                sentence="The size to which the gradient of a layer's W is rescaled, per weight.",
            ),
        ),
        source="Chen et al. 2020, AdderNet",
        zero_set="diamond",
    )
)
@dataclass(frozen=True)
class Adder(NeuronType):
    """Negative distance by city blocks, z_j = -s_j Σ_i |x_i - W_ji| + b_j. W (units, fan_in), s and b (units, 1).

    Its gradients are AdderNet's, not plain derivatives. With dy = s dz: dW_ji = Σ dy_j (x_i - W_ji), the difference
    itself for its sign (equation 5); dx_i = Σ_j dy_j HT(W_ji - x_i), HT clipping to [-1, 1] (equations 6 and 7); and
    before the optimiser dW of the layer becomes η √k dW / ‖dW‖₂, k the number of its weights (equations 9 and 10). That
    is the gradient of the loss alone: penalties join it afterwards.

    W starts uniform from -1 to 1, where the data lies; the fixed rules fill it as any other. s and b (the paper leaves
    both to batch normalisation) start so that z has mean 0 and variance 1 for standard normal x, x - w taken as normal:
    its absolute value has mean √(2v/π) and variance (1 - 2/π) v. Without b, z is negative and z² starts with mean 1.
    """

    own_gradient: ClassVar[bool] = True

    eta: float = 0.1

    def parameters(self, fan_in: int, units: int) -> dict[str, Parameter]:
        return {
            "W": Parameter((units, fan_in)),
            "s": Parameter((units, 1), over="unit"),
            "b": Parameter((units, 1), bias="all", over="unit"),
        }

    def cost(self, fan_in: int, units: int) -> Cost:
        return units * Cost(multiply_adds=1, additions=2 * fan_in - 1)

    def initialize(self, params: Params, init: Initializer) -> None:
        W, fan_in = params["W"], params["W"].shape[1]
        if init.rule in ("glorot", "he"):
            W[...] = init.rng.uniform(-1.0, 1.0, W.shape)
        else:
            init.fill(W)
        mean, variance = math.sqrt(2 * VARIANCE / math.pi), fan_in * VARIANCE * (1 - 2 / math.pi)
        scale = 1 / math.sqrt(variance if init.biased else variance + (fan_in * mean) ** 2)
        params["s"][...] = scale
        init.bias(params["b"], scale * fan_in * mean)

    def written(self, w: Letters, x: Sequence[str]) -> str:
        distances = " + ".join(rf"\lvert {name} - ({one}) \rvert" for name, one in zip(x, w["W"], strict=True))
        return rf"-({w['s'][0]}) ({distances})" + plus(w["b"])

    def forward(self, params: Params, x: Array, tape: Tape) -> Array:
        tape.x = x
        away, size = self._cube("away", tape), self._cube("size", tape)
        np.subtract(params["W"].mT[..., None], x[..., :-1, None, :], away)
        distance = np.add.reduce(np.absolute(away, size), axis=-3, out=tape.array("distance", tape.units))
        z = np.multiply(distance, params["s"], tape.z)
        return np.subtract(params["b"], z, z)

    def code(self, biased: bool = True) -> list[str]:
        return [f"z = {'b[:, 0] - ' if biased else '-'}s[:, 0] * xp.abs(x[:, None, :] - W).sum(axis=2)"]

    def backward(self, params: Params, grads: Params, tape: Tape, dz: Array, need_dx: bool) -> Array | None:
        W, x = params["W"], tape.x
        ds = np.vecdot(dz, tape.array("distance", tape.units), out=grads["s"][..., 0])
        # Not np.negative: NumPy 2.4 gets it wrong for float32 in steps of four, which replicas' parameters can have.
        ds *= tape.constants[-1.0]
        tape.matmul(dz, x[..., -1:, :].mT, grads["b"])
        dy = np.multiply(dz, params["s"], tape.array("dy", tape.units))
        # Σ dy (x - w) over points is Σ dy x - w Σ dy: the product with x and its row of ones holds both sums.
        sums = np.matmul(dy, x.mT)
        dW = np.multiply(W, sums[..., -1:], grads["W"])
        np.subtract(sums[..., :-1], dW, dW)
        if not need_dx:
            return None
        clipped = self._cube("size", tape)
        np.maximum(self._cube("away", tape), tape.constants[-1.0], out=clipped)
        np.minimum(clipped, tape.constants[1.0], out=clipped)
        return np.vecdot(clipped.mT, dy.mT[..., None, :, :], out=tape.dx)

    def slopes(self, params: Params, x: Array, units: int) -> Slopes:
        # (units, fan_in, points), by AdderNet's gradient.
        clipped = np.clip(params["W"][..., None] - x[:-1], -1.0, 1.0)
        found = of_points(clipped)
        return Slopes(params["s"] * found.mean, np.abs(params["s"]) * found.size)

    def slope_numbers(self, fan_in: int, units: int) -> int:
        return fan_in * units

    def rescale(self, params: Params, grads: Params) -> None:
        dW = grads["W"]
        # In float64, where the squares of small gradients do not vanish.
        wide = dW.astype(np.float64)
        flat = wide.reshape(*dW.shape[:-2], -1)
        factor = self.eta * math.sqrt(flat.shape[-1]) * np.maximum(np.vecdot(flat, flat), NEARLY_ZERO**2) ** -0.5
        np.multiply(wide, factor[..., None, None], dW, casting="same_kind")

    @staticmethod
    def _cube(name: str, tape: Tape) -> Array:
        """Scratch of shape (..., fan_in, units, batch)."""
        return tape.array(name, tape.fan_in * tape.units).reshape(*tape.lead, tape.fan_in, tape.units, tape.batch)
