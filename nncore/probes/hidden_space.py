"""Hidden space: where a layer has put the points, and what it has made of the straight lines of the plane."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from nncore.errors import OutOfRange
from nncore.features import inputs
from nncore.learner import Learner
from nncore.pieces import Pieces, whole
from nncore.plane import Plane
from nncore.probe import PROBES, Probe, finite, first_of, views_of_points
from nncore.sentence import Sentence
from nncore.spec import Knob, Spec
from nncore.tape import Array

_NO_HIDDEN_LAYER = Sentence("refused.no_hidden_layer", "has nothing to choose from: there is no hidden layer")
_NO_SUCH = Sentence("refused.no_such", "must be {noun}, from 0 to {high}, not {value}")

Pair = tuple[int, int, int]
"""A hidden layer and two of its units: the first is drawn across, the second upwards."""

STEPS_PER_GAP = 4
"""Places along a line from one crossing to the next, so that bends are round."""
SAME = 1e-6
"""Components whose sizes differ by a smaller share are equally large: rounding must not turn an axis round."""
CONSTANT = 1e-6
"""A direction in which outputs vary by less than this share of their size shows rounding errors and nothing else."""


@PROBES.register(
    Spec(
        name="hidden_space",
        label="Hidden space",
        sentence="The points and a grid of straight lines as each layer sees them: pulled apart, folded and bent.",
        formula=r"P \, (a - \bar a)",
        knobs=(Knob("lines", "Lines", "int", 13, 2, 41, sentence="Lines of the grid in each direction."),),
        source="Pearson 1901; Schönemann 1966; Olah 2014",
    )
)
@dataclass
class HiddenSpace(Probe):
    """Every layer in two dimensions: seen by two chosen units, or along its two principal axes.

    The principal axes are the two directions in which the layer's outputs vary most over the training points; each
    points to where its largest component (the first, of equal ones) is positive. Where outputs do not vary in a second
    direction, or in any, there is no axis: it is 0, and so is every coordinate along it. A layer of one or two units
    needs no axes and is shown as it is; the only unit's second coordinate is 0.
    """

    lines: int = 13
    plane: Plane = field(default_factory=Plane, repr=False)

    def compute(
        self, trainer: Learner, pairs: Sequence[Pair] = (), like: Mapping[str, Array] | None = None
    ) -> dict[str, Array]:
        """For the layers ``input``, ``0``, ``1`` ..., the output layer left out:

        ``points.<layer>`` (n, 2), the training points first; ``grid.<layer>`` (2, lines, steps, 2), the lines of
        constant x from left to right, each from the bottom up, then those of constant y from the bottom up, each from
        left to right; ``axes.<layer>`` (2, units) and ``center.<layer>`` (units,), point = axes · (a - center); and
        ``share.<layer>`` (2,), how much of the whole variance each axis shows.

        Each of `pairs` = (layer, unit, unit) shows a hidden layer by two of its units; raises OutOfRange if it has no
        such. `like` holds the ``axes.<layer>`` of an earlier look: principal axes are turned within their plane, or
        mirrored, to point as those did, so that a network that changes a little is not seen from another side.
        """
        return whole(self.pieces(trainer, pairs, like))

    def pieces(
        self, trainer: Learner, pairs: Sequence[Pair] = (), like: Mapping[str, Array] | None = None
    ) -> Pieces[dict[str, Array]]:
        """The same in pieces: a block of the grid's places, then a layer each."""
        for index, pair in enumerate(pairs):
            _require_units(trainer, pair, f"pairs[{index}]")
        chosen = {str(layer): units for layer, *units in pairs}
        grid, arrays = (yield from self._grid(trainer)), {}
        for name, x in views_of_points(trainer):
            a = finite(x)[:-1]
            train = a[:, : trainer.split.train_count]
            before = (like or {}).get(f"axes.{name}")
            axes, center = _units(chosen[name], len(a)) if name in chosen else _principal(train, before)
            arrays[f"points.{name}"] = _seen(axes, center, a)
            arrays[f"grid.{name}"] = _seen(axes, center, grid[name]).reshape(2, self.lines, -1, 2)
            arrays[f"axes.{name}"], arrays[f"center.{name}"] = axes.astype(np.float32), center.astype(np.float32)
            arrays[f"share.{name}"] = _variance_shares(axes, train)
            yield
        return arrays

    def _grid(self, trainer: Learner) -> Pieces[dict[str, Array]]:
        """What every layer makes of the grid's places: (units, places) by its name."""
        config, first = trainer.config, first_of(trainer)
        x = inputs(
            _grid_points(self.lines, config.data.scale), config.features, config.data.scale, trainer.network.dtype
        )
        blocks: dict[str, list[Array]] = {"input": [finite(x)[:-1]]}
        for _, tape, _ in self.plane.passes(trainer, x):
            for index, step in enumerate(tape.passes[:-1]):
                blocks.setdefault(str(index), []).append(finite(step.a[first]))
            yield
        return {name: np.hstack(parts) for name, parts in blocks.items()}


