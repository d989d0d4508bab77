"""Scratch arrays for one pass of one layer: allocated once per batch shape, written with ``out=`` ever after.

A tape also carries what the backward pass needs of the forward pass, so a network itself holds nothing between the
two. Training and looking have tapes of their own: looking never changes training.
"""

from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

Array = NDArray[Any]
Shape = tuple[int, ...]


class Tape:
    """The scratch of one layer: `fan_in` inputs, `units` units, `batch` rows.

    `lead` is the shape before the last two axes: ``()`` for one network, ``(R,)`` for R replicas. `input_lead` is that
    of the layer's input, which replicas share in the first layer.
    """

    __slots__ = (
        "_arrays",
        "batch",
        "dtype",
        "dx_shape",
        "fan_in",
        "lead",
        "training",
        "units",
        "x",
        "x_shape",
        "z_shape",
    )

    def __init__(
        self,
        batch: int,
        fan_in: int,
        units: int,
        *,
        lead: Shape = (),
        input_lead: Shape | None = None,
        dtype: DTypeLike = np.float32,
        training: bool = True,
    ) -> None:
        self.batch, self.fan_in, self.units, self.lead, self.dtype = batch, fan_in, units, lead, np.dtype(dtype)
        self.training = training
        self.z_shape: Shape = (*lead, batch, units)
        self.dx_shape: Shape = (*lead, batch, fan_in)
        self.x_shape: Shape = (*(lead if input_lead is None else input_lead), batch, fan_in + 1)
        self.x: Array = np.empty(0, self.dtype)
        self._arrays: dict[str, Array] = {}

    def array(self, name: str, shape: Shape) -> Array:
        """The array called `name`, as the last writer left it; allocated when it is first asked for."""
        found = self._arrays.get(name)
        if found is None:
            found = self._arrays[name] = np.empty(shape, self.dtype)
        return found
