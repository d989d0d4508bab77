"""The Kolmogorov-Arnold neuron: every connection is a curve of its own, drawn by splines, and the unit adds them up."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from nncore.activations import ACTIVATIONS
from nncore.cost import Cost
from nncore.formula import Letters, plus, weighed
from nncore.initializers import Initializer
from nncore.neuron import NEURONS, NeuronType, Parameter, Params, numbered, points_together, weighted_code
from nncore.slopes import Slopes, of_functions
from nncore.spec import Knob, Spec
from nncore.tape import Array, Tape

SQUARE_OF_SILU = 0.3558
"""Mean of silu(x)² for standard normal x."""


@NEURONS.register(
    Spec(
        name="kan",
        label="Kolmogorov-Arnold (KAN)",
        sentence="Learns a curve for each connection instead of a weight and adds the curves up.",
        formula=r"z_j = \sum_i \varphi_{ji}(x_i) + b_j, \quad \varphi(x) = w \, \mathrm{silu}(x) + \sum_k c_k B_k(x)",
        formula_without_bias=(
            r"z_j = \sum_i \varphi_{ji}(x_i), \quad \varphi(x) = w \, \mathrm{silu}(x) + \sum_k c_k B_k(x)"
        ),
        group="on the edges",
        knobs=(
            Knob(
                "grid", "Grid", "int", 5, 1, 20, sentence="Pieces G into which -1 to 1 is cut; more see finer detail."
            ),
            Knob("order", "Order", "int", 3, 1, 5, sentence="Degree k of the pieces: 1 straight, 3 smooth."),
        ),
        source="Liu et al. 2024, KAN; Hecht-Nielsen 1987",
        zero_set="curve",
    )
)
@dataclass(frozen=True)
class Kan(NeuronType):
    """Sum of learnt curves, z_j = Σ_i φ_ji(x_i) + b_j with φ(x) = w silu(x) + Σ_k c_k B_k(x).

    The B_k are the grid + order B-splines of degree `order` on equal pieces of [-1, 1], extended by `order` pieces on
    both sides; beyond those only the base function acts. W (units, (grid + order + 1) · fan_in + 1) holds the w, then
    the c of each spline in turn, side by side, and b as its last column: one product of matrices with all functions of
    all inputs stacked.

    On equal pieces of length h every B_k is one curve, moved: with v = (x - middle of B_k) / h and powers cut off at 0,
    B(v) = Σ_m (-1)^m C(k + 1, m) max(0, (k + 1)/2 - m - |v|)^k / k!, m from 0 while (k + 1)/2 - m > 0. This is what Cox
    and de Boor's recursion gives (Schoenberg 1946) with a third of its NumPy calls.

    Its cost is that of this sum: all functions of an input are worked out once for the layer, then weighed by each
    unit, one multiply-add for each weight. The literature counts otherwise: Yu et al. 2024 (KAN or MLP: A Fairer
    Comparison) take 9 k (G + 1.5 k) + 2 G - 2.5 k + 3 operations for each connection, G the grid and k the order, as
    Cox and de Boor's recursion is run anew for each of them with all its bookkeeping; others count only the k + 1
    splines that are not 0 at a point.

    The base functions start with the whole of unit variance, the splines with a tenth of the rule's scale, as their
    authors' noise: nearly flat curves.
    """

    grid: int = 5
    order: int = 3

    @property
    def functions(self) -> int:
        """How many functions of each input there are: the splines and the base function."""
        return self.grid + self.order + 1

    def parameters(self, fan_in: int, units: int) -> dict[str, Parameter]:
        return {
            "W": Parameter(
                (units, self.functions * fan_in + 1),
                bias="last_column",
                letters=("w", *numbered("c", self.functions - 1)),
            )
        }

    def cost(self, fan_in: int, units: int) -> Cost:
        base, splines, terms = ACTIVATIONS.build("silu").cost(), self.grid + self.order, self.order // 2 + 1
        # v, and max(0, ... - |v|) to the power with its factor in each term; x / h is the same for all splines.
        products = terms * self.order if self.order > 1 else 0
        spline = Cost(multiply_adds=products, additions=1 + 2 * terms)
        return fan_in * (base + Cost(multiply_adds=1) + splines * spline) + units * Cost(self.functions * fan_in)

    def initialize(self, params: Params, init: Initializer) -> None:
        base, *splines = np.split(params["W"][:, :-1], self.functions, axis=1)
        init.fill(base, gain=1 / math.sqrt(SQUARE_OF_SILU))
        for block in splines:
            init.fill(block, gain=0.1)
        init.bias(params["W"][:, -1])

    def written(self, w: Letters, x: Sequence[str]) -> str:
        curves = (self._curve_of(i, w, name) for i, name in enumerate(x))
        return " + ".join(curves) + plus(w["b"])

    def _curve_of(self, i: int, w: Letters, name: str) -> str:
        splines = range(1, self.functions)
        sum_of_splines = weighed([w[f"c_{k}"][i] for k in splines], [f"B_{{{k}}}({name})" for k in splines])
        return rf"{w['w'][i]} \, \mathrm{{silu}}({name}) + {sum_of_splines}"

    def forward(self, params: Params, x: Array, tape: Tape) -> Array:
        tape.x = x
        stacked = tape.array("stacked", self.functions * tape.fan_in + 1)
        functions = self._by_function(stacked, tape)
        self._base(x[..., :-1, :], functions[..., 0, :, :], tape)
        self._splines(x[..., :-1, :], functions[..., 1:, :, :], tape)
        stacked[..., -1, :] = 1.0
        return tape.matmul(params["W"], stacked, tape.z)

    def code(self, biased: bool = True) -> list[str]:
        order, reach = self.order, (self.grid + self.order - 1) / 2
        middles = ", ".join(str(k - reach) for k in range(self.grid + order))
        cuts = [f"xp.clip({(order + 1) / 2 - m} - v, 0, None)" for m in range(order // 2 + 1)]
        factors = ["", *(f"{'-' if m % 2 else '+'} {math.comb(order + 1, m)} * " for m in range(1, len(cuts)))]
        spline = " ".join(f"{factor}{cut} ** {order}" for factor, cut in zip(factors, cuts, strict=True))
        return [
            "silu = x * (1 + xp.tanh(x / 2)) / 2",
            f"distances = [xp.abs(x * {self.grid / 2} - middle) for middle in ({middles},)]",
            f"splines = [({spline}) / {math.factorial(order)} for v in distances]",
            f"z = {weighted_code('xp.concatenate([silu, *splines], axis=1)', 'W', biased)}",
        ]

    def backward(self, params: Params, grads: Params, tape: Tape, dz: Array, need_dx: bool) -> Array | None:
        rows = self.functions * tape.fan_in + 1
        tape.matmul(dz, tape.array("stacked", rows).mT, grads["W"])
        if not need_dx:
            return None
        d_functions = self._by_function(tape.matmul(params["W"].mT, dz, tape.array("d_stacked", rows)), tape)
        d_functions *= self._slopes(tape)
        return np.add.reduce(d_functions, axis=-3, out=tape.dx)

    def slopes(self, params: Params, x: Array, units: int) -> Slopes:
        fan_in = len(x) - 1
        tape = Tape(x.shape[1], fan_in, units, dtype=x.dtype)
        self.forward(params, x, tape)
        return of_functions(params["W"][:, :-1].reshape(units, self.functions, fan_in), self._slopes(tape))

    def slope_points(self, fan_in: int, units: int) -> int:
        return points_together((self.order // 2 + 1) * self.functions * fan_in)

    def _base(self, inputs: Array, out: Array, tape: Tape) -> None:
        """silu(x) = x σ(x), by way of σ(x) = (1 + tanh(x/2)) / 2, which cannot overflow; leaves σ on the tape."""
        sigmoid, half = tape.array("sigmoid", tape.fan_in), tape.constants[0.5]
        np.multiply(inputs, half, sigmoid)
        np.tanh(sigmoid, sigmoid)
        sigmoid *= half
        sigmoid += half
        np.multiply(inputs, sigmoid, out)

    def _splines(self, inputs: Array, out: Array, tape: Tape) -> None:
        """Every B_k of every input; leaves v, and the sums' terms but for their last factor, on the tape."""
        middles, ends, weights = _curve(self.grid, self.order, tape.dtype)
        v, term, cut = self._splines_of(tape, "v"), self._terms(tape, "term"), self._terms(tape, "cut")
        scaled = np.multiply(inputs, tape.constants[self.grid / 2], tape.array("scaled", tape.fan_in))
        np.subtract(middles, scaled[..., None, :, :], v)
        np.subtract(ends, np.absolute(v, self._splines_of(tape, "size"))[..., None, :, :, :], cut)
        np.maximum(cut, tape.constants[0.0], out=cut)
        if self.order == 1:
            np.greater(cut, tape.constants[0.0], out=term, casting="unsafe")
            term *= weights
        else:
            np.multiply(cut, weights, term)
        for _ in range(self.order - 2):
            term *= cut
        cut *= term
        np.add.reduce(cut, axis=-4, out=out)

    def _slopes(self, tape: Tape) -> Array:
        """The derivative of every function at the inputs of the last forward pass, (..., functions, fan_in, batch)."""
        values = self._by_function(tape.array("stacked", self.functions * tape.fan_in + 1), tape)
        slopes = self._by_function(tape.array("slopes", self.functions * tape.fan_in + 1), tape)
        silu, sigmoid = values[..., 0, :, :], tape.array("sigmoid", tape.fan_in)
        # σ + x σ (1 - σ), with x σ = silu.
        base = np.multiply(silu, sigmoid, slopes[..., 0, :, :])
        np.subtract(silu, base, base)
        base += sigmoid
        splines = np.add.reduce(self._terms(tape, "term"), axis=-4, out=slopes[..., 1:, :, :])
        # |v| falls with x where v, from x to the middle, is positive: there the curve rises.
        steepness = tape.constants[self.order * self.grid / 2]
        splines *= np.copysign(steepness, self._splines_of(tape, "v"), self._splines_of(tape, "size"))
        return slopes

    def _by_function(self, stacked: Array, tape: Tape) -> Array:
        """(..., functions · fan_in + 1, batch) as (..., functions, fan_in, batch), without the last row."""
        return stacked[..., :-1, :].reshape(*tape.lead, self.functions, tape.fan_in, tape.batch)

    def _splines_of(self, tape: Tape, name: str) -> Array:
        """Scratch of shape (..., splines, fan_in, batch)."""
        splines = self.grid + self.order
        return tape.array(name, splines * tape.fan_in).reshape(*tape.lead, splines, tape.fan_in, tape.batch)

    def _terms(self, tape: Tape, name: str) -> Array:
        """Scratch of shape (..., terms of the sum over m, splines, fan_in, batch)."""
        shape = (self.order // 2 + 1, self.grid + self.order, tape.fan_in)
        return tape.array(name, math.prod(shape)).reshape(*tape.lead, *shape, tape.batch)


@cache
def _curve(grid: int, order: int, dtype: np.dtype[Any]) -> tuple[Array, Array, Array]:
    """The middles of the B_k, counted in pieces (splines, 1, 1); then for each m (k + 1)/2 - m and its factor."""
    middles = np.arange(grid + order, dtype=dtype) - (grid + order - 1) / 2
    terms = range(order // 2 + 1)
    ends = np.array([(order + 1) / 2 - m for m in terms], dtype)
    factors = np.array([(-1) ** m * math.comb(order + 1, m) / math.factorial(order) for m in terms], dtype)
    return middles[:, None, None], ends[:, None, None, None], factors[:, None, None, None]
