"""The error function, which NumPy lacks, and the normal distribution function made from it.

For float64 as exact as the format allows; for float32, in which networks train, quick and still exact to rounding.
"""

import math

import numpy as np

from nncore.tape import Array, Constants

# W. J. Cody, "Rational Chebyshev approximations for the error function", Mathematics of Computation 23, 1969; the
# coefficients as in his CALERF, highest power first. Below SPLIT erf(x) = x N(x²) / D(x²).
SPLIT = 0.46875
ERF_N = (
    1.85777706184603153e-1,
    3.16112374387056560e00,
    1.13864154151050156e02,
    3.77485237685302021e02,
    3.20937758913846947e03,
)
ERF_D = (1.0, 2.36012909523441209e01, 2.44024637934444173e02, 1.28261652607737228e03, 2.84423683343917062e03)

# From there on erfc(x) = exp(-x²) N(x) / D(x). Cody takes a third quotient from 4 on; for erf, where erfc is then less
# than 2e-8, this one is good enough.
ERFC_N = (
    2.15311535474403846e-8,
    5.64188496988670089e-1,
    8.88314979438837594e00,
    6.61191906371416295e01,
    2.98635138197400131e02,
    8.81952221241769090e02,
    1.71204761263407058e03,
    2.05107837782607147e03,
    1.23033935479799725e03,
)
ERFC_D = (
    1.0,
    1.57449261107098347e01,
    1.17693950891312499e02,
    5.37181101862009858e02,
    1.62138957456669019e03,
    3.29079923573345963e03,
    4.36261909014324716e03,
    3.43936767414372164e03,
    1.23033935480374942e03,
)
ALL_ONES = 6.0
"""From here on erf is 1 in float64."""

# Φ(z) = (1 + tanh(z P(z²))) / 2, highest power first: the P of degree 6 whose greatest error, 2.9e-8, is least (a
# weighted least-squares fit, the weights moved until the error was even). P is positive everywhere.
NORMAL_P = (
    1.75627630e-9,
    -1.32266240e-7,
    3.96477268e-6,
    -5.53063143e-5,
    -3.25947502e-5,
    3.63330844e-2,
    7.97884941e-1,
)


def erf(x: Array) -> Array:
    """erf(x) = 2/√π ∫₀ˣ exp(-t²) dt of a float64 array; relative error below 1e-15."""
    size = np.minimum(np.abs(x), ALL_ONES)
    value, near = np.empty_like(size), size < SPLIT
    low, high = size[near], size[~near]
    value[near] = low * _quotient(ERF_N, ERF_D, low * low)
    value[~near] = 1.0 - np.exp(-high * high) * _quotient(ERFC_N, ERFC_D, high)
    return np.copysign(value, x, out=value)


def normal_cdf(z: Array, out: Array, scratch: Array, constants: Constants) -> None:
    """Write Φ(z) = (1 + erf(z/√2)) / 2 into `out`; absolute error below 1e-15 in float64, 1e-7 in float32."""
    half = constants[0.5]
    if z.dtype == np.float64:
        np.copyto(out, erf(z * math.sqrt(0.5)))
    else:
        square = np.multiply(z, z, scratch)
        np.multiply(square, constants[NORMAL_P[0]], out)
        for coefficient in NORMAL_P[1:-1]:
            out += constants[coefficient]
            out *= square
        out += constants[NORMAL_P[-1]]
        out *= z
        np.tanh(out, out)
    out *= half
    out += half


def _quotient(numerator: tuple[float, ...], denominator: tuple[float, ...], x: Array) -> Array:
    above, below = np.full_like(x, numerator[0]), np.full_like(x, denominator[0])
    for n, d in zip(numerator[1:], denominator[1:], strict=True):
        above *= x
        above += n
        below *= x
        below += d
    above /= below
    return above
