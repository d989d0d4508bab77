"""The Kolmogorov-Arnold neuron: every connection is a curve of its own, drawn by splines, and the unit adds them up."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np

from nncore.activations import ACTIVATIONS
from nncore.cost import Cost
from nncore.formula import Letters, plus, weighed
from nncore.initializers import Initializer
from nncore.neuron import NEURONS, NeuronType, Parameter, Params, numbered, weighted_code
from nncore.slopes import Slopes, of_functions
from nncore.spec import Knob, Spec
from nncore.tape import Array, Tape

MANY = 10_000
"""Beside an array of zeros NumPy compares so many numbers in a fraction of the time that it takes beside a single 0."""

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
        stacked = self._stacked("stacked", tape)
        functions = self._by_function(stacked, tape)
        self._splines(x[..., :-1, :], functions[..., 1:, :, :], tape)
        self._base(x[..., :-1, :], functions[..., 0, :, :], tape)
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
        tape.matmul(dz, self._stacked("stacked", tape).mT, grads["W"])
        if not need_dx:
            return None
        rows = self.functions * tape.fan_in + 1
        d_functions = self._by_function(tape.matmul(params["W"].mT, dz, tape.array("d_stacked", rows)), tape)
        d_functions *= self._slopes(tape)
        return np.add.reduce(d_functions, axis=-3, out=tape.dx)

    def slopes(self, params: Params, x: Array, units: int) -> Slopes:
        fan_in = len(x) - 1
        tape = Tape(x.shape[1], fan_in, units, dtype=x.dtype)
        self.forward(params, x, tape)
        return of_functions(params["W"][:, :-1].reshape(units, self.functions, fan_in), self._slopes(tape))

    def slope_numbers(self, fan_in: int, units: int) -> int:
        terms = (self.order // 2 + 1) * (self._near if self._is_fine else self.functions)
        return max(self.functions, units, terms) * fan_in

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
        near = self._is_near_only(tape)
        count = self._near if near else self.grid + self.order
        v, size = self._of_splines("v", count, tape), self._of_splines("size", count, tape)
        term, cut = self._terms("term", count, tape), self._terms("cut", count, tape)
        scaled = np.multiply(inputs, tape.constants[self.grid / 2], tape.array("scaled", tape.fan_in))
        if near:
            middles = np.add(self._first_near(scaled, tape)[..., None, :, :], middles[: self.order + 2], v)
        np.subtract(middles, scaled[..., None, :, :], v)
        np.subtract(ends, np.absolute(v, size)[..., None, :, :, :], cut)
        zero = tape.constants[0.0]
        if cut.size > MANY:
            zero = tape.once("zeros", lambda: np.zeros_like(scaled)[..., None, None, :, :])
        np.maximum(cut, zero, out=cut)
        if self.order == 1:
            np.greater(cut, tape.constants[0.0], out=term, casting="unsafe")
            term *= weights
        else:
            np.multiply(cut, weights, term)
        for _ in range(self.order - 2):
            term *= cut
        cut *= term
        self._sum(cut, out, "stacked", tape)

    def _slopes(self, tape: Tape) -> Array:
        """The derivative of every function at the inputs of the last forward pass, (..., functions, fan_in, batch)."""
        # |v| falls with x where v, from x to the middle, is positive: there the curve rises.
        steepness = tape.constants[self.order * self.grid / 2]
        count = self._near if self._is_near_only(tape) else self.grid + self.order
        steep = np.copysign(steepness, self._of_splines("v", count, tape), self._of_splines("size", count, tape))
        slopes = self._by_function(self._stacked("slopes", tape), tape)
        self._sum(self._terms("term", count, tape), slopes[..., 1:, :, :], "slopes", tape, steep)
        silu = self._by_function(self._stacked("stacked", tape), tape)[..., 0, :, :]
        sigmoid = tape.array("sigmoid", tape.fan_in)
        # σ + x σ (1 - σ), with x σ = silu.
        base = np.multiply(silu, sigmoid, slopes[..., 0, :, :])
        np.subtract(silu, base, base)
        base += sigmoid
        return slopes

    @property
    def _near(self) -> int:
        """How many splines can be other than 0 at a point: order + 1, and one more, for rounding may take a point over
        the end of its piece.
        """
        return self.order + 2

    @cached_property
    def _is_fine(self) -> bool:
        """Whether at any point nearly all splines are 0."""
        return self.grid + self.order >= 3 * self._near

    def _is_near_only(self, tape: Tape) -> bool:
        """Whether only the splines near each input are worked out: the same numbers to the bit, in half the time.

        Only while one looks: a batch has few points, and there the calls are what takes time.
        """
        return tape.rng is None and self._is_fine

    def _first_near(self, scaled: Array, tape: Tape) -> Array:
        """Which spline is the first near each input, counted from 0, (..., fan_in, batch); notes where in a padded
        array it and those that follow it have their places.
        """
        near, splines = self._near, self.grid + self.order
        first = np.add(scaled, tape.constants[self.grid / 2], tape.array("first", tape.fan_in))
        np.floor(first, first)
        first -= tape.constants[1.0]
        # Far out, and for what is not a number, the places are in the padding.
        np.fmin(np.fmax(first, tape.constants[-near], out=first), tape.constants[splines], out=first)
        numbers = _rows_first(first).reshape(-1)
        row = (numbers.astype(np.intp) + near) * len(numbers) + np.arange(len(numbers))
        np.add(row, len(numbers) * np.arange(near)[:, None], self._places(tape))
        return first

    def _sum(self, terms: Array, out: Array, name: str, tape: Tape, steep: Array | None = None) -> None:
        """The sums of `terms` over m, times `steep`, into `out`, the splines in the array `name`."""
        near = self._is_near_only(tape)
        sums = np.add.reduce(terms, axis=-4, out=self._of_splines("sums", self._near, tape) if near else out)
        if steep is not None:
            sums *= steep
        if near:
            out[...] = 0.0
            rows = _rows_first(tape.array("sums", self._near * tape.fan_in))
            _rows_first(self._padded(name, tape)).reshape(-1)[self._places(tape)] = rows.reshape(self._near, -1)

    def _places(self, tape: Tape) -> Array:
        """Where in a padded array the splines near each input stand, (near, fan_in · ... · batch)."""
        return tape.once(
            "places", lambda: np.empty((self._near, tape.fan_in * math.prod(tape.lead) * tape.batch), np.intp)
        )

    def _padded(self, name: str, tape: Tape) -> Array:
        """Scratch of shape (..., functions · fan_in + 1, batch), with room for the splines near a point far out."""
        rows = 2 * self._near + self.grid + self.order
        return tape.array(name, rows * tape.fan_in)

    def _stacked(self, name: str, tape: Tape) -> Array:
        """Scratch for all functions of all inputs and a row of ones, (..., functions · fan_in + 1, batch)."""
        rows = self.functions * tape.fan_in + 1
        if not self._is_near_only(tape):
            return tape.array(name, rows)
        start = (self._near - 1) * tape.fan_in
        return self._padded(name, tape)[..., start : start + rows, :]

    def _by_function(self, stacked: Array, tape: Tape) -> Array:
        """(..., functions · fan_in + 1, batch) as (..., functions, fan_in, batch), without the last row."""
        return stacked[..., :-1, :].reshape(*tape.lead, self.functions, tape.fan_in, tape.batch)

    @staticmethod
    def _of_splines(name: str, count: int, tape: Tape) -> Array:
        """Scratch of shape (..., count, fan_in, batch), for so many splines."""
        return tape.array(name, count * tape.fan_in).reshape(*tape.lead, count, tape.fan_in, tape.batch)

    def _terms(self, name: str, count: int, tape: Tape) -> Array:
        """Scratch of shape (..., terms of the sum over m, count, fan_in, batch)."""
        terms = self.order // 2 + 1
        rows = tape.array(name, terms * count * tape.fan_in)
        return rows.reshape(*tape.lead, terms, count, tape.fan_in, tape.batch)


def _rows_first(array: Array) -> Array:
    """Scratch of shape (..., rows, batch) as it lies in memory, (rows, ..., batch)."""
    return np.moveaxis(array, -2, 0)


@cache
def _curve(grid: int, order: int, dtype: np.dtype[Any]) -> tuple[Array, Array, Array]:
    """The middles of the B_k, counted in pieces (splines, 1, 1); then for each m (k + 1)/2 - m and its factor."""
    middles = np.arange(grid + order, dtype=dtype) - (grid + order - 1) / 2
    terms = range(order // 2 + 1)
    ends = np.array([(order + 1) / 2 - m for m in terms], dtype)
    factors = np.array([(-1) ** m * math.comb(order + 1, m) / math.factorial(order) for m in terms], dtype)
    return middles[:, None, None], ends[:, None, None, None], factors[:, None, None, None]
