"""The error function against Python's own, which is the C library's."""

import math

import numpy as np
import pytest

from nncore.erf import SPLIT, erf, normal_cdf
from nncore.tape import Array, Constants

POINTS = np.concatenate(
    [
        np.linspace(-7, 7, 20_001),
        np.geomspace(1e-300, 1, 500),
        [SPLIT, -SPLIT, np.nextafter(SPLIT, 0), 4, 6, 1e9, 1e300],
    ]
)


def cdf(z: Array) -> Array:
    out = np.empty_like(z)
    normal_cdf(z, out, np.empty_like(z), Constants(z.dtype))
    return out


def test_erf_is_exact_to_rounding() -> None:
    np.testing.assert_allclose(erf(POINTS), [math.erf(x) for x in POINTS], rtol=1e-15, atol=0)


def test_erf_is_odd_and_keeps_the_sign_of_zero() -> None:
    np.testing.assert_array_equal(erf(-POINTS), -erf(POINTS))
    np.testing.assert_array_equal(np.signbit(erf(np.array([0.0, -0.0]))), [False, True])


def test_erf_keeps_the_shape() -> None:
    assert erf(np.zeros((2, 3, 4))).shape == (2, 3, 4)


@pytest.mark.parametrize(("dtype", "error"), [(np.float64, 3e-16), (np.float32, 1e-7)])
def test_the_normal_distribution_is_exact_to_rounding(dtype: type, error: float) -> None:
    z: Array = np.linspace(-40, 40, 200_001).astype(dtype)
    expected = [0.5 * math.erfc(-value / math.sqrt(2)) for value in z.astype(np.float64)]
    np.testing.assert_allclose(cdf(z), expected, rtol=0, atol=error)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_normal_distribution_of_any_finite_number_is_a_share(dtype: type) -> None:
    largest = np.finfo(dtype).max
    z: Array = np.array([-largest, -1e19, -1e10, -100, 0, 100, 1e10, 1e19, largest], dtype)
    with np.errstate(over="ignore"):
        np.testing.assert_array_equal(cdf(z), [0, 0, 0, 0, 0.5, 1, 1, 1, 1])
