"""Activations that rise and fall again: waves, a bump, and a wave that dies out."""

from dataclasses import dataclass

import numpy as np

from nncore.activation import ACTIVATIONS, Activation
from nncore.cost import Cost
from nncore.neuron import Params
from nncore.spec import Knob, Spec
from nncore.tape import Array, Tape


@ACTIVATIONS.register(
    Spec(
        name="sin",
        label="Sine",
        sentence="Goes up and down for ever: one unit draws many parallel stripes.",
        formula=r"a = \sin(\omega z)",
        group="waves",
        knobs=(
            Knob(
                "frequency",
                "Frequency",
                "float",
                1.0,
                0.1,
                10.0,
                scale="log",
                sentence="How fast it goes up and down: the ω of the formula.",
            ),
        ),
        source="Sitzmann et al. 2020",
    )
)
@dataclass(frozen=True)
class Sin(Activation):
    """a = sin(frequency z); a' = frequency cos(frequency z)."""

    frequency: float = 1.0

    def cost(self) -> Cost:
        return Cost(multiply_adds=1, transcendentals=1)

    def forward(self, params: Params, z: Array, out: Array, tape: Tape) -> None:
        np.sin(np.multiply(z, tape.constants[self.frequency], tape.array("angle", tape.units)), out)

    def code(self) -> str:
        return f"xp.sin({self.frequency} * z)"

    def backward(self, params: Params, grads: Params, z: Array, a: Array, da: Array, tape: Tape) -> Array:
        da *= np.cos(tape.array("angle", tape.units), tape.array("slope", tape.units))
        if self.frequency != 1.0:
            da *= tape.constants[self.frequency]
        return da


@ACTIVATIONS.register(
    Spec(
        name="gaussian",
        label="Gaussian",
        sentence="A bump: 1 at zero, nothing far away, so that one unit marks a strip.",
        formula=r"a = e^{-z^2}",
        group="waves",
    )
)
@dataclass(frozen=True)
class Gaussian(Activation):
    """a = exp(-z²); a' = -2 z a."""

    def cost(self) -> Cost:
        return Cost(multiply_adds=1, transcendentals=1)

    def forward(self, params: Params, z: Array, out: Array, tape: Tape) -> None:
        # Not np.negative: NumPy 2.4 gets it wrong for float32 in steps of four.
        np.multiply(z, z, out)
        out *= tape.constants[-1.0]
        np.exp(out, out)

    def code(self) -> str:
        return "xp.exp(-(z**2))"

    def backward(self, params: Params, grads: Params, z: Array, a: Array, da: Array, tape: Tape) -> Array:
        da *= a
        da *= z
        da *= tape.constants[-2.0]
        return da


NEAR = 0.3
SERIES = (-1 / 3, 1 / 30, -1 / 840, 1 / 45360, -1 / 3991680)
"""sinc'(z) = z (-1/3 + z²/30 - z⁴/840 + z⁶/45360 - z⁸/3991680 + ...): for |z| < NEAR good to 1e-13."""


@ACTIVATIONS.register(
    Spec(
        name="sinc",
        label="Sinc",
        sentence="A wave that dies out on both sides of a bump at zero.",
        formula=r"a = \frac{\sin z}{z}",
        group="waves",
    )
)
@dataclass(frozen=True)
class Sinc(Activation):
    """a = sin(z) / z, 1 at 0; a' = (cos z - a) / z, 0 at 0. Not the sinc of signal processing, sin(πz) / (πz).

    Near 0 the difference in a' would lose its digits; there its power series takes over.
    """

    def cost(self) -> Cost:
        return Cost(multiply_adds=1, transcendentals=1)

    def forward(self, params: Params, z: Array, out: Array, tape: Tape) -> None:
        at_zero = np.equal(z, tape.constants[0.0], out=tape.array("zero", tape.units), casting="unsafe")
        np.sin(z, out)
        out /= np.add(z, at_zero, tape.array("divisor", tape.units))
        out += at_zero

    def code(self) -> str:
        return "xp.sinc(z / xp.pi)"

    def backward(self, params: Params, grads: Params, z: Array, a: Array, da: Array, tape: Tape) -> Array:
        constants = tape.constants
        slope, square, series = (tape.array(name, tape.units) for name in ("slope", "square", "series"))
        np.cos(z, slope)
        slope -= a
        slope /= tape.array("divisor", tape.units)
        np.multiply(z, z, square)
        np.multiply(square, constants[SERIES[-1]], series)
        for coefficient in SERIES[-2:0:-1]:
            series += constants[coefficient]
            series *= square
        series += constants[SERIES[0]]
        series *= z
        np.copyto(slope, series, where=np.less(square, constants[NEAR**2]))
        da *= slope
        return da
