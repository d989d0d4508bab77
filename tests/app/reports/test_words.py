"""Numbers, values and links are written in one way."""

import math

import pytest

from app.reports.words import anchor, href, interval_text, name_of, number, score_name, share_text, value_text
from nncore.study.statistics import Interval
from tests.app.reports.example import found


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("relu", "relu"),
        (0.1, "0.1"),
        (3, "3"),
        (True, "on"),
        ({"name": "kan", "grid": 4}, "kan (grid 4)"),
        ([1], "[1]"),
    ],
)
def test_values_are_short(value: object, text: str) -> None:
    assert value_text(value) == text


def test_numbers_have_three_digits() -> None:
    assert [number(value) for value in (0.98765, 0.0, 0.00012, math.nan)] == ["0.988", "0.000", "1.2e-04", "–"]
    assert interval_text(Interval(0.1, 0.25)) == "0.100 to 0.250"
    assert share_text(Interval(0.0, 0.5)) == "0% to 50%"
    assert score_name("test_accuracy") == "test accuracy"


def test_a_link_opens_at_the_server_and_cannot_break_out() -> None:
    assert href("http://127.0.0.1:8000/", "layers=2&batch=3") == "http://127.0.0.1:8000/?layers=2&batch=3"
    assert href("http://x", None) is None
    assert anchor(None, "1") == "1"
    assert anchor('http://x/?a"b&c', "1") == '<a href="http://x/?a&quot;b&amp;c">1</a>'


def test_a_combination_has_a_name() -> None:
    assert name_of(found()[0]) == "layers.neuron linear, layers.units 1"
