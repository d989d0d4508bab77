"""The spiking neuron: it gathers its input over time, fires when it is full, and answers by how often it fired.

Leaky integrate and fire. The input stands still while the neuron runs its steps; nothing is kept from one point to the
next.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, ClassVar, Literal

import numpy as np

from nncore.cost import Cost
from nncore.formula import Letters, plus, weighed
from nncore.initializers import Initializer
from nncore.neuron import NEURONS, NeuronType, Parameter, Params, Spikes, weighted_code
from nncore.slopes import Slopes
from nncore.spec import Knob, Spec
from nncore.tape import Array, Tape

THRESHOLD = 1.0
"""Above it the membrane fires; θ in the literature."""
STEEPNESS = 25.0
"""Of the fast sigmoid, as its authors chose it (Zenke and Ganguli 2018)."""


@NEURONS.register(
    Spec(
        name="spiking",
        label="Spiking",
        sentence="Fills up, leaks, and fires when it is full: how often makes a staircase across a straight line.",
        formula=r"U \leftarrow \beta U + W x + b - S, \; S = [U > 1], \; z = \mathrm{mean}(S)",
        formula_without_bias=r"U \leftarrow \beta U + W x - S, \; S = [U > 1], \; z = \mathrm{mean}(S)",
        group="quantised",
        knobs=(
            Knob("steps", "Steps T", "int", 25, 1, 64, sentence="How many steps T it has: z takes T + 1 values."),
            Knob(
                "beta",
                "Decay β",
                "float",
                0.95,
                0.0,
                1.0,
                step=0.05,
                sentence="What share of the membrane is left after a step: 1 never leaks, 0 forgets at once.",
            ),
            Knob(
                "output",
                "z is",
                "choice",
                "rate",
                choices=("rate", "membrane"),
                sentence="The rate is the share of steps with a spike; the membrane is that after the last step.",
            ),
            Knob(
                "reset",
                "Reset",
                "choice",
                "subtract",
                choices=("subtract", "zero", "none"),
                sentence="What is taken from the membrane after a spike: one threshold, everything, or nothing.",
            ),
            Knob(
                "surrogate",
                "Surrogate",
                "choice",
                "arctan",
                choices=("arctan", "fast_sigmoid"),
                sentence="The slope that learning uses for a spike, which has none of its own.",
            ),
        ),
        source="Lapicque 1907; surrogate gradients: Neftci et al. 2019; Eshraghian et al. 2023, snnTorch",
        zero_set="line",
    )
)
@dataclass(frozen=True)
class Spiking(NeuronType):
    """Leaky integrate and fire over T steps of one input current I = W x + b, W (units, fan_in + 1) with b last.

    U_0 = S_0 = 0; U_t = β U_{t-1} + I - S_{t-1} (`subtract`), β (1 - S_{t-1}) U_{t-1} + I (`zero`) or β U_{t-1} + I
    (`none`); S_t = 1 where U_t > 1, else 0. z is Σ S_t / T, or U_T.

    The derivative of S is 0 nearly everywhere, so learning takes a surrogate of it, with v = U - 1: `arctan` is
    1 / (1 + (π v)²), `fast_sigmoid` 1 / (1 + 25 |v|)². The reset's S counts as a constant. So with G_t = dU_t / dI,
    which is 1 + β G_{t-1} (and 1 + β (1 - S_{t-1}) G_{t-1} for `zero`), dz/dI is Σ surrogate(U_t - 1) G_t / T, or G_T.

    W and b start as a linear neuron's: a unit is then silent on one side of its line, and fires at every step far out
    on the other.
    """

    own_gradient: ClassVar[bool] = True

    steps: int = 25
    beta: float = 0.95
    output: Literal["rate", "membrane"] = "rate"
    reset: Literal["subtract", "zero", "none"] = "subtract"
    surrogate: Literal["arctan", "fast_sigmoid"] = "arctan"

    def parameters(self, fan_in: int, units: int) -> dict[str, Parameter]:
        return {"W": Parameter((units, fan_in + 1), bias="last_column")}

    def cost(self, fan_in: int, units: int) -> Cost:
        # The sum once; then at each further step a leak that takes up I, and what a spike takes. Whether it fires is a
        # comparison at each step; of a membrane the last one is nobody's, and all of them if spikes take nothing.
        further, rate = self.steps - 1, self.output == "rate"
        compared = self.steps if rate else further * (self.reset != "none")
        taken, counted = further * (self.reset == "subtract"), further * rate
        return units * Cost(fan_in + further + rate, compared + taken + counted)

    def initialize(self, params: Params, init: Initializer) -> None:
        init.fill(params["W"][:, :-1])
        init.bias(params["W"][:, -1])

    def written(self, w: Letters, x: Sequence[str]) -> str:
        return rf"\mathrm{{{self.output}}}({weighed(w['W'], x)}{plus(w['b'])})"

    def forward(self, params: Params, x: Array, tape: Tape) -> Array:
        tape.x = x
        current = tape.matmul(params["W"], x, tape.array("current", tape.units))
        membrane, spikes = self._over_time("membrane", tape), tape.array("spikes", tape.units)
        beta, one = tape.constants[self.beta], tape.constants[THRESHOLD]
        u, z = membrane[..., 0, :, :], tape.z
        np.copyto(u, current)
        np.greater(u, one, out=spikes, casting="unsafe")
        np.copyto(z, spikes)
        for step in range(1, self.steps):
            before, u = u, membrane[..., step, :, :]
            np.multiply(before, beta, u)
            if self.reset == "zero":
                u *= np.subtract(one, spikes, tape.array("kept", tape.units))
            u += current
            if self.reset == "subtract":
                u -= spikes
            np.greater(u, one, out=spikes, casting="unsafe")
            z += spikes
        if self.output == "membrane":
            np.copyto(z, u)
        else:
            z /= tape.constants[float(self.steps)]
        return z

    def spikes(self, tape: Tape) -> Spikes:
        return Spikes(tape.array("current", tape.units), self._over_time("membrane", tape), THRESHOLD)

    def code(self, biased: bool = True) -> list[str]:
        step = {
            "subtract": f"    membrane = {self.beta} * membrane + current - spikes",
            "zero": f"    membrane = {self.beta} * (1 - spikes) * membrane + current",
            "none": f"    membrane = {self.beta} * membrane + current",
        }[self.reset]
        return [
            f"current = {weighted_code('x', 'W', biased)}",
            "membrane = spikes = fired = 0 * current",
            f"for _ in range({self.steps}):",
            step,
            f"    spikes = 0.0 + (membrane > {THRESHOLD})",
            "    fired = fired + spikes",
            "z = membrane" if self.output == "membrane" else f"z = fired / {self.steps}",
        ]

    def backward(self, params: Params, grads: Params, tape: Tape, dz: Array, need_dx: bool) -> Array | None:
        d_current = np.multiply(dz, self._slope(tape), tape.array("d_current", tape.units))
        tape.matmul(d_current, tape.x.mT, grads["W"])
        if not need_dx:
            return None
        tape.matmul(params["W"].mT, d_current, tape.dx_and_one)
        return tape.dx

    def slopes(self, params: Params, x: Array, units: int) -> Slopes:
        tape = Tape(x.shape[1], x.shape[0] - 1, units, dtype=x.dtype)
        self.forward(params, x, tape)
        W, slope = params["W"][:, :-1], np.broadcast_to(self._slope(tape), (units, x.shape[1]))
        size = np.sqrt(np.square(slope).mean(axis=1, keepdims=True))
        return Slopes(W * slope.mean(axis=1, keepdims=True), np.abs(W) * size)

    def slope_numbers(self, fan_in: int, units: int) -> int:
        return self.steps * units

    def _slope(self, tape: Tape) -> Array:
        """dz/dI by the surrogate, of the last forward pass: (..., units, batch), or one number where it is the same."""
        if self.reset == "zero":
            gathered = self._gathered(tape)
            if self.output == "membrane":
                return gathered[..., -1, :, :]
        else:
            gathered = tape.once("gathered", lambda: self._gathered_alike(tape.dtype))
            if self.output == "membrane":
                last: Array = gathered[-1]
                return last
        bend = self._bend(tape)
        bend *= gathered
        slope: Array = np.add.reduce(bend, axis=-3, out=tape.array("slope", tape.units))
        slope *= tape.constants[1 / self.steps]
        return slope

    def _bend(self, tape: Tape) -> Array:
        """The surrogate of each step's spike, (..., steps, units, batch)."""
        one = tape.constants[1.0]
        v = np.subtract(self._over_time("membrane", tape), tape.constants[THRESHOLD], self._over_time("bend", tape))
        if self.surrogate == "arctan":
            v *= tape.constants[math.pi]
            np.square(v, v)
            v += one
        else:
            np.absolute(v, v)
            v *= tape.constants[STEEPNESS]
            v += one
            np.square(v, v)
        return np.reciprocal(v, v)

    def _gathered(self, tape: Tape) -> Array:
        """G_t where spikes empty the membrane, (..., steps, units, batch)."""
        membrane, gathered = self._over_time("membrane", tape), self._over_time("gathered", tape)
        beta, one = tape.constants[self.beta], tape.constants[1.0]
        gathered[..., 0, :, :] = 1.0
        for step in range(1, self.steps):
            now = gathered[..., step, :, :]
            np.less_equal(membrane[..., step - 1, :, :], tape.constants[THRESHOLD], out=now, casting="unsafe")
            now *= gathered[..., step - 1, :, :]
            now *= beta
            now += one
        return gathered

    def _gathered_alike(self, dtype: np.dtype[Any]) -> Array:
        """G_t where it is the same for all units and points, (steps, 1, 1): 1, 1 + β, 1 + β + β² ..."""
        sums = accumulate(range(1, self.steps), lambda before, _: 1.0 + self.beta * before, initial=1.0)
        return np.array(list(sums), dtype).reshape(-1, 1, 1)

    def _over_time(self, name: str, tape: Tape) -> Array:
        """Scratch of shape (..., steps, units, batch)."""
        return tape.array(name, self.steps * tape.units).reshape(*tape.lead, self.steps, tape.units, tape.batch)
