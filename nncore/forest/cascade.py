"""A grown cascade as one looks through it: levels in place of layers, class vectors in place of activations.

It answers what probes and pictures ask of a network: `layers` with their `units`, a `head`, a forward pass on a tape.
Not here: how it grows (`grower`).
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from nncore.forest.settings import Forest
from nncore.forest.trees import Trees, mean_votes
from nncore.heads import Head
from nncore.tape import Array, Shape

BLOCKS_KEPT = 256
"""So many blocks of places are remembered with what grown forests say of them: a grown forest changes no more."""

PLACES_TOGETHER = 128
"""Places that are looked at in one piece: all forests of a level take a few milliseconds for them."""


@dataclass(frozen=True, slots=True)
class Level:
    """A level, or what answers at the end: `units` surfaces, made from `fan_in` inputs."""

    units: int
    fan_in: int


@dataclass(slots=True, eq=False)
class LevelPass:
    """What a level says of a batch, with a last row of ones: (units + 1, batch)."""

    layer: Level
    a_and_one: Array

    @property
    def a(self) -> Array:
        """(units, batch)."""
        return self.a_and_one[:-1]

    @property
    def z(self) -> Array:
        """The same: nothing follows a vote."""
        return self.a


@dataclass(slots=True, eq=False)
class CascadeTape:
    """What every level, the answer last, says of one batch size; `x` are the inputs of the last pass."""

    passes: list[LevelPass]
    x: Array = field(default_factory=lambda: np.empty((0, 0), np.float32))

    @property
    def nbytes(self) -> int:
        """The bytes of all arrays."""
        return sum(step.a_and_one.nbytes for step in self.passes)


class Cascade:
    """Levels of forests. Each forest is as many `Trees` as there are folds; `best` counts the levels whose last one
    answers, 0 for none.

    A forest's number of a place is 2 p - 1 for two classes, where p is the share of votes for class 1, and the share of
    each class' votes where there are more. A level that has not been grown says nothing: 0 everywhere.
    """

    lead: Shape = ()

    def __init__(self, forest: Forest, fan_in: int, head: Head, classes: int, prior: Sequence[float]) -> None:
        """`prior` are the classes' shares among the training points: the answer of a cascade without a level."""
        self.forest, self.fan_in, self.head, self.classes = forest, fan_in, head, classes
        self.dtype = np.dtype(np.float32)
        self.prior = np.asarray(prior, np.float64)
        self.levels: list[list[list[Trees]]] = []
        """By level and forest, what each fold has grown; only whole forests are among them."""
        self.best = 0
        self.theta = np.empty(0, self.dtype)
        """No numbers that a step could move."""
        units = forest.surfaces(classes)
        later = fan_in + (units if forest.hand_on else 0)
        hidden = (Level(units, fan_in if index == 0 else later) for index in range(forest.levels))
        self.layers: tuple[Level, ...] = (*hidden, Level(head.units, units))
        self._known: OrderedDict[bytes, list[list[Array]]] = OrderedDict()

    def clear(self) -> None:
        """Without a level, as at first."""
        self.levels, self.best = [], 0
        self._known.clear()

    @property
    def parameter_count(self) -> int:
        """Nodes of all trees: each holds a question, or the shares of the classes."""
        return sum(trees.nodes for level in self.levels for forest in level for trees in forest)

    def tape(self, batch: int) -> CascadeTape:
        """Room for passes over `batch` columns."""
        passes = [LevelPass(layer, np.zeros((layer.units + 1, batch), self.dtype)) for layer in self.layers]
        for step in passes:
            step.a_and_one[-1] = 1.0
        return CascadeTape(passes)

    def forward(self, x: Array, tape: CascadeTape) -> Array:
        """z of the answer (units, batch) for inputs x (features + 1, batch), whose last row is ones."""
        tape.x = x
        known = self._remembered(x)
        for index, step in enumerate(tape.passes[:-1]):
            step.a[...] = 0.0
            if index < len(self.levels):
                self._look(x[:-1], known, index)
                rows = np.concatenate(known[index]) if known[index] else np.empty((0, x.shape[1]), self.dtype)
                step.a[: len(rows)] = rows
        answer = tape.passes[-1].a
        answer[...] = self.z(tape.passes[self.best - 1].a if self.best else None, x.shape[1])
        return answer

    def inputs_of(self, level: int, x: Array, before: Array) -> Array:
        """What `level` reads: the inputs x (d, n) and, after the first, what the level `before` says (units, n)."""
        return np.concatenate([x, before]) if level and self.forest.hand_on else x

    def said(self, votes: Array) -> Array:
        """Votes (K, n) as a forest's own numbers: 2 p - 1, or one for each class."""
        said: Array = 2 * votes[1:2] - 1 if self.classes == 2 else votes
        return said.astype(self.dtype)

    def z(self, level: Array | None, count: int) -> Array:
        """What the end's squashing turns into the mean of a level's votes (units, n); without a level, into `prior`.

        All trees of a level have half a vote more between them for each class, so that no vote is ever certain.
        """
        if level is None:
            shares = np.repeat(self.prior[:, None], count, axis=1)
        elif self.classes == 2:
            p = (level.mean(axis=0, dtype=np.float64) + 1) / 2
            shares = np.stack([1 - p, p])
        else:
            shares = level.reshape(self.forest.forests, self.classes, -1).mean(axis=0, dtype=np.float64)
        trees = self.forest.forests * self.forest.trees
        shares = (shares * trees + 0.5) / (trees + 0.5 * self.classes)
        z = np.log(shares)
        return (z[1:] - z[:1] if self.classes == 2 else z).astype(self.dtype)

    def slopes(self, index: int, inputs: int) -> NDArray[np.float32]:
        """How much each of the `inputs` that are drawn before a level, or before the answer, matters to each of its
        surfaces, as shares of 1: (inputs, units). Of a level these are how often its trees ask for them.
        """
        units = self.layers[index].units
        if index == len(self.layers) - 1:
            answers = self.best == index
            return np.full((inputs, units), answers / inputs if inputs else 0.0, np.float32)
        found = np.zeros((inputs, units), np.float32)
        if index < len(self.levels):
            each = units // self.forest.forests
            first = self.fan_in if index else 0
            for number, forest in enumerate(self.levels[index]):
                uses = np.sum([trees.uses(self.layers[index].fan_in) for trees in forest], axis=0)
                shares = uses / max(uses.sum(), 1e-12)
                if first + inputs <= len(shares):
                    found[:, number * each : (number + 1) * each] = shares[first : first + inputs, None]
        return found

    def _look(self, x: Array, known: list[list[Array]], index: int) -> None:
        """Let `known` hold what every whole forest of a level says of x (d, n)."""
        while len(known) <= index:
            known.append([])
        level, said = self.levels[index], known[index]
        if len(said) < len(level):
            before = np.concatenate(known[index - 1]) if index else x[:0]
            inputs = self.inputs_of(index, x, before)
            for forest in level[len(said) :]:
                said.append(self.said(mean_votes(forest, inputs)))

    def _remembered(self, x: Array) -> list[list[Array]]:
        key = blake2b(np.ascontiguousarray(x).tobytes(), digest_size=16).digest()
        known = self._known.setdefault(key, [])
        self._known.move_to_end(key)
        while len(self._known) > BLOCKS_KEPT:
            self._known.popitem(last=False)
        return known
