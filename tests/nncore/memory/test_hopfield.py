"""Against plain sums, and against what is known of these networks."""

import math

import numpy as np
import pytest

from nncore.errors import UnknownName
from nncore.memory.hopfield import RULES, Modern, Weights, hebb, pseudo_inverse, store
from nncore.memory.patterns import random_patterns

X = random_patterns(3, 20, np.random.default_rng(0))


def test_weights_are_the_sum_over_patterns_written_out() -> None:
    network = hebb(X)
    for i in range(20):
        for j in range(20):
            expected = 0.0 if i == j else sum(x[i] * x[j] for x in X) / 20
            assert network.w[i, j] == pytest.approx(expected)


def test_pseudo_inverse_projects_patterns_onto_themselves() -> None:
    """With the diagonal put back, W ξ = ξ for each, W is symmetric, and W W = W."""
    network = pseudo_inverse(X.copy())
    w = network.w.copy()
    np.fill_diagonal(w, (np.linalg.pinv(X) @ X).diagonal())
    np.testing.assert_allclose(X @ w, X, atol=1e-12)
    np.testing.assert_allclose(w @ w, w, atol=1e-12)


def test_energy_of_weights_is_the_double_sum() -> None:
    network, s = hebb(X), X[0]
    expected = -0.5 * sum(network.w[i, j] * s[i] * s[j] for i in range(20) for j in range(20))
    assert float(network.energy(s)) == pytest.approx(expected)


def test_modern_rule_and_energy_written_out() -> None:
    network, s = Modern(X, 0.3), X[1] * 0.5
    weights = [math.exp(0.3 * sum(a * b for a, b in zip(x, s, strict=True))) for x in X]
    expected = [sum(w * x[i] for w, x in zip(weights, X, strict=True)) / sum(weights) for i in range(20)]
    np.testing.assert_allclose(network.all_wanted(s), expected)
    assert float(network.wanted(s, 7)) == pytest.approx(expected[7])
    energy = -math.log(sum(weights)) / 0.3 + 0.5 * sum(a * a for a in s) + math.log(3) / 0.3 + 10
    assert float(network.energy(s)) == pytest.approx(energy)


@pytest.mark.parametrize("rule", RULES)
def test_energy_never_rises_when_one_unit_is_updated(rule: str) -> None:
    """Over 20 networks, from random states, in random order."""
    for seed in range(20):
        rng = np.random.default_rng(seed)
        network = store(random_patterns(9, 40, rng), rule, 0.05 + 0.02 * seed)
        s = random_patterns(1, 40, rng)[0]
        energy = float(network.energy(s))
        for unit in rng.integers(40, size=200):
            s[unit] = network.wanted(s, unit)
            now = float(network.energy(s))
            assert now <= energy + 1e-9
            energy = now


@pytest.mark.parametrize("rule", RULES)
def test_without_patterns_nothing_moves(rule: str) -> None:
    network = store(np.zeros((0, 16)), rule, 1.0)
    s = np.linspace(-1, 1, 16)
    assert float(network.wanted(s, 3)) == s[3]
    assert float(network.energy(s)) == 0.0


def test_a_weights_network_treats_a_pattern_and_its_negative_alike() -> None:
    network = hebb(X)
    assert isinstance(network, Weights)
    assert float(network.energy(X[0])) == float(network.energy(-X[0]))


def test_an_unknown_rule_is_named() -> None:
    with pytest.raises(UnknownName, match="available: hebb, pseudo_inverse, modern"):
        store(X, "storkey", 1.0)
