"""Activations that are powers of z: the first, the second and the half."""

from dataclasses import dataclass

import numpy as np

from nncore.activation import ACTIVATIONS, Activation
from nncore.cost import Cost
from nncore.neuron import Params
from nncore.spec import Spec
from nncore.tape import Array, Tape


@ACTIVATIONS.register(
    Spec(
        name="identity",
        label="None",
        sentence="The identity: passes z on unchanged; layers of linear neurons then collapse into one.",
        formula=r"a = z",
        group="powers",
    )
)
@dataclass(frozen=True)
class Identity(Activation):
    """a = z."""

    def cost(self) -> Cost:
        return Cost()

    def forward(self, params: Params, z: Array, out: Array, tape: Tape) -> None:
        np.copyto(out, z)

    def code(self) -> str:
        return "z"

    def backward(self, params: Params, grads: Params, z: Array, a: Array, da: Array, tape: Tape) -> Array:
        return da


@ACTIVATIONS.register(
    Spec(
        name="square",
        label="Square",
        sentence="Squares z: bends every line into a parabola, but cannot tell z from -z.",
        formula=r"a = z^2",
        group="powers",
        source="Livni et al. 2014",
    )
)
@dataclass(frozen=True)
class Square(Activation):
    """a = z²; a' = 2 z. The one activation that grows faster than z, so deep networks of it explode easily."""

    def cost(self) -> Cost:
        return Cost(multiply_adds=1)

    def forward(self, params: Params, z: Array, out: Array, tape: Tape) -> None:
        np.multiply(z, z, out)

    def code(self) -> str:
        return "z**2"

    def backward(self, params: Params, grads: Params, z: Array, a: Array, da: Array, tape: Tape) -> Array:
        da *= z
        da += da
        return da


@ACTIVATIONS.register(
    Spec(
        name="signed_sqrt",
        label="Signed root",
        sentence="The square root of the size of z with its sign: steep at zero, flatter and flatter further out.",
        formula=r"a = \operatorname{sign}(z) \sqrt{|z|}",
        group="powers",
    )
)
@dataclass(frozen=True)
class SignedSqrt(Activation):
    """a = sign(z) √|z|; a' = 1 / (2 |a|).

    At 0 the derivative is infinite. It is held at 50, its value at |z| = 0.0001, wherever |z| is smaller than that:
    a unit that starts at 0 gets away, and no step is thrown away by a value that happens to lie there.
    """

    def cost(self) -> Cost:
        return Cost(transcendentals=1)

    def forward(self, params: Params, z: Array, out: Array, tape: Tape) -> None:
        np.abs(z, out)
        np.sqrt(out, out)
        np.copysign(out, z, out)

    def code(self) -> str:
        return "xp.sign(z) * xp.sqrt(xp.abs(z))"

    def backward(self, params: Params, grads: Params, z: Array, a: Array, da: Array, tape: Tape) -> Array:
        size = np.abs(a, tape.array("size", tape.units))
        da /= np.maximum(size, tape.constants[0.01], out=size)
        da *= tape.constants[0.5]
        return da
