"""A table becomes the knobs of own points, or a refusal with the table beside it; the server's limits hold."""

import json
from typing import Any

import pytest

from app.jobs.tasks.table import work
from app.settings import Settings
from nncore.errors import UnknownName, WrongType

TABLE = "length;width;kind\n1,5;2,0;low\n2,5;4,0;high\n3,5;3,0;low\n0,5;1,0;high\n"


def answer(table: str | bytes, settings: Settings | None = None, **asked: str) -> tuple[int, dict[str, Any]]:
    data = table if isinstance(table, bytes) else table.encode()
    status, _, body = work(json.dumps(asked).encode() + b"\n" + data, settings or Settings()).partition(b"\n")
    return int(status), json.loads(body)


def test_a_table_becomes_knobs() -> None:
    status, told = answer(TABLE)
    assert status == 200
    assert told["knobs"]["points"] == [[-0.3, -0.3, 0.0], [0.3, 0.9, 1.0], [0.9, 0.3, 0.0], [-0.9, -0.9, 1.0]]
    assert told["columns"] == ["length", "width", "kind"]
    assert told["scaling"]["offsets"] == [2.0, 2.5]
    assert told["scaling"]["factors"] == pytest.approx([0.6, 0.6])


def test_what_is_in_the_table_stands_beside_the_points() -> None:
    _, told = answer(
        "id;a;b;c;kind\n1;1,5;2,0;7;low\n2;2,5;4,0;7;high\n3;3,5;NA;7;low\n4;0,5;1,0;7;high\n5;1;1;7;low\n"
    )
    table = told["table"]
    assert [column["kind"] for column in table["columns"]] == ["row_number", "number", "number", "constant", "text"]
    assert table["chosen"] == {"x": 1, "y": 2, "label": 4, "split": None}
    assert (table["doubtful"], table["rows"], table["decimal"]) == (False, 5, "comma")
    assert table["preview"][2] == ["3", "3,5", "NA", "7", "low"]
    assert table["lines"] == [2, 3, 4, 5, 6]
    assert [row for row, gaps in enumerate(table["preview_gaps"]) if gaps] == [2]
    assert table["skipped"] == {"count": 1, "lines": [4]}
    assert [note["key"] for note in table["notes"]] == ["note.skipped", "note.scaled", "note.few_points"]


def test_columns_may_be_chosen_by_name_or_number() -> None:
    table = "a,b,c,kind\n" + "".join(f"{n},{n * n % 5},{n % 3},{'uv'[n % 2]}\n" for n in range(1, 9))
    assert answer(table)[1]["table"]["doubtful"]
    for asked in ({"x": "c", "y": "a", "label": "kind"}, {"x": "3", "y": "1", "label": "4"}):
        _, told = answer(table, None, **asked)
        assert told["columns"] == ["c", "a", "kind"]
        assert not told["table"]["doubtful"]
    status, told = answer(table, None, x="nothing")
    assert (status, told["path"], told["known"]) == (422, "x", ["a", "b", "c", "kind"])


def test_a_refused_table_can_be_looked_at() -> None:
    status, told = answer(TABLE.replace("4,0", "four"))
    assert (status, told["path"], told["key"]) == (422, "line 3", "refused.no_number")
    assert told["message"] == "line 3: must have a number as its width, such as -1.5, not 'four'"
    assert told["values"] == {"axis": "width", "column": 2, "value": "'four'"}
    assert told["table"]["preview"][1] == ["2,5", "four", "high"]


def test_the_task_may_be_said() -> None:
    table = "0,0,1\n0,1,2\n1,0,1\n1,1,3\n"
    assert answer(table)[1]["table"]["tasks"] == ["classification", "regression"]
    assert answer(table, None, task="regression")[1]["knobs"]["task"] == "regression"
    status, told = answer(table, None, task="clustering")
    assert (status, told["known"]) == (422, ["classification", "regression"])


@pytest.mark.parametrize(("name", "known"), [("header", "yes, no"), ("decimal", "point, comma"), ("sample", "no, yes")])
def test_an_unknown_word_is_refused_with_the_known_ones(name: str, known: str) -> None:
    with pytest.raises(UnknownName, match=f"available: {known}"):
        answer(TABLE, None, **{name: "perhaps"})


def test_too_many_points_are_refused_or_sampled_fairly() -> None:
    rows = "".join(f"{n},{n % 7},{'aab'[n % 3]}\n" for n in range(300))
    status, told = answer(rows, Settings(points=30))
    assert (status, told["key"], told["values"]) == (422, "refused.too_many_points", {"count": 300, "high": 30})
    status, told = answer(rows, Settings(points=30), sample="yes")
    labels = [label for _, _, label in told["knobs"]["points"]]
    assert (status, labels.count(0), labels.count(1)) == (200, 20, 10)
    assert told["table"]["sampled_from"] == 300
    assert answer(rows, Settings(points=30), sample="yes")[1] == told


def test_the_server_s_classes_hold() -> None:
    rows = "".join(f"0,{index},{'abc'[index]}\n1,{index},{'abc'[index]}\n" for index in range(3))
    status, told = answer(rows, Settings(classes=2))
    assert (status, told["message"]) == (422, "the table has 3 classes; this server allows at most 2")


def test_what_is_no_table_is_refused() -> None:
    with pytest.raises(WrongType, match="this is a PDF"):
        answer(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
