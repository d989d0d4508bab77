"""What a neuron type is: the contract that every file in `neurons` fulfils.

A neuron type is stateless. For one layer of units it says which parameters there are, fills them, maps an input x to
z (before the activation) and maps dLoss/dz back to gradients. Every formula uses only the last two axes, so the same
code trains one network or R replicas.

*The bias trick*: x carries a last row of ones, so a bias is the last column of a weight matrix (units, fan_in + 1), and
z = W x + b is one product. A column of x is one row of data (`tape` says why). Not here: a layer without biases
(`unbiased`), which a kind knows by its code to take home alone.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from nncore.cost import Cost
from nncore.formula import Letters
from nncore.initializers import Initializer
from nncore.pieces import Pieces
from nncore.registry import Registry
from nncore.slopes import Slopes, of_parts, of_points
from nncore.spec import Spec
from nncore.tape import Array, Shape, Tape

Params = Mapping[str, Array]

SLOPE_NUMBERS, FEWEST_SLOPE_POINTS = 100_000, 50
"""Slopes take so many numbers of one sort together at most, but at least so many points: the quickest, as measured, and
about a millisecond's work."""

SAMPLED_NUMBERS = 400_000
"""Where each point takes many numbers, as many points count, evenly spread, as make so many numbers at most."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter array of a layer. `bias` says which part of it is a bias, which penalties leave alone; they leave
    all of it alone where it is not `penalized`.

    The rest says what its numbers are to a single unit (`weights`). Rows come in blocks of `units` rows; columns, but
    for a bias in the last one, in groups with a column `over` each of the inputs, each pair of them, or just one. Block
    by block, and group by group in it, they are called `letters` (as the array itself where there is but one); the
    last column is called `biases` in each block.
    """

    shape: Shape
    bias: Literal["none", "last_column", "all"] = "none"
    over: Literal["inputs", "pairs", "unit"] = "inputs"
    letters: tuple[str, ...] = ()
    biases: tuple[str, ...] = ("b",)
    penalized: bool = True


@dataclass(frozen=True, slots=True)
class Spikes:
    """What a kind that takes its time went through: the `current` (..., units, batch) that it was given at each step;
    its `membrane` after each, (..., steps, units, batch), which fires above the `threshold`.
    """

    current: Array
    membrane: Array
    threshold: float

    @property
    def fired(self) -> Array:
        """Whether it did, (..., steps, units, batch)."""
        fired: Array = self.membrane > self.threshold
        return fired


def numbered(letter: str, count: int) -> tuple[str, ...]:
    """The letters ``W_1``, ``W_2`` ... for weights of which there are `count`."""
    return tuple(f"{letter}_{number}" for number in range(1, count + 1))


def weighted_code(inputs: str, weights: str, biased: bool) -> str:
    """A weighted sum as code, ``x @ W[:, :-1].T + W[:, -1]``; without biases ``x @ W.T``."""
    return f"{inputs} @ {weights}[:, :-1].T + {weights}[:, -1]" if biased else f"{inputs} @ {weights}.T"


def plus_code(bias: str, biased: bool) -> str:
    """What adds `bias` at the end of a line of code; nothing without biases."""
    return f" + {bias}" if biased else ""


