"""Activations: each entry holds a function and its derivative side by side.

`forward` writes a = f(z) into `out`; `backward` turns da = dLoss/da into dz = dLoss/dz, in place. An activation may own
parameters, one slope per unit say; most own none. `family` chooses the initialisation of the layer before it.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from nncore.initializers import Rule
from nncore.neuron import Parameter, Params
from nncore.registry import Registry
from nncore.spec import Knob, Spec
from nncore.tape import Array, Tape


class Activation(ABC):
    """One activation with its knobs set. Subclasses are frozen dataclasses whose fields are their knobs."""

    spec: ClassVar[Spec]
    family: ClassVar[Rule] = "glorot"

    def parameters(self, units: int) -> dict[str, Parameter]:
        """The parameter arrays that are learnt, by name: none, unless overridden."""
        return {}

    def initialize(self, params: Params) -> None:
        """Fill `params` in place."""
        assert not params, f"{self.spec.name} has parameters and must fill them"

    @abstractmethod
    def forward(self, params: Params, z: Array, out: Array, tape: Tape) -> None:
        """Write f(z) into `out`; both (..., units, batch)."""

    @abstractmethod
    def backward(self, params: Params, grads: Params, z: Array, a: Array, da: Array, tape: Tape) -> Array:
        """dLoss/dz from `da` = dLoss/da, in place of `da`; fills `grads`. `a` is what `forward` wrote for `z`."""


ACTIVATIONS: Registry[Activation] = Registry("activation")


@ACTIVATIONS.register(
    Spec(
        name="identity",
        label="None (identity)",
        sentence="Passes z on unchanged; layers of linear neurons then collapse into one.",
        formula=r"a = z",
    )
)
@dataclass(frozen=True)
class Identity(Activation):
    """a = z."""

    def forward(self, params: Params, z: Array, out: Array, tape: Tape) -> None:
        np.copyto(out, z)

    def backward(self, params: Params, grads: Params, z: Array, a: Array, da: Array, tape: Tape) -> Array:
        return da


@ACTIVATIONS.register(
    Spec(
        name="step",
        label="Step",
        sentence="Fires or does not, like the first perceptron; it learns through a straight-through gradient.",
        formula=r"a = \begin{cases} 1 & z \ge 0 \\ 0 & z < 0 \end{cases}",
        source="McCulloch and Pitts 1943; gradient: Bengio et al. 2013",
    )
)
@dataclass(frozen=True)
class Step(Activation):
    """a = 1 where z ≥ 0, else 0. Its derivative is 0, so it learns straight-through: 1 where |z| ≤ 1, else 0."""

    def forward(self, params: Params, z: Array, out: Array, tape: Tape) -> None:
        np.greater_equal(z, tape.constants[0.0], out=out, casting="unsafe")

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
    )
)
@dataclass(frozen=True)
class Sigmoid(Activation):
    """a = 1 / (1 + exp(-z)), computed as (1 + tanh(z/2)) / 2, which cannot overflow; a' = a (1 - a)."""

    def forward(self, params: Params, z: Array, out: Array, tape: Tape) -> None:
        half = tape.constants[0.5]
        np.multiply(z, half, out)
        np.tanh(out, out)
        out *= half
        out += half

    def backward(self, params: Params, grads: Params, z: Array, a: Array, da: Array, tape: Tape) -> Array:
        slope = np.multiply(a, a, tape.array("slope", tape.units))
        da *= np.subtract(a, slope, slope)
        return da


@ACTIVATIONS.register(
    Spec(
        name="tanh",
        label="Tanh",
        sentence="Squeezes z softly between -1 and 1, the same on both sides of zero.",
        formula=r"a = \tanh z",
    )
)
@dataclass(frozen=True)
class Tanh(Activation):
    """a = tanh(z); a' = 1 - a²."""

    def forward(self, params: Params, z: Array, out: Array, tape: Tape) -> None:
        np.tanh(z, out)

    def backward(self, params: Params, grads: Params, z: Array, a: Array, da: Array, tape: Tape) -> Array:
        # da - da a², so that the constant 1 need not be broadcast.
        lost = np.multiply(a, a, tape.array("lost", tape.units))
        lost *= da
        da -= lost
        return da


@ACTIVATIONS.register(
    Spec(
        name="relu",
        label="ReLU",
        sentence="Passes what is positive and cuts the rest off: surfaces become flat pieces with kinks.",
        formula=r"a = \max(0, z)",
        source="Nair and Hinton 2010",
    )
)
@dataclass(frozen=True)
class Relu(Activation):
    """a = max(0, z); a' = 1 where z > 0, else 0 (0 at 0 itself)."""

    family: ClassVar[Rule] = "he"

    def forward(self, params: Params, z: Array, out: Array, tape: Tape) -> None:
        np.maximum(z, tape.constants[0.0], out=out)

    def backward(self, params: Params, grads: Params, z: Array, a: Array, da: Array, tape: Tape) -> Array:
        da *= np.greater(z, tape.constants[0.0], out=tape.array("open", tape.units), casting="unsafe")
        return da


@ACTIVATIONS.register(
    Spec(
        name="leaky_relu",
        label="Leaky ReLU",
        sentence="Like ReLU, but lets a little of the negative side through, so that no unit falls silent for good.",
        formula=r"a = \max(\alpha z, z)",
        knobs=(Knob("slope", "Slope", "float", 0.01, 0.0, 1.0, step=0.01, sentence="The slope α below zero."),),
        source="Maas et al. 2013",
    )
)
@dataclass(frozen=True)
class LeakyRelu(Activation):
    """a = z where z > 0, else slope z; slope from 0 to 1."""

    family: ClassVar[Rule] = "he"
    slope: float = 0.01

    def forward(self, params: Params, z: Array, out: Array, tape: Tape) -> None:
        np.multiply(z, tape.constants[self.slope], out)
        np.maximum(out, z, out=out)

    def backward(self, params: Params, grads: Params, z: Array, a: Array, da: Array, tape: Tape) -> Array:
        factor = np.greater(z, tape.constants[0.0], out=tape.array("factor", tape.units), casting="unsafe")
        da *= np.maximum(factor, tape.constants[self.slope], out=factor)
        return da
