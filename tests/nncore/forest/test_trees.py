"""Trees as arrays: what they vote for, counted by hand, and arrays that are none."""

import numpy as np
import pytest

from nncore.forest.trees import LEAF, Trees, right_children


def by_hand() -> Trees:
    """x₀ ≤ 0.5 ? class 0 : (x₁ ≤ -1 ? class 1 : halves), and a second tree that is one leaf of class 1."""
    return Trees(
        np.array([0, LEAF, 1, LEAF, LEAF, LEAF], np.int16),
        np.array([0.5, 0, -1, 0, 0, 0], np.float32),
        np.array([2, 0, 4, 0, 0, 0], np.int32),
        np.array([[0.5, 0.5], [1, 0], [0.5, 0.5], [0, 1], [0.5, 0.5], [0, 1]], np.float32),
        np.array([0, 5], np.int32),
    )


def test_votes_are_the_mean_of_what_each_tree_says() -> None:
    x = np.array([[0.5, 0.6, 0.6], [0.0, -1.0, 0.0]], np.float32)
    # The first tree says 0, 1 and a half for class 1; the second always says 1.
    assert by_hand().votes(x)[1].tolist() == [0.5, 1.0, 0.75]
    assert by_hand().votes(x).sum(axis=0).tolist() == [1.0, 1.0, 1.0]


def test_trees_put_together_say_the_mean_of_their_parts() -> None:
    x = np.random.default_rng(0).normal(size=(2, 40)).astype(np.float32)
    one, other = by_hand(), by_hand()
    assert np.array_equal(Trees.together([one, other]).votes(x), one.votes(x))
    assert Trees.together([one, other]).nodes == 12


def test_a_right_child_follows_all_that_hangs_on_the_left_one() -> None:
    assert right_children(by_hand().feature).tolist() == by_hand().right.tolist()
    # A question whose left child is one, too; a tree that is a leaf; a tree of one question.
    feature = np.array([0, 1, LEAF, LEAF, LEAF, LEAF, 0, LEAF, LEAF])
    assert right_children(feature).tolist() == [4, 3, 0, 0, 0, 0, 8, 0, 0]


def test_what_is_asked_near_the_root_counts_for_more() -> None:
    assert by_hand().uses(3).tolist() == [1.0, 0.5, 0.0]


@pytest.mark.parametrize(
    ("array", "place", "value"),
    [
        ("right", 0, 0),
        ("right", 2, 99),
        ("feature", 0, 7),
        ("feature", 5, 0),
        ("threshold", 0, np.nan),
        ("shares", 1, 2.0),
        ("roots", 1, 6),
    ],
)
def test_arrays_that_are_no_trees_are_found_out(array: str, place: int, value: float) -> None:
    trees = by_hand()
    assert trees.fault(2) is None
    getattr(trees, array)[place] = value
    assert trees.fault(2) is not None
