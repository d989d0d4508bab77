"""Numbers become the nearest of 256 levels, whatever the numbers are."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from app.live.quantise import SURE, answer, behind, placed, quantised, signed
from nncore.contour import zero_set


@pytest.mark.parametrize("large", [1e38, 3e38])
def test_numbers_whose_difference_overflows_become_a_picture_all_the_same(large: float) -> None:
    levels, ends = quantised(np.array([[-large, 0.0], [0.0, large]], np.float32))
    assert (levels.min(), levels.max()) == (0, 255)
    assert np.isfinite(ends).all()


@pytest.mark.parametrize("odd", [np.nan, np.inf, -np.inf])
def test_numbers_that_are_not_finite_become_a_picture_all_the_same(odd: float) -> None:
    levels, ends = quantised(np.array([[0.0, 1.0], [odd, 0.5]], np.float32))
    assert levels.dtype == np.uint8
    assert np.isfinite(ends).all()


def test_a_constant_is_all_zero_with_two_equal_ends() -> None:
    levels, ends = quantised(np.full((2, 3, 3), 7.0, np.float32), each=True)
    assert (levels == 0).all()
    assert (ends == 7.0).all()


def meant(levels: NDArray[np.uint8], ends: NDArray[np.float32], finer: float = 1.0) -> NDArray[np.float64]:
    """The numbers that bytes stand for, as docs/reference/protocol.md has it; scores are 5 times finer."""
    low, high = (math.asinh(end * finer) for end in ends.tolist())
    numbers: NDArray[np.float64] = np.sinh(low + (high - low) * levels / 255.0) / finer
    return numbers


def test_several_classes_are_the_chance_of_the_likeliest_and_how_far_each_is_behind() -> None:
    z = np.array([[[1.0, 5.0]], [[3.0, 1.0]], [[0.0, 4.0]]], np.float32)
    found = answer(np.array([[[0.2, 0.7]], [[0.5, 0.1]], [[0.3, np.nan]]], np.float32), z, "decision.2")
    assert list(found) == ["decision.2", "decision_range.2", "decision_scores.2", "decision_scores_range.2"]
    assert found["decision.2"].tolist() == [[128, 179]]
    assert found["decision_range.2"].tolist() == [0.0, 1.0]
    behind_by = meant(found["decision_scores.2"], found["decision_scores_range.2"], 5.0)
    # The third is the largest nowhere, so nobody needs it: it is as far behind as any.
    np.testing.assert_allclose(behind_by, [[[-2.0, 0.0]], [[0.0, -4.0]], [[-4.0, -4.0]]], atol=0.03)


def test_two_classes_are_z_and_values_are_values() -> None:
    z = np.array([[[-2.0, 0.1], [-0.1, 4.0]]], np.float32)
    found = answer(1 / (1 + np.exp(-z)), z, "output")
    assert found["output_range"].tolist() == [-4.0, 4.0]
    np.testing.assert_allclose(meant(found["output"], found["output_range"]), z[0], atol=0.03)
    found = answer(np.array([[[-3.0, 1.0]]], np.float32), None, "output")
    assert (found["output"].tolist(), found["output_range"].tolist()) == ([[0, 255]], [-3.0, 1.0])


@pytest.mark.parametrize("reach", [1e-6, 1.0, 1e4, 1e30])
def test_the_side_of_every_place_is_kept_however_near_to_the_border_it_is(reach: float) -> None:
    z = (np.random.default_rng(0).standard_normal((30, 30)) * reach).astype(np.float32)
    levels, ends = signed(z)
    np.testing.assert_array_equal(meant(levels, ends) > 0, z > 0)


def test_what_is_sure_and_far_from_the_border_is_all_one_number() -> None:
    x = np.linspace(-40.0, 40.0, 80, dtype=np.float32)
    z = np.broadcast_to(x, (80, 80))
    levels, ends = signed(z)
    sure = np.abs(x) > SURE + 1.1
    assert set(levels[:, sure].ravel().tolist()) == {0, 255}
    assert ends[1] < SURE + 1.1
    kept = np.abs(x) < SURE
    np.testing.assert_allclose(meant(levels, ends)[:, kept], z[:, kept], rtol=0.012, atol=0.012)


@pytest.mark.parametrize("steep", [0.5, 50.0, 5000.0])
def test_the_border_of_a_circle_is_where_it_should_be_within_a_fifth_of_a_cell(steep: float) -> None:
    """Of bytes that are read as a client reads them, and interpolated."""
    places = (np.arange(100) + 0.5) / 50 - 1
    x, y = np.meshgrid(places, -places)
    levels, ends = signed((steep * (0.6 - np.hypot(x, y))).astype(np.float32))
    found = zero_set(meant(levels, ends)).reshape(-1, 2) * 2 - 1
    off = np.abs(np.hypot(found[:, 0], found[:, 1]) - 0.6) * 50
    assert len(found) > 200
    assert off.max() < 0.2


def test_no_border_of_several_classes_is_lost() -> None:
    """At every place next to another class', what both are behind by is told: within a hundredth of itself."""
    z = np.random.default_rng(1).standard_normal((4, 25, 25)).astype(np.float32) * 8
    levels, ends = behind(z)
    best = z.argmax(axis=0)
    np.testing.assert_array_equal(levels.argmax(axis=0), best)
    assert ((levels == 255).sum(axis=0) == 1).all()
    expected, found = z - z.max(axis=0), meant(levels, ends, 5.0)
    for row, column in np.ndindex(24, 24):
        corners = np.s_[row : row + 2, column : column + 2]
        for one in set(best[corners].ravel().tolist()):
            np.testing.assert_allclose(found[one][corners], expected[one][corners], rtol=0.012, atol=0.003)


@pytest.mark.parametrize("odd", [0.0, np.nan, np.inf, -np.inf])
def test_answers_that_are_all_alike_or_no_numbers_are_answers_all_the_same(odd: float) -> None:
    for z in (np.full((1, 3, 3), odd, np.float32), np.full((3, 3, 3), odd, np.float32)):
        for array in answer(np.full(z.shape, np.nan, np.float32), z, "output").values():
            assert np.isfinite(array).all()


def test_places_are_put_into_their_window_and_on_its_edge_where_they_lie_outside() -> None:
    window = np.array([[-1.0, 1.0], [0.0, 4.0]], np.float32)
    levels = placed(np.array([[-1.0, 0.0, 9.0], [4.0, 1.0, -9.0]], np.float32), window)
    assert levels.tolist() == [[0, 128, 255], [255, 64, 0]]
