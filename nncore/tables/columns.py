"""The columns of a table: what each is called, how it writes numbers, and what kind of thing stands in it.

    make_table(grid).columns[0]     Column(name="sepal length", kind="number", ...)

Not here: which of them are x, y and label (`choosing`), nor the points (`making`).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, Literal

from nncore.errors import OutOfRange
from nncore.points import FEWEST_POINTS
from nncore.sentence import Said, Sentence
from nncore.tables.grid import Grid, Row
from nncore.tables.notation import PLAIN, Kind, Mark, Notation, common_mark, decide_by, kind_of

_EMPTY = Sentence("refused.empty_table", "the table is empty; at least {low} points are needed, each as x, y and label")
WIDE = Sentence("refused.wide_table", "has {count} columns; at most {high} can be read")
_THOUSANDS = Sentence(
    "note.thousands", "In column {column}, {value} was read as {number}: groups of three digits are thousands."
)
_MAYBE_HEADER = Sentence(
    "note.maybe_header", "Line {line} holds consecutive whole numbers and was read as column names."
)

ColumnKind = Literal["number", "text", "row_number", "constant", "empty"]

MOST_COLUMNS = 300

GAPS = frozenset(("", "na", "n/a", "#n/a", "#na", "<na>", "?", "nan", "null", "nil", "missing"))
"""What stands where nothing is known, in small letters."""
GAPS_AMONG_NUMBERS = GAPS | {"none", "-", "--", "\N{EN DASH}", "\N{EM DASH}", ".", "*", "nd", "n.d."}
"""The same where numbers are meant; as labels, these may be names of classes."""

ROW_NAMES = frozenset(
    (
        *("", "id", "index", "idx", "no", "no.", "nr", "nr.", "#", "row", "row id", "rowid", "row_id", "rownames"),
        *("row names", "number", "case", "sample", "obs", "observation", "instance", "unnamed: 0"),
        *("序号", "编号", "行号"),
    )
)
"""What a column that counts the rows is called, in small letters."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `distinct` different cells beside its `gaps`, from `low` to `high` where they are numbers.

    `notation` is None where a cell such as 1,234 may be one number or another; `doubt` is then the first such row.
    """

    name: str
    kind: ColumnKind
    notation: Notation | None = PLAIN
    distinct: int = 0
    gaps: int = 0
    whole: bool = False
    low: float | None = None
    high: float | None = None
    doubt: int | None = None

    def read(self, cell: str) -> float | None:
        """The number in a cell of this column; None where there is none."""
        return (self.notation or PLAIN).read(cell)

    @property
    def is_numeric(self) -> bool:
        """Whether its cells are numbers, whatever else is known of them."""
        return self.low is not None

    def to_json(self) -> dict[str, Any]:
        """As plain data that survives JSON."""
        told = {"name": self.name, "kind": self.kind, "distinct": self.distinct, "gaps": self.gaps}
        # A cell such as 1e400 is no number that JSON has.
        low, high = (end if end is not None and isfinite(end) else None for end in (self.low, self.high))
        return {**told, "whole": self.whole, "low": low, "high": high}


@dataclass(frozen=True)
class Table:
    """A whole table: its columns, its rows as they were written, and where each of them stands."""

    grid: Grid
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    header: bool
    decimal: Mark
    notes: tuple[Said, ...]

    def place(self, row: Row) -> str:
        """Where `row` stands, as the path of an error."""
        return f"{self.grid.place} {row.line}"


def make_table(grid: Grid, *, header: bool | None = None, decimal: Mark = "") -> Table:
    """The columns of `grid`. `header` says whether the first row names them, `decimal` how numbers are written; left
    out, the table tells.
    """
    if not grid.rows:
        raise OutOfRange(f"{grid.place} 1", _EMPTY, low=FEWEST_POINTS)
    if grid.width > MOST_COLUMNS:
        raise OutOfRange(f"{grid.place} {grid.rows[0].line}", WIDE, count=grid.width, high=MOST_COLUMNS)
    rows, notes = grid.rows, list(grid.notes)
    named = grid.names is None and bool(rows) and _is_header(grid, header, notes)
    names = grid.names if grid.names is not None else rows[0].cells if named else None
    rows = rows[1:] if named else rows
    cells = [tuple(row.cells[number] for row in rows) for number in range(grid.width)]
    kinds = [Counter(map(kind_of, column)) for column in cells]
    hint = decimal or grid.decimal or common_mark(kinds)
    columns = tuple(
        _column(name, number, column, kind, hint, grid)
        for number, (name, column, kind) in enumerate(zip(_names(names, grid.width), cells, kinds, strict=True))
    )
    notes += [said for column, cells_ in zip(columns, cells, strict=True) if (said := _thousands(column, cells_))]
    return Table(grid, columns, rows, named or grid.names is not None, hint, tuple(notes))


def letters(number: int) -> str:
    """What spreadsheets call column `number` from 0: A, B, ..., Z, AA."""
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def is_gap(cell: str, *, number: bool) -> bool:
    """Whether nothing is known where `cell` stands."""
    return cell.casefold() in (GAPS_AMONG_NUMBERS if number else GAPS)


def _names(names: Sequence[str] | None, width: int) -> list[str]:
    if names is None:
        return ["x", "y", "label"] if width == 3 else [letters(number) for number in range(width)]
    return [" ".join(name.split()) or letters(number) for number, name in enumerate(names)]


def _is_header(grid: Grid, header: bool | None, notes: list[Said]) -> bool:
    if header is not None:
        return header
    first, below = grid.rows[0], grid.rows[1:200]
    if not below:
        return all(kind_of(cell) == "none" for cell in first.cells)
    numeric = [
        number
        for number in range(grid.width)
        if 2 * sum(kind_of(row.cells[number]) != "none" for row in below) >= len(below)
    ]
    if numeric and all(kind_of(first.cells[number]) == "none" for number in numeric):
        # A row of gaps is a row.
        return not all(is_gap(first.cells[number], number=True) and first.cells[number] for number in numeric)
    if _counts(first.cells) and _unlike(first, below, numeric):
        notes.append(Said(_MAYBE_HEADER, {"line": first.line}))
        return True
    return False


def _counts(cells: Sequence[str]) -> bool:
    """Whether they go 0, 1, 2 or 1, 2, 3: what programs write over columns without names."""
    counted = cells[1:] if cells and not cells[0] else cells
    numbers = [int(cell) for cell in counted if cell.isascii() and cell.isdigit() and len(cell) < 5]
    return len(numbers) == len(counted) > 1 and numbers in (list(range(len(numbers))), list(range(1, len(numbers) + 1)))


def _unlike(first: Row, below: Sequence[Row], numeric: Sequence[int]) -> bool:
    """Whether the first row is of another kind than those below: a number over text, or whole over none that is."""
    for number, cell in enumerate(first.cells):
        if not cell:
            return True
        column = [row.cells[number] for row in below]
        if number not in numeric or not any(kind_of(each) in ("whole", "long") for each in column):
            return True
    return False


def _column(name: str, number: int, cells: Sequence[str], kinds: Counter[Kind], hint: Mark, grid: Grid) -> Column:
    known = [cell for cell in cells if cell.casefold() not in GAPS_AMONG_NUMBERS]
    numeric = len(cells) - kinds["none"]
    if not known or 2 * numeric < len(known):
        texts = [cell for cell in cells if cell.casefold() not in GAPS]
        kind: ColumnKind = "row_number" if number == 0 and grid.index else _kind_of_texts(texts)
        return Column(name, kind, distinct=len(set(texts)), gaps=len(cells) - len(texts))
    notation = decide_by(kinds, hint, table_of_semicolons=grid.separator == ";")
    read = (notation or PLAIN).read
    values = [value for cell in known if (value := read(cell)) is not None]
    doubt = None if notation else next(n for n, cell in enumerate(cells) if kind_of(cell).startswith("one"))
    if not values:
        return Column(
            name, "number", notation, len(set(known)), len(cells) - len(known), low=0.0, high=0.0, doubt=doubt
        )
    distinct, whole = len(set(values)), all(value.is_integer() for value in values)
    kind = "number"
    if distinct == 1 and len(known) > 1 and len(values) == len(known):
        kind = "constant"
    elif (number == 0 and grid.index) or _is_row_number(name, number, values, cells, grid):
        kind = "row_number"
    low, high = (min(values), max(values))
    return Column(name, kind, notation, distinct, len(cells) - len(known), whole, low, high, doubt)


def _kind_of_texts(texts: Sequence[str]) -> ColumnKind:
    return "empty" if not texts else "constant" if len(set(texts)) == 1 and len(texts) > 1 else "text"


def _is_row_number(name: str, number: int, values: Sequence[float], cells: Sequence[str], grid: Grid) -> bool:
    """Whether a column counts the rows, one up with each, and is called so or stands first among four."""
    if len(values) != len(cells) or len(values) < 3 or grid.width < 4:
        return False
    first = values[0]
    if not first.is_integer() or any(value != first + step for step, value in enumerate(values)):
        return False
    unnamed = number == 0 and name == letters(0)
    return name.casefold() in ROW_NAMES or (unnamed and first in (0.0, 1.0))


def _thousands(column: Column, cells: Sequence[str]) -> Said | None:
    notation = column.notation
    if not notation or notation.groups in ("", " "):
        return None
    example = next((cell for cell in cells if notation.groups in cell and notation.read(cell) is not None), None)
    if example is None:
        return None
    return Said(_THOUSANDS, {"column": column.name, "value": example, "number": f"{notation.read(example):.15g}"})
