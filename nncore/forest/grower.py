"""The run of a cascade of forests: a tree a step, a level an epoch, until levels get no better.

    Grower(Config.from_json({"forest": {}})).run(epochs=5).evaluate()

Every fold has a seed of its own, from the run's seed and its place: how a run is cut into turns, watched or resumed
does not change a bit of it. What a training point is given comes from trees that have not seen it. Not here: what is
asked of whatever learns (`nncore.learner`), nor how trees are grown (`growing`).
"""

import math
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from nncore.config import OWN_CHANGEABLE, Config, Data
from nncore.features import inputs
from nncore.forest.cascade import Cascade, CascadeTape
from nncore.forest.growing import LIBRARY, Fold, Kind, Ranked, require
from nncore.forest.trees import Trees, mean_votes
from nncore.history import History, Metrics
from nncore.losses import LOSSES
from nncore.pieces import Pieces
from nncore.split import Split, make_split
from nncore.tape import Array, Tape


class Grower:
    """A run of `config`, which has a `forest`: the cascade, its points, and how far it has grown.

    `epoch` counts whole levels, `step` trees. It is `finished` once as many levels as its patience allows
    were no better, by the share of training points that are answered rightly, or once there are as many as it may have.
    With a `split` of its own it grows on that, whatever the config's data and features.
    """

    diverged: None = None
    gradient: None = None
    divergences: tuple[None, ...] = (None,)
    stopped = np.zeros((), bool)
    """No vote is ever not a number."""

    def __init__(self, config: Config, *, split: Split | None = None) -> None:
        """Raises NoForests where scikit-learn is not installed."""
        assert config.forest is not None, "a network has a trainer"
        require("forest")
        self.config, self.draws_own_points = config, split is None
        self._fold: Fold | None = None
        """The one that is being grown."""
        self.forest = config.forest
        task = (config.dataset.task, config.dataset.classes) if split is None else (split.task, split.classes)
        self.head = config.loss.build(LOSSES).head(*task)
        self._hold(split or self._draw_points())

    @property
    def network(self) -> Cascade:
        """What one looks through, as one looks through a network."""
        return self.cascade

    @property
    def offset(self) -> int:
        """Trees of the level at hand."""
        return self.epoch_step

    @property
    def steps_per_epoch(self) -> int:
        """Trees of all folds of all forests of a level."""
        return self.forest.forests * self.forest.folds * self.forest.trees

    @property
    def steps_to_epoch_end(self) -> int:
        """Trees left of the level at hand; a whole level's at its start."""
        return self.steps_per_epoch - self.epoch_step

    @property
    def ready(self) -> bool:
        """Whether it grows without waiting for what it grows with: to ask has that loaded beside."""
        return LIBRARY.ready()

    @property
    def finished(self) -> bool:
        """Whether no level is to come."""
        return self.epoch >= self.forest.levels or self.epoch - self.cascade.best >= self.forest.patience

    def reset(self) -> None:
        """Back to no level."""
        self.cascade.clear()
        self.epoch = self.step = self.epoch_step = self.edits = 0
        self.accuracies: list[float] = []
        """Of each level, the share of training points that it answers rightly."""
        self.history = History()
        self._looking = self.cascade.tape(self.split.inputs.shape[1])
        self._looking.x = self.split.inputs
        self._begin_level()
        self._answer()
        self._record()

    def run(self, epochs: int) -> "Grower":
        """Grow up to so many more levels (one begun counts as one)."""
        for _ in range(epochs):
            self.advance(self.steps_to_epoch_end)
        return self

    def advance(self, steps: int) -> int:
        """Grow up to `steps` trees; how many were grown, fewer only once it is finished."""
        done = 0
        while done < steps and not self.finished:
            fold = self._fold = self._fold or self._next_fold()
            grown = fold.grow(steps - done)
            self._count(grown)
            done += grown
            if not fold.left:
                self._add_fold(fold.trees)
        return done

    def take(self, trees: Trees) -> None:
        """`trees` are the whole next fold, grown before."""
        self._count(self.forest.trees)
        self._add_fold(trees)

    def _count(self, trees: int) -> None:
        self.step += trees
        self.epoch_step += trees

    def _add_fold(self, trees: Trees) -> None:
        """A whole forest is asked, a whole level is weighed."""
        self._fold = None
        self._folds.append(trees)
        if len(self._folds) == self.forest.folds:
            self._add_forest()
        if self.epoch_step == self.steps_per_epoch:
            self._end_level()

    def folds(self) -> list[Trees]:
        """What each whole fold has grown, in order: those of whole forests, then those of the forest at hand."""
        return [trees for level in self.cascade.levels for forest in level for trees in forest] + self._folds

    def evaluate(self, tape: CascadeTape | None = None) -> Metrics:
        """Losses and shares of right answers on all training and all test points, now."""
        z, targets, cut = (tape or self.forward_all()).passes[-1].z, self.split.targets, self.split.train_count
        scratch = Tape(z.shape[1], 0, self.head.units, dtype=self.cascade.dtype)
        losses, right = self.head.losses(z, targets, scratch).sum(axis=-2), self.head.correct(z, targets)
        assert right is not None, "a forest tells classes apart"
        tested = z.shape[1] > cut
        return Metrics(
            _mean(losses[:cut]),
            _mean(losses[cut:]),
            _mean(right[0, :cut]),
            _mean(right[0, cut:]) if tested else None,
        )

    def forward_all(self) -> CascadeTape:
        """What each level says of all points, training rows first; these as trees say that have not seen them."""
        return self._looking

    def forward_all_pieces(self) -> Pieces[CascadeTape]:
        """The same, which is there already."""
        yield from ()
        return self._looking

    def predict(self, points: ArrayLike) -> Array:
        """What the cascade says of places (n, 2) of the plane: the probability of class 1, (n,), or of each, (n, K)."""
        config = self.config
        x = inputs(np.asarray(points, np.float64), config.features, config.data.scale, self.cascade.dtype)
        predictions = self.head.predict(self.cascade.forward(x, self.cascade.tape(x.shape[1])))
        return predictions[0] if self.head.units == 1 else predictions.T

    def change(self, path: str, value: object) -> None:
        """Other points of the reader's own: all that a growing forest can change. It begins again."""
        self.adopt(self.config.changed(path, value), path)

    def adopt(self, changed: Config, path: str) -> None:
        """Go on under this run's own Config as `Config.changed` has changed it at `path`."""
        if path in OWN_CHANGEABLE and changed.data != self.config.data:
            self.take_points(changed.data)

    def take_points(self, data: Data) -> None:
        """Begin again on other points: trees have seen the old ones."""
        assert self.draws_own_points, "points from elsewhere are not the Config's to change"
        self.config = replace(self.config, data=data)
        self._hold(self._draw_points())

    def clear_divergence(self) -> None:
        """Nothing here diverges."""

    def _hold(self, split: Split) -> None:
        self.split = split
        counts = np.bincount(split.train_y.astype(np.intp), minlength=split.classes)
        self._classes = split.train_y.astype(np.intp)
        self.cascade = Cascade(self.forest, len(split.inputs) - 1, self.head, split.classes, counts / counts.sum())
        self.reset()

    def _draw_points(self) -> Split:
        return make_split(self.config, self.head, np.float32)

    def _begin_level(self) -> None:
        """The folds of the level at hand, and what it reads of the training points."""
        self._folds: list[Trees] = []
        self._fold = None
        self.epoch_step = 0
        if self.finished:
            return
        cut, level = self.split.train_count, self.epoch
        before = self._looking.passes[level - 1].a if level else self.split.inputs[:0]
        self._inputs = self.cascade.inputs_of(level, self.split.inputs[:-1], before)
        self._ranked = Ranked(self._inputs[:, :cut])
        self._fold_of = _folds(self._classes, self.forest.folds, np.random.default_rng(self._seed(level)))

    def _seed(self, *place: int) -> np.random.SeedSequence:
        return np.random.SeedSequence(self.config.seeds.run, spawn_key=place)

    def _next_fold(self) -> Fold:
        forest, fold, asked = len(self._level()), len(self._folds), self.forest
        kind: Kind = "random" if forest < asked.random else "completely_random"
        seed = int(self._seed(self.epoch, forest, fold).generate_state(1)[0])
        rows = np.flatnonzero(self._fold_of != fold)
        return Fold(self._ranked, self._classes, self.split.classes, rows, kind, asked.trees, asked.tree_depth, seed)

    def _level(self) -> list[list[Trees]]:
        """The whole forests of the level at hand."""
        levels = self.cascade.levels
        return levels[self.epoch] if len(levels) > self.epoch else []

    def _add_forest(self) -> None:
        cut, x = self.split.train_count, self._inputs
        votes = mean_votes(self._folds, x)
        for fold, trees in enumerate(self._folds):
            own = np.flatnonzero(self._fold_of == fold)
            votes[:, own] = trees.votes(x[:, own])
        assert len(self._fold_of) == cut
        if len(self.cascade.levels) == self.epoch:
            self.cascade.levels.append([])
        said, number = self.cascade.said(votes), len(self._level())
        self._looking.passes[self.epoch].a[number * len(said) : (number + 1) * len(said)] = said
        self._level().append(self._folds)
        self._folds = []

    def _end_level(self) -> None:
        z = self.cascade.z(self._looking.passes[self.epoch].a, self.split.inputs.shape[1])
        right = self.head.correct(z, self.split.targets)
        assert right is not None
        self.accuracies.append(_mean(right[0, : self.split.train_count]))
        self.epoch += 1
        self.cascade.best = int(np.argmax(self.accuracies)) + 1
        self._answer()
        self._begin_level()
        self._record()

    def _answer(self) -> None:
        level = self._looking.passes[self.cascade.best - 1].a if self.cascade.best else None
        self._looking.passes[-1].a[...] = self.cascade.z(level, self.split.inputs.shape[1])

    def _record(self) -> None:
        self.history.add(self.epoch, self.evaluate())


def _folds(classes: Array, count: int, rng: np.random.Generator) -> Array:
    """The fold (n,) of each point: every class is spread over all of them as evenly as can be."""
    order = rng.permutation(len(classes))
    sorted_order = order[np.argsort(classes[order], kind="stable")]
    fold = np.empty(len(classes), np.intp)
    fold[sorted_order] = np.arange(len(classes)) % count
    return fold


def _mean(values: Any) -> float:
    return float(np.mean(values, dtype=np.float64)) if len(values) else math.nan
