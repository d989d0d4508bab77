"""Own points made of arrays: how they come into the square and back, what classes are, what each mistake is told."""

import json
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nncore.config import Config
from nncore.datasets.own import Own
from nncore.errors import InputError, OutOfRange, WrongType
from nncore.points import OwnPoints, of_arrays
from nncore.scaling import LOPSIDED, Scaling
from nncore.spec import Knob
from nncore.tables import read_points

SQUARE = ((-1.0, -1.0, 0.0), (-1.0, 1.0, 1.0), (1.0, 1.0, 0.0), (1.0, -1.0, 1.0))


def in_config(own: OwnPoints) -> Own:
    """The dataset of a Config with these points, read from JSON."""
    data = json.loads(json.dumps({"name": "own", **own.knobs()}))
    dataset = Config.from_json({"data": data}).dataset
    assert isinstance(dataset, Own)
    return dataset


numbers = st.floats(allow_nan=False, allow_infinity=False)


@given(st.lists(st.tuples(numbers, numbers), min_size=4, max_size=20), st.lists(numbers, min_size=20, max_size=20))
@example([(1.7e308, 0.0), (-1.7e308, 0.0), (0.0, 0.0), (0.0, 0.0)], [1.7e308, -1.7e308] * 10)
@example([(5e-324, 0.0), (0.0, 0.0), (0.0, 0.0), (0.0, 0.0)], [0.0] * 20)
def test_any_finite_numbers_come_to_lie_in_the_square(places: list[tuple[float, float]], values: list[float]) -> None:
    own = of_arrays(np.array(places), np.array(values[: len(places)]), "regression")
    assert all(abs(number) <= 1 for point in own.points for number in point)
    in_config(own)


def test_scaling_keeps_shapes_fills_the_square_and_can_be_undone() -> None:
    places = [(100.0, 7.0), (140.0, 17.0), (120.0, 12.0), (100.0, 17.0)]
    own = of_arrays(places, ["a", "b", "a", "b"])
    assert own.scaling == Scaling((120.0, 12.0), (0.9 / 20, 0.9 / 20), (6, 6))
    assert [point[:2] for point in own.points] == [(-0.9, -0.225), (0.9, 0.225), (0.0, 0.0), (-0.9, 0.225)]
    for (x, y, _), place in zip(own.points, places, strict=True):
        assert (own.scaling.original(x, 0), own.scaling.original(y, 1)) == place


@pytest.mark.parametrize(("span", "apart"), [(LOPSIDED, False), (LOPSIDED * 1.01, True), (5e7, True), (1e-9, True)])
def test_axes_too_different_for_one_scale_are_scaled_by_themselves(span: float, apart: bool) -> None:
    own = of_arrays([(0.0, 5.0), (1.0, 5.0 + span), (0.5, 5.0), (0.25, 5.0 + span / 2)], ["a", "b", "a", "b"])
    assert (own.scaling.factors[0] != own.scaling.factors[1]) == apart
    reach = [max(abs(point[axis]) for point in own.points) for axis in (0, 1)]
    assert reach == pytest.approx([0.9, 0.9] if apart else [0.9 / LOPSIDED, 0.9])
    assert own.notes[0].sentence.key == ("note.scaled_apart" if apart else "note.scaled")


def test_an_axis_without_width_leaves_the_other_its_scale() -> None:
    own = of_arrays([(7.0, 1.0), (7.0, 3.0), (7.0, 2.0), (7.0, 3.0)], ["a", "b", "a", "b"])
    assert [point[:2] for point in own.points] == [(0.0, -0.9), (0.0, 0.9), (0.0, 0.0), (0.0, 0.9)]


decimal_numbers = st.decimals(-1000, 1000, places=4).map(float) | st.integers(-(10**9), 10**9).map(float)


