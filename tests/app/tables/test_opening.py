"""Tables as people have them (tests/golden/tables) become what is written beside each, or are refused at its place.

Every expected value is written by hand, in the reader's own numbers and names.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from app.tables.opening import OTHERS, open_table
from nncore.errors import InputError, WrongType
from nncore.points import OwnPoints
from nncore.tables import choose, make_points, make_table

FOLDER = Path(__file__).parents[2] / "golden" / "tables"
TABLES = sorted(path for path in FOLDER.iterdir() if path.with_name(f"{path.name}.json").exists())


def read(path: Path, asked: dict[str, Any]) -> dict[str, Any]:
    """What is made of the table, in the words of the file beside it."""
    opened = open_table(path.read_bytes(), asked.get("encoding", ""))
    table = make_table(opened.grid, header=asked.get("header"), decimal=asked.get("decimal", ""))
    choice = choose(table, (asked.get("x"), asked.get("y"), asked.get("label")))
    reading = make_points(table, choice, asked.get("task"))
    own = reading.own
    return {
        "encoding": opened.encoding,
        "columns": list(own.columns),
        "kinds": [column.kind for column in table.columns],
        "doubtful": choice.doubtful,
        "rows": originals(own),
        "task": own.task,
        "classes": list(own.classes),
        "skipped": list(reading.skipped),
        "notes": [said.sentence.key for said in (*opened.notes, *table.notes, *reading.notes)],
        "split": own.trained,
        "exact": own.scaling.factors == (1.0, 1.0),
        "reach": [max(abs(point[axis]) for point in own.points) for axis in (0, 1)],
    }


def originals(own: OwnPoints) -> list[list[Any]]:
    """The points as their reader knows them."""

    def label(value: float) -> Any:
        return own.value_scaling.original(value) if own.value_scaling else own.classes[int(value)]

    return [[own.scaling.original(x, 0), own.scaling.original(y, 1), label(value)] for x, y, value in own.points]


def test_there_are_many_tables() -> None:
    assert len(TABLES) >= 60


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_a_table_is_read_right_or_refused_at_its_place(path: Path) -> None:
    expected = json.loads(path.with_name(f"{path.name}.json").read_text(encoding="utf-8"))
    asked, refused = expected.pop("ask", {}), expected.pop("refused", None)
    expected.pop("says")
    if refused is not None:
        with pytest.raises(InputError) as caught:
            read(path, asked)
        assert (caught.value.path, caught.value.sentence.key) == (refused["path"], refused["key"])
        assert dict(caught.value.values) == refused.get("values", dict(caught.value.values))
        return
    found = read(path, asked)
    assert set(expected.pop("notes", [])) <= set(found["notes"])
    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize(("beginning", "kind"), OTHERS)
def test_what_is_no_table_is_called_by_its_name(beginning: bytes, kind: str) -> None:
    with pytest.raises(WrongType) as caught:
        open_table(beginning + b"...")
    assert caught.value.values == {"kind": kind}
