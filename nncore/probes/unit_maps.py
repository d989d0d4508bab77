"""Unit maps: what every unit, and the whole network, says of every place of the plane."""

from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from nncore.features import inputs
from nncore.network import NetworkTape
from nncore.probe import PROBES, Probe
from nncore.spec import Knob, Spec
from nncore.tape import Array
from nncore.trainer import Trainer

ROWS_AT_ONCE = 1000
"""How many places go through the network together: enough to outweigh the calls, few enough to stay in the cache."""

Unit = tuple[int, int]


@PROBES.register(
    Spec(
        name="unit_maps",
        label="Unit maps",
        sentence="Every unit's activation over the plane, and the network's answer.",
        formula=r"a_j(x, y)",
        knobs=(
            Knob("unit_pixels", "Unit pixels", "int", 24, 4, 200, sentence="Width and height of a unit's map."),
            Knob("output_pixels", "Output pixels", "int", 100, 4, 400, sentence="Width and height of the answer's map."),
        ),
    )
)
@dataclass
class UnitMaps(Probe):
    """Maps of activations and predictions. Row 0 is the top of the plane (largest y), column 0 its left edge."""

    picture: ClassVar[str] = "surfaces"

    unit_pixels: int = 24
    output_pixels: int = 100
    _planes: dict[tuple[object, ...], Array] = field(default_factory=dict, repr=False)
    _tapes: dict[int, NetworkTape] = field(default_factory=dict, repr=False)
    _network: object = None

    def look(self, trainer: Trainer, inspect: Unit | None = None) -> dict[str, Array]:
        """``units.<layer>`` (units, p, p), ``output`` (K, q, q), and ``inspected`` (q, q) for `inspect` = (layer,
        unit).

        `output` holds predictions: the probability of class 1 or a value (K = 1), or each class' probability. Of the
        first replica. The arrays are the caller's to keep.
        """
        p, q = self.unit_pixels, self.output_pixels
        hidden = trainer.network.layers[:-1]
        units: dict[str, Array] = {f"units.{index}": np.empty((p * p, layer.units), np.float32) for index, layer in
        enumerate(hidden)} answer: dict[str, Array] = {"output": np.empty((q * q, trainer.network.head.units), np.float32)}
        if inspect is not None:
            answer["inspected"] = np.empty((q * q, 1), np.float32)
        if p == q:
            self._fill(trainer, q, units, answer, inspect)
        else:
            self._fill(trainer, p, units, {}, None)
            self._fill(trainer, q, {}, answer, inspect)
        maps: dict[str, Array] = {name: np.moveaxis(rows.reshape(p, p, -1), -1, 0) for name, rows in units.items()}
        maps["output"] = np.moveaxis(answer["output"].reshape(q, q, -1), -1, 0)
        if inspect is not None:
            maps["inspected"] = answer["inspected"].reshape(q, q)
        return maps

    def _fill(
        self, trainer: Trainer, pixels: int, units: dict[str, Array], answer: dict[str, Array], inspect: Unit | None
    ) -> None:
        network, plane = trainer.network, self._plane(trainer, pixels)
        first = (0,) * len(network.lead)
        for start in range(0, len(plane), ROWS_AT_ONCE):
            rows = slice(start, min(start + ROWS_AT_ONCE, len(plane)))
            tape = self._tape(trainer, rows.stop - start)
            with np.errstate(all="ignore"):
                z = network.forward(plane[rows], tape)
                for (_, target), step in zip(units.items(), tape.passes[:-1], strict=False):
                    target[rows] = step.a[first]
                if inspect is not None:
                    layer, unit = inspect
                    answer["inspected"][rows, 0] = tape.passes[layer].a[first][:, unit]
                if "output" in answer:
                    answer["output"][rows] = network.head.predict(z[first])

    def _plane(self, trainer: Trainer, pixels: int) -> Array:
        config = trainer.config
        key = (pixels, config.features, config.data.scale, trainer.network.dtype)
        if key not in self._planes:
            self._planes[key] = inputs(plane_points(pixels, config.data.scale), config.features, config.data.scale, key[3])
        return self._planes[key]

    def _tape(self, trainer: Trainer, rows: int) -> NetworkTape:
        if self._network is not trainer.network:
            self._network, self._tapes = trainer.network, {}
        if rows not in self._tapes:
            self._tapes[rows] = trainer.network.tape(rows)
        return self._tapes[rows]


def plane_points(pixels: int, scale: float) -> Array:
    """The centres of `pixels` by `pixels` cells of the square [-scale, scale]², row by row from the top: (pixels²,
    2).""" centers = scale * ((np.arange(pixels) + 0.5) * 2 / pixels - 1)
    x, y = np.meshgrid(centers, -centers)
    return np.column_stack([x.ravel(), y.ravel()])
