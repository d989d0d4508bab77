"""How a column writes its numbers is decided by all of it."""

import pytest

from nncore.tables.notation import Kind, Mark, Notation, decide, kind_of


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        *(("12", "whole"), ("-7", "whole"), ("1e5", "whole"), ("1234", "long"), ("\N{MINUS SIGN}3", "whole")),
        *(("1.5", "decimal."), (".5", "decimal."), ("1.", "decimal."), ("0.125", "decimal."), ("1.5e-3", "decimal.")),
        *(("1,5", "decimal,"), ("0,125", "decimal,"), ("1234,5", "decimal,")),
        *(("1,234", "one,"), ("-1.234", "one."), ("1,234,567", "groups,"), ("1,234.5", "groups,")),
        *(("1.234.567", "groups."), ("1.234,5", "groups."), ("1 234", "spaced"), ("1'234.5", "spaced.")),
        *(("1 234,5", "spaced,"), ("1\u202f234,567", "spaced,"), ("1 23,5", "none")),
        *(("", "none"), ("nan", "none"), ("1_0", "none"), ("1,23,4", "none"), ("one", "none"), ("٣", "none")),
    ],
)
def test_what_a_cell_looks_like_by_itself(cell: str, kind: Kind) -> None:
    assert kind_of(cell) == kind


@pytest.mark.parametrize(
    ("cells", "hint", "notation"),
    [
        (["1.5", "2"], "", Notation(".", "")),
        (["1,5", "2"], "", Notation(",", "")),
        (["1,234", "950"], "", Notation(".", ",")),
        (["1,234", "950", "5000"], "", None),
        (["1,234", "2,345"], "", None),
        (["1,234", "2,345"], ",", Notation(",", "")),
        (["1,234", "2,345"], ".", Notation(".", ",")),
        (["1,234", "0,5"], "", Notation(",", "")),
        (["1,234", "1,234,567"], "", Notation(".", ",")),
        (["1.234", "2.345"], "", Notation(".", "")),
        (["1.234", "1.234.567"], "", Notation(",", ".")),
        (["1.234", "1,5"], "", Notation(",", ".")),
        (["1,234", "1.234"], "", None),
        (["1 234", "5"], "", Notation(".", " ")),
        (["1\u202f234,5", "5"], "", Notation(",", " ")),
        (["1 234,5", "2,345"], "", Notation(",", " ")),
        (["1'234.5", "2'345"], "", Notation(".", " ")),
    ],
)
def test_a_column_decides_by_all_of_its_cells(cells: list[str], hint: Mark, notation: Notation | None) -> None:
    assert decide(cells, hint) == notation


def test_points_between_semicolons_may_be_thousands() -> None:
    assert decide(["1.234", "950"], table_of_semicolons=True) is None
    assert decide(["1.234", "950"]) == Notation(".", "")


@pytest.mark.parametrize(
    ("notation", "cell", "number"),
    [
        (Notation(".", ","), "1,234,567.5", 1234567.5),
        (Notation(".", ","), "-1,200", -1200.0),
        (Notation(".", ","), "12,00", None),
        (Notation(",", "."), "1.234,5", 1234.5),
        (Notation(",", ""), "1,5e2", 150.0),
        (Notation(".", " "), "1\u00a0234", 1234.0),
        (Notation(",", " "), "1\u202f234,5", 1234.5),
        (Notation(), "1,5", None),
        (Notation(), "\N{MINUS SIGN}1.5", -1.5),
        (Notation(), "1e999", float("inf")),
        (Notation(), "9" * 401, None),
    ],
)
def test_a_cell_is_read_as_its_column_writes(notation: Notation, cell: str, number: float | None) -> None:
    assert notation.read(cell) == number
