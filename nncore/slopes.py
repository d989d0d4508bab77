"""What a unit's slopes dz_j/dx_i come to over many points: their mean, and their size whatever their signs.

Slopes that change sign cancel in the mean: a unit that squares its inputs has a mean near 0 for each of them and needs
them all the same. So there is also the root mean square, and the mean beside it says how much of it is of one sign.
Not here: the slopes of a kind (`neuron`, and each kind that knows a shorter way).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nncore.tape import Array


@dataclass(frozen=True, slots=True)
class Slopes:
    """`mean` and `size`, the root mean square, each (units, fan_in): |mean| is at most `size`, but for rounding."""

    mean: Array
    size: Array


def of_points(slopes: Array) -> Slopes:
    """From the slopes at each point, (units, fan_in, points)."""
    return Slopes(slopes.mean(axis=-1), np.sqrt(np.square(slopes).mean(axis=-1)))


def of_parts(parts: Sequence[tuple[int, Slopes]]) -> Slopes:
    """From the slopes over some of the points, with how many these were, of all in turn."""
    if len(parts) == 1:
        return parts[0][1]
    count = sum(points for points, _ in parts)
    shares = [part.mean.dtype.type(points / count) for points, part in parts]
    mean = sum(share * part.mean for share, (_, part) in zip(shares, parts, strict=True))
    squares = sum(share * np.square(part.size) for share, (_, part) in zip(shares, parts, strict=True))
    return Slopes(np.asarray(mean), np.sqrt(squares))


def of_constants(W: Array) -> Slopes:
    """Where z is W x + b, with W (units, fan_in): the same slope everywhere."""
    return Slopes(W.copy(), np.abs(W))


def of_forms(H: Array, x: Array) -> Slopes:
    """Where each slope is a weighted sum itself, H_ji · x, as of every kind of second degree.

    H is (units, fan_in, fan_in + 1), x (fan_in + 1, points) with its last row of ones. Points enter by their means and
    the means of their pairs alone.
    """
    pairs = x @ x.T / x.dtype.type(x.shape[1])
    squares = ((H @ pairs) * H).sum(axis=-1)
    return Slopes(H @ x.mean(axis=1), np.sqrt(np.maximum(squares, 0)))


def of_functions(W: Array, derivatives: Array) -> Slopes:
    """Where z sums functions of single inputs: weights W (units, functions, fan_in), the functions' derivatives
    (functions, fan_in, points).
    """
    by_input = W.transpose(2, 0, 1) @ derivatives.swapaxes(0, 1)  # (fan_in, units, points)
    return of_points(by_input.swapaxes(0, 1))


def product_forms(A: Array, B: Array) -> Array:
    """H of products (A x) ∘ (B x): A and B (..., units, fan_in + 1), H (..., units, fan_in, fan_in + 1)."""
    forms: Array = A[..., :-1, None] * B[..., None, :] + B[..., :-1, None] * A[..., None, :]
    return forms
