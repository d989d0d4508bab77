"""Grown trees answer as scikit-learn's own do, and lie where the order of the points alone decides."""

from threading import Event
from typing import Any

import numpy as np
import pytest
from sklearn.tree import DecisionTreeClassifier

from nncore.forest.growing import Fold, Kind, Library, Ranked
from nncore.forest.trees import Trees


def grow(*fold: Any) -> Trees:
    whole = Fold(*fold)
    whole.grow(1000)
    return whole.trees


@pytest.mark.parametrize("kind", ["random", "completely_random"])
def test_trees_are_the_same_however_many_are_grown_at_a_time(kind: Kind) -> None:
    rng = np.random.default_rng(3)
    x = rng.normal(size=(2, 60)).astype(np.float32)
    classes = (x[0] * x[1] > 0).astype(np.intp)
    settings: Any = (Ranked(x), classes, 2, np.arange(60), kind, 7, 0, 5)
    pieces = Fold(*settings)
    assert [pieces.grow(2), pieces.grow(1), pieces.grow(9), pieces.left] == [2, 1, 4, 0]
    whole = grow(*settings)
    for name in ("feature", "threshold", "right", "shares", "roots"):
        assert np.array_equal(getattr(pieces.trees, name), getattr(whole, name)), name


def test_a_whole_tree_answers_the_points_it_has_seen_as_scikit_learn_does() -> None:
    rng = np.random.default_rng(3)
    x = rng.normal(size=(2, 80)).astype(np.float32)
    classes = (x[0] * x[1] > 0).astype(np.intp)
    trees = grow(Ranked(x), classes, 2, np.arange(80), "completely_random", 5, 0, 1)
    # Grown until leaves are pure, on all points: it knows them by heart, as scikit-learn's own does.
    known = DecisionTreeClassifier(random_state=0).fit(x.T, classes).predict(x.T)
    assert np.array_equal(trees.votes(x).argmax(axis=0), known)


def test_trees_are_no_deeper_than_they_may_be() -> None:
    rng = np.random.default_rng(3)
    x = rng.normal(size=(2, 80)).astype(np.float32)
    classes = (x[0] * x[1] > 0).astype(np.intp)
    trees = grow(Ranked(x), classes, 2, np.arange(80), "random", 6, 1, 1)
    # One split: a root and two leaves each, unless the root is a leaf.
    assert trees.nodes <= 18


def test_a_class_that_no_point_of_a_fold_has_gets_no_vote() -> None:
    x = np.random.default_rng(0).normal(size=(2, 20)).astype(np.float32)
    trees = grow(Ranked(x), np.arange(20) % 2 * 2, 3, np.arange(20), "random", 4, 0, 0)
    assert trees.shares.shape[1] == 3
    assert not trees.shares[:, 1].any()


def test_a_threshold_lies_beside_a_point_not_between_two() -> None:
    x = np.array([[0.0, 1.0, 4.0, 9.0]], np.float32)
    thresholds = Ranked(x).thresholds(np.array([0, 0, -1]), np.array([1, 1, 0]), np.array([False, True, False]))
    # Up to 1 goes left: right above it, or right below the next, 4; a leaf has none.
    assert thresholds.tolist() == [1.0, np.nextafter(np.float32(4), np.float32(0)), 0.0]


def test_what_grows_trees_is_loaded_beside_whoever_asks_whether_it_is_there() -> None:
    begun, goes_on = Event(), Event()

    class Slow(Library):
        def load(self) -> None:
            begun.set()
            goes_on.wait()

    library = Slow("not.loaded.yet")
    assert not library.ready()
    begun.wait()
    assert not library.ready()
    goes_on.set()
    while not library.ready():
        pass


def test_what_cannot_be_loaded_is_told_to_who_wants_to_grow_something() -> None:
    library = Library("no.such.module")
    while not library.ready():
        pass
    with pytest.raises(ModuleNotFoundError):
        library.load()
