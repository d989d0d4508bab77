"""Scratch arrays for one pass of one layer: allocated once per batch size, written in place ever after.

A tape also carries what the backward pass needs of the forward pass, so a network itself holds nothing between the
two. Training and looking have tapes of their own: looking never changes training.

Shapes: one column per row of data. An input x is (..., fan_in + 1, batch), its last row all ones; z is (..., units,
batch).
What all ufuncs then touch is contiguous memory, which on small layers is most of the time (docs/decisions).
"""

import math
from collections.abc import Callable
from typing import Any, Protocol, TypeVar, cast

import numpy as np
from numpy.typing import DTypeLike, NDArray

Array = NDArray[Any]
Shape = tuple[int, ...]
Matmul = Callable[[Array, Array, Array], Array]
MOST_CONSTANTS = 256


class Scratch(Protocol):
    """More than one array of scratch."""

    @property
    def nbytes(self) -> int:
        """All its bytes."""


T = TypeVar("T", bound=Scratch)


class Constants(dict[float, Array]):
    """Numbers as arrays of no dimension, made once: NumPy takes them in half the time of a Python float.

    At MOST_CONSTANTS it forgets them all and starts again, so that a learning rate that changes does not fill memory.
    """

    def __init__(self, dtype: DTypeLike) -> None:
        super().__init__()
        self.dtype = np.dtype(dtype)

    def __missing__(self, value: float) -> Array:
        if len(self) >= MOST_CONSTANTS:
            self.clear()
        constant = self[value] = np.array(value, self.dtype)
        return constant


def columns(lead: Shape, rows: int, batch: int, dtype: DTypeLike) -> Array:
    """An uninitialised array (*lead, rows, batch) whose memory runs by rows first: any range of rows is contiguous.

    So an activation, which must spare the row of ones, is one straight loop for replicas too.
    """
    return np.moveaxis(np.empty((rows, *lead, batch), dtype), 0, -2)


class Tape:
    """The scratch of one layer: `fan_in` inputs, `units` units, `batch` columns.

    `lead` is the shape before the last two axes: ``()`` for one network, ``(R,)`` for R replicas. The input may lack
    it: replicas share the first layer's. `constants[0.5]` is a number as NumPy takes it fastest.
    """

    z: Array
    dx: Array
    dx_and_one: Array
    ones: Array

    __slots__ = (
        "_arrays",
        "_made",
        "batch",
        "constants",
        "dtype",
        "dx",
        "dx_and_one",
        "fan_in",
        "lead",
        "matmul",
        "ones",
        "rng",
        "units",
        "x",
        "z",
    )

    def __init__(
        self,
        batch: int,
        fan_in: int,
        units: int,
        *,
        lead: Shape = (),
        dtype: DTypeLike = np.float32,
        rng: np.random.Generator | None = None,
    ) -> None:
        self.batch, self.fan_in, self.units, self.lead, self.dtype = batch, fan_in, units, lead, np.dtype(dtype)
        self.rng = rng
        """What training draws from (RReLU, dropout); None while looking, which takes the mean instead."""
        self.constants = Constants(dtype)
        self.matmul: Matmul = np.matmul if lead else np.ndarray.dot
        """``matmul(a, b, out)``, by the quicker of NumPy's two ways."""
        self._arrays: dict[str, Array] = {}
        self._made: dict[str, Scratch] = {}
        self.x = np.empty(0, dtype)
        """The input of the last forward pass."""

    def __getattr__(self, name: str) -> Array:
        """Made when first asked for: a tape that only looks forward, or an activation's, needs few of them.

        `z` is for the layer's z. `dx_and_one` is for dLoss/dx with a row for the ones, which nobody reads:
        ``W.mT @ dz`` fills all of it; `dx` is it without that row. `ones` is for sums of few numbers: a dot product
        with ones is NumPy's quickest.
        """
        match name:
            case "z":
                self.z = self.array("z", self.units)
            case "dx_and_one":
                self.dx_and_one = self.array("dx", self.fan_in + 1)
            case "dx":
                self.dx = self.dx_and_one[..., :-1, :]
            case "ones":
                ones = np.ones(math.prod(self.lead) * self.units * self.batch, self.dtype)
                self.ones = self._arrays["ones"] = ones
            case _:
                raise AttributeError(f"a tape has no {name}")
        made: Array = getattr(self, name)
        return made

    @property
    def nbytes(self) -> int:
        """The bytes of the scratch made so far."""
        return sum(made.nbytes for made in (*self._arrays.values(), *self._made.values()))

    def array(self, name: str, rows: int) -> Array:
        """The array (..., rows, batch) called `name`, as its last writer left it; allocated when first asked for."""
        found = self._arrays.get(name)
        if found is None:
            found = self._arrays[name] = columns(self.lead, rows, self.batch, self.dtype)
        return found

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What `make` gave when `name` was first asked for: for scratch that is more than one array."""
        if name not in self._made:
            self._made[name] = make()
        return cast(T, self._made[name])

    def like(self, name: str, model: Array) -> Array:
        """The same for an array of the shape of `model`."""
        found = self._arrays.get(name)
        if found is None:
            found = self._arrays[name] = np.empty_like(model)
        return found
