"""Tables of text: what a reader may write, what comes of it, and what each mistake is told."""

import math
from collections.abc import Sequence

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from nncore.config import Config
from nncore.errors import InputError, OutOfRange, UnknownName, WrongType
from nncore.points import MOST_POINTS
from nncore.scaling import Scaling
from nncore.tables import choose, make_points, read_points, read_table

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
    own = read_points(text)
    assert own.points == SQUARE
    assert (own.task, own.classes) == ("classification", ("a", "b"))


def test_a_name_may_hold_what_else_sets_columns_apart() -> None:
    own = read_points('length;width;"kind; said ""so"""\n' + PLAIN.replace(",", ";").replace("a", '"a;\na"'))
    assert own.columns == ("length", "width", 'kind; said "so"')
    assert own.classes == ("a;\na", "b")
    assert own.points == SQUARE


def test_without_a_header_columns_have_plain_names() -> None:
    assert read_points(PLAIN).columns == ("x", "y", "label")


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
    own = read_points(table(labels))
    assert (own.task, own.classes, own.value_scaling) == ("classification", classes, None)
    assert [point[2] for point in own.points] == numbers


def test_many_numbers_are_values_scaled_as_the_places_are() -> None:
    own = read_points(table([10, 20, 30, 40, 50, 60, 60.5]))
    assert (own.task, own.classes) == ("regression", ())
    assert own.value_scaling == Scaling((35.25,), (0.9 / 25.25,), (6,))
    assert [point[2] for point in own.points] == [-0.9, -0.543564, -0.187129, 0.169307, 0.525743, 0.882178, 0.9]


def test_a_reader_may_decide_what_labels_are() -> None:
    assert read_points(table([0, 1, 0, 1]), "regression").task == "regression"
    assert read_points(table([3, 4, 5, 3]), "regression").points[0][2] == -0.9
    assert len(read_points(table([1, 2, 3, 4, 5, 6, 7]), "classification").classes) == 7
    with pytest.raises(
        OutOfRange, match=r"^line 9: adds one class too many, '9', to '1', '2', '3', '4', '5', '6', '7'"
    ):
        read_points(table(range(1, 10)), "classification")
    with pytest.raises(UnknownName, match="available: classification, regression"):
        read_points(PLAIN, "clustering")  # type: ignore[arg-type]  # what a page may send


HEADED = "x;y;label\n\n0;0;a\n5;6;b\n"


@pytest.mark.parametrize(
    ("text", "kind", "sentence"),
    [
        ("", OutOfRange, "line 1: the table is empty; at least 4 points are needed, each as x, y and label"),
        ("\n\n", OutOfRange, "line 1: the table is empty; at least 4 points are needed, each as x, y and label"),
        (HEADED, OutOfRange, "line 4: only 2 points up to here; at least 4 are needed"),
        (HEADED + "1;2\n", WrongType, "line 5: must have 3 cells like the rest of the table, not 2"),
        (HEADED + "1;2;3;4\n", WrongType, "line 5: must have 3 cells like the rest of the table, not 4"),
        (HEADED + "one;2;a\n", WrongType, "line 5: must have a number as its x, such as -1.5, not 'one'"),
        (HEADED + "1;1.000,5.0;a\n", WrongType, "line 5: must have a number as its y, such as -1.5, not '1.000,5.0'"),
        (HEADED + "1_0;1;a\n", WrongType, "line 5: must have a number as its x, such as -1.5, not '1_0'"),
        (HEADED + "1;1e999;a\n", OutOfRange, "line 5: must have a finite number as its y, not '1e999'"),
        (HEADED + '1;2;"a\nb\nc', InputError, "line 5: is not a valid CSV row: unexpected end of data"),
        (HEADED + '1;2;"a\nb"\n1;2', WrongType, "line 7: must have 3 cells like the rest of the table, not 2"),
        ("1.o,2,a\n" + PLAIN, WrongType, "line 1: must have a number as its x, such as -1.5, not '1.o'"),
        (
            PLAIN + "1,5,2,5,a\n",
            WrongType,
            "line 5: must have 3 cells like the rest of the table, not 5; "
            "if numbers contain commas, separate them with semicolons or tabs, or put them in quotes",
        ),
        (table("aaaa"), OutOfRange, "line 4: all points up to here are of one class, 'a'; 2 to 8 classes are needed"),
        (
            table("abcdefghi"),
            OutOfRange,
            "line 9: adds one class too many, 'i', to 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'; at most 8 are allowed",
        ),
        (
            table([1.5, 2, 3, 4, "five", 6, 7]),
            WrongType,
            "line 5: must have a number as its label, because labels are values here, not 'five'",
        ),
        (
            table([1.5, 2, 3, 4, 5, 6, "1e999"]),
            OutOfRange,
            "line 7: must have a finite number as its label, not '1e999'",
        ),
        (
            table([0, 1] * 2501),
            OutOfRange,
            "the table has 5002 points; at most 5000 are allowed, but you can draw a sample of that many",
        ),
        ("1,2\n3,4\n", OutOfRange, "3 columns are needed, numbers for x and y and a label; this table has 2"),
    ],
)
def test_a_mistake_is_one_sentence_that_names_its_line(text: str, kind: type[InputError], sentence: str) -> None:
    with pytest.raises(kind) as caught:
        read_points(text)
    assert str(caught.value) == sentence


