"""Activations that pass what is positive and hold back what is negative, with a kink (or nearly one) at zero."""

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from nncore.activation import ACTIVATIONS, Activation
from nncore.cost import Cost
from nncore.initializers import Rule
from nncore.neuron import Parameter, Params
from nncore.spec import Knob, Spec
from nncore.tape import Array, Tape


@ACTIVATIONS.register(
    Spec(
        name="relu",
        label="ReLU",
        sentence="Passes what is positive and cuts the rest off: surfaces become flat pieces with kinks.",
        formula=r"a = \max(0, z)",
        group="rectifiers",
        source="Nair and Hinton 2010",
    )
)
@dataclass(frozen=True)
class Relu(Activation):
    """a = max(0, z); a' = 1 where z > 0, else 0 (0 at 0 itself)."""

    family: ClassVar[Rule] = "he"

    def cost(self) -> Cost:
        return Cost(additions=1)

    def forward(self, params: Params, z: Array, out: Array, tape: Tape) -> None:
        np.maximum(z, tape.constants[0.0], out=out)

    def code(self) -> str:
        return "xp.clip(z, 0, None)"

    def backward(self, params: Params, grads: Params, z: Array, a: Array, da: Array, tape: Tape) -> Array:
        da *= np.greater(z, tape.constants[0.0], out=tape.array("open", tape.units), casting="unsafe")
        return da


@ACTIVATIONS.register(
    Spec(
        name="leaky_relu",
        label="Leaky ReLU",
        sentence="Like ReLU, but lets a little of the negative side through, so that no unit falls silent for good.",
        formula=r"a = \max(\alpha z, z)",
        group="rectifiers",
        knobs=(Knob("slope", "Slope", "float", 0.01, 0.0, 1.0, step=0.01, sentence="The slope α below zero."),),
        source="Maas et al. 2013",
    )
)
@dataclass(frozen=True)
class LeakyRelu(Activation):
    """a = z where z > 0, else slope z; slope from 0 to 1."""

    family: ClassVar[Rule] = "he"
    slope: float = 0.01

    def cost(self) -> Cost:
        return Cost(multiply_adds=1, additions=1)

    def forward(self, params: Params, z: Array, out: Array, tape: Tape) -> None:
        np.multiply(z, tape.constants[self.slope], out)
        np.maximum(out, z, out=out)

    def code(self) -> str:
        return f"xp.where(z > 0, z, {self.slope} * z)"

    def backward(self, params: Params, grads: Params, z: Array, a: Array, da: Array, tape: Tape) -> Array:
        factor = np.greater(z, tape.constants[0.0], out=tape.array("factor", tape.units), casting="unsafe")
        da *= np.maximum(factor, tape.constants[self.slope], out=factor)
        return da


@ACTIVATIONS.register(
    Spec(
        name="prelu",
        label="PReLU",
        sentence="A Leaky ReLU whose slope below zero every unit learns for itself.",
        formula=r"a = \begin{cases} z & z > 0 \\ \alpha_j z & z \le 0 \end{cases}",
        group="rectifiers",
        source="He et al. 2015",
    )
)
@dataclass(frozen=True)
class PRelu(Activation):
    """a = max(z, 0) + slope min(z, 0), `slope` (units,) learnt, 0.25 at first.

    Penalties leave the slopes alone, as the source asks: they would pull every unit towards the plain ReLU.
    """

    family: ClassVar[Rule] = "he"

    def parameters(self, units: int) -> dict[str, Parameter]:
        return {"slope": Parameter((units,), penalized=False)}

    def initialize(self, params: Params) -> None:
        params["slope"][...] = 0.25

    def cost(self) -> Cost:
        return Cost(multiply_adds=1, additions=1)

    def forward(self, params: Params, z: Array, out: Array, tape: Tape) -> None:
        low = np.minimum(z, tape.constants[0.0], out=tape.array("low", tape.units))
        np.subtract(z, low, out)
        out += np.multiply(low, params["slope"][..., None], tape.array("leak", tape.units))

    def code(self) -> str:
        return "xp.where(z > 0, z, slope * z)"

    def backward(self, params: Params, grads: Params, z: Array, a: Array, da: Array, tape: Tape) -> Array:
        np.vecdot(da, tape.array("low", tape.units), grads["slope"])
        np.multiply(da, params["slope"][..., None], da, where=np.less_equal(z, tape.constants[0.0]))
        return da


