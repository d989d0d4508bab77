"""Contours: the curve along which a function on a grid is 0, by marching squares (Lorensen and Cline 1987, but flat).

Straight pieces between neighbours of different signs, placed by linear interpolation. What lies between two samples of
the same sign is not seen.
"""

import numpy as np

from nncore.tape import Array


def zero_set(field: Array) -> Array:
    """The curve ``field`` = 0 as pieces (n, 4), each x0, y0, x1, y1, for a picture (rows, columns) of numbers.

    Coordinates are shares of the picture's width and height, from its top left corner; samples stand in the centres of
    their cells. Numbers from 0 on are one side, those under 0 the other. What is not a number counts as 0.
    """
    rows, columns = field.shape
    above = field >= 0.0
    count = 0 + above[:-1, :-1] + above[:-1, 1:] + above[1:, 1:] + above[1:, :-1]
    row, column = np.nonzero((count > 0) & (count < 4))
    corners = np.stack([field[row + down, column + right] for down, right in ((0, 0), (0, 1), (1, 1), (1, 0))])
    corners = np.nan_to_num(corners.astype(np.float64), posinf=1e300, neginf=-1e300)
    places, crossed = _crossings(corners)
    pieces = np.concatenate([_single(places, crossed), _saddles(places, crossed, corners)])
    cells = np.concatenate([np.flatnonzero(crossed.sum(axis=0) == 2), *[np.flatnonzero(crossed.all(axis=0))] * 2])
    origin = np.stack([column[cells], row[cells]], axis=1)[:, None] + 0.5
    shares: Array = ((origin + pieces) / (columns, rows)).reshape(-1, 4)
    return shares


def _crossings(corners: Array) -> tuple[Array, Array]:
    """Where the curve meets the sides of each cell, (4, cells, 2) from its first corner, and whether, (4, cells).

    Corners (4, cells) go round from the top left one, sides from the top one.
    """
    following = np.roll(corners, -1, axis=0)
    # Halves first: the difference of two large numbers of different signs would overflow.
    span = corners / 2 - following / 2
    share = np.divide(corners / 2, span, out=np.full_like(span, 0.5), where=span != 0.0)
    zero, one = np.zeros_like(share[0]), np.ones_like(share[0])
    x, y = (share[0], one, 1 - share[2], zero), (zero, share[1], one, 1 - share[3])
    return np.stack([np.stack(x), np.stack(y)], axis=-1), (corners >= 0.0) != (following >= 0.0)


def _single(places: Array, crossed: Array) -> Array:
    """One piece (n, 2, 2) in each cell of which two sides are crossed."""
    cells = np.flatnonzero(crossed.sum(axis=0) == 2)
    first, last = crossed[:, cells].argmax(axis=0), 3 - crossed[::-1, cells].argmax(axis=0)
    return np.stack([places[first, cells], places[last, cells]], axis=1)


def _saddles(places: Array, crossed: Array, corners: Array) -> Array:
    """Two pieces in each cell with all four sides crossed: the middle's sign says which corners they cut off."""
    cells = np.flatnonzero(crossed.all(axis=0))
    middle = (corners[:, cells] / 4).sum(axis=0)
    joined = ((middle >= 0.0) == (corners[0, cells] >= 0.0))[:, None]
    top, right, bottom, left = places[:, cells]
    with_top, with_bottom = np.where(joined, right, left), np.where(joined, left, right)
    return np.concatenate([np.stack([top, with_top], axis=1), np.stack([bottom, with_bottom], axis=1)])
