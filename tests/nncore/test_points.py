"""Own points: what a reader may write, what comes of it, and what each mistake is told."""

import json
import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nncore.datasets import DATASETS
from nncore.errors import InputError, OutOfRange, UnknownName, WrongType
from nncore.points import MOST_POINTS, Scaling, of_arrays, read_csv
from nncore.spec import Knob

PLAIN = "-1,-1,a\n-1,1,b\n1,1,a\n1,-1,b\n"
SQUARE = ((-1.0, -1.0, 0.0), (-1.0, 1.0, 1.0), (1.0, 1.0, 0.0), (1.0, -1.0, 1.0))


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        PLAIN.rstrip("\n"),
        "\ufeff" + PLAIN,
        "x,y,label\n" + PLAIN,
        "\ufeffx,y,label\n" + PLAIN,
        '"x, to the right","y","label"\n' + PLAIN,
        "\n \n" + PLAIN.replace("\n", "\n\n,,\n"),
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace("\n", "\r"),
        PLAIN.replace(",", " , "),
        PLAIN.replace("\n", ",,\n"),
        PLAIN.replace("a", '"a"').replace("-1", '"-1"'),
        PLAIN.replace("-", "\N{MINUS SIGN}"),
        PLAIN.replace("1", "1.").replace(",1", ",+1"),
        PLAIN.replace("1", "0.1e1").replace("-1", "-10E-1"),
        PLAIN.replace(",", ";"),
        PLAIN.replace(",", "\t"),
        PLAIN.replace(",", ";").replace("1", "1,0"),
        PLAIN.replace(",", "\t").replace("1", "1,0e0"),
        PLAIN.replace(",", ";").replace("1", "1.0"),
    ],
)
def test_the_same_table_in_many_hands(text: str) -> None:
    own = read_csv(text)
    assert own.points == SQUARE
    assert (own.task, own.classes) == ("classification", ("a", "b"))


def test_a_name_may_hold_what_else_sets_columns_apart() -> None:
    own = read_csv('length;width;"kind; said ""so"""\n' + PLAIN.replace(",", ";").replace("a", '"a;\na"'))
    assert own.columns == ("length", "width", 'kind; said "so"')
    assert own.classes == ("a;\na", "b")
    assert own.points == SQUARE


def test_without_a_header_columns_have_plain_names() -> None:
    assert read_csv(PLAIN).columns == ("x", "y", "label")


def table(labels: Sequence[object]) -> str:
    return "".join(f"{index},{index**2},{label}\n" for index, label in enumerate(labels))


@pytest.mark.parametrize(
    ("labels", "classes", "numbers"),
    [
        ("baab", ("b", "a"), [0, 1, 1, 0]),
        (["2", "1", "1.0", "10"], ("1", "2", "10"), [1, 0, 0, 2]),
        (["2", "one", "2", "1"], ("2", "one", "1"), [0, 1, 0, 2]),
        (["0.5", "-0.5", "0.5", "0"], ("-0.5", "0", "0.5"), [2, 0, 2, 1]),
        ([5, 4, 3, 2, 1], ("1", "2", "3", "4", "5"), [4, 3, 2, 1, 0]),
    ],
)
def test_few_labels_are_classes_numbers_by_size_and_names_as_they_come(
    labels: Sequence[object], classes: tuple[str, ...], numbers: list[int]
) -> None:
    own = read_csv(table(labels))
    assert (own.task, own.classes, own.value_scaling) == ("classification", classes, None)
    assert [point[2] for point in own.points] == numbers


def test_many_numbers_are_values_scaled_as_the_places_are() -> None:
    own = read_csv(table([10, 20, 30, 40, 50, 60, 60.5]))
    assert (own.task, own.classes) == ("regression", ())
    assert own.value_scaling == Scaling((35.25,), 0.9 / 25.25)
    assert [point[2] for point in own.points] == [-0.9, -0.543564, -0.187129, 0.169307, 0.525743, 0.882178, 0.9]


def test_a_reader_may_decide_what_labels_are() -> None:
    assert read_csv(table([0, 1, 0, 1]), "regression").task == "regression"
    assert read_csv(table([3, 4, 5, 3]), "regression").points[0][2] == -0.9
    with pytest.raises(OutOfRange, match=r"^line 7: brings one class too many, '7', to '1', '2', '3', '4', '5', '6'"):
        read_csv(table([1, 2, 3, 4, 5, 6, 7]), "classification")
    with pytest.raises(UnknownName, match="known are classification, regression"):
        read_csv(PLAIN, "clustering")  # type: ignore[arg-type]  # what a page may send


HEADED = "x;y;label\n\n0;0;a\n"