@ACTIVATIONS.register(
    Spec(
        name="rrelu",
        label="RReLU",
        sentence="A Leaky ReLU that draws a new slope for every value during training, and takes the mean otherwise.",
        formula=r"a = \begin{cases} z & z > 0 \\ z / r, \; r \sim U(3, 8) & z \le 0 \end{cases}",
        group="rectifiers",
        source="Xu et al. 2015",
    )
)
@dataclass(frozen=True)
class RRelu(Activation):
    """a = z where z > 0, else z / r; r from the uniform distribution on [3, 8], a new one for every value.

    Without `tape.rng` the slope is the mean of 1/r, which is ln(8/3) / 5 = 0.19617 (1 / the mean of r would be
    0.18182), so that what is looked at is the mean of what is trained.
    """

    family: ClassVar[Rule] = "he"
    low: ClassVar[float] = 3.0
    high: ClassVar[float] = 8.0
    mean_slope: ClassVar[float] = math.log(high / low) / (high - low)

    def cost(self) -> Cost:
        return Cost(multiply_adds=1, additions=1)

    def forward(self, params: Params, z: Array, out: Array, tape: Tape) -> None:
        factor, constants = tape.array("factor", tape.units), tape.constants
        is_open = np.greater(z, constants[0.0], out=tape.array("open", tape.units), casting="unsafe")
        if tape.rng is None:
            np.maximum(is_open, constants[self.mean_slope], out=factor)
        else:
            # The generator fills memory in order, which for replicas is rows first.
            rows_first = np.moveaxis(factor, -2, 0) if tape.lead else factor
            tape.rng.random(dtype=tape.dtype.type, out=rows_first)  # type: ignore[arg-type]  # a float, of either size
            factor *= constants[self.high - self.low]
            factor += constants[self.low]
            np.reciprocal(factor, factor)
            np.maximum(is_open, factor, out=factor)
        np.multiply(z, factor, out)

    def code(self) -> str:
        return f"xp.where(z > 0, z, {self.mean_slope} * z)"

    def backward(self, params: Params, grads: Params, z: Array, a: Array, da: Array, tape: Tape) -> Array:
        da *= tape.array("factor", tape.units)
        return da


@ACTIVATIONS.register(
    Spec(
        name="elu",
        label="ELU",
        sentence="Like ReLU, but below zero it bends smoothly down to -α.",
        formula=r"a = \begin{cases} z & z > 0 \\ \alpha (e^z - 1) & z \le 0 \end{cases}",
        group="rectifiers",
        knobs=(Knob("alpha", "Alpha", "float", 1.0, 0.1, 5.0, step=0.1, sentence="How far down it goes."),),
        source="Clevert et al. 2016",
    )
)
@dataclass(frozen=True)
class Elu(Activation):
    """a = z where z > 0, else α (exp(z) - 1); a' = 1 where z > 0, else α exp(z)."""

    family: ClassVar[Rule] = "he"
    alpha: float = 1.0

    def cost(self) -> Cost:
        return Cost(multiply_adds=1, additions=2, transcendentals=1)

    def forward(self, params: Params, z: Array, out: Array, tape: Tape) -> None:
        low = np.minimum(z, tape.constants[0.0], out=tape.array("low", tape.units))
        np.subtract(z, low, out)
        np.expm1(low, low)
        if self.alpha != 1.0:
            low *= tape.constants[self.alpha]
        out += low

    def code(self) -> str:
        return f"xp.where(z > 0, z, {self.alpha} * xp.expm1(xp.clip(z, None, 0)))"

    def backward(self, params: Params, grads: Params, z: Array, a: Array, da: Array, tape: Tape) -> Array:
        alpha = tape.constants[self.alpha]
        slope = np.add(tape.array("low", tape.units), alpha, tape.array("slope", tape.units))
        if self.alpha != 1.0:
            np.copyto(slope, tape.constants[1.0], where=np.greater(z, tape.constants[0.0]))
        da *= slope
        return da


@ACTIVATIONS.register(
    Spec(
        name="selu",
        label="SELU",
        sentence="An ELU scaled so that values keep mean 0 and variance 1 from layer to layer by themselves.",
        formula=r"a = \lambda \begin{cases} z & z > 0 \\ \alpha (e^z - 1) & z \le 0 \end{cases}",
        group="rectifiers",
        source="Klambauer et al. 2017",
    )
)
@dataclass(frozen=True)
class Selu(Activation):
    """a = λ z where z > 0, else λ α (exp(z) - 1), with λ = 1.0507... and α = 1.6733... of the source.

    Its family is glorot: the source wants weights of variance 1 / fan_in, which Glorot's rule gives between layers of
    equal width; He's would double it.
    """

    scale: ClassVar[float] = 1.0507009873554804934193349852946
    alpha: ClassVar[float] = 1.6732632423543772848170429916717

    def cost(self) -> Cost:
        return Cost(multiply_adds=1, additions=2, transcendentals=1)

    def forward(self, params: Params, z: Array, out: Array, tape: Tape) -> None:
        low = np.minimum(z, tape.constants[0.0], out=tape.array("low", tape.units))
        np.subtract(z, low, out)
        out *= tape.constants[self.scale]
        np.expm1(low, low)
        low *= tape.constants[self.scale * self.alpha]
        out += low

    def code(self) -> str:
        return f"{self.scale} * xp.where(z > 0, z, {self.alpha} * xp.expm1(xp.clip(z, None, 0)))"

    def backward(self, params: Params, grads: Params, z: Array, a: Array, da: Array, tape: Tape) -> Array:
        constants = tape.constants
        slope = tape.array("slope", tape.units)
        np.add(tape.array("low", tape.units), constants[self.scale * self.alpha], slope)
        np.copyto(slope, constants[self.scale], where=np.greater(z, constants[0.0]))
        da *= slope
        return da
