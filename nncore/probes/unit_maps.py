"""Unit maps: what every unit, and the whole network, says of every place of the plane."""

from dataclasses import dataclass, field

import numpy as np

from nncore.learner import Learner
from nncore.pieces import Pieces, whole
from nncore.plane import Plane
from nncore.probe import PROBES, Probe, tame
from nncore.spec import Knob, Spec
from nncore.tape import Array

Unit = tuple[int, int]


@PROBES.register(
    Spec(
        name="unit_maps",
        label="Unit maps",
        sentence="Every unit's activation over the plane, and the network's output.",
        formula=r"a_j(x, y)",
        knobs=(
            Knob("unit_pixels", "Unit pixels", "int", 24, 4, 200, sentence="Width and height of a unit's map."),
            Knob("output_pixels", "Output pixels", "int", 100, 4, 400, sentence="Width and height of the output."),
        ),
    )
)
@dataclass
class UnitMaps(Probe):
    """Maps of activations and predictions. Row 0 is the top of the plane (largest y), column 0 its left edge."""

    unit_pixels: int = 24
    output_pixels: int = 100
    plane: Plane = field(default_factory=Plane, repr=False)

    def compute(self, trainer: Learner, inspect: Unit | None = None) -> dict[str, Array]:
        """``units.<layer>`` (units, p, p), ``output`` (K, q, q), and two of (q, q) for `inspect` = (layer, unit).

        These are ``inspected``, what the unit gives on (of the output layer, the last one: its prediction), and
        ``inspected_z``, the same before activation, norm and whatever else follows the neuron.

        `output` holds predictions: the probability of class 1 or a value (K = 1), or each class' probability. Of these
        there is also ``output_z`` (K, q, q), what they are squashed from and what decides for a class; of a regression
        there is none. Of the first replica. The arrays are the caller's to keep.
        """
        return whole(self.pieces(trainer, inspect))

    def pieces(
        self, trainer: Learner, inspect: Unit | None = None, *, chances: bool = True
    ) -> Pieces[dict[str, Array]]:
        """The same in pieces, a block of places each.

        Without `chances`, `output` is left out where `output_z` tells as much: of two classes.
        """
        p, q = self.unit_pixels, self.output_pixels
        hidden = {f"units.{index}": index for index in range(len(trainer.network.layers) - 1)}
        small = _Canvas(p, {name: trainer.network.layers[layer].units for name, layer in hidden.items()})
        head = trainer.network.head
        decides = {"output_z": head.units} if trainer.split.task == "classification" else {}
        ends = inspect is not None and inspect[0] == len(hidden)
        predicted = {"output": head.units} if chances or ends or not decides or head.units > 1 else {}
        inspected = {} if inspect is None else {"inspected_z": 1} if ends else {"inspected": 1, "inspected_z": 1}
        large = _Canvas(q, predicted | decides | inspected)
        first = (0,) * len(trainer.network.lead)
        # One grid after the other: a block's size changes how sums are rounded.
        for pixels in dict.fromkeys((p, q)):
            for columns, tape, z in self.plane.grid_passes(trainer, pixels):
                if pixels == p:
                    for name, layer in hidden.items():
                        small.rows[name][:, columns] = tape.passes[layer].a[first]
                if pixels == q:
                    if inspect is not None:
                        large.rows["inspected_z"][:, columns] = tape.passes[inspect[0]].z[first][inspect[1]]
                        if not ends:
                            large.rows["inspected"][:, columns] = tape.passes[inspect[0]].a[first][inspect[1]]
                    if decides:
                        large.rows["output_z"][:, columns] = z[first]
                    if predicted:
                        with np.errstate(all="ignore"):
                            large.rows["output"][:, columns] = head.predict(z[first])
                yield
        maps = small.maps() | large.maps()
        if inspect is not None:
            maps["inspected"] = maps["output"][inspect[1]] if ends else maps["inspected"][0]
            maps["inspected_z"] = maps["inspected_z"][0]
        return maps


class _Canvas:
    """Arrays (channels, pixels²), filled a block of places at a time."""

    def __init__(self, pixels: int, channels: dict[str, int]) -> None:
        self.pixels = pixels
        self.rows: dict[str, Array] = {name: np.empty((n, pixels**2), np.float32) for name, n in channels.items()}

    def maps(self) -> dict[str, Array]:
        """The same arrays as pictures (channels, pixels, pixels)."""
        return {name: tame(rows).reshape(-1, self.pixels, self.pixels) for name, rows in self.rows.items()}