@given(st.lists(st.tuples(decimal_numbers, decimal_numbers), min_size=4, max_size=12))
@example([(0.1, 5200000.0), (0.2, 1800000.0), (0.3, 9500000.0), (0.6, 4800000.0)])
@example([(1700000000.125, 0.0001), (1700000060.25, 0.0002), (1700000120.5, 0.0003), (1700000180.75, 0.0004)])
def test_numbers_as_people_write_them_come_back_exactly(places: list[tuple[float, float]]) -> None:
    own = of_arrays(np.array(places), ["a", "b"] * (len(places) // 2) + ["a"] * (len(places) % 2))
    for scaling in (own.scaling, in_config(own).scaling):
        back = [(scaling.original(x, 0), scaling.original(y, 1)) for x, y, _ in own.points]
        assert back == places
    for axis in (0, 1):
        different = {place[axis] for place in places}
        assert len({point[axis] for point in own.points}) == len(different)


def test_points_all_in_one_place_lie_in_the_middle() -> None:
    own = of_arrays([[3.0, 4.0]] * 4, [0, 1, 0, 1])
    assert own.scaling == Scaling((3.0, 4.0), (1.0, 1.0), (6, 6))
    assert {point[:2] for point in own.points} == {(0.0, 0.0)}


def test_arrays_give_what_the_same_table_gives() -> None:
    own = of_arrays(np.array([[-1, -1], [-1, 1], [1, 1], [1, -1]]), np.array(["a", "b", "a", "b"]))
    assert own == read_points("-1,-1,a\n-1,1,b\n1,1,a\n1,-1,b\n")
    values = of_arrays([[i, i**2] for i in range(7)], np.arange(7.0))
    assert values == read_points("".join(f"{i},{i**2},{i}\n" for i in range(7)))


@pytest.mark.parametrize(
    ("x", "labels", "sentence"),
    [
        ([1.0, 2.0], [0, 1], "x: must be numbers of shape (n, 2), not float64 of shape (2,)"),
        ([["a", "b"]], [0], "x: must be numbers of shape (n, 2), not <U1 of shape (1, 2)"),
        ([[1, 2]] * 4, [0, 1, 0], "labels: must have shape (4,), as x has 4 rows, not (3,)"),
        ([[1, 2], [math.nan, 1]], [0, 1], "row 1: must have finite x and y, not nan and 1.0"),
        ([[1, 2], [2, 1]], [0, math.inf], "row 1: must have a finite number as its label, not inf"),
        ([[1, 2], [2, 1]], [0, 1], "row 1: only 2 points up to here; at least 4 are needed"),
        (np.zeros((0, 2)), [], "x: only 0 points up to here; at least 4 are needed"),
        (
            [[1, 2]] * 5001,
            [0] * 5001,
            "row 5000: the table has 5001 points; at most 5000 are allowed, but you can draw a sample of that many",
        ),
    ],
)
def test_a_mistake_in_arrays_names_its_row(x: Any, labels: Any, sentence: str) -> None:
    with pytest.raises(InputError) as caught:
        of_arrays(x, labels)
    assert str(caught.value) == sentence


def test_all_that_a_page_shows_survives_json() -> None:
    own = of_arrays([[i, i**2] for i in range(1, 8)], np.arange(1.0, 8.0))
    told = json.loads(json.dumps(own.to_json()))
    assert told["columns"] == ["x", "y", "label"]
    assert told["scaling"] == {"offsets": [4.0, 25.0], "factors": [0.9 / 3, 0.9 / 24], "decimals": [6, 6]}
    assert told["value_scaling"] == {"offsets": [4.0], "factors": [0.9 / 3], "decimals": [6]}
    assert told["points"] == own.knobs()["points"]


def test_knobs_hold_the_units_and_make_the_same_points_in_a_config() -> None:
    own = of_arrays([[i, i**2] for i in range(1, 13)], np.arange(0.5, 12.5))
    knobs = own.knobs()
    assert knobs["units"] == [6.5, 0.9 / 5.5, 6, 72.5, 0.9 / 71.5, 6, 6.0, 0.9 / 5.5, 6]
    built = in_config(own)
    assert (built.scaling, built.value_scaling) == (own.scaling, own.value_scaling)
    assert "train_share" not in knobs
    assert of_arrays([[i, i**2] for i in range(1, 10)], list("ababababa")).knobs()["train_share"] == 1.0


def test_classes_keep_their_names_in_the_config_and_stay_apart() -> None:
    long = "a very long label that no legend on any page has room for"
    own = of_arrays([[-1, -1], [-1, 1], [1, 1], [1, -1]], [long + " 1", "b", long + " 2", "b"])
    names = own.knobs()["names"]
    assert names == ["a very long label that no legend on any…", "b", "a very long label that no legend on (2)"]
    assert all(len(name) <= 40 for name in names)
    assert own.classes == (long + " 1", "b", long + " 2")


@pytest.mark.parametrize(
    ("labels", "task", "key"),
    [
        ([0, 1] * 12, "classification", None),
        ([0, 1, 2] * 8, "classification", "note.whole_labels"),
        (list(range(8)) * 3, "classification", "note.whole_labels"),
        (list(range(9)) * 3, "regression", "note.whole_values"),
        ([1, 2, 3, 4, 5, 6, 7], "regression", "note.few_whole_values"),
        ([0.5, 1.5, 2.5] * 8, "classification", "note.few_numbers"),
        ([-0.5, 0.5] * 12, "classification", "note.few_numbers"),
        (["1", "2", "3", "unknown"] * 6, "classification", None),
        ([n / 4 + 0.1 for n in range(7)] * 3, "regression", None),
        (list("abcdefgh") * 3, "classification", None),
    ],
)
def test_what_labels_are_is_decided_and_said(labels: list[Any], task: str, key: str | None) -> None:
    own = of_arrays([[i / len(labels) * 2 - 1, i % 5 / 2 - 1] for i in range(len(labels))], labels)
    assert own.task == task
    told = [said.sentence.key for said in own.notes if "label" in said.values and "count" in said.values]
    assert told == ([] if key is None else [key])
    if key in ("note.whole_labels", "note.few_whole_values", "note.few_numbers"):
        other = "regression" if task == "classification" else "classification"
        assert of_arrays([[i, i % 5] for i in range(len(labels))], labels, other).task == other  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("1", "01", True),
        ("0.1", "0.10", True),
        ("12345678901234567890", "12345678901234567891", True),
        ("1", "2", False),
    ],
)
def test_labels_that_are_one_number_are_said_to_be_one_class(one: str, other: str, alike: bool) -> None:
    rows = "".join(f"{n / 10},{n % 3},{label}\n" for n, label in enumerate([one, "7", other, "7"] * 3))
    own = read_points(f"x,y,label\n{rows}", "classification")
    told = [said.text for said in own.notes if said.sentence.key == "note.same_number"]
    assert told == (
        [f"The labels '{one}' and '{other}' are read as the same number, and are one class."] if alike else []
    )


