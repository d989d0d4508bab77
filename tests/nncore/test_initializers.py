"""First weights have the variance that their rule promises."""

import numpy as np
import pytest

from nncore.initializers import Initializer


@pytest.mark.parametrize(("rule", "variance"), [("glorot", 2 / (200 + 300)), ("he", 2 / 200)])
@pytest.mark.parametrize("gain", [1.0, 0.5])
def test_variance_is_the_rules_times_the_gain_squared(rule: str, variance: float, gain: float) -> None:
    weights = np.empty((300, 200))
    Initializer(rule, np.random.default_rng(0)).fill(weights, gain)
    assert weights.var() == pytest.approx(gain**2 * variance, rel=0.05)
    assert weights.mean() == pytest.approx(0, abs=0.003)


def test_glorot_is_bounded() -> None:
    weights = np.empty((30, 20))
    Initializer("glorot", np.random.default_rng(0)).fill(weights)
    assert np.abs(weights).max() <= np.sqrt(6 / 50)
