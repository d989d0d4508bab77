"""What is written is read back exactly."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.links.notation import number_text, points_text, read_number, read_points, read_texts, texts_text


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**14), 10**14))
def test_numbers_are_read_back_exactly(number: float) -> None:
    assert read_number(number_text(number)) == number
    assert "+" not in number_text(number)


@pytest.mark.parametrize("text", ["", "nan", "inf", "1_0", "0x1", "1e5e5", "--1", "٣", "1e999", "-1e999", "9" * 400])
def test_what_is_no_number_stays_as_it_is(text: str) -> None:
    assert read_number(text) == text


def test_points_are_written_without_needless_zeros() -> None:
    points = ((0.5, -0.25, 1.0), (-1.0, 0.0, 0.0))
    assert points_text(points) == ".5,-.25,1_-1,0,0"
    assert read_points(points_text(points)) == [[0.5, -0.25, 1], [-1, 0, 0]]


def test_two_equal_zeros_have_one_text() -> None:
    assert points_text(((-0.0, 0.0, 0.0),)) == "0,0,0"


def test_names_are_written_in_characters_that_nothing_rewrites() -> None:
    names = ("small ones", "a,b&c=d", "~%7E", "\u6a21\u578b", "")
    text = texts_text(names)
    assert re.fullmatch(r"[A-Za-z0-9_.~,-]*", text)
    assert text.startswith("small~20ones,a~2Cb~26c~3Dd,~7E~257E,~E6")
    assert tuple(read_texts(text)) == names


@pytest.mark.parametrize("text", ["1" * 16_000, "1" * 16_000 + "x", "." + "1" * 401, "1e" + "1" * 400])
def test_digits_without_end_are_no_number(text: str) -> None:
    assert read_number(text) == text
