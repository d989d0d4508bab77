"""A workbook of Excel (.xlsx) as rows of cells: the first sheet that has any.

What it would unpack to is known from its directory before anything is unpacked. Formulas count as what they last gave.
Not here: older workbooks (.xls), which are refused.
"""

import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl
from openpyxl.utils import column_index_from_string

from app.errors import TooLarge
from nncore.errors import InputError, OutOfRange, WrongType
from nncore.sentence import Said, Sentence
from nncore.tables.columns import MOST_COLUMNS, WIDE, letters
from nncore.tables.grid import MOST_CELLS, Grid, Room, Row

_NO_WORKBOOK = Sentence("refused.no_workbook", "this is not an Excel workbook that can be read; save the table as CSV")
_BOMB = Sentence(
    "refused.large_workbook",
    "this workbook unpacks to more than the {limit} bytes allowed; save the table as CSV",
)
_EMPTY = Sentence("refused.empty_workbook", "this workbook has no sheet with anything in it")
_NO_RESULT = Sentence(
    "refused.no_result",
    "column {axis} has a formula here, and the file does not hold its result; open the workbook in a spreadsheet "
    "program, save it, and try again",
)
_SPREAD = Sentence(
    "note.merged",
    "Merged cells have their value in each of their rows: in column {column}, {value} in lines {line} to {last}, and "
    "likewise wherever else cells of a column are merged.",
)
_SHEET = Sentence("note.sheet", "Read sheet {name}, the first of {count}.")

BEGINNING = b"PK\x03\x04"
MOST_BYTES = 60_000_000
"""What all parts may unpack to together."""
MOST_PARTS = 1000
MOST_PADDED = 5 * MOST_CELLS
"""Cells beside those that are filled: a sheet may name one far away and so have many empty ones."""


_MERGED = re.compile(r'mergeCell ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')


def is_workbook(data: bytes) -> bool:
    """Whether it begins as .xlsx does, and all that is packed so."""
    return data.startswith(BEGINNING)


def read_workbook(data: bytes) -> Grid:
    """The rows of the first sheet with cells. Raises TooLarge where it unpacks to too much."""
    _require_small(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = book.worksheets
        for sheet in sheets:
            sheet.reset_dimensions()
            rows = _rows(sheet.iter_rows(values_only=True))
            if rows:
                _require_results(data, sheet.title, rows)
                notes = [Said(_SHEET, {"name": sheet.title, "count": len(sheets)})] if len(sheets) > 1 else []
                rows = _spread(rows, _merged(sheet), notes)
                return Grid("xlsx", rows, decimal=".", notes=tuple(notes))
    except (InputError, MemoryError):
        raise
    except Exception:  # noqa: BLE001  # its reader raises whatever a broken file makes it stumble over
        raise WrongType("", _NO_WORKBOOK) from None
    raise WrongType("", _EMPTY)


def _require_results(data: bytes, sheet: str, rows: Sequence[Row]) -> None:
    """Refuse formulas without the result that they last gave: programs write such workbooks, and gaps they are not."""
    gaps = {row.line: [number for number, cell in enumerate(row.cells) if not cell] for row in rows}
    gaps = {line: numbers for line, numbers in gaps.items() if numbers}
    if not gaps:
        return
    written = openpyxl.load_workbook(io.BytesIO(data), read_only=True)[sheet]
    written.reset_dimensions()
    for line, values in enumerate(written.iter_rows(max_row=max(gaps), values_only=True), 1):
        for number in gaps.get(line, ()):
            # A formula may have given an empty text, which it says.
            if number < len(values) and isinstance(values[number], str) and values[number].startswith("="):
                raise WrongType(f"line {line}", _NO_RESULT, axis=letters(number), column=number + 1)


def _merged(sheet: Any) -> list[tuple[int, int, int]]:
    """The cells of one column that are merged into one: the column from 0, the first line and the last."""
    # What reads row by row passes over them. They stand behind the rows.
    with sheet._get_source() as source:
        behind = source.read().rpartition(b"sheetData>")[2].decode("utf-8", "replace")
    found = _MERGED.findall(behind)
    return [
        (column_index_from_string(left) - 1, int(top), int(last)) for left, top, right, last in found if left == right
    ]


def _spread(rows: tuple[Row, ...], merged: Sequence[tuple[int, int, int]], notes: list[Said]) -> tuple[Row, ...]:
    """The rows with the value of merged cells in each line that they reach over; a note says so."""
    lines = {row.line: list(row.cells) for row in rows}
    if sum(min(last, rows[-1].line) - top for _, top, last in merged) > MOST_PADDED:
        # Honest ones do not overlap.
        raise WrongType("", _NO_WORKBOOK)
    for column, top, last in merged:
        value = lines[top][column] if top in lines and column < len(lines[top]) else ""
        span = range(top + 1, min(last, rows[-1].line) + 1) if value else range(0)
        below = [line for line in span if line in lines and not lines[line][column]]
        for line in below:
            lines[line][column] = value
        if below and not any(note.sentence is _SPREAD for note in notes):
            notes.append(Said(_SPREAD, {"column": letters(column), "value": value, "line": top, "last": below[-1]}))
    return tuple(Row(line, tuple(cells)) for line, cells in lines.items())


def _require_small(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise WrongType("", _NO_WORKBOOK) from None
    if "[Content_Types].xml" not in {part.filename for part in parts}:
        raise WrongType("", _NO_WORKBOOK)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        raise TooLarge("", _BOMB, limit=MOST_BYTES)


def _rows(given: Iterable[tuple[Any, ...]]) -> tuple[Row, ...]:
    room, rows, padded = Room(), [], 0
    for line, values in enumerate(given, 1):
        padded += len(values)
        cells = [_text(value) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MOST_COLUMNS or padded > MOST_PADDED:
            raise OutOfRange(f"line {line}", WIDE, count=max(len(cells), len(values)), high=MOST_COLUMNS)
        if cells:
            room.take(line, len(cells))
            rows.append(Row(line, tuple(cells)))
    width = max((len(row.cells) for row in rows), default=0)
    return tuple(Row(row.line, (*row.cells, *[""] * (width - len(row.cells)))) for row in rows)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat()
    return str(value).strip()
