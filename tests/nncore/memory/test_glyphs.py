"""The usual figures are patterns that Hebb's rule bears: half of each is on, no two are alike, and each comes back."""

import numpy as np
import pytest

from nncore.memory.glyphs import glyphs
from nncore.memory.hopfield import hebb
from nncore.memory.patterns import flipped
from nncore.memory.recall import Recall


@pytest.mark.parametrize("side", [8, 10, 12, 16])
def test_half_is_on_and_no_two_are_alike(side: int) -> None:
    x = glyphs(side)
    assert x.shape == (4, side * side)
    assert set(np.unique(x)) == {-1.0, 1.0}
    assert (np.abs(x.mean(axis=1)) < 0.4).all()
    likeness = x @ x.T / side**2 - np.eye(4)
    assert np.abs(likeness).max() <= 0.5


def test_each_comes_back_when_a_fifth_of_its_units_is_flipped() -> None:
    x = glyphs(10)
    network = hebb(x)
    for place, pattern in enumerate(x):
        for seed in range(20):
            recall = Recall(network, flipped(pattern, 0.2, np.random.default_rng(seed)), seed)
            recall.advance(10**6)
            assert np.array_equal(recall.state, x[place])
