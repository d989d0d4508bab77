"""Ends by name."""

import numpy as np
import pytest

from nncore.memory.ending import ending
from nncore.memory.hopfield import hebb
from nncore.memory.patterns import flipped, random_patterns
from nncore.memory.recall import Recall

X = random_patterns(5, 400, np.random.default_rng(4))


def test_a_pattern_and_its_negative() -> None:
    damaged = flipped(X[2], 0.01, np.random.default_rng(0))
    assert (ending(X, damaged).kind, ending(X, damaged).of, ending(X, damaged).wrong) == ("pattern", (2,), 4)
    assert (ending(X, -damaged).kind, ending(X, -damaged).of, ending(X, -damaged).wrong) == ("negative", (2,), 4)


def test_a_mixture_of_three_rests_and_is_named() -> None:
    """Three patterns' majority is a resting state of Hebb's rule (Amit, Gutfreund, Sompolinsky 1985)."""
    recall = Recall(hebb(X), np.sign(X[0] - X[3] + X[4]), 0)
    recall.advance(10**6)
    found = ending(X, recall.state)
    assert (found.kind, found.of) == ("mixture", (0, 3, 4))
    assert found.overlap > 0.95


def test_five_patterns_can_mix() -> None:
    found = ending(X, np.sign(X.sum(axis=0)))
    assert (found.kind, found.of, found.wrong) == ("mixture", (0, 1, 2, 3, 4), 0)


@pytest.mark.parametrize("count", [0, 5])
def test_what_is_like_none_is_elsewhere(count: int) -> None:
    assert ending(X[:count], random_patterns(1, 400, np.random.default_rng(9))[0]).kind == "elsewhere"
