"""Penalties, clipping and pruning, number by number; how a run uses them stands in test_trainer."""

import numpy as np
import pytest

from nncore.penalties import clip, penalize, prune


def test_penalties_add_the_slope_of_size_and_square_where_they_may() -> None:
    theta, penalized = np.array([2.0, -3.0, 0.0, 5.0]), np.array([1.0, 1.0, 1.0, 0.0])
    grad = np.full(4, 0.5)
    penalize(grad, theta, penalized, 0.1, 0.01)
    np.testing.assert_allclose(grad, [0.5 + 0.1 + 0.02, 0.5 - 0.1 - 0.03, 0.5, 0.5])


def test_each_replica_s_gradient_is_shortened_to_the_length_allowed_and_no_further() -> None:
    grad = np.array([[3.0, 4.0], [0.3, 0.4], [0.0, 0.0]])
    clip(grad, 1.0)
    np.testing.assert_allclose(grad, [[0.6, 0.8], [0.3, 0.4], [0.0, 0.0]], rtol=1e-5)


@pytest.mark.parametrize("size", [1e-30, 1e19, 1e30])
def test_a_gradient_of_any_size_keeps_its_direction(size: float) -> None:
    """The squares of the larger ones are no numbers in float32."""
    grad = np.array([3.0, -4.0], np.float32) * np.float32(size)
    before = grad.astype(np.float64)
    clip(grad, 1e-3)
    assert grad.dtype == np.float32
    length = float(np.linalg.norm(before))
    np.testing.assert_allclose(grad, before * min(1.0, 1e-3 / length), rtol=1e-4)


def test_what_the_pull_takes_across_zero_is_minus_zero_for_good() -> None:
    before = np.array([0.5, -0.05, 0.05, -0.0, 0.0, 0.05])
    theta, penalized = np.array([0.5, -0.02, 0.02, 0.3, 0.3, 0.02]), np.array([1.0, 1.0, 1.0, 1.0, 1.0, 0.0])
    prune(theta, before, penalized, 0.1)
    np.testing.assert_allclose(theta, [0.4, 0.0, 0.0, 0.0, 0.3, 0.02])
    np.testing.assert_array_equal(np.signbit(theta), [False, True, True, True, False, False])
