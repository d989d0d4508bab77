"""The layer lens as arrays of a frame: what a linear probe makes of every layer, and where the layer puts the points.

Each layer, the input first, gets its decision over the plane, its score, its points and the bent grid. Not here: when
a frame carries them (`viewer`), nor the mathematics (`nncore.probes`).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.live.quantise import Floats, answer_pieces, placed
from nncore.learner import AnyLearner
from nncore.pieces import Pieces, whole
from nncore.plane import Plane
from nncore.probes import PROBES
from nncore.probes.hidden_space import HiddenSpace, Pair
from nncore.probes.layer_decision import LayerDecision
from nncore.spec import Knob
from nncore.tape import Array

MARGIN = 0.15
"""A window reaches this share of the points' own extent beyond them; a grid that goes further is cut off."""

KNOBS: Mapping[str, Knob] = {
    knob.name: knob
    for probe, name in (("layer_decision", "pixels"), ("hidden_space", "lines"))
    for knob in PROBES[probe].spec.knobs
    if knob.name == name
}
"""The ranges of a lens' numbers: the probes' own."""


@dataclass(frozen=True, slots=True)
class LensView:
    """How a client wants the lens."""

    pixels: int
    lines: int
    pairs: tuple[Pair, ...] = ()
    """Layers that are seen by two of their units; the others are seen along their principal axes."""

    def to_json(self) -> dict[str, Any]:
        """As the protocol's `view.lens`."""
        return {**asdict(self), "pairs": [{"layer": layer, "x": x, "y": y} for layer, x, y in self.pairs]}


class Lens:
    """Looks at one trainer after another, each time from the side from which it last looked at it."""

    def __init__(self, view: LensView, plane: Plane) -> None:
        """`plane` may be another probe's: its scratch arrays are shared."""
        self.view = view
        decision = PROBES.build("layer_decision", {"pixels": view.pixels})
        space = PROBES.build("hidden_space", {"lines": view.lines})
        assert isinstance(decision, LayerDecision)
        assert isinstance(space, HiddenSpace)
        self._decision, self._space = replace(decision, plane=plane), replace(space, plane=plane)
        self._axes: dict[str, Array] = {}
        self._trainer: AnyLearner | None = None

    def compute(self, trainer: AnyLearner) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
        """The frame's arrays, and the `lens` of its body."""
        return whole(self.pieces(trainer))

    def pieces(self, trainer: AnyLearner) -> Pieces[tuple[dict[str, NDArray[Any]], dict[str, Any]]]:
        """The same in pieces."""
        if trainer is not self._trainer:
            self._axes, self._trainer = {}, trainer
        decided = yield from self._decision.pieces(trainer)
        seen = yield from self._space.pieces(trainer, self.view.pairs, self._axes)
        if not self._axes:
            seen = _turned_towards_the_features(seen, {str(layer) for layer, *_ in self.view.pairs})
        self._axes = {name: array for name, array in seen.items() if name.startswith("axes.")}
        layers = [name.removeprefix("axes.") for name in self._axes]
        measure = "accuracy" if "accuracy" in decided else "r_squared"
        arrays: dict[str, NDArray[Any]] = {}
        for layer in layers:
            decision, z = decided[f"decision.{layer}"], decided.get(f"decision_z.{layer}")
            arrays |= yield from answer_pieces(decision, z, f"decision.{layer}")
            arrays |= _space_arrays(layer, seen[f"points.{layer}"], seen[f"grid.{layer}"])
            yield
        train, test = np.round(decided[measure].astype(np.float64), 4).T.tolist()
        shown = [round(float(seen[f"share.{layer}"].sum()), 4) for layer in layers]
        return arrays, {"measure": measure, "layers": layers, "train": train, "test": test, "shown": shown}


def _turned_towards_the_features(seen: Mapping[str, Array], chosen: set[str]) -> dict[str, Array]:
    """Each layer, at a first look, turned or mirrored so that its points lie as near as can be to the features'.

    Principal axes have no side of their own, and whoever goes from one layer to the next should see the layer bend the
    space, not somebody turn it round. Layers of two units and those seen by two `chosen` units stay as they are.
    """
    turned = dict(seen)
    for name in (axes.removeprefix("axes.") for axes in seen if axes.startswith("axes.")):
        if name == "input" or name in chosen or seen[f"axes.{name}"].shape[1] <= 2:
            continue
        target, points = (
            one - one.mean(axis=0) for one in (seen["points.input"].astype(np.float64), seen[f"points.{name}"])
        )
        left, _, right = np.linalg.svd(target.T @ points)
        turn = left @ right
        turned[f"axes.{name}"] = (turn @ seen[f"axes.{name}"]).astype(np.float32)
        for what in ("points", "grid"):
            turned[f"{what}.{name}"] = (seen[f"{what}.{name}"] @ turn.T).astype(np.float32)
    return turned


def _space_arrays(layer: str, points: Floats, grid: Floats) -> dict[str, NDArray[Any]]:
    """Points (n, 2) and grid (2, lines, steps, 2), coordinates first: along its last axis a line hardly changes."""
    window = _window(points)
    return {
        f"points.{layer}": placed(points.T, window),
        f"grid.{layer}": placed(np.moveaxis(grid, -1, 0), window),
        f"space_range.{layer}": window,
    }


def _window(points: Floats) -> NDArray[np.float32]:
    """The square around `points` (n, 2), a margin included: each coordinate's low and high end."""
    low, high = points.min(axis=0).astype(np.float64), points.max(axis=0).astype(np.float64)
    reach = (high - low).max() * (0.5 + MARGIN) or 1.0
    middle = (low + high) / 2
    # A cluster far from 0 is narrower than its own rounding error: the window is never empty.
    reach = max(reach, 1e-5 * np.abs(middle).max())
    return np.stack([middle - reach, middle + reach], axis=1).astype(np.float32)
