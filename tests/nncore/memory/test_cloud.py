"""Points lie around their mean, stretched and turned as asked; decorrelated, they have no axis left."""

import numpy as np
import pytest

from nncore.memory.cloud import NAMES, cloud, decorrelated, points


@pytest.mark.parametrize("name", NAMES)
def test_points_lie_around_their_mean(name: str) -> None:
    x = points(name, 100, 3.0, 25.0, np.random.default_rng(0))
    assert x.shape == (100, 2)
    np.testing.assert_allclose(x.mean(axis=0), 0, atol=1e-12)


def test_a_cloud_is_as_long_and_as_turned_as_asked() -> None:
    """100,000 points: standard deviations to one per cent, the direction to a degree."""
    x = cloud(100_000, 4.0, 30.0, np.random.default_rng(1))
    along, across = np.array([np.cos(np.pi / 6), np.sin(np.pi / 6)]), np.array([-np.sin(np.pi / 6), np.cos(np.pi / 6)])
    assert float((x @ along).std()) == pytest.approx(0.5, rel=0.01)
    assert float((x @ across).std()) == pytest.approx(0.125, rel=0.01)
    assert abs(float(((x @ along) * (x @ across)).mean())) < 0.5 * 0.125 * 0.01


def test_decorrelated_points_vary_alike_and_as_much_as_before() -> None:
    x = points("cloud", 300, 3.0, 25.0, np.random.default_rng(2))
    found = decorrelated(x)
    np.testing.assert_allclose(found.T @ found / 300, np.eye(2) * (x * x).sum() / 600, atol=1e-12)