def test_as_many_points_as_are_allowed_are_read() -> None:
    assert len(read_points(table([0, 1] * (MOST_POINTS // 2))).points) == MOST_POINTS


@given(st.text(st.sampled_from('1-.,;\t"\n\r aexy\ufeff'), max_size=60))
@example('"')
@example('1,2,"a" b\n')
@example("[[")
@example("1 1:2\n")
@example("@attribute")
def test_any_text_is_read_or_refused_in_a_sentence(text: str) -> None:
    refused = ""
    try:
        Config.from_json({"data": {"name": "own", **read_points(text).knobs()}})
    except InputError as error:
        refused = error.path
    assert refused == "" or refused.startswith("line ")


@pytest.mark.parametrize("cell", ["1" * 16_000, "1" * 16_000 + "x", "." + "1" * 401])
def test_digits_without_end_are_no_number(cell: str) -> None:
    with pytest.raises(WrongType) as caught:
        read_points(f"1,2,a\n{cell},0,b\n3,4,a\n5,6,b\n")
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
    own = read_points(f"0,0,{cell}\n0,1,other\n1,0,{cell}\n1,1,other\n")
    assert set(own.classes) == {name, "other"}


LABELS = ("NA", "", "?", "a", "A", "ä", "Ä", "é", "猫", "-", "+", "=1+1", "# b", "a;b", 'say "x"', "a,b", "1", "none")
rows = st.lists(
    st.tuples(st.integers(-999, 999), st.decimals(-50, 50, places=2), st.sampled_from(LABELS)), min_size=4, max_size=12
)


def written(rows: Sequence[tuple[object, object, object]]) -> str:
    """CSV with every label in quotes, so that whatever stands in it is one cell."""
    lines = [f'{x},{y},"{str(label).replace(chr(34), chr(34) * 2)}"' for x, y, label in rows]
    return "\n".join(["u,v,name", *lines, ""])


@given(rows)
def test_every_row_is_accounted_for_and_no_two_labels_merge(rows: list[tuple[int, object, str]]) -> None:
    table = read_table(written(rows))
    assume(len(table.columns) == 3)
    assert len(table.rows) == len(rows)
    given_labels = {label for _, _, label in rows if label.casefold() not in ("na", "", "?")}
    try:
        reading = make_points(table, choose(table, ("u", "v", "name")), "classification")
    except InputError:
        return
    assert len(reading.own.points) + len(reading.skipped) == len(rows)
    assert len(reading.own.classes) == len(given_labels)
    kept = [(float(x), float(str(y))) for x, y, label in rows if label in given_labels]
    scaling = reading.own.scaling
    assert [(scaling.original(x, 0), scaling.original(y, 1)) for x, y, _ in reading.own.points] == kept


def test_a_sample_is_told_and_every_row_of_it_is_one_of_the_tables() -> None:
    table_ = read_table(table(["a", "b", "b", "b"] * 50))
    reading = make_points(table_, choose(table_), most=40, sample=True)
    labels = [label for _, _, label in reading.own.points]
    assert (labels.count(0.0), labels.count(1.0), reading.sampled_from) == (10, 30, 200)
    assert math.isfinite(sum(sum(point) for point in reading.own.points))
