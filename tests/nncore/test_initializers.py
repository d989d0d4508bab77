"""First weights have the variance that their rule promises."""

import numpy as np
import pytest

from nncore.initializers import Initializer, Rule


@pytest.mark.parametrize(("rule", "variance"), [("glorot", 2 / (200 + 300)), ("he", 2 / 200)])
@pytest.mark.parametrize("gain", [1.0, 0.5])
def test_variance_is_the_rules_times_the_gain_squared(rule: Rule, variance: float, gain: float) -> None:
    weights = np.empty((300, 200))
    Initializer(rule, np.random.default_rng(0)).fill(weights, gain)
    assert weights.var() == pytest.approx(gain**2 * variance, rel=0.05)
    assert weights.mean() == pytest.approx(0, abs=0.003)


def test_glorot_is_bounded() -> None:
    weights = np.empty((30, 20))
    Initializer("glorot", np.random.default_rng(0)).fill(weights)
    assert np.abs(weights).max() <= np.sqrt(6 / 50)


def test_uniform_is_that_of_tensorflow_playground_whatever_the_layer() -> None:
    weights, biases = np.empty((300, 200)), np.empty(300)
    init = Initializer("uniform", np.random.default_rng(0))
    init.fill(weights, 0.1)
    init.bias(biases, 3.0)
    assert weights.min() == pytest.approx(-0.5, abs=0.001)
    assert weights.max() == pytest.approx(0.5, abs=0.001)
    assert (biases == 0.1).all()


def test_small_and_zeros_are_what_they_say() -> None:
    weights, biases = np.empty((300, 200)), np.empty(300)
    Initializer("small", np.random.default_rng(0)).fill(weights)
    assert weights.std() == pytest.approx(0.01, rel=0.02)
    zeros = Initializer("zeros", np.random.default_rng(0))
    zeros.fill(weights)
    zeros.bias(biases, 3.0)
    assert not weights.any()
    assert not biases.any()


@pytest.mark.parametrize("rule", ["glorot", "he", "small"])
def test_a_bias_is_what_the_neuron_asks_for(rule: Rule) -> None:
    biases = np.empty(3)
    Initializer(rule, np.random.default_rng(0)).bias(biases, 1.0)
    assert (biases == 1).all()
