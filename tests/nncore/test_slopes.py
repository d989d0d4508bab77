"""Every shorter way to the mean and the size of slopes gives what comes of the slopes at each point."""

import numpy as np

from nncore.slopes import Slopes, of_constants, of_forms, of_functions, of_points, product_forms

RNG = np.random.default_rng(3)
X = np.vstack([RNG.normal(size=(2, 7)), np.ones(7)])


def assert_same(found: Slopes, slopes: np.ndarray) -> None:
    np.testing.assert_allclose(found.mean, slopes.mean(axis=2))
    np.testing.assert_allclose(found.size, np.sqrt((slopes**2).mean(axis=2)))


def test_slopes_that_change_sign_cancel_in_the_mean_and_not_in_the_size() -> None:
    found = of_points(np.array([[[3.0, -3.0], [1.0, 7.0]]]))
    np.testing.assert_array_equal(found.mean, [[0.0, 4.0]])
    np.testing.assert_array_equal(found.size, [[3.0, 5.0]])


def test_a_weight_is_the_slope_everywhere() -> None:
    W = np.array([[2.0, -1.5]])
    found = of_constants(W)
    assert found.mean is not W
    np.testing.assert_array_equal(found.mean, W)
    np.testing.assert_array_equal(found.size, [[2.0, 1.5]])


def test_slopes_that_are_weighted_sums() -> None:
    H = RNG.normal(size=(4, 2, 3))
    assert_same(of_forms(H, X), np.einsum("jik,kp->jip", H, X))


def test_slopes_of_functions_of_single_inputs() -> None:
    W, derivatives = RNG.normal(size=(4, 5, 2)), RNG.normal(size=(5, 2, 7))
    assert_same(of_functions(W, derivatives), np.einsum("jai,aip->jip", W, derivatives))


def test_the_slope_of_a_product_is_each_factors_weight_times_the_other_factor() -> None:
    A, B = RNG.normal(size=(2, 4, 3))
    slopes = A[:, :-1, None] * (B @ X)[:, None] + B[:, :-1, None] * (A @ X)[:, None]
    assert_same(of_forms(product_forms(A, B), X), slopes)


def test_rounding_never_makes_a_size_that_is_no_number() -> None:
    H = np.array([[[1.0, -1.0, 0.0]]], np.float32)
    x = np.array([[0.1, 0.7, 0.3], [0.1, 0.7, 0.3], [1, 1, 1]], np.float32)
    assert of_forms(H[:, [0, 0]], x).size.max() < 1e-3
