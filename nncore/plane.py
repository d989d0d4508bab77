"""The plane as a network sees it: forward passes over a grid of places, or any places, for whoever draws.

On tapes of its own, which are kept from one look to the next; the network is only read. Not here: what is made of the
passes (`probes`).
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from nncore.blocks import blocks, column_bytes, columns_together
from nncore.features import inputs
from nncore.forest.cascade import PLACES_TOGETHER
from nncore.learner import Learner, Model
from nncore.network import Network
from nncore.tape import Array

MARGIN = 1.08
"""The plane is drawn a little beyond the square of the data, so that the marks of points on its edge are whole."""


def reach(scale: float) -> float:
    """Half of the width of the plane that is drawn, where the data's square is [-scale, scale]²."""
    return MARGIN * scale


class Plane:
    """Passes over the plane of one trainer after another; the tapes are the last one's."""

    def __init__(self) -> None:
        self._grids: dict[tuple[object, ...], Array] = {}
        self._tapes: dict[int, Any] = {}
        self._network: Model | None = None
        self._together = 0

    def grid_passes(self, trainer: Learner, pixels: int) -> Iterator[tuple[slice, Any, Array]]:
        """Passes over the `pixels`² places of `plane_points`; see `passes`."""
        return self.passes(trainer, self.grid(trainer, pixels))

    def passes(self, trainer: Learner, x: Array) -> Iterator[tuple[slice, Any, Array]]:
        """Forward passes of inputs `x` (features + 1, n), a block of columns after the other.

        Each comes as its columns, its tape and the output layer's z, valid until the next; `z` may be overwritten.
        """
        for columns in blocks(x.shape[1], self._places_together(trainer)):
            tape = self._tape(trainer, columns.stop - columns.start)
            with np.errstate(all="ignore"):
                z = trainer.network.forward(x[:, columns], tape)
            yield columns, tape, z

    def grid(self, trainer: Learner, pixels: int) -> Array:
        """The inputs (features + 1, `pixels`²) of these places."""
        features, scale = trainer.config.features, trainer.config.data.scale
        key = (pixels, features, scale, trainer.network.dtype)
        if key not in self._grids:
            self._grids[key] = inputs(plane_points(pixels, scale), features, scale, trainer.network.dtype)
        return self._grids[key]

    def _places_together(self, trainer: Learner) -> int:
        if self._network is not trainer.network:
            self._network, self._tapes = trainer.network, {}
            self._together = _together(trainer.network)
        return self._together

    def _tape(self, trainer: Learner, places: int) -> Any:
        if places not in self._tapes:
            self._tapes[places] = trainer.network.tape(places)
        return self._tapes[places]


def _together(model: Model) -> int:
    """How many places pass through `model` in one piece."""
    return columns_together(column_bytes(model)) if isinstance(model, Network) else PLACES_TOGETHER


def plane_points(pixels: int, scale: float) -> Array:
    """The centres of `pixels` by `pixels` cells of the plane that is drawn, [-reach, reach]², row by row from the top.

    Shape (pixels², 2).
    """
    centers = reach(scale) * ((np.arange(pixels) + 0.5) * 2 / pixels - 1)
    x, y = np.meshgrid(centers, -centers)
    return np.column_stack([x.ravel(), y.ravel()])