@pytest.mark.parametrize(
    ("x", "y", "told"),
    [
        ([0.0, 1e-320, 2e-320, 5e-320], [0.0, 3e-320, 1e-320, 0.0], ["x", "y"]),
        ([0.0, 1.0, 2.0, 3.0], [0.0, 1e-320, 3e-320, 2e-320], ["y"]),
        ([1e-308, 2e-308, 3e-308, 4e-308], [0.0, 1.0, 2.0, 3.0], ["x"]),
        ([1e-307, 2e-307, 3e-307, 4e-307], [0.0, 1.0, 2.0, 3.0], []),
        ([7.0, 7.0, 7.0, 7.0], [0.0, 1.0, 2.0, 3.0], []),
    ],
)
def test_numbers_that_no_scaling_brings_apart_are_said_to_be_one(
    x: list[float], y: list[float], told: list[str]
) -> None:
    """0.9 divided by half of so small a span is no finite number, and what is learnt is float32."""
    own = of_arrays(np.column_stack([x, y]), ["a", "b"] * 2)
    flat = [said.values["column"] for said in own.notes if said.sentence.key == "note.no_span"]
    assert flat == told
    scaled = any(said.sentence.key.startswith("note.scaled") for said in own.notes)
    assert scaled == (len(told) < 2)
    values = of_arrays([[0, 0], [1, 1], [2, 2], [3, 3]], x, "regression")
    assert ("x" in told) == any(said.sentence.key == "note.no_span" for said in values.notes)
    # Nothing is lost for all that.
    assert [own.scaling.original(point[0], 0) for point in own.points] == x


KNOB = Knob("points", "Points", "points", SQUARE, 4, 6, sentence="Points.")


def test_the_knob_keeps_points_as_they_are_in_frozen_form() -> None:
    kept = KNOB.check([[-1, -1.0, 0], [-1, 1, 1], (1, 1, 0), [1, -1, 1.0]], "p")
    assert kept == SQUARE
    assert hash(kept) == hash(SQUARE)
    assert KNOB.check(json.loads(json.dumps(kept)), "p") == kept
    assert all(type(number) is float for point in kept for number in point)


def test_the_knob_survives_json() -> None:
    assert Knob.from_json(json.loads(json.dumps(KNOB.to_json()))) == KNOB


@pytest.mark.parametrize(
    ("value", "kind", "sentence"),
    [
        ("text", WrongType, "p: must be a list of points [x, y, label], not 'text'"),
        (None, WrongType, "p: must be a list of points [x, y, label], not null"),
        ([[0, 0, 0]] * 3, OutOfRange, "p: must hold from 4 to 6 points, not 3"),
        ([[0, 0, 0]] * 7, OutOfRange, "p: must hold from 4 to 6 points, not 7"),
        ([3] * 4, WrongType, "p[0]: must be three numbers, x, y and label, not 3"),
        ([*SQUARE, [0, 0]], WrongType, "p[4]: must be three numbers, x, y and label, not [0, 0]"),
        ([*SQUARE, [0, 0, "a"]], WrongType, "p[4]: must be three numbers, x, y and label, not [0, 0, 'a']"),
        ([*SQUARE, [0, True, 0]], WrongType, "p[4]: must be three numbers, x, y and label, not [0, True, 0]"),
        ([*SQUARE, [0, 1.5, 0]], OutOfRange, "p[4]: must lie in the square, x and y from -1 to 1, not at [0, 1.5]"),
        (
            [*SQUARE, [math.nan, 0, 0]],
            OutOfRange,
            "p[4]: must lie in the square, x and y from -1 to 1, not at [nan, 0]",
        ),
        ([*SQUARE, [0, 0, math.inf]], OutOfRange, "p[4]: must have a label that is finite, not inf"),
        ([*SQUARE, [0, 0, 10**400]], OutOfRange, None),
        ([*SQUARE, [10**400, 0, 0]], OutOfRange, None),
    ],
)
def test_the_knob_refuses_what_is_no_list_of_points(
    value: object, kind: type[InputError], sentence: str | None
) -> None:
    with pytest.raises(kind) as caught:
        KNOB.check(value, "p")
    assert sentence is None or str(caught.value) == sentence
