"""The zero set of known functions: where it lies, that it closes, and that nothing odd breaks it."""

import warnings

import numpy as np
import pytest

from nncore.contour import zero_set
from nncore.tape import Array


def grid(pixels: int = 60) -> tuple[Array, Array]:
    """Places of the square from -1 to 1, the top row first."""
    middles = (np.arange(pixels) + 0.5) / pixels * 2 - 1
    x, y = np.meshgrid(middles, -middles)
    return x, y


def in_plane(pieces: Array) -> tuple[Array, Array]:
    """Both ends of every piece as x and y (n, 2)."""
    return pieces[:, [0, 2]] * 2 - 1, 1 - pieces[:, [1, 3]] * 2


def test_a_line_is_found_exactly() -> None:
    x, y = grid()
    px, py = in_plane(zero_set(2 * x - y + 0.3))
    np.testing.assert_allclose(2 * px - py + 0.3, 0, atol=1e-12)


def test_a_circle_is_closed_and_has_its_length() -> None:
    x, y = grid()
    pieces = zero_set(x**2 + y**2 - 0.5)
    px, py = in_plane(pieces)
    assert np.hypot(px, py) == pytest.approx(np.sqrt(0.5), abs=1e-3)
    length = np.hypot(px[:, 1] - px[:, 0], py[:, 1] - py[:, 0]).sum()
    assert length == pytest.approx(2 * np.pi * np.sqrt(0.5), rel=1e-3)
    ends, counts = np.unique(np.round(pieces.reshape(-1, 2), 9), axis=0, return_counts=True)
    assert set(counts) == {2}
    assert len(ends) == len(pieces)


@pytest.mark.parametrize(("lift", "alone"), [(0.1, [(0.0, 1.0), (1.0, 0.0)]), (-0.1, [(0.0, 0.0), (1.0, 1.0)])])
def test_a_saddle_cuts_off_the_corners_that_differ_from_its_middle(
    lift: float, alone: list[tuple[float, float]]
) -> None:
    pieces = zero_set(np.array([[1.0, -1.0], [-1.0, 1.0]]) + lift)
    # Both ends of a piece lie on the sides that meet in the corner that it cuts off.
    middles = 2 * pieces.reshape(-1, 2, 2).mean(axis=1) - 0.5
    assert sorted((float(x), float(y)) for x, y in middles.round()) == alone


def test_no_change_of_sign_is_no_curve() -> None:
    assert zero_set(np.ones((5, 5))).shape == zero_set(np.zeros((5, 5))).shape == (0, 4)


def test_numbers_that_are_none_and_infinite_ones_do_no_harm() -> None:
    field = np.array([[np.nan, -np.inf, 1.0], [np.inf, -3e38, np.nan], [-1.0, 3e38, 1.0]], np.float32)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        pieces = zero_set(field)
    assert len(pieces) > 0
    assert ((pieces >= 0) & (pieces <= 1)).all()
