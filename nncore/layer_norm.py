"""Layer normalisation (Ba et al. 2016): every point's z brought to mean 0 and variance 1, then scaled and shifted.

Kinds that multiply explode in depth without it.
"""

from dataclasses import dataclass

import numpy as np

from nncore.cost import Cost
from nncore.neuron import Parameter, Params, plus_code
from nncore.tape import Array, Tape

EPSILON = 1e-5
"""Added to the variance, as in PyTorch, so that equal units do not divide by zero."""


@dataclass(frozen=True)
class LayerNorm:
    """n = gain ∘ (z - mean) / √(variance + ε) + shift, mean and variance over the units of one column.

    gain and shift (units, 1) are learnt and start at 1 and 0. Of a single unit it leaves the shift alone. A shift is a
    bias: there is none if the layer is not `biased`.
    """

    biased: bool = True

    def parameters(self, units: int) -> dict[str, Parameter]:
        """gain and shift; no penalty pulls on either."""
        shift = {"shift": Parameter((units, 1), bias="all", over="unit")} if self.biased else {}
        return {"gain": Parameter((units, 1), penalized=False, over="unit"), **shift}

    def cost(self, units: int) -> Cost:
        """For one point and two or more units: mean, differences, their squares' mean and its root, gain and shift."""
        return Cost(multiply_adds=3 * units + 2, additions=2 * units - 1, transcendentals=1)

    def initialize(self, params: Params) -> None:
        """gain 1, shift 0."""
        params["gain"][...] = 1.0
        if self.biased:
            params["shift"][...] = 0.0

    def forward(self, params: Params, z: Array, tape: Tape) -> Array:
        """The normalised z, in a scratch array of `tape`."""
        standard, spread = tape.array("standard", tape.units), tape.array("spread", 1)
        np.subtract(z, z.mean(axis=-2, keepdims=True), standard)
        out = np.multiply(standard, standard, tape.array("normalised", tape.units))
        np.mean(out, axis=-2, keepdims=True, out=spread)
        spread += tape.constants[EPSILON]
        np.sqrt(spread, spread)
        standard /= spread
        np.multiply(standard, params["gain"], out)
        if self.biased:
            out += params["shift"]
        return out

    def code(self) -> list[str]:
        """The same as lines of code: see `NeuronType.code`."""
        return [
            "z = z - z.mean(axis=1, keepdims=True)",
            f"z = z / xp.sqrt((z**2).mean(axis=1, keepdims=True) + {EPSILON})",
            f"z = gain[:, 0] * z{plus_code('shift[:, 0]', self.biased)}",
        ]

    def backward(self, params: Params, grads: Params, dn: Array, tape: Tape) -> Array:
        """dLoss/dz from `dn` = dLoss/dn, in place of it; fills `grads`."""
        standard, spread = tape.array("standard", tape.units), tape.array("spread", 1)
        along = np.multiply(dn, standard, tape.array("along", tape.units))
        np.sum(along, axis=-1, keepdims=True, out=grads["gain"])
        if self.biased:
            np.sum(dn, axis=-1, keepdims=True, out=grads["shift"])
        dn *= params["gain"]
        # What would move the mean or the variance of a column changes nothing after the normalisation: take it out.
        np.multiply(dn, standard, along)
        np.multiply(standard, along.mean(axis=-2, keepdims=True), along)
        dn -= dn.mean(axis=-2, keepdims=True)
        dn -= along
        dn /= spread
        return dn
