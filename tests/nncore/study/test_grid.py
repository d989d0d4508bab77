"""Lists, ranges and zips become every combination, the last axis fastest; what cannot be is said in one sentence."""

from typing import Any

import numpy as np
import pytest

from nncore.study.bad_study import BadStudy
from nncore.study.grid import axes_of, combinations


def values(given: Any) -> list[Any]:
    (axis,) = axes_of({"batch": given})
    return [step[0] for step in axis.values]


def test_every_combination_comes_once_the_last_axis_fastest() -> None:
    axes = axes_of({"a": [1, 2], "b, c": [[3, 4], [5, 6]], ("d", "e"): [("x", "y")]})
    assert [dict(each) for each in combinations(axes)] == [
        {"a": 1, "b": 3, "c": 4, "d": "x", "e": "y"},
        {"a": 1, "b": 5, "c": 6, "d": "x", "e": "y"},
        {"a": 2, "b": 3, "c": 4, "d": "x", "e": "y"},
        {"a": 2, "b": 5, "c": 6, "d": "x", "e": "y"},
    ]
    assert list(combinations(())) == [()]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"from": 2, "to": 8, "step": 2}, [2, 4, 6, 8]),
        ({"from": 0.0, "to": 0.3, "step": 0.1}, [0.0, 0.1, 0.2, 0.3]),
        ({"from": 0.0, "to": 1.0, "count": 5}, [0.0, 0.25, 0.5, 0.75, 1.0]),
        ({"from": 1, "to": 100, "count": 3, "scale": "log"}, [1, 10, 100]),
        ({"from": 0.001, "to": 0.1, "count": 3, "scale": "log"}, [0.001, 0.01, 0.1]),
        ({"from": 1, "to": 3, "count": 9}, [1, 2, 3]),
        (np.array([3, 4]), [3, 4]),
    ],
)
def test_a_range_has_both_ends(given: Any, expected: list[Any]) -> None:
    found = values(given)
    assert found == expected
    assert [type(value) for value in found] == [type(value) for value in expected]


@pytest.mark.parametrize(
    ("vary", "told"),
    [
        ([1], "a table of paths"),
        ({"batch": []}, "empty list"),
        ({"batch": 3}, "a list or a range"),
        ({"batch": "3"}, "a list or a range"),
        ({"batch": [1, 1]}, "twice"),
        ({"batch": {"from": 1, "to": 5}}, "either step or count"),
        ({"batch": {"from": 1, "to": 5, "by": 1}}, "known are from, to"),
        ({"batch": {"from": 5, "to": 1, "step": 1}}, "upwards"),
        ({"batch": {"from": 0, "to": 1, "step": 0}}, "over 0"),
        ({"batch": {"from": 0, "to": 1, "count": 3, "scale": "log"}}, "log"),
        ({"batch": {"from": 0, "to": 1, "step": 1e-9}}, "at most 100,000"),
        ({"batch": {"from": float("nan"), "to": 1, "step": 1}}, "finite"),
        ({"l1, l2": [[1]]}, "2 values at each step"),
        ({"l1, l2": [1, 2]}, "2 values at each step"),
        ({"l1": [1], "l1, l2": [[1, 2]]}, "a second time"),
    ],
)
def test_what_cannot_be_varied_is_one_sentence(vary: Any, told: str) -> None:
    with pytest.raises(BadStudy, match=told):
        axes_of(vary)
