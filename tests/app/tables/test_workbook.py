"""Workbooks; what they become stands in tests/golden/tables."""

import datetime
import io
import random
import zipfile

import openpyxl
import pytest

from app.errors import TooLarge
from app.tables.workbook import MOST_BYTES, read_workbook
from nncore.errors import InputError


def workbook(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_cells_are_written_as_people_would() -> None:
    day = datetime.date(2026, 3, 1)
    grid = read_workbook(
        workbook([[1, 2.0, 0.1, True, " a ", None, day], [None], [3, None, None, None, None, None, "z"]])
    )
    assert [row.line for row in grid.rows] == [1, 3]
    assert grid.rows[0].cells == ("1", "2", "0.1", "true", "a", "", "2026-03-01")


def test_what_would_unpack_to_too_much_is_refused_before_it_is_unpacked() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "x")
        packed.writestr("xl/worksheets/sheet1.xml", b" " * (MOST_BYTES + 1))
    with pytest.raises(TooLarge):
        read_workbook(file.getvalue())


def test_a_broken_workbook_is_refused_whatever_is_broken() -> None:
    whole = bytearray(workbook([["x", "y", "label"], [1, 2, "a"], [3, 4, "b"]]))
    rng = random.Random(0)
    refused = 0
    for _ in range(60):
        broken = bytes(whole[: rng.randrange(len(whole))])
        spoilt = bytearray(whole)
        for _ in range(8):
            spoilt[rng.randrange(len(spoilt))] = rng.randrange(256)
        for data in (broken, bytes(spoilt)):
            try:
                read_workbook(data)
            except InputError:
                refused += 1
    assert refused > 60


def test_a_workbook_without_cells_is_refused() -> None:
    with pytest.raises(InputError, match="no sheet with anything in it"):
        read_workbook(workbook([]))
