"""Maxout, z = max_p (W_p x + b_p): the highest of a few linear neurons, so it bends by itself."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nncore.cost import Cost
from nncore.formula import Letters, plus, weighed
from nncore.initializers import Initializer
from nncore.neuron import NEURONS, NeuronType, Parameter, Params, numbered, weighted_code
from nncore.slopes import Slopes
from nncore.spec import Knob, Spec
from nncore.tape import Array, Tape

VARIANCE = {1: 1.0, 2: 0.6817, 3: 0.5595, 4: 0.4917, 5: 0.4475, 6: 0.4159, 7: 0.3919, 8: 0.3729}
"""Of the largest of so many independent standard normal numbers."""


@NEURONS.register(
    Spec(
        name="maxout",
        label="Maxout",
        sentence="Takes the largest of a few weighted sums: each unit draws a line with corners, around a convex area.",
        formula=r"z_j = \max_{p} (W_{pj} x + b_{pj})",
        formula_without_bias=r"z_j = \max_{p} (W_{pj} x)",
        group="first order",
        knobs=(Knob("pieces", "Pieces", "int", 3, 1, 8, sentence="How many weighted sums; 1 is the linear neuron."),),
        source="Goodfellow et al. 2013",
        zero_set="polyline",
    )
)
@dataclass(frozen=True)
class Maxout(NeuronType):
    """Highest of several sums, z_j = max_p (W_pj x + b_pj). Convex: where z < 0 is one convex area, or nothing.

    W (pieces · units, fan_in + 1) holds the W_p one above the other with b as their last column. Only the piece that
    won learns from a point; of equal ones, the first. The scale makes up for the variance of a maximum, which is
    smaller than that of its pieces.
    """

    pieces: int = 3

    def parameters(self, fan_in: int, units: int) -> dict[str, Parameter]:
        return {
            "W": Parameter(
                (self.pieces * units, fan_in + 1),
                bias="last_column",
                letters=numbered("W", self.pieces),
                biases=numbered("b", self.pieces),
            )
        }

    def cost(self, fan_in: int, units: int) -> Cost:
        return units * Cost(self.pieces * fan_in, additions=self.pieces - 1)

    def initialize(self, params: Params, init: Initializer) -> None:
        for piece in np.split(params["W"][:, :-1], self.pieces):
            init.fill(piece, gain=1 / math.sqrt(VARIANCE[self.pieces]))
        init.bias(params["W"][:, -1])

    def written(self, w: Letters, x: Sequence[str]) -> str:
        sums = (weighed(w[f"W_{p}"], x) + plus(w[f"b_{p}"]) for p in range(1, self.pieces + 1))
        separated = r", \; ".join(sums)
        return rf"\max({separated})"

    def forward(self, params: Params, x: Array, tape: Tape) -> Array:
        tape.x = x
        pieces = self._by_piece(tape.matmul(params["W"], x, self._array("pieces", tape)), tape)
        return np.maximum.reduce(pieces, axis=-3, out=tape.z)

    def code(self, biased: bool = True) -> list[str]:
        return [
            f"pieces = ({weighted_code('x', 'W', biased)}).reshape(len(x), {self.pieces}, len(W) // {self.pieces})",
            "z = xp.amax(pieces, axis=1)",
        ]

    def backward(self, params: Params, grads: Params, tape: Tape, dz: Array, need_dx: bool) -> Array | None:
        winner = self._by_piece(self._array("pieces", tape), tape).argmax(axis=-3)
        d_flat = self._array("d_pieces", tape)
        d_pieces = self._by_piece(d_flat, tape)
        np.equal(winner[..., None, :, :], self._numbers, out=d_pieces, casting="unsafe")
        d_pieces *= dz[..., None, :, :]
        tape.matmul(d_flat, tape.x.mT, grads["W"])
        if not need_dx:
            return None
        tape.matmul(params["W"].mT, d_flat, tape.dx_and_one)
        return tape.dx

    def slopes(self, params: Params, x: Array, units: int) -> Slopes:
        W = params["W"].reshape(self.pieces, units, -1)
        won = ((W @ x).argmax(axis=0) == self._numbers).mean(axis=-1, keepdims=True, dtype=W.dtype)
        W = W[..., :-1]
        return Slopes((won * W).sum(axis=0), np.sqrt((won * W * W).sum(axis=0)))

    @cached_property
    def _numbers(self) -> Array:
        """The number of each piece, along the axis of pieces."""
        return np.arange(self.pieces)[:, None, None]

    def _array(self, name: str, tape: Tape) -> Array:
        return tape.array(name, self.pieces * tape.units)

    def _by_piece(self, flat: Array, tape: Tape) -> Array:
        """(..., pieces · units, batch) as (..., pieces, units, batch)."""
        return flat.reshape(*tape.lead, self.pieces, tape.units, tape.batch)