class NeuronType(ABC):
    """One kind of neuron with its knobs set. Subclasses are frozen dataclasses whose fields are their knobs."""

    spec: ClassVar[Spec]
    own_gradient: ClassVar[bool] = False
    """Whether its gradient is a definition of its own instead of the derivative, as some papers ask."""

    @abstractmethod
    def parameters(self, fan_in: int, units: int) -> dict[str, Parameter]:
        """The parameter arrays of a layer, by the letters of the formula."""

    @abstractmethod
    def cost(self, fan_in: int, units: int) -> Cost:
        """What a layer's z costs for one point, from the formula, by the rule of `cost`; the same without biases."""

    @abstractmethod
    def initialize(self, params: Params, init: Initializer) -> None:
        """Fill `params` (of one network: no replica axis) in place, drawing from `init`."""

    @abstractmethod
    def forward(self, params: Params, x: Array, tape: Tape) -> Array:
        """z of shape (..., units, batch) for x of shape (..., fan_in + 1, batch), whose last row is ones."""

    @abstractmethod
    def code(self, biased: bool = True) -> list[str]:
        """The same formula as lines of code for a reader to take home; the last one gives z.

        If not `biased`, the parameters that they see have no biases (`weighted_code`, `plus_code`).
        They see the parameters by name and x (n, fan_in), one row for each point, without ones; z is (n, units). `xp`
        is NumPy or PyTorch: only what both call by one name, and ``xp.erf`` (`export.dialect`).
        """

    @abstractmethod
    def backward(self, params: Params, grads: Params, tape: Tape, dz: Array, need_dx: bool) -> Array | None:
        """Fill `grads` in place from dz = dLoss/dz; return dLoss/dx of shape (..., fan_in, batch) if `need_dx`."""

    def written(self, w: Letters, x: Sequence[str]) -> str:
        """The right-hand side of a unit's z as LaTeX: `w` has a text for each of its numbers, `x` one for each input.

        Of a letter that the unit has not, such as b without biases, `w` has no text. A kind that does not override this
        is shown by its letters and their numbers.
        """
        return ""

    def spikes(self, tape: Tape) -> Spikes | None:
        """What led to the z of the last forward pass, step by step; None for a kind that knows no time."""
        return None

    def rescale(self, params: Params, grads: Params) -> None:  # noqa: B027  # a hook that most kinds leave alone
        """Change the loss' `grads` in place, where a paper asks for that; penalties come later. Nothing by default."""

    def constrain(self, params: Params) -> None:  # noqa: B027  # likewise
        """Bring `params` back into their bounds, in place, after each step. Nothing by default."""

    @property
    def fires(self) -> bool:
        """Whether it goes through steps and fires in some of them: it can then tell of its `spikes`."""
        return type(self).spikes is not NeuronType.spikes

    @property
    def rescales(self) -> bool:
        """Whether `rescale` does anything: most kinds need not be asked at every step."""
        return type(self).rescale is not NeuronType.rescale

    @property
    def constrains(self) -> bool:
        """Whether `constrain` does anything."""
        return type(self).constrain is not NeuronType.constrain

    def slopes(self, params: Params, x: Array, units: int) -> Slopes:
        """What d z_j / d x_i comes to over the columns of x, each (units, fan_in); for one network, not for replicas.

        This is the general way: each unit is a replica, a layer of one unit, and one pass back through all of them
        gives the slopes. A kind with a shorter formula may override it.
        """
        rows, batch = x.shape
        tape = Tape(batch, rows - 1, 1, lead=(units,), dtype=x.dtype)
        alone = {name: _unit_by_unit(array, units) for name, array in params.items()}
        unused = {name: np.empty_like(array) for name, array in alone.items()}
        with np.errstate(all="ignore"):
            self.forward(alone, x, tape)
            dx = self.backward(alone, unused, tape, np.ones((units, 1, batch), x.dtype), True)
            assert dx is not None
            return of_points(dx)

    def slope_numbers(self, fan_in: int, units: int) -> int | None:
        """How many numbers of one sort the slopes take for each point; None where a shorter formula is quick."""
        return units * fan_in if type(self).slopes is NeuronType.slopes else None

    def slope_points(self, fan_in: int, units: int) -> int | None:
        """Of how many points slopes are worked out together; None for all of them."""
        numbers = self.slope_numbers(fan_in, units)
        return None if numbers is None else max(FEWEST_SLOPE_POINTS, SLOPE_NUMBERS // numbers)

    def slopes_pieces(self, params: Params, x: Array, units: int) -> Pieces[Slopes]:
        """`slopes` in pieces, overflow allowed, a few points each: the same but for rounding.

        Where each point takes many numbers, they are those of every second point, every third ...
        """
        numbers, parts = self.slope_numbers(len(x) - 1, units), []
        if numbers is not None:
            x = x[:, :: -(-x.shape[1] * numbers // SAMPLED_NUMBERS)]
        together = self.slope_points(len(x) - 1, units) or x.shape[1]
        for start in range(0, x.shape[1], together):
            columns = x[:, start : start + together]
            with np.errstate(all="ignore"):
                parts.append((columns.shape[1], self.slopes(params, columns, units)))
            yield
        with np.errstate(all="ignore"):
            return of_parts(parts)


def _unit_by_unit(array: Array, units: int) -> Array:
    """A parameter array (copies · units, columns) as those of layers of one unit, (units, copies, columns)."""
    return np.ascontiguousarray(array.reshape(-1, units, array.shape[1]).swapaxes(0, 1))


NEURONS: Registry[NeuronType] = Registry("neuron type")