def grid_places(lines: int) -> int:
    """How many places the grid of so many lines has."""
    return 2 * lines * ((lines - 1) * STEPS_PER_GAP + 1)


def _grid_points(lines: int, scale: float) -> Array:
    """The places of both families of lines, (2 · lines · steps, 2)."""
    at, along = np.linspace(-scale, scale, lines), np.linspace(-scale, scale, (lines - 1) * STEPS_PER_GAP + 1)
    fixed, running = (part.ravel() for part in np.meshgrid(at, along, indexing="ij"))
    return np.vstack([np.column_stack([fixed, running]), np.column_stack([running, fixed])])


def _principal(a: Array, before: Array | None) -> tuple[Array, Array]:
    """Axes (2, units) and centre (units,) of a (units, n); the units themselves where there are at most two.

    Axes along which `a` does not vary are 0.
    """
    units = len(a)
    if units <= 2:
        return np.eye(2, units), np.zeros(units)
    center = a.mean(axis=1)
    variances, directions = np.linalg.eigh(np.cov(a, bias=True))
    varies = variances[:-3:-1] > (CONSTANT * np.abs(a).max()) ** 2
    axes = np.where(varies[:, None], directions.T[:-3:-1], 0.0)
    for axis in axes:
        size = np.abs(axis)
        axis *= np.sign(axis[np.argmax(size >= (1 - SAME) * size.max())])
    return (axes if before is None or before.shape != axes.shape else _turned(axes, before)), center


def _turned(axes: Array, before: Array) -> Array:
    """R axes with the orthogonal R (2, 2) that brings them nearest to `before`."""
    left, _, right = np.linalg.svd(before.astype(np.float64) @ axes.T)
    turned: Array = left @ right @ axes
    return turned


def _units(chosen: Sequence[int], units: int) -> tuple[Array, Array]:
    return np.eye(units)[list(chosen)], np.zeros(units)


def _seen(axes: Array, center: Array, a: Array) -> Array:
    """a (units, n) as points (n, 2)."""
    return finite(axes @ (a - center[:, None])).T.astype(np.float32)


def _variance_shares(axes: Array, a: Array) -> Array:
    whole = a.var(axis=1).sum()
    shares = (axes @ a).var(axis=1) / whole if whole > 0 else np.zeros(2)
    return shares.astype(np.float32)


def _require_units(trainer: Learner, pair: Pair, path: str) -> None:
    layer, *units = pair
    layers = trainer.network.layers[:-1]
    if not layers:
        raise OutOfRange(path, _NO_HIDDEN_LAYER)
    _require_below(len(layers), layer, f"{path}[0]", "a hidden layer")
    for index, unit in enumerate(units, 1):
        _require_below(layers[layer].units, unit, f"{path}[{index}]", "a unit")


def _require_below(count: int, number: int, path: str, noun: str) -> None:
    if not 0 <= number < count:
        raise OutOfRange(path, _NO_SUCH, noun=noun, high=count - 1, value=number)
