"""It learns what it is shown, by exactly this recipe, however it is cut into turns."""

import numpy as np
import pytest

from nncore.memory.contrastive import Contrastive, Recipe
from nncore.memory.glyphs import glyphs

DATA = (np.repeat(glyphs(8), 5, axis=0) > 0).astype(float)


def test_momentum_and_decay_are_those_of_the_recipe() -> None:
    learner = Contrastive(DATA, Recipe(hidden=3, rate=0.5, momentum=0.9, decay=0.01, batch=20), 7)
    w, slope = learner.machine.w.copy(), []
    for step in range(2):
        order = np.random.default_rng([7, 0, step]).permutation(20)
        now = learner.machine.divergence(DATA[order], 1, np.random.default_rng([7, 1, step])).w
        slope.append(0.5 * (now - 0.01 * learner.machine.w))
        learner.advance(1)
    np.testing.assert_allclose(learner.machine.w, w + slope[0] + (0.9 * slope[0] + slope[1]))
    assert (learner.epoch, learner.offset) == (2, 0)


def test_figures_become_more_likely_than_damaged_ones_over_20_seeds() -> None:
    gaps = []
    for seed in range(20):
        learner = Contrastive(DATA, Recipe(hidden=16), seed)
        learner.advance(300)
        damaged = np.abs(DATA - (np.random.default_rng(seed).random(DATA.shape) < 0.2))
        gaps.append(learner.machine.free_energy(damaged).mean() - learner.machine.free_energy(DATA).mean())
    assert min(gaps) > 5


def test_the_last_batch_is_what_is_left() -> None:
    learner = Contrastive(DATA, Recipe(batch=8), 0)
    learner.advance(3)
    assert (learner.batches, learner.epoch, learner.offset) == (3, 1, 0)


def test_dreaming_leaves_the_weights_alone() -> None:
    learner = Contrastive(DATA, Recipe(hidden=4), 0)
    learner.advance(5)
    before, w = learner.chains.copy(), learner.machine.w.copy()
    learner.dreaming = True
    learner.advance(7)
    assert (learner.dreamt, learner.step) == (7, 5)
    assert (learner.machine.w == w).all()
    assert (learner.chains != before).any()
    assert ((learner.seen >= 0) & (learner.seen <= 1)).all()
    learner.wake()
    assert learner.dreamt == 0
    assert np.array_equal(learner.chains, before)


@pytest.mark.parametrize("k", [1, 2])
def test_turns_make_no_difference(k: int) -> None:
    whole, parts = (Contrastive(DATA, Recipe(hidden=4, k=k), 1) for _ in range(2))
    whole.advance(11)
    for steps in (1, 4, 6):
        parts.advance(steps)
    for one, other in zip(whole.parameters, parts.parameters, strict=True):
        assert np.array_equal(one, other)
