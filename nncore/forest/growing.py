"""Grows trees with scikit-learn, the extra `forest`, and keeps them as plain arrays.

Inputs are grown on as ranks among the points, and a split between two neighbours falls right above the lower one or
right below the upper one, by chance: so a tree is the same however an input is stretched, as long as its order stays.
Not here: which points trees see (`grower`).
"""

import contextlib
import sys
from importlib import import_module
from importlib.util import find_spec
from threading import Thread
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from nncore.errors import InputError
from nncore.forest.trees import LEAF, Trees, right_children
from nncore.sentence import Sentence
from nncore.tape import Array

Kind = Literal["random", "completely_random"]
"""Takes the best split of some inputs, on points drawn with replacement; or any split of any input, on all points."""

_NO_EXTRA = Sentence(
    "refused.no_forest_extra",
    "needs scikit-learn, which is not installed here: pip install 'neuron-playground[forest]'",
)


class NoForests(InputError):
    """What grows trees is not installed."""

    code = "not_installed"


def available() -> bool:
    """Whether trees can be grown here. Loads nothing."""
    return find_spec("sklearn") is not None


def require(path: str) -> None:
    """Raise NoForests where they cannot."""
    if not available():
        raise NoForests(path, _NO_EXTRA)


class Library:
    """What grows trees takes seconds to load: whoever must not wait meanwhile has it loaded beside, and asks."""

    def __init__(self, name: str = "sklearn.ensemble") -> None:
        self._name = name
        self._loading: Thread | None = None

    def ready(self) -> bool:
        """Whether it has been loaded. The first question begins that, in a thread."""
        if self._name in sys.modules and self._loading is None:
            return True
        if self._loading is None:
            self._loading = Thread(target=self._load, name=f"load {self._name}", daemon=True)
            self._loading.start()
        return not self._loading.is_alive()

    def load(self) -> Any:
        """The module, once it is there."""
        return import_module(self._name)

    def _load(self) -> None:
        # What is wrong with it is told to who then wants to grow something.
        with contextlib.suppress(Exception):
            self.load()


LIBRARY = Library()


class Ranked:
    """Inputs (d, n) of the points that trees are grown on, and their ranks among all n."""

    def __init__(self, x: Array) -> None:
        self._values = [np.unique(row) for row in x]
        rows = [np.searchsorted(values, row) for values, row in zip(self._values, x, strict=True)]
        self.ranks = np.ascontiguousarray(np.stack(rows).T, np.float32)
        """(n, d), as scikit-learn reads them."""

    def thresholds(self, feature: NDArray[Any], cut: NDArray[Any], above: NDArray[Any]) -> NDArray[np.float32]:
        """Where ranks up to `cut` (N,) are told from greater ones, in the input's own numbers: the lower neighbour, or
        where `above` says so the number right below the upper one. 0 at a leaf.
        """
        found = np.zeros(len(feature), np.float32)
        for index, values in enumerate(self._values):
            here = np.flatnonzero(feature == index)
            low = cut[here].astype(np.intp)
            upper = np.nextafter(values[np.minimum(low + 1, len(values) - 1)], values.dtype.type(-np.inf))
            found[here] = np.where(above[here], np.maximum(upper, values[low]), values[low])
        return found


class Fold:
    """The trees of one fold of a forest, on the points `rows`, whose classes (n,) are below `count`.

    They are the same however many are grown at a time. Without a limit, `depth` is 0.
    """

    def __init__(
        self,
        ranked: Ranked,
        classes: NDArray[np.intp],
        count: int,
        rows: Array,
        kind: Kind,
        trees: int,
        depth: int,
        seed: int,
    ) -> None:
        self._ranked, self._inputs, self._classes, self._count = ranked, ranked.ranks[rows], classes[rows], count
        self._rng = np.random.default_rng(seed)
        self._kept: list[Trees] = []
        self.left = trees
        """How many are still to be grown."""
        ensemble = LIBRARY.load()
        settings: dict[str, Any] = {
            "n_estimators": 0,
            "max_depth": depth or None,
            "random_state": int(self._rng.integers(2**31)),
            # Each `fit` adds to what is there, and gives what one alone would have given.
            "warm_start": True,
        }
        if kind == "random":
            self._model = ensemble.RandomForestClassifier(max_features="sqrt", **settings)
        else:
            self._model = ensemble.ExtraTreesClassifier(max_features=1, **settings)

    def grow(self, trees: int) -> int:
        """Up to so many more; how many it were."""
        trees, before = min(trees, self.left), len(self._kept)
        self._model.set_params(n_estimators=before + trees).fit(self._inputs, self._classes)
        for one in self._model.estimators_[before:]:
            self._kept.append(_kept(one.tree_, self._ranked, self._model.classes_, self._count, self._rng))
        self.left -= trees
        return trees

    @property
    def trees(self) -> Trees:
        """Those that have been grown."""
        return Trees.together(self._kept)


def _kept(tree: Any, ranked: Ranked, classes: NDArray[np.intp], count: int, rng: np.random.Generator) -> Trees:
    """A grown `tree` as arrays; `classes` are those that it has met."""
    leaf = tree.children_left == LEAF
    feature = np.where(leaf, LEAF, tree.feature).astype(np.int16)
    right = np.where(leaf, 0, tree.children_right).astype(np.int32)
    assert (tree.children_left[~leaf] == np.flatnonzero(~leaf) + 1).all(), "a left child follows its parent"
    assert (right == right_children(feature)).all(), "and a right one what hangs on the left one"
    above = rng.random(len(feature)) < 0.5
    cut = np.where(leaf, 0, np.floor(tree.threshold))
    shares = np.zeros((len(feature), count), np.float32)
    values = tree.value[leaf, 0, :]
    shares[np.ix_(leaf, classes)] = values / values.sum(axis=1, keepdims=True)
    return Trees(feature, ranked.thresholds(feature, cut, above), right, shares, np.zeros(1, np.int32))
