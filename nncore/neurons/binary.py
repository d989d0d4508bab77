"""The binary neuron, z = α sign(W) x + b: each weight is only a plus or a minus, with one size for the whole unit."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from nncore.cost import Cost
from nncore.formula import Letters, plus, weighed
from nncore.initializers import Initializer
from nncore.neuron import NEURONS, NeuronType, Parameter, Params, plus_code
from nncore.slopes import Slopes, of_constants
from nncore.spec import Spec
from nncore.tape import Array, Tape

ONE, MINUS_ONE = np.array(1.0, np.float32), np.array(-1.0, np.float32)


@NEURONS.register(
    Spec(
        name="binary",
        label="Binary",
        sentence="Only adds or subtracts its inputs: in the plane a unit's line has one of two slants.",
        formula=r"z_j = \alpha_j \, \mathrm{sign}(W_j) x + b_j, \quad \alpha_j = \mathrm{mean} \lvert W_j \rvert",
        formula_without_bias=(
            r"z_j = \alpha_j \, \mathrm{sign}(W_j) x, \quad \alpha_j = \mathrm{mean} \lvert W_j \rvert"
        ),
        group="quantised",
        source="Courbariaux et al. 2015, 2016; α: Rastegari et al. 2016, XNOR-Net",
        zero_set="line",
    )
)
@dataclass(frozen=True)
class Binary(NeuronType):
    """Signs with a common size, z_j = α_j sign(W_j) x + b_j, α_j the mean of |W_j|; sign(0) is 1.

    A weight that L1 has taken out (`prune` keeps it as minus zero) is gone: its sign is 0, and α is the mean over those
    that are left, the size with which α sign(W) comes nearest to W (as for ternary weights, Li and Liu 2016).

    W (units, fan_in) holds the real weights that learning moves; b (units, 1) stays real. Straight-through: for the
    gradient, sign'(w) is 1 where |w| ≤ 1, else 0; everything else is differentiated plainly, α included. With
    G = dLoss / d(α sign(W)): dW_i = α sign'(W_i) G_i + sign(W_i) (Σ_k G_k sign(W_k)) / n, n the number of weights left.
    After each step W is clipped to [-1, 1]. It starts with 2/√3 of the rule's scale: α² is 3/4 of the variance of a
    uniform weight.
    """

    own_gradient: ClassVar[bool] = True

    def parameters(self, fan_in: int, units: int) -> dict[str, Parameter]:
        return {"W": Parameter((units, fan_in)), "b": Parameter((units, 1), bias="all", over="unit")}

    def cost(self, fan_in: int, units: int) -> Cost:
        # α (Σ ±x) + b: signs are no products.
        return units * Cost(multiply_adds=1, additions=fan_in - 1)

    def initialize(self, params: Params, init: Initializer) -> None:
        init.fill(params["W"], gain=2 / math.sqrt(3))
        init.bias(params["b"])

    def written(self, w: Letters, x: Sequence[str]) -> str:
        sizes = ", ".join(rf"\lvert {one} \rvert" for one in w["W"])
        signs = [rf"\mathrm{{sign}}({one})" for one in w["W"]]
        return rf"\mathrm{{mean}}({sizes}) ({weighed(signs, x)})" + plus(w["b"])

    def forward(self, params: Params, x: Array, tape: Tape) -> Array:
        tape.x, W = x, params["W"]
        sign = _signs(W, tape.like("sign", W))
        alpha, share = tape.like("alpha", params["b"]), tape.like("share", params["b"])
        # Of squares of signs the sum is how many weights are left, and Σ |w| is Σ w sign(w).
        np.vecdot(sign, sign, out=share[..., 0])
        np.reciprocal(np.maximum(share, tape.constants[1.0], out=share), share)
        np.vecdot(W, sign, out=alpha[..., 0])
        alpha *= share
        z = tape.matmul(np.multiply(sign, alpha, tape.like("weights", W)), x[..., :-1, :], tape.z)
        z += params["b"]
        return z

    def code(self, biased: bool = True) -> list[str]:
        return [
            "sign = xp.copysign(xp.ones_like(W), W) * ~((W == 0) & xp.signbit(W))  # -0 is a weight that is gone",
            "alpha = xp.abs(W).sum(axis=1) / xp.clip(xp.abs(sign).sum(axis=1), 1, None)",
            f"z = alpha * (x @ sign.T){plus_code('b[:, 0]', biased)}",
        ]

    def backward(self, params: Params, grads: Params, tape: Tape, dz: Array, need_dx: bool) -> Array | None:
        x, W = tape.x, params["W"]
        weights, sign = tape.like("weights", W), tape.like("sign", W)
        tape.matmul(dz, x[..., -1:, :].mT, grads["b"])
        G = dW = tape.matmul(dz, x[..., :-1, :].mT, grads["W"])
        # By way of α every weight of the unit gets the same share, towards its own sign.
        pull = np.vecdot(G, sign)[..., None]
        pull *= tape.like("share", params["b"])
        # By way of its own sign.
        through = np.absolute(W, tape.like("through", W))
        np.less_equal(through, tape.constants[1.0], out=through, casting="unsafe")
        through *= tape.like("alpha", params["b"])
        dW *= through
        dW += np.multiply(sign, pull, tape.like("shares", dW))
        return tape.matmul(weights.mT, dz, tape.array("dx_inputs", tape.fan_in)) if need_dx else None

    def constrain(self, params: Params) -> None:
        W = params["W"]
        np.minimum(np.maximum(W, MINUS_ONE, out=W), ONE, out=W)

    def slopes(self, params: Params, x: Array, units: int) -> Slopes:
        W = params["W"]
        sign = _signs(W, np.empty_like(W))
        left = np.maximum(np.abs(sign).sum(axis=1, keepdims=True), 1.0)
        return of_constants(np.abs(W).sum(axis=1, keepdims=True) / left * sign)


def _signs(W: Array, out: Array) -> Array:
    """1 or -1 for each weight, and 0 for one that is gone, minus zero."""
    np.copysign(ONE, W, out)
    gone = np.signbit(W)
    gone &= W == 0
    np.copyto(out, 0.0, where=gone)
    return out
