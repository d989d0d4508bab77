"""Numbers come into [-1, 1] and back; what own points make of it is tested in test_points.py."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nncore.scaling import Scaling


@pytest.mark.parametrize(("reach", "stays"), [(0.75, True), (1.0, True), (0.74, False), (1.01, False), (1e-6, False)])
def test_what_fills_the_square_already_stays(reach: float, stays: bool) -> None:
    scaling = Scaling.fitting([-reach, reach], [0.0, reach])
    assert (scaling.factors == (1, 1)) == stays
    assert scaling.scaled(reach) == pytest.approx(reach if stays else 0.9)


def test_factors_are_one_unless_an_axis_is_much_the_longer() -> None:
    assert Scaling.fitting([0.0, 40.0], [0.0, 20.0]).factors == (0.9 / 20, 0.9 / 20)
    assert Scaling.fitting([0.0, 90.0], [0.0, 20.0]).factors == (0.9 / 45, 0.9 / 10)


@given(st.lists(st.decimals(-1000, 1000, places=4).map(float), min_size=2, max_size=12, unique=True))
@example([0.1, 0.2, 0.3, 0.6])
@example([1700000000.125, 1700000060.25, 1700000120.5])
def test_numbers_as_people_write_them_come_back_exactly(numbers: list[float]) -> None:
    scaling = Scaling.fitting(numbers)
    assert [scaling.original(scaling.scaled(number)) for number in numbers] == numbers


def test_no_more_decimals_are_kept_than_bring_every_number_back() -> None:
    assert Scaling.fitting([0.0, 1000.0]).decimals == (6,)
    assert Scaling.fitting([0.0, 1e-5, 1000.0]).decimals == (9,)


def test_where_nothing_is_scaled_numbers_stay_to_the_last_bit() -> None:
    number = 0.1234567890123456
    assert Scaling.none(2).scaled(number, 1) == Scaling.none(2).original(number, 1) == number
