"""Numbers become the nearest of 256 levels, whatever the numbers are."""

import numpy as np
import pytest

from app.live.quantise import answer, placed, quantised


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


def test_several_classes_are_the_chance_of_the_likeliest() -> None:
    levels, ends = answer(np.array([[[0.2]], [[0.5]], [[0.3]]], np.float32), "classification")
    assert (levels.item(), ends.tolist()) == (128, [0.0, 1.0])


def test_two_classes_are_a_chance_and_values_are_values() -> None:
    levels, ends = answer(np.array([[[0.0, 1.0], [np.nan, 2.0]]], np.float32), "classification")
    assert (levels.tolist(), ends.tolist()) == ([[0, 255], [0, 255]], [0.0, 1.0])
    levels, ends = answer(np.array([[[-3.0, 1.0]]], np.float32), "regression")
    assert (levels.tolist(), ends.tolist()) == ([[0, 255]], [-3.0, 1.0])


def test_places_are_put_into_their_window_and_on_its_edge_where_they_lie_outside() -> None:
    window = np.array([[-1.0, 1.0], [0.0, 4.0]], np.float32)
    levels = placed(np.array([[-1.0, 0.0, 9.0], [4.0, 1.0, -9.0]], np.float32), window)
    assert levels.tolist() == [[0, 128, 255], [255, 64, 0]]
