"""Recalls end, however they are cut into turns, and where they should."""

import numpy as np
import pytest

from nncore.memory.ending import ending
from nncore.memory.hopfield import RULES, hebb, store
from nncore.memory.patterns import flipped, random_patterns
from nncore.memory.recall import Recall


def a_recall(rule: str, seed: int = 0) -> Recall:
    rng = np.random.default_rng(seed)
    x = random_patterns(4, 100, rng)
    return Recall(store(x, rule, 0.2), flipped(x[1], 0.2, rng), seed)


@pytest.mark.parametrize("rule", RULES)
def test_few_patterns_are_mended_over_20_seeds(rule: str) -> None:
    ends = []
    for seed in range(20):
        recall = a_recall(rule, seed)
        recall.advance(10**6)
        ends.append(ending(recall.network.x, recall.state))
    # 4 patterns of 100 units are far below 0.138 a unit: noise of the others is 1/√N each, 12 % of units at most.
    assert sum(one.kind == "pattern" and one.of == (1,) for one in ends) >= 19


@pytest.mark.parametrize("rule", RULES)
def test_turns_and_a_restored_recall_make_no_difference(rule: str) -> None:
    whole, parts = a_recall(rule), a_recall(rule)
    whole.advance(10**6)
    while not parts.over:
        parts.advance(37)
        again = a_recall(rule)
        again.restore(parts.state, parts.epoch, parts.offset, parts.changed, parts.energies)
        parts = again
    assert parts.energies == whole.energies
    assert np.array_equal(parts.state, whole.state)
    assert (parts.epoch, parts.over) == (whole.epoch, True)


def test_it_is_over_after_a_sweep_without_a_change() -> None:
    x = random_patterns(1, 50, np.random.default_rng(0))
    recall = Recall(hebb(x), x[0], 0)
    assert [recall.advance(steps) for steps in (49, 10, 10)] == [49, 1, 0]
    assert recall.over
    assert len(recall.energies) == 51
    recall.reset()
    assert (recall.epoch, recall.offset, recall.over, len(recall.energies)) == (0, 0, False, 1)


def test_energies_fall() -> None:
    recall = a_recall("hebb", 3)
    recall.advance(10**6)
    assert (np.diff(recall.energies) <= 1e-12).all()
    assert recall.energies[-1] < recall.energies[0]
