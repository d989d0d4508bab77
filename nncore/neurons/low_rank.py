"""The low-rank quadratic neuron, z = Σ_r (a_r·x)(b_r·x) + C x + b: a full quadratic form from a few products."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nncore.cost import Cost
from nncore.formula import Letters, plus, weighed
from nncore.initializers import Initializer
from nncore.neuron import NEURONS, NeuronType, Parameter, Params, numbered, weighted_code
from nncore.slopes import Slopes, of_forms
from nncore.spec import Knob, Spec
from nncore.tape import Array, Tape


@NEURONS.register(
    Spec(
        name="low_rank",
        label="Low-rank quadratic",
        sentence="Adds up a few products of two weighted sums: nearly a full quadratic form, with far fewer weights.",
        formula=r"z = \sum_{r=1}^{R} (A_r x) \circ (B_r x) + C x + b",
        formula_without_bias=r"z = \sum_{r=1}^{R} (A_r x) \circ (B_r x) + C x",
        group="second order",
        knobs=(Knob("rank", "Rank", "int", 2, 1, 8, sentence="How many products R; 1 is the quadratic neuron."),),
        source="Xu et al. 2022, QuadraLib",
        zero_set="conic",
    )
)
@dataclass(frozen=True)
class LowRank(NeuronType):
    """Sum of products and a linear part, z = Σ_r (A_r x) ∘ (B_r x) + C x + b, r from 1 to `rank`.

    AB (2 · rank · units, fan_in) holds A_1, A_2, ..., then B_1, B_2, ..., so that one product of matrices gives all
    sums; C (units, fan_in + 1) holds b as its last column. The products together and the linear part each start with
    half of a linear neuron's variance.
    """

    rank: int = 2

    @property
    def _letters(self) -> tuple[str, ...]:
        return numbered("A", self.rank) + numbered("B", self.rank)

    def parameters(self, fan_in: int, units: int) -> dict[str, Parameter]:
        return {
            "AB": Parameter((2 * self.rank * units, fan_in), letters=self._letters),
            "C": Parameter((units, fan_in + 1), bias="last_column"),
        }

    def cost(self, fan_in: int, units: int) -> Cost:
        return units * Cost(2 * self.rank * fan_in + self.rank + fan_in)

    def initialize(self, params: Params, init: Initializer) -> None:
        for block in np.split(params["AB"], 2 * self.rank):
            init.fill(block, init.factor_gain(block, share=1 / (2 * self.rank)))
        init.fill(params["C"][:, :-1], gain=2 ** (-1 / 2))
        init.bias(params["C"][:, -1])

    def written(self, w: Letters, x: Sequence[str]) -> str:
        pairs = zip(self._letters[: self.rank], self._letters[self.rank :], strict=True)
        products = (f"({weighed(w[A], x)})({weighed(w[B], x)})" for A, B in pairs)
        return f"{' + '.join(products)} + {weighed(w['C'], x)}" + plus(w["b"])

    def forward(self, params: Params, x: Array, tape: Tape) -> Array:
        tape.x = x
        both = self._by_rank(tape.matmul(params["AB"], x[..., :-1, :], self._array("both", tape)), tape)
        products = np.multiply(both[..., 0, :, :, :], both[..., 1, :, :, :], self._products(tape))
        z = tape.matmul(params["C"], x, tape.z)
        z += np.add.reduce(products, axis=-3, out=tape.array("form", tape.units))
        return z

    def code(self, biased: bool = True) -> list[str]:
        return [
            "A, B = xp.vsplit(AB, 2)",
            f"products = ((x @ A.T) * (x @ B.T)).reshape(len(x), {self.rank}, len(C))",
            f"z = products.sum(axis=1) + {weighted_code('x', 'C', biased)}",
        ]

    def backward(self, params: Params, grads: Params, tape: Tape, dz: Array, need_dx: bool) -> Array | None:
        x, d_flat = tape.x, self._array("d_both", tape)
        both, d_both = self._by_rank(self._array("both", tape), tape), self._by_rank(d_flat, tape)
        np.multiply(both[..., ::-1, :, :, :], dz[..., None, None, :, :], d_both)
        tape.matmul(d_flat, x[..., :-1, :].mT, grads["AB"])
        tape.matmul(dz, x.mT, grads["C"])
        if not need_dx:
            return None
        tape.matmul(params["C"].mT, dz, tape.dx_and_one)
        dx = tape.dx
        dx += tape.matmul(params["AB"].mT, d_flat, tape.array("dx_both", tape.fan_in))
        return dx

    def slopes(self, params: Params, x: Array, units: int) -> Slopes:
        A, B = params["AB"].reshape(2, self.rank, units, -1)
        H = np.empty((units, len(x) - 1, len(x)), x.dtype)
        H[..., :-1] = (A[..., :, None] * B[..., None, :] + B[..., :, None] * A[..., None, :]).sum(axis=0)
        H[..., -1] = params["C"][:, :-1]
        return of_forms(H, x)

    def _array(self, name: str, tape: Tape) -> Array:
        return tape.array(name, 2 * self.rank * tape.units)

    def _by_rank(self, flat: Array, tape: Tape) -> Array:
        """(..., 2 · rank · units, batch) as (..., 2, rank, units, batch)."""
        return flat.reshape(*tape.lead, 2, self.rank, tape.units, tape.batch)

    def _products(self, tape: Tape) -> Array:
        return tape.array("products", self.rank * tape.units).reshape(*tape.lead, self.rank, tape.units, tape.batch)