@pytest.mark.parametrize(
    ("text", "kind", "sentence"),
    [
        ("", OutOfRange, "line 1: is not there; at least 4 points are needed, each as x, y and label"),
        ("\n\n", OutOfRange, "line 1: is not there; at least 4 points are needed, each as x, y and label"),
        ("x,y,label\n", OutOfRange, "line 1: ends the points at 0; at least 4 are needed"),
        (HEADED, OutOfRange, "line 3: ends the points at 1; at least 4 are needed"),
        (HEADED + "1;2\n", WrongType, "line 4: must have three columns, x, y and label, not 2"),
        (HEADED + "1;2;3;4\n", WrongType, "line 4: must have three columns, x, y and label, not 4"),
        (HEADED + "one;2;a\n", WrongType, "line 4: must have a number as its x, such as -1.5, not 'one'"),
        (HEADED + "1;1.000,5;a\n", WrongType, "line 4: must have a number as its y, such as -1.5, not '1.000,5'"),
        (HEADED + "1;;a\n", WrongType, "line 4: must have a number as its y, such as -1.5, not ''"),
        (HEADED + "nan;1;a\n", WrongType, "line 4: must have a number as its x, such as -1.5, not 'nan'"),
        (HEADED + "1_0;1;a\n", WrongType, "line 4: must have a number as its x, such as -1.5, not '1_0'"),
        (HEADED + "1;1e999;a\n", OutOfRange, "line 4: must have a finite number as its y, not '1e999'"),
        (HEADED + "1;2;\n", WrongType, "line 4: must have a label in its third column, which is empty"),
        (HEADED + '1;2;"a\nb\nc', InputError, "line 4: must be a row as CSV has it: unexpected end of data"),
        (HEADED + '1;2;"a\nb"\n1;2', WrongType, "line 6: must have three columns, x, y and label, not 2"),
        ("1.o,2,a\n" + PLAIN, WrongType, "line 1: must have a number as its x, such as -1.5, not '1.o'"),
        (
            "1,5,2,5,a\n",
            WrongType,
            "line 1: must have three columns, x, y and label, not 5; "
            "numbers with a decimal comma need semicolons or tabs between them",
        ),
        (table("aaaa"), OutOfRange, "line 4: ends points of one class, 'a'; 2 to 6 are allowed"),
        (
            table("abcdefg"),
            OutOfRange,
            "line 7: brings one class too many, 'g', to 'a', 'b', 'c', 'd', 'e', 'f', all 6 that are allowed",
        ),
        (
            table([1, 2, 3, 4, "five", 6, 7]),
            WrongType,
            "line 5: must have a number as its label, as it is a value, not 'five'",
        ),
        (
            table([1, 2, 3, 4, 5, 6, "1e999"]),
            OutOfRange,
            "line 7: must have a finite number as its label, not '1e999'",
        ),
        (table([0, 1] * 2501), OutOfRange, "line 5001: is one point too many; at most 5000 are allowed"),
    ],
)
def test_a_mistake_is_one_sentence_that_names_its_line(text: str, kind: type[InputError], sentence: str) -> None:
    with pytest.raises(kind) as caught:
        read_csv(text)
    assert str(caught.value) == sentence


