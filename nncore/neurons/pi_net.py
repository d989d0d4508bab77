"""The Π-net neuron: each degree multiplies what the degrees before have built by one more weighted sum."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nncore.cost import Cost
from nncore.formula import Letters, plus, weighed
from nncore.initializers import Initializer
from nncore.neuron import NEURONS, NeuronType, Parameter, Params, numbered, plus_code
from nncore.spec import Knob, Spec
from nncore.tape import Array, Tape


@NEURONS.register(
    Spec(
        name="pi_net",
        label="Π-net",
        sentence="Multiplies weighted sums in turn: powers and interactions of any degree, one set of weights each.",
        formula=r"v_1 = U_1 x, \quad v_k = (U_k x) \circ v_{k-1} + v_{k-1}, \quad z = v_d + b",
        formula_without_bias=r"v_1 = U_1 x, \quad v_k = (U_k x) \circ v_{k-1} + v_{k-1}, \quad z = v_d",
        group="higher order",
        knobs=(Knob("degree", "Degree", "int", 3, 1, 5, sentence="How many weighted sums d; 1 is the linear neuron."),),
        source="Chrysos et al. 2020, Π-nets (CCP)",
        zero_set="cubic",
    )
)
@dataclass(frozen=True)
class PiNet(NeuronType):
    """Coupled decomposition, v_1 = U_1 x, v_k = (U_k x) ∘ v_{k-1} + v_{k-1}, z = v_d + b.

    So v_k = v_{k-1} ∘ g_k with g_k = 1 + U_k x. U (degree · units, fan_in) holds the U_k one above the other; b is
    (units, 1). It starts near the linear neuron: the U_k x with k > 1 have the variance q = 1 / (2d), and U_1 the scale
    with which z has a linear neuron's. For standard normal x that is 1/√m of the rule's, m the mean of
    (‖x‖²/n) (1 + q ‖x‖²/n)^(d-1), from the moments of ‖x‖²: n (n + 2) (n + 4) ...
    """

    degree: int = 3

    def parameters(self, fan_in: int, units: int) -> dict[str, Parameter]:
        return {
            "U": Parameter((self.degree * units, fan_in), letters=numbered("U", self.degree)),
            "b": Parameter((units, 1), bias="all", over="unit"),
        }

    def cost(self, fan_in: int, units: int) -> Cost:
        return units * Cost(self.degree * fan_in + self.degree - 1)

    def initialize(self, params: Params, init: Initializer) -> None:
        first, *others = np.split(params["U"], self.degree)
        n, variance = first.shape[1], 1 / (2 * self.degree)
        init.fill(first, gain=_mean_of_product(n, variance, len(others)) ** -0.5)
        for block in others:
            init.fill(block, gain=math.sqrt(variance / init.sum_variance(block)))
        init.bias(params["b"])

    def written(self, w: Letters, x: Sequence[str]) -> str:
        v = weighed(w["U_1"], x)
        for k in range(2, self.degree + 1):
            v = f"({v})(1 + {weighed(w[f'U_{k}'], x)})"
        return v + plus(w["b"])

    def forward(self, params: Params, x: Array, tape: Tape) -> Array:
        tape.x = x
        factors = tape.matmul(params["U"], x[..., :-1, :], self._factors(tape))
        if self.degree > 1:
            factors[..., tape.units :, :] += tape.constants[1.0]
        v = self._block(factors, 1, tape)
        for k in range(2, self.degree + 1):
            v = np.multiply(v, self._block(factors, k, tape), tape.array(f"v{k}", tape.units))
        return np.add(v, params["b"], tape.z)

    def code(self, biased: bool = True) -> list[str]:
        return [
            f"first, *others = xp.vsplit(U, {self.degree})",
            "v = x @ first.T",
            "for U_k in others:",
            "    v = v * (1 + x @ U_k.T)",
            f"z = v{plus_code('b[:, 0]', biased)}",
        ]

    def backward(self, params: Params, grads: Params, tape: Tape, dz: Array, need_dx: bool) -> Array | None:
        factors, d_factors = self._factors(tape), tape.array("d_factors", self.degree * tape.units)
        dv = dz
        for k in range(self.degree, 1, -1):
            below = self._block(factors, 1, tape) if k == 2 else tape.array(f"v{k - 1}", tape.units)
            np.multiply(dv, below, self._block(d_factors, k, tape))
            # The last product is dv_1 = d(U_1 x) itself.
            target = self._block(d_factors, 1, tape) if k == 2 else tape.array("dv", tape.units)
            dv = np.multiply(dv, self._block(factors, k, tape), target)
        if self.degree == 1:
            np.copyto(d_factors, dz)
        inputs = tape.x[..., :-1, :]
        tape.matmul(d_factors, inputs.mT, grads["U"])
        tape.matmul(dz, tape.x[..., -1:, :].mT, grads["b"])
        return tape.matmul(params["U"].mT, d_factors, tape.array("dx_inputs", tape.fan_in)) if need_dx else None

    def _factors(self, tape: Tape) -> Array:
        return tape.array("factors", self.degree * tape.units)

    @staticmethod
    def _block(flat: Array, k: int, tape: Tape) -> Array:
        """The rows of the k-th degree."""
        return flat[..., (k - 1) * tape.units : k * tape.units, :]


def _mean_of_product(n: int, variance: float, factors: int) -> float:
    """The mean of (r/n) (1 + variance r/n)^factors for r = ‖x‖², x of n standard normal numbers."""
    moments = [math.prod((n + 2 * i) / n for i in range(k + 1)) for k in range(factors + 1)]
    return sum(math.comb(factors, k) * variance**k * moment for k, moment in enumerate(moments))
