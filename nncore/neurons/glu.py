"""The gated linear unit, z = (A x + a) ∘ g(B x + b): one weighted sum decides how much of another passes."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nncore.activations import ACTIVATIONS, Activation
from nncore.cost import Cost
from nncore.formula import Letters, plus, weighed
from nncore.initializers import Initializer
from nncore.neuron import NEURONS, NeuronType, Parameter, Params, weighted_code
from nncore.spec import Knob, Spec
from nncore.tape import Array, Tape

GATES = ("sigmoid", "identity", "relu", "gelu", "silu")
NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(40)
"""Of Gauss' rule for means over the standard normal distribution."""


@NEURONS.register(
    Spec(
        name="glu",
        label="Gated (GLU)",
        sentence="One weighted sum is the gate that lets another through, or holds it back.",
        formula=r"z = (A x + a) \circ g(B x + b)",
        formula_without_bias=r"z = (A x) \circ g(B x)",
        group="gated",
        knobs=(Knob("gate", "Gate", "choice", "sigmoid", choices=GATES, sentence="The activation g."),),
        source="Dauphin et al. 2017; Shazeer 2020",
        zero_set="line",
    )
)
@dataclass(frozen=True)
class Glu(NeuronType):
    """One sum through a gate, z = (A x + a) ∘ g(B x + b), g one of the activations.

    A and B stand one above the other in AB (2 · units, fan_in + 1), with a and b as its last column, so that one
    product of matrices gives both sums. B starts by the rule, and A with what makes up for the gate, so that z has a
    linear neuron's variance: 1/√(mean of g(u)²), u a normal number of (n + 2) / n times the variance of B x, as ‖x‖
    makes both sums large together. A sigmoid is never 0, so the zero set is A's line alone; the identity, which is the
    product, adds B's.
    """

    gate: str = "sigmoid"

    @cached_property
    def activation(self) -> Activation:
        """The gate itself."""
        return ACTIVATIONS.build(self.gate)

    def parameters(self, fan_in: int, units: int) -> dict[str, Parameter]:
        return {"AB": Parameter((2 * units, fan_in + 1), bias="last_column", letters=("A", "B"), biases=("a", "b"))}

    def cost(self, fan_in: int, units: int) -> Cost:
        return units * (Cost(2 * fan_in + 1) + self.activation.cost())

    def initialize(self, params: Params, init: Initializer) -> None:
        A, B = np.split(params["AB"][:, :-1], 2)
        fan_in = B.shape[1]
        init.fill(A, gain=self._mean_square(init.sum_variance(B) * (fan_in + 2) / fan_in) ** -0.5)
        init.fill(B)
        init.bias(params["AB"][:, -1])

    def _mean_square(self, variance: float) -> float:
        """Of g(u) for normal u of that variance."""
        u = math.sqrt(variance) * NODES[None]
        gate = np.empty_like(u)
        self.activation.forward({}, u, gate, Tape(u.shape[1], 1, 1, dtype=u.dtype))
        return float(gate[0] ** 2 @ WEIGHTS / WEIGHTS.sum())

    def written(self, w: Letters, x: Sequence[str]) -> str:
        left, right = (weighed(w[A], x) + plus(w[a]) for A, a in ("Aa", "Bb"))
        return rf"({left}) \, \mathrm{{{self.gate}}}({right})"

    def forward(self, params: Params, x: Array, tape: Tape) -> Array:
        tape.x, units = x, tape.units
        both = tape.matmul(params["AB"], x, tape.array("both", 2 * units))
        gate = tape.array("gate", units)
        self.activation.forward({}, both[..., units:, :], gate, tape)
        return np.multiply(both[..., :units, :], gate, tape.z)

    def code(self, biased: bool = True) -> list[str]:
        return [
            "A, B = xp.vsplit(AB, 2)",
            f"z = {weighted_code('x', 'B', biased)}",
            f"z = ({weighted_code('x', 'A', biased)}) * ({self.activation.code()})",
        ]

    def backward(self, params: Params, grads: Params, tape: Tape, dz: Array, need_dx: bool) -> Array | None:
        units, gate = tape.units, tape.array("gate", tape.units)
        both, d_both = tape.array("both", 2 * units), tape.array("d_both", 2 * units)
        np.multiply(dz, gate, d_both[..., :units, :])
        d_gate = np.multiply(dz, both[..., :units, :], d_both[..., units:, :])
        self.activation.backward({}, {}, both[..., units:, :], gate, d_gate, tape)
        tape.matmul(d_both, tape.x.mT, grads["AB"])
        if not need_dx:
            return None
        tape.matmul(params["AB"].mT, d_both, tape.dx_and_one)
        return tape.dx