def test_as_many_points_as_are_allowed_are_read() -> None:
    assert len(read_csv(table([0, 1] * (MOST_POINTS // 2))).points) == MOST_POINTS


@given(st.text(st.sampled_from('1-.,;\t"\n\r aexy\ufeff'), max_size=60))
@example('"')
@example('1,2,"a" b\n')
def test_any_text_is_read_or_refused_in_a_sentence(text: str) -> None:
    refused = ""
    try:
        DATASETS.build("own", read_csv(text).knobs())
    except InputError as error:
        refused = error.path
    assert not refused or refused.startswith("line ")


numbers = st.floats(allow_nan=False, allow_infinity=False)


@given(st.lists(st.tuples(numbers, numbers), min_size=4, max_size=20), st.lists(numbers, min_size=20, max_size=20))
@example([(1.7e308, 0.0), (-1.7e308, 0.0), (0.0, 0.0), (0.0, 0.0)], [1.7e308, -1.7e308] * 10)
@example([(5e-324, 0.0), (0.0, 0.0), (0.0, 0.0), (0.0, 0.0)], [0.0] * 20)
def test_any_finite_numbers_come_to_lie_in_the_square(places: list[tuple[float, float]], values: list[float]) -> None:
    own = of_arrays(np.array(places), np.array(values[: len(places)]), "regression")
    assert all(abs(number) <= 1 for point in own.points for number in point)
    DATASETS.build("own", own.knobs())


def test_scaling_keeps_shapes_fills_the_square_and_can_be_undone() -> None:
    places = [(100.0, 7.0), (140.0, 17.0), (120.0, 12.0), (100.0, 17.0)]
    own = of_arrays(places, ["a", "b", "a", "b"])
    assert own.scaling == Scaling((120.0, 12.0), 0.9 / 20)
    assert [point[:2] for point in own.points] == [(-0.9, -0.225), (0.9, 0.225), (0.0, 0.0), (-0.9, 0.225)]
    for (x, y, _), place in zip(own.points, places, strict=True):
        assert (own.scaling.original(x, 0), own.scaling.original(y, 1)) == pytest.approx(place)


@pytest.mark.parametrize(("reach", "stays"), [(0.75, True), (1.0, True), (0.74, False), (1.01, False), (1e-6, False)])
def test_what_fills_the_square_already_stays(reach: float, stays: bool) -> None:
    scaling = Scaling.fitting([-reach, reach], [0.0, reach / 2])
    assert (scaling.factor == 1) == stays
    assert scaling.scaled(reach) == pytest.approx(reach if stays else 0.9)


def test_points_all_in_one_place_lie_in_the_middle() -> None:
    own = of_arrays([[3.0, 4.0]] * 4, [0, 1, 0, 1])
    assert own.scaling == Scaling((3.0, 4.0), 1.0)
    assert {point[:2] for point in own.points} == {(0.0, 0.0)}


def test_arrays_give_what_the_same_table_gives() -> None:
    own = of_arrays(np.array([[-1, -1], [-1, 1], [1, 1], [1, -1]]), np.array(["a", "b", "a", "b"]))
    assert own == read_csv(PLAIN)
    values = of_arrays([[i, i**2] for i in range(7)], np.arange(7.0))
    assert values == read_csv(table(range(7)))


@pytest.mark.parametrize(
    ("x", "labels", "sentence"),
    [
        ([1.0, 2.0], [0, 1], "x: must be numbers of shape (n, 2), not float64 of shape (2,)"),
        ([["a", "b"]], [0], "x: must be numbers of shape (n, 2), not <U1 of shape (1, 2)"),
        ([[1, 2]] * 4, [0, 1, 0], "labels: must have shape (4,) as x has that many rows, not (3,)"),
        ([[1, 2], [math.nan, 1]], [0, 1], "row 1: must have finite x and y, not nan and 1.0"),
        ([[1, 2], [2, 1]], [0, math.inf], "row 1: must have a finite number as its label, not inf"),
        ([[1, 2], [2, 1]], [0, 1], "row 1: ends the points at 2; at least 4 are needed"),
        (np.zeros((0, 2)), [], "x: ends the points at 0; at least 4 are needed"),
        ([[1, 2]] * 5001, [0] * 5001, "row 5000: is one point too many; at most 5000 are allowed"),
    ],
)
def test_a_mistake_in_arrays_names_its_row(x: Any, labels: Any, sentence: str) -> None:
    with pytest.raises(InputError) as caught:
        of_arrays(x, labels)
    assert str(caught.value) == sentence


def test_all_that_a_page_shows_survives_json() -> None:
    own = read_csv("a;b;c\n" + table([1, 2, 3, 4, 5, 6, 7]).replace(",", ";"))
    told = json.loads(json.dumps(own.to_json()))
    assert told["columns"] == ["a", "b", "c"]
    assert told["scaling"] == {"offsets": [3.0, 18.0], "factor": 0.9 / 18}
    assert told["value_scaling"] == {"offsets": [4.0], "factor": 0.9 / 3}
    assert {"points": told["points"], "task": told["task"]} == own.knobs()


def test_classes_keep_their_names_in_the_config() -> None:
    long = "a very long label that no legend on any page has room for"
    own = read_csv(PLAIN.replace("b", long))
    assert own.knobs()["names"] == ["a", "a very long label that no legend on any…"]
    assert own.classes == ("a", long)
    built = DATASETS.build("own", own.knobs())
    assert built.class_names == tuple(own.knobs()["names"])


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
        ([[0, 0, 0]] * 3, OutOfRange, "p: must hold a number of points from 4 to 6, not 3"),
        ([[0, 0, 0]] * 7, OutOfRange, "p: must hold a number of points from 4 to 6, not 7"),
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


@pytest.mark.parametrize("cell", ["1" * 16_000, "1" * 16_000 + "x", "." + "1" * 401])
def test_digits_without_end_are_no_number(cell: str) -> None:
    with pytest.raises(WrongType) as caught:
        read_csv(f"1,2,a\n{cell},0,b\n3,4,a\n5,6,b\n")
    assert caught.value.path == "line 2"
    assert caught.value.sentence.key == "refused.no_number"


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ('"\'=HYPERLINK(""http://a.example"",""b"")"', '=HYPERLINK("http://a.example","b")'),
        ("'+1+2", "+1+2"),
        ("'-x", "-x"),
        ("'@SUM(A1)", "@SUM(A1)"),
        ("''=1+1", "'=1+1"),
        ("-1.5", "-1.5"),
        ("it's", "it's"),
        ("'quoted'", "'quoted'"),
        ("=1+1", "=1+1"),
    ],
)
def test_a_name_that_would_be_a_formula_comes_back_as_the_page_wrote_it(cell: str, name: str) -> None:
    """The left side is what static/js/model/own_points.js writes for the right side, as its own test says."""
    own = read_csv(f"0,0,{cell}\n0,1,other\n1,0,{cell}\n1,1,other\n")
    assert set(own.classes) == {name, "other"}
