"""Smooth relatives of the ReLU: for large z they are z, for very negative z they are 0, and between they bend."""

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from nncore.activation import ACTIVATIONS, Activation
from nncore.cost import Cost
from nncore.erf import normal_cdf
from nncore.initializers import Rule
from nncore.neuron import Params
from nncore.spec import Spec
from nncore.tape import Array, Tape


@ACTIVATIONS.register(
    Spec(
        name="gelu",
        label="GELU",
        sentence="Scales z by the probability that a normal random number is smaller than z.",
        formula=r"a = z \, \Phi(z)",
        group="smooth",
        source="Hendrycks and Gimpel 2016",
    )
)
@dataclass(frozen=True)
class Gelu(Activation):
    """a = z Φ(z), Φ the normal distribution function (exact, by erf); a' = Φ(z) + z exp(-z²/2) / √(2π)."""

    family: ClassVar[Rule] = "he"

    def cost(self) -> Cost:
        return Cost(multiply_adds=3, additions=1, transcendentals=1)

    def forward(self, params: Params, z: Array, out: Array, tape: Tape) -> None:
        share = tape.array("share", tape.units)
        normal_cdf(z, share, tape.array("square", tape.units), tape.constants)
        np.multiply(z, share, out)

    def code(self) -> str:
        return "z * (1 + xp.erf(z / 2**0.5)) / 2"

    def backward(self, params: Params, grads: Params, z: Array, a: Array, da: Array, tape: Tape) -> Array:
        slope = np.multiply(z, z, tape.array("slope", tape.units))
        slope *= tape.constants[-0.5]
        np.exp(slope, slope)
        slope *= tape.constants[1.0 / math.sqrt(2.0 * math.pi)]
        slope *= z
        slope += tape.array("share", tape.units)
        da *= slope
        return da


@ACTIVATIONS.register(
    Spec(
        name="silu",
        label="SiLU (swish)",
        sentence="z times its own sigmoid: dips a little below zero before it rises.",
        formula=r"a = \frac{z}{1 + e^{-z}}",
        group="smooth",
        source="Elfwing et al. 2018",
    )
)
@dataclass(frozen=True)
class Silu(Activation):
    """a = z s with s = 1 / (1 + exp(-z)); a' = s + a (1 - s)."""

    family: ClassVar[Rule] = "he"

    def cost(self) -> Cost:
        return Cost(1, 1, 1)

    def forward(self, params: Params, z: Array, out: Array, tape: Tape) -> None:
        half = tape.constants[0.5]
        share = np.multiply(z, half, tape.array("share", tape.units))
        np.tanh(share, share)
        share *= half
        share += half
        np.multiply(z, share, out)

    def code(self) -> str:
        return "z * (1 + xp.tanh(z / 2)) / 2"

    def backward(self, params: Params, grads: Params, z: Array, a: Array, da: Array, tape: Tape) -> Array:
        share = tape.array("share", tape.units)
        slope = np.subtract(tape.constants[1.0], share, tape.array("slope", tape.units))
        slope *= a
        slope += share
        da *= slope
        return da


@ACTIVATIONS.register(
    Spec(
        name="mish",
        label="Mish",
        sentence="Much like SiLU, a little steeper: z times the tanh of its softplus.",
        formula=r"a = z \tanh(\ln(1 + e^z))",
        group="smooth",
        source="Misra 2019",
    )
)
@dataclass(frozen=True)
class Mish(Activation):
    """a = z t with t = tanh(ln(1 + exp(z))); a' = t + z t'.

    With e = exp(z) and d = e (e + 2) + 2 that takes no logarithm: t = e (e + 2) / d, t' = 4 e (e + 1) / d². From
    z = 20 on, t is 1 to the last bit of float64, so e stops there and cannot overflow.
    """

    family: ClassVar[Rule] = "he"

    def cost(self) -> Cost:
        return Cost(multiply_adds=1, additions=1, transcendentals=3)

    def forward(self, params: Params, z: Array, out: Array, tape: Tape) -> None:
        low = np.minimum(z, tape.constants[20.0], out=tape.array("low", tape.units))
        e, share, d = (tape.array(name, tape.units) for name in ("e", "share", "d"))
        np.exp(low, e)
        np.add(e, tape.constants[2.0], share)
        share *= e
        np.add(share, tape.constants[2.0], d)
        share /= d
        np.multiply(z, share, out)

    def code(self) -> str:
        return "z * xp.tanh(xp.clip(z, 0, None) + xp.log1p(xp.exp(-xp.abs(z))))"

    def backward(self, params: Params, grads: Params, z: Array, a: Array, da: Array, tape: Tape) -> Array:
        e, d = tape.array("e", tape.units), tape.array("d", tape.units)
        slope = np.add(e, tape.constants[1.0], tape.array("slope", tape.units))
        slope *= e
        slope /= d
        slope /= d
        slope *= tape.constants[4.0]
        slope *= tape.array("low", tape.units)
        slope += tape.array("share", tape.units)
        da *= slope
        return da


@ACTIVATIONS.register(
    Spec(
        name="softplus",
        label="Softplus",
        sentence="The ReLU with its corner rounded off; always positive.",
        formula=r"a = \ln(1 + e^z)",
        group="smooth",
        source="Dugas et al. 2001",
    )
)
@dataclass(frozen=True)
class Softplus(Activation):
    """a = ln(1 + exp(z)); a' = 1 / (1 + exp(-z)), which is 1 - exp(-a)."""

    family: ClassVar[Rule] = "he"

    def cost(self) -> Cost:
        return Cost(additions=1, transcendentals=2)

    def forward(self, params: Params, z: Array, out: Array, tape: Tape) -> None:
        np.logaddexp(tape.constants[0.0], z, out)

    def code(self) -> str:
        return "xp.clip(z, 0, None) + xp.log1p(xp.exp(-xp.abs(z)))"

    def backward(self, params: Params, grads: Params, z: Array, a: Array, da: Array, tape: Tape) -> Array:
        # Not np.negative: NumPy 2.4 gets it wrong for float32 in steps of four.
        slope = np.multiply(a, tape.constants[-1.0], tape.array("slope", tape.units))
        np.expm1(slope, slope)
        da *= slope
        da *= tape.constants[-1.0]
        return da
