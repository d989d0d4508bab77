"""Activations whose values stay between two bounds: from the perceptron's step to its smooth and cheap relatives."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from nncore.activation import ACTIVATIONS, Activation
from nncore.cost import Cost
from nncore.neuron import Params
from nncore.spec import Spec
from nncore.tape import Array, Tape


@ACTIVATIONS.register(
    Spec(
        name="step",
        label="Step",
        sentence="Fires or does not, like the first perceptron; it learns through a straight-through gradient.",
        formula=r"a = \begin{cases} 1 & z \ge 0 \\ 0 & z < 0 \end{cases}",
        group="bounded",
        source="McCulloch and Pitts 1943; gradient: Bengio et al. 2013",
    )
)
@dataclass(frozen=True)
class Step(Activation):
    """a = 1 where z ≥ 0, else 0. Its derivative is 0, so it learns straight-through: 1 where |z| ≤ 1, else 0."""

    own_gradient: ClassVar[bool] = True

    def cost(self) -> Cost:
        return Cost(additions=1)

    def forward(self, params: Params, z: Array, out: Array, tape: Tape) -> None:
        np.greater_equal(z, tape.constants[0.0], out=out, casting="unsafe")

    def code(self) -> str:
        return "xp.where(z >= 0, xp.ones_like(z), xp.zeros_like(z))"

    def backward(self, params: Params, grads: Params, z: Array, a: Array, da: Array, tape: Tape) -> Array:
        size = np.abs(z, out=tape.array("size", tape.units))
        da *= np.less_equal(size, tape.constants[1.0], out=size, casting="unsafe")
        return da


@ACTIVATIONS.register(
    Spec(
        name="sigmoid",
        label="Sigmoid",
        sentence="Squeezes z softly between 0 and 1.",
        formula=r"a = \frac{1}{1 + e^{-z}}",
        group="bounded",
    )
)
@dataclass(frozen=True)
class Sigmoid(Activation):
    """a = 1 / (1 + exp(-z)), computed as (1 + tanh(z/2)) / 2, which cannot overflow; a' = a (1 - a)."""

    def cost(self) -> Cost:
        return Cost(1, 1, 1)

    def forward(self, params: Params, z: Array, out: Array, tape: Tape) -> None:
        half = tape.constants[0.5]
        np.multiply(z, half, out)
        np.tanh(out, out)
        out *= half
        out += half

    def code(self) -> str:
        return "(1 + xp.tanh(z / 2)) / 2"

    def backward(self, params: Params, grads: Params, z: Array, a: Array, da: Array, tape: Tape) -> Array:
        slope = np.multiply(a, a, tape.array("slope", tape.units))
        da *= np.subtract(a, slope, slope)
        return da


@ACTIVATIONS.register(
    Spec(
        name="hard_sigmoid",
        label="Hard sigmoid",
        sentence="The Sigmoid made of three straight pieces: 0, a slope, 1.",
        formula=r"a = \min(1, \max(0, \frac{z}{6} + \frac{1}{2}))",
        group="bounded",
        source="Howard et al. 2019",
    )
)
@dataclass(frozen=True)
class HardSigmoid(Activation):
    """a = z/6 + 1/2, kept between 0 and 1; a' = 1/6 where |z| < 3, else 0.

    This is the definition of MobileNetV3 and PyTorch. An older one (Courbariaux et al. 2016) is (z + 1)/2, kept
    between 0 and 1.
    """

    def cost(self) -> Cost:
        return Cost(multiply_adds=1, additions=2)

    def forward(self, params: Params, z: Array, out: Array, tape: Tape) -> None:
        np.multiply(z, tape.constants[1.0 / 6.0], out)
        out += tape.constants[0.5]
        np.maximum(out, tape.constants[0.0], out=out)
        np.minimum(out, tape.constants[1.0], out=out)

    def code(self) -> str:
        return "xp.clip(z / 6 + 0.5, 0, 1)"

    def backward(self, params: Params, grads: Params, z: Array, a: Array, da: Array, tape: Tape) -> Array:
        size = np.abs(z, tape.array("size", tape.units))
        da *= np.less(size, tape.constants[3.0], out=size, casting="unsafe")
        da *= tape.constants[1.0 / 6.0]
        return da


@ACTIVATIONS.register(
    Spec(
        name="tanh",
        label="Tanh",
        sentence="Squeezes z softly between -1 and 1, the same on both sides of zero.",
        formula=r"a = \tanh z",
        group="bounded",
    )
)
@dataclass(frozen=True)
class Tanh(Activation):
    """a = tanh(z); a' = 1 - a²."""

    def cost(self) -> Cost:
        return Cost(transcendentals=1)

    def forward(self, params: Params, z: Array, out: Array, tape: Tape) -> None:
        np.tanh(z, out)

    def code(self) -> str:
        return "xp.tanh(z)"

    def backward(self, params: Params, grads: Params, z: Array, a: Array, da: Array, tape: Tape) -> Array:
        # da - da a², so that the constant 1 need not be broadcast.
        lost = np.multiply(a, a, tape.array("lost", tape.units))
        lost *= da
        da -= lost
        return da


@ACTIVATIONS.register(
    Spec(
        name="hard_tanh",
        label="Hard tanh",
        sentence="Passes z on between -1 and 1 and stops there: the Tanh made of three straight pieces.",
        formula=r"a = \min(1, \max(-1, z))",
        group="bounded",
        source="Collobert 2004",
    )
)
@dataclass(frozen=True)
class HardTanh(Activation):
    """a = z, kept between -1 and 1; a' = 1 where |z| < 1, else 0."""

    def cost(self) -> Cost:
        return Cost(additions=2)

    def forward(self, params: Params, z: Array, out: Array, tape: Tape) -> None:
        np.maximum(z, tape.constants[-1.0], out=out)
        np.minimum(out, tape.constants[1.0], out=out)

    def code(self) -> str:
        return "xp.clip(z, -1, 1)"

    def backward(self, params: Params, grads: Params, z: Array, a: Array, da: Array, tape: Tape) -> Array:
        size = np.abs(z, tape.array("size", tape.units))
        da *= np.less(size, tape.constants[1.0], out=size, casting="unsafe")
        return da


@ACTIVATIONS.register(
    Spec(
        name="softsign",
        label="Softsign",
        sentence="Like Tanh, but it approaches -1 and 1 much more slowly.",
        formula=r"a = \frac{z}{1 + |z|}",
        group="bounded",
        source="Turian et al. 2009",
    )
)
@dataclass(frozen=True)
class Softsign(Activation):
    """a = z / (1 + |z|); a' = 1 / (1 + |z|)²."""

    def cost(self) -> Cost:
        return Cost(multiply_adds=1, additions=1)

    def forward(self, params: Params, z: Array, out: Array, tape: Tape) -> None:
        size = np.abs(z, tape.array("size", tape.units))
        size += tape.constants[1.0]
        np.divide(z, size, out)

    def code(self) -> str:
        return "z / (1 + xp.abs(z))"

    def backward(self, params: Params, grads: Params, z: Array, a: Array, da: Array, tape: Tape) -> Array:
        size = tape.array("size", tape.units)
        da /= size
        da /= size
        return da
