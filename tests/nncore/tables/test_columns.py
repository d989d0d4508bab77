"""What each column is: its name, its kind, its ends and gaps."""

import pytest

from nncore.errors import OutOfRange
from nncore.tables import read_table
from nncore.tables.columns import MOST_COLUMNS, letters


def test_a_column_says_what_is_in_it() -> None:
    told = [
        column.to_json() for column in read_table("id,v,kind,unit,none\n1,2.5,a,cm,\n2,NA,b,cm,\n3,0.5,a,cm,\n").columns
    ]
    nothing = {"whole": False, "low": None, "high": None}
    assert told == [
        {"name": "id", "kind": "row_number", "distinct": 3, "gaps": 0, "whole": True, "low": 1.0, "high": 3.0},
        {"name": "v", "kind": "number", "distinct": 2, "gaps": 1, "whole": False, "low": 0.5, "high": 2.5},
        {"name": "kind", "kind": "text", "distinct": 2, "gaps": 0, **nothing},
        {"name": "unit", "kind": "constant", "distinct": 1, "gaps": 0, **nothing},
        {"name": "none", "kind": "empty", "distinct": 0, "gaps": 3, **nothing},
    ]


def test_columns_without_names_are_called_as_in_a_spreadsheet() -> None:
    assert [column.name for column in read_table("1,2,3,a\n4,5,6,b\n").columns] == ["A", "B", "C", "D"]
    assert [letters(number) for number in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


@pytest.mark.parametrize(("header", "rows"), [(None, 3), (True, 2), (False, 3)])
def test_a_reader_may_say_whether_there_is_a_header(header: bool | None, rows: int) -> None:
    assert len(read_table("0,1,2\n3,4,5\n6,7,8\n", header=header).rows) == rows


def test_too_many_columns_are_refused() -> None:
    with pytest.raises(OutOfRange, match=f"has 301 columns; at most {MOST_COLUMNS} can be read"):
        read_table(",".join(["1"] * (MOST_COLUMNS + 1)) + "\n")
